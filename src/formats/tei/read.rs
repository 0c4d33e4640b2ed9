//! Reading TEI.

use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::ops::ControlFlow;

use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};

use super::super::rest::{About, decoded, without_ending};
use super::super::several::read_files;
use super::super::{FormatError, OffsetUnit, ReadOptions, Record, Remark, Sink, SourceFiles, UnitConverter};
use super::feature::{fields_of, plain};
use super::tree::{DEEPEST, Node, attributes, local};
use super::{RECORD, REST, TEXT};
use crate::model::{AnnotationSet, ArticleMeta, Misquote, Parts, Relation, Span, SpanId, Status, Value};
use crate::text::{CanonicalText, TextRange};

/// Elements that begin a line of their own.
const BLOCKS: [&str; 38] = [
    "ab",
    "argument",
    "bibl",
    "body",
    "byline",
    "castGroup",
    "castItem",
    "castList",
    "cell",
    "closer",
    "dateline",
    "div",
    "div1",
    "div2",
    "docImprint",
    "epigraph",
    "figure",
    "front",
    "back",
    "group",
    "head",
    "item",
    "l",
    "lg",
    "list",
    "opener",
    "p",
    "person",
    "row",
    "salute",
    "set",
    "signed",
    "sp",
    "speaker",
    "table",
    "titlePart",
    "trailer",
    "u",
];

/// Elements that become spans.
const SPANS: [&str; 31] = [
    "persName",
    "orgName",
    "placeName",
    "geogName",
    "objectName",
    "name",
    "rs",
    "term",
    "date",
    "time",
    "measure",
    "event",
    "head",
    "sp",
    "speaker",
    "stage",
    "q",
    "said",
    "quote",
    "seg",
    "note",
    "foreign",
    "u",
    "country",
    "settlement",
    "region",
    "district",
    "roleName",
    "role",
    "l",
    "emph",
];

/// What is not part of the running text; and of two readings of one place the second.
const SKIPPED: [&str; 8] = ["fw", "graphic", "corr", "reg", "expan", "index", "interpGrp", "binaryObject"];

pub(super) fn read(
    source: &dyn SourceFiles,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), FormatError> {
    let files = source.files();
    let wanted = |file: &&String| files.len() == 1 || file.ends_with(".xml") || file.ends_with(".tei");
    read_files(source, files.iter().filter(wanted), sink, &|file, sink| {
        let failed = |cause| FormatError::Io { what: "could not read", file: file.to_owned(), cause };
        let mut bytes = Vec::new();
        source.open(file).map_err(failed)?.read_to_end(&mut bytes).map_err(failed)?;
        let mut text = match decoded(&bytes) {
            Ok((text, _)) => text,
            Err(fault) => {
                sink.remark(Remark { place: file.to_owned(), what: fault, left_out: true });
                return Ok(());
            }
        };
        if text.contains('\r') {
            text = text.replace("\r\n", "\n").replace('\r', "\n");
        }
        let mut reading = File { file, options, sink, records: 0, is_flow: ControlFlow::Continue(()) };
        reading.run(&text);
        Ok(())
    })
    .map(|_| ())
}

struct File<'a> {
    file: &'a str,
    options: &'a ReadOptions<'a>,
    sink: &'a mut dyn Sink,
    records: usize,
    is_flow: ControlFlow<()>,
}

/// An element of the running text that is open.
struct Open {
    name: String,
    is_span: bool,
    attributes: Vec<(String, String)>,
    /// Where its first sign stands, once there is one.
    start: Option<u32>,
    is_block: bool,
}

/// An element of the running text that becomes a span: name, attributes, start and end.
type Marked = (String, Vec<(String, String)>, u32, u32);

/// A TEI element that is being read.
#[derive(Default)]
struct Document {
    text: String,
    /// In code points.
    length: u32,
    /// White space that becomes one sign if text follows.
    pending: Option<char>,
    open: Vec<Open>,
    /// Name, attributes, place.
    spans: Vec<Marked>,
    places: HashMap<String, (u32, u32)>,
    standoff: Vec<Node>,
    meta: ArticleMeta,
    /// Depth at which the text stands to the letter.
    exact: Option<usize>,
    /// Depth below which nothing is text.
    skipped: Option<usize>,
    /// Depths of the header, the text and the standoff part.
    header: Option<usize>,
    body: Option<usize>,
    aside: Option<usize>,
    tree: Vec<Node>,
    /// A sign that XML lacks, whose stand-in comes next.
    sign: Option<char>,
    path: Vec<String>,
    entities: usize,
}

