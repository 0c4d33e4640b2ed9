//! Type systems: which types there are, and what their features hold.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::xml::{Piece, Pieces, attribute};

pub(in super::super) const STRING: &str = "uima.cas.String";
pub(in super::super) const ANNOTATION: &str = "uima.tcas.Annotation";
pub(in super::super) const ARRAY: &str = "uima.cas.FSArray";
pub(in super::super) const TOP: &str = "uima.cas.TOP";

/// A type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Type {
    /// The type above it.
    pub above: String,
    /// Its own features: name, range, and of what an array is.
    pub features: Vec<(String, String, Option<String>)>,
}

/// All types that are not built in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct TypeSystem(pub BTreeMap<String, Type>);

impl TypeSystem {
    /// Declares a feature, and its type if that is new.
    pub fn declare(&mut self, name: &str, above: &str, features: &[(&str, &str, Option<&str>)]) {
        // Most are there already, and their names need not be copied to find that out.
        let kind = match self.0.get_mut(name) {
            Some(kind) => kind,
            None => self
                .0
                .entry(name.to_owned())
                .or_insert_with(|| Type { above: above.to_owned(), features: Vec::new() }),
        };
        for (feature, range, element) in features {
            if !kind.features.iter().any(|(there, ..)| there == feature) {
                kind.features.push(((*feature).to_owned(), (*range).to_owned(), element.map(str::to_owned)));
            }
        }
    }

    /// Takes in what another declares.
    pub fn take_in(&mut self, other: Self) {
        for (name, Type { above, features }) in other.0 {
            match self.0.get_mut(&name) {
                None => drop(self.0.insert(name, Type { above, features })),
                Some(there) => {
                    for feature in features {
                        if !there.features.iter().any(|(known, ..)| *known == feature.0) {
                            there.features.push(feature);
                        }
                    }
                }
            }
        }
    }

    /// What a feature holds, inherited features included.
    pub fn range(&self, kind: &str, feature: &str) -> Option<&str> {
        let mut at = kind;
        // A circle of types ends here too.
        for _ in 0..64 {
            let here = self.0.get(at)?;
            if let Some((_, range, _)) = here.features.iter().find(|(name, ..)| name == feature) {
                return Some(range);
            }
            at = &here.above;
        }
        None
    }

    /// Adds the types of a type system description; says so if it is none.
    ///
    /// # Errors
    /// It is no XML.
    pub fn read(&mut self, xml: &str) -> Result<bool, String> {
        let mut pieces = Pieces::new(xml);
        let mut open: Vec<String> = Vec::new();
        let (mut name, mut above) = (String::new(), String::new());
        let mut feature = (String::new(), String::new(), None);
        let mut is_shared = false;
        while let Some(piece) = pieces.next()? {
            match piece {
                Piece::Start(element) => {
                    if open.is_empty() && element.local() != "typeSystemDescription" {
                        return Ok(false);
                    }
                    if element.local() == "typeDescription" {
                        (name, above) = (String::new(), String::new());
                    }
                    if element.local() == "featureDescription" {
                        feature = (String::new(), String::new(), None);
                        is_shared = false;
                    }
                    open.push(element.local().to_owned());
                }
                Piece::Text(text) => {
                    let text = text.trim();
                    let at = |place: usize| open.len().checked_sub(place).map_or("", |at| &open[at]);
                    match (at(2), at(1)) {
                        ("typeDescription", "name") => text.clone_into(&mut name),
                        ("typeDescription", "supertypeName") => text.clone_into(&mut above),
                        ("featureDescription", "name") => text.clone_into(&mut feature.0),
                        ("featureDescription", "rangeTypeName") => text.clone_into(&mut feature.1),
                        ("featureDescription", "multipleReferencesAllowed") => is_shared = text == "true",
                        ("featureDescription", "elementType") => feature.2 = Some(text.to_owned()),
                        _ => {}
                    }
                }
                Piece::End => match open.pop().as_deref() {
                    Some("featureDescription") => {
                        // An array or a list that others may share stands by itself, and the feature leads to it.
                        if is_shared && ["Array", "List", "[]"].iter().any(|end| feature.1.ends_with(end)) {
                            TOP.clone_into(&mut feature.1);
                        }
                        self.declare(&name, &above, &[(&feature.0, &feature.1, feature.2.as_deref())]);
                    }
                    Some("typeDescription") => self.declare(&name, &above, &[]),
                    _ => {}
                },
                Piece::Comment(_) => {}
            }
        }
        Ok(true)
    }

    /// The description as XML.
    pub fn to_xml(&self) -> String {
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n  <types>\n",
        );
        for (name, kind) in &self.0 {
            let _ = write!(
                xml,
                "    <typeDescription>\n      <name>{}</name>\n      <description/>\n      <supertypeName>{}</supertypeName>\n",
                attribute(name),
                attribute(&kind.above)
            );
            if !kind.features.is_empty() {
                xml.push_str("      <features>\n");
                for (feature, range, element) in &kind.features {
                    let element = element
                        .as_ref()
                        .map_or(String::new(), |element| format!("<elementType>{element}</elementType>"));
                    let _ = writeln!(
                        xml,
                        "        <featureDescription><name>{feature}</name><description/><rangeTypeName>{range}</rangeTypeName>{element}</featureDescription>"
                    );
                }
                xml.push_str("      </features>\n");
            }
            xml.push_str("    </typeDescription>\n");
        }
        xml.push_str("  </types>\n</typeSystemDescription>\n");
        xml
    }
}
