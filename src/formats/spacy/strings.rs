//! spaCy's numbers for strings: MurmurHash64A, except for the few hundred names that spaCy itself has (`spacy/symbols.pyx`, version 3.8).

use std::collections::HashMap;
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
    match symbols().get(string) {
        Some(number) => *number,
        None if string.is_empty() => 0,
        None => murmur64a(string.as_bytes(), 1),
    }
}

/// The strings that a file uses, with their numbers.
#[derive(Default)]
pub(super) struct StringStore(FxHashMap<String, u64>);

impl StringStore {
    /// Notes a string and gives its number.
    pub fn add(&mut self, string: &str) -> u64 {
        if let Some(number) = self.0.get(string) {
            return *number;
        }
        let number = number(string);
        self.0.insert(string.to_owned(), number);
        number
    }

    /// Takes in those of another.
    pub fn join(&mut self, other: Self) {
        match self.0.is_empty() {
            true => *self = other,
            false => self.0.extend(other.0),
        }
    }

    /// All of them in the order of their code points.
    pub fn sorted(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.0.keys().map(String::as_str).collect();
        all.sort_unstable();
        all
    }
}

/// Strings by their numbers.
pub(super) struct Numbered<'a>(HashMap<u64, &'a str>);

impl<'a> Numbered<'a> {
    /// Those of a file and those of spaCy.
    pub fn of(strings: &'a [String]) -> Self {
        let own = strings.iter().map(|string| (number(string), string.as_str()));
        Self(symbols().iter().map(|(name, number)| (*number, *name)).chain(own).collect())
    }

    /// The string of a number; the empty one for 0.
    pub fn get(&self, number: u64) -> Option<&'a str> {
        if number == 0 { Some("") } else { self.0.get(&number).copied() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_spacy_itself_have_their_own_numbers() {
        // spacy.symbols.PERSON; spacy.strings.hash_string("position").
        assert_eq!((number("PERSON"), number(""), symbols().len()), (380, 0, 456));
        assert_eq!(Numbered::of(&["Киев".to_owned()]).get(number("Киев")), Some("Киев"));
    }
}
