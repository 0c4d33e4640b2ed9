//! The article view: lays out, decorates and paints the text, and turns pointer and caret into what the user means.
//!
//! `blocks` cuts the text and keeps heights, `layout` sets one block, `decorate` and `chips` arrange spans around its rows, `paint`,
//! `underline` and `arcs` draw, `caret` and `pointer` move, `balloons` tell where something is said, `overview` is the scroll bar that shows everything, `stubs` and `span_list`
//! lead to what has no room or is not in view, `access` and `spoken` speak to assistive technology, and `view` ties them together: `shown` is
//! what it is given, `page` lays out what is in view, `steps` moves the caret on it, `under` tells what lies where, `lists` opens lists. Nothing
//! here changes annotations.

mod access;
mod arcs;
mod balloons;
pub(in crate::window) mod blocks;
pub(in crate::window) mod caret;
mod chips;
mod decorate;
pub(in crate::window) mod layout;
mod links;
mod lists;
mod overview;
mod page;
mod paint;
mod pointer;
mod shown;
mod soft_cut;
mod span_list;
pub(in crate::window) mod spoken;
mod steps;
mod stubs;
mod under;
mod underline;
mod view;

pub use access::mark_id;
pub use caret::{Selection, Unit};
pub use overview::{Tick, TickKind};
pub(in crate::window) use paint::CHIP_TEXT;
pub use shown::{ArticleStyle, CaretAct, Marks, Numbers, Shown, ViewEvent};
pub use underline::line as pattern_line;
pub use view::{ArticleView, view_id};
