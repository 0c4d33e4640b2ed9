//! F1 of frames: who (holder), about what (issue), for or against (stance), wherever in the article it is said.
//!
//! A frame is a triple of a position's holder, issue and stance, every holder with every issue, as discourse networks count them. Each
//! article gives a *set* of triples for each annotator: neither borders nor how often something is repeated matters. A holder is the register
//! entity of the record; without it what the mention comes to; without that, how the holder is given (author, unknown). A triple that lacks
//! one of the three is not counted.

use std::collections::BTreeSet;

use super::corpus::Side;
use super::f1::finding;
use super::fields::{Context, record_key};
use super::metric::{Metric, Undefined};
use super::tally::{Rows, Subject, Tally, row};
use super::vocabulary::Names;
use crate::model::{FieldKind, Value};

/// A frame, with the label of the span that holds it: holder, issue and stance by the numbers that their names
/// have in this article.
pub(super) type Frame = (u16, [u32; 3]);

/// The frames of one annotator in one article.
pub(super) fn frames<'a>(side: &Side<'a>, context: &Context<'a>, names: &mut Names) -> BTreeSet<Frame> {
    let mut found = BTreeSet::new();
    for (span, label) in side.spans().iter().zip(&side.labels) {
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
                .or_else(|| holder.text("entity").or(holder.text("how")).map(Into::into))
            else {
                continue;
            };
            for issue in records("issues").iter().filter_map(Value::as_record) {
                if let (Some(what), Some(stance)) = (issue.text("issue"), issue.text("stance")) {
                    let frame = [&*who, what, stance].map(|name| names.number(name));
                    found.insert((*label, frame));
                }
            }
        }
    }
    found
}

/// How many frames both have, the reference and the other. `None` as label counts all labels.
pub(super) fn compare([reference, other]: [&BTreeSet<Frame>; 2], label: Option<u16>) -> [f64; 3] {
    let of = |frames: &BTreeSet<Frame>| -> BTreeSet<[u32; 3]> {
        let chosen = frames.iter().filter(|frame| label.is_none_or(|label| frame.0 == label));
        chosen.map(|(_, frame)| *frame).collect()
    };
    let (reference, other) = (of(reference), of(other));
    let both = reference.intersection(&other).count();
    [both, reference.len(), other.len()].map(|count| count as f64)
}

/// The sums of all articles: what [`compare`] gave for each.
pub(super) fn tally(articles: &[(u32, [f64; 3])], name: &str) -> Tally {
    let mut rows = Rows::new();
    articles.iter().for_each(|(article, sums)| rows.extend(row(*article, sums)));
    let measure = finding(Subject::new(Metric::FrameF1, name), [0, 1, 2], Undefined::NoFrames);
    Tally { rows, width: 3, measures: vec![measure] }
}
