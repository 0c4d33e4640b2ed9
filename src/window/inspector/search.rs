//! What a field of links could hold, best first: entities by any of their names, terms by their titles, spans by their words.
//!
//! Pure: a desk, a kind of field, what was typed, and where in the article we are.

use std::cmp::Reverse;
use std::collections::HashMap;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::model::{Choice, Entity, FieldKind, Link, Span, SpanId, Term, TermId, Value, leaves};
use crate::session::Desk;
use crate::text::TextRange;
use crate::window::describe::{Describer, clipped};

/// How many candidates are given at most.
pub const MOST: usize = 50;

/// The longest mention, in code points, that is compared with names. Longer stretches speak of many things.
const LONGEST_MENTION: u32 = 80;

/// What a candidate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CandidateKind {
    /// A word of a choice.
    Choice,
    /// A span of the article.
    Span,
    /// An entry of the register.
    Entity,
    /// A term of the codebook.
    Term,
}

/// One thing that could be filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// What is put into the field.
    pub value: Value,
    /// What people see.
    pub title: String,
    /// What tells it from others of the same title: kind and other names, parent terms, label.
    pub detail: String,
    /// What it is.
    pub kind: CandidateKind,
    /// The span, if it is one.
    pub span: Option<SpanId>,
    /// Whether it is a term that others have taken the place of.
    pub retired: bool,
    /// Whether a field in this article holds it already.
    pub used: bool,
}

/// What a field of this kind could hold, best first, at most [`MOST`]; free text, numbers and records have no candidates.
///
/// With an empty `query`: entities that are called as the words at `near` are, whatever their endings; then what is nearest to
/// `near` (spans by their place, entities and terms by the nearest span that
/// refers to them); then the rest in the order of their lists. With a query: those whose name in any language and script begins
/// with it, then those with a word that does, then those that hold it, then those that hold its letters in order; among
/// equals what the article refers to already goes first. Case, `ё` and stress marks do not count. Retired terms come last.
pub fn candidates(
    desk: &Desk,
    kind: &FieldKind,
    query: &str,
    near: Option<TextRange>,
    language: &str,
) -> Vec<Candidate> {
    let mut search = Search::new(desk, query, near, language);
    search.add(kind);
    search.best()
}

/// What a person typed, without what should not count: case, `ё`, stress marks, kinds of apostrophe.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.trim().chars().flat_map(char::to_lowercase) {
        match c {
            'ё' => folded.push('е'),
            '\u{300}' | '\u{301}' => {}
            '’' | 'ʼ' | '`' => folded.push('\''),
            c => folded.push(c),
        }
    }
    folded
}

/// How well a name fits a query; greater is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Its letters in order, with others between.
    Letters,
    /// Somewhere inside.
    Inside,
    /// Each word of the query begins a word of the name.
    Words,
    /// The name begins with it.
    Start,
    /// The very name.
    Whole,
}

/// Matches names with one query.
pub(super) struct Query {
    folded: String,
    pattern: Pattern,
    matcher: Matcher,
    buffer: Vec<char>,
}

impl Query {
    pub(super) fn new(query: &str) -> Self {
        let folded = folded(query);
        let pattern = Pattern::new(&folded, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
        Self { folded, pattern, matcher: Matcher::new(Config::DEFAULT), buffer: Vec::new() }
    }

    fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// How well this name fits, and the matcher's own score within that.
    fn fit(&mut self, name: &str) -> Option<(Fit, u32)> {
        let name = folded(name);
        let (score, close) = self.letters(&name);
        let query = &self.folded;
        let words = || name.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty());
        let fit = if name == *query {
            Fit::Whole
        } else if name.starts_with(query) {
            Fit::Start
        } else if query.split_whitespace().all(|q| words().any(|w| w.starts_with(q))) {
            Fit::Words
        } else if name.contains(query) {
            Fit::Inside
        } else if close {
            Fit::Letters
        } else {
            return None;
        };
        Some((fit, score))
    }

