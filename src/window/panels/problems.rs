//! What validation finds in the open article, worst first.

use egui::{Button, FontId, Popup, PopupCloseBehavior, Rect, RichText, TextStyle, Ui, UiBuilder, pos2, vec2};
use egui_commonmark::{CommonMarkCache, CommonMarkViewer};

use super::finding_words::{fix_title, message};
use super::list::{List, Row, Rows, line, row_response};
use super::list_keys::ListKey;
use super::signs::{severity_colour, severity_sign, severity_word};
use crate::model::Severity;
use crate::validate::Finding;
use crate::window::look;
use crate::window::panel::{Panel, Request};
use crate::window::rule_pages;

const ROW: f32 = 30.0;
const WORST_FIRST: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Heading(Severity, usize),
    /// The place in the article's findings.
    Finding(usize),
}

/// The findings of the open article.
#[derive(Default)]
pub struct ProblemsPanel {
    only: Option<Severity>,
    at: Option<usize>,
    list: List,
    /// The page on the rule of the problem at hand is asked for.
    explain: bool,
    explanations: CommonMarkCache,
}

/// The lines of the list. Findings come worst first, so those of one severity stand together, and which line says what is reckoned and not
/// kept: there may be more findings than spans.
#[derive(Clone, Copy, Default)]
struct Listing {
    /// How many findings of each severity, in the order of [`WORST_FIRST`].
    counts: [usize; 3],
    only: Option<Severity>,
}

impl Listing {
    fn of(findings: &[Finding], only: Option<Severity>) -> Self {
        let up_to = |least: Severity| findings.partition_point(|f| shown_as(f.severity) >= least);
        let mut before = 0;
        let counts = WORST_FIRST.map(|severity| {
            let end = up_to(severity);
            end - std::mem::replace(&mut before, end)
        });
        Self { counts, only }
    }

    /// The headings that are shown: a severity, the place of its first finding, how many there are.
    fn sections(&self) -> impl Iterator<Item = (Severity, usize, usize)> {
        let (mut first, only) = (0, self.only);
        let all = WORST_FIRST.into_iter().zip(self.counts).map(move |(severity, count)| {
            let from = first;
            first += count;
            (severity, from, count)
        });
        all.filter(move |(severity, _, count)| *count > 0 && only.is_none_or(|only| only == *severity))
    }

    fn len(&self) -> usize {
        self.sections().map(|(.., count)| count + 1).sum()
    }

    fn line(&self, mut line: usize) -> Option<Line> {
        for (severity, first, count) in self.sections() {
            match line.checked_sub(1) {
                None => return Some(Line::Heading(severity, count)),
                Some(place) if place < count => return Some(Line::Finding(first + place)),
                Some(place) => line = place - count,
            }
        }
        None
    }

    /// In which line a finding stands.
    fn line_of(&self, finding: usize) -> Option<usize> {
        let mut above = 0;
        for (_, first, count) in self.sections() {
            if (first..first + count).contains(&finding) {
                return Some(above + 1 + finding - first);
            }
            above += count + 1;
        }
        None
    }
}

impl ProblemsPanel {
    /// The finding at hand, by its place among the open article's.
    pub fn selected(&self) -> Option<usize> {
        self.at
    }

    /// Gives the list the keyboard.
    pub fn focus(&mut self) {
        self.list.focus();
    }

    /// Goes to the next finding or the one before, round the end, and gives its place.
    pub fn step(&mut self, findings: &[Finding], forward: bool) -> Option<usize> {
        let last = findings.len().checked_sub(1)?;
        let at = match (self.at.filter(|at| *at <= last), forward) {
            (None, true) => 0,
            (None, false) => last,
            (Some(at), true) if at == last => 0,
            (Some(at), true) => at + 1,
            (Some(0), false) => last,
            (Some(at), false) => at - 1,
        };
        // A filter that hides where one goes would make F8 look broken.
        if self.only.is_some_and(|only| only != shown_as(findings[at].severity)) {
            self.only = None;
        }
        self.at = Some(at);
        let place = Listing::of(findings, self.only).line_of(at);
        self.list.go_to(place.unwrap_or_default());
        Some(at)
    }

