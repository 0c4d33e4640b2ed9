//! What the review shows, worked out from the comparison once and then only read: the people, the places where they differ, and how
//! far each is decided.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{AnnotationSet, FieldPath, Schema, Span, SpanId, Topic};
use crate::review::{Comparison, DifferenceKind};
use crate::text::{CanonicalText, TextRange};
use crate::window::comment_marks::CommentMark;
use crate::window::describe::shorten;
use crate::window::words::Words;

/// Someone whose spans are compared.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// One or two letters that stand for them, different from everyone else's here.
    pub badge: String,
    /// Their spans.
    pub set: Arc<AnnotationSet>,
}

/// How far a difference is decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Nobody has decided.
    #[default]
    Open,
    /// It was decided, but somebody said something new since.
    Again,
    /// Something went into gold.
    Taken,
    /// What they say is wrong.
    Rejected,
    /// There is nothing here.
    Nothing,
}

impl State {
    /// Whether someone has to decide.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Again)
    }
}

/// What a difference is about, by place in the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// A cluster of spans.
    Spans(usize),
    /// A relation between two clusters.
    Relation(usize),
    /// A field of the article itself.
    Field(usize),
}

/// A place where people differ.
#[derive(Clone, Debug)]
pub struct Difference {
    /// What it is about.
    pub about: About,
    /// From where to where.
    pub place: TextRange,
    /// In which ways.
    pub kinds: Vec<DifferenceKind>,
    /// The same in words.
    pub words: String,
    /// The same in few words, people by their letters: there is little room above a line.
    pub flag: String,
    /// The labels that were used, without repetition.
    pub labels: Vec<String>,
    /// Who marked something, by place among the people.
    pub members: Vec<usize>,
    /// Who stands apart from most of the others, by place.
    pub apart: Vec<usize>,
    /// The words it is about, shortened.
    pub surface: String,
    /// How far it is decided.
    pub state: State,
    /// Open threads about it.
    pub threads: usize,
    /// What is said about it, open or resolved.
    pub said: Option<CommentMark>,
}

/// Everything the review shows of an article.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// Counts up with every change.
    pub version: u64,
    /// The people in the order of the comparison.
    pub people: Vec<Person>,
    /// Who said what about which place.
    pub comparison: Arc<Comparison>,
    /// The places where they differ, in text order.
    pub marks: Vec<Difference>,
    /// The kinds that occur.
    pub kinds: Vec<DifferenceKind>,
    /// The labels that occur.
    pub labels: Vec<String>,
    /// The places all agree on: how many, and how many of them are in gold already.
    pub agreed: (usize, usize),
    mark_of: HashMap<About, usize>,
}

impl Scene {
    /// The scene of a comparison. With one person there is nobody to differ from: then every span waits to be looked over.
    pub fn of(
        people: Vec<Person>,
        comparison: Arc<Comparison>,
        text: &CanonicalText,
        schema: &Schema,
        words: &Words,
    ) -> Self {
        let alone = people.len() < 2;
        let mut scene = Self { people, comparison: comparison.clone(), ..Self::default() };
        for (n, cluster) in comparison.clusters.iter().enumerate() {
            // A relation that only some drew is a difference of its own, not one of the span it leaves from.
            let differs = cluster.kinds.list().iter().any(|k| *k != DifferenceKind::Relations)
                && !cluster.kinds.is_agreed();
            if !differs && !alone {
                scene.agreed.0 += 1;
                continue;
            }
            let mark = scene.spans_difference(n, text, schema, words);
            scene.marks.push(mark);
        }
        for (n, relation) in comparison.relations.iter().enumerate() {
            if !relation.agreed || alone {
                let mark = scene.relation_difference(n, text, schema, words);
                scene.marks.push(mark);
            }
        }
        for n in 0..comparison.article_fields.len() {
            let mark = scene.field_difference(n, text, schema, words);
            scene.marks.push(mark);
        }
        // A relation comes after the spans at its place.
        scene.marks.sort_by_key(|m| (m.place, matches!(m.about, About::Relation(_))));
        for (n, mark) in scene.marks.iter().enumerate() {
            scene.mark_of.insert(mark.about, n);
            for kind in mark.kinds.iter().filter(|_| !alone) {
                if !scene.kinds.contains(kind) {
                    scene.kinds.push(*kind);
                }
            }
            for label in &mark.labels {
                if !scene.labels.contains(label) {
                    scene.labels.push(label.clone());
                }
            }
        }
        scene
    }

