//! What a journal and a file together say was done: the history of what the file holds, and the work that it does not hold yet.

use std::collections::{HashMap, HashSet};

use super::digest::Digest;
use super::journal::Record;
use crate::model::{Act, Change, History, Subject, Transaction, Workspace};

/// More bytes than this in a journal, and it is shortened when it is opened.
pub(super) const LARGE: u64 = 8 * 1024 * 1024;

/// How many steps of undo a shortened journal keeps.
const STEPS_KEPT: usize = 1000;

/// What was recovered.
#[derive(Clone, Debug, Default)]
pub struct Recovery {
    /// What was read from the files, with the work put in that they did not hold yet.
    pub workspace: Workspace,
    /// The steps that can be taken back and done again.
    pub history: History,
    /// How many acts were put in that the file did not hold.
    pub recovered: usize,
    /// What could not be put in because something else is there now: "span s7".
    pub lost: Vec<String>,
    /// Whether the file was changed by someone else since the journal was written. The history is of the recovered acts alone then.
    pub foreign: bool,
    /// The register entries and codebook terms that were put in or taken out because their files did not know yet.
    pub shared: usize,
    /// Whether a part of the journal could not be read; a copy of all of it is kept beside it.
    pub damaged: bool,
    /// What the journal must begin with from now on; `None` if it can go on as it is.
    pub(super) restart: Option<Vec<Record>>,
}

impl Recovery {
    /// One or two sentences on what was recovered; `None` if there is nothing to tell.
    pub fn message(&self) -> Option<String> {
        let acts = |n: usize| {
            if n == 1 { "1 act".to_owned() } else { format!("{n} acts") }
        };
        let mut said = String::new();
        if self.recovered > 0 {
            said =
                format!("Postil ended without saving; {} recovered from the journal.", acts(self.recovered));
        }
        if self.foreign && (self.recovered > 0 || !self.lost.is_empty()) {
            said.push_str(
                " The file had been changed by someone else meanwhile; the work was put on top of that.",
            );
        }
        if !self.lost.is_empty() {
            said.push_str(&format!(
                " Left out, because something else is there now: {}. The old journal is kept.",
                self.lost.join(", ")
            ));
        }
        if self.damaged {
            said.push_str(
                " A part of the journal was damaged and could not be read; a copy of it is kept beside it.",
            );
        }
        let said = said.trim();
        (!said.is_empty()).then(|| said.to_owned())
    }
}

/// Puts file and journal together. `workspace` is what the files hold, `digest` that of the annotation file (`None`: there is none).
///
/// The last record that says the file of this digest was saved parts the acts: those before it are in the file and become the
/// history, those after it are played. If no record knows the file, someone else changed it: the acts since the last saving that
/// certainly came about are put in as far as they fit.
pub fn recover(workspace: Workspace, digest: Option<Digest>, records: &[Record]) -> Recovery {
    let acts: Vec<(u64, &Act)> = records
        .iter()
        .filter_map(|record| match record {
            Record::Act { n, act } => Some((*n, act)),
            _ => None,
        })
        .collect();
    let (known, in_file) = saved_upto(digest, records);
    let mut recovery = Recovery { workspace, foreign: !known, ..Recovery::default() };
    let mut history = History::default();
    let mut put_in: Vec<Transaction> = Vec::new();
    for (n, act) in &acts {
        if *n > in_file {
            let done = resolved(&history, act);
            let lost = put(&done, &mut recovery.workspace);
            if lost.len() < done.changes.len() || done.is_empty() {
                recovery.recovered += 1;
            }
            if lost.is_empty() {
                put_in.push(done);
            } else {
                recovery.lost.extend(lost);
            }
        }
        history.remember(act);
    }
    recovery.shared = put_shared(records, &acts, &mut recovery.workspace);
    if recovery.foreign || !recovery.lost.is_empty() {
        // Steps made on another file than this cannot be taken back on it; what was put in just now can.
        history.clear();
        for transaction in &put_in {
            history.remember(&Act::Do(transaction.clone()));
        }
        let begun_with = digest
            .into_iter()
            .flat_map(|digest| [Record::Saved { digest, upto: 0 }, Record::Written { digest }]);
        let acts = (1u64..).zip(put_in).map(|(n, transaction)| Record::Act { n, act: Act::Do(transaction) });
        recovery.restart = Some(begun_with.chain(acts).collect());
    }
    // Gestures are numbered anew in every run; the next one must not grow onto a step of the last.
    history.end_gesture();
    recovery.history = history;
    recovery
}

