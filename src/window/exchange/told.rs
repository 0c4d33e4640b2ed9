//! What formats, imports and exports say, in the user's language.
//!
//! They know nothing of languages: they speak English, which the command line prints as it is. The English file of the words
//! (`remarks.ftl`) has every such message with names for what is put in; the one that fits a text gives its kind and its values, and the
//! same message of another language is said with them. A text that no message fits stays English.

use std::sync::OnceLock;

use crate::formats::Loss;
use crate::window::words::{Language, Said, Words};

/// The English messages.
const ENGLISH: &str = include_str!("../../../assets/words/en/remarks.ftl");

/// How many messages may lie within each other.
const DEEPEST: usize = 6;

/// A message, to be found in a text.
#[derive(Debug)]
struct Message {
    /// The words' key.
    key: &'static str,
    pieces: Vec<Piece>,
    /// How much of it stands fast, in bytes: the more, the surer it is meant.
    fast: usize,
}

#[derive(Debug)]
enum Piece {
    Fast(&'static str),
    Value(&'static str),
}

/// A remark, a reason or another message in the user's language; as it is where no words are known for it.
pub(in crate::window) fn told(words: &Words, text: &str) -> String {
    match words.language() {
        Language::English => text.to_owned(),
        _ => translated(words, text, 0),
    }
}

/// A loss in the user's language.
pub(super) fn told_loss(words: &Words, loss: &Loss) -> String {
    let n = [("n", loss.count.into())];
    let what = words.find(&key("loss", loss.many), &n);
    let fate = words.find(&key("fate", &loss.fate), &n);
    match (words.language(), what, fate) {
        (Language::English, ..) | (_, None, _) | (_, _, None) => loss.to_string(),
        (_, Some(what), Some(fate)) => {
            words.with("export-loss", &[("what", (&what).into()), ("fate", (&fate).into())])
        }
    }
}

/// The key of the words for an English text.
fn key(kind: &str, text: &str) -> String {
    let mut key = kind.to_owned();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        key.push('-');
        key.push_str(&word.to_ascii_lowercase());
    }
    // As long as the keys of the words are.
    key.truncate(kind.len() + 1 + 60);
    key.trim_end_matches('-').to_owned()
}

fn translated(words: &Words, text: &str, depth: usize) -> String {
    let found = messages().iter().find_map(|message| Some((message, values(&message.pieces, text)?)));
    let Some((message, values)) = found.filter(|_| depth < DEEPEST) else { return text.to_owned() };
    let said: Vec<(&str, String)> = values
        .iter()
        .map(|(name, value)| match is_message(name) {
            true => (*name, translated(words, value, depth + 1)),
            false => (*name, (*value).to_owned()),
        })
        .collect();
    let args: Vec<(&str, Said<'_>)> = said
        .iter()
        .map(|(name, value)| match value.parse().ok().filter(|_| is_number(name)) {
            Some(number) => (*name, Said::Count(number)),
            None => (*name, Said::Text(value)),
        })
        .collect();
    words.find(message.key, &args).unwrap_or_else(|| text.to_owned())
}

/// Whether a value of this name is a number, which may choose a plural form.
fn is_number(name: &str) -> bool {
    name.strip_prefix('n').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a value of this name is itself something that is said.
fn is_message(name: &str) -> bool {
    matches!(name, "what" | "why" | "more")
}

/// The values of a message in a text, if it is that message.
fn values<'t>(pieces: &[Piece], text: &'t str) -> Option<Vec<(&'static str, &'t str)>> {
    let Some((first, rest)) = pieces.split_first() else { return text.is_empty().then(Vec::new) };
    let name = match first {
        Piece::Fast(fast) => return values(rest, text.strip_prefix(fast)?),
        Piece::Value(name) => *name,
    };
    let fits = |value: &str| !value.is_empty() && (!is_number(name) || value.parse::<usize>().is_ok());
    let with = |at: usize| {
        let (value, after) = text.split_at_checked(at)?;
        let mut found = values(rest, after).filter(|_| fits(value))?;
        found.push((name, value));
        Some(found)
    };
    match rest.first() {
        None => with(text.len()),
        Some(Piece::Fast(fast)) => text.match_indices(fast).find_map(|(at, _)| with(at)),
        Some(Piece::Value(_)) => None,
    }
}

/// All messages, those first that say most of themselves.
fn messages() -> &'static [Message] {
    static MESSAGES: OnceLock<Vec<Message>> = OnceLock::new();
    MESSAGES.get_or_init(|| {
        let mut messages: Vec<Message> = ENGLISH.lines().filter_map(message).collect();
        messages.sort_by_key(|message| std::cmp::Reverse(message.fast));
        messages
    })
}

/// The message of a line, if there is one.
fn message(line: &'static str) -> Option<Message> {
    let (key, mut pattern) = line.split_once(" = ").filter(|(key, _)| key.starts_with("said-"))?;
    let mut pieces = Vec::new();
    while let Some((before, rest)) = pattern.split_once("{ $") {
        let (name, after) = rest.split_once(" }")?;
        if !before.is_empty() {
            pieces.push(Piece::Fast(before));
        }
        pieces.push(Piece::Value(name));
        pattern = after;
    }
    if !pattern.is_empty() {
        pieces.push(Piece::Fast(pattern));
    }
    let fast = pieces.iter().map(|piece| if let Piece::Fast(fast) = piece { fast.len() } else { 0 }).sum();
    Some(Message { key, pieces, fast })
}

#[cfg(test)]
mod tests;
