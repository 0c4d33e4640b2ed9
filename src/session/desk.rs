//! The desk: one article with one annotator's tags on it, and every act a person can do to them.
//!
//! Each act becomes one [`Transaction`], so each is one step of undo; what was done piles up in [`Desk::take_acts`] for the journal.

use std::sync::Arc;

use crate::model::{
    Act, Article, Became, Change, Entity, FieldDef, FieldPath, Fields, History, Outdated, Parts, Relation,
    RelationId, Schema, Span, SpanId, Status, Term, Transaction, Value, Workspace,
};
use crate::text::{CodePoint, TextRange};

/// How far an edge moves at one key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nudge {
    /// One grapheme cluster.
    Character,
    /// To the next word's edge.
    Word,
}

/// Which edge of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// The first part's start.
    Start,
    /// The last part's end.
    End,
}

/// One article being annotated.
pub struct Desk {
    /// The article.
    pub article: Arc<Article>,
    /// The annotations, the register and the codebook.
    pub workspace: Workspace,
    /// What was done.
    pub history: History,
    /// What may be filled in.
    pub schema: Arc<Schema>,
    now: fn() -> String,
    acts: Vec<Act>,
    gestures: u64,
}

impl Desk {
    /// A desk with what was read from disk on it. `now` gives the time for the history, in RFC 3339.
    pub fn new(
        article: Arc<Article>,
        workspace: Workspace,
        history: History,
        schema: Arc<Schema>,
        now: fn() -> String,
    ) -> Self {
        Self { article, workspace, history, schema, now, acts: Vec::new(), gestures: 0 }
    }

    /// A number for a new gesture of the keyboard (the pointer's are odd).
    pub fn new_gesture(&mut self) -> u64 {
        self.gestures += 1;
        self.gestures << 1
    }

    /// What was done since the last call, for the journal.
    pub fn take_acts(&mut self) -> Vec<Act> {
        std::mem::take(&mut self.acts)
    }

    /// A span of the set.
    pub fn span(&self, id: &SpanId) -> Option<&Arc<Span>> {
        self.workspace.set.get(id)
    }

    /// Does a transaction; `false` if there was nothing to do.
    ///
    /// # Errors
    /// [`Outdated`] if it does not fit what is there; nothing is changed then.
    pub fn make(&mut self, mut transaction: Transaction) -> Result<bool, Outdated> {
        if transaction.is_empty() {
            return Ok(false);
        }
        transaction.at = (self.now)();
        // The first tag begins the work; saying so is part of the same step.
        let status = self.workspace.set.status;
        let changes_tags =
            transaction.changes.iter().any(|c| matches!(c, Change::Span(_) | Change::Relation(_)));
        let speaks_of_status = transaction.changes.iter().any(|c| matches!(c, Change::Status { .. }));
        if status == Status::Untouched && changes_tags && !speaks_of_status {
            transaction.changes.push(Change::Status { before: status, after: Status::InProgress });
        }
        let act = self.history.make(transaction, &mut self.workspace)?;
        let done = act.is_some();
        self.acts.extend(act);
        Ok(done)
    }

    /// Takes the last step back and says which it was.
    ///
    /// # Errors
    /// [`Outdated`] if it no longer fits.
    pub fn undo(&mut self) -> Result<Option<Transaction>, Outdated> {
        let step = self.history.done().last().cloned();
        let act = self.history.undo(&mut self.workspace)?;
        self.acts.extend(act);
        Ok(step)
    }

    /// Does the last step taken back again and says which it was.
    ///
    /// # Errors
    /// [`Outdated`] if it no longer fits.
    pub fn redo(&mut self) -> Result<Option<Transaction>, Outdated> {
        let step = self.history.undone().last().cloned();
        let act = self.history.redo(&mut self.workspace)?;
        self.acts.extend(act);
        Ok(step)
    }

    fn surface(&self, span: &Span) -> String {
        crate_shorten(&span.surface(&self.article.text))
    }

    fn replace(
        &mut self,
        what: &str,
        old: &Arc<Span>,
        new: Span,
        gesture: Option<u64>,
    ) -> Result<bool, Outdated> {
        let about = self.surface(&new);
        let mut transaction =
            Transaction::new(what, about, vec![Change::Span(Became::other(old.clone(), Arc::new(new)))]);
        transaction.gesture = gesture;
        self.make(transaction)
    }

