//! Reading `spacy`.

use std::io::{self, Read};
use std::ops::{ControlFlow, Range};

use super::super::draft::{Draft, DraftSpan};
use super::super::several::read_in_order;
use super::super::tokens::covering;
use super::super::{FormatError, OffsetUnit, ReadOptions, Remark, Sink, SourceFiles, tokens::Token};
use super::docbin::{
    Bytes, CatCount, ENT_ID, ENT_IOB, ENT_KB_ID, ENT_TYPE, Group, GroupSpan, Groups, ORTH, ReadBin, UserData,
    unpacked,
};
use super::packed::Unpacked;
use super::stream;
use super::strings::Numbered;
use crate::model::{Value, file_stem};
use crate::text::TextRange;

/// What a file may come to when it is unpacked (bytes). A bomb of a few kilobytes must not fill the memory.
const LARGEST: u64 = 4 << 30;

/// How much larger than the packed file the unpacked one may be, and what any file may come to. Deflate itself ends at about 1,030.
const RATIO: u64 = 400;
const SMALL: u64 = 64 << 20;

/// What an unpacked file may come to that is held: it is read in one go, a larger one in four.
pub(super) const HELD: u64 = 32 << 20;

/// Reads files. One that comes to more than `most` bytes when it is unpacked is not held.
pub(super) fn read(
    source: &dyn SourceFiles,
    most: u64,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), FormatError> {
    let files = source.files();
    for file in files.iter().filter(|file| files.len() == 1 || file.ends_with(".spacy")) {
        let refuse = |why| FormatError::NotThisFormat { file: file.to_owned(), format: "spacy", why };
        let flow = match held(source, file, most)? {
            None => stream::read(source, file, options, sink)?,
            Some(bytes) => {
                let bin: ReadBin =
                    unpacked(&bytes).map_err(|error| refuse(format!("it is no DocBin: {error}")))?;
                docs(&bin, file, options, sink)?
            }
        };
        if flow.is_break() {
            break;
        }
    }
    Ok(())
}

