//! Files that could not be used at all: whoever read them said why, these rules give it a code.

use std::collections::BTreeSet;

use crate::model::FileFaultKind;
use crate::validate::draft::{Draft, Findings, TOP};
use crate::validate::rule::{Check, rule};
use crate::validate::run::ProjectInput;

fn faults_of(kind: FileFaultKind, input: &ProjectInput, findings: &mut Findings) {
    let of_articles =
        input.articles.iter().filter_map(|state| Some((state.outcome.err()?, Some(state.path))));
    let of_sets = input.sets.iter().filter_map(|state| Some((state.outcome.err()?, None)));
    let all = input.faults.iter().map(|fault| (fault, None)).chain(of_articles).chain(of_sets);
    // An article that annotations speak of and that is not there is reported once, with the annotations.
    let wanted: BTreeSet<&str> =
        input.sets.iter().filter_map(|state| Some(state.outcome.as_ref().ok()?.0.article.as_str())).collect();
    let mut seen = BTreeSet::new();
    for (fault, article) in all {
        if fault.kind != kind || !seen.insert((&fault.file, fault.place)) {
            continue;
        }
        if kind == FileFaultKind::Missing && article.is_some_and(|path| wanted.contains(path)) {
            continue;
        }
        let mut draft = Draft::in_file(fault.file.as_str())
            .at(fault.place.unwrap_or(TOP))
            .arg("file", &fault.file)
            .arg("detail", fault.detail.trim_end_matches('.'));
        if let Some(article) = article {
            draft = draft.article(article);
        }
        findings.push(draft);
    }
}

rule!(
    FILE_MISSING = "P001" "file-missing" Error Never
    Check::Project(|input, findings| faults_of(FileFaultKind::Missing, input, findings)),
    "A file that the project names is not there.",
    message: "{file}: {detail}.",
    does: "Finds files that `postil.ron` names (schema, codebook, register) and that are not on the disk.",
    bad: "Without its schema a project does not know what its labels mean; nothing else can be checked well.",
    example: "`postil.ron` says `schema: \"schema.ron\"`, but there is no `schema.ron`.",
    mend: "Bring the file back from a backup or from version control, or correct its path in `postil.ron`.",
);

rule!(
    FILE_UNREADABLE = "P002" "file-unreadable" Error Never
    Check::Project(|input, findings| faults_of(FileFaultKind::Unreadable, input, findings)),
    "A file is there but cannot be read.",
    message: "{file}: {detail}.",
    does: "Finds files that the system does not let Postil read.",
    bad: "What is in them is neither shown, checked nor exported.",
    example: "A file that belongs to another user, or lies on a drive that is gone.",
    mend: "Give yourself the right to read the file, or bring the drive back.",
);

rule!(
    RON_MALFORMED = "P003" "ron-malformed" Error Never
    Check::Project(|input, findings| faults_of(FileFaultKind::Malformed, input, findings)),
    "A file is not well-formed RON, or ends in the middle.",
    message: "{file} is not well-formed: {detail}.",
    does: "Finds RON files that cannot be parsed, with the line and column where reading stopped.",
    bad: "Nothing in the file can be used. Postil never overwrites such a file.",
    example: "```ron\n(format: 1, article: \"articles/a.txt\", spans: [(id: \"s1\"\n```\nThe file ends in the middle of a span.",
    mend: "Look at the place named: usually a bracket, a comma or a quotation mark is missing. A half-written file can be taken from version control; what was done last is also in the journal under `.postil`.",
);

rule!(
    FILE_MISSHAPEN = "P004" "file-misshapen" Error Never
    Check::Project(|input, findings| faults_of(FileFaultKind::Misshapen, input, findings)),
    "A file is RON, but not of the shape it must have.",
    message: "{file} does not have the shape of such a file: {detail}.",
    does: "Finds files that parse but hold an unknown key, lack one, hold a value of the wrong type, or give one register or codebook id to two entries.",
    bad: "Reading on would mean guessing, and guessing would lose what was meant.",
    example: "`spans: \"none\"` where a list must stand; two terms with the id `territory.donbas`.",
    mend: "Correct the place named. The manual's page on files shows the shape of each.",
);

rule!(
    FORMAT_TOO_NEW = "P005" "format-too-new" Error Never
    Check::Project(|input, findings| faults_of(FileFaultKind::TooNew, input, findings)),
    "A file was written by a newer Postil.",
    message: "{file} was written by a newer version of Postil: {detail}",
    does: "Finds files whose `format` number is greater than this version knows.",
    bad: "A newer format may hold things that this version would drop when it saves, so it refuses to open the file.",
    example: "```ron\n(format: 99, …)\n```",
    mend: "Update Postil, or ask whoever wrote the file to export it.",
);

rule!(
    FORMAT_UNKNOWN = "P006" "format-unknown" Error Never
    Check::Project(|input, findings| faults_of(FileFaultKind::UnknownFormat, input, findings)),
    "A file does not say which format it is in, or says one that never was.",
    message: "{file} does not say a known format: {detail}",
    does: "Finds files without a `format` number, or with one that no version of Postil ever wrote.",
    bad: "The number tells how the file is to be read; without it any reading is a guess.",
    example: "```ron\n(article: \"articles/a.txt\", spans: [])\n```\nThere is no `format`.",
    mend: "If the file looks like the others, add the `format` number they have; else take it from a backup.",
);

rule!(
    NOT_TEXT = "P007" "not-text" Error Never
    Check::Project(|input, findings| faults_of(FileFaultKind::NotText, input, findings)),
    "A file is not text.",
    message: "{file}: {detail}.",
    does: "Finds articles and RON files whose bytes are no text in any encoding that Postil knows.",
    bad: "Offsets count characters; a file without characters cannot be annotated.",
    example: "A PDF or a Word document saved under the name `article.txt`.",
    mend: "Save the file as plain text, UTF-8 if possible, and add it again.",
);
