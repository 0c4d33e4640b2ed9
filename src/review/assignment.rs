//! Who annotates which article: so many annotators an article, as evenly as can be, by a seeded draw.

use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, HashMap};
use thiserror::Error;

use crate::model::{GOLD, ProjectSettings, Status};

/// Why articles could not be assigned.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unassignable {
    /// More annotators an article than there are.
    #[error(
        "there are {there} annotators, so {wanted} cannot be given to each article; name more annotators or ask for fewer"
    )]
    TooFew {
        /// How many an article were asked for.
        wanted: usize,
        /// How many there are.
        there: usize,
    },
}

/// Gives each article `each` annotators. What is assigned already stays, and counts: an article that has two already gets one more if three are
/// asked for. No two annotators end up more than one article apart, as far as what was there allows.
///
/// The same seed gives the same assignments whatever the order of the articles. The draw is ChaCha8, whose stream is the same on all
/// machines and in all versions.
///
/// # Errors
/// There are fewer annotators than that.
pub fn assign(
    articles: &[String],
    annotators: &[String],
    each: usize,
    seed: u64,
    there: &BTreeMap<String, Vec<String>>,
) -> Result<BTreeMap<String, Vec<String>>, Unassignable> {
    let annotators: Vec<&String> = annotators.iter().filter(|name| *name != GOLD).collect();
    if each > annotators.len() {
        return Err(Unassignable::TooFew { wanted: each, there: annotators.len() });
    }
    let mut assigned = there.clone();
    let mut load: HashMap<&str, usize> = annotators.iter().map(|name| (name.as_str(), 0)).collect();
    for names in there.values() {
        for name in names {
            if let Some(load) = load.get_mut(name.as_str()) {
                *load += 1;
            }
        }
    }
    let mut draw = ChaCha8Rng::seed_from_u64(seed);
    let mut order: Vec<&String> = articles.iter().collect();
    order.sort();
    order.dedup();
    order.shuffle(&mut draw);
    for article in order {
        let names = assigned.entry(article.clone()).or_default();
        while names.len() < each {
            // One number a candidate decides between those who have equally little to do.
            let ranked: Vec<(usize, u64, &String)> = annotators
                .iter()
                .map(|name| (load.get(name.as_str()).copied().unwrap_or(0), draw.next_u64(), *name))
                .collect();
            let free = ranked.into_iter().filter(|(_, _, name)| !names.contains(name)).min();
            let Some((_, _, name)) = free else { break };
            names.push(name.clone());
            *load.entry(name.as_str()).or_default() += 1;
        }
        let rank = |name: &String| annotators.iter().position(|known| *known == name);
        names.sort_by_key(|name| rank(name).unwrap_or(usize::MAX));
        if names.is_empty() {
            // An empty list would say that the article is nobody's.
            assigned.remove(article);
        }
    }
    Ok(assigned)
}

/// Whether an annotator may see others' work on an article in the window: always, unless the project is blind until done; then once their own
/// work on it is done. Whoever is not to annotate the article, and a judge over gold, sees everything.
pub fn may_see_others(settings: &ProjectSettings, article: &str, annotator: &str, own: Status) -> bool {
    let concerned = annotator != GOLD && settings.is_for(article, annotator);
    !settings.blind_until_done || !concerned || own >= Status::Done
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(n: usize, prefix: &str) -> Vec<String> {
        (0..n).map(|i| format!("{prefix}{i}")).collect()
    }

    #[test]
    fn blind_until_done_hides_from_those_concerned() {
        let mut settings = ProjectSettings::new("x");
        assert!(may_see_others(&settings, "a.txt", "anna", Status::InProgress));
        settings.blind_until_done = true;
        assert!(!may_see_others(&settings, "a.txt", "anna", Status::InProgress));
        assert!(may_see_others(&settings, "a.txt", "anna", Status::Done));
        assert!(may_see_others(&settings, "a.txt", GOLD, Status::Untouched));
        settings.assignments.insert("a.txt".into(), vec!["boris".into()]);
        assert!(may_see_others(&settings, "a.txt", "anna", Status::Untouched));
    }

    #[test]
    fn more_than_there_are_is_refused() {
        let refused = assign(&names(2, "a"), &names(2, "n"), 3, 1, &BTreeMap::new());
        assert_eq!(refused, Err(Unassignable::TooFew { wanted: 3, there: 2 }));
    }

    proptest! {
        #[test]
        fn everyone_has_about_the_same_and_the_seed_decides(
            articles in 1usize..40, people in 1usize..7, each in 1usize..7, seed in any::<u64>(),
        ) {
            prop_assume!(each <= people);
            let (articles, people) = (names(articles, "a"), names(people, "n"));
            let all = assign(&articles, &people, each, seed, &BTreeMap::new()).unwrap();
            prop_assert_eq!(all.len(), articles.len());
            for given in all.values() {
                let mut distinct = given.clone();
                distinct.sort();
                distinct.dedup();
                prop_assert_eq!(distinct.len(), each);
            }
            let loads: Vec<usize> =
                people.iter().map(|name| all.values().filter(|given| given.contains(name)).count()).collect();
            prop_assert!(loads.iter().max().unwrap() - loads.iter().min().unwrap() <= 1, "{:?}", loads);
            let mut shuffled = articles.clone();
            shuffled.reverse();
            prop_assert_eq!(&assign(&shuffled, &people, each, seed, &BTreeMap::new()).unwrap(), &all);
            prop_assert_eq!(&assign(&articles, &people, each, seed, &all).unwrap(), &all, "what is there stays");
        }
    }
}
