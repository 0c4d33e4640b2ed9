//! A session in memory for the window's tests: one short article, some of everything on it.

use std::cell::RefCell;

use super::command::Keys;
use super::look::Tokens;
use super::panel::{Panel, Request};
use super::preferences::Preferences;
use super::words::{Language, Words};
use crate::model::{
    Article, Codebook, Entity, Fields, Parts, Register, Relation, Schema, Span, SpanId, Status, Term, Value,
    Words as Titles, Workspace,
};
use crate::session::{Edit, OpenArticle, Session};
use crate::text::{CanonicalText, TextRange};

/// The article.
pub const TEXT: &str = "Министр Орлов потребовал вывести войска из Заречья. Глава делегации Хольм отверг это \
требование: «Гарантии важнее земли».\n\nПо его словам, переговоры, возможно, продолжатся в Женеве.\n";

/// Where these words first stand in the article, in code points.
pub fn place(words: &str) -> TextRange {
    let text = CanonicalText::new(TEXT);
    let at = TEXT.find(words).unwrap();
    text.text_range(at..at + words.len()).unwrap()
}

/// A span's id, label, words of each part, and fields.
type Sketch<'a> = (&'a str, &'a str, &'a [&'a str], Vec<(&'a str, Value)>);

/// A session with the default schema, annotated by `anna`:
///
/// - `s1` entity "Министр Орлов", registered; `s3` entity "Заречья", a place; `s4` entity "Глава делегации Хольм", no fields
/// - `s2` position "потребовал вывести войска из Заречья", complete; `s5` position "отверг это требование", nothing filled in
/// - `s6` claim "Гарантии важнее земли" with a field that the schema does not know
/// - `s7` claim of two parts, "переговоры" and "продолжатся в Женеве"
/// - `r1`: `s5` attacks `s2`
pub fn session() -> Session {
    let article = Article::from_text("articles/zarechye.txt", CanonicalText::new(TEXT));
    let mut workspace = Workspace { register: register(), codebook: codebook(), ..Workspace::default() };
    workspace.set.article = article.path.clone();
    workspace.set.fingerprint = article.text.fingerprint().to_owned();
    workspace.set.length = article.text.len();
    workspace.set.annotator = "anna".into();
    workspace.set.status = Status::InProgress;
    let stretch = |words: &str| Value::stretch(&[place(words)]);
    let records = |record: &[(&str, &str)]| {
        let fields: Fields = record.iter().map(|(name, text)| (*name, Value::text(*text))).collect();
        Value::List(vec![Value::Record(fields)])
    };
    let spans: [Sketch<'_>; 7] = [
        (
            "s1",
            "entity",
            &["Министр Орлов"],
            vec![
                ("kind", Value::text("person")),
                ("mention_level", Value::text("named")),
                ("entity", Value::text("orlov")),
            ],
        ),
        (
            "s2",
            "position",
            &["потребовал вывести войска из Заречья"],
            vec![
                ("holders", records(&[("mention", "s1"), ("entity", "orlov"), ("how", "explicit")])),
                ("issues", records(&[("issue", "territory.withdrawal"), ("stance", "for")])),
                ("act", Value::text("demand")),
                ("cue", stretch("потребовал")),
                ("confidence", Value::Integer(4)),
            ],
        ),
        ("s3", "entity", &["Заречья"], vec![("kind", Value::text("place"))]),
        ("s4", "entity", &["Глава делегации Хольм"], vec![]),
        ("s5", "position", &["отверг это требование"], vec![]),
        (
            "s6",
            "claim",
            &["Гарантии важнее земли"],
            vec![("kind", Value::text("evaluation")), ("tone", Value::text("harsh"))],
        ),
        (
            "s7",
            "claim",
            &["переговоры", "продолжатся в Женеве"],
            vec![("certainty", Value::text("possible"))],
        ),
    ];
    for (id, label, parts, fields) in spans {
        let parts = Parts::tidy(parts.iter().map(|words| place(words))).unwrap();
        let fields = fields.into_iter().collect();
        workspace.set.insert(Span { fields, ..Span::new(id, label, parts) });
    }
    workspace.set.insert_relation(Relation {
        id: "r1".into(),
        label: "attacks".into(),
        from: SpanId::from("s5"),
        to: SpanId::from("s2"),
        fields: Fields::new(),
    });
    let spans = workspace.set.len();
    let mut session = Session::in_memory(Schema::positions(), "anna", article, workspace);
    for row in &mut session.rows {
        (row.status, row.spans) = (Status::InProgress, spans);
    }
    session
}

/// A stage for one panel: what it may read, and what it asked for. Edits are made between frames, as the app makes them.
pub struct Stage {
    /// What is open.
    pub session: Option<Session>,
    /// The words.
    pub words: Words,
    /// The colours.
    pub theme: egui::Theme,
    /// The selected span.
    pub selected: Option<SpanId>,
    /// The selected words.
    pub selection: Vec<TextRange>,
    /// Everything that was asked for, oldest first.
    pub log: Vec<Request>,
    keys: Keys,
    preferences: Preferences,
    asked: RefCell<Vec<Request>>,
}

