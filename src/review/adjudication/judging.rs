//! Carrying verdicts out: the gold span, the decision, and the links and relations that follow.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rustc_hash::FxHashSet;
use thiserror::Error;

use super::Case;
use super::standing::{Standing, Standings, standings};
use super::verdict::{Borders, Judge, Mix, Verdict};
use crate::model::{
    Became, Change, Decision, DecisionId, Outcome, Seen, Span, SpanId, Status, Value, Workspace,
};
use crate::review::content::{Content, fingerprint};
use crate::text::TextRange;

/// Why a verdict could not be carried out. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    /// There is no such difference any more.
    #[error("there is no such difference any more; look at the list again")]
    NoSuchDifference,
    /// The annotator marked nothing here.
    #[error("{0} marked nothing here; take another annotator's version, or reject what the others marked")]
    NothingOf(String),
    /// The borders have nothing in common.
    #[error(
        "the annotators' spans share no text, so there is no intersection; take one of them or the union"
    )]
    NothingInCommon,
    /// A relation's end is not in gold.
    #[error("an end of this relation is not in gold yet; decide about the span first")]
    EndNotInGold,
    /// Gold cannot be changed.
    #[error("gold is read-only here: {0}")]
    ReadOnly(String),
    /// Whoever asked for it does not want it any more.
    #[error("it was stopped; nothing was decided")]
    Stopped,
    /// Gold was changed meanwhile.
    #[error("{0}")]
    Outdated(#[from] crate::model::Outdated),
}

/// Of so many fresh gold spans at most it is asked, one by one, who names them.
const FEW: usize = 16;

/// Verdicts being carried out on a copy of gold; [`Judging::finish`] gives the changes.
pub struct Judging<'a> {
    pub(super) case: Case<'a>,
    pub(super) standings: Standings,
    pub(super) gold: Workspace,
    pub(super) changes: Vec<Change>,
    /// Clusters that got their gold span in this judging.
    pub(super) fresh: HashSet<usize>,
    /// Gold spans that were made or made anew in this judging, with their decisions.
    pub(super) made: Vec<(SpanId, DecisionId)>,
    pub(super) next_span: u64,
    pub(super) next_relation: u64,
}

impl<'a> Judging<'a> {
    /// Begins.
    pub fn new(case: Case<'a>) -> Self {
        let standings = standings(&case);
        Self::with(case, standings)
    }

    /// Begins, where it is known already how everything stands.
    pub fn with(case: Case<'a>, standings: Standings) -> Self {
        Self {
            standings,
            gold: Workspace { set: case.gold.clone(), ..Workspace::default() },
            changes: Vec::new(),
            fresh: HashSet::new(),
            made: Vec::new(),
            next_span: case.gold.len() as u64 + 1,
            next_relation: case.gold.relation_count() as u64 + 1,
            case,
        }
    }

    /// How everything stood when it began.
    pub fn standings(&self) -> &Standings {
        &self.standings
    }

    /// Carries out a verdict on the cluster at `place` of the comparison.
    ///
    /// # Errors
    /// The verdict makes no sense here.
    pub fn decide(&mut self, place: usize, verdict: &Verdict, judge: &Judge) -> Result<(), Refused> {
        self.decide_as(place, verdict, verdict.name(), judge)
    }

    /// Takes what all who are compared say of the cluster at `place`, as the rule would: a relation needs its ends.
    ///
    /// # Errors
    /// There is no such place.
    pub fn take_agreed(&mut self, place: usize, judge: &Judge) -> Result<(), Refused> {
        let comparison = self.case.comparison;
        let who = comparison.clusters.get(place).and_then(|c| c.present().next()).map(|(who, _)| who);
        let name = who.and_then(|who| comparison.annotators.get(who)).ok_or(Refused::NoSuchDifference)?;
        self.decide_as(place, &Verdict::TakeFrom(name.clone()), "unanimous", judge)
    }

