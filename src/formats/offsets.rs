//! Offsets as other programs count them.

use std::fmt;

use crate::text::{CanonicalText, CodePoint, GraphemeIndex, TextRange, UnitTable, Utf16Offset};

/// What one step of an offset is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OffsetUnit {
    /// UTF-16 code units, as JavaScript, Java and C# count.
    Utf16,
    /// Unicode scalar values, as Python counts and as everything of this program is stored.
    #[default]
    CodePoints,
    /// Extended grapheme clusters, what people call characters.
    Graphemes,
    /// Bytes of UTF-8.
    Bytes,
}

impl OffsetUnit {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Utf16, Self::CodePoints, Self::Graphemes, Self::Bytes];

    /// The word on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf16 => "utf16",
            Self::CodePoints => "code-points",
            Self::Graphemes => "graphemes",
            Self::Bytes => "bytes",
        }
    }
}

impl fmt::Display for OffsetUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Converts offsets in one text between a unit and code points.
#[derive(Clone, Debug)]
pub struct UnitConverter<'a> {
    text: &'a str,
    unit: OffsetUnit,
    table: UnitTable,
    graphemes: Option<GraphemeIndex>,
}

impl<'a> UnitConverter<'a> {
    /// A converter for one text, which need not be canonical.
    pub fn new(text: &'a str, unit: OffsetUnit) -> Self {
        Self {
            text,
            unit,
            table: match unit {
                OffsetUnit::CodePoints | OffsetUnit::Graphemes => UnitTable::default(),
                OffsetUnit::Utf16 | OffsetUnit::Bytes => UnitTable::new(text),
            },
            graphemes: (unit == OffsetUnit::Graphemes).then(|| GraphemeIndex::new(text)),
        }
    }

    /// The same for a canonical text.
    pub fn of(text: &'a CanonicalText, unit: OffsetUnit) -> Self {
        Self::new(text.as_str(), unit)
    }

    /// The code point at an offset of the unit. `None` inside a code point, and past the end. Code points themselves are not
    /// looked at: one past the end stays what it is, for validation to tell.
    pub fn to_code_point(&self, offset: u32) -> Option<CodePoint> {
        match self.unit {
            OffsetUnit::CodePoints => Some(CodePoint(offset)),
            OffsetUnit::Utf16 => self.table.code_point_of_utf16(self.text, Utf16Offset(offset)),
            OffsetUnit::Bytes => self.table.code_point_of(self.text, offset.into()),
            OffsetUnit::Graphemes => self.graphemes.as_ref()?.code_point_of(offset),
        }
    }

    /// The offset at which a code point starts. `None` past the end and, for graphemes, inside one.
    pub fn from_code_point(&self, at: CodePoint) -> Option<u32> {
        match self.unit {
            OffsetUnit::CodePoints => Some(at.get()),
            OffsetUnit::Utf16 => self.table.utf16_of(self.text, at).map(u32::from),
            OffsetUnit::Bytes => self.table.byte_of(self.text, at).map(u32::from),
            OffsetUnit::Graphemes => self.graphemes.as_ref()?.grapheme_of(at),
        }
    }

    /// A range in the unit as a pair of offsets.
    pub fn from_range(&self, range: TextRange) -> Option<(u32, u32)> {
        Some((self.from_code_point(range.start())?, self.from_code_point(range.end())?))
    }

    /// The smallest range in the unit that holds this one, in a text of `length` code points. `None` if it reaches past the end.
    pub fn outward(&self, range: TextRange, length: u32) -> Option<(u32, u32)> {
        if range.end().get() > length {
            return None;
        }
        let start = (0..=range.start().get()).rev().find_map(|at| self.from_code_point(CodePoint(at)))?;
        let end = (range.end().get()..=length).find_map(|at| self.from_code_point(CodePoint(at)))?;
        Some((start, end))
    }
}

/// How often the words that a source quotes stand where it says they do, unit by unit.
///
/// Old exports of web programs count UTF-16, newer ones code points, some count graphemes, and none of them says which. Most quote the
/// words they mean; those are evidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UnitEvidence {
    fits: [usize; OffsetUnit::ALL.len()],
    quoted: usize,
}

/// Looks which unit the places of `quoted` words count: `(start, end, words)`, in the text as the source has it. Line ends may differ
/// between text and words; words that are empty say nothing and are passed over.
pub fn recognise_unit(text: &str, quoted: &[(u32, u32, &str)]) -> UnitEvidence {
    let telling = || quoted.iter().filter(|(_, _, words)| !words.is_empty());
    let mut evidence = UnitEvidence { quoted: telling().count(), ..UnitEvidence::default() };
    if evidence.quoted == 0 {
        return evidence;
    }
    // In ASCII without CR-LF, which is one grapheme, all units are one.
    let alike = text.is_ascii() && !text.contains('\r');
    let bytes = UnitTable::new(text);
    for (slot, unit) in OffsetUnit::ALL.into_iter().enumerate() {
        if alike && slot > 0 {
            evidence.fits[slot] = evidence.fits[0];
            continue;
        }
        evidence.fits[slot] = fitting(text, &bytes, unit, quoted);
    }
    evidence
}

/// As [`recognise_unit`], where one unit is expected: if every quotation fits in it, the others, of which none can fit better, are not
/// looked at. Most sources are what they should be, and cutting a text into graphemes takes longer than all else about reading it.
pub(super) fn recognise_unit_or(
    text: &str,
    quoted: &[(u32, u32, &str)],
    expected: OffsetUnit,
) -> UnitEvidence {
    let telling = quoted.iter().filter(|(_, _, words)| !words.is_empty()).count();
    let fits = fitting(text, &UnitTable::new(text), expected, quoted);
    if fits < telling {
        return recognise_unit(text, quoted);
    }
    let mut evidence = UnitEvidence { quoted: telling, ..UnitEvidence::default() };
    evidence.fits[expected as usize] = fits;
    evidence
}

