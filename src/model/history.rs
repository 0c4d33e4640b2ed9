//! The history of one set of annotations: unlimited undo and redo, and the acts from which it can be built again after a restart.

use serde::{Deserialize, Serialize};

use super::change::{Outdated, Transaction, Workspace};

/// One act, as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Something was done.
    Do(Transaction),
    /// More of the same gesture: it becomes part of the step before it.
    Extend(Transaction),
    /// The last step was taken back.
    Undo,
    /// The last step taken back was done again.
    Redo,
}

/// What was done and what was taken back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    done: Vec<Transaction>,
    undone: Vec<Transaction>,
}

impl History {
    /// The steps done, oldest first.
    pub fn done(&self) -> &[Transaction] {
        &self.done
    }

    /// The steps taken back; the last of them is the next to be done again.
    pub fn undone(&self) -> &[Transaction] {
        &self.undone
    }

    /// Does a transaction and remembers it; returns the act to write down, or `None` if there was nothing to do.
    ///
    /// A transaction whose gesture is that of the last step becomes part of that step.
    ///
    /// # Errors
    /// [`Outdated`] if it does not fit; nothing is changed then.
    pub fn make(&mut self, transaction: Transaction, on: &mut Workspace) -> Result<Option<Act>, Outdated> {
        if transaction.is_empty() {
            return Ok(None);
        }
        transaction.apply(on)?;
        let extends = transaction.gesture.is_some()
            && self.undone.is_empty()
            && self.done.last().is_some_and(|last| last.gesture == transaction.gesture);
        let act = if extends { Act::Extend(transaction) } else { Act::Do(transaction) };
        self.remember(&act);
        Ok(Some(act))
    }

    /// Takes the last step back; `None` if there is none.
    ///
    /// # Errors
    /// [`Outdated`] if what it made was changed from outside since; nothing is changed then.
    pub fn undo(&mut self, on: &mut Workspace) -> Result<Option<Act>, Outdated> {
        let Some(last) = self.done.last() else {
            return Ok(None);
        };
        last.inverse().apply(on)?;
        self.remember(&Act::Undo);
        Ok(Some(Act::Undo))
    }

    /// Does the last step taken back again; `None` if there is none.
    ///
    /// # Errors
    /// [`Outdated`] if things were changed from outside since; nothing is changed then.
    pub fn redo(&mut self, on: &mut Workspace) -> Result<Option<Act>, Outdated> {
        let Some(next) = self.undone.last() else {
            return Ok(None);
        };
        next.apply(on)?;
        self.remember(&Act::Redo);
        Ok(Some(Act::Redo))
    }

    /// Plays an act from a journal: does to the workspace what the act did then, and remembers it.
    ///
    /// # Errors
    /// [`Outdated`] if it does not fit; nothing is changed then.
    pub fn replay(&mut self, act: &Act, on: &mut Workspace) -> Result<(), Outdated> {
        match act {
            Act::Do(t) | Act::Extend(t) => t.apply(on)?,
            Act::Undo => {
                if let Some(last) = self.done.last() {
                    last.inverse().apply(on)?;
                }
            }
            Act::Redo => {
                if let Some(next) = self.undone.last() {
                    next.apply(on)?;
                }
            }
        }
        self.remember(act);
        Ok(())
    }

    /// Remembers an act without doing it: for acts whose outcome is in the saved file already.
    pub fn remember(&mut self, act: &Act) {
        match act {
            Act::Do(t) => {
                self.done.push(t.clone());
                self.undone.clear();
            }
            Act::Extend(t) => {
                match self.done.last_mut() {
                    Some(last) => {
                        last.changes.extend(t.changes.iter().cloned());
                        last.about.clone_from(&t.about);
                    }
                    None => self.done.push(t.clone()),
                }
                self.undone.clear();
            }
            Act::Undo => self.undone.extend(self.done.pop()),
            Act::Redo => self.done.extend(self.undone.pop()),
        }
    }

    /// Ends the current gesture, so that the next transaction is a step of its own whatever its gesture.
    pub fn end_gesture(&mut self) {
        if let Some(last) = self.done.last_mut() {
            last.gesture = None;
        }
    }

    /// Forgets everything: after the file was changed in ways the steps no longer fit.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;
    use crate::text::TextRange;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn span(id: u32, at: u32, len: u32) -> Arc<Span> {
        Arc::new(Span::new(format!("s{id}"), "entity", Parts::one(TextRange::new(at, at + len).unwrap())))
    }

