//! One document as XMI.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use super::super::cas::{Cas, Feature, Structure, TypeSystem};
use super::super::xml::{Piece, Pieces, attribute, content};

/// Reads a document.
///
/// # Errors
/// It is no XMI.
pub(super) fn read(xml: &str, types: &TypeSystem) -> Result<Cas, String> {
    let mut pieces = Pieces::new(xml);
    let mut spaces: HashMap<String, String> = HashMap::new();
    let mut cas = Cas::default();
    let mut sofas: Vec<Structure> = Vec::new();
    let mut depth = 0usize;
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::Start(element) if depth == 0 => {
                if element.local() != "XMI" {
                    return Err(format!("its root is `{}`, not `xmi:XMI`", element.name));
                }
                for (name, space) in &element.attributes {
                    if let Some(prefix) = name.strip_prefix("xmlns:") {
                        let path = space.strip_prefix("http:///").unwrap_or(space);
                        let path = path.strip_suffix(".ecore").unwrap_or(path).replace('/', ".");
                        let package =
                            if path == "uima.noNamespace" { String::new() } else { format!("{path}.") };
                        spaces.insert(prefix.to_owned(), package);
                    }
                }
                depth = 1;
            }
            Piece::Start(element) => {
                let (prefix, local) = element.name.split_once(':').unwrap_or(("", &element.name));
                let package = spaces.get(prefix).map_or("", String::as_str);
                let kind = format!("{package}{local}");
                let mut one = Structure { kind, ..Structure::default() };
                for (name, value) in &element.attributes {
                    match name.as_str() {
                        "xmi:id" => one.id = value.parse().unwrap_or(0),
                        "sofa" => one.sofa = value.parse().ok(),
                        _ => {
                            let range = types.range(&one.kind, name);
                            let feature = match built_in(&one.kind, name) {
                                Some(range) => feature(Some(range), name, value),
                                None => feature(range, name, value),
                            };
                            one.features.push((name.clone(), feature));
                        }
                    }
                }
                children(&mut pieces, &mut one)?;
                match one.kind.as_str() {
                    "uima.cas.NULL" | "uima.cas.View" => {}
                    "uima.cas.Sofa" => sofas.push(one),
                    _ => cas.structures.push(one),
                }
            }
            Piece::End => depth = depth.saturating_sub(1),
            Piece::Text(_) | Piece::Comment(_) => {}
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

/// Arrays of texts stand as elements inside.
fn children(pieces: &mut Pieces, one: &mut Structure) -> Result<(), String> {
    loop {
        match pieces.next()? {
            Some(Piece::Start(element)) => {
                let text = pieces.inner_text()?;
                match one.features.iter_mut().find(|(name, _)| *name == element.name) {
                    Some((_, Feature::Texts(texts))) => texts.push(text),
                    _ => one.features.push((element.name, Feature::Texts(vec![text]))),
                }
            }
            Some(Piece::End) | None => return Ok(()),
            Some(_) => {}
        }
    }
}

/// What the features of UIMA's own arrays and lists hold, which no type system says.
fn built_in(kind: &str, name: &str) -> Option<&'static str> {
    let kind = kind.strip_prefix("uima.cas.")?;
    Some(match (kind, name) {
        ("NonEmptyFSList", "head") | (_, "tail") => "uima.cas.TOP",
        ("NonEmptyIntegerList", "head") => "uima.cas.Integer",
        ("NonEmptyFloatList", "head") => "uima.cas.Double",
        ("NonEmptyStringList", "head") => "uima.cas.String",
        ("FSArray", "elements") => "uima.cas.FSArray",
        (array, "elements") if array.ends_with("Array") => "uima.cas.StringArray",
        _ => return None,
    })
}

