//! What [`super::json_record`] and [`super::rest`] wrote, read back without a tree of JSON in between: each value goes where it belongs as
//! soon as it is met. Other programs may have altered it, so that anything may stand anywhere: what has not the shape that is wanted counts
//! as missing, and never spoils what stands beside it.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value as Json};

use super::draft::{Draft, DraftRelation, DraftSpan, put_meta};
use crate::model::{Fields, Status, Value};

/// Any value, of which only some shapes say something here.
trait Loose<'de>: Sized + Default {
    fn text(_: &str) -> Self {
        Self::default()
    }
    fn owned(text: String) -> Self {
        Self::text(&text)
    }
    fn unsigned(_: u64) -> Self {
        Self::default()
    }
    fn signed(_: i64) -> Self {
        Self::default()
    }
    fn number(_: f64) -> Self {
        Self::default()
    }
    fn yes_no(_: bool) -> Self {
        Self::default()
    }
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::default())
    }
    fn object<A: MapAccess<'de>>(mut object: A) -> Result<Self, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self::default())
    }
}

struct LooseVisitor<T>(std::marker::PhantomData<T>);

impl<'de, T: Loose<'de>> Visitor<'de> for LooseVisitor<T> {
    type Value = T;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of JSON")
    }
    fn visit_bool<E>(self, yes: bool) -> Result<T, E> {
        Ok(T::yes_no(yes))
    }
    fn visit_i64<E>(self, number: i64) -> Result<T, E> {
        Ok(u64::try_from(number).map_or_else(|_| T::signed(number), T::unsigned))
    }
    fn visit_u64<E>(self, number: u64) -> Result<T, E> {
        Ok(T::unsigned(number))
    }
    fn visit_f64<E>(self, number: f64) -> Result<T, E> {
        Ok(T::number(number))
    }
    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(T::text(text))
    }
    fn visit_string<E>(self, text: String) -> Result<T, E> {
        Ok(T::owned(text))
    }
    fn visit_unit<E>(self) -> Result<T, E> {
        Ok(T::default())
    }
    fn visit_none<E>(self) -> Result<T, E> {
        Ok(T::default())
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        T::list(list)
    }
    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<T, A::Error> {
        T::object(object)
    }
}

/// A value that is read loosely.
struct Of<T>(T);

impl<'de, T: Loose<'de>> Deserialize<'de> for Of<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LooseVisitor(std::marker::PhantomData)).map(Self)
    }
}

fn next<'de, T: Loose<'de>, A: MapAccess<'de>>(object: &mut A) -> Result<T, A::Error> {
    Ok(object.next_value::<Of<T>>()?.0)
}

/// A text, or nothing.
#[derive(Default)]
struct Text(Option<String>);

impl Loose<'_> for Text {
    fn text(text: &str) -> Self {
        Self(Some(text.to_owned()))
    }
    fn owned(text: String) -> Self {
        Self(Some(text))
    }
}

/// A text, or anything else as JSON.
#[derive(Default)]
struct Plain(Option<String>);

impl<'de> Loose<'de> for Plain {
    fn text(text: &str) -> Self {
        Self(Some(text.to_owned()))
    }
    fn owned(text: String) -> Self {
        Self(Some(text))
    }
    fn unsigned(number: u64) -> Self {
        Self(Some(number.to_string()))
    }
    fn signed(number: i64) -> Self {
        Self(Some(number.to_string()))
    }
    fn number(number: f64) -> Self {
        Self(Number::from_f64(number).map(|number| number.to_string()))
    }
    fn yes_no(yes: bool) -> Self {
        Self(Some(yes.to_string()))
    }
    fn list<A: SeqAccess<'de>>(list: A) -> Result<Self, A::Error> {
        let json = Json::deserialize(de::value::SeqAccessDeserializer::new(list))?;
        Ok(Self(Some(json.to_string())))
    }
    fn object<A: MapAccess<'de>>(object: A) -> Result<Self, A::Error> {
        let json = Json::deserialize(de::value::MapAccessDeserializer::new(object))?;
        Ok(Self(Some(json.to_string())))
    }
}

/// A whole number that can be an offset.
#[derive(Clone, Copy, Default)]
struct Offset(Option<u32>);

impl Loose<'_> for Offset {
    fn unsigned(number: u64) -> Self {
        Self(u32::try_from(number).ok())
    }
}

/// Pairs of offsets, all of them or none.
#[derive(Default)]
struct Pairs(Option<Vec<(u32, u32)>>);

