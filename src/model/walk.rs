//! Walking the filled-in fields along their definitions: which values are links, and to what.

use super::change::Workspace;
use super::codebook::Codebook;
use super::id::{EntityId, SpanId, TermId};
use super::register::Register;
use super::schema::{FieldDef, FieldKind};
use super::set::AnnotationSet;
use super::value::{FieldPath, Fields, Value};

/// One value, with its definition and where it stands.
#[derive(Clone, Debug)]
pub struct Leaf<'a> {
    /// Where it stands: the field, or the item of the field's list.
    pub path: FieldPath,
    /// The field's definition.
    pub def: &'a FieldDef,
    /// The value; for a list field one of its items.
    pub value: &'a Value,
}

/// Every value that the definitions know, records entered, lists taken apart, in the order of the definitions.
/// Values of the wrong shape (a record where a text should be) come as they are; fields without a definition do not come.
pub fn leaves<'a>(defs: &'a [FieldDef], fields: &'a Fields) -> Vec<Leaf<'a>> {
    let mut found = Vec::new();
    collect(defs, fields, &FieldPath::root(), &mut found);
    found
}

fn collect<'a>(defs: &'a [FieldDef], fields: &'a Fields, base: &FieldPath, found: &mut Vec<Leaf<'a>>) {
    for def in defs {
        let Some(value) = fields.get(&def.name) else {
            continue;
        };
        let path = base.then(&def.name);
        match value {
            Value::List(items) if def.is_list() => {
                for (place, item) in items.iter().enumerate() {
                    one(def, item, path.item(place), found);
                }
            }
            value => one(def, value, path, found),
        }
    }
}

fn one<'a>(def: &'a FieldDef, value: &'a Value, path: FieldPath, found: &mut Vec<Leaf<'a>>) {
    match (&def.kind, value) {
        (FieldKind::Record(inner), Value::Record(fields)) => collect(inner, fields, &path, found),
        _ => found.push(Leaf { path, def, value }),
    }
}

/// What a value leads to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Link {
    /// A span of the same set.
    Span(SpanId),
    /// A register entry.
    Entity(EntityId),
    /// A codebook term.
    Term(TermId),
}

/// The lists in which links are looked up.
#[derive(Clone, Copy, Debug)]
pub struct Lookup<'a> {
    /// The spans.
    pub set: &'a AnnotationSet,
    /// The entities.
    pub register: &'a Register,
    /// The terms.
    pub codebook: &'a Codebook,
}

impl Workspace {
    /// Where to look links up.
    pub fn lookup(&self) -> Lookup<'_> {
        Lookup { set: &self.set, register: &self.register, codebook: &self.codebook }
    }
}

impl Lookup<'_> {
    /// What a value of this kind leads to, whether or not it is there; `None` if the kind is no link or the value is not a text.
    ///
    /// Of a field that may hold one of several kinds, the first whose target exists is meant: spans before register before
    /// codebook; if none exists, plain text if the field allows that, else the first kind of link it allows.
    pub fn link(&self, kind: &FieldKind, value: &Value) -> Option<Link> {
        let text = value.as_text()?;
        match kind {
            FieldKind::Span(_) => Some(Link::Span(text.into())),
            FieldKind::Entity(_) => Some(Link::Entity(text.into())),
            FieldKind::Term(_) => Some(Link::Term(text.into())),
            FieldKind::Either(kinds) => {
                let mut links: Vec<Link> = kinds.iter().filter_map(|k| self.link(k, value)).collect();
                links.sort();
                match links.iter().find(|link| self.exists(link)) {
                    Some(link) => Some(link.clone()),
                    None if kinds.contains(&FieldKind::Text) => None,
                    None => links.into_iter().next(),
                }
            }
            _ => None,
        }
    }

    /// Whether what a link leads to is there.
    pub fn exists(&self, link: &Link) -> bool {
        match link {
            Link::Span(id) => self.set.get(id).is_some(),
            Link::Entity(id) => self.register.get(id.as_str()).is_some(),
            Link::Term(id) => self.codebook.get(id.as_str()).is_some(),
        }
    }
}

/// Whether a field of this kind may hold a link to a span.
pub fn may_link_span(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Span(_) => true,
        FieldKind::Either(kinds) => kinds.iter().any(may_link_span),
        _ => false,
    }
}

/// The paths at which fields hold a link to this span, by their definitions.
pub fn links_to(defs: &[FieldDef], fields: &Fields, span: &SpanId) -> Vec<FieldPath> {
    leaves(defs, fields)
        .into_iter()
        .filter(|leaf| may_link_span(&leaf.def.kind) && leaf.value.as_text() == Some(span.as_str()))
        .map(|leaf| leaf.path)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Entity, Parts};
    use crate::model::{Schema, Span};
    use crate::text::TextRange;

    #[test]
    fn links_are_found_by_the_schema_not_by_their_looks() {
        let schema = Schema::positions();
        let fields: Fields = ron::from_str(
            r#"{"holders": [{"mention": "s1", "entity": "s1", "how": "explicit"}], "condition": "s1", "addressees": ["usa", "s1"]}"#,
        )
        .unwrap();
        let paths: Vec<String> = links_to(schema.fields_of("position"), &fields, &"s1".into())
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            paths,
            ["holders[1].mention", "addressees[2]", "condition"],
            "holders[1].entity is a register id"
        );
    }

    #[test]
    fn of_several_kinds_the_one_that_exists_is_meant() {
        let schema = Schema::positions();
        let def = schema.fields_of("position").iter().find(|f| f.name == "addressees").unwrap();
        let mut w = Workspace::default();
        w.register.insert(Entity::new("usa", "USA", "organisation"));
        assert_eq!(w.lookup().link(&def.kind, &Value::text("usa")), Some(Link::Entity("usa".into())));
        w.set.insert(Span::new("usa", "entity", Parts::one(TextRange::new(0u32, 1u32).unwrap())));
        assert_eq!(w.lookup().link(&def.kind, &Value::text("usa")), Some(Link::Span("usa".into())));
        let condition = schema.fields_of("position").iter().find(|f| f.name == "condition").unwrap();
        assert_eq!(w.lookup().link(&condition.kind, &Value::text("only if asked")), None);
    }
}