    fn spans_difference(&self, n: usize, text: &CanonicalText, schema: &Schema, words: &Words) -> Difference {
        let cluster = &self.comparison.clusters[n];
        let mut kinds = cluster.kinds.list();
        kinds.retain(|kind| *kind != DifferenceKind::Relations);
        if kinds.is_empty() {
            kinds.push(DifferenceKind::Agreed);
        }
        let mut labels: Vec<String> = Vec::new();
        for (who, id) in cluster.present() {
            let Some(span) = self.people.get(who).and_then(|p| p.set.get(id)) else { continue };
            if !labels.contains(&span.label) {
                labels.push(span.label.clone());
            }
        }
        let named = |short: bool| match self.people.len() {
            // Of one person alone it is of no use to say that all agree.
            0 | 1 => {
                let title = |label: &String| {
                    schema.label(label).map_or(label.as_str(), |l| l.title(words.code())).to_owned()
                };
                labels.iter().map(title).collect::<Vec<_>>().join(", ")
            }
            _ => kind_words(self, n, &kinds, schema, words, short),
        };
        Difference {
            about: About::Spans(n),
            place: cluster.extent,
            words: named(false),
            flag: named(true),
            kinds,
            labels,
            members: cluster.present().map(|(who, _)| who).collect(),
            apart: apart(&self.comparison, n),
            surface: self.surface(n, text, 90),
            state: State::Open,
            threads: 0,
            said: None,
        }
    }

    fn relation_difference(
        &self,
        n: usize,
        text: &CanonicalText,
        schema: &Schema,
        words: &Words,
    ) -> Difference {
        let relation = &self.comparison.relations[n];
        let members: Vec<usize> =
            relation.members.iter().enumerate().filter(|(_, id)| id.is_some()).map(|(who, _)| who).collect();
        let title = schema.relation(&relation.label);
        let title = title.map_or(relation.label.as_str(), |r| r.title(words.code()));
        let said = |short: bool| {
            let mut said = vec![words.with("review-relation", &[("title", title.into())])];
            if members.len() < self.people.len() {
                said.push(self.only(members.iter().copied(), words, short));
            }
            said.join(" · ")
        };
        let (said, flag) = (said(false), said(true));
        let place = |cluster: usize| self.comparison.clusters.get(cluster).map(|c| c.extent);
        let all = relation.members.len();
        let apart = if members.len() * 2 > all {
            (0..all).filter(|who| !members.contains(who)).collect()
        } else if members.len() * 2 < all {
            members.clone()
        } else {
            (0..all).collect()
        };
        Difference {
            about: About::Relation(n),
            // Both ends are decided before it: it stands at the later one.
            place: place(relation.from).max(place(relation.to)).unwrap_or_default(),
            words: said,
            flag,
            kinds: vec![DifferenceKind::Relations],
            labels: Vec::new(),
            members,
            apart,
            surface: format!(
                "{} → {}",
                self.surface(relation.from, text, 44),
                self.surface(relation.to, text, 44)
            ),
            state: State::Open,
            threads: 0,
            said: None,
        }
    }

