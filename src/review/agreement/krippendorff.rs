//! Krippendorff's α: one minus observed over expected disagreement, for any number of annotators, with missing values.
//!
//! Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability": values of a unit that only one annotator gave cannot be paired and
//! are left out; a unit with *m* values gives each of its pairs the weight 1 / (*m* − 1).

use super::metric::Undefined;

/// α for nominal data: 1 − (*n* − 1) · (*n* − Σ *o*_cc) / (*n*² − Σ *n*_c²) (section C, step 4). `values` is *n*, the number of
/// pairable values, `agreeing` the sum of the coincidence matrix's diagonal *o*_cc, `used` gives each *n*_c.
///
/// # Errors
/// Fewer than two pairable values, or all of them are the same.
pub fn alpha_nominal(values: f64, agreeing: f64, used: impl Iterator<Item = f64>) -> Result<f64, Undefined> {
    if values <= 1.0 {
        return Err(Undefined::NoUnits);
    }
    let squares: f64 = used.map(|times| times * times).sum();
    let expected = values * values - squares;
    if expected <= values * values * f64::EPSILON * 4.0 {
        return Err(Undefined::OneCategory);
    }
    Ok(1.0 - (values - 1.0) * (values - agreeing) / expected)
}

/// α for ordinal data: the nominal α with the differences (Σ_{c ≤ g ≤ k} *n*_g − (*n*_c + *n*_k) / 2)² (section D). `coincidences` is the square
/// coincidence matrix, row by row, of the values in their order.
///
/// # Errors
/// Fewer than two pairable values, or all of them are the same.
pub fn alpha_ordinal(coincidences: &[f64], values: usize) -> Result<f64, Undefined> {
    let used: Vec<f64> =
        (0..values).map(|c| coincidences[c * values..][..values].iter().sum::<f64>()).collect();
    let all: f64 = used.iter().sum();
    if all <= 1.0 {
        return Err(Undefined::NoUnits);
    }
    let (mut observed, mut expected) = (0.0, 0.0);
    for c in 0..values {
        // Half of the first value; each step adds the second half of the one before and the first half of the next.
        let mut between = 0.0;
        for k in c + 1..values {
            between += (used[k - 1] + used[k]) / 2.0;
            let difference = between * between;
            observed += (coincidences[c * values + k] + coincidences[k * values + c]) * difference;
            expected += 2.0 * used[c] * used[k] * difference;
        }
    }
    if expected <= 0.0 {
        return Err(Undefined::OneCategory);
    }
    Ok(1.0 - (all - 1.0) * observed / expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Krippendorff 2011, section C: four observers, twelve units, missing values.
    const RELIABILITY: [[u8; 12]; 4] = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
        [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    ];

    fn coincidences() -> Vec<f64> {
        let mut matrix = vec![0.0; 25];
        for unit in 0..12 {
            let given: Vec<usize> =
                RELIABILITY.iter().map(|o| o[unit]).filter(|v| *v > 0).map(|v| usize::from(v) - 1).collect();
            for (i, c) in given.iter().enumerate() {
                for (j, k) in given.iter().enumerate() {
                    if i != j {
                        matrix[c * 5 + k] += 1.0 / (given.len() as f64 - 1.0);
                    }
                }
            }
        }
        matrix
    }

    #[test]
    fn the_paper_s_nominal_and_ordinal_values() {
        let matrix = coincidences();
        let used: Vec<f64> = (0..5).map(|c| matrix[c * 5..][..5].iter().sum()).collect();
        let diagonal = (0..5).map(|c| matrix[c * 6]).sum();
        let nominal = alpha_nominal(40.0, diagonal, used.into_iter()).unwrap();
        assert!((nominal - 0.743_421_052_6).abs() < 1e-9, "{nominal}");
        let ordinal = alpha_ordinal(&matrix, 5).unwrap();
        assert!((ordinal - 0.815_387_795_9).abs() < 1e-6, "{ordinal}");
    }

    #[test]
    fn one_value_throughout_has_no_alpha() {
        assert_eq!(alpha_nominal(8.0, 8.0, [8.0].into_iter()), Err(Undefined::OneCategory));
        assert_eq!(alpha_ordinal(&[8.0], 1), Err(Undefined::OneCategory));
        assert_eq!(alpha_ordinal(&[0.0; 4], 2), Err(Undefined::NoUnits));
    }
}
