//! Annotations that come in from other programs and go out to them: what lies between a format and a project on disk.
//!
//! Knows formats and the store, and neither terminal nor pixels: command line and window ask for the same things here. Long work
//! tells how far it is through [`Progress`], which also says when to stop.
//!
//! - [`exporting`]: which annotations are meant, what of them a format cannot carry, a look at what will be written, the writing
//! - [`importing`]: a source read into a plan that touches nothing, the plan carried out, and that taken back

mod error;
pub mod exporting;
pub mod importing;
mod progress;

pub use error::ExchangeError;
pub use progress::{Course, Progress, Quiet};
