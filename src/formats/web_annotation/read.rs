//! Reading annotations: a page, a collection, a list, or a single one.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use super::super::draft::{Draft, DraftRelation, DraftSpan};
use super::super::json_pieces::{Broken, JsonPieces};
use super::super::json_tree::Tree;
use super::super::rest::{About, Rest};
use super::super::{FormatError, OffsetUnit, ReadOptions, Remark, Sink, SourceFiles};
use super::head::{Head, article_of};
use crate::model::{Relation, Status};

pub(super) fn read(
    source: &dyn SourceFiles,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), FormatError> {
    let files = source.files();
    let ours = |file: &&String| files.len() == 1 || file.ends_with(".jsonld") || file.ends_with(".json");
    for file in files.iter().filter(ours) {
        match read_file(source, file, options, sink) {
            Ok(ControlFlow::Continue(())) => {}
            Ok(ControlFlow::Break(())) => break,
            Err(Broken::Io(cause)) => {
                return Err(FormatError::Io { what: "could not read", file: file.clone(), cause });
            }
            Err(Broken::Json(error)) => {
                let what = format!("it is no JSON: {error}; it was left out");
                sink.remark(Remark { place: file.clone(), what, left_out: true });
            }
        }
    }
    Ok(())
}

/// Goes through a file twice: first to find out which annotation of each text is its last one, then to make records, each as soon as
/// that has come. So no more is held than texts whose annotations lie scattered.
fn read_file(
    source: &dyn SourceFiles,
    file: &str,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<ControlFlow<()>, Broken> {
    let (mut in_items, mut in_first) = (HashMap::new(), HashMap::new());
    let mut shape = Shape::default();
    let mut pieces = JsonPieces::new(source.open(file)?)?;
    let head = |bytes: &[u8]| serde_json::from_slice::<Head>(bytes);
    let count = |head: Head, list: &mut HashMap<String, usize>| {
        if let Some(source) = head.source() {
            *list.entry(source).or_default() += 1;
        }
        Ok(ControlFlow::Continue(()))
    };
    let _ = walk(
        &mut pieces,
        &mut shape,
        &mut |pieces| pieces.list(&head, &mut |head: Head| count(head, &mut in_items)),
        &mut |pieces| pieces.list(&head, &mut |head: Head| count(head, &mut in_first)),
    )?;
    if pieces.peek()?.is_some() {
        return Err(pieces.fault("trailing characters"));
    }
    let left = if shape.has_items { in_items } else { in_first };
    let mut reading = Reading { left, ..Reading::default() };
    let understood = |bytes: &[u8]| Tree::read(bytes).map(|item| Item::of(&item));
    let mut item = |item: Item| Ok(reading.take(item, file, options, sink));
    let mut pieces = JsonPieces::new(source.open(file)?)?;
    let flow = match (shape.has_items, shape.has_first) {
        (false, false) => {
            let mut bytes = Vec::new();
            pieces.value(&mut bytes)?;
            let whole = understood(&bytes).map_err(|error| Broken::Json(error.to_string()))?;
            item(whole).map_err(Broken::Json)?
        }
        (has_items, _) => {
            let mut other = |pieces: &mut JsonPieces| pieces.skip().map(|()| ControlFlow::Continue(()));
            let mut wanted = |pieces: &mut JsonPieces| pieces.list(&understood, &mut item);
            let mut shape = Shape::default();
            match has_items {
                true => walk(&mut pieces, &mut shape, &mut wanted, &mut other)?,
                false => walk(&mut pieces, &mut shape, &mut other, &mut wanted)?,
            }
        }
    };
    if flow.is_break() {
        return Ok(flow);
    }
    for (why, count) in std::mem::take(&mut reading.faults) {
        let what = format!("{why} ({count}×); left out");
        sink.remark(Remark { place: file.to_owned(), what, left_out: true });
    }
    Ok(reading.give(None, file, options, sink))
}

/// Where the annotations of a file are.
#[derive(Clone, Copy, Debug, Default)]
struct Shape {
    /// In a list, or in that of a page.
    has_items: bool,
    /// In that of a collection's first page.
    has_first: bool,
}

/// Goes over one list.
type Over<'o> = dyn FnMut(&mut JsonPieces) -> Result<ControlFlow<()>, Broken> + 'o;

/// Goes through a list, a page, or a collection with its first page, over each list of annotations by the one of the two that is for it.
fn walk(
    pieces: &mut JsonPieces,
    shape: &mut Shape,
    items: &mut Over,
    first: &mut Over,
) -> Result<ControlFlow<()>, Broken> {
    match pieces.peek()? {
        Some(b'[') => {
            shape.has_items = true;
            items(pieces)
        }
        Some(b'{') => pieces.object(&mut |pieces, name| match (name, pieces.peek()?) {
            ("items", Some(b'[')) => {
                shape.has_items = true;
                items(pieces)
            }
            ("first", Some(b'{')) => pieces.object(&mut |pieces, name| match (name, pieces.peek()?) {
                ("items", Some(b'[')) => {
                    shape.has_first = true;
                    first(pieces)
                }
                _ => pieces.skip().map(|()| ControlFlow::Continue(())),
            }),
            _ => pieces.skip().map(|()| ControlFlow::Continue(())),
        }),
        _ => pieces.skip().map(|()| ControlFlow::Continue(())),
    }
}

fn each<'j, 't>(value: Option<&'j Tree<'t>>) -> &'j [Tree<'t>] {
    match value {
        None | Some(Tree::Null) => &[],
        Some(Tree::List(list)) => list,
        Some(one) => std::slice::from_ref(one),
    }
}

