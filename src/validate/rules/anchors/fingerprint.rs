//! The article's fingerprint against the file's.

use crate::validate::draft::Findings;
use crate::validate::rule::{Check, rule};
use crate::validate::scope::SetScope;

fn fingerprint_differs(scope: &SetScope, findings: &mut Findings) {
    let set = scope.input.set;
    let Some(text) = scope.text else { return };
    // A set that was never saved has no fingerprint yet.
    if set.fingerprint.is_empty() || set.fingerprint == text.fingerprint() {
        return;
    }
    findings.push(scope.draft().arg("article", &set.article).arg("then", set.length).arg("now", text.len()));
}

rule!(
    FINGERPRINT_DIFFERS = "P100" "fingerprint-differs" Error Never Check::Set(fingerprint_differs),
    "The article changed after it was annotated.",
    message: "{article} is not the text that was annotated: its fingerprint differs (it had {then} code points, now it has {now}). Bring the old text back, or look the moved spans over and save.",
    does: "Compares the article's fingerprint (SHA-256 of its canonical text) with the one that the annotation file gives.",
    bad: "Every offset behind the change may point at other words.",
    example: "Someone corrected a typing error in `articles/a.txt` in a text editor.",
    mend: "Bring the old text back from version control; or keep the new one, mend the spans whose surface differs (P101), and save the annotations in the window, which writes the new fingerprint.",
);

fn fingerprint_missing(scope: &SetScope, findings: &mut Findings) {
    let set = scope.input.set;
    if scope.input.places.is_some() && set.fingerprint.is_empty() && !set.is_empty() {
        findings.push(scope.draft().arg("article", &set.article));
    }
}

rule!(
    FINGERPRINT_MISSING = "P113" "fingerprint-missing" Warning Never Check::Set(fingerprint_missing),
    "An annotation file does not say which text it is on.",
    message: "This file gives no fingerprint of {article}, so nobody can tell whether the text changed. Open the article and save.",
    does: "Finds annotation files with spans and an empty `fingerprint`.",
    bad: "A change of the article would go unnoticed.",
    example: "A file written by hand or by a script, with `fingerprint: \"\"`.",
    mend: "Open the article in the window, look the spans over, and save.",
);
