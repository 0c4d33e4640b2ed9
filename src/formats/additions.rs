//! What a project must learn to hold what was read: labels, relations, fields, choices, terms and entities it did not know.

use std::collections::HashSet;
use std::fmt;

use super::stretches::looks_like_stretch;
use crate::model::{
    AnnotationSet, Choice, Codebook, Entity, FieldDef, FieldKind, Fields, LabelDef, Register, RelationDef,
    Schema, Term, TermId, Value,
};

/// A project's lists while records are taken in: they grow by whatever the records use and the lists lack.
///
/// Nothing that is there is changed, except that a choice gets the words it lacks. Kinds of new fields are told by their first
/// values, and widened while more records come (a single value to several, whole numbers to all).
#[derive(Clone, Debug)]
pub struct Growth {
    /// The schema, grown.
    pub schema: Schema,
    lists: Lists,
}

/// Everything but the schema, which is walked while these grow.
#[derive(Clone, Debug)]
struct Lists {
    register: Register,
    codebook: Codebook,
    language: String,
    said: Vec<String>,
    /// Where the fields stand that were added here: only these may be widened.
    ours: HashSet<String>,
    /// Ids in fields that may hold an entity or a term, which nothing has told apart yet; each once, in the order in which they were met.
    undecided: Vec<(String, Vec<FieldKind>)>,
}

/// Where a field stands, as `label.field.field`. Written out only where there is something to say of it.
#[derive(Clone, Copy)]
struct Place<'p> {
    above: Option<&'p Place<'p>>,
    name: &'p str,
}

impl<'p> Place<'p> {
    fn of(name: &'p str) -> Self {
        Self { above: None, name }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.above {
            Some(above) => write!(f, "{above}.{}", self.name),
            None => f.write_str(self.name),
        }
    }
}

impl Growth {
    /// Begins with a project's own lists. `language` (BCP 47) is that of new terms' titles.
    pub fn new(schema: &Schema, register: &Register, codebook: &Codebook, language: &str) -> Self {
        Self {
            schema: schema.clone(),
            lists: Lists {
                register: register.clone(),
                codebook: codebook.clone(),
                language: language.to_owned(),
                said: Vec::new(),
                ours: HashSet::new(),
                undecided: Vec::new(),
            },
        }
    }

    /// The register, grown.
    pub fn register(&self) -> &Register {
        &self.lists.register
    }

    /// The codebook, grown.
    pub fn codebook(&self) -> &Codebook {
        &self.lists.codebook
    }

    /// What was added, in plain words, in the order in which it was met.
    pub fn said(&self) -> &[String] {
        &self.lists.said
    }

    /// Learns the labels, relations, fields and choices of another schema. What is there already stays as it is, and gets the fields
    /// and choices it lacks.
    pub fn learn(&mut self, other: &Schema) {
        let lists = &mut self.lists;
        lists.learn_fields(&mut self.schema.article_fields, &other.article_fields, "article");
        for label in &other.labels {
            match self.schema.labels.iter_mut().find(|known| known.name == label.name) {
                Some(known) => lists.learn_fields(&mut known.fields, &label.fields, &label.name),
                None => {
                    lists.said.push(format!("label `{}`", label.name));
                    let mut label = label.clone();
                    if label.key.is_some() && self.schema.labels.iter().any(|known| known.key == label.key) {
                        label.key = None;
                    }
                    self.schema.labels.push(label);
                }
            }
        }
        for relation in &other.relations {
            match self.schema.relations.iter_mut().find(|known| known.name == relation.name) {
                Some(known) => lists.learn_fields(&mut known.fields, &relation.fields, &relation.name),
                None => {
                    lists.said.push(format!("relation `{}`", relation.name));
                    self.schema.relations.push(relation.clone());
                }
            }
        }
    }

    /// Learns the terms of another codebook. What is there already stays as it is.
    pub fn learn_codebook(&mut self, other: &Codebook) {
        let lists = &mut self.lists;
        for term in other.iter() {
            if lists.codebook.get(term.id.as_str()).is_none() {
                lists.said.push(format!("codebook term `{}`", term.id));
                lists.codebook.insert(term.clone());
            }
        }
    }

    /// Decides what the ids are of which no set said whether they are entities or terms: what is used as one of them elsewhere is that;
    /// of the others those with a dot are terms, as ids of terms mostly have one. To be called when all sets were taken in.
    pub fn settle(&mut self) {
        let lists = &mut self.lists;
        for (id, kinds) in std::mem::take(&mut lists.undecided) {
            if lists.register.get(&id).is_some() || lists.codebook.get(&id).is_some() {
                continue;
            }
            let is_meant = |kind: &&FieldKind| match kind {
                FieldKind::Term(_) => id.contains('.'),
                FieldKind::Entity(_) => !id.contains('.'),
                _ => false,
            };
            match kinds.iter().find(is_meant) {
                Some(FieldKind::Entity(kinds)) => lists.entity(&id, kinds),
                Some(FieldKind::Term(above)) => lists.term(&id, above.as_ref()),
                _ => {}
            }
        }
    }

