//! Offsets that cannot be mixed up, and a range that cannot be inside out.

use std::cmp::Ordering;
use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A range of UTF-8 byte positions, half-open.
pub type ByteRange = std::ops::Range<usize>;

macro_rules! offset {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// The plain number.
            pub const fn get(self) -> u32 {
                self.0
            }

            /// The number as an index; lossless on every platform the program supports.
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<u32> for $name {
            fn from(value: u32) -> Self {
                Self(value)
            }
        }

        impl From<$name> for u32 {
            fn from(value: $name) -> u32 {
                value.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, out)
            }
        }
    };
}

offset! {
    /// A position counted in bytes of the canonical text's UTF-8.
    ByteOffset
}
offset! {
    /// A position counted in Unicode scalar values of the canonical text: the unit of everything that is stored.
    CodePoint
}
offset! {
    /// A position counted in UTF-16 code units of the canonical text, as JavaScript, Java and C# count.
    Utf16Offset
}

/// A half-open stretch `[start, end)` of a text, in code points.
///
/// It cannot be inside out. It can be empty: some sources hold empty spans, which are kept and reported rather than
/// dropped. Ranges sort by start, then *longest first*, so that an outer range comes before those nested in it.
/// Serialised as the pair `[start, end]`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct TextRange {
    start: CodePoint,
    end: CodePoint,
}

impl TextRange {
    /// The range from `start` up to `end`, or `None` if `end` lies before `start`.
    pub fn new(start: impl Into<CodePoint>, end: impl Into<CodePoint>) -> Option<TextRange> {
        let (start, end) = (start.into(), end.into());
        (start <= end).then_some(TextRange { start, end })
    }

    /// The empty range at `at`.
    pub fn empty(at: impl Into<CodePoint>) -> TextRange {
        let at = at.into();
        TextRange { start: at, end: at }
    }

    /// The range between two positions given in either order, as a mouse drag gives them.
    pub fn between(one: impl Into<CodePoint>, other: impl Into<CodePoint>) -> TextRange {
        let (one, other) = (one.into(), other.into());
        TextRange { start: one.min(other), end: one.max(other) }
    }

    /// First position inside.
    pub const fn start(self) -> CodePoint {
        self.start
    }

    /// First position after.
    pub const fn end(self) -> CodePoint {
        self.end
    }

    /// Number of code points.
    pub const fn len(self) -> u32 {
        self.end.0 - self.start.0
    }

    /// Whether no code point lies inside.
    pub const fn is_empty(self) -> bool {
        self.start.0 == self.end.0
    }

    /// Whether the code point *at* this position lies inside; the end does not.
    pub fn contains(self, position: impl Into<CodePoint>) -> bool {
        let position = position.into();
        self.start <= position && position < self.end
    }

    /// Whether the two share at least one code point. An empty range overlaps nothing.
    pub fn overlaps(self, other: TextRange) -> bool {
        self.start.max(other.start) < self.end.min(other.end)
    }

    /// The code points both share, or `None` if there are none.
    pub fn intersection(self, other: TextRange) -> Option<TextRange> {
        self.overlaps(other)
            .then(|| TextRange { start: self.start.max(other.start), end: self.end.min(other.end) })
    }

    /// The smallest range that holds both.
    pub fn hull(self, other: TextRange) -> TextRange {
        TextRange { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies wholly inside, shared edges included. Every range encloses itself.
    pub fn encloses(self, other: TextRange) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl Ord for TextRange {
    fn cmp(&self, other: &Self) -> Ordering {
        self.start.cmp(&other.start).then(other.end.cmp(&self.end))
    }
}

impl PartialOrd for TextRange {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for TextRange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}..{}", self.start, self.end)
    }
}

impl Serialize for TextRange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.start, self.end).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for TextRange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (start, end) = <(u32, u32)>::deserialize(deserializer)?;
        TextRange::new(start, end).ok_or_else(|| {
            D::Error::custom(format!(
                "the range [{start}, {end}] ends before it starts; write the smaller number first"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn range(start: u32, end: u32) -> TextRange {
        TextRange::new(start, end).unwrap()
    }

    #[test]
    fn inverted_is_refused_and_empty_is_kept() {
        assert_eq!(TextRange::new(5, 4), None);
        let empty = range(4, 4);
        assert!(empty.is_empty());
        assert!(!empty.contains(4));
        assert!(!empty.overlaps(range(0, 9)));
        assert!(range(0, 9).encloses(empty));
    }

    #[test]
    fn touching_ranges_do_not_overlap() {
        assert!(!range(0, 3).overlaps(range(3, 6)));
        assert_eq!(range(0, 3).intersection(range(3, 6)), None);
        assert_eq!(range(0, 4).intersection(range(3, 6)), Some(range(3, 4)));
        assert_eq!(range(0, 2).hull(range(5, 6)), range(0, 6));
    }

    #[test]
    fn sorts_outer_before_inner() {
        let mut ranges = vec![range(2, 3), range(0, 2), range(0, 9), range(2, 8)];
        ranges.sort();
        assert_eq!(ranges, [range(0, 9), range(0, 2), range(2, 8), range(2, 3)]);
    }

    #[test]
    fn written_as_a_pair_and_refused_inside_out() {
        assert_eq!(serde_json::to_string(&range(3, 7)).unwrap(), "[3,7]");
        assert_eq!(serde_json::from_str::<TextRange>("[3,7]").unwrap(), range(3, 7));
        let fault = serde_json::from_str::<TextRange>("[7,3]").unwrap_err().to_string();
        assert!(fault.contains("[7, 3]") && fault.contains("ends before it starts"), "{fault}");
        let written = ron::to_string(&range(3, 7)).unwrap();
        assert_eq!(ron::from_str::<TextRange>(&written).unwrap(), range(3, 7));
        assert_eq!(ron::from_str::<TextRange>("(3, 7)").unwrap(), range(3, 7));
    }

    proptest! {
        #[test]
        fn set_operations_agree_with_membership(a in 0u32..20, b in 0u32..20, c in 0u32..20, d in 0u32..20) {
            let (one, other) = (TextRange::between(a, b), TextRange::between(c, d));
            let shared: Vec<u32> = (0..20).filter(|&p| one.contains(p) && other.contains(p)).collect();
            prop_assert_eq!(one.overlaps(other), !shared.is_empty());
            let intersection = one.intersection(other);
            prop_assert_eq!(
                shared,
                intersection.map(|r| (r.start().0..r.end().0).collect::<Vec<_>>()).unwrap_or_default()
            );
            prop_assert!(one.hull(other).encloses(one) && one.hull(other).encloses(other));
        }
    }
}
