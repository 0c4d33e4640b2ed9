//! One annotation's `result`: regions, what is chosen for them, and relations.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::super::json_tree::{Members, Tree};
use super::super::placing::Placing;
use super::control::{ARTICLE, decoded};
use super::source_text::{Place, SourceText};
use crate::model::{AnnotationSet, FieldDef, Fields, Misquote, Parts, Relation, Schema, Span, SpanId};
use crate::text::{CanonicalText, TextRange};

/// The label of a region that has none.
const UNLABELLED: &str = "region";

/// A region with everything that is said of it.
#[derive(Debug)]
pub(super) struct Region<'t> {
    id: Cow<'t, str>,
    labels: Vec<Cow<'t, str>>,
    pub place: Place,
    pub surface: Option<Cow<'t, str>>,
    meta: Members<'t>,
    items: Vec<Item<'t>>,
}

/// A control's value.
#[derive(Debug)]
struct Item<'t> {
    name: Cow<'t, str>,
    kind: Cow<'t, str>,
    value: Members<'t>,
    meta: Members<'t>,
}

#[derive(Debug)]
struct Link<'t> {
    from: Cow<'t, str>,
    to: Cow<'t, str>,
    direction: Cow<'t, str>,
    labels: Vec<Cow<'t, str>>,
    meta: Members<'t>,
}

/// A `result`, sorted.
#[derive(Debug, Default)]
pub(super) struct ResultParts<'t> {
    pub regions: Vec<Region<'t>>,
    article: Vec<Item<'t>>,
    links: Vec<Link<'t>>,
    /// What cannot be held: what it is, and how often.
    pub left_out: BTreeMap<String, usize>,
}

fn text_of<'t>(object: &mut Members<'t>, key: &str) -> Cow<'t, str> {
    match object.remove(key) {
        Some(Tree::Text(text)) => text,
        Some(Tree::Number(number)) => number.to_string().into(),
        _ => Cow::default(),
    }
}

fn texts_of<'t>(value: Option<&Tree<'t>>) -> Vec<Cow<'t, str>> {
    let text = |value: &Tree<'t>| match value {
        Tree::Text(text) => Some(text.clone()),
        _ => None,
    };
    match value {
        Some(Tree::List(items)) => items.iter().filter_map(text).collect(),
        Some(one) => text(one).into_iter().collect(),
        None => Vec::new(),
    }
}

fn object_of<'t>(object: &mut Members<'t>, key: &str) -> Members<'t> {
    match object.remove(key) {
        Some(Tree::Object(inner)) => inner,
        _ => Members::default(),
    }
}

impl<'t> ResultParts<'t> {
    /// Sorts the items of a result.
    pub fn of(items: Vec<Tree<'t>>, source: &SourceText) -> Self {
        let mut parts = Self::default();
        let mut by_id: HashMap<Cow<'t, str>, usize> = HashMap::with_capacity(items.len());
        for item in items {
            let Tree::Object(mut item) = item else {
                parts.leave_out("items that are no object");
                continue;
            };
            let kind = text_of(&mut item, "type");
            if kind == "relation" {
                parts.links.push(Link {
                    from: text_of(&mut item, "from_id"),
                    to: text_of(&mut item, "to_id"),
                    direction: text_of(&mut item, "direction"),
                    labels: texts_of(item.get("labels")),
                    meta: object_of(&mut item, "meta"),
                });
                continue;
            }
            let to = text_of(&mut item, "to_name");
            if source.object.as_ref().is_some_and(|object| !to.is_empty() && to != *object) {
                parts.leave_out(&format!("items of type `{kind}` for the object `{to}`"));
                continue;
            }
            let (id, name) = (text_of(&mut item, "id"), text_of(&mut item, "from_name"));
            let value = object_of(&mut item, "value");
            let meta = object_of(&mut item, "meta");
            let has_place = value.has("start") || value.has("globalOffsets");
            let labels = labels_of(&kind, &value);
            let known = by_id.get(&id).copied().filter(|_| !id.is_empty());
            let region = match (known, has_place) {
                (Some(region), _) => region,
                (None, true) => {
                    let Some(place) = source.place(&value) else {
                        parts.leave_out(&format!(
                            "regions of type `{kind}` whose place cannot be found in the text"
                        ));
                        continue;
                    };
                    let region = parts.regions.len();
                    parts.regions.push(Region {
                        id: id.clone(),
                        labels: Vec::new(),
                        place,
                        surface: None,
                        meta: Members::default(),
                        items: Vec::new(),
                    });
                    if !id.is_empty() {
                        by_id.insert(id, region);
                    }
                    region
                }
                (None, false) => {
                    match value.is_empty() {
                        true => parts.leave_out(&format!("items of type `{kind}` without a value")),
                        false => parts.article.push(Item { name, kind, value, meta }),
                    }
                    continue;
                }
            };
            let region = &mut parts.regions[region];
            match labels {
                Some(labels) => {
                    for label in labels {
                        if !region.labels.contains(&label) {
                            region.labels.push(label);
                        }
                    }
                    if let Some(Tree::Text(surface)) = value.get("text") {
                        region.surface.get_or_insert_with(|| surface.clone());
                    }
                    region.meta.extend(meta);
                }
                None => region.items.push(Item { name, kind, value, meta }),
            }
        }
        parts
    }