    /// Learns everything that a set of annotations uses.
    pub fn take_in(&mut self, set: &AnnotationSet) {
        let lists = &mut self.lists;
        lists.fields(&mut self.schema.article_fields, &set.fields, &Place::of("article"), set);
        for span in set.spans() {
            let place = match self.schema.labels.iter().position(|l| l.name == span.label) {
                Some(place) => place,
                None => {
                    lists.said.push(format!("label `{}`", span.label));
                    self.schema.labels.push(LabelDef::bare(&*span.label));
                    self.schema.labels.len() - 1
                }
            };
            let base = Place::of(&span.label);
            lists.fields(&mut self.schema.labels[place].fields, &span.fields, &base, set);
        }
        for relation in set.relations() {
            let place = match self.schema.relations.iter().position(|r| r.name == relation.label) {
                Some(place) => place,
                None => {
                    lists.said.push(format!("relation `{}`", relation.label));
                    self.schema.relations.push(RelationDef::bare(&*relation.label));
                    self.schema.relations.len() - 1
                }
            };
            let defs = &mut self.schema.relations[place].fields;
            lists.fields(defs, &relation.fields, &Place::of(&relation.label), set);
        }
    }
}

impl Lists {
    fn learn_fields(&mut self, known: &mut Vec<FieldDef>, other: &[FieldDef], base: &str) {
        for def in other {
            let place = format!("{base}.{}", def.name);
            match known.iter_mut().find(|known| known.name == def.name) {
                Some(known) => self.learn_field(known, def, &place),
                None => {
                    self.said.push(format!("field `{place}` ({})", kind_name(&def.kind)));
                    known.push(def.clone());
                }
            }
        }
    }

    fn learn_field(&mut self, known: &mut FieldDef, other: &FieldDef, place: &str) {
        match (&mut known.kind, &other.kind) {
            (FieldKind::Choice(choices), FieldKind::Choice(others)) => {
                for other in others {
                    if !choices.iter().any(|choice| choice.name == other.name) {
                        self.said.push(format!("choice `{}` of `{place}`", other.name));
                        choices.push(other.clone());
                    }
                }
            }
            (FieldKind::Record(known), FieldKind::Record(others)) => self.learn_fields(known, others, place),
            _ => {}
        }
    }

    fn fields(&mut self, defs: &mut Vec<FieldDef>, fields: &Fields, base: &Place, set: &AnnotationSet) {
        for (name, value) in fields.iter() {
            let place = Place { above: Some(base), name };
            match defs.iter_mut().find(|def| def.name == name) {
                Some(def) => {
                    if !self.ours.is_empty() && self.ours.contains(&place.to_string()) {
                        widen(def, value);
                    }
                    self.value(def, value, &place, set);
                }
                None => {
                    let mut def = inferred(name, value);
                    self.said.push(format!("field `{place}` ({})", kind_name(&def.kind)));
                    self.ours.insert(place.to_string());
                    // Enters records, whose fields become the definition's.
                    self.value(&mut def, value, &place, set);
                    defs.push(def);
                }
            }
        }
    }

    fn value(&mut self, def: &mut FieldDef, value: &Value, place: &Place, set: &AnnotationSet) {
        let items = match value {
            Value::List(items) if def.is_list() => items.as_slice(),
            other => std::slice::from_ref(other),
        };
        for item in items {
            match (&mut def.kind, item) {
                (FieldKind::Record(inner), Value::Record(fields)) => self.fields(inner, fields, place, set),
                (FieldKind::Choice(choices), Value::Text(word))
                    if !choices.iter().any(|choice| choice.name == *word) =>
                {
                    self.said.push(format!("choice `{word}` of `{place}`"));
                    choices.push(Choice::bare(&**word));
                }
                (kind, Value::Text(id)) => self.link(kind, id, set),
                _ => {}
            }
        }
    }

    fn link(&mut self, kind: &FieldKind, id: &str, set: &AnnotationSet) {
        match kind {
            FieldKind::Entity(kinds) => self.entity(id, kinds),
            FieldKind::Term(above) => self.term(id, above.as_ref()),
            FieldKind::Either(kinds) => self.either(kinds, id, set),
            _ => {}
        }
    }

