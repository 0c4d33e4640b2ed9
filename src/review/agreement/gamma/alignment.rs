//! The best alignment of a continuum: which units of the annotators are meant to be the same, at the least disorder.
//!
//! A *unitary alignment* takes at most one unit of each of the n annotators; every unit is in exactly one. Its disorder is the mean
//! dissimilarity of its n(n−1)/2 pairs, a missing unit counting Δ∅ with anything. So a unit alone costs Δ∅, and joining two groups of p and q
//! units *gains* Δ∅ + (p·q·Δ∅ − Σ d) / (n(n−1)/2): only pairs count. The best alignment is the partition of greatest gain.
//!
//! Two annotators: an assignment problem, solved exactly. More: NP-hard in general. Groups are built up annotator by annotator, then improved
//! by *dimensionwise variation* (Gutin & Karapetyan 2009): the annotators are split into two camps in every possible way, all groups are
//! cut in two, and the halves are joined again by an exact assignment, until no split gains anything. Each step is optimal over
//! exponentially many alignments, which leaves little room; what little it leaves is looked for by branch and bound over a few neighbours at a
//! time, and where there are few units at all over everything at once. See `docs/agreement.md` for how it compares with integer programming.

use std::ops::{Add, Sub};

use super::continuum::{Continuum, Dissimilarity, Unit};
use crate::review::matching::assignment::{Edge, solve};

/// A gain as the assignment solver wants it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Gain(f64);

impl Eq for Gain {}

impl Ord for Gain {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Gain {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Add for Gain {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Gain {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

/// What a join is worth besides its gain: of alignments with equal disorder the one with fewest unitary alignments is taken, as γ-cat depends
/// on it. Far below any difference that matters, far above rounding.
const TIE: f64 = 1e-9;

/// No unit of this annotator.
const NONE: u32 = u32::MAX;

/// An alignment of a continuum.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// The unitary alignments: for each annotator the place of the unit in its list.
    pub groups: Vec<Vec<Option<usize>>>,
    /// The mean disorder: the sum over unitary alignments by the mean number of units of an annotator.
    pub disorder: f64,
}

/// Groups with at most one unit of each annotator, flat: `width` numbers a group, each a unit's place among its annotator's or [`NONE`].
#[derive(Clone)]
struct Groups {
    width: usize,
    flat: Vec<u32>,
    /// What each group gains over its units alone, ties decided.
    worth: Vec<f64>,
}

impl Groups {
    fn none(width: usize) -> Self {
        Self { width, flat: Vec::new(), worth: Vec::new() }
    }

    fn iter(&self) -> impl Iterator<Item = &[u32]> {
        self.flat.chunks_exact(self.width)
    }

    fn group(&self, number: usize) -> &[u32] {
        &self.flat[number * self.width..][..self.width]
    }

    fn total(&self) -> f64 {
        self.worth.iter().sum()
    }
}

struct Solver {
    /// All units, one annotator's after the other's, and where each annotator's begin.
    units: Vec<Unit>,
    begin: Vec<usize>,
    dissimilarity: Dissimilarity,
    pairs: f64,
    longest: f64,
}

/// One half of a group: its first unit stands for where it is.
struct Half {
    start: f64,
    length: f64,
    group: usize,
    size: f64,
}

impl Solver {
    fn unit(&self, annotator: usize, place: u32) -> Unit {
        self.units[self.begin[annotator] + place as usize]
    }

    fn members<'g>(&'g self, group: &'g [u32]) -> impl Iterator<Item = Unit> + 'g {
        group.iter().enumerate().filter(|(_, place)| **place != NONE).map(|(a, place)| self.unit(a, *place))
    }

    /// What a pair adds to the gain of a group.
    fn of_pair(&self, one: Unit, other: Unit) -> f64 {
        (self.dissimilarity.empty - self.dissimilarity.of(one, other)) / self.pairs
    }

    /// What a group gains over its units alone.
    fn gain(&self, group: &[u32]) -> f64 {
        let mut gain = -self.dissimilarity.empty;
        for (a, place) in group.iter().enumerate().filter(|(_, place)| **place != NONE) {
            gain += self.dissimilarity.empty;
            let one = self.unit(a, *place);
            for (b, other) in group.iter().enumerate().skip(a + 1) {
                if *other != NONE {
                    gain += self.of_pair(one, self.unit(b, *other));
                }
            }
        }
        gain
    }