    #[test]
    fn a_gesture_is_one_step() {
        let (mut history, mut on) = (History::default(), Workspace::default());
        let (a, b, c) = (span(1, 0, 3), span(1, 0, 4), span(1, 0, 5));
        history
            .make(Transaction::new("tag", "", vec![Change::Span(Became::new(a.clone()))]), &mut on)
            .unwrap();
        for (from, to) in [(&a, &b), (&b, &c)] {
            let mut grow =
                Transaction::new("grow", "", vec![Change::Span(Became::other(from.clone(), to.clone()))]);
            grow.gesture = Some(7);
            history.make(grow, &mut on).unwrap();
        }
        assert_eq!(history.done().len(), 2);
        history.undo(&mut on).unwrap();
        assert_eq!(on.set.get(&"s1".into()), Some(&a));
    }

    #[test]
    fn what_no_longer_fits_changes_nothing() {
        let (mut history, mut on) = (History::default(), Workspace::default());
        let two = vec![Change::Span(Became::new(span(1, 0, 3))), Change::Span(Became::gone(span(9, 1, 1)))];
        assert_eq!(history.make(Transaction::new("x", "", two), &mut on).unwrap_err().thing, "span s9");
        assert!(on.set.is_empty() && history.done().is_empty());
    }

    #[test]
    fn removing_a_span_takes_its_links_along_and_one_undo_brings_them_back() {
        let mut on = Workspace::default();
        on.set.insert(span(1, 0, 3));
        let mut position = (*span(2, 5, 9)).clone();
        position.label = "position".into();
        position.fields.put(&FieldPath::field("holders").item(0).then("mention"), Some(Value::text("s1")));
        position.fields.put(&FieldPath::field("holders").item(0).then("how"), Some(Value::text("explicit")));
        on.set.insert(position);
        on.set.insert_relation(Relation {
            id: "r1".into(),
            label: "supports".into(),
            from: "s2".into(),
            to: "s1".into(),
            fields: Fields::new(),
        });
        let before = on.clone();
        let mut history = History::default();
        history
            .make(Transaction::new("remove", "", on.removal_of(&"s1".into(), &Schema::positions())), &mut on)
            .unwrap();
        assert_eq!(on.set.relation_count(), 0);
        let holder = FieldPath::field("holders").item(0);
        assert!(on.set.get(&"s2".into()).unwrap().fields.at(&holder.then("mention")).is_none());
        assert!(
            on.set.get(&"s2".into()).unwrap().fields.at(&holder.then("how")).is_some(),
            "the rest of the record stays"
        );
        history.undo(&mut on).unwrap();
        assert_eq!(on, before);
    }

    proptest! {
        /// Random acts, all taken back, give the first state; all done again give the last; and acts written down and
        /// read again give the same history.
        #[test]
        fn undo_and_redo_are_exact(acts in prop::collection::vec((0u8..6, 0u32..8, 0u32..30, 1u32..9), 0..60)) {
            let (mut history, mut on) = (History::default(), Workspace::default());
            on.set.insert(span(100, 3, 4));
            let first = on.clone();
            let mut journal: Vec<String> = Vec::new();
            for (kind, id, at, len) in acts {
                let there = on.set.get(&format!("s{id}").into()).cloned();
                let changes = match (kind, there) {
                    (0 | 1, None) => vec![Change::Span(Became::new(span(id, at, len)))],
                    (0, Some(old)) => on.removal_of(&old.id, &Schema::positions()),
                    (1, Some(old)) => {
                        let mut new = (*old).clone();
                        new.fields.set("kind", Value::Integer(i64::from(at)));
                        vec![Change::Span(Became::other(old, Arc::new(new)))]
                    }
                    (2, _) => vec![Change::Status { before: on.set.status, after: Status::ALL[(at % 4) as usize] }],
                    (3, _) => {
                        let new = Arc::new(Entity::new(format!("e{id}").as_str(), format!("{at}"), ""));
                        let old = on.register.get(new.id.as_str()).cloned();
                        vec![Change::Entity(Became { before: old, after: Some(new) })]
                    }
                    _ => {
                        let act = if kind == 4 { history.undo(&mut on) } else { history.redo(&mut on) };
                        journal.extend(act.unwrap().map(|a| serde_json::to_string(&a).unwrap()));
                        continue;
                    }
                };
                let act = history.make(Transaction::new("act", "", changes), &mut on).unwrap();
                journal.extend(act.map(|a| serde_json::to_string(&a).unwrap()));
            }
            let (last, steps) = (on.clone(), history.done().len());

            let (mut again, mut copy) = (History::default(), first.clone());
            for line in &journal {
                again.replay(&serde_json::from_str(line).unwrap(), &mut copy).unwrap();
            }
            prop_assert_eq!(&again, &history);
            prop_assert_eq!(&copy, &last);

            while history.undo(&mut on).unwrap().is_some() {}
            prop_assert_eq!(&on, &first);
            for _ in 0..steps {
                history.redo(&mut on).unwrap();
            }
            prop_assert_eq!(&on, &last);
        }
    }
}