    /// Of several kinds: nothing is missing if one of them recognises the text, or if any text will do. Span ids are known to the
    /// source itself, so what is no span is meant for a list; for which, [`Growth::settle`] decides when everything was seen.
    fn either(&mut self, kinds: &[FieldKind], id: &str, set: &AnnotationSet) {
        let known = kinds.iter().any(|kind| match kind {
            FieldKind::Span(_) => set.get(&id.into()).is_some(),
            FieldKind::Entity(_) => self.register.get(id).is_some(),
            FieldKind::Term(_) => self.codebook.get(id).is_some(),
            FieldKind::Text => true,
            _ => false,
        });
        if known {
            return;
        }
        let entity = kinds.iter().find(|kind| matches!(kind, FieldKind::Entity(_)));
        let term = kinds.iter().find(|kind| matches!(kind, FieldKind::Term(_)));
        match (entity, term) {
            (Some(entity), Some(term)) => {
                if !self.undecided.iter().any(|(there, _)| there == id) {
                    self.undecided.push((id.to_owned(), vec![entity.clone(), term.clone()]));
                }
            }
            (Some(kind), None) | (None, Some(kind)) => self.link(kind, id, set),
            (None, None) => {}
        }
    }

    fn entity(&mut self, id: &str, kinds: &[String]) {
        if self.register.get(id).is_none() {
            self.said.push(format!("register entry `{id}`"));
            let kind = match kinds {
                [only] => only.as_str(),
                _ => "",
            };
            self.register.insert(Entity::new(id, id, kind));
        }
    }

    fn term(&mut self, id: &str, above: Option<&TermId>) {
        if self.codebook.get(id).is_some() {
            return;
        }
        self.said.push(format!("codebook term `{id}`"));
        let dotted = id.rsplit_once('.').map(|(parent, _)| parent);
        let parent = dotted
            .filter(|parent| self.codebook.get(parent).is_some())
            .map(TermId::from)
            .or_else(|| above.filter(|above| above.as_str() != id).cloned());
        self.codebook.insert(Term { parent, ..Term::new(id, &self.language, id) });
    }
}

/// A definition that this value fits. Records begin without fields; whoever enters them adds those.
fn inferred(name: &str, value: &Value) -> FieldDef {
    let mut def = FieldDef::bare(name, kind_of(value));
    if let Value::List(items) = value
        && def.kind != FieldKind::Stretch
    {
        def.max = None;
        let mut kinds = items.iter().map(kind_of);
        let first = kinds.next().unwrap_or(FieldKind::Text);
        def.kind = kinds.fold(first, wider);
    }
    def
}

fn kind_of(value: &Value) -> FieldKind {
    match value {
        Value::Bool(_) => FieldKind::YesNo,
        Value::Integer(_) | Value::Number(_) => {
            FieldKind::Number { min: None, max: None, whole: matches!(value, Value::Integer(_)) }
        }
        Value::Record(_) => FieldKind::Record(Vec::new()),
        list if looks_like_stretch(list) => FieldKind::Stretch,
        Value::Text(_) | Value::List(_) => FieldKind::Text,
    }
}

/// A kind that takes the values of both; text where there is no other.
fn wider(a: FieldKind, b: FieldKind) -> FieldKind {
    match (&a, &b) {
        (FieldKind::Number { whole: one, .. }, FieldKind::Number { whole: other, .. }) => {
            FieldKind::Number { min: None, max: None, whole: *one && *other }
        }
        (FieldKind::Record(_), FieldKind::Record(_)) => a,
        _ if a == b => a,
        _ => FieldKind::Text,
    }
}

/// Makes a definition that was inferred from earlier values take this one too, where that narrows nothing.
fn widen(def: &mut FieldDef, value: &Value) {
    let seen = inferred(&def.name, value);
    if seen.is_list() && def.kind != FieldKind::Stretch {
        def.max = None;
    }
    if let (FieldKind::Number { whole, .. }, FieldKind::Number { whole: seen, .. }) =
        (&mut def.kind, &seen.kind)
    {
        *whole &= *seen;
    }
}

