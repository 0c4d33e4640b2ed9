//! One person's work against gold: what was changed, rejected, added and left out, by whom and why. Nobody has to ask the judge.

use egui::{ComboBox, FontId, RichText, Ui, vec2};
use std::time::{Duration, Instant};

use super::DashboardAct;
use crate::model::{GOLD, Schema, SpanId};
use crate::review::{Fate, against_gold};
use crate::session::overview::Overview;
use crate::text::TextRange;
use crate::window::describe::shorten;
use crate::window::look;
use crate::window::panel::Panel;
use crate::window::panels::list::{List, Rows, line, row_response};
use crate::window::panels::list_keys::ListKey;
use crate::window::review::scene::top_title;
use crate::window::words::Words;

const ROW: f32 = 42.0;
/// How long a frame may work on it: the rest is done in the next ones.
const SLICE: Duration = Duration::from_millis(6);

/// One thing that became of a tag.
#[derive(Clone, Debug, PartialEq)]
pub struct Became {
    /// The article, by place.
    pub article: usize,
    /// Where.
    pub at: TextRange,
    /// What became of it.
    pub fate: Fate,
    /// The person's tag.
    pub span: Option<SpanId>,
    /// The words it is about.
    pub surface: String,
    /// In what the two differ, in words.
    pub differs: String,
    /// Who decided, when and why, in words; empty if nobody wrote that down.
    pub why: String,
}

