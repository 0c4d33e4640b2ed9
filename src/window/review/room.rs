//! The review's own state between frames, and its three places in the window: the text, the list and the card.

use egui::{RichText, Ui};
use rustc_hash::FxHashMap;
use std::sync::Arc;

use super::card::Card;
use super::comparing::{Comparing, For, Sources};
use super::draft::Aspects;
use super::exchange::{IncomingDialog, PackageDialog};
use super::lanes::{Lane, LanesView, Mark, Shown, Standing as LaneStanding, lanes_id};
use super::list::DifferenceList;
use super::people::PeopleDialog;
use super::planning::Planning;
use super::rules::RulesDialog;
use super::scene::{About, Difference, Person, Scene, State, badges};
use super::talk::TalkPanel;
use super::working::WorkingDialog;
use super::{Known, ReviewAct};
use crate::model::{AnnotationSet, Decision, GOLD, Outcome, SpanId};
use crate::review::adjudication::{Case, Standing, Standings, Verdict, standings};
use crate::review::{ClusterKey, Comparison, Thread};
use crate::session::{SeenComments, Session};
use crate::text::TextRange;
use crate::window::comment_marks::CommentMark;
use crate::window::dialogs::sheet::meter;
use crate::window::inspector::Inspector;
use crate::window::panel::{Panel, Request};
use crate::window::words::Words;

/// The review.
#[derive(Default)]
pub struct ReviewRoom {
    /// What there is to show.
    pub(super) scene: Scene,
    pub(super) standings: Standings,
    /// The difference at hand, by place in the scene.
    pub(super) at: Option<usize>,
    pub(super) card: Card,
    pub(in crate::window) list: DifferenceList,
    pub(super) lanes: LanesView,
    pub(super) talk: TalkPanel,
    /// The reason of the last rejection, which one key gives again.
    pub(super) last_reason: Option<String>,
    /// What was read already.
    pub(super) seen: SeenComments,
    /// Whether the list below is that of the threads.
    pub(super) lists_threads: bool,
    pub(super) dialog: Option<ReviewDialog>,
    /// What the rule chosen in the dialog would decide.
    pub(super) planning: Option<Planning>,
    /// The gold span whose fields are shown in place of the card.
    pub(super) editing: Option<SpanId>,
    marks: Vec<Mark>,
    /// What is said about places where nothing differs, in text order.
    beside: Vec<(TextRange, CommentMark)>,
    talked: bool,
    gold_marks: FxHashMap<SpanId, usize>,
    compared: Option<For>,
    comparing: Option<Comparing>,
    stood: Option<(u64, u64, u64)>,
    versions: u64,
    wants_focus: bool,
}

/// The review's own dialogs.
pub(super) enum ReviewDialog {
    /// Whose sets are compared.
    People(PeopleDialog),
    /// Deciding in bulk.
    Rules(RulesDialog),
    /// What came from someone else.
    Incoming(IncomingDialog),
    /// What goes to someone else.
    Package(PackageDialog),
    /// One of the two is being read or written.
    Working(WorkingDialog),
}

impl ReviewRoom {
    /// Gives the text the keyboard at the next frame.
    pub fn take_focus(&mut self) {
        self.wants_focus = true;
    }

    /// Whether one of the review's own dialogs is open, or a line is being written in it.
    pub fn is_dialog_open(&self) -> bool {
        self.dialog.is_some()
    }

    /// What there is to show.
    pub fn scene(&self) -> &Scene {
        &self.scene
    }

    /// Whether a line of the review is about to get the keyboard, so that a key is a letter for it; counts a frame.
    pub(in crate::window) fn is_about_to_write(&mut self) -> bool {
        let (talk, card) = (self.talk.coming, self.card.coming);
        (self.talk.coming, self.card.coming) = (talk.saturating_sub(1), card.saturating_sub(1));
        talk > 0 || card > 0
    }

