//! The stage: the window's own code, a user who is played, and nobody looking but the test.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::accesskit::{Action, ActionRequest, NodeId, TreeId};
use egui::{
    Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, OutputCommand, PointerButton, Pos2, Rect,
};
use egui::{RawInput, Theme, TouchPhase, Ui, Vec2, ViewportCommand, ViewportEvent, ViewportId};
use image::{ImageResult, RgbaImage};

use super::keyboard::{Stroke, complete};
use super::renderer::Renderer;
use super::tree::{NodeInfo, Tree};
use crate::window::look;

/// Seconds between frames.
const FRAME: f64 = 1.0 / 60.0;
/// Frames after which a window that goes on asking for frames is taken as it is.
const PATIENCE: usize = 120;
/// Seconds between two acts of the pointer, so that two clicks are not taken for a double click.
const PAUSE: f64 = 0.6;

/// Nothing in the window has this name.
#[derive(Debug, thiserror::Error)]
#[error("nothing in the window is called `{label}`; it shows:\n{shown}")]
pub struct Missing {
    /// The name asked for.
    pub label: String,
    /// What the window shows instead, as [`Stage::tree_text`] gives it.
    pub shown: String,
}

type Show<A> = Box<dyn FnMut(&mut Ui, &mut A)>;

/// Runs a window's code without a window.
///
/// The code is any function of a [`Ui`] that fills the screen and of the state `A`. After every act the stage is settled: frames run
/// until no more are asked for at once. Time stands still between acts. Places are in points from the top left corner.
pub struct Stage<A> {
    ctx: egui::Context,
    app: A,
    show: Show<A>,
    renderer: Renderer,
    tree: Tree,
    /// Width and height of the picture.
    pixels: [u32; 2],
    native_pixels_per_point: f32,
    theme: Theme,
    time: f64,
    waiting: Vec<Event>,
    /// Files dropped on the window that the next frame will see.
    dropped: Vec<egui::DroppedFileHandle>,
    closing: bool,
    shapes: Vec<egui::epaint::ClippedShape>,
    next_frame_in: Duration,
    clipboard: String,
    opened: Vec<String>,
    title: String,
    closed: bool,
}

impl<A> Stage<A> {
    /// A window of `size` points on a light desktop with so many pixels to the point, settled.
    pub fn new(
        size: Vec2,
        pixels_per_point: f32,
        app: A,
        show: impl FnMut(&mut Ui, &mut A) + 'static,
    ) -> Self {
        let ctx = egui::Context::default();
        look::install(&ctx);
        ctx.enable_accesskit();
        ctx.set_os(egui::os::OperatingSystem::Nix);
        ctx.all_styles_mut(|style| {
            // Pictures show where things come to rest, not how they get there.
            style.animation_time = 0.0;
            style.scroll_animation = egui::style::ScrollAnimation::none();
            style.visuals.text_cursor.blink = false;
        });
        let mut stage = Self {
            ctx,
            app,
            show: Box::new(show),
            renderer: Renderer::default(),
            tree: Tree::default(),
            pixels: pixels(size, pixels_per_point),
            native_pixels_per_point: pixels_per_point,
            theme: Theme::Light,
            time: 0.0,
            waiting: Vec::new(),
            dropped: Vec::new(),
            closing: false,
            shapes: Vec::new(),
            next_frame_in: Duration::ZERO,
            clipboard: String::new(),
            opened: Vec::new(),
            title: String::new(),
            closed: false,
        };
        stage.settle();
        stage
    }

    /// The state.
    pub fn app(&self) -> &A {
        &self.app
    }

    /// The state, to be changed from outside. [`Self::settle`] shows the change.
    pub fn app_mut(&mut self) -> &mut A {
        &mut self.app
    }

    /// egui's side of the window.
    pub fn context(&self) -> &egui::Context {
        &self.ctx
    }

    /// Makes the desktop light or dark. A window that was told which to be stays so.
    pub fn set_theme(&mut self, theme: Theme) {
        self.theme = theme;
        self.settle();
    }

    /// Makes the window another size, in points.
    pub fn resize(&mut self, size: Vec2) {
        self.pixels = pixels(size, self.native_pixels_per_point);
        self.settle();
    }

