//! Whole numbers as decimal digits: documents of tokens hold thousands of them, and formatting machinery would take longer than all else.

/// Adds a number in decimal digits.
pub(super) fn push_number(out: &mut Vec<u8>, number: impl Into<i64>) {
    let number = number.into();
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    let mut rest = number.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        at -= 1;
        digits[at] = b'-';
    }
    out.extend_from_slice(&digits[at..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn digits_are_those_of_the_standard_library(number in prop_oneof![any::<i64>(), -200i64..200]) {
            for number in [number, i64::MIN, i64::MAX] {
                let mut out = b"x".to_vec();
                push_number(&mut out, number);
                prop_assert_eq!(out, format!("x{number}").into_bytes());
            }
        }
    }
}
