//! What some annotators say on the units of one article: small tables, from which all figures on units are summed up.
//!
//! Units on which everybody says the same things are counted together, whatever lies between them: a text of thousands of code points becomes a
//! table of some dozens of cells, and each label, pair and draw is a sum over cells.

use super::coding::{MISSING, Stretches};
use super::metric::Metric;
use super::metric::Unit;
use super::nominal::{Nominal, on};
use super::tally::{Subject, Tally};

/// Cells with as many sets of labels as this are kept in a square of numbers, which is quicker than sorting.
const SQUARE: usize = 256;

/// The combinations of categories that occur, and on how many units each does.
#[derive(Clone, Debug)]
pub(super) enum Contingency {
    /// Of two annotators: what each says, and units.
    Two(Vec<(u32, u32, f64)>),
    /// Of three and more, some of whom may have no value.
    More(More),
}

/// See [`Contingency::More`].
#[derive(Clone, Debug, Default)]
pub(super) struct More {
    /// Units, values, and where the cell's counts end.
    cells: Vec<(f64, f64, usize)>,
    /// A category, and how many annotators used it.
    counts: Vec<(u32, f64)>,
}

impl More {
    /// Adds `units` units with the categories that were used.
    pub fn add(&mut self, units: f64, used: impl Iterator<Item = u32>) {
        let begin = self.counts.len();
        let mut values = 0.0;
        for category in used {
            values += 1.0;
            match self.counts[begin..].iter_mut().find(|(known, _)| *known == category) {
                Some((_, count)) => *count += 1.0,
                None => self.counts.push((category, 1.0)),
            }
        }
        self.cells.push((units, values, self.counts.len()));
    }

    /// Units, values and counts of each cell.
    fn iter(&self) -> impl Iterator<Item = (f64, f64, &[(u32, f64)])> {
        let mut begin = 0;
        self.cells.iter().map(move |(units, values, end)| {
            let counts = &self.counts[begin..*end];
            begin = *end;
            (*units, *values, counts)
        })
    }
}

impl Contingency {
    /// Of the stretches of a text. `sets` is how many sets of labels there are; `square` is scratch space.
    pub fn of(stretches: &Stretches, members: &[usize], sets: usize, square: &mut Vec<f64>) -> Self {
        let [one, other] = members else {
            let mut more = More::default();
            // Nobody marked most of a text.
            let mut unmarked: Vec<(f64, f64)> = Vec::new();
            for (units, of) in stretches.iter() {
                let used = || members.iter().map(|member| of[*member]).filter(|set| *set != MISSING);
                if used().any(|set| set != 0) {
                    more.add(units, used());
                    continue;
                }
                let values = used().count() as f64;
                match unmarked.iter_mut().find(|(known, _)| *known == values) {
                    Some((_, sum)) => *sum += units,
                    None => unmarked.push((values, units)),
                }
            }
            for (values, units) in unmarked {
                more.add(units, std::iter::repeat_n(0, values as usize));
            }
            return Self::More(more);
        };
        let both = stretches.iter().map(|(units, of)| (of[*one], of[*other], units));
        let both = both.filter(|(one, other, _)| *one != MISSING && *other != MISSING);
        let mut cells: Vec<(u32, u32, f64)> = Vec::new();
        if sets <= SQUARE {
            square.resize(SQUARE * SQUARE, 0.0);
            for (one, other, units) in both {
                let sum = &mut square[one as usize * sets + other as usize];
                if *sum == 0.0 {
                    cells.push((one, other, 0.0));
                }
                *sum += units;
            }
            for (one, other, units) in &mut cells {
                *units = std::mem::take(&mut square[*one as usize * sets + *other as usize]);
            }
        } else {
            cells.extend(both);
            cells.sort_unstable_by_key(|cell| (cell.0, cell.1));
            cells.dedup_by(|next, kept| {
                let same = (next.0, next.1) == (kept.0, kept.1);
                kept.2 += if same { next.2 } else { 0.0 };
                same
            });
        }
        Self::Two(cells)
    }

