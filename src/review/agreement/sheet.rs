//! All sums of one comparison: what is added up article by article, and the figures that follow from it.

use super::answers::{AllWords, FieldCollector};
use super::article::{Prepared, Wanted};
use super::contingency::{Contingency, More, Naming};
use super::corpus::{Corpus, Labels, Options};
use super::f1::{self, Findings, Found};
use super::fields::{Answer, ComparedFields};
use super::metric::{Metric, Unit};
use super::relations::Related;
use super::tally::Tally;
use super::unitizing::Unitizing;
use super::{MucCounts, frames, muc, relations};

/// What is known before anything is added up.
pub(super) struct Work<'w, 'a> {
    pub corpus: &'w Corpus<'a>,
    pub options: &'w Options,
    pub labels: &'w Labels<'w>,
    pub fields: &'w ComparedFields<'w>,
    pub words: &'w AllWords,
    pub wanted: Wanted,
    /// How many sets of labels there are in all articles.
    pub sets: usize,
    /// How many comparisons there are.
    pub comparisons: usize,
}

impl<'w> Work<'w, '_> {
    pub fn wants(&self, metric: Metric) -> bool {
        self.options.metrics.contains(&metric)
    }

    /// `*`, then each label with its number.
    pub fn each_label(&self) -> impl Iterator<Item = (Option<u16>, &'w str)> {
        let each = self.labels.names.iter().enumerate().map(|(number, name)| (Some(number as u16), *name));
        std::iter::once((None, "*")).chain(each)
    }

    fn names(&self) -> impl Iterator<Item = &'w str> {
        self.each_label().map(|(_, name)| name)
    }

    /// The labels that hold frames, `*` first.
    fn with_frames(&self) -> Vec<(Option<u16>, &'w str)> {
        let holds_frames = |label: &str| {
            let fields = self.corpus.schema.fields_of(label);
            ["holders", "issues"].iter().all(|name| fields.iter().any(|def| def.name == *name))
        };
        self.each_label().filter(|(label, name)| label.is_none() || holds_frames(name)).collect()
    }
}

/// The sums of some articles of a comparison.
pub(super) struct Sheet<'w, 'a> {
    work: &'w Work<'w, 'a>,
    members: &'w [usize],
    tokens: Naming,
    characters: Naming,
    unitizing: Unitizing,
    matched: Naming,
    fields: FieldCollector<'w>,
    findings: Findings,
    muc: Vec<(u32, Vec<MucCounts>)>,
    /// For each of the labels that hold frames.
    frames: Vec<Vec<(u32, [f64; 3])>>,
    related: Vec<(u32, Related)>,
    square: Vec<f64>,
    units: Vec<Answer>,
}

impl<'w, 'a> Sheet<'w, 'a> {
    pub fn new(work: &'w Work<'w, 'a>, members: &'w [usize]) -> Self {
        let labels = work.labels.names.len();
        let naming = |unit| Naming::new(unit, members.len(), labels);
        Self {
            work,
            members,
            tokens: naming(Unit::Token),
            characters: naming(Unit::Character),
            unitizing: Unitizing::new(labels),
            matched: naming(Unit::Matched),
            fields: FieldCollector::new(work.fields, work.words, members.len()),
            findings: Findings::new(labels),
            muc: Vec::new(),
            frames: vec![Vec::new(); work.with_frames().len()],
            related: Vec::new(),
            square: Vec::new(),
            units: Vec::new(),
        }
    }

    /// Adds an article; `number` is its place in the comparison. At least two of the members have a file for it.
    pub fn add(&mut self, number: u32, article: &Prepared<'a>) {
        let wanted = self.work.wanted;
        let sets = article.sets.sets.len();
        let labels_of = |set: u32| article.labels_of(set);
        let global = |set: u32| article.numbers[set as usize];
        if wanted.naming {
            let tokens = Contingency::of(&article.tokens, self.members, sets, &mut self.square);
            self.tokens.add(number, &tokens, global, labels_of);
        }
        let mut characters = Contingency::Two(Vec::new());
        if wanted.characters() {
            characters = Contingency::of(&article.characters, self.members, sets, &mut self.square);
        }
        if wanted.naming {
            self.characters.add(number, &characters, global, labels_of);
        }
        if wanted.unitizing {
            let differing = characters.differing(labels_of, self.unitizing.differing());
            let annotators = self.members.iter().filter_map(|member| article.own[*member].as_ref());
            self.unitizing.add(number, article.characters.length(), differing, annotators, global);
        }
        if wanted.matched() {
            self.add_matched(number, article);
        }
        if self.members.len() == 2 {
            self.add_pair(number, article, &characters);
        }
    }

