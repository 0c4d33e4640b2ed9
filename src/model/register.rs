//! The register: the real-world entities a project speaks of (`register.ron`).

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::id::EntityId;
use super::words::Words;

/// One real-world entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    /// Its id, which spans refer to and which never changes.
    pub id: EntityId,
    /// Its main name.
    pub name: String,
    /// Its name in several languages.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub names: Words,
    /// Other names it goes by, in any language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// `person`, `organisation`, `place`, … as the schema's `kind` choices have it; empty if not said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// Its Wikidata id (`Q…`), if it is known to have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<String>,
    /// Whom it belonged to or spoke for, and when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub affiliations: Vec<Affiliation>,
    /// Anything else.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// That an entity belongs to another, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Affiliation {
    /// The other entity.
    pub entity: EntityId,
    /// In what role.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// First day, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Last day, if over and known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

impl Entity {
    /// An entity with nothing but an id, a name and a kind.
    pub fn new(id: impl Into<EntityId>, name: impl Into<String>, kind: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            names: Words::default(),
            aliases: Vec::new(),
            kind: kind.into(),
            wikidata: None,
            affiliations: Vec::new(),
            note: String::new(),
        }
    }

    /// What people see: the name in `language`, else the main name.
    pub fn title(&self, language: &str) -> &str {
        self.names.0.iter().find(|(l, _)| l == language).map_or(&self.name, |(_, name)| name)
    }

    /// Every name it goes by, the main one first; may repeat.
    pub fn all_names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str())
            .chain(self.names.all())
            .chain(self.aliases.iter().map(String::as_str))
    }
}

/// All entities of a project, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register(BTreeMap<EntityId, Arc<Entity>>);

impl Register {
    /// An entity by its id.
    pub fn get(&self, id: &str) -> Option<&Arc<Entity>> {
        self.0.get(&EntityId::from(id))
    }

    /// All entities in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Entity>> {
        self.0.values()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds an entity, or replaces the one of the same id, and returns what was there.
    pub fn insert(&mut self, entity: impl Into<Arc<Entity>>) -> Option<Arc<Entity>> {
        let entity = entity.into();
        self.0.insert(entity.id.clone(), entity)
    }

    /// Takes an entity out.
    pub fn remove(&mut self, id: &str) -> Option<Arc<Entity>> {
        self.0.remove(&EntityId::from(id))
    }

    /// An id for a new entity of this name that no other has: lower-case, words joined by hyphens, in the name's own script.
    pub fn fresh_id(&self, name: &str) -> EntityId {
        fresh_id(name, '-', |id| self.get(id).is_some()).into()
    }
}

impl FromIterator<Entity> for Register {
    fn from_iter<I: IntoIterator<Item = Entity>>(entities: I) -> Self {
        Self(entities.into_iter().map(|e| (e.id.clone(), Arc::new(e))).collect())
    }
}

/// Lower-cases `name`, joins its words by `joint`, and counts up from 2 while `taken`.
pub(super) fn fresh_id(name: &str, joint: char, taken: impl Fn(&str) -> bool) -> String {
    let mut id = String::new();
    for word in name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if !id.is_empty() {
            id.push(joint);
        }
        id.extend(word.chars().flat_map(char::to_lowercase));
    }
    if id.is_empty() {
        id.push('x');
    }
    if !taken(&id) {
        return id;
    }
    (2u64..).map(|n| format!("{id}{joint}{n}")).find(|id| !taken(id)).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_ids_are_readable_and_free() {
        let register: Register =
            [Entity::new("european-union", "European Union", "organisation")].into_iter().collect();
        assert_eq!(register.fresh_id("European  Union!").as_str(), "european-union-2");
        assert_eq!(register.fresh_id("Дмитрий Песков").as_str(), "дмитрий-песков");
        assert_eq!(register.fresh_id("—").as_str(), "x");
    }
}