    /// Tags these ranges as one span; if that very span is there already, gives it instead of a duplicate.
    ///
    /// # Errors
    /// [`Outdated`] never in practice: a fresh id always fits.
    pub fn tag(&mut self, ranges: Vec<TextRange>, label: &str) -> Result<Option<SpanId>, Outdated> {
        let Some(parts) = Parts::tidy(ranges) else {
            return Ok(None);
        };
        if parts.hull().end().get() > self.article.text.len() {
            return Ok(None);
        }
        let same = self
            .workspace
            .set
            .touching(parts.hull())
            .into_iter()
            .find(|s| s.parts == parts && s.label == label);
        if let Some(same) = same {
            return Ok(Some(same.id.clone()));
        }
        let span = Span::new(self.workspace.set.fresh_span_id(), label, parts);
        let id = span.id.clone();
        let about = self.surface(&span);
        self.make(Transaction::new("tag", about, vec![Change::Span(Became::new(Arc::new(span)))]))?;
        Ok(Some(id))
    }

    /// Gives a span another label. Fields that the new label does not know are kept, shown and reported, not dropped.
    ///
    /// # Errors
    /// [`Outdated`] if the span is not what it was.
    pub fn relabel(&mut self, id: &SpanId, label: &str) -> Result<bool, Outdated> {
        let Some(old) = self.span(id).cloned() else {
            return Ok(false);
        };
        let new = Span { label: label.to_owned(), ..(*old).clone() };
        self.replace("relabel", &old, new, None)
    }

    /// Takes spans away with their relations and the links to them, as one step.
    ///
    /// # Errors
    /// [`Outdated`] if a span is not what it was.
    pub fn remove(&mut self, ids: &[SpanId]) -> Result<bool, Outdated> {
        if let [id] = ids {
            let about = self.span(id).map_or(String::new(), |span| self.surface(span));
            let changes = self.workspace.removal_of(id, &self.schema);
            return self.make(Transaction::new("remove", about, changes));
        }
        // Removals may touch the same third span, so they are worked out one after another on a copy.
        let mut copy = self.workspace.clone();
        let mut changes = Vec::new();
        let mut about = String::new();
        for id in ids {
            if let Some(span) = copy.set.get(id) {
                about = self.surface(span);
            }
            for change in copy.removal_of(id, &self.schema) {
                change.apply(&mut copy)?;
                changes.push(change);
            }
        }
        self.make(Transaction::new("remove", about, changes))
    }

    /// Sets (`Some`) or unsets (`None`) a field.
    ///
    /// # Errors
    /// [`Outdated`] if the span is not what it was.
    pub fn set_field(
        &mut self,
        id: &SpanId,
        path: &FieldPath,
        value: Option<Value>,
        gesture: Option<u64>,
    ) -> Result<bool, Outdated> {
        self.set_fields(id, vec![(path.clone(), value)], gesture)
    }

    /// Sets several fields of one span as one step.
    ///
    /// # Errors
    /// [`Outdated`] if the span is not what it was.
    pub fn set_fields(
        &mut self,
        id: &SpanId,
        values: Vec<(FieldPath, Option<Value>)>,
        gesture: Option<u64>,
    ) -> Result<bool, Outdated> {
        let Some(old) = self.span(id).cloned() else {
            return Ok(false);
        };
        let mut new = (*old).clone();
        let about = values.first().map(|(path, _)| path.to_string()).unwrap_or_default();
        for (path, value) in values {
            if !new.fields.put(&path, value) {
                return Ok(false);
            }
        }
        in_schema_order(self.schema.fields_of(&new.label), &mut new.fields);
        let about = format!("{about} · {}", self.surface(&new));
        let mut transaction =
            Transaction::new("set-field", about, vec![Change::Span(Became::other(old, Arc::new(new)))]);
        transaction.gesture = gesture;
        self.make(transaction)
    }