impl<'de> Loose<'de> for Pairs {
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let (mut pairs, mut are_pairs) = (Vec::new(), true);
        while let Some(Of(Offsets(offsets, count))) = list.next_element()? {
            match offsets {
                [Offset(Some(start)), Offset(Some(end))] if count == 2 => pairs.push((start, end)),
                _ => are_pairs = false,
            }
        }
        Ok(Self(are_pairs.then_some(pairs)))
    }
}

/// The first two numbers of a list, and how many there are.
#[derive(Default)]
struct Offsets([Offset; 2], usize);

impl<'de> Loose<'de> for Offsets {
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut offsets = Self::default();
        while let Some(Of(offset)) = list.next_element()? {
            if let Some(place) = offsets.0.get_mut(offsets.1) {
                *place = offset;
            }
            offsets.1 += 1;
        }
        Ok(offsets)
    }
}

/// A value of a field; `null` is none.
#[derive(Default)]
struct OfField(Option<Value>);

impl<'de> Loose<'de> for OfField {
    fn text(text: &str) -> Self {
        Self(Some(Value::text(text)))
    }
    fn owned(text: String) -> Self {
        Self(Some(Value::Text(text)))
    }
    fn unsigned(number: u64) -> Self {
        Self(Some(i64::try_from(number).map_or(Value::Number(number as f64), Value::Integer)))
    }
    fn signed(number: i64) -> Self {
        Self(Some(Value::Integer(number)))
    }
    fn number(number: f64) -> Self {
        Self(number.is_finite().then_some(Value::Number(number)))
    }
    fn yes_no(yes: bool) -> Self {
        Self(Some(Value::Bool(yes)))
    }
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut items = Vec::new();
        while let Some(Of(Self(item))) = list.next_element()? {
            items.extend(item);
        }
        Ok(Self(Some(Value::List(items))))
    }
    fn object<A: MapAccess<'de>>(object: A) -> Result<Self, A::Error> {
        Ok(Self(Some(Value::Record(fields(object)?))))
    }
}

fn fields<'de, A: MapAccess<'de>>(mut object: A) -> Result<Fields, A::Error> {
    let mut fields = Fields::new();
    while let Some(name) = object.next_key::<String>()? {
        if let OfField(Some(value)) = next(&mut object)? {
            fields.set(name, value);
        }
    }
    Ok(fields)
}

/// The fields of an object of JSON; none of anything else.
pub(super) fn fields_of_json(json: &str) -> Fields {
    serde_json::from_str::<Of<OfFields>>(json).map(|Of(OfFields(fields))| fields).unwrap_or_default()
}

/// An object of fields; anything else holds none.
#[derive(Default)]
struct OfFields(Fields);

impl<'de> Loose<'de> for OfFields {
    fn object<A: MapAccess<'de>>(object: A) -> Result<Self, A::Error> {
        fields(object).map(Self)
    }
}

/// An object of texts; anything else holds none.
#[derive(Default)]
struct Texts(Vec<(String, String)>);

impl<'de> Loose<'de> for Texts {
    fn object<A: MapAccess<'de>>(mut object: A) -> Result<Self, A::Error> {
        let mut texts = Self::default();
        while let Some(name) = object.next_key::<String>()? {
            texts.0.push((name, next::<Plain, A>(&mut object)?.0.unwrap_or_default()));
        }
        Ok(texts)
    }
}

/// What can be used of a list's entries.
#[derive(Default)]
struct List<T>(Vec<T>);

impl<'de, T> Loose<'de> for List<T>
where
    Option<T>: Loose<'de>,
    T: Default,
{
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut entries = Vec::with_capacity(list.size_hint().unwrap_or_default().min(1 << 10));
        while let Some(Of(entry)) = list.next_element::<Of<Option<T>>>()? {
            entries.extend(entry);
        }
        Ok(Self(entries))
    }
}

/// What a source gives for a thing that must be of one kind: nothing or `null`, what is wanted, or something else, to be told.
#[derive(Debug, Default)]
pub(super) enum Given<T> {
    #[default]
    Nothing,
    Right(T),
    Wrong(Json),
}

