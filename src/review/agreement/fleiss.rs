//! Fleiss' κ: agreement of a fixed number of annotators beyond chance, chance being the categories' overall shares.

use super::metric::Undefined;

/// κ = (*P̄* − *P̄*ₑ) / (1 − *P̄*ₑ), *P̄* the mean share of agreeing pairs of a unit, *P̄*ₑ the sum of squares of the categories' overall shares
/// (Fleiss 1971, "Measuring nominal scale agreement among many raters", eqs. 3, 5, 7). `used` gives how often each category was used by
/// anybody; every unit has one value of each of the annotators. With two annotators this is Scott's π.
///
/// # Errors
/// There are no units, or only one category was ever used.
pub fn fleiss_kappa(units: f64, agreeing: f64, used: impl Iterator<Item = f64>) -> Result<f64, Undefined> {
    if units <= 0.0 {
        return Err(Undefined::NoUnits);
    }
    let (mut all, mut squares) = (0.0, 0.0);
    for times in used {
        all += times;
        squares += times * times;
    }
    let chance = squares / (all * all);
    let left = 1.0 - chance;
    if left <= f64::EPSILON * 4.0 {
        return Err(Undefined::OneCategory);
    }
    Ok((agreeing / units - chance) / left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_subjects_fourteen_raters() {
        // The worked example of the literature: 10 subjects, 14 raters, 5 categories, κ = 0.2099…
        let counts: [[f64; 5]; 10] = [
            [0.0, 0.0, 0.0, 0.0, 14.0],
            [0.0, 2.0, 6.0, 4.0, 2.0],
            [0.0, 0.0, 3.0, 5.0, 6.0],
            [0.0, 3.0, 9.0, 2.0, 0.0],
            [2.0, 2.0, 8.0, 1.0, 1.0],
            [7.0, 7.0, 0.0, 0.0, 0.0],
            [3.0, 2.0, 6.0, 3.0, 0.0],
            [2.0, 5.0, 3.0, 2.0, 2.0],
            [6.0, 5.0, 2.0, 1.0, 0.0],
            [0.0, 2.0, 2.0, 3.0, 7.0],
        ];
        let agreeing =
            counts.iter().map(|row| row.iter().map(|n| n * (n - 1.0)).sum::<f64>() / (14.0 * 13.0)).sum();
        let used = (0..5).map(|c| counts.iter().map(|row| row[c]).sum());
        let kappa = fleiss_kappa(10.0, agreeing, used).unwrap();
        assert!((kappa - 0.209_930_704_422_195_22).abs() < 1e-12, "{kappa}");
    }
}