    /// What was read already.
    pub(in crate::window) fn seen(&self) -> &SeenComments {
        &self.seen
    }

    /// The difference at hand.
    pub fn at(&self) -> Option<usize> {
        self.at
    }

    /// Whether the fields of the gold span are shown in place of the card.
    pub fn is_editing(&self) -> bool {
        self.editing.is_some()
    }

    /// Forgets everything: the review ended.
    pub fn leave(&mut self) {
        let seen = std::mem::take(&mut self.seen);
        *self = Self { seen, ..Self::default() };
    }

    /// A review that knows what was read already.
    pub fn with_seen(seen: SeenComments) -> Self {
        Self { seen, ..Self::default() }
    }

    /// Brings what is derived up to date: the comparison when sets were read anew, how far it is decided when gold changed.
    pub fn refresh(&mut self, session: &Session, words: &Words) {
        let (Some(sitting), Some(open)) = (session.sitting(), session.open.as_ref()) else { return };
        let wanted: For = (open.desk.article.path.clone(), sitting.version, words.code());
        let under_way = self.comparing.as_ref().is_some_and(|comparing| comparing.key == wanted);
        if self.compared.as_ref() != Some(&wanted) && !under_way {
            let names: Vec<String> = sitting.sets.iter().map(|(name, _)| name.clone()).collect();
            let people = sitting
                .sets
                .iter()
                .zip(badges(&names))
                .map(|((name, set), badge)| Person { name: name.clone(), badge, set: set.clone() })
                .collect();
            let sources = Sources::of(people, open.desk.article.clone(), session, words);
            if self.compared.as_ref().is_some_and(|(path, ..)| *path != wanted.0) {
                self.show_nothing();
            }
            if sources.is_quick() {
                self.take_scene(sources.scene(), wanted);
            } else {
                self.comparing = Some(Comparing::start(wanted, sources, session.waker()));
            }
        }
        if let Some(scene) = self.comparing.as_ref().and_then(Comparing::take)
            && let Some(comparing) = self.comparing.take()
        {
            self.take_scene(scene, comparing.key);
        }
        if self.compared.is_none() {
            return;
        }
        let stood = (sitting.version, open.desk.workspace.set.generation(), session.talk_version());
        if self.stood != Some(stood) {
            self.stood = Some(stood);
            self.stand(session);
            if self.at.is_none() {
                self.at = self.list.next_open(&self.scene, usize::MAX);
                self.reveal(session);
            }
        }
        if self.editing.as_ref().is_some_and(|id| open.desk.span(id).is_none()) {
            self.editing = None;
        }
        self.card.turn_to(self.at);
    }

    /// Another article came: what is shown is of no use to it.
    fn show_nothing(&mut self) {
        self.scene = Scene::default();
        self.standings = Standings::default();
        self.marks.clear();
        self.beside.clear();
        self.gold_marks.clear();
        self.compared = None;
        self.at = None;
        self.lanes.forget();
        self.card.forget();
    }

    /// What was compared is there.
    fn take_scene(&mut self, scene: Scene, of: For) {
        let before = self.key_at();
        self.scene = scene;
        self.marks.clear();
        self.comparing = None;
        self.compared = Some(of);
        self.stood = None;
        self.at = before.and_then(|key| self.find(&key));
        self.card.forget();
    }

    /// Whether spans are being compared for the first time, so that there is nothing to show yet.
    pub fn is_comparing(&self) -> bool {
        self.comparing.is_some()
    }

