//! Postil: read articles closely and tag who wants what: entities, positions and claims.
//!
//! This is the map of the house, one paragraph a room; `ARCHITECTURE.md` tells more. Rooms know only what lies below them:
//! text ← model ← {store, validate, formats, review} ← session ← {window, command line}, and the tour above the window.
//!
//! [`text`] is what an article says: canonical text, its fingerprint, three units of offset as three types, words and sentences, encodings,
//! the header above an article. It knows nothing else of the program.
//!
//! [`model`] is what annotations are: spans, relations, sets of them with an index by place; the schema and the values it
//! speaks of; register and codebook; changes that can be taken back. No disk, no pixels, no clock.
//!
//! [`store`] is a project on disk: RON files that are written whole or not at all, the journal, background saving, recovery, merging, locks,
//! and watching what others change.
//!
//! [`validate`] is the table of rules, each a plain function over what was read; reports of what they find, and fixes. It never touches a disk.
//!
//! [`formats`] is the table of formats of other programs, each in a room of its own that knows none of the others; what one cannot
//! carry is counted before anything is written.
//!
//! [`review`] is what several annotators said about one article: matched, measured, compared, judged. Sets go in; figures and transactions come out.
//!
//! [`session`] is a sitting at a project, without pixels: what is open, every act on it as a value, saving, recovering, checking.
//!
//! `window` is everything with pixels. Panels see a read-only world and ask; one place carries out what was asked for. The same code is drawn
//! on a desktop and off screen.
//!
//! [`command_line`] is what scripts use: one file a sub-command, answers on stdout, all else on stderr, and exit codes. Only one of its files knows whether this
//! build has a window.
//!
//! `tour` is the main job done through the window's own code without a display, with pictures, looking after each step whether it is so.
//!
//! Window and tour are there with the feature `gui`, which is on unless one says otherwise.

pub mod command_line;
pub mod formats;
pub mod model;
pub mod review;
pub mod session;
pub mod store;
pub mod text;
#[cfg(feature = "gui")]
pub mod tour;
pub mod validate;
#[cfg(feature = "gui")]
pub mod window;
