//! Projects drawn in text, for the tests of validation.
//!
//! `"Он [word w1: сказал] да"` is an article with a span `w1` of the label `word`; fields follow the id in braces,
//! `"[link l1 {\"to\": \"w1\"}: слово]"`; `"[+ w1: …]"` is one more part of a span that began before. Spans nest as brackets do; for
//! what brackets cannot draw there is [`World::parts`].

use std::collections::BTreeMap;
use std::sync::Arc;

use postil::model::*;
use postil::text::{CanonicalText, TextRange};
use postil::validate::*;

/// One label for each thing that rules look at.
const SCHEMA: &str = r#"(
    format: 1, name: "test",
    labels: [
        (name: "word"),
        (name: "flat", overlap: none),
        (name: "tree", overlap: nested),
        (name: "must", fields: [(name: "must", kind: Text, min: 1)]),
        (name: "pair", fields: [(name: "both", kind: Text, min: 2, max: Some(3))]),
        (name: "asked", fields: [(name: "hue", kind: Text, ask: true)]),
        (name: "thing", fields: [
            (name: "size", kind: Number(min: Some(1.0), max: Some(5.0), whole: true)),
            (name: "day", kind: Date),
            (name: "yes", kind: YesNo),
            (name: "hue", kind: Choice([(name: "red"), (name: "green")])),
            (name: "why", kind: Text, required_when: Some((field: "hue", is: ["red"]))),
            (name: "tags", kind: Text, max: None),
            (name: "cue", kind: Stretch),
        ]),
        (name: "link", fields: [
            (name: "to", kind: Span(["word"])),
            (name: "next", kind: Span([])),
            (name: "who", kind: Entity(["person"])),
            (name: "what", kind: Term(None)),
            (name: "area", kind: Term(Some("land"))),
        ]),
        (name: "name", fields: [
            (name: "kind", kind: Choice([(name: "person"), (name: "place")])),
            (name: "entity", kind: Entity([])),
            (name: "mention_level", kind: Choice([(name: "named"), (name: "pronominal")])),
        ]),
        (name: "say", fields: [
            (name: "holders", max: None, kind: Record([
                (name: "mention", kind: Span([])),
                (name: "entity", kind: Entity([])),
                (name: "how", kind: Choice([(name: "explicit"), (name: "author"), (name: "unknown")])),
            ])),
            (name: "issues", max: None, kind: Record([
                (name: "issue", kind: Term(None)),
                (name: "stance", kind: Choice([(name: "for"), (name: "against"), (name: "mixed")])),
            ])),
            (name: "via", max: None, kind: Record([
                (name: "source", kind: Span([])),
                (name: "quote", kind: Text),
            ])),
            (name: "state", kind: Choice([(name: "current"), (name: "past")])),
        ]),
    ],
    relations: [
        (name: "leads", from: ["word"], to: ["word", "thing"]),
        (name: "same", symmetric: true),
    ],
)"#;

/// A project in the making.
#[derive(Clone)]
pub struct World {
    pub settings: ProjectSettings,
    pub schema: Schema,
    pub register: Register,
    pub codebook: Codebook,
    pub faults: Vec<FileFault>,
    pub articles: BTreeMap<String, Result<Article, FileFault>>,
    pub sets: Vec<Set>,
}

/// An annotation file in the making.
#[derive(Clone)]
pub struct Set {
    pub file: String,
    pub folder: String,
    pub set: AnnotationSet,
    pub places: Places,
}

impl std::fmt::Debug for World {
    /// What the tests vary: spans and relations, without the schema and the index.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for file in &self.sets {
            writeln!(f, "{} {}", file.file, file.set.fingerprint)?;
            file.set.spans().try_for_each(|span| writeln!(f, "  {span:?}"))?;
            file.set.relations().try_for_each(|relation| writeln!(f, "  {relation:?}"))?;
        }
        Ok(())
    }
}

/// A project of one annotator, `anna`, and one article, `articles/a.txt`.
pub fn world(drawn: &str) -> World {
    World::empty().article("a", "anna", drawn)
}

