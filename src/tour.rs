//! The tour: the main job from an empty folder to a validated, exported article, driven through the window's own code by key presses
//! and mouse events, drawn off screen. What a person would see and do, on a machine without a display.
//!
//! Every step says what it did and looks whether it is so; one that is not makes the tour fail.

use egui::{Key, Modifiers, vec2};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::formats::{self, MemoryFiles, Record, TagScheme, WriteOptions};
use crate::model::{AnnotationSet, FieldPath, Severity, Span, Status, Value};
use crate::store::{self, Project, SchemaChoice};
use crate::text::CanonicalText;
use crate::window::App;
use crate::window::offscreen::Stage;

/// What the tour did.
#[derive(Clone, Debug, Default)]
pub struct TourOutcome {
    /// What it did, line by line.
    pub lines: Vec<String>,
    /// Whether every step did what it says.
    pub passed: bool,
}

/// The article of the tour where none is given: one of the sample's.
const ARTICLE: (&str, &[u8]) = ("ru-davos.txt", include_bytes!("../assets/sample/articles/ru-davos.txt"));

struct Tour {
    stage: Stage<App>,
    out: PathBuf,
    lines: Vec<String>,
    pictures: usize,
    failed: Option<String>,
}

/// Gives the tour on an article (or one of the sample's) and writes project, annotation file, export and pictures into `out`.
///
/// # Errors
/// `out` cannot be written to, or the article cannot be read.
pub fn run(out: &Path, article: Option<&Path>) -> anyhow::Result<TourOutcome> {
    let root = fresh_folder(out)?;
    let name =
        article.map_or("ru-davos".to_owned(), |a| crate::model::file_stem(&a.to_string_lossy()).to_owned());
    let mut project =
        Project::create(&root, &format!("Tour of {name}"), SchemaChoice::Template("positions".into()), "ru")?;
    let path = match article {
        Some(article) => project.add_article(article)?,
        None => project.add_article_bytes(&format!("articles/{}", ARTICLE.0), ARTICLE.1)?.path,
    };
    drop(project);
    let mut tour = Tour {
        stage: Stage::new(vec2(1280.0, 800.0), 1.0, App::new(None, Arc::new(|| {})), |ui, app: &mut App| {
            app.ui(ui)
        }),
        out: out.to_owned(),
        lines: vec![format!("Made a project in {} and brought {path} into it", root.display())],
        pictures: 0,
        failed: None,
    };
    let passed = tour.give(&root, &path);
    tour.stage.app_mut().close();
    if let Some(why) = tour.failed {
        tour.lines.push(format!("FAILED: {why}"));
    }
    Ok(TourOutcome { lines: tour.lines, passed: passed.is_some() })
}

/// A folder for the project that is not there yet, so that a tour never touches the work of an earlier one.
fn fresh_folder(out: &Path) -> anyhow::Result<PathBuf> {
    std::fs::create_dir_all(out).map_err(|why| anyhow::anyhow!("{} cannot be made: {why}", out.display()))?;
    let names = std::iter::once("project".to_owned()).chain((2u32..).map(|n| format!("project-{n}")));
    names
        .map(|name| out.join(name))
        .find(|folder| !folder.exists())
        .ok_or_else(|| anyhow::anyhow!("{} is full of tours", out.display()))
}

