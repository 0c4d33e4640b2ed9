//! The card of the difference at hand: each person's version side by side, what differs marked, one key for each choice.

use egui::{Button, Key, Label, Modifiers, Rect, RichText, Sense, Stroke, TextEdit, Ui, vec2};
use std::sync::Arc;

use super::draft::{Aspect, Aspects, Draft, Step};
use super::list::{self, state_sign, state_word};
use super::scene::{About, Scene, State};
use super::{Known, ReviewAct};
use crate::model::{Decision, FieldDef, Span};
use crate::review::{Borders, Verdict};
use crate::window::command::Command;
use crate::window::describe::{Describer, shorten};
use crate::window::look;
use crate::window::panel::{Panel, Request};
use crate::window::panels::swatch;

/// The narrowest column for a person's versions.
const NARROWEST: f32 = 104.0;

/// A label's swatch in a cell, and what it keeps free before the words.
const SWATCH: egui::Vec2 = vec2(16.0, 14.0);
const SWATCH_ROOM: f32 = 22.0;

/// What the card remembers between frames.
#[derive(Debug, Default)]
pub struct Card {
    /// From whom each piece is taken so far.
    pub draft: Draft,
    /// The row at hand among those that differ.
    pub row: usize,
    of: Option<usize>,
    /// The difference and the row that were last brought into view.
    revealed: (usize, usize),
    /// The reason being written for a rejection.
    reason: Option<String>,
    wants_reason: bool,
    /// For how many frames more keys are meant for the reason.
    pub(super) coming: u8,
}

impl Card {
    /// Begins anew if another difference is at hand.
    pub fn turn_to(&mut self, mark: Option<usize>) {
        if self.of != mark {
            *self = Self { of: mark, ..Self::default() };
        }
    }

    /// Begins anew at the same difference: something was decided or taken back.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// Whether a reason is being written.
    pub fn is_writing(&self) -> bool {
        self.reason.is_some()
    }

    /// Asks for the reason of a rejection.
    pub fn ask_reason(&mut self) {
        self.reason.get_or_insert_default();
        self.wants_reason = true;
        self.coming = super::keys::FRAMES_TO_FOCUS;
    }

    /// Moves among the rows that differ.
    pub fn step_row(&mut self, rows: usize, forward: bool) {
        self.row = match forward {
            true => (self.row + 1).min(rows.saturating_sub(1)),
            false => self.row.saturating_sub(1),
        };
    }

    /// Takes a person's version of the row at hand; gives the verdict once it is complete.
    pub fn take(&mut self, scene: &Scene, mark: usize, aspects: &Aspects, who: usize) -> Option<Verdict> {
        let row = self.row;
        let step = self.draft.take(aspects, row, who, &names(scene), &scene.marks[mark].members);
        self.after(step)
    }

    /// As [`Self::take`], but of a piece: from the row of the whole it goes to the first piece.
    pub fn take_piece(
        &mut self,
        scene: &Scene,
        mark: usize,
        aspects: &Aspects,
        who: usize,
    ) -> Option<Verdict> {
        if self.row == 0 && aspects.differing.len() > 1 {
            self.row = 1;
        }
        self.take(scene, mark, aspects, who)
    }

    /// Takes borders that nobody drew; gives the verdict once it is complete.
    pub fn take_borders(&mut self, scene: &Scene, aspects: &Aspects, borders: Borders) -> Option<Verdict> {
        let step = self.draft.take_borders(aspects, borders, &names(scene));
        self.after(step)
    }

    fn after(&mut self, step: Step) -> Option<Verdict> {
        match step {
            Step::Decided(verdict) => Some(verdict),
            Step::Next(row) => {
                self.row = row;
                None
            }
            Step::Nothing => None,
        }
    }

