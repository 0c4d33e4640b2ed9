//! One document as JSON CAS.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use super::super::cas::{Cas, Feature, Structure, TypeSystem};

/// Reads a document.
///
/// # Errors
/// It is no JSON CAS.
pub(super) fn read(bytes: &[u8]) -> Result<Cas, String> {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let json: Map<String, Json> = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let mut cas = Cas::default();
    let mut sofas = Vec::new();
    let with_ids: Vec<(i64, &Map<String, Json>)> = match json.get("%FEATURE_STRUCTURES") {
        Some(Json::Array(list)) => list
            .iter()
            .filter_map(Json::as_object)
            .map(|one| (one.get("%ID").and_then(Json::as_i64).unwrap_or(0), one))
            .collect(),
        // They may stand under their numbers too.
        Some(Json::Object(map)) => {
            map.iter().filter_map(|(id, one)| Some((id.parse().ok()?, one.as_object()?))).collect()
        }
        Some(_) => return Err("its `%FEATURE_STRUCTURES` are no list".to_owned()),
        None if json.contains_key("%TYPES") || json.contains_key("%VIEWS") => Vec::new(),
        None => return Err("it has no `%FEATURE_STRUCTURES`".to_owned()),
    };
    for (id, object) in with_ids {
        let kind = object.get("%TYPE").and_then(Json::as_str).unwrap_or("uima.cas.TOP").to_owned();
        let mut one = Structure { id, kind, ..Structure::default() };
        for (key, value) in object {
            match key.as_str() {
                "%ID" | "%TYPE" | "%FLAGS" => {}
                "@sofa" => one.sofa = value.as_i64(),
                "%ELEMENTS" => {
                    one.features.extend(elements(&one.kind, value).map(|all| ("elements".to_owned(), all)))
                }
                key => {
                    // `@` is before references, `#` before numbers that JSON cannot say.
                    let (name, is_reference) = match key.strip_prefix('@') {
                        Some(name) => (name, true),
                        None => (key.strip_prefix('#').unwrap_or(key), false),
                    };
                    one.features.extend(feature(value, is_reference).map(|value| (name.to_owned(), value)));
                }
            }
        }
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

fn feature(value: &Json, is_reference: bool) -> Option<Feature> {
    Some(match value {
        Json::Null => return None,
        Json::Bool(yes) => Feature::Bool(*yes),
        Json::Number(number) if is_reference => Feature::Ref(number.as_i64()?),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Feature::Integer(whole),
            None => Feature::Number(number.as_f64()?),
        },
        Json::String(text) => Feature::Text(text.clone()),
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
