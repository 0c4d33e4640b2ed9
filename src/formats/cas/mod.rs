//! The common analysis structure of UIMA: a text and typed feature structures over it, as XMI and JSON CAS both hold it.
//!
//! What is a feature of its own, and what the JSON of the feature `postil` carries, is told in `docs/formats/xmi.md`.

mod from_record;
mod into_draft;
pub(super) mod types;

pub(super) use from_record::{count_loss, from_record};
pub(super) use into_draft::into_record;
pub(super) use types::TypeSystem;

/// The value of a feature.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Feature {
    /// Text; also whatever the type system says nothing about.
    Text(String),
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

/// A feature structure.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Structure {
    /// Its number, unique in the document.
    pub id: i64,
    /// The full name of its type.
    pub kind: String,
    /// Which text it is on, by the number of the sofa.
    pub sofa: Option<i64>,
    /// Its features in order.
    pub features: Vec<(String, Feature)>,
}

impl Structure {
    /// The value of a feature.
    pub fn get(&self, name: &str) -> Option<&Feature> {
        self.features.iter().find(|(there, _)| there == name).map(|(_, value)| value)
    }

    /// A feature as text.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Feature::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// A feature as an offset.
    pub fn offset(&self, name: &str) -> Option<u32> {
        match self.get(name)? {
            Feature::Integer(number) => u32::try_from(*number).ok(),
            Feature::Text(text) => text.parse().ok(),
            _ => None,
        }
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

/// A document.
#[derive(Clone, Debug, Default)]
pub(super) struct Cas {
    /// The number of the text's sofa.
    pub sofa: i64,
    /// The text of the initial view, as the source has it.
    pub text: Option<String>,
    /// How many other views there are.
    pub other_views: usize,
    /// Everything else.
    pub structures: Vec<Structure>,
}