    /// Shows the card.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>, known: &Known<'_>) {
        let (scene, mark) = (known.scene, known.at);
        let Some(difference) = mark.and_then(|m| scene.marks.get(m)) else {
            // Where nobody tagged anything, the middle of the window says what to do.
            if !scene.people.is_empty() {
                progress(ui, panel, scene);
                let words = match scene.marks.is_empty() {
                    true => list::none(panel, scene),
                    false => panel.say("review-choose"),
                };
                ui.add(Label::new(RichText::new(words).color(panel.tokens.text_soft)).wrap());
            }
            return;
        };
        let mark = mark.unwrap_or_default();
        let aspects = Aspects::of(scene, mark, known.schema);
        self.row = self.row.min(aspects.differing.len().saturating_sub(1));
        progress(ui, panel, scene);
        ui.add(Label::new(RichText::new(&difference.words).family(look::bold()).size(15.0)).wrap());
        let surface = format!("«{}»", difference.surface);
        ui.add(Label::new(RichText::new(surface).family(look::serif()).size(15.0)).wrap());
        decided(ui, panel, known, difference.state);
        ui.add_space(2.0);
        self.table(ui, panel, known, mark, &aspects);
        if !aspects.agreed.is_empty() {
            agreed(ui, panel, known, mark, &aspects);
        }
        ui.add_space(4.0);
        self.buttons(ui, panel, known, mark, &aspects);
        self.reason_line(ui, panel, difference.about);
    }

    fn table(&mut self, ui: &mut Ui, panel: &Panel<'_>, known: &Known<'_>, mark: usize, aspects: &Aspects) {
        let scene = known.scene;
        let t = panel.tokens;
        let spans = scene.spans(mark);
        let names = names(scene);
        let people = scene.people.len().max(1) as f32;
        let head = 92.0;
        let room = ui.available_width() - head - 8.0 * people;
        if room / people < NARROWEST {
            return self.versions(ui, panel, known, mark, aspects);
        }
        let wide = room / people;
        let mut taken: Option<(usize, usize)> = None;
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 3.0);
            for (row, aspect) in aspects.differing.iter().enumerate() {
                let at_hand = row == self.row;
                let title = aspect_title(panel, known, aspect, &spans);
                ui.horizontal_top(|ui| {
                    let (rect, _) = ui.allocate_exact_size(vec2(head, 26.0), Sense::hover());
                    if at_hand {
                        ui.painter().rect_filled(rect, 4.0, t.accent_ground);
                        let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
                        ui.painter().rect_filled(bar, 1.0, t.accent);
                    }
                    let ink = if at_hand { t.text } else { t.text_soft };
                    let mut inner = ui.new_child(
                        egui::UiBuilder::new().max_rect(rect.shrink2(vec2(6.0, 3.0))).id_salt(("head", row)),
                    );
                    inner.add(Label::new(RichText::new(&title).color(ink)).truncate());
                    for who in 0..scene.people.len() {
                        let span = spans.get(who).unwrap_or(&None);
                        let (words, face) = match aspect {
                            Aspect::Whole => {
                                let (words, label) = whole(panel, known, mark, who, *span);
                                let name = &scene.people[who].name;
                                (format!("{name}: {words}{}", news(panel, known, mark, who)), label)
                            }
                            other => (piece(panel, known, who, *span, other), None),
                        };
                        let is_taken = self.draft.whose(aspect, &names) == Some(who);
                        let spoken = format!("{title}, {}: {words}", scene.people[who].name);
                        let digits = (at_hand && who < 9).then(|| (who + 1).to_string());
                        let cell = CellLook { words, spoken, digits, label: face, is_taken, wide, at_hand };
                        if cell_button(ui, panel, known, &cell).clicked() {
                            taken = Some((row, who));
                        }
                    }
                });
            }
        });
        if let Some((row, who)) = taken {
            self.row = row;
            if let Some(verdict) = self.take(scene, mark, aspects, who) {
                panel.ask(ReviewAct::Decide { about: scene.marks[mark].about, verdict }.into());
            }
        }
    }

    /// The same where there is no room for a column for each person: below each piece's name its versions, each once, with the digits of those who
    /// say it.
    fn versions(
        &mut self,
        ui: &mut Ui,
        panel: &Panel<'_>,
        known: &Known<'_>,
        mark: usize,
        aspects: &Aspects,
    ) {
        let (scene, t) = (known.scene, panel.tokens);
        let spans = scene.spans(mark);
        let names = names(scene);
        let mut taken: Option<(usize, usize)> = None;
        for (row, aspect) in aspects.differing.iter().enumerate() {
            let at_hand = row == self.row;
            let title = aspect_title(panel, known, aspect, &spans);
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
            if at_hand {
                ui.painter().rect_filled(rect, 4.0, t.accent_ground);
                let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
                ui.painter().rect_filled(bar, 1.0, t.accent);
            }
            let ink = if at_hand { t.text } else { t.text_soft };
            let inner = egui::UiBuilder::new().max_rect(rect.shrink2(vec2(6.0, 2.0))).id_salt(("head", row));
            ui.new_child(inner).add(Label::new(RichText::new(&title).color(ink)).truncate());
            for version in versions_of(panel, known, mark, aspect, &spans) {
                let who = version.who[0];
                let is_taken = self.draft.whose(aspect, &names).is_some_and(|w| version.who.contains(&w));
                let people: Vec<&str> = version.who.iter().map(|w| names[*w].as_str()).collect();
                let people = people.join(", ");
                let spoken = format!("{title}, {people}: {}", version.words);
                let digits: Vec<String> =
                    version.who.iter().filter(|w| **w < 9).map(|w| (w + 1).to_string()).collect();
                let words = match aspect {
                    Aspect::Whole => {
                        format!("{people}: {}{}", version.words, news(panel, known, mark, who))
                    }
                    _ => version.words,
                };
                let cell = CellLook {
                    words,
                    spoken,
                    digits: Some(digits.join(" ")),
                    label: version.label,
                    is_taken,
                    wide: ui.available_width(),
                    at_hand,
                };
                if cell_button(ui, panel, known, &cell).on_hover_text(people).clicked() {
                    taken = Some((row, who));
                }
            }
            if at_hand && self.revealed != (mark, row) {
                self.revealed = (mark, row);
                ui.scroll_to_rect(rect.expand2(vec2(0.0, 40.0)), None);
            }
        }
        if let Some((row, who)) = taken {
            self.row = row;
            if let Some(verdict) = self.take(scene, mark, aspects, who) {
                panel.ask(ReviewAct::Decide { about: scene.marks[mark].about, verdict }.into());
            }
        }
    }

    fn buttons(&mut self, ui: &mut Ui, panel: &Panel<'_>, known: &Known<'_>, mark: usize, aspects: &Aspects) {
        let differ = |aspect: &Aspect| aspects.differing.contains(aspect);
        let several = known.scene.marks[mark].members.len() > 1;
        let decided = !known.scene.marks[mark].state.is_open();
        let spans = matches!(known.scene.marks[mark].about, About::Spans(_));
        ui.horizontal_wrapped(|ui| {
            let mut offer = |command: Command, on: bool| {
                let key = panel.keys.shown(command);
                let words = panel.words.say(&format!("{}-short", command.word()));
                let response = ui.add_enabled(on, Button::new(&words).shortcut_text(key));
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, on, &words));
                if response.on_hover_text(panel.words.say(&command.word())).clicked() {
                    panel.ask(Request::Command(command));
                }
            };
            if known.scene.people.len() > 1 {
                offer(Command::TakeUnion, several && differ(&Aspect::Borders));
                offer(Command::TakeIntersection, several && differ(&Aspect::Borders));
            }
            offer(Command::NothingHere, spans || matches!(known.scene.marks[mark].about, About::Field(_)));
            offer(Command::Reject, true);
            offer(Command::EditOwn, spans);
            if !self.draft.is_empty() {
                offer(Command::AcceptPieces, true);
            }
            if decided {
                offer(Command::Reopen, true);
            }
        });
    }

    fn reason_line(&mut self, ui: &mut Ui, panel: &Panel<'_>, about: About) {
        let Some(reason) = &mut self.reason else { return };
        let label = ui.label(RichText::new(panel.say("review-reason")).color(panel.tokens.text_soft));
        let hint = RichText::new(panel.say("review-reason-hint")).color(panel.tokens.text_faint);
        let id = egui::Id::unique("review-reason-line");
        // Before it is shown, so that what was typed meanwhile goes into it.
        if std::mem::take(&mut self.wants_reason) {
            ui.memory_mut(|m| m.request_focus(id));
        }
        let edit = TextEdit::singleline(reason).id(id).hint_text(hint).desired_width(f32::INFINITY);
        let line = ui.add(edit).labelled_by(label.id);
        if line.lost_focus() {
            let entered = ui.input(|i| i.key_pressed(Key::Enter));
            let left = ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
            if entered {
                let verdict = Verdict::Reject { reason: reason.trim().to_owned() };
                panel.ask(ReviewAct::Decide { about, verdict }.into());
                self.reason = None;
            } else if left {
                self.reason = None;
            }
        }
    }
}

