//! The caret and the selection: where they are and how they move. Bytes of the canonical text, always at grapheme boundaries.

use std::ops::Range;

use crate::text::{
    CanonicalText, ceil_grapheme, floor_grapheme, next_grapheme, next_word, prev_grapheme, prev_word,
    sentence_at, word_at,
};

/// How far one step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// One grapheme cluster: what a reader takes for one character.
    Character,
    /// To the next word.
    Word,
    /// To the next sentence.
    Sentence,
    /// To the next paragraph.
    Paragraph,
    /// To the row above or below.
    Row,
    /// To the row's edge.
    RowEdge,
    /// About a screen.
    Page,
    /// To the start or end of the text.
    Text,
}

/// What the caret is told to do at the next frame: vertical moves need the layout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CaretAct {
    /// Step.
    Move {
        /// How far.
        unit: Unit,
        /// Which way.
        forward: bool,
        /// Whether the selection grows.
        extend: bool,
    },
    /// Widen the selection: word, sentence, paragraph, text.
    Expand,
    /// Take back the last widening.
    Contract,
    /// Select the whole text.
    All,
}

/// What is selected: from `anchor`, where selecting began, to `head`, where the caret is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Where selecting began.
    pub anchor: usize,
    /// Where the caret is.
    pub head: usize,
}

impl Selection {
    /// A caret alone.
    pub fn caret(at: usize) -> Self {
        Self { anchor: at, head: at }
    }

    /// A selection of a range with the caret at its end.
    pub fn of(range: Range<usize>) -> Self {
        Self { anchor: range.start, head: range.end }
    }

    /// The selected bytes.
    pub fn range(self) -> Range<usize> {
        self.anchor.min(self.head)..self.anchor.max(self.head)
    }

    /// Whether nothing is selected.
    pub fn is_empty(self) -> bool {
        self.anchor == self.head
    }
}

/// Where the word after `from` ends: where a growing selection stops, so that it takes the word and not the comma behind it.
pub fn word_end_after(text: &CanonicalText, from: usize) -> usize {
    let all = text.as_str();
    let mut at = from;
    loop {
        match word_at(all, at).filter(|word| word.end > from) {
            Some(word) => return word.end,
            None if at >= all.len() => return all.len(),
            None => at = next_grapheme(all, at),
        }
    }
}

/// Where a caret at `from` gets by one step of a unit that needs no layout; `None` for those that do.
pub fn step(text: &CanonicalText, from: usize, unit: Unit, forward: bool) -> Option<usize> {
    let all = text.as_str();
    Some(match (unit, forward) {
        (Unit::Character, true) => next_grapheme(all, from),
        (Unit::Character, false) => prev_grapheme(all, from),
        (Unit::Word, true) => next_word(all, from),
        (Unit::Word, false) => prev_word(all, from),
        (Unit::Sentence, true) => {
            let end = sentence_at(all, from).end;
            skip_white(all, if end > from { end } else { next_grapheme(all, from) })
        }
        (Unit::Sentence, false) => {
            let start = sentence_at(all, from).start;
            let to = if start < from { start } else { sentence_at(all, back_over_white(all, from)).start };
            // White space before the first sentence belongs to none.
            if to < from { to } else { 0 }
        }
        (Unit::Paragraph, true) => {
            let end = line_end(all, from);
            skip_white(all, end)
        }
        (Unit::Paragraph, false) => {
            let start = line_start(all, from);
            if start < from { start } else { line_start(all, back_over_white(all, from)) }
        }
        (Unit::Text, true) => all.len(),
        (Unit::Text, false) => 0,
        (Unit::Row | Unit::RowEdge | Unit::Page, _) => return None,
    })
}

fn skip_white(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    from + (rest.len() - rest.trim_start().len())
}

/// A place inside whatever stands before the white space before `from`.
fn back_over_white(text: &str, from: usize) -> usize {
    let kept = text[..from].trim_end().len();
    prev_grapheme(text, kept)
}

fn line_start(text: &str, at: usize) -> usize {
    memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |n| n + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n)
}

