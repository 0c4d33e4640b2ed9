//! Fields of the article itself: whose value gold takes, or that it is to stay unset.

use std::sync::Arc;

use super::judging::{Judging, Refused, with_earlier};
use super::standing::Standing;
use super::verdict::{Judge, RelationVerdict};
use crate::model::{Became, Change, Decision, Fields, Outcome, Seen};
use crate::text::TextRange;

impl Judging<'_> {
    /// Carries out a verdict on the article's field at `place` of the comparison. Rejected, it is unset in gold.
    ///
    /// # Errors
    /// There is no such difference, or the annotator left the field unset.
    pub fn decide_article_field(
        &mut self,
        place: usize,
        verdict: &RelationVerdict,
        judge: &Judge,
    ) -> Result<(), Refused> {
        let comparison = self.case.comparison;
        let field = comparison.article_fields.get(place).ok_or(Refused::NoSuchDifference)?;
        let mut judge = judge.clone();
        let (outcome, after, from) = match verdict {
            RelationVerdict::TakeFrom(annotator) => {
                let nothing = || Refused::NothingOf(annotator.clone());
                let who = comparison.place_of(annotator).ok_or_else(nothing)?;
                let value = field.values[who].clone().ok_or_else(nothing)?;
                let mut own = Fields::default();
                own.set(&field.name, value);
                // What it links to may not be in gold; then there is nothing left to link to.
                let linked = self.linked_values(who, &self.case.schema.article_fields, &own, |_| true);
                (Outcome::Taken, linked.get(&field.name).cloned(), vec![annotator.clone()])
            }
            RelationVerdict::Reject { reason } => {
                if !reason.is_empty() {
                    judge.why.clone_from(reason);
                }
                (Outcome::Nothing, None, Vec::new())
            }
        };
        let before = self.gold.set.fields.get(&field.name).cloned();
        self.make(Change::ArticleField { name: field.name.clone(), value: Became { before, after } })?;
        let seen: Vec<Seen> = field
            .contents
            .iter()
            .zip(&comparison.annotators)
            .filter_map(|(content, annotator)| {
                // No span is called so: ids have no colon.
                let id = format!("article:{}", field.name);
                Some(Seen { annotator: annotator.clone(), id, content: content.clone()? })
            })
            .collect();
        let old = match &self.standings.article_fields[place] {
            Standing::Decided(id) | Standing::Changed(id) => self.gold.set.decision(id).cloned(),
            _ => None,
        };
        let new = Decision {
            id: self.id_for(old.as_ref(), &seen, &judge),
            outcome,
            at: TextRange::default(),
            span: None,
            relation: None,
            made: String::new(),
            seen: with_earlier(seen, old.as_ref()),
            from,
            how: if outcome == Outcome::Taken { "take" } else { "nothing" }.to_owned(),
            by: judge.by,
            when: judge.when,
            why: judge.why,
        };
        self.standings.article_fields[place] = Standing::Decided(new.id.clone());
        self.make(Change::Decision(Became { before: old, after: Some(Arc::new(new)) }))
    }
}
