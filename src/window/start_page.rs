//! stand-in
use super::panel::*;
#[derive(Default)]
pub struct StartPage;
impl StartPage {
    pub fn show(&mut self, ui: &mut egui::Ui, _p: &Panel<'_>, _r: &crate::store::Recent) {
        ui.label("start");
    }
}
