//! The overview's page: which part of it is shown, and what one drilled down to.

use egui::{Button, ComboBox, FontId, Id, RichText, ScrollArea, Ui, Vec2, pos2, vec2};
use std::path::Path;
use std::sync::Arc;

use super::assignments::Assignments;
use super::chart_view::{self, Cursor};
use super::charts::{self, Chart, Heat};
use super::comments::ProjectComments;
use super::figures::{self, Drill, Found, Measure};
use super::own_work::OwnWork;
use super::{ChartFormat, DashboardAct};
use crate::model::Status;
use crate::review::agreement::{Agreement, Metric};
use crate::session::measuring::measuring;
use crate::session::overview::{self, Overview};
use crate::session::{Job, SeenComments};
use crate::store::Wake;
use crate::window::look::{self, Tokens};
use crate::window::panel::Panel;
use crate::window::panels::list::{List, Rows, line, row_response};
use crate::window::panels::list_keys::ListKey;
use crate::window::panels::status_word;

/// A part of the overview.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Section {
    /// How far everyone is.
    #[default]
    Progress,
    /// Every pair's agreement.
    Agreement,
    /// The same for each label.
    ByLabel,
    /// Which labels are taken for which.
    Confusion,
    /// Agreement by the articles' days.
    OverTime,
    /// Who and what agrees far less than most.
    Outliers,
    /// Who annotates which article.
    Assignments,
    /// One person's work against gold.
    OwnWork,
    /// What people say to each other.
    Comments,
}

impl Section {
    /// All of them, in order.
    pub const ALL: [Self; 9] = [
        Self::Progress,
        Self::Agreement,
        Self::ByLabel,
        Self::Confusion,
        Self::OverTime,
        Self::Outliers,
        Self::Assignments,
        Self::OwnWork,
        Self::Comments,
    ];

    /// The key of its title in the words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Progress => "overview-progress",
            Self::Agreement => "overview-agreement",
            Self::ByLabel => "overview-by-label",
            Self::Confusion => "overview-confusion",
            Self::OverTime => "overview-over-time",
            Self::Outliers => "overview-outliers",
            Self::Assignments => "overview-assignments",
            Self::OwnWork => "overview-own-work",
            Self::Comments => "overview-comments",
        }
    }

    /// The name of its exported file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Progress => "progress",
            Self::Agreement => "agreement",
            Self::ByLabel => "agreement-by-label",
            Self::Confusion => "confusion",
            Self::OverTime => "agreement-over-time",
            Self::Outliers => "outliers",
            Self::Assignments => "assignments",
            Self::OwnWork => "own-work",
            Self::Comments => "comments",
        }
    }
}

/// What a chart was made for; made anew when this is another.
#[derive(Clone, PartialEq)]
struct ChartKey {
    version: u64,
    section: Section,
    measure: Measure,
    label: Option<u16>,
    pair: (usize, usize),
    language: &'static str,
    dark: bool,
    /// How many figures there are.
    figures: usize,
    /// How wide and how high it may be, in whole points.
    room: (u32, u32),
}

/// The overview.
#[derive(Default)]
pub struct OverviewPage {
    job: Option<Job<Result<Overview, String>>>,
    wake: Option<Wake>,
    overview: Option<Arc<Overview>>,
    fault: Option<String>,
    version: u64,
    /// Which part is shown.
    pub section: Section,
    measure: Measure,
    label: Option<u16>,
    pair: (usize, usize),
    chart: Option<(ChartKey, Chart)>,
    /// How wide and how high the chart may be; on paper it is as on the screen.
    room: Vec2,
    cursor: Cursor,
    found: Option<(Drill, Vec<Found>)>,
    list: List,
    assignments: Assignments,
    own_work: OwnWork,
    pub(in crate::window) comments: ProjectComments,
    measuring: Option<Job<Option<Agreement>>>,
    /// The figures, and the metrics they are of.
    agreement: Option<Agreement>,
    asked: Vec<Metric>,
    order: Vec<usize>,
}

impl OverviewPage {
    /// Begins to read the project anew for somebody; what is shown stays until that is done.
    pub fn read(&mut self, root: &Path, viewer: &str, wake: Wake) {
        self.wake = Some(wake.clone());
        self.job = Some(overview::reading(root, viewer, wake));
        self.fault = None;
    }

    /// Forgets everything: another project came.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// Whether the project is being read or measured.
    pub fn is_reading(&self) -> bool {
        self.job.is_some() || self.measuring.is_some()
    }

    /// What is known.
    pub fn overview(&self) -> Option<&Arc<Overview>> {
        self.overview.as_ref()
    }