    fn leave_out(&mut self, what: &str) {
        *self.left_out.entry(what.to_owned()).or_default() += 1;
    }

    /// Puts everything into a set. Says what was noticed: sentences, and whether something was left out.
    pub fn fill(
        self,
        set: &mut AnnotationSet,
        text: &CanonicalText,
        source: &SourceText,
        placing: &Placing,
        found: &Placing,
        schemas: &Schemas,
    ) -> Vec<(String, bool)> {
        let mut filling = Filling {
            set,
            text,
            is_html: source.is_html(),
            placing,
            found,
            schemas,
            ids: HashMap::with_capacity(self.regions.len()),
            spans: Vec::with_capacity(self.regions.len()),
            taken: self.regions.iter().map(|region| region.id.clone()).collect(),
            said: Vec::new(),
            misquotes: 0,
            stray: 0,
        };
        for item in &self.article {
            if item.name == ARTICLE && item.meta.has("fields") {
                let mut rest = Fields::new();
                filling.rest_of(&item.meta, &mut rest);
                for (name, value) in rest.iter() {
                    filling.set.fields.set(name, value.clone());
                }
                continue;
            }
            let name = item.name.strip_prefix(ARTICLE).unwrap_or(&item.name);
            let def = schemas.article.iter().find(|def| def.name == name);
            filling.set_field(FieldsOf::Article, name, def, item);
        }
        filling.stray += placing.fields(&schemas.article, &mut filling.set.fields);
        filling.regions(self.regions);
        filling.links(self.links);
        for (what, count) in self.left_out {
            filling.said.push((format!("{count} {what} were left out"), true));
        }
        filling.finish()
    }
}

/// What the project's schema and the configuration say, one after the other.
#[derive(Debug)]
pub(super) struct Schemas<'s> {
    all: Vec<&'s Schema>,
    article: Vec<FieldDef>,
    /// The fields of each label.
    labels: HashMap<&'s str, Arc<[FieldDef]>>,
    none: Arc<[FieldDef]>,
}

impl<'s> Schemas<'s> {
    /// Of these.
    pub fn of(all: Vec<&'s Schema>) -> Self {
        let names = all.iter().flat_map(|schema| &schema.labels).map(|label| label.name.as_str());
        let fields = |label| all.iter().flat_map(|schema| schema.fields_of(label)).cloned().collect();
        Self {
            article: all.iter().flat_map(|schema| &schema.article_fields).cloned().collect(),
            labels: names.map(|label| (label, fields(label))).collect(),
            none: Arc::from([]),
            all,
        }
    }

    fn fields_of(&self, label: &str) -> Arc<[FieldDef]> {
        self.labels.get(label).unwrap_or(&self.none).clone()
    }
}

/// The labels that an item gives its region; `None` if it is another kind of item.
fn labels_of<'t>(kind: &str, value: &Members<'t>) -> Option<Vec<Cow<'t, str>>> {
    // A `text` item is a region that was drawn before a label was chosen.
    if !(kind.ends_with("labels") || kind == "text" || kind == "hypertext" || kind == "paragraphs") {
        return None;
    }
    Some(texts_of(value.get(kind).or_else(|| value.get("labels"))))
}

