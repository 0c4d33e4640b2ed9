//! A real project in a temporary folder, opened in the window, and a short way to say what is done and what comes of it.
//!
//! Articles are written down with their annotations: `|` is the caret, `‹…|` a selection with the caret at its end (`|…›` at its
//! start), `[entity s1: …]` a span, `[*entity s1: …]` the selected one. A later part of a span has a `+`: `[position+ s1: …]`. Where
//! spans cross, the end says whose it is: `]⟨s1⟩`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use egui::{Key, Modifiers, Pos2, Vec2, vec2};
use postil::model::{
    AnnotationSet, Codebook, Entity, Fields, Parts, Register, Span, SpanId, Status, Term, Value,
    Words as Titles,
};
use postil::session::OpenArticle;
use postil::store::{Project, SchemaChoice, annotation_text, read_set, write_set};
use postil::text::{CanonicalText, CodePoint, TextRange};
use postil::window::App;
use postil::window::article_view::Selection;
use postil::window::command::Chord;
use postil::window::offscreen::Stage;
use postil::window::panel::Request;
use postil::window::preferences::{Preferences, ThemeChoice};
use postil::window::words::Language;

/// The window, played.
pub type Window = Stage<App>;

/// The window's usual size here.
pub const SIZE: Vec2 = vec2(1200.0, 800.0);

/// The path of the first article.
pub const FIRST: &str = "articles/1.txt";

/// A window with a project in it. Dropping it closes the window before the folder goes.
pub struct Desk {
    pub stage: Window,
    /// The project's folder.
    pub root: PathBuf,
    _folder: Arc<tempfile::TempDir>,
}

/// What is to be on the desk.
#[derive(Default)]
pub struct Wanted {
    articles: Vec<String>,
    fields: Vec<(String, Fields)>,
    size: Option<Vec2>,
    change: Option<fn(&mut Preferences)>,
}

/// An article in notation, on a desk of its own.
pub fn desk(article: &str) -> Desk {
    Wanted::default().article(article).open()
}

/// The start: nothing open.
pub fn window(size: Vec2) -> Window {
    let app = App::new(None, Arc::new(|| {}));
    let mut stage = Stage::new(size, 1.0, app, |ui, app| app.ui(ui));
    prefer(&mut stage, |p| {
        *p = Preferences {
            annotator: "anna".into(),
            language: Language::English,
            theme: ThemeChoice::Light,
            ..Preferences::default()
        };
    });
    stage
}

/// Changes preferences as the window's own controls do.
pub fn prefer(stage: &mut Window, change: impl FnOnce(&mut Preferences)) {
    let mut preferences = stage.app().preferences().clone();
    change(&mut preferences);
    stage.app().ask(Request::Preferences(Box::new(preferences)));
    stage.settle();
}

impl Wanted {
    /// One more article.
    pub fn article(mut self, notation: &str) -> Self {
        self.articles.push(notation.to_owned());
        self
    }

    /// A field of a span of the first article.
    pub fn field(mut self, span: &str, name: &str, value: impl Into<String>) -> Self {
        let fields = [(name, Value::text(value))].into_iter().collect();
        self.fields.push((span.to_owned(), fields));
        self
    }

    /// Another size than usual.
    pub fn size(mut self, size: Vec2) -> Self {
        self.size = Some(size);
        self
    }

    /// Other preferences than usual.
    pub fn prefer(mut self, change: fn(&mut Preferences)) -> Self {
        self.change = Some(change);
        self
    }