/// What a file comes to when it is unpacked, if that is no more than some bytes.
fn held(source: &dyn SourceFiles, file: &str, most: u64) -> Result<Option<Vec<u8>>, FormatError> {
    let refuse = |why: String| FormatError::NotThisFormat { file: file.to_owned(), format: "spacy", why };
    let failed = |cause| FormatError::Io { what: "could not read", file: file.to_owned(), cause };
    let packed = source.open(file).map_err(failed)?;
    let mut bytes = Vec::new();
    let read = Unpacked::new(packed).take(most + 1).read_to_end(&mut bytes);
    read.map_err(|error| match error.kind() {
        io::ErrorKind::InvalidInput => refuse(format!("it is not packed as DocBin packs ({error})")),
        _ => failed(error),
    })?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// Why so many bytes from so many packed ones are refused, if they are.
pub(super) fn too_large(count: u64, packed: u64) -> Option<String> {
    let limit = packed.saturating_mul(RATIO).clamp(SMALL, LARGEST);
    (count >= limit).then(|| {
        format!("it is more than {limit} bytes when unpacked, which no {packed} bytes of annotations are")
    })
}

/// How many tokens each doc has.
///
/// # Errors
/// That does not go together with how much there is of tokens and spaces.
pub(super) fn lengths(
    file: &str,
    attrs: &[u64],
    lengths: &[u8],
    tokens: usize,
    spaces: usize,
) -> Result<Vec<usize>, FormatError> {
    let refuse = |why: &str| {
        let why = format!("it is a DocBin, but {why}");
        Err(FormatError::NotThisFormat { file: file.to_owned(), format: "spacy", why })
    };
    let lengths: Option<Vec<usize>> = lengths
        .chunks(4)
        .map(|bytes| usize::try_from(i32::from_le_bytes(bytes.try_into().ok()?)).ok())
        .collect();
    let Some(lengths) = lengths else { return refuse("its `lengths` are no numbers of tokens") };
    let total = lengths.iter().try_fold(0usize, |sum, length| sum.checked_add(*length));
    let fits =
        total.is_some_and(|total| total.checked_mul(attrs.len() * 8) == Some(tokens) && spaces == total);
    if !attrs.contains(&ORTH.into()) || !fits {
        return refuse("its `tokens`, `spaces` and `lengths` do not go together");
    }
    Ok(lengths)
}

/// Tells of the categories of the docs, which are left out.
pub(super) fn tell_cats(file: &str, cats: &[CatCount], docs: usize, sink: &mut dyn Sink) {
    let cats: usize = cats.iter().take(docs).map(|cats| cats.0).sum();
    if cats > 0 {
        let what = format!("{cats} categories of whole texts (doc.cats) were left out");
        sink.remark(Remark { place: file.to_owned(), what, left_out: true });
    }
}

fn docs(
    bin: &ReadBin,
    file: &str,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<ControlFlow<()>, FormatError> {
    let lengths = lengths(file, &bin.attrs, bin.lengths.0, bin.tokens.0.len(), bin.spaces.0.len())?;
    let columns = Columns::of(&bin.attrs);
    let strings = Numbered::of(bin.strings.iter().copied());
    let (mut rest, mut spaces) = (bin.tokens.0, bin.spaces.0);
    let docs = lengths.iter().enumerate().map(|(number, length)| {
        let (rows, after) = rest.split_at(length * columns.row_bytes());
        let (own_spaces, after_spaces) = spaces.split_at(*length);
        (rest, spaces) = (after, after_spaces);
        Doc {
            number,
            columns,
            strings: &strings,
            rows,
            spaces: own_spaces,
            unknown_spaces: bin.flags.get(number).is_some_and(|flags| flags.has_unknown_spaces),
            span_groups: bin.span_groups.get(number).map_or(&[][..], |groups| groups.0),
            user_data: bin.user_data.get(number).map_or(&[][..], |data| data.0),
        }
    });
    let docs: Vec<Doc> = docs.collect();
    let flow = read_in_order(&docs, Doc::size, sink, &|doc, sink| {
        doc.read(file, options, sink);
        Ok(())
    })?;
    if flow.is_continue() {
        tell_cats(file, &bin.cats, lengths.len(), sink);
    }
    Ok(flow)
}

/// What there is of one doc, where a file is not held.
pub(super) struct Parts {
    pub rows: Vec<u8>,
    pub spaces: Vec<u8>,
    pub span_groups: Vec<u8>,
    pub user_data: Vec<u8>,
}

/// Which columns of a row hold what is read of a token.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    width: usize,
    orth: Option<usize>,
    iob: Option<usize>,
    label: Option<usize>,
    id: Option<usize>,
    entity: Option<usize>,
}

impl Columns {
    /// The columns of a file.
    pub fn of(attrs: &[u64]) -> Self {
        let column = |attr: u16| attrs.iter().position(|there| *there == u64::from(attr));
        Self {
            width: attrs.len(),
            orth: column(ORTH),
            iob: column(ENT_IOB),
            label: column(ENT_TYPE),
            id: column(ENT_ID),
            entity: column(ENT_KB_ID),
        }
    }

    /// How many bytes a row has.
    pub fn row_bytes(&self) -> usize {
        self.width * 8
    }
}

/// One doc.
pub(super) struct Doc<'a> {
    pub number: usize,
    pub columns: Columns,
    pub strings: &'a Numbered<'a>,
    /// Its rows of the tokens.
    pub rows: &'a [u8],
    /// Of each token, 1 where a space follows.
    pub spaces: &'a [u8],
    pub unknown_spaces: bool,
    pub span_groups: &'a [u8],
    pub user_data: &'a [u8],
}

/// A span as spaCy has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place<'a> {
    label: &'a str,
    id: &'a str,
    /// Tokens, half-open.
    tokens: (usize, usize),
    entity: &'a str,
}