fn kind_name(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::YesNo => "yes or no",
        FieldKind::Number { whole: true, .. } => "whole number",
        FieldKind::Number { .. } => "number",
        FieldKind::Stretch => "stretch of text",
        FieldKind::Record(_) => "records",
        _ => "text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Parts, Relation, Span};
    use crate::text::TextRange;

    fn set(spans: &[(&str, &str, &str)]) -> AnnotationSet {
        let mut set = AnnotationSet::new("a.txt", "anna");
        for (id, label, fields) in spans {
            let mut span = Span::new(*id, *label, Parts::one(TextRange::new(0u32, 1u32).unwrap()));
            span.fields = ron::from_str(fields).unwrap();
            set.insert(span);
        }
        set
    }

    fn positions() -> Growth {
        Growth::new(&Schema::positions(), &Register::default(), &Codebook::default(), "en")
    }

    #[test]
    fn what_the_schema_knows_adds_only_terms_and_entities() {
        let mut growth = positions();
        growth.take_in(&set(&[
            ("s1", "entity", r#"{"kind": "person", "entity": "witkoff"}"#),
            (
                "s2",
                "position",
                r#"{"holders": [{"mention": "s1", "how": "explicit"}], "issues": [{"issue": "territory.donbas"}], "cue": [[0, 1]],
                    "addressees": ["s1", "kyiv"], "condition": "if asked"}"#,
            ),
            ("s3", "claim", r#"{"about": ["kyiv", "territory.crimea", "moscow"]}"#),
        ]));
        growth.settle();
        assert_eq!(
            growth.said(),
            [
                "register entry `witkoff`",
                "codebook term `territory.donbas`",
                "register entry `kyiv`",
                "codebook term `territory.crimea`",
                "register entry `moscow`",
            ]
        );
        assert_eq!(growth.schema, Schema::positions());
    }

    #[test]
    fn what_an_id_is_is_told_by_its_use_elsewhere_even_later() {
        let mut growth = positions();
        growth.take_in(&set(&[("s1", "claim", r#"{"about": ["sanctions", "u.s.", "kyiv", "aid.arms"]}"#)]));
        growth.take_in(&set(&[
            ("s1", "position", r#"{"issues": [{"issue": "sanctions", "stance": "for"}]}"#),
            ("s2", "entity", r#"{"entity": "u.s."}"#),
        ]));
        growth.settle();
        let terms: Vec<bool> =
            ["sanctions", "u.s.", "kyiv", "aid.arms"].map(|id| growth.codebook().get(id).is_some()).to_vec();
        let entities: Vec<bool> =
            ["sanctions", "u.s.", "kyiv", "aid.arms"].map(|id| growth.register().get(id).is_some()).to_vec();
        assert_eq!((terms, entities), (vec![true, false, false, true], vec![false, true, true, false]));
    }

    #[test]
    fn unknown_labels_fields_choices_and_relations_are_learnt() {
        let mut growth = positions();
        let mut strange = set(&[
            ("s1", "entity", r#"{"kind": "weather", "sure": true}"#),
            ("s2", "омоним", r#"{"n": 1, "at": [[0, 1]], "who": [{"name": "a"}]}"#),
            ("s3", "омоним", r#"{"n": 1.5, "who": [{"name": "b", "age": 3}]}"#),
        ]);
        strange.insert_relation(Relation {
            id: "r1".into(),
            label: "echoes".into(),
            from: "s1".into(),
            to: "s2".into(),
            fields: ron::from_str(r#"{"how": "softly"}"#).unwrap(),
        });
        growth.take_in(&strange);
        let kind = |label: &str, field: &str| {
            let def = growth.schema.fields_of(label).iter().find(|f| f.name == field).unwrap();
            (def.kind.clone(), def.max)
        };
        assert_eq!(kind("entity", "sure"), (FieldKind::YesNo, Some(1)));
        assert_eq!(kind("омоним", "at"), (FieldKind::Stretch, Some(1)));
        assert_eq!(kind("омоним", "n").0, FieldKind::Number { min: None, max: None, whole: false });
        let (FieldKind::Record(inner), None) = kind("омоним", "who") else { panic!("records") };
        let names: Vec<&str> = inner.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["name", "age"]);
        assert_eq!(growth.schema.relation("echoes").unwrap().fields[0].name, "how");
        assert!(
            growth.said().contains(&"choice `weather` of `entity.kind`".to_owned()),
            "{:?}",
            growth.said()
        );
    }

    #[test]
    fn a_schema_is_learnt_without_touching_what_is_there() {
        let mut growth = Growth::new(&Schema::positions(), &Register::default(), &Codebook::default(), "en");
        let mut other = Schema::empty("other");
        let mut entity = LabelDef::bare("entity");
        entity.fields.push(FieldDef::bare("kind", FieldKind::Choice(vec![Choice::bare("ship")])));
        entity.fields.push(FieldDef::bare("flag", FieldKind::YesNo));
        other.labels.push(entity);
        other.labels.push(LabelDef::bare("vessel"));
        other.relations.push(RelationDef::bare("owns"));
        growth.learn(&other);
        assert_eq!(
            growth.said(),
            [
                "choice `ship` of `entity.kind`",
                "field `entity.flag` (yes or no)",
                "label `vessel`",
                "relation `owns`"
            ]
        );
        growth.learn(&other);
        assert_eq!(growth.said().len(), 4, "nothing is learnt twice");
    }

    #[test]
    fn a_new_term_goes_under_the_one_its_id_names() {
        let book = Codebook::new("t", [Term::new("territory", "en", "Territory")]);
        let mut growth = Growth::new(&Schema::positions(), &Register::default(), &book, "en");
        growth.take_in(&set(&[("s1", "position", r#"{"issues": [{"issue": "territory.donbas"}]}"#)]));
        let term = growth.codebook().get("territory.donbas").unwrap();
        assert_eq!(term.parent, Some("territory".into()));
    }
}
