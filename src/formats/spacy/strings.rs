//! spaCy's numbers for strings: MurmurHash64A, except for the few hundred names that spaCy itself has (`spacy/symbols.pyx`, version 3.8).

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::super::murmur::murmur64a;

/// A number and a name on each line.
static SYMBOLS: &str = include_str!("symbols.txt");

fn symbols() -> &'static FxHashMap<&'static str, u64> {
    static TABLE: OnceLock<FxHashMap<&'static str, u64>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let pairs = SYMBOLS.lines().filter_map(|line| line.split_once(' '));
        pairs.filter_map(|(number, name)| Some((name, number.parse().ok()?))).collect()
    })
}

/// The number of a string; 0 for the empty one.
pub(super) fn number(string: &str) -> u64 {
    // They are all of ASCII, and most words are not.
    let known = match string.bytes().next() {
        None => return 0,
        Some(first) if first.is_ascii() => symbols().get(string),
        Some(_) => None,
    };
    known.copied().unwrap_or_else(|| murmur64a(string.as_bytes(), 1))
}

/// The strings that a file uses, each once.
#[derive(Default)]
pub(super) struct Strings {
    known: HashSet<u64, Scattering>,
    all: Vec<String>,
}

impl Strings {
    /// Notes a string by its number. A file knows strings by their numbers alone.
    pub fn add(&mut self, number: u64, string: &str) {
        if self.known.insert(number) {
            self.all.push(string.to_owned());
        }
    }

    /// All of them in the order of their code points.
    pub fn sorted(mut self) -> Vec<String> {
        self.all.sort_unstable();
        self.all
    }
}

/// Strings by their numbers, with their lengths in code points.
pub(super) struct Numbered<'a>(HashMap<u64, (&'a str, u32), Scattering>);

impl<'a> Numbered<'a> {
    /// Those of a file and those of spaCy.
    pub fn of(strings: impl ExactSizeIterator<Item = &'a str>) -> Self {
        let mut all = HashMap::with_capacity_and_hasher(symbols().len() + strings.len(), Scattering::new());
        let counted = |string: &'a str| (string, string.chars().count() as u32);
        all.extend(symbols().iter().map(|(name, number)| (*number, counted(name))));
        all.extend(strings.map(|string| (number(string), counted(string))));
        Self(all)
    }

    /// The string of a number, with its length; the empty one for 0.
    pub fn get(&self, number: u64) -> Option<(&'a str, u32)> {
        if number == 0 { Some(("", 0)) } else { self.0.get(&number).copied() }
    }
}

/// Hashes of numbers of 64 bits that are hashes already: one multiplication by an odd number that nobody outside knows, so that no file can
/// be made whose strings all fall into one place (Dietzfelbinger and others 1997).
#[derive(Clone, Copy)]
pub(super) struct Scattering(u64);

impl Scattering {
    fn new() -> Self {
        Self(RandomState::new().hash_one(0u64) | 1)
    }
}

impl Default for Scattering {
    fn default() -> Self {
        Self::new()
    }
}

impl BuildHasher for Scattering {
    type Hasher = Scattered;

    fn build_hasher(&self) -> Scattered {
        Scattered { by: self.0, number: 0 }
    }
}

/// See [`Scattering`].
pub(super) struct Scattered {
    by: u64,
    number: u64,
}

impl Hasher for Scattered {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, number: u64) {
        self.number = (self.number.rotate_left(5) ^ number).wrapping_mul(self.by);
    }

    fn finish(&self) -> u64 {
        // The upper half of a product is the good one, and tables look at the lower.
        self.number.swap_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_spacy_itself_have_their_own_numbers() {
        // spacy.symbols.PERSON; spacy.strings.hash_string("position").
        assert_eq!((number("PERSON"), number(""), symbols().len()), (380, 0, 456));
        assert_eq!(Numbered::of(["Киев"].into_iter()).get(number("Киев")), Some(("Киев", 4)));
    }
}