    /// What a group gains, ties decided.
    fn worth(&self, group: &[u32]) -> f64 {
        // As many joins as units less groups.
        let size = group.iter().filter(|place| **place != NONE).count();
        if size < 2 { 0.0 } else { self.gain(group) + TIE * (size as f64 - 1.0) }
    }

    fn halves(&self, groups: &Groups) -> Vec<Half> {
        let half = |(group, places): (usize, &[u32])| {
            let first = self.members(places).next()?;
            let size = places.iter().filter(|place| **place != NONE).count() as f64;
            Some(Half { start: first.start, length: first.length(), group, size })
        };
        let mut halves: Vec<Half> = groups.iter().enumerate().filter_map(half).collect();
        halves.sort_by(|a, b| a.start.total_cmp(&b.start));
        halves
    }

    /// Joins the groups of one side with those of the other as well as can be.
    fn join(&self, left: &Groups, right: &Groups) -> Groups {
        let empty = self.dissimilarity.empty;
        let (lefts, rights) = (self.halves(left), self.halves(right));
        let largest = rights.iter().map(|half| half.size).fold(1.0, f64::max);
        let weight = (self.dissimilarity.alpha * empty).max(f64::MIN_POSITIVE);
        let mut edges = Vec::new();
        for (l, one) in lefts.iter().enumerate() {
            // A pair that is to gain anything must be nearer than this, whatever its other units.
            let limit = empty * (self.pairs + one.size * largest);
            let reach = (limit / weight).sqrt() * (one.length + self.longest);
            let from = rights.partition_point(|other| other.start < one.start - reach);
            for (r, other) in rights.iter().enumerate().skip(from) {
                if other.start > one.start + reach {
                    break;
                }
                let bound = empty * (self.pairs + one.size * other.size);
                let mut apart = 0.0;
                'sum: for one in self.members(left.group(one.group)) {
                    for other in self.members(right.group(other.group)) {
                        apart += self.dissimilarity.of(one, other);
                        if apart >= bound + TIE {
                            break 'sum;
                        }
                    }
                }
                if apart < bound + TIE {
                    edges.push(Edge { left: l, right: r, worth: Gain((bound - apart) / self.pairs + TIE) });
                }
            }
        }
        let taken = solve(lefts.len(), rights.len(), &edges);
        let mut joined = Groups {
            width: left.width,
            flat: Vec::with_capacity(left.flat.len() + right.flat.len()),
            worth: Vec::with_capacity(left.worth.len() + right.worth.len()),
        };
        let (mut free_left, mut free_right) = (vec![true; lefts.len()], vec![true; rights.len()]);
        for edge in taken {
            let Edge { left: l, right: r, worth } = edges[edge];
            (free_left[l], free_right[r]) = (false, false);
            let (l, r) = (lefts[l].group, rights[r].group);
            let both = left.group(l).iter().zip(right.group(r));
            joined.flat.extend(both.map(|(a, b)| if *a == NONE { *b } else { *a }));
            joined.worth.push(left.worth[l] + right.worth[r] + worth.0);
        }
        for (groups, halves, free) in [(left, &lefts, free_left), (right, &rights, free_right)] {
            for (half, _) in halves.iter().zip(free).filter(|(_, free)| *free) {
                joined.flat.extend_from_slice(groups.group(half.group));
                joined.worth.push(groups.worth[half.group]);
            }
        }
        joined
    }

    /// The groups with only the annotators of a camp left in them.
    fn camp(&self, groups: &Groups, camp: u32, inside: bool) -> Groups {
        let mut half = Groups::none(groups.width);
        half.flat.reserve(groups.flat.len());
        for group in groups.iter() {
            let keep = |annotator: usize| (camp >> annotator & 1 == 1) == inside;
            if group.iter().enumerate().any(|(a, place)| keep(a) && *place != NONE) {
                let begin = half.flat.len();
                half.flat.extend(group.iter().enumerate().map(|(a, p)| if keep(a) { *p } else { NONE }));
                half.worth.push(self.worth(&half.flat[begin..]));
            }
        }
        half
    }