    /// Writes the project and opens its first article.
    pub fn open(self) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("project");
        let schema = SchemaChoice::Template("positions".into());
        let mut project = Project::create(&root, "Talks", schema, "ru").unwrap();
        project.register = register();
        project.save_register().unwrap();
        project.codebook = codebook();
        project.save_codebook().unwrap();
        let mut caret = Selection::default();
        let mut marked = None;
        for (n, notation) in self.articles.iter().enumerate() {
            let read = read(notation);
            let path = format!("articles/{}.txt", n + 1);
            project.add_article_bytes(&path, read.text.as_bytes()).unwrap();
            let text = CanonicalText::new(&read.text);
            let mut set = AnnotationSet::new(&path, "anna");
            set.fingerprint = text.fingerprint().to_owned();
            set.length = text.len();
            set.status = Status::InProgress;
            for (id, (label, parts)) in &read.spans {
                let mut span =
                    Span::new(id.as_str(), label.as_str(), Parts::tidy(parts.iter().copied()).unwrap());
                for (_, fields) in self.fields.iter().filter(|(s, _)| n == 0 && s == id) {
                    for (name, value) in fields.iter() {
                        span.fields.set(name, value.clone());
                    }
                }
                set.insert(span);
            }
            if !set.is_empty() {
                write_set(&project, &set, Some(&text), None).unwrap();
            }
            if n == 0 {
                (caret, marked) = (read.selection, read.marked);
            }
        }
        drop(project);
        let mut desk = Desk::of(root, Arc::new(folder), self.size.unwrap_or(SIZE), self.change);
        if !self.articles.is_empty() {
            desk.stage.app_mut().view_mut().select(caret);
            if let Some(id) = marked {
                desk.stage.app().ask(Request::Select(Some(id.as_str().into())));
                desk.stage.settle();
                desk.stage.app_mut().view_mut().select(caret);
            }
            desk.stage.settle();
        }
        desk
    }
}

impl Desk {
    fn of(
        root: PathBuf,
        folder: Arc<tempfile::TempDir>,
        size: Vec2,
        change: Option<fn(&mut Preferences)>,
    ) -> Self {
        let mut stage = window(size);
        if let Some(change) = change {
            prefer(&mut stage, change);
        }
        stage.app_mut().open_project(&root, None);
        stage.settle();
        Self { stage, root, _folder: folder }
    }

    /// A second window on the same project.
    pub fn again(&self) -> Self {
        Self::of(self.root.clone(), self._folder.clone(), SIZE, None)
    }

    /// Closes the window, as its close button does, and opens the project in a fresh one.
    pub fn restart(mut self) -> Self {
        self.stage.app_mut().close();
        let (root, folder) = (self.root.clone(), self._folder.clone());
        drop(self.stage);
        Self::of(root, folder, SIZE, None)
    }

    /// The article at hand.
    pub fn open(&self) -> &OpenArticle {
        open(&self.stage)
    }

    /// The span of this id.
    pub fn span(&self, id: &str) -> Arc<Span> {
        let span = self.open().desk.span(&SpanId::from(id));
        span.unwrap_or_else(|| panic!("no span {id} in {}", tagged(&self.stage))).clone()
    }

    /// The fields of a span as JSON, which is what files and exports hold.
    pub fn fields(&self, id: &str) -> serde_json::Value {
        serde_json::to_value(&self.span(id).fields).unwrap()
    }

    /// See [`press`].
    pub fn press(&mut self, keys: &str) -> usize {
        press(&mut self.stage, keys)
    }

    /// See [`tagged`].
    pub fn tagged(&self) -> String {
        tagged(&self.stage)
    }

    /// What the notices say, one a line.
    pub fn notices(&self) -> String {
        self.stage.app().notice_texts().join("\n")
    }

    /// Whether the window shows something of this name, or a part of it.
    pub fn shows(&self, name: &str) -> bool {
        self.stage.find(name).is_some()
    }

    /// The middle of the first occurrence of these words on screen.
    pub fn at(&self, words: &str) -> Pos2 {
        let (from, to) = (self.edge(words, true), self.edge(words, false));
        from + (to - from) / 2.0
    }

