//! What one may do to one's own comments: edit, withdraw, put back, and take that back. Other people's comments have nothing of this.

use egui::{Button, Response, RichText, Ui};

use crate::model::{Revised, Topic};
use crate::review::{Said, Thread};
use crate::session::{CommentAct, Notice, Retraced};
use crate::store::StoreError;
use crate::window::App;
use crate::window::command::Command;
use crate::window::describe::shorten;
use crate::window::panel::{Page, Panel, Request};

/// One's own comment that is meant, where only a thread is told.
#[derive(Clone, Copy, Debug)]
pub struct OwnComment<'a>(pub &'a Said);

impl<'a> OwnComment<'a> {
    /// The last thing that `me` says in a thread, else the last thing that was withdrawn.
    pub fn in_thread(thread: &'a Thread, me: &str) -> Option<Self> {
        let last = thread.last_of(me).or_else(|| thread.withdrawn_by(me).last());
        last.map(Self)
    }

    /// Buttons that do what the keys do, for the one that is at hand.
    pub fn buttons(self, ui: &mut Ui, panel: &Panel<'_>) {
        let withdrawn = self.0.comment.is_withdrawn();
        if !withdrawn && self.quiet(ui, panel, "talk-edit").clicked() {
            panel.ask(Request::Command(Command::EditComment));
        }
        let word = if withdrawn { "talk-put-back" } else { "talk-withdraw" };
        if self.quiet(ui, panel, word).clicked() {
            panel.ask(Request::Command(Command::WithdrawComment));
        }
    }

    /// A button that is only words until one points at it. A screen reader hears of which comment it is.
    pub fn quiet(self, ui: &mut Ui, panel: &Panel<'_>, word: &'static str) -> Response {
        let words = RichText::new(panel.say(word)).small().color(panel.tokens.text_soft);
        let said = shorten(&self.0.comment.says().replace('\n', " "), 40);
        let name =
            panel.with("talk-own-button", &[("act", (&panel.say(word)).into()), ("words", (&said).into())]);
        ui.add(Button::new(words).small().frame_when_inactive(false)).accessible_name(name)
    }
}

impl App {
    /// Lets the user edit the own comment at hand, or the one of this id.
    pub(super) fn edit_comment(&mut self, id: Option<&str>) {
        let found = match id {
            Some(id) => Some((self.article_at_hand(), id.to_owned())),
            None => self.own_at_hand(),
        };
        let Some((article, id)) = found else { return self.nothing_of_ones_own() };
        if self.page == Page::Overview {
            let overview = self.overview.overview();
            let row = overview.as_ref().and_then(|overview| {
                let (article, thread) = self.overview.comments.at_hand(overview)?;
                Some(crate::window::dashboard::open_thread(self.state.session.as_ref(), article, thread))
            });
            if let Some(act) = row {
                self.dashboard_act(act);
            }
        }
        let Some(session) = self.state.session.as_ref().filter(|s| s.talk().article == article) else {
            return;
        };
        let mut said = session.talk().threads().iter().flat_map(|thread| &thread.said);
        let own = |said: &&Said| said.comment.id == id && said.author == session.speaker();
        let Some(text) = said.find(own).map(|said| said.comment.says().to_owned()) else {
            return self.nothing_of_ones_own();
        };
        if self.page == Page::Article {
            self.prefer(|p| p.show_fields = true);
        }
        self.review.talk.edit(&article, &id, text);
    }

    /// Withdraws the own comment at hand; one that is withdrawn is put back.
    pub(super) fn withdraw_comment(&mut self) {
        let Some((article, id)) = self.own_at_hand() else { return self.nothing_of_ones_own() };
        if !self.revise_comment(&article, &id, Revised::Withdrawn) {
            self.revise_comment(&article, &id, Revised::PutBack);
        }
    }

    /// Changes an own comment and says so; `false` if there was nothing to change.
    pub(super) fn revise_comment(&mut self, article: &str, id: &str, did: Revised) -> bool {
        let Some(session) = &mut self.state.session else { return false };
        let key = self.state.keys.shown(Command::Undo);
        let told = match &did {
            Revised::Edited(_) => None,
            Revised::Withdrawn => Some(Notice::info("notice-comment-withdrawn").with("key", key)),
            Revised::PutBack => Some(Notice::info("notice-comment-put-back")),
        };
        match session.revise_comment(article, id, did) {
            Ok(done) => {
                if done {
                    self.notices.add(told);
                    self.comments_changed();
                }
                done
            }
            Err(why) => {
                self.notices.add([Notice::error("notice-not-saved").with("message", why)]);
                true
            }
        }
    }