    /// Opens the page on the rule of the finding at hand, or of the first, in the next frame. False if there is none.
    pub fn explain(&mut self, findings: &[Finding]) -> bool {
        let at = self.at.filter(|at| *at < findings.len());
        self.explain = at.or_else(|| self.step(findings, true)).is_some();
        self.explain
    }

    /// Shows the panel in what room there is.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let Some(open) = panel.open() else {
            nothing(ui, panel, "panel-no-article", None);
            return;
        };
        let findings = &open.findings;
        self.at = self.at.filter(|at| *at < findings.len());
        if findings.is_empty() {
            nothing(ui, panel, "problems-none", Some("problems-none-hint"));
            return;
        }
        let listing = Listing::of(findings, self.only);
        self.chips(ui, panel, findings.len(), listing.counts);
        if listing.len() == 0 {
            self.only = None;
        } else {
            self.list_lines(ui, panel, findings, listing);
        }
    }

    fn list_lines(&mut self, ui: &mut Ui, panel: &Panel<'_>, findings: &[Finding], lines: Listing) {
        if let Some(Line::Heading(..)) = lines.line(self.list.at) {
            self.list.at += 1;
        }
        let name = panel.say("problems-title");
        let may = |n: usize| matches!(lines.line(n), Some(Line::Finding(_)));
        let rows = Rows {
            salt: "problems",
            name: &name,
            row: ROW,
            count: lines.len(),
            may: &may,
            tokens: panel.tokens,
        };
        ui.spacing_mut().item_spacing.y = 0.0;
        let at = self.at;
        let (explain, explanations) = (&mut self.explain, &mut self.explanations);
        let mut clicked = None;
        let key = self.list.show(ui, rows, |ui, row| match lines.line(row.index) {
            None => false,
            Some(Line::Heading(severity, count)) => {
                heading(ui, panel, row, severity, count);
                false
            }
            Some(Line::Finding(n)) => {
                let at_hand = at == Some(n);
                let explain = at_hand && std::mem::take(explain);
                let hit = finding_row(ui, panel, &findings[n], row, at_hand, Page { explain, explanations });
                clicked = if hit { Some(n) } else { clicked };
                hit
            }
        });
        let at_hand = match lines.line(self.list.at) {
            Some(Line::Finding(n)) => Some(n),
            _ => None,
        };
        let go = clicked.or(match key {
            Some(ListKey::Enter) => at_hand,
            _ => None,
        });
        if let Some(n) = go {
            self.at = Some(n);
            panel.ask(Request::GoToFinding(Box::new(findings[n].clone())));
        }
        match (key, at_hand) {
            (Some(ListKey::Moved), Some(n)) => self.at = Some(n),
            (Some(ListKey::AltEnter), Some(n)) if findings[n].fix.is_some() && panel.may_edit() => {
                panel.ask(Request::Fix(Box::new(findings[n].clone())));
            }
            _ => {}
        }
    }

    fn chips(&mut self, ui: &mut Ui, panel: &Panel<'_>, all: usize, counts: [usize; 3]) {
        ui.horizontal_wrapped(|ui| {
            let all = panel.with("problems-all", &[("n", all.into())]);
            if ui.add(Button::selectable(self.only.is_none(), all).frame_when_inactive(true)).clicked() {
                self.only = None;
            }
            for (severity, n) in WORST_FIRST.into_iter().zip(counts) {
                if n == 0 {
                    continue;
                }
                let words = panel.with(severity_word(severity), &[("n", n.into())]);
                let on = self.only == Some(severity);
                let text = format!("\u{2003} {words}");
                let response = ui.add(Button::selectable(on, text).frame_when_inactive(true));
                let sign = response.rect.left_center() + vec2(15.0, 0.0);
                severity_sign(ui.painter(), sign, 5.5, severity, panel.tokens);
                if response.accessible_name(&words).clicked() {
                    self.only = if on { None } else { Some(severity) };
                    self.list.go_to(0);
                }
            }
        });
    }
}