    /// Builds up in this order of annotators and improves.
    fn search(&self, order: &[usize]) -> Groups {
        let width = self.begin.len() - 1;
        let mut groups = Groups::none(width);
        for annotator in order {
            let mut alone = Groups::none(width);
            for place in 0..self.begin[annotator + 1] - self.begin[*annotator] {
                alone.flat.extend((0..width).map(|a| if a == *annotator { place as u32 } else { NONE }));
                alone.worth.push(0.0);
            }
            groups = if groups.worth.is_empty() { alone } else { self.join(&groups, &alone) };
        }
        if width > 2 {
            // Each split once: the last annotator is always in the second camp.
            let camps: Vec<u32> = (1..1u32 << (width.min(MOST_CAMPS) - 1)).collect();
            // The last annotator was joined to all others just now, so that split comes last.
            let joined = order.last().map_or(0, |last| match *last {
                last if last + 1 == width => camps.len(),
                last => 1usize << last,
            });
            let known = usize::from(width <= MOST_CAMPS);
            let (mut since_gain, mut total) = (known, groups.total());
            for camp in camps.iter().cycle().skip(known * joined) {
                if since_gain >= camps.len() {
                    break;
                }
                let joined = self.join(&self.camp(&groups, *camp, true), &self.camp(&groups, *camp, false));
                let gained = joined.total();
                if gained > total + TIE / 10.0 {
                    // This split has nothing more to give until another one has.
                    since_gain = 1;
                    (groups, total) = (joined, gained);
                } else {
                    since_gain += 1;
                }
            }
        }
        groups
    }
}

/// A handful of units grouped as well as can be, by branch and bound: unit by unit, each put into every group that has room or into one of its
/// own, and left off where even the best of everything could not make up for what is lost.
struct Trial<'a> {
    solver: &'a Solver,
    units: Vec<(usize, u32)>,
    /// What two of the units add when they are together, `units.len()` numbers a row.
    pairs: Vec<f64>,
    /// The most that the units from this one on could gain.
    rest: Vec<f64>,
    /// The group of each unit put so far, and each group's members.
    groups: Vec<Vec<usize>>,
    best: f64,
    found: Option<Vec<Vec<usize>>>,
}

impl<'a> Trial<'a> {
    fn new(solver: &'a Solver) -> Self {
        let (units, pairs, rest) = (Vec::new(), Vec::new(), Vec::new());
        Self { solver, units, pairs, rest, groups: Vec::new(), best: 0.0, found: None }
    }

    /// The best groups of these units, if they are worth more than `least`.
    fn better(&mut self, units: &[(usize, u32)], least: f64) -> Option<&[Vec<usize>]> {
        let count = units.len();
        self.units.clear();
        self.units.extend_from_slice(units);
        self.pairs.clear();
        for (a, one) in units {
            let one = self.solver.unit(*a, *one);
            self.pairs.extend(units.iter().map(|(b, other)| match a == b {
                true => f64::NEG_INFINITY,
                false => self.solver.of_pair(one, self.solver.unit(*b, *other)),
            }));
        }
        self.rest.clear();
        self.rest.resize(count + 1, 0.0);
        let width = self.solver.begin.len() - 1;
        for unit in (0..count).rev() {
            let mut most = 0.0;
            if unit > 0 {
                most = self.solver.dissimilarity.empty + TIE;
                for annotator in 0..width {
                    let of = (0..unit).filter(|before| units[*before].0 == annotator);
                    most += of.map(|before| self.pairs[unit * count + before]).fold(0.0, f64::max);
                }
            }
            self.rest[unit] = self.rest[unit + 1] + most;
        }
        (self.best, self.found) = (least, None);
        self.groups.clear();
        self.put(0, 0.0);
        self.found.as_deref()
    }

    fn put(&mut self, unit: usize, worth: f64) {
        if unit == self.units.len() {
            if worth > self.best {
                self.best = worth;
                self.found = Some(self.groups.clone());
            }
            return;
        }
        if worth + self.rest[unit] <= self.best {
            return;
        }
        let count = self.units.len();
        for group in 0..self.groups.len() {
            let with = self.groups[group].iter().map(|other| self.pairs[unit * count + other]).sum::<f64>();
            if with > f64::NEG_INFINITY {
                self.groups[group].push(unit);
                self.put(unit + 1, worth + with + self.solver.dissimilarity.empty + TIE);
                self.groups[group].pop();
            }
        }
        self.groups.push(vec![unit]);
        self.put(unit + 1, worth);
        self.groups.pop();
    }
}

impl Solver {
    /// The units of a trial as groups.
    fn add(&self, groups: &mut Groups, units: &[(usize, u32)], found: &[Vec<usize>]) {
        for members in found {
            let begin = groups.flat.len();
            groups.flat.resize(begin + groups.width, NONE);
            for (annotator, place) in members.iter().map(|member| units[*member]) {
                groups.flat[begin + annotator] = place;
            }
            groups.worth.push(self.worth(&groups.flat[begin..]));
        }
    }