impl File<'_> {
    fn remark(&mut self, what: impl Into<String>, left_out: bool) {
        self.sink.remark(Remark { place: self.file.to_owned(), what: what.into(), left_out });
    }

    fn run(&mut self, text: &str) {
        // The header is only read as text where there is no other.
        for with_header in [false, true] {
            match self.pass(text, with_header) {
                Ok(true) => return,
                Ok(false) if with_header => {
                    self.remark("there is no `<TEI>` with any text in it; it was left out", true);
                }
                Ok(false) => {}
                Err(what) => {
                    self.remark(what, true);
                    return;
                }
            }
        }
    }

    /// Reads the file; whether a record came of it.
    fn pass(&mut self, text: &str, with_header: bool) -> Result<bool, String> {
        let mut xml = XmlReader::from_str(text);
        xml.config_mut().expand_empty_elements = true;
        let mut document = Document::default();
        let mut depth = 0usize;
        let mut found = false;
        loop {
            let at = xml.buffer_position();
            let line = || {
                text.as_bytes()[..(at as usize).min(text.len())].iter().filter(|b| **b == b'\n').count() + 1
            };
            match xml.read_event() {
                Ok(Event::Start(start)) => {
                    depth += 1;
                    if depth > DEEPEST {
                        return Err(format!(
                            "line {}: elements are nested deeper than {DEEPEST}; it was left out",
                            line()
                        ));
                    }
                    if matches!(local(&start), "TEI" | "TEI.2") {
                        document = Document::default();
                    }
                    document.start(&start, depth, with_header);
                }
                Ok(Event::End(end)) => {
                    let name = end.local_name().into_inner().to_owned();
                    document.end(depth);
                    depth = depth.saturating_sub(1);
                    if matches!(name.as_str(), "TEI" | "TEI.2") && !document.text.trim().is_empty() {
                        found = true;
                        self.records += 1;
                        let whole = std::mem::take(&mut document);
                        self.take(whole, with_header);
                        if self.is_flow.is_break() {
                            return Ok(true);
                        }
                    }
                }
                Ok(Event::Text(text)) => document.text(&text.xml10_content()),
                Ok(Event::CData(text)) => document.text(&text.xml10_content()),
                Ok(Event::GeneralRef(reference)) => match reference.resolve_char_ref() {
                    Ok(Some(c)) => document.text(c.encode_utf8(&mut [0; 4])),
                    _ => {
                        let name = reference.xml10_content();
                        match quick_xml::escape::resolve_predefined_entity(&name) {
                            Some(said) => document.text(said),
                            None => {
                                document.entities += 1;
                                document.text(&format!("&{name};"));
                            }
                        }
                    }
                },
                Ok(Event::DocType(doctype)) if doctype.xml10_content().contains("<!ENTITY") => {
                    return Err(
                        "it declares entities of its own, which are refused; it was left out".to_owned()
                    );
                }
                Ok(Event::Eof) => {
                    if depth > 0 && !document.text.trim().is_empty() {
                        self.remark(
                            format!(
                                "it ends inside `<{}>`; what there was of it was read",
                                document.path.last().map_or("TEI", String::as_str)
                            ),
                            true,
                        );
                        self.records += 1;
                        self.take(document, with_header);
                        found = true;
                    }
                    return Ok(found);
                }
                Ok(_) => {}
                Err(fault) => {
                    let what = format!("line {}: it is no well-formed XML: {fault}", line());
                    if document.text.trim().is_empty() {
                        return if found { Ok(true) } else { Err(format!("{what}; it was left out")) };
                    }
                    self.remark(format!("{what}; what stands before that was read"), true);
                    self.records += 1;
                    self.take(document, with_header);
                    return Ok(true);
                }
            }
        }
    }

    fn take(&mut self, mut document: Document, with_header: bool) {
        while !document.path.is_empty() {
            let depth = document.path.len();
            document.end(depth);
        }
        if with_header {
            self.remark("its `<text>` is empty; the words of its header were taken for the text", false);
        }
        if document.entities > 0 {
            let count = document.entities;
            self.remark(
                format!("{count} references to entities that XML does not know stand as they are (`&name;`)"),
                false,
            );
        }
        let stem =
            ["xml", "tei"].iter().find_map(|e| self.file.strip_suffix(&format!(".{e}"))).unwrap_or(self.file);
        let stem = without_ending(stem, ".tei");
        let article = if self.records > 1 { format!("{stem}-{}", self.records) } else { stem.to_owned() };
        let (record, faults) = document.finish(article, self.options.unit);
        for what in faults {
            self.remark(what, true);
        }
        self.is_flow = self.sink.record(record);
    }
}

