//! The texts of the project's other files: settings, schema, codebook, register.

use serde::Serialize;

use super::block::Block;
use super::{LINE, push_indent, quoted};
use crate::model::{Codebook, FORMAT, ProjectSettings, Register, Schema};

/// Wider than this, what is not a list's entry is opened into a block.
const WIDTH: usize = 110;

/// The text of `postil.ron`.
pub fn settings_text(settings: &ProjectSettings) -> String {
    opened(settings)
}

/// The text of a schema's file. Comments of a hand-written one are not in it: write only what was changed.
pub fn schema_text(schema: &Schema) -> String {
    opened(schema)
}

/// The text of a codebook's file: one term a line or small block, in their order.
pub fn codebook_text(codebook: &Codebook) -> String {
    let head = format!("(\n    format: {FORMAT},\n    name: {},\n    terms: [", quoted(&codebook.name));
    list(head, codebook.iter().map(AsRef::as_ref))
}

/// The text of a register's file: one entity a line or small block, by id.
pub fn register_text(register: &Register) -> String {
    let head = format!("(\n    format: {FORMAT},\n    entities: [");
    list(head, register.iter().map(AsRef::as_ref))
}

/// The text of any small file of the program's own.
pub(in crate::store) fn plain_text(value: &impl Serialize) -> String {
    opened(value)
}

#[expect(
    clippy::expect_used,
    reason = "every type of the model is made of what RON can say, and tests write them all"
)]
fn block(value: &impl Serialize) -> Block {
    Block::of(value).expect("the model's own types can be written")
}

fn opened(value: &impl Serialize) -> String {
    let mut out = String::new();
    block(value).push_opened(&mut out, 0, WIDTH);
    out.push('\n');
    out
}

fn list<'a, T: Serialize + 'a>(head: String, entries: impl Iterator<Item = &'a T>) -> String {
    let mut out = head;
    let mut any = false;
    for entry in entries {
        if !any {
            out.push('\n');
        }
        any = true;
        push_indent(&mut out, 2);
        block(entry).push(&mut out, 2, 0, LINE);
        out.push_str(",\n");
    }
    if any {
        push_indent(&mut out, 1);
    }
    out.push_str("],\n)\n");
    out
}
