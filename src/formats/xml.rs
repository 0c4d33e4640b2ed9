//! Reading and writing XML that other programs made: pieces in order, no entities but the five that XML itself has.
//!
//! A document type that declares entities is refused, because ten lines of them can stand for gigabytes; an external one is never
//! fetched.

use std::borrow::Cow;
use std::io::Read;

use quick_xml::Reader as XmlReader;
use quick_xml::XmlVersion;
use quick_xml::events::attributes::{Attribute, Attributes};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;

use super::{FormatError, SourceFiles};

/// A file larger than this is refused: it is held in memory as a whole.
const LARGEST: u64 = 1 << 30;

/// Elements nested deeper than this are refused.
const DEEPEST: usize = 256;

/// A piece of a document. Most of them are as they stand in it, and are borrowed from it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece<'a> {
    /// An element begins; an empty one ends with the next piece.
    Start(Element<'a>),
    /// The element that began last ends.
    End,
    /// Text with its references resolved.
    Text(Cow<'a, str>),
    /// A comment, as it stands.
    Comment(String),
}

/// How an element begins.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Element<'a> {
    /// Its name with its prefix.
    pub name: &'a str,
    /// Its attributes in order, names with their prefixes.
    pub attributes: Vec<(&'a str, Cow<'a, str>)>,
}

impl<'a> Element<'a> {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(there, _)| *there == name).map(|(_, value)| value.as_ref())
    }

    /// Its name without its prefix.
    pub fn local(&self) -> &'a str {
        local(self.name)
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The pieces of a document, one after another.
pub(super) struct Pieces<'a> {
    reader: XmlReader<&'a [u8]>,
    text: &'a str,
    depth: usize,
    /// What ended the last text, read already; and where it began.
    ahead: Option<(u64, Result<Option<Piece<'a>>, String>)>,
}

impl<'a> Pieces<'a> {
    /// Begins at the beginning.
    pub fn new(text: &'a str) -> Self {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let mut reader = XmlReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, text, depth: 0, ahead: None }
    }

    /// The line at which the reading stands, from 1.
    pub fn line(&self) -> usize {
        let at = self.ahead.as_ref().map_or_else(|| self.reader.buffer_position(), |(begins, _)| *begins);
        let at = usize::try_from(at).unwrap_or(usize::MAX).min(self.text.len());
        1 + memchr::memchr_iter(b'\n', &self.text.as_bytes()[..at]).count()
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// The document is not well-formed, or does what is refused; said with the line.
    pub fn next(&mut self) -> Result<Option<Piece<'a>>, String> {
        match self.step() {
            Ok(piece) => Ok(piece),
            Err(what) => Err(format!("line {}: {what}", self.line())),
        }
    }

