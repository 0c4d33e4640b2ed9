//! The list of differences: filtered, forwards and back, and how far the judge has come.

use super::ReviewDesk;
use crate::model::{GOLD, Outcome, SpanId};
use crate::review::adjudication::Standing;
use crate::review::difference::{Cluster, ClusterKey, DifferenceKind};

/// One row of the list.
#[derive(Clone, Copy, Debug)]
pub struct Difference<'a> {
    /// Its place in the comparison.
    pub place: usize,
    /// What the annotators marked there.
    pub cluster: &'a Cluster,
    /// How it stands.
    pub standing: &'a Standing,
    /// The gold span, if there is one.
    pub gold: Option<&'a SpanId>,
}

/// Which differences are listed. The default lists what somebody must still look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Those of one of these kinds; empty: of any.
    pub kinds: Vec<DifferenceKind>,
    /// Those in which somebody used one of these labels; empty: any.
    pub labels: Vec<String>,
    /// Those in which one of these annotators stands apart: alone, missing, or saying what nobody else says. Empty: any.
    pub annotators: Vec<String>,
    /// Whether what is decided is listed too.
    pub decided: bool,
    /// Whether what all agree on is listed too.
    pub agreed: bool,
}

impl Default for Filter {
    fn default() -> Self {
        Self { kinds: Vec::new(), labels: Vec::new(), annotators: Vec::new(), decided: false, agreed: true }
    }
}

impl Filter {
    /// Everything.
    pub fn everything() -> Self {
        Self { decided: true, ..Self::default() }
    }
}

/// How far the judge has come with an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewProgress {
    /// Places that annotators spoke of.
    pub places: usize,
    /// Those on which all agree.
    pub agreed: usize,
    /// Those about which nobody decided yet.
    pub open: usize,
    /// Those that were decided, and about which annotators say something new since. They count as open too.
    pub changed: usize,
    /// Those that were decided, or that gold has a span for.
    pub decided: usize,
    /// Of the decided: taken into gold, as they were or changed.
    pub taken: usize,
    /// Of the decided: rejected.
    pub rejected: usize,
    /// Of the decided: nothing to be tagged.
    pub nothing: usize,
    /// Relations about which nobody decided and whose ends are both in gold.
    pub open_relations: usize,
    /// Gold spans that no annotator's spans led to.
    pub own: usize,
}

impl ReviewProgress {
    /// The share that is decided, 0 to 1; 1 if there is nothing to decide.
    pub fn share(&self) -> f64 {
        if self.places == 0 { 1.0 } else { self.decided as f64 / self.places as f64 }
    }
}

impl ReviewDesk {
    /// The differences that pass a filter, in text order.
    pub fn differences(&self, filter: &Filter) -> Vec<Difference<'_>> {
        (0..self.comparison().clusters.len())
            .filter(|place| self.passes(*place, filter))
            .map(|place| self.difference(place))
            .collect()
    }

    /// One difference by its key.
    pub fn find(&self, key: &ClusterKey) -> Option<Difference<'_>> {
        self.comparison().find(key).map(|place| self.difference(place))
    }

    /// The difference after this one that passes the filter, or the first of all; after the last comes the first again.
    pub fn next(&self, after: Option<&ClusterKey>, filter: &Filter) -> Option<Difference<'_>> {
        let all = self.comparison().clusters.len();
        let start = after.and_then(|key| self.comparison().find(key)).map_or(0, |place| place + 1);
        (0..all)
            .map(|step| (start + step) % all)
            .find(|place| self.passes(*place, filter))
            .map(|p| self.difference(p))
    }

    /// The difference before this one that passes the filter, or the last of all; before the first comes the last again.
    pub fn previous(&self, before: Option<&ClusterKey>, filter: &Filter) -> Option<Difference<'_>> {
        let all = self.comparison().clusters.len();
        let start = before.and_then(|key| self.comparison().find(key)).unwrap_or(all);
        (1..=all)
            .map(|step| (start + all - step) % all)
            .find(|place| self.passes(*place, filter))
            .map(|place| self.difference(place))
    }

    /// How far the judge has come.
    pub fn progress(&self) -> ReviewProgress {
        let (comparison, standings) = (self.comparison(), self.standings());
        let mut progress = ReviewProgress { places: comparison.clusters.len(), ..Default::default() };
        let each = comparison.clusters.iter().zip(&standings.clusters).zip(&standings.outcomes);
        for ((cluster, standing), outcome) in each {
            progress.agreed += usize::from(cluster.kinds.is_agreed());
            progress.open += usize::from(standing.is_open());
            progress.changed += usize::from(matches!(standing, Standing::Changed(_)));
            progress.decided += usize::from(!standing.is_open());
            match standing {
                Standing::InGold(_) | Standing::Drawn(_) | Standing::Filled => progress.taken += 1,
                Standing::Decided(_) => match outcome {
                    Some(Outcome::Taken) => progress.taken += 1,
                    Some(Outcome::Rejected) => progress.rejected += 1,
                    Some(Outcome::Nothing) => progress.nothing += 1,
                    None => {}
                },
                Standing::Open | Standing::Changed(_) => {}
            }
        }
        progress.open_relations = comparison
            .relations
            .iter()
            .zip(&standings.relations)
            .filter(|(relation, standing)| {
                let ends = [relation.from, relation.to];
                standing.is_open() && ends.iter().all(|end| standings.gold[*end].is_some())
            })
            .count();
        progress.own = standings.apart.len();
        progress
    }

    fn difference(&self, place: usize) -> Difference<'_> {
        Difference {
            place,
            cluster: &self.comparison().clusters[place],
            standing: &self.standings().clusters[place],
            gold: self.standings().gold[place].as_ref(),
        }
    }

    fn passes(&self, place: usize, filter: &Filter) -> bool {
        let (comparison, standings) = (self.comparison(), self.standings());
        let (Some(cluster), Some(standing)) = (comparison.clusters.get(place), standings.clusters.get(place))
        else {
            return false;
        };
        if !filter.decided && !standing.is_open() || !filter.agreed && cluster.kinds.is_agreed() {
            return false;
        }
        let kind = filter.kinds.is_empty() || filter.kinds.iter().any(|kind| cluster.kinds.has(*kind));
        let label = filter.labels.is_empty()
            || comparison.contents(cluster).any(|(_, content)| filter.labels.contains(&content.label));
        let annotator = filter.annotators.is_empty()
            || filter.annotators.iter().any(|name| self.stands_apart(cluster, name));
        kind && label && annotator
    }

    /// Whether an annotator is alone here, missing, or says what nobody else says.
    fn stands_apart(&self, cluster: &Cluster, annotator: &str) -> bool {
        let comparison = self.comparison();
        if annotator == GOLD {
            return false;
        }
        let Some(who) = comparison.place_of(annotator) else { return false };
        let Some(own) = cluster.members[who].as_ref().and_then(|id| comparison.content(who, id)) else {
            return true;
        };
        let mut others = comparison.contents(cluster).filter(|(other, _)| *other != who);
        !others.any(|(_, other)| other.fingerprint == own.fingerprint)
    }
}
