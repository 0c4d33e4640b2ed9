//! What is shown while no project is open: what the program is for, the ways to begin, and the projects opened lately.

use std::path::PathBuf;

use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align, Button, Color32, FontFamily, FontId, Frame, Layout, Margin, RichText, ScrollArea, Stroke,
    TextureHandle, Ui, vec2,
};

use super::command::Command;
use super::describe::{shorten, shown_path};
use super::letters::Letters;
use super::look::bold;
use super::panel::{Panel, Request};
use super::preferences::{Preferences, ThemeChoice};
use super::words::Language;

/// The widest the page gets, in points; more would only pull its parts asunder.
const WIDEST: f32 = 980.0;
/// Below this width everything stands in one column.
const TWO_COLUMNS: f32 = 660.0;

/// A project opened lately.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecentProject {
    /// What people call it.
    pub name: String,
    /// Its folder.
    pub path: PathBuf,
    /// When it was opened, in words.
    pub opened: String,
    /// Whether it is still there.
    pub exists: bool,
}

/// The start page.
#[derive(Default)]
pub struct StartPage {
    icon: Option<TextureHandle>,
    begun: bool,
    letters: Letters,
}

/// The program's icon, 256 × 256, as RGBA; also for the window's own icon. `None` only if the picture built in were broken.
pub fn icon_rgba() -> Option<(Vec<u8>, [usize; 2])> {
    let picture = image::load_from_memory(include_bytes!("../../assets/icon/256.png")).ok()?;
    let picture = picture.into_rgba8();
    let size = [picture.width() as usize, picture.height() as usize];
    Some((picture.into_raw(), size))
}

impl StartPage {
    /// Shows the page in all the room there is.
    pub fn show(&mut self, ui: &mut Ui, panel: &Panel<'_>, recent: &[RecentProject]) {
        self.letters.draw_ahead(ui, panel);
        let room = ui.available_size();
        let wide = room.x > 780.0;
        let side = ((room.x - WIDEST) / 2.0).max(if wide { 36.0 } else { 20.0 });
        // On tall windows the page stands a little above the middle.
        let above = ((room.y - 540.0) * 0.4).clamp(20.0, 220.0);
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            let margin =
                Margin { left: side.min(120.0) as i8, right: side.min(120.0) as i8, top: 0, bottom: 20 };
            ui.add_space(above);
            let inset = (side - f32::from(margin.left)).max(0.0);
            Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.horizontal_top(|ui| {
                    ui.add_space(inset);
                    ui.vertical(|ui| {
                        ui.set_width((ui.available_width() - inset).max(200.0));
                        self.page(ui, panel, recent);
                    });
                });
            });
        });
    }

    fn page(&mut self, ui: &mut Ui, panel: &Panel<'_>, recent: &[RecentProject]) {
        switches(ui, panel);
        ui.add_space(10.0);
        self.head(ui, panel);
        ui.add_space(18.0);
        if ui.available_width() >= TWO_COLUMNS {
            let gap = 28.0;
            let left = ((ui.available_width() - gap) * 0.5).floor();
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                ui.vertical(|ui| {
                    ui.set_width(left);
                    self.actions(ui, panel);
                });
                ui.add_space(gap);
                ui.vertical(|ui| {
                    ui.set_width(ui.available_width());
                    ui.spacing_mut().item_spacing.x = 8.0;
                    right_side(ui, panel, recent);
                });
            });
        } else {
            self.actions(ui, panel);
            ui.add_space(16.0);
            right_side(ui, panel, recent);
        }
    }

    fn head(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let icon = match &self.icon {
            Some(icon) => Some(icon),
            None => {
                self.icon = icon_rgba().map(|(rgba, size)| {
                    let image = egui::ColorImage::from_rgba_unmultiplied(size, &rgba);
                    ui.ctx().load_texture("icon", image, egui::TextureOptions::LINEAR)
                });
                self.icon.as_ref()
            }
        };
        ui.horizontal(|ui| {
            if let Some(icon) = icon {
                ui.add(egui::Image::new(icon).fit_to_exact_size(vec2(64.0, 64.0)).alt_text("Postil"));
                ui.add_space(8.0);
            }
            ui.vertical(|ui| {
                ui.add_space(2.0);
                ui.label(RichText::new("Postil").font(FontId::new(30.0, bold())).color(panel.tokens.text));
                let about = RichText::new(panel.say("start-about")).size(14.5).color(panel.tokens.text_soft);
                ui.add(egui::Label::new(about).wrap());
            });
        });
    }

    fn actions(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        ui.spacing_mut().item_spacing.y = 8.0;
        let actions = [
            (Command::OpenSample, "start-sample", "start-sample-about"),
            (Command::NewProject, "start-new", "start-new-about"),
            (Command::OpenProject, "start-open", "start-open-about"),
            (Command::OpenArticles, "start-articles", "start-articles-about"),
        ];
        for (n, (command, title, about)) in actions.into_iter().enumerate() {
            let main = n == 0;
            let keys = panel.keys.shown(command);
            let response = action(ui, panel, main, &panel.say(title), &panel.say(about), &keys);
            if main && !self.begun {
                self.begun = true;
                response.request_focus();
            }
            if response.clicked() {
                panel.ask(Request::Command(command));
            }
        }
        ui.add_space(2.0);
        let hovering = ui.input(|i| !i.raw.hovered_files.is_empty());
        let line = if hovering { panel.tokens.accent } else { panel.tokens.text_faint };
        let place = Frame::new().inner_margin(Margin::symmetric(14, 9)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            let text = RichText::new(panel.say("start-drop")).color(panel.tokens.text_soft);
            ui.add(egui::Label::new(text).wrap());
        });
        // Dashes: a place to put something, not a button.
        let rect = place.response.rect.shrink(1.0);
        let corners =
            [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
        let stroke = Stroke::new(if hovering { 2.0 } else { 1.0 }, line);
        ui.painter().extend(egui::Shape::dashed_line(&corners, stroke, 5.0, 4.0));
    }
}