/// Whether the journal knows the file of this digest, and the number of the last act that the file on disk holds.
fn saved_upto(digest: Option<Digest>, records: &[Record]) -> (bool, u64) {
    let mark = |wanted: Digest| {
        records.iter().rev().find_map(|record| match record {
            Record::Saved { digest, upto } if *digest == wanted => Some(*upto),
            _ => None,
        })
    };
    if let Some(upto) = digest.and_then(mark) {
        return (true, upto);
    }
    // Not the last saving that was begun: that one may never have come about, and its acts be nowhere but here.
    let written = records.iter().rev().find_map(|record| match record {
        Record::Written { digest } => mark(*digest),
        _ => None,
    });
    let begun = records.iter().any(|record| !matches!(record, Record::Begin { .. }));
    match (written, digest) {
        (Some(upto), _) => (false, upto),
        // No file, and none ever was: killed before or during the first saving.
        (None, None) => (true, 0),
        // A journal without any act or mark knows nothing of the file, and need not.
        (None, Some(_)) => (!begun, 0),
    }
}

/// Whether a journal holds acts that the file of this digest (`None`: there is none) does not.
pub(super) fn has_work(digest: Option<Digest>, records: &[Record]) -> bool {
    let (_, in_file) = saved_upto(digest, records);
    records.iter().any(|record| matches!(record, Record::Act { n, .. } if *n > in_file))
}

/// The changes that an act made, seen from the history before it.
fn resolved(history: &History, act: &Act) -> Transaction {
    match act {
        Act::Do(transaction) | Act::Extend(transaction) => transaction.clone(),
        Act::Undo => history.done().last().map(Transaction::inverse).unwrap_or_default(),
        Act::Redo => history.undone().last().cloned().unwrap_or_default(),
    }
}

/// Makes the changes of a transaction to the set, all that fit; gives the names of what did not. What is there already counts as made.
fn put(transaction: &Transaction, on: &mut Workspace) -> Vec<String> {
    let mut lost = Vec::new();
    for change in transaction.changes.iter().filter(|change| !change.is_shared()) {
        if let Err(outdated) = change.apply(on)
            && !is_made(change, on)
        {
            lost.push(outdated.thing);
        }
    }
    lost
}

/// Whether what a change leads to is there.
fn is_made(change: &Change, on: &Workspace) -> bool {
    // Taking it back would fit: so it is as if it had been made.
    fits(&change.clone().inverse(), on)
}

/// Whether what a change begins with is there.
fn fits(change: &Change, on: &Workspace) -> bool {
    let id = change.subject();
    match (change, &id) {
        (Change::Span(b), Some(Subject::Span(id))) => on.set.get(id) == b.before.as_ref(),
        (Change::Relation(b), Some(Subject::Relation(id))) => on.set.relation(id) == b.before.as_ref(),
        (Change::Entity(b), Some(Subject::Entity(id))) => on.register.get(id.as_str()) == b.before.as_ref(),
        (Change::Decision(b), Some(Subject::Decision(id))) => on.set.decision(id) == b.before.as_ref(),
        (Change::Term(b), Some(Subject::Term(id))) => on.codebook.get(id.as_str()) == b.before.as_ref(),
        (Change::ArticleField { name, value }, _) => on.set.fields.get(name) == value.before.as_ref(),
        (Change::Status { before, .. }, _) => on.set.status == *before,
        _ => false,
    }
}

