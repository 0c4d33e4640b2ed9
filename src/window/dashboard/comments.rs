//! What people say to each other in the whole project: what nobody resolved, what calls whoever sits here, what they have not read.

use egui::{RichText, Ui};

use super::DashboardAct;
use crate::model::Topic;
use crate::review::Thread;
use crate::session::overview::{ArticleOverview, Overview};
use crate::session::{SeenComments, Session};
use crate::window::panel::Panel;
use crate::window::panels::list::{List, Rows};
use crate::window::panels::list_keys::ListKey;
use crate::window::review::own_comments::OwnComment;
use crate::window::review::talk_list::{ThreadFilter, ThreadKind, filters, thread_row};

/// The list.
pub struct ProjectComments {
    filter: ThreadFilter,
    list: List,
    /// For which reading of the project, and after how many comments read, what follows was worked out.
    of: Option<(u64, usize)>,
    /// Article and thread, by place; those of which nothing is left come behind the others.
    all: Vec<(usize, usize)>,
    kinds: Vec<ThreadKind>,
}

impl Default for ProjectComments {
    fn default() -> Self {
        Self {
            filter: ThreadFilter::Open,
            list: List::default(),
            of: None,
            all: Vec::new(),
            kinds: Vec::new(),
        }
    }
}

impl ProjectComments {
    /// Gives the list the keyboard.
    pub fn focus(&mut self) {
        self.list.focus();
    }

    fn renew(&mut self, panel: &Panel<'_>, overview: &Overview, seen: &SeenComments, version: u64) {
        let now = Some((version, seen.count()));
        let Some(session) = panel.session.filter(|_| self.of != now) else { return };
        self.of = now;
        let me = session.speaker();
        let mut all: Vec<((usize, usize), ThreadKind)> = Vec::new();
        for (n, article) in overview.articles.iter().enumerate() {
            for (m, thread) in article.threads.iter().chain(&article.gone).enumerate() {
                let unread = seen.is_unread(&session.root, &article.path, thread, me);
                all.push(((n, m), ThreadKind::of(thread, me, unread)));
            }
        }
        // What waits stands first; else as the articles and their places come.
        all.sort_by_key(|(_, kind)| (!kind.unread, kind.resolved));
        (self.all, self.kinds) = all.into_iter().unzip();
    }

    /// Shows it; asks to open the thread that was chosen.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        panel: &Panel<'_>,
        overview: &Overview,
        seen: &SeenComments,
        version: u64,
    ) {
        let t = panel.tokens;
        self.renew(panel, overview, seen, version);
        if self.all.is_empty() {
            ui.label(RichText::new(panel.say("overview-no-comments")).color(t.text_soft));
            return;
        }
        if filters(ui, panel, &mut self.filter, &self.kinds) {
            self.list = List::default();
            self.list.focus();
        }
        self.own_buttons(ui, panel, overview);
        ui.add_space(6.0);
        let shown = self.shown();
        if shown.is_empty() {
            ui.label(RichText::new(panel.say("talk-filter-none")).color(t.text_soft));
            return;
        }
        let name = panel.say("overview-comments");
        let rows = Rows {
            salt: "project-comments",
            name: &name,
            row: 28.0,
            count: shown.len(),
            may: &|_| true,
            tokens: t,
        };
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut opened = None;
        let (all, kinds) = (&self.all, &self.kinds);
        let asked = self.list.show(ui, rows, |ui, row| {
            let n = shown[row.index];
            let article = &overview.articles[all[n].0];
            let Some(thread) = thread_of(article, all[n].1) else { return false };
            let clicked = thread_row(ui, panel, row, (thread, kinds[n]), false, Some(&article.title));
            if clicked {
                opened = Some(row.index);
            }
            clicked
        });
        if asked == Some(ListKey::Enter) {
            opened = Some(self.list.at);
        }
        let Some((article, thread)) = opened.and_then(|row| shown.get(row)).map(|n| all[*n]) else { return };
        let article = &overview.articles[article];
        let Some(thread) = thread_of(article, thread) else { return };
        panel.ask(open_thread(panel.session, article, thread).into());
    }

    fn shown(&self) -> Vec<usize> {
        (0..self.all.len()).filter(|n| self.filter.shows(self.kinds[*n])).collect()
    }

    /// The thread of the row at hand and its article.
    pub fn at_hand<'o>(&self, overview: &'o Overview) -> Option<(&'o ArticleOverview, &'o Thread)> {
        let (article, thread) = self.all[*self.shown().get(self.list.at)?];
        let article = overview.articles.get(article)?;
        Some((article, thread_of(article, thread)?))
    }

    /// What one may do to one's own comment in the row at hand.
    fn own_buttons(&self, ui: &mut Ui, panel: &Panel<'_>, overview: &Overview) {
        let me = panel.session.map_or("", |session| session.speaker());
        let found = self.at_hand(overview).and_then(|(_, thread)| OwnComment::in_thread(thread, me));
        ui.add_space(4.0);
        // The list below stays where it is, whosever comment is at hand.
        let room = egui::vec2(ui.available_width(), ui.spacing().interact_size.y);
        ui.allocate_ui(room, |ui| {
            ui.set_min_height(room.y);
            if let Some(own) = found {
                ui.horizontal_wrapped(|ui| own.buttons(ui, panel));
            }
        });
    }
}

fn thread_of(article: &ArticleOverview, n: usize) -> Option<&Thread> {
    article.threads.iter().chain(&article.gone).nth(n)
}

/// Asks for a thread where it was said.
pub(in crate::window) fn open_thread(
    session: Option<&Session>,
    article: &ArticleOverview,
    thread: &Thread,
) -> DashboardAct {
    // What is said about somebody else's tag is seen where that tag is.
    let me = session.map_or("", |session| session.annotator.as_str());
    let review = matches!(&thread.topic, Topic::Span { annotator, .. } if annotator != me);
    DashboardAct::OpenThread { article: article.path.clone(), thread: thread.id.clone(), review }
}
