//! Values of JSON cut out of a stream as they stand, so that several can be understood at once and no more than some are held.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use rayon::prelude::*;

/// How many values are understood at once, at most.
const TOGETHER: usize = 64;

/// How many bytes they have together, about, at most. What they become takes several times as much.
const BYTES_TOGETHER: usize = 1 << 18;

/// A value longer than this (bytes) is not read into memory.
const LONGEST: usize = 1 << 30;

/// Why a stream could not be read on.
#[derive(Debug)]
pub(super) enum Broken {
    /// The system refused.
    Io(io::Error),
    /// It is no JSON, or not the JSON that was looked for: what, and where.
    Json(String),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// A place in a stream: the line from 1, and how many bytes of it lie before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    line: usize,
    column: usize,
}

impl Place {
    fn after(&mut self, bytes: &[u8]) {
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            match line.last() {
                Some(b'\n') => *self = Self { line: self.line + 1, column: 0 },
                _ => self.column += line.len(),
            }
        }
    }

    /// What is wrong with a value that begins here, with the place in the stream where the parser has one in the value.
    fn fault(self, error: &serde_json::Error) -> String {
        let said = error.to_string();
        let what = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what);
        let column = if error.line() <= 1 { self.column + error.column() } else { error.column() };
        format!("{what} at line {} column {column}", self.line + error.line().saturating_sub(1))
    }
}

/// Understands a value.
pub(super) type Parse<'p, T> = dyn Fn(&[u8]) -> serde_json::Result<T> + Sync + 'p;

/// A stream of JSON.
pub(super) struct JsonPieces<'r> {
    reader: Box<dyn BufRead + 'r>,
    place: Place,
}

