//! stand-in
pub mod search;
use super::panel::Panel;
#[derive(Default)]
pub struct Inspector;
impl Inspector {
    pub fn show(&mut self, ui: &mut egui::Ui, _p: &Panel<'_>) {
        ui.label("inspector");
    }
    pub fn focus_first(&mut self) {}
    pub fn focus_field(&mut self, _p: &crate::model::FieldPath) {}
    pub fn focus_note(&mut self) {}
}
