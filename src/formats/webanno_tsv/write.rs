//! Writing WebAnno TSV 3.3.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;
use std::io::Write;

use super::super::digits::push_number;
use super::super::rest::{About, FreshNames, Rest, folder_name, has_several_annotators, without_ending};
use super::super::sentences::Sentences;
use super::super::{
    FormatError, LossReport, OffsetUnit, Record, RecordSource, TargetFiles, UnitConverter, WriteOptions,
    in_order,
};
use super::cell::{push_escaped, push_escaped_text};
use super::header::{Feature, Kind, Layer};
use super::layers::{Column, Layers, targets};
use super::{Extra, LABEL, REST};
use crate::model::{Fields, Relation, Span, SpanId, Value};
use crate::text::TextRange;

pub(super) fn count_loss(record: &Record, options: &WriteOptions, loss: &mut LossReport) {
    let mut layers = Layers::default();
    layers.see(record, options);
    let text = Sentences::cut(&record.text);
    let (mut discontinuous, mut moved, mut in_rest) = (0, 0, 0);
    for span in record.set.spans() {
        in_rest += layers.rest_of(&span.label, &span.fields, false).len();
        in_rest += usize::from(!span.note.is_empty());
        if span.parts.len() > 1 {
            discontinuous += 1;
        } else if Units::of(span, &text).is_none_or(|units| !units.is_exact) {
            moved += 1;
        }
    }
    for relation in record.set.relations() {
        in_rest += layers.rest_of(&relation.label, &relation.fields, true).len();
    }
    let dangling = record.set.relations().filter(|relation| layers_miss(record, relation)).count();
    loss.add(
        discontinuous,
        "discontinuous span",
        "discontinuous spans",
        "become one span from the first part to the last; Postil reads the parts back from a feature",
    );
    loss.add(
        moved,
        "span that begins or ends on white space",
        "spans that begin or end on white space",
        "begin and end with a token; Postil reads the places back from a feature",
    );
    loss.add(
        in_rest,
        "note or value that is no plain text, number, yes or link",
        "notes and values that are no plain text, number, yes or link",
        "written as JSON into a feature, which Postil reads back",
    );
    loss.add(
        dangling,
        "relation to a span that is not there",
        "relations to spans that are not there",
        "left out",
    );
    if text.tokens.is_empty() {
        loss.add(
            record.set.len(),
            "span in a text without words",
            "spans in a text without words",
            "left out",
        );
    }
}

fn layers_miss(record: &Record, relation: &Relation) -> bool {
    record.set.get(&relation.from).is_none() || record.set.get(&relation.to).is_none()
}

pub(super) fn write(
    records: &dyn RecordSource,
    options: &WriteOptions,
    out: &mut dyn TargetFiles,
) -> Result<(), FormatError> {
    let several = has_several_annotators(records)?;
    let mut layers = Layers::default();
    records.for_each(&mut |record| {
        layers.see(&record, options);
        Ok(())
    })?;
    layers.settle();
    let mut names = FreshNames::default();
    let made = |_, record: Record| {
        let mut stem = without_ending(&record.set.article, ".txt").to_owned();
        if several {
            stem = format!("{}/{stem}", folder_name(&record.set.annotator));
        }
        (stem, Document::of(&record, options, &layers).text())
    };
    in_order(records, &made, &mut |(stem, text): (String, String)| {
        let path = format!("{}.tsv", names.take(&stem));
        let failed = |cause| FormatError::Io { what: "could not write", file: path.clone(), cause };
        let mut file = out.create(&path).map_err(failed)?;
        file.write_all(text.as_bytes()).map_err(failed)?;
        file.flush().map_err(failed)
    })
}

/// The rows that a span stands on: tokens, or parts of them.
struct Units {
    /// Token and, where it is not the whole of it, the range.
    rows: Vec<(usize, Option<TextRange>)>,
    /// Whether the rows tell the place.
    is_exact: bool,
}

impl Units {
    /// `None` in a text without words.
    fn of(span: &Span, text: &Sentences) -> Option<Self> {
        let hull = span.parts.hull();
        let touched = text.touched(hull);
        if touched.is_empty() {
            let next = text.tokens.partition_point(|(_, token)| token.end() < hull.start());
            let near = next.min(text.tokens.len().checked_sub(1)?);
            let token = text.tokens[near].1;
            let is_beside = hull.is_empty() && token.start() <= hull.start() && hull.start() <= token.end();
            return Some(match is_beside {
                true => Self { rows: vec![(near, Some(hull))], is_exact: span.parts.len() == 1 },
                false => Self { rows: vec![(near, None)], is_exact: false },
            });
        }
        let rows: Vec<(usize, Option<TextRange>)> = touched
            .map(|at| {
                let token = text.tokens[at].1;
                (at, token.intersection(hull).filter(|part| *part != token))
            })
            .collect();
        let range = |row: &(usize, Option<TextRange>)| row.1.unwrap_or(text.tokens[row.0].1);
        let covered = rows.first().zip(rows.last()).map(|(first, last)| range(first).hull(range(last)));
        Some(Self { is_exact: span.parts.len() == 1 && covered == Some(hull), rows })
    }
}

