//! A small project in memory for the panels' tests, and a harness that shows one panel and collects what it asks for.

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::Arc;

use crate::model::{
    Article, Codebook, Entity, FieldPath, Place, ProjectSettings, Register, Schema, Severity, SpanId, Status,
    Term, Value, Workspace,
};
use crate::session::{ArticleRow, Desk, Edit, OpenArticle, Session};
use crate::text::{CanonicalText, TextRange};
use crate::validate::{Args, Finding, Fix};
use crate::window::command::Keys;
use crate::window::look::{self, Tokens};
use crate::window::panel::{Panel, Request};
use crate::window::preferences::Preferences;
use crate::window::words::{Language, Words};

/// Everything a panel borrows.
pub(crate) struct Trial {
    pub session: Option<Session>,
    pub words: Words,
    pub tokens: Arc<Tokens>,
    pub keys: Keys,
    pub preferences: Preferences,
    pub selected: Option<SpanId>,
    pub selection: Vec<TextRange>,
    pub asked: RefCell<Vec<Request>>,
}

pub(crate) const TEXT: &str =
    "Киев настаивает на гарантиях.\n\nМосква требует передать Донбасс. Это ультиматум.\n";

impl Trial {
    /// Nothing open, in Russian.
    pub fn empty() -> Self {
        Self {
            session: None,
            words: Words::new(Language::Russian),
            tokens: Tokens::of(egui::Theme::Light),
            keys: Keys::new([]),
            preferences: Preferences::default(),
            selected: None,
            selection: Vec::new(),
            asked: RefCell::default(),
        }
    }

    /// A project of four articles, the first one open with three tags and a relation.
    pub fn new() -> Self {
        Self { session: Some(session()), ..Self::empty() }
    }

    pub fn language(&mut self, language: Language) {
        self.words = Words::new(language);
    }

    pub fn panel(&self) -> Panel<'_> {
        Panel {
            session: self.session.as_ref(),
            words: &self.words,
            tokens: &self.tokens,
            keys: &self.keys,
            preferences: &self.preferences,
            selected: self.selected.as_ref(),
            selection: &self.selection,
            asked: &self.asked,
        }
    }

    pub fn open(&mut self) -> &mut OpenArticle {
        self.session.as_mut().unwrap().open.as_mut().unwrap()
    }

    pub fn asked(&self) -> Vec<Request> {
        self.asked.take()
    }

    pub fn range(&self, words: &str) -> TextRange {
        let text = &self.session.as_ref().unwrap().open.as_ref().unwrap().desk.article.text;
        let at = text.as_str().find(words).unwrap();
        text.text_range(at..at + words.len()).unwrap()
    }
}

fn session() -> Session {
    let mut article = Article::from_text("articles/a.txt", CanonicalText::new(TEXT));
    article.meta.title = Some("Пять узлов переговоров".into());
    article.meta.language = Some("ru".into());
    let mut register = Register::default();
    register.insert(Entity::new("kyiv", "Kyiv", "place"));
    let mut term = Term::new("territory.donbas", "en", "Donbas");
    term.titles.0.push(("ru".into(), "Донбасс".into()));
    let mut workspace = Workspace { register, codebook: Codebook::new("c", [term]), ..Workspace::default() };
    workspace.set.article = article.path.clone();
    let mut session = Session::in_memory(Schema::positions(), "anna", article, workspace);
    let desk = &mut session.open.as_mut().unwrap().desk;
    let place = |desk: &Desk, words: &str| {
        let text = &desk.article.text;
        let at = text.as_str().find(words).unwrap();
        text.text_range(at..at + words.len()).unwrap()
    };
    for (words, label) in
        [("Киев", "entity"), ("настаивает на гарантиях", "position"), ("передать Донбасс", "position")]
    {
        let range = place(desk, words);
        desk.edit(Edit::Tag { ranges: vec![range], label: label.into() }).unwrap();
    }
    desk.set_field(&"s2".into(), &FieldPath::field("act"), Some(Value::text("demand")), None).unwrap();
    desk.relate(&"s3".into(), &"s2".into(), "attacks").unwrap();
    let range = place(desk, "передать Донбасс");
    let finding = |severity, rule, template, span: &str, fix: Option<Fix>| Finding {
        code: "P101",
        rule,
        severity,
        file: "annotations/anna/a.ron".into(),
        place: Place { line: 14, column: 5 },
        article: Some("articles/a.txt".into()),
        article_place: None,
        span: Some(span.into()),
        relation: None,
        path: None,
        range: Some(range),
        template,
        args: Args::default(),
        fix: fix.map(Box::new),
    };
    let fix = Fix { title: "Trim the white space".into(), changes: Vec::new(), safe: true };
    let findings = vec![
        finding(Severity::Error, "trial-issue", "A position needs at least one issue", "s3", None),
        finding(Severity::Error, "trial-space", "The tag begins with white space", "s2", Some(fix)),
        finding(Severity::Warning, "trial-holder", "Nobody is said to hold this position", "s3", None),
    ];
    let row = |path: &str, title: &str, status, spans, errors, warnings| ArticleRow {
        path: path.into(),
        title: title.into(),
        date: Some("2026-01-21".into()),
        status,
        spans,
        errors,
        warnings,
        fault: None,
    };
    session.open.as_mut().unwrap().findings = findings.into();
    session.root = PathBuf::from("projects/talks");
    session.settings = ProjectSettings::new("Переговоры");
    session.rows = vec![
        row("articles/a.txt", "Пять узлов переговоров", Status::InProgress, 3, 2, 1),
        row(
            "articles/b.txt",
            "В Давосе обсудили гарантии безопасности и судьбу замороженных активов, но ни к чему не пришли",
            Status::Untouched,
            0,
            0,
            0,
        ),
        row("articles/c.txt", "Двадцать восемь пунктов", Status::Done, 21, 0, 0),
        ArticleRow {
            fault: Some("The file is not text".into()),
            ..row("articles/d.txt", "d", Status::Untouched, 0, 0, 0)
        },
    ];
    session.guidelines = vec![
            ("en".into(), "# Guidelines\n\nRead first.\n\n## Positions\n\nWhat should be *done*.\n".into()),
            ("ru".into(), "# Инструкция\n\nСначала прочтите.\n\n## Позиции\n\nЧто должно быть *сделано*.\n\n## Утверждения\n\nЧто верно или неверно.\n".into()),
        ];
    session
}

/// A panel under test with the world it reads.
pub(crate) struct World<P> {
    pub trial: Trial,
    pub shown: P,
}

/// A harness that shows `shown` by `show`.
pub(crate) fn harness<'a, P: 'a>(
    size: [f32; 2],
    trial: Trial,
    shown: P,
    show: impl Fn(&mut P, &mut egui::Ui, &Panel<'_>) + 'a,
) -> egui_kittest::Harness<'a, World<P>> {
    let theme = if trial.tokens.dark { egui::Theme::Dark } else { egui::Theme::Light };
    egui_kittest::Harness::builder()
        .with_size(size)
        .with_theme(theme)
        .with_max_steps(12)
        .with_context_setup(look::install)
        .build_ui_state(
            move |ui, world: &mut World<P>| show(&mut world.shown, ui, &world.trial.panel()),
            World { trial, shown },
        )
}