impl<'a> Doc<'a> {
    /// The rows of the tokens, in numbers of 64 bits.
    fn rows(&self) -> impl Iterator<Item = &'a [[u8; 8]]> + use<'a> {
        self.rows.as_chunks().0.chunks_exact(self.columns.width.max(1))
    }

    fn string(&self, number: u64) -> Result<&'a str, String> {
        self.counted(number).map(|(string, _)| string)
    }

    fn counted(&self, number: u64) -> Result<(&'a str, u32), String> {
        let found = self.strings.get(number);
        found.ok_or_else(|| format!("the string of number {number} is not in the file"))
    }

    /// How many bytes there are of it, about.
    pub fn size(&self) -> u64 {
        (self.rows.len() + self.user_data.len()) as u64
    }

    /// Gives its record.
    pub fn read(&self, file: &str, options: &ReadOptions, sink: &mut dyn Sink) {
        let place = format!("{file}: doc {}", self.number + 1);
        match self.draft(file) {
            Ok(draft) => {
                let record = draft.into_record(&place, OffsetUnit::CodePoints, options, sink);
                // Whoever reads several docs at once looks whether more is wanted.
                let _ = sink.record(record);
            }
            Err(what) => {
                sink.remark(Remark { place, what: format!("{what}; it was left out"), left_out: true })
            }
        }
    }

    fn draft(&self, file: &str) -> Result<Draft, String> {
        let length = self.spaces.len();
        let (mut text, mut tokens, mut at) =
            (String::with_capacity(length * 8), Vec::with_capacity(length), 0u32);
        for (token, row) in self.rows().enumerate() {
            let (word, count) = self.counted(cell(row, self.columns.orth))?;
            let space = match self.unknown_spaces {
                true => token + 1 < length,
                false => self.spaces.get(token) == Some(&1),
            };
            let (byte, end) = (text.len(), at + count);
            text.push_str(word);
            tokens.push(Token { bytes: byte..text.len(), range: TextRange::between(at, end), space });
            at = end;
            if space {
                text.push(' ');
                at += 1;
            }
        }
        let places = self.places()?;
        let mut draft = self.own(&places, &tokens);
        draft.text = text;
        if draft.article.is_empty() {
            draft.article = format!("{}-{}.txt", file_stem(file), self.number + 1);
        }
        Ok(draft)
    }

    /// The spans of all groups and the entities, each once.
    fn places(&self) -> Result<Vec<Place<'a>>, String> {
        let mut places = Vec::new();
        if !self.span_groups.is_empty() {
            let groups: Groups = unpacked(self.span_groups)
                .map_err(|error| format!("its groups of spans cannot be read: {error}"))?;
            for group in groups.0 {
                let group: Group =
                    unpacked(group.0).map_err(|error| format!("a group of spans cannot be read: {error}"))?;
                for Bytes(span) in group.spans {
                    let span = GroupSpan::from_bytes(span).ok_or("a span of a group cannot be read")?;
                    let (start, end) = (usize::try_from(span.start), usize::try_from(span.end));
                    let (Ok(start), Ok(end)) = (start, end) else {
                        return Err("a span has no tokens".to_owned());
                    };
                    if start >= end || end > self.spaces.len() {
                        continue;
                    }
                    places.push(Place {
                        label: self.string(span.label)?,
                        id: self.string(span.id)?,
                        entity: self.string(span.kb_id)?,
                        tokens: (start, end),
                    });
                }
            }
        }
        let mut sorted: Vec<(Place, usize)> = places.iter().copied().zip(0..).collect();
        sorted.sort_unstable();
        let mut again: Vec<usize> =
            sorted.windows(2).filter(|two| two[0].0 == two[1].0).map(|two| two[1].1).collect();
        if !again.is_empty() {
            again.sort_unstable();
            let mut number = 0..;
            places
                .retain(|_| number.next().is_none_or(|number: usize| again.binary_search(&number).is_err()));
        }
        let mut there: Vec<(&str, (usize, usize))> =
            places.iter().map(|place| (place.label, place.tokens)).collect();
        there.sort_unstable();
        let is_there = |place: &Place| there.binary_search(&(place.label, place.tokens)).is_ok();
        let mut open: Option<Place> = None;
        for (token, row) in self.rows().enumerate() {
            let (iob, label) = (cell(row, self.columns.iob), self.string(cell(row, self.columns.label))?);
            if let Some(open) = open.as_mut().filter(|open| iob == 1 && open.label == label) {
                open.tokens.1 = token + 1;
                continue;
            }
            places.extend(open.take().filter(|done| !is_there(done)));
            if (iob == 3 || iob == 1) && !label.is_empty() {
                let id = self.string(cell(row, self.columns.id))?;
                let entity = self.string(cell(row, self.columns.entity))?;
                open = Some(Place { label, id, entity, tokens: (token, token + 1) });
            }
        }
        places.extend(open.filter(|done| !is_there(done)));
        Ok(places)
    }

    /// What this program wrote beside the doc, with its spans: those that nobody moved as they were, others as spaCy has them.
    fn own(&self, places: &[Place], tokens: &[Token]) -> Draft {
        let UserData(own) = unpacked(self.user_data).unwrap_or_default();
        let mut draft = own.0;
        let mut kept: Vec<(DraftSpan, (usize, usize))> = Vec::with_capacity(draft.spans.len());
        for span in std::mem::take(&mut draft.spans) {
            let start = span.parts.iter().map(|part| part.0).min().unwrap_or_default();
            let end = span.parts.iter().map(|part| part.1).max().unwrap_or_default();
            match TextRange::new(start, end).and_then(|range| covering(tokens, range)) {
                Some((first, last)) => kept.push((span, (first, last + 1))),
                // spaCy had no place for it, so nothing can have happened to it there.
                None => draft.spans.push(span),
            }
        }
        let mut order: Vec<usize> = (0..kept.len()).collect();
        // Stable: of several spans of one place the first comes first.
        order.sort_by(|a, b| key(&kept[*a]).cmp(&key(&kept[*b])));
        let same = |place: &Place| {
            let wanted = (place.label, place.id, place.tokens);
            let first = order.partition_point(|number| key(&kept[*number]) < wanted);
            let count = order[first..].iter().take_while(|number| key(&kept[**number]) == wanted).count();
            first..first + count
        };
        let same: Vec<Range<usize>> = places.iter().map(same).collect();
        let mut kept: Vec<Option<DraftSpan>> = kept.into_iter().map(|(span, _)| Some(span)).collect();
        for (place, same) in places.iter().zip(same) {
            let before = draft.spans.len();
            draft.spans.extend(order[same].iter().filter_map(|number| kept[*number].take()));
            if draft.spans.len() > before {
                continue;
            }
            let (first, last) = (&tokens[place.tokens.0], &tokens[place.tokens.1 - 1]);
            let parts = vec![(first.range.start().get(), last.range.end().get())];
            let id = (!place.id.is_empty()).then(|| place.id.to_owned());
            let mut span = DraftSpan { id, label: place.label.to_owned(), parts, ..DraftSpan::default() };
            if !place.entity.is_empty() {
                span.fields.set("entity", Value::text(place.entity));
            }
            draft.spans.push(span);
        }
        draft
    }
}

/// A number of a token's row; 0 where the file has no such column.
fn cell(row: &[[u8; 8]], column: Option<usize>) -> u64 {
    column.and_then(|column| row.get(column)).map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// What a span of ours is known by in spaCy: its label, its id and its tokens.
fn key((span, tokens): &(DraftSpan, (usize, usize))) -> (&str, &str, (usize, usize)) {
    (&span.label, span.id.as_deref().unwrap_or_default(), *tokens)
}
