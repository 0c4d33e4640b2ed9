//! Where things stand in a RON file, found by a small scanner that reads any input at all: half a file, a file full of mistakes,
//! no RON whatever. One pass, linear time.

use crate::model::{Place, Places};

/// Where each span and each relation of an annotation file stands: the place of its opening bracket.
pub fn places(text: &str) -> Places {
    let mut found = Places::default();
    let mut walk = Walk::new(text);
    while let Some(step) = walk.next() {
        // The file's bracket, the list's, the entry's.
        if let Step::Value { depth: 3, key: "id", written } = step {
            let id = unquoted(written);
            match walk.list.as_str() {
                "spans" => found.spans.entry(id.into()).or_default().push(walk.entry),
                "relations" => found.relations.entry(id.into()).or_default().push(walk.entry),
                _ => {}
            }
        }
    }
    found
}

/// A simple value of the file's outermost record: where it stands, and how it is written.
pub(super) fn top_level<'a>(text: &'a str, wanted: &str) -> Option<(Place, &'a str)> {
    let mut walk = Walk::new(text);
    while let Some(step) = walk.next() {
        if let Step::Value { depth: 1, key, written } = step
            && key == wanted
        {
            return Some((walk.at, written));
        }
    }
    None
}

/// The texts of the outermost record's simple values before `until`, by key, quotes taken off: what a file says of itself.
pub(super) fn head<'a>(text: &'a str, until: &str) -> Vec<(&'a str, String)> {
    let mut walk = Walk::new(text);
    let mut found = Vec::new();
    while let Some(step) = walk.next() {
        match step {
            Step::Value { depth: 1, key, written } => found.push((key, unquoted(written))),
            Step::Key { depth: 1, key } if key == until => break,
            _ => {}
        }
    }
    found
}

fn unquoted(written: &str) -> String {
    if !written.contains('"') {
        return written.to_owned();
    }
    ron::from_str(written).unwrap_or_else(|_| written.trim_matches('"').to_owned())
}

/// What the walk comes by.
enum Step<'a> {
    /// A key and its colon.
    Key { depth: usize, key: &'a str },
    /// A simple value behind a key.
    Value { depth: usize, key: &'a str, written: &'a str },
    /// Anything else.
    Other,
}

/// A walk along the tokens that knows how deep it is and behind which key.
struct Walk<'a> {
    tokens: Tokens<'a>,
    depth: usize,
    /// The word that may turn out to be a key.
    word: Option<&'a str>,
    /// The key whose value comes next.
    key: Option<&'a str>,
    /// The key of the outermost record whose value the walk is in.
    list: String,
    /// Where the entry of that list begins.
    entry: Place,
    /// Where the last token begins.
    at: Place,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            tokens: Tokens { rest: text, place: Place { line: 1, column: 1 } },
            depth: 0,
            word: None,
            key: None,
            list: String::new(),
            entry: Place::default(),
            at: Place::default(),
        }
    }

    fn next(&mut self) -> Option<Step<'a>> {
        let (at, token) = self.tokens.next()?;
        self.at = at;
        let key = self.key.take();
        let word = self.word.take();
        Some(match token {
            Token::Open => {
                if self.depth == 2 {
                    self.entry = at;
                }
                self.depth += 1;
                Step::Other
            }
            Token::Close => {
                self.depth = self.depth.saturating_sub(1);
                Step::Other
            }
            Token::Colon => match word {
                Some(word) => {
                    self.key = Some(word);
                    if self.depth == 1 {
                        word.clone_into(&mut self.list);
                    }
                    Step::Key { depth: self.depth, key: word }
                }
                None => Step::Other,
            },
            Token::Word(written) => {
                self.word = Some(written);
                match key {
                    Some(key) => Step::Value { depth: self.depth, key, written },
                    None => Step::Other,
                }
            }
            Token::Comma => Step::Other,
        })
    }
}

enum Token<'a> {
    Open,
    Close,
    Colon,
    Comma,
    /// A name, number, text or character literal.
    Word(&'a str),
}

/// The tokens of a text, each with the place where it begins.
struct Tokens<'a> {
    rest: &'a str,
    place: Place,
}

impl<'a> Tokens<'a> {
    fn next(&mut self) -> Option<(Place, Token<'a>)> {
        loop {
            let first = self.rest.chars().next()?;
            if first.is_whitespace() || first == '\u{FEFF}' {
                self.take(first.len_utf8());
            } else if self.rest.starts_with("//") {
                let length = self.rest.find('\n').unwrap_or(self.rest.len());
                self.take(length);
            } else if self.rest.starts_with("/*") {
                self.take(comment_length(self.rest));
            } else {
                let at = self.place;
                let length = token_length(self.rest, first);
                let taken = self.take(length);
                let token = match first {
                    '(' | '[' | '{' => Token::Open,
                    ')' | ']' | '}' => Token::Close,
                    ':' => Token::Colon,
                    ',' => Token::Comma,
                    _ => Token::Word(taken),
                };
                return Some((at, token));
            }
        }
    }

    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        for c in taken.chars() {
            if c == '\n' {
                self.place.line = self.place.line.saturating_add(1);
                self.place.column = 1;
            } else {
                self.place.column = self.place.column.saturating_add(1);
            }
        }
        taken
    }
}