    /// Finds out how far everything is decided.
    fn stand(&mut self, session: &Session) {
        let Some(open) = session.open.as_ref() else { return };
        let gold = &open.desk.workspace.set;
        let people = self.scene.people.clone();
        let sets: Vec<(&str, &AnnotationSet)> = people.iter().map(|p| (p.name.as_str(), &*p.set)).collect();
        let comparison = self.scene.comparison.clone();
        let case = Case { sets: &sets, comparison: &comparison, gold, schema: &session.schema };
        self.standings = standings(&case);
        self.gold_marks.clear();
        let mut decided = self.standings.clusters.iter().filter(|standing| !standing.is_open()).count();
        let of_decision = |standing: &Standing| {
            state_of(standing, || match standing {
                Standing::Decided(id) => gold.decision(id).map(|decision| decision.outcome),
                _ => None,
            })
        };
        for (number, mark) in self.scene.marks.iter_mut().enumerate() {
            mark.state = match mark.about {
                About::Spans(cluster) => {
                    if let Some(span) = &self.standings.gold[cluster] {
                        self.gold_marks.insert(span.clone(), number);
                    }
                    let standing = &self.standings.clusters[cluster];
                    decided -= usize::from(!standing.is_open());
                    state_of(standing, || self.standings.outcomes[cluster])
                }
                About::Relation(relation) => {
                    let standing = &self.standings.relations[relation];
                    let ends = &comparison.relations[relation];
                    // Where an end was decided away there is nothing left to link.
                    let moot = [ends.from, ends.to].iter().any(|end| {
                        !self.standings.clusters[*end].is_open() && self.standings.gold[*end].is_none()
                    });
                    if standing.is_open() && moot { State::Nothing } else { of_decision(standing) }
                }
                About::Field(field) => of_decision(&self.standings.article_fields[field]),
            };
        }
        // Those that are no difference and in gold all the same.
        self.scene.agreed.1 = decided;
        self.hear(session.talk().threads());
        self.versions += 1;
        self.scene.version = self.versions;
        if self.marks.len() == self.scene.marks.len() {
            // Of the same scene: what they say stays.
            for (mark, of) in self.marks.iter_mut().zip(&self.scene.marks) {
                mark.settled = !of.state.is_open();
                mark.said.clone_from(&of.said);
            }
            return;
        }
        let mark = |of: &Difference| Mark {
            place: of.place,
            words: of.words.clone(),
            flag: of.flag.clone(),
            settled: !of.state.is_open(),
            said: of.said.clone(),
        };
        self.marks = self.scene.marks.iter().map(mark).collect();
    }

    /// Finds out which differences are talked about, and where else something is said.
    fn hear(&mut self, threads: &[Thread]) {
        self.beside.clear();
        self.talked = !threads.is_empty();
        for mark in &mut self.scene.marks {
            (mark.threads, mark.said) = (0, None);
        }
        for thread in threads {
            let (Some(at), Some(said)) = (thread.topic.at(), CommentMark::of(thread)) else { continue };
            let Some(mark) = self.scene.mark_of_topic(&thread.topic) else {
                self.beside.push((at, said));
                continue;
            };
            let mark = &mut self.scene.marks[mark];
            mark.threads += said.open;
            match &mut mark.said {
                Some(there) => there.add(&said),
                None => mark.said = Some(said),
            }
        }
        self.beside.sort_by_key(|(at, _)| *at);
    }

    /// The key of what is at hand.
    pub(super) fn key_at(&self) -> Option<ClusterKey> {
        let comparison = &self.scene.comparison;
        match self.scene.marks.get(self.at?)?.about {
            About::Spans(n) => comparison.clusters.get(n).map(|c| c.key.clone()),
            About::Relation(n) => comparison.relations.get(n).map(|r| r.key.clone()),
            About::Field(_) => None,
        }
    }

    fn find(&self, key: &ClusterKey) -> Option<usize> {
        let comparison = &self.scene.comparison;
        let relation = || comparison.relations.iter().position(|r| r.key == *key).map(About::Relation);
        self.scene.find(comparison.find(key).map(About::Spans).or_else(relation)?)
    }

    /// Puts a difference at hand and brings it into view.
    pub fn go_to(&mut self, mark: usize, session: &Session) {
        self.at = Some(mark);
        self.editing = None;
        self.talk.turn();
        self.card.turn_to(self.at);
        if !self.list.filter.decided && self.scene.marks.get(mark).is_some_and(|m| !m.state.is_open()) {
            // What one goes to must not be hidden by the filter.
            self.list.filter.decided = true;
        }
        self.reveal(session);
    }

