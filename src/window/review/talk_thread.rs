//! One thread as it is shown beside what it is about: who says what, what one may do to one's own comments, answering and resolving.

use egui::{Button, FontId, Frame, Label, Margin, RichText, Stroke, Ui};

use super::ReviewAct;
use super::own_comments::OwnComment;
use super::talk::TalkPanel;
use crate::model::{Revised, Settles};
use crate::review::{Said, Thread, mentions};
use crate::session::{CommentTo, SeenComments, Session};
use crate::window::look;
use crate::window::panel::Panel;

impl TalkPanel {
    pub(super) fn thread(
        &mut self,
        ui: &mut Ui,
        panel: &Panel<'_>,
        session: &Session,
        thread: &Thread,
        seen: &SeenComments,
    ) {
        let t = panel.tokens;
        let me = session.speaker();
        let unread = seen.is_unread(&session.root, &session.talk().article, thread, me);
        let gone = thread.said.iter().all(|said| said.comment.is_withdrawn());
        let whole = gone || self.whole.as_ref() == Some(&thread.id);
        let edge = if unread { t.accent } else { t.line };
        let fill = if thread.resolved.is_some() || gone { t.panel } else { t.raised };
        let frame = Frame::new().fill(fill).stroke(Stroke::new(1.0, edge)).corner_radius(6);
        frame.inner_margin(Margin::same(8)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 3.0;
            let known = session.annotators();
            let mut shown: Vec<&Said> = thread.said.iter().collect();
            if whole {
                let own = |said: &&Said| said.author == me && said.comment.has_words();
                shown.extend(thread.withdrawn.iter().filter(own));
                shown.sort_by_key(|said| (said.comment.reply_to.is_some(), &said.comment.at));
            }
            for said in shown {
                self.said(ui, panel, session, said, (&known, whole));
            }
            ui.horizontal_wrapped(|ui| {
                if gone {
                    return;
                }
                if ui.add(Button::new(panel.say("talk-answer")).small()).clicked() {
                    self.answer(&thread.id);
                }
                let (word, settles) = match thread.resolved {
                    None => ("talk-resolve", Settles::Resolved),
                    Some(_) => ("talk-reopen", Settles::Reopened),
                };
                if ui.add(Button::new(panel.say(word)).small()).clicked() {
                    let to = CommentTo::Thread(thread.id.clone());
                    panel.ask(ReviewAct::Say { to, text: String::new(), settles: Some(settles) }.into());
                }
                let hidden = thread.withdrawn_by(me).count();
                if hidden > 0 {
                    let words = panel.with("talk-show-withdrawn", &[("n", hidden.into())]);
                    let button = Button::new(RichText::new(words).small().color(t.text_soft));
                    if ui.add(button.small().frame_when_inactive(whole).selected(whole)).clicked() {
                        self.whole = (!whole).then(|| thread.id.clone());
                    }
                }
            });
        });
        if unread {
            panel.ask(ReviewAct::Read(thread.id.clone()).into());
        }
    }

    /// One comment: its author, time and what became of it; what it says; what oneself may do to it.
    fn said(
        &self,
        ui: &mut Ui,
        panel: &Panel<'_>,
        session: &Session,
        said: &Said,
        (known, whole): (&[String], bool),
    ) {
        let t = panel.tokens;
        let (comment, own) = (&said.comment, said.author == session.speaker());
        let withdrawn = comment.is_withdrawn();
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(&said.author).family(look::bold()).small());
            ui.label(RichText::new(time(&comment.at)).small().color(t.text_soft));
            let badge =
                |ui: &mut Ui, word: &str, ink| ui.label(RichText::new(panel.say(word)).small().color(ink));
            match comment.settles {
                _ if withdrawn => drop(badge(ui, "talk-withdrawn", t.text_soft)),
                Some(Settles::Resolved) => drop(badge(ui, "talk-resolved", t.good)),
                Some(Settles::Reopened) => drop(badge(ui, "talk-reopened", t.warning)),
                None => {}
            }
            if comment.edited().is_some() && !withdrawn {
                badge(ui, "talk-edited", t.text_soft).on_hover_text(said_before(panel, said));
            }
            if !own || !comment.has_words() {
                return;
            }
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.spacing_mut().button_padding.x = 4.0;
            let (one, article) = (OwnComment(said), session.talk().article.clone());
            let revise = |did| panel.ask(ReviewAct::Revise { article, id: comment.id.clone(), did }.into());
            if withdrawn {
                if one.quiet(ui, panel, "talk-put-back").clicked() {
                    revise(Revised::PutBack);
                }
                return;
            }
            if !self.is_editing(&comment.id) && one.quiet(ui, panel, "talk-edit").clicked() {
                panel.ask(ReviewAct::EditComment(comment.id.clone()).into());
            }
            if one.quiet(ui, panel, "talk-withdraw").clicked() {
                revise(Revised::Withdrawn);
            }
        });
        if withdrawn && whole && own {
            let words = RichText::new(comment.says()).size(13.5).strikethrough().color(t.text_soft);
            ui.add(Label::new(words).wrap());
        } else if !withdrawn && !comment.says().is_empty() {
            ui.add(Label::new(with_mentions(panel, comment.says(), known)).wrap());
        }
    }
}

/// What a comment said before it was edited, each with the time since when.
fn said_before(panel: &Panel<'_>, said: &Said) -> String {
    let mut lines = vec![panel.say("talk-said-before")];
    lines.extend(said.comment.earlier().into_iter().map(|(since, text)| format!("{}  {text}", time(since))));
    lines.join("\n")
}

/// A time to the minute, as people read it.
fn time(at: &str) -> String {
    at.get(..16).unwrap_or(at).replace('T', " ")
}

/// A comment's text with the names after @ in bold.
fn with_mentions(panel: &Panel<'_>, text: &str, known: &[String]) -> egui::text::LayoutJob {
    let t = panel.tokens;
    let plain = egui::TextFormat::simple(FontId::proportional(13.5), t.text);
    let strong = egui::TextFormat::simple(FontId::new(13.5, look::bold()), t.accent);
    let names = mentions(text, known);
    let mut job = egui::text::LayoutJob::default();
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let name = names.iter().filter(|name| rest[at + 1..].starts_with(**name)).max_by_key(|n| n.len());
        let end = at + 1 + name.map_or(0, |name| name.len());
        job.append(&rest[..at], 0.0, plain.clone());
        let format = if name.is_some() { strong.clone() } else { plain.clone() };
        job.append(&rest[at..end], 0.0, format);
        rest = &rest[end..];
    }
    job.append(rest, 0.0, plain);
    job
}
