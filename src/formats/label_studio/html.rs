//! The text of an HTML task, and where the XPath places of its regions lie in it.
//!
//! Label Studio marks HTML in the browser: a place is an element's path (`/div[1]/p[2]/text()[1]`) and an offset in UTF-16 units inside
//! that text node. The text that is annotated here is the nodes' text, with a line end where a block begins; `globalOffsets`, which
//! newer versions add, count the nodes' text alone.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::text::UnitTable;
use crate::text::{CodePoint, Utf16Offset};

/// Elements without an end.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Elements inside a line of text; every other one stands on lines of its own.
const INLINE: [&str; 28] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
];

/// Elements whose content is no text.
const UNSEEN: [&str; 4] = ["script", "style", "template", "noscript"];

/// Elements nested deeper than this are taken to lie side by side.
const DEEPEST: usize = 512;

/// An HTML text without its tags.
#[derive(Debug, Default)]
pub(super) struct HtmlText {
    /// The readable text.
    pub text: String,
    /// Text nodes by the hashes of their paths: paths themselves would take more room than the text.
    nodes: HashMap<u64, Node>,
    /// For each text node in order: where it begins in the text of the nodes alone, and in the readable text; both in code points.
    order: Vec<(u32, u32)>,
}

#[derive(Clone, Debug)]
struct Node {
    /// Where it begins in the readable text, in code points and in bytes.
    start: u32,
    byte: usize,
    bytes: usize,
}

struct Open {
    name: String,
    path: u64,
    /// How many children of each name came so far.
    children: HashMap<String, u32>,
}

impl HtmlText {
    /// Reads HTML as a browser roughly does. Never fails: what is broken is text.
    pub fn new(html: &str) -> Self {
        let mut reading = Reading {
            out: Self::default(),
            open: vec![Open { name: String::new(), path: 0, children: HashMap::new() }],
            nodes_length: 0,
            length: 0,
            wants_line: false,
            length_of_all: html.len(),
            last_quotes: [b'"', b'\''].map(|quote| memchr::memrchr(quote, html.as_bytes()).unwrap_or(0)),
        };
        let mut rest = html;
        while !rest.is_empty() {
            match rest.find('<') {
                Some(0) => rest = reading.tag(rest),
                Some(at) => {
                    reading.text(&rest[..at]);
                    rest = &rest[at..];
                }
                None => {
                    reading.text(rest);
                    rest = "";
                }
            }
        }
        reading.out
    }

    /// Where a path and an offset in UTF-16 units lead, in code points of the text.
    pub fn place(&self, path: &str, offset: u32) -> Option<u32> {
        let mut hash = 0;
        for part in path.split('/').filter(|part| !part.is_empty()) {
            let (name, number) = match part.strip_suffix(']').and_then(|part| part.split_once('[')) {
                Some((name, number)) => (name, number.parse().ok()?),
                None => (part, 1),
            };
            hash = step(hash, &name.to_lowercase(), number);
        }
        let node = self.nodes.get(&hash).or_else(|| self.nodes.get(&step(hash, "text()", 1)))?;
        let text = &self.text[node.byte..node.byte + node.bytes];
        let at = UnitTable::new(text).code_point_of_utf16(text, Utf16Offset(offset))?;
        Some(node.start + at.get())
    }

    /// Where an offset in the text of the nodes alone lies in the text.
    pub fn global(&self, offset: u32) -> Option<CodePoint> {
        let node = self.order.partition_point(|(global, _)| *global <= offset).checked_sub(1)?;
        let (global, start) = self.order[node];
        Some(CodePoint(start + (offset - global)))
    }
}

struct Reading {
    out: HtmlText,
    open: Vec<Open>,
    nodes_length: u32,
    length: u32,
    wants_line: bool,
    /// Bytes of the HTML, and where its last quotation marks stand: one that none follows quotes nothing.
    length_of_all: usize,
    last_quotes: [usize; 2],
}