enum FieldsOf<'s> {
    Article,
    Span(&'s mut Span),
}

struct Filling<'a, 't> {
    set: &'a mut AnnotationSet,
    text: &'a CanonicalText,
    is_html: bool,
    placing: &'a Placing<'a>,
    found: &'a Placing<'a>,
    schemas: &'a Schemas<'a>,
    /// The ids that regions got, by those they had.
    ids: HashMap<Cow<'t, str>, SpanId>,
    spans: Vec<Span>,
    taken: HashSet<Cow<'t, str>>,
    said: Vec<(String, bool)>,
    misquotes: usize,
    stray: usize,
}

impl<'t> Filling<'_, 't> {
    fn range(&self, place: Place) -> Option<TextRange> {
        match place {
            Place::Counted(start, end) => self.placing.range(start, end),
            Place::Found(start, end) => self.found.range(start, end),
        }
    }

    fn regions(&mut self, regions: Vec<Region<'t>>) {
        // Parts of one span stand as regions of their own that name the first one.
        let mut further: HashMap<String, Vec<TextRange>> = HashMap::new();
        let mut out_of_text = 0usize;
        let mut whole = Vec::new();
        for region in regions {
            let Some(range) = self.range(region.place) else {
                out_of_text += 1;
                continue;
            };
            match region.meta.get("part_of").and_then(Tree::as_str) {
                Some(first) => further.entry(first.to_owned()).or_default().push(range),
                None => whole.push((region, range)),
            }
        }
        let mut number = 0u64;
        for (region, range) in whole {
            let mut parts = vec![range];
            parts.extend(further.remove(region.id.as_ref()).into_iter().flatten());
            let Some(parts) = Parts::as_given(parts) else { continue };
            let mut fresh = || loop {
                number += 1;
                let id = format!("s{number}");
                if !self.taken.contains(id.as_str()) {
                    return id;
                }
            };
            let id = match region.meta.get("id").and_then(Tree::as_str) {
                Some(own) => own.to_owned(),
                None if region.id.is_empty() => fresh(),
                None => region.id.to_string(),
            };
            self.ids.insert(region.id.clone(), id.as_str().into());
            self.region(region, id, parts);
        }
        self.set.insert_all(std::mem::take(&mut self.spans));
        out_of_text += further.values().map(Vec::len).sum::<usize>();
        if out_of_text > 0 {
            let unit = self.placing.unit();
            self.said.push((
                format!(
                    "{out_of_text} regions lie at no place of the text, counted in {unit}; they were left out"
                ),
                true,
            ));
        }
    }

    fn region(&mut self, mut region: Region<'t>, id: String, parts: Parts) {
        let labels = match region.labels.is_empty() {
            true => vec![UNLABELLED.into()],
            false => std::mem::take(&mut region.labels),
        };
        for (place, label) in labels.into_iter().enumerate() {
            let id = match place {
                0 => id.clone(),
                place => {
                    let mut id = format!("{id}-{}", place + 1);
                    while !self.taken.insert(id.clone().into()) {
                        id.push('-');
                    }
                    id
                }
            };
            let mut span = Span::new(id, label.into_owned(), parts.clone());
            span.note = texts_of(region.meta.get("text")).join("\n");
            let of_all_parts = region.meta.get("said").and_then(Tree::as_str);
            if let Some(said) = of_all_parts.or(region.surface.as_deref()) {
                self.compare(&mut span, said);
            }
            let defs = self.schemas.fields_of(&span.label);
            for item in &region.items {
                let own = item.name.strip_prefix(span.label.as_str()).and_then(|rest| rest.strip_prefix('.'));
                let name = own.unwrap_or(&item.name);
                let def = defs.iter().find(|def| def.name == name);
                self.set_field(FieldsOf::Span(&mut span), name, def, item);
            }
            self.rest_of(&region.meta, &mut span.fields);
            self.stray += self.placing.fields(&defs, &mut span.fields);
            self.spans.push(span);
        }
    }

    fn compare(&mut self, span: &mut Span, said: &str) {
        // Nearly always it is what stands there.
        if span.parts.len() == 1 && self.text.slice(span.parts.first()) == Some(said) && !said.contains('\r')
        {
            return;
        }
        let there = span.surface(self.text);
        let folded = said.replace("\r\n", "\n").replace('\r', "\n");
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        // A span of several parts is written with the surface of each.
        let first = span.parts.len() > 1 && self.text.slice(span.parts.first()) == Some(folded.as_str());
        // Old versions write `\n` for a line end.
        let is_same = there == folded
            || first
            || folded.replace("\\n", "\n") == there
            || self.is_html && plain(&there) == plain(&folded);
        if !is_same {
            self.misquotes += 1;
            span.misquote = Some(Misquote { text: folded, before: String::new(), after: String::new() });
        }
    }

    fn set_field(&mut self, of: FieldsOf, name: &str, def: Option<&FieldDef>, item: &Item) {
        let was_list = item.meta.get("list").and_then(Tree::as_bool).unwrap_or(false);
        let fields = match of {
            FieldsOf::Article => &mut self.set.fields,
            FieldsOf::Span(span) => &mut span.fields,
        };
        match decoded(def, &item.kind, &item.value, was_list) {
            Some(value) if !name.is_empty() => drop(fields.set(name, value)),
            _ => self
                .said
                .push((format!("the {} `{}` holds no value; it was left out", item.kind, item.name), true)),
        }
    }

    /// Fields that no control could hold.
    fn rest_of(&self, meta: &Members, fields: &mut Fields) {
        if let Some(rest) =
            meta.get("fields").and_then(|rest| serde_json::from_value::<Fields>(rest.to_json()).ok())
        {
            for (name, value) in rest.iter() {
                fields.set(name, value.clone());
            }
        }
    }

    fn links(&mut self, links: Vec<Link<'t>>) {
        let mut both_ways = 0usize;
        let mut relations = Vec::with_capacity(links.len());
        let taken: HashSet<String> = links
            .iter()
            .filter_map(|link| link.meta.get("id").and_then(Tree::as_str))
            .map(str::to_owned)
            .collect();
        let mut fresh = (1u64..).map(|number| format!("r{number}")).filter(|id| !taken.contains(id));
        for link in links {
            let end = |id: &Cow<'t, str>| self.ids.get(id).cloned().unwrap_or_else(|| id.as_ref().into());
            let (mut from, mut to) = (end(&link.from), end(&link.to));
            if link.direction == "left" {
                std::mem::swap(&mut from, &mut to);
            }
            let labels = match link.labels.is_empty() {
                true => vec!["relation".into()],
                false => link.labels,
            };
            for (place, label) in labels.into_iter().enumerate() {
                let def = self.schemas.all.iter().find_map(|schema| schema.relation(&label));
                both_ways += usize::from(link.direction == "bi" && def.is_none_or(|def| !def.symmetric));
                let mut fields = Fields::new();
                self.rest_of(&link.meta, &mut fields);
                self.stray += self.placing.fields(def.map_or(&[][..], |def| &def.fields), &mut fields);
                let own =
                    link.meta.get("id").and_then(Tree::as_str).filter(|_| place == 0).map(str::to_owned);
                relations.push(Arc::new(Relation {
                    id: own.or_else(|| fresh.next()).unwrap_or_default().into(),
                    label: label.into_owned(),
                    from: from.clone(),
                    to: to.clone(),
                    fields,
                }));
            }
        }
        self.set.insert_relations(relations);
        if both_ways > 0 {
            self.said.push((
                format!("{both_ways} relations go both ways; they were kept as from the first to the second (say in the schema that they are symmetric)"),
                false,
            ));
        }
    }

    fn finish(self) -> Vec<(String, bool)> {
        let mut said = self.said;
        if self.misquotes > 0 {
            said.push((
                format!(
                    "{} regions say another text than stands at their place; they were kept with what they say",
                    self.misquotes
                ),
                false,
            ));
        }
        if self.stray > 0 {
            said.push((
                format!(
                    "{} stretches among the fields are no places of the text; they stay as they were",
                    self.stray
                ),
                true,
            ));
        }
        said
    }
}
