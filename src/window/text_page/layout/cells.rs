//! A row as cells: one for each grapheme cluster, from left to right as they stand on the page. All geometry of carets, hits and
//! selections of text in two directions is here and knows nothing of fonts.

use std::collections::HashMap;
use std::ops::Range;

/// Which neighbour a caret belongs to where they stand apart: between left-to-right and right-to-left text, one place in the text
/// has two places on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Affinity {
    /// With the character after it: at that character's leading edge.
    #[default]
    After,
    /// With the character before it: at that character's trailing edge.
    Before,
}

/// A grapheme cluster on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its bytes in the block.
    pub bytes: Range<usize>,
    /// Its left edge.
    pub x0: f32,
    /// Its right edge.
    pub x1: f32,
    /// Its embedding level (UAX #9): even from left to right, odd from right to left.
    pub level: u8,
}

impl Cell {
    /// Whether it belongs to text written from right to left.
    pub fn is_rtl(&self) -> bool {
        self.level % 2 == 1
    }

    /// Where its text begins.
    pub fn leading(&self) -> f32 {
        if self.is_rtl() { self.x1 } else { self.x0 }
    }

    /// Where its text ends.
    pub fn trailing(&self) -> f32 {
        if self.is_rtl() { self.x0 } else { self.x1 }
    }

    /// The caret place at its left or right edge.
    fn edge(&self, right: bool) -> (usize, Affinity) {
        if right == self.is_rtl() {
            (self.bytes.start, Affinity::After)
        } else {
            (self.bytes.end, Affinity::Before)
        }
    }
}

/// A horizontal piece of a range in one row.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Left edge.
    pub x0: f32,
    /// Right edge.
    pub x1: f32,
    /// Whether its text runs from right to left, so that its beginning is at `x1`; where it has both directions, whether the paragraph
    /// does.
    pub rtl: bool,
}

/// The cells of one row.
#[derive(Clone, Debug, PartialEq)]
pub struct CellRow {
    /// The row's bytes.
    pub bytes: Range<usize>,
    /// The cells from left to right.
    pub cells: Vec<Cell>,
    /// For each cell in the order of the text, where it stands in `cells`.
    order: Vec<u32>,
    /// The paragraph's own level, 0 or 1.
    base: u8,
    /// Where a row without cells has its caret.
    origin: f32,
}

impl CellRow {
    /// A row. `origin` is where its text would begin if there was any.
    pub fn new(bytes: Range<usize>, cells: Vec<Cell>, rtl: bool, origin: f32) -> Self {
        let mut order: Vec<u32> = (0..cells.len() as u32).collect();
        order.sort_by_key(|at| cells[*at as usize].bytes.start);
        Self { bytes, cells, order, base: rtl.into(), origin }
    }

    /// The left edge of its text.
    pub fn left(&self) -> f32 {
        self.cells.first().map_or(self.origin, |c| c.x0)
    }

    /// The right edge of its text.
    pub fn right(&self) -> f32 {
        self.cells.last().map_or(self.origin, |c| c.x1)
    }

    /// The edge where a paragraph of this direction begins, or ends.
    fn outer(&self, end: bool) -> f32 {
        if end == (self.base == 1) { self.left() } else { self.right() }
    }

    /// The cell that holds a byte.
    fn holding(&self, byte: usize) -> Option<&Cell> {
        let after = self.order.partition_point(|at| self.cells[*at as usize].bytes.start <= byte);
        let cell = &self.cells[self.order[after.checked_sub(1)?] as usize];
        (byte < cell.bytes.end).then_some(cell)
    }

    /// Where a caret stands. Before everything and after everything it stands at the paragraph's edges.
    pub fn x_of(&self, byte: usize, affinity: Affinity) -> f32 {
        match affinity {
            Affinity::After => match self.holding(byte) {
                Some(cell) => cell.leading(),
                None => self.outer(byte >= self.bytes.end),
            },
            Affinity::Before => match byte.checked_sub(1).and_then(|before| self.holding(before)) {
                Some(cell) => cell.trailing(),
                None => self.outer(byte > self.bytes.start),
            },
        }
    }

    /// The caret place nearest to `x`.
    pub fn byte_at(&self, x: f32) -> (usize, Affinity) {
        let at = self.cells.partition_point(|cell| cell.x1 <= x);
        match self.cells.get(at) {
            // Left of everything and right of everything lie the two ends of the row as the paragraph runs.
            None => self.end_place(true),
            Some(cell) if at == 0 && x < cell.x0 => self.end_place(false),
            Some(cell) => cell.edge(x > (cell.x0 + cell.x1) / 2.0),
        }
    }

    /// The cell under `x`: its bytes.
    pub fn under(&self, x: f32) -> Option<Range<usize>> {
        let at = self.cells.partition_point(|cell| cell.x1 <= x);
        self.cells.get(at).filter(|cell| x >= cell.x0).map(|cell| cell.bytes.clone())
    }

