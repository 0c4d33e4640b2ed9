//! Validation of the article at hand, beside the work where the set is large, and the list of articles with its counts.

use super::*;

impl Session {
    /// Runs validation on the article at hand if something changed since it last ran: small sets at once, large ones on another
    /// thread, whose findings [`Session::tick`] takes in.
    pub fn check(&mut self) {
        let Some(open) = &mut self.open else { return };
        let generation = open.desk.workspace.set.generation();
        if open.checked == Some(generation) {
            return;
        }
        let workspace = &open.desk.workspace;
        if workspace.set.len() > AT_ONCE || open.desk.article.text.len() > AT_ONCE_TEXT {
            if open.checking.is_none() {
                open.checked = Some(generation);
                let snapshot = Snapshot {
                    file: open.file.clone(),
                    settings: self.settings.clone(),
                    schema: self.schema.clone(),
                    register: workspace.register.clone(),
                    codebook: workspace.codebook.clone(),
                    article: open.desk.article.clone(),
                    set: workspace.set.clone(),
                };
                open.checking = Some(Checking::start(snapshot, self.wake.clone()));
            }
            // One at a time: when the one under way is finished, `tick` starts the next with the set as it is then.
            self.update_row();
            return;
        }
        open.checked = Some(generation);
        open.checking = None;
        let findings = validate::check_set(&validate::SetInput {
            file: &open.file,
            settings: &self.settings,
            schema: &self.schema,
            register: &workspace.register,
            codebook: &workspace.codebook,
            article: Some(&open.desk.article),
            set: &workspace.set,
            places: None,
        });
        self.take_findings(findings.into());
    }

    pub(super) fn take_findings(&mut self, findings: Findings) {
        if let Some(open) = &mut self.open {
            open.findings = findings;
            // Counted by the session, so that an article opened anew never repeats a number.
            self.findings_versions += 1;
            open.findings_version = self.findings_versions;
        }
        self.update_row();
    }

    /// Takes in what a check on another thread found, and starts the next one if the set was changed meanwhile.
    pub(super) fn end_check(&mut self) {
        let Some(open) = &mut self.open else { return };
        let Some(outcome) = open.checking.as_ref().map(Checking::outcome) else { return };
        if matches!(outcome, Outcome::UnderWay) {
            return;
        }
        open.checking = None;
        if let Outcome::Found(findings) = outcome {
            self.take_findings(findings);
        }
        self.check();
    }

    /// Whether a large set is being checked on another thread.
    pub fn is_checking(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.checking.is_some())
    }

    pub(super) fn update_row(&mut self) {
        let Some(open) = &self.open else { return };
        let article = &open.desk.article;
        let set = &open.desk.workspace.set;
        if let Some(row) = self.rows.iter_mut().find(|row| row.path == article.path) {
            row.title = article.title().to_owned();
            row.date.clone_from(&article.meta.date);
            row.status = set.status;
            row.spans = set.len();
            row.errors = open.findings.errors();
            row.warnings = open.findings.warnings();
            row.fault = None;
        }
    }

    /// Takes in what is known of other articles by now, and lets those be read of which nothing is known.
    pub(super) fn take_rows(&mut self) {
        let at_hand = self.open.as_ref().map(|open| open.desk.article.path.clone());
        if let Some(reading) = &self.reading {
            let (rows, more) = reading.take();
            for fresh in rows {
                // What is at hand is counted from memory, and what was put on the list anew meanwhile is about to be read again.
                let known = at_hand.as_deref() == Some(&fresh.path) || self.unread.contains(&fresh.path);
                if let Some(row) = self.rows.iter_mut().find(|row| row.path == fresh.path).filter(|_| !known)
                {
                    *row = fresh;
                }
            }
            if more {
                return;
            }
            self.reading = None;
        }
        let mut articles = std::mem::take(&mut self.unread);
        articles.retain(|path| at_hand.as_deref() != Some(path));
        if let (Some(project), false) = (&self.project, articles.is_empty()) {
            self.reading =
                Some(RowReading::start(project.clone(), self.annotator.clone(), articles, self.wake.clone()));
        }
    }

    /// Whether rows are still being read.
    pub fn is_reading(&self) -> bool {
        !self.unread.is_empty() || self.reading.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Parts, Span};
    use crate::text::{CanonicalText, TextRange};

    /// So many words, each tagged as a position, which nobody is said to hold.
    fn session(spans: u32) -> Session {
        let text = CanonicalText::new(&"слово ".repeat(spans as usize));
        let article = Article::from_text("a.txt", text);
        let mut workspace = Workspace::default();
        for n in 0..spans {
            let range = TextRange::new(n * 6, n * 6 + 5).unwrap();
            workspace.set.insert(Span::new(format!("s{}", n + 1), "position", Parts::one(range)));
        }
        Session::in_memory(Schema::positions(), "anna", article, workspace)
    }

    fn finish(session: &mut Session) {
        for _ in 0..3_000 {
            session.tick();
            if !session.is_checking() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        panic!("the check never ended");
    }

    fn found(session: &Session, span: &str) -> usize {
        let open = session.open.as_ref().unwrap();
        open.findings.iter().filter(|f| f.span.as_ref().is_some_and(|s| s.as_str() == span)).count()
    }

    #[test]
    fn a_small_set_is_checked_within_the_edit() {
        let mut session = session(20);
        assert!(!session.is_checking());
        assert!(found(&session, "s7") > 0);
        session.edit(Edit::Remove { spans: vec!["s7".into()] }).unwrap();
        assert_eq!(found(&session, "s7"), 0);
    }

    #[test]
    fn a_long_text_is_checked_beside_the_work_however_few_spans_it_has() {
        let text = CanonicalText::new(&"слово ".repeat(AT_ONCE_TEXT as usize / 6 + 1));
        let article = Article::from_text("a.txt", text);
        let mut workspace = Workspace::default();
        let range = TextRange::new(0u32, 5u32).unwrap();
        workspace.set.insert(Span::new("s1", "position", Parts::one(range)));
        let mut session = Session::in_memory(Schema::positions(), "anna", article, workspace);
        assert!(session.is_checking());
        finish(&mut session);
        assert!(found(&session, "s1") > 0);
    }

    #[test]
    fn a_large_set_is_checked_beside_the_work_and_ends_up_with_what_was_done_meanwhile() {
        let mut session = session(AT_ONCE as u32 + 50);
        assert!(session.is_checking());
        session.edit(Edit::Remove { spans: vec!["s7".into()] }).unwrap();
        let version = session.open.as_ref().unwrap().findings_version;
        finish(&mut session);
        assert_eq!(found(&session, "s7"), 0);
        assert!(found(&session, "s8") > 0);
        assert!(session.open.as_ref().unwrap().findings_version > version);
        session.undo().unwrap();
        finish(&mut session);
        assert!(found(&session, "s7") > 0);
        assert!(session.rows[0].errors + session.rows[0].warnings > AT_ONCE);
    }
}