    /// Begins to measure what the chosen measure needs, unless that was done already.
    fn measure(&mut self, panel: &Panel<'_>) {
        let Some(metric) = self.measure.metric().filter(|m| !self.asked.contains(m)) else { return };
        let (Some(overview), Some(session)) = (&self.overview, panel.session) else { return };
        if self.measuring.is_some() {
            return;
        }
        // γ takes far longer than all others together, so it is measured only when it is asked for.
        let quick =
            [Metric::CohenKappa, Metric::KrippendorffAlpha, Metric::KrippendorffAlphaU, Metric::FrameF1];
        let metrics = if metric == Metric::Gamma { vec![metric] } else { quick.to_vec() };
        self.asked.extend(&metrics);
        let (overview, schema) = (overview.clone(), session.schema.clone());
        let wake = self.wake.clone().unwrap_or_else(|| Arc::new(|| {}));
        self.measuring = Some(measuring(overview, schema, metrics, wake));
    }

    /// Takes in what the thread worked out.
    pub fn tick(&mut self) {
        if let Some(measured) = self.measuring.as_ref().and_then(Job::take) {
            self.measuring = None;
            let Ok(Some(agreement)) = measured else { return };
            match &mut self.agreement {
                Some(there) => there.figures.extend(agreement.figures),
                None => self.agreement = Some(agreement),
            }
        }
        let Some(result) = self.job.as_ref().and_then(Job::take) else { return };
        self.job = None;
        let result = result.unwrap_or_else(|lost| Err(lost.to_string()));
        match result {
            Ok(overview) => {
                self.version += 1;
                let annotators = figures::annotators(&overview);
                if let [first, second, ..] = annotators[..]
                    && (self.pair == (0, 0) || self.pair.0.max(self.pair.1) >= overview.people.len())
                {
                    self.pair = (first, second);
                }
                self.assignments.begin(&overview);
                self.overview = Some(Arc::new(overview));
                self.measuring = None;
                self.agreement = None;
                self.asked.clear();
                self.found = None;
            }
            Err(why) => self.fault = Some(why),
        }
    }

    /// The chart that is shown, on paper: in the light theme's colours whatever the screen's are.
    pub fn chart_for_paper(&self, panel: &Panel<'_>) -> Option<Chart> {
        let overview = self.overview.as_ref()?;
        Some(self.make(overview, panel, &Tokens::of(egui::Theme::Light)).0)
    }

