//! The judge's desk: several annotators' work on one article, read-only, and gold, which is made of it.
//!
//! Gold is a set of annotations like any other: it has its journal, its undo, its file, and it is open in a [`Session`] of its own, whose
//! annotator is `gold`. What the judge decides goes through [`crate::review::adjudication`] and comes out as one step of undo each.
//!
//! - `list`: the differences, filtered, forwards and back; `choices`: what each annotator says, piece by piece

mod choices;
mod list;

pub use choices::{FieldChoice, VersionOf};
pub use list::{Difference, Filter, ReviewProgress};

use std::path::Path;
use std::sync::Arc;

use super::edit::{Edit, Edited};
use super::notice::Notice;
use super::session::{Read, Session};
use super::talk::Talk;
pub use super::talk::{about_place, about_span};
use crate::model::{
    AnnotationSet, Article, Became, Change, Decision, GOLD, Outdated, Schema, Settles, SpanId, Status, Topic,
    Transaction,
};
use crate::review::adjudication::{
    Case, Judge, Judging, Plan, Refused, RelationVerdict, Rule, Standing, Standings, Verdict, standings,
};
use crate::review::against_gold::{AgainstGold, against_gold};
use crate::review::anchoring::Reanchored;
use crate::review::difference::{ClusterKey, Comparison, compare};
use crate::store::{Project, StoreError, Wake};
use crate::text::TextRange;

/// An annotator's work on the article, as the judge sees it.
#[derive(Clone, Debug)]
pub struct OtherSet {
    /// Whose.
    pub annotator: String,
    /// The annotations. Where they were made on another version of the article, those that could be found again stand where they belong
    /// now, and the others are left out; see `reanchored`.
    pub set: AnnotationSet,
    /// What had to be found again; `None` if the annotations are on the article as it is.
    pub reanchored: Option<Reanchored>,
    /// Whether the annotator has no file on this article yet.
    pub is_missing: bool,
    /// What was wrong with the file, if it could not be read; the set is empty then.
    pub fault: Option<String>,
    file: String,
    stamp: Stamp,
}

type Stamp = Option<(std::time::SystemTime, u64)>;

/// A judge's sitting at one article.
pub struct ReviewDesk {
    /// Who judges: the name that decisions and comments carry.
    pub reviewer: String,
    /// The annotators' work.
    pub others: Vec<OtherSet>,
    /// What people say to each other about this article.
    pub talk: Talk,
    session: Session,
    comparison: Comparison,
    standings: Standings,
    /// The generation of gold for which the standings were worked out.
    generation: u64,
}

impl ReviewDesk {
    /// Opens an article for review: the annotators' sets read-only, gold to be edited. `wake` as for [`Session::open`].
    ///
    /// Gold must not be open elsewhere in this program: close the article first where the annotator at work is `gold`.
    ///
    /// # Errors
    /// The project, the article or gold cannot be read. An annotator's file that cannot be is told in [`OtherSet::fault`].
    pub fn open(
        root: &Path,
        reviewer: &str,
        article: &str,
        annotators: &[String],
        wake: Wake,
    ) -> Result<(Self, Vec<Notice>), StoreError> {
        let (mut session, mut notices) = Session::open(root, GOLD, wake)?;
        notices.extend(session.open_article(article)?);
        let mut desk = Self::over(session, reviewer);
        desk.choose(annotators);
        notices.extend(desk.read_talk());
        Ok((desk, notices))
    }

    /// A desk over a session whose annotator is `gold` and that has an article open; [`Self::choose`] brings the annotators.
    pub fn over(session: Session, reviewer: &str) -> Self {
        Self {
            reviewer: reviewer.to_owned(),
            others: Vec::new(),
            talk: Talk::default(),
            session,
            comparison: Comparison::default(),
            standings: Standings::default(),
            generation: u64::MAX,
        }
    }

    /// A desk over sets in memory, for tests and demonstrations.
    pub fn in_memory(session: Session, reviewer: &str, sets: Vec<AnnotationSet>) -> Self {
        let mut desk = Self::over(session, reviewer);
        desk.others = sets
            .into_iter()
            .map(|set| OtherSet {
                annotator: set.annotator.clone(),
                set,
                reanchored: None,
                is_missing: false,
                fault: None,
                file: String::new(),
                stamp: None,
            })
            .collect();
        desk.compare_again();
        desk
    }

