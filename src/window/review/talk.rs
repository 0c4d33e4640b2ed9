//! Talking: the threads about what is at hand, on the card, and all threads of the article, in a list. Enter says it; a name after @ is
//! somebody who shall read it.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{EventFilter, Id, Key, Modifiers, RichText, ScrollArea, TextEdit, Ui};

use super::ReviewAct;
use super::scene::{About, Scene};
use super::talk_list::ThreadList;
use crate::model::{Revised, SpanId, Topic};
use crate::review::Thread;
use crate::session::talk::{about_place, about_span};
use crate::session::{CommentTo, SeenComments, Session};
use crate::text::TextRange;
use crate::window::command::Command;
use crate::window::describe::shorten;
use crate::window::look;
use crate::window::panel::Panel;

/// The talk's own state between frames.
#[derive(Default)]
pub struct TalkPanel {
    /// What is being written.
    text: String,
    /// The thread it answers in; `None` begins a new one.
    answers: Option<String>,
    /// Whether a new thread is about the article as a whole.
    pub(super) about_article: bool,
    /// Whether a new thread is about what is selected in the review's text.
    selected: bool,
    /// For how many frames more the line asks for the keyboard: twice, where a page that opens asks for it too.
    wants_focus: u8,
    /// For how many frames more keys are meant for the line that is about to get the keyboard.
    pub(super) coming: u8,
    /// The thread that was gone to from the list.
    pub at: Option<String>,
    /// The tag that was at hand when it was gone to.
    with: Option<SpanId>,
    /// The thread that is shown with what oneself withdrew in it.
    pub(super) whole: Option<String>,
    /// The own comment that is being edited.
    edits: Option<Editing>,
    pub(super) list: ThreadList,
}

/// An own comment that is being edited.
struct Editing {
    article: String,
    id: String,
    /// What had been begun to be written before.
    aside: String,
}

/// The key of the line one writes in.
fn line_id() -> Id {
    Id::unique("review-comment")
}

impl TalkPanel {
    /// Gives the line the keyboard. Where one went to a thread, it is that one which is answered.
    pub fn write(&mut self) {
        self.wants_focus = 1;
        self.coming = super::keys::FRAMES_TO_FOCUS;
        if self.answers.is_none() {
            self.answers.clone_from(&self.at);
        }
    }

    /// Gives the line the keyboard, with what an own comment says in it.
    pub fn edit(&mut self, article: &str, id: &str, says: String) {
        self.stop_editing();
        let aside = std::mem::replace(&mut self.text, says);
        self.edits = Some(Editing { article: article.to_owned(), id: id.to_owned(), aside });
        self.answers = None;
        self.wants_focus = 2;
        self.coming = super::keys::FRAMES_TO_FOCUS;
    }

    /// Puts what had been begun to be written before back into the line.
    fn stop_editing(&mut self) {
        if let Some(editing) = self.edits.take() {
            self.text = editing.aside;
        }
    }

    /// Whether this comment is being edited.
    pub(super) fn is_editing(&self, id: &str) -> bool {
        self.edits.as_ref().is_some_and(|editing| editing.id == id)
    }

    /// The line answers in this thread.
    pub(super) fn answer(&mut self, thread: &str) {
        self.stop_editing();
        self.answers = Some(thread.to_owned());
        self.wants_focus = 1;
    }