    /// How much does not coincide, as α counts it: Σ units · (values − Σ *n*(*n* − 1) / (values − 1)). For all categories, and into `each` for
    /// each label by itself, marked or not.
    pub fn differing<'l>(&self, labels_of: impl Fn(u32) -> &'l [u16], each: &mut [f64]) -> f64 {
        let mut all = 0.0;
        match self {
            Self::Two(cells) => {
                for (one, other, units) in cells.iter().filter(|(one, other, _)| one != other) {
                    all += 2.0 * units;
                    let (ones, others) = (labels_of(*one), labels_of(*other));
                    for (labels, rest) in [(ones, others), (others, ones)] {
                        for label in labels.iter().filter(|label| !rest.contains(label)) {
                            each[usize::from(*label)] += 2.0 * units;
                        }
                    }
                }
            }
            Self::More(more) => {
                let mut marked: Vec<(u16, f64)> = Vec::new();
                for (units, values, counts) in more.iter().filter(|(_, values, _)| *values >= 2.0) {
                    let agreeing: f64 = counts.iter().map(|(_, n)| n * (n - 1.0)).sum();
                    all += units * (values * (values - 1.0) - agreeing) / (values - 1.0);
                    by_label(counts, &labels_of, &mut marked);
                    for (label, n) in &marked {
                        each[usize::from(*label)] += units * 2.0 * n * (values - n) / (values - 1.0);
                    }
                }
            }
        }
        all
    }

    /// Of two annotators, for each label how many units both, the first and the second marked with it.
    pub fn marked<'l>(&self, labels_of: impl Fn(u32) -> &'l [u16], mut add: impl FnMut(u16, [f64; 3])) {
        let Self::Two(cells) = self else { return };
        for (one, other, units) in cells {
            let (ones, others) = (labels_of(*one), labels_of(*other));
            for label in ones {
                add(*label, [if others.contains(label) { *units } else { 0.0 }, *units, 0.0]);
            }
            others.iter().for_each(|label| add(*label, [0.0, 0.0, *units]));
        }
    }
}

/// How many annotators used each label.
fn by_label<'l>(counts: &[(u32, f64)], labels_of: &impl Fn(u32) -> &'l [u16], marked: &mut Vec<(u16, f64)>) {
    marked.clear();
    for (category, n) in counts {
        for label in labels_of(*category) {
            match marked.iter_mut().find(|(known, _)| known == label) {
                Some((_, count)) => *count += n,
                None => marked.push((*label, *n)),
            }
        }
    }
}

/// κ and α on units of one kind: of all labels together, then of each, marked or not.
#[derive(Clone)]
pub(super) struct Naming {
    unit: Unit,
    all: Nominal,
    each: Vec<Nominal>,
}

impl Naming {
    /// For this many annotators and labels.
    pub fn new(unit: Unit, annotators: usize, labels: usize) -> Self {
        Self { unit, all: Nominal::new(annotators), each: vec![Nominal::new(annotators); labels] }
    }