    fn step(&mut self) -> Result<Option<Piece<'a>>, String> {
        if let Some((_, ahead)) = self.ahead.take() {
            return ahead;
        }
        let mut text: Option<Cow<'a, str>> = None;
        loop {
            let begins = self.reader.buffer_position();
            match self.reader.read_event().map_err(|error| error.to_string())? {
                Event::Text(more) => join(&mut text, more.xml10_content()),
                Event::CData(more) => join(&mut text, more.xml10_content()),
                Event::GeneralRef(reference) => {
                    let resolved = match reference.resolve_char_ref() {
                        Ok(Some(sign)) => Cow::Owned(sign.to_string()),
                        Ok(None) => {
                            let name = reference.xml10_content();
                            match quick_xml::escape::resolve_predefined_entity(&name) {
                                Some(sign) => Cow::Borrowed(sign),
                                None => {
                                    return Err(format!(
                                        "`&{name};` is an entity of its own, which is not resolved"
                                    ));
                                }
                            }
                        }
                        Err(error) => return Err(error.to_string()),
                    };
                    join(&mut text, resolved);
                }
                event => match (text.take(), self.piece(&event).transpose()) {
                    (None, Some(piece)) => return piece,
                    (None, None) => {}
                    (Some(text), ahead) => {
                        self.ahead = ahead.map(|ahead| (begins, ahead));
                        return Ok(Some(Piece::Text(text)));
                    }
                },
            }
        }
    }

    /// What is no text as a piece, the end as none; `None` for what says nothing.
    fn piece(&mut self, event: &Event) -> Result<Option<Option<Piece<'a>>>, String> {
        Ok(match event {
            Event::Start(start) | Event::Empty(start) => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(format!("elements are nested more than {DEEPEST} deep; that is refused"));
                }
                Some(Some(Piece::Start(self.element(start)?)))
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                Some(Some(Piece::End))
            }
            Event::Comment(comment) => Some(Some(Piece::Comment(comment.clone().into_inner().into_owned()))),
            Event::DocType(declared) if declared.contains("<!ENTITY") => {
                return Err("it declares entities of its own, which are refused".to_owned());
            }
            Event::Eof if self.depth > 0 => return Err("it ends in the middle of an element".to_owned()),
            Event::Eof => Some(None),
            _ => None,
        })
    }

    /// How an element begins, borrowed from the text and not from the event, which is gone with the next one.
    fn element(&self, start: &BytesStart) -> Result<Element<'a>, String> {
        let content: &str = start;
        let at = content.as_ptr().addr().wrapping_sub(self.text.as_ptr().addr());
        let Some(content) = self.text.get(at..at.saturating_add(content.len())) else {
            return Err("a tag lies outside the text".to_owned());
        };
        let length = start.name().0.len();
        let mut element = Element { name: &content[..length], attributes: Vec::new() };
        if content.len() > length {
            // Seven are enough for nearly every element; without this the list would grow twice.
            element.attributes.reserve_exact(7);
        }
        let normalized = |attribute: Attribute<'a>| {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            value.map(|value| (attribute.key.0, value)).map_err(|error| error.to_string())
        };
        let mut rest = &content[length..];
        while let Some((name, value, after)) = simple_attribute(rest) {
            rest = after;
            element.attributes.push(match value.bytes().any(|byte| matches!(byte, b'&' | b'\t' | b'\n' | b'\r')) {
                true => normalized(Attribute { key: QName(name), value: value.into() })?,
                false => (name, value.into()),
            });
        }
        if !rest.is_empty() {
            // Something is written in another way: from the beginning, so that what is wrong is told of its place.
            element.attributes.clear();
            for attribute in Attributes::new(content, length).with_checks(false) {
                element.attributes.push(normalized(attribute.map_err(|error| error.to_string())?)?);
            }
        }
        Ok(element)
    }

    /// Goes past everything inside the element that began last, its end included.
    ///
    /// # Errors
    /// As [`Pieces::next`].
    pub fn skip(&mut self) -> Result<(), String> {
        let mut open = 1usize;
        while open > 0 {
            match self.next()? {
                Some(Piece::Start(_)) => open += 1,
                Some(Piece::End) => open -= 1,
                Some(_) => {}
                None => return Ok(()),
            }
        }
        Ok(())
    }

    /// The text inside the element that began last, up to and with its end; elements inside it are passed over.
    ///
    /// # Errors
    /// As [`Pieces::next`].
    pub fn inner_text(&mut self) -> Result<String, String> {
        let mut inner = String::new();
        loop {
            match self.next()? {
                Some(Piece::Text(text)) => inner.push_str(&text),
                Some(Piece::Start(_)) => self.skip()?,
                Some(Piece::Comment(_)) => {}
                Some(Piece::End) | None => return Ok(inner),
            }
        }
    }
}

/// Takes one attribute off the front, if it is written as nearly all are: ` name="value"`. Gives its name, its value as it stands, and
/// what follows it.
fn simple_attribute(text: &str) -> Option<(&str, &str, &str)> {
    let named = text.strip_prefix(' ')?;
    let is_in_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'.' | b'-');
    let length = named.bytes().take_while(|byte| is_in_name(byte)).count();
    let valued = named[length..].strip_prefix("=\"").filter(|_| length > 0)?;
    let end = memchr::memchr(b'"', valued.as_bytes())?;
    Some((&named[..length], &valued[..end], &valued[end + 1..]))
}

/// Adds to a text, of which nothing may have come yet.
fn join<'a>(text: &mut Option<Cow<'a, str>>, more: Cow<'a, str>) {
    match text {
        None => *text = Some(more),
        Some(text) => text.to_mut().push_str(&more),
    }
}