impl Reading {
    /// Goes past the tag at the beginning of `rest`.
    fn tag<'h>(&mut self, rest: &'h str) -> &'h str {
        if let Some(comment) = rest.strip_prefix("<!--") {
            return comment.find("-->").map_or("", |end| &comment[end + 3..]);
        }
        let is_end = rest.starts_with("</");
        let named = &rest[if is_end { 2 } else { 1 }..];
        if !named.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
            // A lone sign is text.
            self.text("<");
            return &rest[1..];
        }
        let Some(end) = self.end_of_tag(named) else { return "" };
        let (inside, after) = (&named[..end], &named[end + 1..]);
        let name: String = inside
            .chars()
            .take_while(|c| !c.is_whitespace() && *c != '/')
            .flat_map(char::to_lowercase)
            .collect();
        if name.starts_with(['!', '?']) {
            return after;
        }
        if is_end {
            if let Some(at) = self.open.iter().rposition(|open| open.name == name).filter(|at| *at > 0) {
                self.open.truncate(at);
            }
            self.wants_line |= !INLINE.contains(&name.as_str());
            return after;
        }
        self.start(name, after, inside.ends_with('/'))
    }

    fn start<'h>(&mut self, name: String, after: &'h str, is_closed: bool) -> &'h str {
        self.wants_line |= !INLINE.contains(&name.as_str());
        let path = self.child_path(&name);
        if VOID.contains(&name.as_str()) || is_closed {
            return after;
        }
        if UNSEEN.contains(&name.as_str()) {
            let end = format!("</{name}");
            let found =
                after.as_bytes().windows(end.len()).position(|w| w.eq_ignore_ascii_case(end.as_bytes()));
            return found.map_or("", |at| {
                let rest = &after[at..];
                rest.find('>').map_or("", |close| &rest[close + 1..])
            });
        }
        if self.open.len() < DEEPEST {
            self.open.push(Open { name, path, children: HashMap::new() });
        }
        after
    }

    fn child_path(&mut self, name: &str) -> u64 {
        let Some(parent) = self.open.last_mut() else { return 0 };
        let number = match parent.children.get_mut(name) {
            Some(number) => {
                *number += 1;
                *number
            }
            None => {
                parent.children.insert(name.to_owned(), 1);
                1
            }
        };
        step(parent.path, name, number)
    }

    /// The `>` that ends a tag, past those inside quotation marks.
    fn end_of_tag(&self, named: &str) -> Option<usize> {
        let begin = self.length_of_all - named.len();
        let mut quote: Option<u8> = None;
        for (at, byte) in named.bytes().enumerate() {
            match (quote, byte) {
                (None, b'>') => return Some(at),
                (None, b'"') if begin + at < self.last_quotes[0] => quote = Some(byte),
                (None, b'\'') if begin + at < self.last_quotes[1] => quote = Some(byte),
                (Some(mark), byte) if mark == byte => quote = None,
                _ => {}
            }
        }
        None
    }

    fn text(&mut self, raw: &str) {
        let text = unescaped(raw);
        if text.is_empty() {
            return;
        }
        let path = self.child_path("text()");
        if std::mem::take(&mut self.wants_line) && !self.out.text.is_empty() && !self.out.text.ends_with('\n')
        {
            self.out.text.push('\n');
            self.length += 1;
        }
        let count = text.chars().count() as u32;
        let node = Node { start: self.length, byte: self.out.text.len(), bytes: text.len() };
        self.out.nodes.insert(path, node);
        self.out.order.push((self.nodes_length, self.length));
        self.out.text.push_str(&text);
        self.nodes_length += count;
        self.length += count;
    }
}

/// The hash of a path that goes one step further.
fn step(parent: u64, name: &str, number: u32) -> u64 {
    let mut hasher = DefaultHasher::new();
    (parent, name, number).hash(&mut hasher);
    hasher.finish()
}

/// Text with its character references resolved: those by number, and the few names that are common.
fn unescaped(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.as_bytes().iter().take(12).position(|byte| *byte == b';');
        match end.and_then(|end| Some((end, sign(&rest[1..end])?))) {
            Some((end, sign)) => {
                text.push(sign);
                rest = &rest[end + 1..];
            }
            None => {
                text.push('&');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    text
}

fn sign(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "shy" => '\u{AD}',
        "laquo" => '«',
        "raquo" => '»',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "copy" => '©',
        "euro" => '€',
        "bull" => '•',
        "middot" => '·',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_places_and_blocks_to_lines() {
        let html = HtmlText::new(
            "<div><p>a&amp;😀b <b>в</b> г</p><br/><p class='>'>д<script>x<y</script></p> < </div>",
        );
        assert_eq!(html.text, "a&😀b в г\nд\n < ".replace("\n < ", "\n  <  ").replace("  <  ", " < "));
        assert_eq!(html.place("/div[1]/p[1]/text()[1]", 4), Some(3), "UTF-16 inside the node");
        assert_eq!(html.place("/div[1]/p[1]/b[1]/text()[1]", 0), Some(5));
        assert_eq!(html.place("/div[1]/p[1]/text()[2]", 1), Some(7));
        assert_eq!(html.place("/div[1]/p[2]", 1), Some(10));
        assert_eq!(html.place("/div[1]/p[3]/text()[1]", 0), None);
        assert_eq!(html.place("/div[1]/p[1]/text()[1]", 90), None);
        assert_eq!(html.global(8), Some(CodePoint(9)), "the line end is not counted");
    }

    #[test]
    fn what_is_broken_is_read_to_its_end() {
        for html in [
            "<",
            "</",
            "<a",
            "<a href='",
            "<script>",
            "&#xFFFFFFFF;",
            "</p></p><p",
            "<!--",
            "a<b>c",
            "<1>&&;&#;",
        ] {
            HtmlText::new(html);
        }
        HtmlText::new(&"<i>".repeat(5000));
    }
}
