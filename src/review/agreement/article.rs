//! One article as all comparisons need it: looked at once, whoever is compared with whom.

use std::collections::BTreeSet;

use super::coding::{LabelSets, Marked, Profile, Stretches, in_code_points, in_tokens, profile, stretches};
use super::corpus::{AnnotatedArticle, Labels, Side};
use super::fields::{Answer, ComparedFields, Context, OwnWords};
use super::frames::{self, Frame};
use super::metric::Metric;
use super::unitizing::OwnUnits;
use crate::model::AnnotationSet;
use crate::review::matching::{Cluster, Pair, Rule, best_pairs, clusters_of};
use crate::text::{TextRange, token_ranges};

/// What is computed from the categories of units.
pub(super) const NAMING: [Metric; 4] =
    [Metric::Observed, Metric::CohenKappa, Metric::FleissKappa, Metric::KrippendorffAlpha];

/// What has to be looked at for the metrics that are asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    pub naming: bool,
    pub unitizing: bool,
    pub masi: bool,
    pub f1: bool,
    pub frames: bool,
}

impl Wanted {
    pub fn by(metrics: &[Metric]) -> Self {
        let any = |of: &[Metric]| of.iter().any(|metric| metrics.contains(metric));
        Self {
            naming: any(&NAMING),
            unitizing: any(&[Metric::KrippendorffAlphaU]),
            masi: any(&[Metric::AlphaMasi]),
            f1: any(&[Metric::F1]),
            frames: any(&[Metric::FrameF1]),
        }
    }

    /// Whether spans have to be matched.
    pub fn matched(self) -> bool {
        self.naming || self.masi
    }

    pub fn characters(self) -> bool {
        self.naming || self.unitizing || self.f1
    }
}

/// What each span of one annotator says in its fields.
#[derive(Clone, Debug, Default)]
pub(super) struct Answers {
    all: Vec<Answer>,
    ends: Vec<usize>,
}

impl Answers {
    pub fn of(&self, place: usize) -> &[Answer] {
        let begin = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[begin..self.ends[place]]
    }
}

/// An article, looked at.
pub(super) struct Prepared<'a> {
    pub article: &'a AnnotatedArticle<'a>,
    pub sides: Vec<Option<Side<'a>>>,
    /// The sets of labels of this article.
    pub sets: LabelSets,
    /// The number that each of them has in all articles.
    pub numbers: Vec<u32>,
    pub characters: Stretches,
    pub tokens: Stretches,
    /// Each annotator's units; empty if no figure wants to know.
    pub own: Vec<Option<OwnUnits>>,
    /// The matched spans of each two annotators, by [`Prepared::couple`]; empty if no figure wants to know.
    matched: Vec<Vec<Pair>>,
    /// What each span of each side says in its fields; empty if no figure wants to know.
    pub answers: Vec<Answers>,
    /// The words in which they say it, until they are taken into those of all articles.
    pub words: OwnWords,
    /// Each side's frames; empty if no figure wants to know.
    pub frames: Vec<BTreeSet<Frame>>,
}

impl<'a> Prepared<'a> {
    /// Looks at an article.
    pub fn new(
        article: &'a AnnotatedArticle<'a>,
        labels: &Labels<'_>,
        fields: &ComparedFields<'a>,
        wanted: Wanted,
    ) -> Self {
        let length = article.text.len();
        let sides: Vec<Option<Side<'a>>> =
            article.sets.iter().map(|set| set.map(|set| Side::of(set, labels))).collect();
        let mut prepared = Self {
            article,
            sides,
            sets: LabelSets::default(),
            numbers: Vec::new(),
            characters: Stretches::default(),
            tokens: Stretches::default(),
            own: Vec::new(),
            matched: Vec::new(),
            answers: Vec::new(),
            words: fields.no_words(),
            frames: Vec::new(),
        };
        if wanted.characters() {
            let marked: Vec<Option<Vec<Marked>>> = prepared
                .sides
                .iter()
                .map(|side| side.as_ref().map(|side| in_code_points(side, article.text)))
                .collect();
            let profiles = prepared.profiles(&marked, length);
            prepared.characters = stretches(&profiles, length);
            if wanted.unitizing {
                let own = profiles.iter().zip(&marked);
                let own = own
                    .map(|(profile, marked)| Some(OwnUnits::of(profile.as_ref()?, marked.as_ref()?, length)));
                prepared.own = own.collect();
            }
            if wanted.naming {
                let tokens: Vec<TextRange> = token_ranges(article.text.as_str()).collect();
                let marked: Vec<Option<Vec<Marked>>> =
                    marked.iter().map(|marked| Some(in_tokens(marked.as_ref()?, &tokens))).collect();
                let count = tokens.len() as u32;
                prepared.tokens = stretches(&prepared.profiles(&marked, count), count);
            }
        }
        if wanted.matched() {
            prepared.match_spans();
            prepared.read_fields(fields);
        }
        if wanted.frames {
            let each = prepared.sides.iter().zip(&article.sets).map(|(side, set)| match (side, set) {
                (Some(side), Some(set)) => {
                    let context = Context { schema: fields.schema, set, text: article.text };
                    frames::frames(side, &context, &mut prepared.words.keys)
                }
                _ => BTreeSet::new(),
            });
            prepared.frames = each.collect();
        }
        prepared
    }