    /// Writes a span's note.
    ///
    /// # Errors
    /// [`Outdated`] if the span is not what it was.
    pub fn set_note(&mut self, id: &SpanId, note: &str, gesture: Option<u64>) -> Result<bool, Outdated> {
        let Some(old) = self.span(id).cloned() else {
            return Ok(false);
        };
        let new = Span { note: note.to_owned(), ..(*old).clone() };
        self.replace("note", &old, new, gesture)
    }

    /// Puts one edge of one part somewhere. A part never turns inside out and never becomes empty.
    ///
    /// # Errors
    /// [`Outdated`] if the span is not what it was.
    pub fn move_edge(
        &mut self,
        id: &SpanId,
        part: usize,
        edge: Edge,
        to: CodePoint,
        gesture: Option<u64>,
    ) -> Result<bool, Outdated> {
        let Some(old) = self.span(id).cloned() else {
            return Ok(false);
        };
        let mut parts = old.parts.as_slice().to_vec();
        let Some(place) = parts.get(part).copied() else {
            return Ok(false);
        };
        let moved = match edge {
            Edge::Start => TextRange::new(to, place.end()),
            Edge::End => TextRange::new(place.start(), to),
        };
        let Some(moved) = moved.filter(|m| !m.is_empty() && m.end().get() <= self.article.text.len()) else {
            return Ok(false);
        };
        parts[part] = moved;
        // While dragging, parts must keep their number, or the next drag event would take hold of another part.
        let apart = parts.windows(2).all(|w| w[0].end() < w[1].start());
        let Some(parts) = Parts::as_given(parts).filter(|_| apart) else {
            return Ok(false);
        };
        let new = Span { parts, misquote: None, ..(*old).clone() };
        self.replace("move-edge", &old, new, gesture)
    }

    /// Moves the span's first start or last end by a word or a character.
    ///
    /// # Errors
    /// [`Outdated`] if the span is not what it was.
    pub fn nudge(
        &mut self,
        id: &SpanId,
        edge: Edge,
        forward: bool,
        by: Nudge,
        gesture: Option<u64>,
    ) -> Result<bool, Outdated> {
        let Some(span) = self.span(id).cloned() else {
            return Ok(false);
        };
        let (part, at) = match edge {
            Edge::Start => (0, span.parts.first().start()),
            Edge::End => (span.parts.len() - 1, span.parts.last().end()),
        };
        let text = &self.article.text;
        let Some(byte) = text.byte_of(at) else {
            return Ok(false);
        };
        let to = nudged(text.as_str(), byte.index(), edge, forward, by);
        let Some(to) = text.code_point_of(crate::text::ByteOffset(to as u32)) else {
            return Ok(false);
        };
        self.move_edge(id, part, edge, to, gesture)
    }

    /// Adds parts to a span; touching ones join.
    ///
    /// # Errors
    /// [`Outdated`] if the span is not what it was.
    pub fn add_parts(&mut self, id: &SpanId, ranges: Vec<TextRange>) -> Result<bool, Outdated> {
        let Some(old) = self.span(id).cloned() else {
            return Ok(false);
        };
        let Some(parts) = Parts::tidy(old.parts.iter().copied().chain(ranges)) else {
            return Ok(false);
        };
        let new = Span { parts, misquote: None, ..(*old).clone() };
        self.replace("add-part", &old, new, None)
    }

    /// Takes one part out of a span of several.
    ///
    /// # Errors
    /// [`Outdated`] if the span is not what it was.
    pub fn remove_part(&mut self, id: &SpanId, part: usize) -> Result<bool, Outdated> {
        let Some(old) = self.span(id).cloned() else {
            return Ok(false);
        };
        let mut parts = old.parts.as_slice().to_vec();
        if part >= parts.len() || parts.len() < 2 {
            return Ok(false);
        }
        parts.remove(part);
        let Some(parts) = Parts::as_given(parts) else {
            return Ok(false);
        };
        let new = Span { parts, misquote: None, ..(*old).clone() };
        self.replace("remove-part", &old, new, None)
    }

    /// Puts a span somewhere else entirely.
    ///
    /// # Errors
    /// [`Outdated`] if the span is not what it was.
    pub fn reshape(&mut self, id: &SpanId, ranges: Vec<TextRange>) -> Result<bool, Outdated> {
        let Some(old) = self.span(id).cloned() else {
            return Ok(false);
        };
        let Some(parts) = Parts::tidy(ranges) else {
            return Ok(false);
        };
        let new = Span { parts, misquote: None, ..(*old).clone() };
        self.replace("reshape", &old, new, None)
    }

