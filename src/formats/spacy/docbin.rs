//! The file: what MessagePack says, in the order in which spaCy says it.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::loose::OwnRecord;
use super::write::OWN;

/// The columns of a token that are written, by spaCy's numbers (`spacy/attrs.pyx`): ORTH first, then in their own order.
pub(super) const ATTRS: [u16; 6] = [ORTH, ENT_IOB, ENT_TYPE, SENT_START, ENT_KB_ID, ENT_ID];
pub(super) const ORTH: u16 = 65;
pub(super) const ENT_IOB: u16 = 77;
pub(super) const ENT_TYPE: u16 = 78;
pub(super) const SENT_START: u16 = 80;
pub(super) const ENT_KB_ID: u16 = 452;
pub(super) const ENT_ID: u16 = 454;

/// How deep a file may be nested. spaCy's own files are six deep; what people put into `user_data` a little more.
const DEPTH: usize = 100;

/// Reads MessagePack.
pub(super) fn unpacked<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, rmp_serde::decode::Error> {
    let mut deserializer = rmp_serde::Deserializer::from_read_ref(bytes);
    deserializer.set_max_depth(DEPTH);
    T::deserialize(&mut deserializer)
}

/// Bytes, as MessagePack tells them apart from lists of numbers; a text counts as its bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bytes<'a>(pub &'a [u8]);

impl<'de: 'a, 'a> Deserialize<'de> for Bytes<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BytesVisitor;
        impl<'de> Visitor<'de> for BytesVisitor {
            type Value = Bytes<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }
            fn visit_borrowed_bytes<E: de::Error>(self, bytes: &'de [u8]) -> Result<Bytes<'de>, E> {
                Ok(Bytes(bytes))
            }
            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Bytes<'de>, E> {
                Ok(Bytes(text.as_bytes()))
            }
            fn visit_unit<E: de::Error>(self) -> Result<Bytes<'de>, E> {
                Ok(Bytes::default())
            }
        }
        deserializer.deserialize_any(BytesVisitor)
    }
}

/// MessagePack in the making, each thing in its shortest form, as spaCy and everybody packs.
#[derive(Default)]
pub(super) struct MessagePack(pub Vec<u8>);

impl MessagePack {
    /// A head: the sign of its kind, and a length that is packed as one, two or four bytes.
    fn head(&mut self, signs: [u8; 3], length: usize) -> &mut Self {
        match (u8::try_from(length), u16::try_from(length)) {
            (Ok(length), _) => self.0.extend([signs[0], length]),
            (_, Ok(length)) => {
                self.0.push(signs[1]);
                self.0.extend(length.to_be_bytes());
            }
            _ => {
                self.0.push(signs[2]);
                self.0.extend(u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
            }
        }
        self
    }

    /// The head of a map of up to fifteen entries.
    pub fn map(&mut self, entries: u8) -> &mut Self {
        self.0.push(0x80 | entries & 0x0F);
        self
    }

    /// The head of a list.
    pub fn list(&mut self, length: usize) -> &mut Self {
        match u16::try_from(length) {
            Ok(length @ 0..16) => self.0.push(0x90 | length as u8),
            Ok(length) => {
                self.0.push(0xDC);
                self.0.extend(length.to_be_bytes());
            }
            Err(_) => {
                self.0.push(0xDD);
                self.0.extend(u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
            }
        }
        self
    }

    /// A text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        match text.len() {
            length @ 0..32 => self.0.push(0xA0 | length as u8),
            length => {
                self.head([0xD9, 0xDA, 0xDB], length);
            }
        }
        self.0.extend_from_slice(text.as_bytes());
        self
    }

    /// The head of bytes that follow.
    pub fn bytes_of(&mut self, length: usize) -> &mut Self {
        self.head([0xC4, 0xC5, 0xC6], length)
    }

    /// Bytes.
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.bytes_of(bytes.len()).0.extend_from_slice(bytes);
        self
    }

    /// A whole number of up to sixteen bits.
    pub fn number(&mut self, number: u16) -> &mut Self {
        match u8::try_from(number) {
            Ok(number @ 0..128) => self.0.push(number),
            Ok(number) => self.0.extend([0xCC, number]),
            Err(_) => {
                self.0.push(0xCD);
                self.0.extend(number.to_be_bytes());
            }
        }
        self
    }

    /// `false`.
    pub fn no(&mut self) -> &mut Self {
        self.0.push(0xC2);
        self
    }
}

