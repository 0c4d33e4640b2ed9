//! The best alignment of a continuum: which units of the annotators are meant to be the same, at the least disorder.
//!
//! A *unitary alignment* takes at most one unit of each of the n annotators; every unit is in exactly one. Its disorder is the mean
//! dissimilarity of its n(n−1)/2 pairs, a missing unit counting Δ∅ with anything. So a unit alone costs Δ∅, and joining two groups of p and q
//! units *gains* Δ∅ + (p·q·Δ∅ − Σ d) / (n(n−1)/2): only pairs count. The best alignment is the partition of greatest gain.
//!
//! Two annotators: an assignment problem, solved exactly. More: NP-hard in general. Groups are built up annotator by annotator, then improved
//! by *dimensionwise variation* (Gutin & Karapetyan 2009): the annotators are split into two camps in every possible way, all groups are
//! cut in two, and the halves are joined again by an exact assignment, until no split gains anything. Each step is optimal over
//! exponentially many alignments, which leaves little room; what little it leaves is looked for by trying everything with a few neighbours at a
//! time, and where there are few units at all everything is tried at once. See `docs/agreement.md` for how it compares with integer programming.

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

/// Groups with at most one unit of each annotator, flat: `width` numbers a group.
struct Groups {
    width: usize,
    flat: Vec<u32>,
}

impl Groups {
    fn iter(&self) -> impl Iterator<Item = &[u32]> {
        self.flat.chunks_exact(self.width)
    }
}

struct Solver<'a> {
    continuum: &'a Continuum,
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