/// A kind of thing that must be given; what is of another kind stays JSON.
pub(super) trait Wanted: Sized {
    fn of_text(text: String) -> Result<Self, Json> {
        Err(Json::String(text))
    }
    fn of_number(number: Number) -> Result<Self, Json> {
        Err(Json::Number(number))
    }
    fn of_list<'de, A: SeqAccess<'de>>(list: A) -> Result<Result<Self, Json>, A::Error> {
        Json::deserialize(de::value::SeqAccessDeserializer::new(list)).map(Err)
    }
    fn of_object<'de, A: MapAccess<'de>>(object: A) -> Result<Result<Self, Json>, A::Error> {
        Json::deserialize(de::value::MapAccessDeserializer::new(object)).map(Err)
    }
}

impl<T> From<Result<T, Json>> for Given<T> {
    fn from(read: Result<T, Json>) -> Self {
        read.map_or_else(Self::Wrong, Self::Right)
    }
}

impl<'de, T: Wanted> Loose<'de> for Given<T> {
    fn text(text: &str) -> Self {
        T::of_text(text.to_owned()).into()
    }
    fn owned(text: String) -> Self {
        T::of_text(text).into()
    }
    fn unsigned(number: u64) -> Self {
        T::of_number(number.into()).into()
    }
    fn signed(number: i64) -> Self {
        T::of_number(number.into()).into()
    }
    fn number(number: f64) -> Self {
        Number::from_f64(number).map_or(Self::Nothing, |number| T::of_number(number).into())
    }
    fn yes_no(yes: bool) -> Self {
        Self::Wrong(Json::Bool(yes))
    }
    fn list<A: SeqAccess<'de>>(list: A) -> Result<Self, A::Error> {
        T::of_list(list).map(Self::from)
    }
    fn object<A: MapAccess<'de>>(object: A) -> Result<Self, A::Error> {
        T::of_object(object).map(Self::from)
    }
}

impl<'de, T: Wanted> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Of::deserialize(deserializer).map(|Of(given)| given)
    }
}

impl Wanted for String {
    fn of_text(text: String) -> Result<Self, Json> {
        Ok(text)
    }
}

/// A name, which other programs may write as a number.
#[derive(Debug)]
pub(super) struct Name(pub String);

impl Wanted for Name {
    fn of_text(text: String) -> Result<Self, Json> {
        Ok(Self(text))
    }
    fn of_number(number: Number) -> Result<Self, Json> {
        Ok(Self(number.to_string()))
    }
}

impl Wanted for u64 {
    fn of_number(number: Number) -> Result<Self, Json> {
        number.as_u64().ok_or(Json::Number(number))
    }
}

impl Wanted for u32 {
    fn of_number(number: Number) -> Result<Self, Json> {
        let fits = number.as_u64().and_then(|number| Self::try_from(number).ok());
        fits.ok_or(Json::Number(number))
    }
}

/// A pair of whole numbers.
impl Wanted for (u32, u32) {
    fn of_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Result<Self, Json>, A::Error> {
        let (mut pair, mut count, mut other) = ([0; 2], 0, None::<Vec<Json>>);
        while let Some(given) = list.next_element::<Given<u32>>()? {
            match given {
                Given::Right(number) if other.is_none() && count < 2 => {
                    pair[count] = number;
                    count += 1;
                }
                given => {
                    let so_far = || pair[..count].iter().map(|number| Json::from(*number)).collect();
                    other.get_or_insert_with(so_far).push(match given {
                        Given::Nothing => Json::Null,
                        Given::Right(number) => Json::from(number),
                        Given::Wrong(json) => json,
                    });
                }
            }
        }
        let [start, end] = pair;
        Ok(match other {
            None if count == 2 => Ok((start, end)),
            other => Err(other.map_or_else(|| pair[..count].iter().copied().collect(), Json::Array)),
        })
    }
}

/// A list of things, each by itself.
impl<T: Wanted> Wanted for Vec<Given<T>> {
    fn of_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Result<Self, Json>, A::Error> {
        let mut all = Self::new();
        while let Some(given) = list.next_element()? {
            all.push(given);
        }
        Ok(Ok(all))
    }
}

impl Wanted for Fields {
    fn of_object<'de, A: MapAccess<'de>>(object: A) -> Result<Result<Self, Json>, A::Error> {
        fields(object).map(Ok)
    }
}

/// The names that mean something in a record of ours.
#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Key {
    Annotator,
    Article,
    End,
    Fields,
    From,
    Id,
    Label,
    Language,
    Meta,
    Note,
    Parts,
    Relations,
    Spans,
    Start,
    Status,
    Text,
    To,
    #[serde(other)]
    Other,
}