/// What it was worked out for: the overview's version, the person, the language.
type Key = (u64, usize, &'static str);

/// The page.
#[derive(Default)]
pub struct OwnWork {
    person: Option<usize>,
    only: Option<Fate>,
    of: Option<Key>,
    next: usize,
    rows: Vec<Became>,
    counts: [usize; 5],
    list: List,
}

impl OwnWork {
    /// Shows the page.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>, overview: &Overview, version: u64) {
        let t = panel.tokens;
        let soft = |ui: &mut Ui, key: &str| {
            ui.add(egui::Label::new(RichText::new(panel.say(key)).color(t.text_soft)).wrap());
        };
        let Some(gold) = overview.people.iter().position(|name| name == GOLD) else {
            return soft(ui, "own-work-no-gold");
        };
        let own = panel.session.map(|s| s.sitting().map_or(s.annotator.as_str(), |sitting| &sitting.judge));
        let own = own.and_then(|own| overview.people.iter().position(|name| name == own));
        let first = (0..overview.people.len()).find(|who| *who != gold);
        let Some(mut person) = self.person.filter(|p| *p < overview.people.len()).or(own).or(first) else {
            return soft(ui, "own-work-no-gold");
        };
        ui.horizontal_wrapped(|ui| {
            let title = panel.say("overview-annotator");
            ui.label(RichText::new(&title).small().color(t.text_soft));
            let now = overview.people[person].clone();
            let shown = ComboBox::from_id_salt("own-work").selected_text(&now).show_ui(ui, |ui| {
                for (who, name) in overview.people.iter().enumerate().filter(|(who, _)| *who != gold) {
                    ui.selectable_value(&mut person, who, name);
                }
            });
            let label = format!("{title}: {now}");
            shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &label));
            self.person = Some(person);
            self.work(panel, overview, (version, person, panel.words.code()), gold);
            for (fate, count) in Fate::ALL.into_iter().zip(self.counts) {
                if fate == Fate::Kept {
                    ui.label(panel.with("own-work-kept", &[("n", count.into())]));
                    continue;
                }
                let words = format!("{} {} {count}", fate_sign(fate), panel.say(fate_word(fate)));
                let on = self.only == Some(fate);
                let button = egui::Button::new(&words).selected(on);
                if ui.add_enabled(count > 0, button).clicked() {
                    self.only = (!on).then_some(fate);
                    self.list = List::default();
                }
            }
        });
        if self.next < overview.articles.len() {
            ui.ctx().request_repaint();
        }
        ui.add_space(6.0);
        let shown: Vec<usize> = (0..self.rows.len())
            .filter(|n| self.only.is_none_or(|fate| self.rows[*n].fate == fate))
            .collect();
        if shown.is_empty() {
            return soft(ui, "own-work-nothing");
        }
        self.rows_of(ui, panel, overview, &shown, person);
    }

    fn rows_of(
        &mut self,
        ui: &mut Ui,
        panel: &Panel<'_>,
        overview: &Overview,
        shown: &[usize],
        person: usize,
    ) {
        let t = panel.tokens;
        let name = panel.say("overview-own-work");
        let rows =
            Rows { salt: "own-work", name: &name, row: ROW, count: shown.len(), may: &|_| true, tokens: t };
        ui.spacing_mut().item_spacing.y = 0.0;
        let all = &self.rows;
        let mut opened = None;
        let asked = self.list.show(ui, rows, |ui, row| {
            let one = &all[shown[row.index]];
            let article = &overview.articles[one.article].title;
            let fate = panel.say(fate_word(one.fate));
            let spoken = format!("{fate}: {} · {} · {} · {article}", one.surface, one.differs, one.why);
            let response = row_response(ui, row, false, &spoken, t);
            let ink = match one.fate {
                Fate::Kept => t.good,
                Fate::Changed => t.info,
                Fate::Rejected => t.error,
                Fate::Absent | Fate::Added => t.warning,
            };
            let width = row.rect.width();
            let put = |ui: &Ui, x: f32, y: f32, wide: f32, words: &str, font: FontId, ink| {
                let galley = line(ui, words, wide, font, ink);
                galley.paint(ui.painter(), row.rect.min + vec2(x, y), ink);
            };
            let plain = FontId::proportional(12.5);
            let head = format!("{} {fate}", fate_sign(one.fate));
            put(ui, 8.0, 3.0, 150.0, &head, FontId::new(12.5, look::bold()), ink);
            let surface = format!("«{}»", one.surface);
            put(ui, 164.0, 3.0, width * 0.5, &surface, FontId::new(13.5, look::serif()), t.text);
            put(ui, 170.0 + width * 0.5, 4.0, width * 0.5 - 180.0, article, plain.clone(), t.text_soft);
            let below: Vec<&str> =
                [one.differs.as_str(), one.why.as_str()].into_iter().filter(|s| !s.is_empty()).collect();
            put(ui, 164.0, 22.0, width - 176.0, &below.join("  —  "), plain, t.text_soft);
            let line = row.rect.bottom() - 0.5;
            ui.painter().hline(row.rect.x_range(), line, egui::Stroke::new(0.5, t.line));
            if response.clicked() {
                opened = Some(row.index);
            }
            response.clicked()
        });
        if asked == Some(ListKey::Enter) {
            opened = Some(self.list.at);
        }
        if let Some(one) = opened.and_then(|n| all.get(*shown.get(n)?)) {
            let article = overview.articles[one.article].path.clone();
            let people = vec![overview.people[person].clone()];
            panel.ask(DashboardAct::Open { article, people, at: Some(one.at) }.into());
        }
    }

    /// Works a little of it out; what is kept as it was is only counted.
    fn work(&mut self, panel: &Panel<'_>, overview: &Overview, key: Key, gold: usize) {
        if self.of != Some(key) {
            self.of = Some(key);
            self.next = 0;
            self.rows.clear();
            self.counts = [0; 5];
        }
        let Some(schema) = panel.session.map(|s| s.schema.clone()) else { return };
        let begun = Instant::now();
        while self.next < overview.articles.len() && begun.elapsed() < SLICE {
            let article = self.next;
            self.next += 1;
            let of = &overview.articles[article];
            let (Some(Some(set)), Some(Some(made))) = (of.sets.get(key.1), of.sets.get(gold)) else {
                continue;
            };
            for one in against_gold(&overview.people[key.1], set, made, &schema) {
                let rank = Fate::ALL.iter().position(|f| *f == one.fate).unwrap_or_default();
                self.counts[rank] += 1;
                if one.fate == Fate::Kept {
                    continue;
                }
                let text = of.text.as_ref().and_then(|t| t.slice(one.at)).unwrap_or_default();
                let span = one.span.as_ref().and_then(|id| set.get(id));
                let label = span
                    .map(|s| s.label.as_str())
                    .or_else(|| one.gold.as_ref().and_then(|id| made.get(id)).map(|s| s.label.as_str()));
                let differs = match one.fate {
                    Fate::Changed => differences(&one.kinds, &schema, label.unwrap_or_default(), panel.words),
                    _ => schema
                        .label(label.unwrap_or_default())
                        .map_or_else(String::new, |l| l.title(panel.words.code()).to_owned()),
                };
                let why = one.decision.as_ref().map(|decision| {
                    let when = decision.when.get(..10).unwrap_or_default();
                    let mut parts = vec![format!("{} {when}", decision.by).trim().to_owned()];
                    if !decision.why.is_empty() {
                        parts.push(format!("«{}»", decision.why));
                    }
                    parts.retain(|p| !p.is_empty());
                    parts.join(": ")
                });
                self.rows.push(Became {
                    article,
                    at: one.at,
                    fate: one.fate,
                    span: one.span,
                    surface: shorten(&text.replace('\n', " "), 90),
                    differs,
                    why: why.unwrap_or_default(),
                });
            }
        }
    }
}

/// In what two versions differ: "borders, Act".
fn differences(
    kinds: &crate::review::DifferenceKinds,
    schema: &Schema,
    label: &str,
    words: &Words,
) -> String {
    let mut all = Vec::new();
    if kinds.borders {
        all.push(words.say("review-kind-borders"));
    }
    if kinds.label {
        all.push(words.say("review-kind-label"));
    }
    for path in &kinds.fields {
        let title = top_title(schema, label, path, words.code());
        if !all.contains(&title) {
            all.push(title);
        }
    }
    all.join(", ")
}

/// The key of a fate in the words.
fn fate_word(fate: Fate) -> &'static str {
    match fate {
        Fate::Kept => "fate-kept",
        Fate::Changed => "fate-changed",
        Fate::Rejected => "fate-rejected",
        Fate::Absent => "fate-absent",
        Fate::Added => "fate-added",
    }
}

/// A sign for a fate that can be told without colour.
fn fate_sign(fate: Fate) -> &'static str {
    match fate {
        Fate::Kept => "✓",
        Fate::Changed => "↓",
        Fate::Rejected => "✘",
        Fate::Absent => "−",
        Fate::Added => "+",
    }
}