    /// Puts the difference at a place at hand, or the first after it; where nothing differs, shows the place.
    pub fn go_to_place(&mut self, at: TextRange, session: &Session) {
        let exact = self.scene.marks.iter().position(|m| m.place == at);
        let touching = || self.scene.marks.iter().position(|m| m.place.overlaps(at));
        if let Some(mark) = exact.or_else(touching) {
            self.go_to(mark, session);
        } else {
            self.show_place(at, session);
        }
    }

    /// Brings a place into view; what is at hand stays.
    pub(super) fn show_place(&mut self, at: TextRange, session: &Session) {
        if let Some(open) = &session.open
            && let Some(bytes) = open.desk.article.text.byte_range(at)
        {
            self.lanes.reveal(bytes.start);
            self.lanes.select(bytes);
        }
    }

    /// What is selected in the text, without the white space around it.
    pub fn selected_place(&self, session: &Session) -> Option<TextRange> {
        let text = &session.open.as_ref()?.desk.article.text;
        let range = self.lanes.selection().range();
        let words = text.as_str().get(range.clone())?;
        let start = range.start + (words.len() - words.trim_start().len());
        let trimmed = words.trim();
        (!trimmed.is_empty()).then(|| text.text_range(start..start + trimmed.len())).flatten()
    }

    /// Brings the difference at hand into view, where the text was laid out anew.
    pub(super) fn reveal_at_hand(&mut self, session: &Session) {
        self.reveal(session);
    }

    /// The text of the review.
    pub fn lanes(&self) -> &LanesView {
        &self.lanes
    }

    pub(super) fn reveal(&mut self, session: &Session) {
        let (Some(at), Some(open)) = (self.at, session.open.as_ref()) else { return };
        self.list.reveal(&self.scene, at);
        let start = self.scene.marks.get(at).map(|m| m.place.start());
        if let Some(byte) = start.and_then(|start| open.desk.article.text.byte_of(start)) {
            self.lanes.reveal(byte.index());
            self.lanes.select(byte.index()..byte.index());
        }
    }

    /// Goes to the next open difference, or stays where it is if there is none; `false` then.
    pub fn go_on(&mut self, session: &Session) -> bool {
        self.editing = None;
        self.talk.turn();
        self.card.forget();
        let next = self.list.next_open(&self.scene, self.at.unwrap_or(usize::MAX));
        if let Some(next) = next {
            self.at = Some(next);
            self.reveal(session);
        }
        self.card.turn_to(self.at);
        next.is_some()
    }

    /// The next or previous difference of the list.
    pub fn step(&mut self, forward: bool, session: &Session) {
        if let Some(next) = self.list.step(&self.scene, self.at, forward) {
            self.at = Some(next);
            self.editing = None;
            self.talk.turn();
            self.card.turn_to(self.at);
            self.reveal(session);
        }
    }

    /// A digit was pressed: takes that person's version of the row at hand. Gives what it is about and the verdict once it is complete.
    ///
    /// With `piece` it is never the whole, but the first of the pieces in which they differ.
    pub fn digit(&mut self, digit: usize, piece: bool, session: &Session) -> Option<(About, Verdict)> {
        let mark = self.at?;
        let who = digit.checked_sub(1).filter(|who| *who < self.scene.people.len())?;
        let aspects = Aspects::of(&self.scene, mark, &session.schema);
        let verdict = match piece {
            true => self.card.take_piece(&self.scene, mark, &aspects, who),
            false => self.card.take(&self.scene, mark, &aspects, who),
        }?;
        Some((self.scene.marks[mark].about, verdict))
    }

    /// The pieces of the difference at hand.
    pub(super) fn aspects(&self, session: &Session) -> Option<Aspects> {
        self.at.map(|mark| Aspects::of(&self.scene, mark, &session.schema))
    }

