//! The file: what MessagePack says, in the order in which spaCy says it.

use std::fmt;

use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

/// The columns of a token that are written, by spaCy's numbers (`spacy/attrs.pyx`): ORTH first, then in their own order.
pub(super) const ATTRS: [u64; 6] = [ORTH, ENT_IOB, ENT_TYPE, SENT_START, ENT_KB_ID, ENT_ID];
pub(super) const ORTH: u64 = 65;
pub(super) const ENT_IOB: u64 = 77;
pub(super) const ENT_TYPE: u64 = 78;
pub(super) const SENT_START: u64 = 80;
pub(super) const ENT_KB_ID: u64 = 452;
pub(super) const ENT_ID: u64 = 454;

/// How deep a file may be nested. spaCy's own files are six deep; what people put into `user_data` a little more.
const DEPTH: usize = 100;

/// Reads MessagePack.
pub(super) fn unpacked<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, rmp_serde::decode::Error> {
    let mut deserializer = rmp_serde::Deserializer::from_read_ref(bytes);
    deserializer.set_max_depth(DEPTH);
    T::deserialize(&mut deserializer)
}

/// Bytes, as MessagePack tells them apart from lists of numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bytes(pub Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BytesVisitor;
        impl Visitor<'_> for BytesVisitor {
            type Value = Bytes;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }
            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }
            fn visit_byte_buf<E: de::Error>(self, bytes: Vec<u8>) -> Result<Bytes, E> {
                Ok(Bytes(bytes))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Bytes, E> {
                Ok(Bytes(text.as_bytes().to_vec()))
            }
            fn visit_unit<E: de::Error>(self) -> Result<Bytes, E> {
                Ok(Bytes::default())
            }
        }
        deserializer.deserialize_any(BytesVisitor)
    }
}

/// A file to be written.
#[derive(Serialize)]
pub(super) struct WrittenBin<'a> {
    pub version: &'static str,
    pub attrs: [u64; 6],
    /// Unsigned numbers of 64 bits, little-endian, a row a token.
    pub tokens: Bytes,
    /// A byte a token: whether a space follows.
    pub spaces: Bytes,
    /// Signed numbers of 32 bits, little-endian: how many tokens each doc has.
    pub lengths: Bytes,
    pub strings: Vec<&'a str>,
    pub cats: Vec<Empty>,
    pub flags: Vec<Flags>,
    pub span_groups: Vec<Bytes>,
    pub user_data: Vec<Bytes>,
}

/// `{}`.
#[derive(Clone, Copy, Default, Serialize)]
pub(super) struct Empty {}

/// What is special about a doc.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Flags {
    pub has_unknown_spaces: bool,
}

/// A file that was read.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ReadBin {
    pub attrs: Vec<u64>,
    pub tokens: Bytes,
    pub spaces: Bytes,
    pub lengths: Bytes,
    pub strings: Vec<String>,
    pub cats: Vec<CatCount>,
    pub flags: Vec<Flags>,
    pub span_groups: Vec<Bytes>,
    pub user_data: Vec<Bytes>,
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
#[derive(Serialize, Deserialize)]
pub(super) struct Group {
    pub name: String,
    #[serde(skip_deserializing)]
    pub attrs: Empty,
    pub spans: Vec<Bytes>,
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
    pub fn to_bytes(self) -> Bytes {
        let mut bytes = Vec::with_capacity(40);
        [self.id, self.kb_id, self.label].iter().for_each(|number| bytes.extend(number.to_be_bytes()));
        [self.start, self.end, self.start_char, self.end_char]
            .iter()
            .for_each(|number| bytes.extend(number.to_be_bytes()));
        Bytes(bytes)
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
pub(super) struct Groups(pub Vec<Bytes>);

impl<'de> Deserialize<'de> for Groups {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct GroupsVisitor;
        impl<'de> Visitor<'de> for GroupsVisitor {
            type Value = Groups;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("groups of spans")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Groups, A::Error> {
                let mut groups = Vec::new();
                while let Some((group, _)) = map.next_entry::<Bytes, IgnoredAny>()? {
                    groups.push(group);
                }
                Ok(Groups(groups))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Groups, A::Error> {
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
