//! Decisions in bulk: what nobody, or hardly anybody, disputes.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::Case;
use super::judging::{Judging, Refused, condensed};
use super::standing::Standing;
use super::verdict::{Judge, RelationVerdict, Verdict};
use crate::model::{Became, Change, Fields, Transaction, Workspace};
use crate::review::content::Content;
use crate::review::difference::ClusterKey;
use crate::text::TextRange;

/// How often a rule looks at what it made before it stops; each time more of what was marked twice is settled.
const ROUNDS: usize = 16;

/// A rule that decides in bulk. Two spans are the same if their parts, label and fields are equal; notes do not count, and a link to a span
/// counts by what that span is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// What every annotator of the article says.
    Unanimous,
    /// What more than half of the annotators of the article say.
    Majority,
    /// What this annotator says. Where he marked nothing, what others marked stays open: it may be an oversight of his.
    Trusted(String),
}

impl Rule {
    /// After so many places [`Self::plan_beside`] asks whether to go on.
    pub const PLACES_A_STEP: usize = 64;

    /// The word for it in a decision.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Unanimous => "unanimous",
            Self::Majority => "majority",
            Self::Trusted(_) => "trusted",
        }
    }

    fn carries(&self, votes: usize, of: usize) -> bool {
        match self {
            Self::Unanimous => votes == of,
            Self::Majority => 2 * votes > of,
            Self::Trusted(_) => false,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a rule would do; nothing is done yet.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The rule.
    pub rule: Rule,
    /// What would go into gold, in text order.
    pub taken: Vec<Planned>,
    /// How many relations would.
    pub relations: usize,
    /// What the rule has an answer to, but a person decided already, or gold has something made by hand: left alone.
    pub kept: Vec<ClusterKey>,
    /// What the rule has no answer to and nobody decided: for a judge.
    pub open: Vec<ClusterKey>,
    /// The changes of gold: one step of undo.
    pub changes: Vec<Change>,
}

/// One span that a rule would put into gold.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// Its cluster.
    pub key: ClusterKey,
    /// What goes into gold.
    pub content: Content,
    /// Where it is.
    pub at: TextRange,
    /// Whose it is.
    pub from: Vec<String>,
}

impl Plan {
    /// Whether nothing would be done.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The changes as one step of undo.
    pub fn transaction(&self) -> Transaction {
        Transaction::new("adjudicate", self.rule.name(), self.changes.clone())
    }
}

impl Rule {
    /// What the rule would do about a case. A second time, with nothing changed meanwhile, it does nothing.
    ///
    /// # Errors
    /// The trusted annotator is not among those compared.
    pub fn plan(&self, case: Case<'_>, judge: &Judge) -> Result<Plan, Refused> {
        self.plan_beside(case, judge, &|_, _| true)
    }

    /// As [`Self::plan`]; `go_on` hears now and then how many places were looked at, of how many, and says whether to go on.
    ///
    /// # Errors
    /// As [`Self::plan`]; [`Refused::Stopped`] once `go_on` says no.
    pub fn plan_beside(
        &self,
        case: Case<'_>,
        judge: &Judge,
        go_on: &dyn Fn(usize, usize) -> bool,
    ) -> Result<Plan, Refused> {
        let all = case.comparison.clusters.len();
        let (mut plan, mut gold) = self.plan_once(case, judge, go_on)?;
        // Where somebody marked one and the same thing twice, a relation between such things can be drawn only once it is known which
        // of them is in gold: so the rule looks again at what it made, until it has nothing to add.
        let mut added = !plan.changes.is_empty();
        for _ in 0..ROUNDS {
            if !added {
                break;
            }
            let again = |_, _| go_on(all, all);
            let (more, after) = self.plan_once(Case { gold: &gold.set, ..case }, judge, &again)?;
            added = !more.changes.is_empty();
            plan.taken.extend(more.taken);
            plan.open = more.open;
            plan.changes.extend(more.changes);
            gold = after;
        }
        plan.changes = condensed(plan.changes);
        plan.relations = plan.changes.iter().filter(|change| matches!(change, Change::Relation(_))).count();
        Ok(plan)
    }

