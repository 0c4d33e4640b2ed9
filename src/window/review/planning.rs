//! Working out what a rule would decide: for many spans on a thread of its own, where it can be stopped. Nothing is decided by it; whoever
//! takes the plan makes it one step of undo.

use std::sync::Arc;

use thiserror::Error;

use super::scene::{Person, Scene};
use crate::model::AnnotationSet;
use crate::review::Comparison;
use crate::review::adjudication::{Case, Judge, Plan, Refused, Rule};
use crate::session::{Job, Lost, Session};

/// So many spans of all together are decided about within the frame; 3,000 take some 25 ms.
const AT_ONCE: usize = 3_000;

/// Why there is no plan.
#[derive(Debug, Error)]
pub(super) enum NoPlan {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error(transparent)]
    Lost(#[from] Lost),
}

/// A rule's plan, there or under way, and what it is made for.
pub(super) struct Planning {
    /// The rule.
    pub rule: Rule,
    generation: u64,
    comparison: Arc<Comparison>,
    state: State,
}

enum State {
    UnderWay(Job<Result<Plan, Refused>>),
    There(Result<Plan, NoPlan>),
}

impl Planning {
    /// Begins; for few spans it is done at once. `None` without an article.
    pub fn start(rule: Rule, scene: &Scene, session: &Session) -> Option<Self> {
        let open = session.open.as_ref()?;
        let gold = open.desk.workspace.set.clone();
        let (generation, comparison) = (gold.generation(), scene.comparison.clone());
        let (people, schema) = (scene.people.clone(), session.schema.clone());
        let judge = session.judge_now("");
        let spans: usize = people.iter().map(|person| person.set.len()).sum();
        let (own, compared) = (rule.clone(), comparison.clone());
        let work = move |go_on: &dyn Fn(usize, usize) -> bool| {
            plan(&own, &people, &compared, &gold, &schema, &judge, go_on)
        };
        let state = if spans <= AT_ONCE {
            State::There(work(&|_, _| true).map_err(NoPlan::from))
        } else {
            State::UnderWay(Job::start("deciding", session.waker(), move |steps| {
                work(&|done, all| {
                    if done == 0 {
                        steps.expect(all.div_ceil(Rule::PLACES_A_STEP));
                    }
                    steps.step();
                    steps.go_on()
                })
            }))
        };
        Some(Self { rule, generation, comparison, state })
    }

    /// Whether this is what the rule does about what is compared and about gold as they are.
    pub fn is_of(&self, rule: &Rule, scene: &Scene, session: &Session) -> bool {
        let generation = session.open.as_ref().map(|open| open.desk.workspace.set.generation());
        self.rule == *rule
            && generation == Some(self.generation)
            && Arc::ptr_eq(&self.comparison, &scene.comparison)
    }

    /// Takes in what the thread has made; says whether there is a plan, or a reason why there is none.
    pub fn is_there(&mut self) -> bool {
        if let State::UnderWay(job) = &self.state
            && let Some(done) = job.take()
        {
            self.state = State::There(done.map_err(NoPlan::from).and_then(|plan| Ok(plan?)));
        }
        matches!(self.state, State::There(_))
    }

    /// The plan, once it is there.
    pub fn plan(&self) -> Option<&Result<Plan, NoPlan>> {
        match &self.state {
            State::There(plan) => Some(plan),
            State::UnderWay(_) => None,
        }
    }

    /// The plan itself, once it is there; afterwards there is none.
    pub fn take(&mut self) -> Option<Result<Plan, NoPlan>> {
        if !self.is_there() {
            return None;
        }
        match std::mem::replace(&mut self.state, State::There(Err(Lost.into()))) {
            State::There(plan) => Some(plan),
            State::UnderWay(_) => None,
        }
    }

    /// How many steps are done, of how many.
    pub fn progress(&self) -> (usize, usize) {
        match &self.state {
            State::UnderWay(job) => job.progress(),
            State::There(_) => (1, 1),
        }
    }

    /// Asks it to end; then there is no plan.
    pub fn stop(&self) {
        if let State::UnderWay(job) = &self.state {
            job.stop();
        }
    }
}

fn plan(
    rule: &Rule,
    people: &[Person],
    comparison: &Comparison,
    gold: &AnnotationSet,
    schema: &crate::model::Schema,
    judge: &Judge,
    go_on: &dyn Fn(usize, usize) -> bool,
) -> Result<Plan, Refused> {
    let sets: Vec<(&str, &AnnotationSet)> = people.iter().map(|p| (p.name.as_str(), &*p.set)).collect();
    rule.plan_beside(Case { sets: &sets, comparison, gold, schema }, judge, go_on)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Parts, Schema, Span, Workspace};
    use crate::text::TextRange;

    /// Two people who marked the same, so many spans each, and a judge.
    fn sitting(spans: u32) -> (Session, Scene) {
        let text = crate::text::CanonicalText::new(&"слово ".repeat(spans as usize));
        let article = Article::from_text("a.txt", text);
        let set = |name: &str| {
            let mut set = AnnotationSet::new("a.txt", name);
            for n in 0..spans {
                let parts = Parts::one(TextRange::new(n * 6, n * 6 + 5).unwrap());
                set.insert(Span::new(format!("s{n}"), "entity", parts));
            }
            set
        };
        let mut gold = Workspace::default();
        gold.set.article = article.path.clone();
        let mut session = Session::in_memory(Schema::positions(), "judge", article, gold);
        session.compare_in_memory(vec![set("anna"), set("boris")]);
        let mut scene = Scene::default();
        let sets = session.sitting().unwrap().sets.clone();
        let named: Vec<(&str, &AnnotationSet)> = sets.iter().map(|(n, set)| (n.as_str(), &**set)).collect();
        scene.comparison = Arc::new(crate::review::compare(&named, &session.schema));
        let person = |(name, set): (String, Arc<AnnotationSet>)| Person { badge: name.clone(), name, set };
        scene.people = sets.into_iter().map(person).collect();
        (session, scene)
    }

    #[test]
    fn for_few_spans_it_is_there_at_once_and_for_many_it_comes_and_both_are_one_step() {
        for spans in [10, AT_ONCE as u32 / 2 + 10] {
            let (mut session, scene) = sitting(spans);
            let mut planning = Planning::start(Rule::Unanimous, &scene, &session).unwrap();
            assert_eq!(planning.plan().is_some(), spans == 10);
            while !planning.is_there() {
                std::thread::yield_now();
            }
            assert!(planning.is_of(&Rule::Unanimous, &scene, &session));
            assert!(!planning.is_of(&Rule::Majority, &scene, &session));
            let plan = planning.take().unwrap().unwrap();
            assert_eq!(plan.taken.len(), spans as usize);
            let gold = |session: &Session| session.open.as_ref().unwrap().desk.workspace.set.len();
            assert_eq!(gold(&session), 0, "nothing is decided by a plan");
            session.make(plan.transaction()).unwrap();
            assert_eq!(gold(&session), spans as usize);
            assert!(!planning.is_of(&Rule::Unanimous, &scene, &session), "gold is another now");
            session.undo().unwrap();
            assert_eq!(gold(&session), 0);
        }
    }
}
