//! Sitting at gold: while a review goes on, the set at hand is the adjudicated one, and the annotators' own sets lie beside it to be
//! compared. So gold has all that any set has: journal, undo, checks, prompt, locks. The annotators' sets are only read.

use super::reading::{Read, ReadSets, Reading, ToRead};
use super::*;
use crate::model::GOLD;
use crate::session::job::Steps;

/// The annotators' sets on the article at hand, beside gold.
#[derive(Default)]
pub struct Sitting {
    /// Whose sets are wanted; empty = everyone's who has one.
    pub chosen: Vec<String>,
    /// The sets that there are, in the order of the project's annotators.
    pub sets: Vec<(String, Arc<AnnotationSet>)>,
    /// Everyone who has a set on the article, chosen or not.
    pub there: Vec<String>,
    /// Counts up whenever the sets are read anew, so that views know when to look again.
    pub version: u64,
    /// Who sits here: the judge.
    pub judge: String,
    /// Whether the others' sets are hidden, because the judge annotates this article too and is not done.
    pub hidden: bool,
    stale: bool,
    /// Of which article the sets are.
    of: String,
    reading: Option<Reading>,
}

impl Sitting {
    /// How many of the annotators' files have been read, of how many, while they are being read. The sets are those of before until then.
    pub fn reading(&self) -> Option<(usize, usize)> {
        self.reading.as_ref().map(Reading::progress)
    }
}

impl Session {
    /// Whether the set at hand is gold and others lie beside it.
    pub fn is_reviewing(&self) -> bool {
        self.sitting.is_some()
    }

    /// The sets beside gold, while a review goes on.
    pub fn sitting(&self) -> Option<&Sitting> {
        self.sitting.as_ref()
    }

    /// Sits down at gold: saves and closes the user's own set and opens gold's of the same article. `chosen` says whose sets to compare;
    /// empty = everyone's who has one.
    ///
    /// # Errors
    /// The article or gold's annotations cannot be read; then no article is open.
    pub fn begin_review(&mut self, chosen: Vec<String>) -> Result<Vec<Notice>, StoreError> {
        if let Some(sitting) = &mut self.sitting {
            sitting.chosen = chosen;
            return Ok(self.read_compared());
        }
        let path = self.open.as_ref().map(|open| open.desk.article.path.clone());
        let mut notices = self.close_article();
        let judge = std::mem::replace(&mut self.annotator, GOLD.to_owned());
        self.sitting = Some(Sitting { chosen, judge, ..Sitting::default() });
        notices.extend(self.list_articles());
        if let Some(path) = path {
            notices.extend(self.open_article(&path)?);
        }
        Ok(notices)
    }

    /// Goes back to the user's own set of the article at hand.
    ///
    /// # Errors
    /// The article or the user's annotations cannot be read; then no article is open.
    pub fn end_review(&mut self) -> Result<Vec<Notice>, StoreError> {
        let Some(sitting) = self.sitting.take() else { return Ok(Vec::new()) };
        let path = self.open.as_ref().map(|open| open.desk.article.path.clone());
        let mut notices = self.close_article();
        self.annotator = sitting.judge;
        notices.extend(self.list_articles());
        if let Some(path) = path {
            notices.extend(self.open_article(&path)?);
        }
        Ok(notices)
    }

    /// Puts sets beside the set at hand without a disk, for tests and benches.
    pub fn compare_in_memory(&mut self, sets: Vec<AnnotationSet>) {
        let sets: Vec<(String, Arc<AnnotationSet>)> =
            sets.into_iter().map(|set| (set.annotator.clone(), Arc::new(set))).collect();
        let there = sets.iter().map(|(name, _)| name.clone()).collect();
        let judge = std::mem::replace(&mut self.annotator, GOLD.to_owned());
        self.sitting = Some(Sitting { sets, there, judge, version: 1, ..Sitting::default() });
    }

    /// What other threads call when they have news.
    pub fn waker(&self) -> store::Wake {
        self.wake.clone()
    }

    /// Whoever sits here, now, to be written into decisions.
    pub fn judge_now(&self, why: &str) -> crate::review::Judge {
        let by = self.sitting.as_ref().map_or(&self.annotator, |sitting| &sitting.judge).clone();
        crate::review::Judge { by, when: now(), why: why.to_owned() }
    }

