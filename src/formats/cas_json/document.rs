//! One document as JSON CAS.

use std::fmt::{self, Write as _};

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json, json};

use super::super::cas::{Cas, Feature, Structure, TypeSystem};

/// Reads a document.
///
/// # Errors
/// It is no JSON CAS.
pub(super) fn read(bytes: &[u8]) -> Result<Cas, String> {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let document: Document = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let structures = match document.structures {
        Some(Structures::These(structures)) => structures,
        Some(Structures::NoList) => return Err("its `%FEATURE_STRUCTURES` are no list".to_owned()),
        None if document.is_one => Vec::new(),
        None => return Err("it has no `%FEATURE_STRUCTURES`".to_owned()),
    };
    let mut cas = Cas::default();
    let mut sofas = Vec::new();
    for one in structures {
        match one.kind.as_str() {
            "uima.cas.Sofa" => sofas.push(one),
            _ => cas.structures.push(one),
        }
    }
    let initial = sofas.iter().position(|sofa| sofa.text("sofaID") == Some("_InitialView")).unwrap_or(0);
    cas.other_views = sofas.len().saturating_sub(1);
    if let Some(sofa) = sofas.get(initial) {
        cas.sofa = sofa.id;
        cas.text = sofa.text("sofaString").map(str::to_owned);
    }
    Ok(cas)
}

/// What of a document is read. There are thousands of structures, most of them tokens, so that no tree of them is made.
#[derive(Default)]
struct Document {
    structures: Option<Structures>,
    /// Whether it has types or views.
    is_one: bool,
}

enum Structures {
    These(Vec<Structure>),
    /// Something else stands in their place.
    NoList,
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DocumentVisitor;
        impl<'de> Visitor<'de> for DocumentVisitor {
            type Value = Document;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
                let mut document = Document::default();
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
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

impl<'de> Deserialize<'de> for Structures {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct StructuresVisitor;
        impl<'de> Visitor<'de> for StructuresVisitor {
            type Value = Structures;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("anything")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Structures, A::Error> {
                let mut all = Vec::new();
                while let Some(one) = seq.next_element::<MaybeStructure>()? {
                    all.extend(one.0);
                }
                Ok(Structures::These(all))
            }
            // They may stand under their numbers too.
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Structures, A::Error> {
                let mut all = Vec::new();
                while let Some(id) = map.next_key::<String>()? {
                    let one = map.next_value::<MaybeStructure>()?;
                    if let (Ok(id), Some(one)) = (id.parse(), one.0) {
                        all.push(Structure { id, ..one });
                    }
                }
                Ok(Structures::These(all))
            }
            fn visit_unit<E>(self) -> Result<Structures, E> {
                Ok(Structures::NoList)
            }
            fn visit_bool<E>(self, _: bool) -> Result<Structures, E> {
                Ok(Structures::NoList)
            }
            fn visit_i64<E>(self, _: i64) -> Result<Structures, E> {
                Ok(Structures::NoList)
            }
            fn visit_u64<E>(self, _: u64) -> Result<Structures, E> {
                Ok(Structures::NoList)
            }
            fn visit_f64<E>(self, _: f64) -> Result<Structures, E> {
                Ok(Structures::NoList)
            }
            fn visit_str<E>(self, _: &str) -> Result<Structures, E> {
                Ok(Structures::NoList)
            }
        }
        deserializer.deserialize_any(StructuresVisitor)
    }
}

/// A structure; none where something else stands in its place.
struct MaybeStructure(Option<Structure>);

impl<'de> Deserialize<'de> for MaybeStructure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct StructureVisitor;
        impl<'de> Visitor<'de> for StructureVisitor {
            type Value = MaybeStructure;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("anything")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<MaybeStructure, A::Error> {
                let mut one = Structure { kind: "uima.cas.TOP".to_owned(), ..Structure::default() };
                // Its kind says what they are, and may come behind them.
                let mut members = None;
                while let Some(key) = map.next_key::<String>()? {
                    let value = map.next_value::<Json>()?;
                    match key.as_str() {
                        "%ID" => one.id = value.as_i64().unwrap_or(0),
                        "%TYPE" => {
                            if let Json::String(kind) = value {
                                one.kind = kind;
                            }
                        }
                        "%FLAGS" => {}
                        "@sofa" => one.sofa = value.as_i64(),
                        "%ELEMENTS" => members = Some((one.features.len(), value)),
                        _ => {
                            // `@` is before references, `#` before numbers that JSON cannot say.
                            let (name, is_reference) = match key.strip_prefix('@') {
                                Some(name) => (name.to_owned(), true),
                                None => match key.strip_prefix('#') {
                                    Some(name) => (name.to_owned(), false),
                                    None => (key, false),
                                },
                            };
                            one.features.extend(feature(value, is_reference).map(|value| (name, value)));
                        }
                    }
                }
                if let Some((place, value)) = members
                    && let Some(all) = elements(&one.kind, &value)
                {
                    one.features.insert(place, ("elements".to_owned(), all));
                }
                Ok(MaybeStructure(Some(one)))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<MaybeStructure, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(MaybeStructure(None))
            }
            fn visit_unit<E>(self) -> Result<MaybeStructure, E> {
                Ok(MaybeStructure(None))
            }
            fn visit_bool<E>(self, _: bool) -> Result<MaybeStructure, E> {
                Ok(MaybeStructure(None))
            }
            fn visit_i64<E>(self, _: i64) -> Result<MaybeStructure, E> {
                Ok(MaybeStructure(None))
            }
            fn visit_u64<E>(self, _: u64) -> Result<MaybeStructure, E> {
                Ok(MaybeStructure(None))
            }
            fn visit_f64<E>(self, _: f64) -> Result<MaybeStructure, E> {
                Ok(MaybeStructure(None))
            }
            fn visit_str<E>(self, _: &str) -> Result<MaybeStructure, E> {
                Ok(MaybeStructure(None))
            }
        }
        deserializer.deserialize_any(StructureVisitor)
    }
}

