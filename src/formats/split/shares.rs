//! How large the parts of a corpus are to be.

use std::collections::BTreeSet;

/// Names of parts and their shares, which add up to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares(Vec<(String, f64)>);

/// The names that parts may have, as other programs look for them.
const PARTS: [&str; 3] = ["train", "dev", "test"];

impl Shares {
    /// Reads `train=0.8,dev=0.1,test=0.1`.
    ///
    /// # Errors
    /// A name or share is none, or they do not add up to 1.
    pub fn parse(said: &str) -> Result<Self, String> {
        let mut parts: Vec<(String, f64)> = Vec::new();
        for part in said.split(',') {
            let (name, share) =
                part.split_once('=').ok_or_else(|| format!("`{part}` is not of the form train=0.8"))?;
            let (name, share) = (name.trim(), share.trim());
            if !PARTS.contains(&name) {
                return Err(format!("`{name}` is no part; there are {}", PARTS.join(", ")));
            }
            if parts.iter().any(|(there, _)| there == name) {
                return Err(format!("`{name}` is given twice"));
            }
            match share.parse::<f64>() {
                Ok(share) if share.is_finite() && share > 0.0 => parts.push((name.to_owned(), share)),
                _ => return Err(format!("`{share}` is no share; write a number above 0, such as 0.8")),
            }
        }
        let sum: f64 = parts.iter().map(|(_, share)| share).sum();
        match (sum - 1.0).abs() < 1e-6 {
            true => Ok(Self(parts)),
            false => Err(format!("the shares add up to {sum}, and should add up to 1")),
        }
    }

    /// The parts in the order given.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f64)> {
        self.0.iter().map(|(name, share)| (name.as_str(), *share))
    }

    /// How many parts there are.
    pub fn parts(&self) -> usize {
        self.0.len()
    }

    /// Divides articles: every article falls into one part, the parts' sizes are the shares of all rounded by largest remainder, and the
    /// same articles and seed give the same parts on every machine.
    pub(super) fn divide(&self, articles: BTreeSet<String>, seed: u64) -> Vec<(String, BTreeSet<String>)> {
        let mut articles: Vec<String> = articles.into_iter().collect();
        shuffle(&mut articles, seed);
        let mut rest = articles.into_iter();
        let sizes = self.sizes(rest.len());
        let parts = self.0.iter().zip(sizes);
        parts.map(|((name, _), size)| (name.clone(), rest.by_ref().take(size).collect())).collect()
    }

    fn sizes(&self, total: usize) -> Vec<usize> {
        let exact: Vec<f64> = self.0.iter().map(|(_, share)| share * total as f64).collect();
        // A little more than the exact share, as 0.1 + 0.2 falls short of 0.3 in binary.
        let mut sizes: Vec<usize> = exact.iter().map(|size| (size + 1e-9).floor() as usize).collect();
        let mut by_remainder: Vec<usize> = (0..exact.len()).collect();
        by_remainder.sort_by(|a, b| {
            let remainder = |place: usize| exact[place] - sizes[place] as f64;
            remainder(*b).total_cmp(&remainder(*a))
        });
        let missing = total.saturating_sub(sizes.iter().sum());
        for place in by_remainder.into_iter().cycle().take(missing) {
            sizes[place] += 1;
        }
        sizes
    }
}

/// Puts things into an order that the seed alone decides (Fisher and Yates). The bias of the remainder is below 2⁻³² for any number of
/// things that there may be.
pub(super) fn shuffle<T>(things: &mut [T], seed: u64) {
    let mut random = SplitMix(seed);
    for last in (1..things.len()).rev() {
        let other = (random.next() % (last as u64 + 1)) as usize;
        things.swap(last, other);
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014, figure 15): small, and the same everywhere.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn articles(number: usize) -> BTreeSet<String> {
        (0..number).map(|n| format!("articles/{n}.txt")).collect()
    }

    #[test]
    fn wrong_shares_are_refused_with_the_reason() {
        for (wrong, why) in [
            ("train", "not of the form"),
            ("train=0.8,train=0.2", "twice"),
            ("train=0.8,dev=0.1", "add up to"),
            ("trian=1", "no part"),
            ("train=1.5,dev=-0.5", "no share"),
            ("train=NaN", "no share"),
        ] {
            let said = Shares::parse(wrong).unwrap_err();
            assert!(said.contains(why), "{wrong}: {said}");
        }
    }

    #[test]
    fn every_article_falls_into_one_part_of_the_right_size() {
        let split = Shares::parse("train=0.8,dev=0.1,test=0.1").unwrap();
        for number in [0, 1, 2, 3, 7, 10, 101] {
            let parts = split.divide(articles(number), 7);
            let all: BTreeSet<String> = parts.iter().flat_map(|(_, articles)| articles.clone()).collect();
            assert_eq!(all, articles(number));
            assert_eq!(parts.iter().map(|(_, articles)| articles.len()).sum::<usize>(), number);
        }
        let sizes: Vec<usize> = split.divide(articles(10), 7).iter().map(|(_, a)| a.len()).collect();
        assert_eq!(sizes, [8, 1, 1]);
    }

    #[test]
    fn the_seed_alone_decides() {
        let split = Shares::parse("train=0.5,test=0.5").unwrap();
        assert_eq!(split.divide(articles(40), 3), split.divide(articles(40), 3));
        assert_ne!(split.divide(articles(40), 3), split.divide(articles(40), 4));
    }
}
