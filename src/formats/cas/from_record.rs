//! A record as feature structures.

use std::collections::HashMap;

use super::super::placing::Offsets;
use super::super::rest::{About, Rest};
use super::super::xml::count_forbidden;
use super::super::{LossReport, OffsetUnit, Record, WriteOptions};
use super::types::{ANNOTATION, ARRAY, STRING, TOP, TypeSystem};
use super::{Cas, Feature, Structure};
use crate::model::{FieldDef, FieldKind, Fields, SpanId, Value};
use crate::text::{TextRange, sentences, tokens};

const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
const SENTENCE: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
const METADATA: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";
const LINK: &str = "postil.Link";

/// Counts what a CAS cannot carry.
pub(in super::super) fn count_loss(record: &Record, loss: &mut LossReport) {
    let several = record.set.spans().filter(|span| span.parts.len() > 1).count();
    loss.add(
        several,
        "discontinuous span",
        "discontinuous spans",
        "become one annotation from the first part to the last, of which only Postil knows the parts",
    );
    let set = &record.set;
    let loose = set.relations().filter(|r| set.get(&r.from).is_none() || set.get(&r.to).is_none()).count();
    loss.add(loose, "relation of a missing span", "relations of missing spans", "left out");
}

/// A name that UIMA allows, if the name is such.
fn is_plain(name: &str) -> bool {
    let reserved = ["begin", "end", "sofa", "id", "type", "self", "postil"];
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !reserved.contains(&name)
}

/// The type for a label: its name where UIMA allows it, else one made from its code points.
fn type_name(folder: &str, label: &str) -> String {
    if is_plain(label) {
        return format!("postil.{folder}.{label}");
    }
    let coded: Vec<String> = label.chars().map(|sign| format!("{:x}", u32::from(sign))).collect();
    format!("postil.{folder}.X_{}", coded.join("_"))
}

/// A record as a CAS whose types are added to `types`.
pub(in super::super) fn from_record(record: &Record, options: &WriteOptions, types: &mut TypeSystem) -> Cas {
    let mut making = Making {
        offsets: Offsets::new(&record.text, options.unit.unwrap_or(OffsetUnit::Utf16)),
        cas: Cas { sofa: 1, text: Some(record.text.as_str().to_owned()), ..Cas::default() },
        next: 2,
        types,
        ids: HashMap::new(),
    };
    making.types.declare(LINK, TOP, &[("role", STRING, None), ("target", ANNOTATION, None)]);
    making.types.declare("postil.About", ANNOTATION, &[("json", STRING, None)]);
    making.document(record, options);
    making.segments(record);
    making.spans(record, options);
    making.relations(record, options);
    making.cas
}

struct Making<'a> {
    offsets: Offsets<'a>,
    cas: Cas,
    next: i64,
    types: &'a mut TypeSystem,
    ids: HashMap<SpanId, i64>,
}

