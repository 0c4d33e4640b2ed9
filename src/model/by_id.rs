//! Which spans have which id, cheap to copy.

use std::collections::HashMap;
use std::sync::Arc;

use super::id::SpanId;

/// So many ids may have changed before the shared map is made anew.
const CHANGED: usize = 1024;

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

/// The slots of every id: a large map that snapshots share, and what changed since it was made.
#[derive(Clone, Debug, Default)]
pub(super) struct ById {
    shared: Arc<HashMap<SpanId, Slots>>,
    /// `None`: taken out since.
    changed: HashMap<SpanId, Option<Slots>>,
}

impl ById {
    pub fn get(&self, id: &SpanId) -> Option<&Slots> {
        match self.changed.get(id) {
            Some(now) => now.as_ref(),
            None => self.shared.get(id),
        }
    }

    /// Every id with its slots, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (&SpanId, &Slots)> {
        let unchanged = self.shared.iter().filter(|(id, _)| !self.changed.contains_key(*id));
        unchanged.chain(self.changed.iter().filter_map(|(id, now)| Some((id, now.as_ref()?))))
    }

    /// One more slot for an id.
    pub fn add(&mut self, id: &SpanId, slot: u32) {
        let now = match self.get(id) {
            Some(there) => {
                let mut there = there.clone();
                there.push(slot);
                there
            }
            None => Slots::One(slot),
        };
        self.put(id, Some(now));
    }

    /// Takes the first slot of an id out.
    pub fn take(&mut self, id: &SpanId) -> Option<u32> {
        let there = self.get(id)?;
        let (first, rest) = (there.first()?, there.rest());
        self.put(id, rest);
        Some(first)
    }

    fn put(&mut self, id: &SpanId, now: Option<Slots>) {
        // Nobody shares the map: it is changed where it is.
        if self.changed.is_empty()
            && let Some(own) = Arc::get_mut(&mut self.shared)
        {
            match now {
                Some(now) => drop(own.insert(id.clone(), now)),
                None => drop(own.remove(id)),
            }
            return;
        }
        self.changed.insert(id.clone(), now);
        if self.changed.len() > CHANGED {
            let mut all = (*self.shared).clone();
            for (id, now) in std::mem::take(&mut self.changed) {
                match now {
                    Some(now) => drop(all.insert(id, now)),
                    None => drop(all.remove(&id)),
                }
            }
            self.shared = Arc::new(all);
        }
    }

    pub fn reserve(&mut self, more: usize) {
        if let Some(own) = Arc::get_mut(&mut self.shared) {
            own.reserve(more);
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
