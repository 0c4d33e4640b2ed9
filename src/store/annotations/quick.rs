//! Reading an annotation file in one pass over its bytes, if it is written the way this program writes it.
//!
//! The `ron` crate reads whatever RON there is and says what is wrong with the rest, at 40 MB/s or so; a file of a long article is as
//! large as that. Nearly every file was written by [`annotation_text`](super::super::ron_text::annotation_text), which uses little of RON:
//! no comments, no names of structs, texts in plain quotes, whole numbers. This reads that and nothing else. At the first thing out of the
//! ordinary it gives up, and the file is read the slow way: so it never has to say what is wrong, and must only never read something
//! differently. A property test holds the two side by side.

use std::borrow::Cow;
use std::sync::Arc;

use crate::model::{
    AnnotationSet, FORMAT, Fields, Misquote, Parts, Relation, RelationId, Span, SpanId, Status, Value,
};
use crate::text::{CanonicalText, TextRange};

/// Deeper values than this are left to the slow way, which has a limit of its own.
const DEEPEST: usize = 32;

/// The annotations in a file's text; `None` if anything about it is out of the ordinary. `lookup` gives the text of an article by its path.
pub(super) fn read(text: &str, lookup: &dyn Fn(&str) -> Option<CanonicalText>) -> Option<AnnotationSet> {
    let mut reader = Reader { text, at: 0 };
    reader.expect(b'(')?;
    let (mut set, mut article, mut seen) = (AnnotationSet::default(), None, 0u16);
    let (mut spans, mut relations) = (Vec::new(), Vec::new());
    while let Some(key) = reader.key(b')')? {
        let place = [
            "format",
            "article",
            "fingerprint",
            "length",
            "annotator",
            "status",
            "fields",
            "spans",
            "relations",
        ]
        .iter()
        .position(|known| *known == key)?;
        // Each once, and what the spans need before the spans.
        if seen & 1 << place != 0 || place == 7 && seen & 2 == 0 {
            return None;
        }
        seen |= 1 << place;
        match key {
            "format" => (reader.whole()? == i64::from(FORMAT)).then_some(())?,
            "article" => {
                set.article = reader.string()?.into_owned();
                article = lookup(&set.article);
            }
            "fingerprint" => set.fingerprint = reader.string()?.into_owned(),
            "length" => set.length = u32::try_from(reader.whole()?).ok()?,
            "annotator" => set.annotator = reader.string()?.into_owned(),
            "status" => set.status = Status::from_name(&reader.string()?)?,
            "fields" => set.fields = reader.fields(0)?,
            "spans" => reader.each(|reader| {
                spans.push(Arc::new(reader.span(article.as_ref())?));
                Some(())
            })?,
            _ => reader.each(|reader| {
                relations.push(Arc::new(reader.relation()?));
                Some(())
            })?,
        }
        reader.end_of_item(b')')?;
    }
    // Format, article and annotator must be there.
    if !reader.is_over() || seen & 0b1_0011 != 0b1_0011 {
        return None;
    }
    set.insert_all(spans);
    set.insert_relations(relations);
    Some(set)
}

struct Reader<'a> {
    text: &'a str,
    /// In bytes; always between two characters.
    at: usize,
}

impl<'a> Reader<'a> {
    /// The next byte that is not white space, without taking it.
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text.as_bytes()[self.at..];
        let blank = rest.iter().position(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t'))?;
        self.at += blank;
        Some(rest[blank])
    }

    fn is_over(&mut self) -> bool {
        self.peek().is_none()
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// After an item: a comma, or the end without taking it.
    fn end_of_item(&mut self, close: u8) -> Option<()> {
        match self.peek()? {
            b',' => self.at += 1,
            byte if byte == close => {}
            _ => return None,
        }
        Some(())
    }

    /// The next key of a struct and its colon, or `Some(None)` at its end, which is taken.
    #[expect(clippy::option_option, reason = "nothing more, and nothing that can be read, are two things")]
    fn key(&mut self, close: u8) -> Option<Option<&'a str>> {
        if self.peek()? == close {
            self.at += 1;
            return Some(None);
        }
        let rest = &self.text[self.at..];
        let length = rest.bytes().position(|byte| !byte.is_ascii_lowercase())?;
        self.at += length;
        self.expect(b':')?;
        Some(Some(&rest[..length]))
    }

    /// Every item of a list `[ … ]`.
    fn each(&mut self, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.expect(b'[')?;
        while self.peek()? != b']' {
            item(self)?;
            self.end_of_item(b']')?;
        }
        self.at += 1;
        Some(())
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        self.expect(b'"')?;
        let rest = &self.text[self.at..];
        let end = memchr::memchr2(b'"', b'\\', rest.as_bytes())?;
        if rest.as_bytes()[end] == b'"' {
            self.at += end + 1;
            return Some(Cow::Borrowed(&rest[..end]));
        }
        let (mut said, mut from) = (String::new(), 0);
        loop {
            let mark = from + memchr::memchr2(b'"', b'\\', &rest.as_bytes()[from..])?;
            said.push_str(&rest[from..mark]);
            if rest.as_bytes()[mark] == b'"' {
                self.at += mark + 1;
                return Some(Cow::Owned(said));
            }
            let (sign, length) = match rest.as_bytes().get(mark + 1)? {
                b'"' => ('"', 2),
                b'\\' => ('\\', 2),
                b'n' => ('\n', 2),
                b'r' => ('\r', 2),
                b't' => ('\t', 2),
                b'u' => {
                    let digits = rest[mark + 2..].strip_prefix('{')?;
                    let end = digits.bytes().take(7).position(|byte| byte == b'}')?;
                    if !digits.as_bytes()[..end].iter().all(u8::is_ascii_hexdigit) {
                        return None;
                    }
                    (char::from_u32(u32::from_str_radix(&digits[..end], 16).ok()?)?, end + 4)
                }
                _ => return None,
            };
            said.push(sign);
            from = mark + length;
        }
    }