    /// Takes a comment act back or does it again, if that is what comes; `false` if it is not.
    pub(in crate::window) fn retrace_comment(&mut self, back: bool) -> bool {
        let Some(session) = &mut self.state.session else { return false };
        let done: Result<Option<Retraced>, StoreError> =
            if back { session.undo_comment() } else { session.redo_comment() };
        let notice = match done {
            Ok(None) => return false,
            Ok(Some(Retraced::Changed)) => Notice::warning("notice-comment-changed"),
            Ok(Some(Retraced::Done(act))) => Notice::info(match (act, back) {
                (_, false) => "notice-comment-redone",
                (CommentAct::Written, true) => "notice-comment-unwritten",
                (CommentAct::Settled(_), true) => "notice-comment-unsettled",
                (CommentAct::Edited, true) => "notice-comment-unedited",
                (CommentAct::Withdrawn, true) => "notice-comment-unwithdrawn",
                (CommentAct::PutBack, true) => "notice-comment-withdrawn-again",
            }),
            Err(why) => Notice::error("notice-not-saved").with("message", why),
        };
        self.notices.add([notice]);
        self.comments_changed();
        true
    }

    /// The threads about what is at hand: a difference, selected words, a tag, or the article.
    pub(super) fn threads_here(&self) -> Vec<&Thread> {
        let Some(session) = &self.state.session else { return Vec::new() };
        let threads = session.talk().threads();
        match self.page {
            Page::Review => {
                let at = self.review.at;
                let place = self.review.selected_place(session);
                let on = |topic: &Topic| at.is_some() && self.review.scene.mark_of_topic(topic) == at;
                let here =
                    |topic: &Topic| place.map_or_else(|| on(topic), |place| super::talk::is_at(topic, place));
                // Where nothing differs, or where one asked for it, one talks about the article.
                let article = self.review.talk.about_article || at.is_none() && place.is_none();
                threads.iter().filter(|t| here(&t.topic) || article && t.topic == Topic::Article).collect()
            }
            _ => match &self.state.selected {
                Some(span) => session.talk().on_span(&session.annotator, span).collect(),
                None => threads.iter().filter(|t| t.topic == Topic::Article).collect(),
            },
        }
    }

    /// The article and id of the user's own comment that a key is about: the last one of the thread that was gone to, else of the
    /// last thread here in which the user says something; in the list of the whole project, of the row at hand.
    fn own_at_hand(&self) -> Option<(String, String)> {
        let session = self.state.session.as_ref()?;
        let me = session.speaker();
        if self.page == Page::Overview {
            let overview = self.overview.overview()?;
            let (article, thread) = self.overview.comments.at_hand(overview)?;
            let own = OwnComment::in_thread(thread, me)?;
            return Some((article.path.clone(), own.0.comment.id.clone()));
        }
        let gone_to = self.review.talk.at.as_ref().and_then(|id| session.talk().thread(id));
        let own = match gone_to {
            Some(thread) => OwnComment::in_thread(thread, me)?.0,
            None => {
                let here = self.threads_here();
                let mut with_words = here.iter().rev().filter_map(|thread| thread.last_of(me));
                let mut withdrawn = here.iter().rev().filter_map(|thread| thread.withdrawn_by(me).last());
                with_words.next().or_else(|| withdrawn.next())?
            }
        };
        Some((self.article_at_hand(), own.comment.id.clone()))
    }

    fn article_at_hand(&self) -> String {
        self.state.session.as_ref().map(|session| session.talk().article.clone()).unwrap_or_default()
    }

    fn nothing_of_ones_own(&mut self) {
        self.notices.add([Notice::hint("notice-no-own-comment")]);
    }

    /// The list of the whole project is read anew where it is shown.
    fn comments_changed(&mut self) {
        if self.page == Page::Overview {
            self.dashboard_act(crate::window::dashboard::DashboardAct::Read);
        }
    }
}
