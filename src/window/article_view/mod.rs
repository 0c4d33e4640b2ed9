//! The article view: lays out, decorates and paints the text, and turns pointer and caret into what the user means.
//!
//! `blocks` cuts the text and keeps heights, `layout` sets one block, `decorate` and `chips` arrange spans around its rows, `paint`,
//! `underline` and `arcs` draw, `caret` and `pointer` move, `overview` is the scroll bar that shows everything, `stubs` and `span_list`
//! lead to what has no room or is not in view, `access` and `spoken` speak to assistive technology, and `view` ties them together. Nothing here
//! changes annotations.

mod access;
mod arcs;
pub(in crate::window) mod blocks;
mod caret;
mod chips;
mod decorate;
pub(in crate::window) mod layout;
mod links;
mod overview;
mod paint;
mod pointer;
mod soft_cut;
mod span_list;
mod spoken;
mod stubs;
mod underline;
mod view;

pub use access::mark_id;
pub use caret::{Selection, Unit};
pub use overview::{Tick, TickKind};
pub use underline::line as pattern_line;
pub use view::{ArticleStyle, ArticleView, CaretAct, Marks, Numbers, Shown, ViewEvent, view_id};
