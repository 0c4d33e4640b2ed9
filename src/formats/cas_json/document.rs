//! One document as JSON CAS.

use std::borrow::Cow;
use std::fmt;
use std::io::Write as _;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Value as Json, json};

use super::super::cas::{Cas, Feature, Kind, ReadPlace, Structure, TypeSystem};
use super::super::digits::push_number;
use super::super::json_text::{JsonText, from_json, push_json_text};

const SOFA: &str = "uima.cas.Sofa";

/// Reads a document.
///
/// # Errors
/// It is no JSON CAS.
pub(super) fn read(bytes: &[u8]) -> Result<Cas<'_>, String> {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let document: Document = from_json(bytes).map_err(|error| error.to_string())?;
    let structures = match document.structures {
        Some(Structures::These(structures)) => structures,
        Some(Structures::NoList) => return Err("its `%FEATURE_STRUCTURES` are no list".to_owned()),
        None if document.is_one => Vec::new(),
        None => return Err("it has no `%FEATURE_STRUCTURES`".to_owned()),
    };
    let mut cas = Cas::default();
    let mut sofas = Vec::new();
    cas.structures = structures;
    if cas.structures.iter().any(|one| &*one.kind == SOFA) {
        (sofas, cas.structures) = cas.structures.into_iter().partition(|one| &*one.kind == SOFA);
    }
    cas.take_text(sofas);
    Ok(cas)
}

/// What of a document is read. There are thousands of structures, most of them tokens, so that no tree of them is made.
#[derive(Default)]
struct Document<'de> {
    structures: Option<Structures<'de>>,
    /// Whether it has types or views.
    is_one: bool,
}

enum Structures<'de> {
    These(Vec<Structure<'de>>),
    /// Something else stands in their place.
    NoList,
}

impl<'de> Deserialize<'de> for Document<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DocumentVisitor;
        impl<'de> Visitor<'de> for DocumentVisitor {
            type Value = Document<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document<'de>, A::Error> {
                let mut document = Document::default();
                while let Some(JsonText(key)) = map.next_key()? {
                    match key.as_ref() {
                        "%FEATURE_STRUCTURES" => document.structures = Some(map.next_value()?),
                        key => {
                            document.is_one |= key == "%TYPES" || key == "%VIEWS";
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(document)
            }
        }
        deserializer.deserialize_map(DocumentVisitor)
    }
}

impl<'de> Deserialize<'de> for Structures<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct StructuresVisitor;
        impl<'de> Visitor<'de> for StructuresVisitor {
            type Value = Structures<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("anything")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Structures<'de>, A::Error> {
                let mut all = Vec::new();
                while let Some(one) = seq.next_element::<MaybeStructure>()? {
                    all.extend(one.0);
                }
                Ok(Structures::These(all))
            }
            // They may stand under their numbers too.
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Structures<'de>, A::Error> {
                let mut all = Vec::new();
                while let Some(JsonText(id)) = map.next_key()? {
                    let one = map.next_value::<MaybeStructure>()?;
                    if let (Ok(id), Some(one)) = (id.parse(), one.0) {
                        all.push(Structure { id, ..one });
                    }
                }
                Ok(Structures::These(all))
            }
            fn visit_unit<E>(self) -> Result<Structures<'de>, E> {
                Ok(Structures::NoList)
            }
            fn visit_bool<E>(self, _: bool) -> Result<Structures<'de>, E> {
                Ok(Structures::NoList)
            }
            fn visit_i64<E>(self, _: i64) -> Result<Structures<'de>, E> {
                Ok(Structures::NoList)
            }
            fn visit_u64<E>(self, _: u64) -> Result<Structures<'de>, E> {
                Ok(Structures::NoList)
            }
            fn visit_f64<E>(self, _: f64) -> Result<Structures<'de>, E> {
                Ok(Structures::NoList)
            }
            fn visit_str<E>(self, _: &str) -> Result<Structures<'de>, E> {
                Ok(Structures::NoList)
            }
        }
        deserializer.deserialize_any(StructuresVisitor)
    }
}

/// A structure; none where something else stands in its place.
struct MaybeStructure<'de>(Option<Structure<'de>>);

