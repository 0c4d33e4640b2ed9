//! The list of differences: what differs, how, whose; filtered, and only the rows in view are made.

use egui::{ComboBox, FontId, Pos2, Rect, RichText, Ui, pos2, vec2};

use super::scene::{Scene, State};
use crate::review::DifferenceKind;
use crate::window::command::Command;
use crate::window::comment_marks;
use crate::window::look;
use crate::window::panel::Panel;
use crate::window::panels::list::{List, Row, Rows, line, row_response};
use crate::window::panels::list_keys::ListKey;
use crate::window::panels::swatch;

const ROW: f32 = 28.0;

/// What the list leaves out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Only this kind of difference.
    pub kind: Option<DifferenceKind>,
    /// Only where somebody used this label.
    pub label: Option<String>,
    /// Only where this annotator, by place, stands apart from the others.
    pub who: Option<usize>,
    /// Also what is decided.
    pub decided: bool,
}

/// The list.
#[derive(Default)]
pub struct DifferenceList {
    /// What is left out.
    pub filter: Filter,
    list: List,
    shown: Vec<usize>,
    shown_for: Option<(u64, Filter)>,
}

impl DifferenceList {
    /// The marks that pass the filter, by place among the scene's.
    pub fn passing(&mut self, scene: &Scene) -> &[usize] {
        let key = (scene.version, self.filter.clone());
        if self.shown_for.as_ref() != Some(&key) {
            let passes = |mark: &usize| self.filter.passes(scene, *mark);
            self.shown = (0..scene.marks.len()).filter(passes).collect();
            self.shown_for = Some(key);
        }
        &self.shown
    }

    /// The next difference of the list after the one at hand, or the one before; round the end.
    pub fn step(&mut self, scene: &Scene, at: Option<usize>, forward: bool) -> Option<usize> {
        let all = self.passing(scene);
        let next = match (at, forward) {
            (None, true) => all.first(),
            (None, false) => all.last(),
            (Some(at), true) => all.iter().find(|m| **m > at).or(all.first()),
            (Some(at), false) => all.iter().rev().find(|m| **m < at).or(all.last()),
        };
        next.copied()
    }

    /// The next open difference after a place in the text order, round the end.
    pub fn next_open(&mut self, scene: &Scene, at: usize) -> Option<usize> {
        let all = self.passing(scene).to_vec();
        let open = |m: &&usize| scene.marks[**m].state.is_open();
        all.iter().filter(open).find(|m| **m > at).or_else(|| all.iter().find(open)).copied()
    }

    /// Brings a difference into view in the list.
    pub fn reveal(&mut self, scene: &Scene, mark: usize) {
        if let Some(row) = self.passing(scene).iter().position(|m| *m == mark) {
            self.list.go_to(row);
        }
    }

    /// Gives the list the keyboard.
    pub fn focus(&mut self) {
        self.list.focus();
    }

