//! Losses that formats of bare spans have in common.

use super::{LossReport, Record};
use crate::model::Fields;

/// Counts what a format that knows spans, labels and relations alone has no place for: fields, notes, words that stand elsewhere now,
/// relations without both ends.
pub(super) fn count_unsaid(record: &Record, loss: &mut LossReport) {
    let set = &record.set;
    let (mut values, mut notes, mut misquotes) = (set.fields.len(), 0, 0);
    for span in set.spans() {
        values += filled(&span.fields);
        notes += usize::from(!span.note.is_empty());
        misquotes += usize::from(span.misquote.is_some());
    }
    values += set.relations().map(|relation| filled(&relation.fields)).sum::<usize>();
    loss.add(values, "value of a field", "values of fields", "left out");
    loss.add(notes, "note", "notes", "left out");
    loss.add(
        misquotes,
        "span that quotes other words than its article has now",
        "spans that quote other words than their articles have now",
        "get the words of the article",
    );
    count_loose_relations(record, loss);
}

/// Counts relations of which an end is not there.
pub(super) fn count_loose_relations(record: &Record, loss: &mut LossReport) {
    let set = &record.set;
    let loose = set
        .relations()
        .filter(|relation| set.get(&relation.from).is_none() || set.get(&relation.to).is_none())
        .count();
    loss.add(loose, "relation without both ends", "relations without both ends", "left out");
}

/// How many fields are filled in.
fn filled(fields: &Fields) -> usize {
    fields.len()
}

/// The number of an id such as `s7`, if it is written as numbers are.
pub(super) fn number_of(id: &str, letter: char) -> Option<u64> {
    let digits = id.strip_prefix(letter)?;
    let number: u64 = digits.parse().ok()?;
    // `s07` and `s+7` would come back as `s7`; JavaScript knows no whole numbers above 2⁵³.
    (number.to_string() == digits && number < 1 << 53).then_some(number)
}
