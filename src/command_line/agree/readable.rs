//! What of a set can still be found after its article was changed.

use crate::model::AnnotationSet;
use crate::text::CanonicalText;

/// How many spans still stand over the words they were put on, and of how many others the words occur exactly once elsewhere.
pub(super) fn still_there(set: &AnnotationSet, text: &CanonicalText) -> (usize, usize) {
    let (mut in_place, mut elsewhere) = (0, 0);
    for span in set.spans() {
        match &span.misquote {
            None => in_place += 1,
            Some(quote) if span.parts.len() == 1 && !quote.text.is_empty() => {
                elsewhere += usize::from(text.as_str().matches(quote.text.as_str()).take(2).count() == 1);
            }
            Some(_) => {}
        }
    }
    (in_place, elsewhere)
}