    // Time.

    /// Shows one frame.
    pub fn step(&mut self) {
        let input = self.input();
        let Self { ctx, show, app, .. } = self;
        let mut output = ctx.run_ui(input, |ui| show(ui, app));
        self.time += FRAME;
        self.renderer.update(&mut output.textures_delta);
        self.shapes = std::mem::take(&mut output.shapes);
        if let Some(update) = output.platform_output.accesskit_update.take() {
            self.tree.update(update);
        }
        for command in std::mem::take(&mut output.platform_output.commands) {
            match command {
                OutputCommand::CopyText(text) => self.clipboard = text,
                OutputCommand::OpenUrl(link) => self.opened.push(link.url),
                OutputCommand::CopyImage(_) | OutputCommand::TextSelectionSettled(_) => {}
            }
        }
        if let Some(viewport) = output.viewport_output.remove(&ViewportId::ROOT) {
            self.next_frame_in = viewport.repaint_delay;
            self.obey(viewport.commands);
        }
    }

    /// Shows frames until no further one is asked for at once. False if the window is still asking after two seconds of frames.
    pub fn settle(&mut self) -> bool {
        for _ in 0..PATIENCE {
            self.step();
            if self.waiting.is_empty() && self.next_frame_in.as_secs_f64() > FRAME {
                return true;
            }
        }
        false
    }

    /// Lets time pass, with a frame whenever the window asks for one, and settles.
    pub fn wait(&mut self, seconds: f64) {
        let end = self.time + seconds;
        while self.time + self.next_frame_in.as_secs_f64() < end {
            self.time += self.next_frame_in.as_secs_f64().max(FRAME) - FRAME;
            self.step();
        }
        self.time = self.time.max(end);
        self.settle();
    }