fn shown_as(severity: Severity) -> Severity {
    if severity == Severity::Off { Severity::Info } else { severity }
}

fn heading(ui: &mut Ui, panel: &Panel<'_>, row: &Row, severity: Severity, count: usize) {
    let words = panel.with(severity_word(severity), &[("n", count.into())]);
    let text =
        RichText::new(words).small().family(look::bold()).color(severity_colour(severity, panel.tokens));
    let at = Rect::from_min_max(row.rect.min + vec2(8.0, 8.0), row.rect.max);
    ui.put(at, |ui: &mut Ui| {
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Min), |ui| ui.label(text)).inner
    });
}

/// The page on a finding's rule.
struct Page<'a> {
    /// It opens in this frame.
    explain: bool,
    explanations: &'a mut CommonMarkCache,
}

fn finding_row(
    ui: &mut Ui,
    panel: &Panel<'_>,
    finding: &Finding,
    row: &Row,
    at_hand: bool,
    page: Page<'_>,
) -> bool {
    let tokens = panel.tokens;
    let words = message(finding, panel);
    let place = place(panel, finding);
    let response = row_response(ui, row, at_hand, &format!("{words}, {place}"), tokens);
    let sign = pos2(row.rect.left() + 18.0, row.rect.center().y);
    severity_sign(ui.painter(), sign, 6.5, shown_as(finding.severity), tokens);
    let inner = Rect::from_min_max(row.rect.min + vec2(34.0, 0.0), row.rect.max - vec2(8.0, 0.0));
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(inner).layout(layout), |ui| {
        let code = ui.link(RichText::new(finding.code).small());
        let code = code.on_hover_text(panel.say("problems-explain-hint"));
        if page.explain {
            Popup::open_id(ui.ctx(), Popup::default_response_id(&code));
        }
        Popup::from_toggle_button_response(&code)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .frame(egui::Frame::popup(ui.style()).inner_margin(14.0))
            .show(|ui| {
                ui.set_max_width(460.0);
                // A note, not a page: headings little larger than the text.
                ui.style_mut().text_styles.insert(TextStyle::Heading, FontId::new(14.0, look::bold()));
                ui.spacing_mut().item_spacing.y = 2.0;
                egui::ScrollArea::vertical().max_height(480.0).min_scrolled_height(480.0).show(ui, |ui| {
                    ui.label(RichText::new(&words).family(look::bold()));
                    ui.add_space(4.0);
                    if let Some(words) = rule_pages::page(finding.code, panel.words) {
                        CommonMarkViewer::new().show(ui, page.explanations, &words);
                    }
                });
            });
        ui.label(RichText::new(&place).small().color(tokens.text_soft));
        if let Some(title) = fix_title(finding, panel) {
            let fix = Button::new(panel.say("problems-fix")).small();
            let fix = ui.add_enabled(panel.may_edit(), fix).on_hover_text(&title);
            if fix.accessible_name(panel.with("problems-fix-name", &[("title", (&title).into())])).clicked() {
                panel.ask(Request::Fix(Box::new(finding.clone())));
            }
        }
        let left = ui.available_rect_before_wrap();
        let galley = line(ui, &words, left.width() - 12.0, FontId::proportional(13.5), tokens.text);
        let at = pos2(left.left(), row.rect.center().y - galley.size().y / 2.0);
        galley.paint(ui.painter(), at, tokens.text);
    });
    response.clicked()
}

/// Where a finding stands, as people count: the article's line, else the place in the file.
fn place(panel: &Panel<'_>, finding: &Finding) -> String {
    let text = panel.open().map(|o| &o.desk.article.text);
    match (finding.range, text) {
        (Some(range), Some(text)) => {
            let (line, _) = text.line_column(range.start());
            panel.with("place-line", &[("n", (line as usize).into())])
        }
        _ => {
            let name = finding.file.rsplit('/').next().unwrap_or(&finding.file);
            format!("{name}:{}", finding.place.line)
        }
    }
}

