//! Threads in a list: those of the article at hand, or of the whole project; which of them are shown, and what a row says.

use egui::{Button, FontId, Label, RichText, Ui};

use super::ReviewAct;
use crate::model::Topic;
use crate::review::Thread;
use crate::session::SeenComments;
use crate::window::command::Command;
use crate::window::describe::shorten;
use crate::window::look;
use crate::window::panel::Panel;
use crate::window::panels::list::{List, Row, Rows, line, row_response};
use crate::window::panels::list_keys::ListKey;

const ROW: f32 = 28.0;

/// Which threads a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ThreadFilter {
    /// What nobody resolved.
    Open,
    /// What calls whoever sits here, resolved or not.
    Mentions,
    /// What whoever sits here has not read.
    Unread,
    /// All of them.
    All,
    /// Those in which whoever sits here withdrew something.
    Withdrawn,
}

impl ThreadFilter {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::Open, Self::Mentions, Self::Unread, Self::All, Self::Withdrawn];

    fn word(self) -> &'static str {
        match self {
            Self::Open => "talk-filter-open",
            Self::Mentions => "talk-filter-mentions",
            Self::Unread => "talk-filter-unread",
            Self::All => "talk-filter-all",
            Self::Withdrawn => "talk-filter-withdrawn",
        }
    }

    /// Whether it shows a thread of this kind.
    pub fn shows(self, kind: ThreadKind) -> bool {
        match self {
            Self::Open => !kind.resolved && !kind.gone,
            Self::Mentions => kind.mentions,
            Self::Unread => kind.unread,
            Self::All => !kind.gone,
            Self::Withdrawn => kind.withdrawn,
        }
    }
}

/// How a thread stands with whoever sits here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreadKind {
    /// Whether somebody resolved it.
    pub resolved: bool,
    /// Whether somebody else calls them in it.
    pub mentions: bool,
    /// Whether they have not read all of it.
    pub unread: bool,
    /// Whether they withdrew something in it.
    pub withdrawn: bool,
    /// Whether nothing is left of it.
    pub gone: bool,
}

impl ThreadKind {
    /// Of a thread as somebody sees it.
    pub fn of(thread: &Thread, me: &str, unread: bool) -> Self {
        Self {
            resolved: thread.resolved.is_some(),
            mentions: thread.calls(me),
            unread,
            withdrawn: thread.withdrawn_by(me).next().is_some(),
            gone: thread.said.iter().all(|said| said.comment.is_withdrawn()),
        }
    }
}

/// The choice of a filter, each with how many threads it would show.
pub fn filters(ui: &mut Ui, panel: &Panel<'_>, filter: &mut ThreadFilter, kinds: &[ThreadKind]) -> bool {
    let before = *filter;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for which in ThreadFilter::ALL {
            let count = kinds.iter().filter(|kind| which.shows(**kind)).count();
            if which == ThreadFilter::Withdrawn && count == 0 && *filter != which {
                continue;
            }
            let words = panel.with(which.word(), &[("n", count.into())]);
            let on = *filter == which;
            let ink = if on || count > 0 { panel.tokens.text } else { panel.tokens.text_soft };
            let response = ui.add(Button::new(RichText::new(&words).small().color(ink)).selected(on));
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, on, &words));
            if response.clicked() {
                *filter = which;
            }
        }
    });
    *filter != before
}