    /// As [`Self::decide`], with another word for how it was decided: the name of a rule.
    pub(super) fn decide_as(
        &mut self,
        place: usize,
        verdict: &Verdict,
        how: &str,
        judge: &Judge,
    ) -> Result<(), Refused> {
        let comparison = self.case.comparison;
        let cluster = comparison.clusters.get(place).ok_or(Refused::NoSuchDifference)?;
        let (span, from) = match verdict {
            Verdict::Reject { .. } | Verdict::NothingHere => (None, Vec::new()),
            Verdict::TakeFrom(annotator) => {
                let (who, span) = self.member(cluster, annotator)?;
                let said = comparison.content(who, &span.id).map(|content| &content.fingerprint);
                let alike =
                    comparison.contents(cluster).filter(|(_, other)| Some(&other.fingerprint) == said);
                // The one who was named first; then those who say the very same.
                let mut from = vec![annotator.clone()];
                from.extend(
                    alike.map(|(who, _)| comparison.annotators[who].clone()).filter(|n| n != annotator),
                );
                (Some(self.linked(who, span)), from)
            }
            Verdict::Union => (Some(self.mixed(cluster, &Mix::default())?), self.all_of(cluster)),
            Verdict::Intersection => {
                let mix = Mix { borders: Borders::Intersection, ..Mix::default() };
                (Some(self.mixed(cluster, &mix)?), self.all_of(cluster))
            }
            Verdict::Mix(mix) => (Some(self.mixed(cluster, mix)?), self.all_of(cluster)),
            Verdict::Own(span) => (Some((**span).clone()), Vec::new()),
        };
        let outcome = match verdict {
            Verdict::Reject { .. } => Outcome::Rejected,
            Verdict::NothingHere => Outcome::Nothing,
            _ => Outcome::Taken,
        };
        let mut judge = judge.clone();
        if let Verdict::Reject { reason } = verdict
            && !reason.is_empty()
        {
            judge.why.clone_from(reason);
        }
        let gold = self.put_gold(place, span)?;
        self.put_decision(place, outcome, gold, from, how, &judge)
    }

    /// Puts a decision that there is nothing to be tagged at a place where nobody marked anything.
    ///
    /// # Errors
    /// Never in practice: a fresh id always fits.
    pub fn nothing_at(&mut self, at: TextRange, judge: &Judge) -> Result<(), Refused> {
        let decision = Decision {
            id: self.fresh_decision_id(&format!("{at:?} {judge:?}")),
            outcome: Outcome::Nothing,
            at,
            span: None,
            relation: None,
            made: String::new(),
            seen: Vec::new(),
            from: Vec::new(),
            how: "nothing".into(),
            by: judge.by.clone(),
            when: judge.when.clone(),
            why: judge.why.clone(),
        };
        self.make(Change::Decision(Became::new(Arc::new(decision))))
    }

    /// Ends it: lets links and relations follow what is in gold now, and gives the changes of gold, in order.
    ///
    /// # Errors
    /// Never in practice: everything was tried on a copy of gold.
    pub fn finish(self, judge: &Judge) -> Result<Vec<Change>, Refused> {
        self.finish_with_gold(judge).map(|(changes, _)| changes)
    }

    /// As [`Self::finish`], with gold as it is after the changes.
    pub(super) fn finish_with_gold(mut self, judge: &Judge) -> Result<(Vec<Change>, Workspace), Refused> {
        self.fill_links()?;
        self.draw_relations(judge)?;
        self.note_what_was_made()?;
        let status = self.gold.set.status;
        if status == Status::Untouched && !self.changes.is_empty() {
            self.make(Change::Status { before: status, after: Status::InProgress })?;
        }
        Ok((condensed(self.changes), self.gold))
    }

    pub(super) fn make(&mut self, change: Change) -> Result<(), Refused> {
        if !change.is_idle() {
            change.apply(&mut self.gold)?;
            self.changes.push(change);
        }
        Ok(())
    }