    /// One look at everything, and gold as it would be afterwards.
    fn plan_once(
        &self,
        case: Case<'_>,
        judge: &Judge,
        go_on: &dyn Fn(usize, usize) -> bool,
    ) -> Result<(Plan, Workspace), Refused> {
        let comparison = case.comparison;
        if let Self::Trusted(name) = self
            && comparison.place_of(name).is_none()
        {
            return Err(Refused::NothingOf(name.clone()));
        }
        let mut plan = Plan {
            rule: self.clone(),
            taken: Vec::new(),
            relations: 0,
            kept: Vec::new(),
            open: Vec::new(),
            changes: Vec::new(),
        };
        let mut judging = Judging::new(case);
        let votes = self.votes(&case);
        let all = comparison.clusters.len();
        for (place, cluster) in comparison.clusters.iter().enumerate() {
            if place.is_multiple_of(Self::PLACES_A_STEP) && !go_on(place, all) {
                return Err(Refused::Stopped);
            }
            let standing = judging.standings().clusters[place].clone();
            let answer = votes.get(&place);
            match (&standing, answer) {
                (Standing::Decided(_), _) => {
                    let by_person = by_a_person(&case, &standing);
                    plan.kept.extend((by_person && answer.is_some()).then(|| cluster.key.clone()));
                }
                (Standing::InGold(_) | Standing::Drawn(_) | Standing::Filled, Some(_)) => {
                    plan.kept.push(cluster.key.clone())
                }
                (Standing::InGold(_) | Standing::Drawn(_) | Standing::Filled, None) => {}
                (Standing::Changed(_), Some(_)) if by_a_person(&case, &standing) => {
                    plan.open.push(cluster.key.clone());
                }
                (Standing::Open | Standing::Changed(_), Some(who)) => {
                    let annotator = &comparison.annotators[*who];
                    let verdict = Verdict::TakeFrom(annotator.clone());
                    judging.decide_as(place, &verdict, self.name(), judge)?;
                    let said = comparison.contents(cluster).find(|(member, _)| member == who);
                    let Some((_, content)) = said else { continue };
                    let from = comparison
                        .contents(cluster)
                        .filter(|(_, other)| other.fingerprint == content.fingerprint)
                        .map(|(who, _)| comparison.annotators[who].clone())
                        .collect();
                    plan.taken.push(Planned {
                        key: cluster.key.clone(),
                        content: content.clone(),
                        at: content.parts.hull(),
                        from,
                    });
                }
                (Standing::Open | Standing::Changed(_), None) => plan.open.push(cluster.key.clone()),
            }
        }
        // A second copy of what is taken, in one annotator's own set: it was seen with the first.
        let seen: HashSet<&str> = plan
            .taken
            .iter()
            .filter_map(|taken| comparison.find(&taken.key))
            .flat_map(|place| comparison.contents(&comparison.clusters[place]))
            .map(|(_, content)| content.fingerprint.as_str())
            .collect();
        let is_seen = |key: &ClusterKey| {
            let cluster = comparison.find(key).map(|place| &comparison.clusters[place]);
            cluster.is_some_and(|c| {
                comparison.contents(c).all(|(_, said)| seen.contains(said.fingerprint.as_str()))
            })
        };
        plan.open.retain(|key| !is_seen(key));
        self.relations(&case, &mut judging, judge)?;
        self.article_fields(&case, &mut judging, judge, &mut plan)?;
        if !go_on(all, all) {
            return Err(Refused::Stopped);
        }
        let (changes, mut gold) = judging.finish_with_gold(judge)?;
        for change in &plan.changes {
            change.apply(&mut gold)?;
        }
        plan.changes.extend(changes);
        Ok((plan, gold))
    }

    /// For each cluster the rule has an answer to, whose version that is.
    fn votes(&self, case: &Case<'_>) -> HashMap<usize, usize> {
        let comparison = case.comparison;
        let mut answers = HashMap::new();
        if let Self::Trusted(name) = self {
            let who = comparison.place_of(name);
            for (place, cluster) in comparison.clusters.iter().enumerate() {
                if let Some(who) = who.filter(|who| cluster.members[*who].is_some()) {
                    answers.insert(place, who);
                }
            }
            return answers;
        }
        // By content over the whole article, not by cluster, so that what counts is equality and nothing else.
        let mut groups: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
        for (place, cluster) in comparison.clusters.iter().enumerate() {
            for (who, content) in comparison.contents(cluster) {
                groups.entry(content.fingerprint.as_str()).or_default().push((place, who));
            }
        }
        for members in groups.values() {
            let mut who: Vec<usize> = members.iter().map(|(_, who)| *who).collect();
            who.sort_unstable();
            who.dedup();
            let first = members.iter().min_by_key(|(place, who)| (*who, *place));
            if let (true, Some((place, who))) = (self.carries(who.len(), comparison.annotators.len()), first)
            {
                answers.entry(*place).or_insert(*who);
            }
        }
        answers
    }