    /// Gives the session back, with gold still open in it.
    pub fn into_session(self) -> Session {
        self.session
    }

    /// The session in which gold is open: for its save state, its findings, its inspector.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Chooses whose work is laid side by side, `gold` left out, and reads it.
    pub fn choose(&mut self, annotators: &[String]) {
        self.others = match (self.session.project(), self.article()) {
            (Some(project), Some(article)) => annotators
                .iter()
                .filter(|name| *name != GOLD)
                .map(|name| read_other(project, name, article, self.schema()))
                .collect(),
            _ => Vec::new(),
        };
        self.compare_again();
    }

    /// The article.
    pub fn article(&self) -> Option<&Arc<Article>> {
        self.session.open.as_ref().map(|open| &open.desk.article)
    }

    /// Gold as it is.
    pub fn gold(&self) -> Option<&AnnotationSet> {
        self.session.open.as_ref().map(|open| &open.desk.workspace.set)
    }

    /// What may be filled in.
    pub fn schema(&self) -> &Schema {
        &self.session.schema
    }

    /// The annotators' sets laid side by side.
    pub fn comparison(&self) -> &Comparison {
        &self.comparison
    }

    /// What is decided and what is open, in the order of the comparison.
    pub fn standings(&self) -> &Standings {
        &self.standings
    }

    /// Decides about one difference: one step of undo. `why` may be empty.
    ///
    /// # Errors
    /// The verdict makes no sense there, or gold is read-only.
    pub fn decide(&mut self, key: &ClusterKey, verdict: &Verdict, why: &str) -> Result<(), Refused> {
        let place = self.comparison.find(key).ok_or(Refused::NoSuchDifference)?;
        self.judge(verdict.name(), key.as_str(), why, |judging, judge| judging.decide(place, verdict, judge))
    }

    /// Decides that nothing is to be tagged at a place where nobody marked anything: it is written down, so that it can be talked about.
    ///
    /// # Errors
    /// Gold is read-only.
    pub fn nothing_at(&mut self, at: TextRange, why: &str) -> Result<(), Refused> {
        self.judge("nothing", "", why, |judging, judge| judging.nothing_at(at, judge))
    }

    /// Decides about one relation.
    ///
    /// # Errors
    /// An end of it is not in gold, the annotator did not draw it, or gold is read-only.
    pub fn decide_relation(
        &mut self,
        key: &ClusterKey,
        verdict: &RelationVerdict,
        why: &str,
    ) -> Result<(), Refused> {
        let place = self.comparison.relations.iter().position(|relation| relation.key == *key);
        let place = place.ok_or(Refused::NoSuchDifference)?;
        self.judge("relation", key.as_str(), why, |judging, judge| {
            judging.decide_relation(place, verdict, judge)
        })
    }

    /// Puts an annotator's value of an article-level field into gold.
    ///
    /// # Errors
    /// The annotator is not here, or gold is read-only.
    pub fn take_article_field(&mut self, name: &str, annotator: &str) -> Result<(), Refused> {
        let who = self.comparison.place_of(annotator);
        let who = who.ok_or_else(|| Refused::NothingOf(annotator.to_owned()))?;
        let after = self.others[who].set.fields.get(name).cloned();
        let before = self.writable()?.fields.get(name).cloned();
        let value = Became { before, after };
        let change = Change::ArticleField { name: name.to_owned(), value };
        self.make(Transaction::new("article-field", name, vec![change]))
    }

    /// Takes a decision back, with the gold span it made: the difference is open again. Unlike undo, this can be done at any time.
    ///
    /// # Errors
    /// There is no such decision, or gold is read-only.
    pub fn reopen(&mut self, key: &ClusterKey) -> Result<(), Refused> {
        let place = self.comparison.find(key).ok_or(Refused::NoSuchDifference)?;
        let (Standing::Decided(id) | Standing::Changed(id)) = self.standings.clusters[place].clone() else {
            return Err(Refused::NoSuchDifference);
        };
        self.writable()?;
        let Some(open) = &self.session.open else { return Err(Refused::NoSuchDifference) };
        let Some(decision) = open.desk.workspace.set.decision(&id).cloned() else {
            return Err(Refused::NoSuchDifference);
        };
        let mut changes = match &decision.span {
            Some(span) => open.desk.workspace.removal_of(span, &self.session.schema),
            None => Vec::new(),
        };
        changes.push(Change::Decision(Became::gone(decision)));
        self.make(Transaction::new("reopen", key.as_str(), changes))
    }