impl Document {
    fn start(&mut self, start: &BytesStart, depth: usize, with_header: bool) {
        let name = local(start).to_owned();
        self.path.push(name.clone());
        if name == "g" {
            let n = attributes(start).into_iter().find(|(key, _)| key == "n");
            let code = n.and_then(|(_, n)| u32::from_str_radix(n.strip_prefix("U+")?, 16).ok());
            self.sign = code.and_then(char::from_u32).filter(|c| !super::feature::is_xml(*c));
        }
        if self.aside.is_some() {
            self.tree.push(Node::begin(start));
            return;
        }
        match name.as_str() {
            "standOff" if self.aside.is_none() && self.header.is_none() => {
                self.aside = Some(depth);
                self.tree.push(Node::begin(start));
                return;
            }
            "teiHeader" if self.header.is_none() => {
                self.header = Some(depth);
                if with_header && self.body.is_none() {
                    self.body = Some(depth);
                }
            }
            "text" if self.body.is_none() => self.body = Some(depth),
            _ => {}
        }
        if self.body.is_none() {
            return;
        }
        let own = attributes(start);
        let has = |key: &str, value: &str| own.iter().any(|(k, v)| k == key && v == value);
        if has("xml:id", TEXT) && has("xml:space", "preserve") && self.exact.is_none() {
            // Whatever white space stands before it is not the text's.
            self.pending = None;
            self.exact = Some(depth);
        }
        if self.skipped.is_none() && SKIPPED.contains(&name.as_str()) {
            self.skipped = Some(depth);
        }
        // A stage direction inside a speech's words stands in their line.
        let is_inline = || self.open.iter().rev().any(|open| matches!(open.name.as_str(), "p" | "l" | "ab"));
        let is_block = BLOCKS.contains(&name.as_str()) || (name == "stage" && !is_inline());
        if name == "lb" || is_block {
            self.break_line();
        }
        if name == "head" && with_header {
            self.break_line();
        }
        let is_span = self.exact.is_none() && SPANS.contains(&name.as_str());
        self.open.push(Open { name, is_span, attributes: own, start: None, is_block });
    }

    fn break_line(&mut self) {
        if self.exact.is_none() {
            self.pending = if self.length > 0 { Some('\n') } else { None };
        }
    }

    fn end(&mut self, depth: usize) {
        let name = self.path.pop().unwrap_or_default();
        if let Some(aside) = self.aside {
            if let Some(node) = self.tree.pop() {
                match self.tree.last_mut() {
                    Some(parent) => {
                        // A sign that XML lacks is part of the text around it.
                        if node.name == "g" {
                            parent.text.push_str(&node.text);
                        } else {
                            parent.children.push(node);
                        }
                    }
                    None => self.standoff.push(node),
                }
            }
            if depth <= aside {
                self.aside = None;
            }
            return;
        }
        if self.body.is_some()
            && let Some(open) = self.open.pop()
        {
            let place = match open.start {
                Some(start) => (start, self.length),
                None => (self.length, self.length),
            };
            if let Some((_, id)) = open.attributes.iter().find(|(key, _)| key == "xml:id") {
                self.places.insert(id.clone(), place);
            }
            if open.is_span && place.0 < place.1 {
                self.spans.push((open.name, open.attributes, place.0, place.1));
            }
            if open.is_block {
                self.break_line();
            }
        }
        for edge in [&mut self.exact, &mut self.skipped, &mut self.header, &mut self.body] {
            if edge.is_some_and(|edge| depth <= edge) {
                *edge = None;
            }
        }
        if name == "text" {
            self.break_line();
        }
    }

