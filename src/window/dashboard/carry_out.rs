//! What the overview asks for, done.

use std::path::Path;

use super::export::ExportDialog;
use super::{ChartFormat, DashboardAct};
use crate::session::Notice;
use crate::text::TextRange;
use crate::window::App;
use crate::window::look::Tokens;
use crate::window::panel::{Page, Panel};

impl App {
    /// Shows the overview and reads the project for it.
    pub(in crate::window) fn show_overview(&mut self) {
        if self.state.session.is_none() {
            return;
        }
        // The overview is about the project; whoever was judging an article has put it down.
        self.leave_review();
        self.page = Page::Overview;
        self.read_overview();
    }

    fn read_overview(&mut self) {
        let Some(session) = &mut self.state.session else { return };
        // What was just done must be in the files that are read.
        let notices = session.save();
        self.notices.add(notices);
        self.overview.read(&session.root, &session.annotator, self.wake.clone());
    }

    /// Does what the overview asked for.
    pub(in crate::window) fn dashboard_act(&mut self, act: DashboardAct) {
        match act {
            DashboardAct::Read => self.read_overview(),
            DashboardAct::Open { article, people, at } => self.open_in_review(&article, people, at),
            DashboardAct::OpenThread { article, thread, review } => {
                match review {
                    true => self.open_in_review(&article, Vec::new(), None),
                    false => {
                        self.show_page(Page::Article);
                        self.open_article(&article);
                    }
                }
                self.open_comments(&[thread]);
            }
            DashboardAct::AskExport(format) => {
                if let Some(session) = &self.state.session {
                    let name = self.overview.section.file_name();
                    self.export = Some(ExportDialog::new(&session.root, name, format));
                }
            }
            DashboardAct::Export(format, path) => self.export_chart(format, &path),
            DashboardAct::Assign(wanted) => {
                if let Some(session) = &mut self.state.session
                    && let Err(why) = session.set_assignments(wanted)
                {
                    self.notices.add([Notice::error("notice-not-saved").with("message", why)]);
                }
                self.read_overview();
            }
            DashboardAct::AddPerson(name) => {
                if let Some(session) = &mut self.state.session
                    && let Err(why) = session.register_annotator(&name)
                {
                    self.notices.add([Notice::error("notice-not-saved").with("message", why)]);
                }
                self.read_overview();
            }
            DashboardAct::SetBlind(blind) => {
                if let Some(session) = &mut self.state.session
                    && let Err(why) = session.set_blind_until_done(blind)
                {
                    self.notices.add([Notice::error("notice-not-saved").with("message", why)]);
                }
                self.read_overview();
            }
        }
    }

    fn open_in_review(&mut self, article: &str, people: Vec<String>, at: Option<TextRange>) {
        let Some(session) = &mut self.state.session else { return };
        match session.begin_review(people) {
            Ok(notices) => self.notices.add(notices),
            Err(why) => self.notices.add([Notice::error("notice-fault").with("fault", why)]),
        }
        self.page = Page::Review;
        self.open_article(article);
        self.page = Page::Review;
        self.review.take_focus();
        let Some(session) = &self.state.session else { return };
        self.review.refresh(session, &self.state.words);
        if let Some(at) = at {
            self.review.go_to_place(at, session);
        }
    }

    fn export_chart(&mut self, format: ChartFormat, path: &Path) {
        let paper = Tokens::of(egui::Theme::Light);
        let asked = std::cell::RefCell::default();
        let panel = Panel { selected: None, selection: &[], asked: &asked, ..self.state.panel(&paper) };
        let Some(chart) = self.overview.chart_for_paper(&panel) else { return };
        let bytes = match format {
            ChartFormat::Svg => Ok(chart.drawing.svg(paper.page).into_bytes()),
            ChartFormat::Csv => Ok(chart.csv().into_bytes()),
            ChartFormat::Png => chart.drawing.png(paper.page).map_err(|why| why.to_string()),
        };
        let written = bytes
            .and_then(|bytes| crate::store::write_atomically(path, &bytes).map_err(|why| why.to_string()));
        let file = path.display();
        self.notices.add([match written {
            Ok(()) => Notice::info("notice-chart-written").with("file", file),
            Err(why) => Notice::error("notice-chart-not-written").with("file", file).with("why", why),
        }]);
    }
}