impl Solver<'_> {
    fn unit(&self, annotator: usize, place: u32) -> Unit {
        self.continuum.annotators()[annotator][place as usize]
    }

    fn members<'g>(&'g self, group: &'g [u32]) -> impl Iterator<Item = Unit> + 'g {
        group.iter().enumerate().filter(|(_, place)| **place != NONE).map(|(a, place)| self.unit(a, *place))
    }

    /// What a group gains over its units alone.
    fn gain(&self, group: &[u32]) -> f64 {
        let units: Vec<Unit> = self.members(group).collect();
        let mut gain = self.dissimilarity.empty * (units.len() as f64 - 1.0);
        for (i, one) in units.iter().enumerate() {
            for other in &units[i + 1..] {
                gain += (self.dissimilarity.empty - self.dissimilarity.of(*one, *other)) / self.pairs;
            }
        }
        gain
    }

    fn total(&self, groups: &Groups) -> f64 {
        // As many joins as units less groups.
        let groups =
            groups.iter().map(|group| self.gain(group) + TIE * (self.members(group).count() as f64 - 1.0));
        groups.sum()
    }

    /// Joins the groups of one side with those of the other as well as can be.
    fn join(&self, left: &Groups, right: &Groups) -> Groups {
        let empty = self.dissimilarity.empty;
        let halves = |groups: &Groups| -> Vec<Half> {
            let mut halves: Vec<Half> = groups
                .iter()
                .enumerate()
                .filter_map(|(group, places)| {
                    let first = self.members(places).next()?;
                    let size = self.members(places).count() as f64;
                    Some(Half { start: first.start, length: first.length(), group, size })
                })
                .collect();
            halves.sort_by(|a, b| a.start.total_cmp(&b.start));
            halves
        };
        let (lefts, rights) = (halves(left), halves(right));
        let largest = rights.iter().map(|half| half.size).fold(1.0, f64::max);
        let (left_groups, right_groups): (Vec<&[u32]>, Vec<&[u32]>) =
            (left.iter().collect(), right.iter().collect());
        let mut edges = Vec::new();
        let (mut ones, mut others) = (Vec::new(), Vec::new());
        for (l, one) in lefts.iter().enumerate() {
            // A pair that is to gain anything must be nearer than this, whatever its other units.
            let limit = empty * (self.pairs + one.size * largest);
            let weight = (self.dissimilarity.alpha * empty).max(f64::MIN_POSITIVE);
            let reach = (limit / weight).sqrt() * (one.length + self.longest);
            let from = rights.partition_point(|other| other.start < one.start - reach);
            ones.clear();
            ones.extend(self.members(left_groups[one.group]));
            for (r, other) in rights.iter().enumerate().skip(from) {
                if other.start > one.start + reach {
                    break;
                }
                let bound = empty * (self.pairs + one.size * other.size);
                others.clear();
                others.extend(self.members(right_groups[other.group]));
                let mut apart = 0.0;
                'sum: for one in &ones {
                    for other in &others {
                        apart += self.dissimilarity.of(*one, *other);
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
        let width = left.width;
        let mut joined = Groups { width, flat: Vec::with_capacity(left.flat.len() + right.flat.len()) };
        let (mut free_left, mut free_right) = (vec![true; lefts.len()], vec![true; rights.len()]);
        for edge in taken {
            let Edge { left: l, right: r, .. } = edges[edge];
            (free_left[l], free_right[r]) = (false, false);
            let (one, other) = (left_groups[lefts[l].group], right_groups[rights[r].group]);
            joined.flat.extend(one.iter().zip(other).map(|(a, b)| if *a == NONE { *b } else { *a }));
        }
        for (half, _) in lefts.iter().zip(free_left).filter(|(_, free)| *free) {
            joined.flat.extend_from_slice(left_groups[half.group]);
        }
        for (half, _) in rights.iter().zip(free_right).filter(|(_, free)| *free) {
            joined.flat.extend_from_slice(right_groups[half.group]);
        }
        joined
    }

    /// The groups with only the annotators of a camp left in them.
    fn camp(groups: &Groups, camp: u32, inside: bool) -> Groups {
        let mut half = Groups { width: groups.width, flat: Vec::with_capacity(groups.flat.len()) };
        for group in groups.iter() {
            let keep = |annotator: usize| (camp >> annotator & 1 == 1) == inside;
            if group.iter().enumerate().any(|(a, place)| keep(a) && *place != NONE) {
                half.flat.extend(group.iter().enumerate().map(|(a, p)| if keep(a) { *p } else { NONE }));
            }
        }
        half
    }

    /// Builds up in this order of annotators and improves.
    fn search(&self, order: &[usize]) -> (Groups, f64) {
        let width = self.continuum.annotators().len();
        let alone = |annotator: usize| {
            let mut groups = Groups { width, flat: Vec::new() };
            for place in 0..self.continuum.annotators()[annotator].len() {
                groups.flat.extend((0..width).map(|a| if a == annotator { place as u32 } else { NONE }));
            }
            groups
        };
        let mut groups = Groups { width, flat: Vec::new() };
        for annotator in order {
            groups = self.join(&groups, &alone(*annotator));
        }
        let mut total = self.total(&groups);
        if width > 2 {
            // Each split once: the last annotator is always in the second camp.
            let camps: Vec<u32> = (1..1u32 << (width.min(MOST_CAMPS) - 1)).collect();
            let mut since_gain = 0;
            for camp in camps.iter().cycle() {
                if since_gain >= camps.len() {
                    break;
                }
                let joined = self.join(&Self::camp(&groups, *camp, true), &Self::camp(&groups, *camp, false));
                let gained = self.total(&joined);
                if gained > total + TIE / 10.0 {
                    since_gain = 0;
                    (groups, total) = (joined, gained);
                } else {
                    since_gain += 1;
                }
            }
        }
        (groups, total)
    }
}

/// Every way of grouping a handful of units is tried.
struct Trial<'a> {
    solver: &'a Solver<'a>,
    units: Vec<(usize, u32)>,
    best: Option<(f64, Vec<Vec<u32>>)>,
}

impl Trial<'_> {
    fn go(&mut self, next: usize, groups: &mut Vec<Vec<u32>>) {
        let Some(&(annotator, place)) = self.units.get(next) else {
            let worth = groups.iter().map(|group| self.solver.worth(group)).sum::<f64>();
            if self.best.as_ref().is_none_or(|(best, _)| worth > *best) {
                self.best = Some((worth, groups.clone()));
            }
            return;
        };
        for at in 0..groups.len() {
            if groups[at][annotator] == NONE {
                groups[at][annotator] = place;
                self.go(next + 1, groups);
                groups[at][annotator] = NONE;
            }
        }
        let mut alone = vec![NONE; self.solver.continuum.annotators().len()];
        alone[annotator] = place;
        groups.push(alone);
        self.go(next + 1, groups);
        groups.pop();
    }
}

