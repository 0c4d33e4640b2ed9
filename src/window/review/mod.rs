//! The review: everyone's spans side by side, the places where they differ, and deciding about them into gold, by keyboard.
//!
//! `scene` is what there is to show, worked out from a comparison, for many spans on a thread (`comparing`); `lanes` draws it under the text, `list` lists it, `card` shows the
//! difference at hand and `draft` is a decision in the making. `room` ties them together; `carry_out` is where it changes anything.

pub mod card;
mod carry_out;
mod comparing;
pub mod draft;
mod exchange;
mod keys;
pub mod lanes;
pub mod list;
mod looks;
pub(in crate::window) mod own_comments;
mod people;
mod planning;
mod room;
mod rules;
pub mod scene;
mod talk;
pub mod talk_list;
mod talk_thread;
mod working;

pub use room::ReviewRoom;

use std::path::PathBuf;
use std::sync::Arc;

use crate::model::{Codebook, Decision, Register, Revised, Schema, Settles};
use crate::review::{Rule, Verdict};
use crate::session::CommentTo;
use crate::session::bringing_in::Incoming;
use crate::text::CanonicalText;
use crate::window::command::Command;
use crate::window::describe::Describer;
use crate::window::panel::{Page, Panel, Request};
use scene::{About, Scene};

/// Something the review asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum ReviewAct {
    /// Decides about a difference.
    Decide {
        /// Which.
        about: About,
        /// How.
        verdict: Verdict,
    },
    /// Decides in bulk, as one step.
    Apply(Rule),
    /// Compares these people's sets; none = everyone's who has one.
    Compare(Vec<String>),
    /// Puts a difference at hand, by place in the list of all.
    GoTo(usize),
    /// Lets the judge change the gold span of the difference at hand by hand.
    Edit,
    /// Back from the fields of the gold span to the card.
    EndEdit,
    /// Says something.
    Say {
        /// Where.
        to: CommentTo,
        /// What; may be empty where it only settles.
        text: String,
        /// Whether it settles the thread, or takes it up again.
        settles: Option<Settles>,
    },
    /// Edits, withdraws or puts back an own comment.
    Revise {
        /// The article it is on.
        article: String,
        /// Its id.
        id: String,
        /// What is done to it.
        did: Revised,
    },
    /// Lets the user edit an own comment on the article at hand.
    EditComment(String),
    /// A thread was shown: nothing in it is unread any more.
    Read(String),
    /// Shows a thread and what it is about.
    GoToThread(String),
    /// Opens one of these threads, the one after that which is open.
    OpenComments(Vec<String>),
    /// Gives the text the keyboard.
    ToText,
    /// Does not wait any longer for what is read or compared, and goes back to the article.
    StopWaiting,
    /// Work that the user stopped has changed nothing.
    Stopped,
    /// Looks at a folder or zip of someone else's work; nothing is written yet.
    LookAt(PathBuf),
    /// Writes what was looked at.
    TakeIn(Box<Incoming>),
    /// Writes a package for someone else to review.
    WritePackage {
        /// Where.
        out: PathBuf,
        /// Whose annotations.
        people: Vec<String>,
        /// Whether what was said goes along.
        comments: bool,
    },
}

impl From<ReviewAct> for Request {
    fn from(act: ReviewAct) -> Self {
        Self::Review(Box::new(act))
    }
}

/// What the parts of the review read for one frame.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// What there is to show.
    pub scene: &'a Scene,
    /// The difference at hand.
    pub at: Option<usize>,
    /// What was decided about it.
    pub decision: Option<&'a Arc<Decision>>,
    /// The text.
    pub text: &'a CanonicalText,
    /// What may be filled in.
    pub schema: &'a Schema,
    /// The register.
    pub register: &'a Register,
    /// The codebook.
    pub codebook: &'a Codebook,
}

impl<'a> Known<'a> {
    /// Puts a person's spans into words.
    pub fn describer(&self, panel: &Panel<'a>, who: usize) -> Describer<'a> {
        Describer {
            text: self.text,
            set: &self.scene.people[who].set,
            schema: self.schema,
            register: self.register,
            codebook: self.codebook,
            language: panel.words.code(),
        }
    }
}

/// The tabs above the middle of the window: the article, the review, the overview.
pub fn tabs(ui: &mut egui::Ui, panel: &Panel<'_>, page: Page) {
    let t = panel.tokens;
    let height = 27.0;
    let (line, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), height), egui::Sense::hover());
    ui.painter().rect_filled(line, 0.0, t.panel);
    ui.painter().hline(line.x_range(), line.bottom() - 0.5, egui::Stroke::new(1.0, t.line));
    let builder = egui::UiBuilder::new()
        .max_rect(line.shrink2(egui::vec2(6.0, 0.0)))
        .layout(egui::Layout::left_to_right(egui::Align::Center))
        .id_salt("page-tabs");
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let tabs = [
            (Page::Article, "page-article", Command::GoToText),
            (Page::Review, "page-review", Command::ShowReview),
            (Page::Overview, "page-overview", Command::ShowOverview),
        ];
        for (which, word, command) in tabs {
            let on = page == which;
            let words = panel.say(word);
            let ink = if on { t.text } else { t.text_soft };
            let button = egui::Button::new(egui::RichText::new(&words).color(ink))
                .selected(on)
                .frame_when_inactive(false)
                .corner_radius(0);
            let response = ui.add(button);
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Tab, true, on, &words));
            if on {
                let under = response.rect.bottom() - 1.0;
                ui.painter().hline(response.rect.x_range(), under, egui::Stroke::new(2.0, t.accent));
            }
            let response = response.on_hover_text(panel.keys.shown(command));
            if response.clicked() {
                panel.ask(Request::Command(command));
            }
        }
    });
}
