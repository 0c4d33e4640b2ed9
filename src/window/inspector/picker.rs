//! The search box of a link and the list under it: type, arrows, Enter; the codebook as a tree; create in place.

use egui::{EventFilter, Id, Key, Modifiers, Rect, RichText, TextEdit, Ui};

use super::form::Form;
use super::keeping_focus;
use super::list::{Row, RowKind};
use super::search::{self, Candidate, CandidateKind};
use super::state::{Aim, Pick};
use crate::model::{FieldKind, FieldPath, Fields, Link, SpanId, Term, TermId, Value};
use crate::session::Edit;
use crate::window::command::Command;
use crate::window::panel::Request;

/// What came of a picker in one frame.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Choice {
    /// A value.
    Value(Value),
    /// A new register entry of this name.
    NewEntity(String),
    /// A new term of this title, under that one or at the top.
    NewTerm(String, Option<TermId>),
}

impl Form<'_> {
    /// A link to a span, an entity or a term, or one of many choices.
    pub(super) fn link(
        &mut self,
        ui: &mut Ui,
        kind: &FieldKind,
        title: &str,
        path: &FieldPath,
        value: Option<&Value>,
    ) {
        let id = self.id(path, "search");
        let aimed = self.state.aims_at(path);
        if let Some(value) = value {
            self.chip(ui, kind, title, path, value, aimed, id);
        }
        let is_open = self.state.pick.as_ref().is_some_and(|p| p.id == id);
        if value.is_none() || is_open {
            let hint = self.panel.say("field-search");
            let own = match &self.owner {
                super::form::Owner::Span(span) => Some(span.clone()),
                _ => None,
            };
            let choice = self.search_box(ui, kind, title, &hint, id, aimed && value.is_none(), own.as_ref());
            if let Some(choice) = choice {
                self.choose(kind, path, choice);
            }
        }
    }

    fn choose(&mut self, kind: &FieldKind, path: &FieldPath, choice: Choice) {
        let into = match &self.owner {
            super::form::Owner::Span(span) => Some((span.clone(), path.clone())),
            _ => None,
        };
        match choice {
            Choice::Value(value) => self.set(path, Some(value), None),
            Choice::NewEntity(name) => {
                let kind = self.guessed_kind(kind, path);
                self.panel.edit(Edit::CreateEntity { name, kind, into });
            }
            Choice::NewTerm(title, parent) => {
                let id = self.desk.workspace.codebook.fresh_id(parent.as_ref(), &title);
                let term = Term { parent, ..Term::new(id, self.panel.words.code(), title) };
                self.panel.edit(Edit::CreateTerm { term, into });
            }
        }
        self.state.aim = Some(Aim::Field(path.clone()));
    }

    /// What the field holds: goes there or opens the search; and a button that unsets.
    #[expect(clippy::too_many_arguments, reason = "one line of a form, taken apart for length alone")]
    fn chip(
        &mut self,
        ui: &mut Ui,
        kind: &FieldKind,
        title: &str,
        path: &FieldPath,
        value: &Value,
        aimed: bool,
        id: Id,
    ) {
        let link = self.desk.workspace.lookup().link(kind, value);
        let is_there = link.as_ref().is_none_or(|link| self.desk.workspace.lookup().exists(link));
        let words = match (&link, kind) {
            (Some(link), _) => self.describer.link(link),
            (None, FieldKind::Choice(choices)) => {
                choices.iter().find(|c| Some(c.name.as_str()) == value.as_text()).map_or_else(
                    || value.as_text().unwrap_or_default().to_owned(),
                    |c| c.title(self.panel.words.code()).to_owned(),
                )
            }
            _ => value.as_text().unwrap_or_default().to_owned(),
        };
        let is_span = matches!(link, Some(Link::Span(_)));
        let mut open = false;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let ink = if is_there { self.panel.tokens.text } else { self.panel.tokens.error };
            let sign = if is_span { "→ " } else { "" };
            let text = RichText::new(format!("{sign}{words}")).color(ink);
            let button = egui::Button::new(text).fill(self.panel.tokens.accent_ground).wrap();
            // Going to a span is no change, so it works while nothing may be changed.
            let mut response =
                ui.add_enabled(self.editable || is_span, button).accessible_name(format!("{title}: {words}"));
            if let Some(help) = link.as_ref().and_then(|link| self.link_help(link)) {
                response = response.on_hover_text(help);
            }
            if aimed {
                response.request_focus();
                response.scroll_to_me(None);
            }
            if response.clicked() {
                match &link {
                    Some(link) if is_span => self.follow(link),
                    _ => open = true,
                }
            }
            if is_span && self.small_button(ui, "…", &format!("{}: {title}", self.panel.say("field-change")))
            {
                open = true;
            }
            self.unset_button(ui, title, path, Some(value));
        });
        if open {
            let is_text = link.is_none() && !matches!(kind, FieldKind::Choice(_));
            let query = if is_text { words } else { String::new() };
            self.state.pick = Some(Pick::new(id, query));
            ui.memory_mut(|m| m.request_focus(id));
        }
    }

    fn link_help(&self, link: &Link) -> Option<String> {
        let workspace = &self.desk.workspace;
        match link {
            Link::Term(id) => {
                let term = workspace.codebook.get(id.as_str())?;
                Some(term_help(term))
            }
            Link::Entity(id) => {
                let entity = workspace.register.get(id.as_str())?;
                let mut names: Vec<&str> = entity.all_names().collect();
                names.dedup();
                Some(names.join(", "))
            }
            Link::Span(id) => Some(self.describer.span(workspace.set.get(id)?)),
        }
    }

    /// A search box with its list; gives what was picked.
    #[expect(clippy::too_many_arguments, reason = "a widget with its settings")]
    pub(super) fn search_box(
        &mut self,
        ui: &mut Ui,
        kind: &FieldKind,
        title: &str,
        hint: &str,
        id: Id,
        focus: bool,
        own: Option<&SpanId>,
    ) -> Option<Choice> {
        if focus && self.editable {
            ui.memory_mut(|m| m.request_focus(id));
        }
        let is_open = self.state.pick.as_ref().is_some_and(|p| p.id == id);
        let held = ui.memory(|m| m.has_focus(id));
        if held && !is_open && self.editable {
            self.state.pick = Some(Pick::new(id, String::new()));
        }
        let mut pick = self.state.pick.take_if(|p| p.id == id);
        let keys = if held && pick.is_some() { Keys::taken(ui, pick.as_ref()) } else { Keys::default() };
        let mut query = pick.as_ref().map(|p| p.query.clone()).unwrap_or_default();
        if keys.escape {
            if query.is_empty() && pick.as_ref().is_none_or(|p| p.parent_of.is_none()) {
                pick = None;
                ui.memory_mut(|m| m.surrender_focus(id));
                self.panel.ask(Request::Command(Command::GoToText));
            } else if let Some(pick) = &mut pick {
                query.clear();
                pick.parent_of = None;
            }
        }
        let hint = match pick.as_ref().and_then(|p| p.parent_of.as_ref()) {
            Some(new) => self.panel.with("field-choose-parent", &[("title", new.into())]),
            None => hint.to_owned(),
        };
        let escape = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, tab: false };
        let edit = TextEdit::singleline(&mut query)
            .id(id)
            .desired_width(f32::INFINITY)
            .event_filter(escape)
            .hint_text(hint);
        let place = pick.as_ref().map_or(Rect::NOTHING, |p| p.place);
        let on_list = ui.input(|i| i.pointer.interact_pos().is_some_and(|at| place.contains(at)));
        let editable = self.editable;
        let response = keeping_focus(ui, on_list, |ui| ui.add_enabled(editable, edit)).accessible_name(title);
        if focus {
            response.scroll_to_me(None);
        }
        let pick = pick.as_mut()?;
        if pick.query != query {
            pick.query = query;
            pick.at = 0;
        }
        let rows = self.rows(kind, pick, own);
        pick.at = keys.moved(pick.at, rows.len());
        self.fold(&rows, pick, &keys);
        let shown = self.list(ui, &rows, pick, id, keys.step != 0);
        pick.place = shown.rect;
        let mut choice = None;
        let mut keep = true;
        if let Some(row) = shown.picked.or(keys.enter.then_some(pick.at)).and_then(|at| rows.get(at)) {
            choice = self.take(row, pick, kind);
            keep = choice.is_none();
            if keep {
                ui.memory_mut(|m| m.request_focus(id));
            }
        }
        let area: Rect = shown.rect.union(response.rect);
        let pressed_elsewhere = ui.input(|i| {
            i.pointer.any_pressed() && i.pointer.interact_pos().is_some_and(|at| !area.contains(at))
        });
        let elsewhere = ui.memory(|m| m.focused()).is_some_and(|focused| focused != id);
        if keep && !pressed_elsewhere && !elsewhere {
            self.state.pick = Some(pick.clone());
        }
        choice
    }

    /// What a picked row means; `None` if it only leads on to the choice of a parent.
    fn take(&self, row: &Row, pick: &mut Pick, kind: &FieldKind) -> Option<Choice> {
        let typed = pick.query.trim().to_owned();
        match (&row.kind, pick.parent_of.clone()) {
            (RowKind::Value(value), Some(title)) => {
                Some(Choice::NewTerm(title, value.as_text().map(TermId::from)))
            }
            (RowKind::Top, Some(title)) => Some(Choice::NewTerm(title, None)),
            (RowKind::Value(value), None) => Some(Choice::Value(value.clone())),
            (RowKind::AsText, _) => Some(Choice::Value(Value::text(typed))),
            (RowKind::CreateEntity, _) => Some(Choice::NewEntity(typed)),
            (RowKind::CreateTerm, _) => {
                // A codebook with nothing to put it under needs no question.
                let nowhere = self.desk.workspace.codebook.is_empty() && term_root(kind) == Some(None);
                if nowhere {
                    return Some(Choice::NewTerm(typed, None));
                }
                *pick = Pick { parent_of: Some(typed), ..Pick::new(pick.id, String::new()) };
                None
            }
            (RowKind::Top, None) => None,
        }
    }

    fn rows(&self, kind: &FieldKind, pick: &mut Pick, own: Option<&SpanId>) -> Vec<Row> {
        let workspace = &self.desk.workspace;
        let typed = pick.query.trim().to_owned();
        let choosing_parent = pick.parent_of.is_some();
        let root = term_root(kind);
        let term_only;
        let kind = if let (true, Some(root)) = (choosing_parent, &root) {
            term_only = FieldKind::Term(root.clone());
            &term_only
        } else {
            kind
        };
        let key = (
            typed.clone(),
            choosing_parent,
            workspace.set.generation(),
            workspace.register.len(),
            workspace.codebook.len(),
        );
        if pick.found.as_ref().is_none_or(|(found, _)| *found != key) {
            let language = self.panel.words.code();
            let mut found = search::candidates(self.desk, kind, &typed, self.near, language);
            found.retain(|c| c.span.is_none() || c.span.as_ref() != own);
            pick.found = Some((key, found));
        }
        let found = pick.found.as_ref().map(|(_, found)| found.as_slice()).unwrap_or_default();
        let mut rows = Vec::new();
        if choosing_parent && root == Some(None) {
            rows.push(Row::plain(RowKind::Top, self.panel.say("field-top-level")));
        }
        if !typed.is_empty() && !choosing_parent && allows_text(kind) {
            let words = self.panel.with("field-as-text", &[("text", (&typed).into())]);
            rows.push(Row::plain(RowKind::AsText, words));
        }
        let as_tree = typed.is_empty() && root.is_some();
        let flat = found.iter().filter(|c| !(as_tree && c.kind == CandidateKind::Term));
        rows.extend(flat.map(|c| self.candidate_row(c)));
        if let (true, Some(root)) = (as_tree, &root) {
            match root {
                Some(root) => {
                    if let Some(term) = workspace.codebook.get(root.as_str()) {
                        self.branch(term, 0, pick, &mut rows);
                    }
                }
                None => {
                    for term in workspace.codebook.children(None) {
                        self.branch(term, 0, pick, &mut rows);
                    }
                }
            }
        }
        if !typed.is_empty() && !choosing_parent {
            let create = |word: &str| self.panel.words.with(word, &[("text", (&typed).into())]);
            let of_span = matches!(self.owner, super::form::Owner::Span(_));
            if of_span && allows_entity(kind) {
                rows.push(Row::plain(RowKind::CreateEntity, create("field-create-entity")));
            }
            if of_span && root.is_some() {
                rows.push(Row::plain(RowKind::CreateTerm, create("field-create-term")));
            }
        }
        rows
    }

    fn candidate_row(&self, candidate: &Candidate) -> Row {
        let term = candidate.value.as_text().filter(|_| candidate.kind == CandidateKind::Term);
        let help = term.and_then(|id| self.desk.workspace.codebook.get(id)).map(|term| term_help(term));
        Row {
            kind: RowKind::Value(candidate.value.clone()),
            title: candidate.title.clone(),
            detail: candidate.detail.clone(),
            // A detail that has room in its row need not stand under the list again.
            help: help.unwrap_or_else(|| {
                let long = candidate.title.chars().count() + candidate.detail.chars().count() > 38;
                if long { candidate.detail.clone() } else { String::new() }
            }),
            struck: candidate.retired,
            depth: 0,
            branch: None,
        }
    }

    fn branch(&self, term: &Term, depth: usize, pick: &Pick, rows: &mut Vec<Row>) {
        // Parents may run in a circle in a file that someone edited by hand.
        if depth > 12 {
            return;
        }
        let codebook = &self.desk.workspace.codebook;
        let has_children = codebook.children(Some(&term.id)).next().is_some();
        // A codebook that fits on a screen stands open; a long one shows its main branches first.
        let open = (codebook.len() <= 30 || depth > 0) != pick.flipped.contains(&term.id);
        rows.push(Row {
            kind: RowKind::Value(Value::text(term.id.as_str())),
            title: term.title(self.panel.words.code()).to_owned(),
            detail: String::new(),
            help: term_help(term),
            struck: !term.replaced_by.is_empty(),
            depth,
            branch: has_children.then(|| (term.id.clone(), open)),
        });
        if open {
            for child in codebook.children(Some(&term.id)) {
                self.branch(child, depth + 1, pick, rows);
            }
        }
    }

    fn fold(&self, rows: &[Row], pick: &mut Pick, keys: &Keys) {
        if let Some((id, open)) = rows.get(pick.at).and_then(|row| row.branch.as_ref())
            && ((keys.right && !open) || (keys.left && *open))
        {
            pick.flip(id);
        }
    }

    /// The kind of a new entity: the field's own if it allows but one, else that of the span it is for.
    fn guessed_kind(&self, kind: &FieldKind, path: &FieldPath) -> String {
        let kinds = entity_kinds(kind).unwrap_or_default();
        if let [only] = kinds.as_slice() {
            return only.clone();
        }
        let of_span = |id: &SpanId| {
            let span = self.desk.span(id)?;
            let defs = self.desk.schema.fields_of(&span.label);
            // A claim's kind is no kind of entity: only spans that stand for one entity tell.
            let is_mention = defs.iter().any(|d| matches!(d.kind, FieldKind::Entity(_)));
            is_mention.then(|| span.fields.text("kind").map(str::to_owned))?
        };
        let own = match &self.owner {
            super::form::Owner::Span(id) if path.steps().len() == 1 => of_span(id),
            _ => None,
        };
        let siblings = path.steps().split_last().map(|(_, above)| super::form::rebuilt(above));
        let siblings: Option<&Fields> =
            siblings.and_then(|above| self.fields.at(&above)).and_then(Value::as_record);
        let mention = siblings.and_then(|fields| {
            fields.iter().filter_map(|(_, value)| of_span(&SpanId::from(value.as_text()?))).next()
        });
        let guess = own.or(mention).unwrap_or_default();
        if kinds.is_empty() || kinds.contains(&guess) { guess } else { String::new() }
    }
}

