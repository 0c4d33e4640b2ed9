//! A record as feature structures.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use super::super::placing::Offsets;
use super::super::rest::{About, Rest};
use super::super::xml::count_forbidden;
use super::super::{LossReport, OffsetUnit, Record, WriteOptions};
use super::types::{ANNOTATION, ARRAY, STRING, TOP, TypeSystem};
use super::{Cas, Feature, Kind, Structure};
use crate::model::{FieldDef, FieldKind, Fields, Value};
use crate::text::{TextRange, sentences, token_ranges};

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
pub(in super::super) fn from_record<'r>(
    record: &'r Record,
    options: &WriteOptions<'r>,
    types: &mut TypeSystem,
) -> Cas<'r> {
    let mut making = Making {
        offsets: Offsets::new(&record.text, options.unit.unwrap_or(OffsetUnit::Utf16)),
        cas: Cas { sofa: 1, text: Some(record.text.as_str().into()), ..Cas::default() },
        next: 2,
        types,
        ids: HashMap::with_capacity(record.set.len()),
        kinds: Vec::new(),
    };
    making.types.declare(LINK, TOP, &[("role", STRING, None), ("target", ANNOTATION, None)]);
    making.types.declare("postil.About", ANNOTATION, &[("json", STRING, None)]);
    making.document(record, options);
    making.segments(record);
    making.spans(record, options);
    making.relations(record, options);
    making.cas
}

/// Features in order.
type Features<'r> = Vec<(Cow<'r, str>, Feature<'r>)>;

/// A feature with a text that was made for it.
fn made<'r>(name: &'r str, text: String) -> (Cow<'r, str>, Feature<'r>) {
    (name.into(), Feature::Text(text.into()))
}

struct Making<'r, 't> {
    offsets: Offsets<'r>,
    cas: Cas<'r>,
    next: i64,
    types: &'t mut TypeSystem,
    ids: HashMap<&'r str, i64>,
    /// The types of the spans' labels. There are few.
    kinds: Vec<(&'r str, Rc<str>)>,
}

impl<'r> Making<'r, '_> {
    fn add(&mut self, kind: Kind<'r>, place: Option<(u32, u32)>, features: Features<'r>) -> i64 {
        let id = self.next;
        self.next += 1;
        let sofa = place.map(|_| 1);
        self.cas.structures.push(Structure { id, kind, sofa, place, features });
        id
    }

