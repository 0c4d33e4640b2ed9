//! Frames under a restless hand: scrolling, jumping, stepping, selecting, tagging, changing, deleting, taking back, at random from a seed.
//!
//! Every frame is laid out and cut into triangles as for a graphics card; no pixel is painted. Times are those of this thread's processor
//! where the system tells them, so that other programs on the machine count less.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers, Pos2, RawInput, Rect, Vec2};
use rand::{RngExt as _, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

use super::super::app::App;
use super::super::look;
use super::super::panel::Request;
use super::first_frame::resident_kilobytes;
use crate::model::{FieldPath, SpanId, Value};
use crate::session::Edit;
use crate::text::{CodePoint, TextRange};

/// The window's size, in points.
const SIZE: Vec2 = Vec2::new(1400.0, 900.0);

/// How long one kind of thing took, in milliseconds.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Times {
    /// How often it was measured.
    pub count: usize,
    /// Half of them took no longer.
    pub median_ms: f64,
    /// 19 of 20 took no longer.
    pub p95_ms: f64,
    /// The longest.
    pub worst_ms: f64,
    /// Which of all acts, from 0, the longest was: what happens for the first time takes longer.
    pub worst_at: usize,
}

impl Times {
    /// Of durations in milliseconds, each with the number of its act.
    fn of(mut all: Vec<(f64, usize)>) -> Self {
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at = |share: f64| {
            all.get(((all.len() as f64 - 1.0) * share).round() as usize).map_or(0.0, |(time, _)| *time)
        };
        let rounded = |ms: f64| (ms * 1000.0).round() / 1000.0;
        Self {
            count: all.len(),
            median_ms: rounded(at(0.5)),
            p95_ms: rounded(at(0.95)),
            worst_ms: rounded(at(1.0)),
            worst_at: all.last().map_or(0, |(_, act)| *act),
        }
    }
}

/// One kind of act and the frames in which it happened.
#[derive(Clone, Debug, Serialize)]
pub struct ActTimes {
    /// What was done.
    pub act: &'static str,
    /// How long the frame took in which it was done and shown.
    #[serde(flatten)]
    pub times: Times,
}

/// What was measured on one article.
#[derive(Clone, Debug, Serialize)]
pub struct Bench {
    /// The article's length in bytes of UTF-8.
    pub bytes: usize,
    /// Its spans when it was opened.
    pub spans: usize,
    /// Processor time of the whole process from the moment before the files are read until the first frame with the text is there.
    pub open_cpu_ms: f64,
    /// Memory of the process before the article was opened, in kilobytes, where the system tells it.
    pub memory_empty_kb: Option<u64>,
    /// The same after the first frame.
    pub memory_open_kb: Option<u64>,
    /// The same when what is found by validation is there too.
    pub memory_checked_kb: Option<u64>,
    /// The same after each tenth of the acts: whether it grows.
    pub memory_tenths_kb: Vec<u64>,
    /// The same after all acts, when nothing is under way any more.
    pub memory_end_kb: Option<u64>,
    /// Frames that the window asked for in half a second in which nothing happened. None, if it is as it should be.
    pub idle_frames: usize,
    /// The frames of each kind of act.
    pub frames: Vec<ActTimes>,
}

const ACTS: [&str; 9] =
    ["scroll", "jump", "step", "select", "rest with a span selected", "add", "change", "delete", "undo"];