    fn field_difference(&self, n: usize, text: &CanonicalText, schema: &Schema, words: &Words) -> Difference {
        let field = &self.comparison.article_fields[n];
        let def = schema.article_fields.iter().find(|def| def.name == field.name);
        let title = def.map_or(field.name.as_str(), |def| def.title(words.code()));
        let says = |content: &Option<String>| field.contents.iter().filter(|other| *other == content).count();
        let most = field.contents.iter().map(says).max().unwrap_or_default();
        let alone = field.contents.iter().filter(|content| says(content) == most).count() > most;
        let everyone = 0..field.contents.len();
        let apart = everyone.clone().filter(|who| alone || says(&field.contents[*who]) < most).collect();
        let first = text.as_str().lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        Difference {
            about: About::Field(n),
            // It is the whole article's, so it stands before everything.
            place: TextRange::default(),
            words: words.with("review-article-field", &[("title", title.into())]),
            flag: title.to_owned(),
            kinds: vec![DifferenceKind::Fields],
            labels: Vec::new(),
            members: everyone.filter(|who| field.values[*who].is_some()).collect(),
            apart,
            surface: shorten(first, 90),
            state: State::Open,
            threads: 0,
            said: None,
        }
    }

    /// "only anna"; of three and more people by their letters where there is little room.
    fn only(&self, who: impl Iterator<Item = usize>, words: &Words, short: bool) -> String {
        let short = short && self.people.len() > 2;
        let name = |p: &Person| if short { p.badge.clone() } else { p.name.clone() };
        let who: Vec<String> = who.filter_map(|who| self.people.get(who)).map(name).collect();
        words.with("review-only", &[("who", (&who.join(", ")).into())])
    }

    /// The words of the longest span of a cluster.
    fn surface(&self, cluster: usize, text: &CanonicalText, most: usize) -> String {
        let Some(cluster) = self.comparison.clusters.get(cluster) else { return String::new() };
        let spans = cluster.present().filter_map(|(who, id)| self.people.get(who)?.set.get(id));
        let widest = spans.reduce(|a, b| if a.parts.covered() >= b.parts.covered() { a } else { b });
        widest.map(|s| shorten(&s.surface(text).replace('\n', " "), most)).unwrap_or_default()
    }

    /// Which difference a thread is about: the one its tag belongs to, the one at just this place, else the smallest that shares text
    /// with it. `None` where nothing differs, or where the article as a whole is meant.
    pub fn mark_of_topic(&self, topic: &Topic) -> Option<usize> {
        if let Topic::Span { annotator, span, .. } = topic
            && let Some(who) = self.people.iter().position(|p| p.name == *annotator)
            && let Some(cluster) = self.comparison.cluster_of(who, span)
        {
            return self.find(About::Spans(cluster));
        }
        let at = topic.at()?;
        // Fields of the article stand at its beginning and have no place of their own.
        let placed = || self.marks.iter().enumerate().filter(|(_, m)| !matches!(m.about, About::Field(_)));
        let field = || self.marks.iter().enumerate().find(|(_, m)| m.place == at);
        let exact = placed().find(|(_, m)| m.place == at).or_else(field);
        let near = || placed().filter(|(_, m)| m.place.overlaps(at)).min_by_key(|(_, m)| m.place.len());
        exact.or_else(near).map(|(n, _)| n)
    }

    /// How many wait for a decision.
    pub fn open(&self) -> usize {
        self.marks.iter().filter(|m| m.state.is_open()).count()
    }

    /// The difference a person's span belongs to.
    pub fn mark_of(&self, who: usize, span: &SpanId) -> Option<usize> {
        self.find(About::Spans(self.comparison.cluster_of(who, span)?))
    }

    /// The difference that is about this.
    pub fn find(&self, about: About) -> Option<usize> {
        self.mark_of.get(&about).copied()
    }

    /// Each person's span at a difference.
    pub fn spans(&self, mark: usize) -> Vec<Option<&Arc<Span>>> {
        let cluster = match self.marks.get(mark).map(|m| m.about) {
            Some(About::Spans(n)) => self.comparison.clusters.get(n),
            _ => None,
        };
        let Some(cluster) = cluster else { return Vec::new() };
        self.people
            .iter()
            .zip(&cluster.members)
            .map(|(person, id)| id.as_ref().and_then(|id| person.set.get(id)))
            .collect()
    }
}

