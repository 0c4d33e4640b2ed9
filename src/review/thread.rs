//! Talking about annotations: comments on a span, on a place, on an article.
//!
//! Each author's comments on an article are a file of the author's own, which nobody else writes; so two people who talk at once never
//! write the same file. A thread is put together from all authors' files: a comment that begins it, and the comments that answer. That it
//! is resolved is itself something an author says, with a time; the latest word counts.
//!
//! A withdrawn comment counts for nothing. Where somebody has answered it, the thread still shows that something was said there.

use std::collections::BTreeMap;

use crate::model::{Comment, Comments, Settles, Topic};

/// A comment with its author. It may be withdrawn: see [`Comment::is_withdrawn`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Who.
    pub author: String,
    /// What.
    pub comment: Comment,
}

/// A thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// The id of the comment that begins it.
    pub id: String,
    /// What it is about.
    pub topic: Topic,
    /// The comments, by time; the one that begins it first.
    pub said: Vec<Said>,
    /// What is left out of it, because it was withdrawn and nobody answered it.
    pub withdrawn: Vec<Said>,
    /// Who resolved it and when, if it is resolved.
    pub resolved: Option<(String, String)>,
}

impl Thread {
    /// The thread without what was withdrawn, but for comments that somebody else answered; `None` if nothing is left.
    pub fn visible(&self) -> Option<Self> {
        let counts = |said: &Said| !said.comment.is_withdrawn();
        let answered = |n: usize| {
            let said = &self.said[n];
            // Of the one that begins the thread everything is an answer.
            said.comment.has_words()
                && self.said[n + 1..].iter().any(|s| counts(s) && (n == 0 || s.author != said.author))
        };
        let stays = |n: usize| counts(&self.said[n]) || answered(n);
        let of = |shown: bool| {
            let wanted = (0..self.said.len()).filter(|n| stays(*n) == shown);
            wanted.map(|n| self.said[n].clone()).collect::<Vec<_>>()
        };
        self.said.iter().any(counts).then(|| Self { said: of(true), withdrawn: of(false), ..self.clone() })
    }

    /// Everything that somebody withdrew in it and that said something.
    pub fn withdrawn_by(&self, name: &str) -> impl Iterator<Item = &Said> {
        let gone = move |said: &&Said| {
            said.author == name && said.comment.is_withdrawn() && said.comment.has_words()
        };
        self.said.iter().chain(&self.withdrawn).filter(gone)
    }

    /// The last thing that somebody says in it.
    pub fn last_of(&self, name: &str) -> Option<&Said> {
        let own =
            |said: &&Said| said.author == name && !said.comment.is_withdrawn() && said.comment.has_words();
        self.said.iter().rev().find(own)
    }

    /// The last comment that counts and says something.
    pub fn last_words(&self) -> Option<&Said> {
        self.said.iter().rev().find(|said| !said.comment.is_withdrawn() && !said.comment.says().is_empty())
    }

    /// Whether somebody else calls this person in it.
    pub fn calls(&self, name: &str) -> bool {
        let known = [name.to_owned()];
        self.said.iter().any(|said| {
            said.author != name
                && !said.comment.is_withdrawn()
                && !mentions(said.comment.says(), &known).is_empty()
        })
    }
}

/// The threads on an article, from all authors' comments: the article's own first, then by place, then by time. What was withdrawn is
/// left out, see [`Thread::visible`].
pub fn threads(files: &[Comments]) -> Vec<Thread> {
    whole_threads(files).iter().filter_map(Thread::visible).collect()
}

/// The threads on an article with everything that was ever said in them, in the order of [`threads`].
///
/// An answer to a comment that is not there (its author's file has not come yet) begins a thread of its own on the article, so that it is
/// not lost from sight.
pub fn whole_threads(files: &[Comments]) -> Vec<Thread> {
    let mut all: Vec<Said> = files
        .iter()
        .flat_map(|file| {
            file.comments.iter().map(|comment| Said { author: file.author.clone(), comment: comment.clone() })
        })
        .collect();
    // Times are told in seconds: what one author said in the same second keeps its order by its number.
    let order = |said: &Said| said.comment.number(&said.author);
    all.sort_by(|a, b| {
        (&a.comment.at, order(a), &a.comment.id).cmp(&(&b.comment.at, order(b), &b.comment.id))
    });
    let mut threads: BTreeMap<String, Thread> = BTreeMap::new();
    let (begin, answer): (Vec<Said>, Vec<Said>) =
        all.into_iter().partition(|said| said.comment.reply_to.is_none());
    let started = |said: Said| Thread {
        id: said.comment.id.clone(),
        topic: said.comment.about.clone().unwrap_or(Topic::Article),
        said: vec![said],
        withdrawn: Vec::new(),
        resolved: None,
    };
    for said in begin {
        threads.insert(said.comment.id.clone(), started(said));
    }
    for said in answer {
        let to = said.comment.reply_to.clone().unwrap_or_default();
        match threads.get_mut(&to) {
            Some(thread) => {
                match said.comment.settles.filter(|_| !said.comment.is_withdrawn()) {
                    Some(Settles::Resolved) => {
                        thread.resolved = Some((said.author.clone(), said.comment.at.clone()));
                    }
                    Some(Settles::Reopened) => thread.resolved = None,
                    None => {}
                }
                thread.said.push(said);
            }
            None => drop(threads.insert(said.comment.id.clone(), started(said))),
        }
    }
    let mut threads: Vec<Thread> = threads.into_values().collect();
    let when = |thread: &Thread| thread.said.first().map(|said| said.comment.at.clone());
    threads.sort_by(|a, b| (a.topic.at(), when(a), &a.id).cmp(&(b.topic.at(), when(b), &b.id)));
    threads
}

