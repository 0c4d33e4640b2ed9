//! What rules look at: a set and everything that several rules ask of it, worked out once.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use super::draft::{Draft, TOP, shortened};
use super::run::SetInput;
use crate::model::{
    Became, Change, FieldDef, FieldKind, FieldPath, Fields, LabelDef, Lookup, Place, Relation, Span, SpanId,
    Value,
};
use crate::text::{ByteRange, CanonicalText};

/// A set under examination.
pub(super) struct SetScope<'a> {
    pub input: &'a SetInput<'a>,
    /// The spans in listing order.
    pub spans: Vec<&'a Arc<Span>>,
    pub text: Option<&'a CanonicalText>,
    /// The annotation file and the article, shared by all findings.
    file: Arc<str>,
    article: Arc<str>,
    labels: HashMap<&'a str, &'a LabelDef>,
    /// Ids that several spans have.
    shared_ids: HashSet<&'a SpanId>,
    /// Texts that fields and relation ends hold. Owned, as a borrow in a cell would pin the scope's lifetime.
    named: OnceLock<HashSet<String>>,
}

impl<'a> SetScope<'a> {
    pub fn new(input: &'a SetInput<'a>) -> Self {
        let spans: Vec<&Arc<Span>> = input.set.spans().collect();
        let shared_ids = input.set.shared_ids().collect();
        Self {
            input,
            spans,
            file: input.file.into(),
            article: input.set.article.as_str().into(),
            text: input.article.map(|article| &article.text),
            labels: input.schema.labels.iter().map(|l| (l.name.as_str(), l)).collect(),
            shared_ids,
            named: OnceLock::new(),
        }
    }

    pub fn label(&self, name: &str) -> Option<&'a LabelDef> {
        self.labels.get(name).copied()
    }

    pub fn lookup(&self) -> Lookup<'a> {
        Lookup { set: self.input.set, register: self.input.register, codebook: self.input.codebook }
    }

    /// Whether no other span has this id. Fixes speak of spans by id, so only such spans have any.
    pub fn is_alone(&self, id: &SpanId) -> bool {
        !self.shared_ids.contains(id)
    }

    pub fn shared_ids(&self) -> impl Iterator<Item = &'a SpanId> + '_ {
        self.shared_ids.iter().copied()
    }

    /// Spans that begin and end together, in listing order; those that share their place with no other are left out.
    pub fn stacks(&self) -> impl Iterator<Item = &[&'a Arc<Span>]> {
        let together = |a: &&Arc<Span>, b: &&Arc<Span>| a.parts.hull() == b.parts.hull();
        self.spans.chunk_by(together).filter(|stack| stack.len() > 1)
    }

    /// Whether any field or relation names this text: then it may be a link.
    pub fn is_named(&self, id: &str) -> bool {
        let named = self.named.get_or_init(|| {
            let mut named = HashSet::new();
            for span in &self.spans {
                texts_of(&span.fields, &mut named);
            }
            for relation in self.input.set.relations() {
                texts_of(&relation.fields, &mut named);
                named.extend([relation.from.to_string(), relation.to.to_string()]);
            }
            texts_of(&self.input.set.fields, &mut named);
            named
        });
        named.contains(id)
    }

    /// Something in the annotation file as a whole.
    pub fn draft(&self) -> Draft {
        Draft::in_file(self.file.clone()).article(self.article.clone())
    }

    /// Something about a span.
    pub fn at_span(&self, span: &Span) -> Draft {
        let place = self.input.places.map_or(TOP, |places| places.span(&span.id));
        let mut draft = self.draft().at(place).range(span.parts.hull(), self.text);
        draft.span = Some(span.id.clone());
        draft.arg("span", &span.id)
    }

    /// Something about a relation.
    pub fn at_relation(&self, relation: &Relation) -> Draft {
        let place = self.input.places.map_or(TOP, |places| places.relation(&relation.id));
        let mut draft = self.draft().at(place);
        draft.relation = Some(relation.id.clone());
        if let Some(from) = self.input.set.get(&relation.from) {
            draft = draft.range(from.parts.hull(), self.text);
        }
        draft.arg("relation", &relation.id)
    }

    /// What the span covers, short enough for a message; empty if the article is not at hand.
    pub fn surface(&self, span: &Span) -> String {
        self.text.map_or(String::new(), |text| shortened(&span.surface(text)))
    }

    /// The change of a span into another of the same id, if its id is its own.
    pub fn change(&self, span: &Arc<Span>, change: impl FnOnce(&mut Span)) -> Option<Vec<Change>> {
        if !self.is_alone(&span.id) {
            return None;
        }
        let mut changed = (**span).clone();
        change(&mut changed);
        Some(vec![Change::Span(Became::other(Arc::clone(span), Arc::new(changed)))])
    }
}

