//! Values of fields: what an annotator filled in, kept as it is even where the schema disagrees.
//!
//! A value carries no type of its own beyond these shapes; the schema says how to read it (see [`super::schema`]).
//! That way a field that the schema no longer knows, or knows as something else, is kept, shown and reported, never dropped.

use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

use crate::text::TextRange;

/// One value: what RON and JSON can both say without loss.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other finite number.
    Number(f64),
    /// A choice, free text, a date, an id.
    Text(String),
    /// Several values, or the parts of a stretch of text (each a list of two whole numbers, code points).
    List(Vec<Value>),
    /// Named values: one record of a list of records.
    Record(Fields),
}

impl Value {
    /// A text value.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The text, if this is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, whole or not, if this is one.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Integer(n) => Some(*n as f64),
            Self::Number(n) => Some(*n),
            _ => None,
        }
    }

    /// The members, if this is a list.
    pub fn as_list(&self) -> Option<&[Value]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// The named values, if this is a record.
    pub fn as_record(&self) -> Option<&Fields> {
        match self {
            Self::Record(fields) => Some(fields),
            _ => None,
        }
    }

    /// A stretch of the article's text as a value: `[[start, end], …]` in code points.
    pub fn stretch(parts: &[TextRange]) -> Self {
        let pair = |r: &TextRange| {
            Self::List(vec![
                Self::Integer(i64::from(r.start().get())),
                Self::Integer(i64::from(r.end().get())),
            ])
        };
        Self::List(parts.iter().map(pair).collect())
    }

    /// The parts of a stretch of text, if this has the shape of one: `[[start, end], …]` in code points.
    pub fn as_stretch(&self) -> Option<Vec<TextRange>> {
        let offset = |value: &Self| match value {
            Self::Integer(n) => u32::try_from(*n).ok(),
            _ => None,
        };
        self.as_list()?
            .iter()
            .map(|part| match part.as_list()? {
                [start, end] => TextRange::new(offset(start)?, offset(end)?),
                _ => None,
            })
            .collect()
    }

    /// The values one by one: a list's members, or the value itself. Fields that allow several hold a list, others a bare value;
    /// readers that only want "every value there is" need not care.
    pub fn each(&self) -> &[Value] {
        match self {
            Self::List(items) => items,
            other => std::slice::from_ref(other),
        }
    }
}

/// Named values in the order in which they are written. Two are equal if they hold the same values, whatever the order.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, Value)>);

impl PartialEq for Fields {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().all(|(name, value)| other.get(name) == Some(value))
    }
}

impl Fields {
    /// No values.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of a field, if it is set.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }

    /// The text of a field, if it is set and is text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_text)
    }

    /// Sets a field, keeping its place in the order if it was set before. Returns what was there.
    pub fn set(&mut self, name: impl Into<String>, value: Value) -> Option<Value> {
        let name = name.into();
        match self.0.iter_mut().find(|(n, _)| *n == name) {
            Some((_, old)) => Some(std::mem::replace(old, value)),
            None => {
                self.0.push((name, value));
                None
            }
        }
    }

    /// Unsets a field and returns what was there.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let at = self.0.iter().position(|(n, _)| n == name)?;
        Some(self.0.remove(at).1)
    }

    /// The fields in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(n, v)| (n.as_str(), v))
    }

    /// The fields in order, their values to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut Value)> {
        self.0.iter_mut().map(|(n, v)| (n.as_str(), v))
    }

    /// How many fields are set.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none is set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts the fields into the order given by `rank` (the schema's order); those of equal rank keep theirs.
    pub fn sort_by_rank(&mut self, rank: impl Fn(&str) -> usize) {
        self.0.sort_by_key(|(name, _)| rank(name));
    }
}

impl<N: Into<String>> FromIterator<(N, Value)> for Fields {
    fn from_iter<I: IntoIterator<Item = (N, Value)>>(fields: I) -> Self {
        let mut all = Self::new();
        all.extend(fields.into_iter().map(|(name, value)| (name.into(), value)));
        all
    }
}

impl Extend<(String, Value)> for Fields {
    fn extend<I: IntoIterator<Item = (String, Value)>>(&mut self, fields: I) {
        fields.into_iter().for_each(|(name, value)| drop(self.set(name, value)));
    }
}

