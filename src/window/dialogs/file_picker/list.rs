//! The middle: places at the left, the folder's entries at the right.

use egui::text::{LayoutJob, TextFormat};
use egui::{
    Button, Event, EventFilter, FontId, Key, Modifiers, Pos2, Rect, RichText, Role, ScrollArea, Sense,
    Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};

use super::listing::{Entry, ListingFault};
use super::{Column, FilePicker, PickerMode, list_id};
use crate::window::dialogs::measure::{day, size};
use crate::window::dialogs::sheet::{height_left, soft};
use crate::window::panel::Panel;
use crate::window::words::Said;

const ROW: f32 = 25.0;
const PLACES: f32 = 168.0;
const SIZE: f32 = 84.0;
const DAY: f32 = 92.0;
/// After this many seconds without a key, typing to jump begins anew.
const JUMP_PAUSE: f64 = 1.0;

/// Where the list is scrolled to.
#[derive(Clone, Debug, Default)]
pub(super) struct Scroll {
    offset: f32,
    height: f32,
    wanted: Option<f32>,
}

impl Scroll {
    /// Scrolls as little as makes a row visible.
    pub(super) fn reveal(&mut self, row: usize) {
        let top = row as f32 * ROW;
        let height = self.height.max(ROW);
        let now = self.wanted.unwrap_or(self.offset);
        if top < now {
            self.wanted = Some(top);
        } else if top + ROW > now + height {
            self.wanted = Some(top + ROW - height);
        }
    }

    fn page(&self) -> usize {
        ((self.height / ROW) as usize).saturating_sub(1).max(1)
    }
}

