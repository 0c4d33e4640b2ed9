//! The span index: which parts cover a place or touch a range, in logarithmic time, while spans come and go.
//!
//! A treap (a binary search tree kept in balance by pseudo-random priorities) ordered by place, in which every node also knows
//! the greatest end below it, so that whole subtrees that end too early are skipped. Priorities are a hash of the slot: the shape
//! depends on what is in it and on nothing else, so runs repeat.

use super::chunked::Chunked;
use crate::text::TextRange;

const NONE: u32 = u32::MAX;

/// A part of a span as the index holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    /// Where the part is. `TextRange` orders by start, then longest first.
    pub range: TextRange,
    /// Which span of the set.
    pub slot: u32,
    /// Which of its parts.
    pub part: u32,
}

#[derive(Clone, Debug)]
struct Node {
    entry: Entry,
    priority: u64,
    left: u32,
    right: u32,
    /// The greatest end in this subtree.
    max_end: u32,
}

/// The index. Empty ranges are found by queries that enclose or touch them.
#[derive(Clone, Debug)]
pub(super) struct IntervalIndex {
    nodes: Chunked<Node>,
    free: Vec<u32>,
    root: u32,
}

impl Default for IntervalIndex {
    fn default() -> Self {
        Self { nodes: Chunked::default(), free: Vec::new(), root: NONE }
    }
}

impl IntervalIndex {
    /// An index of these entries: the same tree as if they had been inserted one by one, but in linear time when they are in order.
    pub fn of(mut entries: Vec<Entry>) -> Self {
        // Files are in order already, and then this only looks.
        entries.sort_unstable();
        let mut index = Self::default();
        // The right edge of the tree so far, from the root down (Vuillemin 1980).
        let mut edge: Vec<u32> = Vec::new();
        for entry in entries {
            let fresh = index.nodes.len() as u32;
            let priority = priority(&entry);
            let mut below = NONE;
            while let Some(last) = edge.pop_if(|last| index.nodes.at(*last as usize).priority <= priority) {
                // What is taken off the edge is complete.
                index.refresh(last);
                below = last;
            }
            index.nodes.push(Node {
                entry,
                priority,
                left: below,
                right: NONE,
                max_end: entry.range.end().get(),
            });
            match edge.last() {
                Some(above) => index.nodes.at_mut(*above as usize).right = fresh,
                None => index.root = fresh,
            }
            edge.push(fresh);
        }
        while let Some(last) = edge.pop() {
            index.refresh(last);
        }
        index
    }

    pub fn insert(&mut self, entry: Entry) {
        let node = Node {
            entry,
            priority: priority(&entry),
            left: NONE,
            right: NONE,
            max_end: entry.range.end().get(),
        };
        let fresh = match self.free.pop() {
            Some(place) => {
                *self.nodes.at_mut(place as usize) = node;
                place
            }
            None => {
                self.nodes.push(node);
                (self.nodes.len() - 1) as u32
            }
        };
        let (left, right) = self.split(self.root, &entry);
        let left = self.merge(left, fresh);
        self.root = self.merge(left, right);
    }

    /// Takes an entry out; `false` if it was not there.
    pub fn remove(&mut self, entry: &Entry) -> bool {
        let (mut parent, mut at) = (NONE, self.root);
        let mut path = Vec::new();
        while at != NONE {
            let here = self.nodes.at(at as usize).entry;
            if here == *entry {
                let (left, right) = (self.nodes.at(at as usize).left, self.nodes.at(at as usize).right);
                let joined = self.merge(left, right);
                if parent == NONE {
                    self.root = joined;
                } else if self.nodes.at(parent as usize).left == at {
                    self.nodes.at_mut(parent as usize).left = joined;
                } else {
                    self.nodes.at_mut(parent as usize).right = joined;
                }
                for above in path.into_iter().rev() {
                    self.refresh(above);
                }
                self.free.push(at);
                return true;
            }
            path.push(at);
            parent = at;
            at = if *entry < here {
                self.nodes.at(at as usize).left
            } else {
                self.nodes.at(at as usize).right
            };
        }
        false
    }

    /// Calls `found` with every entry that shares a code point with `range`, or that is empty and lies in or at the edge of it,
    /// or, if `range` itself is empty, that has it inside or at an edge. In order of place.
    pub fn touching(&self, range: TextRange, found: &mut impl FnMut(&Entry)) {
        self.visit(self.root, range, found);
    }

    fn visit(&self, at: u32, range: TextRange, found: &mut impl FnMut(&Entry)) {
        if at == NONE {
            return;
        }
        let node = self.nodes.at(at as usize);
        // Nothing below ends late enough: this is what makes the query logarithmic.
        if node.max_end < range.start().get() {
            return;
        }
        self.visit(node.left, range, found);
        if node.entry.range.start() > range.end() {
            return;
        }
        let here = node.entry.range;
        if here.overlaps(range)
            || ((here.is_empty() || range.is_empty())
                && here.start() <= range.end()
                && range.start() <= here.end())
        {
            found(&node.entry);
        }
        self.visit(node.right, range, found);
    }

    /// The first entry that does not come before `bound`.
    pub fn first_from(&self, bound: &Entry) -> Option<Entry> {
        let (mut at, mut best) = (self.root, None);
        while at != NONE {
            let node = self.nodes.at(at as usize);
            if node.entry >= *bound {
                best = Some(node.entry);
                at = node.left;
            } else {
                at = node.right;
            }
        }
        best
    }

