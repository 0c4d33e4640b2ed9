//! A sitting at a project, without pixels: what is open, every act on it, saving, recovering, checking. The window shows it.

pub mod check;
mod checking;
pub mod desk;
mod edit;
mod findings;
mod notice;
pub mod review;
mod rows;
pub mod sample;
#[expect(clippy::module_inception, reason = "the room is named for the one thing in it")]
mod session;

pub use desk::{Desk, Edge, Nudge};
pub use edit::{Edit, Edited};
pub use findings::Findings;
pub use notice::{Notice, NoticeKind};
pub use review::ReviewDesk;
pub use session::{ArticleRow, Clash, OpenArticle, ReadOnly, SaveState, Session, Sitting};