    /// Relates two spans; if that very relation is there already, gives it instead.
    ///
    /// # Errors
    /// [`Outdated`] never in practice: a fresh id always fits.
    pub fn relate(
        &mut self,
        from: &SpanId,
        to: &SpanId,
        label: &str,
    ) -> Result<Option<RelationId>, Outdated> {
        if from == to || self.span(from).is_none() || self.span(to).is_none() {
            return Ok(None);
        }
        let same = self
            .workspace
            .set
            .relations_of(from)
            .find(|r| r.from == *from && r.to == *to && r.label == label);
        if let Some(same) = same {
            return Ok(Some(same.id.clone()));
        }
        let id = self.workspace.set.fresh_relation_id();
        let relation = Relation {
            id: id.clone(),
            label: label.to_owned(),
            from: from.clone(),
            to: to.clone(),
            fields: Fields::new(),
        };
        let about = self.span(to).map(|s| self.surface(s)).unwrap_or_default();
        self.make(Transaction::new(
            "relate",
            about,
            vec![Change::Relation(Became::new(Arc::new(relation)))],
        ))?;
        Ok(Some(id))
    }

    /// Changes a relation.
    ///
    /// # Errors
    /// [`Outdated`] if the relation is not what it was.
    pub fn change_relation(
        &mut self,
        id: &RelationId,
        change: impl FnOnce(&mut Relation),
    ) -> Result<bool, Outdated> {
        let Some(old) = self.workspace.set.relation(id).cloned() else {
            return Ok(false);
        };
        let mut new = (*old).clone();
        change(&mut new);
        new.id = old.id.clone();
        if new.from == new.to {
            return Ok(false);
        }
        let about = new.label.clone();
        self.make(Transaction::new(
            "change-relation",
            about,
            vec![Change::Relation(Became::other(old, Arc::new(new)))],
        ))
    }

    /// Takes a relation away.
    ///
    /// # Errors
    /// [`Outdated`] if the relation is not what it was.
    pub fn remove_relation(&mut self, id: &RelationId) -> Result<bool, Outdated> {
        let Some(old) = self.workspace.set.relation(id).cloned() else {
            return Ok(false);
        };
        let about = old.label.clone();
        self.make(Transaction::new("remove-relation", about, vec![Change::Relation(Became::gone(old))]))
    }

    /// Sets the status.
    ///
    /// # Errors
    /// [`Outdated`] never in practice.
    pub fn set_status(&mut self, status: Status) -> Result<bool, Outdated> {
        let change = Change::Status { before: self.workspace.set.status, after: status };
        self.make(Transaction::new("status", status.name(), vec![change]))
    }

    /// Sets or unsets an article-level field.
    ///
    /// # Errors
    /// [`Outdated`] never in practice.
    pub fn set_article_field(&mut self, path: &FieldPath, value: Option<Value>) -> Result<bool, Outdated> {
        let Some(name) = path.top().map(str::to_owned) else {
            return Ok(false);
        };
        let before = self.workspace.set.fields.get(&name).cloned();
        let mut fields = self.workspace.set.fields.clone();
        if !fields.put(path, value) {
            return Ok(false);
        }
        let value = Became { before, after: fields.get(&name).cloned() };
        self.make(Transaction::new("article-field", name.clone(), vec![Change::ArticleField { name, value }]))
    }

    /// Makes a register entry of this name and puts its id into a field, as one step; gives the entry's id.
    ///
    /// # Errors
    /// [`Outdated`] if the span is not what it was.
    pub fn create_entity(
        &mut self,
        name: &str,
        kind: &str,
        into: Option<(&SpanId, &FieldPath)>,
    ) -> Result<String, Outdated> {
        let id = self.workspace.register.fresh_id(name);
        let entity = Arc::new(Entity::new(id.clone(), name, kind));
        self.create_and_set("create-entity", name, Change::Entity(Became::new(entity)), id.as_str(), into)?;
        Ok(id.to_string())
    }