/// One of the big buttons: what it does, a few words on it, and its key.
fn action(
    ui: &mut Ui,
    panel: &Panel<'_>,
    main: bool,
    title: &str,
    about: &str,
    keys: &str,
) -> egui::Response {
    let tokens = panel.tokens;
    let (ink, soft) = match main {
        true => (tokens.on_accent, tokens.on_accent),
        false => (tokens.text, tokens.text_soft),
    };
    let width = ui.available_width();
    let keys_room = if keys.is_empty() { 0.0 } else { 96.0 };
    let mut job = LayoutJob::default();
    let format = |font: FontId, color: Color32| TextFormat::simple(font, color);
    job.append(title, 0.0, format(FontId::new(14.5, bold()), ink));
    job.append("\n", 0.0, format(FontId::proportional(4.0), soft));
    job.append(about, 0.0, format(FontId::new(12.0, FontFamily::Proportional), soft));
    job.wrap.max_width = width - 32.0 - keys_room;
    let galley = ui.fonts_mut(|f| f.layout_job(job));
    let mut button = Button::new((egui::WidgetText::from(galley), egui::Atom::grow()))
        .corner_radius(8)
        .min_size(vec2(width, 56.0));
    if main {
        button = button.fill(tokens.accent).stroke(Stroke::new(1.0, tokens.accent));
    }
    if !keys.is_empty() {
        button = button.right_text(RichText::new(keys).size(12.0).color(soft));
    }
    let response = ui
        .scope(|ui| {
            ui.spacing_mut().button_padding = vec2(14.0, 8.0);
            ui.add(button)
        })
        .inner;
    if response.has_focus() {
        let ring = response.rect.expand(2.5);
        ui.painter().rect_stroke(ring, 10.0, Stroke::new(1.5, tokens.accent), egui::StrokeKind::Outside);
    }
    response.accessible_name(title)
}