    fn document(&mut self, record: &'r Record, options: &WriteOptions) {
        self.types.declare(
            METADATA,
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
        let text = |name: &'r str, text: &'r str| (name.into(), Feature::Text(text.into()));
        let language = record.meta.language.as_deref().unwrap_or("x-unspecified");
        let mut features = vec![text("language", language), text("documentId", &record.set.article)];
        if let Some(title) = &record.meta.title {
            features.push(text("documentTitle", title));
        }
        features.push(("isLastSegment".into(), Feature::Bool(true)));
        self.add(Kind::There(METADATA), Some(whole), features);
        let mut about = About::of(record);
        about.fields = self.offsets.fields(&options.schema.article_fields, &about.fields);
        self.add(Kind::There("postil.About"), Some(whole), vec![made("json", about.to_json())]);
    }

    fn segments(&mut self, record: &Record) {
        self.types.declare(TOKEN, ANNOTATION, &[]);
        self.types.declare(SENTENCE, ANNOTATION, &[]);
        let text = &record.text;
        // A word of news has six letters, and a space.
        self.cas.structures.reserve(text.len() as usize / 5 + record.set.len());
        for paragraph in text.paragraphs() {
            for sentence in sentences(text.as_str(), paragraph) {
                if let Some(range) = text.text_range(sentence) {
                    let place = self.offsets.range(range);
                    self.add(Kind::There(SENTENCE), Some(place), Vec::new());
                }
            }
        }
        for token in token_ranges(text.as_str()) {
            let place = self.offsets.range(token);
            self.add(Kind::There(TOKEN), Some(place), Vec::new());
        }
    }

    fn place(&self, range: TextRange) -> (u32, u32) {
        self.offsets.range(range)
    }

    fn kind_of(&mut self, label: &'r str) -> Rc<str> {
        if let Some((_, kind)) = self.kinds.iter().find(|(there, _)| *there == label) {
            return kind.clone();
        }
        let kind: Rc<str> = type_name("span", label).into();
        self.types.declare(&kind, ANNOTATION, &[("postil", STRING, None)]);
        self.kinds.push((label, kind.clone()));
        kind
    }

    fn spans(&mut self, record: &'r Record, options: &WriteOptions<'r>) {
        let first = self.next;
        for (place, span) in record.set.spans().enumerate() {
            self.ids.entry(span.id.as_str()).or_insert(first + place as i64);
        }
        let mut links = Vec::new();
        for span in record.set.spans() {
            let kind = self.kind_of(&span.label);
            let defs = options.schema.fields_of(&span.label);
            let mut rest =
                Rest { id: Some(span.id.as_str().to_owned()), note: span.note.clone(), ..Rest::default() };
            if !is_plain(&span.label) {
                rest.label = Some(span.label.clone());
            }
            if span.parts.len() > 1 {
                rest.parts = span.parts.iter().map(|part| self.place(*part)).collect();
            }
            rest.text = span.misquote.as_ref().map(|misquote| misquote.text.clone());
            let mut features = self.features(&kind, defs, &span.fields, &mut rest.fields);
            if !rest.fields.is_empty() {
                rest.fields = self.offsets.fields(defs, &rest.fields);
            }
            features.push(made("postil", rest.to_json()));
            let place = self.place(span.parts.hull());
            let id = self.add(Kind::Made(kind.clone()), Some(place), features);
            for def in defs.iter().filter(|def| def.is_list()) {
                // Names are looked at last: few fields are set, and all of them would have to be read for each span.
                if span.fields.get(&def.name).is_none() || !is_plain(&def.name) {
                    continue;
                }
                let found = self.links(def, &span.fields);
                if !found.is_empty() {
                    self.types.declare(&kind, ANNOTATION, &[(&def.name, ARRAY, Some(LINK))]);
                    links.push((id, def, found));
                }
            }
        }
        // After the spans, whose numbers are fixed by their order.
        for (span, def, found) in links {
            let made = found
                .into_iter()
                .map(|(role, target)| {
                    let features = vec![
                        ("role".into(), Feature::Text(role.into())),
                        ("target".into(), Feature::Ref(target)),
                    ];
                    self.add(Kind::There(LINK), None, features)
                })
                .collect();
            let at = usize::try_from(span - 2).unwrap_or(usize::MAX);
            if let Some(structure) = self.cas.structures.get_mut(at) {
                structure.features.push((def.name.as_str().into(), Feature::Refs(made)));
            }
        }
    }

    /// The spans that a field of several values leads to, each with its role: a choice beside it in its record, else its field's name.
    fn links(&self, def: &'r FieldDef, fields: &'r Fields) -> Vec<(&'r str, i64)> {
        let mut found = Vec::new();
        for value in fields.get(&def.name).map(Value::each).unwrap_or_default() {
            let known = |text: Option<&str>| text.and_then(|id| self.ids.get(id).copied());
            match (&def.kind, value) {
                (FieldKind::Record(inner), Value::Record(record)) => {
                    let role = inner
                        .iter()
                        .filter(|def| def.choices().is_some())
                        .find_map(|def| record.text(&def.name))
                        .unwrap_or(&def.name);
                    for def in inner.iter().filter(|def| crate::model::may_link_span(&def.kind)) {
                        found.extend(known(record.text(&def.name)).map(|target| (role, target)));
                    }
                }
                (kind, value) if crate::model::may_link_span(kind) => {
                    found.extend(known(value.as_text()).map(|target| (def.name.as_str(), target)));
                }
                _ => {}
            }
        }
        found
    }

    /// The fields that are features of their own, none of which is an offset; what is not goes into `rest`.
    fn features(
        &mut self,
        kind: &str,
        defs: &'r [FieldDef],
        fields: &'r Fields,
        rest: &mut Fields,
    ) -> Features<'r> {
        let mut features = Vec::with_capacity(fields.len() + 1);
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
                ) if count_forbidden(text) == 0 => Some((STRING, Feature::Text(text.into()))),
                (FieldKind::Span(_), Value::Text(id)) => {
                    let target = self.ids.get(id.as_str())?;
                    Some((ANNOTATION, Feature::Ref(*target)))
                }
                _ => None,
            });
            match native {
                Some((range, feature)) => {
                    self.types.declare(kind, ANNOTATION, &[(name, range, None)]);
                    features.push((name.into(), feature));
                }
                None => drop(rest.set(name, value.clone())),
            }
        }
        features
    }

    fn relations(&mut self, record: &'r Record, options: &WriteOptions) {
        for relation in record.set.relations() {
            let ends =
                (self.ids.get(relation.from.as_str()).copied(), self.ids.get(relation.to.as_str()).copied());
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
            let features = vec![
                ("Governor".into(), Feature::Ref(from)),
                ("Dependent".into(), Feature::Ref(to)),
                made("postil", rest.to_json()),
            ];
            self.add(Kind::Made(kind.into()), place, features);
        }
    }
}