/// The length of a comment `/* … */` in bytes; they nest. An unclosed one goes to the end.
fn comment_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (2, 1);
    while at < bytes.len() && depth > 0 {
        match &bytes[at..bytes.len().min(at + 2)] {
            b"/*" => (at, depth) = (at + 2, depth + 1),
            b"*/" => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
    }
    // Both marks are ASCII, so this lies between code points.
    at
}

/// The length of the token at the beginning of `text`, in bytes; at least one code point.
fn token_length(text: &str, first: char) -> usize {
    if matches!(first, '(' | ')' | '[' | ']' | '{' | '}' | ':' | ',') {
        return 1;
    }
    if first == '\'' {
        return character_length(text);
    }
    if let Some(length) = string_length(text) {
        return length;
    }
    // Names, numbers, and anything that belongs nowhere.
    text.char_indices()
        .skip(1)
        .find(|(_, c)| {
            c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | ':' | ',' | '"' | '\'' | '/')
        })
        .map_or(text.len(), |(at, _)| at)
}

/// `"…"`, `r#"…"#`, `b"…"`, `br"…"`; `None` if no text begins here. An unclosed one goes to the end.
fn string_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = usize::from(bytes.first() == Some(&b'b'));
    if bytes.get(at) == Some(&b'r') {
        let hashes = bytes[at + 1..].iter().take_while(|b| **b == b'#').count();
        at += 1 + hashes;
        if bytes.get(at) != Some(&b'"') {
            return None;
        }
        let close = format!("\"{}", "#".repeat(hashes));
        return Some(text[at + 1..].find(&close).map_or(text.len(), |end| at + 1 + end + close.len()));
    }
    if bytes.get(at) != Some(&b'"') {
        return None;
    }
    at += 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return Some(at + 1),
            b'\\' => {
                // Whatever is escaped is taken whole, so that the length ends between code points.
                let escaped = text[at + 1..].chars().next().map_or(0, char::len_utf8);
                at += 1 + escaped;
            }
            _ => at += 1,
        }
    }
    Some(text.len())
}

/// `'x'`, `'\''`, `'\u{301}'`; a lone quote is one code point long.
fn character_length(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => {
            // What is escaped may itself be the quote.
            let _escaped = chars.next();
            chars.take(10).find(|(_, c)| *c == '\'').map_or(1, |(at, _)| at + 1)
        }
        Some(_) => match chars.next() {
            Some((at, '\'')) => at + 1,
            _ => 1,
        },
        None => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(line: u32, column: u32) -> Place {
        Place { line, column }
    }

    #[test]
    fn spans_and_relations_are_found_among_traps() {
        let text = r##"// spans: [(id: "no")]
(
    format: 1, note: 'x', quote: '"', /* ( /* [ */ */
    fields: {"spans": [(id: "never")]},
    spans: [
        (id: "s1", text: "( [ \" id: ", fields: {"id": "not", "list": [(id: "deep")]}),
        Span(label: r#"a "quoted" one ("#, id : "s\u{32}"), (id: "s1"),
    ],
    relations: [(from: "s1", id: r"r1")],
)"##;
        let found = places(text);
        assert_eq!(found.spans.len(), 2);
        assert_eq!(found.spans[&"s1".into()], [at(6, 9), at(7, 61)]);
        assert_eq!(found.span(&"s2".into()), at(7, 13));
        assert_eq!(found.relations[&"r1".into()], [at(9, 17)]);
    }

    #[test]
    fn the_head_of_a_file_ends_before_its_spans() {
        let text =
            "(format: 1, article: \"статьи/ё.txt\", status: in_progress, spans: [(id: \"s1\")], late: 1)";
        assert_eq!(
            head(text, "spans"),
            [
                ("format", "1".to_owned()),
                ("article", "статьи/ё.txt".to_owned()),
                ("status", "in_progress".to_owned())
            ]
        );
    }

    proptest! {
        #[test]
        fn any_input_is_walked_to_its_end(text in any::<String>(), ron in "[(){}\\[\\]:,\"'rb#\\\\/*id spans\n]{0,80}") {
            for text in [&text, &ron] {
                places(text);
                let mut tokens = Tokens { rest: text, place: Place { line: 1, column: 1 } };
                while tokens.next().is_some() {}
                prop_assert!(tokens.rest.is_empty());
                let lines = text.matches('\n').count() as u32 + 1;
                prop_assert_eq!(tokens.place.line, lines);
            }
        }
    }
}