    /// The left (`start`) or right edge of the first occurrence of these words, half way up the row.
    pub fn edge(&self, words: &str, start: bool) -> Pos2 {
        let text = self.open().desk.article.text.clone();
        let at = text.as_str().find(words).unwrap_or_else(|| panic!("{words:?} is not in the article"));
        let byte = if start { at } else { at + words.len() };
        let rect = self.stage.app().view().caret_rect(byte);
        rect.unwrap_or_else(|| panic!("{words:?} is not in view")).center()
    }

    /// Selects the first occurrence of these words, as a drag would, without a mouse.
    pub fn select(&mut self, words: &str) {
        let at = self.open().desk.article.text.as_str().find(words).unwrap();
        self.stage.app_mut().view_mut().select(Selection::of(at..at + words.len()));
        self.stage.settle();
    }

    /// The annotation file of the first article, as it lies on disk; empty if there is none.
    pub fn file(&self) -> String {
        std::fs::read_to_string(self.file_path()).unwrap_or_default()
    }

    /// Where the annotation file of the first article lies.
    pub fn file_path(&self) -> PathBuf {
        let project = Project::open(&self.root).unwrap();
        self.root.join(project.annotation_path("anna", FIRST))
    }

    /// Waits for other threads until `done`.
    pub fn until(&mut self, what: &str, done: impl Fn(&Window) -> bool) {
        let came = self.stage.until(Duration::from_secs(60), done);
        let (open, file) = (self.open(), self.file());
        assert!(
            came,
            "waited in vain until {what}\nnotices: {}\nsaving: {:?}\nfields: {:?}\nfile: {file}",
            self.notices(),
            open.save,
            open.desk.workspace.set.spans().map(|s| &s.fields).collect::<Vec<_>>(),
        );
    }

    /// Changes the annotation file as another program would: reads it, changes the set, writes it.
    pub fn change_on_disk(&self, change: impl FnOnce(&mut AnnotationSet)) {
        change_on_disk(&self.root, change);
    }
}

/// See [`Desk::change_on_disk`].
pub fn change_on_disk(root: &Path, change: impl FnOnce(&mut AnnotationSet)) {
    prepare_change(root, change)();
}

/// Reads and changes the set; what is given back writes it.
pub fn prepare_change<F: FnOnce(&mut AnnotationSet)>(root: &Path, change: F) -> impl FnOnce() + use<F> {
    let project = Project::open(root).unwrap();
    let article = project.read_article(FIRST).unwrap();
    let mut set = read_set(&project, "anna", FIRST, Some(&article)).unwrap().unwrap().set;
    change(&mut set);
    let file = root.join(project.annotation_path("anna", FIRST));
    let bytes = annotation_text(&set, Some(&article.text));
    move || postil::store::write_atomically(&file, bytes.as_bytes()).unwrap()
}

fn open(stage: &Window) -> &OpenArticle {
    stage.app().session().and_then(|s| s.open.as_ref()).expect("an article is open")
}

/// Presses keys one after another: `Ctrl+Shift+Right E "Орлов" Enter`; what stands in quotation marks is typed. Gives how many keys
/// were pressed, leaving out what was typed and the Enter right after it.
pub fn press(stage: &mut Window, keys: &str) -> usize {
    let mut count = 0;
    let mut typed = false;
    for stroke in strokes(keys) {
        if let Some(text) = stroke.strip_prefix('"') {
            stage.text(text.trim_end_matches('"'));
            typed = true;
            continue;
        }
        let chord = Chord::parse(&stroke).unwrap_or_else(|| panic!("no such key: {stroke}"));
        stage.key(chord.key, modifiers(chord));
        if !(typed && chord.key == Key::Enter) {
            count += 1;
        }
        typed = false;
    }
    count
}

