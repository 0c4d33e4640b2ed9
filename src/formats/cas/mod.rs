//! The common analysis structure of UIMA: a text and typed feature structures over it, as XMI and JSON CAS both hold it.
//!
//! What is a feature of its own, and what the JSON of the feature `postil` carries, is told in `docs/formats/xmi.md`.
//!
//! There are hundreds of structures in an article, nearly all of them tokens. So names and texts are borrowed from the document or from the
//! record, and a token, which is a place and nothing else, owns nothing.

mod from_record;
mod into_draft;
pub(super) mod types;

use std::borrow::Cow;
use std::ops::Deref;
use std::rc::Rc;

pub(super) use from_record::{count_loss, from_record};
pub(super) use into_draft::into_record;
pub(super) use types::TypeSystem;

/// The value of a feature.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Feature<'a> {
    /// Text; also whatever the type system says nothing about.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// Another number.
    Number(f64),
    /// Yes or no.
    Bool(bool),
    /// A feature structure, by its number.
    Ref(i64),
    /// Several feature structures.
    Refs(Vec<i64>),
    /// Several texts.
    Texts(Vec<String>),
}

/// The full name of a type.
#[derive(Clone, Debug)]
pub(super) enum Kind<'a> {
    /// As it stands somewhere.
    There(&'a str),
    /// Made, for all structures of this type.
    Made(Rc<str>),
}

impl Default for Kind<'_> {
    fn default() -> Self {
        Self::There("")
    }
}

impl Deref for Kind<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::There(name) => name,
            Self::Made(name) => name,
        }
    }
}

impl PartialEq for Kind<'_> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

/// A feature structure.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Structure<'a> {
    /// Its number, unique in the document.
    pub id: i64,
    /// The full name of its type.
    pub kind: Kind<'a>,
    /// Which text it is on, by the number of the sofa.
    pub sofa: Option<i64>,
    /// Its features `begin` and `end`, if it has both and both are offsets; they come before the others.
    pub place: Option<(u32, u32)>,
    /// Its other features in order.
    pub features: Vec<(Cow<'a, str>, Feature<'a>)>,
}

impl Structure<'_> {
    /// The value of a feature other than those of the place.
    pub fn get(&self, name: &str) -> Option<&Feature<'_>> {
        self.features.iter().find(|(there, _)| there == name).map(|(_, value)| value)
    }

    /// A feature as text.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Feature::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn offset(&self, name: &str) -> Option<u32> {
        match self.get(name)? {
            Feature::Integer(number) => u32::try_from(*number).ok(),
            Feature::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Where it begins.
    pub fn begin(&self) -> Option<u32> {
        self.place.map_or_else(|| self.offset("begin"), |(begin, _)| Some(begin))
    }

    /// Where it begins and ends.
    pub fn place(&self) -> Option<(u32, u32)> {
        self.place.or_else(|| self.offset("begin").zip(self.offset("end")))
    }

    /// A feature as the number of another structure.
    pub fn reference(&self, name: &str) -> Option<i64> {
        match self.get(name)? {
            Feature::Ref(id) | Feature::Integer(id) => Some(*id),
            Feature::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}

/// The place of a structure that is being read.
#[derive(Default)]
pub(super) struct ReadPlace {
    /// The offset, and before which of the other features it stood.
    begin: Option<(u32, usize)>,
    end: Option<(u32, usize)>,
}

impl ReadPlace {
    /// Takes a feature if it is an offset of the place, the first of its name.
    pub fn takes(&mut self, name: &str, offset: Option<u32>, one: &Structure) -> bool {
        let slot = match name {
            "begin" => &mut self.begin,
            "end" => &mut self.end,
            _ => return false,
        };
        match offset {
            Some(offset) if slot.is_none() && one.get(name).is_none() => {
                *slot = Some((offset, one.features.len()));
                true
            }
            _ => false,
        }
    }

    /// Puts the place where it belongs. Half a place is a feature like others.
    pub fn put(self, one: &mut Structure) {
        let half = match (self.begin, self.end) {
            (Some((begin, _)), Some((end, _))) => {
                one.place = Some((begin, end));
                return;
            }
            (Some(begin), None) => ("begin", begin),
            (None, Some(end)) => ("end", end),
            (None, None) => return,
        };
        let (name, (offset, at)) = half;
        one.features.insert(at, (name.into(), Feature::Integer(offset.into())));
    }
}

/// A document.
#[derive(Clone, Debug, Default)]
pub(super) struct Cas<'a> {
    /// The number of the text's sofa.
    pub sofa: i64,
    /// The text of the initial view, as the source has it.
    pub text: Option<Cow<'a, str>>,
    /// How many other views there are.
    pub other_views: usize,
    /// Everything else.
    pub structures: Vec<Structure<'a>>,
}

impl<'a> Cas<'a> {
    /// Takes its text from the sofa of the initial view, else from the first one.
    pub fn take_text(&mut self, mut sofas: Vec<Structure<'a>>) {
        let initial = sofas.iter().position(|sofa| sofa.text("sofaID") == Some("_InitialView")).unwrap_or(0);
        self.other_views = sofas.len().saturating_sub(1);
        let Some(sofa) = sofas.get_mut(initial) else { return };
        self.sofa = sofa.id;
        let text = sofa.features.iter_mut().find(|(name, _)| name == "sofaString");
        if let Some((_, Feature::Text(text))) = text {
            self.text = Some(std::mem::take(text));
        }
    }
}
