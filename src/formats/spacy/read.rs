//! Reading `spacy`.

use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::ops::ControlFlow;

use flate2::read::ZlibDecoder;
use serde_json::{Map, Value as Json};

use super::super::draft::{Draft, DraftSpan};
use super::super::json_record::{draft_relation, draft_span, take_about, take_meta};
use super::super::tokens::covering;
use super::super::{FormatError, OffsetUnit, ReadOptions, Remark, Sink, SourceFiles, tokens::Token};
use super::docbin::{
    ENT_ID, ENT_IOB, ENT_KB_ID, ENT_TYPE, Group, GroupSpan, Groups, ORTH, ReadBin, unpacked,
};
use super::strings::Numbered;
use super::write::OWN;
use crate::model::{Value, file_stem};
use crate::text::TextRange;

/// What a file may come to when it is unpacked (bytes). A bomb of a few kilobytes must not fill the memory.
const LARGEST: u64 = 4 << 30;

/// How much larger than the packed file the unpacked one may be, and what any file may come to. Deflate itself ends at about 1,030.
const RATIO: u64 = 400;
const SMALL: u64 = 64 << 20;

pub(super) fn read(
    source: &dyn SourceFiles,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), FormatError> {
    let files = source.files();
    for file in files.iter().filter(|file| files.len() == 1 || file.ends_with(".spacy")) {
        let bin = whole(source, file)?;
        if docs(&bin, file, options, sink)?.is_break() {
            break;
        }
    }
    Ok(())
}

fn whole(source: &dyn SourceFiles, file: &str) -> Result<ReadBin, FormatError> {
    let refuse = |why: String| FormatError::NotThisFormat { file: file.to_owned(), format: "spacy", why };
    let failed = |cause| FormatError::Io { what: "could not read", file: file.to_owned(), cause };
    let mut packed = Vec::new();
    source.open(file).map_err(failed)?.read_to_end(&mut packed).map_err(failed)?;
    let limit = (packed.len() as u64).saturating_mul(RATIO).clamp(SMALL, LARGEST);
    let mut bytes = Vec::new();
    ZlibDecoder::new(packed.as_slice())
        .take(limit)
        .read_to_end(&mut bytes)
        .map_err(|error| refuse(format!("it is not packed as DocBin packs ({error})")))?;
    if bytes.len() as u64 >= limit {
        return Err(refuse(format!(
            "it is more than {limit} bytes when unpacked, which no {} bytes of annotations are",
            packed.len()
        )));
    }
    unpacked(&bytes).map_err(|error| refuse(format!("it is no DocBin: {error}")))
}

fn docs(
    bin: &ReadBin,
    file: &str,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<ControlFlow<()>, FormatError> {
    let refuse = |why: &str| {
        let why = format!("it is a DocBin, but {why}");
        Err(FormatError::NotThisFormat { file: file.to_owned(), format: "spacy", why })
    };
    let lengths: Option<Vec<usize>> = bin
        .lengths
        .0
        .chunks(4)
        .map(|bytes| usize::try_from(i32::from_le_bytes(bytes.try_into().ok()?)).ok())
        .collect();
    let Some(lengths) = lengths else { return refuse("its `lengths` are no numbers of tokens") };
    let width = bin.attrs.len();
    let total = lengths.iter().try_fold(0usize, |sum, length| sum.checked_add(*length));
    let fits = total.is_some_and(|total| {
        total.checked_mul(width * 8) == Some(bin.tokens.0.len()) && bin.spaces.0.len() == total
    });
    if !bin.attrs.contains(&ORTH) || !fits {
        return refuse("its `tokens`, `spaces` and `lengths` do not go together");
    }
    let strings = Numbered::of(&bin.strings);
    let mut from = 0;
    let (mut cats, mut flow) = (0, ControlFlow::Continue(()));
    for (number, length) in lengths.iter().enumerate() {
        let place = format!("{file}: doc {}", number + 1);
        let doc = Doc { bin, strings: &strings, from, length: *length, number };
        from += length;
        cats += bin.cats.get(number).map_or(0, |cats| cats.0);
        match doc.draft(file) {
            Ok(draft) => {
                let record = draft.into_record(&place, OffsetUnit::CodePoints, options, sink);
                flow = sink.record(record);
                if flow.is_break() {
                    return Ok(flow);
                }
            }
            Err(what) => {
                sink.remark(Remark { place, what: format!("{what}; it was left out"), left_out: true })
            }
        }
    }
    if cats > 0 {
        let what = format!("{cats} categories of whole texts (doc.cats) were left out");
        sink.remark(Remark { place: file.to_owned(), what, left_out: true });
    }
    Ok(flow)
}

struct Doc<'a> {
    bin: &'a ReadBin,
    strings: &'a Numbered<'a>,
    /// The first of its tokens, and how many there are.
    from: usize,
    length: usize,
    number: usize,
}

/// A span as spaCy has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Place {
    label: String,
    id: String,
    entity: String,
    /// Tokens, half-open.
    tokens: (usize, usize),
}