/// The names of people that a text mentions, `@anna`, of those who are known, in the order in which they come. Of two names that begin
/// alike the longer one is meant.
pub fn mentions<'n>(text: &str, known: &'n [String]) -> Vec<&'n str> {
    let mut found: Vec<&str> = Vec::new();
    for (at, _) in text.match_indices('@') {
        // An address, anna@example.org, mentions nobody.
        if text[..at].chars().next_back().is_some_and(char::is_alphanumeric) {
            continue;
        }
        let rest = &text[at + 1..];
        let ends =
            |name: &str| !rest[name.len()..].chars().next().is_some_and(|c| c.is_alphanumeric() || c == '_');
        let named =
            known.iter().filter(|name| !name.is_empty() && rest.starts_with(name.as_str()) && ends(name));
        if let Some(name) = named.max_by_key(|name| name.len())
            && !found.contains(&name.as_str())
        {
            found.push(name);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Revised;
    use crate::text::TextRange;

    fn comment(
        id: &str,
        at: &str,
        about: Option<Topic>,
        reply_to: Option<&str>,
        settles: Option<Settles>,
    ) -> Comment {
        Comment {
            id: id.into(),
            at: at.into(),
            about,
            reply_to: reply_to.map(Into::into),
            text: format!("from {id}"),
            settles,
            revisions: Vec::new(),
        }
    }

    fn file(author: &str, comments: Vec<Comment>) -> Comments {
        Comments { comments, ..Comments::new("a.txt", author) }
    }

    #[test]
    fn a_thread_is_put_together_from_everyones_files_and_the_latest_word_counts() {
        let place = Topic::Place { at: TextRange::new(3u32, 9u32).unwrap(), quote: "Киев".into() };
        let anna = file(
            "anna",
            vec![
                comment("anna-1", "2026-01-01", Some(place), None, None),
                comment("anna-2", "2026-01-04", None, Some("anna-1"), Some(Settles::Reopened)),
            ],
        );
        let boris = file(
            "boris",
            vec![
                comment("boris-1", "2026-01-02", None, Some("anna-1"), Some(Settles::Resolved)),
                comment("boris-2", "2026-01-03", Some(Topic::Article), None, None),
                comment("boris-3", "2026-01-05", None, Some("vera-1"), None),
            ],
        );
        let threads = threads(&[boris.clone(), anna.clone()]);
        let ids: Vec<&str> = threads.iter().map(|thread| thread.id.as_str()).collect();
        assert_eq!(ids, ["boris-2", "boris-3", "anna-1"], "the lost answer is kept in sight");
        let said: Vec<&str> = threads[2].said.iter().map(|said| said.comment.id.as_str()).collect();
        assert_eq!(said, ["anna-1", "boris-1", "anna-2"]);
        assert_eq!(threads[2].resolved, None);
        assert!(anna.next_id(7).starts_with("anna-3-"));
        let mut elsewhere = file("anna", vec![anna.comments[0].clone()]);
        assert_eq!((elsewhere.take_in(&anna), elsewhere.take_in(&anna)), (1, 0));
        assert_eq!(elsewhere, anna);
    }

    #[test]
    fn what_is_withdrawn_counts_for_nothing_and_stands_only_where_others_answered_it() {
        let withdraw = |file: &mut Comments, id: &str| {
            assert!(file.revise(id, "2026-02-01", Revised::Withdrawn).is_some());
        };
        let mut anna = file(
            "anna",
            vec![
                comment("anna-1", "2026-01-01", Some(Topic::Article), None, None),
                comment("anna-2", "2026-01-02", None, Some("anna-1"), None),
                comment("anna-3", "2026-01-04", Some(Topic::Article), None, None),
            ],
        );
        let mut boris = file(
            "boris",
            vec![comment("boris-1", "2026-01-03", None, Some("anna-1"), Some(Settles::Resolved))],
        );
        let of = |anna: &Comments, boris: &Comments| -> Vec<Vec<String>> {
            let ids = |thread: &Thread| thread.said.iter().map(|said| said.comment.id.clone()).collect();
            threads(&[anna.clone(), boris.clone()]).iter().map(ids).collect()
        };
        withdraw(&mut anna, "anna-2");
        assert_eq!(of(&anna, &boris)[0], ["anna-1", "anna-2", "boris-1"], "it was answered");
        withdraw(&mut anna, "anna-3");
        assert_eq!(of(&anna, &boris).len(), 1, "nobody answered it");
        assert_eq!(whole_threads(&[anna.clone(), boris.clone()]).len(), 2);
        withdraw(&mut anna, "anna-1");
        assert_eq!(of(&anna, &boris)[0].len(), 3);
        let thread = &threads(&[anna.clone(), boris.clone()])[0];
        assert!(thread.resolved.is_some());
        withdraw(&mut boris, "boris-1");
        assert!(of(&anna, &boris).is_empty(), "nothing is left");
        anna.revise("anna-1", "2026-02-02", Revised::PutBack);
        let thread = &threads(&[anna.clone(), boris.clone()])[0];
        assert_eq!((thread.said.len(), &thread.resolved), (1, &None), "what resolved it is withdrawn");
    }

    #[test]
    fn mentions_are_names_of_people_and_no_addresses() {
        let known: Vec<String> = ["анна", "anna", "anna maria", "bo"].map(Into::into).into();
        assert_eq!(
            mentions("@анна, см. @anna maria и @boris; me@anna.org @анна", &known),
            ["анна", "anna maria"]
        );
    }
}