/// What stands on a row, a token or a part of it, in a layer.
type Rows<T> = HashMap<(usize, Option<TextRange>, usize), Vec<T>>;

/// One record on its way into a file.
struct Document<'a> {
    record: &'a Record,
    options: &'a WriteOptions<'a>,
    layers: &'a Layers,
    text: Sentences,
    /// Spans with the numbers in their brackets.
    spans: Vec<(u64, &'a Span, Units)>,
    /// Ids → place among the spans.
    places: HashMap<&'a SpanId, usize>,
    /// Ranges inside each token that rows of their own are needed for, in order.
    inner: BTreeMap<usize, BTreeSet<TextRange>>,
    /// Sentence and place in it of each token, from 1.
    numbers: Vec<(u32, u32)>,
}

fn number_of(id: &str) -> Option<u64> {
    let digits = id.strip_prefix('s')?;
    let number = digits.parse().ok()?;
    (number > 0 && number < 1_000_000_000 && u64::to_string(&number) == digits).then_some(number)
}

impl<'a> Document<'a> {
    fn of(record: &'a Record, options: &'a WriteOptions<'a>, layers: &'a Layers) -> Self {
        let text = Sentences::cut(&record.text);
        let mut taken: HashSet<u64> = HashSet::new();
        let numbers: Vec<Option<u64>> = record
            .set
            .spans()
            .map(|span| number_of(span.id.as_str()).filter(|number| taken.insert(*number)))
            .collect();
        let mut free = (1u64..).filter(|number| !taken.contains(number));
        let mut spans = Vec::new();
        let mut places = HashMap::new();
        let mut inner: BTreeMap<usize, BTreeSet<TextRange>> = BTreeMap::new();
        for (span, number) in record.set.spans().zip(numbers) {
            let Some(units) = Units::of(span, &text) else { continue };
            for (token, part) in &units.rows {
                inner.entry(*token).or_default().extend(*part);
            }
            places.entry(&span.id).or_insert(spans.len());
            spans.push((number.or_else(|| free.next()).unwrap_or_default(), &**span, units));
        }
        let mut numbers = vec![(0, 0); text.tokens.len()];
        for (sentence, (_, tokens)) in (1u32..).zip(&text.sentences) {
            for (place, token) in (1u32..).zip(tokens.clone()) {
                numbers[token] = (sentence, place);
            }
        }
        Self { record, options, layers, text, spans, places, inner, numbers }
    }

    fn push_row_id(&self, token: usize, part: Option<TextRange>, out: &mut Vec<u8>) {
        let (sentence, place) = self.numbers[token];
        let inner = part.and_then(|part| self.inner.get(&token)?.iter().position(|there| *there == part));
        push_number(out, sentence);
        out.push(b'-');
        push_number(out, place);
        if let Some(inner) = inner {
            out.push(b'.');
            push_number(out, inner as u32 + 1);
        }
    }

    fn row_id(&self, token: usize, part: Option<TextRange>) -> String {
        let mut id = Vec::new();
        self.push_row_id(token, part, &mut id);
        String::from_utf8(id).unwrap_or_default()
    }

    /// How others point to a span: the first row it stands on, and its number.
    fn reference(&self, span: usize) -> (String, u64) {
        let (number, _, units) = &self.spans[span];
        let row = units.rows.first().map_or_else(String::new, |(token, part)| self.row_id(*token, *part));
        (row, *number)
    }