    /// Puts the cluster's gold span in place: a new one, the old one made anew under its id, or none.
    fn put_gold(&mut self, place: usize, span: Option<Span>) -> Result<Option<SpanId>, Refused> {
        let old = self.standings.gold[place].as_ref().and_then(|id| self.gold.set.get(id)).cloned();
        let Some(mut span) = span else {
            if let Some(old) = old {
                for change in self.gold.removal_of(&old.id, self.case.schema) {
                    self.make(change)?;
                }
            }
            self.standings.gold[place] = None;
            return Ok(None);
        };
        match old {
            Some(old) => {
                span.id = old.id.clone();
                // A remark that the judge made on it stays.
                span.note.clone_from(&old.note);
                self.make(Change::Span(Became::other(old, Arc::new(span.clone()))))?;
            }
            None => {
                span.id = self.fresh_span_id();
                self.make(Change::Span(Became::new(Arc::new(span.clone()))))?;
                self.fresh.insert(place);
            }
        }
        self.standings.gold[place] = Some(span.id.clone());
        Ok(Some(span.id))
    }

    fn put_decision(
        &mut self,
        place: usize,
        outcome: Outcome,
        span: Option<SpanId>,
        from: Vec<String>,
        how: &str,
        judge: &Judge,
    ) -> Result<(), Refused> {
        let comparison = self.case.comparison;
        let cluster = &comparison.clusters[place];
        let seen: Vec<Seen> = comparison
            .contents(cluster)
            .zip(cluster.present())
            .map(|((who, content), (_, id))| Seen {
                annotator: comparison.annotators[who].clone(),
                id: id.to_string(),
                content: content.fingerprint.clone(),
            })
            .collect();
        let old = match &self.standings.clusters[place] {
            Standing::Decided(id) | Standing::Changed(id) => self.gold.set.decision(id).cloned(),
            _ => None,
        };
        let new = Decision {
            id: self.id_for(old.as_ref(), &seen, judge),
            outcome,
            at: cluster.extent,
            span: span.clone(),
            relation: None,
            made: String::new(),
            seen: with_earlier(seen, old.as_ref()),
            from,
            how: how.to_owned(),
            by: judge.by.clone(),
            when: judge.when.clone(),
            why: judge.why.clone(),
        };
        let id = new.id.clone();
        self.make(Change::Decision(Became { before: old, after: Some(Arc::new(new)) }))?;
        self.standings.clusters[place] = Standing::Decided(id.clone());
        self.made.extend(span.map(|span| (span, id)));
        Ok(())
    }

    /// Gold spans whose links could not lead anywhere, because the other span was not in gold: now it is.
    fn fill_links(&mut self) -> Result<(), Refused> {
        if self.fresh.is_empty() {
            return Ok(());
        }
        let comparison = self.case.comparison;
        for place in self.naming_fresh() {
            let cluster = &comparison.clusters[place];
            let Some(gold) =
                self.standings.gold[place].as_ref().and_then(|id| self.gold.set.get(id)).cloned()
            else {
                continue;
            };
            let Standing::Decided(id) = &self.standings.clusters[place] else { continue };
            let Some(decision) = self.gold.set.decision(id) else { continue };
            let Some((who, source)) =
                decision.from.first().and_then(|annotator| self.member(cluster, annotator).ok())
            else {
                continue;
            };
            // Only if it is still what was made of the annotator's: what a person took out stays out.
            let before = self.linked_fields(who, source, |other| !self.fresh.contains(&other));
            let after = self.linked_fields(who, source, |_| true);
            if before != after && gold.fields == before {
                let mut new = (*gold).clone();
                new.fields = after;
                let id = id.clone();
                self.make(Change::Span(Became::other(gold.clone(), Arc::new(new))))?;
                self.made.push((gold.id.clone(), id));
            }
        }
        Ok(())
    }

