//! Dates: a day, a month or a year, typed or stepped.

use egui::{RichText, Ui};
use jiff::civil::Date;

use super::form::Form;
use crate::model::{FieldPath, Value};

/// A day, or only a month or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Partial {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

/// What is stepped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Year,
    Month,
    Day,
}

impl Partial {
    /// Reads `2026`, `2026-01` or `2026-01-21`; `None` if that is no date.
    fn read(text: &str) -> Option<Self> {
        let mut pieces = text.trim().split('-');
        let digits = |piece: &str, count: usize| {
            (piece.len() == count && piece.bytes().all(|b| b.is_ascii_digit())).then(|| piece.parse().ok())?
        };
        let year: i16 = digits(pieces.next()?, 4)?;
        let two = |piece: Option<&str>| match piece {
            None => Some(None),
            Some(piece) => digits(piece, 2).and_then(|n| i8::try_from(n).ok()).map(Some),
        };
        let (month, day) = (two(pieces.next())?, two(pieces.next())?);
        let is_date = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_ok();
        (is_date && pieces.next().is_none()).then_some(Self { year, month, day })
    }

    /// The same with one part a step on or back. A part that was not said begins at its first or last value.
    fn stepped(self, part: Part, by: i8) -> Option<Self> {
        let first_or = |last: i8| if by > 0 { 1 } else { last };
        match (part, self.month, self.day) {
            (Part::Year, ..) => self.within(self.year.checked_add(i16::from(by))?, self.month),
            (Part::Month, None, _) => self.within(self.year, Some(first_or(12))),
            (Part::Month, Some(month), _) => match month + by {
                0 => self.within(self.year.checked_sub(1)?, Some(12)),
                13 => self.within(self.year.checked_add(1)?, Some(1)),
                month => self.within(self.year, Some(month)),
            },
            (Part::Day, month, None) => {
                let month = month.unwrap_or_else(|| first_or(12));
                let last = Date::new(self.year, month, 1).ok()?.days_in_month();
                Some(Self { month: Some(month), day: Some(first_or(last)), ..self })
            }
            (Part::Day, month, Some(day)) => {
                let date = Date::new(self.year, month?, day).ok()?;
                let date = if by > 0 { date.tomorrow() } else { date.yesterday() }.ok()?;
                Some(Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) })
            }
        }
    }

    /// Another year or month; a day that the month does not have becomes its last.
    fn within(self, year: i16, month: Option<i8>) -> Option<Self> {
        let last = Date::new(year, month.unwrap_or(1), 1).ok()?.days_in_month();
        (0..=9999).contains(&year).then_some(Self { year, month, day: self.day.map(|d| d.min(last)) })
    }
}

impl std::fmt::Display for Partial {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

impl Form<'_> {
    /// A date.
    pub(super) fn date(&mut self, ui: &mut Ui, title: &str, path: &FieldPath, value: Option<&Value>) {
        let current = value.and_then(Value::as_text).unwrap_or_default().to_owned();
        ui.horizontal_wrapped(|ui| {
            self.typed(ui, title, path, &current, (110.0, &self.panel.say("field-date-hint")), &|text| {
                Partial::read(text).map(|date| Value::text(date.to_string()))
            });
            self.unset_button(ui, title, path, value);
            let own = self.desk.article.meta.date.as_deref().and_then(Partial::read);
            if let (None, Some(date)) = (value, own) {
                let words = self.panel.with("field-article-date", &[("date", (&date.to_string()).into())]);
                if ui.add_enabled(self.editable, egui::Button::new(words)).clicked() {
                    self.set(path, Some(Value::text(date.to_string())), None);
                }
            }
        });
        if let Some(date) = Partial::read(&current) {
            ui.horizontal_wrapped(|ui| {
                for (part, word) in
                    [(Part::Year, "field-year"), (Part::Month, "field-month"), (Part::Day, "field-day")]
                {
                    ui.spacing_mut().item_spacing.x = 3.0;
                    let word = self.panel.words.say(word);
                    ui.label(RichText::new(&word).small().color(self.panel.tokens.text_soft));
                    for (sign, by) in [("−", -1), ("+", 1)] {
                        if self.small_button(ui, sign, &format!("{title}, {word}: {sign}1"))
                            && let Some(date) = date.stepped(part, by)
                        {
                            self.set(path, Some(Value::text(date.to_string())), None);
                        }
                    }
                }
            });
        }
        if self.is_typing_badly(path, &current, &|text| Partial::read(text).is_some()) {
            let words = self.panel.say("field-date-bad");
            ui.label(RichText::new(words).small().color(self.panel.tokens.error));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_and_years_are_dates_and_nothing_else_is() {
        for good in ["2026", "2026-01", "2026-01-21", "2024-02-29"] {
            assert_eq!(Partial::read(good).unwrap().to_string(), good);
        }
        for bad in ["", "26", "2026-1", "2026-13", "2026-02-30", "2026-01-21-1", "январь", "2026-01-"] {
            assert_eq!(Partial::read(bad), None, "{bad}");
        }
    }

    #[test]
    fn steps_carry_over_and_days_that_are_not_there_become_the_last() {
        for (from, part, by, to) in [
            ("2026-01-31", Part::Month, 1, "2026-02-28"),
            ("2026-12-31", Part::Day, 1, "2027-01-01"),
            ("2024-02-29", Part::Year, 1, "2025-02-28"),
            ("2026-01", Part::Month, -1, "2025-12"),
            ("2026", Part::Month, 1, "2026-01"),
            ("2026-02", Part::Day, -1, "2026-02-28"),
            ("2026", Part::Day, 1, "2026-01-01"),
        ] {
            let stepped = Partial::read(from).unwrap().stepped(part, by).unwrap();
            assert_eq!(stepped.to_string(), to, "{from} {part:?} {by}");
        }
    }
}