    fn text(&self) -> String {
        let whole = self.record.text.as_str();
        let units = UnitConverter::of(&self.record.text, self.options.unit.unwrap_or(OffsetUnit::Utf16));
        let mut gaps = Vec::new();
        let mut byte = 0;
        for (sentence, _) in &self.text.sentences {
            gaps.push(whole[byte..sentence.start].to_owned());
            byte = sentence.end;
        }
        gaps.push(whole[byte..].to_owned());
        let extra = Extra {
            about: About::of(self.record),
            gaps,
            numbers: self.layers.typed(Column::Number),
            flags: self.layers.typed(Column::Flag),
            shared: self.layers.shared.clone(),
        };
        // A row takes some sixty bytes.
        let mut out = String::with_capacity(4096 + 2 * whole.len() + 64 * self.text.tokens.len());
        out.push_str("#FORMAT=WebAnno TSV 3.3\n");
        for layer in &self.layers.layers {
            out.push_str(&layer.line());
            out.push('\n');
        }
        // Writing to a string never fails.
        let _ = writeln!(out, "#Postil={}\n\n", serde_json::to_string(&extra).unwrap_or_default());

        // A span has the same cells on each of its rows.
        let cells: Vec<Vec<String>> = (0..self.spans.len()).map(|at| self.span_cells(at)).collect();
        let spans = self.span_rows();
        let relations = self.relation_rows();
        // Most tokens have nothing in any layer.
        let mut is_bare = vec![true; self.text.tokens.len()];
        spans.keys().chain(relations.keys()).for_each(|(token, ..)| is_bare[*token] = false);
        let nothing = "_\t".repeat(self.layers.layers.iter().map(Layer::width).sum());
        let mut line = Vec::with_capacity(64);
        for (sentence, tokens) in &self.text.sentences {
            out.push_str("#Text=");
            push_escaped_text(&mut out, &whole[sentence.clone()]);
            out.push('\n');
            for token in tokens.clone() {
                let inner = self.inner.get(&token).into_iter().flatten().map(|part| Some(*part));
                for part in std::iter::once(None).chain(inner) {
                    let (bytes, own) = &self.text.tokens[token];
                    let range = part.unwrap_or(*own);
                    let plain = (range.start().get(), range.end().get());
                    let (start, end) = units.from_range(range).unwrap_or(plain);
                    let form = match part {
                        None => &whole[bytes.clone()],
                        Some(part) => self.record.text.slice(part).unwrap_or_default(),
                    };
                    line.clear();
                    self.push_row_id(token, part, &mut line);
                    line.push(b'\t');
                    push_number(&mut line, start);
                    line.push(b'-');
                    push_number(&mut line, end);
                    line.push(b'\t');
                    out.push_str(std::str::from_utf8(&line).unwrap_or_default());
                    push_escaped_text(&mut out, form);
                    out.push('\t');
                    match is_bare[token] {
                        true => out.push_str(&nothing),
                        false => self.push_cells((token, part), (&spans, &cells), &relations, &mut out),
                    }
                    out.push('\n');
                }
            }
            out.push('\n');
        }
        out
    }

    fn push_cells(
        &self,
        (token, part): (usize, Option<TextRange>),
        (spans, cells): (&Rows<usize>, &[Vec<String>]),
        relations: &Rows<&Relation>,
        out: &mut String,
    ) {
        for (number, layer) in self.layers.layers.iter().enumerate() {
            let row = (token, part, number);
            if let (Kind::Relation(_), Some(here)) = (&layer.kind, relations.get(&row)) {
                for cell in self.relation_cells(number, here) {
                    out.push_str(&cell);
                    out.push('\t');
                }
            } else if let Some(here) = spans.get(&row) {
                for column in 0..layer.width() {
                    for (place, at) in here.iter().enumerate() {
                        if place > 0 {
                            out.push('|');
                        }
                        out.push_str(cells[*at].get(column).map_or("", String::as_str));
                    }
                    out.push('\t');
                }
            } else {
                (0..layer.width()).for_each(|_| out.push_str("_\t"));
            }
        }
    }

    /// Which spans stand on which row in which layer.
    fn span_rows(&self) -> Rows<usize> {
        let mut rows = Rows::new();
        for (at, (_, span, units)) in self.spans.iter().enumerate() {
            let Some(layer) = self.layers.of_label(&span.label) else { continue };
            for (token, part) in &units.rows {
                rows.entry((*token, *part, layer)).or_insert_with(Vec::new).push(at);
            }
        }
        rows
    }