fn feature(range: Option<&str>, name: &str, value: &str) -> Feature {
    let text = || Feature::Text(value.to_owned());
    let numbers = || value.split_ascii_whitespace().map(|one| one.parse().ok()).collect::<Option<Vec<i64>>>();
    match (range, name) {
        (_, "begin" | "end") => value.parse().map_or_else(|_| text(), Feature::Integer),
        (Some("uima.cas.String"), _) => text(),
        (Some("uima.cas.Integer" | "uima.cas.Long" | "uima.cas.Short" | "uima.cas.Byte"), _) => {
            value.parse().map_or_else(|_| text(), Feature::Integer)
        }
        (Some("uima.cas.Float" | "uima.cas.Double"), _) => {
            value.parse().map_or_else(|_| text(), Feature::Number)
        }
        (Some("uima.cas.Boolean"), _) => match value {
            "true" => Feature::Bool(true),
            "false" => Feature::Bool(false),
            _ => text(),
        },
        (Some(array), _) if array.ends_with("Array") || array.ends_with("List") || array.ends_with("[]") => {
            if array.starts_with("uima.cas.FS") {
                numbers().map_or_else(text, Feature::Refs)
            } else {
                Feature::Texts(value.split_ascii_whitespace().map(str::to_owned).collect())
            }
        }
        (Some(_), _) => value.parse().map_or_else(|_| text(), Feature::Ref),
        (None, "Governor" | "Dependent" | "target") => value.parse().map_or_else(|_| text(), Feature::Ref),
        (None, "elements" | "links") => numbers().map_or_else(text, Feature::Refs),
        (None, _) => text(),
    }
}

/// A document's text.
pub(super) fn written(cas: &Cas) -> String {
    let mut prefixes: BTreeMap<&str, String> = BTreeMap::new();
    for one in &cas.structures {
        let package = one.kind.rsplit_once('.').map_or("", |(package, _)| package);
        let number = prefixes.len() + 1;
        prefixes.entry(package).or_insert_with(|| format!("ns{number}"));
    }
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\"",
    );
    for (package, prefix) in &prefixes {
        let _ = write!(xml, " xmlns:{prefix}=\"http:///{}.ecore\"", package.replace('.', "/"));
    }
    xml.push_str(" xmi:version=\"2.0\">\n<cas:NULL xmi:id=\"0\"/>\n");
    let mut members = String::new();
    for one in &cas.structures {
        let (package, local) = one.kind.rsplit_once('.').unwrap_or(("", &one.kind));
        let _ = write!(xml, "<{}:{local} xmi:id=\"{}\"", prefixes[package], one.id);
        if let Some(sofa) = one.sofa {
            let _ = write!(xml, " sofa=\"{sofa}\"");
            let _ = write!(members, "{}{}", if members.is_empty() { "" } else { " " }, one.id);
        }
        let mut inside = String::new();
        for (name, feature) in &one.features {
            let _ = match feature {
                Feature::Text(text) => write!(xml, " {name}=\"{}\"", attribute(text)),
                Feature::Integer(number) | Feature::Ref(number) => write!(xml, " {name}=\"{number}\""),
                Feature::Number(number) => write!(xml, " {name}=\"{number:?}\""),
                Feature::Bool(yes) => write!(xml, " {name}=\"{yes}\""),
                Feature::Refs(list) => {
                    let list: Vec<String> = list.iter().map(i64::to_string).collect();
                    write!(xml, " {name}=\"{}\"", list.join(" "))
                }
                Feature::Texts(texts) => {
                    texts.iter().try_for_each(|text| write!(inside, "<{name}>{}</{name}>", content(text)))
                }
            };
        }
        match inside.is_empty() {
            true => xml.push_str("/>\n"),
            false => {
                let _ = writeln!(xml, ">{inside}</{}:{local}>", prefixes[package]);
            }
        }
    }
    let text = cas.text.as_deref().unwrap_or_default();
    let _ = write!(
        xml,
        "<cas:Sofa xmi:id=\"{0}\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text/plain\" sofaString=\"{1}\"/>\n<cas:View sofa=\"{0}\" members=\"{members}\"/>\n</xmi:XMI>\n",
        cas.sofa,
        attribute(text)
    );
    xml
}