fn texts_of(fields: &Fields, found: &mut HashSet<String>) {
    fn of_value(value: &Value, found: &mut HashSet<String>) {
        match value {
            Value::Text(text) => drop(found.insert(text.clone())),
            Value::List(items) => items.iter().for_each(|item| of_value(item, found)),
            Value::Record(fields) => texts_of(fields, found),
            _ => {}
        }
    }
    fields.iter().for_each(|(_, value)| of_value(value, found));
}

/// A span under examination.
pub(super) struct SpanSite<'a> {
    pub scope: &'a SetScope<'a>,
    pub span: &'a Arc<Span>,
    pub label: Option<&'a LabelDef>,
    /// The bytes of each part; `None` where a part reaches past the article's end. Empty if the article is not at hand.
    pub bytes: &'a [Option<ByteRange>],
}

impl<'a> SpanSite<'a> {
    pub fn draft(&self) -> Draft {
        self.scope.at_span(self.span)
    }

    /// The article's text with the parts' bytes, if the article is at hand and every part lies within it.
    pub fn within(&self) -> Option<(&'a str, impl Iterator<Item = ByteRange> + Clone + '_)> {
        let text = self.scope.text?;
        if self.bytes.iter().any(Option::is_none) {
            return None;
        }
        Some((text.as_str(), self.bytes.iter().flatten().cloned()))
    }
}

/// A relation under examination.
pub(super) struct RelationSite<'a> {
    pub scope: &'a SetScope<'a>,
    pub relation: &'a Arc<Relation>,
}

impl RelationSite<'_> {
    pub fn draft(&self) -> Draft {
        self.scope.at_relation(self.relation)
    }

    /// The change that takes the relation away, if its id is its own.
    pub fn removal(&self) -> Option<Vec<Change>> {
        self.change_to(None)
    }

    /// The change of the relation into another of the same id, if its id is its own.
    pub fn change(&self, change: impl FnOnce(&mut Relation)) -> Option<Vec<Change>> {
        let mut changed = (**self.relation).clone();
        change(&mut changed);
        self.change_to(Some(Arc::new(changed)))
    }

    fn change_to(&self, after: Option<Arc<Relation>>) -> Option<Vec<Change>> {
        let set = self.scope.input.set;
        let same_id = set.relations().filter(|r| r.id == self.relation.id).take(2).count();
        (same_id == 1)
            .then(|| vec![Change::Relation(Became { before: Some(Arc::clone(self.relation)), after })])
    }
}

/// Whose fields are examined.
#[derive(Clone, Copy)]
pub(super) enum Owner<'a> {
    Span(&'a Arc<Span>),
    Relation(&'a Arc<Relation>),
    Article,
}

/// The way to a field, kept on the stack: a path is only built when something is found.
#[derive(Clone, Copy)]
pub(super) enum Trail<'t> {
    Root,
    Field(&'t Trail<'t>, &'t str),
    Item(&'t Trail<'t>, usize),
}

impl Trail<'_> {
    pub fn path(&self) -> FieldPath {
        match self {
            Self::Root => FieldPath::root(),
            Self::Field(before, name) => before.path().then(*name),
            Self::Item(before, place) => before.path().item(*place),
        }
    }
}