    /// Shows the page.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>, seen: &SeenComments) {
        let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(16, 10));
        frame.show(ui, |ui| {
            self.head(ui, panel);
            ui.add_space(4.0);
            let Some(overview) = self.overview.clone() else {
                if let Some(why) = &self.fault {
                    ui.label(RichText::new(why).color(panel.tokens.error));
                }
                return;
            };
            match self.section {
                Section::Assignments => self.assignments.show(ui, panel, &overview),
                Section::OwnWork => self.own_work.show(ui, panel, &overview, self.version),
                Section::Comments => self.comments.show(ui, panel, &overview, seen, self.version),
                _ => self.figures(ui, panel, &overview),
            }
        });
    }

    fn head(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let t = panel.tokens;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for section in Section::ALL {
                let on = self.section == section;
                let words = panel.say(section.word());
                let button = Button::new(RichText::new(&words)).selected(on);
                let response = ui.add(button);
                response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Tab, true, on, &words));
                if response.clicked() {
                    self.section = section;
                    self.found = None;
                    self.cursor = Cursor::default();
                }
            }
            ui.add_space(8.0);
            match &self.job {
                Some(job) => {
                    let (done, all) = job.progress();
                    ui.spinner();
                    let words = panel.with("overview-reading", &[("done", done.into()), ("all", all.into())]);
                    ui.label(RichText::new(words).color(t.text_soft));
                }
                None => {
                    if ui.button(panel.say("overview-refresh")).clicked() {
                        panel.ask(DashboardAct::Read.into());
                    }
                }
            }
        });
    }

    fn figures(&mut self, ui: &mut Ui, panel: &Panel<'_>, overview: &Overview) {
        self.choices(ui, panel, overview);
        ui.add_space(6.0);
        let list = if self.found.is_some() { (ui.available_height() * 0.42).max(120.0) } else { 0.0 };
        let height = ui.available_height() - list;
        ScrollArea::both().id_salt("overview").max_height(height).auto_shrink([false, false]).show(
            ui,
            |ui| {
                if !overview.faults.is_empty() {
                    let words = panel.with("overview-faults", &[("n", overview.faults.len().into())]);
                    let faults = overview.faults.join("\n");
                    ui.label(RichText::new(words).color(panel.tokens.warning)).on_hover_text(faults);
                }
                if self.section == Section::Outliers {
                    self.outliers(ui, panel, overview);
                    return;
                }
                if self.section != Section::Progress && figures::annotators(overview).len() < 2 {
                    let words = panel.say("overview-one-annotator");
                    ui.add(egui::Label::new(RichText::new(words).color(panel.tokens.text_soft)).wrap());
                    return;
                }
                // What lies behind a cell takes its room below; the chart itself stays as it is.
                let below = if self.found.is_some() { list } else { 0.0 };
                self.room = vec2(ui.available_width() - 12.0, ui.available_height() + below - 60.0);
                let chart = self.renewed_chart(overview, panel);
                let name = panel.say(self.section.word());
                let id = Id::unique(("overview-chart", self.section.word()));
                let chosen = chart_view::show(ui, panel, id, &name, &chart, &mut self.cursor);
                if let Some((_, kept)) = &mut self.chart {
                    *kept = chart;
                }
                if let Some(at) = chosen {
                    self.go_behind(panel, overview, at);
                }
                ui.add_space(6.0);
                self.export_buttons(ui, panel);
            },
        );
        if self.found.is_some() {
            self.show_found(ui, panel, overview);
        }
    }

    /// The chart, made anew if what it shows is another; taken out for the time of a frame.
    fn renewed_chart(&mut self, overview: &Overview, panel: &Panel<'_>) -> Chart {
        let key = ChartKey {
            version: self.version,
            section: self.section,
            measure: self.measure,
            label: self.label,
            pair: self.pair,
            language: panel.words.code(),
            dark: panel.tokens.dark,
            figures: self.agreement.as_ref().map_or(0, |a| a.figures.len()),
            room: (self.room.x.max(0.0) as u32, self.room.y.max(0.0) as u32),
        };
        match &mut self.chart {
            Some((of, chart)) if *of == key => std::mem::take(chart),
            _ => {
                let (chart, order) = self.make(overview, panel, panel.tokens);
                self.order = order;
                self.chart = Some((key, Chart::default()));
                chart
            }
        }
    }

    fn make(&self, overview: &Overview, panel: &Panel<'_>, tokens: &Tokens) -> (Chart, Vec<usize>) {
        let measure = panel.say(self.measure.word());
        match self.section {
            Section::Progress
            | Section::Assignments
            | Section::Outliers
            | Section::OwnWork
            | Section::Comments => {
                let titles = Status::ALL.map(|s| panel.words.say(status_word(s)));
                let head = panel.say("overview-annotator");
                let people = figures::progress(overview);
                (charts::progress(&people, &titles, &head, self.room.x, tokens), Vec::new())
            }
            Section::Agreement => {
                (charts::heat(&self.matrix(overview, self.label), &measure, self.room.x, tokens), Vec::new())
            }
            Section::ByLabel => {
                let titles = self.label_titles(overview, panel);
                let together = panel.say("overview-all-labels");
                let heat =
                    figures::by_label(overview, &titles, &together, |label| self.matrix(overview, label));
                (charts::heat(&heat, &measure, self.room.x, tokens), Vec::new())
            }
            Section::Confusion => {
                let titles = self.label_titles(overview, panel);
                let nothing = panel.say("overview-nothing");
                let heat = figures::confusion(overview, self.pair, &titles, &nothing);
                let name = |who: usize| overview.people.get(who).cloned().unwrap_or_default();
                let corner = format!("{} ↓  {} →", name(self.pair.0), name(self.pair.1));
                (charts::heat(&heat, &corner, self.room.x, tokens), Vec::new())
            }
            Section::OverTime => {
                let points = figures::over_time(overview, self.measure, self.label);
                let (order, points): (Vec<usize>, Vec<charts::Point>) = points.into_iter().unzip();
                let head = panel.say("overview-article");
                (charts::over_time(&points, [&head, &measure], self.room, tokens), order)
            }
        }
    }

    /// Every pair's figure of the chosen measure, for a label or all.
    fn matrix(&self, overview: &Overview, label: Option<u16>) -> Heat {
        match (self.measure.metric(), &self.agreement) {
            (None, _) => figures::matrix(overview, self.measure, label),
            (Some(metric), Some(agreement)) => figures::measured(overview, agreement, metric, label),
            (Some(_), None) => Heat::default(),
        }
    }

    fn label_titles(&self, overview: &Overview, panel: &Panel<'_>) -> Vec<String> {
        let schema = panel.session.map(|s| &s.schema);
        let title = |name: &String| {
            let def = schema.and_then(|s| s.label(name));
            def.map_or_else(|| name.clone(), |l| l.title(panel.words.code()).to_owned())
        };
        overview.labels.iter().map(title).collect()
    }

    fn choices(&mut self, ui: &mut Ui, panel: &Panel<'_>, overview: &Overview) {
        if self.section == Section::Progress {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            if self.section == Section::Confusion {
                let people: Vec<(usize, String)> = overview.people.iter().cloned().enumerate().collect();
                choose(ui, panel, "overview-rows", &mut self.pair.0, people.clone());
                choose(ui, panel, "overview-columns", &mut self.pair.1, people);
                return;
            }
            // What is not a sum over articles has no value for one article.
            let whole = matches!(self.section, Section::Agreement | Section::ByLabel);
            let offered = Measure::ALL.into_iter().filter(|m| whole || m.metric().is_none());
            let measures = offered.map(|m| (m, panel.say(m.word()))).collect();
            if !whole && self.measure.metric().is_some() {
                self.measure = Measure::default();
            }
            choose(ui, panel, "overview-measure", &mut self.measure, measures);
            if self.section == Section::ByLabel {
                return;
            }
            let titles = self.label_titles(overview, panel);
            let mut labels = vec![(None, panel.say("overview-all-labels"))];
            labels.extend(titles.into_iter().enumerate().map(|(n, title)| (Some(n as u16), title)));
            choose(ui, panel, "overview-label", &mut self.label, labels);
        });
        self.measure(panel);
        if let Some(job) = &self.measuring {
            let (done, all) = job.progress();
            let words = panel.with("overview-measuring", &[("done", done.into()), ("all", all.into())]);
            ui.label(RichText::new(words).color(panel.tokens.text_soft));
        }
        if self.section != Section::Confusion {
            let about = panel.words.say(&format!("{}-about", self.measure.word()));
            ui.label(RichText::new(about).small().color(panel.tokens.text_soft));
        }
    }

    fn export_buttons(&self, ui: &mut Ui, panel: &Panel<'_>) {
        ui.horizontal(|ui| {
            ui.label(RichText::new(panel.say("overview-export")).small().color(panel.tokens.text_soft));
            for format in ChartFormat::ALL {
                let name = panel.with("overview-export-as", &[("format", format.name().into())]);
                if ui.button(format.name()).accessible_name(name).clicked() {
                    panel.ask(DashboardAct::AskExport(format).into());
                }
            }
        });
    }

    /// What lies behind a cell: the places, or an article.
    fn go_behind(&mut self, panel: &Panel<'_>, overview: &Overview, at: (usize, usize)) {
        let drill = match self.section {
            Section::Agreement => Drill::Pair { pair: at, label: self.label, measure: self.measure },
            Section::ByLabel => {
                let Some(pair) = figures::pairs(overview).get(at.1).copied() else { return };
                let label = at.0.checked_sub(1).and_then(|n| u16::try_from(n).ok());
                Drill::Pair { pair, label, measure: self.measure }
            }
            Section::Confusion => {
                let label = |n: usize| (n < overview.labels.len()).then_some(n as u16);
                Drill::Confused { pair: self.pair, labels: [label(at.0), label(at.1)] }
            }
            Section::OverTime => {
                let article = self.order.get(at.0).and_then(|n| overview.articles.get(*n));
                if let Some(article) = article {
                    let people = Vec::new();
                    panel.ask(DashboardAct::Open { article: article.path.clone(), people, at: None }.into());
                }
                return;
            }
            _ => return,
        };
        self.found = Some((drill, figures::drill(overview, drill)));
        self.list = List::default();
        self.list.focus();
    }

    fn show_found(&mut self, ui: &mut Ui, panel: &Panel<'_>, overview: &Overview) {
        let Some((drill, found)) = &self.found else { return };
        let (pair, t) = (drill.pair(), panel.tokens);
        let name = |who: usize| overview.people.get(who).map_or("", String::as_str);
        ui.separator();
        let mut close = false;
        ui.horizontal(|ui| {
            let counted = [("n", found.len().into()), ("a", name(pair.0).into()), ("b", name(pair.1).into())];
            ui.label(RichText::new(panel.with("overview-found", &counted)).family(look::bold()));
            let words = panel.say("overview-close");
            close = ui.button("×").accessible_name(words).clicked();
        });
        if close {
            self.found = None;
            return;
        }
        if found.is_empty() {
            ui.label(RichText::new(panel.say("overview-found-none")).color(t.text_soft));
            return;
        }
        let titles = self.label_titles(overview, panel);
        let nothing = panel.say("overview-nothing");
        let said =
            |label: Option<u16>| label.and_then(|l| titles.get(usize::from(l))).unwrap_or(&nothing).clone();
        let list_name = panel.say("overview-found-list");
        let rows = Rows {
            salt: "drill",
            name: &list_name,
            row: 26.0,
            count: found.len(),
            may: &|_| true,
            tokens: t,
        };
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut opened = None;
        let asked = self.list.show(ui, rows, |ui, row| {
            let place = &found[row.index];
            let article = &overview.articles[place.article];
            let both = format!(
                "{}: {} · {}: {}",
                name(pair.0),
                said(place.said[0]),
                name(pair.1),
                said(place.said[1])
            );
            let spoken = format!("{} · {both} · {}", place.surface, article.title);
            let response = row_response(ui, row, false, &spoken, t);
            let width = row.rect.width();
            let columns = [
                (8.0, width * 0.42, &place.surface, t.text),
                (width * 0.44, width * 0.3, &both, t.text_soft),
                (width * 0.75, width * 0.24, &article.title, t.text_soft),
            ];
            for (x, wide, words, ink) in columns {
                let galley = line(ui, words, wide, FontId::proportional(12.5), ink);
                let y = row.rect.center().y - galley.size().y / 2.0;
                galley.paint(ui.painter(), pos2(row.rect.left() + x, y), ink);
            }
            if response.clicked() {
                opened = Some(row.index);
            }
            response.clicked()
        });
        if asked == Some(ListKey::Enter) {
            opened = Some(self.list.at);
        }
        if let Some(place) = opened.and_then(|n| found.get(n)) {
            let people = [pair.0, pair.1]
                .iter()
                .filter_map(|who| overview.people.get(*who))
                .filter(|name| *name != crate::model::GOLD)
                .cloned()
                .collect();
            let article = overview.articles[place.article].path.clone();
            panel.ask(DashboardAct::Open { article, people, at: Some(place.at) }.into());
        }
    }

    fn outliers(&mut self, ui: &mut Ui, panel: &Panel<'_>, overview: &Overview) {
        let (measure, label) = (self.measure, self.label);
        ui.label(RichText::new(panel.say("overview-outliers-about")).small().color(panel.tokens.text_soft));
        ui.add_space(6.0);
        let people = figures::of_people(overview, measure, label);
        let articles: Vec<(usize, f64)> = (0..overview.articles.len())
            .filter_map(|n| Some((n, figures::of_article(overview, n, measure, label)?)))
            .collect();
        for (title, values, is_article) in
            [("overview-outlying-people", &people, false), ("overview-outlying-articles", &articles, true)]
        {
            ui.label(RichText::new(panel.say(title)).family(look::bold()));
            if values.len() < 4 {
                let words = panel.say("overview-too-few");
                ui.label(RichText::new(words).color(panel.tokens.text_soft));
            }
            let far = figures::outliers(values);
            if far.is_empty() && values.len() >= 4 {
                ui.label(RichText::new(panel.say("overview-no-outliers")).color(panel.tokens.text_soft));
            }
            for one in far.iter().take(50) {
                let name = match is_article {
                    true => &overview.articles[one.which].title,
                    false => &overview.people[one.which],
                };
                let value = format!("{:.2}", one.value);
                let score = format!("{:+.1}", one.score);
                let values = [("name", name.into()), ("value", (&value).into()), ("score", (&score).into())];
                let words = panel.with("overview-outlier", &values);
                if is_article {
                    if ui.button(&words).clicked() {
                        let article = overview.articles[one.which].path.clone();
                        panel.ask(DashboardAct::Open { article, people: Vec::new(), at: None }.into());
                    }
                } else {
                    ui.label(&words);
                }
            }
            ui.add_space(10.0);
        }
    }
}

/// A choice of one of several.
fn choose<T: PartialEq + Clone>(
    ui: &mut Ui,
    panel: &Panel<'_>,
    name: &str,
    value: &mut T,
    options: Vec<(T, String)>,
) {
    let now = options.iter().find(|(v, _)| v == value).map(|(_, words)| words.clone()).unwrap_or_default();
    let title = panel.say(name);
    ui.label(RichText::new(&title).small().color(panel.tokens.text_soft));
    let shown = ComboBox::from_id_salt(name).selected_text(now.clone()).show_ui(ui, |ui| {
        for (option, words) in options {
            ui.selectable_value(value, option, words);
        }
    });
    let label = format!("{title}: {now}");
    shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &label));
}
