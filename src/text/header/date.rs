//! Days as people write them in English, Russian and Ukrainian.

/// Beginnings of the months' names, which are enough to tell them in any case.
const MONTHS: [&[&str]; 12] = [
    &["jan", "янв", "січ"],
    &["feb", "фев", "лют"],
    &["mar", "мар", "бер"],
    &["apr", "апр", "кві"],
    &["may", "май", "мая", "тра"],
    &["jun", "июн", "чер"],
    &["jul", "июл", "лип"],
    &["aug", "авг", "сер"],
    &["sep", "сен", "вер"],
    &["oct", "окт", "жов"],
    &["nov", "ноя", "лис"],
    &["dec", "дек", "гру"],
];

/// A day as ISO 8601, `2026-01-21`, from that form (a time after it is left out), `21.01.2026`, `21/01/2026`,
/// `21 января 2026 г.`, `21 січня 2026`, `January 21, 2026`, `21 Jan 2026`, `Wed, 21 Jan 2026 10:00:00 +0300`.
///
/// `None` for anything else and for days that do not exist. With slashes the day comes first, unless that cannot be.
pub fn iso_date(written: &str) -> Option<String> {
    let written = written.trim();
    let (date, length) = leading_date(after_weekday(written))?;
    let rest = after_weekday(written)[length..].trim_start_matches([',', '.', ' ', '\u{A0}']);
    is_time(rest).then_some(date)
}

/// `Wed, ` and `среда, ` at the beginning say nothing new.
fn after_weekday(written: &str) -> &str {
    match written.split_once(", ") {
        Some((day, rest))
            if day.chars().all(char::is_alphabetic) && rest.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            rest
        }
        _ => written,
    }
}

/// Whether nothing but a time of day is left.
fn is_time(rest: &str) -> bool {
    let rest = rest.strip_prefix("в ").or_else(|| rest.strip_prefix("о ")).unwrap_or(rest);
    rest.is_empty()
        || (rest.starts_with(|c: char| c.is_ascii_digit() || c == 'T')
            && rest.contains(':')
            && rest.chars().count() <= 32
            && rest.chars().filter(|c| c.is_alphabetic()).count() <= 5)
}

/// A day at the beginning of a text, in ISO 8601, and how many bytes it takes.
pub(super) fn leading_date(text: &str) -> Option<(String, usize)> {
    let (first, after) = number(text)?.or_else_month(text)?;
    match first {
        First::Number(value, digits) => {
            let rest = &text[after..];
            let separator = rest.chars().next()?;
            match separator {
                '-' | '.' | '/' => {
                    let (second, at) = plain_number(rest, 1)?;
                    if digits == 4 && rest[at..].starts_with(separator) {
                        let (third, end) = plain_number(rest, at + 1)?;
                        return Some((day(value, second, third)?, after + time_end(rest, end)));
                    }
                    if !rest[at..].starts_with(separator) {
                        return None;
                    }
                    let (year, end) = plain_number(rest, at + 1).filter(|&(_, end)| end - at == 5)?;
                    let found = day(year, second, value)
                        .or_else(|| (separator == '/').then(|| day(year, value, second)).flatten())?;
                    Some((found, after + end))
                }
                ' ' | '\u{A0}' => {
                    let name_at = separator.len_utf8();
                    let (month, name_end) = month(&rest[name_at..])?;
                    let gap = &rest[name_at + name_end..];
                    let year_at = gap.len() - gap.trim_start_matches([' ', '\u{A0}', ',', '.']).len();
                    let (year, end) = plain_number(gap, year_at).filter(|&(_, end)| end - year_at == 4)?;
                    let found = day(year, month, value)?;
                    Some((found, after + name_at + name_end + year_end(gap, end)))
                }
                _ => None,
            }
        }
        First::Month(month) => {
            let rest = &text[after..];
            let day_at = rest.len() - rest.trim_start_matches([' ', '\u{A0}', '.']).len();
            let (value, at) = plain_number(rest, day_at)?;
            let gap = &rest[at..];
            let gap = gap.strip_prefix("st").or(gap.strip_prefix("nd")).unwrap_or(gap);
            let gap = gap.strip_prefix("rd").or(gap.strip_prefix("th")).unwrap_or(gap);
            let at = rest.len() - gap.len();
            let year_at = gap.len() - gap.trim_start_matches([' ', '\u{A0}', ',']).len();
            let (year, end) =
                plain_number(gap, year_at).filter(|&(_, end)| year_at > 0 && end - year_at == 4)?;
            Some((day(year, month, value)?, after + at + end))
        }
    }
}