    /// The decision about the difference at hand.
    pub(super) fn decision<'s>(&self, session: &'s Session) -> Option<&'s Arc<Decision>> {
        let mark = self.scene.marks.get(self.at?)?;
        let standing = match mark.about {
            About::Spans(n) => self.standings.clusters.get(n)?,
            About::Relation(n) => self.standings.relations.get(n)?,
            About::Field(n) => self.standings.article_fields.get(n)?,
        };
        match standing {
            Standing::Decided(id) | Standing::Changed(id) => {
                session.open.as_ref()?.desk.workspace.set.decision(id)
            }
            _ => None,
        }
    }

    /// The text with everyone's lanes.
    pub fn show_text(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let Some(open) = panel.open() else { return };
        if panel.session.and_then(Session::sitting).is_some_and(|s| s.hidden) {
            return hidden(ui, panel);
        }
        if self.scene.people.is_empty() {
            let reading = panel.session.and_then(Session::sitting).and_then(|sitting| sitting.reading());
            match (reading, &self.comparing) {
                (Some((done, all)), _) => {
                    let counts = [("done", done.into()), ("all", all.into())];
                    let part = done as f32 / all.max(1) as f32;
                    waiting(ui, panel, &panel.with("review-reading", &counts), Some(part));
                }
                (None, Some(comparing)) => {
                    let counts = [("spans", comparing.spans.into()), ("people", comparing.people.into())];
                    waiting(ui, panel, &panel.with("review-comparing", &counts), None);
                }
                (None, None) => nobody(ui, panel),
            }
            return;
        }
        let gold = &open.desk.workspace.set;
        let gold_badge = panel.say("review-gold-badge");
        let mut lanes: Vec<Lane<'_>> =
            self.scene.people.iter().map(|p| Lane { name: &p.name, badge: &p.badge, set: &p.set }).collect();
        lanes.push(Lane { name: GOLD, badge: &gold_badge, set: gold });
        let (scene, gold_marks, people) = (&self.scene, &self.gold_marks, self.scene.people.len());
        let standing = |lane: usize, span: &crate::model::Span| {
            let mark = if lane < people {
                scene.mark_of(lane, &span.id)
            } else {
                return gold_marks.get(&span.id).map_or(LaneStanding::Agreed, |m| LaneStanding::Settled(*m));
            };
            match mark {
                None => LaneStanding::Agreed,
                Some(mark) if scene.marks[mark].state.is_open() => LaneStanding::Differs(mark),
                Some(mark) => LaneStanding::Settled(mark),
            }
        };
        let shown = Shown {
            text: &open.desk.article.text,
            header: open.desk.article.header,
            people: &lanes,
            marks: &self.marks,
            talked: self.talked,
            beside: &self.beside,
            at_hand: self.at,
            standing: &standing,
            schema: &open.desk.schema,
            tokens: panel.tokens,
            words: panel.words,
            style: panel.preferences.style,
            overlaid: panel.preferences.underlines,
        };
        let (response, clicked, comments) = self.lanes.show(ui, &shown);
        if self.lanes.took_selection() {
            // A thread that was gone to is no longer meant: a comment is about what is selected now.
            self.talk.turn();
        }
        if let Some(threads) = comments {
            panel.ask(ReviewAct::OpenComments(threads).into());
        }
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
        }
        if let Some(mark) = clicked {
            panel.ask(ReviewAct::GoTo(mark).into());
        }
    }

    /// The list of differences.
    pub fn show_list(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let Some(session) = panel.session else { return };
        let (open, unread) = TalkPanel::counts(session, &self.seen);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let mut words = panel.with("talk-tab", &[("n", open.into())]);
            if unread > 0 {
                words.push_str(&panel.with("talk-tab-unread", &[("n", unread.into())]));
            }
            for (which, words) in [(false, panel.say("review-list")), (true, words)] {
                let on = self.lists_threads == which;
                let button = egui::Button::new(&words).selected(on).frame_when_inactive(false);
                let response = ui.add(button);
                response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Tab, true, on, &words));
                if on {
                    let under = response.rect.bottom() - 1.0;
                    let stroke = egui::Stroke::new(2.0, panel.tokens.accent);
                    ui.painter().hline(response.rect.x_range(), under, stroke);
                }
                if response.clicked() {
                    self.lists_threads = which;
                }
            }
        });
        if self.waits(session) && !self.lists_threads {
            ui.take_available_space();
            return;
        }
        if self.lists_threads {
            self.talk.list.show(ui, panel, self.talk.at.as_deref(), &self.seen);
        } else if let Some(mark) = self.list.show(ui, panel, &self.scene, self.at) {
            panel.ask(ReviewAct::GoTo(mark).into());
        }
    }

    /// Whether what is compared is still being read, so that nobody knows yet what there is.
    fn waits(&self, session: &Session) -> bool {
        let reading = session.sitting().is_some_and(|sitting| sitting.reading().is_some());
        self.scene.people.is_empty() && (reading || self.is_comparing())
    }

    /// The card of the difference at hand.
    pub fn show_card(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let (Some(session), Some(open)) = (panel.session, panel.open()) else { return };
        if self.waits(session) {
            // The panel keeps its size.
            ui.take_available_space();
            return;
        }
        self.people_line(ui, panel);
        let known = Known {
            scene: &self.scene,
            at: self.at,
            decision: self.decision(session),
            text: &open.desk.article.text,
            schema: &session.schema,
            register: &open.desk.workspace.register,
            codebook: &open.desk.workspace.codebook,
        };
        let place = self.selected_place(session);
        egui::ScrollArea::vertical().id_salt("review-card").auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 5.0;
            self.card.show(ui, panel, &known);
            self.talk.show(ui, panel, &self.scene, self.at, place, &self.seen);
        });
    }

    /// The fields of the gold span that the judge changes by hand, in place of the card.
    pub fn show_fields(&mut self, ui: &mut Ui, panel: &Panel<'_>, inspector: &mut Inspector) {
        let words = panel.say("review-end-edit");
        if ui.button(format!("← {words}")).clicked() {
            panel.ask(ReviewAct::EndEdit.into());
        }
        ui.separator();
        let panel = Panel { selected: self.editing.as_ref(), ..*panel };
        inspector.show(ui, &panel);
    }

    /// The threads on a tag of the article at hand, or on the article: below its fields, where nothing is reviewed.
    pub fn show_talk(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        self.talk.show_beside(ui, panel, &self.seen);
    }

    /// Another tag was chosen: the thread that was gone to is no longer meant.
    pub fn close_thread(&mut self) {
        self.talk.turn();
    }

    /// All threads on the article at hand.
    pub fn show_threads(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        self.talk.list.show(ui, panel, self.talk.at.as_deref(), &self.seen);
    }

    /// Whose sets are compared, and what all agree on.
    fn people_line(&self, ui: &mut Ui, panel: &Panel<'_>) {
        use crate::window::command::Command;
        let names: Vec<&str> = self.scene.people.iter().map(|p| p.name.as_str()).collect();
        ui.horizontal_wrapped(|ui| {
            let words = if names.is_empty() { panel.say("review-no-people") } else { names.join(" · ") };
            let people = format!("{}: {words}", panel.words.say(&Command::ReviewPeople.word()));
            let button = ui.button(RichText::new(&words));
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &people));
            if button.on_hover_text(panel.words.say(&Command::ReviewPeople.word())).clicked() {
                panel.ask(Request::Command(Command::ReviewPeople));
            }
            let (all, taken) = self.scene.agreed;
            if all > 0 {
                let words =
                    panel.with("review-all-agree", &[("n", all.into()), ("left", (all - taken).into())]);
                let button = ui.button(RichText::new(words).small());
                if button.on_hover_text(panel.words.say(&Command::ReviewRules.word())).clicked() {
                    panel.ask(Request::Command(Command::ReviewRules));
                }
            }
        });
        super::looks::show(ui, panel, &self.scene);
        ui.separator();
    }

    /// The review's own dialogs.
    pub fn show_dialog(&mut self, ui: &Ui, panel: &Panel<'_>) {
        let done = match &mut self.dialog {
            None => return,
            Some(ReviewDialog::People(dialog)) => dialog.show(ui.ctx(), panel),
            Some(ReviewDialog::Rules(dialog)) => {
                dialog.show(ui.ctx(), panel, &self.scene, &mut self.planning)
            }
            Some(ReviewDialog::Incoming(dialog)) => dialog.show(ui.ctx(), panel),
            Some(ReviewDialog::Package(dialog)) => dialog.show(ui.ctx(), panel),
            Some(ReviewDialog::Working(dialog)) => {
                dialog.show(ui.ctx(), panel);
                false
            }
        };
        if done {
            self.dialog = None;
            self.wants_focus = true;
        }
    }

    /// The comparison that is shown.
    pub(super) fn comparison(&self) -> Arc<Comparison> {
        self.scene.comparison.clone()
    }

    /// Whether the text of the review has the keyboard.
    pub fn has_focus(&self, ui: &Ui) -> bool {
        ui.memory(|m| m.focused().is_none_or(|id| id == lanes_id()))
    }
}

