//! Relations between gold spans: by a verdict, or because everyone drew them whose version of both ends is in gold.

use std::sync::Arc;

use super::judging::{Judging, Refused, with_earlier};
use super::standing::Standing;
use super::verdict::{Judge, RelationVerdict};
use crate::model::{Became, Change, Decision, Outcome, Relation, RelationId, Seen};
use crate::review::content::relation_fingerprint;

impl Judging<'_> {
    /// Carries out a verdict on the relation at `place` of the comparison.
    ///
    /// # Errors
    /// An end is not in gold, or the annotator did not draw it.
    pub fn decide_relation(
        &mut self,
        place: usize,
        verdict: &RelationVerdict,
        judge: &Judge,
    ) -> Result<(), Refused> {
        let comparison = self.case.comparison;
        let relation = comparison.relations.get(place).ok_or(Refused::NoSuchDifference)?;
        let (from, to) =
            (self.standings.gold[relation.from].clone(), self.standings.gold[relation.to].clone());
        let mut judge = judge.clone();
        let old = match &self.standings.relations[place] {
            Standing::Decided(id) | Standing::Changed(id) => self.gold.set.decision(id).cloned(),
            _ => None,
        };
        let drawn = match &self.standings.relations[place] {
            Standing::Drawn(id) => Some(id),
            _ => old.as_ref().and_then(|old| old.relation.as_ref()),
        };
        let drawn = drawn.and_then(|id| self.gold.set.relation(id)).cloned();
        let (outcome, after, names) = match verdict {
            RelationVerdict::TakeFrom(annotator) => {
                let who =
                    comparison.place_of(annotator).ok_or_else(|| Refused::NothingOf(annotator.clone()))?;
                let said = relation.members[who]
                    .as_ref()
                    .and_then(|id| self.case.sets[who].1.relation(id))
                    .ok_or_else(|| Refused::NothingOf(annotator.clone()))?;
                let (Some(from), Some(to)) = (from, to) else { return Err(Refused::EndNotInGold) };
                // A symmetric relation may have been drawn the other way round; whichever way, it is this annotator's.
                let turned = comparison.cluster_of(who, &said.from) == Some(relation.to)
                    && relation.from != relation.to;
                let (from, to) = if turned { (to, from) } else { (from, to) };
                let id = drawn.as_ref().map_or_else(|| self.fresh_relation_id(), |drawn| drawn.id.clone());
                let new = Relation { id, label: said.label.clone(), from, to, fields: said.fields.clone() };
                (Outcome::Taken, Some(Arc::new(new)), vec![annotator.clone()])
            }
            RelationVerdict::Reject { reason } => {
                if !reason.is_empty() {
                    judge.why.clone_from(reason);
                }
                (Outcome::Rejected, None, Vec::new())
            }
        };
        self.put_relation(place, drawn, after, outcome, names, "take", &judge)
    }

    #[expect(clippy::too_many_arguments, reason = "what a decision on a relation consists of")]
    fn put_relation(
        &mut self,
        place: usize,
        before: Option<Arc<Relation>>,
        after: Option<Arc<Relation>>,
        outcome: Outcome,
        from: Vec<String>,
        how: &str,
        judge: &Judge,
    ) -> Result<(), Refused> {
        let comparison = self.case.comparison;
        let relation = &comparison.relations[place];
        if before.is_some() || after.is_some() {
            self.make(Change::Relation(Became { before, after: after.clone() }))?;
        }
        let seen: Vec<Seen> = relation
            .members
            .iter()
            .zip(&relation.contents)
            .zip(&comparison.annotators)
            .filter_map(|((id, content), annotator)| {
                let (id, content) = (id.as_ref()?.to_string(), content.clone()?);
                Some(Seen { annotator: annotator.clone(), id, content })
            })
            .collect();
        let old = match &self.standings.relations[place] {
            Standing::Decided(id) | Standing::Changed(id) => self.gold.set.decision(id).cloned(),
            _ => None,
        };
        let made = after.as_ref().map(|after| relation_fingerprint(after, &self.gold.set, self.case.schema));
        let new = Decision {
            id: self.id_for(old.as_ref(), &seen, judge),
            outcome,
            at: comparison.clusters[relation.from].extent,
            span: None,
            relation: after.map(|after| after.id.clone()),
            made: made.unwrap_or_default(),
            seen: with_earlier(seen, old.as_ref()),
            from,
            how: how.to_owned(),
            by: judge.by.clone(),
            when: judge.when.clone(),
            why: judge.why.clone(),
        };
        self.standings.relations[place] = Standing::Decided(new.id.clone());
        self.make(Change::Decision(Became { before: old, after: Some(Arc::new(new)) }))
    }

    /// Relations that everyone drew whose version of both ends is in gold.
    pub(super) fn draw_relations(&mut self, judge: &Judge) -> Result<(), Refused> {
        let comparison = self.case.comparison;
        for (place, relation) in comparison.relations.iter().enumerate() {
            if self.standings.relations[place] != Standing::Open
                || !(self.fresh.contains(&relation.from) || self.fresh.contains(&relation.to))
            {
                continue;
            }
            let (Some(from), Some(to)) = (self.origin_of(relation.from), self.origin_of(relation.to)) else {
                continue;
            };
            let heard: Vec<usize> = (0..comparison.annotators.len())
                .filter(|who| {
                    let name = &comparison.annotators[*who];
                    from.contains(name) && to.contains(name)
                })
                .collect();
            let said: Option<Vec<&Arc<Relation>>> = heard
                .iter()
                .map(|who| self.case.sets[*who].1.relation(relation.members[*who].as_ref()?))
                .collect();
            let Some(said) = said.filter(|said| !said.is_empty()) else { continue };
            if said.iter().any(|other| other.fields != said[0].fields) {
                continue;
            }
            let names: Vec<String> = heard.iter().map(|who| comparison.annotators[*who].clone()).collect();
            let verdict = RelationVerdict::TakeFrom(names[0].clone());
            let unanimous = Judge { why: String::new(), ..judge.clone() };
            self.decide_relation(place, &verdict, &unanimous)?;
        }
        Ok(())
    }

    /// Whose versions the gold span of a cluster was made from.
    fn origin_of(&self, place: usize) -> Option<Vec<String>> {
        self.standings.gold[place].as_ref()?;
        match &self.standings.clusters[place] {
            Standing::Decided(id) => self.gold.set.decision(id).map(|decision| decision.from.clone()),
            _ => None,
        }
    }

    fn fresh_relation_id(&mut self) -> RelationId {
        loop {
            let id = RelationId::from(format!("r{}", self.next_relation));
            self.next_relation += 1;
            if self.gold.set.relation(&id).is_none() {
                return id;
            }
        }
    }
}
