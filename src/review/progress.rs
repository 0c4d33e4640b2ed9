//! How far the work is: by person, and on gold.

use std::collections::{BTreeMap, HashMap};

use crate::model::{AnnotationSet, GOLD, Outcome, ProjectSettings, Status};

/// How far one annotator is with the articles that are theirs to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonProgress {
    /// Who.
    pub annotator: String,
    /// How many articles are theirs.
    pub assigned: usize,
    /// Of those, how many are in each state; every state is there.
    pub statuses: BTreeMap<Status, usize>,
    /// Articles they annotated although they are others' to do.
    pub beyond: usize,
}

impl PersonProgress {
    /// How many of the assigned articles are done or reviewed.
    pub fn done(&self) -> usize {
        let of = |status: Status| self.statuses.get(&status).copied().unwrap_or(0);
        of(Status::Done) + of(Status::Reviewed)
    }

    /// The share that is done, 0 to 1; `None` if nothing is theirs to do.
    pub fn share(&self) -> Option<f64> {
        (self.assigned > 0).then(|| self.done() as f64 / self.assigned as f64)
    }
}

/// How far each annotator is, gold left out. `there` says the status of each annotation file: annotator, article, status.
pub fn by_person<'a>(
    settings: &ProjectSettings,
    annotators: &[String],
    articles: &[&str],
    there: impl Iterator<Item = (&'a str, &'a str, Status)>,
) -> Vec<PersonProgress> {
    let mut statuses: HashMap<(&str, &str), Status> = HashMap::new();
    for (annotator, article, status) in there {
        statuses.entry((annotator, article)).or_insert(status);
    }
    annotators
        .iter()
        .filter(|name| *name != GOLD)
        .map(|name| {
            let mut progress = PersonProgress {
                annotator: name.clone(),
                statuses: Status::ALL.into_iter().map(|status| (status, 0)).collect(),
                ..Default::default()
            };
            for article in articles {
                let status = statuses.get(&(name.as_str(), *article)).copied();
                if settings.is_for(article, name) {
                    progress.assigned += 1;
                    *progress.statuses.entry(status.unwrap_or_default()).or_default() += 1;
                } else {
                    progress.beyond += usize::from(status.is_some());
                }
            }
            progress
        })
        .collect()
}

/// What was decided, over any number of gold sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoldProgress {
    /// Articles that have gold.
    pub articles: usize,
    /// Gold spans.
    pub spans: usize,
    /// Of those, how many a decision tells of.
    pub with_decision: usize,
    /// Decisions by what came of them: taken, rejected, nothing to be tagged.
    pub taken: usize,
    /// See `taken`.
    pub rejected: usize,
    /// See `taken`.
    pub nothing: usize,
    /// Decisions by who made them; rules that were run over the project under `rule NAME`.
    pub by: BTreeMap<String, usize>,
}

impl GoldProgress {
    /// Counts a gold set in.
    pub fn count(&mut self, gold: &AnnotationSet) {
        self.articles += 1;
        self.spans += gold.len();
        for decision in gold.decisions() {
            match decision.outcome {
                Outcome::Taken => self.taken += 1,
                Outcome::Rejected => self.rejected += 1,
                Outcome::Nothing => self.nothing += 1,
            }
            self.with_decision +=
                usize::from(decision.span.as_ref().is_some_and(|id| gold.get(id).is_some()));
            let who = match decision.is_by_a_person() {
                true => decision.by.clone(),
                false => format!("rule {}", decision.how),
            };
            *self.by.entry(who).or_default() += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nobodys_else_is_everyones() {
        let mut settings = ProjectSettings::new("x");
        settings.assignments.insert("b.txt".into(), vec!["boris".into()]);
        let names: Vec<String> = ["anna", "boris", "gold"].map(Into::into).into();
        let there = [("anna", "a.txt", Status::Done), ("anna", "b.txt", Status::InProgress)];
        let all = by_person(&settings, &names, &["a.txt", "b.txt"], there.into_iter());
        let told: Vec<_> =
            all.iter().map(|p| (p.annotator.as_str(), p.assigned, p.done(), p.beyond)).collect();
        assert_eq!(told, [("anna", 1, 1, 1), ("boris", 2, 0, 0)]);
        assert_eq!(all[1].statuses[&Status::Untouched], 2);
    }
}
