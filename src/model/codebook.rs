//! The codebook: the controlled terms a project codes with (`codebook.ron`).

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::id::TermId;
use super::words::Words;

/// One term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Its id, which spans refer to and which never changes, whatever the term is called.
    pub id: TermId,
    /// The term it belongs under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<TermId>,
    /// What people see.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub titles: Words,
    /// What it means and where it ends.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub definition: String,
    /// Wordings that belong under it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<String>,
    /// The terms that took its place when it was merged (one) or split (several). Spans that still say the old id are
    /// not orphans: they are a worklist.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced_by: Vec<TermId>,
}

impl Term {
    /// A term with nothing but its id and a title in one language.
    pub fn new(id: impl Into<TermId>, language: &str, title: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            parent: None,
            titles: Words(vec![(language.to_owned(), title.into())]),
            definition: String::new(),
            examples: Vec::new(),
            replaced_by: Vec::new(),
        }
    }

    /// What people see: the title in `language`, else the id.
    pub fn title(&self, language: &str) -> &str {
        self.titles.get(language).unwrap_or(self.id.as_str())
    }
}

/// All terms of a project, in the order of the file, which is the order in which people see them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codebook {
    /// The codebook's own name.
    pub name: String,
    terms: Vec<Arc<Term>>,
    places: BTreeMap<TermId, usize>,
}

impl Codebook {
    /// A codebook of these terms. Of two terms with one id the later one is kept.
    pub fn new(name: impl Into<String>, terms: impl IntoIterator<Item = Term>) -> Self {
        let mut codebook = Self { name: name.into(), ..Self::default() };
        for term in terms {
            codebook.insert(term);
        }
        codebook
    }

    /// A term by its id.
    pub fn get(&self, id: &str) -> Option<&Arc<Term>> {
        self.places.get(&TermId::from(id)).map(|place| &self.terms[*place])
    }

    /// All terms in order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Term>> {
        self.terms.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The terms right under `parent` (`None`: the roots), in order. A term whose parent is missing counts as a root,
    /// so that none is ever hidden.
    pub fn children(&self, parent: Option<&TermId>) -> impl Iterator<Item = &Arc<Term>> {
        self.terms.iter().filter(move |term| {
            let known = term.parent.as_ref().filter(|p| self.places.contains_key(*p) && **p != term.id);
            known == parent
        })
    }

    /// Whether `id` is `above` or lies under it. Ends even where parents run in a circle.
    pub fn is_at_or_under(&self, id: &TermId, above: &TermId) -> bool {
        let mut at = Some(id.clone());
        for _ in 0..=self.terms.len() {
            match at {
                Some(here) if here == *above => return true,
                Some(here) => at = self.get(here.as_str()).and_then(|term| term.parent.clone()),
                None => return false,
            }
        }
        false
    }

    /// Adds a term at the end, or replaces the one of the same id where it stands; returns what was there.
    pub fn insert(&mut self, term: impl Into<Arc<Term>>) -> Option<Arc<Term>> {
        let term = term.into();
        match self.places.get(&term.id) {
            Some(place) => Some(std::mem::replace(&mut self.terms[*place], term)),
            None => {
                self.places.insert(term.id.clone(), self.terms.len());
                self.terms.push(term);
                None
            }
        }
    }

    /// Takes a term out. Spans that use it become a finding of validation; see [`Term::replaced_by`] for the kinder way.
    pub fn remove(&mut self, id: &str) -> Option<Arc<Term>> {
        let place = self.places.remove(&TermId::from(id))?;
        for other in self.places.values_mut() {
            *other -= usize::from(*other > place);
        }
        Some(self.terms.remove(place))
    }

    /// An id for a new term of this title under `parent` that no other has: `territory.buffer-zone`.
    pub fn fresh_id(&self, parent: Option<&TermId>, title: &str) -> TermId {
        let prefix = parent.map_or(String::new(), |p| format!("{p}."));
        let id = super::register::fresh_id(title, '-', |id| self.get(&format!("{prefix}{id}")).is_some());
        format!("{prefix}{id}").into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codebook() -> Codebook {
        let under = |id: &str, parent: Option<&str>| Term {
            parent: parent.map(TermId::from),
            ..Term::new(id, "en", id.to_uppercase())
        };
        Codebook::new(
            "test",
            [
                under("a", None),
                under("a.b", Some("a")),
                under("a.b.c", Some("a.b")),
                under("lost", Some("gone")),
            ],
        )
    }

    #[test]
    fn the_tree_hides_no_term() {
        let book = codebook();
        let roots: Vec<&str> = book.children(None).map(|t| t.id.as_str()).collect();
        assert_eq!(roots, ["a", "lost"]);
        assert!(book.is_at_or_under(&"a.b.c".into(), &"a".into()));
        assert!(!book.is_at_or_under(&"a".into(), &"a.b".into()));
    }

    #[test]
    fn a_circle_of_parents_ends() {
        let mut book = codebook();
        let mut a = (**book.get("a").unwrap()).clone();
        a.parent = Some("a.b.c".into());
        book.insert(a);
        assert!(!book.is_at_or_under(&"a".into(), &"elsewhere".into()));
    }

    #[test]
    fn taking_a_term_out_keeps_the_others_places() {
        let mut book = codebook();
        book.remove("a.b");
        assert_eq!(book.get("lost").unwrap().id.as_str(), "lost");
        assert_eq!(book.fresh_id(Some(&"a".into()), "Buffer zone").as_str(), "a.buffer-zone");
    }
}
