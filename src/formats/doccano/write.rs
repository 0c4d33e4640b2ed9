//! Writing `doccano`.

use std::io::{BufWriter, Write};

use serde_json::{Map, Value as Json, json};

use super::super::plain_loss::{count_unsaid, number_of};
use super::super::{
    FormatError, LossReport, OffsetUnit, Record, RecordSource, TargetFiles, UnitConverter, WriteOptions,
    in_order, meta_entries,
};
use crate::model::Span;

/// Keys of a line that are not metadata.
pub(super) const OWN_KEYS: [&str; 14] = [
    "id",
    "text",
    "label",
    "labels",
    "entities",
    "relations",
    "annotations",
    "Comments",
    "cats",
    "data",
    "meta",
    "annotation_approver",
    "comments",
    "comment_count",
];

fn unit(options: &WriteOptions) -> OffsetUnit {
    options.unit.unwrap_or(OffsetUnit::Utf16)
}

pub(super) fn count_loss(record: &Record, options: &WriteOptions, loss: &mut LossReport) {
    let set = &record.set;
    count_unsaid(record, loss);
    let several = set.spans().filter(|span| span.parts.len() > 1).count();
    loss.add(
        several,
        "discontinuous span",
        "discontinuous spans",
        "become one span from the first part to the last",
    );
    let units = UnitConverter::of(&record.text, unit(options));
    let (mut widened, mut nowhere) = (0, 0);
    for span in set.spans() {
        match units.from_range(span.parts.hull()) {
            Some(_) if span.parts.hull().end().get() <= record.text.len() => {}
            _ if units.outward(span.parts.hull(), record.text.len()).is_some() => widened += 1,
            _ => nowhere += 1,
        }
    }
    loss.add(
        widened,
        "span with an edge inside a character",
        "spans with an edge inside a character",
        "take in the whole character",
    );
    loss.add(nowhere, "span past the end of its text", "spans past the end of their texts", "left out");
    let renamed = set.spans().filter(|span| number_of(span.id.as_str(), 's').is_none()).count();
    let renamed = match set.relation_count() > 0 && renamed > 0 {
        true => set.len(),
        false => 0,
    };
    loss.add(renamed, "span id", "span ids", "numbered anew, as doccano's are whole numbers");
    for (name, _) in meta_entries(&record.meta) {
        let is_taken =
            OWN_KEYS.contains(&name) || ["article", "annotator", "status", "language"].contains(&name);
        loss.add(
            usize::from(is_taken),
            "value of the header",
            "values of the header",
            "left out, as doccano needs their names",
        );
    }
}

pub(super) fn write(
    records: &dyn RecordSource,
    options: &WriteOptions,
    out: &mut dyn TargetFiles,
) -> Result<(), FormatError> {
    let failed = |cause| FormatError::Io { what: "could not write", file: "the export".to_owned(), cause };
    let with_relations = has_relation(records)?;
    let mut file = BufWriter::with_capacity(1 << 16, out.create("").map_err(failed)?);
    let line = |number, record: Record| line(&record, number + 1, with_relations, unit(options)).to_string();
    in_order(records, &line, &mut |line: String| {
        file.write_all(line.as_bytes()).and_then(|()| file.write_all(b"\n")).map_err(failed)
    })?;
    file.flush().map_err(failed)
}

/// Whether any record has a relation. Stops at the first.
fn has_relation(records: &dyn RecordSource) -> Result<bool, FormatError> {
    let mut found = false;
    let gone_through = records.for_each(&mut |record| {
        found = record.set.relation_count() > 0;
        if found { Err(FormatError::Stopped) } else { Ok(()) }
    });
    match gone_through {
        Err(FormatError::Stopped) if found => Ok(true),
        other => other.map(|()| false),
    }
}

fn line(record: &Record, number: usize, with_relations: bool, unit: OffsetUnit) -> Json {
    let set = &record.set;
    let units = UnitConverter::of(&record.text, unit);
    let spans: Vec<(&Span, (u32, u32))> = set
        .spans()
        .filter_map(|span| Some((&**span, units.outward(span.parts.hull(), record.text.len())?)))
        .collect();
    let mut line = Map::new();
    line.insert("id".to_owned(), json!(number));
    line.insert("text".to_owned(), json!(record.text.as_str()));
    if with_relations {
        let own: Option<Vec<u64>> = set.spans().map(|span| number_of(span.id.as_str(), 's')).collect();
        let id_of = |span: &Span| match &own {
            Some(_) => number_of(span.id.as_str(), 's'),
            None => set.spans().position(|other| other.id == span.id).map(|place| place as u64 + 1),
        };
        let entities: Vec<Json> = spans
            .iter()
            .map(|(span, (start, end))| {
                json!({"id": id_of(span), "label": span.label, "start_offset": start, "end_offset": end})
            })
            .collect();
        let relations: Vec<Json> = set
            .relations()
            .enumerate()
            .filter_map(|(place, relation)| {
                let end = |id| id_of(set.get(id)?);
                let id = number_of(relation.id.as_str(), 'r').unwrap_or(place as u64 + 1);
                Some(json!({"id": id, "from_id": end(&relation.from)?, "to_id": end(&relation.to)?, "type": relation.label}))
            })
            .collect();
        line.insert("entities".to_owned(), Json::Array(entities));
        line.insert("relations".to_owned(), Json::Array(relations));
    } else {
        let labels = spans.iter().map(|(span, (start, end))| json!([start, end, span.label])).collect();
        line.insert("label".to_owned(), Json::Array(labels));
    }
    line.insert("Comments".to_owned(), json!([]));
    line.insert("article".to_owned(), json!(set.article));
    line.insert("annotator".to_owned(), json!(set.annotator));
    line.insert("status".to_owned(), json!(set.status.name()));
    if let Some(language) = &record.meta.language {
        line.insert("language".to_owned(), json!(language));
    }
    for (name, value) in meta_entries(&record.meta) {
        if !OWN_KEYS.contains(&name) && !line.contains_key(name) {
            line.insert(name.to_owned(), json!(value));
        }
    }
    Json::Object(line)
}