/// How many quotations stand at their places in a unit.
fn fitting(text: &str, bytes: &UnitTable, unit: OffsetUnit, quoted: &[(u32, u32, &str)]) -> usize {
    let telling = || quoted.iter().filter(|(_, _, words)| !words.is_empty());
    let units = UnitConverter::new(text, unit);
    let byte = |offset: u32| bytes.byte_of(text, units.to_code_point(offset)?);
    telling()
        .filter(|(start, end, words)| {
            let place = byte(*start).zip(byte(*end));
            let there = place.and_then(|(start, end)| text.get(start.index()..end.index()));
            there.is_some_and(|there| says(there, words))
        })
        .count()
}

/// Whether two surfaces are the same but for their line ends.
fn says(there: &str, words: &str) -> bool {
    let folded = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
    there == words || (there.contains('\r') || words.contains('\r')) && folded(there) == folded(words)
}

impl UnitEvidence {
    /// How many quotations there were.
    pub fn quoted(&self) -> usize {
        self.quoted
    }

    /// How many of them stand where they should, if the offsets count this unit.
    pub fn fits(&self, unit: OffsetUnit) -> usize {
        self.fits[unit as usize]
    }

    /// The unit in which most of the quotations fit: the `expected` one unless another fits better.
    pub fn best(&self, expected: OffsetUnit) -> OffsetUnit {
        OffsetUnit::ALL
            .into_iter()
            .fold(expected, |best, unit| if self.fits(unit) > self.fits(best) { unit } else { best })
    }

    /// What to tell if the best unit is not the expected one; `None` if it is.
    pub fn surprise(&self, expected: OffsetUnit) -> Option<String> {
        let best = self.best(expected);
        (best != expected).then(|| {
            format!(
                "the offsets count {best}, not {expected}: {} of {} quoted words stand at their places so, {} otherwise; they were read as {best}",
                self.fits(best),
                self.quoted,
                self.fits(expected)
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_unit_counts_its_own_way() {
        // A family of three joined signs, an e with an accent of its own, a letter of two bytes.
        let text = "👩\u{200D}🚒e\u{301}я";
        let at_letter = |unit| UnitConverter::new(text, unit).from_code_point(CodePoint(5)).unwrap();
        assert_eq!(at_letter(OffsetUnit::CodePoints), 5);
        assert_eq!(at_letter(OffsetUnit::Utf16), 7);
        assert_eq!(at_letter(OffsetUnit::Graphemes), 2);
        assert_eq!(at_letter(OffsetUnit::Bytes), 14);
    }

    #[test]
    fn places_inside_a_sign_are_none() {
        let text = "а😀";
        assert_eq!(UnitConverter::new(text, OffsetUnit::Utf16).to_code_point(2), None);
        assert_eq!(UnitConverter::new(text, OffsetUnit::Bytes).to_code_point(1), None);
        let text = "e\u{301}";
        assert_eq!(UnitConverter::new(text, OffsetUnit::Graphemes).from_code_point(CodePoint(1)), None);
    }

    #[test]
    fn the_unit_is_told_by_the_words_that_are_quoted() {
        let text = "\u{1F600} да\r\nнет e\u{301} конец";
        for unit in OffsetUnit::ALL {
            let units = UnitConverter::new(text, unit);
            let quote = |words: &'static str| {
                let start = text.find(words).unwrap();
                let at = |byte: usize| CodePoint(text[..byte].chars().count() as u32);
                let place = |byte| units.from_code_point(at(byte)).unwrap();
                (place(start), place(start + words.len()), words)
            };
            let quotes = [quote("да"), quote("нет"), quote("конец"), (0, 0, "")];
            let evidence = recognise_unit(text, &quotes);
            assert_eq!((evidence.best(OffsetUnit::CodePoints), evidence.quoted()), (unit, 3));
            assert_eq!(evidence.surprise(OffsetUnit::CodePoints).is_some(), unit != OffsetUnit::CodePoints);
        }
        for unit in OffsetUnit::ALL {
            let place =
                (0, UnitConverter::new(text, unit).from_code_point(CodePoint(1)).unwrap(), "\u{1F600}");
            let near = recognise_unit_or(text, &[place], unit);
            assert_eq!((near.best(unit), near.surprise(unit)), (unit, None));
        }
        let other = recognise_unit_or(text, &[(2, 4, "да")], OffsetUnit::Utf16);
        assert_eq!(other.best(OffsetUnit::Utf16), OffsetUnit::CodePoints, "what does not fit is looked at");
        let none = recognise_unit(text, &[(3, 4, "nowhere"), (90, 91, "x"), (5, 2, "y")]);
        assert_eq!(none.best(OffsetUnit::Utf16), OffsetUnit::Utf16, "no evidence, no surprise");
        assert_eq!(recognise_unit("abc", &[(1, 2, "b")]).fits(OffsetUnit::Graphemes), 1);
    }

    proptest! {
        #[test]
        fn what_goes_out_comes_back(text in "[a-яё😀\u{301}\u{200D}\r\n]{0,40}") {
            for unit in OffsetUnit::ALL {
                let units = UnitConverter::new(&text, unit);
                for at in 0..=text.chars().count() as u32 {
                    if let Some(offset) = units.from_code_point(CodePoint(at)) {
                        prop_assert_eq!(units.to_code_point(offset), Some(CodePoint(at)));
                    }
                }
            }
        }
    }
}
