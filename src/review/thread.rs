//! Talking about annotations: comments on a span, on a place, on an article.
//!
//! Each author's comments on an article are a file of the author's own, which nobody else writes; so two people who talk at once never
//! write the same file. A thread is put together from all authors' files: a comment that begins it, and the comments that answer. That it
//! is resolved is itself something an author says, with a time; the latest word counts.

use std::collections::BTreeMap;

use crate::model::{Comment, Comments, Settles, Topic};

/// A comment with its author.
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
    /// Who resolved it and when, if it is resolved.
    pub resolved: Option<(String, String)>,
}

/// The threads on an article, from all authors' comments: the article's own first, then by place, then by time.
///
/// An answer to a comment that is not there (its author's file has not come yet) begins a thread of its own on the article, so that it is
/// not lost from sight.
pub fn threads(files: &[Comments]) -> Vec<Thread> {
    let mut all: Vec<Said> = files
        .iter()
        .flat_map(|file| {
            file.comments.iter().map(|comment| Said { author: file.author.clone(), comment: comment.clone() })
        })
        .collect();
    all.sort_by(|a, b| (&a.comment.at, &a.comment.id).cmp(&(&b.comment.at, &b.comment.id)));
    let mut threads: BTreeMap<String, Thread> = BTreeMap::new();
    let (begin, answer): (Vec<Said>, Vec<Said>) =
        all.into_iter().partition(|said| said.comment.reply_to.is_none());
    let started = |said: Said| Thread {
        id: said.comment.id.clone(),
        topic: said.comment.about.clone().unwrap_or(Topic::Article),
        said: vec![said],
        resolved: None,
    };
    for said in begin {
        threads.insert(said.comment.id.clone(), started(said));
    }
    for said in answer {
        let to = said.comment.reply_to.clone().unwrap_or_default();
        match threads.get_mut(&to) {
            Some(thread) => {
                match said.comment.settles {
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
        assert_eq!(anna.next_id(), "anna-3");
        let mut elsewhere = file("anna", vec![anna.comments[0].clone()]);
        assert_eq!((elsewhere.take_in(&anna), elsewhere.take_in(&anna)), (1, 0));
        assert_eq!(elsewhere, anna);
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