impl FilePicker {
    /// Places and list.
    pub(super) fn middle(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let below = if self.mode == PickerMode::NewFolder { 268.0 } else { 216.0 };
        let height = height_left(ui.ctx(), below, 96.0).min(430.0);
        let wide = ui.available_width() > 560.0;
        ui.horizontal_top(|ui| {
            ui.set_height(height);
            if wide {
                ui.vertical(|ui| {
                    ui.set_width(PLACES);
                    ScrollArea::vertical()
                        .id_salt("places")
                        .auto_shrink([false, false])
                        .show(ui, |ui| self.place_buttons(ui, panel));
                });
            }
            ui.vertical(|ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = 2.0;
                self.new_folder_line(ui, panel);
                self.head(ui, panel);
                self.list(ui, panel);
            });
        });
    }

    fn place_buttons(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        ui.spacing_mut().item_spacing.y = 1.0;
        let mut to = None;
        let mut caption = false;
        for place in &self.places {
            if place.word.is_empty() && !caption {
                caption = true;
                ui.add_space(8.0);
                ui.label(RichText::new(panel.say("picker-recent")).small().color(panel.tokens.text_soft));
            }
            let name = if place.word.is_empty() { place.name.clone() } else { panel.say(place.word) };
            let here = place.path == self.folder;
            let button = Button::selectable(here, name).truncate().min_size(vec2(PLACES - 6.0, 26.0));
            if ui.add(button).on_hover_text(place.path.display().to_string()).clicked() {
                to = Some(place.path.clone());
            }
        }
        if let Some(path) = to {
            self.go(path, None);
            self.focus = Some(list_id());
        }
    }

    fn head(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let columns = [
            (Column::Name, "picker-name"),
            (Column::Size, "picker-size"),
            (Column::Modified, "picker-modified"),
        ];
        let width = ui.available_width();
        let files = self.files();
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.spacing_mut().button_padding = vec2(6.0, 1.0);
            for (column, word) in columns {
                let room = match column {
                    Column::Name => width - DAY - if files { SIZE } else { 0.0 },
                    Column::Size if !files => continue,
                    Column::Size => SIZE,
                    Column::Modified => DAY,
                };
                let sign = match self.order {
                    (by, turned) if by == column => [" ▲", " ▼"][usize::from(turned)],
                    _ => "",
                };
                let text =
                    RichText::new(format!("{}{sign}", panel.say(word))).small().color(panel.tokens.text_soft);
                // Numbers and days stand at the right, and so do their headings.
                let button = if column == Column::Name {
                    Button::new((text, egui::Atom::grow()))
                } else {
                    Button::new((egui::Atom::grow(), text))
                };
                let button = button.frame_when_inactive(false).min_size(vec2(room, 20.0));
                let response = ui
                    .add(button)
                    .accessible_name(panel.with("picker-sort", &[("column", (&panel.say(word)).into())]));
                if response.clicked() {
                    self.order = (column, self.order.0 == column && !self.order.1);
                    let at = self.cursor.and_then(|c| self.entry(c)).map(|e| e.path.clone());
                    self.arrange();
                    self.cursor = at.and_then(|path| {
                        self.shown.iter().position(|&n| self.listing.entries[n].path == path)
                    });
                }
            }
        });
    }

    fn list(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        let size = vec2(ui.available_width(), ui.available_height().max(ROW * 2.0));
        let (area, _) = ui.allocate_exact_size(size, Sense::hover());
        let response = ui.interact(area, list_id(), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, panel.say("picker-list")));
        let focused = response.has_focus();
        let border = if focused { panel.tokens.accent } else { panel.tokens.line };
        ui.painter().rect(area, 5.0, panel.tokens.page, Stroke::new(1.0, border), StrokeKind::Inside);
        if focused {
            let arrows =
                EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|m| m.set_focus_lock_filter(list_id(), arrows));
            self.keys(ui);
        }
        let inside = area.shrink(2.0);
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(inside).id_salt("rows"));
        if self.shown.is_empty() {
            self.nothing(&mut inner, panel);
            return;
        }
        self.scroll.height = inside.height();
        let mut scroll = ScrollArea::vertical().id_salt(("rows", &self.folder)).auto_shrink([false, false]);
        if let Some(offset) = self.scroll.wanted.take() {
            scroll = scroll.vertical_scroll_offset(offset.max(0.0));
        }
        inner.spacing_mut().item_spacing.y = 0.0;
        let out = scroll.show_rows(&mut inner, ROW, self.shown.len(), |ui, rows| {
            for at in rows {
                self.row(ui, panel, at, focused);
            }
        });
        self.scroll.offset = out.state.clamped_offset().y;
    }

    /// What stands where there are no rows, and the way out.
    fn nothing(&mut self, ui: &mut Ui, panel: &Panel<'_>) {
        ui.add_space(14.0);
        ui.vertical_centered(|ui| {
            if let Some(reading) = &self.reading {
                let count = reading.count();
                ui.ctx().request_repaint_after(std::time::Duration::from_millis(150));
                soft(ui, panel, &panel.with("picker-reading", &[("n", count.into())]));
                return;
            }
            if let Some(fault) = &self.fault {
                let text = match fault {
                    ListingFault::NotThere => panel.say("picker-folder-gone"),
                    ListingFault::NoRights => panel.say("picker-no-rights"),
                    ListingFault::NotAFolder => panel.say("picker-path-is-file"),
                    ListingFault::Other(error) => error.clone(),
                };
                ui.label(RichText::new(text).color(panel.tokens.error));
                if ui.button(panel.say("picker-up")).clicked() {
                    self.go_up();
                }
                return;
            }
            let left_out = self.listing.entries.iter().filter(|e| !e.folder).count();
            let key = match self.mode {
                PickerMode::Files if left_out > 0 => "picker-no-articles",
                PickerMode::Files => "picker-empty",
                _ => "picker-no-folders",
            };
            soft(ui, panel, &panel.say(key));
            if key == "picker-no-articles" && ui.button(panel.say("picker-show-all")).clicked() {
                self.filter = super::FileFilter::All;
                self.arrange();
            }
        });
    }

    fn row(&mut self, ui: &mut Ui, panel: &Panel<'_>, at: usize, focused: bool) {
        let Some(entry) = self.entry(at).cloned() else {
            return;
        };
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        // Not a stop of the Tab key: the list is one, and the arrows go through it.
        let response = ui.interact(rect, list_id().with(&entry.path), Sense::CLICK);
        let chosen = self.chosen.contains(&entry.path);
        let project = panel.say("picker-project");
        response.widget_info(|| {
            let name = match entry.project {
                true => format!("{} ({project})", entry.name),
                false => entry.name.clone(),
            };
            WidgetInfo::selected(Role::ListBoxOption, true, chosen, name)
        });
        self.paint_row(
            ui,
            panel,
            &entry,
            rect,
            RowState { chosen, cursor: focused && self.cursor == Some(at), hovered: response.hovered() },
        );
        if response.clicked() {
            let modifiers = ui.input(|i| i.modifiers);
            self.click(at, modifiers);
            self.focus = Some(list_id());
        }
        if response.double_clicked() {
            self.entered = self.enter(at);
        }
    }

    fn paint_row(&self, ui: &Ui, panel: &Panel<'_>, entry: &Entry, rect: Rect, state: RowState) {
        let tokens = panel.tokens;
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        let body = rect.shrink2(vec2(1.0, 0.5));
        if state.chosen {
            painter.rect_filled(body, 4.0, tokens.accent_ground);
        } else if state.hovered {
            painter.rect_filled(body, 4.0, tokens.panel);
        }
        if state.cursor {
            painter.rect_stroke(body, 4.0, Stroke::new(1.0, tokens.accent), StrokeKind::Inside);
        }
        let icon = Rect::from_center_size(Pos2::new(rect.left() + 15.0, rect.center().y), vec2(15.0, 12.0));
        let ink = if entry.project { tokens.accent } else { tokens.text_soft };
        if entry.folder {
            folder_sign(&painter, icon, ink, entry.project);
        } else {
            page_sign(&painter, icon, tokens.text_faint);
        }
        let files = self.files();
        let right = DAY + if files { SIZE } else { 0.0 };
        let left = rect.left() + 30.0;
        let tag =
            entry.project.then(|| text(ui, &panel.say("picker-project"), tokens.accent, f32::INFINITY, true));
        let tag_room = tag.as_ref().map_or(0.0, |t| t.size().x + 14.0);
        let name_ink = if entry.hidden() { tokens.text_soft } else { tokens.text };
        let name = text(ui, &entry.name, name_ink, rect.right() - right - left - tag_room - 8.0, false);
        let middle = |h: f32| rect.center().y - h / 2.0;
        let after = left + name.size().x + 8.0;
        painter.galley(Pos2::new(left, middle(name.size().y)), name, name_ink);
        if let Some(tag) = tag {
            let frame = Rect::from_min_size(
                Pos2::new(after, middle(tag.size().y) - 1.0),
                tag.size() + vec2(8.0, 2.0),
            );
            painter.rect(
                frame,
                4.0,
                tokens.accent_ground,
                Stroke::new(1.0, tokens.accent),
                StrokeKind::Inside,
            );
            painter.galley(frame.min + vec2(4.0, 1.0), tag, tokens.accent);
        }
        let at_right = |galley: std::sync::Arc<egui::Galley>, edge: f32| {
            let place = Pos2::new(edge - galley.size().x, middle(galley.size().y));
            painter.galley(place, galley, tokens.text_soft);
        };
        if !entry.folder {
            let words = size(panel.words, entry.size);
            at_right(text(ui, &words, tokens.text_soft, SIZE, true), rect.right() - DAY - 14.0);
        }
        if let Some(day) = entry.modified.and_then(day) {
            at_right(text(ui, &day, tokens.text_soft, DAY, true), rect.right() - 10.0);
        }
    }

    fn click(&mut self, at: usize, modifiers: Modifiers) {
        if self.several() && modifiers.shift {
            self.choose_range(at);
        } else if self.several() && modifiers.command {
            self.toggle(at);
        } else {
            self.choose_only(at);
        }
        self.cursor = Some(at);
    }

    fn choose_range(&mut self, at: usize) {
        let anchor = self.anchor.unwrap_or(at);
        let (first, last) = (anchor.min(at), anchor.max(at));
        self.chosen = (first..=last).filter_map(|n| Some(self.entry(n)?.path.clone())).collect();
    }

    fn toggle(&mut self, at: usize) {
        if let Some(path) = self.entry(at).map(|e| e.path.clone())
            && !self.chosen.remove(&path)
        {
            self.chosen.insert(path);
        }
        self.anchor = Some(at);
    }

    fn move_to(&mut self, at: usize, extend: bool) {
        let at = at.min(self.shown.len().saturating_sub(1));
        if self.shown.is_empty() {
            return;
        }
        if extend && self.several() {
            self.choose_range(at);
            self.cursor = Some(at);
        } else {
            self.choose_only(at);
        }
        self.scroll.reveal(at);
    }

    /// The keys of the list.
    fn keys(&mut self, ui: &Ui) {
        let events = ui.input(|i| i.events.clone());
        let now = ui.input(|i| i.time);
        for event in events {
            match event {
                // Enter held down would run through folders.
                Event::Key { key: Key::Enter, repeat: true, .. } => {}
                Event::Key { key, pressed: true, modifiers, .. } => self.key(key, modifiers),
                Event::Text(text) => self.jump(&text, now),
                _ => continue,
            }
            if self.entered.is_some() {
                return;
            }
        }
    }

    fn key(&mut self, key: Key, modifiers: Modifiers) {
        let at = self.cursor.unwrap_or(0);
        let last = self.shown.len().saturating_sub(1);
        let begun = self.cursor.is_some() && !self.chosen.is_empty();
        let extend = modifiers.shift;
        match key {
            Key::ArrowUp if modifiers.alt => self.go_up(),
            // The first arrow chooses the row under the cursor, which nothing has chosen yet.
            Key::ArrowUp if !begun => self.move_to(at, extend),
            Key::ArrowDown if !begun => self.move_to(at, extend),
            Key::ArrowUp => self.move_to(at.saturating_sub(1), extend),
            Key::ArrowDown => self.move_to(at + 1, extend),
            Key::PageUp => self.move_to(at.saturating_sub(self.scroll.page()), extend),
            Key::PageDown => self.move_to(at + self.scroll.page(), extend),
            Key::Home => self.move_to(0, extend),
            Key::End => self.move_to(last, extend),
            Key::ArrowLeft | Key::Backspace if self.jump.0.is_empty() || key == Key::ArrowLeft => {
                self.go_up()
            }
            Key::Backspace => self.jump.0.clear(),
            Key::ArrowRight if self.entry(at).is_some_and(|e| e.folder) => {
                let folder = self.entry(at).map(|e| e.path.clone());
                if let Some(folder) = folder {
                    self.go(folder, None);
                }
            }
            Key::Enter if modifiers.command => self.entered = self.pick(),
            Key::Enter => self.entered = self.enter_or_pick(at),
            Key::A if modifiers.command && self.several() => {
                let folders_too = self.folders_too;
                self.chosen = (0..=last)
                    .filter_map(|n| self.entry(n))
                    .filter(|e| folders_too || !e.folder)
                    .map(|e| e.path.clone())
                    .collect();
            }
            Key::H if modifiers.command => {
                self.hidden = !self.hidden;
                self.arrange();
            }
            _ => {}
        }
    }

    /// Enter: with several files chosen, takes them all; else enters the row under the cursor.
    fn enter_or_pick(&mut self, at: usize) -> Option<super::PickerOutcome> {
        if self.chosen.len() > 1 {
            return self.pick();
        }
        self.enter(at)
    }

    /// Typing goes to the next name that begins so; a path's beginning goes to the path line.
    fn jump(&mut self, typed: &str, now: f64) {
        if now - self.jump.1 > JUMP_PAUSE {
            self.jump.0.clear();
        }
        self.jump.1 = now;
        if self.jump.0.is_empty() {
            match typed {
                " " => {
                    if let (true, Some(at)) = (self.several(), self.cursor) {
                        self.toggle(at);
                    }
                    return;
                }
                "/" | "~" => {
                    self.path = typed.to_owned();
                    self.focus = Some(super::path_id());
                    return;
                }
                _ => {}
            }
        }
        self.jump.0.push_str(&typed.to_lowercase());
        let from = self.cursor.unwrap_or(0);
        let wanted = &self.jump.0;
        let count = self.shown.len();
        let places = (0..count).map(|n| (from + n) % count);
        let starts = |at: &usize| self.entry(*at).is_some_and(|e| e.folded().starts_with(wanted));
        let holds = |at: &usize| self.entry(*at).is_some_and(|e| e.folded().contains(wanted));
        if let Some(at) = places.clone().find(starts).or_else(|| places.clone().find(holds)) {
            self.move_to(at, false);
        }
    }

    /// How many things are listed.
    pub(super) fn tally(&self, panel: &Panel<'_>) -> String {
        panel.with("picker-count", &[("n", Said::Count(self.shown.len()))])
    }
}

