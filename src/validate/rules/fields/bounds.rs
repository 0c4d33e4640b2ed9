//! Numbers and dates.

use crate::model::{FieldKind, Value};
use crate::text::iso_date;
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::ValueSite;

fn out_of_bounds(site: &ValueSite, findings: &mut Findings) {
    let (FieldKind::Number { min, max, .. }, Some(number)) = (site.kind(), site.value.as_number()) else {
        return;
    };
    if min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max) {
        let bounds = match (min, max) {
            (Some(min), Some(max)) => format!("{min} to {max}"),
            (Some(min), None) => format!("{min} or more"),
            (None, Some(max)) => format!("{max} or less"),
            (None, None) => String::new(),
        };
        findings.push(site.draft().arg("bounds", bounds));
    }
}

rule!(
    NUMBER_OUT_OF_BOUNDS = "P311" "number-out-of-bounds" Error Never Check::Value(out_of_bounds),
    "A number is smaller or greater than the schema allows.",
    message: "{path} of {owner} is {value}; the schema allows {bounds}. Correct the number.",
    does: "Finds numbers outside the field's `min` and `max`.",
    bad: "Means and comparisons over the field go wrong.",
    example: "`\"confidence\": 7` on a scale of 1 to 5.",
    mend: "Correct the number.",
);

fn not_whole(site: &ValueSite, findings: &mut Findings) {
    if let FieldKind::Number { whole: true, .. } = site.kind()
        && let Value::Number(number) = site.value
    {
        // 4.0 is the whole number 4 in another spelling; beyond this range a double cannot tell neighbours apart.
        let same = (number.fract() == 0.0 && number.abs() < 9e15).then_some(*number as i64);
        let changes = same.and_then(|whole| site.put(Some(Value::Integer(whole))));
        findings.push(site.draft().fix("Write it as a whole number", true, changes));
    }
}

rule!(
    NUMBER_NOT_WHOLE = "P312" "number-not-whole" Error Safe Check::Value(not_whole),
    "A number is not whole where only whole numbers will do.",
    message: "{path} of {owner} is {value}; only whole numbers will do. Correct the number.",
    does: "Finds numbers with a fraction in fields with `whole: true`.",
    bad: "Scales such as 1 to 5 have no half steps; counts by value split up.",
    example: "`\"strength\": 2.5`",
    mend: "Correct the number.",
    safety: "Safe for numbers such as `4.0`, which are whole but written with a fraction; else there is no fix.",
);

/// Whether this is a day, a month or a year: `2026-01-21`, `2026-01`, `2026`.
pub(in crate::validate::rules) fn is_date(text: &str) -> bool {
    let is_digits =
        |part: &str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    let month = |part: &str| is_digits(part, 2) && matches!(part.parse(), Ok(1..=12u8));
    match parts.as_slice() {
        [year] => is_digits(year, 4),
        [year, m] => is_digits(year, 4) && month(m),
        [year, m, day] => {
            is_digits(year, 4) && month(m) && is_digits(day, 2) && iso_date(text).as_deref() == Some(text)
        }
        _ => false,
    }
}

fn date_malformed(site: &ValueSite, findings: &mut Findings) {
    let (FieldKind::Date, Some(text)) = (site.kind(), site.value.as_text()) else {
        return;
    };
    if text.trim().is_empty() || is_date(text) {
        return;
    }
    let changes = iso_date(text).and_then(|date| site.put(Some(Value::Text(date))));
    findings.push(site.draft().fix("Write the date as year-month-day", false, changes));
}

rule!(
    DATE_MALFORMED = "P313" "date-malformed" Error Offered Check::Value(date_malformed),
    "A date is not written as a date, or there is no such day.",
    message: "{path} of {owner} is “{value}”, which is no date. Write it as 2026-01-21, 2026-01 or 2026.",
    does: "Finds values of date fields that are not a day, a month or a year in ISO 8601, or name a day that does not exist.",
    bad: "Sorting and time axes leave the value out or put it in the wrong place.",
    example: "`\"date\": \"21.01.26\"`, `\"date\": \"2026-02-30\"`",
    mend: "Write the date as `2026-01-21`.",
    safety: "Offered only: `03/04/2026` can be read in two ways.",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_months_or_years() {
        for good in ["2026", "2026-01", "2026-01-21", "2024-02-29"] {
            assert!(is_date(good), "{good}");
        }
        for bad in [
            "26",
            "2026-13",
            "2026-00",
            "2026-02-30",
            "2023-02-29",
            "2026-1-2",
            "21.01.2026",
            "",
            "2026-01-21T10:00",
        ] {
            assert!(!is_date(bad), "{bad}");
        }
    }
}
