//! Agreement through the doors people use: `postil agree`, and the library on corpora with published or recomputed figures.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed; files of a test need not outlive a power cut"
)]

#[path = "fixtures/cli/mod.rs"]
mod cli;
#[path = "agreement/command.rs"]
mod command;
#[path = "agreement/corpora.rs"]
mod corpora;