    fn profiles(&mut self, marked: &[Option<Vec<Marked>>], length: u32) -> Vec<Option<Profile>> {
        marked.iter().map(|marked| Some(profile(marked.as_ref()?, length, &mut self.sets))).collect()
    }

    fn match_spans(&mut self) {
        let count = self.sides.len();
        self.matched = vec![Vec::new(); count * count];
        for a in 0..count {
            for b in a + 1..count {
                if let (Some(one), Some(other)) = (&self.sides[a], &self.sides[b]) {
                    self.matched[a * count + b] = best_pairs(&one.ready, &other.ready, Rule::MATCHED);
                }
            }
        }
    }

    fn read_fields(&mut self, fields: &ComparedFields<'a>) {
        for (side, set) in self.sides.iter().zip(&self.article.sets) {
            let mut answers = Answers::default();
            if let (Some(side), Some(set)) = (side, set) {
                let context = Context { schema: fields.schema, set, text: self.article.text };
                for (span, label) in side.spans().iter().zip(&side.labels) {
                    fields.read(*label, span, &context, &mut self.words, &mut answers.all);
                    answers.ends.push(answers.all.len());
                }
            }
            self.answers.push(answers);
        }
    }

    /// Takes its sets of labels and its words into those of all articles; the result is for [`Prepared::renumber`].
    pub fn take_in(&mut self, sets: &mut LabelSets, words: &mut OwnWords) -> Vec<Vec<u32>> {
        self.numbers = self.sets.sets.iter().map(|set| sets.number(set)).collect();
        let own = std::mem::take(&mut self.words);
        words.fields.iter_mut().zip(&own.fields).map(|(all, own)| all.take_in(own)).collect()
    }

    /// Gives what is said the numbers that hold for all articles.
    pub fn renumber(&mut self, to: &[Vec<u32>]) {
        for answer in self.answers.iter_mut().flat_map(|answers| &mut answers.all) {
            answer.said = to[usize::from(answer.fields[0])][answer.said as usize];
        }
    }

    /// How many of these annotators have a file.
    pub fn present(&self, members: &[usize]) -> usize {
        members.iter().filter(|member| self.sides[**member].is_some()).count()
    }

    /// The two annotators' spans and sets, if they are two and both have a file.
    pub fn both(&self, members: &[usize]) -> Option<[(&Side<'a>, &'a AnnotationSet); 2]> {
        let [one, other] = members else { return None };
        let of = |who: &usize| Some((self.sides[*who].as_ref()?, self.article.sets[*who]?));
        Some([of(one)?, of(other)?])
    }

    /// The matched spans of two annotators, the one with the lower number first.
    pub fn couple(&self, a: usize, b: usize) -> &[Pair] {
        self.matched.get(a * self.sides.len() + b).map_or(&[], Vec::as_slice)
    }

    /// Groups of matched spans of three or more annotators, those of one span alone left out.
    pub fn groups(&self, members: &[usize]) -> Vec<Cluster> {
        let nobody = crate::review::matching::Side::default();
        let sides: Vec<_> =
            members.iter().map(|m| self.sides[*m].as_ref().map_or(&nobody, |side| &side.ready)).collect();
        let mut couples = Vec::new();
        for (a, one) in members.iter().enumerate() {
            couples.extend((a + 1..members.len()).map(|b| ((a, b), self.couple(*one, members[b]))));
        }
        let mut found = clusters_of(&sides, &couples, Rule::MATCHED);
        found.retain(|cluster| cluster.size() >= 2);
        found
    }

    /// The labels in a set of this article.
    pub fn labels_of(&self, set: u32) -> &[u16] {
        &self.sets.sets[set as usize]
    }
}