impl World {
    pub fn empty() -> Self {
        Self {
            settings: ProjectSettings::new("test"),
            schema: ron::from_str(SCHEMA).unwrap(),
            register: Register::default(),
            codebook: Codebook::default(),
            faults: Vec::new(),
            articles: BTreeMap::new(),
            sets: Vec::new(),
        }
    }

    /// Adds an article and an annotator's annotations of it.
    pub fn article(mut self, name: &str, annotator: &str, drawn: &str) -> Self {
        let path = format!("articles/{name}.txt");
        let (text, spans) = read(drawn);
        let text = CanonicalText::new(&text);
        let mut set = AnnotationSet::new(&path, annotator);
        set.fingerprint = text.fingerprint().to_owned();
        set.length = text.len();
        set.status = Status::InProgress;
        spans.into_iter().for_each(|span| set.insert(span));
        self.articles.insert(path.clone(), Ok(Article::from_text(path, text)));
        self.sets.push(Set {
            file: format!("annotations/{annotator}/{name}.ron"),
            folder: annotator.to_owned(),
            set,
            places: Places::default(),
        });
        self
    }

    /// Changes the last annotation file.
    pub fn set(mut self, change: impl FnOnce(&mut Set)) -> Self {
        change(self.sets.last_mut().unwrap());
        self
    }

    pub fn settings(mut self, change: impl FnOnce(&mut ProjectSettings)) -> Self {
        change(&mut self.settings);
        self
    }

    /// Sets how bad a rule's findings are, by its code or name.
    pub fn severity(self, rule: &str, severity: Severity) -> Self {
        self.settings(|settings| {
            settings.rules.insert(rule.into(), severity);
        })
    }

    pub fn schema(mut self, change: impl FnOnce(&mut Schema)) -> Self {
        change(&mut self.schema);
        self
    }

    /// Changes a span of the last annotation file.
    pub fn span(self, id: &str, change: impl FnOnce(&mut Span)) -> Self {
        self.set(|file| {
            let span = file.set.remove(&id.into()).unwrap();
            let mut span = Arc::unwrap_or_clone(span);
            change(&mut span);
            file.set.insert(span);
        })
    }

    pub fn parts(self, id: &str, parts: &[(u32, u32)]) -> Self {
        let parts = parts.iter().map(|(s, e)| TextRange::new(*s, *e).unwrap()).collect();
        self.span(id, |span| span.parts = Parts::as_given(parts).unwrap())
    }

    pub fn misquote(self, id: &str, text: &str, before: &str, after: &str) -> Self {
        let misquote = Misquote { text: text.into(), before: before.into(), after: after.into() };
        self.span(id, |span| span.misquote = Some(misquote))
    }

    /// `"r1 leads w1 w2"`.
    pub fn relation(self, drawn: &str) -> Self {
        let [id, label, from, to] = drawn.split(' ').collect::<Vec<_>>()[..] else {
            panic!("a relation is `id label from to`, not {drawn}");
        };
        let relation = Relation {
            id: id.into(),
            label: label.into(),
            from: from.into(),
            to: to.into(),
            fields: Fields::new(),
        };
        self.set(|file| file.set.insert_relation(relation))
    }

    /// `"ann person Ann"`; a register entry that nothing else needs.
    pub fn entity(self, drawn: &str) -> Self {
        let [id, kind, name] = drawn.splitn(3, ' ').collect::<Vec<_>>()[..] else {
            panic!("an entity is `id kind name`, not {drawn}");
        };
        self.register(Entity::new(id, name, kind))
    }

    pub fn register(mut self, entity: Entity) -> Self {
        self.register.insert(entity);
        self
    }

    /// `"land.hill < land"`: a term and its parent; `"old => new other"`: a term and what replaced it.
    pub fn term(mut self, drawn: &str) -> Self {
        let (head, successors) = drawn.split_once(" => ").unwrap_or((drawn, ""));
        let (id, parent) = head.split_once(" < ").map_or((head, None), |(id, p)| (id, Some(p)));
        self.codebook.insert(Term {
            parent: parent.map(TermId::from),
            replaced_by: successors.split_whitespace().map(TermId::from).collect(),
            ..Term::new(id, "en", id)
        });
        self
    }