fn names(scene: &Scene) -> Vec<String> {
    scene.people.iter().map(|p| p.name.clone()).collect()
}

/// How many are decided, as a bar and in words.
fn progress(ui: &mut Ui, panel: &Panel<'_>, scene: &Scene) {
    let t = panel.tokens;
    let (all, open) = (scene.marks.len(), scene.open());
    let done = all - open;
    let words = panel.with("review-progress", &[("done", done.into()), ("all", all.into())]);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 27.0), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, &words));
    let bar = Rect::from_min_size(rect.min + vec2(0.0, 22.0), vec2(rect.width(), 4.0));
    ui.painter().rect_filled(bar, 2.0, t.line);
    if all > 0 {
        let part = Rect::from_min_size(bar.min, vec2(bar.width() * done as f32 / all as f32, bar.height()));
        ui.painter().rect_filled(part, 2.0, t.good);
    }
    let font = egui::FontId::proportional(11.5);
    ui.painter().text(rect.min, egui::Align2::LEFT_TOP, words, font, t.text_soft);
    ui.add_space(2.0);
}

/// What was decided, by whom and why.
fn decided(ui: &mut Ui, panel: &Panel<'_>, known: &Known<'_>, state: State) {
    let t = panel.tokens;
    let line = match &known.decision {
        Some(decision) => decision_words(panel, state, decision),
        None if state.is_open() => return,
        None => format!("{} {}", state_sign(state), panel.say("review-by-hand")),
    };
    let ink = if state == State::Again { t.warning } else { t.good };
    ui.add(Label::new(RichText::new(line).small().color(ink)).wrap());
}