    /// The matcher's score, and whether each word's letters stand close together in one word of the name: three letters strewn
    /// over a long name are there by chance, one letter left out is a slip.
    fn letters(&mut self, name: &str) -> (u32, bool) {
        let (mut score, mut close) = (0, !self.pattern.atoms.is_empty());
        for atom in &self.pattern.atoms {
            let mut best = None;
            for word in name.split_whitespace() {
                let mut places = Vec::new();
                let word = Utf32Str::new(word, &mut self.buffer);
                let Some(of_word) = atom.indices(word, &mut self.matcher, &mut places) else {
                    continue;
                };
                let letters = places.len() as u32;
                let (first, last) = (places.iter().min(), places.iter().max());
                let stretch = last.zip(first).map_or(0, |(last, first)| last - first + 1);
                let is_close = letters >= 3 && stretch <= letters + letters.div_ceil(4);
                best = best.max(Some((is_close, of_word)));
            }
            let (is_close, of_atom) = best.unwrap_or_default();
            score += u32::from(of_atom);
            close &= is_close;
        }
        (score, close)
    }

    fn best<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) -> Option<(Fit, u32)> {
        names.into_iter().filter_map(|name| self.fit(name)).max()
    }
}

struct Ranked {
    candidate: Candidate,
    fit: Option<(Fit, u32)>,
    /// Code points from where we are; `None` if it stands nowhere in the article.
    distance: Option<u32>,
    /// How many words of the mention that is being named are, apart from their endings, words of the name.
    alike: usize,
    order: usize,
}

struct Search<'a> {
    desk: &'a Desk,
    query: Query,
    near: Option<TextRange>,
    language: &'a str,
    nearest: HashMap<Link, u32>,
    /// The words of the mention that is being named, folded; none where we are in a longer stretch.
    mention: Vec<String>,
    found: Vec<Ranked>,
}

impl<'a> Search<'a> {
    fn new(desk: &'a Desk, query: &str, near: Option<TextRange>, language: &'a str) -> Self {
        let mut nearest: HashMap<Link, u32> = HashMap::new();
        let lookup = desk.workspace.lookup();
        for span in desk.workspace.set.each_span() {
            for leaf in leaves(desk.schema.fields_of(&span.label), &span.fields) {
                if let Some(link) = lookup.link(&leaf.def.kind, leaf.value) {
                    let here = distance(span.parts.hull(), near);
                    nearest.entry(link).and_modify(|d| *d = (*d).min(here)).or_insert(here);
                }
            }
        }
        let mention = near.filter(|near| near.len() <= LONGEST_MENTION);
        let mention = mention.and_then(|near| desk.article.text.slice(near));
        let mention = mention.map(words_of).unwrap_or_default();
        Self { desk, query: Query::new(query), near, language, nearest, mention, found: Vec::new() }
    }

