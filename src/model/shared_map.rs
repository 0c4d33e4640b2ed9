//! A map in order of its keys that is cheap to copy: snapshots share what neither changed since.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Entries in a chunk before it is split. A copy costs one count a chunk, a change of a shared map copies one chunk. Tiny under test, so that
/// short maps have several.
#[cfg(not(test))]
const FULL: usize = 256;
#[cfg(test)]
const FULL: usize = 4;

/// A map in shared chunks, each of which holds the keys from its first up to the next one's first.
#[derive(Clone, Debug)]
pub(super) struct SharedMap<K, V> {
    /// None of them empty.
    chunks: Vec<Arc<BTreeMap<K, V>>>,
}

impl<K, V> Default for SharedMap<K, V> {
    fn default() -> Self {
        Self { chunks: Vec::new() }
    }
}

impl<K: Ord + Clone, V: Clone> SharedMap<K, V> {
    /// The chunk that holds a key if any does; 0 also where there is none.
    fn chunk_of(&self, key: &K) -> usize {
        let begins_before =
            |chunk: &Arc<BTreeMap<K, V>>| chunk.first_key_value().is_some_and(|(first, _)| first <= key);
        self.chunks.partition_point(begins_before).saturating_sub(1)
    }

    pub fn get(&self, key: &K) -> Option<&V> {
        self.chunks.get(self.chunk_of(key))?.get(key)
    }

    pub fn contains_key(&self, key: &K) -> bool {
        self.get(key).is_some()
    }

    /// How many keys there are. Time: chunks.
    pub fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.len()).sum()
    }

    /// The values in order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.chunks.iter().flat_map(|chunk| chunk.values())
    }

    /// Changes the value of a key, `None` if it has none; where `change` leaves `None` there is none afterwards.
    pub fn change<R>(&mut self, key: &K, change: impl FnOnce(&mut Option<V>) -> R) -> R {
        if self.chunks.is_empty() {
            self.chunks.push(Arc::default());
        }
        let place = self.chunk_of(key);
        let chunk = Arc::make_mut(&mut self.chunks[place]);
        let mut value = chunk.remove(key);
        let answer = change(&mut value);
        if let Some(value) = value {
            chunk.insert(key.clone(), value);
        }
        if chunk.len() > FULL {
            let middle = chunk.keys().nth(FULL / 2).cloned();
            if let Some(middle) = middle {
                let later = chunk.split_off(&middle);
                self.chunks.insert(place + 1, Arc::new(later));
            }
        } else if chunk.is_empty() {
            self.chunks.remove(place);
        }
        answer
    }
}

impl<K: Ord + Clone, V> SharedMap<K, Vec<V>> {
    /// A map from each key to all its values in the order in which they came; `finish` is called with the values of each key that has several.
    pub fn gathered(mut entries: Vec<(K, V)>, mut finish: impl FnMut(&mut Vec<V>)) -> Self {
        // Stable, and quick where they come in order, as they do from files.
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        let mut of_keys: Vec<(K, Vec<V>)> = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            match of_keys.last_mut() {
                Some((last, values)) if *last == key => values.push(value),
                _ => of_keys.push((key, vec![value])),
            }
        }
        for (_, values) in of_keys.iter_mut().filter(|(_, values)| values.len() > 1) {
            finish(values);
        }
        let mut chunks = Vec::with_capacity(of_keys.len() / FULL + 1);
        let mut rest = of_keys.into_iter().peekable();
        while rest.peek().is_some() {
            // Three quarters, so that the next key does not split what was just filled.
            chunks.push(Arc::new(rest.by_ref().take(FULL * 3 / 4).collect()));
        }
        Self { chunks }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_gathered_is_what_comes_one_after_another(entries in prop::collection::vec((0u8..12, any::<u8>()), 0..60)) {
            let mut single: SharedMap<u8, Vec<u8>> = SharedMap::default();
            for (key, value) in &entries {
                single.change(key, |values| values.get_or_insert_default().push(*value));
            }
            let gathered = SharedMap::gathered(entries, |_| {});
            prop_assert_eq!(gathered.values().collect::<Vec<_>>(), single.values().collect::<Vec<_>>());
            prop_assert!((0..12).all(|key| gathered.get(&key) == single.get(&key)));
            prop_assert!(gathered.chunks.iter().all(|chunk| !chunk.is_empty() && chunk.len() <= FULL));
        }

        #[test]
        fn it_is_a_map_in_order_and_snapshots_keep_theirs(acts in prop::collection::vec((0u8..40, 0u8..4), 0..120)) {
            let mut map: SharedMap<u8, u32> = SharedMap::default();
            let mut plain: BTreeMap<u8, u32> = BTreeMap::new();
            let mut snapshots = Vec::new();
            for (n, (key, what)) in (0u32..).zip(acts) {
                if what == 0 {
                    prop_assert_eq!(map.change(&key, Option::take), plain.remove(&key));
                } else {
                    map.change(&key, |value| *value = Some(n));
                    plain.insert(key, n);
                }
                if what == 3 {
                    snapshots.push((map.clone(), plain.clone()));
                }
                prop_assert!(map.chunks.iter().all(|chunk| !chunk.is_empty() && chunk.len() <= FULL));
            }
            snapshots.push((map, plain));
            for (map, plain) in snapshots {
                prop_assert_eq!(map.values().collect::<Vec<_>>(), plain.values().collect::<Vec<_>>());
                prop_assert_eq!(map.len(), plain.len());
                prop_assert!((0..40).all(|key| map.get(&key) == plain.get(&key)));
            }
        }
    }
}
