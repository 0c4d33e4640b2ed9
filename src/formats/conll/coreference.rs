//! Columns of coreference: `(event-1(abstract-2)`, `event-1)`, or `(12|(7)` as in CoNLL-2012. Every bracketed stretch is a mention; mentions
//! of one name are about the same thing. Source: Pradhan et al. 2012, section 4; the same with kinds and names in GUM.

use std::collections::HashMap;

use crate::model::{Fields, Value};

/// A mention: its first token and the one behind its last, and the name of what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub first: usize,
    pub end: usize,
    pub name: String,
}

/// What one cell says, in order.
#[derive(Debug, PartialEq, Eq)]
enum Mark<'a> {
    Open(&'a str),
    Close(&'a str),
    Whole(&'a str),
}

/// `None` if it is no such cell.
fn marks(cell: &str) -> Option<Vec<Mark<'_>>> {
    let mut marks = Vec::new();
    if matches!(cell, "_" | "-" | "*") {
        return Some(marks);
    }
    let mut rest = cell;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('|') {
            rest = after;
            continue;
        }
        let opened = rest.strip_prefix('(');
        let said = opened.unwrap_or(rest);
        let end = said.find(['(', ')', '|']).unwrap_or(said.len());
        let (name, after) = said.split_at(end);
        let closed = after.strip_prefix(')');
        rest = closed.unwrap_or(after);
        marks.push(match (opened.is_some(), closed.is_some()) {
            _ if name.is_empty() => return None,
            (true, false) => Mark::Open(name),
            (false, true) => Mark::Close(name),
            (true, true) => Mark::Whole(name),
            (false, false) => return None,
        });
    }
    Some(marks)
}

/// Whether a column holds such marks and nothing else, and at least one.
pub(super) fn is_coreference<'c>(mut cells: impl Iterator<Item = &'c str>) -> bool {
    let mut any = false;
    cells.all(|cell| {
        marks(cell).is_some_and(|marks| {
            any |= !marks.is_empty();
            true
        })
    }) && any
}

/// The mentions of a document's column, and how many marks open or close nothing.
pub(super) fn mentions<'c>(cells: impl Iterator<Item = &'c str>) -> (Vec<Mention>, usize) {
    let mut open: HashMap<&str, Vec<usize>> = HashMap::new();
    let (mut mentions, mut stray) = (Vec::new(), 0);
    for (at, cell) in cells.enumerate() {
        for mark in marks(cell).unwrap_or_default() {
            let (first, name) = match mark {
                Mark::Open(name) => {
                    open.entry(name).or_default().push(at);
                    continue;
                }
                Mark::Close(name) => match open.get_mut(name).and_then(Vec::pop) {
                    Some(first) => (first, name),
                    None => {
                        stray += 1;
                        continue;
                    }
                },
                Mark::Whole(name) => (at, name),
            };
            mentions.push(Mention { first, end: at + 1, name: name.to_owned() });
        }
    }
    stray += open.values().map(Vec::len).sum::<usize>();
    (mentions, stray)
}

/// A mention's label and fields: `organization-3-NATO` is an `organization` of chain `3` that is known as `NATO`; `12` is a `mention` of
/// chain `12`.
pub(super) fn understood(name: &str) -> (String, Fields) {
    let mut parts = name.splitn(3, '-');
    let (kind, chain, link) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut fields = Fields::new();
    match chain.filter(|chain| is_number(chain) && !kind.is_empty()) {
        Some(chain) => {
            fields.set("chain", Value::text(chain));
            if let Some(link) = link {
                fields.set("known_as", Value::text(link));
            }
            (kind.to_owned(), fields)
        }
        None => {
            fields.set("chain", Value::text(name));
            ("mention".to_owned(), fields)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &str) -> (Vec<(usize, usize, String)>, usize) {
        let (mentions, stray) = mentions(cells.split(' '));
        (mentions.into_iter().map(|one| (one.first, one.end, one.name)).collect(), stray)
    }

    #[test]
    fn brackets_nest_cross_and_may_lead_nowhere() {
        let (mentions, stray) =
            read("_ (event-1(abstract-2) event-1) (time-7 (time-8)time-7) (3|(4 4)|3) x) (9");
        let names: Vec<String> =
            mentions.iter().map(|(first, end, name)| format!("{first}-{end} {name}")).collect();
        let wanted = ["1-2 abstract-2", "1-3 event-1", "4-5 time-8", "3-5 time-7", "5-7 4", "5-7 3"];
        assert_eq!((names.iter().map(String::as_str).collect::<Vec<_>>(), stray), (wanted.to_vec(), 2));
    }

    #[test]
    fn a_column_of_anything_else_is_none() {
        assert!(is_coreference(["_", "(1)", "-"].into_iter()));
        for other in ["word", "(", "()", "(a b", "NN"] {
            let is_one = is_coreference(["_", "(1)", other].into_iter());
            assert_eq!(is_one, other == "(a b", "{other}");
        }
        assert!(!is_coreference(["_", "-"].into_iter()), "nothing is said");
    }

    #[test]
    fn names_tell_kind_chain_and_link() {
        let (label, fields) = understood("organization-3-Afghan_Girls-2");
        let told = (label.as_str(), fields.text("chain"), fields.text("known_as"));
        assert_eq!(told, ("organization", Some("3"), Some("Afghan_Girls-2")));
        let (label, fields) = understood("12");
        assert_eq!((label.as_str(), fields.text("chain")), ("mention", Some("12")));
    }
}