    pub fn fault(mut self, file: &str, kind: FileFaultKind) -> Self {
        self.faults.push(FileFault {
            file: file.into(),
            kind,
            place: Some(Place { line: 3, column: 7 }),
            detail: "something is wrong".into(),
        });
        self
    }

    /// Everything that checking the project finds.
    pub fn report(&self) -> Report {
        let articles: Vec<ArticleState> = self
            .articles
            .iter()
            .map(|(path, outcome)| ArticleState { path, outcome: outcome.as_ref() })
            .collect();
        let sets: Vec<SetState> = self
            .sets
            .iter()
            .map(|file| SetState {
                file: &file.file,
                annotator: &file.folder,
                outcome: Ok((&file.set, &file.places)),
            })
            .collect();
        check_project(&ProjectInput {
            settings: &self.settings,
            schema: &self.schema,
            register: &self.register,
            codebook: &self.codebook,
            faults: &self.faults,
            articles: &articles,
            sets: &sets,
        })
    }

    /// What is needed to check the `nth` set alone.
    pub fn input(&self, nth: usize) -> SetInput<'_> {
        let file = &self.sets[nth];
        SetInput {
            file: &file.file,
            settings: &self.settings,
            schema: &self.schema,
            register: &self.register,
            codebook: &self.codebook,
            article: self.articles.get(&file.set.article).and_then(|article| article.as_ref().ok()),
            set: &file.set,
            places: Some(&file.places),
        }
    }

    pub fn workspace(&self, nth: usize) -> Workspace {
        Workspace {
            set: self.sets[nth].set.clone(),
            register: self.register.clone(),
            codebook: self.codebook.clone(),
        }
    }
}

/// The text without its marks, and the spans that the marks draw.
pub fn read(drawn: &str) -> (String, Vec<Span>) {
    let (mut text, mut length) = (String::new(), 0u32);
    let mut spans: Vec<Span> = Vec::new();
    let mut open: Vec<(usize, u32, bool)> = Vec::new();
    let mut rest = drawn;
    while let Some(character) = rest.chars().next() {
        rest = &rest[character.len_utf8()..];
        match character {
            '[' => {
                let (head, after) = split_head(rest);
                rest = after;
                let more = head.strip_prefix("+ ");
                let span = match more {
                    Some(id) => spans.iter().position(|span| span.id == *id).unwrap(),
                    None => {
                        spans.push(new_span(head));
                        spans.len() - 1
                    }
                };
                open.push((span, length, more.is_some()));
            }
            ']' => {
                let (span, start, more) = open.pop().expect("a closing bracket closes something");
                let part = TextRange::new(start, length).unwrap();
                let parts = match more {
                    true => spans[span].parts.iter().copied().chain([part]).collect(),
                    false => vec![part],
                };
                spans[span].parts = Parts::as_given(parts).unwrap();
            }
            other => {
                text.push(other);
                length += 1;
            }
        }
    }
    assert!(open.is_empty(), "a bracket is left open in {drawn}");
    (text, spans)
}

/// Up to the colon that is not in braces, and what comes after it and one space.
fn split_head(rest: &str) -> (&str, &str) {
    let mut depth = 0;
    let colon = rest.char_indices().find(|(_, c)| {
        depth += i32::from(*c == '{') - i32::from(*c == '}');
        *c == ':' && depth == 0
    });
    let (colon, _) = colon.expect("a mark has a colon");
    let after = &rest[colon + 1..];
    (&rest[..colon], after.strip_prefix(' ').unwrap_or(after))
}

fn new_span(head: &str) -> Span {
    let (name, fields) = match head.find('{') {
        Some(at) => (&head[..at], ron::from_str(&head[at..]).unwrap()),
        None => (head, Fields::new()),
    };
    let (label, id) = name.trim().split_once(' ').expect("a mark is `label id`");
    let mut span = Span::new(id, label, Parts::one(TextRange::empty(0)));
    span.fields = fields;
    span
}
