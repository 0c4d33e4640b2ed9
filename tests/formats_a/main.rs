//! Formats: what goes out comes back as the loss report says, and other people's files come in whole.

#![allow(
    clippy::type_complexity,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests fail by panicking and read other people's files"
)]

mod brat;
mod conll;
mod corpora;
mod hostile;
mod records;
mod spoiled;
mod tei;
mod webanno_tsv;
mod whole;