/// Brings register entries and codebook terms to where the acts since their last saving brought them, if they still are somewhere
/// along that way; what someone else changed is left alone.
fn put_shared(records: &[Record], acts: &[(u64, &Act)], on: &mut Workspace) -> usize {
    let saved = records
        .iter()
        .filter_map(|record| match record {
            Record::Shared { upto } => Some(*upto),
            _ => None,
        })
        .max()
        .unwrap_or(0);
    let mut history = History::default();
    let mut ways: Vec<(Subject, Vec<Change>)> = Vec::new();
    let mut place: HashMap<Subject, usize> = HashMap::new();
    for (n, act) in acts {
        if *n > saved {
            for change in resolved(&history, act).changes.into_iter().filter(Change::is_shared) {
                let Some(subject) = change.subject() else { continue };
                let at = *place.entry(subject.clone()).or_insert_with(|| {
                    ways.push((subject, Vec::new()));
                    ways.len() - 1
                });
                ways[at].1.push(change);
            }
        }
        history.remember(act);
    }
    let mut put = HashSet::new();
    for (subject, way) in ways {
        // From the latest point of the way at which the entry is, forward.
        let from = (0..way.len()).rev().find(|at| fits(&way[*at], on));
        let there = way.last().is_some_and(|last| is_made(last, on));
        if let Some(from) = from.filter(|_| !there) {
            for change in &way[from..] {
                if change.apply(on).is_ok() {
                    put.insert(subject.clone());
                }
            }
        }
    }
    put.len()
}

/// A shorter journal that says the same about a file of this digest, but for steps of undo beyond the last thousand.
pub(super) fn shortened(digest: Option<Digest>, records: &[Record]) -> Option<Vec<Record>> {
    let digest = digest?;
    let saved = records.iter().rev().find_map(|record| match record {
        Record::Saved { digest: marked, upto } if *marked == digest => Some(*upto),
        _ => None,
    })?;
    let shared = records.iter().rev().find_map(|record| match record {
        Record::Shared { upto } => Some(*upto),
        _ => None,
    });
    let (mut before, mut after, mut unshared) = (History::default(), Vec::new(), false);
    for record in records {
        if let Record::Act { n, act } = record {
            if *n > saved {
                after.push(act.clone());
            } else {
                unshared |= *n > shared.unwrap_or(0) && concerns_shared(&resolved(&before, act));
                before.remember(act);
            }
        }
    }
    if unshared {
        // The register has not been told all yet: nothing may be forgotten.
        return None;
    }
    let done = before.done();
    let kept = done[done.len().saturating_sub(STEPS_KEPT)..].iter();
    let undone = before.undone();
    let acts: Vec<Act> = kept
        .chain(undone.iter().rev())
        .map(|transaction| Act::Do(transaction.clone()))
        .chain(undone.iter().map(|_| Act::Undo))
        .collect();
    let upto = acts.len() as u64;
    let number = |(n, act)| Record::Act { n, act };
    let mut short: Vec<Record> = (1..).zip(acts).map(number).collect();
    short.push(Record::Saved { digest, upto });
    short.push(Record::Written { digest });
    short.push(Record::Shared { upto });
    short.extend((upto + 1..).zip(after).map(number));
    Some(short)
}