    fn describer(&self) -> Describer<'a> {
        let workspace = &self.desk.workspace;
        Describer {
            text: &self.desk.article.text,
            set: &workspace.set,
            schema: &self.desk.schema,
            register: &workspace.register,
            codebook: &workspace.codebook,
            language: self.language,
        }
    }

    fn add(&mut self, kind: &FieldKind) {
        match kind {
            FieldKind::Choice(choices) => choices.iter().for_each(|choice| self.add_choice(choice)),
            FieldKind::Span(labels) => {
                for span in self.desk.workspace.set.spans() {
                    if labels.is_empty() || labels.contains(&span.label) {
                        self.add_span(span);
                    }
                }
            }
            FieldKind::Entity(kinds) => {
                for entity in self.desk.workspace.register.iter() {
                    if kinds.is_empty() || entity.kind.is_empty() || kinds.contains(&entity.kind) {
                        self.add_entity(entity);
                    }
                }
            }
            FieldKind::Term(root) => {
                for term in self.desk.workspace.codebook.iter() {
                    let fits = |root: &TermId| self.desk.workspace.codebook.is_at_or_under(&term.id, root);
                    if root.as_ref().is_none_or(fits) {
                        self.add_term(term);
                    }
                }
            }
            FieldKind::Either(kinds) => kinds.iter().for_each(|kind| self.add(kind)),
            _ => {}
        }
    }

    fn push(&mut self, candidate: Candidate, fit: Option<(Fit, u32)>, distance: Option<u32>) {
        if self.query.is_empty() || fit.is_some() {
            let order = self.found.len();
            self.found.push(Ranked { candidate, fit, distance, alike: 0, order });
        }
    }

    /// How many words of the mention are words of one of these names, whatever their endings.
    fn alike(&self, entity: &Entity) -> usize {
        let of_one = |name: &str| {
            let words = words_of(name);
            self.mention.iter().filter(|m| words.iter().any(|w| differ_in_ending(m, w))).count()
        };
        if self.mention.is_empty() { 0 } else { entity.all_names().map(of_one).max().unwrap_or(0) }
    }

    fn add_choice(&mut self, choice: &Choice) {
        let fit = self.query.best(choice.titles.all().chain([choice.name.as_str()]));
        let candidate = Candidate {
            value: Value::text(choice.name.clone()),
            title: choice.title(self.language).to_owned(),
            detail: choice.help.get(self.language).unwrap_or_default().to_owned(),
            kind: CandidateKind::Choice,
            span: None,
            retired: false,
            used: false,
        };
        self.push(candidate, fit, None);
    }

    fn add_span(&mut self, span: &Span) {
        let describer = self.describer();
        let title = describer.surface(span, 60);
        let chip = describer.chip(span);
        let fit = if self.query.is_empty() {
            None
        } else {
            let surface = span.surface(&self.desk.article.text);
            self.query.best([surface.as_str(), chip.as_str(), span.id.as_str()])
        };
        let label = describer.label(&span.label);
        // The chip begins with the label's initial; with nothing else to say it is the label itself.
        let detail = match chip.split_once(" · ") {
            Some((_, key)) => format!("{label} · {key}"),
            None => label.to_owned(),
        };
        let candidate = Candidate {
            value: Value::text(span.id.as_str()),
            title: format!("«{title}»"),
            detail,
            kind: CandidateKind::Span,
            span: Some(span.id.clone()),
            retired: false,
            used: self.nearest.contains_key(&Link::Span(span.id.clone())),
        };
        self.push(candidate, fit, Some(distance(span.parts.hull(), self.near)));
    }

    fn add_entity(&mut self, entity: &Entity) {
        let fit = self.query.best(entity.all_names().chain([entity.id.as_str()]));
        let distance = self.nearest.get(&Link::Entity(entity.id.clone())).copied();
        let title = entity.title(self.language).to_owned();
        let mut others: Vec<&str> = Vec::new();
        for name in entity.all_names() {
            if name != title && !others.contains(&name) {
                others.push(name);
            }
        }
        let kind = choice_title(self.desk, &entity.kind, self.language);
        let pieces = [kind, clipped(&others.join(", "), 80)];
        let detail = pieces.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ");
        let candidate = Candidate {
            value: Value::text(entity.id.as_str()),
            title,
            detail,
            kind: CandidateKind::Entity,
            span: None,
            retired: false,
            used: distance.is_some(),
        };
        let alike = if self.query.is_empty() { self.alike(entity) } else { 0 };
        self.push(candidate, fit, distance);
        if let Some(last) = self.found.last_mut().filter(|_| alike > 0) {
            last.alike = alike;
        }
    }

    fn add_term(&mut self, term: &Term) {
        let fit = self.query.best(term.titles.all().chain([term.id.as_str()])).or_else(|| {
            let examples = self.query.best(term.examples.iter().map(String::as_str));
            examples.filter(|(fit, _)| *fit >= Fit::Inside).map(|(_, score)| (Fit::Letters, score))
        });
        let distance = self.nearest.get(&Link::Term(term.id.clone())).copied();
        let candidate = Candidate {
            value: Value::text(term.id.as_str()),
            title: term.title(self.language).to_owned(),
            detail: above(self.desk, term, self.language),
            kind: CandidateKind::Term,
            span: None,
            retired: !term.replaced_by.is_empty(),
            used: distance.is_some(),
        };
        self.push(candidate, fit, distance);
    }

    fn best(mut self) -> Vec<Candidate> {
        let asked = !self.query.is_empty();
        self.found.sort_by(|a, b| {
            let retired = a.candidate.retired.cmp(&b.candidate.retired);
            let tier = |r: &Ranked| Reverse(r.fit.map(|(fit, _)| fit));
            let score = |r: &Ranked| Reverse(r.fit.map(|(_, score)| score));
            let far = |r: &Ranked| r.distance.unwrap_or(u32::MAX);
            let known = |r: &Ranked| Reverse(r.candidate.used || r.candidate.kind == CandidateKind::Span);
            let fit = if asked {
                tier(a)
                    .cmp(&tier(b))
                    .then_with(|| known(a).cmp(&known(b)))
                    .then_with(|| score(a).cmp(&score(b)))
            } else {
                b.alike.cmp(&a.alike)
            };
            retired.then(fit).then_with(|| far(a).cmp(&far(b))).then_with(|| a.order.cmp(&b.order))
        });
        self.found.truncate(MOST);
        self.found.into_iter().map(|r| r.candidate).collect()
    }
}

