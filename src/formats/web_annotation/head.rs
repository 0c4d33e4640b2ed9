//! What an annotation is on, read without the rest of it.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::json_tree::Tree;

/// The article whose annotation an address of ours is of: both begin in the same way.
pub(super) fn article_of(annotation: &str) -> Option<String> {
    let rest = annotation.strip_prefix("urn:postil:annotation:")?;
    Some(format!("urn:postil:article:{}", rest.split(':').next().unwrap_or_default()))
}

/// An annotation's target; whatever is no object has none.
#[derive(Debug, Default)]
pub(super) struct Head(Address);

impl Head {
    /// That of an annotation which was read whole.
    pub fn of(annotation: &Tree) -> Self {
        Self(annotation.get("target").map(Address::of).unwrap_or_default())
    }

    /// The address of the text that it is on, or whose annotation it is on.
    pub fn source(self) -> Option<String> {
        let address = self.0.source.or(self.0.id)?;
        Some(article_of(&address).unwrap_or(address))
    }
}

impl<'de> Deserialize<'de> for Head {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(HeadVisitor)
    }
}

/// What a thing is called that is told by its address or by an object, the first of several.
#[derive(Debug, Default)]
struct Address {
    id: Option<String>,
    source: Option<String>,
}

impl Address {
    /// As it is read.
    fn of(thing: &Tree) -> Self {
        match thing {
            Tree::Text(address) => Self { id: Some(address.to_string()), source: None },
            Tree::List(things) => things.first().map(Self::of).unwrap_or_default(),
            Tree::Object(members) => {
                let member = |name: &str| members.get(name).and_then(|thing| Self::of(thing).id);
                Self { id: member("id"), source: member("source") }
            }
            _ => Self::default(),
        }
    }
}

impl<'de> Deserialize<'de> for Address {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AddressVisitor)
    }
}

/// The things that hold no address.
macro_rules! nothing {
    () => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("anything")
        }
        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }
        fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }
        fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }
        fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }
        fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }
    };
}

struct HeadVisitor;

impl<'de> Visitor<'de> for HeadVisitor {
    type Value = Head;

    nothing!();

    fn visit_str<E: Error>(self, _: &str) -> Result<Head, E> {
        Ok(Head::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Head, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Head::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Head, A::Error> {
        let mut head = Head::default();
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            match key.as_ref() {
                "target" => head.0 = map.next_value()?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(head)
    }
}

struct AddressVisitor;

impl<'de> Visitor<'de> for AddressVisitor {
    type Value = Address;

    nothing!();

    fn visit_str<E: Error>(self, address: &str) -> Result<Address, E> {
        Ok(Address { id: Some(address.to_owned()), source: None })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Address, A::Error> {
        let first = seq.next_element()?.unwrap_or_default();
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(first)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Address, A::Error> {
        let mut address = Address::default();
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            match key.as_ref() {
                "id" => address.id = map.next_value::<Address>()?.id,
                "source" => address.source = map.next_value::<Address>()?.id,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(address)
    }
}