/// An empty panel says why, and what there would be.
pub(super) fn nothing(ui: &mut Ui, panel: &Panel<'_>, what: &str, hint: Option<&str>) {
    ui.add_space(14.0);
    ui.vertical_centered(|ui| {
        ui.label(RichText::new(panel.words.say(what)).family(look::bold()));
        if let Some(hint) = hint {
            ui.label(RichText::new(panel.words.say(hint)).color(panel.tokens.text_soft));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::panels::trial::{Trial, World, harness};
    use egui::Key;
    use egui_kittest::kittest::Queryable as _;

    fn shown<'a>(trial: Trial) -> egui_kittest::Harness<'a, World<ProblemsPanel>> {
        harness([760.0, 260.0], trial, ProblemsPanel::default(), ProblemsPanel::show)
    }

    #[test]
    fn clicking_a_problem_goes_there_and_its_fix_mends_it() {
        let mut h = shown(Trial::new());
        h.run();
        h.get_by_label_contains("at least one issue").click();
        h.run();
        let findings = h.state_mut().trial.open().findings.to_vec();
        assert_eq!(h.state().trial.asked(), [Request::GoToFinding(Box::new(findings[0].clone()))]);
        assert_eq!(h.state().shown.selected(), Some(0));
        h.get_by_label("Исправить: Trim the white space").click();
        h.run();
        assert_eq!(h.state().trial.asked(), [Request::Fix(Box::new(findings[1].clone()))]);
    }

    #[test]
    fn the_keyboard_passes_over_headings_and_mends() {
        let mut h = shown(Trial::new());
        h.state_mut().shown.focus();
        h.run();
        h.key_press(Key::ArrowDown);
        h.run();
        assert_eq!(h.state().shown.selected(), Some(1));
        h.key_press_modifiers(egui::Modifiers::ALT, Key::Enter);
        h.run();
        let findings = h.state_mut().trial.open().findings.to_vec();
        assert_eq!(h.state().trial.asked(), [Request::Fix(Box::new(findings[1].clone()))]);
        h.key_press(Key::ArrowDown);
        h.run();
        h.key_press(Key::Enter);
        h.run();
        assert_eq!(h.state().trial.asked(), [Request::GoToFinding(Box::new(findings[2].clone()))]);
    }

    #[test]
    fn stepping_goes_round_and_shows_what_a_filter_hid() {
        let mut trial = Trial::new();
        let findings = trial.open().findings.to_vec();
        let mut problems = ProblemsPanel { only: Some(Severity::Error), ..ProblemsPanel::default() };
        let steps: Vec<_> = (0..4).map(|_| problems.step(&findings, true).unwrap()).collect();
        assert_eq!(steps, [0, 1, 2, 0]);
        assert_eq!(problems.only, None);
        assert_eq!(problems.step(&findings, false), Some(2));
        assert_eq!(problems.step(&[], true), None);
    }

    #[test]
    fn chips_count_and_filter() {
        let mut h = shown(Trial::new());
        h.run();
        h.get_by_role_and_label(egui::accesskit::Role::Button, "1 предупреждение").click();
        h.run();
        assert!(h.query_by_label_contains("at least one issue").is_none());
        assert!(h.query_by_label_contains("Nobody is said").is_some());
    }

    #[test]
    fn no_problems_says_what_is_checked() {
        let mut trial = Trial::new();
        trial.open().findings = Default::default();
        let mut h = shown(trial);
        h.run();
        assert!(h.query_by_label("Проблем нет").is_some());
        assert!(h.query_by_label_contains("Проверяются").is_some());
    }

    #[test]
    fn a_message_in_the_words_goes_before_the_rules_own() {
        let mut trial = Trial::new();
        let mut finding = trial.open().findings[0].clone();
        assert_eq!(message(&finding, &trial.panel()), "A position needs at least one issue");
        finding.rule = "trial-message";
        finding.args = [("n", "3")].into_iter().collect();
        // There is no such message, so the rule's own stays.
        assert_eq!(message(&finding, &trial.panel()), "A position needs at least one issue");
    }
}