/// Draws a row for a thread, with the article's title if it is told; whether it was clicked.
pub(in crate::window) fn thread_row(
    ui: &mut Ui,
    panel: &Panel<'_>,
    row: &Row,
    (thread, kind): (&Thread, ThreadKind),
    at_hand: bool,
    title: Option<&str>,
) -> bool {
    let t = panel.tokens;
    let state = panel.say(match (kind.unread, kind.resolved) {
        _ if kind.gone => "talk-withdrawn",
        (true, _) => "talk-unread",
        (false, true) => "talk-resolved",
        (false, false) => "talk-open",
    });
    let quote = match &thread.topic {
        Topic::Article => panel.say("talk-about-article"),
        Topic::Span { quote, .. } | Topic::Place { quote, .. } => format!("«{}»", shorten(quote, 60)),
    };
    let last = thread.last_words().or_else(|| thread.said.last());
    let words =
        last.map(|s| format!("{}: {}", s.author, s.comment.says().replace('\n', " "))).unwrap_or_default();
    let mut spoken = format!("{state}: {words} · {quote}");
    if let Some(title) = title {
        spoken = format!("{spoken} · {title}");
    }
    let response = row_response(ui, row, at_hand, &spoken, t);
    let (middle, width) = (row.rect.center().y, row.rect.width());
    let put = |ui: &Ui, x: f32, wide: f32, words: &str, font: FontId, ink| {
        let galley = line(ui, words, wide.max(8.0), font, ink);
        let at = egui::pos2(row.rect.left() + x, middle - galley.size().y / 2.0);
        galley.paint(ui.painter(), at, ink);
    };
    let (sign, ink) = match (kind.unread, kind.resolved) {
        _ if kind.gone => ("–", t.text_soft),
        (true, _) => ("●", t.accent),
        (false, true) => ("✓", t.good),
        (false, false) => ("○", t.text_soft),
    };
    let plain = FontId::proportional(12.5);
    let font = if kind.unread { FontId::new(12.5, look::bold()) } else { plain.clone() };
    put(ui, 8.0, 16.0, sign, plain.clone(), ink);
    if kind.mentions {
        put(ui, 24.0, 16.0, "@", FontId::new(12.5, look::bold()), t.accent);
    }
    let (first, second) = if title.is_some() { (width * 0.48, width * 0.76) } else { (width * 0.55, width) };
    put(ui, 42.0, first - 50.0, &words, font, if kind.gone { t.text_soft } else { t.text });
    put(ui, first, second - first - 8.0, &quote, plain.clone(), t.text_soft);
    if let Some(title) = title {
        put(ui, second, width - second - 8.0, title, plain, t.text_soft);
    }
    response.clicked()
}

/// The threads of the article at hand.
pub struct ThreadList {
    filter: ThreadFilter,
    list: List,
}

impl Default for ThreadList {
    fn default() -> Self {
        Self { filter: ThreadFilter::All, list: List::default() }
    }
}

impl ThreadList {
    /// Shows them; asks to go to the one that was chosen. `at` is the thread that was gone to.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>, at: Option<&str>, seen: &SeenComments) {
        let Some(session) = panel.session else { return };
        let talk = session.talk();
        let threads: Vec<&Thread> = talk.threads().iter().chain(talk.gone()).collect();
        if threads.is_empty() {
            let key = panel.keys.shown(Command::WriteComment);
            let words = panel.with("talk-none", &[("key", (&key).into())]);
            ui.add_space(6.0);
            ui.add(Label::new(RichText::new(words).color(panel.tokens.text_soft)).wrap());
            return;
        }
        let me = session.speaker();
        let unread = |thread: &Thread| seen.is_unread(&session.root, &session.talk().article, thread, me);
        let kinds: Vec<ThreadKind> = threads.iter().map(|t| ThreadKind::of(t, me, unread(t))).collect();
        filters(ui, panel, &mut self.filter, &kinds);
        let shown: Vec<(&Thread, ThreadKind)> =
            threads.into_iter().zip(kinds).filter(|(_, kind)| self.filter.shows(*kind)).collect();
        if shown.is_empty() {
            let words = panel.say("talk-filter-none");
            ui.label(RichText::new(words).color(panel.tokens.text_soft));
            return;
        }
        let name = panel.say("talk-title");
        let rows = Rows {
            salt: "threads",
            name: &name,
            row: ROW,
            count: shown.len(),
            may: &|_| true,
            tokens: panel.tokens,
        };
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut chosen = None;
        let asked = self.list.show(ui, rows, |ui, row| {
            let one = shown[row.index];
            let clicked = thread_row(ui, panel, row, one, at == Some(one.0.id.as_str()), None);
            if clicked {
                chosen = Some(row.index);
            }
            clicked
        });
        if matches!(asked, Some(ListKey::Moved | ListKey::Enter)) {
            chosen = Some(self.list.at);
        }
        if let Some((thread, _)) = chosen.and_then(|n| shown.get(n)) {
            panel.ask(ReviewAct::GoToThread(thread.id.clone()).into());
        }
    }
}