fn feature(value: Json, is_reference: bool) -> Option<Feature> {
    Some(match value {
        Json::Null => return None,
        Json::Bool(yes) => Feature::Bool(yes),
        Json::Number(number) if is_reference => Feature::Ref(number.as_i64()?),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Feature::Integer(whole),
            None => Feature::Number(number.as_f64()?),
        },
        Json::String(text) => Feature::Text(text),
        Json::Array(list) if is_reference => Feature::Refs(list.iter().filter_map(Json::as_i64).collect()),
        Json::Array(list) => Feature::Texts(list.iter().map(plain).collect()),
        Json::Object(_) => return None,
    })
}

fn elements(kind: &str, value: &Json) -> Option<Feature> {
    let list = value.as_array()?;
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
pub(super) fn written(cas: &Cas, types: &TypeSystem) -> String {
    let mut declared = Map::new();
    for (name, kind) in &types.0 {
        let mut one = Map::new();
        one.insert("%NAME".to_owned(), json!(name));
        one.insert("%SUPER_TYPE".to_owned(), json!(kind.above));
        for (feature, range, element) in &kind.features {
            let feature_json = match element {
                Some(element) => json!({"%NAME": feature, "%RANGE": range, "%ELEMENT_TYPE": element}),
                None => json!({"%NAME": feature, "%RANGE": range}),
            };
            one.insert(feature.clone(), feature_json);
        }
        declared.insert(name.clone(), Json::Object(one));
    }
    let sofa = json!({
        "%ID": cas.sofa, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView",
        "mimeType": "text/plain", "sofaString": cas.text,
    });
    let mut out = format!("{{\"%TYPES\":{},\"%FEATURE_STRUCTURES\":[{sofa}", Json::Object(declared));
    let mut next = cas.structures.iter().map(|one| one.id).max().unwrap_or(cas.sofa) + 1;
    let mut members: Vec<i64> = Vec::new();
    // Arrays stand before what leads to them, as structures of their own.
    let mut arrays = String::new();
    for structure in &cas.structures {
        let mut one = format!("{{\"%ID\":{},\"%TYPE\":{}", structure.id, quoted(&structure.kind));
        if let Some(sofa) = structure.sofa {
            let _ = write!(one, ",\"@sofa\":{sofa}");
            members.push(structure.id);
        }
        arrays.clear();
        for (name, feature) in &structure.features {
            let _ = match feature {
                Feature::Text(text) => write!(one, ",{}:{}", quoted(name), quoted(text)),
                Feature::Integer(number) => write!(one, ",{}:{number}", quoted(name)),
                Feature::Number(number) => write!(one, ",{}:{}", quoted(name), json!(number)),
                Feature::Bool(yes) => write!(one, ",{}:{yes}", quoted(name)),
                Feature::Ref(id) => write!(one, ",{}:{id}", quoted(&format!("@{name}"))),
                Feature::Refs(_) | Feature::Texts(_) => {
                    let (kind, elements) = match feature {
                        Feature::Refs(list) => ("uima.cas.FSArray", json!(list)),
                        Feature::Texts(list) => ("uima.cas.StringArray", json!(list)),
                        _ => continue,
                    };
                    let array = next;
                    next += 1;
                    let _ = write!(
                        arrays,
                        ",\n{{\"%ID\":{array},\"%TYPE\":\"{kind}\",\"%ELEMENTS\":{elements}}}"
                    );
                    write!(one, ",{}:{array}", quoted(&format!("@{name}")))
                }
            };
        }
        let _ = write!(out, "{arrays},\n{one}}}");
    }
    let _ = writeln!(
        out,
        "],\"%VIEWS\":{{\"_InitialView\":{{\"%SOFA\":{},\"%MEMBERS\":{}}}}}}}",
        cas.sofa,
        json!(members)
    );
    out
}

/// A text as JSON has it.
fn quoted(text: &str) -> String {
    let is_plain = text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
    match is_plain {
        true => format!("\"{text}\""),
        false => Json::String(text.to_owned()).to_string(),
    }
}
