//! Names as brat can store them: ASCII letters, digits, `_` and `-` (`normalize_to_storage_form` of its `projectconfig.py`).

use std::borrow::Cow;
use std::fmt::Write as _;

/// The name in brat's signs. Others become `_U0434_`, their code point; [`decoded`] turns them back.
pub(super) fn encoded(name: &str) -> Cow<'_, str> {
    if name.is_empty() {
        return Cow::Borrowed("_U_");
    }
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if name.chars().all(fits) && !name.contains("_U") {
        return Cow::Borrowed(name);
    }
    let mut out = String::new();
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        if !fits(c) || (c == '_' && rest.peek() == Some(&'U')) {
            // Writing to a string never fails.
            let _ = write!(out, "_U{:04X}_", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// The name that [`encoded`] was given; other names stay as they are.
pub(super) fn decoded(name: &str) -> String {
    if name == "_U_" {
        return String::new();
    }
    let mut out = String::new();
    let mut rest = name;
    while let Some(at) = rest.find("_U") {
        out.push_str(&rest[..at]);
        let after = &rest[at + 2..];
        let sign = after.split_once('_').and_then(|(digits, tail)| {
            let is_hex = (4..=6).contains(&digits.len())
                && digits.bytes().all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b));
            let sign = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
            is_hex.then_some((sign, tail))
        });
        match sign {
            Some((sign, tail)) => {
                out.push(sign);
                rest = tail;
            }
            None => {
                out.push_str("_U");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// A role without the number that tells it from others of its name: `Org-Arg2` → `Org-Arg`, 2. The first has no number.
pub(super) fn split_role(role: &str) -> (&str, Option<u32>) {
    let base = role.trim_end_matches(|c: char| c.is_ascii_digit());
    if base.is_empty() { (role, None) } else { (base, role[base.len()..].parse().ok()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_names_stay() {
        assert_eq!(encoded("Org-Arg_2"), "Org-Arg_2");
        assert_eq!(encoded("да"), "_U0434__U0430_");
        assert_eq!(decoded("fo_ude_bar"), "fo_ude_bar");
        assert_eq!(split_role("Org-Arg12"), ("Org-Arg", Some(12)));
        assert_eq!(split_role("7"), ("7", None));
    }

    proptest! {
        #[test]
        fn every_name_comes_back(name in "[a-zA-Z_U0-9A-F \\-|:дё😀]{0,12}") {
            let stored = encoded(&name).into_owned();
            prop_assert!(!stored.is_empty());
            prop_assert!(stored.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-'));
            prop_assert_eq!(decoded(&stored), name);
        }
    }
}