impl Solver<'_> {
    /// What a group gains, ties decided.
    fn worth(&self, group: &[u32]) -> f64 {
        self.gain(group) + TIE * (self.members(group).count() as f64 - 1.0)
    }

    /// The best grouping of a handful of units, and what it is worth.
    fn exactly(&self, units: Vec<(usize, u32)>) -> (f64, Vec<Vec<u32>>) {
        let mut trial = Trial { solver: self, units, best: None };
        trial.go(0, &mut Vec::new());
        trial.best.unwrap_or_default()
    }

    /// Groups anew, exactly, whatever few neighbouring groups hold: a valley in which the search got stuck is mostly as small as that.
    fn polish(&self, groups: Groups) -> Groups {
        let mut all: Vec<Vec<u32>> = groups.iter().map(<[u32]>::to_vec).collect();
        let start = |group: &[u32]| self.members(group).map(|unit| unit.start).fold(f64::INFINITY, f64::min);
        all.sort_by(|a, b| start(a).total_cmp(&start(b)));
        let units = |group: &[u32]| -> Vec<(usize, u32)> {
            group.iter().copied().enumerate().filter(|(_, place)| *place != NONE).collect()
        };
        let mut first = 0;
        while first + 1 < all.len() {
            let mut window: Vec<(usize, u32)> = Vec::new();
            let mut end = first;
            while end < all.len() && window.len() + units(&all[end]).len() <= WINDOW {
                window.extend(units(&all[end]));
                end += 1;
            }
            if end > first + 1 {
                let now: f64 = all[first..end].iter().map(|group| self.worth(group)).sum();
                let (worth, better) = self.exactly(window);
                if worth > now + TIE / 10.0 {
                    all.splice(first..end, better);
                }
            }
            first += 1;
        }
        Groups { width: groups.width, flat: all.concat() }
    }
}

/// So many units at most are grouped by trying everything: one of 21,147 ways (Bell 1934) for nine.
const ALL: usize = 10;
/// The same beside a search, where it is done for every place.
const WINDOW: usize = 6;

/// With more annotators than this only splits of the first ones are tried; there are 2^(n−1) − 1.
const MOST_CAMPS: usize = 9;

/// The best alignment. Exact for two annotators, see the head of this file for more.
pub fn best_alignment(continuum: &Continuum, dissimilarity: Dissimilarity) -> Alignment {
    let width = continuum.annotators().len();
    let longest = continuum.annotators().iter().flatten().map(|u| u.length()).fold(0.0, f64::max);
    let pairs = (width * width.saturating_sub(1) / 2).max(1) as f64;
    let solver = Solver { continuum, dissimilarity, pairs, longest };
    let order: Vec<usize> = (0..width).collect();
    let (mut groups, total) = solver.search(&order);
    if width > 2 && continuum.units() <= ALL {
        let units = (0..width).flat_map(|annotator| {
            (0..continuum.annotators()[annotator].len() as u32).map(move |place| (annotator, place))
        });
        groups = Groups { width, flat: solver.exactly(units.collect()).1.concat() };
    } else if width > 2 {
        // A second start from the other end: another valley, if there is one.
        let backwards: Vec<usize> = order.into_iter().rev().collect();
        let (other, gained) = solver.search(&backwards);
        if gained > total + TIE / 10.0 {
            groups = other;
        }
        groups = solver.polish(groups);
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
