//! Krippendorff's α for unitizing: agreement on where units are and what they are called, code point by code point.
//!
//! The version of Krippendorff, Mathet, Bouvry & Widlöcher 2016, "On the reliability of unitizing textual continua: Further
//! developments", *Quality & Quantity* 50:2347–2364, coefficient ᵤα. It replaces that of 1995 and 2004: it counts the gaps between units
//! as a category of their own, takes any number of annotators, and is defined for all categories together, not one by one.

use std::sync::Arc;

use super::coding::{Marked, Profile};
use super::metric::{Metric, Undefined};
use super::tally::{Columns, Details, Measure, Rows, Subject, Tally, column};

const LENGTH: u32 = 0;
const DIFFERING: u32 = 1;
const FIRST: u32 = 2;

/// ᵤα = 1 − *D*ₒ / *D*ₑ with *D*ₒ = ℓ.. − Σ ℓ_cc and *D*ₑ = ℓ.. − Σ ε_cc, ε_cc = ℓ.. (ℓ_c² − *s*_c) / (ℓ..² − Σ *s*_c).
///
/// ℓ_c is how many code points annotators put into category c, ℓ_cc how many of them coincide between annotators, and *s*_c the pairs of code
/// points that lie in one unit and so cannot be paired by chance: Σ length² over the units of c, and for gaps, which have no inner
/// structure, Σ length.
///
/// # Errors
/// No text, or all of it in one category.
pub fn alpha_u(
    length: f64,
    coinciding: f64,
    categories: impl Iterator<Item = (f64, f64)> + Clone,
) -> Result<f64, Undefined> {
    if length <= 0.0 {
        return Err(Undefined::NoUnits);
    }
    let own: f64 = categories.clone().map(|(_, own)| own).sum();
    let below = length * length - own;
    if below <= 0.0 {
        return Err(Undefined::OneCategory);
    }
    let expected: f64 = categories.map(|(used, own)| length * (used * used - own) / below).sum();
    let disagreement = length - expected;
    if disagreement <= length * f64::EPSILON * 4.0 {
        return Err(Undefined::OneCategory);
    }
    Ok(1.0 - (length - coinciding) / disagreement)
}

/// What one annotator's units come to in one text: all that α_U wants to know of them, whoever they are compared with.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct OwnUnits {
    /// By set of labels, 0 the gaps: code points in it, and pairs of code points that lie in one unit.
    by_set: Vec<(f64, f64)>,
    /// The same of each label that occurs, with everything else as gaps.
    by_label: Vec<(u16, f64, f64)>,
}

impl OwnUnits {
    /// Of a text of `length` code points.
    pub fn of(profile: &Profile, marked: &[Marked], length: u32) -> Self {
        let mut own = Self::default();
        let ends = profile.iter().skip(1).map(|piece| piece.0).chain([length]);
        for ((start, set), end) in profile.iter().zip(ends) {
            let (set, long) = (*set as usize, f64::from(end - start));
            if own.by_set.len() <= set {
                own.by_set.resize(set + 1, (0.0, 0.0));
            }
            let (sum, pairs) = &mut own.by_set[set];
            *sum += long;
            *pairs += if set == 0 { long } else { long * long };
        }
        // The borders of one label after those of the other, as in `coding::profile`.
        let mut borders: Vec<(u16, u32, bool)> = Vec::with_capacity(2 * marked.len());
        marked
            .iter()
            .for_each(|(start, end, label)| borders.extend([(*label, *start, true), (*label, *end, false)]));
        borders.sort_unstable();
        for of_label in borders.chunk_by(|a, b| a.0 == b.0) {
            let (mut depth, mut sum, mut pairs) = (0i64, 0.0, 0.0);
            for border in of_label.windows(2) {
                depth += if border[0].2 { 1 } else { -1 };
                let long = f64::from(border[1].1 - border[0].1);
                if depth > 0 {
                    sum += long;
                    pairs += long * long;
                }
            }
            own.by_label.push((of_label[0].0, sum, pairs));
        }
        own
    }
}

/// Collects texts one by one: for all labels together, then for each.
#[derive(Clone)]
pub(super) struct Unitizing {
    rows: Vec<Rows>,
    row: Vec<Columns>,
    differing: Vec<f64>,
}

impl Unitizing {
    /// For this many labels.
    pub fn new(labels: usize) -> Self {
        Self {
            rows: vec![Rows::new(); labels + 1],
            row: vec![Columns::default(); labels + 1],
            differing: vec![0.0; labels],
        }
    }

    /// Where [`Unitizing::add`] wants to know how much does not coincide for each label: all zeros.
    pub fn differing(&mut self) -> &mut [f64] {
        &mut self.differing
    }

