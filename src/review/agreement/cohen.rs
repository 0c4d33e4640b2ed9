//! Cohen's κ: agreement of two annotators beyond what their own habits would give by chance.

use super::metric::Undefined;

/// κ = (*p*ₒ − *p*ₑ) / (1 − *p*ₑ), with *p*ₑ the sum over categories of the product of both annotators' shares
/// (Cohen 1960, "A coefficient of agreement for nominal scales", eq. 1). `shares` gives how often each annotator used each category.
///
/// # Errors
/// There are no units, or both annotators used one and the same category throughout, so that *p*ₑ = 1.
pub fn cohen_kappa(
    units: f64,
    agreeing: f64,
    used: impl Iterator<Item = (f64, f64)>,
) -> Result<f64, Undefined> {
    if units <= 0.0 {
        return Err(Undefined::NoUnits);
    }
    let chance = used.map(|(one, other)| one * other).sum::<f64>() / (units * units);
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
    fn the_textbook_example() {
        // 50 proposals, two readers: 20 both yes, 15 both no, 5 and 10 differing: pₒ = 0.7, pₑ = 0.5, κ = 0.4.
        let kappa = cohen_kappa(50.0, 35.0, [(25.0, 30.0), (25.0, 20.0)].into_iter()).unwrap();
        assert!((kappa - 0.4).abs() < 1e-12, "{kappa}");
    }

    #[test]
    fn one_category_throughout_has_no_kappa() {
        assert_eq!(cohen_kappa(9.0, 9.0, [(9.0, 9.0)].into_iter()), Err(Undefined::OneCategory));
        assert_eq!(cohen_kappa(9.0, 0.0, [(9.0, 0.0), (0.0, 9.0)].into_iter()), Ok(0.0));
    }
}