    /// κ and α on matched spans, of labels and of fields.
    fn add_matched(&mut self, number: u32, article: &Prepared<'a>) {
        let own = |member: usize, place: usize| {
            article.sides[member].as_ref().map_or(0, |side| u32::from(side.labels[place]))
        };
        let contingency = if let [one, other] = *self.members {
            let mut cells: Vec<(u32, u32, f64)> = Vec::new();
            for pair in article.couple(one, other) {
                let (a, b) = (own(one, pair.left), own(other, pair.right));
                match cells.iter_mut().find(|cell| (cell.0, cell.1) == (a, b)) {
                    Some(cell) => cell.2 += 1.0,
                    None => cells.push((a, b, 1.0)),
                }
                self.fields
                    .add_pair(article.answers[one].of(pair.left), article.answers[other].of(pair.right));
            }
            Contingency::Two(cells)
        } else {
            let mut more = More::default();
            for group in article.groups(self.members) {
                let spans = || group.spans().map(|(who, place)| (self.members[who], place));
                more.add(1.0, spans().map(|(member, place)| own(member, place)));
                let answers = spans().map(|(member, place)| article.answers[member].of(place));
                self.fields.add(answers, &mut self.units);
            }
            Contingency::More(more)
        };
        self.fields.end_article(number);
        if self.work.wanted.naming {
            let labels: Vec<[u16; 1]> = (0..self.work.labels.names.len()).map(|l| [l as u16]).collect();
            self.matched.add(number, &contingency, |label| label, |label| &labels[label as usize]);
        }
    }

    /// What is defined for two annotators only.
    fn add_pair(&mut self, number: u32, article: &Prepared<'a>, characters: &Contingency) {
        let Some([one, other]) = article.both(self.members) else { return };
        let labels = self.work.labels.names.len();
        if self.work.wanted.f1 {
            let mut found: Vec<Found> = f1::compare(one.0, other.0, labels);
            characters.marked(
                |set| article.labels_of(set),
                |label, counts| {
                    for (sum, count) in found[usize::from(label)].characters.iter_mut().zip(counts) {
                        *sum += count;
                    }
                },
            );
            self.findings.add(number, &found);
        }
        if self.work.wants(Metric::Muc) {
            self.muc.push((number, muc::compare(one.0, other.0, labels)));
        }
        if self.work.wanted.frames {
            let both = [0, 1].map(|i| &article.frames[self.members[i]]);
            if both.iter().any(|frames| !frames.is_empty()) {
                for (sums, (label, _)) in self.frames.iter_mut().zip(self.work.with_frames()) {
                    sums.push((number, frames::compare(both, label)));
                }
            }
        }
        if self.work.wants(Metric::RelationF1) {
            self.related.push((number, relations::compare(one, other, self.work.corpus.schema)));
        }
    }

    /// Takes over the articles of another.
    pub fn append(&mut self, other: Self) {
        self.tokens.append(other.tokens);
        self.characters.append(other.characters);
        self.unitizing.append(other.unitizing);
        self.matched.append(other.matched);
        self.fields.append(other.fields);
        self.findings.append(other.findings);
        self.muc.extend(other.muc);
        self.frames.iter_mut().zip(other.frames).for_each(|(sums, more)| sums.extend(more));
        self.related.extend(other.related);
    }

    /// The sums, and the figures that are made of them.
    pub fn tallies(self) -> Vec<Tally> {
        let (work, wanted) = (self.work, self.work.wanted);
        let (metrics, labels) = (&work.options.metrics, &work.labels.names);
        let mut tallies = Vec::new();
        if wanted.naming {
            tallies.extend(self.tokens.tallies(metrics, work.sets, labels));
            tallies.extend(self.characters.tallies(metrics, work.sets, labels));
        }
        if wanted.unitizing {
            tallies.extend(self.unitizing.tallies(work.sets, work.names()));
        }
        if wanted.matched() {
            if wanted.naming {
                tallies.extend(self.matched.tallies(metrics, labels.len(), labels));
            }
            tallies.extend(self.fields.tallies(metrics));
        }
        if self.members.len() > 2 {
            return tallies;
        }
        if wanted.f1 {
            tallies.extend(self.findings.tallies(work.names()));
        }
        if work.wants(Metric::Muc) {
            let each = work.each_label().map(|(label, name)| (label.map(usize::from), name));
            tallies.extend(each.map(|(label, name)| muc::tally(&self.muc, label, name)));
        }
        if wanted.frames {
            let each = self.frames.iter().zip(work.with_frames());
            tallies.extend(each.map(|(sums, (_, name))| frames::tally(sums, name)));
        }
        if work.wants(Metric::RelationF1) {
            tallies.extend(relations::tallies(&self.related, work.corpus.schema));
        }
        tallies
    }
}
