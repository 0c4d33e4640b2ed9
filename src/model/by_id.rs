//! Which spans have which id, cheap to copy.

use rustc_hash::FxBuildHasher;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::BuildHasher as _;
use std::sync::Arc;

use super::id::SpanId;

/// So many ids a shard holds before there are twice as many shards. A change of a shared shard copies it. Tiny under test, so that few ids
/// make several shards.
#[cfg(not(test))]
const FULL: usize = 256;
#[cfg(test)]
const FULL: usize = 2;

/// Where the spans of one id stand. Almost always one: a list each would make every snapshot of a large set slow.
#[derive(Clone, Debug)]
pub(super) enum Slots {
    One(u32),
    /// A fault of a file: several, in the order in which they came. Never empty.
    Several(Vec<u32>),
}

impl Slots {
    pub fn first(&self) -> Option<u32> {
        match self {
            Self::One(slot) => Some(*slot),
            Self::Several(slots) => slots.first().copied(),
        }
    }

    fn push(&mut self, slot: u32) {
        match self {
            Self::One(first) => *self = Self::Several(vec![*first, slot]),
            Self::Several(slots) => slots.push(slot),
        }
    }

    /// What is left without the first; `None` if nothing is.
    fn rest(&self) -> Option<Self> {
        match self {
            Self::One(_) => None,
            Self::Several(slots) => match &slots[1..] {
                [] => None,
                [slot] => Some(Self::One(*slot)),
                slots => Some(Self::Several(slots.to_vec())),
            },
        }
    }
}

/// The slots of every id, in shards by the id's hash: snapshots share the shards that neither changed since.
#[derive(Clone, Debug, Default)]
pub(super) struct ById {
    /// A power of two of them, or none while there is nothing.
    shards: Vec<Arc<HashMap<SpanId, Slots>>>,
    len: usize,
}

impl ById {
    fn shard_of(&self, id: &SpanId) -> usize {
        // Quick rather than safe: ids made to fall into one shard make its copies larger, while the maps themselves stay safe.
        (FxBuildHasher.hash_one(id) >> 32) as usize & self.shards.len().saturating_sub(1)
    }

    pub fn get(&self, id: &SpanId) -> Option<&Slots> {
        self.shards.get(self.shard_of(id))?.get(id)
    }

    /// Every id with its slots, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (&SpanId, &Slots)> {
        self.shards.iter().flat_map(|shard| shard.iter())
    }

    /// One more slot for an id.
    pub fn add(&mut self, id: &SpanId, slot: u32) {
        if self.len >= self.shards.len() * FULL {
            self.spread(self.shards.len() * 2);
        }
        let place = self.shard_of(id);
        let shard = Arc::make_mut(&mut self.shards[place]);
        match shard.entry(id.clone()) {
            Entry::Occupied(there) => there.into_mut().push(slot),
            Entry::Vacant(free) => {
                free.insert(Slots::One(slot));
                self.len += 1;
            }
        }
    }

    /// Takes the first slot of an id out.
    pub fn take(&mut self, id: &SpanId) -> Option<u32> {
        let there = self.get(id)?;
        let (first, rest) = (there.first()?, there.rest());
        let place = self.shard_of(id);
        let shard = Arc::make_mut(&mut self.shards[place]);
        match rest {
            Some(rest) => drop(shard.insert(id.clone(), rest)),
            None => {
                shard.remove(id);
                self.len -= 1;
            }
        }
        Some(first)
    }

    pub fn reserve(&mut self, more: usize) {
        let wanted = (self.len + more).div_ceil(FULL);
        if wanted > self.shards.len() {
            self.spread(wanted);
            let each = (self.len + more) / self.shards.len();
            for shard in &mut self.shards {
                let shard = Arc::make_mut(shard);
                shard.reserve((each + each / 4).saturating_sub(shard.len()));
            }
        }
    }

    /// Makes it so many shards, rounded up to a power of two.
    fn spread(&mut self, shards: usize) {
        let fresh = vec![Arc::default(); shards.next_power_of_two()];
        for shard in std::mem::replace(&mut self.shards, fresh) {
            for (id, slots) in Arc::unwrap_or_clone(shard) {
                let place = self.shard_of(&id);
                Arc::make_mut(&mut self.shards[place]).insert(id, slots);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_a_map_and_snapshots_keep_theirs(acts in prop::collection::vec((0u8..8, any::<bool>(), any::<bool>()), 0..80)) {
            let mut map = ById::default();
            let mut plain: HashMap<SpanId, Vec<u32>> = HashMap::new();
            let mut snapshots = Vec::new();
            let listed = |map: &ById| {
                let mut all: Vec<(String, Vec<u32>)> = map.iter().map(|(id, slots)| (id.to_string(), match slots {
                    Slots::One(slot) => vec![*slot],
                    Slots::Several(slots) => slots.clone(),
                })).collect();
                all.sort();
                all
            };
            for (slot, (id, out, snap)) in (0u32..).zip(acts) {
                let id = SpanId::from(format!("s{id}"));
                if out {
                    let was = plain.get_mut(&id).map(|slots| slots.remove(0));
                    if plain.get(&id).is_some_and(Vec::is_empty) { plain.remove(&id); }
                    prop_assert_eq!(map.take(&id), was);
                } else {
                    plain.entry(id.clone()).or_default().push(slot);
                    map.add(&id, slot);
                }
                let mut all: Vec<(String, Vec<u32>)> = plain.iter().map(|(id, slots)| (id.to_string(), slots.clone())).collect();
                all.sort();
                prop_assert_eq!(listed(&map), all.clone());
                if snap {
                    snapshots.push((map.clone(), all));
                }
            }
            for (snapshot, all) in snapshots {
                prop_assert_eq!(listed(&snapshot), all);
            }
        }
    }
}