/// A decision in a line: "✓ in gold · union of anna, boris · vera, 2026-01-21 10:15 · two words too many".
pub(super) fn decision_words(panel: &Panel<'_>, state: State, decision: &Arc<Decision>) -> String {
    let mut parts = vec![format!("{} {}", state_sign(state), panel.say(state_word(state)))];
    let how = panel.words.find(&format!("review-how-{}", decision.how), &[]);
    let how = how.unwrap_or_else(|| decision.how.clone());
    let from = decision.from.join(", ");
    if !from.is_empty() {
        parts.push(format!("{how}: {from}"));
    } else if !how.is_empty() && !matches!(state, State::Rejected | State::Nothing) {
        parts.push(how);
    }
    let when = decision.when.get(..16).unwrap_or(&decision.when).replace('T', " ");
    let by = if decision.by.is_empty() { panel.say("review-by-rule") } else { decision.by.clone() };
    parts.push(format!("{by} {when}").trim().to_owned());
    if !decision.why.is_empty() {
        parts.push(format!("«{}»", decision.why));
    }
    parts.join(" · ")
}

/// What is said after a version that nobody had said when it was decided.
fn news(panel: &Panel<'_>, known: &Known<'_>, mark: usize, who: usize) -> String {
    match is_new(known, mark, who) {
        true => format!(" · {}", panel.say("review-new-version")),
        false => String::new(),
    }
}

/// Whether somebody says something that nobody said when it was decided.
fn is_new(known: &Known<'_>, mark: usize, who: usize) -> bool {
    let scene = known.scene;
    let (Some(decision), About::Spans(cluster)) = (known.decision, scene.marks[mark].about) else {
        return false;
    };
    let member = scene.comparison.clusters.get(cluster).and_then(|c| c.members.get(who)?.as_ref());
    let content = member.and_then(|id| scene.comparison.content(who, id));
    content.is_some_and(|content| decision.seen.iter().all(|seen| seen.content != content.fingerprint))
}

