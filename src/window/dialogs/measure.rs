//! Sizes and days in words.

use std::time::SystemTime;

use crate::window::words::{Language, Words};

/// A size in bytes as people read it: `512 B`, `3.4 KB`, `12 MB`, in units of 1000.
pub fn size(words: &Words, bytes: u64) -> String {
    let units = ["size-bytes", "size-kilobytes", "size-megabytes", "size-gigabytes"];
    let mut value = bytes as f64;
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < units.len() {
        value /= 1000.0;
        unit += 1;
    }
    let mut number = if unit == 0 || value >= 9.95 { format!("{value:.0}") } else { format!("{value:.1}") };
    if words.language() != Language::English {
        number = number.replace('.', ",");
    }
    words.with(units[unit], &[("n", (&number).into())])
}

/// The day of a time, `2026-01-21`. In UTC: near midnight it may be the day before or after.
pub fn day(time: SystemTime) -> Option<String> {
    let time = jiff::Timestamp::try_from(time).ok()?;
    Some(time.to_zoned(jiff::tz::TimeZone::UTC).date().to_string())
}

/// A whole number with no-break spaces between its thousands: `12 345`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_keep_two_digits() {
        let said = |language, bytes| size(&Words::new(language), bytes);
        assert_eq!(said(Language::English, 999), "999 B");
        assert_eq!(said(Language::English, 3_421), "3.4 KB");
        assert_eq!(said(Language::Russian, 3_421), "3,4 КБ");
        assert_eq!(said(Language::Ukrainian, 999_600), "1,0 МБ");
        assert_eq!(said(Language::English, 12_000_000), "12 MB");
    }

    #[test]
    fn thousands_stand_apart() {
        let plain = |n| grouped(n).replace('\u{a0}', " ");
        assert_eq!([plain(7), plain(1234), plain(1_234_567)], ["7", "1 234", "1 234 567"]);
    }

    #[test]
    fn days_are_iso() {
        let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_769_000_000);
        assert_eq!(day(time).as_deref(), Some("2026-01-21"));
    }
}
