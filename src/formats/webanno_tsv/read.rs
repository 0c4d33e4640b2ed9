//! Reading WebAnno TSV 3.0 to 3.3.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::rest::{Rest, decoded, without_ending};
use super::super::several::read_files;
use super::super::{FormatError, OffsetUnit, ReadOptions, Record, Remark, Sink, SourceFiles, UnitConverter};
use super::cell::{Item, chain_link, items, unescaped};
use super::header::{Feature, Kind, Layer, label_of, layer};
use super::{Extra, LABEL, REST};
use crate::model::{
    AnnotationSet, ArticleMeta, FieldKind, Fields, Misquote, Parts, Relation, Span, SpanId, Status, Value,
};
use crate::text::{CanonicalText, GraphemeIndex, TextRange};

/// How many faults of one file are told one by one.
const TOLD: usize = 8;

/// A gap in the offsets that is wider than this is no white space but a fault.
const WIDEST_GAP: u32 = 1 << 16;

pub(super) fn read(
    source: &dyn SourceFiles,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), FormatError> {
    let files = source.files();
    let wanted = |file: &&String| files.len() == 1 || file.ends_with(".tsv");
    let is_any = AtomicBool::new(false);
    let flow = read_files(source, files.iter().filter(wanted), sink, &|file, sink| {
        let failed = |cause| FormatError::Io { what: "could not read", file: file.to_owned(), cause };
        let mut bytes = Vec::new();
        source.open(file).map_err(failed)?.read_to_end(&mut bytes).map_err(failed)?;
        let text = match decoded(&bytes) {
            Ok((text, _)) if text.starts_with("#FORMAT=WebAnno TSV 3") => text,
            _ => {
                let what = "it does not begin with `#FORMAT=WebAnno TSV 3`; it was left out".to_owned();
                sink.remark(Remark { place: file.to_owned(), what, left_out: true });
                return Ok(());
            }
        };
        is_any.store(true, Ordering::Relaxed);
        let mut reading = Reading::new(options);
        reading.lines(&text);
        let (record, faults) = reading.finish(file);
        let count = faults.len();
        for (line, what) in faults.into_iter().take(TOLD) {
            sink.remark(Remark { place: format!("{file}: line {line}"), what, left_out: true });
        }
        if count > TOLD {
            let what = format!("{} more remarks like these", count - TOLD);
            sink.remark(Remark { place: file.to_owned(), what, left_out: true });
        }
        let _ = sink.record(record);
        Ok(())
    })?;
    if flow.is_continue() && !is_any.into_inner() {
        return Err(FormatError::NotThisFormat {
            file: files.first().cloned().unwrap_or_else(|| "the source".to_owned()),
            format: "webanno-tsv",
            why: "no file of it begins with `#FORMAT=WebAnno TSV 3`".to_owned(),
        });
    }
    Ok(())
}

/// A span as it is found, row by row; places in the file's unit.
struct Found<'a> {
    layer: usize,
    start: u32,
    end: u32,
    number: Option<&'a str>,
    fields: Fields,
    rest: Rest,
    label: Option<String>,
}

/// A slot that is to be filled when all spans are known.
struct Slot<'a> {
    line: usize,
    host: usize,
    name: String,
    role: Option<Cow<'a, str>>,
    target: Target<'a>,
}

/// What a reference says: a row, and perhaps the number of an annotation there.
struct Target<'a> {
    row: Cow<'a, str>,
    number: Option<&'a str>,
    layer: String,
}

struct Arc<'a> {
    line: usize,
    layer: usize,
    from: Target<'a>,
    to: Target<'a>,
    fields: Fields,
    rest: Rest,
    label: Option<String>,
}

/// A link of a chain: its place in it, its span, the label of what leads to the next.
type Link = (u32, usize, Option<String>);

/// The stacked values of a column, and those of its second column where it is one of slots.
type Stacked<'a> = (Vec<Vec<Item<'a>>>, Vec<Vec<Item<'a>>>);