/// The keys that a search box takes for its list.
#[derive(Clone, Copy, Debug, Default)]
struct Keys {
    step: isize,
    enter: bool,
    escape: bool,
    left: bool,
    right: bool,
}

impl Keys {
    fn taken(ui: &Ui, pick: Option<&Pick>) -> Self {
        let empty = pick.is_none_or(|p| p.query.is_empty());
        ui.input_mut(|i| {
            let mut pressed = |key| i.consume_key(Modifiers::NONE, key);
            let step = |yes: bool, by: isize| if yes { by } else { 0 };
            Self {
                step: step(pressed(Key::ArrowDown), 1)
                    + step(pressed(Key::ArrowUp), -1)
                    + step(pressed(Key::PageDown), 7)
                    + step(pressed(Key::PageUp), -7),
                enter: pressed(Key::Enter),
                escape: pressed(Key::Escape),
                // In an empty box there is no text for them to move in, so they fold the tree.
                left: empty && pressed(Key::ArrowLeft),
                right: empty && pressed(Key::ArrowRight),
            }
        })
    }

    fn moved(self, at: usize, count: usize) -> usize {
        at.saturating_add_signed(self.step).min(count.saturating_sub(1))
    }
}

/// A term's definition and examples.
fn term_help(term: &Term) -> String {
    let mut help = term.definition.clone();
    for example in &term.examples {
        if !help.is_empty() {
            help.push('\n');
        }
        help.push_str(&format!("«{example}»"));
    }
    help
}

/// Under which term a field's terms stand, if it holds terms.
fn term_root(kind: &FieldKind) -> Option<Option<TermId>> {
    match kind {
        FieldKind::Term(root) => Some(root.clone()),
        FieldKind::Either(kinds) => kinds.iter().find_map(term_root),
        _ => None,
    }
}

fn entity_kinds(kind: &FieldKind) -> Option<Vec<String>> {
    match kind {
        FieldKind::Entity(kinds) => Some(kinds.clone()),
        FieldKind::Either(kinds) => kinds.iter().find_map(entity_kinds),
        _ => None,
    }
}

fn allows_entity(kind: &FieldKind) -> bool {
    entity_kinds(kind).is_some()
}

fn allows_text(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Text => true,
        FieldKind::Either(kinds) => kinds.iter().any(allows_text),
        _ => false,
    }
}