impl Making<'_> {
    fn add(&mut self, kind: &str, place: Option<(u32, u32)>, mut features: Vec<(String, Feature)>) -> i64 {
        let id = self.next;
        self.next += 1;
        if let Some((begin, end)) = place {
            features.insert(0, ("begin".to_owned(), Feature::Integer(begin.into())));
            features.insert(1, ("end".to_owned(), Feature::Integer(end.into())));
        }
        let sofa = place.map(|_| 1);
        self.cas.structures.push(Structure { id, kind: kind.to_owned(), sofa, features });
        id
    }

    fn document(&mut self, record: &Record, options: &WriteOptions) {
        self.types.declare(
            "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData",
            "uima.tcas.DocumentAnnotation",
            &[
                ("documentTitle", STRING, None),
                ("documentId", STRING, None),
                ("documentUri", STRING, None),
                ("collectionId", STRING, None),
                ("documentBaseUri", STRING, None),
                ("isLastSegment", "uima.cas.Boolean", None),
            ],
        );
        let whole = self.offsets.range(record.text.range());
        let text = |text: &str| Feature::Text(text.to_owned());
        let language = record.meta.language.as_deref().unwrap_or("x-unspecified");
        let mut features = vec![
            ("language".to_owned(), text(language)),
            ("documentId".to_owned(), text(&record.set.article)),
        ];
        if let Some(title) = &record.meta.title {
            features.push(("documentTitle".to_owned(), text(title)));
        }
        features.push(("isLastSegment".to_owned(), Feature::Bool(true)));
        self.add(METADATA, Some(whole), features);
        let mut about = About::of(record);
        about.fields = self.offsets.fields(&options.schema.article_fields, &about.fields);
        self.add("postil.About", Some(whole), vec![("json".to_owned(), Feature::Text(about.to_json()))]);
    }

    fn segments(&mut self, record: &Record) {
        self.types.declare(TOKEN, ANNOTATION, &[]);
        self.types.declare(SENTENCE, ANNOTATION, &[]);
        let text = &record.text;
        for paragraph in text.paragraphs() {
            for sentence in sentences(text.as_str(), paragraph) {
                if let Some(range) = text.text_range(sentence) {
                    let place = self.offsets.range(range);
                    self.add(SENTENCE, Some(place), Vec::new());
                }
            }
        }
        for token in tokens(text.as_str()) {
            if let Some(range) = text.text_range(token) {
                let place = self.offsets.range(range);
                self.add(TOKEN, Some(place), Vec::new());
            }
        }
    }

    fn place(&self, range: TextRange) -> (u32, u32) {
        self.offsets.range(range)
    }

    fn spans(&mut self, record: &Record, options: &WriteOptions) {
        let first = self.next;
        for (place, span) in record.set.spans().enumerate() {
            self.ids.entry(span.id.clone()).or_insert(first + place as i64);
        }
        let mut links = Vec::new();
        for span in record.set.spans() {
            let kind = type_name("span", &span.label);
            self.types.declare(&kind, ANNOTATION, &[("postil", STRING, None)]);
            let defs = options.schema.fields_of(&span.label);
            let fields = self.offsets.fields(defs, &span.fields);
            let mut rest =
                Rest { id: Some(span.id.as_str().to_owned()), note: span.note.clone(), ..Rest::default() };
            if !is_plain(&span.label) {
                rest.label = Some(span.label.clone());
            }
            if span.parts.len() > 1 {
                rest.parts = span.parts.iter().map(|part| self.place(*part)).collect();
            }
            rest.text = span.misquote.as_ref().map(|misquote| misquote.text.clone());
            let mut features = self.features(&kind, defs, &fields, &mut rest.fields);
            features.push(("postil".to_owned(), Feature::Text(rest.to_json())));
            let id = self.add(&kind, Some(self.place(span.parts.hull())), features);
            for def in defs.iter().filter(|def| def.is_list() && is_plain(&def.name)) {
                let found = self.links(def, &fields);
                if !found.is_empty() {
                    self.types.declare(&kind, ANNOTATION, &[(&def.name, ARRAY, Some(LINK))]);
                    links.push((id, def.name.clone(), found));
                }
            }
        }
        // After the spans, whose numbers are fixed by their order.
        for (span, name, found) in links {
            let made = found
                .into_iter()
                .map(|(role, target)| {
                    let features = vec![
                        ("role".to_owned(), Feature::Text(role)),
                        ("target".to_owned(), Feature::Ref(target)),
                    ];
                    self.add(LINK, None, features)
                })
                .collect();
            let at = usize::try_from(span - 2).unwrap_or(usize::MAX);
            if let Some(structure) = self.cas.structures.get_mut(at) {
                structure.features.push((name, Feature::Refs(made)));
            }
        }
    }

    /// The spans that a field of several values leads to, each with its role: a choice beside it in its record, else its field's name.
    fn links(&self, def: &FieldDef, fields: &Fields) -> Vec<(String, i64)> {
        let mut found = Vec::new();
        for value in fields.get(&def.name).map(Value::each).unwrap_or_default() {
            let known = |text: Option<&str>| text.and_then(|id| self.ids.get(&SpanId::from(id)).copied());
            match (&def.kind, value) {
                (FieldKind::Record(inner), Value::Record(record)) => {
                    let role = inner
                        .iter()
                        .filter(|def| def.choices().is_some())
                        .find_map(|def| record.text(&def.name))
                        .unwrap_or(&def.name);
                    for def in inner.iter().filter(|def| crate::model::may_link_span(&def.kind)) {
                        found.extend(known(record.text(&def.name)).map(|target| (role.to_owned(), target)));
                    }
                }
                (kind, value) if crate::model::may_link_span(kind) => {
                    found.extend(known(value.as_text()).map(|target| (def.name.clone(), target)));
                }
                _ => {}
            }
        }
        found
    }

    /// The fields that are features of their own; what is not goes into `rest`.
    fn features(
        &mut self,
        kind: &str,
        defs: &[FieldDef],
        fields: &Fields,
        rest: &mut Fields,
    ) -> Vec<(String, Feature)> {
        let mut features = Vec::new();
        for (name, value) in fields.iter() {
            let def = defs.iter().find(|def| def.name == name && !def.is_list() && is_plain(name));
            let native = def.and_then(|def| match (&def.kind, value) {
                (FieldKind::YesNo, Value::Bool(yes)) => Some(("uima.cas.Boolean", Feature::Bool(*yes))),
                (FieldKind::Number { whole: true, .. }, Value::Integer(n)) if i32::try_from(*n).is_ok() => {
                    Some(("uima.cas.Integer", Feature::Integer(*n)))
                }
                (FieldKind::Number { whole: false, .. }, Value::Number(n)) => {
                    Some(("uima.cas.Double", Feature::Number(*n)))
                }
                (
                    FieldKind::Choice(_)
                    | FieldKind::Text
                    | FieldKind::Date
                    | FieldKind::Entity(_)
                    | FieldKind::Term(_)
                    | FieldKind::Either(_),
                    Value::Text(text),
                ) if count_forbidden(text) == 0 => Some((STRING, Feature::Text(text.clone()))),
                (FieldKind::Span(_), Value::Text(id)) => {
                    let target = self.ids.get(&SpanId::from(id.as_str()))?;
                    Some((ANNOTATION, Feature::Ref(*target)))
                }
                _ => None,
            });
            match native {
                Some((range, feature)) => {
                    self.types.declare(kind, ANNOTATION, &[(name, range, None)]);
                    features.push((name.to_owned(), feature));
                }
                None => drop(rest.set(name, value.clone())),
            }
        }
        features
    }

    fn relations(&mut self, record: &Record, options: &WriteOptions) {
        for relation in record.set.relations() {
            let ends = (self.ids.get(&relation.from).copied(), self.ids.get(&relation.to).copied());
            let (Some(from), Some(to)) = ends else { continue };
            let kind = type_name("relation", &relation.label);
            let features =
                [("Governor", ANNOTATION, None), ("Dependent", ANNOTATION, None), ("postil", STRING, None)];
            self.types.declare(&kind, ANNOTATION, &features);
            let defs = options.schema.relation(&relation.label).map_or(&[][..], |def| &def.fields);
            let rest = Rest {
                id: Some(relation.id.as_str().to_owned()),
                label: (!is_plain(&relation.label)).then(|| relation.label.clone()),
                fields: self.offsets.fields(defs, &relation.fields),
                ..Rest::default()
            };
            let place = record.set.get(&relation.to).map(|span| self.place(span.parts.hull()));
            self.add(
                &kind,
                place,
                vec![
                    ("Governor".to_owned(), Feature::Ref(from)),
                    ("Dependent".to_owned(), Feature::Ref(to)),
                    ("postil".to_owned(), Feature::Text(rest.to_json())),
                ],
            );
        }
    }
}