fn concerns_shared(transaction: &Transaction) -> bool {
    transaction.changes.iter().any(Change::is_shared)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AnnotationSet, Became, Entity, Parts, Span, Status};
    use crate::text::TextRange;
    use std::sync::Arc;

    fn span(id: u32) -> Arc<Span> {
        Arc::new(Span::new(format!("s{id}"), "entity", Parts::one(TextRange::new(id, id + 3).unwrap())))
    }

    fn tag(id: u32) -> Act {
        Act::Do(Transaction::new("tag", "", vec![Change::Span(Became::new(span(id)))]))
    }

    fn entity(id: &str) -> Act {
        Act::Do(Transaction::new(
            "entity",
            "",
            vec![Change::Entity(Became::new(Arc::new(Entity::new(id, id, ""))))],
        ))
    }

    fn acts(acts: impl IntoIterator<Item = Act>) -> Vec<Record> {
        (1..).zip(acts).map(|(n, act)| Record::Act { n, act }).collect()
    }

    fn with(ids: &[u32]) -> Workspace {
        let mut set = AnnotationSet::new("a.txt", "anna");
        ids.iter().for_each(|id| set.insert(span(*id)));
        Workspace { set, ..Workspace::default() }
    }

    fn digest(n: u8) -> Digest {
        Digest::of(&[n])
    }

    fn saved(n: u8, upto: u64) -> [Record; 2] {
        [Record::Saved { digest: digest(n), upto }, Record::Written { digest: digest(n) }]
    }

    #[test]
    fn killed_while_the_first_file_was_written_nothing_is_lost() {
        let mut records = acts([tag(1), tag(2)]);
        records.push(Record::Saved { digest: digest(1), upto: 2 });
        let recovery = recover(with(&[]), None, &records);
        assert_eq!((recovery.recovered, recovery.foreign), (2, false));
        assert_eq!(recovery.workspace, with(&[1, 2]));
        assert_eq!(recovery.history.done().len(), 2);
    }

    #[test]
    fn a_saving_that_was_refused_because_someone_else_came_counts_for_nothing() {
        let mut records = acts([tag(1), tag(2), tag(3)]);
        records.splice(1..1, saved(1, 1));
        records.push(Record::Saved { digest: digest(2), upto: 3 });
        let recovery = recover(with(&[1, 9]), Some(digest(9)), &records);
        assert_eq!((recovery.recovered, recovery.foreign), (2, true));
        assert_eq!(recovery.workspace, with(&[1, 2, 3, 9]));
        assert!(has_work(Some(digest(9)), &records));
    }

    #[test]
    fn a_file_taken_away_stays_away_but_for_work_it_never_held() {
        let mut records = acts([tag(1), tag(2), tag(3)]);
        records.splice(2..2, saved(1, 2));
        let recovery = recover(with(&[]), None, &records);
        assert!(recovery.foreign);
        assert_eq!(recovery.workspace, with(&[3]));
    }

    #[test]
    fn acts_behind_the_saved_file_are_played_and_all_can_be_taken_back() {
        let mut records = acts([tag(1), tag(2), tag(3), Act::Undo]);
        records.insert(2, Record::Saved { digest: digest(1), upto: 2 });
        let mut recovery = recover(with(&[1, 2]), Some(digest(1)), &records);
        assert_eq!(recovery.recovered, 2);
        assert_eq!(recovery.workspace, with(&[1, 2]));
        assert_eq!((recovery.history.done().len(), recovery.history.undone().len()), (2, 1));
        recovery.history.redo(&mut recovery.workspace).unwrap();
        assert_eq!(recovery.workspace, with(&[1, 2, 3]));
        while recovery.history.undo(&mut recovery.workspace).unwrap().is_some() {}
        assert_eq!(recovery.workspace, with(&[]));
    }

    #[test]
    fn a_mark_whose_file_was_never_written_changes_nothing() {
        let mut records = acts([tag(1), tag(2)]);
        records.insert(1, Record::Saved { digest: digest(1), upto: 1 });
        records.push(Record::Saved { digest: digest(2), upto: 2 });
        // Killed between mark and file: the file is the older one.
        let recovery = recover(with(&[1]), Some(digest(1)), &records);
        assert_eq!((recovery.recovered, recovery.foreign), (1, false));
        assert_eq!(recovery.workspace, with(&[1, 2]));
        // Killed behind both: nothing to recover, and the history is whole.
        let recovery = recover(with(&[1, 2]), Some(digest(2)), &records);
        assert_eq!((recovery.recovered, recovery.history.done().len()), (0, 2));
        assert_eq!(recovery.message(), None);
    }

    #[test]
    fn acts_done_while_the_file_was_written_are_not_taken_for_saved() {
        let mut records = acts([tag(1), tag(2)]);
        records.push(Record::Saved { digest: digest(1), upto: 1 });
        assert_eq!(recover(with(&[1]), Some(digest(1)), &records).workspace, with(&[1, 2]));
    }

    #[test]
    fn a_set_never_saved_is_recovered_whole() {
        let recovery = recover(with(&[]), None, &acts([tag(1), tag(2)]));
        assert_eq!((recovery.recovered, recovery.foreign), (2, false));
        assert_eq!(recovery.workspace, with(&[1, 2]));
        assert!(recovery.message().unwrap().contains("2 acts"));
    }

    #[test]
    fn work_is_put_on_top_of_a_file_changed_by_someone_else() {
        let mut records = acts([tag(1), tag(2), tag(7)]);
        records.splice(1..1, saved(1, 1));
        // They added s9, and an s7 of their own.
        let mut theirs = with(&[1, 9]);
        let mut other = (*span(7)).clone();
        other.note = "theirs".into();
        theirs.set.insert(other.clone());
        let mut recovery = recover(theirs.clone(), Some(digest(9)), &records);
        assert!(recovery.foreign);
        assert_eq!(recovery.recovered, 1);
        assert_eq!(recovery.lost, ["span s7"]);
        assert_eq!(**recovery.workspace.set.get(&"s7".into()).unwrap(), other);
        assert!(recovery.workspace.set.get(&"s2".into()).is_some());
        let message = recovery.message().unwrap();
        assert!(message.contains("someone else") && message.contains("s7"), "{message}");
        // Killed once more before saving: the new journal brings the same.
        let again = recover(theirs.clone(), Some(digest(9)), &recovery.restart.take().unwrap());
        assert_eq!(again.workspace, recovery.workspace);
        assert!(!again.foreign);
        recovery.history.undo(&mut recovery.workspace).unwrap();
        assert_eq!(recovery.workspace, theirs);
    }

    #[test]
    fn a_file_that_someone_else_made_or_changed_without_work_of_ours_is_just_read() {
        let recovery = recover(with(&[1]), Some(digest(1)), &[]);
        assert!(!recovery.foreign && recovery.message().is_none());
        let mut records = acts([tag(1)]);
        records.extend(saved(1, 1));
        let recovery = recover(with(&[5]), Some(digest(5)), &records);
        assert!(recovery.foreign && recovery.message().is_none());
        assert_eq!(recovery.workspace, with(&[5]));
        assert!(recovery.history.done().is_empty());
    }

    #[test]
    fn entities_follow_whether_their_file_knows_them_or_not() {
        let mut records = acts([entity("usa"), tag(1), entity("eu")]);
        records.push(Record::Saved { digest: digest(1), upto: 3 });
        let names = |w: &Workspace| w.register.iter().map(|e| e.id.to_string()).collect::<Vec<_>>();
        // The register was never saved.
        let recovery = recover(with(&[1]), Some(digest(1)), &records);
        assert_eq!(
            (names(&recovery.workspace), recovery.shared),
            (vec!["eu".to_owned(), "usa".to_owned()], 2)
        );
        // It was: then what someone else took out since stays out.
        records.push(Record::Shared { upto: 2 });
        let recovery = recover(with(&[1]), Some(digest(1)), &records);
        assert_eq!(names(&recovery.workspace), ["eu"]);
        // It holds something else by now: theirs stays.
        let mut on = with(&[1]);
        on.register.insert(Entity::new("eu", "European Union", ""));
        assert_eq!(recover(on.clone(), Some(digest(1)), &records).workspace, on);
    }

    #[test]
    fn a_shortened_journal_says_the_same() {
        let status =
            |before, after| Act::Do(Transaction::new("status", "", vec![Change::Status { before, after }]));
        let mut records = acts([
            tag(1),
            tag(2),
            tag(3),
            Act::Undo,
            tag(4),
            Act::Undo,
            status(Status::Untouched, Status::Done),
            Act::Undo,
        ]);
        records.push(Record::Saved { digest: digest(1), upto: 6 });
        let short = shortened(Some(digest(1)), &records).unwrap();
        let (long, short) = (
            recover(with(&[1, 2]), Some(digest(1)), &records),
            recover(with(&[1, 2]), Some(digest(1)), &short),
        );
        assert_eq!(short.workspace, long.workspace);
        assert_eq!(short.history, long.history);
        assert_eq!(short.recovered, long.recovered);
        assert!(shortened(Some(digest(2)), &records).is_none(), "nothing is known of that file");
        let mut unsaved = acts([entity("usa")]);
        unsaved.push(Record::Saved { digest: digest(1), upto: 1 });
        assert!(shortened(Some(digest(1)), &unsaved).is_none(), "the register has not heard of it");
    }
}
