//! What the selected span is linked with, and how that decides which spans come forward and which step back.

use std::collections::HashSet;

use super::paint::describer;
use super::shown::Shown;
use crate::model::{Link, Lookup, SpanId, leaves};

/// Links beyond this many are not looked for among the spans that refer to one.
const MOST_REFERRING: usize = 64;

/// Another end of a link of the selected span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkEnd {
    /// The span there.
    pub span: SpanId,
    /// What the link says: a field's title, a relation's.
    pub what: String,
    /// Whether it comes from there.
    pub incoming: bool,
}

/// The spans that the selected one is linked with, by fields or relations. Each pair of span and word once.
pub(super) fn linked(shown: &Shown<'_>, selected: Option<&SpanId>) -> Vec<LinkEnd> {
    let Some(span) = selected.and_then(|id| shown.set.get(id)) else {
        return Vec::new();
    };
    let words = describer(shown);
    let lookup = Lookup { set: shown.set, register: shown.register, codebook: shown.codebook };
    let mut all: Vec<LinkEnd> = Vec::new();
    let mut add = |span: &SpanId, what: &str, incoming: bool| {
        let end = LinkEnd { span: span.clone(), what: what.to_owned(), incoming };
        if !all.contains(&end) {
            all.push(end);
        }
    };
    let defs = shown.schema.fields_of(&span.label);
    for leaf in leaves(defs, &span.fields) {
        if let Some(Link::Span(id)) = lookup.link(&leaf.def.kind, leaf.value) {
            let top = leaf.path.top().unwrap_or_default();
            let def = defs.iter().find(|d| d.name == top);
            add(&id, def.map_or(top, |d| d.title(words.language)), false);
        }
    }
    for relation in shown.set.relations_of(&span.id) {
        let def = shown.schema.relation(&relation.label);
        let title = def.map_or(relation.label.as_str(), |r| r.title(words.language));
        let incoming = relation.from != span.id;
        add(if incoming { &relation.from } else { &relation.to }, title, incoming);
    }
    for other in shown.set.referring_to(&span.id).take(MOST_REFERRING) {
        let defs = shown.schema.fields_of(&other.label);
        for path in crate::model::links_to(defs, &other.fields, &span.id) {
            let top = path.top().unwrap_or_default();
            let def = defs.iter().find(|d| d.name == top);
            add(&other.id, def.map_or(top, |d| d.title(words.language)), true);
        }
    }
    all
}

/// How strongly a span is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    /// Nothing is selected.
    Plain,
    /// The selected span, what it is linked with, and what a prompt is about to pick.
    Forward,
    /// The rest while something is selected.
    Back,
}

/// Which spans come forward in this frame.
pub(super) struct Emphases<'a> {
    forward: HashSet<&'a SpanId>,
    selected: Option<&'a SpanId>,
}

impl<'a> Emphases<'a> {
    /// For a selected span that exists, its links, and a candidate of a prompt.
    pub fn new(shown: &Shown<'a>, selected: Option<&'a SpanId>, links: &'a [LinkEnd]) -> Self {
        let selected = selected.filter(|id| shown.set.get(id).is_some());
        let forward = links.iter().map(|link| &link.span).chain(selected).chain(shown.candidate).collect();
        Self { forward, selected }
    }

    /// How a span is drawn.
    pub fn of(&self, span: &SpanId) -> Emphasis {
        match self.selected {
            _ if self.forward.contains(span) => Emphasis::Forward,
            Some(_) => Emphasis::Back,
            None => Emphasis::Plain,
        }
    }

    /// Whether this is the selected span.
    pub fn is_selected(&self, span: &SpanId) -> bool {
        self.selected == Some(span)
    }
}
