//! Fields that hold a stretch of the article's text, such as a cue.

use crate::model::{FieldKind, Value};
use crate::text::{TextRange, ceil_grapheme, floor_grapheme};
use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::ValueSite;

fn stretch_of(site: &ValueSite) -> Option<Vec<TextRange>> {
    match site.kind() {
        FieldKind::Stretch => site.value.as_stretch(),
        _ => None,
    }
}

fn out_of_range(site: &ValueSite, findings: &mut Findings) {
    let (Some(text), Some(parts)) = (site.scope().text, stretch_of(site)) else {
        return;
    };
    if parts.iter().any(|part| part.end().get() > text.len()) {
        findings.push(site.draft().arg("length", text.len()));
    }
}

rule!(
    STRETCH_OUT_OF_RANGE = "P120" "stretch-out-of-range" Error Never Check::Value(out_of_range),
    "A field's stretch of text reaches past the end of the article.",
    message: "{path} of {owner} points at {value}, but the article has only {length} code points. Mark the words anew, or unset the field.",
    does: "Finds stretches (fields such as `cue`) that end after the article does.",
    bad: "There are no words at that place.",
    example: "`\"cue\": [[990, 1010]]` in an article of 1000 code points.",
    mend: "Mark the words of the field anew in the window.",
);

fn empty(site: &ValueSite, findings: &mut Findings) {
    if let Some(parts) = stretch_of(site)
        && parts.iter().all(|part| part.is_empty())
    {
        findings.push(site.draft().fix("Unset the field", true, site.put(None)));
    }
}

rule!(
    STRETCH_EMPTY = "P121" "stretch-empty" Warning Safe Check::Value(empty),
    "A field's stretch of text covers nothing.",
    message: "{path} of {owner} is a stretch of text that covers nothing. Mark its words, or unset the field.",
    does: "Finds stretches (fields such as `cue`) without a single character.",
    bad: "It looks as if the field were filled in, and it is not.",
    example: "`\"cue\": [[12, 12]]`",
    mend: "Mark the words, or take the fix.",
    safety: "Safe: unset says the same as nothing marked.",
);

fn inside_grapheme(site: &ValueSite, findings: &mut Findings) {
    let (Some(text), Some(parts)) = (site.scope().text, stretch_of(site)) else {
        return;
    };
    let all = text.as_str();
    let whole: Option<Vec<TextRange>> = parts
        .iter()
        .map(|part| {
            let bytes = text.byte_range(*part)?;
            if part.is_empty() {
                return Some(*part);
            }
            text.text_range(floor_grapheme(all, bytes.start)..ceil_grapheme(all, bytes.end))
        })
        .collect();
    if let Some(whole) = whole
        && whole != parts
    {
        let changes = site.put(Some(Value::stretch(&whole)));
        findings.push(site.draft().fix("Take in the whole letters at the edges", true, changes));
    }
}

rule!(
    STRETCH_INSIDE_GRAPHEME = "P122" "stretch-inside-grapheme" Error Safe Check::Value(inside_grapheme),
    "A field's stretch of text begins or ends in the middle of a character.",
    message: "{path} of {owner} begins or ends in the middle of what people see as one character. Take in the whole character.",
    does: "Finds stretches (fields such as `cue`) whose edge lies inside a grapheme cluster (Unicode UAX #29).",
    bad: "The words cannot be shown or exported as they look.",
    example: "A cue that ends between a letter and its combining accent.",
    mend: "Take the fix.",
    safety: "Safe: the stretch grows by signs that cannot be seen apart from what it has already.",
);