    fn end_place(&self, right: bool) -> (usize, Affinity) {
        if right == (self.base == 1) {
            (self.bytes.start, Affinity::Before)
        } else {
            (self.bytes.end, Affinity::After)
        }
    }

    /// The caret places from left to right: one more than there are cells, each boundary of the row exactly once.
    ///
    /// Where two directions meet, one place on the page belongs to two boundaries, and one boundary to two places. Place by place one
    /// boundary is taken, rather that of the text that embeds the other; the other boundary is then taken where it comes up again,
    /// and so on round until all agree.
    pub fn places(&self) -> Vec<(usize, Affinity)> {
        let count = self.cells.len() + 1;
        let at_place = |at: usize, right: bool| match (right, at.checked_sub(1), self.cells.get(at)) {
            (false, Some(left), _) => self.cells[left].edge(true),
            (true, _, Some(cell)) => cell.edge(false),
            (right, ..) => self.end_place(right),
        };
        let embedded =
            |at: Option<usize>| at.and_then(|at| self.cells.get(at)).map_or(self.base, |cell| cell.level);
        // Each boundary comes up twice: as the end of what is before it, and as the beginning of what is after it.
        let mut twice: HashMap<usize, [Option<(usize, bool)>; 2]> = HashMap::with_capacity(count);
        for at in 0..count {
            for right in [false, true] {
                let seen = twice.entry(at_place(at, right).0).or_default();
                if let Some(free) = seen.iter_mut().find(|seen| seen.is_none()) {
                    *free = Some((at, right));
                }
            }
        }
        let mut taken: Vec<Option<bool>> = vec![None; count];
        for start in 0..count {
            let mut at = start;
            let mut right = embedded(at.checked_sub(1)) > embedded(Some(at));
            while taken[at].is_none() {
                taken[at] = Some(right);
                let both = twice.get(&at_place(at, right).0).copied().unwrap_or_default();
                match both.into_iter().flatten().find(|other| *other != (at, right)) {
                    Some((other, side)) => (at, right) = (other, !side),
                    None => break,
                }
            }
        }
        taken.iter().enumerate().map(|(at, right)| at_place(at, right.unwrap_or_default())).collect()
    }

    /// The place one step to the left or right of another in this row; `None` at the row's edge.
    pub fn step(&self, byte: usize, affinity: Affinity, right: bool) -> Option<(usize, Affinity)> {
        let places = self.places();
        let at = self.place_of(&places, byte, affinity);
        let next = if right { at + 1 } else { at.checked_sub(1)? };
        places.get(next).copied()
    }

    /// Where in `places` a caret stands.
    fn place_of(&self, places: &[(usize, Affinity)], byte: usize, affinity: Affinity) -> usize {
        if let Some(at) = places.iter().position(|place| *place == (byte, affinity)) {
            return at;
        }
        // The other of two boundaries that share a place on the page: the place is what counts.
        let x = self.x_of(byte, affinity);
        let edge = |at: usize| self.cells.get(at).map_or(self.right(), |cell| cell.x0);
        let nearest = |a: &usize, b: &usize| (edge(*a) - x).abs().total_cmp(&(edge(*b) - x).abs());
        (0..places.len()).min_by(nearest).unwrap_or(0)
    }

    /// The cells in the order of the text.
    pub fn in_order(&self) -> impl Iterator<Item = &Cell> {
        self.order.iter().map(|at| &self.cells[*at as usize])
    }