fn text<'j>(value: &'j Tree, key: &str) -> Option<&'j str> {
    value.get(key).and_then(Tree::as_str)
}

fn holds(value: Option<&Tree>, word: &str) -> bool {
    each(value).iter().any(|there| there.as_str() == Some(word))
}

/// The address of a thing that is told by its address or by an object.
fn address<'j>(value: &'j Tree) -> Option<&'j str> {
    value.as_str().or_else(|| text(value, "id"))
}

/// An annotation that is understood.
struct Item {
    /// The text that it is on, as [`Head::source`] says it.
    on: Option<String>,
    /// What it says, or why it says nothing.
    said: Result<Said, String>,
}

/// Something that is said of a text.
struct Said {
    source: String,
    annotator: String,
    what: What,
}

enum What {
    Article { text: String, about: Option<About> },
    Relation(DraftRelation),
    Span(DraftSpan),
}

impl Item {
    fn of(item: &Tree) -> Self {
        Self { on: Head::of(item).source(), said: said(item) }
    }
}

fn said(item: &Tree) -> Result<Said, String> {
    if !holds(item.get("type"), "Annotation") {
        return Err("an item is not of the type `Annotation`".to_owned());
    }
    let targets = each(item.get("target"));
    let first = targets.first().ok_or("an annotation has no target")?;
    let source =
        first.get("source").and_then(address).or_else(|| address(first)).ok_or("a target has no source")?;
    let creator = each(item.get("creator")).first();
    let annotator =
        creator.and_then(|who| text(who, "name").or_else(|| address(who))).unwrap_or_default().to_owned();
    let bodies = each(item.get("body"));
    let value_of = |purpose: &str, format: Option<&str>| {
        bodies.iter().find(|body| {
            holds(body.get("purpose"), purpose)
                && format.is_none_or(|format| text(body, "format") == Some(format))
        })
    };
    let json = value_of("describing", Some("application/json")).and_then(|body| text(body, "value"));
    let motivated = |by: &str| holds(item.get("motivation"), by);
    if motivated("describing") && first.as_object().is_none() {
        let body = value_of("describing", Some("text/plain")).ok_or("a description has no text")?;
        let text = text(body, "value").ok_or("a description has no text")?.to_owned();
        let what = What::Article { text, about: json.and_then(About::from_json) };
        return Ok(Said { source: source.to_owned(), annotator, what });
    }
    if motivated("linking")
        && let Some(relation) = json.and_then(|json| serde_json::from_str::<Relation>(json).ok())
    {
        // Its article is that of the span's annotation.
        let source = article_of(source).unwrap_or_else(|| "urn:postil:article:".to_owned());
        let what = What::Relation(DraftRelation {
            id: Some(relation.id.as_str().to_owned()),
            label: relation.label,
            from: relation.from.as_str().to_owned(),
            to: relation.to.as_str().to_owned(),
            fields: relation.fields,
        });
        return Ok(Said { source, annotator, what });
    }
    let (mut parts, mut quoted) = (Vec::with_capacity(targets.len()), None);
    for target in targets {
        let selectors = each(target.get("selector"));
        let of = |kind: &str| selectors.iter().find(|one| text(one, "type") == Some(kind));
        let at = |one: &Tree, key: &str| match one.get(key) {
            Some(Tree::Number(number)) => number.as_u64().and_then(|n| u32::try_from(n).ok()),
            _ => None,
        };
        let place = of("TextPositionSelector").and_then(|one| at(one, "start").zip(at(one, "end")));
        parts.push(place.ok_or("an annotation has no text position")?);
        quoted = of("TextQuoteSelector").and_then(|one| text(one, "exact"));
    }
    let rest = json.and_then(Rest::from_json).unwrap_or_default();
    let label = value_of("tagging", None)
        .or_else(|| bodies.first())
        .and_then(|body| text(body, "value").or_else(|| address(body)))
        .unwrap_or("annotation");
    let note = value_of("commenting", None).and_then(|body| text(body, "value")).unwrap_or_default();
    let what = What::Span(DraftSpan {
        id: rest.id,
        label: label.to_owned(),
        text: if parts.len() == 1 { quoted.map(str::to_owned) } else { rest.text },
        parts,
        fields: rest.fields,
        note: note.to_owned(),
    });
    Ok(Said { source: source.to_owned(), annotator, what })
}