    /// Sets who annotates which article.
    ///
    /// # Errors
    /// The settings cannot be saved.
    pub fn set_assignments(&mut self, wanted: BTreeMap<String, Vec<String>>) -> Result<(), StoreError> {
        let Some(project) = &mut self.project else { return Ok(()) };
        project.settings.assignments = wanted;
        project.save_settings()?;
        self.settings = project.settings.clone();
        Ok(())
    }

    /// Hides others' work from whoever is not done with an article, or shows it.
    ///
    /// # Errors
    /// The settings cannot be saved.
    pub fn set_blind_until_done(&mut self, blind: bool) -> Result<(), StoreError> {
        let Some(project) = &mut self.project else { return Ok(()) };
        project.settings.blind_until_done = blind;
        project.save_settings()?;
        self.settings = project.settings.clone();
        Ok(())
    }

    /// Somebody's annotations changed on disk: the sets are read anew at the next tick.
    pub(super) fn compared_changed(&mut self) {
        if let Some(sitting) = &mut self.sitting {
            sitting.stale = true;
        }
    }

    pub(super) fn renew_compared(&mut self) -> Vec<Notice> {
        let Some(sitting) = &mut self.sitting else { return Vec::new() };
        if std::mem::take(&mut sitting.stale) {
            return self.read_compared();
        }
        let Some(reading) = &sitting.reading else { return Vec::new() };
        let Some(done) = reading.take() else { return Vec::new() };
        let article = reading.article.clone();
        sitting.reading = None;
        if self.open.as_ref().is_none_or(|open| open.desk.article.path != article) {
            return Vec::new();
        }
        match done {
            Ok(read) => self.take_read(&article, read),
            Err(why) => vec![Notice::warning("notice-fault").with("fault", why)],
        }
    }

    /// Reads the annotators' sets on the article at hand; large ones beside the window.
    pub(super) fn read_compared(&mut self) -> Vec<Notice> {
        let mut notices = self.read_talk();
        let (Some(sitting), Some(project), Some(open)) = (&mut self.sitting, &self.project, &self.open)
        else {
            return notices;
        };
        let article = open.desk.article.clone();
        let annotators = project.annotators().into_iter().filter(|name| name != GOLD).collect();
        let (project, schema) = (project.clone(), self.schema.clone());
        let what = ToRead { project, annotators, article: article.clone(), schema };
        // What was being read is of no use any more.
        sitting.reading = None;
        if what.is_quick() {
            notices.extend(self.take_read(&article.path, what.read(&Steps::untold())));
            return notices;
        }
        if sitting.of != article.path {
            sitting.of.clone_from(&article.path);
            sitting.version += 1;
            sitting.sets.clear();
            sitting.there.clear();
        }
        sitting.hidden = self.talking.is_hidden();
        sitting.reading = Some(Reading::start(what, self.wake.clone()));
        notices
    }

    /// Lays what was read beside gold. A set that cannot be read is told and left out.
    fn take_read(&mut self, article: &str, read: ReadSets) -> Vec<Notice> {
        let mut notices = Vec::new();
        let Some(sitting) = &mut self.sitting else { return notices };
        sitting.of = article.to_owned();
        sitting.version += 1;
        sitting.sets.clear();
        sitting.there.clear();
        sitting.hidden = self.talking.is_hidden();
        for (annotator, read) in read {
            let set = match read {
                Read::Set(set, found) => {
                    if let Some(found) = found {
                        // Made on another version of the text: what was found again is compared, the rest is told.
                        let (moved, lost) = (found.moved, found.lost.len());
                        let notice = Notice::warning("notice-reanchored").with("who", &annotator);
                        notices.push(notice.with("moved", moved).with("lost", lost));
                    }
                    set
                }
                Read::Missing => continue,
                Read::Fault(why) => {
                    notices.push(Notice::warning("notice-fault").with("fault", why));
                    continue;
                }
            };
            sitting.there.push(annotator.clone());
            if !sitting.hidden && (sitting.chosen.is_empty() || sitting.chosen.contains(&annotator)) {
                sitting.sets.push((annotator, Arc::new(*set)));
            }
        }
        notices
    }
}
