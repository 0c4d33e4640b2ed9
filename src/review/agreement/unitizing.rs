//! Krippendorff's α for unitizing: agreement on where units are and what they are called, code point by code point.
//!
//! The version of Krippendorff, Mathet, Bouvry & Widlöcher 2016, "On the reliability of unitizing textual continua: Further
//! developments", *Quality & Quantity* 50:2347–2364, coefficient ᵤα. It replaces that of 1995 and 2004: it counts the gaps between units
//! as a category of their own, takes any number of annotators, and is defined for all categories together, not one by one.

use std::collections::HashMap;
use std::sync::Arc;

use super::coding::Profile;
use super::metric::{Metric, Undefined};
use super::tally::{Columns, Details, Measure, Row, Subject, Tally, column};

const LENGTH: u32 = 0;
const COINCIDING: u32 = 1;
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

/// Collects texts one by one.
#[derive(Default)]
pub(super) struct Unitizing {
    categories: HashMap<Vec<u16>, u32>,
    rows: Vec<Row>,
    row: Columns,
}

impl Unitizing {
    /// Adds a text of `length` code points with the profiles of the annotators that have a file for it; `set_of` gives the labels of
    /// a set's number, empty for a gap. `agreeing` is how many code points coincide: Σ over code points and categories of
    /// *n*(*n* − 1) / (*m* − 1).
    pub fn add(
        &mut self,
        profiles: &[&Profile],
        length: u32,
        agreeing: f64,
        set_of: &dyn Fn(u32) -> Vec<u16>,
    ) {
        let sums = &mut self.row;
        if profiles.len() >= 2 {
            sums.add(LENGTH, f64::from(length) * profiles.len() as f64);
            sums.add(COINCIDING, agreeing);
            for profile in profiles {
                let ends = profile.iter().skip(1).map(|piece| piece.0).chain([length]);
                for ((start, set), end) in profile.iter().zip(ends) {
                    let (set, long) = (set_of(*set), f64::from(end - start));
                    let own = if set.is_empty() { long } else { long * long };
                    let next = self.categories.len() as u32;
                    let category = *self.categories.entry(set).or_insert(next);
                    sums.add(FIRST + 2 * category, long);
                    sums.add(FIRST + 2 * category + 1, own);
                }
            }
        }
        self.rows.push(self.row.take());
    }

    pub fn tally(self, label: &str) -> Tally {
        let categories = self.categories.len();
        let evaluate = move |sums: &[f64]| {
            let each = (0..categories).map(|c| {
                let at = FIRST as usize + 2 * c;
                (sums[at], sums[at + 1])
            });
            alpha_u(sums[LENGTH as usize], sums[COINCIDING as usize], each)
        };
        let measure = Measure {
            subject: Subject::new(Metric::KrippendorffAlphaU, label),
            evaluate: Arc::new(evaluate),
            units: column(LENGTH),
            details: Details::None,
        };
        Tally { rows: self.rows, width: FIRST as usize + 2 * categories, measures: vec![measure] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alpha(texts: &[(&[Profile], u32, f64)]) -> Result<f64, Undefined> {
        let mut unitizing = Unitizing::default();
        for (profiles, length, agreeing) in texts {
            let profiles: Vec<&Profile> = profiles.iter().collect();
            unitizing
                .add(&profiles, *length, *agreeing, &|set| if set == 0 { vec![] } else { vec![set as u16] });
        }
        let tally = unitizing.tally("*");
        (tally.measures[0].evaluate)(&tally.totals())
    }

    #[test]
    fn perfect_agreement_is_one_and_two_texts_are_pooled() {
        let one = vec![(0, 0), (4, 1), (9, 0)];
        assert_eq!(alpha(&[(&[one.clone(), one.clone()], 20, 40.0)]), Ok(1.0));
        let both =
            alpha(&[(&[one.clone(), one], 20, 40.0), (&[vec![(0, 1)], vec![(0, 0)]], 5, 0.0)]).unwrap();
        assert!(both < 1.0 && both > 0.0, "{both}");
    }

    #[test]
    fn by_hand() {
        // Ten code points; the first marks 2-6, the second 4-8: they agree on 2 in and 4 out, each side counted: 12 of 20.
        // Units 8 and 12 code points; own pairs 16 + 16 and 6 + 6. ε = 20·(64 − 32)/(400 − 44) + 20·(144 − 12)/356 = 9.2134…
        let (one, other) = (vec![(0, 0), (2, 1), (6, 0)], vec![(0, 0), (4, 1), (8, 0)]);
        let found = alpha(&[(&[one, other], 10, 12.0)]).unwrap();
        let expected = 20.0 * (32.0 + 132.0) / 356.0;
        assert!((found - (1.0 - 8.0 / (20.0 - expected))).abs() < 1e-12, "{found}");
    }

    #[test]
    fn nothing_marked_is_undefined() {
        assert_eq!(alpha(&[(&[vec![(0, 0)], vec![(0, 0)]], 10, 20.0)]), Err(Undefined::OneCategory));
        assert_eq!(alpha(&[]), Err(Undefined::NoUnits));
    }
}
