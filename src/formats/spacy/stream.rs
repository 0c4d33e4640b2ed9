//! Reading a `DocBin` that is too large to be held: once through for what stands for all docs, then from the places where tokens, groups and
//! user data begin, some docs at a time.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use super::super::several::read_in_order;
use super::super::{FormatError, ReadOptions, Sink, SourceFiles};
use super::docbin::{Bytes, CatCount, Flags, unpacked};
use super::packed::Unpacked;
use super::read::{Columns, Doc, Parts, lengths, tell_cats, too_large};
use super::strings::Numbered;
use super::walk::{Fault, Walk};

/// How many docs are held at once.
const TOGETHER: usize = 64;

/// What a file says besides tokens, groups and user data, and where these are.
#[derive(Default)]
struct Contents {
    attrs: Vec<u64>,
    lengths: Vec<u8>,
    strings: Vec<String>,
    cats: Vec<CatCount>,
    unknown_spaces: Vec<bool>,
    /// A bit a token.
    spaces: Vec<u8>,
    space_count: usize,
    /// Where the bytes begin, and how many there are.
    tokens: (u64, u64),
    /// Where the first value of the list begins, and how many there are.
    span_groups: (u64, u64),
    user_data: (u64, u64),
}

/// An unpacked stream that fails when it gets too long for what is packed in it.
struct Bounded<R> {
    stream: Unpacked<R>,
    packed: Option<u64>,
    count: u64,
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(out)?;
        self.count += read as u64;
        match too_large(self.count, self.packed.unwrap_or(self.stream.packed_bytes())) {
            Some(why) => Err(io::Error::other(why)),
            None => Ok(read),
        }
    }
}