/// Language and theme, each a row of choices.
fn switches(ui: &mut Ui, panel: &Panel<'_>) {
    let change = |set: &dyn Fn(&mut Preferences)| {
        let mut wanted = panel.preferences.clone();
        set(&mut wanted);
        panel.ask(Request::Preferences(Box::new(wanted)));
    };
    let size = vec2(ui.available_width(), 26.0);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        ui.spacing_mut().button_padding = vec2(7.0, 2.0);
        let themes = [
            (ThemeChoice::Dark, "theme-dark"),
            (ThemeChoice::Light, "theme-light"),
            (ThemeChoice::System, "theme-system"),
        ];
        for (theme, word) in themes {
            let on = panel.preferences.theme == theme;
            let words = panel.say(word);
            let name = format!("{}: {words}", panel.say("theme"));
            let button = ui.selectable_label(on, RichText::new(words).size(12.5)).accessible_name(name);
            if button.clicked() && !on {
                change(&|p| p.theme = theme);
            }
        }
        ui.add_space(14.0);
        for language in Language::ALL.into_iter().rev() {
            let on = panel.preferences.language == language;
            let name = RichText::new(language.own_name()).size(12.5);
            if ui.selectable_label(on, name).clicked() && !on {
                change(&|p| p.language = language);
            }
        }
    });
}

fn right_side(ui: &mut Ui, panel: &Panel<'_>, recent: &[RecentProject]) {
    if !recent.is_empty() {
        heading(ui, panel, &panel.say("start-recent"));
        for project in recent.iter().take(6) {
            recent_row(ui, panel, project);
        }
        ui.add_space(14.0);
    }
    heading(ui, panel, &panel.say("start-first"));
    for (n, word) in ["start-first-1", "start-first-2", "start-first-3"].into_iter().enumerate() {
        ui.horizontal_top(|ui| {
            ui.add_space(ui.spacing().button_padding.x - 4.0);
            let number =
                RichText::new((n + 1).to_string()).font(FontId::new(13.5, bold())).color(panel.tokens.accent);
            ui.add_sized(vec2(16.0, 18.0), egui::Label::new(number));
            let text = RichText::new(panel.say(word)).color(panel.tokens.text_soft);
            ui.add(egui::Label::new(text).wrap());
        });
    }
}

fn heading(ui: &mut Ui, panel: &Panel<'_>, text: &str) {
    ui.horizontal(|ui| {
        // In line with the text on the buttons below.
        ui.add_space(ui.spacing().button_padding.x);
        ui.label(RichText::new(text).font(FontId::new(14.0, bold())).color(panel.tokens.text));
    });
    ui.add_space(2.0);
}