    /// Shows filters and list; gives the difference that was chosen.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        panel: &Panel<'_>,
        scene: &Scene,
        at: Option<usize>,
    ) -> Option<usize> {
        self.filters(ui, panel, scene);
        let shown = self.passing(scene).to_vec();
        if shown.is_empty() {
            let words = match scene.marks.is_empty() {
                true => none(panel, scene),
                false if scene.open() == 0 => all_decided(panel, scene),
                false => panel.say("review-none-left"),
            };
            ui.add_space(6.0);
            ui.add(egui::Label::new(RichText::new(words).color(panel.tokens.text_soft)).wrap());
            return None;
        }
        let name = panel.say("review-list");
        let rows = Rows {
            salt: "differences",
            name: &name,
            row: ROW,
            count: shown.len(),
            may: &|_| true,
            tokens: panel.tokens,
        };
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut chosen = None;
        let asked = self.list.show(ui, rows, |ui, row| {
            let mark = shown[row.index];
            let clicked = difference(ui, panel, scene, row, mark, at == Some(mark));
            if clicked {
                chosen = Some(mark);
            }
            clicked
        });
        if matches!(asked, Some(ListKey::Moved | ListKey::Enter)) {
            chosen = shown.get(self.list.at).copied();
        }
        chosen
    }

    fn filters(&mut self, ui: &mut Ui, panel: &Panel<'_>, scene: &Scene) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let open = scene.open();
            let words = [("open", open.into()), ("all", scene.marks.len().into())];
            ui.label(RichText::new(panel.with("review-count", &words)).family(look::bold()));
            let kinds = DifferenceKind::ALL.into_iter().filter(|k| scene.kinds.contains(k));
            let kinds = kinds.map(|k| (Some(k), panel.say(kind_word(k))));
            // With one person alone there is no kind and nobody to stand apart.
            let several = scene.people.len() > 1;
            if several {
                choose(ui, panel, "review-filter-kind", "review-any-kind", &mut self.filter.kind, kinds);
            } else {
                (self.filter.kind, self.filter.who) = (None, None);
            }
            let title = |label: &String| {
                panel
                    .session
                    .and_then(|s| s.schema.label(label))
                    .map_or(label.clone(), |l| l.title(panel.words.code()).to_owned())
            };
            let labels = scene.labels.iter().map(|l| (Some(l.clone()), title(l)));
            choose(ui, panel, "review-filter-label", "review-any-label", &mut self.filter.label, labels);
            let people = scene.people.iter().enumerate().map(|(n, p)| (Some(n), p.name.clone()));
            if several {
                choose(ui, panel, "review-filter-who", "review-anyone", &mut self.filter.who, people);
            }
            ui.checkbox(&mut self.filter.decided, panel.say("review-filter-decided"));
        });
        ui.add_space(2.0);
    }
}

/// A choice of one or any.
fn choose<T: PartialEq + Clone>(
    ui: &mut Ui,
    panel: &Panel<'_>,
    name: &str,
    any: &str,
    value: &mut Option<T>,
    options: impl Iterator<Item = (Option<T>, String)>,
) {
    let all: Vec<(Option<T>, String)> = std::iter::once((None, panel.say(any))).chain(options).collect();
    let now = all.iter().find(|(v, _)| v == value).map_or_else(|| panel.say(any), |(_, words)| words.clone());
    let shown = ComboBox::from_id_salt(name).selected_text(now.clone()).show_ui(ui, |ui| {
        for (option, words) in all {
            ui.selectable_value(value, option, words);
        }
    });
    let label = format!("{}: {now}", panel.say(name));
    shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &label));
}

impl Filter {
    fn passes(&self, scene: &Scene, mark: usize) -> bool {
        let mark = &scene.marks[mark];
        let kind = self.kind.is_none_or(|kind| mark.kinds.contains(&kind));
        let label = self.label.as_ref().is_none_or(|label| mark.labels.contains(label));
        let who = self.who.is_none_or(|who| mark.apart.contains(&who));
        kind && label && who && (self.decided || mark.state.is_open())
    }
}

/// What is said where nobody differs: that, and what is still to be done.
pub(super) fn none(panel: &Panel<'_>, scene: &Scene) -> String {
    if scene.people.is_empty() {
        return panel.say("review-nobody");
    }
    format!("{} {}", panel.say("review-none"), what_next(panel, scene))
}

/// What is said where everything in the list is decided.
fn all_decided(panel: &Panel<'_>, scene: &Scene) -> String {
    format!("{} {}", panel.say("review-all-decided"), what_next(panel, scene))
}

/// The key that puts what all agree on into gold, or the one that ends the article.
fn what_next(panel: &Panel<'_>, scene: &Scene) -> String {
    let (agreed, taken) = scene.agreed;
    let (words, command) = match agreed > taken {
        true => ("review-then-rule", Command::ReviewRules),
        false => ("review-then-done", Command::MarkDone),
    };
    panel.with(words, &[("key", (&panel.keys.shown(command)).into()), ("n", (agreed - taken).into())])
}