    /// Relations stand where their target begins.
    fn relation_rows(&self) -> Rows<&'a Relation> {
        let mut rows: Rows<&Relation> = Rows::new();
        for relation in self.record.set.relations() {
            let Some(layer) = self.layers.of_relation(&relation.label) else { continue };
            let (Some(_), Some(to)) = (self.places.get(&relation.from), self.places.get(&relation.to)) else {
                continue;
            };
            if let Some((token, part)) = self.spans[*to].2.rows.first() {
                rows.entry((*token, *part, layer)).or_default().push(relation);
            }
        }
        rows
    }

    /// What stands for a span in each column of its layer.
    fn span_cells(&self, at: usize) -> Vec<String> {
        let (number, span, units) = &self.spans[at];
        let Some(layer) = self.layers.of_label(&span.label) else { return Vec::new() };
        let layer = &self.layers.layers[layer];
        let mut cells = Vec::with_capacity(layer.width());
        for feature in &layer.features {
            match feature {
                Feature::Plain(name) => {
                    let value = match name.as_str() {
                        LABEL => Some(span.label.as_str().into()),
                        REST => self.rest(*number, span, units).map(Cow::Owned),
                        name => self.value(&span.label, &span.fields, name, false),
                    };
                    let mut cell = String::new();
                    push_value(&mut cell, value);
                    let _ = write!(cell, "[{number}]");
                    cells.push(cell);
                }
                Feature::Slots { name, .. } => {
                    let found = self.slots(span, name);
                    if found.is_empty() {
                        cells.push(format!("_[{number}]"));
                        cells.push("*".to_owned());
                        continue;
                    }
                    cells.push(format!("{}[{number}]", vec!["*"; found.len()].join(";")));
                    let found = found.iter().map(|at| {
                        let (row, number) = self.reference(*at);
                        format!("{row}[{number}]")
                    });
                    cells.push(found.collect::<Vec<_>>().join(";"));
                }
            }
        }
        cells
    }

    /// The spans that fill a span's slots of this name.
    fn slots(&self, span: &Span, name: &str) -> Vec<usize> {
        let is_slots = self.layers.column(&span.label, name, false) == Column::Slots;
        let value = span.fields.get(name).filter(|_| is_slots);
        let found = value.and_then(|value| targets(value, &self.record.set)).unwrap_or_default();
        found.iter().filter_map(|id| self.places.get(id).copied()).collect()
    }

    fn value<'f>(&self, label: &str, fields: &'f Fields, name: &str, relation: bool) -> Option<Cow<'f, str>> {
        let value = fields.get(name)?;
        match (self.layers.column(label, name, relation), value) {
            (Column::Text, Value::Text(text)) => Some(text.into()),
            (Column::Number, Value::Integer(number)) => Some(number.to_string().into()),
            (Column::Flag, Value::Bool(yes)) => Some(yes.to_string().into()),
            _ => None,
        }
    }

    fn rest(&self, number: u64, span: &Span, units: &Units) -> Option<String> {
        let is_first = self.places.get(&span.id).is_some_and(|at| self.spans[*at].0 == number);
        let mut rest = Rest {
            id: (number_of(span.id.as_str()) != Some(number) && is_first).then(|| span.id.to_string()),
            fields: self.layers.rest_of(&span.label, &span.fields, false),
            note: span.note.clone(),
            text: span.misquote.as_ref().map(|misquote| misquote.text.clone()),
            ..Rest::default()
        };
        if !units.is_exact {
            rest.set_parts(&span.parts);
        }
        for (name, value) in span.fields.iter() {
            let is_slots = self.layers.column(&span.label, name, false) == Column::Slots;
            if is_slots && matches!(value, Value::List(_)) {
                rest.lists.push(name.to_owned());
            }
        }
        (!rest.is_empty()).then(|| rest.to_json())
    }

    fn relation_cells(&self, layer: usize, here: &[&Relation]) -> Vec<String> {
        let layer = &self.layers.layers[layer];
        let mut cells = Vec::with_capacity(layer.width());
        for feature in &layer.features {
            let Feature::Plain(name) = feature else { continue };
            let mut cell = String::new();
            for relation in here {
                let value = match name.as_str() {
                    LABEL => Some(relation.label.as_str().into()),
                    REST => {
                        let fields = self.layers.rest_of(&relation.label, &relation.fields, true);
                        let id = Some(relation.id.to_string());
                        Some(Rest { id, fields, ..Rest::default() }.to_json().into())
                    }
                    name => self.value(&relation.label, &relation.fields, name, true),
                };
                push_value(&mut cell, value);
            }
            cells.push(cell);
        }
        let ends = here.iter().filter_map(|relation| {
            let (from, to) = (self.places.get(&relation.from)?, self.places.get(&relation.to)?);
            let (row, source) = self.reference(*from);
            Some(format!("{row}[{source}_{}]", self.spans[*to].0))
        });
        cells.push(ends.collect::<Vec<_>>().join("|"));
        cells
    }
}

/// Adds one of the stacked values of a cell.
fn push_value(cell: &mut String, value: Option<Cow<'_, str>>) {
    if !cell.is_empty() {
        cell.push('|');
    }
    match value {
        Some(value) if !value.is_empty() => push_escaped(cell, &value),
        _ => cell.push('*'),
    }
}