/// As [`press`], on a Russian keyboard: the letters lie where they lie on QWERTY, but the layout names and writes its own.
pub fn press_cyrillic(stage: &mut Window, keys: &str) {
    const LATIN: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";
    const CYRILLIC: &str = "йцукенгшщзхъфывапролджэячсмитьбю";
    for stroke in strokes(keys) {
        if let Some(text) = stroke.strip_prefix('"') {
            for letter in text.trim_end_matches('"').chars() {
                let place = CYRILLIC.chars().position(|c| c == letter).expect("a small Russian letter");
                let latin = LATIN.chars().nth(place).unwrap();
                let key = Key::from_name(&latin.to_uppercase().to_string()).unwrap();
                stage.key_on_layout(key, None, &letter.to_string(), Modifiers::NONE);
            }
            continue;
        }
        let chord = Chord::parse(&stroke).unwrap_or_else(|| panic!("no such key: {stroke}"));
        let place = LATIN.chars().position(|c| chord.key.symbol_or_name().to_lowercase() == c.to_string());
        match place {
            Some(place) => {
                let written = CYRILLIC.chars().nth(place).unwrap();
                let written =
                    if chord.shift { written.to_uppercase().to_string() } else { written.to_string() };
                stage.key_on_layout(chord.key, None, &written, modifiers(chord));
            }
            None => stage.key(chord.key, modifiers(chord)),
        }
    }
}

fn modifiers(chord: Chord) -> Modifiers {
    Modifiers { alt: chord.alt, ctrl: chord.ctrl, shift: chord.shift, mac_cmd: false, command: chord.ctrl }
}

/// Strokes are parted by spaces, except inside quotation marks.
fn strokes(keys: &str) -> Vec<String> {
    let mut strokes = Vec::new();
    let mut rest = keys.trim_start();
    while !rest.is_empty() {
        let end = match rest.strip_prefix('"') {
            Some(quoted) => quoted.find('"').expect("a closing quotation mark") + 2,
            None => rest.find(char::is_whitespace).unwrap_or(rest.len()),
        };
        strokes.push(rest[..end].to_owned());
        rest = rest[end..].trim_start();
    }
    strokes
}

/// The article at hand in notation: text, caret, selection, spans.
pub fn tagged(stage: &Window) -> String {
    let desk = &open(stage).desk;
    let text = desk.article.text.as_str();
    let mut marks: BTreeMap<usize, (Vec<String>, Vec<String>, Vec<String>)> = BTreeMap::new();
    let selected = stage.app().selected();
    // Ends in the order in which they close, so that what opened last closes first where it can.
    let mut parts: Vec<(TextRange, usize, Arc<Span>)> = Vec::new();
    for span in desk.workspace.set.spans() {
        parts.extend(span.parts.iter().enumerate().map(|(n, range)| (*range, n, span.clone())));
    }
    parts.sort_by_key(|(range, ..)| (range.start(), std::cmp::Reverse(range.end())));
    let byte = |at: CodePoint| desk.article.text.byte_of(at).unwrap().index();
    for (n, (range, part, span)) in parts.iter().enumerate() {
        let star = if selected == Some(&span.id) { "*" } else { "" };
        let plus = if *part > 0 { "+" } else { "" };
        let opening = format!("[{star}{}{plus} {}: ", span.label, span.id);
        marks.entry(byte(range.start())).or_default().2.push(opening);
        let crosses = parts.iter().enumerate().any(|(m, (other, ..))| {
            let inside = other.start() < range.end() && other.end() > range.end();
            m != n && inside && (other.start() > range.start() || other.start() == range.start() && m > n)
        });
        let closing = if crosses { format!("]⟨{}⟩", span.id) } else { "]".to_owned() };
        marks.entry(byte(range.end())).or_default().0.push(closing);
    }
    let selection = stage.app().view().selection();
    marks.entry(selection.head).or_default().1.push("|".to_owned());
    if !selection.is_empty() {
        let sign = if selection.anchor < selection.head { "‹" } else { "›" };
        marks.entry(selection.anchor).or_default().1.push(sign.to_owned());
    }
    let mut out = String::new();
    let mut done = 0;
    for (at, (ends, caret, starts)) in marks {
        out += &text[done..at];
        done = at;
        for mark in [caret, ends, starts].concat() {
            out += &mark;
        }
    }
    out + &text[done..]
}

