//! Cells of tables that people open in spreadsheets.

use std::borrow::Cow;

/// Signs with which a spreadsheet takes a cell for a formula (OWASP, *CSV Injection*).
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Whether a spreadsheet would take this for a formula, however many apostrophes stand before it. A plain negative number is none, nor
/// is the line of dashes above an article's header: an apostrophe there would shift every offset of the text for whoever forgets it.
fn is_formula(cell: &str) -> bool {
    let cell = cell.trim_start_matches('\'');
    cell.starts_with(FORMULA) && !is_negative_number(cell) && !cell.starts_with("---\n")
}

fn is_negative_number(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or("x");
    digits.starts_with(|c: char| c.is_ascii_digit()) && digits.parse::<f64>().is_ok()
}

/// A text as a cell: one apostrophe goes before what would be a formula, so that it is shown and not run.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    match is_formula(text) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// The text of a cell: the inverse of [`guarded`].
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_formula(text) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        assert_eq!(guarded("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(guarded("-5.5"), "-5.5");
        assert_eq!(guarded("-5+cmd|' /C calc'!A0"), "'-5+cmd|' /C calc'!A0");
        assert_eq!(guarded("'=1"), "''=1", "an apostrophe of the text's own stays its own");
        assert_eq!(guarded("— да"), "— да");
    }

    proptest! {
        #[test]
        fn a_cell_comes_back(text in "['=+@\\-\t\r0-9a]{0,6}") {
            let cell = guarded(&text);
            prop_assert_eq!(unguarded(&cell), text.as_str());
        }
    }
}