    /// What a rule would do: how many it would take, which it would leave open. Nothing is done.
    ///
    /// # Errors
    /// The rule trusts somebody who is not here.
    pub fn preview(&self, rule: &Rule) -> Result<Plan, Refused> {
        let sets = self.sets();
        let gold = self.gold().ok_or(Refused::NoSuchDifference)?;
        rule.plan(self.case(&sets, gold), &self.judge_now(""))
    }

    /// Does what a preview showed, as one step of undo.
    ///
    /// # Errors
    /// Gold is another by now, or read-only.
    pub fn apply(&mut self, plan: &Plan) -> Result<(), Refused> {
        self.writable()?;
        self.make(plan.transaction())
    }

    /// The decision behind a gold span: where it came from, who decided, when and why.
    pub fn provenance(&self, gold: &SpanId) -> Option<&Arc<Decision>> {
        self.gold()?.decisions().find(|decision| decision.span.as_ref() == Some(gold))
    }

    /// Says how far gold is.
    ///
    /// # Errors
    /// Gold is read-only.
    pub fn set_status(&mut self, after: Status) -> Result<(), Refused> {
        let before = self.writable()?.status;
        self.make(Transaction::new("status", after.name(), vec![Change::Status { before, after }]))
    }

    /// Does any edit to gold by hand.
    ///
    /// # Errors
    /// It does not fit what is there. Nothing was changed.
    pub fn edit(&mut self, edit: Edit) -> Result<Edited, Outdated> {
        let edited = self.session.edit(edit);
        self.look_again();
        edited
    }

    /// Reads the threads on this article anew.
    pub fn read_talk(&mut self) -> Vec<Notice> {
        let (Some(project), Some(open)) = (self.session.project(), &self.session.open) else {
            return Vec::new();
        };
        let (talk, faults) = Talk::open(project, &open.desk.article.path, &self.reviewer);
        self.talk = talk;
        faults.iter().map(|fault| Notice::warning("notice-fault").with("fault", fault)).collect()
    }

    /// Begins a thread; gives its id. For topics see [`about_span`] and [`about_place`].
    ///
    /// # Errors
    /// The judge's own file of comments cannot be read or written.
    pub fn comment(&mut self, about: Topic, text: &str) -> Result<String, StoreError> {
        let Some(project) = self.session.project() else { return Ok(String::new()) };
        self.talk.begin(project, about, text)
    }

    /// Answers in a thread.
    ///
    /// # Errors
    /// As [`Self::comment`].
    pub fn reply(&mut self, thread: &str, text: &str) -> Result<String, StoreError> {
        let Some(project) = self.session.project() else { return Ok(String::new()) };
        self.talk.reply(project, thread, text)
    }

    /// Resolves a thread, or takes it up again.
    ///
    /// # Errors
    /// As [`Self::comment`].
    pub fn settle(&mut self, thread: &str, settles: Settles, text: &str) -> Result<String, StoreError> {
        let Some(project) = self.session.project() else { return Ok(String::new()) };
        self.talk.settle(project, thread, settles, text)
    }

    /// What became of an annotator's work on this article: kept, changed, rejected, by whom and why.
    pub fn against_gold(&self, annotator: &str) -> Vec<AgainstGold> {
        let other = self.others.iter().find(|other| other.annotator == annotator);
        match (other, self.gold()) {
            (Some(other), Some(gold)) => against_gold(annotator, &other.set, gold, self.schema()),
            _ => Vec::new(),
        }
    }

    /// Takes the last step back.
    ///
    /// # Errors
    /// It no longer fits what is there.
    pub fn undo(&mut self) -> Result<Option<Transaction>, Outdated> {
        let step = self.session.undo();
        self.look_again();
        step
    }

    /// Does the last step taken back again.
    ///
    /// # Errors
    /// It no longer fits what is there.
    pub fn redo(&mut self) -> Result<Option<Transaction>, Outdated> {
        let step = self.session.redo();
        self.look_again();
        step
    }

