//! What other threads and other programs do meanwhile: saves that ended, files that changed, and how both become one.

use super::*;

impl Session {
    /// Takes in what other threads and other programs did since the last call. Call it once a frame; it is quick.
    pub fn tick(&mut self) -> Vec<Notice> {
        let notices = self.take_news();
        self.take_rows();
        notices
    }

    /// What the other threads and the disk have to tell, but for the list of articles.
    pub(super) fn take_news(&mut self) -> Vec<Notice> {
        let mut notices = Vec::new();
        let mut changed: Option<Option<Digest>> = None;
        let mut saved = false;
        if let Some(open) = &mut self.open
            && let Some(keeper) = &open.keeper
        {
            for event in keeper.events().try_iter() {
                match event {
                    // What was done since the snapshot was taken is not in the file: it is ours alone at the next merge.
                    SaveEvent::Saved { set, .. } => {
                        open.base = *set;
                        saved = true;
                    }
                    SaveEvent::Failed { message } => {
                        notices.push(Notice::error("notice-not-saved").with("message", message));
                    }
                    SaveEvent::ChangedOnDisk { found } => changed = Some(found),
                }
            }
            open.save = keeper.state();
        }
        if saved {
            // Register and codebook follow the annotations that speak of them, so that the files on disk agree.
            notices.extend(self.save_shared());
        }
        let mut files: Vec<String> = Vec::new();
        if let Some(watcher) = &self.watcher {
            files.extend(watcher.changes().try_iter().map(|change| change.relative));
        }
        files.sort();
        files.dedup();
        for file in files {
            notices.extend(self.file_changed(&file, &mut changed));
        }
        if changed.is_some() {
            notices.extend(self.merge_from_disk());
        }
        notices.extend(self.renew_compared());
        notices.extend(self.renew_talk());
        self.end_check();
        notices
    }

    pub(super) fn file_changed(
        &mut self,
        file: &str,
        set_changed: &mut Option<Option<Digest>>,
    ) -> Vec<Notice> {
        let lists = [&self.settings.register, &self.settings.codebook, &self.settings.schema];
        if self.open.as_ref().is_some_and(|open| open.file == file) {
            *set_changed = Some(None);
            return Vec::new();
        }
        if lists.iter().any(|list| *list == file) || file == store::SETTINGS {
            let Some(project) = &mut self.project else { return Vec::new() };
            return match project.take_in_changes() {
                Ok(()) => {
                    self.settings = project.settings.clone();
                    self.schema = Arc::new(project.schema.clone());
                    let lists = (project.register.clone(), project.codebook.clone());
                    self.put_shared(lists);
                    if let Some(open) = &mut self.open {
                        open.desk.schema = self.schema.clone();
                        open.checked = None;
                    }
                    self.check();
                    vec![Notice::info("notice-list-changed").with("file", file)]
                }
                Err(why) => vec![Notice::warning("notice-fault").with("fault", why)],
            };
        }
        if self.open.as_ref().is_some_and(|open| open.desk.article.path == file) {
            return vec![Notice::warning("notice-article-changed")];
        }
        if self.settings.articles.iter().any(|folder| file.starts_with(folder.trim_end_matches('/'))) {
            return self.list_articles();
        }
        // The folder itself appears with a project's first comment.
        if store::THREADS.starts_with(file) || file.starts_with(store::THREADS) {
            self.talk_changed();
        }
        if file.starts_with(self.settings.annotations.as_str()) {
            self.unread = self.rows.iter().map(|row| row.path.clone()).collect();
            self.compared_changed();
        }
        Vec::new()
    }

    /// Merges what someone else wrote into our annotation file, span by span; what both changed is asked about.
    pub(super) fn merge_from_disk(&mut self) -> Vec<Notice> {
        let Some(open) = &mut self.open else { return Vec::new() };
        let Some(keeper) = &open.keeper else { return Vec::new() };
        let article = open.desk.article.clone();
        let theirs = match store::read_set_file(&self.root, &open.file, &|_| Some(article.text.clone())) {
            Ok(theirs) => theirs,
            Err(fault) if fault.kind == crate::model::FileFaultKind::Missing => {
                // The file is gone; what we hold is all there is, so it is written again.
                keeper.expect(None);
                keeper.save_soon(open.desk.workspace.set.clone(), Some(article.text.clone()));
                return vec![Notice::warning("notice-file-gone").with("file", &open.file)];
            }
            Err(fault) => return vec![Notice::error("notice-fault").with("fault", fault)],
        };
        if theirs.set == open.desk.workspace.set {
            keeper.expect(Some(theirs.digest));
            return Vec::new();
        }
        let merged = store::merge_by_schema(&open.base, &open.desk.workspace.set, &theirs.set, &self.schema);
        open.base = theirs.set;
        let taken = merged.taken.len();
        keeper.expect(Some(theirs.digest));
        // As a step of its own, so that the history stays true and one undo takes it back.
        let step = Transaction::new("merge", "", merged.taken);
        if open.desk.make(step).is_err() {
            open.desk.workspace.set = merged.set;
            open.desk.history.clear();
        }
        let clashes = merged.conflicts.len();
        open.clashes.extend(merged.conflicts.into_iter().map(|conflict| Clash { conflict }));
        self.keep();
        let mut notices = vec![Notice::info("notice-merged").with("n", taken)];
        if clashes > 0 {
            notices.push(Notice::warning("notice-clashes").with("n", clashes));
        }
        notices
    }

    /// Decides a clash: `theirs` puts in what the other program wrote, else ours stays.
    ///
    /// # Errors
    /// The span was changed since.
    pub fn decide(&mut self, clash: usize, theirs: bool) -> Result<(), Outdated> {
        let Some(open) = &mut self.open else { return Ok(()) };
        if clash >= open.clashes.len() {
            return Ok(());
        }
        let decided = open.clashes.remove(clash);
        if theirs && let Some(change) = taking_theirs(&decided.conflict, &open.desk.workspace.set) {
            open.desk.make(Transaction::new("merge", "", vec![change]))?;
            self.keep();
        }
        Ok(())
    }
}

/// The change that puts the others' version in place of what is there now.
fn taking_theirs(conflict: &store::Conflict, set: &AnnotationSet) -> Option<Change> {
    let theirs = conflict.theirs.clone();
    Some(match &conflict.subject {
        Subject::Span(id) => Change::Span(Became {
            before: set.get(id).cloned(),
            after: theirs.and_then(|v| if let store::Version::Span(span) = v { Some(span) } else { None }),
        }),
        Subject::Relation(id) => Change::Relation(Became {
            before: set.relation(id).cloned(),
            after: theirs
                .and_then(|v| if let store::Version::Relation(relation) = v { Some(relation) } else { None }),
        }),
        Subject::Status => match theirs {
            Some(store::Version::Status(after)) => Change::Status { before: set.status, after },
            _ => return None,
        },
        Subject::ArticleField(name) => Change::ArticleField {
            name: name.clone(),
            value: Became {
                before: set.fields.get(name).cloned(),
                after: theirs
                    .and_then(|v| if let store::Version::Field(value) = v { Some(value) } else { None }),
            },
        },
        Subject::Decision(id) => Change::Decision(Became {
            before: set.decision(id).cloned(),
            after: theirs
                .and_then(|v| if let store::Version::Decision(decision) = v { Some(decision) } else { None }),
        }),
        Subject::Entity(_) | Subject::Term(_) => return None,
    })
}