    /// The last entry that comes before `bound`.
    pub fn last_before(&self, bound: &Entry) -> Option<Entry> {
        let (mut at, mut best) = (self.root, None);
        while at != NONE {
            let node = self.nodes.at(at as usize);
            if node.entry < *bound {
                best = Some(node.entry);
                at = node.right;
            } else {
                at = node.left;
            }
        }
        best
    }

    /// Every entry in order of place.
    #[cfg(test)]
    pub fn for_each(&self, mut found: impl FnMut(&Entry)) {
        let (mut stack, mut at) = (Vec::new(), self.root);
        while at != NONE || !stack.is_empty() {
            while at != NONE {
                stack.push(at);
                at = self.nodes.at(at as usize).left;
            }
            if let Some(top) = stack.pop() {
                found(&self.nodes.at(top as usize).entry);
                at = self.nodes.at(top as usize).right;
            }
        }
    }

    fn end_of(&self, at: u32) -> u32 {
        if at == NONE { 0 } else { self.nodes.at(at as usize).max_end }
    }

    fn refresh(&mut self, at: u32) {
        let (left, right) = (self.nodes.at(at as usize).left, self.nodes.at(at as usize).right);
        let end = self.nodes.at(at as usize).entry.range.end().get();
        self.nodes.at_mut(at as usize).max_end = end.max(self.end_of(left)).max(self.end_of(right));
    }

    /// Splits into what comes before `bound` and the rest.
    fn split(&mut self, at: u32, bound: &Entry) -> (u32, u32) {
        if at == NONE {
            return (NONE, NONE);
        }
        if self.nodes.at(at as usize).entry < *bound {
            let (left, right) = self.split(self.nodes.at(at as usize).right, bound);
            self.nodes.at_mut(at as usize).right = left;
            self.refresh(at);
            (at, right)
        } else {
            let (left, right) = self.split(self.nodes.at(at as usize).left, bound);
            self.nodes.at_mut(at as usize).left = right;
            self.refresh(at);
            (left, at)
        }
    }

    fn merge(&mut self, left: u32, right: u32) -> u32 {
        if left == NONE {
            return right;
        }
        if right == NONE {
            return left;
        }
        if self.nodes.at(left as usize).priority > self.nodes.at(right as usize).priority {
            let below = self.merge(self.nodes.at(left as usize).right, right);
            self.nodes.at_mut(left as usize).right = below;
            self.refresh(left);
            left
        } else {
            let below = self.merge(left, self.nodes.at(right as usize).left);
            self.nodes.at_mut(right as usize).left = below;
            self.refresh(right);
            right
        }
    }
}

fn priority(entry: &Entry) -> u64 {
    mix(u64::from(entry.slot) << 32 | u64::from(entry.part))
}

/// SplitMix64's finaliser (Steele, Lea & Flood 2014): spreads consecutive slots over all priorities.
fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry(start: u32, len: u32, slot: u32) -> Entry {
        Entry { range: TextRange::new(start, start + len).unwrap(), slot, part: 0 }
    }

    fn depth(index: &IntervalIndex, at: u32) -> usize {
        if at == NONE {
            return 0;
        }
        let node = index.nodes.at(at as usize);
        1 + depth(index, node.left).max(depth(index, node.right))
    }

    #[test]
    fn a_hundred_thousand_spans_stay_shallow_and_queries_visit_few_nodes() {
        let mut index = IntervalIndex::default();
        for i in 0..100_000u32 {
            index.insert(entry(i * 7, 5 + i % 40, i));
        }
        assert!(depth(&index, index.root) < 60, "depth {}", depth(&index, index.root));
        let mut found = 0;
        index.touching(TextRange::new(350_000u32, 350_001u32).unwrap(), &mut |_| found += 1);
        assert!((1..=8).contains(&found), "{found}");
    }

    proptest! {
        #[test]
        fn finds_what_a_plain_list_finds(
            acts in prop::collection::vec((0u32..60, 0u32..12, any::<bool>()), 1..120),
            start in 0u32..70, len in 0u32..15,
        ) {
            let (mut index, mut list) = (IntervalIndex::default(), Vec::<Entry>::new());
            for (slot, (at, length, take_out)) in acts.into_iter().enumerate() {
                if take_out && !list.is_empty() {
                    let victim = list.remove(at as usize % list.len());
                    prop_assert!(index.remove(&victim));
                    prop_assert!(!index.remove(&victim));
                } else {
                    let new = entry(at, length, slot as u32);
                    index.insert(new);
                    list.push(new);
                }
            }
            let at_once = IntervalIndex::of(list.clone());
            list.sort_unstable();
            let mut all = Vec::new();
            index.for_each(|e| all.push(*e));
            prop_assert_eq!(&all, &list);

            let range = TextRange::new(start, start + len).unwrap();
            let mut found = Vec::new();
            index.touching(range, &mut |e| found.push(*e));
            let mut found_too = Vec::new();
            at_once.touching(range, &mut |e| found_too.push(*e));
            prop_assert_eq!(&found, &found_too);
            let touches = |e: &&Entry| {
                let (a, b) = (e.range.start().get(), e.range.end().get());
                let (c, d) = (start, start + len);
                if a == b || c == d { a <= d && c <= b } else { a < d && c < b }
            };
            let expected: Vec<Entry> = list.iter().filter(touches).copied().collect();
            prop_assert_eq!(found, expected);

            let bound = entry(start, len, 0);
            prop_assert_eq!(index.first_from(&bound), list.iter().find(|e| **e >= bound).copied());
            prop_assert_eq!(index.last_before(&bound), list.iter().rev().find(|e| **e < bound).copied());
        }
    }
}
