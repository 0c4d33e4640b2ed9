//! The article view: lays out, decorates and paints the text, and turns pointer and caret into what the user means.
//!
//! `blocks` cuts the text and keeps heights, `layout` sets one block, `decorate` arranges spans around its rows, `paint` draws,
//! `caret` moves, `access` speaks to assistive technology, and `view` ties them together. Nothing here changes annotations.

mod access;
pub(in crate::window) mod blocks;
mod caret;
mod decorate;
pub(in crate::window) mod layout;
mod paint;
mod view;

pub use access::mark_id;
pub use caret::{Selection, Unit};
pub use paint::line as pattern_line;
pub use view::{ArticleStyle, ArticleView, CaretAct, Numbers, Shown, ViewEvent, view_id};