    fn text(&mut self, said: &str) {
        if self.aside.is_some() {
            let sign = self.sign.take();
            if let Some(node) = self.tree.last_mut() {
                match sign {
                    Some(sign) => node.text.push(sign),
                    None => node.text.push_str(said),
                }
            }
            return;
        }
        if self.header.is_some() {
            self.header_text(said);
        }
        if self.body.is_none() || self.skipped.is_some() {
            return;
        }
        if self.exact.is_some() {
            match self.sign.take() {
                Some(sign) => self.push(sign),
                None => said.chars().for_each(|c| self.push(c)),
            }
            return;
        }
        for c in said.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r') {
                if self.length > 0 && self.pending.is_none() {
                    self.pending = Some(' ');
                }
                continue;
            }
            if let Some(white) = self.pending.take() {
                self.text.push(white);
                self.length += 1;
            }
            self.push(c);
        }
    }

    fn push(&mut self, c: char) {
        for open in self.open.iter_mut().rev() {
            if open.start.is_some() {
                break;
            }
            open.start = Some(self.length);
        }
        self.text.push(c);
        self.length = self.length.saturating_add(1);
    }

    /// Title, author, date, address and publisher, wherever the header says them first.
    fn header_text(&mut self, said: &str) {
        let said = said.trim();
        let inside = |name: &str| self.path.iter().any(|open| open == name);
        let last = self.path.last().map_or("", String::as_str);
        let meta = &mut self.meta;
        let slot = if inside("titleStmt") && last == "title" {
            &mut meta.title
        } else if inside("titleStmt") && inside("author") {
            // Given name and surname are elements of their own.
            if let Some(author) = &mut meta.author
                && !said.is_empty()
                && self.spans.is_empty()
                && author.split(' ').count() < 3
                && !author.contains(said)
            {
                author.push(' ');
                author.push_str(said);
                return;
            }
            &mut meta.author
        } else if inside("sourceDesc") && last == "date" {
            &mut meta.date
        } else if last == "publisher" {
            &mut meta.source
        } else if last == "idno" && said.starts_with("http") {
            &mut meta.url
        } else {
            return;
        };
        if slot.is_none() && !said.is_empty() {
            *slot = Some(said.to_owned());
        }
    }

    fn finish(mut self, article: String, unit: Option<OffsetUnit>) -> (Record, Vec<String>) {
        let (text, folding) = CanonicalText::with_folding(&self.text);
        let mut set = AnnotationSet::new(article, "");
        set.fingerprint = text.fingerprint().to_owned();
        set.length = text.len();
        let mut faults = Vec::new();
        let mut ids: HashSet<String> = HashSet::new();
        self.spans.sort_by_key(|(_, _, start, end)| (*start, std::cmp::Reverse(*end)));
        for (number, (name, attributes, start, end)) in self.spans.iter().enumerate() {
            let range = folding.map_range(TextRange::between(*start, *end));
            let own = attributes.iter().find(|(key, _)| key == "xml:id").map(|(_, id)| id.clone());
            let id = own.filter(|id| ids.insert(id.clone())).unwrap_or_else(|| {
                let id = format!("{name}.{}", number + 1);
                ids.insert(id.clone());
                id
            });
            let mut span = Span::new(id, name.as_str(), Parts::one(range));
            let told = attributes.iter().filter(|(key, _)| {
                !matches!(key.as_str(), "xml:id" | "xml:space" | "rend" | "rendition" | "style")
                    && !key.starts_with("xmlns")
            });
            for (key, value) in told {
                span.fields.set(key.strip_prefix("xml:").unwrap_or(key), Value::text(value.as_str()));
            }
            set.insert(span);
        }
        let standoff = std::mem::take(&mut self.standoff);
        let about = standoff
            .iter()
            .flat_map(|standoff| &standoff.children)
            .find(|node| node.name == "fs" && node.attribute("type") == Some(RECORD))
            .map(fields_of);
        let said = about.as_ref().and_then(|about| about.text("unit"));
        let unit = unit
            .or_else(|| OffsetUnit::ALL.into_iter().find(|unit| Some(unit.name()) == said))
            .unwrap_or_default();
        let units = UnitConverter::of(&text, unit);
        Standoff { nodes: &standoff, places: &self.places, units: &units }.read(&mut set, &mut faults);
        set.status = if set.is_empty() { Status::Untouched } else { Status::InProgress };
        let mut meta = self.meta;
        if let Some(all) = about {
            let word = |name: &str| all.text(name).unwrap_or_default().to_owned();
            let record = |name: &str| all.get(name).and_then(Value::as_record).cloned().unwrap_or_default();
            let about = About {
                article: word("article"),
                annotator: word("annotator"),
                language: all.text("language").map(str::to_owned),
                meta: record("meta"),
                status: word("status"),
                fields: record("fields"),
                ids: String::new(),
            };
            about.apply(&mut set);
            meta = about.article_meta();
        }
        (Record { meta, text, set }, faults)
    }
}

