//! F1 of frames: who (holder), about what (issue), for or against (stance), wherever in the article it is said.
//!
//! A frame is a triple of a position's holder, issue and stance, every holder with every issue, as discourse networks count them. Each
//! article gives a *set* of triples for each annotator: neither borders nor how often something is repeated matters. A holder is the register
//! entity of the record; without it what the mention comes to; without that, how the holder is given (author, unknown). A triple that lacks
//! one of the three is not counted.

use std::collections::BTreeSet;

use super::corpus::Side;
use super::f1::finding;
use super::fields::{Context, Names, record_key};
use super::metric::{Metric, Undefined};
use super::tally::{Row, Subject, Tally};
use crate::model::{FieldKind, Value};

/// A frame, with the label of the span that holds it: holder, issue and stance by the numbers of their names.
pub(super) type Frame = (u16, [u32; 3]);

/// The frames of one annotator in one article.
pub(super) fn frames(side: &Side<'_>, context: &Context<'_>, names: &mut Names) -> BTreeSet<Frame> {
    let mut found = BTreeSet::new();
    for (span, label) in side.spans.iter().zip(&side.labels) {
        let records = |name: &str| span.fields.get(name).map(Value::each).unwrap_or_default();
        let defs = |name: &str| {
            let def = context.schema.fields_of(&span.label).iter().find(|def| def.name == name);
            match def.map(|def| &def.kind) {
                Some(FieldKind::Record(fields)) => fields.as_slice(),
                _ => &[],
            }
        };
        for holder in records("holders").iter().filter_map(Value::as_record) {
            let Some(who) = record_key(defs("holders"), holder, context)
                .or_else(|| holder.text("entity").or(holder.text("how")).map(str::to_owned))
            else {
                continue;
            };
            for issue in records("issues").iter().filter_map(Value::as_record) {
                if let (Some(what), Some(stance)) = (issue.text("issue"), issue.text("stance")) {
                    let frame = [who.as_str(), what, stance].map(|name| names.number(name.to_owned()));
                    found.insert((*label, frame));
                }
            }
        }
    }
    found
}

/// The sums of all articles. Each entry is one article's frames of both annotators; `None` as label counts all labels.
pub(super) fn tally(articles: &[[&BTreeSet<Frame>; 2]], label: Option<u16>, name: &str) -> Tally {
    let rows = articles
        .iter()
        .map(|[reference, other]| {
            let of = |frames: &BTreeSet<Frame>| -> BTreeSet<[u32; 3]> {
                let chosen = frames.iter().filter(|frame| label.is_none_or(|label| frame.0 == label));
                chosen.map(|(_, frame)| *frame).collect()
            };
            let (reference, other) = (of(reference), of(other));
            let right = reference.intersection(&other).count() as f64;
            let row: Row = vec![(0, right), (1, reference.len() as f64), (2, other.len() as f64)];
            row
        })
        .collect();
    let measure = finding(Subject::new(Metric::FrameF1, name), 0, Undefined::NoFrames);
    Tally { rows, width: 3, measures: vec![measure] }
}