impl IntoIterator for Fields {
    type Item = (String, Value);
    type IntoIter = std::vec::IntoIter<(String, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldsVisitor;
        impl<'de> Visitor<'de> for FieldsVisitor {
            type Value = Fields;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of fields: {\"name\": value, …}")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Fields::new();
                while let Some((name, value)) = map.next_entry::<String, Value>()? {
                    if fields.set(name.clone(), value).is_some() {
                        return Err(de::Error::custom(format!("field `{name}` is given twice")));
                    }
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(FieldsVisitor)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bool(b) => serializer.serialize_bool(*b),
            Self::Integer(n) => serializer.serialize_i64(*n),
            Self::Number(n) => serializer.serialize_f64(*n),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => {
                let mut seq = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    seq.serialize_element(item)?;
                }
                seq.end()
            }
            Self::Record(fields) => fields.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ValueVisitor;
        impl<'de> Visitor<'de> for ValueVisitor {
            type Value = Value;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true or false, a number, a text, a list [ … ] or a record { … }")
            }
            fn visit_bool<E: de::Error>(self, b: bool) -> Result<Value, E> {
                Ok(Value::Bool(b))
            }
            fn visit_i64<E: de::Error>(self, n: i64) -> Result<Value, E> {
                Ok(Value::Integer(n))
            }
            fn visit_u64<E: de::Error>(self, n: u64) -> Result<Value, E> {
                i64::try_from(n).map(Value::Integer).or(Ok(Value::Number(n as f64)))
            }
            fn visit_f64<E: de::Error>(self, n: f64) -> Result<Value, E> {
                if n.is_finite() { Ok(Value::Number(n)) } else { Err(E::custom("a number must be finite")) }
            }
            fn visit_char<E: de::Error>(self, c: char) -> Result<Value, E> {
                Ok(Value::Text(c.to_string()))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
                Ok(Value::Text(text.to_owned()))
            }
            fn visit_string<E: de::Error>(self, text: String) -> Result<Value, E> {
                Ok(Value::Text(text))
            }
            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
                Value::deserialize(deserializer)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Value::List(items))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Value, A::Error> {
                Fields::deserialize(de::value::MapAccessDeserializer::new(map)).map(Value::Record)
            }
        }
        deserializer.deserialize_any(ValueVisitor)
    }
}

/// Where in a span's fields a value stands: `holders`, then the second record, then `how`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct FieldPath(Vec<Step>);

/// One step of a [`FieldPath`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Into a field by its name.
    Field(String),
    /// Into a list by its place, from 0.
    Item(usize),
}

impl FieldPath {
    /// The path of a top-level field.
    pub fn field(name: impl Into<String>) -> Self {
        Self(vec![Step::Field(name.into())])
    }

    /// The empty path: the fields themselves.
    pub fn root() -> Self {
        Self::default()
    }

    /// This path, then a field.
    #[must_use]
    pub fn then(&self, name: impl Into<String>) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Field(name.into()));
        Self(steps)
    }

    /// This path, then the item at `place`.
    #[must_use]
    pub fn item(&self, place: usize) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Item(place));
        Self(steps)
    }

    /// The steps from the outside in.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The name of the outermost field.
    pub fn top(&self) -> Option<&str> {
        match self.0.first() {
            Some(Step::Field(name)) => Some(name),
            _ => None,
        }
    }
}

impl fmt::Display for FieldPath {
    /// `holders[2].how`, with places counted from 1 as people count.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                Step::Field(name) if i == 0 => f.write_str(name)?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Item(place) => write!(f, "[{}]", place + 1)?,
            }
        }
        Ok(())
    }
}

impl Fields {
    /// The value at a path.
    pub fn at(&self, path: &FieldPath) -> Option<&Value> {
        let (first, rest) = path.0.split_first()?;
        let Step::Field(name) = first else { return None };
        rest.iter().try_fold(self.get(name)?, |value, step| match (step, value) {
            (Step::Field(name), Value::Record(fields)) => fields.get(name),
            (Step::Item(place), Value::List(items)) => items.get(*place),
            _ => None,
        })
    }

