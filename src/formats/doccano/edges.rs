//! Whether the offsets of a file count what doccano counts.

use super::super::draft::DraftSpan;
use super::super::{OffsetUnit, ReadOptions, Remark, Sink, UnitConverter};
use crate::text::token_ranges;

/// The units that are thought of.
const UNITS: [OffsetUnit; 3] = [OffsetUnit::Utf16, OffsetUnit::CodePoints, OffsetUnit::Graphemes];

/// How many edges of spans are edges of words, unit by unit, in texts in which the units differ. doccano quotes no words, so this is the
/// only evidence there is.
#[derive(Default)]
pub(super) struct Edges {
    fits: [usize; UNITS.len()],
    seen: usize,
}

impl Edges {
    /// Looks at the spans of a text, whose offsets are still those of the source.
    pub fn look(&mut self, text: &str, spans: &[DraftSpan]) {
        if spans.is_empty() || text.is_ascii() {
            return;
        }
        let mut is_edge = vec![false; text.len() + 1];
        for range in token_ranges(text) {
            is_edge[range.start().index()] = true;
            is_edge[range.end().index()] = true;
        }
        let ends = || spans.iter().flat_map(|span| span.parts.iter().flat_map(|(start, end)| [*start, *end]));
        let fits = |at: u32| is_edge.get(at as usize) == Some(&true);
        if is_plain(text) {
            let count = ends().filter(|offset| fits(*offset)).count();
            self.fits.iter_mut().for_each(|fits| *fits += count);
        } else {
            for (sum, unit) in self.fits.iter_mut().zip(UNITS) {
                let units = UnitConverter::new(text, unit);
                *sum += ends()
                    .filter_map(|offset| units.to_code_point(offset))
                    .filter(|at| fits(at.get()))
                    .count();
            }
        }
        self.seen += spans.len() * 2;
    }

    /// Says so if another unit than the one that was read by makes more edges of spans edges of words.
    pub fn tell(&self, file: &str, options: &ReadOptions, sink: &mut dyn Sink) {
        if options.unit.is_some() {
            return;
        }
        let [utf16, ..] = self.fits;
        let first = (OffsetUnit::Utf16, utf16);
        let (best, fits) = UNITS
            .into_iter()
            .zip(self.fits)
            .fold(first, |best, unit| if unit.1 > best.1 { unit } else { best });
        if best != OffsetUnit::Utf16 {
            let what = format!(
                "read as UTF-16, as doccano counts, {} of {} edges of spans are edges of words; as {best} {} would be. If that is \
                 what was meant, import again with --offset-unit {best}",
                utf16, self.seen, fits
            );
            sink.remark(Remark { place: file.to_owned(), what, left_out: false });
        }
    }
}

/// Whether each character of a text is surely one code point, one UTF-16 unit and one grapheme: plain letters, digits and signs.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(first) = bytes.get(at) {
        let next = |ahead: usize| bytes.get(at + ahead).copied().unwrap_or_default();
        at += match first {
            b'\r' => return false,
            0..128 => 1,
            0xC2 if matches!(next(1), 0xAB | 0xBB) => 2, // « »
            0xC3 | 0xD0 | 0xD1 => 2,                     // À to ÿ, Cyrillic
            // ‐ to ―, quotes, …, №
            0xE2 if next(1) == 0x80 && matches!(next(2), 0x90..=0x95 | 0x98..=0x9F | 0xA6) => 3,
            0xE2 if next(1) == 0x84 && next(2) == 0x96 => 3,
            _ => return false,
        };
    }
    true
}