struct Reading<'a> {
    options: &'a ReadOptions<'a>,
    layers: Vec<Layer>,
    extra: Option<Extra>,
    text: String,
    /// Length of the text in the file's unit.
    length: u32,
    sentence: Option<String>,
    sentences: usize,
    /// The place of the open sentence, once its first token is known.
    is_placed: bool,
    found: Vec<Found<'a>>,
    by_number: HashMap<(usize, &'a str), usize>,
    /// Layer and row → annotations that begin there.
    by_row: HashMap<(usize, Cow<'a, str>), Vec<usize>>,
    /// Rows with their places, in the file's order.
    rows: Vec<(&'a str, (u32, u32))>,
    slots: Vec<Slot<'a>>,
    arcs: Vec<Arc<'a>>,
    /// Layer and number of a chain → links with their places in it.
    chains: HashMap<(usize, u32), Vec<Link>>,
    faults: Vec<(usize, String)>,
}

impl<'a> Reading<'a> {
    fn new(options: &'a ReadOptions<'a>) -> Self {
        Self {
            options,
            layers: Vec::new(),
            extra: None,
            text: String::new(),
            length: 0,
            sentence: None,
            sentences: 0,
            is_placed: false,
            found: Vec::new(),
            by_number: HashMap::new(),
            by_row: HashMap::new(),
            rows: Vec::new(),
            slots: Vec::new(),
            arcs: Vec::new(),
            chains: HashMap::new(),
            faults: Vec::new(),
        }
    }

    fn unit(&self) -> OffsetUnit {
        self.options.unit.unwrap_or(OffsetUnit::Utf16)
    }

    fn measure(&self, text: &str) -> u32 {
        let length = match self.unit() {
            OffsetUnit::Utf16 => text.encode_utf16().count(),
            OffsetUnit::CodePoints => text.chars().count(),
            OffsetUnit::Bytes => text.len(),
            OffsetUnit::Graphemes => return GraphemeIndex::new(text).count(),
        };
        u32::try_from(length).unwrap_or(u32::MAX)
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.length = self.length.saturating_add(self.measure(text));
    }

    fn lines(&mut self, text: &'a str) {
        let mut cells: Vec<&str> = Vec::new();
        for (number, line) in text.split('\n').enumerate() {
            let line = line.strip_suffix('\r').unwrap_or(line);
            if let Some(said) = line.strip_prefix("#Text=") {
                let said = unescaped(said);
                match &mut self.sentence {
                    Some(open) if !self.is_placed => {
                        open.push('\n');
                        open.push_str(&said);
                    }
                    _ => {
                        self.sentence = Some(said.into_owned());
                        self.is_placed = false;
                    }
                }
            } else if let Some(said) = line.strip_prefix("#Postil=") {
                self.extra = serde_json::from_str(said).ok();
            } else if line.starts_with("#T_") {
                match layer(line) {
                    Some(layer) if self.rows.is_empty() => self.layers.push(layer),
                    _ => self.faults.push((number + 1, "a layer that cannot be understood".to_owned())),
                }
            } else if line.is_empty() {
                self.end_sentence();
            } else if !line.starts_with('#') || line.contains('\t') {
                cells.clear();
                self.row(number + 1, line, &mut cells);
            }
        }
        self.end_sentence();
    }

    /// A sentence without a token still is text.
    fn end_sentence(&mut self) {
        if let Some(open) = self.sentence.take()
            && !self.is_placed
        {
            self.begin(self.length.saturating_add(u32::from(self.sentences > 0)), &open);
        }
        self.is_placed = false;
    }

    /// Puts a sentence where it begins.
    fn begin(&mut self, at: u32, sentence: &str) {
        let said = self.extra.as_ref().and_then(|extra| extra.gaps.get(self.sentences)).cloned();
        match said {
            Some(gap) => self.push(&gap),
            None => {
                let gap = at.saturating_sub(self.length).min(WIDEST_GAP);
                if gap > 0 {
                    // Most often what was there was the end of a line.
                    let first = if self.sentences > 0 { "\n" } else { " " };
                    let gap = format!("{first}{}", " ".repeat(gap as usize - 1));
                    self.push(&gap);
                }
            }
        }
        self.push(sentence);
        self.sentences += 1;
    }

    fn row(&mut self, line: usize, text: &'a str, cells: &mut Vec<&'a str>) {
        cells.extend(text.splitn(4, '\t'));
        let place = cells.get(1).and_then(|place| {
            let (start, end) = place.split_once('-')?;
            Some((start.parse::<u32>().ok()?, end.parse::<u32>().ok()?))
        });
        let (Some((start, end)), true) = (place.filter(|(start, end)| start <= end), cells.len() > 2) else {
            self.faults.push((line, "a row without a place; it was left out".to_owned()));
            return;
        };
        let row = cells[0];
        if !self.is_placed {
            let form = unescaped(cells[2]);
            match self.sentence.take() {
                Some(sentence) => {
                    let lead = sentence.find(&*form).map_or(0, |at| self.measure(&sentence[..at]));
                    self.begin(start.saturating_sub(lead), &sentence);
                    self.sentence = Some(sentence);
                    self.is_placed = true;
                }
                // No text: the tokens are all there is.
                None if !row.contains('.') => self.begin(start, &form),
                None => {}
            }
        }
        self.rows.push((row, (start, end)));
        // Nearly all rows hold nothing but their token.
        let layers = cells.get(3).copied().unwrap_or_default();
        if holds_nothing(layers) {
            return;
        }
        cells.truncate(3);
        cells.extend(layers.split('\t'));
        let width: usize = self.layers.iter().map(Layer::width).sum();
        if cells.len() < 3 + width {
            cells.resize(3 + width, "_");
        }
        let mut column = 3;
        for number in 0..self.layers.len() {
            let width = self.layers[number].width();
            let own = &cells[column..column + width];
            column += width;
            if own.iter().all(|cell| holds_nothing(cell)) {
                continue;
            }
            match self.layers[number].kind.clone() {
                Kind::Span => self.span_cells(line, number, row, (start, end), own),
                Kind::Relation(base) => self.relation_cells(line, number, row, &base, own),
                Kind::Chain => self.chain_cells(line, number, (start, end), own),
            }
        }
    }

    /// The span that a number in a layer means, made if it is new; and whether it is.
    fn span(
        &mut self,
        layer: usize,
        row: Cow<'a, str>,
        place: (u32, u32),
        number: Option<&'a str>,
    ) -> (usize, bool) {
        let key = number.map(|number| (layer, number));
        if let Some(at) = key.as_ref().and_then(|key| self.by_number.get(key)).copied() {
            let found = &mut self.found[at];
            found.start = found.start.min(place.0);
            found.end = found.end.max(place.1);
            return (at, false);
        }
        let at = self.found.len();
        if let Some(key) = key {
            self.by_number.insert(key, at);
        }
        self.by_row.entry((layer, row)).or_default().push(at);
        let (start, end) = place;
        let rest = Rest::default();
        self.found.push(Found { layer, start, end, number, fields: Fields::new(), rest, label: None });
        (at, true)
    }

    fn span_cells(&mut self, line: usize, layer: usize, row: &'a str, place: (u32, u32), cells: &[&'a str]) {
        // Lent out, since annotations are added meanwhile.
        let features = std::mem::take(&mut self.layers[layer].features);
        let mut column = 0;
        // Each column's stacked values, slots with their targets.
        let mut read: Vec<Stacked> = Vec::with_capacity(features.len());
        for feature in &features {
            let is_slots = matches!(feature, Feature::Slots { .. });
            let values = items(cells.get(column).copied().unwrap_or("_"), is_slots);
            let targets = match is_slots {
                true => items(cells.get(column + 1).copied().unwrap_or("_"), true),
                false => Vec::new(),
            };
            column += 1 + usize::from(is_slots);
            read.push((values, targets));
        }
        if features.is_empty() {
            read.push((items(cells.first().copied().unwrap_or("_"), false), Vec::new()));
        }
        let number_of = |item: &[Item<'a>]| item.last().and_then(|item| item.number);
        // Which annotations there are: those with numbers by these, those without by their place in the stack.
        let mut stack: Vec<Option<&str>> = Vec::new();
        let mut known: HashSet<&str> = HashSet::new();
        for (values, targets) in &read {
            let mut unnumbered = 0;
            for (place, value) in values.iter().enumerate() {
                let is_there = value.iter().any(Item::is_there)
                    || targets.get(place).is_some_and(|targets| targets.iter().any(|t| t.value.is_some()));
                match number_of(value) {
                    Some(number) if known.insert(number) => stack.push(Some(number)),
                    Some(_) => {}
                    None if is_there => {
                        unnumbered += 1;
                        if stack.iter().filter(|number| number.is_none()).count() < unnumbered {
                            stack.push(None);
                        }
                    }
                    None => {}
                }
            }
        }
        let mut made: Vec<(Option<&str>, usize, bool)> = Vec::new();
        for number in stack {
            let (at, is_new) = self.span(layer, row.into(), place, number);
            made.push((number, at, is_new));
        }
        for (feature, (values, targets)) in features.iter().zip(&read) {
            let mut unnumbered = made.iter().filter(|(number, ..)| number.is_none());
            for (stacked, value) in values.iter().enumerate() {
                let own = number_of(value);
                let of = match &own {
                    Some(_) => made.iter().find(|(number, ..)| *number == own),
                    None => unnumbered.next(),
                };
                let Some((_, at, true)) = of else { continue };
                match feature {
                    Feature::Plain(name) => {
                        if let Some(text) = value.first().and_then(|item| item.value.as_deref()) {
                            self.put(*at, name, text);
                        }
                    }
                    Feature::Slots { name, target } => {
                        let links = targets.get(stacked).map_or(&[][..], Vec::as_slice);
                        for (number, link) in links.iter().enumerate() {
                            let Some(row) = link.value.clone() else { continue };
                            self.slots.push(Slot {
                                line,
                                host: *at,
                                name: name.clone(),
                                role: value.get(number).and_then(|role| role.value.clone()),
                                target: Target { row, number: link.number, layer: target.clone() },
                            });
                        }
                    }
                }
            }
        }
        self.layers[layer].features = features;
    }

    /// Sets a plain feature.
    fn put(&mut self, at: usize, name: &str, text: &str) {
        let layer = &self.layers[self.found[at].layer].name;
        if let Some(extra) = &self.extra {
            if name == REST {
                if let Some(rest) = Rest::from_json(text) {
                    self.found[at].rest = rest;
                    return;
                }
            } else if name == LABEL && extra.shared.contains(layer) {
                self.found[at].label = Some(text.to_owned());
                return;
            }
        }
        // Types are looked up when the label is known.
        self.found[at].fields.set(name, Value::text(text));
    }

    fn relation_cells(&mut self, line: usize, layer: usize, row: &'a str, base: &str, cells: &[&'a str]) {
        let Some((reference, features)) = cells.split_last() else { return };
        let values: Vec<Vec<Vec<Item>>> = features.iter().map(|cell| items(cell, false)).collect();
        let names: Vec<String> = self.layers[layer]
            .features
            .iter()
            .map(|feature| match feature {
                Feature::Plain(name) | Feature::Slots { name, .. } => name.clone(),
            })
            .collect();
        for (place, item) in items(reference, false).into_iter().enumerate() {
            let Some(item) = item.into_iter().next() else { continue };
            let Some(from_row) = item.value else { continue };
            // `[1_3]`: which annotation there, which one here; 0 = the only one.
            let (there, here) =
                item.number.map(|number| number.split_once('_').unwrap_or((number, "0"))).unzip();
            let known = |number: Option<&'a str>| number.filter(|number| *number != "0");
            let mut fields = Fields::new();
            let (mut rest, mut label) = (Rest::default(), None);
            for (name, values) in names.iter().zip(&values) {
                let value = values.get(place).and_then(|value| value.first()?.value.clone());
                let Some(text) = value else { continue };
                let is_shared =
                    self.extra.as_ref().is_some_and(|extra| extra.shared.contains(&self.layers[layer].name));
                match (name.as_str(), &self.extra, Rest::from_json(&text)) {
                    (REST, Some(_), Some(read)) => rest = read,
                    (LABEL, _, _) if is_shared => label = Some(text.into_owned()),
                    _ => drop(fields.set(name.clone(), Value::Text(text.into_owned()))),
                }
            }
            self.arcs.push(Arc {
                line,
                layer,
                from: Target { row: from_row, number: known(there), layer: base.to_owned() },
                to: Target { row: row.into(), number: known(here), layer: base.to_owned() },
                fields,
                rest,
                label,
            });
        }
    }

    fn chain_cells(&mut self, line: usize, layer: usize, place: (u32, u32), cells: &[&str]) {
        let (links, kinds) = (cells.first().copied().unwrap_or("_"), cells.get(1).copied().unwrap_or("_"));
        let kinds = items(kinds, false);
        let names: Vec<String> = self.layers[layer]
            .features
            .iter()
            .map(|feature| match feature {
                Feature::Plain(name) | Feature::Slots { name, .. } => name.clone(),
            })
            .collect();
        for (number, link) in links.split('|').enumerate() {
            let Some((relation, chain, at)) = chain_link(link) else {
                self.faults.push((line, format!("`{link}` is no link of a chain; it was left out")));
                continue;
            };
            let known = self.chains.get(&(layer, chain)).and_then(|links| links.iter().find(|l| l.0 == at));
            if let Some((_, span, _)) = known {
                // A link of several tokens comes again with each.
                let found = &mut self.found[*span];
                found.start = found.start.min(place.0);
                found.end = found.end.max(place.1);
                continue;
            }
            let mut fields = Fields::new();
            let kind = kinds.get(number).and_then(|kind| kind.first()?.value.clone());
            if let (Some(kind), Some(name)) = (kind, names.get(1)) {
                fields.set(name.clone(), Value::Text(kind.into_owned()));
            }
            let span = self.found.len();
            let (start, end) = place;
            let rest = Rest::default();
            self.found.push(Found { layer, start, end, number: None, fields, rest, label: None });
            self.chains.entry((layer, chain)).or_default().push((at, span, relation.map(Cow::into_owned)));
        }
    }

    fn resolve(&self, target: &Target) -> Option<usize> {
        let layers = || {
            let any = self.layers.iter().all(|layer| layer.name != target.layer || layer.kind != Kind::Span);
            let fits = move |(_, layer): &(usize, &Layer)| any || layer.name == target.layer;
            self.layers.iter().enumerate().filter(fits).map(|(at, _)| at)
        };
        match target.number {
            Some(number) => layers().find_map(|layer| self.by_number.get(&(layer, number))).copied(),
            None => {
                let here =
                    || layers().filter_map(|layer| self.by_row.get(&(layer, target.row.clone()))).flatten();
                here().find(|at| self.found[**at].number.is_none()).or_else(|| here().next()).copied()
            }
        }
    }

    /// The span that a relation ends at; a token becomes one where the relation's layer lies on tokens.
    fn end(
        &mut self,
        target: &Target<'a>,
        of_header: usize,
        rows: &HashMap<&'a str, (u32, u32)>,
    ) -> Option<usize> {
        let is_layer = self.layers[..of_header]
            .iter()
            .any(|layer| layer.name == target.layer && layer.kind == Kind::Span);
        if is_layer || target.number.is_some() {
            return self.resolve(target);
        }
        let name = if target.layer.is_empty() { TOKEN.to_owned() } else { target.layer.clone() };
        let made = self.layers[of_header..].iter().position(|layer| layer.name == name);
        let layer = match made {
            Some(at) => of_header + at,
            None => {
                self.layers.push(Layer { name, kind: Kind::Span, features: Vec::new() });
                self.layers.len() - 1
            }
        };
        if let Some(there) = self.by_row.get(&(layer, target.row.clone())) {
            return there.first().copied();
        }
        let place = *rows.get(target.row.as_ref())?;
        Some(self.span(layer, target.row.clone(), place, None).0)
    }

    fn typed(&self, label: &str, mut fields: Fields, is_relation: bool) -> Fields {
        let defs = match is_relation {
            true => self.options.schema.relation(label).map_or(&[][..], |def| &def.fields),
            false => self.options.schema.fields_of(label),
        };
        let holds = |keys: &[(String, String)], name: &str| {
            keys.iter().any(|(of, field)| of == label && field == name)
        };
        let other = |(name, value): (&str, &Value)| {
            let Value::Text(text) = value else { return None };
            let (is_number, is_flag) = match &self.extra {
                Some(extra) => (holds(&extra.numbers, name), holds(&extra.flags, name)),
                None => {
                    let kind = defs.iter().find(|def| def.name == name).map(|def| &def.kind);
                    (matches!(kind, Some(FieldKind::Number { .. })), matches!(kind, Some(FieldKind::YesNo)))
                }
            };
            let number = if is_number { text.parse().ok().map(Value::Integer) } else { None };
            let flag = || match text.as_str() {
                "true" | "false" if is_flag => Some(Value::Bool(text == "true")),
                _ => None,
            };
            Some((name.to_owned(), number.or_else(flag)?))
        };
        let others: Vec<(String, Value)> = fields.iter().filter_map(other).collect();
        for (name, value) in others {
            fields.set(name, value);
        }
        fields
    }

    fn finish(mut self, file: &str) -> (Record, Vec<(usize, String)>) {
        if let Some(gap) = self.extra.as_ref().and_then(|extra| extra.gaps.get(self.sentences)).cloned() {
            self.push(&gap);
        }
        let arcs = std::mem::take(&mut self.arcs);
        let mut ends = Vec::with_capacity(arcs.len());
        let of_header = self.layers.len();
        // Of two rows of one name the later counts.
        let rows: HashMap<&str, (u32, u32)> = match arcs.is_empty() {
            true => HashMap::new(),
            false => std::mem::take(&mut self.rows).into_iter().collect(),
        };
        for arc in &arcs {
            ends.push(self.end(&arc.from, of_header, &rows).zip(self.end(&arc.to, of_header, &rows)));
        }
        let (text, folding) = CanonicalText::with_folding(&self.text);
        let units = UnitConverter::new(&self.text, self.unit());
        let (article, annotator) = names(file);
        let mut set = AnnotationSet::new(article, annotator);
        set.fingerprint = text.fingerprint().to_owned();
        set.length = text.len();

        // Ids in the order in which spans are listed everywhere, unless the file has them.
        let mut order: Vec<usize> = (0..self.found.len()).collect();
        order.sort_by_key(|at| (self.found[*at].start, std::cmp::Reverse(self.found[*at].end)));
        let mut ids: Vec<SpanId> = vec!["".into(); self.found.len()];
        let is_ours = self.extra.is_some();
        for (number, at) in order.iter().enumerate() {
            let found = &self.found[*at];
            ids[*at] = match (&found.rest.id, &found.number) {
                (Some(id), _) => id.as_str().into(),
                (None, Some(own)) if is_ours => format!("s{own}").into(),
                _ => format!("s{}", number + 1).into(),
            };
        }
        let mut fields: Vec<Fields> = Vec::with_capacity(self.found.len());
        let mut labels: Vec<String> = Vec::with_capacity(self.found.len());
        let mut all_found = std::mem::take(&mut self.found);
        for found in &mut all_found {
            let layer = &self.layers[found.layer].name;
            let is_shared = self.extra.as_ref().is_some_and(|extra| extra.shared.contains(layer));
            let label = match &found.label {
                Some(label) => label.clone(),
                None if is_shared => String::new(),
                None => label_of(layer),
            };
            let mut own = self.typed(&label, std::mem::take(&mut found.fields), false);
            for (name, value) in found.rest.fields.iter() {
                own.set(name, value.clone());
            }
            fields.push(own);
            labels.push(label);
        }
        self.found = all_found;
        let mut faults = std::mem::take(&mut self.faults);
        for slot in &self.slots {
            let Some(target) = self.resolve(&slot.target) else {
                faults.push((
                    slot.line,
                    format!(
                        "a slot `{}` leads to `{}`, where nothing is; it was left out",
                        slot.name, slot.target.row
                    ),
                ));
                continue;
            };
            let is_list = !is_ours || self.found[slot.host].rest.lists.contains(&slot.name);
            let link = Value::text(ids[target].as_str());
            let value = match &slot.role {
                Some(role) => Value::Record(
                    [("role", Value::text(role.as_ref())), ("target", link)].into_iter().collect(),
                ),
                None => link,
            };
            fill(&mut fields[slot.host], &slot.name, value, is_list);
        }
        let mut spans = Vec::with_capacity(self.found.len());
        for (at, ((found, own), label)) in self.found.iter().zip(fields).zip(labels).enumerate() {
            let place = |offset: u32| Some(folding.map(units.to_code_point(offset)?));
            let range =
                place(found.start).zip(place(found.end)).and_then(|(start, end)| TextRange::new(start, end));
            let Some(parts) = found.rest.given_parts().or_else(|| range.map(Parts::one)) else {
                let what = format!(
                    "{}-{} is no place in the text, counted in {}; the annotation was left out",
                    found.start,
                    found.end,
                    self.unit()
                );
                faults.push((1, what));
                continue;
            };
            let mut span = Span::new(ids[at].clone(), label, parts);
            span.fields = own;
            span.note.clone_from(&found.rest.note);
            span.misquote = found.rest.text.as_ref().map(|said| Misquote {
                text: said.clone(),
                before: String::new(),
                after: String::new(),
            });
            spans.push(span);
        }
        set.insert_all(spans);
        self.relations(&arcs, &ends, &ids, &mut set, &mut faults);
        set.status = if set.is_empty() { Status::Untouched } else { Status::InProgress };
        let mut meta = ArticleMeta::default();
        if let Some(extra) = &self.extra {
            extra.about.apply(&mut set);
            meta = extra.about.article_meta();
        }
        (Record { meta, text, set }, faults)
    }

    fn relations(
        &self,
        arcs: &[Arc],
        ends: &[Option<(usize, usize)>],
        ids: &[SpanId],
        set: &mut AnnotationSet,
        faults: &mut Vec<(usize, String)>,
    ) {
        let mut number = 0;
        for (arc, ends) in arcs.iter().zip(ends) {
            let Some((from, to)) = ends else {
                faults.push((
                    arc.line,
                    format!("a relation leads to `{}`, where nothing is; it was left out", arc.from.row),
                ));
                continue;
            };
            number += 1;
            let label = arc.label.clone().unwrap_or_else(|| label_of(&self.layers[arc.layer].name));
            let mut fields = self.typed(&label, arc.fields.clone(), true);
            for (name, value) in arc.rest.fields.iter() {
                fields.set(name, value.clone());
            }
            let id = arc.rest.id.clone().unwrap_or_else(|| format!("r{number}"));
            set.insert_relation(Relation {
                id: id.into(),
                label,
                from: ids[*from].clone(),
                to: ids[*to].clone(),
                fields,
            });
        }
        let mut chains: Vec<_> = self.chains.iter().collect();
        chains.sort_by_key(|(key, _)| **key);
        for ((layer, _), links) in chains {
            let mut links: Vec<_> = links.iter().collect();
            links.sort_by_key(|(at, _, _)| *at);
            for pair in links.windows(2) {
                number += 1;
                let mut fields = Fields::new();
                let feature = self.layers[*layer].features.first();
                if let (Some(said), Some(Feature::Plain(name))) = (&pair[0].2, feature) {
                    fields.set(name.clone(), Value::text(said.as_str()));
                }
                set.insert_relation(Relation {
                    id: format!("r{number}").into(),
                    // The links have the layer's name already.
                    label: format!("{}Next", label_of(&self.layers[*layer].name)),
                    from: ids[pair[0].1].clone(),
                    to: ids[pair[1].1].clone(),
                    fields,
                });
            }
        }
    }
}

/// Whether each of these cells, with tabs between them, is empty or `_`.
fn holds_nothing(cells: &str) -> bool {
    let mut before = b'\t';
    cells.bytes().all(|byte| {
        let is_first = std::mem::replace(&mut before, byte) == b'\t';
        byte == b'\t' || byte == b'_' && is_first
    })
}

/// The layer of tokens.
const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";

/// Adds a link to a field: to its list if it is one or must become one.
fn fill(fields: &mut Fields, name: &str, value: Value, is_list: bool) {
    let together = match fields.remove(name) {
        Some(Value::List(mut items)) => {
            items.push(value);
            Value::List(items)
        }
        Some(there) => Value::List(vec![there, value]),
        None if is_list => Value::List(vec![value]),
        None => value,
    };
    fields.set(name, together);
}

/// Article and annotator by a file's path. In projects of INCEpTION that is `annotation/ARTICLE/ANNOTATOR.tsv`, and
/// `curation/ARTICLE/CURATION_USER.tsv`.
fn names(file: &str) -> (String, String) {
    let steps: Vec<&str> = file.split('/').collect();
    match steps[..] {
        [.., "annotation", article, annotator] => {
            (article.to_owned(), without_ending(annotator, ".tsv").to_owned())
        }
        [.., "curation", article, _] => (article.to_owned(), crate::model::GOLD.to_owned()),
        _ => (without_ending(file, ".tsv").to_owned(), String::new()),
    }
}