impl Stage {
    /// A stage with the trial session in a language.
    pub fn new(language: Language) -> Self {
        Self {
            session: Some(session()),
            words: Words::new(language),
            theme: egui::Theme::Light,
            selected: None,
            selection: Vec::new(),
            log: Vec::new(),
            keys: Keys::new([]),
            preferences: Preferences::default(),
            asked: RefCell::default(),
        }
    }

    /// With a span selected.
    #[must_use]
    pub fn select(mut self, id: &str) -> Self {
        self.selected = Some(id.into());
        self
    }

    /// The article at hand.
    pub fn open(&mut self) -> &mut OpenArticle {
        self.session.as_mut().unwrap().open.as_mut().unwrap()
    }

    /// A span's fields.
    pub fn fields(&self, id: &str) -> Fields {
        let open = self.session.as_ref().unwrap().open.as_ref().unwrap();
        open.desk.span(&id.into()).unwrap().fields.clone()
    }

    /// Shows a panel for one frame, then does what it asked for.
    pub fn frame(&mut self, show: impl FnOnce(&Panel<'_>)) {
        let tokens = Tokens::of(self.theme);
        show(&Panel {
            session: self.session.as_ref(),
            words: &self.words,
            tokens: &tokens,
            keys: &self.keys,
            preferences: &self.preferences,
            selected: self.selected.as_ref(),
            selection: &self.selection,
            asked: &self.asked,
        });
        for request in self.asked.take() {
            match &request {
                Request::Edit(edit) => {
                    self.open().desk.edit(edit.clone()).unwrap();
                }
                Request::Select(id) => self.selected = id.clone(),
                _ => {}
            }
            self.log.push(request);
        }
    }

    /// The edits that were asked for, oldest first.
    pub fn edits(&self) -> Vec<Edit> {
        let edit = |r: &Request| match r {
            Request::Edit(edit) => Some(edit.clone()),
            _ => None,
        };
        self.log.iter().filter_map(edit).collect()
    }
}

fn titles(words: &[(&str, &str)]) -> Titles {
    Titles(words.iter().map(|(language, title)| ((*language).to_owned(), (*title).to_owned())).collect())
}

fn register() -> Register {
    let entity = |id: &str, name: &str, kind: &str, names: &[(&str, &str)], aliases: &[&str]| Entity {
        names: titles(names),
        aliases: aliases.iter().map(|a| (*a).to_owned()).collect(),
        ..Entity::new(id, name, kind)
    };
    [
        entity(
            "holm",
            "Erik Holm",
            "person",
            &[("en", "Erik Holm"), ("ru", "Эрик Хольм")],
            &["глава делегации"],
        ),
        entity("norvia", "Norvia", "organisation", &[("en", "Norvia"), ("ru", "Норвия")], &[]),
        entity(
            "orlov",
            "Viktor Orlov",
            "person",
            &[("en", "Viktor Orlov"), ("ru", "Виктор Орлов")],
            &["Орлов"],
        ),
        entity(
            "semyonov",
            "Пётр Семёнов",
            "person",
            &[("en", "Pyotr Semyonov"), ("ru", "Пётр Семёнов")],
            &[],
        ),
        entity("zarechye", "Zarechye", "place", &[("en", "Zarechye"), ("ru", "Заречье")], &[]),
    ]
    .into_iter()
    .collect()
}

fn codebook() -> Codebook {
    let term = |id: &str, parent: Option<&str>, en: &str, ru: &str, definition: &str| Term {
        parent: parent.map(Into::into),
        titles: titles(&[("en", en), ("ru", ru)]),
        definition: definition.to_owned(),
        ..Term::new(id, "en", en)
    };
    Codebook::new(
        "Trial",
        [
            term("territory", None, "Territory", "Территории", "Who controls which land."),
            Term {
                examples: vec!["вывести войска".into()],
                ..term(
                    "territory.withdrawal",
                    Some("territory"),
                    "Withdrawal of troops",
                    "Вывод войск",
                    "Whether troops should leave the land they hold.",
                )
            },
            term(
                "territory.border",
                Some("territory"),
                "A new border",
                "Новая граница",
                "Where the border runs.",
            ),
            Term {
                replaced_by: vec!["territory.border".into()],
                ..term("territory.line", Some("territory"), "The line", "Линия", "")
            },
            term("guarantees", None, "Guarantees", "Гарантии", "What keeps the agreement."),
            term(
                "guarantees.security",
                Some("guarantees"),
                "Security guarantees",
                "Гарантии безопасности",
                "Who helps if war comes again.",
            ),
        ],
    )
}

#[test]
fn the_trial_article_is_as_described() {
    let session = session();
    let desk = &session.open.as_ref().unwrap().desk;
    let surfaces: Vec<String> = desk.workspace.set.spans().map(|s| s.surface(&desk.article.text)).collect();
    assert_eq!(surfaces.len(), 7);
    assert!(surfaces.contains(&"переговоры продолжатся в Женеве".to_owned()));
    assert_eq!(desk.workspace.set.relation_count(), 1);
}
