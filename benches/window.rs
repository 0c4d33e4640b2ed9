//! The window without a graphics card: every frame is laid out and cut into triangles, no pixel is painted. One line of JSON a
//! measurement; a frame's budget at 60 frames a second is 16 milliseconds.

mod corpus;

use std::sync::Arc;

use corpus::{Random, Times, corpus, sizes};
use egui::{Event, Key, Modifiers, Pos2, RawInput, Rect, Vec2};
use postil::model::Schema;
use postil::session::{Edit, Session};
use postil::text::{CodePoint, TextRange};
use postil::window::App;
use postil::window::panel::Request;

/// A window of 1400 × 900 points.
struct Window {
    ctx: egui::Context,
    app: App,
    time: f64,
}

impl Window {
    fn frame(&mut self, events: Vec<Event>) -> usize {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, Vec2::new(1400.0, 900.0))),
            time: Some(self.time),
            focused: true,
            events,
            ..RawInput::default()
        };
        let Self { ctx, app, .. } = self;
        let mut output = ctx.run_ui(input, |ui| app.ui(ui));
        // Nothing is painted, so nobody waits for the letters' pictures.
        output.textures_delta.clear();
        ctx.tessellate(output.shapes, output.pixels_per_point).len()
    }

    /// Frames until the check of a large set is over.
    fn settle(&mut self) {
        loop {
            self.frame(Vec::new());
            if !self.app.session().is_some_and(Session::is_checking) {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        for _ in 0..5 {
            self.frame(Vec::new());
        }
    }
}

fn main() {
    for size in sizes() {
        let (article, workspace) = corpus(size.0, size.1);
        let length = article.text.len_bytes();
        let ctx = egui::Context::default();
        postil::window::look::install(&ctx);
        let mut window = Window { ctx, app: App::new(None, Arc::new(|| {})), time: 0.0 };
        window.frame(Vec::new());
        window.frame(Vec::new());

        let mut opening = Times::none();
        opening.add(|| {
            let session = Session::in_memory(Schema::positions(), "bench", article, workspace);
            window.app.show_session(session);
            window.frame(Vec::new())
        });
        opening.print("open to first frame", size, None);
        window.settle();

        Times::of(60, || window.frame(Vec::new())).print("frame at rest", size, None);

        let pointer = Pos2::new(700.0, 450.0);
        window.frame(vec![Event::PointerMoved(pointer)]);
        let wheel = || Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: Vec2::new(0.0, -120.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        };
        Times::of(120, || window.frame(vec![wheel()])).print("frame while scrolling", size, None);

        let mut random = Random(3);
        Times::of(40, || {
            let place = random.below(length);
            let text =
                window.app.session().and_then(|s| s.open.as_ref()).map(|o| o.desk.article.text.clone());
            let at = text.map_or(CodePoint(0), |text| text.code_point_at_or_before(place));
            window.app.ask(Request::GoTo(TextRange::empty(at)));
            window.frame(Vec::new())
        })
        .print("jump to a place", size, None);

        let step = |key| Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        Times::of(60, || window.frame(vec![step(Key::ArrowDown)])).print("frame of a caret step", size, None);

        let middle = window.app.session().and_then(|s| s.open.as_ref()).and_then(|open| {
            open.desk
                .workspace
                .set
                .first_from(CodePoint(open.desk.article.text.len() / 2))
                .map(|s| s.id.clone())
        });
        window.app.ask(Request::Select(middle));
        Times::of(1, || window.frame(Vec::new())).print("select a span", size, None);
        Times::of(60, || window.frame(Vec::new())).print("frame with a span selected", size, None);
        Times::of(120, || window.frame(vec![wheel()])).print(
            "frame while scrolling, span selected",
            size,
            None,
        );

        window.app.ask(Request::Select(None));
        window.settle();
        let mut adding = Times::none();
        for _ in 0..15 {
            let at = random.below(length / 2) as u32;
            let edit = Edit::Tag { ranges: vec![TextRange::between(at, at + 12)], label: "entity".into() };
            window.app.ask(Request::Edit(edit));
            adding.add(|| window.frame(Vec::new()));
            window.settle();
        }
        adding.print("add a span", size, None);
    }
}