/// The letters that stand for people: the first letter of each name, as many more as it takes to tell them apart, else a number.
pub fn badges(names: &[String]) -> Vec<String> {
    let first = |name: &str, n: usize| name.chars().take(n).collect::<String>().to_uppercase();
    // Letters of two scripts that look alike tell nobody apart.
    let seen = |name: &str, n: usize| first(name, n).chars().map(latin_alike).collect::<String>();
    (0..names.len())
        .map(|n| {
            let alone = |length: usize| {
                let mine = seen(&names[n], length);
                names.iter().enumerate().all(|(m, other)| m == n || seen(other, length) != mine)
            };
            (1..=2).find(|length| alone(*length)).map_or_else(|| (n + 1).to_string(), |l| first(&names[n], l))
        })
        .collect()
}

/// The Latin capital that a Cyrillic or Greek one looks like; any other letter itself.
fn latin_alike(letter: char) -> char {
    match letter {
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'С' => 'C',
        'Е' | 'Ε' => 'E',
        'Н' | 'Η' => 'H',
        'І' | 'Ι' => 'I',
        'Ј' => 'J',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'Х' | 'Χ' => 'X',
        'У' | 'Υ' => 'Y',
        'Ζ' => 'Z',
        other => other,
    }
}

/// Who said something else than the largest group did; if no group is the largest, everyone.
fn apart(comparison: &Comparison, cluster: usize) -> Vec<usize> {
    let cluster = &comparison.clusters[cluster];
    let said: Vec<Option<&str>> = cluster
        .members
        .iter()
        .enumerate()
        .map(|(who, id)| comparison.content(who, id.as_ref()?).map(|c| c.fingerprint.as_str()))
        .collect();
    let size = |one: &Option<&str>| said.iter().filter(|other| *other == one).count();
    let largest = said.iter().map(size).max().unwrap_or_default();
    let leaders = said.iter().filter(|one| size(one) == largest).count();
    (0..said.len()).filter(|who| leaders > largest || size(&said[*who]) < largest).collect()
}

/// In which ways a cluster differs: "only A", "borders, Act".
fn kind_words(
    scene: &Scene,
    cluster: usize,
    kinds: &[DifferenceKind],
    schema: &Schema,
    words: &Words,
    short: bool,
) -> String {
    let of = &scene.comparison.clusters[cluster];
    let mut parts = Vec::new();
    for kind in kinds {
        match kind {
            DifferenceKind::OnlySome => {
                parts.push(scene.only(of.present().map(|(who, _)| who), words, short));
            }
            DifferenceKind::Fields => {
                let label = of
                    .present()
                    .find_map(|(who, id)| scene.people.get(who)?.set.get(id).map(|s| s.label.clone()))
                    .unwrap_or_default();
                let mut tops: Vec<String> = Vec::new();
                for path in &of.kinds.fields {
                    let title = top_title(schema, &label, path, words.code());
                    if !tops.contains(&title) {
                        tops.push(title);
                    }
                }
                parts.push(tops.join(", "));
            }
            other => parts.push(words.say(super::list::kind_word(*other))),
        }
    }
    parts.join(" · ")
}

/// The title of the field a path begins with.
pub fn top_title(schema: &Schema, label: &str, path: &FieldPath, language: &str) -> String {
    let top = path.top().unwrap_or_default();
    let def = schema.fields_of(label).iter().find(|d| d.name == top);
    def.map_or(top, |d| d.title(language)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn badges_tell_people_apart() {
        let of = |names: &[&str]| badges(&names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&["anna", "boris"]), ["A", "B"]);
        assert_eq!(of(&["anna", "alex", "яна"]), ["AN", "AL", "Я"]);
        assert_eq!(of(&["anna", "Александра"]), ["AN", "АЛ"], "a Latin and a Cyrillic A look alike");
        assert_eq!(of(&["annotator-1", "annotator-2"]), ["1", "2"]);
    }
}