    /// Adds what is said in one article. `number` gives the number that a category has in all articles, `labels_of` the labels in it.
    pub fn add<'l>(
        &mut self,
        article: u32,
        contingency: &Contingency,
        number: impl Fn(u32) -> u32,
        labels_of: impl Fn(u32) -> &'l [u16],
    ) {
        match contingency {
            Contingency::Two(cells) => {
                let mut total = 0.0;
                for (one, other, units) in cells {
                    total += units;
                    self.all.add_pair(*units, number(*one), number(*other));
                    let (ones, others) = (labels_of(*one), labels_of(*other));
                    for (labels, rest, second) in [(ones, others, false), (others, ones, true)] {
                        for label in labels {
                            let nominal = &mut self.each[usize::from(*label)];
                            nominal.add_used(*units, 0, second);
                            if !rest.contains(label) {
                                nominal.add_differing(*units);
                            }
                        }
                    }
                }
                self.each.iter_mut().for_each(|nominal| nominal.add_units(total));
            }
            Contingency::More(more) => {
                let mut by_values: Vec<(f64, f64)> = Vec::new();
                let (mut numbered, mut marked) = (Vec::new(), Vec::new());
                for (units, values, counts) in more.iter() {
                    match by_values.iter_mut().find(|(known, _)| *known == values) {
                        Some((_, sum)) => *sum += units,
                        None => by_values.push((values, units)),
                    }
                    numbered.clear();
                    numbered.extend(counts.iter().map(|(category, n)| (number(*category), *n)));
                    self.all.add_values(units, values);
                    self.all.add_counts(units, values, &numbered);
                    by_label(counts, &labels_of, &mut marked);
                    for (label, n) in &marked {
                        self.each[usize::from(*label)].add_counts(units, values, &[(0, *n)]);
                    }
                }
                for nominal in &mut self.each {
                    by_values.iter().for_each(|(values, units)| nominal.add_values(*units, *values));
                }
            }
        }
        self.all.end_article(article);
        self.each.iter_mut().for_each(|nominal| nominal.end_article(article));
    }

    /// Takes over the articles of another.
    pub fn append(&mut self, other: Self) {
        self.all.append(other.all);
        self.each.iter_mut().zip(other.each).for_each(|(nominal, more)| nominal.append(more));
    }

    /// The sums; `categories` is how many there are in all articles.
    pub fn tallies(self, metrics: &[Metric], categories: usize, labels: &[&str]) -> Vec<Tally> {
        let unit = self.unit;
        let subject = |label: &str| -> Subject { on(unit, label, None) };
        let all = self.all.tally(metrics, &subject("*"), None, categories, false);
        let each = self.each.into_iter().zip(labels);
        let each = each.map(|(nominal, label)| nominal.tally(metrics, &subject(label), None, 1, true));
        std::iter::once(all).chain(each).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::agreement::coding::{LabelSets, profile, stretches};

    fn labels_of(set: u32) -> &'static [u16] {
        [&[][..], &[0], &[1], &[0, 1]][set as usize]
    }

    /// Two annotators on ten units, and a third who says nothing.
    fn drawn() -> (Stretches, usize) {
        let mut sets = LabelSets::default();
        for set in 0..4 {
            sets.number(labels_of(set));
        }
        let profiles = [
            Some(profile(&[(0, 4, 0), (2, 6, 1)], 10, &mut sets)),
            Some(profile(&[(0, 4, 0)], 10, &mut sets)),
            Some(profile(&[], 10, &mut sets)),
        ];
        (stretches(&profiles, 10), sets.sets.len())
    }

    #[test]
    fn equal_combinations_are_counted_together() {
        let (stretches, sets) = drawn();
        for sets in [sets, SQUARE + 1] {
            let Contingency::Two(mut cells) = Contingency::of(&stretches, &[0, 1], sets, &mut Vec::new())
            else {
                panic!()
            };
            cells.sort_by_key(|cell| (cell.0, cell.1));
            assert_eq!(cells, [(0, 0, 4.0), (1, 1, 2.0), (2, 0, 2.0), (3, 1, 2.0)]);
        }
    }

    #[test]
    fn two_are_as_two_of_three_would_be() {
        let (stretches, sets) = drawn();
        let two = Contingency::of(&stretches, &[0, 1], sets, &mut Vec::new());
        let mut more = More::default();
        for (units, of) in stretches.iter() {
            more.add(units, of[..2].iter().copied());
        }
        let (mut each_of_two, mut each) = ([0.0; 2], [0.0; 2]);
        let differing = two.differing(labels_of, &mut each_of_two);
        assert_eq!(differing, Contingency::More(more).differing(labels_of, &mut each));
        assert_eq!((differing, each), (8.0, each_of_two));
        assert_eq!(each, [0.0, 8.0]);
        let mut marked = [[0.0; 3]; 2];
        two.marked(labels_of, |label, counts| {
            for (sum, count) in marked[usize::from(label)].iter_mut().zip(counts) {
                *sum += count;
            }
        });
        assert_eq!(marked, [[4.0, 4.0, 4.0], [0.0, 4.0, 0.0]]);
    }
}
