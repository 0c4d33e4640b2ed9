//! Any serialisable value as RON: on one line where it fits, else opened into a block.

use serde::ser::{self, Serialize};
use std::fmt;

use super::{push_indent, push_number, quoted};

/// A value laid out in memory before its lines are chosen.
#[derive(Clone, Debug)]
pub(super) enum Block {
    /// Something that has no inside.
    Atom(String),
    /// What is between brackets: the opening one with any name before it, the members with their keys, the closing one.
    Group {
        open: String,
        members: Vec<(Option<String>, Block)>,
        close: char,
        /// `Some(…)`, `Choice(…)`: one member that stays on the bracket's line and takes no comma.
        tight: bool,
    },
}

impl Block {
    /// The layout of a value.
    pub(super) fn of(value: &impl Serialize) -> Result<Self, Unwritable> {
        value.serialize(Writer)
    }

    /// On one line.
    fn push_line(&self, out: &mut String) {
        match self {
            Self::Atom(text) => out.push_str(text),
            Self::Group { open, members, close, .. } => {
                out.push_str(open);
                super::push_joined(out, members.iter(), |out, (key, member)| {
                    if let Some(key) = key {
                        out.push_str(key);
                        out.push_str(": ");
                    }
                    member.push_line(out);
                });
                out.push(*close);
            }
        }
    }

    /// On one line if that ends before `width`, else opened. `used` is what stands on the line already.
    pub(super) fn push(&self, out: &mut String, indent: usize, used: usize, width: usize) {
        let mut line = String::new();
        self.push_line(&mut line);
        match self {
            Self::Group { open, members, close, tight }
                if !members.is_empty() && indent * 4 + used + line.chars().count() + 1 > width =>
            {
                out.push_str(open);
                if *tight {
                    for (_, member) in members {
                        member.push(out, indent, used + open.chars().count(), width);
                    }
                } else {
                    self.push_members(out, indent, width);
                }
                out.push(*close);
            }
            _ => out.push_str(&line),
        }
    }

    /// Opened, whatever its length.
    pub(super) fn push_opened(&self, out: &mut String, indent: usize, width: usize) {
        match self {
            Self::Group { open, members, close, .. } if !members.is_empty() => {
                out.push_str(open);
                self.push_members(out, indent, width);
                out.push(*close);
            }
            other => other.push_line(out),
        }
    }

    fn push_members(&self, out: &mut String, indent: usize, width: usize) {
        let Self::Group { members, .. } = self else { return };
        out.push('\n');
        for (key, member) in members {
            push_indent(out, indent + 1);
            let mut used = 0;
            if let Some(key) = key {
                out.push_str(key);
                out.push_str(": ");
                used = key.chars().count() + 2;
            }
            member.push(out, indent + 1, used, width);
            out.push_str(",\n");
        }
        push_indent(out, indent);
    }
}

/// A value that RON cannot say; none of the program's own types is such.
#[derive(Debug)]
pub(super) struct Unwritable(String);

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unwritable {}

impl ser::Error for Unwritable {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

struct Writer;

/// The members of a group in the making.
struct Members {
    open: String,
    close: char,
    members: Vec<(Option<String>, Block)>,
    key: Option<String>,
}

impl Members {
    fn new(open: impl Into<String>, close: char) -> Self {
        Self { open: open.into(), close, members: Vec::new(), key: None }
    }

    fn done(self) -> Block {
        Block::Group { open: self.open, members: self.members, close: self.close, tight: false }
    }

    fn add(&mut self, key: Option<String>, value: &(impl Serialize + ?Sized)) -> Result<(), Unwritable> {
        self.members.push((key, value.serialize(Writer)?));
        Ok(())
    }
}

fn atom(text: impl ToString) -> Result<Block, Unwritable> {
    Ok(Block::Atom(text.to_string()))
}

fn tight(name: &str, value: &(impl Serialize + ?Sized)) -> Result<Block, Unwritable> {
    Ok(Block::Group {
        open: format!("{name}("),
        members: vec![(None, value.serialize(Writer)?)],
        close: ')',
        tight: true,
    })
}

impl ser::Serializer for Writer {
    type Ok = Block;
    type Error = Unwritable;
    type SerializeSeq = Members;
    type SerializeTuple = Members;
    type SerializeTupleStruct = Members;
    type SerializeTupleVariant = Members;
    type SerializeMap = Members;
    type SerializeStruct = Members;
    type SerializeStructVariant = Members;