enum First {
    Number(u32, usize),
    Month(u32),
}

struct Start(Option<(u32, usize)>);

fn number(text: &str) -> Option<Start> {
    (!text.is_empty()).then(|| Start(plain_number(text, 0)))
}

impl Start {
    fn or_else_month(self, text: &str) -> Option<(First, usize)> {
        match self.0 {
            Some((value, end)) => Some((First::Number(value, end), end)),
            None => month(text).map(|(month, end)| (First::Month(month), end)),
        }
    }
}

/// A number of at most four digits at a byte, and where it ends.
fn plain_number(text: &str, at: usize) -> Option<(u32, usize)> {
    let digits = text.get(at..)?.bytes().take_while(u8::is_ascii_digit).count();
    let end = at + digits;
    if !(1..=4).contains(&digits) {
        return None;
    }
    Some((text[at..end].parse().ok()?, end))
}

/// A month's name at the beginning, and where it ends.
fn month(text: &str) -> Option<(u32, usize)> {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let name = text[..end].to_lowercase();
    if name.chars().count() > 10 {
        return None;
    }
    let found = MONTHS
        .iter()
        .position(|beginnings| beginnings.iter().any(|beginning| name.starts_with(beginning)))?;
    Some((found as u32 + 1, end))
}

/// The end of an ISO time written without a space after the day: `2026-01-21T10:00:00Z`.
fn time_end(text: &str, end: usize) -> usize {
    let rest = &text[end..];
    if !rest.starts_with('T') {
        return end;
    }
    end + rest
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, 'T' | 'Z' | ':' | '.' | '+' | '-')))
        .unwrap_or(rest.len())
}

/// The end of ` г.`, ` года`, ` р.`, ` року` after a year.
fn year_end(text: &str, end: usize) -> usize {
    let rest = &text[end..];
    let trimmed = rest.trim_start_matches([' ', '\u{A0}']);
    for word in ["года", "року", "г.", "р."] {
        if let Some(after) = trimmed.strip_prefix(word)
            && !after.starts_with(char::is_alphanumeric)
        {
            return text.len() - after.len();
        }
    }
    end
}

/// A day that exists, in ISO 8601.
fn day(year: u32, month: u32, day: u32) -> Option<String> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    ((1000..=9999).contains(&year) && (1..=days).contains(&day))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_three_languages_become_iso() {
        for written in [
            "2026-01-21",
            "2026-01-21T10:15:00Z",
            "2026-01-21 10:15",
            "2026/1/21",
            "21.01.2026",
            "21.1.2026, 10:15",
            "21/01/2026",
            "1/21/2026",
            "21 января 2026",
            "21 января 2026 г.",
            "21 января 2026 года, 10:15",
            "21 січня 2026",
            "21 січня 2026 р.",
            "21\u{A0}января 2026",
            "January 21, 2026",
            "Jan. 21, 2026",
            "January 21st, 2026",
            "21 January 2026",
            "Wed, 21 Jan 2026 10:15:00 +0300",
            "среда, 21 января 2026",
        ] {
            assert_eq!(iso_date(written).as_deref(), Some("2026-01-21"), "{written}");
        }
        for (month, name) in (1..).zip([
            "січня",
            "лютого",
            "березня",
            "квітня",
            "травня",
            "червня",
            "липня",
            "серпня",
            "вересня",
            "жовтня",
            "листопада",
            "грудня",
        ]) {
            assert_eq!(iso_date(&format!("7 {name} 2025")), Some(format!("2025-{month:02}-07")), "{name}");
        }
        for (month, name) in (1..).zip([
            "января",
            "февраля",
            "марта",
            "апреля",
            "мая",
            "июня",
            "июля",
            "августа",
            "сентября",
            "октября",
            "ноября",
            "декабря",
        ]) {
            assert_eq!(iso_date(&format!("7 {name} 2025")), Some(format!("2025-{month:02}-07")), "{name}");
        }
    }

    #[test]
    fn what_is_no_day_stays_as_it_is() {
        for written in [
            "",
            "yesterday",
            "31.02.2026",
            "2026-13-01",
            "29.02.2025",
            "21.01.26",
            "2026",
            "21.01.2026 was it",
        ] {
            assert_eq!(iso_date(written), None, "{written}");
        }
        assert_eq!(iso_date("29.02.2024").as_deref(), Some("2024-02-29"));
    }
}