struct Read {
    text: String,
    selection: Selection,
    marked: Option<String>,
    spans: BTreeMap<String, (String, Vec<TextRange>)>,
}

fn read(notation: &str) -> Read {
    let mut text = String::new();
    let (mut head, mut anchor, mut marked) = (0, None, None);
    let mut opened: Vec<(String, String, u32)> = Vec::new();
    let mut spans: BTreeMap<String, (String, Vec<TextRange>)> = BTreeMap::new();
    let mut rest = notation;
    let mut length = 0_u32;
    while let Some(sign) = rest.chars().next() {
        rest = &rest[sign.len_utf8()..];
        match sign {
            '|' => head = text.len(),
            '‹' | '›' => anchor = Some(text.len()),
            '[' => {
                let (name, after) = rest.split_once(": ").expect("`[label id: …]`");
                rest = after;
                let (label, id) = name.split_once(' ').expect("`[label id: …]`");
                if label.starts_with('*') {
                    marked = Some(id.to_owned());
                }
                let label = label.trim_start_matches('*').trim_end_matches('+');
                opened.push((label.to_owned(), id.to_owned(), length));
            }
            ']' => {
                let at = match rest.strip_prefix('⟨').and_then(|r| r.split_once('⟩')) {
                    Some((id, after)) => {
                        rest = after;
                        opened.iter().rposition(|(_, open, _)| open == id).expect("an open span")
                    }
                    None => opened.len() - 1,
                };
                let (label, id, from) = opened.remove(at);
                let range = TextRange::new(from, length).unwrap();
                spans.entry(id).or_insert_with(|| (label, Vec::new())).1.push(range);
            }
            sign => {
                text.push(sign);
                length += 1;
            }
        }
    }
    Read { text, selection: Selection { anchor: anchor.unwrap_or(head), head }, marked, spans }
}

fn titles(words: &[(&str, &str)]) -> Titles {
    Titles(words.iter().map(|(language, title)| ((*language).to_owned(), (*title).to_owned())).collect())
}

fn register() -> Register {
    let entity = |id: &str, kind: &str, en: &str, ru: &str| Entity {
        names: titles(&[("en", en), ("ru", ru)]),
        ..Entity::new(id, en, kind)
    };
    [
        entity("holm", "person", "Erik Holm", "Эрик Хольм"),
        entity("norvia", "organisation", "Norvia", "Норвия"),
        entity("orlov", "person", "Viktor Orlov", "Виктор Орлов"),
        entity("semyonov", "person", "Pyotr Semyonov", "Пётр Семёнов"),
        entity("zarechye", "place", "Zarechye", "Заречье"),
    ]
    .into_iter()
    .collect()
}

fn codebook() -> Codebook {
    let term = |id: &str, parent: Option<&str>, en: &str, ru: &str| Term {
        parent: parent.map(Into::into),
        titles: titles(&[("en", en), ("ru", ru)]),
        ..Term::new(id, "en", en)
    };
    Codebook::new(
        "Talks",
        [
            term("territory", None, "Territory", "Территории"),
            term("territory.withdrawal", Some("territory"), "Withdrawal of troops", "Вывод войск"),
            term("guarantees", None, "Guarantees", "Гарантии"),
            term("guarantees.security", Some("guarantees"), "Security guarantees", "Гарантии безопасности"),
        ],
    )
}

#[test]
fn the_notation_reads_and_writes_the_same() {
    for notation in [
        "Ор|лов требует",
        "‹Орлов| требует",
        "|Орлов› требует",
        "[entity s1: Орлов] [*position s2: требует [entity s3: мира]] |сейчас",
        "[position s1: а [entity s2: б]⟨s1⟩ в] |г",
        "[claim s1: а] б [claim+ s1: в|]",
    ] {
        assert_eq!(desk(notation).tagged(), notation);
    }
}