/// Opens an article of a project off screen and does so many acts on it. The project is changed: hand in a copy. `config` is the folder of
/// the preferences, among them whose annotations to open.
///
/// # Errors
/// The article does not open.
pub fn run(article: &Path, config: &Path, acts: usize, seed: u64) -> Result<Bench, String> {
    let mut window = Window::new(config);
    // As somebody finds it who looks at the start page before opening anything.
    window.settle();
    let memory_empty_kb = resident_kilobytes();
    let before = cpu(of_the_process());
    window.app.open_files(&[article.to_owned()]);
    window.frame(Vec::new());
    let open_cpu_ms = (cpu(of_the_process()) - before).as_secs_f64() * 1000.0;
    let memory_open_kb = resident_kilobytes();
    let Some(open) = window.app.session().and_then(|session| session.open.as_ref()) else {
        return Err(window.app.notice_texts().join(" "));
    };
    let (bytes, spans) = (open.desk.article.text.len_bytes(), open.desk.workspace.set.len());
    window.settle();
    let memory_checked_kb = resident_kilobytes();
    let idle_frames = window.idle();

    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut taken: [Vec<(f64, usize)>; ACTS.len()] = Default::default();
    let mut memory_tenths_kb = Vec::new();
    for done in 0..acts {
        // Most of what a hand does is moving about.
        let act = [0, 0, 0, 0, 1, 1, 2, 2, 3, 4, 4, 5, 6, 7, 8][random.random_range(0..15)];
        let time = window.act(act, &mut random);
        taken[act].push((time, done));
        if (done + 1) * 10 / acts > done * 10 / acts {
            memory_tenths_kb.extend(resident_kilobytes());
        }
    }
    let frames =
        ACTS.into_iter().zip(taken).map(|(act, times)| ActTimes { act, times: Times::of(times) }).collect();
    window.settle();
    let memory_end_kb = resident_kilobytes();
    window.app.close();
    Ok(Bench {
        bytes,
        spans,
        open_cpu_ms: (open_cpu_ms * 10.0).round() / 10.0,
        memory_empty_kb,
        memory_open_kb,
        memory_checked_kb,
        memory_tenths_kb,
        memory_end_kb,
        idle_frames,
        frames,
    })
}

struct Window {
    ctx: egui::Context,
    app: App,
    time: f64,
    wants_another: Duration,
}

impl Window {
    fn new(config: &Path) -> Self {
        let ctx = egui::Context::default();
        look::install(&ctx);
        Self {
            ctx,
            app: App::new(Some(config.to_owned()), Arc::new(|| {})),
            time: 0.0,
            wants_another: Duration::ZERO,
        }
    }