impl<'r> JsonPieces<'r> {
    /// Begins a stream; a byte order mark is passed over.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn new(mut reader: Box<dyn BufRead + 'r>) -> io::Result<Self> {
        const MARK: &[u8] = "\u{FEFF}".as_bytes();
        if reader.fill_buf()?.starts_with(MARK) {
            reader.consume(MARK.len());
        }
        Ok(Self { reader, place: Place { line: 1, column: 0 } })
    }

    /// The next byte that is no white space; `None` at the end.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            let bytes = self.reader.fill_buf()?;
            if bytes.is_empty() {
                return Ok(None);
            }
            let space = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let next = bytes.get(space).copied();
            self.place.after(&bytes[..space]);
            self.reader.consume(space);
            if next.is_some() {
                return Ok(next);
            }
        }
    }

    /// Goes over a byte that [`Self::peek`] gave.
    pub fn pass(&mut self) {
        self.reader.consume(1);
        self.place.column += 1;
    }

    /// What is wrong here.
    pub fn fault(&self, what: &str) -> Broken {
        Broken::Json(format!("{what} at line {} column {}", self.place.line, self.place.column))
    }

    /// Adds the next value to `into`, as it stands. One that the stream ends inside comes as far as it goes; whoever parses it will see.
    ///
    /// # Errors
    /// It cannot be read, or no value begins here.
    pub fn value(&mut self, into: &mut Vec<u8>) -> Result<(), Broken> {
        let begins = match self.peek()? {
            Some(b',' | b']' | b'}' | b':') | None => return Err(self.fault("expected value")),
            Some(byte) => byte,
        };
        let mut end = End::of(begins);
        loop {
            let bytes = self.reader.fill_buf()?;
            if bytes.is_empty() {
                return Ok(());
            }
            let (length, is_whole) = end.within(bytes);
            into.extend_from_slice(&bytes[..length]);
            if into.len() > LONGEST {
                return Err(self.fault("a value is longer than 1 GiB, which is refused,"));
            }
            self.place.after(&bytes[..length]);
            self.reader.consume(length);
            if is_whole {
                return Ok(());
            }
        }
    }

    /// Goes over the next value without looking into it.
    ///
    /// # Errors
    /// As [`Self::value`].
    pub fn skip(&mut self) -> Result<(), Broken> {
        let begins = match self.peek()? {
            Some(b',' | b']' | b'}' | b':') | None => return Err(self.fault("expected value")),
            Some(byte) => byte,
        };
        let mut end = End::of(begins);
        loop {
            let bytes = self.reader.fill_buf()?;
            if bytes.is_empty() {
                return Err(self.fault("EOF while parsing a value"));
            }
            let (length, is_whole) = end.within(bytes);
            self.place.after(&bytes[..length]);
            self.reader.consume(length);
            if is_whole {
                return Ok(());
            }
        }
    }

    /// Goes over the comma between two members, or over what closes them; says whether there is another.
    fn goes_on(&mut self, is_first: bool, close: u8, what: &str) -> Result<bool, Broken> {
        match self.peek()? {
            Some(byte) if byte == close => {
                self.pass();
                Ok(false)
            }
            None => Err(self.fault(&format!("EOF while parsing {what}"))),
            Some(_) if is_first => Ok(true),
            Some(b',') => {
                self.pass();
                match self.peek()? {
                    Some(byte) if byte == close => Err(self.fault("trailing comma")),
                    _ => Ok(true),
                }
            }
            Some(_) => Err(self.fault(&format!("expected `,` or `{}`", char::from(close)))),
        }
    }

    /// Gives each member of the list that begins here to `take`, in order, understood by `parse` on all cores.
    ///
    /// # Errors
    /// It cannot be read, or is no JSON; the members before were given.
    pub fn list<T: Send>(
        &mut self,
        parse: &Parse<T>,
        take: &mut dyn FnMut(T) -> Result<ControlFlow<()>, String>,
    ) -> Result<ControlFlow<()>, Broken> {
        self.pass();
        let mut is_first = true;
        self.several(&mut |pieces| pieces.goes_on(std::mem::take(&mut is_first), b']', "a list"), parse, take)
    }

    /// Gives each value that stands here to `take`, in order, as long as `is_next` says that there is one.
    ///
    /// # Errors
    /// As [`Self::list`], and whatever `take` says.
    pub fn several<T: Send>(
        &mut self,
        is_next: &mut dyn FnMut(&mut Self) -> Result<bool, Broken>,
        parse: &Parse<T>,
        take: &mut dyn FnMut(T) -> Result<ControlFlow<()>, String>,
    ) -> Result<ControlFlow<()>, Broken> {
        let mut bytes = Vec::new();
        let mut places: Vec<(usize, Place)> = Vec::new();
        loop {
            bytes.clear();
            places.clear();
            let mut outcome = Ok(true);
            while places.len() < TOGETHER && bytes.len() < BYTES_TOGETHER {
                outcome = is_next(self);
                if !matches!(outcome, Ok(true)) {
                    break;
                }
                // The white space before it is no part of it.
                let begun = match self.peek() {
                    Ok(_) => (bytes.len(), self.place),
                    Err(error) => {
                        outcome = Err(error.into());
                        break;
                    }
                };
                if let Err(broken) = self.value(&mut bytes) {
                    bytes.truncate(begun.0);
                    outcome = Err(broken);
                    break;
                }
                places.push(begun);
            }
            let value = |number: usize| -> Result<T, String> {
                let (from, place) = places[number];
                let to = places.get(number + 1).map_or(bytes.len(), |(to, _)| *to);
                parse(&bytes[from..to]).map_err(|error| place.fault(&error))
            };
            let values: Vec<Result<T, String>> = match places.len() {
                1 => vec![value(0)],
                count => (0..count).into_par_iter().map(value).collect(),
            };
            for value in values {
                if take(value.map_err(Broken::Json)?).map_err(Broken::Json)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            if !outcome? {
                return Ok(ControlFlow::Continue(()));
            }
        }
    }

    /// Goes through the members of the object that begins here: `take` gets each name and must go over the value.
    ///
    /// # Errors
    /// It cannot be read, or is no JSON, and whatever `take` says.
    pub fn object<F>(&mut self, take: &mut F) -> Result<ControlFlow<()>, Broken>
    where
        F: FnMut(&mut Self, &str) -> Result<ControlFlow<()>, Broken>,
    {
        self.pass();
        let mut is_first = true;
        let mut name = Vec::new();
        while self.goes_on(std::mem::take(&mut is_first), b'}', "an object")? {
            if self.peek()? != Some(b'"') {
                return Err(self.fault("key must be a string"));
            }
            name.clear();
            let begun = self.place;
            self.value(&mut name)?;
            let name: String =
                serde_json::from_slice(&name).map_err(|error| Broken::Json(begun.fault(&error)))?;
            if self.peek()? != Some(b':') {
                return Err(self.fault("expected `:`"));
            }
            self.pass();
            if take(self, &name)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// Looks for the end of a value, which may come in several pieces.
#[derive(Debug)]
struct End {
    kind: Kind,
    depth: usize,
    in_text: bool,
    is_escaped: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    /// A list, an object or a text.
    Closed,
    /// A number or a word, which ends where something else begins.
    Plain,
}

impl End {
    fn of(begins: u8) -> Self {
        let kind = if matches!(begins, b'[' | b'{' | b'"') { Kind::Closed } else { Kind::Plain };
        Self { kind, depth: 0, in_text: false, is_escaped: false }
    }

    /// How many of the bytes belong to the value, and whether that is all of it.
    fn within(&mut self, bytes: &[u8]) -> (usize, bool) {
        if self.kind == Kind::Plain {
            let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b']' | b'}' | b':');
            return match bytes.iter().position(ends) {
                Some(end) => (end, true),
                None => (bytes.len(), false),
            };
        }
        let mut at = 0;
        while at < bytes.len() {
            if self.is_escaped {
                self.is_escaped = false;
                at += 1;
                continue;
            }
            if self.in_text {
                let Some(next) = memchr::memchr2(b'"', b'\\', &bytes[at..]) else { break };
                at += next + 1;
                match bytes[at - 1] {
                    b'\\' => self.is_escaped = true,
                    _ => {
                        self.in_text = false;
                        if self.depth == 0 {
                            return (at, true);
                        }
                    }
                }
                continue;
            }
            match bytes[at] {
                b'"' => self.in_text = true,
                b'[' | b'{' => self.depth += 1,
                b']' | b'}' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return (at + 1, true);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        (bytes.len(), false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn any_json(bytes: &[u8]) -> serde_json::Result<serde_json::Value> {
        serde_json::from_slice(bytes)
    }
    use proptest::prelude::*;
    use serde_json::Value as Json;
    use std::io::{BufReader, Cursor};

    /// A stream that gives a few bytes at a time.
    fn pieces(bytes: &[u8], at_once: usize) -> JsonPieces<'static> {
        let reader = BufReader::with_capacity(at_once, Cursor::new(bytes.to_vec()));
        JsonPieces::new(Box::new(reader)).unwrap()
    }

    fn members(bytes: &[u8], at_once: usize) -> (Vec<Json>, Option<String>) {
        let mut all = Vec::new();
        let mut pieces = pieces(bytes, at_once);
        if pieces.peek().unwrap() != Some(b'[') {
            return (all, Some("no list".into()));
        }
        let read = pieces.list(&any_json, &mut |one: Json| {
            all.push(one);
            Ok(ControlFlow::Continue(()))
        });
        let broken = match read {
            Ok(_) => None,
            Err(Broken::Json(why)) => Some(why),
            Err(Broken::Io(why)) => Some(why.to_string()),
        };
        (all, broken)
    }

    fn made_json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::from),
            any::<i64>().prop_map(Json::from),
            "[\\[\\]{}\"\\\\,: a🙂\n]{0,8}".prop_map(Json::from),
        ];
        leaf.prop_recursive(4, 24, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Json::from),
                prop::collection::vec((".{0,4}", inner), 0..5)
                    .prop_map(|members| Json::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_list_comes_out_as_the_parser_reads_it(
            list in prop::collection::vec(made_json(), 0..80),
            at_once in 1usize..40,
            pretty in any::<bool>(),
        ) {
            let text = if pretty { serde_json::to_vec_pretty(&list) } else { serde_json::to_vec(&list) }.unwrap();
            let (all, broken) = members(&text, at_once.max(4));
            prop_assert_eq!(broken, None);
            prop_assert_eq!(all, list);
        }

        #[test]
        fn what_the_parser_refuses_is_refused_at_the_same_place(
            list in prop::collection::vec(made_json(), 1..6),
            cut in any::<prop::sample::Index>(),
            stray in prop::option::of(prop::sample::select(b"]}{[,:\"x\n".to_vec())),
        ) {
            let mut text = serde_json::to_vec_pretty(&list).unwrap();
            let at = cut.index(text.len() - 1) + 1;
            match stray {
                Some(stray) => text.insert(at, stray),
                None => text.truncate(at),
            }
            let (all, broken) = members(&text, 8);
            match serde_json::from_slice::<Vec<Json>>(&text) {
                Ok(list) => prop_assert_eq!((all, broken), (list, None)),
                // What stands behind the list is not looked at here.
                Err(error) if error.to_string().starts_with("trailing characters") => {}
                Err(_) => prop_assert!(broken.is_some(), "{}", String::from_utf8_lossy(&text)),
            }
        }
    }

    #[test]
    fn a_fault_is_told_with_its_place_in_the_whole_stream() {
        let (all, broken) = members(b"[1,\n {\"a\": 2},\n {\"a\": tru}]", 8);
        assert_eq!(all.len(), 2);
        let parser = serde_json::from_slice::<Json>(b"[1,\n {\"a\": 2},\n {\"a\": tru}]").unwrap_err();
        assert_eq!(broken.unwrap(), parser.to_string());
        let (_, broken) = members(b"[1, {\"a\": ", 8);
        assert_eq!(broken.unwrap(), "EOF while parsing a value at line 1 column 10");
        let (_, broken) = members(b"[1 2]", 8);
        assert_eq!(broken.unwrap(), "expected `,` or `]` at line 1 column 3");
    }
}
