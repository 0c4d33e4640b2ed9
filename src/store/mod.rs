//! A project on disk.
//!
//! Knows [`crate::model`] and [`crate::text`], nothing above. What it promises: a file is the old one or the new one, never half of
//! each; what someone else wrote is never written over; a file that cannot be read is never written over either; what was done is
//! in the journal before the eye can blink, so that a killed program loses at most the last 200 milliseconds.
//!
//! - [`Project`]: opening, making and saving one; its articles; whose annotation file is which
//! - [`read_set`] and [`write_set`]: annotation files; `ron_text` how they look; `faults` what can be wrong with them
//! - [`merge`]: two versions of one set, span by span
//! - [`Journal`], [`recover`], [`SetKeeper`]: work that survives the program
//! - [`read_comments`]: what people say to each other, a file of each author's own
//! - [`write_package`], [`read_package`]: a project in a zip file, and other people's work out of one
//! - [`SetLock`]: one writer a set; [`ProjectWatcher`]: what others change meanwhile
//! - [`Recent`] and [`Preferences`]: what this machine's user had open and likes

mod annotations;
mod articles;
mod atomic;
mod autosave;
mod digest;
mod error;
mod faults;
mod journal;
mod lock;
mod merge;
mod names;
mod package;
mod places;
mod project;
mod recent;
mod recovery;
mod ron_text;
mod sample;
mod saving;
mod sets;
mod threads;
mod three_way;
#[cfg(test)]
mod trial;
mod watch;

pub use annotations::{
    LoadedSet, SetHead, parse_set, read_head, read_set, read_set_alone, read_set_file, write_set,
    write_set_to,
};
pub use articles::{Added, ArticleEntry, ENDINGS, is_article_name};
pub use atomic::{put_in_place, write_atomically, write_many};
pub use autosave::{KeeperSetup, SaveEvent, SaveState, SetKeeper, Wake, unsaved_work};
pub use digest::{Digest, OwnWrites};
pub use error::{SaveError, StoreError, cure};
pub use faults::nearest;
pub use journal::{Journal, Record, Records, journal_path, parse_journal, read_journal};
pub use lock::{HeldBy, LockRefused, SetLock};
pub use merge::{Conflict, Merged, Version, merge, merge_by_schema};
pub use names::{inside, safe_name};
pub use package::{PackageError, Packed, read_package, write_package};
pub use places::places;
pub use project::{PRIVATE, Project, SETTINGS, SchemaChoice, make_private_folder, read_schema};
pub use recent::{Place, Preferences, Recent, config_folder};
pub use recovery::{Recovery, recover};
pub use ron_text::{annotation_text, codebook_text, register_text, schema_text, settings_text};
pub use sample::write_embedded;
pub use saving::ChangedList;
pub use sets::{AnnotationFile, NameClaims};
pub use threads::{THREADS, change_comments, comments_path, parse_comments, read_comments};
pub use watch::{FileChanged, ProjectWatcher};