    /// The threads of the article, and the one that was gone to even if nothing is left of it.
    fn threads<'s>(&self, session: &'s Session) -> impl Iterator<Item = &'s Thread> {
        let gone_to = self.at.as_ref().and_then(|id| session.talk().gone().iter().find(|t| t.id == *id));
        session.talk().threads().iter().chain(gone_to)
    }

    /// Shows a thread that was gone to, with the tag that is now at hand.
    pub fn open(&mut self, thread: &str, with: Option<&SpanId>) {
        self.answers = None;
        self.at = Some(thread.to_owned());
        self.with = with.cloned();
    }

    /// The thread that a key resolves or takes up again: the one that was gone to, else the first open one among `here`, else the last.
    pub fn meant<'t>(&self, here: &[&'t Thread], all: &'t [Thread]) -> Option<&'t Thread> {
        let gone_to = self.at.as_ref().and_then(|id| all.iter().find(|t| t.id == *id));
        let open = || here.iter().copied().find(|t| t.resolved.is_none());
        gone_to.or_else(open).or_else(|| here.last().copied())
    }

    /// Another difference is at hand: what was begun to be written stays, but answers nobody.
    pub fn turn(&mut self) {
        self.answers = None;
        self.at = None;
    }

    /// The threads about what is at hand, and a line to write in.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        panel: &Panel<'_>,
        scene: &Scene,
        at: Option<usize>,
        place: Option<TextRange>,
        seen: &SeenComments,
    ) {
        let Some(session) = panel.session else { return };
        let mut shown: Vec<&Thread> = self
            .threads(session)
            .filter(|thread| {
                let mark = at.and_then(|at| scene.marks.get(at));
                // Fields of the article share one place.
                let field = mark.filter(|m| matches!(m.about, About::Field(_)));
                let here = at.is_some() && scene.mark_of_topic(&thread.topic) == at
                    || field.is_some_and(|m| thread.topic.at() == Some(m.place));
                // What is selected is meant, and not what is at hand.
                let here = place.map_or(here, |place| is_at(&thread.topic, place));
                here || self.at.as_ref() == Some(&thread.id)
                    || (self.about_article && thread.topic.at().is_none())
            })
            .collect();
        // What one went to from the list stands first.
        shown.sort_by_key(|thread| self.at.as_ref() != Some(&thread.id));
        ui.add_space(6.0);
        ui.separator();
        ui.horizontal(|ui| {
            ui.label(RichText::new(panel.say("talk-title")).family(look::bold()));
            let whole = session.talk().threads().iter().filter(|t| t.topic.at().is_none()).count();
            let words = panel.with("talk-article", &[("n", whole.into())]);
            if ui.checkbox(&mut self.about_article, RichText::new(words).small()).changed() {
                // What is written now is about the article, or about what is at hand: no answer to what was gone to.
                self.turn();
            }
        });
        for thread in shown {
            self.thread(ui, panel, session, thread, seen);
        }
        let about = match (place, session.open.as_ref()) {
            (Some(place), Some(open)) => Some(about_place(place, &open.desk.article.text)),
            _ => topic(scene, at, session),
        };
        self.selected = place.is_some();
        self.line(ui, panel, about, session);
    }

    /// The threads on the tag at hand, or on the article where none is, and a line to write in: beside the article, while one annotates.
    pub fn show_beside(&mut self, ui: &mut Ui, panel: &Panel<'_>, seen: &SeenComments) {
        let (Some(session), Some(open)) = (panel.session, panel.open()) else { return };
        let (set, text) = (&open.desk.workspace.set, &open.desk.article.text);
        let span = panel.selected.and_then(|id| set.get(id));
        let topic = match span {
            Some(span) => about_span(&session.annotator, &span.id, set, text),
            None => Some(Topic::Article),
        };
        if self.at.is_some() && self.with.as_ref() != panel.selected {
            self.turn();
        }
        let place = span.map(|span| span.parts.hull());
        // What one wrote to is one tag; comments on a place are shown with every tag there.
        let gone_to = self.at.clone();
        let about_article =
            self.threads(session).any(|t| gone_to.as_ref() == Some(&t.id) && t.topic.at().is_none());
        let here = |thread: &&Thread| match (&thread.topic, span) {
            _ if gone_to.as_ref() == Some(&thread.id) => true,
            // One thread about a place is not to be lost among those about the article.
            (Topic::Article, None) => gone_to.is_none() || about_article,
            (Topic::Span { annotator, span: id, .. }, Some(span)) if *annotator == session.annotator => {
                *id == span.id
            }
            (other, Some(_)) => other.at().is_some() && other.at() == place,
            _ => false,
        };
        self.selected = false;
        let mut shown: Vec<&Thread> = self.threads(session).filter(here).collect();
        shown.sort_by_key(|thread| gone_to.as_ref() != Some(&thread.id));
        let writing = self.wants_focus > 0 || !self.text.is_empty() || ui.memory(|m| m.has_focus(line_id()));
        if shown.is_empty() && !writing {
            return;
        }
        ui.separator();
        ui.label(RichText::new(panel.say("talk-title")).family(look::bold()));
        // As much as is said, up to a third of the window; the rest belongs to the fields.
        let most = (ui.content_rect().height() / 3.0).clamp(64.0, 260.0);
        let area = ScrollArea::vertical().id_salt("talk-beside").max_height(most).min_scrolled_height(most);
        area.auto_shrink([false, true]).show(ui, |ui| {
            self.about_article = span.is_none();
            for thread in shown {
                self.thread(ui, panel, session, thread, seen);
            }
            self.line(ui, panel, topic, session);
        });
    }

    fn line(&mut self, ui: &mut Ui, panel: &Panel<'_>, about: Option<Topic>, session: &Session) {
        let t = panel.tokens;
        let title = match (&self.answers, self.about_article) {
            _ if self.edits.is_some() => panel.say("talk-editing"),
            (Some(id), _) => {
                let whom = session.talk().threads().iter().find(|t| t.id == *id).and_then(|t| t.said.last());
                let whom = whom.map_or("", |said| said.author.as_str());
                panel.with("talk-answering", &[("who", whom.into())])
            }
            (None, true) => panel.say("talk-about-article"),
            (None, false) if self.selected => {
                let words = match &about {
                    Some(Topic::Place { quote, .. }) => shorten(&quote.replace('\n', " "), 60),
                    _ => String::new(),
                };
                panel.with("talk-about-selection", &[("words", (&words).into())])
            }
            (None, false) => panel.say("talk-about-place"),
        };
        let label = ui.label(RichText::new(title).small().color(t.text_soft));
        let hint = panel.with("talk-hint", &[("key", (&panel.keys.shown(Command::WriteComment)).into())]);
        // Before it is shown, so that what was typed meanwhile goes into it.
        let wanted = self.wants_focus > 0;
        if wanted {
            self.wants_focus -= 1;
            ui.request_repaint();
            ui.memory_mut(|m| m.request_focus(line_id()));
            if self.edits.is_some() {
                // One goes on where the comment ends.
                let end = CCursor::new(self.text.chars().count());
                let mut state = TextEditState::load(ui, line_id()).unwrap_or_default();
                state.cursor.set_char_range(Some(CCursorRange::one(end)));
                state.store(ui, line_id());
            }
        }
        // Enter ends the line here; it must not go into the text.
        let focused = ui.memory(|m| m.has_focus(line_id()));
        let entered = focused && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
        let left = focused && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
        let edit = TextEdit::multiline(&mut self.text)
            .id(line_id())
            .desired_rows(1)
            .desired_width(f32::INFINITY)
            .hint_text(RichText::new(hint).color(t.text_faint));
        let line = ui.add(edit).labelled_by(label.id);
        if line.has_focus() {
            // Else egui takes the keyboard away before Escape gets here.
            let keys = EventFilter {
                horizontal_arrows: true,
                vertical_arrows: true,
                escape: true,
                ..Default::default()
            };
            ui.memory_mut(|m| m.set_focus_lock_filter(line_id(), keys));
        }
        if wanted {
            line.scroll_to_me(None);
        }
        if left {
            self.answers = None;
            self.stop_editing();
            panel.ask(ReviewAct::ToText.into());
        }
        if entered
            && !self.text.trim().is_empty()
            && let Some(Editing { article, id, aside }) = self.edits.take()
        {
            let says = std::mem::replace(&mut self.text, aside).trim().to_owned();
            panel.ask(ReviewAct::Revise { article, id, did: Revised::Edited(says) }.into());
            panel.ask(ReviewAct::ToText.into());
        } else if entered && !self.text.trim().is_empty() {
            let to = match self.answers.take() {
                Some(thread) => Some(CommentTo::Thread(thread)),
                None if self.about_article => Some(CommentTo::New(Topic::Article)),
                None => about.map(CommentTo::New),
            };
            if let Some(to) = to {
                let text = std::mem::take(&mut self.text).trim().to_owned();
                panel.ask(ReviewAct::Say { to, text, settles: None }.into());
                panel.ask(ReviewAct::ToText.into());
            }
        }
    }

    /// How many threads of the article are open, and how many hold something unread.
    pub fn counts(session: &Session, seen: &SeenComments) -> (usize, usize) {
        let threads = session.talk().threads();
        let unread =
            |t: &&Thread| seen.is_unread(&session.root, &session.talk().article, t, session.speaker());
        (threads.iter().filter(|t| t.resolved.is_none()).count(), threads.iter().filter(unread).count())
    }
}

/// Whether a thread is about a place, or about something that shares text with it.
pub(super) fn is_at(topic: &Topic, place: TextRange) -> bool {
    topic.at().is_some_and(|at| at == place || at.overlaps(place))
}

/// What a new thread at a difference is about: the span, if one person alone marked something; else the place.
fn topic(scene: &Scene, at: Option<usize>, session: &Session) -> Option<Topic> {
    let text = &session.open.as_ref()?.desk.article.text;
    let Some(mark) = at.and_then(|at| scene.marks.get(at)) else { return Some(Topic::Article) };
    if let (About::Spans(cluster), [who]) = (mark.about, mark.members.as_slice()) {
        let person = scene.people.get(*who)?;
        let span = scene.comparison.clusters.get(cluster)?.members.get(*who)?.as_ref()?;
        return about_span(&person.name, span, &person.set, text);
    }
    Some(about_place(mark.place, text))
}