/// What is special about a doc.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub(super) struct Flags {
    pub has_unknown_spaces: bool,
}

/// A file that was read, as far as it is held.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ReadBin<'a> {
    pub attrs: Vec<u64>,
    #[serde(borrow)]
    pub tokens: Bytes<'a>,
    #[serde(borrow)]
    pub spaces: Bytes<'a>,
    #[serde(borrow)]
    pub lengths: Bytes<'a>,
    #[serde(borrow)]
    pub strings: Vec<&'a str>,
    pub cats: Vec<CatCount>,
    pub flags: Vec<Flags>,
    #[serde(borrow)]
    pub span_groups: Vec<Bytes<'a>>,
    #[serde(borrow)]
    pub user_data: Vec<Bytes<'a>>,
}

/// How many categories a doc has.
#[derive(Clone, Copy, Default)]
pub(super) struct CatCount(pub usize);

impl<'de> Deserialize<'de> for CatCount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Counting;
        impl<'de> Visitor<'de> for Counting {
            type Value = CatCount;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of categories")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<CatCount, A::Error> {
                let mut count = 0;
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
                    count += 1;
                }
                Ok(CatCount(count))
            }
        }
        deserializer.deserialize_map(Counting)
    }
}

/// One group of spans.
#[derive(Deserialize)]
pub(super) struct Group<'a> {
    #[serde(rename = "name")]
    _name: String,
    #[serde(borrow)]
    pub spans: Vec<Bytes<'a>>,
}

/// One span of a group: `>QQQllll` of Python's `struct`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GroupSpan {
    pub id: u64,
    pub kb_id: u64,
    pub label: u64,
    /// Tokens, half-open.
    pub start: i32,
    pub end: i32,
    /// Code points, half-open.
    pub start_char: i32,
    pub end_char: i32,
}

impl GroupSpan {
    pub fn to_bytes(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(40);
        [self.id, self.kb_id, self.label].iter().for_each(|number| bytes.extend(number.to_be_bytes()));
        [self.start, self.end, self.start_char, self.end_char]
            .iter()
            .for_each(|number| bytes.extend(number.to_be_bytes()));
        bytes
    }

    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (long, short) = bytes.split_at_checked(24)?;
        let long = long.as_chunks::<8>().0;
        let short = short.as_chunks::<4>().0;
        let wide = |place: usize| long.get(place).map(|bytes| u64::from_be_bytes(*bytes));
        let narrow = |place: usize| short.get(place).map(|bytes| i32::from_be_bytes(*bytes));
        Some(Self {
            id: wide(0)?,
            kb_id: wide(1)?,
            label: wide(2)?,
            start: narrow(0)?,
            end: narrow(1)?,
            start_char: narrow(2)?,
            end_char: narrow(3)?,
        })
    }
}

/// The groups of one doc: a map from a group's bytes to its keys; in older versions a list of groups.
pub(super) struct Groups<'a>(pub Vec<Bytes<'a>>);

impl<'de> Deserialize<'de> for Groups<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct GroupsVisitor;
        impl<'de> Visitor<'de> for GroupsVisitor {
            type Value = Groups<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("groups of spans")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Groups<'de>, A::Error> {
                let mut groups = Vec::new();
                while let Some((group, _)) = map.next_entry::<Bytes, IgnoredAny>()? {
                    groups.push(group);
                }
                Ok(Groups(groups))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Groups<'de>, A::Error> {
                let mut groups = Vec::new();
                while let Some(group) = seq.next_element::<Bytes>()? {
                    groups.push(group);
                }
                Ok(Groups(groups))
            }
        }
        deserializer.deserialize_any(GroupsVisitor)
    }
}

/// What this program put into the `user_data` of a doc.
#[derive(Default)]
pub(super) struct UserData(pub OwnRecord);

impl<'de> Deserialize<'de> for UserData {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct UserDataVisitor;
        impl<'de> Visitor<'de> for UserDataVisitor {
            type Value = UserData;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<UserData, A::Error> {
                let mut data = UserData::default();
                while let Some(key) = map.next_key::<Cow<str>>()? {
                    match key == OWN {
                        true => data.0 = map.next_value()?,
                        false => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                Ok(data)
            }
        }
        deserializer.deserialize_map(UserDataVisitor)
    }
}