    fn frame(&mut self, events: Vec<Event>) {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.time),
            focused: true,
            events,
            ..RawInput::default()
        };
        let Self { ctx, app, .. } = self;
        let mut output = ctx.run_ui(input, |ui| app.ui(ui));
        // Nothing is painted, so nobody waits for the letters' pictures.
        output.textures_delta.clear();
        self.wants_another = output
            .viewport_output
            .values()
            .map(|viewport| viewport.repaint_delay)
            .min()
            .unwrap_or(Duration::MAX);
        std::hint::black_box(ctx.tessellate(output.shapes, output.pixels_per_point));
    }

    fn timed(&mut self, events: Vec<Event>) -> f64 {
        let before = cpu(of_this_thread());
        self.frame(events);
        (cpu(of_this_thread()) - before).as_secs_f64() * 1000.0
    }

    /// Frames until validation is over and nothing moves.
    fn settle(&mut self) {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(60) {
            self.frame(Vec::new());
            let busy = self.app.session().is_some_and(|s| s.is_checking() || s.is_reading());
            if !busy {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        for _ in 0..60 {
            self.frame(Vec::new());
        }
    }

    fn idle(&mut self) -> usize {
        let mut frames = 0;
        let begun = Instant::now();
        // What wants a frame later, such as a blinking caret, is counted only as far as it would come about.
        while begun.elapsed() < Duration::from_millis(500) {
            if self.wants_another < Duration::from_millis(500) {
                std::thread::sleep(self.wants_another);
                self.frame(Vec::new());
                frames += 1;
            } else {
                break;
            }
        }
        frames
    }

    fn act(&mut self, act: usize, random: &mut ChaCha8Rng) -> f64 {
        let length =
            self.app.session().and_then(|s| s.open.as_ref()).map_or(0, |open| open.desk.article.text.len());
        let at = CodePoint(random.random_range(0..length.max(1)));
        let selected = self.app.selected().cloned();
        match ACTS[act] {
            "scroll" => {
                let delta = Vec2::new(0.0, random.random_range(-400.0..400.0));
                let wheel = Event::MouseWheel {
                    unit: egui::MouseWheelUnit::Point,
                    delta,
                    phase: egui::TouchPhase::Move,
                    source: egui::MouseWheelSource::Unknown,
                    modifiers: Modifiers::NONE,
                };
                self.timed(vec![Event::PointerMoved(Pos2::new(700.0, 450.0)), wheel])
            }
            "jump" => {
                self.app.ask(Request::GoTo(TextRange::empty(at)));
                self.timed(Vec::new())
            }
            "step" => {
                let keys = [Key::ArrowDown, Key::ArrowUp, Key::ArrowLeft, Key::ArrowRight];
                self.timed(vec![press(keys[random.random_range(0..keys.len())])])
            }
            "select" => {
                let near = self.span_near(at);
                self.app.ask(Request::Select(near));
                self.timed(Vec::new())
            }
            "add" => {
                let end = CodePoint((at.0 + random.random_range(1..60)).min(length));
                let label = ["entity", "position", "claim"][random.random_range(0..3)];
                let label = self.label_or_first(label);
                let ranges = TextRange::new(at, end).into_iter().collect();
                self.app.ask(Request::Edit(Edit::Tag { ranges, label }));
                self.timed(Vec::new())
            }
            "change" => {
                if let Some(span) = selected.or_else(|| self.span_near(at)) {
                    let choices = ["person", "place", "event", "other"];
                    let value = Value::text(choices[random.random_range(0..choices.len())]);
                    let values = vec![(FieldPath::field("kind"), Some(value))];
                    self.app.ask(Request::Edit(Edit::SetFields { span, values, gesture: None }));
                }
                self.timed(Vec::new())
            }
            "delete" => {
                if let Some(span) = self.span_near(at) {
                    self.app.ask(Request::Edit(Edit::Remove { spans: vec![span] }));
                }
                self.timed(Vec::new())
            }
            "undo" => {
                self.app.ask(Request::Command(super::super::command::Command::Undo));
                self.timed(Vec::new())
            }
            _ => self.timed(Vec::new()),
        }
    }

    fn span_near(&self, at: CodePoint) -> Option<SpanId> {
        let set = &self.app.session()?.open.as_ref()?.desk.workspace.set;
        set.first_from(at).map(|span| span.id.clone())
    }

    fn label_or_first(&self, label: &str) -> String {
        let Some(session) = self.app.session() else { return label.to_owned() };
        match session.schema.label(label) {
            Some(_) => label.to_owned(),
            None => session.schema.labels.first().map_or_else(String::new, |first| first.name.clone()),
        }
    }
}

fn press(key: Key) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE }
}

#[cfg(unix)]
type Clock = rustix::time::ClockId;

#[cfg(unix)]
fn of_this_thread() -> Clock {
    Clock::ThreadCPUTime
}

#[cfg(unix)]
fn of_the_process() -> Clock {
    Clock::ProcessCPUTime
}

/// The processor time that a clock shows.
#[cfg(unix)]
fn cpu(clock: Clock) -> Duration {
    let now = rustix::time::clock_gettime(clock);
    Duration::new(now.tv_sec.unsigned_abs(), now.tv_nsec as u32)
}

#[cfg(not(unix))]
type Clock = ();

#[cfg(not(unix))]
fn of_this_thread() -> Clock {}

#[cfg(not(unix))]
fn of_the_process() -> Clock {}

/// Elsewhere the time on the wall has to do.
#[cfg(not(unix))]
fn cpu(_clock: Clock) -> Duration {
    use std::sync::LazyLock;
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    BEGUN.elapsed()
}