    /// Relations that as many drew as the rule asks for, between spans of gold.
    fn relations(&self, case: &Case<'_>, judging: &mut Judging<'_>, judge: &Judge) -> Result<(), Refused> {
        for (place, relation) in case.comparison.relations.iter().enumerate() {
            let standings = judging.standings();
            // Between two spans that a person put into gold, a relation that is not there was left out by that person.
            let by_hand = |end: usize| matches!(standings.clusters[end], Standing::InGold(_));
            if standings.relations[place] != Standing::Open || by_hand(relation.from) && by_hand(relation.to)
            {
                continue;
            }
            let drawn: Vec<(usize, &crate::model::Fields)> = relation
                .members
                .iter()
                .enumerate()
                .filter_map(|(who, id)| Some((who, &case.sets[who].1.relation(id.as_ref()?)?.fields)))
                .collect();
            let answer = match self {
                Self::Trusted(name) => drawn
                    .iter()
                    .find(|(who, _)| case.comparison.annotators[*who] == *name)
                    .map(|(who, _)| *who),
                _ => drawn
                    .iter()
                    .find(|(_, fields)| {
                        let votes = drawn.iter().filter(|(_, other)| other == fields).count();
                        self.carries(votes, case.comparison.annotators.len())
                    })
                    .map(|(who, _)| *who),
            };
            let Some(who) = answer else { continue };
            let verdict = RelationVerdict::TakeFrom(case.comparison.annotators[who].clone());
            match judging.decide_relation(place, &verdict, judge) {
                Ok(()) | Err(Refused::EndNotInGold) => {}
                Err(refused) => return Err(refused),
            }
        }
        Ok(())
    }

    /// Article-level fields that gold has not, nobody decided about, and enough annotators agree on.
    fn article_fields(
        &self,
        case: &Case<'_>,
        judging: &mut Judging<'_>,
        judge: &Judge,
        plan: &mut Plan,
    ) -> Result<(), Refused> {
        let comparison = case.comparison;
        let mut names: Vec<&str> =
            case.sets.iter().flat_map(|(_, set)| set.fields.iter().map(|(name, _)| name)).collect();
        names.sort_unstable();
        names.dedup();
        for name in names.into_iter().filter(|name| case.gold.fields.get(name).is_none()) {
            let values: Vec<_> = case.sets.iter().map(|(_, set)| set.fields.get(name)).collect();
            let answer = match self {
                Self::Trusted(trusted) => {
                    comparison.place_of(trusted).filter(|who| values.get(*who).copied().flatten().is_some())
                }
                _ => values.iter().position(|value| {
                    let votes = values.iter().filter(|other| *other == value).count();
                    value.is_some() && self.carries(votes, values.len())
                }),
            };
            let differing = comparison.article_fields.iter().position(|field| field.name == name);
            let is_open = differing.is_none_or(|place| judging.standings().article_fields[place].is_open());
            let (Some(who), true) = (answer, is_open) else { continue };
            match differing {
                Some(place) => {
                    let verdict = RelationVerdict::TakeFrom(comparison.annotators[who].clone());
                    judging.decide_article_field(place, &verdict, judge)?;
                }
                None => {
                    let defs = &case.schema.article_fields;
                    let Some(value) = values[who] else { continue };
                    let mut own = Fields::default();
                    own.set(name, value.clone());
                    if let Some(value) = judging.linked_values(who, defs, &own, |_| true).get(name) {
                        let value = Became::new(value.clone());
                        plan.changes.push(Change::ArticleField { name: name.to_owned(), value });
                    }
                }
            }
        }
        Ok(())
    }
}

fn by_a_person(case: &Case<'_>, standing: &Standing) -> bool {
    match standing {
        Standing::Decided(id) | Standing::Changed(id) => {
            case.gold.decision(id).is_some_and(|decision| decision.is_by_a_person())
        }
        Standing::InGold(_) | Standing::Drawn(_) | Standing::Filled => true,
        Standing::Open => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AnnotationSet, Parts, Schema, Span};
    use crate::review::difference::compare;

    #[test]
    fn it_tells_how_far_it_is_and_ends_when_it_is_stopped() {
        let set = |name: &str| {
            let mut set = AnnotationSet::new("a.txt", name);
            for n in 0..200u32 {
                let parts = Parts::one(TextRange::new(n * 5, n * 5 + 3).unwrap());
                set.insert(Span::new(format!("s{n}"), "entity", parts));
            }
            set
        };
        let (anna, boris) = (set("anna"), set("boris"));
        let (sets, schema) = ([("anna", &anna), ("boris", &boris)], Schema::positions());
        let (comparison, gold) = (compare(&sets, &schema), AnnotationSet::new("a.txt", "gold"));
        let case = Case { sets: &sets, comparison: &comparison, gold: &gold, schema: &schema };
        let heard = std::cell::RefCell::new(Vec::new());
        let stopped = Rule::Unanimous.plan_beside(case, &Judge::default(), &|done, all| {
            heard.borrow_mut().push((done, all));
            done < 128
        });
        assert!(matches!(stopped, Err(Refused::Stopped)));
        assert_eq!(*heard.borrow(), [(0, 200), (64, 200), (128, 200)]);
        assert_eq!(Rule::Unanimous.plan(case, &Judge::default()).unwrap().taken.len(), 200);
    }
}