/// A span with `start end label` and what [`super::json_record::SpanRest`] writes; none if it lacks one of these. Parts are taken only if
/// they span its place: a program that moved the span knows nothing of its parts.
impl<'de> Loose<'de> for Option<DraftSpan> {
    fn object<A: MapAccess<'de>>(mut object: A) -> Result<Self, A::Error> {
        let (mut start, mut end, mut label, mut parts) =
            (Offset(None), Offset(None), Plain(None), Pairs(None));
        let mut span = DraftSpan::default();
        while let Some(key) = object.next_key()? {
            match key {
                Key::Start => start = next(&mut object)?,
                Key::End => end = next(&mut object)?,
                Key::Label => label = next(&mut object)?,
                Key::Id => span.id = next::<Plain, A>(&mut object)?.0.filter(|id| !id.is_empty()),
                Key::Text => span.text = next::<Text, A>(&mut object)?.0,
                Key::Parts => parts = next(&mut object)?,
                Key::Fields => span.fields = next::<OfFields, A>(&mut object)?.0,
                Key::Note => span.note = next::<Text, A>(&mut object)?.0.unwrap_or_default(),
                _ => drop(object.next_value::<IgnoredAny>()?),
            }
        }
        let (Offset(Some(start)), Offset(Some(end)), Plain(Some(label))) = (start, end, label) else {
            return Ok(None);
        };
        let parts = parts.0.filter(|parts| {
            let hull = parts.iter().map(|part| part.0).min().zip(parts.iter().map(|part| part.1).max());
            hull == Some((start, end)) && parts.iter().all(|(start, end)| start <= end)
        });
        span.label = label;
        span.parts = parts.unwrap_or_else(|| vec![(start, end)]);
        Ok((start <= end).then_some(span))
    }
}

/// A relation `id label from to fields`; none if it lacks its label or an end.
impl<'de> Loose<'de> for Option<DraftRelation> {
    fn object<A: MapAccess<'de>>(mut object: A) -> Result<Self, A::Error> {
        let (mut label, mut from, mut to) = (Text(None), Text(None), Text(None));
        let mut relation = DraftRelation::default();
        while let Some(key) = object.next_key()? {
            match key {
                Key::Id => relation.id = next::<Text, A>(&mut object)?.0,
                Key::Label => label = next(&mut object)?,
                Key::From => from = next(&mut object)?,
                Key::To => to = next(&mut object)?,
                Key::Fields => relation.fields = next::<OfFields, A>(&mut object)?.0,
                _ => drop(object.next_value::<IgnoredAny>()?),
            }
        }
        let (Text(Some(label)), Text(Some(from)), Text(Some(to))) = (label, from, to) else {
            return Ok(None);
        };
        Ok(Some(DraftRelation { label, from, to, ..relation }))
    }
}

/// A record without its text: what [`super::json_record::about`] writes, `meta`, `spans` and `relations`.
#[derive(Debug, Default)]
pub(super) struct OwnRecord(pub Draft);

impl<'de> Loose<'de> for OwnRecord {
    fn object<A: MapAccess<'de>>(mut object: A) -> Result<Self, A::Error> {
        let mut draft = Draft::default();
        let (mut language, mut status, mut meta) = (Plain(None), Plain(None), Texts::default());
        while let Some(key) = object.next_key()? {
            match key {
                Key::Article => draft.article = next::<Plain, A>(&mut object)?.0.unwrap_or_default(),
                Key::Annotator => draft.annotator = next::<Plain, A>(&mut object)?.0.unwrap_or_default(),
                Key::Language => language = next(&mut object)?,
                Key::Status => status = next(&mut object)?,
                Key::Meta => meta = next(&mut object)?,
                Key::Fields => draft.fields = next::<OfFields, A>(&mut object)?.0,
                Key::Spans => draft.spans = next::<List<DraftSpan>, A>(&mut object)?.0,
                Key::Relations => draft.relations = next::<List<DraftRelation>, A>(&mut object)?.0,
                _ => drop(object.next_value::<IgnoredAny>()?),
            }
        }
        put_meta(&mut draft.meta, "language", language.0.unwrap_or_default());
        for (name, value) in meta.0 {
            put_meta(&mut draft.meta, &name, value);
        }
        draft.status = Status::from_name(&status.0.unwrap_or_default());
        Ok(Self(draft))
    }
}

impl<'de> Deserialize<'de> for OwnRecord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Of::deserialize(deserializer).map(|Of(record)| record)
    }
}
