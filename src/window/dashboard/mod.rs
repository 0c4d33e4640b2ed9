//! The overview of a project: progress, agreement, confusion, outliers, assignments.
//!
//! `drawing` is a chart as shapes, for the screen, SVG and PNG alike; `charts` makes them.

pub mod charts;
pub mod drawing;