    /// The clusters with gold of which a member names what has just come, in order.
    fn naming_fresh(&self) -> Vec<usize> {
        let comparison = self.case.comparison;
        let members = self.fresh.iter().flat_map(|place| comparison.clusters[*place].present());
        let in_gold = |place: &usize| self.standings.gold[*place].is_some();
        if self.fresh.len() <= FEW {
            let naming = members.flat_map(|(who, id)| {
                let naming = self.case.sets[who].1.referring_to(id);
                naming.filter_map(move |span| comparison.cluster_of(who, &span.id))
            });
            let all: BTreeSet<usize> = naming.filter(in_gold).collect();
            return all.into_iter().collect();
        }
        // A look at the texts of the fields is cheap, and few of them name what has just come.
        let fresh: FxHashSet<(usize, &str)> = members.map(|(who, id)| (who, id.as_str())).collect();
        let names_fresh = |(who, id): (usize, &SpanId)| {
            let span = self.case.sets[who].1.get(id);
            span.is_some_and(|span| span.fields.iter().any(|(_, value)| names_any(value, who, &fresh)))
        };
        let all = (0..comparison.clusters.len()).filter(in_gold);
        all.filter(|place| comparison.clusters[*place].present().any(names_fresh)).collect()
    }

    /// Writes into the decisions what was made, now that links lead where they lead.
    fn note_what_was_made(&mut self) -> Result<(), Refused> {
        for (span, decision) in std::mem::take(&mut self.made) {
            let (Some(span), Some(decision)) =
                (self.gold.set.get(&span).cloned(), self.gold.set.decision(&decision).cloned())
            else {
                continue;
            };
            let made = Content::of(&span, &self.gold.set, self.case.schema).fingerprint;
            let noted = Decision { made, ..(*decision).clone() };
            self.make(Change::Decision(Became::other(decision, Arc::new(noted))))?;
        }
        Ok(())
    }

    pub(super) fn id_for(&self, old: Option<&Arc<Decision>>, seen: &[Seen], judge: &Judge) -> DecisionId {
        match old {
            Some(old) => old.id.clone(),
            None => self.fresh_decision_id(&format!("{seen:?} {judge:?}")),
        }
    }

    fn fresh_decision_id(&self, of: &str) -> DecisionId {
        let digest = fingerprint(of);
        let name = format!("d{}", &digest[..digest.len().min(9)]);
        let free = |id: &DecisionId| self.gold.set.decision(id).is_none();
        let mut id = DecisionId::from(name.as_str());
        for n in 2u32.. {
            if free(&id) {
                break;
            }
            id = format!("{name}~{n}").into();
        }
        id
    }

    fn fresh_span_id(&mut self) -> SpanId {
        loop {
            let id = SpanId::from(format!("s{}", self.next_span));
            self.next_span += 1;
            if self.gold.set.get(&id).is_none() {
                return id;
            }
        }
    }
}

fn names_any(value: &Value, who: usize, ids: &FxHashSet<(usize, &str)>) -> bool {
    match value {
        Value::Text(text) => ids.contains(&(who, text.as_str())),
        Value::List(items) => items.iter().any(|item| names_any(item, who, ids)),
        Value::Record(fields) => fields.iter().any(|(_, value)| names_any(value, who, ids)),
        _ => false,
    }
}

/// What was seen now, and what was seen before: nobody is asked again about either.
pub(super) fn with_earlier(mut seen: Vec<Seen>, old: Option<&Arc<Decision>>) -> Vec<Seen> {
    for earlier in old.iter().flat_map(|old| &old.seen) {
        if !seen.contains(earlier) {
            seen.push(earlier.clone());
        }
    }
    seen
}

/// Several changes of one thing as one: what it was at first becomes what it was at last.
pub(super) fn condensed(changes: Vec<Change>) -> Vec<Change> {
    let mut all: Vec<Change> = Vec::with_capacity(changes.len());
    let mut decisions: HashMap<DecisionId, usize> = HashMap::new();
    for change in changes {
        if let Change::Decision(became) = &change
            && let Some(id) =
                became.after.as_ref().or(became.before.as_ref()).map(|decision| decision.id.clone())
        {
            if let Some(Change::Decision(earlier)) = decisions.get(&id).and_then(|place| all.get_mut(*place))
            {
                earlier.after.clone_from(&became.after);
                continue;
            }
            decisions.insert(id, all.len());
        }
        all.push(change);
    }
    all
}