/// The words of a name or a mention, folded.
fn words_of(text: &str) -> Vec<String> {
    let folded = folded(text);
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| w.chars().count() > 1);
    words.map(str::to_owned).collect()
}

/// Whether two words are the same but for up to three letters at their ends, as the cases of Russian and Ukrainian names are. What they
/// share must be three letters at least, and most of the shorter one.
fn differ_in_ending(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.chars().count(), b.chars().count());
    let shorter = a.min(b);
    shared >= 3 && shared + 2 >= shorter && a.max(b) <= shared + 3
}

/// Code points between two ranges; from the article's start if we are nowhere.
fn distance(range: TextRange, near: Option<TextRange>) -> u32 {
    let Some(near) = near else {
        return range.start().get();
    };
    let after = range.start().get().saturating_sub(near.end().get());
    let before = near.start().get().saturating_sub(range.end().get());
    after.max(before)
}

/// What people call a kind of entity: the title of the schema's choice of that name, else the name.
pub(super) fn choice_title(desk: &Desk, name: &str, language: &str) -> String {
    let defs = desk.schema.labels.iter().flat_map(|label| &label.fields);
    let choice = defs.filter_map(|d| d.choices()).flatten().find(|choice| choice.name == name);
    choice.map_or(name, |choice| choice.title(language)).to_owned()
}

