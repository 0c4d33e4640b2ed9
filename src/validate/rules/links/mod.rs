//! P4: links between spans, to the register and to the codebook, and relations.

pub mod cycles;
pub mod entities;
pub mod relations;
pub mod spans;
pub mod terms;

use crate::model::{FieldKind, Link};
use crate::validate::scope::ValueSite;

/// What a value leads to, if it is a link with something in it.
fn link_of(site: &ValueSite) -> Option<Link> {
    let text = site.value.as_text()?;
    if text.trim().is_empty() {
        return None;
    }
    site.scope().lookup().link(site.kind(), site.value)
}

/// The kinds a value may be, those of `Either` one by one.
fn kinds(kind: &FieldKind) -> &[FieldKind] {
    match kind {
        FieldKind::Either(kinds) => kinds,
        one => std::slice::from_ref(one),
    }
}