impl<'de> Deserialize<'de> for MaybeStructure<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct StructureVisitor;
        impl<'de> Visitor<'de> for StructureVisitor {
            type Value = MaybeStructure<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("anything")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<MaybeStructure<'de>, A::Error> {
                let mut one = Structure { kind: Kind::There("uima.cas.TOP"), ..Structure::default() };
                let mut place = ReadPlace::default();
                // Its kind says what they are, and may come behind them.
                let mut members = None;
                while let Some(JsonText(key)) = map.next_key()? {
                    let value = map.next_value::<Shown>()?;
                    match key.as_ref() {
                        "%ID" => one.id = value.as_i64().unwrap_or(0),
                        "%TYPE" => match value {
                            Shown::Text(Cow::Borrowed(kind)) => one.kind = Kind::There(kind),
                            Shown::Text(Cow::Owned(kind)) => one.kind = Kind::Made(kind.into()),
                            _ => {}
                        },
                        "%FLAGS" => {}
                        "@sofa" => one.sofa = value.as_i64(),
                        "%ELEMENTS" => members = Some((one.features.len(), value)),
                        _ => {
                            // `@` is before references, `#` before numbers that JSON cannot say.
                            let (name, is_reference) = match key.strip_prefix('@') {
                                Some(_) => (after_sign(key), true),
                                None if key.starts_with('#') => (after_sign(key), false),
                                None => (key, false),
                            };
                            let offset = value.as_i64().filter(|_| !is_reference);
                            let offset = offset.and_then(|offset| u32::try_from(offset).ok());
                            if !place.takes(&name, offset, &one) {
                                one.features.extend(feature(value, is_reference).map(|value| (name, value)));
                            }
                        }
                    }
                }
                if let Some((before, value)) = members
                    && let Some(all) = elements(&one.kind, &value)
                {
                    one.features.insert(before, ("elements".into(), all));
                }
                place.put(&mut one);
                Ok(MaybeStructure(Some(one)))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<MaybeStructure<'de>, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(MaybeStructure(None))
            }
            fn visit_unit<E>(self) -> Result<MaybeStructure<'de>, E> {
                Ok(MaybeStructure(None))
            }
            fn visit_bool<E>(self, _: bool) -> Result<MaybeStructure<'de>, E> {
                Ok(MaybeStructure(None))
            }
            fn visit_i64<E>(self, _: i64) -> Result<MaybeStructure<'de>, E> {
                Ok(MaybeStructure(None))
            }
            fn visit_u64<E>(self, _: u64) -> Result<MaybeStructure<'de>, E> {
                Ok(MaybeStructure(None))
            }
            fn visit_f64<E>(self, _: f64) -> Result<MaybeStructure<'de>, E> {
                Ok(MaybeStructure(None))
            }
            fn visit_str<E>(self, _: &str) -> Result<MaybeStructure<'de>, E> {
                Ok(MaybeStructure(None))
            }
        }
        deserializer.deserialize_any(StructureVisitor)
    }
}

/// A name without the sign before it, which is ASCII.
fn after_sign(name: Cow<'_, str>) -> Cow<'_, str> {
    match name {
        Cow::Borrowed(name) => Cow::Borrowed(&name[1..]),
        Cow::Owned(name) => Cow::Owned(name[1..].to_owned()),
    }
}

/// A value of a structure, as far as one is understood.
enum Shown<'de> {
    Bool(bool),
    Whole(i64),
    Number(f64),
    Text(Cow<'de, str>),
    List(Vec<Json>),
    /// `null` or an object.
    Nothing,
}

impl Shown<'_> {
    fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Whole(number) => Some(*number),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Shown<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ShownVisitor;
        impl<'de> Visitor<'de> for ShownVisitor {
            type Value = Shown<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any valid JSON value")
            }
            fn visit_bool<E>(self, yes: bool) -> Result<Shown<'de>, E> {
                Ok(Shown::Bool(yes))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Shown<'de>, E> {
                Ok(Shown::Whole(number))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Shown<'de>, E> {
                Ok(i64::try_from(number).map_or(Shown::Number(number as f64), Shown::Whole))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Shown<'de>, E> {
                Ok(Shown::Number(number))
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Shown<'de>, E> {
                Ok(Shown::Text(text.into()))
            }
            fn visit_str<E>(self, text: &str) -> Result<Shown<'de>, E> {
                Ok(Shown::Text(text.to_owned().into()))
            }
            fn visit_unit<E>(self) -> Result<Shown<'de>, E> {
                Ok(Shown::Nothing)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Shown<'de>, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq)).map(Shown::List)
            }
            // What is wrong in it is said, though nothing in it is wanted.
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Shown<'de>, A::Error> {
                Json::deserialize(MapAccessDeserializer::new(map)).map(|_| Shown::Nothing)
            }
        }
        deserializer.deserialize_any(ShownVisitor)
    }
}

fn feature(value: Shown<'_>, is_reference: bool) -> Option<Feature<'_>> {
    Some(match value {
        Shown::Nothing => return None,
        Shown::Bool(yes) => Feature::Bool(yes),
        Shown::Whole(number) if is_reference => Feature::Ref(number),
        Shown::Whole(number) => Feature::Integer(number),
        Shown::Number(_) if is_reference => return None,
        Shown::Number(number) => Feature::Number(number),
        Shown::Text(text) => Feature::Text(text),
        Shown::List(list) if is_reference => Feature::Refs(list.iter().filter_map(Json::as_i64).collect()),
        Shown::List(list) => Feature::Texts(list.iter().map(plain).collect()),
    })
}

fn elements(kind: &str, value: &Shown) -> Option<Feature<'static>> {
    let Shown::List(list) = value else { return None };
    let are_references = kind.ends_with("FSArray") || kind.ends_with("[]");
    let all_whole = list.iter().all(|one| one.is_i64());
    Some(match are_references && all_whole {
        true => Feature::Refs(list.iter().filter_map(Json::as_i64).collect()),
        false => Feature::Texts(list.iter().map(plain).collect()),
    })
}

fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A document with its types, as text: there are thousands of structures, most of them tokens, and a tree of them would cost more than
/// everything else about an export.
pub(super) fn written(cas: &Cas, types: &TypeSystem) -> Vec<u8> {
    let text = cas.text.as_deref();
    // A token takes some ninety bytes.
    let mut out = Vec::with_capacity(4096 + text.map_or(0, str::len) + cas.structures.len() * 130);
    out.extend_from_slice(b"{\"%TYPES\":{");
    declared(types, &mut out);
    let _ = write!(
        out,
        "}},\"%FEATURE_STRUCTURES\":[{{\"%ID\":{},\"%TYPE\":\"{SOFA}\",\"sofaNum\":1,\"sofaID\":\"_InitialView\",\"mimeType\":\"text/plain\",\"sofaString\":",
        cas.sofa
    );
    match text {
        Some(text) => push_json_text(&mut out, text),
        None => out.extend_from_slice(b"null"),
    }
    out.push(b'}');
    let mut next = cas.structures.iter().map(|one| one.id).max().unwrap_or(cas.sofa) + 1;
    let mut members = Vec::with_capacity(cas.structures.len() * 5);
    for structure in &cas.structures {
        arrays(structure, next, &mut out);
        out.extend_from_slice(b",\n{\"%ID\":");
        push_number(&mut out, structure.id);
        out.extend_from_slice(b",\"%TYPE\":");
        push_json_text(&mut out, &structure.kind);
        if let Some(sofa) = structure.sofa {
            out.extend_from_slice(b",\"@sofa\":");
            push_number(&mut out, sofa);
            if !members.is_empty() {
                members.push(b',');
            }
            push_number(&mut members, structure.id);
        }
        if let Some((begin, end)) = structure.place {
            out.extend_from_slice(b",\"begin\":");
            push_number(&mut out, begin);
            out.extend_from_slice(b",\"end\":");
            push_number(&mut out, end);
        }
        for (name, feature) in &structure.features {
            out.push(b',');
            match feature {
                Feature::Ref(_) | Feature::Refs(_) | Feature::Texts(_) => {
                    push_json_text(&mut out, &format!("@{name}"));
                }
                _ => push_json_text(&mut out, name),
            }
            out.push(b':');
            match feature {
                Feature::Text(text) => push_json_text(&mut out, text),
                Feature::Integer(number) | Feature::Ref(number) => push_number(&mut out, *number),
                Feature::Number(number) => drop(write!(out, "{}", json!(number))),
                Feature::Bool(yes) => out.extend_from_slice(if *yes { b"true" } else { b"false" }),
                Feature::Refs(_) | Feature::Texts(_) => {
                    push_number(&mut out, next);
                    next += 1;
                }
            }
        }
        out.push(b'}');
    }
    let _ = write!(out, "],\"%VIEWS\":{{\"_InitialView\":{{\"%SOFA\":{},\"%MEMBERS\":[", cas.sofa);
    out.extend_from_slice(&members);
    out.extend_from_slice(b"]}}}\n");
    out
}

/// The types, each under its name.
fn declared(types: &TypeSystem, out: &mut Vec<u8>) {
    for (number, (name, kind)) in types.0.iter().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        push_json_text(out, name);
        out.extend_from_slice(b":{\"%NAME\":");
        push_json_text(out, name);
        out.extend_from_slice(b",\"%SUPER_TYPE\":");
        push_json_text(out, &kind.above);
        for (feature, range, element) in &kind.features {
            out.push(b',');
            push_json_text(out, feature);
            out.extend_from_slice(b":{\"%NAME\":");
            push_json_text(out, feature);
            out.extend_from_slice(b",\"%RANGE\":");
            push_json_text(out, range);
            if let Some(element) = element {
                out.extend_from_slice(b",\"%ELEMENT_TYPE\":");
                push_json_text(out, element);
            }
            out.push(b'}');
        }
        out.push(b'}');
    }
}

/// Arrays stand before what leads to them, as structures of their own with the next free numbers.
fn arrays(structure: &Structure, next: i64, out: &mut Vec<u8>) {
    let lists = structure.features.iter().filter_map(|(_, feature)| match feature {
        Feature::Refs(list) => Some(("uima.cas.FSArray", json!(list))),
        Feature::Texts(list) => Some(("uima.cas.StringArray", json!(list))),
        _ => None,
    });
    for (array, (kind, elements)) in (next..).zip(lists) {
        let _ = write!(out, ",\n{{\"%ID\":{array},\"%TYPE\":\"{kind}\",\"%ELEMENTS\":{elements}}}");
    }
}
