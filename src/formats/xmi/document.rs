//! One document as XMI.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::io::Write as _;
use std::rc::Rc;

use super::super::cas::{Cas, Feature, Kind, ReadPlace, Structure, TypeSystem};
use super::super::digits::push_number;
use super::super::xml::{Piece, Pieces, content, push_attribute};

/// Reads a document.
///
/// # Errors
/// It is no XMI.
pub(super) fn read<'x>(xml: &'x str, types: &TypeSystem) -> Result<Cas<'x>, String> {
    let mut pieces = Pieces::new(xml);
    let mut spaces: HashMap<&str, String> = HashMap::new();
    let mut tags: HashMap<&str, Tag> = HashMap::new();
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
                        spaces.insert(prefix, package);
                    }
                }
                depth = 1;
            }
            Piece::Start(element) => {
                let tag = tags.entry(element.name).or_insert_with(|| {
                    let (prefix, local) = element.name.split_once(':').unwrap_or(("", element.name));
                    let package = spaces.get(prefix).map_or("", String::as_str);
                    Tag { kind: format!("{package}{local}").into(), shapes: Vec::new() }
                });
                let mut one = Structure { kind: Kind::Made(tag.kind.clone()), ..Structure::default() };
                let mut place = ReadPlace::default();
                for (name, value) in element.attributes {
                    match name {
                        "xmi:id" => one.id = value.parse().unwrap_or(0),
                        "sofa" => one.sofa = value.parse().ok(),
                        _ if place.takes(name, value.parse().ok(), &one) => {}
                        _ => {
                            let feature = feature(tag.shape(name, types), value);
                            one.features.push((name.into(), feature));
                        }
                    }
                }
                children(&mut pieces, &mut one)?;
                place.put(&mut one);
                match &*one.kind {
                    "uima.cas.NULL" | "uima.cas.View" => {}
                    "uima.cas.Sofa" => sofas.push(one),
                    _ => cas.structures.push(one),
                }
            }
            Piece::End => depth = depth.saturating_sub(1),
            Piece::Text(_) | Piece::Comment(_) => {}
        }
    }
    cas.take_text(sofas);
    Ok(cas)
}

/// What is known of the elements of one name.
struct Tag<'x> {
    kind: Rc<str>,
    /// The attributes that came so far. There are few.
    shapes: Vec<(&'x str, Shape)>,
}

impl<'x> Tag<'x> {
    fn shape(&mut self, name: &'x str, types: &TypeSystem) -> Shape {
        if let Some((_, shape)) = self.shapes.iter().find(|(there, _)| *there == name) {
            return *shape;
        }
        let range = built_in(&self.kind, name).or_else(|| types.range(&self.kind, name));
        let shape = Shape::of(range, name);
        // Names that nobody else uses need not be remembered; and nobody can make a list that takes long to look through.
        if self.shapes.len() < 64 {
            self.shapes.push((name, shape));
        }
        shape
    }
}