/// The fields that all who marked something filled in alike.
fn agreed(ui: &mut Ui, panel: &Panel<'_>, known: &Known<'_>, mark: usize, aspects: &Aspects) {
    let spans = known.scene.spans(mark);
    let Some((who, span)) = spans.iter().enumerate().find_map(|(who, s)| Some((who, (*s)?))) else { return };
    let describer = known.describer(panel, who);
    let defs = known.schema.fields_of(&span.label);
    let said: Vec<String> = aspects
        .agreed
        .iter()
        .filter_map(|name| {
            let value = span.fields.get(name)?;
            let def = defs.iter().find(|d| d.name == *name);
            let title = def.map_or(name.as_str(), |d| d.title(panel.words.code()));
            Some(format!("{title}: {}", def.map_or_else(String::new, |d| describer.value(d, value))))
        })
        .collect();
    if said.is_empty() {
        return;
    }
    let several = spans.iter().flatten().count() > 1;
    let words = match several {
        true => panel.with("review-alike", &[("fields", (&said.join(" · ")).into())]),
        false => said.join(" · "),
    };
    ui.add(Label::new(RichText::new(words).small().color(panel.tokens.text_soft)).wrap());
}

fn aspect_title(
    panel: &Panel<'_>,
    known: &Known<'_>,
    aspect: &Aspect,
    spans: &[Option<&Arc<Span>>],
) -> String {
    match aspect {
        Aspect::Whole => panel.say("review-aspect-whole"),
        Aspect::Label => panel.say("review-aspect-label"),
        Aspect::Borders => panel.say("review-aspect-borders"),
        Aspect::Field(name) => field_of(known, name, spans)
            .map_or_else(|| name.clone(), |def| def.title(panel.words.code()).to_owned()),
    }
}

fn field_of<'k>(known: &Known<'k>, name: &str, spans: &[Option<&Arc<Span>>]) -> Option<&'k FieldDef> {
    let labels = spans.iter().flatten().map(|s| s.label.as_str());
    labels.into_iter().find_map(|l| known.schema.fields_of(l).iter().find(|d| d.name == name))
}

/// A person's whole version in a few words, with its label.
fn whole(
    panel: &Panel<'_>,
    known: &Known<'_>,
    mark: usize,
    who: usize,
    span: Option<&Arc<Span>>,
) -> (String, Option<String>) {
    if let About::Relation(relation) = known.scene.marks[mark].about {
        return (relation_words(panel, known, relation, who), None);
    }
    if let About::Field(field) = known.scene.marks[mark].about {
        return (article_value(panel, known, field, who), None);
    }
    match span {
        None => (panel.say("review-marked-nothing"), None),
        Some(span) => {
            let title = known.describer(panel, who).label(&span.label).to_owned();
            (title, Some(span.label.clone()))
        }
    }
}

/// A person's value of a field of the article, in words.
fn article_value(panel: &Panel<'_>, known: &Known<'_>, field: usize, who: usize) -> String {
    let Some(field) = known.scene.comparison.article_fields.get(field) else { return String::new() };
    let Some(value) = field.values.get(who).and_then(Option::as_ref) else {
        return panel.say("review-unset");
    };
    match known.schema.article_fields.iter().find(|def| def.name == field.name) {
        Some(def) => known.describer(panel, who).value(def, value),
        None => value.as_text().map(str::to_owned).unwrap_or_default(),
    }
}

/// A person's version of a relation in words.
fn relation_words(panel: &Panel<'_>, known: &Known<'_>, relation: usize, who: usize) -> String {
    let Some(cluster) = known.scene.comparison.relations.get(relation) else { return String::new() };
    let drawn = cluster.members.get(who).and_then(Option::as_ref);
    let Some(drawn) = drawn.and_then(|id| known.scene.people[who].set.relation(id)) else {
        return panel.say("review-no-relation");
    };
    let def = known.schema.relation(&drawn.label);
    let mut words = def.map_or(drawn.label.as_str(), |r| r.title(panel.words.code())).to_owned();
    let defs = def.map(|r| r.fields.as_slice()).unwrap_or_default();
    for field in known.describer(panel, who).fields(defs, &drawn.fields) {
        words.push_str(" · ");
        words.push_str(&field);
    }
    words
}

