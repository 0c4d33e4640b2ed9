//! What each annotator says of one difference, piece by piece: what a judge chooses from.

use std::sync::Arc;

use super::ReviewDesk;
use crate::model::{Span, Value};
use crate::review::difference::ClusterKey;

/// One annotator's version.
#[derive(Clone, Debug)]
pub struct VersionOf<'a> {
    /// Whose.
    pub annotator: &'a str,
    /// The span; `None`: this annotator marked nothing here.
    pub span: Option<&'a Arc<Span>>,
}

/// One top-level field with every annotator's value.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChoice {
    /// The field.
    pub name: String,
    /// Each annotator's value, in the order of the comparison; `None` if it is unset, or the annotator marked nothing.
    pub values: Vec<Option<Value>>,
    /// Whether those who marked something here say the same. Links to spans count by what they lead to.
    pub agreed: bool,
}

impl ReviewDesk {
    /// Every annotator's version of a difference, in the order of the comparison.
    pub fn versions(&self, key: &ClusterKey) -> Vec<VersionOf<'_>> {
        let Some(difference) = self.find(key) else { return Vec::new() };
        let members = difference.cluster.members.iter();
        self.others
            .iter()
            .zip(members)
            .map(|(other, id)| VersionOf {
                annotator: &other.annotator,
                span: id.as_ref().and_then(|id| other.set.get(id)),
            })
            .collect()
    }

    /// Every field that somebody filled in at a difference, in the order of the schema, then of the annotators.
    pub fn field_choices(&self, key: &ClusterKey) -> Vec<FieldChoice> {
        let Some(difference) = self.find(key) else { return Vec::new() };
        let comparison = self.comparison();
        let versions = self.versions(key);
        let contents: Vec<_> = comparison.contents(difference.cluster).map(|(_, content)| content).collect();
        let mut names: Vec<&str> = Vec::new();
        let known = contents.iter().flat_map(|content| self.schema().fields_of(&content.label));
        for name in known.map(|def| def.name.as_str()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        for content in &contents {
            for (name, _) in content.fields.iter() {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
            .into_iter()
            .filter(|name| contents.iter().any(|content| content.fields.get(name).is_some()))
            .map(|name| FieldChoice {
                name: name.to_owned(),
                values: versions.iter().map(|version| version.span?.fields.get(name).cloned()).collect(),
                agreed: contents.windows(2).all(|pair| pair[0].fields.get(name) == pair[1].fields.get(name)),
            })
            .collect()
    }
}
