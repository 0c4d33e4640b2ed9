//! A sitting at a project, without pixels: what is open, every act on it, saving, recovering, checking. The window shows it.

pub mod bringing_in;
pub mod check;
mod checking;
pub mod desk;
mod edit;
pub mod exchange;
mod findings;
pub mod job;
pub mod measuring;
mod notice;
pub mod overview;
pub mod review;
mod rows;
pub mod sample;
mod seen;
#[expect(clippy::module_inception, reason = "the room is named for the one thing in it")]
mod session;
pub mod talk;

pub use desk::{Desk, Edge, Nudge};
pub use edit::{Edit, Edited};
pub use findings::Findings;
pub use job::{Job, Lost};
pub use notice::{Notice, NoticeKind};
pub use review::ReviewDesk;
pub use seen::SeenComments;
pub use session::{
    ArticleRow, Clash, CommentAct, CommentTo, OpenArticle, ReadOnly, Retraced, SaveState, Session, Sitting,
};
pub use talk::Talk;
