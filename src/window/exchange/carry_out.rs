//! What the app does for import and export: opening the dialogs, and getting out of the way of files that are written.

use egui::Ui;

use super::{ExchangeAct, ExchangeDialog, ExportDialog, ImportDialog, TakeBackDialog};
use crate::session::Notice;
use crate::window::app::App;
use crate::window::command::Command;

impl App {
    /// Does a command of import and export; `false` if it is none.
    pub(in crate::window) fn exchange_command(&mut self, command: Command) -> bool {
        let Some(session) = &self.state.session else {
            return matches!(command, Command::Import | Command::Export | Command::TakeBackImport);
        };
        self.exchange = Some(match command {
            Command::Export => ExchangeDialog::Export(Box::new(ExportDialog::new(session))),
            Command::Import => ExchangeDialog::Import(Box::new(ImportDialog::new(session))),
            Command::TakeBackImport => ExchangeDialog::TakeBack(Box::new(TakeBackDialog::new(session))),
            _ => return false,
        });
        if let Some(session) = &mut self.state.session {
            // What is read from the disk shall be what is on the screen.
            let notices = session.save();
            self.notices.add(notices);
        }
        true
    }

    pub(in crate::window) fn exchange_act(&mut self, act: ExchangeAct, ui: &Ui) {
        match act {
            ExchangeAct::MakeWay => {
                self.leave_review();
                self.note_place();
                if let Some(session) = &mut self.state.session {
                    self.exchange_article = session.at_hand().map(|(_, article)| article);
                    let notices = session.close_article();
                    self.notices.add(notices);
                }
                if let Some(dialog) = &mut self.exchange {
                    dialog.go_on(ui.ctx());
                }
            }
            ExchangeAct::Written => {
                let Some(session) = &mut self.state.session else { return };
                let notices = session.project_changed();
                self.notices.add(notices);
                self.overview.forget();
                let there = |path: &String| session.rows.iter().any(|row| row.path == *path);
                let before = self.exchange_article.take().filter(there);
                match before.or_else(|| session.rows.first().map(|row| row.path.clone())) {
                    Some(path) => self.open_article(&path),
                    None => self.article_opened(),
                }
            }
            ExchangeAct::Import(source) => {
                if self.state.session.is_none() {
                    self.notices.add([Notice::hint("notice-import-needs-project")]);
                    return;
                }
                if !matches!(self.exchange, Some(ExchangeDialog::Import(_))) {
                    self.exchange_command(Command::Import);
                }
                if let Some(ExchangeDialog::Import(dialog)) = &mut self.exchange {
                    dialog.take_source(source);
                }
            }
            ExchangeAct::TakeBack => {
                if let Some(session) = &self.state.session {
                    self.exchange = Some(ExchangeDialog::TakeBack(Box::new(TakeBackDialog::new(session))));
                }
            }
        }
    }
}
