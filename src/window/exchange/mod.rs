//! Import and export: what the window shows of [`crate::session::exchange`].
//!
//! - `export`: the dialog; `export_form` what is chosen in it, `export_look` what would come of that
//! - `import`: the dialog; `import_form` and `import_look` likewise, `mapping_table` which name becomes which
//! - `division`: which part would get what; `told`: what the formats and the import say, in the user's language
//! - `take_back`: an import taken back; `job`: work on a thread of its own; `carry_out`: what the app does for these

mod carry_out;
mod division;
mod export;
mod export_form;
mod export_look;
mod import;
mod import_form;
mod import_look;
mod job;
mod mapping_table;
mod parts;
mod take_back;
mod told;

use std::path::PathBuf;

use egui::Context;

use super::panel::{Panel, Request};
pub use export::ExportDialog;
pub use import::ImportDialog;
pub use take_back::TakeBackDialog;
pub(super) use told::told;

/// What the dialogs ask of the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExchangeAct {
    /// The article at hand is to be saved and closed, for its file may be written; then the dialog goes on.
    MakeWay,
    /// The files were written, or not: the project is to be looked at anew and the article opened again.
    Written,
    /// The dialog that takes the newest import back is to be shown.
    TakeBack,
    /// A file or folder of another program is to be imported: it was dropped on the window.
    Import(PathBuf),
}

impl From<ExchangeAct> for Request {
    fn from(act: ExchangeAct) -> Self {
        Self::Exchange(act)
    }
}

/// The dialog that is open.
pub enum ExchangeDialog {
    /// Export.
    Export(Box<ExportDialog>),
    /// Import.
    Import(Box<ImportDialog>),
    /// An import taken back.
    TakeBack(Box<TakeBackDialog>),
}

impl ExchangeDialog {
    /// Shows it. True once it is done with.
    pub fn show(&mut self, ctx: &Context, panel: &Panel<'_>) -> bool {
        match self {
            Self::Export(dialog) => dialog.show(ctx, panel),
            Self::Import(dialog) => dialog.show(ctx, panel),
            Self::TakeBack(dialog) => dialog.show(ctx, panel),
        }
    }

    /// The way is made: whatever waited for it begins.
    pub(super) fn go_on(&mut self, ctx: &Context) {
        match self {
            Self::Export(_) => {}
            Self::Import(dialog) => dialog.write(ctx),
            Self::TakeBack(dialog) => dialog.write(ctx),
        }
    }
}
