//! A value of JSON that borrows its texts from where it was read: `serde_json`'s own copies every name and every text.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value as Json};

use super::json_text::{JsonText, from_json};

/// Any value.
#[derive(Clone, Debug)]
pub(super) enum Tree<'t> {
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'t, str>),
    List(Vec<Tree<'t>>),
    Object(Members<'t>),
}

/// The members of an object in order, no name twice. They are looked through one by one: objects have few.
#[derive(Clone, Debug, Default)]
pub(super) struct Members<'t>(Vec<(Cow<'t, str>, Tree<'t>)>);

/// In an object of more members than this, names that come twice are found by a table.
const FEW: usize = 16;

impl<'t> Tree<'t> {
    /// Understands a value.
    ///
    /// # Errors
    /// It is no JSON.
    pub fn read(bytes: &'t [u8]) -> serde_json::Result<Self> {
        from_json(bytes)
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Yes or no, if it is that.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(yes) => Some(*yes),
            _ => None,
        }
    }

    /// The items, if it is a list.
    pub fn as_list(&self) -> Option<&[Tree<'t>]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// The members, if it is an object.
    pub fn as_object(&self) -> Option<&Members<'t>> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// A member, if it is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Tree<'t>> {
        self.as_object()?.get(name)
    }

    /// The same as a value that owns its texts.
    pub fn to_json(&self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Bool(yes) => Json::Bool(*yes),
            Self::Number(number) => Json::Number(number.clone()),
            Self::Text(text) => Json::String(text.to_string()),
            Self::List(items) => Json::Array(items.iter().map(Tree::to_json).collect()),
            Self::Object(members) => {
                let all = members.iter().map(|(name, value)| (name.to_owned(), value.to_json()));
                Json::Object(all.collect::<Map<_, _>>())
            }
        }
    }
}

impl<'t> Members<'t> {
    /// These members, whose names differ.
    pub fn of(members: Vec<(Cow<'t, str>, Tree<'t>)>) -> Self {
        Self(members)
    }

    /// The value of a member.
    pub fn get(&self, name: &str) -> Option<&Tree<'t>> {
        self.0.iter().find(|(there, _)| there == name).map(|(_, value)| value)
    }

    /// Whether there is such a member.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Takes a member out; the last one takes its place.
    pub fn remove(&mut self, name: &str) -> Option<Tree<'t>> {
        let at = self.0.iter().position(|(there, _)| there == name)?;
        Some(self.0.swap_remove(at).1)
    }

    /// The members in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Tree<'t>)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds others; of two with one name the later counts, in the place of the earlier.
    pub fn extend(&mut self, others: Self) {
        if self.0.is_empty() {
            *self = others;
            return;
        }
        self.0.extend(others.0);
        self.settle();
    }

    /// Of members with one name, leaves the last in the place of the first.
    fn settle(&mut self) {
        let members = &mut self.0;
        let is_settled = match members.len() {
            0..=FEW => members.iter().enumerate().all(|(at, (name, _))| {
                let before = &members[..at];
                !before.iter().any(|(there, _)| there == name)
            }),
            _ => false,
        };
        if is_settled {
            return;
        }
        let mut places: HashMap<Cow<'t, str>, usize> = HashMap::with_capacity(members.len());
        let mut settled: Vec<(Cow<'t, str>, Tree<'t>)> = Vec::with_capacity(members.len());
        for (name, value) in std::mem::take(members) {
            match places.get(&name) {
                Some(at) => settled[*at].1 = value,
                None => {
                    places.insert(name.clone(), settled.len());
                    settled.push((name, value));
                }
            }
        }
        *members = settled;
    }
}

impl<'de> Deserialize<'de> for Tree<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TreeVisitor;
        impl<'de> Visitor<'de> for TreeVisitor {
            type Value = Tree<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any valid JSON value")
            }
            fn visit_bool<E>(self, yes: bool) -> Result<Tree<'de>, E> {
                Ok(Tree::Bool(yes))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Tree<'de>, E> {
                Ok(Tree::Number(number.into()))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Tree<'de>, E> {
                Ok(Tree::Number(number.into()))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Tree<'de>, E> {
                Ok(Number::from_f64(number).map_or(Tree::Null, Tree::Number))
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Tree<'de>, E> {
                Ok(Tree::Text(text.into()))
            }
            fn visit_str<E>(self, text: &str) -> Result<Tree<'de>, E> {
                Ok(Tree::Text(text.to_owned().into()))
            }
            fn visit_unit<E>(self) -> Result<Tree<'de>, E> {
                Ok(Tree::Null)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree<'de>, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Tree::List(items))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(JsonText(name)) = map.next_key()? {
                    members.push((name, map.next_value()?));
                }
                let mut members = Members(members);
                members.settle();
                Ok(Tree::Object(members))
            }
        }
        deserializer.deserialize_any(TreeVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_json() -> impl Strategy<Value = String> {
        let leaf = prop::sample::select(vec![
            "null",
            "true",
            "-7",
            "18446744073709551615",
            "0.5",
            "1e999",
            "\"а\\n\"",
            "\"\"",
            "\"\\ud800\"",
            "x",
        ])
        .prop_map(str::to_owned);
        leaf.prop_recursive(3, 60, 20, |inner| {
            let name = prop::sample::select(vec!["a", "b", "c", "\\u0061", "д"]);
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(","))),
                prop::collection::vec((name, inner), 0..24).prop_map(|members| {
                    let all: Vec<String> = members.iter().map(|(n, v)| format!("\"{n}\":{v}")).collect();
                    format!("{{{}}}", all.join(", "))
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn it_is_what_serde_json_reads(json in any_json()) {
            let expected: serde_json::Result<Json> = serde_json::from_str(&json);
            match (Tree::read(json.as_bytes()), expected) {
                (Ok(tree), Ok(expected)) => {
                    prop_assert_eq!(tree.to_json().to_string(), expected.to_string());
                }
                (Err(fault), Err(expected)) => prop_assert_eq!(fault.to_string(), expected.to_string()),
                (tree, expected) => prop_assert!(false, "{tree:?} {expected:?}"),
            }
        }
    }
}