/// Arrays of texts stand as elements inside.
fn children<'x>(pieces: &mut Pieces<'x>, one: &mut Structure<'x>) -> Result<(), String> {
    loop {
        match pieces.next()? {
            Some(Piece::Start(element)) => {
                let text = pieces.inner_text()?;
                match one.features.iter_mut().find(|(name, _)| *name == element.name) {
                    Some((_, Feature::Texts(texts))) => texts.push(text),
                    _ => one.features.push((element.name.into(), Feature::Texts(vec![text]))),
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

/// How the text of an attribute is to be read. What cannot be read so stays text.
#[derive(Clone, Copy)]
enum Shape {
    Text,
    Integer,
    Number,
    Bool,
    Ref,
    Refs,
    Texts,
}

impl Shape {
    /// By what the type system says of the feature, if it does.
    fn of(range: Option<&str>, name: &str) -> Self {
        match (range, name) {
            (_, "begin" | "end") => Self::Integer,
            (Some("uima.cas.String"), _) => Self::Text,
            (Some("uima.cas.Integer" | "uima.cas.Long" | "uima.cas.Short" | "uima.cas.Byte"), _) => {
                Self::Integer
            }
            (Some("uima.cas.Float" | "uima.cas.Double"), _) => Self::Number,
            (Some("uima.cas.Boolean"), _) => Self::Bool,
            (Some(array), _)
                if array.ends_with("Array") || array.ends_with("List") || array.ends_with("[]") =>
            {
                if array.starts_with("uima.cas.FS") { Self::Refs } else { Self::Texts }
            }
            (Some(_), _) | (None, "Governor" | "Dependent" | "target") => Self::Ref,
            (None, "elements" | "links") => Self::Refs,
            (None, _) => Self::Text,
        }
    }
}

fn feature<'x>(shape: Shape, value: Cow<'x, str>) -> Feature<'x> {
    let number = || value.parse::<i64>().ok();
    let numbers = || value.split_ascii_whitespace().map(|one| one.parse().ok()).collect::<Option<Vec<i64>>>();
    let read = match shape {
        Shape::Text => None,
        Shape::Integer => number().map(Feature::Integer),
        Shape::Number => value.parse().ok().map(Feature::Number),
        Shape::Bool => match value.as_ref() {
            "true" => Some(Feature::Bool(true)),
            "false" => Some(Feature::Bool(false)),
            _ => None,
        },
        Shape::Ref => number().map(Feature::Ref),
        Shape::Refs => numbers().map(Feature::Refs),
        Shape::Texts => Some(Feature::Texts(value.split_ascii_whitespace().map(str::to_owned).collect())),
    };
    read.unwrap_or(Feature::Text(value))
}

/// A document in UTF-8.
pub(super) fn written(cas: &Cas) -> Vec<u8> {
    let text = cas.text.as_deref().unwrap_or_default();
    let mut prefixes: BTreeMap<&str, String> = BTreeMap::new();
    // What stands behind the `<` of each structure. Structures of one type follow each other.
    let mut runs: Vec<(&str, String, usize)> = Vec::new();
    for one in &cas.structures {
        match runs.last_mut() {
            Some((kind, _, count)) if **kind == *one.kind => *count += 1,
            _ => {
                let (package, local) = one.kind.rsplit_once('.').unwrap_or(("", &one.kind));
                let number = prefixes.len() + 1;
                let prefix = prefixes.entry(package).or_insert_with(|| format!("ns{number}"));
                runs.push((&one.kind, format!("{prefix}:{local}"), 1));
            }
        }
    }
    // A token takes some sixty bytes.
    let mut xml = Vec::with_capacity(1024 + text.len() + cas.structures.len() * 80);
    xml.extend_from_slice(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\"",
    );
    for (package, prefix) in &prefixes {
        let _ = write!(xml, " xmlns:{prefix}=\"http:///{}.ecore\"", package.replace('.', "/"));
    }
    xml.extend_from_slice(b" xmi:version=\"2.0\">\n<cas:NULL xmi:id=\"0\"/>\n");
    let mut members = Vec::with_capacity(cas.structures.len() * 5);
    let mut structures = cas.structures.iter();
    for (_, tag, count) in &runs {
        for one in structures.by_ref().take(*count) {
            structure(one, tag, &mut xml);
            if one.sofa.is_some() {
                if !members.is_empty() {
                    members.push(b' ');
                }
                push_number(&mut members, one.id);
            }
        }
    }
    let _ = write!(
        xml,
        "<cas:Sofa xmi:id=\"{}\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text/plain\" sofaString=\"",
        cas.sofa
    );
    push_attribute(&mut xml, text);
    let _ = write!(xml, "\"/>\n<cas:View sofa=\"{}\" members=\"", cas.sofa);
    xml.extend_from_slice(&members);
    xml.extend_from_slice(b"\"/>\n</xmi:XMI>\n");
    xml
}

fn push_numbered(xml: &mut Vec<u8>, name: &str, number: impl Into<i64>) {
    xml.push(b' ');
    xml.extend_from_slice(name.as_bytes());
    xml.extend_from_slice(b"=\"");
    push_number(xml, number);
    xml.push(b'"');
}

fn structure(one: &Structure, tag: &str, xml: &mut Vec<u8>) {
    xml.push(b'<');
    xml.extend_from_slice(tag.as_bytes());
    push_numbered(xml, "xmi:id", one.id);
    if let Some(sofa) = one.sofa {
        push_numbered(xml, "sofa", sofa);
    }
    if let Some((begin, end)) = one.place {
        push_numbered(xml, "begin", begin);
        push_numbered(xml, "end", end);
    }
    let mut inside = Vec::new();
    for (name, feature) in &one.features {
        let _ = match feature {
            Feature::Text(text) => {
                xml.push(b' ');
                xml.extend_from_slice(name.as_bytes());
                xml.extend_from_slice(b"=\"");
                push_attribute(xml, text);
                xml.push(b'"');
                Ok(())
            }
            Feature::Integer(number) | Feature::Ref(number) => {
                push_numbered(xml, name, *number);
                Ok(())
            }
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
        true => xml.extend_from_slice(b"/>\n"),
        false => {
            xml.push(b'>');
            xml.extend_from_slice(&inside);
            let _ = writeln!(xml, "</{tag}>");
        }
    }
}