/// The bytes of one file, if it is not too large to be held.
///
/// # Errors
/// It cannot be read, or is too large.
pub(super) fn whole_file(source: &dyn SourceFiles, file: &str) -> Result<Vec<u8>, FormatError> {
    let failed = |cause| FormatError::Io { what: "could not read", file: file.to_owned(), cause };
    let mut bytes = Vec::new();
    source.open(file).map_err(failed)?.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(failed(std::io::Error::other("it is larger than 1 GiB, which is refused")));
    }
    Ok(bytes)
}

/// The characters of an XML document: UTF-8 or UTF-16 by its mark, else what its first line declares.
///
/// # Errors
/// The declared encoding is unknown, or the bytes are not of it.
pub(super) fn xml_text(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return decoded(encoding, &bytes[mark..]);
    }
    let head = &bytes[..bytes.len().min(200)];
    let head = String::from_utf8_lossy(head);
    let declared = head
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
        .and_then(|(declaration, _)| declaration.split_once("encoding"))
        .and_then(|(_, rest)| rest.split(['"', '\'']).nth(1));
    match declared {
        None => decoded(encoding_rs::UTF_8, bytes),
        Some(name) => match encoding_rs::Encoding::for_label(name.as_bytes()) {
            // Whoever can be read as ASCII so far is not UTF-16, whatever it says.
            Some(encoding) if encoding.is_ascii_compatible() => decoded(encoding, bytes),
            Some(_) => decoded(encoding_rs::UTF_8, bytes),
            None => Err(format!("its encoding `{name}` is not known")),
        },
    }
}

fn decoded<'b>(encoding: &'static encoding_rs::Encoding, bytes: &'b [u8]) -> Result<Cow<'b, str>, String> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or_else(|| format!("it is not in {}, though it should be", encoding.name()))
}

/// Whether XML 1.0 can hold a character.
fn is_allowed(sign: char) -> bool {
    matches!(sign, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// What a byte may begin: a character that XML cannot hold or that is escaped somewhere. No other byte of UTF-8 does.
const MAY_BE_ESCAPED: [bool; 256] = {
    let mut may = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        // Control characters, markup, and what U+0085, U+2028, U+FFFE and U+FFFF begin with.
        may[byte] = matches!(byte as u8, 0..0x20 | b'&' | b'<' | b'>' | b'"' | 0xC2 | 0xE2 | 0xEF);
        byte += 1;
    }
    may
};

/// The characters of a text that begin with a byte of [`MAY_BE_ESCAPED`], with their places.
fn suspects(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        at += bytes[at..].iter().position(|byte| MAY_BE_ESCAPED[usize::from(*byte)])?;
        let sign = text[at..].chars().next()?;
        let place = at;
        at += sign.len_utf8();
        Some((place, sign))
    })
}

/// How many characters of a text XML cannot hold.
pub(super) fn count_forbidden(text: &str) -> usize {
    suspects(text).filter(|(_, sign)| !is_allowed(*sign)).count()
}

/// A text as XML can hold it: what it forbids becomes U+FFFD, one for one, so that no offset of code points or UTF-16 moves.
pub(super) fn allowed(text: &str) -> Cow<'_, str> {
    match count_forbidden(text) {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(text.chars().map(|sign| if is_allowed(sign) { sign } else { '\u{FFFD}' }).collect()),
    }
}

/// Gives a text piece by piece in which some characters give way to others; what XML forbids becomes U+FFFD.
fn replaced(text: &str, instead: impl Fn(char) -> Option<&'static str>, mut put: impl FnMut(&str)) {
    let mut done = 0;
    for (at, sign) in suspects(text) {
        let instead = if is_allowed(sign) { instead(sign) } else { Some("\u{FFFD}") };
        if let Some(instead) = instead {
            put(&text[done..at]);
            put(instead);
            done = at + sign.len_utf8();
        }
    }
    put(&text[done..]);
}

/// What stands in an attribute in double quotes for a character: white space that a reader would fold is written as references.
fn in_attribute(sign: char) -> Option<&'static str> {
    Some(match sign {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\n' => "&#10;",
        '\r' => "&#13;",
        '\t' => "&#9;",
        // Readers of XML 1.1 take these for line ends.
        '\u{85}' => "&#133;",
        '\u{2028}' => "&#8232;",
        _ => return None,
    })
}

/// What stands inside an element for a character.
fn in_content(sign: char) -> Option<&'static str> {
    Some(match sign {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '\r' => "&#13;",
        _ => return None,
    })
}