#[derive(Clone, Copy)]
struct RowState {
    chosen: bool,
    cursor: bool,
    hovered: bool,
}

/// One line of text, with an ellipsis where it does not fit.
fn text(ui: &Ui, words: &str, ink: egui::Color32, width: f32, small: bool) -> std::sync::Arc<egui::Galley> {
    let size = if small { 11.5 } else { 13.5 };
    let mut job =
        LayoutJob::single_section(words.to_owned(), TextFormat::simple(FontId::proportional(size), ink));
    job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(24.0));
    ui.fonts_mut(|f| f.layout_job(job))
}

fn folder_sign(painter: &egui::Painter, at: Rect, ink: egui::Color32, filled: bool) {
    let line = Stroke::new(1.2, ink);
    let body = Rect::from_min_max(at.min + vec2(0.0, 2.0), at.max);
    let tab = Rect::from_min_size(at.min, vec2(at.width() * 0.45, 4.0));
    painter.rect(tab, 1.0, ink, Stroke::NONE, StrokeKind::Inside);
    if filled {
        painter.rect_filled(body, 2.0, ink);
    } else {
        painter.rect_stroke(body, 2.0, line, StrokeKind::Inside);
    }
}

fn page_sign(painter: &egui::Painter, at: Rect, ink: egui::Color32) {
    let line = Stroke::new(1.0, ink);
    let page = Rect::from_center_size(at.center(), vec2(10.0, 13.0));
    painter.rect_stroke(page, 1.0, line, StrokeKind::Inside);
    for n in 0..3 {
        let y = page.top() + 3.5 + 3.0 * n as f32;
        painter.hline(page.left() + 2.5..=page.right() - 2.5, y, line);
    }
}