    /// A whole number in plain digits.
    fn whole(&mut self) -> Option<i64> {
        self.peek()?;
        let rest = &self.text.as_bytes()[self.at..];
        let length = rest.iter().position(|byte| !(byte.is_ascii_digit() || *byte == b'-'))?;
        // Whatever else belongs to a number, such as a point, is not for here.
        if !matches!(rest[length], b',' | b')' | b']' | b'}' | b' ' | b'\n') {
            return None;
        }
        let written = &self.text[self.at..self.at + length];
        if written.len() > 1 && written.trim_start_matches('-').starts_with('0') {
            return None;
        }
        self.at += length;
        written.parse().ok()
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        Some(match self.peek()? {
            b'"' => Value::Text(self.string()?.into_owned()),
            open @ (b'[' | b'(') => {
                let close = if open == b'[' { b']' } else { b')' };
                self.at += 1;
                let mut items = Vec::new();
                while self.peek()? != close {
                    items.push(self.value(depth + 1)?);
                    self.end_of_item(close)?;
                }
                self.at += 1;
                // `()` and `(1)` mean other things than lists to RON.
                if open == b'(' && items.len() < 2 {
                    return None;
                }
                Value::List(items)
            }
            b'{' => Value::Record(self.fields(depth + 1)?),
            b't' | b'f' => {
                let rest = &self.text[self.at..];
                let said = rest.starts_with("true");
                let length = if said { 4 } else { 5 };
                if !said && !rest.starts_with("false")
                    || !matches!(rest.as_bytes().get(length)?, b',' | b')' | b']' | b'}' | b' ' | b'\n')
                {
                    return None;
                }
                self.at += length;
                Value::Bool(said)
            }
            _ => Value::Integer(self.whole()?),
        })
    }

    fn fields(&mut self, depth: usize) -> Option<Fields> {
        self.expect(b'{')?;
        let mut fields = Fields::new();
        while self.peek()? != b'}' {
            let name = self.string()?;
            self.expect(b':')?;
            let value = self.value(depth)?;
            if fields.set(name, value).is_some() {
                return None;
            }
            self.end_of_item(b'}')?;
        }
        self.at += 1;
        Some(fields)
    }

    fn parts(&mut self) -> Option<Parts> {
        let mut parts = Vec::with_capacity(1);
        self.each(|reader| {
            reader.expect(b'(')?;
            let start = u32::try_from(reader.whole()?).ok()?;
            reader.expect(b',')?;
            let end = u32::try_from(reader.whole()?).ok()?;
            reader.expect(b')')?;
            parts.push(TextRange::new(start, end)?);
            Some(())
        })?;
        Parts::as_given(parts)
    }

    fn span(&mut self, article: Option<&CanonicalText>) -> Option<Span> {
        self.expect(b'(')?;
        let (mut id, mut label, mut at, mut text, mut fields, mut note) =
            (None, None, None, None, None, None);
        let (mut before, mut after) = (None, None);
        while let Some(key) = self.key(b')')? {
            let again = match key {
                "id" => id.replace(SpanId::from(&*self.string()?)).is_some(),
                "label" => label.replace(self.string()?).is_some(),
                "at" => at.replace(self.parts()?).is_some(),
                "text" => text.replace(self.string()?).is_some(),
                "before" => before.replace(self.string()?).is_some(),
                "after" => after.replace(self.string()?).is_some(),
                "fields" => fields.replace(self.fields(0)?).is_some(),
                "note" => note.replace(self.string()?).is_some(),
                _ => return None,
            };
            if again {
                return None;
            }
            self.end_of_item(b')')?;
        }
        let mut span = Span::new(id?, label?, at?);
        span.fields = fields.unwrap_or_default();
        span.note = note.unwrap_or_default().into_owned();
        span.misquote = text.and_then(|text| {
            let as_said = article.is_some_and(|article| span.says(article, &text));
            (!as_said).then(|| Misquote {
                text: text.into_owned(),
                before: before.unwrap_or_default().into_owned(),
                after: after.unwrap_or_default().into_owned(),
            })
        });
        Some(span)
    }

    fn relation(&mut self) -> Option<Relation> {
        self.expect(b'(')?;
        let (mut id, mut label, mut from, mut to, mut fields) = (None, None, None, None, None);
        while let Some(key) = self.key(b')')? {
            let again = match key {
                "id" => id.replace(RelationId::from(&*self.string()?)).is_some(),
                "label" => label.replace(self.string()?).is_some(),
                "from" => from.replace(SpanId::from(&*self.string()?)).is_some(),
                "to" => to.replace(SpanId::from(&*self.string()?)).is_some(),
                "fields" => fields.replace(self.fields(0)?).is_some(),
                _ => return None,
            };
            if again {
                return None;
            }
            self.end_of_item(b')')?;
        }
        Some(Relation {
            id: id?,
            label: label?.into_owned(),
            from: from?,
            to: to?,
            fields: fields.unwrap_or_default(),
        })
    }
}