    /// The pieces that a range of bytes covers, by where in the text they begin. A cell that is covered in part counts whole, and cells
    /// that touch on the page are one piece, whatever their directions.
    pub fn pieces(&self, bytes: Range<usize>) -> Vec<Piece> {
        let first = self.order.partition_point(|at| self.cells[*at as usize].bytes.end <= bytes.start);
        let covered = self.order[first..].iter().map(|at| *at as usize);
        let mut covered: Vec<usize> =
            covered.take_while(|at| self.cells[*at].bytes.start < bytes.end).collect();
        covered.sort_unstable();
        let mut pieces: Vec<(usize, Piece)> = Vec::new();
        let mut last = usize::MAX;
        for at in covered {
            let cell = &self.cells[at];
            match pieces.last_mut() {
                Some((begins, piece)) if at == last + 1 => {
                    *begins = cell.bytes.start.min(*begins);
                    piece.x1 = cell.x1;
                    if piece.rtl != cell.is_rtl() {
                        piece.rtl = self.base == 1;
                    }
                }
                _ => pieces.push((cell.bytes.start, Piece { x0: cell.x0, x1: cell.x1, rtl: cell.is_rtl() })),
            }
            last = at;
        }
        pieces.sort_by_key(|(begins, _)| *begins);
        pieces.into_iter().map(|(_, piece)| piece).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A row of letters ten wide each: capitals are written from right to left, as in the examples of UAX #9.
    fn row(text: &str) -> CellRow {
        let real: String = text
            .chars()
            .map(|c| {
                if c.is_ascii_uppercase() {
                    char::from_u32(0x5d0 + c as u32 - 'A' as u32).unwrap_or('א')
                } else {
                    c
                }
            })
            .collect();
        let info = unicode_bidi::BidiInfo::new(&real, None);
        let paragraph = &info.paragraphs[0];
        let levels = info.reordered_levels_per_char(paragraph, paragraph.range.clone());
        let order = unicode_bidi::BidiInfo::reorder_visual(&levels);
        let cells = order.iter().enumerate().map(|(at, i)| Cell {
            bytes: *i..i + 1,
            x0: at as f32 * 10.0,
            x1: at as f32 * 10.0 + 10.0,
            level: levels[*i].number(),
        });
        CellRow::new(0..text.len(), cells.collect(), paragraph.level.is_rtl(), 0.0)
    }

    #[test]
    fn carets_in_two_directions_stand_where_the_eye_expects_them() {
        // On the page: a b _ B A _ c
        let row = row("ab AB c");
        assert_eq!(row.x_of(3, Affinity::Before), 30.0, "after the space");
        assert_eq!(row.x_of(3, Affinity::After), 50.0, "before A, which is the right one");
        assert_eq!(row.x_of(5, Affinity::Before), 30.0, "after B, which is the left one");
        assert_eq!(row.x_of(5, Affinity::After), 50.0, "before the space");
        assert_eq!(row.byte_at(31.0), (5, Affinity::Before));
        assert_eq!(row.byte_at(49.0), (3, Affinity::After));
        assert_eq!(row.byte_at(-5.0), (0, Affinity::Before));
        assert_eq!(row.byte_at(500.0), (7, Affinity::After));
        assert_eq!(
            row.pieces(1..4),
            [Piece { x0: 10.0, x1: 30.0, rtl: false }, Piece { x0: 40.0, x1: 50.0, rtl: true }]
        );
        let walked: Vec<usize> = row.places().iter().map(|p| p.0).collect();
        assert_eq!(walked, [0, 1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn a_hebrew_row_with_a_number_is_walked_to_the_left() {
        // On the page: C _ 1 2 _ B A
        let row = row("AB 12 C");
        let walked: Vec<usize> = row.places().iter().map(|p| p.0).collect();
        assert_eq!(walked, [7, 6, 5, 4, 3, 2, 1, 0]);
        assert_eq!(row.step(0, Affinity::After, false), Some((1, Affinity::After)));
        assert_eq!(row.step(0, Affinity::After, true), None);
    }

    proptest! {
        #[test]
        fn every_boundary_is_a_place_once(text in "[a-dA-D0-3 (,.+]{0,14}") {
            let row = row(&if text.is_empty() { "a".into() } else { text.clone() });
            let mut seen: Vec<usize> = row.places().iter().map(|p| p.0).collect();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..=row.bytes.end).collect::<Vec<_>>());
            // And each is where the row says it is.
            for (at, (byte, affinity)) in row.places().into_iter().enumerate() {
                prop_assert_eq!(row.x_of(byte, affinity), at as f32 * 10.0, "{:?}", (byte, affinity));
            }
        }

        #[test]
        fn carets_come_back_from_the_page(text in "[a-dA-D0-3 (,.+]{1,14}", at in 0usize..14) {
            let row = row(&text);
            let at = at % row.cells.len();
            let cell = row.holding(at).unwrap().clone();
            let towards = |x: f32| if x == cell.x0 { x + 1.0 } else { x - 1.0 };
            prop_assert_eq!(row.byte_at(towards(row.x_of(at, Affinity::After))), (at, Affinity::After));
            prop_assert_eq!(row.byte_at(towards(row.x_of(at + 1, Affinity::Before))), (at + 1, Affinity::Before));
        }

        #[test]
        fn pieces_of_neighbouring_ranges_tile(text in "[a-dA-D0-3 (,.+]{1,14}", a in 0usize..15, b in 0usize..15) {
            let row = row(&text);
            let (a, b) = (a.min(b).min(text.len()), a.max(b).min(text.len()));
            let mut edges: Vec<(f32, f32)> = [0..a, a..b, b..text.len()]
                .into_iter()
                .flat_map(|range| row.pieces(range))
                .map(|piece| (piece.x0, piece.x1))
                .collect();
            edges.sort_by(|x, y| x.0.total_cmp(&y.0));
            prop_assert_eq!(edges.first().unwrap().0, 0.0);
            prop_assert_eq!(edges.last().unwrap().1, text.len() as f32 * 10.0);
            for pair in edges.windows(2) {
                prop_assert_eq!(pair[0].1, pair[1].0);
            }
        }
    }
}
