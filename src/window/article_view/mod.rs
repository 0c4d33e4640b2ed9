//! The article view: lays out, decorates and paints the text, and turns pointer and caret into what the user means.
//!
//! The text itself, its blocks, its caret and its scroll position are the text page (`text_page`)'s; here is what spans add to it.
//! `decorate` and `chips` arrange spans around rows, `page` gives that to the text page, `paint`, `underline` and `arcs` draw, `pointer`
//! is the mouse, `balloons` tell where something is said, `overview` is the scroll bar that shows everything, `stubs` and `span_list` lead
//! to what has no room or is not in view, `access` speaks to assistive technology, and `view` ties them together: `shown` is what it is
//! given, `under` tells what lies where, `lists` opens lists. Nothing here changes annotations.

mod access;
mod arcs;
mod balloons;
mod chips;
mod decorate;
mod links;
mod lists;
mod overview;
mod page;
mod paint;
mod pointer;
mod shown;
mod span_list;
mod stubs;
mod under;
mod underline;
mod view;

pub use super::text_page::caret::{CaretAct, Selection, Unit};
pub use access::mark_id;
pub use overview::{Tick, TickKind};
pub(in crate::window) use paint::CHIP_TEXT;
pub use shown::{ArticleStyle, Marks, Numbers, Shown, ViewEvent};
pub use underline::line as pattern_line;
pub use view::{ArticleView, view_id};
