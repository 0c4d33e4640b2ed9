//! Observed agreement: the share of units on which annotators say the same.

use super::metric::Undefined;

/// Of `units` units, the sum of each unit's share of agreeing pairs of annotators, over the number of units. With two annotators that
/// is the share of units on which both say the same (Scott 1955, *P*ₒ); with more, Fleiss' mean *P̄* (Fleiss 1971).
///
/// # Errors
/// There are no units.
pub fn observed(units: f64, agreeing: f64) -> Result<f64, Undefined> {
    if units > 0.0 { Ok(agreeing / units) } else { Err(Undefined::NoUnits) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_share_and_undefined_of_nothing() {
        assert_eq!(observed(4.0, 3.0), Ok(0.75));
        assert_eq!(observed(0.0, 0.0), Err(Undefined::NoUnits));
    }
}