fn recent_row(ui: &mut Ui, panel: &Panel<'_>, project: &RecentProject) {
    let tokens = panel.tokens;
    let folder = shorten(&shown_path(&project.path), 60);
    let (ink, soft) = match project.exists {
        true => (tokens.text, tokens.text_soft),
        false => (tokens.text_faint, tokens.text_faint),
    };
    let mut job = LayoutJob::default();
    job.append(&shorten(&project.name, 44), 0.0, TextFormat::simple(FontId::new(13.5, bold()), ink));
    job.append("\n", 0.0, TextFormat::simple(FontId::proportional(4.0), ink));
    let under = match (project.exists, project.opened.is_empty()) {
        (false, _) => format!("{}  ·  {folder}", panel.say("start-missing")),
        (true, true) => folder,
        (true, false) => format!("{}  ·  {folder}", project.opened),
    };
    job.append(&under, 0.0, TextFormat::simple(FontId::proportional(11.5), soft));
    // The name, and one row below it: a path that does not fit ends in an ellipsis, and stands whole in the tooltip.
    let forget = panel.say("start-forget");
    ui.horizontal(|ui| {
        let room = if project.exists {
            0.0
        } else {
            let font = egui::TextStyle::Button.resolve(ui.style());
            let text = ui.painter().layout_no_wrap(forget.clone(), font, soft).size().x;
            text + ui.spacing().button_padding.x * 2.0 + ui.spacing().item_spacing.x + 2.0
        };
        let width = ui.available_width() - room;
        job.wrap = egui::text::TextWrapping {
            max_width: width - 2.0 * ui.spacing().button_padding.x - 2.0,
            max_rows: 2,
            break_anywhere: true,
            ..Default::default()
        };
        let galley = ui.fonts_mut(|f| f.layout_job(job));
        let button = Button::new((egui::WidgetText::from(galley), egui::Atom::grow()))
            .frame_when_inactive(false)
            .min_size(vec2(width, 44.0));
        let response = ui
            .add_enabled(project.exists, button)
            .accessible_name(&project.name)
            .on_hover_text(project.path.display().to_string());
        if response.clicked() {
            panel.ask(Request::OpenProject(project.path.clone()));
        }
        if !project.exists {
            let name = format!("{forget}: {}", project.name);
            if ui.button(&forget).accessible_name(name).clicked() {
                panel.ask(Request::ForgetRecent(project.path.clone()));
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::dialogs::trial::{Trial, World, window};
    use egui::Theme;
    use egui_kittest::kittest::{NodeT as _, Queryable as _};

    fn recent() -> Vec<RecentProject> {
        let project = |name: &str, path: &str, exists| RecentProject {
            name: name.into(),
            path: path.into(),
            opened: "2026-01-21".into(),
            exists,
        };
        vec![
            project("Переговоры", "/home/anna/Документы/Переговоры, январь 2026 года, все статьи", true),
            project("Gone", "/media/stick/gone", false),
        ]
    }

    fn page(
        size: [f32; 2],
        language: Language,
        theme: Theme,
        recent: Vec<RecentProject>,
    ) -> Trial<StartPage> {
        let world = World::new(language, theme);
        let mut trial = window(size, world, StartPage::default(), move |ui, world, page| {
            page.show(ui, &world.panel(), &recent);
        });
        trial.run_steps(4);
        trial
    }

    #[test]
    fn everything_fits_in_every_language() {
        for language in Language::ALL {
            for (size, theme) in [([900.0, 600.0], Theme::Light), ([1600.0, 1000.0], Theme::Dark)] {
                for projects in [recent(), Vec::new()] {
                    let trial = page(size, language, theme, projects);
                    let window = egui::Rect::from_min_size(egui::Pos2::ZERO, size.into());
                    for node in trial
                        .get_all_by_role(egui::Role::Button)
                        .chain(trial.get_all_by_role(egui::Role::Label))
                    {
                        let label = node.accesskit_node().label();
                        assert!(
                            window.contains_rect(node.rect()),
                            "{language:?} {size:?} {label:?} {:?}",
                            node.rect()
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn the_ways_to_begin_are_asked_for() {
        for (label, command) in [
            ("Open the sample project", Command::OpenSample),
            ("New project…", Command::NewProject),
            ("Open a project…", Command::OpenProject),
            ("Open an article…", Command::OpenArticles),
        ] {
            let mut trial = page([900.0, 600.0], Language::English, Theme::Light, recent());
            trial.get_by_label(label).click();
            trial.run_steps(3);
            assert_eq!(trial.state().0.asked(), [Request::Command(command)]);
        }
    }

    #[test]
    fn the_first_way_needs_only_enter() {
        let mut trial = page([900.0, 600.0], Language::English, Theme::Light, Vec::new());
        assert!(trial.get_by_label("Open the sample project").is_focused());
        trial.key_press(egui::Key::Enter);
        trial.run_steps(3);
        assert_eq!(trial.state().0.asked(), [Request::Command(Command::OpenSample)]);
    }

    #[test]
    fn recent_projects_open_and_missing_ones_are_forgotten() {
        let mut trial = page([900.0, 600.0], Language::English, Theme::Light, recent());
        trial.get_by_label("Переговоры").click();
        trial.run_steps(3);
        trial.get_by_label("Gone").click();
        trial.run_steps(3);
        trial.get_by_label("Forget: Gone").click();
        trial.run_steps(3);
        let [first, gone] = &recent()[..] else { panic!() };
        let expected = [Request::OpenProject(first.path.clone()), Request::ForgetRecent(gone.path.clone())];
        assert_eq!(trial.state().0.asked(), expected, "a missing project cannot be opened");
    }

    #[test]
    fn language_and_theme_change_at_once() {
        let mut trial = page([900.0, 600.0], Language::English, Theme::Light, Vec::new());
        trial.get_by_label("Українська").click();
        trial.run_steps(3);
        trial.get_by_label("Theme: Dark").click();
        trial.run_steps(3);
        let asked = trial.state().0.asked();
        let [Request::Preferences(language), Request::Preferences(theme)] = &asked[..] else {
            panic!("{asked:?}")
        };
        assert_eq!((language.language, theme.theme), (Language::Ukrainian, ThemeChoice::Dark));
    }

    #[test]
    fn the_icon_can_be_read() {
        let (rgba, size) = icon_rgba().unwrap();
        assert_eq!((size, rgba.len()), ([256, 256], 256 * 256 * 4));
    }
}