/// Adds a text escaped for an attribute in double quotes.
pub(super) fn push_attribute(out: &mut Vec<u8>, text: &str) {
    replaced(text, in_attribute, |piece| out.extend_from_slice(piece.as_bytes()));
}

/// A text escaped for an attribute in double quotes.
pub(super) fn attribute(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    replaced(text, in_attribute, |piece| escaped.push_str(piece));
    escaped
}

/// A text escaped for the inside of an element.
pub(super) fn content(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    replaced(text, in_content, |piece| escaped.push_str(piece));
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Result<Vec<Piece<'_>>, String> {
        let mut reader = Pieces::new(text);
        let mut all = Vec::new();
        while let Some(piece) = reader.next()? {
            all.push(piece);
        }
        Ok(all)
    }

    #[test]
    fn references_are_text_and_line_ends_survive_in_attributes() {
        let hard = "a\tb\r\n<\"&'>\u{85}я😀";
        let xml = format!("<a x=\"{}\">{}<b/></a>", attribute(hard), content(hard));
        let read = pieces(&xml).unwrap();
        let Piece::Start(start) = &read[0] else { panic!("{read:?}") };
        assert_eq!(start.get("x"), Some(hard));
        assert_eq!(read[1], Piece::Text(hard.into()));
        assert_eq!(read.len(), 5);
    }

    #[test]
    fn attributes_may_be_written_in_several_ways() {
        let values = |xml: &str| -> Result<Vec<String>, String> {
            let all = pieces(xml)?;
            let Some(Piece::Start(start)) = all.into_iter().next() else { return Ok(Vec::new()) };
            Ok(start.attributes.iter().map(|(name, value)| format!("{name}={value}")).collect())
        };
        let expected = ["x:a=1 &", "b=2  3", "c="];
        for xml in [
            "<t x:a=\"1 &amp;\" b=\"2\t\n3\" c=\"\"/>",
            "<t x:a='1 &amp;'  b = \"2\t\n3\"\nc='' ></t>",
            "<t x:a=\"1 &amp;\" b=\"2\t\n3\" c=''/>",
        ] {
            assert_eq!(values(xml).unwrap(), expected, "{xml}");
        }
        for xml in ["<t a=\"1\" b/>", "<t a=1/>", "<t a=\"1\" b=\"&x;\"/>", "<t =\"1\"/>"] {
            assert!(values(xml).is_err(), "{xml}");
        }
    }

    #[test]
    fn entities_and_what_is_broken_are_refused_with_a_line() {
        let bomb = "<!DOCTYPE a [<!ENTITY x \"xxxx\"><!ENTITY y \"&x;&x;\">]>\n<a>&y;</a>";
        assert!(pieces(bomb).unwrap_err().contains("declares entities"));
        assert!(pieces("<a>\n&nbsp;</a>").unwrap_err().starts_with("line 2: `&nbsp;`"));
        assert!(pieces("<a>\n<b>").is_err());
        assert!(pieces("<a></b>").is_err());
        assert!(pieces(&"<a>".repeat(10_000)).unwrap_err().contains("nested"));
        assert!(pieces("<!DOCTYPE a SYSTEM \"http://example.org/a.dtd\"><a/>").is_ok());
    }

    #[test]
    fn what_xml_cannot_hold_is_replaced_one_for_one() {
        assert_eq!(allowed("a\u{0}б\u{FFFF}"), "a\u{FFFD}б\u{FFFD}");
        assert_eq!(count_forbidden("a\u{1}\t\u{B}"), 2);
        assert_eq!(attribute("«a\u{0}»—\u{2028}\u{2029}"), "«a\u{FFFD}»—&#8232;\u{2029}");
        assert_eq!(content("\u{FFFF}\u{85}&\n"), "\u{FFFD}\u{85}&amp;\n");
    }

    #[test]
    fn the_encoding_is_that_of_the_mark_or_of_the_declaration() {
        let utf16: Vec<u8> = "\u{FEFF}<а/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(xml_text(&utf16).unwrap(), "<а/>");
        let koi = b"<?xml version=\"1.0\" encoding='windows-1251'?><a>\xE0</a>";
        assert!(xml_text(koi).unwrap().contains("<a>а</a>"));
        assert!(xml_text(b"<a>\xE0</a>").is_err());
    }
}
