//! Which comments somebody has read already: kept with the user's own settings, not in the project, for it is nobody else's concern.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::review::thread::{Said, Thread};

/// The comments that were read, by project folder and article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeenComments {
    file: Option<PathBuf>,
    read: BTreeMap<String, BTreeSet<String>>,
}

const FILE: &str = "seen-comments.ron";

fn key(root: &Path, article: &str) -> String {
    format!("{}|{article}", root.display())
}

/// What is remembered of a comment that was read: its id, and of one that was edited since when it says what it says.
fn words_of(said: &Said) -> Cow<'_, str> {
    match said.comment.edited() {
        Some(since) => Cow::Owned(format!("{} {since}", said.comment.id)),
        None => Cow::Borrowed(&said.comment.id),
    }
}

impl SeenComments {
    /// What is kept in the folder of the user's settings; nothing if there is no such folder or the file cannot be read.
    pub fn load(config: Option<&Path>) -> Self {
        let file = config.map(|folder| folder.join(FILE));
        let text = file.as_ref().and_then(|file| std::fs::read_to_string(file).ok());
        let read = text.and_then(|text| ron::from_str(&text).ok()).unwrap_or_default();
        Self { file, read }
    }

    /// Whether somebody else said something in a thread that this author has not read.
    pub fn is_unread(&self, root: &Path, article: &str, thread: &Thread, author: &str) -> bool {
        let read = self.read.get(&key(root, article));
        thread
            .said
            .iter()
            .filter(|said| said.author != author && !said.comment.is_withdrawn())
            .any(|said| !read.is_some_and(|read| read.contains(&*words_of(said))))
    }

    /// Remembers that a thread was read; says whether that is new.
    pub fn mark(&mut self, root: &Path, article: &str, thread: &Thread, author: &str) -> bool {
        if !self.is_unread(root, article, thread, author) {
            return false;
        }
        let read = self.read.entry(key(root, article)).or_default();
        read.extend(thread.said.iter().map(|said| words_of(said).into_owned()));
        true
    }

    /// How many comments were read; grows with every one.
    pub fn count(&self) -> usize {
        self.read.values().map(BTreeSet::len).sum()
    }

    /// Keeps it.
    ///
    /// # Errors
    /// What the system says.
    pub fn save(&self) -> std::io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let text = ron::ser::to_string_pretty(&self.read, ron::ser::PrettyConfig::default())
            .map_err(std::io::Error::other)?;
        crate::store::write_atomically(file, text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Comment, Comments, Revised, Topic};
    use crate::review::thread::threads;

    #[test]
    fn what_others_say_is_unread_until_it_is_read_and_stays_read() {
        let said = |id: &str, at: &str, to: Option<&str>| Comment {
            id: id.into(),
            at: at.into(),
            about: to.is_none().then_some(Topic::Article),
            reply_to: to.map(Into::into),
            text: "?".into(),
            settles: None,
            revisions: Vec::new(),
        };
        let mut boris = Comments::new("a.txt", "boris");
        boris.comments.push(said("boris-1", "1", None));
        let folder = tempfile::tempdir().unwrap();
        let root = Path::new("project");
        let mut seen = SeenComments::load(Some(folder.path()));
        let thread = &threads(&[boris.clone()])[0];
        assert!(!seen.is_unread(root, "a.txt", thread, "boris"), "one's own words are no news");
        assert!(seen.is_unread(root, "a.txt", thread, "anna"));
        assert!(seen.mark(root, "a.txt", thread, "anna") && !seen.mark(root, "a.txt", thread, "anna"));
        seen.save().unwrap();
        let seen = SeenComments::load(Some(folder.path()));
        assert!(!seen.is_unread(root, "a.txt", thread, "anna"));
        boris.comments.push(said("boris-2", "2", Some("boris-1")));
        let thread = &threads(&[boris.clone()])[0];
        let mut seen = seen;
        assert!(seen.is_unread(root, "a.txt", thread, "anna"), "an answer is news again");
        seen.mark(root, "a.txt", thread, "anna");
        boris.revise("boris-2", "3", Revised::Edited("!".into()));
        let thread = &threads(&[boris.clone()])[0];
        assert!(seen.is_unread(root, "a.txt", thread, "anna"), "it says something else now");
        boris.revise("boris-2", "4", Revised::Withdrawn);
        let thread = &threads(&[boris])[0];
        assert!(!seen.is_unread(root, "a.txt", thread, "anna"), "what is withdrawn is no news");
        assert!(seen.is_unread(Path::new("other"), "a.txt", thread, "anna"));
    }
}
