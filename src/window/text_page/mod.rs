//! A text on a page, as both the article view and the review show it: what is in view, where the caret stands, what is selected.
//!
//! `blocks` cuts the text and keeps heights (`soft_cut` finds where a long line may be cut), `layout` sets one block, `column` lays out
//! what is in view and holds the scroll position, `caret` and `cursor` move and select, `spoken` tells assistive technology. What stands
//! around the text (chips, lanes) is the business of the view, which gives it as an [`Around`]. Nothing here knows of annotations.

pub mod blocks;
pub mod caret;
mod column;
mod cursor;
pub mod layout;
mod soft_cut;
pub mod spoken;

pub use column::{Around, Column, Laid, Prepared, Sheet};
pub use cursor::{Cursor, Drag};
