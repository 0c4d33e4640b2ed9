//! The text cut into blocks that are laid out one at a time, and their heights, estimated until they are known.

use std::ops::Range;

use super::soft_cut::soft_cut;
use crate::text::CanonicalText;

/// Longest block in bytes: a longer line is cut softly, best at a space, so that no single layout is ever slow.
#[cfg(not(test))]
const LONGEST: usize = 4096;
#[cfg(test)]
const LONGEST: usize = 64;

/// Where each block starts and ends, in bytes. Blocks follow each other; a newline between two belongs to neither.
#[derive(Clone, Debug, Default)]
pub struct Blocks {
    bounds: Vec<(u32, u32)>,
}

impl Blocks {
    /// Cuts a text into blocks: one a line, long lines softly.
    pub fn of(text: &CanonicalText) -> Self {
        let text = text.as_str();
        let mut bounds = Vec::with_capacity(text.len() / 200 + 1);
        let mut start = 0;
        for newline in memchr::memchr_iter(b'\n', text.as_bytes()).chain(std::iter::once(text.len())) {
            while newline - start > LONGEST {
                let cut = soft_cut(text, start, newline, LONGEST);
                bounds.push((start as u32, cut as u32));
                start = cut;
            }
            bounds.push((start as u32, newline as u32));
            start = newline + 1;
        }
        Self { bounds }
    }

    /// How many there are; at least one.
    pub fn len(&self) -> usize {
        self.bounds.len()
    }

    /// A block's bytes.
    pub fn range(&self, block: usize) -> Range<usize> {
        let (start, end) = self.bounds[block];
        start as usize..end as usize
    }

    /// The block that a caret at this byte stands in. Between two pieces of one long line it is the second.
    pub fn at(&self, byte: usize) -> usize {
        self.bounds.partition_point(|(start, _)| *start as usize <= byte).saturating_sub(1)
    }

    /// Whether the block goes on in the next one: a piece of a long line that is not its last.
    pub fn goes_on(&self, block: usize) -> bool {
        self.bounds.get(block + 1).is_some_and(|(next, _)| *next == self.bounds[block].1)
    }

    /// The first piece of the line that this block is a piece of; itself if the line is in one piece.
    pub fn first_piece(&self, block: usize) -> usize {
        (0..block).rev().find(|before| !self.goes_on(*before)).map_or(0, |before| before + 1)
    }
}

/// Heights of blocks with quick sums: a Fenwick tree (Fenwick 1994).
#[derive(Clone, Debug, Default)]
pub struct Heights {
    tree: Vec<f64>,
    height: Vec<f32>,
}

impl Heights {
    /// From one height a block.
    pub fn new(height: Vec<f32>) -> Self {
        let mut tree = vec![0.0; height.len() + 1];
        for (i, h) in height.iter().enumerate() {
            let at = i + 1;
            tree[at] += f64::from(*h);
            let above = at + (at & at.wrapping_neg());
            if above < tree.len() {
                let sum = tree[at];
                tree[above] += sum;
            }
        }
        Self { tree, height }
    }

    /// How many blocks.
    pub fn len(&self) -> usize {
        self.height.len()
    }

    /// Sets a block's height.
    pub fn set(&mut self, block: usize, height: f32) {
        let difference = f64::from(height) - f64::from(self.height[block]);
        if difference == 0.0 {
            return;
        }
        self.height[block] = height;
        let mut at = block + 1;
        while at < self.tree.len() {
            self.tree[at] += difference;
            at += at & at.wrapping_neg();
        }
    }

    /// Where a block starts, measured from the top of the first.
    pub fn top(&self, block: usize) -> f64 {
        let (mut at, mut sum) = (block, 0.0);
        while at > 0 {
            sum += self.tree[at];
            at &= at - 1;
        }
        sum
    }

    /// The height of all together.
    pub fn total(&self) -> f64 {
        self.top(self.height.len())
    }

    /// The block at this distance from the top.
    pub fn find(&self, y: f64) -> usize {
        let (mut at, mut left) = (0, y.max(0.0));
        let mut step = self.tree.len().next_power_of_two() / 2;
        while step > 0 {
            let next = at + step;
            if next < self.tree.len() && self.tree[next] <= left {
                at = next;
                left -= self.tree[next];
            }
            step /= 2;
        }
        at.min(self.height.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn blocks_hold_every_byte_but_the_newlines(text in "[а-яa-z \n🙂]{0,400}") {
            let text = CanonicalText::new(&text);
            let blocks = Blocks::of(&text);
            let mut at = 0;
            for block in 0..blocks.len() {
                let range = blocks.range(block);
                prop_assert!(range.len() <= LONGEST + 8);
                prop_assert_eq!(range.start, at);
                prop_assert_eq!(blocks.at(range.start), block);
                at = if blocks.goes_on(block) { range.end } else { range.end + 1 };
            }
            prop_assert_eq!(at, text.as_str().len() + 1);
        }

        #[test]
        fn heights_find_what_adding_up_finds(
            heights in prop::collection::vec(1u8..40, 1..60), changes in prop::collection::vec((0usize..60, 1u8..90), 0..20), y in 0u16..2000,
        ) {
            let mut plain: Vec<f32> = heights.iter().map(|h| f32::from(*h)).collect();
            let mut tree = Heights::new(plain.clone());
            for (at, h) in changes {
                let at = at % plain.len();
                plain[at] = f32::from(h);
                tree.set(at, f32::from(h));
            }
            let mut top = 0.0;
            let mut expected = plain.len() - 1;
            for (i, h) in plain.iter().enumerate() {
                prop_assert!((tree.top(i) - top).abs() < 1e-6);
                if f64::from(y) >= top && f64::from(y) < top + f64::from(*h) {
                    expected = i;
                }
                top += f64::from(*h);
            }
            prop_assert_eq!(tree.find(f64::from(y)), expected);
        }
    }
}