    /// Makes a codebook term of this title and puts its id into a field, as one step; gives the term's id.
    ///
    /// # Errors
    /// [`Outdated`] if the span is not what it was.
    pub fn create_term(
        &mut self,
        term: Term,
        into: Option<(&SpanId, &FieldPath)>,
    ) -> Result<String, Outdated> {
        let id = term.id.clone();
        let title = term.title("").to_owned();
        self.create_and_set(
            "create-term",
            &title,
            Change::Term(Became::new(Arc::new(term))),
            id.as_str(),
            into,
        )?;
        Ok(id.to_string())
    }

    fn create_and_set(
        &mut self,
        what: &str,
        about: &str,
        made: Change,
        id: &str,
        into: Option<(&SpanId, &FieldPath)>,
    ) -> Result<bool, Outdated> {
        let mut changes = vec![made];
        if let Some((span, path)) = into
            && let Some(old) = self.span(span).cloned()
        {
            let mut new = (*old).clone();
            if new.fields.put(path, Some(Value::text(id))) {
                in_schema_order(self.schema.fields_of(&new.label), &mut new.fields);
                changes.push(Change::Span(Became::other(old, Arc::new(new))));
            }
        }
        self.make(Transaction::new(what, about, changes))
    }
}

/// Where an edge gets by one nudge, in bytes. By words, an end stops at words' ends and a start at words' starts.
fn nudged(text: &str, at: usize, edge: Edge, forward: bool, by: Nudge) -> usize {
    use crate::text::{next_grapheme, prev_grapheme, word_at};
    if by == Nudge::Character {
        return if forward { next_grapheme(text, at) } else { prev_grapheme(text, at) };
    }
    let mut here = at;
    loop {
        let next = if forward { next_grapheme(text, here) } else { prev_grapheme(text, here) };
        if next == here {
            return here;
        }
        here = next;
        let stops = match edge {
            Edge::End => here > 0 && word_at(text, prev_grapheme(text, here)).is_some_and(|w| w.end == here),
            Edge::Start => word_at(text, here).is_some_and(|w| w.start == here),
        };
        if stops {
            return here;
        }
    }
}

/// Puts fields, and the records in them, into the schema's order, so that files read the same whoever filled them in.
pub fn in_schema_order(defs: &[FieldDef], fields: &mut Fields) {
    let rank = |name: &str| defs.iter().position(|d| d.name == name).unwrap_or(defs.len());
    for def in defs {
        let crate::model::FieldKind::Record(inner) = &def.kind else {
            continue;
        };
        let Some(value) = fields.get(&def.name).cloned() else {
            continue;
        };
        let ordered = match value {
            Value::List(items) => {
                Value::List(items.into_iter().map(|item| order_record(inner, item)).collect())
            }
            other => order_record(inner, other),
        };
        fields.set(def.name.clone(), ordered);
    }
    fields.sort_by_rank(rank);
}

fn order_record(defs: &[FieldDef], value: Value) -> Value {
    match value {
        Value::Record(mut fields) => {
            in_schema_order(defs, &mut fields);
            Value::Record(fields)
        }
        other => other,
    }
}