/// The project is blind until done, and whoever sits here is not.
fn hidden(ui: &mut Ui, panel: &Panel<'_>) {
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() * 0.3);
        ui.set_max_width(420.0);
        let key = panel.keys.shown(crate::window::command::Command::MarkDone);
        let words = panel.with("review-hidden", &[("key", (&key).into())]);
        ui.add(egui::Label::new(RichText::new(words).color(panel.tokens.text_soft)).wrap());
    });
}

/// There is much to read or to compare; whoever does not want to wait goes back to the text, which ends it.
fn waiting(ui: &mut Ui, panel: &Panel<'_>, words: &str, part: Option<f32>) {
    let t = panel.tokens;
    // The whole page is the text's: what stands here for a while has its ground, so that nothing flashes when the text comes.
    ui.painter().rect_filled(ui.available_rect_before_wrap(), 0.0, t.page);
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() * 0.3);
        ui.spacing_mut().item_spacing.y = 12.0;
        ui.set_max_width(320.0_f32.min(ui.available_width() - 40.0));
        match part {
            Some(part) => drop(meter(ui, panel, part)),
            None => drop(ui.add(egui::Spinner::new().size(22.0).color(t.accent))),
        }
        ui.add(egui::Label::new(RichText::new(words).color(t.text_soft)).wrap());
        if ui.button(panel.say("dialog-cancel")).clicked() {
            panel.ask(ReviewAct::StopWaiting.into());
        }
    });
}

fn nobody(ui: &mut Ui, panel: &Panel<'_>) {
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() * 0.3);
        ui.set_max_width(420.0);
        let words = panel.say("review-nobody");
        ui.add(egui::Label::new(RichText::new(words).color(panel.tokens.text_soft)).wrap());
        let name = panel.words.say("command-bring-in-work");
        if ui.button(name).clicked() {
            panel.ask(Request::Command(crate::window::command::Command::BringInWork));
        }
    });
}

fn state_of(standing: &Standing, outcome: impl FnOnce() -> Option<Outcome>) -> State {
    match standing {
        Standing::Open => State::Open,
        Standing::Changed(_) => State::Again,
        Standing::InGold(_) | Standing::Drawn(_) | Standing::Filled => State::Taken,
        Standing::Decided(_) => match outcome() {
            Some(Outcome::Rejected) => State::Rejected,
            Some(Outcome::Nothing) => State::Nothing,
            Some(Outcome::Taken) | None => State::Taken,
        },
    }
}
