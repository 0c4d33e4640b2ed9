//! From offsets of a source's text to places of the canonical text.

use std::borrow::Cow;

use super::stretches::map_stretches;
use super::{OffsetUnit, UnitConverter};
use crate::model::{FieldDef, Fields};
use crate::text::{CanonicalText, CodePoint, Folding, TextRange};

/// Finds places given in the text as the source has it, before its line ends were folded.
pub(super) struct Placing<'a> {
    units: UnitConverter<'a>,
    folding: Folding,
    unit: OffsetUnit,
    is_identity: bool,
}

impl<'a> Placing<'a> {
    /// For a text as it is written, whose offsets count `unit`; with the canonical text.
    pub fn new(written: &'a str, unit: OffsetUnit) -> (CanonicalText, Self) {
        let (text, folding) = CanonicalText::with_folding(written);
        let placing = Self::with(written, folding, unit);
        (text, placing)
    }

    /// The same where the text was folded already.
    pub fn with(written: &'a str, folding: Folding, unit: OffsetUnit) -> Self {
        let is_identity = unit == OffsetUnit::CodePoints && folding.is_identity();
        Self { units: UnitConverter::new(written, unit), folding, unit, is_identity }
    }

    /// What the offsets count.
    pub fn unit(&self) -> OffsetUnit {
        self.unit
    }

    /// A place. `None` if there is none such in the unit.
    pub fn offset(&self, offset: u32) -> Option<CodePoint> {
        let at = self.units.to_code_point(offset)?;
        Some(self.folding.map(at))
    }

    /// A range; `None` if it runs backwards or is no place.
    pub fn range(&self, start: u32, end: u32) -> Option<TextRange> {
        TextRange::new(self.offset(start)?, self.offset(end)?)
    }

    /// Moves the stretches among these fields. Returns how many are no places and stay as they are.
    pub fn fields(&self, defs: &[FieldDef], fields: &mut Fields) -> usize {
        if self.is_identity || fields.is_empty() {
            return 0;
        }
        let convert = |at: i64| self.offset(u32::try_from(at).ok()?).map(|at| i64::from(at.get()));
        map_stretches(defs, fields, &convert)
    }
}

/// From places of the canonical text to offsets of a unit.
pub(super) struct Offsets<'a> {
    units: UnitConverter<'a>,
    unit: OffsetUnit,
}

impl<'a> Offsets<'a> {
    /// For one text.
    pub fn new(text: &'a CanonicalText, unit: OffsetUnit) -> Self {
        Self { units: UnitConverter::of(text, unit), unit }
    }

    /// A range in the unit. What the unit cannot say (a place past the end) stays in code points, so that it is still seen to be past
    /// the end.
    pub fn range(&self, range: TextRange) -> (u32, u32) {
        let plain = (range.start().get(), range.end().get());
        self.units.from_range(range).unwrap_or(plain)
    }

    /// Fields whose stretches count the unit.
    pub fn fields(&self, defs: &[FieldDef], fields: &Fields) -> Fields {
        self.counted(defs, fields).into_owned()
    }

    /// The same, without a copy where the unit is the one in which they count already.
    pub fn counted<'f>(&self, defs: &[FieldDef], fields: &'f Fields) -> Cow<'f, Fields> {
        if self.unit == OffsetUnit::CodePoints || fields.is_empty() {
            return Cow::Borrowed(fields);
        }
        let mut fields = fields.clone();
        let convert = |at: i64| {
            let at = CodePoint(u32::try_from(at).ok()?);
            self.units.from_code_point(at).map(i64::from)
        };
        map_stretches(defs, &mut fields, &convert);
        Cow::Owned(fields)
    }
}