fn crate_shorten(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return text.replace('\n', " ");
    }
    let start: String = text.chars().take(MOST - 1).collect();
    format!("{}…", start.replace('\n', " ").trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::CanonicalText;

    fn desk(text: &str) -> Desk {
        let article = Article::from_text("articles/a.txt", CanonicalText::new(text));
        let mut workspace = Workspace::default();
        workspace.set.article = article.path.clone();
        let now = || "2026-01-21T10:00:00Z".to_owned();
        Desk::new(Arc::new(article), workspace, History::default(), Arc::new(Schema::positions()), now)
    }

    fn place(desk: &Desk, words: &str) -> TextRange {
        let text = &desk.article.text;
        let at = text.as_str().find(words).unwrap();
        text.text_range(at..at + words.len()).unwrap()
    }

    fn surface(desk: &Desk, id: &SpanId) -> String {
        desk.span(id).unwrap().surface(&desk.article.text)
    }

    #[test]
    fn the_first_tag_begins_the_work_and_undo_takes_both_back() {
        let mut desk = desk("Киев настаивает на гарантиях.");
        let range = place(&desk, "Киев");
        let id = desk.tag(vec![range], "entity").unwrap().unwrap();
        assert_eq!(desk.workspace.set.status, Status::InProgress);
        assert_eq!(desk.tag(vec![range], "entity").unwrap(), Some(id), "no duplicate");
        desk.undo().unwrap();
        assert!(desk.workspace.set.is_empty());
        assert_eq!(desk.workspace.set.status, Status::Untouched);
        assert_eq!(desk.take_acts().len(), 2);
    }

    #[test]
    fn edges_move_by_words_and_characters_and_never_turn_inside_out() {
        let mut desk = desk("Он требует передать Донбасс, и точка.");
        let range = place(&desk, "передать");
        let id = desk.tag(vec![range], "position").unwrap().unwrap();
        for (edge, forward, by, expected) in [
            (Edge::End, true, Nudge::Word, "передать Донбасс"),
            (Edge::End, true, Nudge::Word, "передать Донбасс, и"),
            (Edge::End, false, Nudge::Word, "передать Донбасс"),
            (Edge::Start, false, Nudge::Word, "требует передать Донбасс"),
            (Edge::Start, true, Nudge::Word, "передать Донбасс"),
            (Edge::End, true, Nudge::Character, "передать Донбасс,"),
            (Edge::Start, true, Nudge::Word, "Донбасс,"),
            (Edge::Start, true, Nudge::Word, "Донбасс,"),
        ] {
            desk.nudge(&id, edge, forward, by, None).unwrap();
            assert_eq!(surface(&desk, &id), expected, "{edge:?} {forward} {by:?}");
        }
    }

    #[test]
    fn fields_stand_in_schema_order_whatever_the_order_of_filling_in() {
        let mut desk = desk("Киев настаивает на гарантиях.");
        let range = place(&desk, "настаивает на гарантиях");
        let id = desk.tag(vec![range], "position").unwrap().unwrap();
        let path = FieldPath::field;
        desk.set_field(&id, &path("act"), Some(Value::text("demand")), None).unwrap();
        let issue = path("issues").item(0);
        desk.set_field(&id, &issue.then("stance"), Some(Value::text("for")), None).unwrap();
        desk.set_field(&id, &issue.then("issue"), Some(Value::text("guarantees.security")), None).unwrap();
        desk.set_field(&id, &path("holders").item(0).then("how"), Some(Value::text("explicit")), None)
            .unwrap();
        let names: Vec<&str> = desk.span(&id).unwrap().fields.iter().map(|(n, _)| n).collect();
        assert_eq!(names, ["holders", "issues", "act"]);
        let issue: Vec<&str> = desk
            .span(&id)
            .unwrap()
            .fields
            .at(&issue)
            .unwrap()
            .as_record()
            .unwrap()
            .iter()
            .map(|(n, _)| n)
            .collect();
        assert_eq!(issue, ["issue", "stance"]);
    }

    #[test]
    fn removing_several_spans_is_one_step() {
        let mut desk = desk("Киев настаивает на гарантиях.");
        let (a, b) = (place(&desk, "Киев"), place(&desk, "настаивает"));
        let first = desk.tag(vec![a], "entity").unwrap().unwrap();
        let second = desk.tag(vec![b], "position").unwrap().unwrap();
        let mention = FieldPath::field("holders").item(0).then("mention");
        desk.set_field(&second, &mention, Some(Value::text(first.as_str())), None).unwrap();
        let before = desk.workspace.clone();
        desk.remove(&[first, second]).unwrap();
        assert!(desk.workspace.set.is_empty());
        desk.undo().unwrap();
        assert_eq!(desk.workspace, before);
    }

    #[test]
    fn a_created_entity_goes_with_the_field_it_was_made_for() {
        let mut desk = desk("Киев настаивает.");
        let range = place(&desk, "Киев");
        let id = desk.tag(vec![range], "entity").unwrap().unwrap();
        let made = desk.create_entity("Kyiv", "place", Some((&id, &FieldPath::field("entity")))).unwrap();
        assert_eq!(desk.span(&id).unwrap().fields.text("entity"), Some(made.as_str()));
        desk.undo().unwrap();
        assert!(desk.workspace.register.is_empty() && desk.span(&id).unwrap().fields.is_empty());
    }
}