    /// Shows frames, in real time, until `done` or until `longest` is over. For work that goes on in other threads.
    pub fn until(&mut self, longest: Duration, done: impl Fn(&Self) -> bool) -> bool {
        let begun = Instant::now();
        loop {
            self.settle();
            if done(self) {
                return true;
            }
            if begun.elapsed() > longest {
                return false;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    // The keyboard.

    /// Presses and lets go a key as on a QWERTY keyboard. The key is taken by its place: Shift and `[` is what `{` is.
    pub fn key(&mut self, key: Key, modifiers: Modifiers) {
        self.strike(&Stroke::qwerty(key, modifiers));
    }

    /// Presses and lets go the key at a place of another layout: what that layout calls it (none for letters egui has no key for)
    /// and what it writes. `У` of ЙЦУКЕН is `(Key::E, None, "у")`.
    pub fn key_on_layout(&mut self, physical: Key, logical: Option<Key>, text: &str, modifiers: Modifiers) {
        self.strike(&Stroke {
            physical: Some(physical),
            logical,
            text: text.to_owned(),
            modifiers: complete(modifiers),
        });
    }

    /// Writes text, key by key where a QWERTY keyboard has it.
    pub fn text(&mut self, text: &str) {
        for character in text.chars() {
            self.strike(&Stroke::writing(character));
        }
    }

    // The pointer.

    /// Brings the pointer to a place.
    pub fn hover(&mut self, at: Pos2) {
        self.wait(PAUSE);
        self.send(vec![Event::PointerMoved(at)]);
        self.settle();
    }

    /// Clicks so many times in a row: 2 for a double click.
    pub fn click(&mut self, at: Pos2, button: PointerButton, count: usize) {
        self.hover(at);
        for _ in 0..count {
            self.send(vec![pressing(at, button, true, Modifiers::NONE)]);
            self.send(vec![pressing(at, button, false, Modifiers::NONE)]);
        }
        self.settle();
    }

    /// Clicks once with keys held, as Shift for a longer selection.
    pub fn click_with(&mut self, at: Pos2, modifiers: Modifiers) {
        self.drag(at, at, 0, modifiers);
    }

    /// Drags with the primary button in so many moves, keys held from the press to the release.
    pub fn drag(&mut self, from: Pos2, to: Pos2, steps: usize, modifiers: Modifiers) {
        let modifiers = complete(modifiers);
        self.hover(from);
        self.send(vec![
            Event::ModifiersChanged(modifiers),
            pressing(from, PointerButton::Primary, true, modifiers),
        ]);
        for step in 1..=steps {
            let way = step as f32 / steps as f32;
            self.send(vec![Event::PointerMoved(from.lerp(to, way))]);
        }
        self.send(vec![
            pressing(to, PointerButton::Primary, false, modifiers),
            Event::ModifiersChanged(Modifiers::NONE),
        ]);
        self.settle();
    }

    /// Turns the wheel over a place by points: a negative `y` goes down the page.
    pub fn scroll(&mut self, at: Pos2, delta: Vec2) {
        self.scroll_with(at, delta, Modifiers::NONE);
    }

    /// Turns the wheel with keys held.
    pub fn scroll_with(&mut self, at: Pos2, delta: Vec2, modifiers: Modifiers) {
        let modifiers = complete(modifiers);
        self.hover(at);
        self.send(vec![
            Event::ModifiersChanged(modifiers),
            Event::MouseWheel {
                unit: MouseWheelUnit::Point,
                delta,
                phase: TouchPhase::Move,
                source: MouseWheelSource::Unknown,
                modifiers,
            },
        ]);
        self.send(vec![Event::ModifiersChanged(Modifiers::NONE)]);
        self.settle();
    }

    /// Presses the primary button and holds it.
    pub fn press_at(&mut self, at: Pos2, modifiers: Modifiers) {
        self.hover(at);
        self.send(vec![pressing(at, PointerButton::Primary, true, complete(modifiers))]);
    }

    /// Moves the pointer, whatever is held.
    pub fn move_to(&mut self, at: Pos2) {
        self.send(vec![Event::PointerMoved(at)]);
    }

    /// Lets the primary button go.
    pub fn release_at(&mut self, at: Pos2) {
        self.send(vec![pressing(at, PointerButton::Primary, false, Modifiers::NONE)]);
        self.settle();
    }

    // The accessibility tree.

    /// Everything in the window in reading order.
    pub fn nodes(&self) -> Vec<NodeInfo> {
        self.tree.walk().into_iter().map(|(_, node)| node).collect()
    }

    /// What has this name or, failing that, what has it as a part of its name; what can be used goes before plain text.
    pub fn find(&self, label: &str) -> Option<NodeInfo> {
        self.tree.find(label)
    }

    /// What has the keyboard.
    pub fn focused(&self) -> Option<NodeInfo> {
        self.nodes().into_iter().find(|node| node.focused)
    }

    /// Clicks the middle of what has this name, having scrolled to it if need be.
    ///
    /// # Errors
    /// [`Missing`] if nothing is called so or if it cannot be brought into view.
    pub fn click_label(&mut self, label: &str) -> Result<NodeInfo, Missing> {
        let mut node = self.named(label)?;
        if !self.in_view(&node) {
            self.request(node.id, Action::ScrollIntoView);
            node = self.named(label)?;
        }
        let seen = self.tree.visible(node.id).intersect(self.screen());
        if !seen.is_positive() {
            return Err(self.missing(label));
        }
        self.click(seen.center(), PointerButton::Primary, 1);
        Ok(node)
    }

    /// Asks what has this name to do something the way a screen reader asks: no pointer, no keys.
    ///
    /// # Errors
    /// [`Missing`] if nothing is called so.
    pub fn act(&mut self, label: &str, action: Action) -> Result<NodeInfo, Missing> {
        let node = self.named(label)?;
        self.request(node.id, action);
        Ok(node)
    }

    /// The accessibility tree as indented text, one node a line.
    pub fn tree_text(&self) -> String {
        self.tree.text()
    }

    // What comes out.

    /// The window as it is, pixel by pixel.
    pub fn picture(&self) -> RgbaImage {
        let pixels_per_point = self.ctx.pixels_per_point();
        let primitives = self.ctx.tessellate(self.shapes.clone(), pixels_per_point);
        self.renderer.render(&primitives, self.pixels, pixels_per_point)
    }

    /// Writes the picture to a file.
    ///
    /// # Errors
    /// What the disk or the encoder says.
    pub fn save_png(&self, path: &Path) -> ImageResult<()> {
        self.picture().save_with_format(path, image::ImageFormat::Png)
    }

    /// What was copied last.
    pub fn clipboard(&self) -> &str {
        &self.clipboard
    }

    /// Puts something on the clipboard, for Ctrl+V.
    pub fn set_clipboard(&mut self, text: &str) {
        text.clone_into(&mut self.clipboard);
    }

    /// The links that were opened, oldest first. None is really opened.
    pub fn opened_links(&self) -> &[String] {
        &self.opened
    }

    /// The window's title, once it was set.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Asks the window to close, as the desktop's close button does. False if it chose to stay.
    pub fn close(&mut self) -> bool {
        self.closing = true;
        self.closed = true;
        self.settle();
        self.closed
    }

    /// Whether the window has closed.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// The window's area in points.
    fn screen(&self) -> Rect {
        let pixels_per_point = self.native_pixels_per_point * self.ctx.zoom_factor();
        let [width, height] = self.pixels.map(|v| v as f32 / pixels_per_point);
        Rect::from_min_size(Pos2::ZERO, Vec2::new(width, height))
    }

    fn input(&mut self) -> RawInput {
        let mut input = RawInput {
            screen_rect: Some(self.screen()),
            max_texture_side: Some(4096),
            time: Some(self.time),
            predicted_dt: FRAME as f32,
            events: std::mem::take(&mut self.waiting),
            dropped_files: std::mem::take(&mut self.dropped),
            system_theme: Some(self.theme),
            ..RawInput::default()
        };
        if let Some(viewport) = input.viewports.get_mut(&ViewportId::ROOT) {
            viewport.native_pixels_per_point = Some(self.native_pixels_per_point);
            viewport.inner_rect = input.screen_rect;
            viewport.focused = Some(true);
            if std::mem::take(&mut self.closing) {
                viewport.events.push(ViewportEvent::Close);
            }
        }
        input
    }

    fn obey(&mut self, commands: Vec<ViewportCommand>) {
        for command in commands {
            match command {
                ViewportCommand::Title(title) => self.title = title,
                ViewportCommand::Close => self.closed = true,
                ViewportCommand::CancelClose => self.closed = false,
                _ => {}
            }
        }
    }

    /// Drops files or folders on the window.
    pub fn drop_files(&mut self, paths: &[PathBuf]) {
        let handle = |path: &PathBuf| Arc::new(DroppedPath(path.clone())) as egui::DroppedFileHandle;
        self.dropped = paths.iter().map(handle).collect();
        self.send(Vec::new());
    }

    /// Shows a frame in which these events come.
    fn send(&mut self, events: Vec<Event>) {
        self.waiting.extend(events);
        self.step();
    }

    fn strike(&mut self, stroke: &Stroke) {
        let down = stroke.down(&self.clipboard);
        self.send(down);
        self.send(stroke.up());
        self.settle();
    }

    /// Asks a node of the tree to do something, as a screen reader does.
    pub fn request(&mut self, id: NodeId, action: Action) {
        self.send(vec![Event::AccessKitActionRequest(ActionRequest {
            action,
            target_tree: TreeId::ROOT,
            target_node: id,
            data: None,
        })]);
        self.settle();
    }

    fn named(&self, label: &str) -> Result<NodeInfo, Missing> {
        self.find(label).ok_or_else(|| self.missing(label))
    }

    fn in_view(&self, node: &NodeInfo) -> bool {
        let seen = self.tree.visible(node.id).intersect(self.screen());
        seen.is_positive() && seen.contains(node.rect.center())
    }

    fn missing(&self, label: &str) -> Missing {
        Missing { label: label.to_owned(), shown: self.tree_text() }
    }
}

fn pressing(pos: Pos2, button: PointerButton, pressed: bool, modifiers: Modifiers) -> Event {
    Event::PointerButton { pos, button, pressed, modifiers }
}

fn pixels(size: Vec2, pixels_per_point: f32) -> [u32; 2] {
    [size.x, size.y].map(|v| (v * pixels_per_point).round().max(1.0) as u32)
}

/// A file that lies on the disk, as desktops drop it.
#[derive(Debug)]
struct DroppedPath(PathBuf);

impl egui::DroppedFile for DroppedPath {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests;