impl Doc<'_> {
    fn cell(&self, token: usize, attr: u64) -> u64 {
        let width = self.bin.attrs.len();
        let Some(column) = self.bin.attrs.iter().position(|there| *there == attr) else { return 0 };
        let at = ((self.from + token) * width + column) * 8;
        let bytes = self.bin.tokens.0.get(at..at + 8).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u64::from_le_bytes)
    }

    fn string(&self, number: u64) -> Result<String, String> {
        let found = self.strings.get(number).map(str::to_owned);
        found.ok_or_else(|| format!("the string of number {number} is not in the file"))
    }

    fn draft(&self, file: &str) -> Result<Draft, String> {
        let unknown_spaces = self.bin.flags.get(self.number).is_some_and(|flags| flags.has_unknown_spaces);
        let (mut text, mut tokens, mut at) = (String::new(), Vec::with_capacity(self.length), 0u32);
        for token in 0..self.length {
            let word = self.string(self.cell(token, ORTH))?;
            let space = match unknown_spaces {
                true => token + 1 < self.length,
                false => self.bin.spaces.0.get(self.from + token) == Some(&1),
            };
            let end = at + word.chars().count() as u32;
            let bytes = text.len()..text.len() + word.len();
            tokens.push(Token { bytes, range: TextRange::between(at, end), space });
            text.push_str(&word);
            at = end;
            if space {
                text.push(' ');
                at += 1;
            }
        }
        let mut draft = Draft { text, ..Draft::default() };
        let places = self.places()?;
        self.own(&mut draft, &places, &tokens);
        if draft.article.is_empty() {
            draft.article = format!("{}-{}.txt", file_stem(file), self.number + 1);
        }
        Ok(draft)
    }

    /// The spans of all groups and the entities, each once.
    fn places(&self) -> Result<Vec<Place>, String> {
        let mut places = Vec::new();
        let bytes = self.bin.span_groups.get(self.number).map_or(&[][..], |bytes| &bytes.0);
        if !bytes.is_empty() {
            let groups: Groups =
                unpacked(bytes).map_err(|error| format!("its groups of spans cannot be read: {error}"))?;
            for group in groups.0 {
                let group: Group = unpacked(&group.0)
                    .map_err(|error| format!("a group of spans cannot be read: {error}"))?;
                for span in group.spans {
                    let span = GroupSpan::from_bytes(&span.0).ok_or("a span of a group cannot be read")?;
                    let (start, end) = (usize::try_from(span.start), usize::try_from(span.end));
                    let (Ok(start), Ok(end)) = (start, end) else {
                        return Err("a span has no tokens".to_owned());
                    };
                    if start >= end || end > self.length {
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
        let mut seen: HashSet<Place> = HashSet::new();
        places.retain(|place| seen.insert(place.clone()));
        let there: HashSet<(String, (usize, usize))> =
            places.iter().map(|place| (place.label.clone(), place.tokens)).collect();
        let mut open: Option<Place> = None;
        for token in 0..=self.length {
            let (iob, label) = match token < self.length {
                true => (self.cell(token, ENT_IOB), self.cell(token, ENT_TYPE)),
                false => (2, 0),
            };
            let label = self.string(label)?;
            let goes_on = iob == 1 && open.as_ref().is_some_and(|open| open.label == label);
            if goes_on {
                if let Some(open) = &mut open {
                    open.tokens.1 = token + 1;
                }
                continue;
            }
            if let Some(done) = open.take().filter(|done| !there.contains(&(done.label.clone(), done.tokens)))
            {
                places.push(done);
            }
            if (iob == 3 || iob == 1) && !label.is_empty() {
                let (id, entity) =
                    (self.string(self.cell(token, ENT_ID))?, self.string(self.cell(token, ENT_KB_ID))?);
                open = Some(Place { label, id, entity, tokens: (token, token + 1) });
            }
        }
        Ok(places)
    }

    /// Puts the spans into the draft: those that this program wrote and nobody moved as they were, others as spaCy has them.
    fn own(&self, draft: &mut Draft, places: &[Place], tokens: &[Token]) {
        let bytes = self.bin.user_data.get(self.number).map_or(&[][..], |bytes| &bytes.0);
        let data: Option<Map<String, Json>> = unpacked(bytes).ok();
        let mut own = match data.and_then(|mut data| data.remove(OWN)) {
            Some(Json::Object(own)) => own,
            _ => Map::new(),
        };
        take_about(&mut own, draft);
        take_meta(own.remove("meta"), &mut draft.meta);
        let spans = own.remove("spans");
        let mut kept: HashMap<(String, String, (usize, usize)), Vec<DraftSpan>> = HashMap::new();
        for span in spans.iter().filter_map(Json::as_array).flatten().filter_map(draft_span) {
            let start = span.parts.iter().map(|part| part.0).min().unwrap_or_default();
            let end = span.parts.iter().map(|part| part.1).max().unwrap_or_default();
            match TextRange::new(start, end).and_then(|range| covering(tokens, range)) {
                Some((first, last)) => {
                    let id = span.id.clone().unwrap_or_default();
                    kept.entry((span.label.clone(), id, (first, last + 1))).or_default().push(span);
                }
                // spaCy had no place for it, so nothing can have happened to it there.
                None => draft.spans.push(span),
            }
        }
        for place in places {
            let key = (place.label.clone(), place.id.clone(), place.tokens);
            if let Some(spans) = kept.remove(&key) {
                draft.spans.extend(spans);
                continue;
            }
            let (first, last) = (&tokens[place.tokens.0], &tokens[place.tokens.1 - 1]);
            let parts = vec![(first.range.start().get(), last.range.end().get())];
            let id = (!place.id.is_empty()).then(|| place.id.clone());
            let mut span = DraftSpan { id, label: place.label.clone(), parts, ..DraftSpan::default() };
            if !place.entity.is_empty() {
                span.fields.set("entity", Value::text(&*place.entity));
            }
            draft.spans.push(span);
        }
        let relations = own.remove("relations");
        draft
            .relations
            .extend(relations.iter().filter_map(Json::as_array).flatten().filter_map(draft_relation));
    }
}