impl Tour {
    fn tell(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    /// Ends the tour, telling why, unless `held`.
    fn expect(&mut self, held: bool, what: impl Into<String>) -> Option<()> {
        if !held && self.failed.is_none() {
            let shown = self.stage.app().notice_texts().join("; ");
            self.failed = Some(format!(
                "{}{}",
                what.into(),
                if shown.is_empty() { String::new() } else { format!(" ({shown})") }
            ));
        }
        held.then_some(())
    }

    fn picture(&mut self, name: &str) -> Option<()> {
        self.pictures += 1;
        let file = self.out.join(format!("{:02}-{name}.png", self.pictures));
        let saved = self.stage.save_png(&file);
        let text = saved.as_ref().err().map(ToString::to_string).unwrap_or_default();
        self.expect(saved.is_ok(), format!("{} could not be written: {text}", file.display()))?;
        self.tell(format!("  picture {}", file.display()));
        Some(())
    }

    fn keys(&mut self, keys: &[Key]) {
        for key in keys {
            self.stage.key(*key, Modifiers::NONE);
        }
    }

    fn set(&self) -> Option<&AnnotationSet> {
        Some(&self.stage.app().session()?.open.as_ref()?.desk.workspace.set)
    }

    fn text(&self) -> Option<CanonicalText> {
        Some(self.stage.app().session()?.open.as_ref()?.desk.article.text.clone())
    }

    fn selected(&self) -> Option<Arc<Span>> {
        let id = self.stage.app().selected()?;
        self.set()?.get(id).cloned()
    }

    fn give(&mut self, root: &Path, path: &str) -> Option<()> {
        self.stage.app_mut().open_project(root, None);
        self.stage.settle();
        let text = self.text();
        self.expect(text.is_some(), format!("the article {path} did not open"))?;
        let text = text?;
        self.tell(format!("Opened {path}: {} characters, {} lines", text.len(), text.lines().line_count()));
        self.picture("opened")?;

        let plan = Plan::of(&text);
        self.expect(
            plan.is_some(),
            "the article is too short for the tour: it needs a word and three sentences",
        )?;
        let plan = plan?;
        let entity = self.tag_entity(&text, &plan)?;
        self.tag_position(&text, &plan, &entity)?;
        self.tag_claim(&text, &plan)?;
        self.undo_and_redo()?;
        self.save_and_validate(root, path)?;
        self.export(root, path)?;
        self.reopen(root)?;
        self.other_looks()
    }

    /// Moves the caret with the keyboard alone: to the start, then word by word.
    fn walk_to(&mut self, byte: usize) -> Option<()> {
        self.stage.key(Key::Home, Modifiers::COMMAND);
        let mut last = usize::MAX;
        loop {
            let here = self.stage.app().view().selection().head;
            if here >= byte || here == last {
                break;
            }
            last = here;
            self.stage.key(Key::ArrowRight, Modifiers::COMMAND);
        }
        let here = self.stage.app().view().selection().head;
        self.expect(here == byte, format!("the caret went to byte {here} instead of {byte}"))
    }

    fn tag_entity(&mut self, text: &CanonicalText, plan: &Plan) -> Option<String> {
        self.walk_to(plan.name.start)?;
        while self.stage.app().view().selection().head < plan.name.end {
            self.stage.key(Key::ArrowRight, Modifiers::COMMAND | Modifiers::SHIFT);
        }
        self.keys(&[Key::E]);
        let surface = &text.as_str()[plan.name.clone()];
        let tagged = self.selected();
        let right = tagged.as_ref().is_some_and(|s| s.label == "entity" && s.surface(text) == surface);
        self.expect(right, format!("«{surface}» was not tagged as an entity by E"))?;
        self.picture("entity-asks-for-its-kind")?;
        self.keys(&[Key::P]);
        self.stage.text(surface);
        self.picture("entity-asks-who-it-is")?;
        self.keys(&[Key::Enter]);
        let span = self.selected()?;
        let entry = span.fields.text("entity").map(str::to_owned);
        let right = span.fields.text("kind") == Some("person") && entry.is_some();
        self.expect(
            right,
            format!("kind and register entry of «{surface}» were not filled in: {:?}", span.fields),
        )?;
        self.tell(format!(
            "Tagged «{surface}» as an entity by keyboard: a person, register entry {}",
            entry.clone()?
        ));
        entry
    }

    fn tag_position(&mut self, text: &CanonicalText, plan: &Plan, entity: &str) -> Option<()> {
        // With the mouse: three clicks select the sentence.
        let start = plan.position.start + 1;
        self.stage.app_mut().view_mut().reveal(start, true);
        self.stage.settle();
        let at = self.stage.app().view().caret_rect(start).map(|r| r.center() + vec2(3.0, 0.0));
        self.expect(at.is_some(), "the sentence for the position is not in view")?;
        self.stage.click(at?, egui::PointerButton::Primary, 3);
        let surface = text.as_str()[plan.position.clone()].to_owned();
        let selected = self.stage.app().view().selection().range();
        let got = text.as_str()[selected].trim().to_owned();
        self.expect(
            got == surface.trim(),
            format!("a triple click selected «{got}» instead of «{surface}»"),
        )?;
        self.keys(&[Key::P]);
        let mut pressed = 1;
        // Two holders: one from the register, one that is nowhere named.
        self.keys(&[Key::H]);
        self.stage.text(entity);
        self.picture("position-asks-for-its-holder")?;
        self.keys(&[Key::Enter, Key::E]);
        self.keys(&[Key::H, Key::Tab, Key::U]);
        pressed += 5;
        // Two issues, each with its own stance.
        for (issue, stance) in [("Донбасс", Key::F), ("Гарантии безопасности", Key::A)]
        {
            self.keys(&[Key::I]);
            self.stage.text(issue);
            self.keys(&[Key::Enter]);
            self.picture(if stance == Key::F {
                "first-issue-asks-for-its-stance"
            } else {
                "second-issue-asks-for-its-stance"
            })?;
            self.keys(&[stance]);
            pressed += 2;
        }
        self.keys(&[Key::A, Key::D]);
        pressed += 2;
        let span = self.selected()?;
        let records = |name: &str| span.fields.get(name).and_then(Value::as_list).map_or(0, <[Value]>::len);
        let stance = |n: usize| {
            span.fields.at(&FieldPath::field("issues").item(n).then("stance")).and_then(Value::as_text)
        };
        let right = span.label == "position"
            && records("holders") == 2
            && records("issues") == 2
            && stance(0) == Some("for")
            && stance(1) == Some("against")
            && span.fields.text("act") == Some("demand");
        self.expect(right, format!("the position was not filled in as asked: {:?}", span.fields))?;
        self.tell(format!("Tagged a sentence as a position by mouse: 2 holders, 2 issues with their stances, an act; {pressed} keys after the selection"));
        self.picture("position")
    }

    fn tag_claim(&mut self, text: &CanonicalText, plan: &Plan) -> Option<()> {
        self.walk_to(plan.claim.start)?;
        self.keys(&[Key::S, Key::S]);
        let selected = self.stage.app().view().selection().range();
        let inside = selected.start <= plan.claim.start && plan.claim.end <= selected.end + 1;
        self.expect(inside, "S twice did not widen the selection to the sentence")?;
        self.keys(&[Key::C, Key::F]);
        self.keys(&[Key::H, Key::Tab, Key::A]);
        let span = self.selected()?;
        let how = span.fields.at(&FieldPath::field("holders").item(0).then("how")).and_then(Value::as_text);
        let right =
            span.label == "claim" && span.fields.text("kind") == Some("fact") && how == Some("author");
        self.expect(right, format!("the claim was not filled in as asked: {:?}", span.fields))?;
        self.tell(format!(
            "Tagged «{}…» as a claim by keyboard: a fact, said by the author",
            first_words(&span.surface(text))
        ));
        self.picture("claim")
    }

    fn undo_and_redo(&mut self) -> Option<()> {
        let before = self.set()?.clone();
        let steps = self.stage.app().session()?.open.as_ref()?.desk.history.done().len();
        for _ in 0..steps {
            self.stage.key(Key::Z, Modifiers::COMMAND);
        }
        let empty = self.set()?.is_empty();
        self.expect(empty, format!("{steps} undos did not take everything back"))?;
        for _ in 0..steps {
            self.stage.key(Key::Z, Modifiers::COMMAND | Modifiers::SHIFT);
        }
        let same = *self.set()? == before;
        self.expect(same, format!("{steps} redos did not bring everything back"))?;
        self.tell(format!("Undid all {steps} steps and did them again: nothing lost"));
        Some(())
    }

    fn annotator(&self) -> String {
        self.stage.app().session().map(|s| s.annotator.clone()).unwrap_or_default()
    }

    fn save_and_validate(&mut self, root: &Path, path: &str) -> Option<()> {
        self.stage.key(Key::S, Modifiers::COMMAND);
        let project = Project::open(root);
        self.expect(project.is_ok(), "the project cannot be opened again")?;
        let project = project.ok()?;
        let file = project.annotation_path(&self.annotator(), path);
        let loaded =
            store::read_set(&project, &self.annotator(), path, project.read_article(path).ok().as_ref());
        let same = matches!((&loaded, self.set()), (Ok(Some(loaded)), Some(set)) if loaded.set == *set);
        self.expect(same, format!("{file} does not hold what the window shows"))?;
        self.tell(format!("Saved {}", root.join(&file).display()));
        let report = crate::session::check::check(&crate::session::check::load_project_for_check(&project));
        let errors: Vec<String> = report
            .findings
            .iter()
            .filter(|f| f.severity == Severity::Error)
            .map(|f| format!("{} {}", f.code, f.message()))
            .collect();
        self.expect(errors.is_empty(), format!("validation finds errors: {}", errors.join("; ")))?;
        self.tell(format!(
            "Validated: {} spans, no errors, {} other findings",
            report.spans,
            report.findings.len()
        ));
        let copy = self.out.join("annotation.ron");
        let copied = std::fs::read(root.join(&file)).and_then(|bytes| store::write_atomically(&copy, &bytes));
        self.expect(copied.is_ok(), format!("{} cannot be written", copy.display()))?;
        self.tell(format!("The annotation file is also at {}", copy.display()));
        Some(())
    }

    fn export(&mut self, root: &Path, path: &str) -> Option<()> {
        let project = Project::open(root).ok()?;
        let article = project.read_article(path).ok()?;
        let record =
            Record { meta: article.meta.clone(), text: article.text.clone(), set: self.set()?.clone() };
        let options = WriteOptions {
            unit: None,
            scheme: TagScheme::default(),
            project: &project.settings.name,
            schema: &project.schema,
            register: &project.register,
            codebook: &project.codebook,
        };
        let mut files = MemoryFiles::default();
        let writer = formats::format("jsonl")?.writer?;
        let written = writer.write(&vec![record], &options, &mut files);
        let bytes = files.bytes("").unwrap_or_default();
        self.expect(written.is_ok() && !bytes.is_empty(), "the export could not be written")?;
        // Proved by reading it as anyone would: every span's text is what stands at its offsets.
        let line: Option<serde_json::Value> =
            serde_json::from_slice(bytes.split(|b| *b == b'\n').next().unwrap_or_default()).ok();
        let line = line?;
        let chars: Vec<char> = line["text"].as_str().unwrap_or_default().chars().collect();
        let spans = line["spans"].as_array().cloned().unwrap_or_default();
        let proved = spans.iter().all(|span| {
            let parts = span["parts"].as_array().cloned().unwrap_or_default();
            let surface = parts.iter().filter_map(|part| {
                let (from, to) = (part[0].as_u64()? as usize, part[1].as_u64()? as usize);
                Some(chars.get(from..to)?.iter().collect::<String>())
            });
            Some(surface.collect::<Vec<_>>().join(" ").as_str()) == span["text"].as_str()
        });
        self.expect(proved && spans.len() == 3, "offsets and texts of the export disagree")?;
        let file = self.out.join("export.jsonl");
        let kept = store::write_atomically(&file, &bytes);
        self.expect(kept.is_ok(), format!("{} cannot be written", file.display()))?;
        self.tell(format!(
            "Exported {} spans to {}; every offset proved against its text",
            spans.len(),
            file.display()
        ));
        Some(())
    }

    fn reopen(&mut self, root: &Path) -> Option<()> {
        let before = self.set()?.clone();
        let steps = self.stage.app().session()?.open.as_ref()?.desk.history.done().len();
        self.stage.app_mut().close_project();
        self.stage.settle();
        self.picture("start-page")?;
        self.stage.app_mut().open_project(root, None);
        self.stage.settle();
        let (same, remembered) = (
            self.set().is_some_and(|set| *set == before),
            self.stage.app().session()?.open.as_ref()?.desk.history.done().len(),
        );
        self.expect(same, "opened again, the annotations are not what they were")?;
        self.expect(
            remembered == steps,
            format!("of {steps} steps only {remembered} can be undone after a restart"),
        )?;
        self.tell(format!(
            "Closed and opened again: the same annotations, all {steps} steps can still be undone"
        ));
        Some(())
    }

    fn other_looks(&mut self) -> Option<()> {
        self.stage.key(Key::Tab, Modifiers::NONE);
        self.stage.key(Key::Tab, Modifiers::NONE);
        self.stage.key(Key::K, Modifiers::COMMAND);
        self.picture("palette")?;
        self.stage.key(Key::Escape, Modifiers::NONE);
        self.stage.key(Key::Questionmark, Modifiers::SHIFT);
        let shown = self.stage.app().dialog() == Some(crate::window::panel::DialogKind::KeySheet);
        self.expect(shown, "? did not show the keys")?;
        self.picture("key-sheet")?;
        self.stage.key(Key::Escape, Modifiers::NONE);
        self.stage
            .app()
            .ask(crate::window::panel::Request::Command(crate::window::command::Command::Russian));
        self.stage
            .app()
            .ask(crate::window::panel::Request::Command(crate::window::command::Command::ToggleTheme));
        self.stage.until(Duration::from_secs(1), |_| true);
        self.stage.settle();
        self.picture("dark-in-russian")?;
        self.stage.key(Key::Enter, Modifiers::COMMAND);
        let done = self.set()?.status == Status::Done;
        self.expect(done, "Ctrl+Enter did not mark the article done")?;
        self.tell("Marked the article done");
        let notes = self.stage.app_mut().save_all();
        self.expect(notes.is_empty(), notes.join("; "))
    }
}

/// Which words the tour tags.
struct Plan {
    name: std::ops::Range<usize>,
    position: std::ops::Range<usize>,
    claim: std::ops::Range<usize>,
}

impl Plan {
    /// The first name (or word) of the body, and two of its sentences.
    fn of(text: &CanonicalText) -> Option<Self> {
        let header = crate::text::read_header(text).extent;
        let body = text.byte_of(header.end())?.index();
        let all = text.as_str();
        let mut sentences = Vec::new();
        for paragraph in text.paragraphs().filter(|p| p.end > body) {
            let paragraph = paragraph.start.max(body)..paragraph.end;
            for sentence in crate::text::sentences(all, paragraph) {
                let words = all[sentence.clone()].trim();
                if words.split_whitespace().count() >= 4
                    && words.chars().next().is_some_and(char::is_alphabetic)
                {
                    let start = sentence.start
                        + (all[sentence.clone()].len() - all[sentence.clone()].trim_start().len());
                    sentences.push(start..start + words.len());
                }
            }
        }
        // A capital and then small letters: a name, or the start of a sentence, but no abbreviation.
        let capital = |w: &std::ops::Range<usize>| {
            let mut letters = all[w.clone()].chars();
            letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
        };
        let words: Vec<_> = crate::text::words(all).filter(|w| w.start >= body).collect();
        // Two capitalised words in a row, not at the start of a sentence, are most likely somebody's name.
        let named = words.windows(3).find(|w| {
            !capital(&w[0]) && capital(&w[1]) && capital(&w[2]) && &all[w[1].end..w[2].start] == " "
        });
        let name =
            named.map(|w| w[1].start..w[2].end).or_else(|| words.iter().find(|w| capital(w)).cloned())?;
        let mut others = sentences.into_iter().filter(|s| s.end <= name.start || name.end <= s.start);
        Some(Self { position: others.next()?, claim: others.next()?, name })
    }
}

fn first_words(text: &str) -> String {
    text.split_whitespace().take(5).collect::<Vec<_>>().join(" ")
}