    fn serialize_bool(self, v: bool) -> Result<Block, Unwritable> {
        atom(v)
    }
    fn serialize_i8(self, v: i8) -> Result<Block, Unwritable> {
        atom(v)
    }
    fn serialize_i16(self, v: i16) -> Result<Block, Unwritable> {
        atom(v)
    }
    fn serialize_i32(self, v: i32) -> Result<Block, Unwritable> {
        atom(v)
    }
    fn serialize_i64(self, v: i64) -> Result<Block, Unwritable> {
        atom(v)
    }
    fn serialize_u8(self, v: u8) -> Result<Block, Unwritable> {
        atom(v)
    }
    fn serialize_u16(self, v: u16) -> Result<Block, Unwritable> {
        atom(v)
    }
    fn serialize_u32(self, v: u32) -> Result<Block, Unwritable> {
        atom(v)
    }
    fn serialize_u64(self, v: u64) -> Result<Block, Unwritable> {
        atom(v)
    }
    fn serialize_f32(self, v: f32) -> Result<Block, Unwritable> {
        self.serialize_f64(f64::from(v))
    }
    fn serialize_f64(self, v: f64) -> Result<Block, Unwritable> {
        let mut out = String::new();
        push_number(&mut out, v);
        atom(out)
    }
    fn serialize_char(self, v: char) -> Result<Block, Unwritable> {
        self.serialize_str(&v.to_string())
    }
    fn serialize_str(self, v: &str) -> Result<Block, Unwritable> {
        atom(quoted(v))
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<Block, Unwritable> {
        Err(ser::Error::custom("bytes are not written"))
    }
    fn serialize_none(self) -> Result<Block, Unwritable> {
        atom("None")
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Block, Unwritable> {
        tight("Some", value)
    }
    fn serialize_unit(self) -> Result<Block, Unwritable> {
        atom("()")
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<Block, Unwritable> {
        atom("()")
    }
    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Block, Unwritable> {
        atom(variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Block, Unwritable> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Block, Unwritable> {
        tight(variant, value)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Members, Unwritable> {
        Ok(Members::new("[", ']'))
    }
    fn serialize_tuple(self, _: usize) -> Result<Members, Unwritable> {
        Ok(Members::new("(", ')'))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Members, Unwritable> {
        Ok(Members::new("(", ')'))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members, Unwritable> {
        Ok(Members::new(format!("{variant}("), ')'))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Members, Unwritable> {
        Ok(Members::new("{", '}'))
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members, Unwritable> {
        Ok(Members::new("(", ')'))
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members, Unwritable> {
        Ok(Members::new(format!("{variant}("), ')'))
    }
}

macro_rules! list {
    ($($kind:ident :: $method:ident),*) => {$(
        impl ser::$kind for Members {
            type Ok = Block;
            type Error = Unwritable;
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
                self.add(None, value)
            }
            fn end(self) -> Result<Block, Unwritable> {
                Ok(self.done())
            }
        }
    )*};
}
list!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);

macro_rules! record {
    ($($kind:ident),*) => {$(
        impl ser::$kind for Members {
            type Ok = Block;
            type Error = Unwritable;
            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), Unwritable> {
                self.add(Some(key.to_owned()), value)
            }
            fn end(self) -> Result<Block, Unwritable> {
                Ok(self.done())
            }
        }
    )*};
}
record!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Members {
    type Ok = Block;
    type Error = Unwritable;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unwritable> {
        let mut line = String::new();
        key.serialize(Writer)?.push_line(&mut line);
        self.key = Some(line);
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        let key = self.key.take();
        self.add(key, value)
    }
    fn end(self) -> Result<Block, Unwritable> {
        Ok(self.done())
    }
}