/// The terms above a term, outermost first.
fn above(desk: &Desk, term: &Term, language: &str) -> String {
    let mut titles = Vec::new();
    let mut at = term.parent.clone();
    while let Some(parent) = at.and_then(|id| desk.workspace.codebook.get(id.as_str())) {
        titles.push(parent.title(language));
        // Parents may run in a circle in a file that someone edited by hand.
        if titles.len() > 12 {
            break;
        }
        at = parent.parent.clone();
    }
    titles.reverse();
    titles.join(" › ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::trial;

    fn found(kind: &FieldKind, query: &str, near: Option<&str>, language: &str) -> Vec<String> {
        let session = trial::session();
        let desk = &session.open.as_ref().unwrap().desk;
        candidates(desk, kind, query, near.map(trial::place), language)
            .into_iter()
            .map(|c| c.value.as_text().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn names_are_found_in_every_script_and_case_and_without_the_dots_of_yo() {
        let any = FieldKind::Entity(vec![]);
        for (query, id) in [
            ("orl", "orlov"),
            ("ОРЛ", "orlov"),
            ("Орлов Вик", "orlov"),
            ("holm", "holm"),
            ("хольм", "holm"),
            ("глава", "holm"),
            ("семен", "semyonov"),
            ("Пётр", "semyonov"),
            ("петр сем", "semyonov"),
        ] {
            assert_eq!(found(&any, query, None, "ru").first().map(String::as_str), Some(id), "{query}");
        }
        assert!(found(&any, "щщщ", None, "ru").is_empty());
    }

    #[test]
    fn the_beginning_of_a_name_beats_its_middle_and_what_is_used_beats_what_is_not() {
        let any = FieldKind::Entity(vec![]);
        // "or" begins a word of Viktor Orlov and stands inside Norvia.
        assert_eq!(found(&any, "or", None, "en"), ["orlov", "norvia"]);
        // "П" and "В" both begin nothing but one name each; "e" begins Erik alone.
        assert_eq!(found(&any, "e", None, "en")[0], "holm");
    }

    #[test]
    fn letters_strewn_over_a_name_are_no_match() {
        let any = FieldKind::Entity(vec![]);
        assert!(!found(&any, "vrv", None, "en").contains(&"orlov".to_owned()));
        assert!(found(&any, "vktor", None, "en").contains(&"orlov".to_owned()), "one letter left out is");
    }

    #[test]
    fn with_nothing_typed_the_nearest_comes_first() {
        let spans = FieldKind::Span(vec!["entity".into()]);
        assert_eq!(found(&spans, "", Some("потребовал"), "ru"), ["s1", "s3", "s4"]);
        assert_eq!(found(&spans, "", Some("отверг это"), "ru"), ["s4", "s3", "s1"]);
        assert_eq!(found(&FieldKind::Entity(vec![]), "", Some("отверг"), "ru")[0], "orlov", "used here");
    }

    #[test]
    fn with_nothing_typed_a_mention_finds_its_own_name_first() {
        let any = FieldKind::Entity(vec![]);
        assert_eq!(found(&any, "", Some("Хольм"), "en")[0], "holm", "though another is used nearer");
        assert_eq!(found(&any, "", Some("Заречья"), "ru")[0], "zarechye");
    }

    #[test]
    fn names_are_the_same_in_every_case_and_others_are_others() {
        for (a, b) in
            [("путиным", "путин"), ("россии", "россия"), ("сша", "сша"), ("києва", "київ"), ("wien", "wien")]
        {
            assert_eq!(differ_in_ending(a, b), a != "києва", "{a} {b}");
        }
        for (a, b) in [("он", "она"), ("мир", "москва"), ("киев", "кивалов")] {
            assert!(!differ_in_ending(a, b), "{a} {b}");
        }
    }

    #[test]
    fn kinds_and_branches_bound_what_is_given() {
        let places = FieldKind::Entity(vec!["place".into()]);
        assert_eq!(found(&places, "", None, "ru"), ["zarechye"]);
        let branch = FieldKind::Term(Some("guarantees".into()));
        assert_eq!(found(&branch, "", None, "ru"), ["guarantees", "guarantees.security"]);
    }

    #[test]
    fn retired_terms_come_last_and_examples_are_searched() {
        let any = FieldKind::Term(None);
        assert_eq!(found(&any, "", None, "ru").last().unwrap(), "territory.line");
        assert_eq!(found(&any, "вывести", None, "ru"), ["territory.withdrawal"]);
    }

    #[test]
    fn a_field_of_either_kind_searches_both() {
        let either = FieldKind::Either(vec![FieldKind::Span(vec![]), FieldKind::Entity(vec![])]);
        let ids = found(&either, "хольм", None, "ru");
        assert!(ids.contains(&"s4".to_owned()) && ids.contains(&"holm".to_owned()), "{ids:?}");
    }

    #[test]
    fn details_tell_namesakes_apart() {
        let session = trial::session();
        let desk = &session.open.as_ref().unwrap().desk;
        let orlov = &candidates(desk, &FieldKind::Entity(vec![]), "орлов", None, "ru")[0];
        assert_eq!(orlov.title, "Виктор Орлов");
        assert_eq!(orlov.detail, "человек · Viktor Orlov, Орлов");
        let term = &candidates(desk, &FieldKind::Term(None), "вывод", None, "ru")[0];
        assert_eq!((term.title.as_str(), term.detail.as_str()), ("Вывод войск", "Территории"));
    }
}
