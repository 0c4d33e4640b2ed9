//! Names as brat can store them: ASCII letters, digits, `_` and `-` (`normalize_to_storage_form` of its `projectconfig.py`).

use std::borrow::Cow;

use super::super::rest::{decoded_name, encoded_name};

/// The name in brat's signs.
pub(super) fn encoded(name: &str) -> Cow<'_, str> {
    encoded_name(name, &['-'])
}

/// The name that [`encoded`] was given; other names stay as they are.
pub(super) fn decoded(name: &str) -> String {
    decoded_name(name)
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
