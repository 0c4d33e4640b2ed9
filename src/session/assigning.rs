//! Dealing articles out to annotators, evenly and repeatably.

use rand::SeedableRng as _;
use rand::seq::SliceRandom as _;
use std::collections::BTreeMap;

/// Deals each article to `each` of the annotators, so that nobody gets more than one article more than anybody else, and every pair
/// shares about as many. The same seed deals the same way; names within an article are in the alphabet's order.
pub fn dealt(
    articles: &[String],
    annotators: &[String],
    each: usize,
    seed: u64,
) -> BTreeMap<String, Vec<String>> {
    let mut chance = rand_chacha::ChaCha8Rng::seed_from_u64(seed);
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.shuffle(&mut chance);
    let each = each.min(annotators.len());
    let count = annotators.len();
    let mut load = vec![0usize; count];
    let mut shared = vec![vec![0usize; count]; count];
    let mut dealt = BTreeMap::new();
    for article in order {
        let mut chosen: Vec<usize> = Vec::with_capacity(each);
        // Ties are broken by chance, or the first of the list would always be together.
        let mut ranks: Vec<usize> = (0..count).collect();
        ranks.shuffle(&mut chance);
        for _ in 0..each {
            let free = (0..count).filter(|who| !chosen.contains(who));
            let together = |who: usize| chosen.iter().map(|other| shared[who][*other]).sum::<usize>();
            let next = free.min_by_key(|who| (load[*who], together(*who), ranks[*who]));
            chosen.extend(next);
        }
        for who in &chosen {
            load[*who] += 1;
            for other in &chosen {
                shared[*who][*other] += 1;
            }
        }
        let mut names: Vec<String> = chosen.iter().map(|who| annotators[*who].clone()).collect();
        names.sort();
        dealt.insert(articles[article].clone(), names);
    }
    dealt
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_even_and_repeatable(articles in 0usize..40, people in 1usize..8, each in 1usize..8, seed in 0u64..9) {
            let articles: Vec<String> = (0..articles).map(|n| format!("a{n}")).collect();
            let people: Vec<String> = (0..people).map(|n| format!("p{n}")).collect();
            let once = dealt(&articles, &people, each, seed);
            prop_assert_eq!(&once, &dealt(&articles, &people, each, seed));
            let mut load = vec![0usize; people.len()];
            for (article, names) in &once {
                prop_assert!(articles.contains(article));
                prop_assert_eq!(names.len(), each.min(people.len()));
                for name in names {
                    load[people.iter().position(|p| p == name).unwrap()] += 1;
                }
            }
            prop_assert_eq!(once.len(), articles.len());
            let (most, least) = (load.iter().max().unwrap(), load.iter().min().unwrap());
            prop_assert!(most - least <= 1, "{:?}", load);
        }
    }
}