    /// Adds a text of `length` code points with the units of at least two annotators. `number` gives the number that a set of labels has in all
    /// texts. `differing` is how much does not coincide: Σ over code points of *m* − Σ *n*(*n* − 1) / (*m* − 1).
    pub fn add<'u>(
        &mut self,
        article: u32,
        length: f64,
        differing: f64,
        annotators: impl Iterator<Item = &'u OwnUnits>,
        number: impl Fn(u32) -> u32,
    ) {
        let mut count = 0.0;
        for own in annotators {
            count += 1.0;
            for (set, (sum, pairs)) in own.by_set.iter().enumerate().filter(|(_, (sum, _))| *sum > 0.0) {
                let column = FIRST + 2 * number(set as u32);
                self.row[0].add(column, *sum);
                self.row[0].add(column + 1, *pairs);
            }
            for (label, sum, pairs) in &own.by_label {
                let row = &mut self.row[usize::from(*label) + 1];
                row.add(FIRST, *sum);
                row.add(FIRST + 1, *pairs);
            }
        }
        self.row[0].add(DIFFERING, differing);
        for (row, differing) in self.row[1..].iter_mut().zip(&mut self.differing) {
            row.add(DIFFERING, std::mem::take(differing));
        }
        for (row, rows) in self.row.iter_mut().zip(&mut self.rows) {
            row.add(LENGTH, length * count);
            row.end_article(article, rows);
        }
    }

    /// Takes over the articles of another.
    pub fn append(&mut self, other: Self) {
        self.rows.iter_mut().zip(other.rows).for_each(|(rows, mut more)| rows.append(&mut more));
    }

    /// The sums; `sets` is how many sets of labels there are.
    pub fn tallies<'n>(self, sets: usize, names: impl Iterator<Item = &'n str>) -> Vec<Tally> {
        let tally = |(place, (rows, name)): (usize, (Rows, &str))| {
            let (categories, derived) = if place == 0 { (sets, false) } else { (1, true) };
            let evaluate = move |sums: &[f64]| {
                let length = sums[LENGTH as usize];
                let each = (0..categories).map(|c| {
                    let at = FIRST as usize + 2 * c;
                    (sums[at], sums[at + 1])
                });
                // Everything that is not in the label is gaps, and gaps have no pairs within them.
                let gaps = derived.then(|| length - sums[FIRST as usize]).map(|gaps| (gaps, gaps));
                alpha_u(length, length - sums[DIFFERING as usize], each.chain(gaps))
            };
            let measure = Measure {
                subject: Subject::new(Metric::KrippendorffAlphaU, name),
                evaluate: Arc::new(evaluate),
                units: column(LENGTH),
                details: Details::None,
            };
            Tally { rows, width: FIRST as usize + 2 * categories, measures: vec![measure] }
        };
        self.rows.into_iter().zip(names).enumerate().map(tally).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// α_U of texts: the profiles of all annotators, the length, how much does not coincide.
    fn alpha(texts: &[(&[Profile], u32, f64)]) -> Result<f64, Undefined> {
        let mut unitizing = Unitizing::new(0);
        for (number, (profiles, length, differing)) in texts.iter().enumerate() {
            let own: Vec<OwnUnits> = profiles.iter().map(|p| OwnUnits::of(p, &[], *length)).collect();
            unitizing.add(number as u32, f64::from(*length), *differing, own.iter(), |set| set);
        }
        let tally = unitizing.tallies(2, ["*"].into_iter()).remove(0);
        (tally.measures[0].evaluate)(&tally.totals())
    }

    #[test]
    fn perfect_agreement_is_one_and_two_texts_are_pooled() {
        let one = vec![(0, 0), (4, 1), (9, 0)];
        assert_eq!(alpha(&[(&[one.clone(), one.clone()], 20, 0.0)]), Ok(1.0));
        let both =
            alpha(&[(&[one.clone(), one], 20, 0.0), (&[vec![(0, 1)], vec![(0, 0)]], 5, 10.0)]).unwrap();
        assert!(both < 1.0 && both > 0.0, "{both}");
    }

    #[test]
    fn by_hand() {
        // Ten code points; the first marks 2-6, the second 4-8: they agree on 2 in and 4 out, each side counted: 12 of 20.
        // Units 8 and 12 code points; own pairs 16 + 16 and 6 + 6. ε = 20·(64 − 32)/(400 − 44) + 20·(144 − 12)/356 = 9.2134…
        let (one, other) = (vec![(0, 0), (2, 1), (6, 0)], vec![(0, 0), (4, 1), (8, 0)]);
        let found = alpha(&[(&[one, other], 10, 8.0)]).unwrap();
        let expected = 20.0 * (32.0 + 132.0) / 356.0;
        assert!((found - (1.0 - 8.0 / (20.0 - expected))).abs() < 1e-12, "{found}");
        // The same for one label by itself.
        let mut unitizing = Unitizing::new(1);
        let own = [(2, 6), (4, 8)].map(|(s, e)| OwnUnits::of(&vec![(0, 0)], &[(s, e, 0)], 10));
        unitizing.differing()[0] = 8.0;
        unitizing.add(0, 10.0, 0.0, own.iter(), |set| set);
        let tally = unitizing.tallies(1, ["*", "a"].into_iter()).remove(1);
        let of_label = (tally.measures[0].evaluate)(&tally.totals()).unwrap();
        assert!((of_label - found).abs() < 1e-12, "{of_label}");
    }

    #[test]
    fn units_inside_each_other_are_cut_at_every_border() {
        let own = OwnUnits::of(&vec![(0, 0)], &[(0, 6, 1), (2, 4, 1), (4, 8, 0)], 10);
        assert_eq!(own.by_label, [(0, 4.0, 16.0), (1, 6.0, 12.0)]);
    }

    #[test]
    fn nothing_marked_is_undefined() {
        assert_eq!(alpha(&[(&[vec![(0, 0)], vec![(0, 0)]], 10, 0.0)]), Err(Undefined::OneCategory));
        assert_eq!(alpha(&[]), Err(Undefined::NoUnits));
    }
}