    /// Sets (`Some`) or unsets (`None`) the value at a path, making records and lists on the way where there are none.
    ///
    /// An item one past a list's end is appended; unsetting an item takes it out of the list; a list left empty by that is
    /// unset as a whole, because an empty list says no more than none. Returns `false`, and changes nothing, if the path
    /// leads through something of another shape.
    pub fn put(&mut self, path: &FieldPath, value: Option<Value>) -> bool {
        let Some((Step::Field(name), rest)) = path.0.split_first() else {
            return false;
        };
        if rest.is_empty() {
            match value {
                Some(value) => drop(self.set(name.clone(), value)),
                None => drop(self.remove(name)),
            }
            return true;
        }
        let mut inner = match self.get(name) {
            Some(inner) => inner.clone(),
            None => match rest[0] {
                Step::Field(_) => Value::Record(Self::new()),
                Step::Item(_) => Value::List(Vec::new()),
            },
        };
        if !put_in(&mut inner, rest, value) {
            return false;
        }
        match inner {
            Value::List(items) if items.is_empty() => drop(self.remove(name)),
            inner => drop(self.set(name.clone(), inner)),
        }
        true
    }
}

fn put_in(into: &mut Value, steps: &[Step], value: Option<Value>) -> bool {
    match (into, steps) {
        (Value::Record(fields), [Step::Field(_), ..]) => fields.put(&FieldPath(steps.to_vec()), value),
        (Value::List(items), [Step::Item(place), rest @ ..]) => {
            if *place > items.len() {
                return false;
            }
            if rest.is_empty() {
                match value {
                    Some(value) if *place == items.len() => items.push(value),
                    Some(value) => items[*place] = value,
                    None if *place < items.len() => drop(items.remove(*place)),
                    None => {}
                }
                return true;
            }
            if *place == items.len() {
                let mut fresh = match rest[0] {
                    Step::Field(_) => Value::Record(Fields::new()),
                    Step::Item(_) => Value::List(Vec::new()),
                };
                let put = put_in(&mut fresh, rest, value);
                if put {
                    items.push(fresh);
                }
                return put;
            }
            put_in(&mut items[*place], rest, value)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holders() -> FieldPath {
        FieldPath::field("holders")
    }

    #[test]
    fn paths_make_records_on_their_way_and_read_back() {
        let mut fields = Fields::new();
        assert!(fields.put(&holders().item(0).then("entity"), Some(Value::text("russia"))));
        assert!(fields.put(&holders().item(1).then("entity"), Some(Value::text("ukraine"))));
        assert!(
            !fields.put(&holders().item(5).then("entity"), Some(Value::text("usa"))),
            "no gaps in a list"
        );
        assert!(!fields.put(&holders().then("entity"), Some(Value::text("usa"))), "a list has no fields");
        assert_eq!(fields.at(&holders().item(1).then("entity")).and_then(Value::as_text), Some("ukraine"));
        assert_eq!(holders().item(1).then("entity").to_string(), "holders[2].entity");
    }

    #[test]
    fn taking_the_last_item_out_unsets_the_list() {
        let mut fields = Fields::new();
        fields.put(&holders().item(0).then("entity"), Some(Value::text("russia")));
        assert!(fields.put(&holders().item(0), None));
        assert!(fields.get("holders").is_none());
    }

    #[test]
    fn equality_does_not_ask_for_the_order() {
        let a: Fields = [("x", Value::Integer(1)), ("y", Value::Bool(true))].into_iter().collect();
        let b: Fields = [("y", Value::Bool(true)), ("x", Value::Integer(1))].into_iter().collect();
        assert_eq!(a, b);
        let c: Fields = [("y", Value::Bool(true))].into_iter().collect();
        assert_ne!(a, c);
    }

    #[test]
    fn values_read_the_same_from_ron_and_json() {
        let ron = r#"{"kind": "person", "n": 3, "x": 0.5, "cue": [[4, 9]], "list": [{"how": "explicit", "negated": false}]}"#;
        let from_ron: Fields = ron::from_str(ron).unwrap();
        let from_json: Fields = serde_json::from_str(ron).unwrap();
        assert_eq!(from_ron, from_json);
        assert_eq!(
            from_ron.get("cue").and_then(Value::as_stretch),
            Some(vec![TextRange::new(4u32, 9u32).unwrap()])
        );
        assert_eq!(from_ron.get("x"), Some(&Value::Number(0.5)));
        assert!(serde_json::from_str::<Fields>(r#"{"a": 1, "a": 2}"#).is_err(), "twice the same field");
    }
}