/// Spans, links and feature structures that stand off from the text.
struct Standoff<'a> {
    nodes: &'a [Node],
    places: &'a HashMap<String, (u32, u32)>,
    units: &'a UnitConverter<'a>,
}

impl Standoff<'_> {
    fn read(&self, set: &mut AnnotationSet, faults: &mut Vec<String>) {
        let mut all: Vec<&Node> = Vec::new();
        let mut open: Vec<&Node> = self.nodes.iter().rev().collect();
        while let Some(node) = open.pop() {
            match node.name.as_str() {
                "standOff" | "spanGrp" | "linkGrp" | "listAnnotation" | "annotationBlock" => {
                    open.extend(node.children.iter().rev());
                }
                _ => all.push(node),
            }
        }
        let structures: HashMap<&str, &Node> = all
            .iter()
            .filter(|node| node.name == "fs")
            .filter_map(|node| Some((node.attribute("xml:id")?, *node)))
            .collect();
        let fields = |node: &Node| {
            let inner = node.child("fs");
            let pointed = || structures.get(node.attribute("ana")?.strip_prefix('#')?).copied();
            let mut fields = inner.or_else(pointed).map(fields_of).unwrap_or_default();
            let rest = match fields.get(REST) {
                Some(Value::Record(_)) => fields.remove(REST),
                _ => None,
            };
            (fields, rest.and_then(|rest| rest.as_record().cloned()).unwrap_or_default())
        };
        let mut real: HashMap<&str, SpanId> = HashMap::new();
        for (number, node) in all.iter().filter(|node| node.name == "span").enumerate() {
            let xml_id = node.attribute("xml:id");
            let Some(parts) = self.parts(node) else {
                faults.push(format!(
                    "the span `{}` leads nowhere; it was left out",
                    xml_id.unwrap_or_default()
                ));
                continue;
            };
            let (own, rest) = fields(node);
            let id = rest.text("id").or(xml_id).map_or_else(|| format!("span.{}", number + 1), str::to_owned);
            let id = SpanId::from(id);
            if let Some(xml_id) = xml_id {
                real.entry(xml_id).or_insert(id.clone());
            }
            let mut span = Span::new(id, plain(node.attribute("type").unwrap_or("span")), parts);
            span.fields = own;
            span.note.clone_from(&node.text);
            span.misquote = rest.text("text").map(|said| Misquote {
                text: said.to_owned(),
                before: String::new(),
                after: String::new(),
            });
            set.insert(span);
        }
        for (number, node) in all.iter().filter(|node| node.name == "link").enumerate() {
            let ends: Vec<&str> = node.attribute("target").unwrap_or_default().split_whitespace().collect();
            let (own, rest) = fields(node);
            let end = |at: usize, name: &str| -> Option<SpanId> {
                if let Some(id) = rest.text(name) {
                    return Some(id.into());
                }
                let id = ends.get(at)?.strip_prefix('#')?;
                real.get(id).cloned().or_else(|| set.get(&id.into()).map(|_| id.into()))
            };
            let (Some(from), Some(to), true) = (end(0, "from"), end(1, "to"), ends.len() == 2) else {
                faults.push(format!(
                    "a link between {} does not join two spans; it was left out",
                    ends.join(" and ")
                ));
                continue;
            };
            let xml_id = node.attribute("xml:id");
            let id = rest.text("id").or(xml_id).map_or_else(|| format!("link.{}", number + 1), str::to_owned);
            let label = plain(node.attribute("type").unwrap_or("link"));
            set.insert_relation(Relation { id: id.into(), label, from, to, fields: own });
        }
    }

    /// The places that a span points to.
    fn parts(&self, node: &Node) -> Option<Parts> {
        let element = |pointer: &str| self.places.get(pointer.trim().strip_prefix('#')?).copied();
        let range = |(start, end): (u32, u32)| TextRange::new(start, end);
        if let Some(targets) = node.attribute("target") {
            let part = |pointer: &str| match pointer.strip_prefix("#string-range(") {
                Some(call) => {
                    let mut words = call.strip_suffix(')')?.split(',').map(str::trim);
                    let base = match words.next()? {
                        TEXT => 0,
                        id => self.places.get(id.trim_start_matches('#'))?.0,
                    };
                    let (start, length): (u32, u32) =
                        (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
                    let start = base.checked_add(start)?;
                    let place = |at: u32| self.units.to_code_point(at);
                    TextRange::new(place(start)?, place(start.checked_add(length)?)?)
                }
                None => range(element(pointer)?),
            };
            return Parts::as_given(targets.split_whitespace().map(part).collect::<Option<_>>()?);
        }
        let from = element(node.attribute("from")?)?;
        let to = node.attribute("to").map_or(Some(from), element)?;
        range((from.0, to.1.max(from.1))).map(Parts::one)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{Gathered, MemoryFiles, ReadOptions, Reader};
    use super::super::Tei;
    use crate::model::Schema;

    fn read(xml: &str) -> Gathered {
        let mut gathered = Gathered::default();
        let options = ReadOptions { unit: None, schema: &Schema::empty("x") };
        Tei.read(&MemoryFiles::one("a.xml", xml), &options, &mut gathered).unwrap();
        gathered
    }

    #[test]
    fn entities_are_refused_and_unknown_ones_stay() {
        let bomb =
            "<!DOCTYPE TEI [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><TEI><text><p>&b;</p></text></TEI>";
        let gathered = read(bomb);
        assert!(gathered.records.is_empty() && gathered.remarks[0].what.contains("entities of its own"));
        let gathered = read(
            "<!DOCTYPE TEI SYSTEM \"file:///etc/passwd\"><TEI><text><p>a&amp;&#x431;&nbsp;</p></text></TEI>",
        );
        assert_eq!(gathered.records[0].text.as_str(), "a&б&nbsp;");
        assert!(gathered.remarks[0].what.contains("`&name;`"));
    }

    #[test]
    fn blocks_are_lines_and_names_are_spans() {
        let gathered = read(
            "<TEI><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc></teiHeader><text><body>\n\
             <head>Заголовок</head>\n  <sp who=\"#a\"><speaker>Анна</speaker><p>Еду в <placeName ref=\"#k\">\n Киев </placeName>, <stage>(уходит)</stage> вот.</p></sp></body></text></TEI>",
        );
        let record = &gathered.records[0];
        assert_eq!(record.text.as_str(), "Заголовок\nАнна\nЕду в Киев , (уходит) вот.");
        assert_eq!(record.meta.title.as_deref(), Some("T"));
        let spans: Vec<String> =
            record.set.spans().map(|span| format!("{} {}", span.label, span.surface(&record.text))).collect();
        assert_eq!(spans[0], "head Заголовок");
        assert!(
            spans.contains(&"placeName Киев".to_owned()) && spans.contains(&"stage (уходит)".to_owned()),
            "{spans:?}"
        );
    }
}
