//! What an author did to a comment after it was written: edited it, withdrew it, put it back.
//!
//! Revisions are never taken away and never changed; of what they say the latest counts. Their order is that of their times. Since
//! clocks count seconds and go wrong, a revision is never earlier than those that were known when it was made, and has a number of
//! its own behind them. So two copies of a file, put together in any order, say the same.

use serde::{Deserialize, Serialize};

use super::Comment;

/// One change of a comment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revision {
    /// When, RFC 3339.
    pub at: String,
    /// Its number among those that were known when it was made, from 1.
    pub n: u32,
    /// What was done.
    pub did: Revised,
}

/// What was done to a comment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Revised {
    /// It says this from now on.
    Edited(String),
    /// It counts no more.
    Withdrawn,
    /// It counts again.
    PutBack,
}

/// How a comment stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentState {
    /// What it says.
    pub text: String,
    /// Whether it is withdrawn.
    pub withdrawn: bool,
}

impl Comment {
    /// What it says now, withdrawn or not.
    pub fn says(&self) -> &str {
        self.last_edit().map_or(self.text.as_str(), |(_, text)| text)
    }

    /// When it was edited last; `None`: it says what it said at first.
    pub fn edited(&self) -> Option<&str> {
        let (edit, text) = self.last_edit()?;
        // Whoever has taken all edits back has edited nothing.
        (text != self.text).then_some(edit.at.as_str())
    }

    /// When it was withdrawn; `None`: it counts.
    pub fn withdrawn(&self) -> Option<&str> {
        let stands = self.revisions.iter().filter(|made| !matches!(made.did, Revised::Edited(_))).max()?;
        (stands.did == Revised::Withdrawn).then_some(stands.at.as_str())
    }

    /// Whether it is withdrawn.
    pub fn is_withdrawn(&self) -> bool {
        self.withdrawn().is_some()
    }

    /// Whether it says something: to resolve a thread without a word is no comment.
    pub fn has_words(&self) -> bool {
        self.settles.is_none() || !self.says().is_empty()
    }

    /// What it said before what it says now, each with the time since when, oldest first.
    pub fn earlier(&self) -> Vec<(&str, &str)> {
        let mut edits: Vec<&Revision> = self.revisions.iter().collect();
        edits.sort();
        let said = edits.iter().filter_map(|made| match &made.did {
            Revised::Edited(text) => Some((made.at.as_str(), text.as_str())),
            _ => None,
        });
        let mut all: Vec<(&str, &str)> =
            std::iter::once((self.at.as_str(), self.text.as_str())).chain(said).collect();
        all.pop();
        all
    }

    /// How it stands.
    pub fn state(&self) -> CommentState {
        CommentState { text: self.says().to_owned(), withdrawn: self.is_withdrawn() }
    }

    /// Writes down that it was edited, withdrawn or put back; `false` if that changes nothing. `now` is RFC 3339.
    pub fn revise(&mut self, now: &str, did: Revised) -> bool {
        let idle = match &did {
            Revised::Edited(text) => text == self.says(),
            Revised::Withdrawn => self.is_withdrawn(),
            Revised::PutBack => !self.is_withdrawn(),
        };
        if idle {
            return false;
        }
        let last = self.revisions.iter().map(|made| made.at.as_str()).max().unwrap_or(&self.at);
        let at = last.max(now).to_owned();
        let n = self.revisions.iter().map(|made| made.n).max().unwrap_or(0).saturating_add(1);
        self.revisions.push(Revision { at, n, did });
        true
    }

    /// Brings it to a state, whatever that takes.
    pub fn become_like(&mut self, wanted: &CommentState, now: &str) {
        self.revise(now, Revised::Edited(wanted.text.clone()));
        self.revise(now, if wanted.withdrawn { Revised::Withdrawn } else { Revised::PutBack });
    }

    fn last_edit(&self) -> Option<(&Revision, &str)> {
        let edit = |made: &'_ &Revision| matches!(made.did, Revised::Edited(_));
        match self.revisions.iter().filter(edit).max()? {
            made @ Revision { did: Revised::Edited(text), .. } => Some((made, text)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Comment, Revised};

    #[test]
    fn what_a_comment_says_follows_from_its_revisions_and_none_is_lost() {
        let text = r#"(id: "anna-1", at: "2026-01-01T10:00:00Z", text: "Киев")"#;
        let mut comment: Comment = ron::from_str(text).unwrap();
        assert_eq!((comment.says(), comment.edited(), comment.withdrawn()), ("Киев", None, None));
        let edited = |text: &str| Revised::Edited(text.into());
        // The clock went back meanwhile.
        assert!(comment.revise("2025-12-31T10:00:00Z", edited("Kyiv")));
        assert!(comment.revise("2026-01-01T12:00:00Z", Revised::Withdrawn));
        assert!(!comment.revise("2026-01-01T12:00:00Z", Revised::Withdrawn), "it is already");
        assert!(comment.revise("2026-01-01T12:00:00Z", edited("Київ")));
        assert_eq!(comment.says(), "Київ");
        assert_eq!(comment.edited(), Some("2026-01-01T12:00:00Z"));
        assert_eq!(comment.withdrawn(), Some("2026-01-01T12:00:00Z"));
        assert_eq!(comment.earlier(), [("2026-01-01T10:00:00Z", "Киев"), ("2026-01-01T10:00:00Z", "Kyiv")]);
        assert!(comment.revise("2026-01-01T12:00:00Z", Revised::PutBack));
        comment.revisions.reverse();
        assert_eq!(
            (comment.says(), comment.is_withdrawn()),
            ("Київ", false),
            "the order in the file says nothing"
        );
    }
}