/// Reads a file. The messages of what is wrong with it are much the same as of one that is held.
pub(super) fn read(
    source: &dyn SourceFiles,
    file: &str,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<ControlFlow<()>, FormatError> {
    let refuse = |why: String| FormatError::NotThisFormat { file: file.to_owned(), format: "spacy", why };
    let failed = |cause| FormatError::Io { what: "could not read", file: file.to_owned(), cause };
    let faulty = |fault: Fault| match fault {
        // Streams that were made here say in a whole sentence what is wrong.
        Fault::Io(error) if error.kind() == io::ErrorKind::Other => refuse(error.to_string()),
        Fault::Io(error) if error.kind() == io::ErrorKind::InvalidInput => {
            refuse(format!("it is not packed as DocBin packs ({error})"))
        }
        Fault::Io(error) => failed(error),
        Fault::Wrong(what) => refuse(format!("it is no DocBin: {what}")),
    };
    let open = || -> Result<_, FormatError> {
        let stream = Unpacked::new(source.open(file).map_err(failed)?);
        Ok(Walk::new(Bounded { stream, packed: source.length(file), count: 0 }))
    };
    let contents = contents(&mut open()?).map_err(faulty)?;
    let tokens = usize::try_from(contents.tokens.1).unwrap_or(usize::MAX);
    let lengths = lengths(file, &contents.attrs, &contents.lengths, tokens, contents.space_count)?;
    let columns = Columns::of(&contents.attrs);
    let strings = Numbered::of(contents.strings.iter().map(String::as_str));
    let at = |offset: u64| {
        let mut walk = open()?;
        walk.skip(offset).map_err(faulty)?;
        Ok::<_, FormatError>(walk)
    };
    let (mut rows, mut groups, mut data) =
        (at(contents.tokens.0)?, at(contents.span_groups.0)?, at(contents.user_data.0)?);
    let (mut number, mut token) = (0, 0);
    for some in lengths.chunks(TOGETHER) {
        let mut held: Vec<Parts> = Vec::with_capacity(some.len());
        for (place, length) in some.iter().enumerate() {
            let number = (number + place) as u64;
            let next = |walk: &mut Walk<_>, count: u64| match number < count {
                true => walk.value().map(<[u8]>::to_vec),
                false => Ok(Vec::new()),
            };
            held.push(Parts {
                rows: rows.take(length * columns.row_bytes()).map_err(faulty)?.to_vec(),
                spaces: (token..token + length)
                    .map(|token| contents.spaces[token / 8] >> (token % 8) & 1)
                    .collect(),
                span_groups: next(&mut groups, contents.span_groups.1).map_err(faulty)?,
                user_data: next(&mut data, contents.user_data.1).map_err(faulty)?,
            });
            token += length;
        }
        let mut docs = Vec::with_capacity(held.len());
        for (place, parts) in held.iter().enumerate() {
            let bytes = |value| match unpacked::<Option<Bytes>>(value) {
                Ok(bytes) => Ok(bytes.unwrap_or_default().0),
                Err(_) if value.is_empty() => Ok(&[][..]),
                Err(error) => Err(refuse(format!("it is no DocBin: {error}"))),
            };
            docs.push(Doc {
                number: number + place,
                columns,
                strings: &strings,
                rows: &parts.rows,
                spaces: &parts.spaces,
                unknown_spaces: contents.unknown_spaces.get(number + place) == Some(&true),
                span_groups: bytes(&parts.span_groups)?,
                user_data: bytes(&parts.user_data)?,
            });
        }
        number += docs.len();
        let read = |doc: &Doc, sink: &mut dyn Sink| {
            doc.read(file, options, sink);
            Ok(())
        };
        if read_in_order(&docs, Doc::size, sink, &read)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    tell_cats(file, &contents.cats, lengths.len(), sink);
    Ok(ControlFlow::Continue(()))
}

/// Goes through a file once, to its end.
fn contents(walk: &mut Walk<impl Read>) -> Result<Contents, Fault> {
    let wrong = |_| Fault::Wrong("something in it is of another type than it should be");
    let mut contents = Contents::default();
    for _ in 0..walk.map()? {
        let key: String = unpacked(walk.value()?).map_err(wrong)?;
        match key.as_str() {
            "attrs" => contents.attrs = unpacked(walk.value()?).map_err(wrong)?,
            "lengths" => contents.lengths = unpacked::<Bytes>(walk.value()?).map_err(wrong)?.0.to_vec(),
            "tokens" => {
                let count = walk.bytes()?;
                contents.tokens = (walk.offset(), count);
                walk.skip(count)?;
            }
            "spaces" => {
                let count = usize::try_from(walk.bytes()?).unwrap_or(usize::MAX);
                contents.space_count = count;
                let mut left = count;
                while left > 0 {
                    let some = walk.take(left.min(1 << 13))?;
                    let bits = |eight: &[u8]| {
                        eight
                            .iter()
                            .enumerate()
                            .fold(0, |bits, (bit, space)| bits | u8::from(*space == 1) << bit)
                    };
                    contents.spaces.extend(some.chunks(8).map(bits));
                    left -= some.len();
                }
            }
            "strings" => {
                for _ in 0..walk.list()? {
                    contents.strings.push(unpacked(walk.value()?).map_err(wrong)?);
                }
            }
            "cats" => {
                for _ in 0..walk.list()? {
                    contents.cats.push(unpacked(walk.value()?).map_err(wrong)?);
                }
            }
            "flags" => {
                for _ in 0..walk.list()? {
                    let flags: Flags = unpacked(walk.value()?).map_err(wrong)?;
                    contents.unknown_spaces.push(flags.has_unknown_spaces);
                }
            }
            "span_groups" => contents.span_groups = list(walk)?,
            "user_data" => contents.user_data = list(walk)?,
            _ => walk.pass()?,
        }
    }
    Ok(contents)
}

/// Goes past a list and says where its first value begins, and how many there are.
fn list(walk: &mut Walk<impl Read>) -> Result<(u64, u64), Fault> {
    let count = walk.list()?;
    let begins = walk.offset();
    for _ in 0..count {
        walk.pass()?;
    }
    Ok((begins, count))
}