/// A person's version of a piece in words.
fn piece(
    panel: &Panel<'_>,
    known: &Known<'_>,
    who: usize,
    span: Option<&Arc<Span>>,
    aspect: &Aspect,
) -> String {
    let Some(span) = span else { return "–".to_owned() };
    let describer: Describer<'_> = known.describer(panel, who);
    match aspect {
        Aspect::Whole => String::new(),
        Aspect::Label => describer.label(&span.label).to_owned(),
        Aspect::Borders => format!("«{}»", shorten(&span.surface(known.text).replace('\n', " "), 90)),
        Aspect::Field(name) => {
            let def = known.schema.fields_of(&span.label).iter().find(|d| d.name == *name);
            match (def, span.fields.get(name)) {
                (_, None) => panel.say("review-unset"),
                (Some(def), Some(value)) => describer.value(def, value),
                (None, Some(_)) => describer
                    .fields(&[], &span.fields)
                    .into_iter()
                    .find(|f| f.starts_with(&format!("{name}: ")))
                    .unwrap_or_default(),
            }
        }
    }
}

/// What several people say alike about a piece.
struct Version {
    words: String,
    label: Option<String>,
    who: Vec<usize>,
}

/// The versions of a piece, each once, in the order of the people. Whoever marked nothing has a version of the whole alone.
fn versions_of(
    panel: &Panel<'_>,
    known: &Known<'_>,
    mark: usize,
    aspect: &Aspect,
    spans: &[Option<&Arc<Span>>],
) -> Vec<Version> {
    let scene = known.scene;
    let mut all: Vec<(String, Version)> = Vec::new();
    for who in 0..scene.people.len() {
        let span = spans.get(who).copied().flatten();
        let (words, label, key) = match aspect {
            Aspect::Whole => {
                let (words, label) = whole(panel, known, mark, who, span);
                // Tags of one label may differ in all else: what they say tells them apart.
                let content = span.and_then(|span| scene.comparison.content(who, &span.id));
                let key = content.map_or_else(|| words.clone(), |c| c.fingerprint.clone());
                (words, label, key)
            }
            _ if span.is_none() => continue,
            other => {
                let words = piece(panel, known, who, span, other);
                (words.clone(), None, words)
            }
        };
        match all.iter_mut().find(|(of, _)| *of == key) {
            Some((_, version)) => version.who.push(who),
            None => all.push((key, Version { words, label, who: vec![who] })),
        }
    }
    all.into_iter().map(|(_, version)| version).collect()
}

/// What a cell of the table looks like.
struct CellLook {
    words: String,
    spoken: String,
    /// The keys that take it, shown before it.
    digits: Option<String>,
    label: Option<String>,
    is_taken: bool,
    wide: f32,
    at_hand: bool,
}

fn cell_button(ui: &mut Ui, panel: &Panel<'_>, known: &Known<'_>, cell: &CellLook) -> egui::Response {
    let t = panel.tokens;
    let has_swatch = cell.label.is_some() && cell.wide > 90.0;
    let response = ui
        .allocate_ui_with_layout(vec2(cell.wide, 26.0), egui::Layout::top_down(egui::Align::Min), |ui| {
            let edge = match (cell.is_taken, cell.at_hand) {
                (true, _) => Stroke::new(1.6, t.good),
                (false, true) => Stroke::new(1.0, t.text_faint),
                (false, false) => Stroke::new(1.0, t.line),
            };
            let words = if cell.is_taken { format!("✓ {}", cell.words) } else { cell.words.clone() };
            let fill = if cell.is_taken { t.accent_ground } else { t.raised };
            let mut text = egui::text::LayoutJob::default();
            let font = egui::FontId::proportional(12.5);
            // The swatch stands before the first word, so the other rows have the whole width.
            let room = if has_swatch { SWATCH_ROOM } else { 0.0 };
            if let Some(digit) = &cell.digits {
                let ink = if cell.at_hand { t.accent } else { t.text_soft };
                let format = egui::TextFormat::simple(egui::FontId::new(12.5, look::bold()), ink);
                text.append(&format!("{digit}  "), room, format);
            }
            let before = if cell.digits.is_some() { 0.0 } else { room };
            text.append(&words, before, egui::TextFormat::simple(font, t.text));
            ui.add(Button::new(text).wrap().fill(fill).stroke(edge).min_size(vec2(cell.wide, 26.0)))
        })
        .inner;
    if let Some(label) = cell.label.as_ref().filter(|_| has_swatch) {
        let corner = response.rect.left_top() + vec2(ui.spacing().button_padding.x, 6.0);
        let rect = Rect::from_min_size(corner, SWATCH);
        swatch(ui.painter(), rect, t.label(known.schema.colour_of(label)));
    }
    response
        .widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, cell.is_taken, &cell.spoken));
    response
}
