//! Carrying verdicts out: the gold span, the decision, and the links and relations that follow.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use thiserror::Error;

use super::Case;
use super::standing::{Standing, Standings, standings};
use super::verdict::{Borders, Judge, Mix, RelationVerdict, Verdict};
use crate::model::{
    Became, Change, Decision, DecisionId, FieldPath, Fields, Outcome, Parts, Relation, RelationId, Seen,
    Span, SpanId, Status, Step, Value, Workspace, leaves, may_link_span,
};
use crate::review::content::{Content, fingerprint, relation_fingerprint};
use crate::review::difference::{Cluster, fingerprint_of_relation};
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
    /// Gold was changed meanwhile.
    #[error("{0}")]
    Outdated(#[from] crate::model::Outdated),
}

/// Verdicts being carried out on a copy of gold; [`Judging::finish`] gives the changes.
pub struct Judging<'a> {
    case: Case<'a>,
    standings: Standings,
    gold: Workspace,
    changes: Vec<Change>,
    /// Clusters that got their gold span in this judging.
    fresh: HashSet<usize>,
    /// Gold spans that were made or made anew in this judging, with their decisions.
    made: Vec<(SpanId, DecisionId)>,
    next_span: u64,
    next_relation: u64,
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
        let drawn = old.as_ref().and_then(|old| old.relation.as_ref());
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

    /// Ends it: lets links and relations follow what is in gold now, and gives the changes of gold, in order.
    ///
    /// # Errors
    /// Never in practice: everything was tried on a copy of gold.
    pub fn finish(mut self, judge: &Judge) -> Result<Vec<Change>, Refused> {
        self.fill_links()?;
        self.draw_relations(judge)?;
        self.note_what_was_made()?;
        let status = self.gold.set.status;
        if status == Status::Untouched && !self.changes.is_empty() {
            self.make(Change::Status { before: status, after: Status::InProgress })?;
        }
        Ok(condensed(self.changes))
    }

    fn make(&mut self, change: Change) -> Result<(), Refused> {
        if !change.is_idle() {
            change.apply(&mut self.gold)?;
            self.changes.push(change);
        }
        Ok(())
    }

    fn member(&self, cluster: &Cluster, annotator: &str) -> Result<(usize, &'a Arc<Span>), Refused> {
        let nothing = || Refused::NothingOf(annotator.to_owned());
        let who = self.case.comparison.place_of(annotator).ok_or_else(nothing)?;
        let id = cluster.members[who].as_ref().ok_or_else(nothing)?;
        Ok((who, self.case.sets[who].1.get(id).ok_or_else(nothing)?))
    }

    fn all_of(&self, cluster: &Cluster) -> Vec<String> {
        cluster.present().map(|(who, _)| self.case.comparison.annotators[who].clone()).collect()
    }

    /// A gold span made of an annotator's, links to spans leading to gold. Notes stay with the annotator.
    fn linked(&self, who: usize, span: &Span) -> Span {
        let mut new = Span::new("", span.label.clone(), span.parts.clone());
        new.fields = self.linked_fields(who, span, |_| true);
        new
    }

    /// An annotator's fields with links to spans leading to the gold spans of their clusters, where those are `counted`. What is not in
    /// gold yet is left out, and filled in once it is.
    fn linked_fields(&self, who: usize, span: &Span, counted: impl Fn(usize) -> bool) -> Fields {
        let set = self.case.sets[who].1;
        let mut fields = span.fields.clone();
        let mut links: Vec<(FieldPath, Option<SpanId>)> =
            leaves(self.case.schema.fields_of(&span.label), &span.fields)
                .into_iter()
                .filter(|leaf| may_link_span(&leaf.def.kind))
                .filter_map(|leaf| {
                    let id: SpanId = leaf.value.as_text()?.into();
                    set.get(&id)?;
                    let place = self.case.comparison.cluster_of(who, &id).filter(|place| counted(*place));
                    Some((leaf.path, place.and_then(|place| self.standings.gold[place].clone())))
                })
                .collect();
        // From the back, so that taking an item out of a list does not move those before it.
        links.sort_by(|a, b| b.0.cmp(&a.0));
        for (path, to) in links {
            fields.put(&path, to.map(|id| Value::text(id.as_str())));
            let emptied = path.steps().len() > 1 && fields.at(&above(&path)).is_some_and(is_empty);
            if emptied {
                fields.put(&above(&path), None);
            }
        }
        fields
    }

    fn mixed(&self, cluster: &Cluster, mix: &Mix) -> Result<Span, Refused> {
        let members: Vec<(usize, &Arc<Span>)> =
            cluster.present().filter_map(|(who, id)| Some((who, self.case.sets[who].1.get(id)?))).collect();
        let Some((_, first)) = members.first() else { return Err(Refused::NoSuchDifference) };
        let parts = match &mix.borders {
            Borders::Of(annotator) => self.member(cluster, annotator)?.1.parts.clone(),
            Borders::Union => Parts::tidy(members.iter().flat_map(|(_, span)| span.parts.iter().copied()))
                .unwrap_or_else(|| first.parts.clone()),
            Borders::Intersection => {
                let common =
                    members.iter().skip(1).fold(first.parts.as_slice().to_vec(), |common, (_, span)| {
                        let with = |part: &TextRange| {
                            span.parts
                                .iter()
                                .filter_map(|other| part.intersection(*other))
                                .collect::<Vec<_>>()
                        };
                        common.iter().flat_map(with).collect()
                    });
                Parts::tidy(common).ok_or(Refused::NothingInCommon)?
            }
        };
        let label = match &mix.label {
            Some(annotator) => self.member(cluster, annotator)?.1.label.clone(),
            None => most(members.iter().map(|(_, span)| &span.label), members.len())
                .unwrap_or(&first.label)
                .clone(),
        };
        let linked: Vec<Fields> =
            members.iter().map(|(who, span)| self.linked_fields(*who, span, |_| true)).collect();
        let mut span = Span::new("", label, parts);
        let mut names: Vec<&str> = Vec::new();
        let known = self.case.schema.fields_of(&span.label).iter().map(|def| def.name.as_str());
        let filled = linked.iter().flat_map(|fields| fields.iter().map(|(name, _)| name));
        for name in known.chain(filled) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        for name in names {
            let chosen = mix.fields.iter().find(|(field, _)| field == name).map(|(_, whose)| whose);
            let value = match chosen {
                Some(None) => None,
                Some(Some(annotator)) => {
                    let (who, _) = self.member(cluster, annotator)?;
                    let nth = members.iter().position(|(other, _)| *other == who);
                    nth.and_then(|nth| linked[nth].get(name)).cloned()
                }
                None => {
                    let values: Vec<Option<&Value>> = linked.iter().map(|fields| fields.get(name)).collect();
                    most(values.iter().copied(), values.len()).flatten().cloned()
                }
            };
            if let Some(value) = value {
                span.fields.set(name, value);
            }
        }
        Ok(span)
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
            .zip(self.case.sets)
            .filter_map(|(id, (annotator, set))| {
                let id = id.as_ref()?;
                let content = fingerprint_of_relation(id, set, self.case.schema)?;
                Some(Seen { annotator: (*annotator).to_owned(), id: id.to_string(), content })
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

    /// Gold spans whose links could not lead anywhere, because the other span was not in gold: now it is.
    fn fill_links(&mut self) -> Result<(), Refused> {
        if self.fresh.is_empty() {
            return Ok(());
        }
        let comparison = self.case.comparison;
        for (place, cluster) in comparison.clusters.iter().enumerate() {
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

    /// Relations that everyone drew whose version of both ends is in gold.
    fn draw_relations(&mut self, judge: &Judge) -> Result<(), Refused> {
        let comparison = self.case.comparison;
        for (place, relation) in comparison.relations.iter().enumerate() {
            if self.standings.relations[place] != Standing::Open
                || !(self.fresh.contains(&relation.from) || self.fresh.contains(&relation.to))
            {
                continue;
            }
            let (Some(from), Some(to)) = (self.from_of(relation.from), self.from_of(relation.to)) else {
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
    fn from_of(&self, place: usize) -> Option<Vec<String>> {
        self.standings.gold[place].as_ref()?;
        match &self.standings.clusters[place] {
            Standing::Decided(id) => self.gold.set.decision(id).map(|decision| decision.from.clone()),
            _ => None,
        }
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

    fn id_for(&self, old: Option<&Arc<Decision>>, seen: &[Seen], judge: &Judge) -> DecisionId {
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

/// What more than half of `all` say.
fn most<T: PartialEq + Copy>(said: impl Iterator<Item = T>, all: usize) -> Option<T> {
    let said: Vec<T> = said.collect();
    said.iter().copied().find(|one| said.iter().filter(|other| *other == one).count() * 2 > all)
}

fn above(path: &FieldPath) -> FieldPath {
    let steps = path.steps();
    steps[..steps.len().saturating_sub(1)].iter().fold(FieldPath::root(), |path, step| match step {
        Step::Field(name) => path.then(name.clone()),
        Step::Item(place) => path.item(*place),
    })
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Record(fields) => fields.is_empty(),
        Value::List(items) => items.is_empty(),
        _ => false,
    }
}

/// What was seen now, and what was seen before: nobody is asked again about either.
fn with_earlier(mut seen: Vec<Seen>, old: Option<&Arc<Decision>>) -> Vec<Seen> {
    for earlier in old.iter().flat_map(|old| &old.seen) {
        if !seen.contains(earlier) {
            seen.push(earlier.clone());
        }
    }
    seen
}

/// Several changes of one thing as one: what it was at first becomes what it was at last.
fn condensed(changes: Vec<Change>) -> Vec<Change> {
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
