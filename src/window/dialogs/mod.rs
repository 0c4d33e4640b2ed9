//! stand-in
use super::panel::*;
#[derive(Default)]
pub struct Dialogs(Option<DialogKind>);
impl Dialogs {
    pub fn open(&mut self, k: DialogKind) {
        self.0 = Some(k)
    }
    pub fn close(&mut self) {
        self.0 = None
    }
    pub fn is_open(&self) -> bool {
        self.0.is_some()
    }
    pub fn show(&mut self, _ui: &mut egui::Ui, _p: &Panel<'_>) {}
}
