//! One line as it stands in the source, before its offsets are understood.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};

use super::super::loose::{Given, Wanted};
use super::span::{RawRelation, RawSpan};

/// A line. Everything may be missing; spans and relations that cannot be read are their faults.
#[derive(Default)]
pub(super) struct RawLine {
    pub article: Option<String>,
    pub fingerprint: Option<String>,
    pub annotator: Option<String>,
    pub language: Option<String>,
    pub meta: Map<String, Json>,
    pub status: Option<String>,
    pub text: Option<String>,
    pub fields: Map<String, Json>,
    pub spans: Vec<Result<RawSpan, String>>,
    pub relations: Vec<Result<RawRelation, String>>,
    /// Keys that mean nothing here.
    pub unknown: Vec<String>,
}

impl<'de> Deserialize<'de> for RawLine {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LineVisitor;
        impl<'de> Visitor<'de> for LineVisitor {
            type Value = RawLine;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object { … }")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawLine, A::Error> {
                let mut line = RawLine::default();
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "article" => line.article = map.next_value()?,
                        "fingerprint" => line.fingerprint = map.next_value()?,
                        "annotator" => line.annotator = map.next_value()?,
                        "language" => line.language = map.next_value()?,
                        "meta" => line.meta = map.next_value::<Option<_>>()?.unwrap_or_default(),
                        "status" => line.status = map.next_value()?,
                        "text" => line.text = map.next_value()?,
                        "fields" => line.fields = map.next_value::<Option<_>>()?.unwrap_or_default(),
                        "spans" => line.spans = map.next_value::<Entries<_>>()?.0,
                        "relations" => line.relations = map.next_value::<Entries<_>>()?.0,
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            line.unknown.push(key);
                        }
                    }
                }
                Ok(line)
            }
        }
        deserializer.deserialize_map(LineVisitor)
    }
}

/// What one entry of a list is made from.
pub(super) trait Entry: Sized {
    /// Understands an object, or says what is wrong with it.
    fn read<'de, A: MapAccess<'de>>(object: A) -> Result<Result<Self, String>, A::Error>;
}

/// What is made of anything that should be an object.
struct Understood<T>(Result<T, String>);

impl<T: Entry> Wanted for Understood<T> {
    fn of_object<'de, A: MapAccess<'de>>(object: A) -> Result<Result<Self, Json>, A::Error> {
        T::read(object).map(|read| Ok(Self(read)))
    }
}

/// A list of which each entry is understood while it is read. `null` is an empty list.
struct Entries<T>(Vec<Result<T, String>>);

impl<'de, T: Entry> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<T>(std::marker::PhantomData<T>);
        impl<'de, T: Entry> Visitor<'de> for EntriesVisitor<T> {
            type Value = Entries<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list [ … ]")
            }
            fn visit_unit<E>(self) -> Result<Entries<T>, E> {
                Ok(Entries(Vec::new()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Entries<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = seq.next_element()? {
                    entries.push(match entry {
                        Given::Right(Understood(read)) => read,
                        _ => Err("it is not an object { … }".to_owned()),
                    });
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_any(EntriesVisitor(std::marker::PhantomData))
    }
}