    /// Writes everything to disk now and waits for that.
    pub fn save(&mut self) -> Vec<Notice> {
        self.session.save()
    }

    /// Takes in what other threads and other programs did since the last call, to gold as to the annotators' files. Quick enough for every
    /// frame; says whether the comparison is another now.
    pub fn tick(&mut self) -> (Vec<Notice>, bool) {
        let notices = self.session.tick();
        let changed = self.read_what_changed();
        if changed {
            self.compare_again();
        } else {
            self.look_again();
        }
        (notices, changed)
    }

    fn read_what_changed(&mut self) -> bool {
        let (Some(project), Some(open)) = (self.session.project(), &self.session.open) else { return false };
        let mut changed = false;
        for other in &mut self.others {
            if stamp_of(&project.root.join(&other.file)) != other.stamp {
                *other = read_other(project, &other.annotator, &open.desk.article, &self.session.schema);
                changed = true;
            }
        }
        changed
    }

    fn sets(&self) -> Vec<(&str, &AnnotationSet)> {
        self.others.iter().map(|other| (other.annotator.as_str(), &other.set)).collect()
    }

    fn case<'a>(&'a self, sets: &'a [(&'a str, &'a AnnotationSet)], gold: &'a AnnotationSet) -> Case<'a> {
        Case { sets, comparison: &self.comparison, gold, schema: &self.session.schema }
    }

    fn judge_now(&self, why: &str) -> Judge {
        let when = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        Judge { by: self.reviewer.clone(), when, why: why.to_owned() }
    }

    fn writable(&self) -> Result<&AnnotationSet, Refused> {
        let open = self.session.open.as_ref().ok_or(Refused::NoSuchDifference)?;
        match &open.read_only {
            None => Ok(&open.desk.workspace.set),
            Some(super::ReadOnly::NoRights(why)) => Err(Refused::ReadOnly(why.clone())),
            Some(super::ReadOnly::OpenElsewhere { pid, since }) => {
                Err(Refused::ReadOnly(format!("it is open in another window (process {pid}, since {since})")))
            }
        }
    }

    fn judge(
        &mut self,
        what: &str,
        about: &str,
        why: &str,
        verdict: impl FnOnce(&mut Judging<'_>, &Judge) -> Result<(), Refused>,
    ) -> Result<(), Refused> {
        let gold = self.writable()?;
        let sets = self.sets();
        let judge = self.judge_now(why);
        let mut judging = Judging::with(self.case(&sets, gold), self.standings.clone());
        verdict(&mut judging, &judge)?;
        let changes = judging.finish(&judge)?;
        self.make(Transaction::new(what, about, changes))
    }

    fn make(&mut self, transaction: Transaction) -> Result<(), Refused> {
        let done = self.session.make(transaction);
        self.look_again();
        done.map(drop).map_err(Refused::from)
    }

    fn compare_again(&mut self) {
        let comparison = compare(&self.sets(), &self.session.schema);
        self.comparison = comparison;
        self.generation = u64::MAX;
        self.look_again();
    }

    fn look_again(&mut self) {
        let Some(gold) = self.gold() else { return };
        if gold.generation() == self.generation {
            return;
        }
        let generation = gold.generation();
        let sets = self.sets();
        let standings = standings(&self.case(&sets, gold));
        self.standings = standings;
        self.generation = generation;
    }
}

fn read_other(project: &Project, annotator: &str, article: &Article, schema: &Schema) -> OtherSet {
    let file = project.existing_annotation_path(annotator, &article.path);
    let stamp = file.as_ref().and_then(|file| stamp_of(&project.root.join(file)));
    let mut other = OtherSet {
        annotator: annotator.to_owned(),
        set: AnnotationSet::new(article.path.clone(), annotator),
        reanchored: None,
        is_missing: false,
        fault: None,
        file: file.unwrap_or_else(|| project.annotation_path(annotator, &article.path)),
        stamp,
    };
    match Read::one(project, annotator, article, schema) {
        Read::Set(set, told) => (other.set, other.reanchored) = (*set, told),
        Read::Missing => other.is_missing = true,
        Read::Fault(fault) => other.fault = Some(fault.to_string()),
    }
    other
}

fn stamp_of(file: &Path) -> Stamp {
    let there = std::fs::metadata(file).ok()?;
    Some((there.modified().ok()?, there.len()))
}