/// Fields that stand together (a span's, a record's), with their definitions.
#[derive(Clone, Copy)]
pub(super) struct Siblings<'a> {
    pub scope: &'a SetScope<'a>,
    pub owner: Owner<'a>,
    pub defs: &'a [FieldDef],
    pub fields: &'a Fields,
    pub trail: &'a Trail<'a>,
}

/// A declared field under examination, set or not.
#[derive(Clone, Copy)]
pub(super) struct FieldSite<'a> {
    pub among: Siblings<'a>,
    pub def: &'a FieldDef,
    pub value: Option<&'a Value>,
}

impl<'a> FieldSite<'a> {
    pub fn scope(&self) -> &'a SetScope<'a> {
        self.among.scope
    }

    pub fn path(&self) -> FieldPath {
        self.among.trail.path().then(&self.def.name)
    }

    pub fn draft(&self) -> Draft {
        self.among.draft(self.path()).arg("field", &self.def.name)
    }

    /// The change that sets (`Some`) or unsets (`None`) the field.
    pub fn put(&self, value: Option<Value>) -> Option<Vec<Change>> {
        self.among.put(&self.path(), value)
    }
}

impl<'a> Siblings<'a> {
    /// Something about these fields, at `path` or the whole of them.
    pub fn draft(&self, path: FieldPath) -> Draft {
        let draft = match self.owner {
            Owner::Span(span) => self.scope.at_span(span).arg("owner", format!("span {}", span.id)),
            Owner::Relation(relation) => {
                self.scope.at_relation(relation).arg("owner", format!("relation {}", relation.id))
            }
            Owner::Article => self.scope.draft().arg("owner", "the article"),
        };
        let draft = draft.arg("path", &path);
        draft.path(path)
    }

    /// The change that sets (`Some`) or unsets (`None`) what stands at `path`, counted from the owner's fields.
    pub fn put(&self, path: &FieldPath, value: Option<Value>) -> Option<Vec<Change>> {
        let put = |fields: &Fields| {
            let mut changed = fields.clone();
            changed.put(path, value.clone()).then_some(changed)
        };
        match self.owner {
            Owner::Span(span) => {
                let fields = put(&span.fields)?;
                self.scope.change(span, |span| span.fields = fields)
            }
            Owner::Relation(relation) => {
                let fields = put(&relation.fields)?;
                let scope = self.scope;
                RelationSite { scope, relation }.change(|relation| relation.fields = fields)
            }
            Owner::Article => {
                let name = path.top()?.to_owned();
                let before = &self.scope.input.set.fields;
                let after = put(before)?;
                let value = Became { before: before.get(&name).cloned(), after: after.get(&name).cloned() };
                Some(vec![Change::ArticleField { name, value }])
            }
        }
    }
}

/// One value under examination: a field's, or one item of its list.
#[derive(Clone, Copy)]
pub(super) struct ValueSite<'a> {
    pub field: FieldSite<'a>,
    pub value: &'a Value,
    /// Its place in the list, if it stands in one.
    pub item: Option<usize>,
}

impl<'a> ValueSite<'a> {
    pub fn scope(&self) -> &'a SetScope<'a> {
        self.field.among.scope
    }

    pub fn kind(&self) -> &'a FieldKind {
        &self.field.def.kind
    }

    pub fn path(&self) -> FieldPath {
        match self.item {
            Some(place) => self.field.path().item(place),
            None => self.field.path(),
        }
    }

    pub fn draft(&self) -> Draft {
        let draft = self.field.among.draft(self.path());
        draft.arg("field", &self.field.def.name).arg("value", shown(self.value))
    }

    /// The change that puts another value here, or takes this one away.
    pub fn put(&self, value: Option<Value>) -> Option<Vec<Change>> {
        self.field.among.put(&self.path(), value)
    }
}

/// A value as people read it in a message.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => shortened(text),
        other => shortened(&serde_json::to_string(other).unwrap_or_default()),
    }
}

/// The place of the `nth` span or relation of one id.
pub(super) fn nth_place(places: Option<&Vec<Place>>, nth: usize) -> Place {
    places.and_then(|p| p.get(nth).or(p.first())).copied().unwrap_or(TOP)
}