/// The range of a unit around a place: what double, triple and quadruple clicks select.
pub fn unit_at(text: &CanonicalText, at: usize, unit: Unit) -> Range<usize> {
    let all = text.as_str();
    match unit {
        Unit::Word => word_at(all, at).unwrap_or_else(|| {
            let from = floor_grapheme(all, at);
            from..next_grapheme(all, from)
        }),
        Unit::Sentence => trimmed(all, sentence_at(all, at)),
        Unit::Paragraph | Unit::Row | Unit::RowEdge | Unit::Page => {
            trimmed(all, line_start(all, at)..line_end(all, at))
        }
        Unit::Text => 0..all.len(),
        Unit::Character => floor_grapheme(all, at)..ceil_grapheme(all, at),
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    if slice.trim().is_empty() {
        return range;
    }
    let start = range.start + (slice.len() - slice.trim_start().len());
    start..start + slice.trim().len()
}

/// The next larger range around a selection: word, sentence, paragraph, text.
pub fn expanded(text: &CanonicalText, selection: Range<usize>) -> Range<usize> {
    [Unit::Word, Unit::Sentence, Unit::Paragraph, Unit::Text]
        .into_iter()
        .map(|unit| {
            let first = unit_at(text, selection.start, unit);
            let last = unit_at(text, prev_grapheme(text.as_str(), selection.end).max(selection.start), unit);
            first.start.min(selection.start)..last.end.max(selection.end)
        })
        .find(|wider| wider.len() > selection.len())
        .unwrap_or(selection)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `|` is the caret, `[…]` a selection.
    fn moves(marked: &str, unit: Unit, forward: bool) -> String {
        let at = marked.find('|').unwrap();
        let plain = marked.replace('|', "");
        let to = step(&CanonicalText::new(&plain), at, unit, forward).unwrap();
        format!("{}|{}", &plain[..to], &plain[to..])
    }

    #[test]
    fn steps_go_where_a_reader_expects() {
        use Unit::*;
        for (from, unit, forward, to) in [
            ("за|\u{301}мок", Character, true, "за\u{301}|мок"),
            ("👩\u{200d}🚒|да", Character, false, "|👩\u{200d}🚒да"),
            ("Кирилл| Дмитриев", Word, true, "Кирилл |Дмитриев"),
            ("Да. |Нет. Может", Sentence, true, "Да. Нет. |Может"),
            ("Да. Нет. |Может", Sentence, false, "Да. |Нет. Может"),
            ("Да. Не|т.", Sentence, false, "Да. |Нет."),
            ("a|b\n\ncd", Paragraph, true, "ab\n\n|cd"),
            ("ab\n\n|cd", Paragraph, false, "|ab\n\ncd"),
            ("a|b", Text, true, "ab|"),
        ] {
            assert_eq!(moves(from, unit, forward), to, "{from} {unit:?} {forward}");
        }
    }

    #[test]
    fn a_growing_selection_stops_at_ends_of_words() {
        let text = CanonicalText::new("Стив Уиткофф, и он.");
        let mut at = 0;
        let mut seen = vec![];
        for _ in 0..4 {
            at = word_end_after(&text, at);
            seen.push(&text.as_str()[..at]);
        }
        assert_eq!(seen, ["Стив", "Стив Уиткофф", "Стив Уиткофф, и", "Стив Уиткофф, и он"]);
        assert_eq!(word_end_after(&text, at), text.len_bytes());
    }

    #[test]
    fn selections_widen_step_by_step() {
        let text = CanonicalText::new("Да. Нет, может быть.\nКонец");
        let at = "Да. Нет, мо".len();
        let mut seen = vec![];
        let mut range = at..at;
        for _ in 0..4 {
            range = expanded(&text, range);
            seen.push(&text.as_str()[range.clone()]);
        }
        assert_eq!(
            seen,
            ["может", "Нет, может быть.", "Да. Нет, может быть.", "Да. Нет, может быть.\nКонец"]
        );
    }

    proptest! {
        #[test]
        fn every_unit_reaches_both_ends(text in "[а-яё .!?\n🙂\u{301}a-z-]{0,80}") {
            let text = CanonicalText::new(&text);
            for unit in [Unit::Character, Unit::Word, Unit::Sentence, Unit::Paragraph] {
                let (mut at, mut steps) = (0, 0);
                while at < text.as_str().len() {
                    let to = step(&text, at, unit, true).unwrap();
                    prop_assert!(to > at, "{unit:?} stands still at {at}");
                    at = to;
                    steps += 1;
                    prop_assert!(steps < 1000);
                }
                while at > 0 {
                    let to = step(&text, at, unit, false).unwrap();
                    prop_assert!(to < at, "{unit:?} stands still at {at} going back");
                    at = to;
                }
            }
        }
    }
}
