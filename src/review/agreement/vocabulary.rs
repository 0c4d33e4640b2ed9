//! What is said in fields, by number: it is compared often and read once.

use rustc_hash::FxHashMap;

/// Names by number, in the order in which they were first met.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    numbers: FxHashMap<Box<str>, u32>,
    names: Vec<Box<str>>,
}

impl Names {
    pub fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.into());
        self.numbers.insert(name.into(), number);
        number
    }

    pub fn len(&self) -> usize {
        self.names.len()
    }
}

/// What is said in one field.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub names: Names,
    /// Of a field of numbers, the number behind each name.
    values: Vec<f64>,
    /// Sets of names, each ascending and without repetition.
    pub sets: Vec<Vec<u32>>,
    set_numbers: FxHashMap<Vec<u32>, u32>,
}

impl Words {
    /// The number of a number.
    pub fn value(&mut self, value: f64, name: &str) -> u32 {
        let number = self.names.number(name);
        if number as usize == self.values.len() {
            self.values.push(value);
        }
        number
    }

    /// The number of a set; sorts its members.
    pub fn set(&mut self, members: &mut Vec<u32>) -> u32 {
        members.sort_unstable();
        members.dedup();
        if let Some(number) = self.set_numbers.get(members.as_slice()) {
            return *number;
        }
        let number = self.sets.len() as u32;
        self.sets.push(members.clone());
        self.set_numbers.insert(members.clone(), number);
        number
    }

    /// Takes another list in: for each of its names, or of its sets if it has any, the number here.
    pub fn take_in(&mut self, other: &Self) -> Vec<u32> {
        let names: Vec<u32> = match other.values.as_slice() {
            [] => other.names.names.iter().map(|name| self.names.number(name)).collect(),
            values => {
                other.names.names.iter().zip(values).map(|(name, value)| self.value(*value, name)).collect()
            }
        };
        if other.sets.is_empty() {
            return names;
        }
        let renamed = |set: &Vec<u32>| set.iter().map(|name| names[*name as usize]).collect();
        other.sets.iter().map(|set| self.set(&mut renamed(set))).collect()
    }

    /// For a field of numbers: each name's place on the scale of all of them.
    pub fn scale(&self) -> Vec<u32> {
        let mut sorted = self.values.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.dedup_by(|a, b| a.total_cmp(b).is_eq());
        let place = |value: &f64| sorted.partition_point(|known| known.total_cmp(value).is_lt()) as u32;
        self.values.iter().map(place).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_two_articles_become_one() {
        let (mut all, mut one, mut other) = (Words::default(), Words::default(), Words::default());
        let (a, b) = (one.names.number("a"), one.names.number("b"));
        assert_eq!(one.set(&mut vec![b, a, b]), 0);
        let (b, c) = (other.names.number("b"), other.names.number("c"));
        assert_eq!((other.set(&mut vec![c]), other.set(&mut vec![b, c])), (0, 1));
        assert_eq!(all.take_in(&one), [0]);
        assert_eq!(all.take_in(&other), [1, 2]);
        assert_eq!(all.take_in(&one), [0]);
        assert_eq!(all.sets, [vec![0, 1], vec![2], vec![1, 2]]);
    }

    #[test]
    fn numbers_stand_on_a_scale() {
        let mut words = Words::default();
        let numbers: Vec<u32> = [10.0, 2.0, 5.0, 2.0].map(|v: f64| words.value(v, &v.to_string())).to_vec();
        assert_eq!(numbers, [0, 1, 2, 1]);
        assert_eq!(words.scale(), [2, 0, 1]);
    }
}
