//! A long list that is cheap to copy: snapshots share what neither changed since.

use std::sync::Arc;

/// Entries in a chunk. A copy costs one count a chunk, a change of a shared list copies one chunk. Tiny under test, so that short lists
/// cross chunks.
#[cfg(not(test))]
const CHUNK: usize = 256;
#[cfg(test)]
const CHUNK: usize = 4;

/// A list in shared chunks.
#[derive(Clone, Debug)]
pub(super) struct Chunked<T> {
    chunks: Vec<Arc<Vec<T>>>,
    len: usize,
}

impl<T> Default for Chunked<T> {
    fn default() -> Self {
        Self { chunks: Vec::new(), len: 0 }
    }
}

impl<T: Clone> Chunked<T> {
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The entry at a place that is there.
    pub fn at(&self, place: usize) -> &T {
        &self.chunks[place / CHUNK][place % CHUNK]
    }

    /// The entry at a place that is there, to be changed; its chunk is copied if a snapshot shares it.
    pub fn at_mut(&mut self, place: usize) -> &mut T {
        &mut Arc::make_mut(&mut self.chunks[place / CHUNK])[place % CHUNK]
    }

    pub fn push(&mut self, entry: T) {
        match self.chunks.last_mut().filter(|last| last.len() < CHUNK) {
            Some(last) => Arc::make_mut(last).push(entry),
            None => {
                let mut chunk = Vec::with_capacity(CHUNK);
                chunk.push(entry);
                self.chunks.push(Arc::new(chunk));
            }
        }
        self.len += 1;
    }

    /// Calls `found` with what stands in this list and in an older one wherever that may not be the same. Chunks that both share are
    /// passed over without a look, so that a step from a snapshot to the next costs what was changed.
    pub fn differing<'a>(&'a self, older: &'a Self, mut found: impl FnMut(Option<&'a T>, Option<&'a T>)) {
        for place in 0..self.chunks.len().max(older.chunks.len()) {
            let (now, then) = (self.chunks.get(place), older.chunks.get(place));
            if let (Some(now), Some(then)) = (now, then)
                && Arc::ptr_eq(now, then)
            {
                continue;
            }
            let (now, then) = (now.map_or(&[][..], |c| c), then.map_or(&[][..], |c| c));
            for entry in 0..now.len().max(then.len()) {
                found(now.get(entry), then.get(entry));
            }
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_snapshot_stays_as_it_was(start in prop::collection::vec(any::<u8>(), 0..20), acts in prop::collection::vec((any::<usize>(), any::<u8>()), 0..30)) {
            let mut list = Chunked::default();
            start.iter().for_each(|entry| list.push(*entry));
            let mut plain = start.clone();
            let snapshot = list.clone();
            for (place, entry) in acts {
                if plain.is_empty() || place % 3 == 0 {
                    list.push(entry);
                    plain.push(entry);
                } else {
                    *list.at_mut(place % plain.len()) = entry;
                    let len = plain.len();
                    plain[place % len] = entry;
                }
            }
            prop_assert_eq!(list.iter().copied().collect::<Vec<_>>(), plain.clone());
            prop_assert_eq!(list.len(), plain.len());
            prop_assert!((0..plain.len()).all(|place| *list.at(place) == plain[place]));
            prop_assert_eq!(snapshot.iter().copied().collect::<Vec<_>>(), start);
            // What differs, done to what was there, gives what is there now.
            let mut counts = std::collections::BTreeMap::<u8, i32>::new();
            snapshot.iter().for_each(|entry| *counts.entry(*entry).or_default() += 1);
            list.differing(&snapshot, |now, then| {
                if let Some(now) = now { *counts.entry(*now).or_default() += 1; }
                if let Some(then) = then { *counts.entry(*then).or_default() -= 1; }
            });
            plain.iter().for_each(|entry| *counts.entry(*entry).or_default() -= 1);
            prop_assert!(counts.values().all(|count| *count == 0));
        }
    }
}
