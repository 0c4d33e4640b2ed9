//! stand-in
pub mod articles {
    use crate::window::panel::*;
    #[derive(Default)]
    pub struct ArticlesPanel;
    impl ArticlesPanel {
        pub fn show(&mut self, ui: &mut egui::Ui, p: &Panel<'_>) {
            for r in &p.session.unwrap().rows {
                if ui.button(&r.title).clicked() {
                    p.ask(Request::Article(r.path.clone()))
                }
            }
        }
        pub fn focus(&mut self) {}
    }
    pub fn no_article(ui: &mut egui::Ui, _p: &Panel<'_>) {
        ui.label("none");
    }
}
pub mod below {
    use crate::validate::Finding;
    use crate::window::panel::*;
    #[derive(Clone, Copy, PartialEq)]
    pub enum BelowTab {
        Problems,
        Relations,
        History,
        Guidelines,
    }
    #[derive(Default)]
    pub struct BelowPanel;
    impl BelowPanel {
        pub fn show(&mut self, ui: &mut egui::Ui, _p: &Panel<'_>) {
            ui.label("below");
        }
        pub fn show_tab(&mut self, _t: BelowTab) {}
        pub fn step_problem(&mut self, _f: &[Finding], _fw: bool) -> Option<usize> {
            None
        }
        pub fn selected_problem(&self) -> Option<usize> {
            None
        }
    }
}
pub mod status_bar {
    use crate::window::article_view::ArticleView;
    use crate::window::panel::*;
    #[derive(Default)]
    pub struct StatusBar;
    impl StatusBar {
        pub fn show(&mut self, ui: &mut egui::Ui, _p: &Panel<'_>, _v: &ArticleView) {
            ui.label("status");
        }
    }
}
pub mod top_bar {
    use crate::window::panel::*;
    #[derive(Default)]
    pub struct TopBar;
    impl TopBar {
        pub fn show(&mut self, ui: &mut egui::Ui, _p: &Panel<'_>) {
            ui.label("top");
        }
    }
}