#[derive(Default)]
struct Reading {
    /// How many annotations of each text have not come yet.
    left: HashMap<String, usize>,
    texts: HashMap<String, String>,
    drafts: BTreeMap<(String, String), Draft>,
    faults: BTreeMap<String, usize>,
}

impl Reading {
    /// Takes an annotation in, and gives the records of its text if it was the last one; says whether to go on.
    fn take(
        &mut self,
        item: Item,
        file: &str,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> ControlFlow<()> {
        match item.said {
            Ok(said) => self.put(said),
            Err(why) => *self.faults.entry(why).or_default() += 1,
        }
        let Some(source) = item.on else { return ControlFlow::Continue(()) };
        match self.left.get_mut(&source) {
            Some(left) if *left > 1 => *left -= 1,
            Some(_) => {
                self.left.remove(&source);
                return self.give(Some(&source), file, options, sink);
            }
            None => {}
        }
        ControlFlow::Continue(())
    }

    fn put(&mut self, said: Said) {
        if let What::Article { text, .. } = &said.what {
            self.texts.insert(said.source.clone(), text.clone());
        }
        let draft = self.drafts.entry((said.source, said.annotator)).or_default();
        match said.what {
            What::Article { about: Some(about), .. } => {
                draft.meta = about.article_meta();
                draft.status = Status::from_name(&about.status);
                draft.fields = about.fields;
                draft.article = about.article;
            }
            What::Article { about: None, .. } => {}
            What::Relation(relation) => draft.relations.push(relation),
            What::Span(span) => draft.spans.push(span),
        }
    }

    /// Gives the records of one text, or all there are; says whether to go on.
    fn give(
        &mut self,
        of: Option<&str>,
        file: &str,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> ControlFlow<()> {
        let drafts = match of {
            None => std::mem::take(&mut self.drafts),
            Some(of) => {
                let mut drafts = self.drafts.split_off(&(of.to_owned(), String::new()));
                let after = drafts.keys().find(|(source, _)| source != of).cloned();
                if let Some(after) = after {
                    self.drafts.append(&mut drafts.split_off(&after));
                }
                drafts
            }
        };
        for ((source, annotator), mut draft) in drafts {
            let place = format!("{file}: {source}");
            let Some(text) = self.texts.get(&source) else {
                let count = draft.spans.len() + draft.relations.len();
                let what = format!(
                    "its text is not in the file and nothing is fetched; {count} annotations were left out"
                );
                sink.remark(Remark { place, what, left_out: true });
                continue;
            };
            draft.text.clone_from(text);
            draft.annotator = annotator;
            if draft.article.is_empty() {
                let name = source.rsplit(['/', ':']).next().unwrap_or("article");
                draft.article = if name.contains('.') { name.to_owned() } else { format!("{name}.txt") };
            }
            let record = draft.into_record(&place, OffsetUnit::CodePoints, options, sink);
            sink.record(record)?;
        }
        if let Some(of) = of {
            self.texts.remove(of);
        }
        ControlFlow::Continue(())
    }
}