    /// Groups anew, exactly, whatever few neighbouring groups hold: a valley in which the search got stuck is mostly as small as that.
    fn polish(&self, groups: &Groups) -> Groups {
        let width = groups.width;
        let start = |group: usize| {
            self.members(groups.group(group)).map(|unit| unit.start).fold(f64::INFINITY, f64::min)
        };
        let mut order: Vec<(f64, usize)> = (0..groups.worth.len()).map(|g| (start(g), g)).collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut done = Groups::none(width);
        let mut ahead = Groups::none(width);
        let mut next = order.iter().map(|(_, group)| *group).peekable();
        let (mut units, mut trial) = (Vec::new(), Trial::new(self));
        let size = |group: &[u32]| group.iter().filter(|place| **place != NONE).count();
        loop {
            // As many neighbours as there is room for.
            let mut held: usize = ahead.iter().map(size).sum();
            while let Some(group) = next.next_if(|group| held + size(groups.group(*group)) <= WINDOW) {
                held += size(groups.group(group));
                ahead.flat.extend_from_slice(groups.group(group));
                ahead.worth.push(groups.worth[group]);
            }
            if ahead.worth.len() > 1 {
                units.clear();
                for group in ahead.iter() {
                    let each = group.iter().enumerate().filter(|(_, place)| **place != NONE);
                    units.extend(each.map(|(annotator, place)| (annotator, *place)));
                }
                if let Some(better) = trial.better(&units, ahead.total() + TIE / 10.0) {
                    let mut anew = Groups::none(width);
                    self.add(&mut anew, &units, better);
                    ahead = anew;
                }
            }
            // The first one is left behind; one that is too large for the window goes by itself.
            if ahead.worth.is_empty() {
                let Some(group) = next.next() else { break };
                ahead.flat.extend_from_slice(groups.group(group));
                ahead.worth.push(groups.worth[group]);
            }
            done.flat.extend(ahead.flat.drain(..width));
            done.worth.push(ahead.worth.remove(0));
        }
        done
    }
}

/// So many units at most are grouped exactly at once.
const ALL: usize = 10;
/// The same beside a search, where it is done for every place.
const WINDOW: usize = 6;

/// With more annotators than this only splits of the first ones are tried; there are 2^(n−1) − 1.
const MOST_CAMPS: usize = 9;

/// The best alignment. Exact for two annotators, see the head of this file for more.
pub fn best_alignment(continuum: &Continuum, dissimilarity: Dissimilarity) -> Alignment {
    let width = continuum.annotators().len();
    let mut begin = vec![0];
    begin.extend(continuum.annotators().iter().scan(0, |sum, units| {
        *sum += units.len();
        Some(*sum)
    }));
    let units: Vec<Unit> = continuum.annotators().concat();
    let longest = units.iter().map(|u| u.length()).fold(0.0, f64::max);
    let pairs = (width * width.saturating_sub(1) / 2).max(1) as f64;
    let solver = Solver { units, begin, dissimilarity, pairs, longest };
    let order: Vec<usize> = (0..width).collect();
    let mut groups = solver.search(&order);
    if width > 2 && continuum.units() <= ALL {
        let all = (0..width).flat_map(|annotator| {
            (0..continuum.annotators()[annotator].len() as u32).map(move |place| (annotator, place))
        });
        let all: Vec<(usize, u32)> = all.collect();
        let mut trial = Trial::new(&solver);
        if let Some(better) = trial.better(&all, groups.total() + TIE / 10.0) {
            let mut anew = Groups::none(width);
            solver.add(&mut anew, &all, better);
            groups = anew;
        }
    } else if width > 2 {
        // A second start from the other end: another valley, if there is one.
        let backwards: Vec<usize> = order.into_iter().rev().collect();
        let other = solver.search(&backwards);
        if other.total() > groups.total() + TIE / 10.0 {
            groups = other;
        }
        groups = solver.polish(&groups);
    }
    let gained: f64 = groups.iter().map(|group| solver.gain(group)).sum();
    let disorder = (continuum.units() as f64 * dissimilarity.empty - gained) / continuum.mean_units();
    let groups = groups
        .iter()
        .map(|group| group.iter().map(|place| (*place != NONE).then_some(*place as usize)).collect())
        .collect();
    Alignment { groups, disorder: if disorder.is_finite() { disorder.max(0.0) } else { 0.0 } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn continuum(drawn: &[&[(u32, u32, u32)]]) -> Continuum {
        let unit =
            |(s, e, c): &(u32, u32, u32)| Unit { start: f64::from(*s), end: f64::from(*e), category: *c };
        Continuum::new(drawn.iter().map(|units| units.iter().map(unit).collect()).collect())
    }

    #[test]
    fn equal_units_are_aligned_without_disorder_and_a_lone_unit_costs_one() {
        let both = continuum(&[&[(0, 5, 1), (8, 9, 2)], &[(0, 5, 1), (8, 9, 2)]]);
        assert_eq!(best_alignment(&both, Dissimilarity::default()).disorder, 0.0);
        let lone = continuum(&[&[(0, 5, 1)], &[]]);
        assert_eq!(best_alignment(&lone, Dissimilarity::default()).disorder, 2.0);
    }

    #[test]
    fn by_hand_for_three_annotators() {
        // Two agree, the third calls it something else: (0 + 1 + 1) / 3.
        let three = continuum(&[&[(0, 5, 1)], &[(0, 5, 1)], &[(0, 5, 2)]]);
        let found = best_alignment(&three, Dissimilarity::default());
        assert!((found.disorder - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(found.groups, [[Some(0), Some(0), Some(0)]]);
    }

    /// The least disorder by trying every partition.
    fn by_force(continuum: &Continuum, d: Dissimilarity) -> f64 {
        fn go(
            units: &[(usize, Unit)],
            groups: &mut Vec<Vec<(usize, Unit)>>,
            n: usize,
            d: Dissimilarity,
        ) -> f64 {
            let Some((first, rest)) = units.split_first() else {
                let pairs = (n * (n - 1) / 2) as f64;
                return groups
                    .iter()
                    .map(|g| {
                        let k = g.len() as f64;
                        let mut sum = (pairs - k * (k - 1.0) / 2.0) * d.empty;
                        for (i, (_, one)) in g.iter().enumerate() {
                            sum += g[i + 1..].iter().map(|(_, other)| d.of(*one, *other)).sum::<f64>();
                        }
                        sum / pairs
                    })
                    .sum();
            };
            let mut least = f64::INFINITY;
            for at in 0..groups.len() {
                if groups[at].iter().all(|(a, _)| *a != first.0) {
                    groups[at].push(*first);
                    least = least.min(go(rest, groups, n, d));
                    groups[at].pop();
                }
            }
            groups.push(vec![*first]);
            least = least.min(go(rest, groups, n, d));
            groups.pop();
            least
        }
        let units: Vec<(usize, Unit)> = continuum
            .annotators()
            .iter()
            .enumerate()
            .flat_map(|(a, units)| units.iter().map(move |u| (a, *u)))
            .collect();
        go(&units, &mut Vec::new(), continuum.annotators().len(), d) / continuum.mean_units()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn it_is_as_good_as_trying_everything(
            drawn in prop::collection::vec(prop::collection::vec((0u32..40, 1u32..12, 0u32..3), 0..4), 2..4),
            alpha in prop::sample::select(vec![1.0, 3.0]),
        ) {
            let made: Vec<Vec<(u32, u32, u32)>> =
                drawn.iter().map(|units| units.iter().map(|(s, l, c)| (*s, s + l, *c)).collect()).collect();
            let slices: Vec<&[(u32, u32, u32)]> = made.iter().map(Vec::as_slice).collect();
            let continuum = continuum(&slices);
            prop_assume!(continuum.units() > 0);
            let d = Dissimilarity { alpha, ..Dissimilarity::default() };
            let found = best_alignment(&continuum, d).disorder;
            let force = by_force(&continuum, d);
            prop_assert!((found - force).abs() < 1e-9, "{} {}", found, force);
        }
    }
}
