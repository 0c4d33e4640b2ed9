//! The review of three annotators' work on one long article, without a graphics card: frames are laid out and cut into triangles, no
//! pixel is painted. One line of JSON a measurement; a frame's budget at 60 frames a second is 16 milliseconds.

mod corpus;

use std::sync::Arc;

use corpus::{Random, Times, corpus};
use egui::{Event, Key, Modifiers, Pos2, RawInput, Rect, Vec2};
use postil::model::{AnnotationSet, Parts, Schema, Span, Value, Workspace};
use postil::review::{DifferenceKind, Rule};
use postil::session::Session;
use postil::text::TextRange;
use postil::window::App;
use postil::window::command::Command;
use postil::window::panel::Request;
use postil::window::review::ReviewAct;
use postil::window::review::list::Filter;

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
}

/// Another annotator's version: of ten spans one is left out, one has other borders, one another label, one another field.
fn version(of: &AnnotationSet, name: &str, seed: u64, length: u32) -> AnnotationSet {
    let mut random = Random(seed);
    let mut set = AnnotationSet::new(of.article.clone(), name);
    set.fingerprint = of.fingerprint.clone();
    set.length = of.length;
    for span in of.spans() {
        let mut new = Span { ..(**span).clone() };
        match random.below(10) {
            0 => continue,
            1 => {
                let hull = span.parts.hull();
                let end = (hull.end().get() + 3).min(length);
                new.parts = Parts::one(TextRange::between(hull.start(), end));
            }
            2 => new.label = "claim".into(),
            3 => drop(new.fields.set("confidence", Value::Integer(3))),
            _ => {}
        }
        set.insert(new);
    }
    set
}

fn main() {
    for size in [(100_000, 1_000), (1_000_000, 10_000)] {
        let (article, workspace) = corpus(size.0, size.1);
        let length = article.text.len();
        let sets: Vec<AnnotationSet> = [("anna", 1), ("boris", 2), ("vera", 3)]
            .map(|(name, seed)| version(&workspace.set, name, seed, length))
            .into();
        let spans = sets.iter().map(AnnotationSet::len).sum();
        let size = (size.0, spans);
        let named: Vec<(&str, &AnnotationSet)> = sets.iter().map(|s| (s.annotator.as_str(), s)).collect();
        Times::of(3, || postil::review::compare(&named, &Schema::positions())).print("compare", size, None);

        let ctx = egui::Context::default();
        postil::window::look::install(&ctx);
        let mut window = Window { ctx, app: App::new(None, Arc::new(|| {})), time: 0.0 };
        window.frame(Vec::new());
        let mut gold = Workspace::default();
        gold.set.article = article.path.clone();
        gold.set.fingerprint = article.text.fingerprint().to_owned();
        gold.set.length = length;
        let mut session = Session::in_memory(Schema::positions(), "judge", article, gold);
        session.compare_in_memory(sets);
        window.app.show_session(session);
        window.app.ask(Request::Command(Command::ShowReview));
        Times::of(1, || window.frame(Vec::new())).print("open the review to its first frame", size, None);
        let begun = std::time::Instant::now();
        while window.app.review().scene().marks.is_empty() {
            window.frame(Vec::new());
            std::thread::yield_now();
        }
        let compared = begun.elapsed().as_secs_f64() * 1000.0;
        eprintln!("compared beside the frames after {compared:.0} ms");
        Times::of(1, || window.frame(Vec::new())).print("frame after what was compared came", size, None);
        for _ in 0..5 {
            window.frame(Vec::new());
        }
        let open = window.app.review().scene().open();
        eprintln!("{open} differences");
        Times::of(60, || window.frame(Vec::new())).print("frame at rest", size, None);
        let pointer = Pos2::new(560.0, 400.0);
        window.frame(vec![Event::PointerMoved(pointer)]);
        let wheel = || Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: Vec2::new(0.0, -120.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        };
        Times::of(120, || window.frame(vec![wheel()])).print("frame while scrolling", size, None);
        let press = |key| Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        Times::of(60, || window.frame(vec![press(Key::N)])).print("next difference", size, None);
        let filter = Filter { kind: Some(DifferenceKind::Label), ..Filter::default() };
        let mut on = false;
        Times::of(20, || {
            on = !on;
            window.app.filter_review(if on { filter.clone() } else { Filter::default() });
            window.frame(Vec::new())
        })
        .print("filter", size, None);
        Times::of(30, || window.frame(vec![press(Key::Num1)])).print("decide and go on", size, None);
        window.app.ask(Request::Review(Box::new(ReviewAct::Apply(Rule::Majority))));
        Times::of(1, || window.frame(Vec::new())).print("a rule for all of it is begun", size, None);
        let begun = std::time::Instant::now();
        let mut longest = 0.0f64;
        while window.app.review().is_dialog_open() {
            let frame = std::time::Instant::now();
            window.frame(Vec::new());
            longest = longest.max(frame.elapsed().as_secs_f64() * 1000.0);
            std::thread::yield_now();
        }
        let decided = begun.elapsed().as_secs_f64() * 1000.0;
        eprintln!(
            "decided beside the frames after {decided:.0} ms; the longest of these frames took {longest:.0} ms"
        );
        Times::of(30, || window.frame(vec![press(Key::Num1)])).print(
            "decide with most of it in gold",
            size,
            None,
        );
    }
}