/// The key of a kind of difference in the words.
pub fn kind_word(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::OnlySome => "review-kind-only",
        DifferenceKind::Borders => "review-kind-borders",
        DifferenceKind::Label => "review-kind-label",
        DifferenceKind::Fields => "review-kind-fields",
        DifferenceKind::Relations => "review-kind-relations",
        DifferenceKind::Agreed => "review-kind-agreed",
    }
}

/// The key of a state in the words.
pub fn state_word(state: State) -> &'static str {
    match state {
        State::Open => "review-open",
        State::Again => "review-again",
        State::Taken => "review-taken",
        State::Rejected => "review-rejected",
        State::Nothing => "review-nothing",
    }
}

/// A sign for a state that can be told without colour.
pub fn state_sign(state: State) -> &'static str {
    match state {
        State::Open => "○",
        State::Again => "◐",
        State::Taken => "✓",
        State::Rejected => "✘",
        State::Nothing => "−",
    }
}

fn difference(ui: &mut Ui, panel: &Panel<'_>, scene: &Scene, row: &Row, mark: usize, at_hand: bool) -> bool {
    let mark = &scene.marks[mark];
    let t = panel.tokens;
    let state = panel.say(state_word(mark.state));
    let who: Vec<&str> =
        mark.members.iter().filter_map(|who| scene.people.get(*who)).map(|p| p.name.as_str()).collect();
    let mut name = format!("{}: {} · {} · {state}", mark.words, mark.surface, who.join(", "));
    if let Some(said) = &mark.said {
        name = format!("{name} · {}", said.words(panel.words));
    }
    let response = row_response(ui, row, at_hand, &name, t);
    let middle = row.rect.center().y;
    let font = FontId::proportional(12.5);
    let put = |ui: &Ui, x: f32, width: f32, text: &str, ink, font: FontId| -> f32 {
        let galley = line(ui, text, width, font, ink);
        let size = galley.size();
        galley.paint(ui.painter(), pos2(x, middle - size.y / 2.0), ink);
        size.x
    };
    let mut x = row.rect.left() + 8.0;
    let ink = match mark.state {
        State::Open => t.accent,
        State::Again => t.warning,
        State::Taken => t.good,
        State::Rejected | State::Nothing => t.text_soft,
    };
    put(ui, x, 18.0, state_sign(mark.state), ink, font.clone());
    x += 20.0;
    let room = row.rect.width();
    let kinds = (room * 0.3).clamp(90.0, 230.0);
    let strong = if mark.state.is_open() { t.text } else { t.text_soft };
    // The letters of the people stand at the end of the row, with their names on the card.
    put(ui, x, kinds - 8.0, &mark.flag, strong, FontId::new(12.5, look::bold()));
    x += kinds;
    if let Some(label) = mark.labels.first() {
        let number = panel.session.map_or(0, |s| s.schema.colour_of(label));
        let rect = Rect::from_center_size(Pos2::new(x + 8.0, middle), vec2(16.0, 14.0));
        swatch(ui.painter(), rect, t.label(number));
    }
    x += 24.0;
    let badges: String = mark
        .members
        .iter()
        .filter_map(|w| scene.people.get(*w))
        .map(|p| p.badge.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    let balloon = mark.said.as_ref().map_or(0.0, |said| said.width() + 8.0);
    let right = 16.0 + badges.chars().count() as f32 * 7.0 + balloon;
    put(ui, x, row.rect.right() - right - x - 8.0, &mark.surface, strong, font.clone());
    if let Some(said) = &mark.said {
        let at = pos2(row.rect.right() - right, middle - comment_marks::HEIGHT / 2.0);
        let rect = Rect::from_min_size(at, vec2(said.width(), comment_marks::HEIGHT));
        let ground = if at_hand { t.accent_ground } else { t.panel };
        said.paint(ui.painter(), rect, t.accent, ground);
    }
    put(ui, row.rect.right() - right + balloon, right - balloon, &badges, t.text_soft, font);
    response.clicked()
}
