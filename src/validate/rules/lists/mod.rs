//! P7: the project's own lists: schema, codebook, register.

pub mod affiliations;
pub mod codebook;
pub mod names;
pub mod register;
pub mod schema;
