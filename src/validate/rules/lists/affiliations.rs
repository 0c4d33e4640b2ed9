//! Whom register entries belong to, and when.

use crate::model::{Affiliation, Entity};
use crate::validate::draft::{Draft, Findings};
use crate::validate::rule::{Check, rule};
use crate::validate::rules::fields::bounds::is_date;
use crate::validate::run::ProjectInput;

fn affiliations<'a>(
    input: &'a ProjectInput<'a>,
) -> impl Iterator<Item = (&'a Entity, &'a Affiliation, Draft)> {
    input.register.iter().flat_map(|entity| {
        entity.affiliations.iter().map(|affiliation| {
            let draft = Draft::in_file(input.settings.register.as_str())
                .arg("entity", &entity.id)
                .arg("to", &affiliation.entity);
            (&**entity, affiliation, draft)
        })
    })
}

fn affiliation_unknown(input: &ProjectInput, findings: &mut Findings) {
    for (_, affiliation, draft) in affiliations(input) {
        if input.register.get(affiliation.entity.as_str()).is_none() {
            findings.push(draft);
        }
    }
}

rule!(
    AFFILIATION_UNKNOWN = "P722" "affiliation-unknown" Error Never Check::Project(affiliation_unknown),
    "A register entry belongs to an entry that does not exist.",
    message: "The entry {entity} is affiliated with {to}, which the register does not have. Correct the id, or add that entry.",
    does: "Finds affiliations whose `entity` is not in the register.",
    bad: "Counts by government or party miss the person.",
    example: "`affiliations: [(entity: \"whitehouse\")]` where the entry is `white-house`.",
    mend: "Correct the id, or add the entry.",
);

fn affiliation_dates(input: &ProjectInput, findings: &mut Findings) {
    for (_, affiliation, draft) in affiliations(input) {
        let dates = [&affiliation.from, &affiliation.to];
        let malformed = dates.into_iter().flatten().find(|date| !is_date(date));
        let inverted = match (&affiliation.from, &affiliation.to) {
            // ISO dates sort as texts; of different length only the shared beginning can be compared.
            (Some(from), Some(to)) if malformed.is_none() => {
                let shared = from.len().min(to.len());
                from[..shared] > to[..shared]
            }
            _ => false,
        };
        if let Some(date) = malformed {
            findings.push(draft.arg("problem", format!("“{date}” is no date")));
        } else if inverted {
            findings.push(draft.arg("problem", "the last day lies before the first"));
        }
    }
}

rule!(
    AFFILIATION_DATES = "P723" "affiliation-dates" Warning Never Check::Project(affiliation_dates),
    "The dates of an affiliation make no sense.",
    message: "The affiliation of {entity} with {to}: {problem}. Write days as 2026-01-21, the first before the last.",
    does: "Finds affiliations whose `from` or `to` is no date, or whose `to` lies before `from`.",
    bad: "Nobody can tell for whom the person spoke on the day of the article.",
    example: "`(entity: \"usa\", from: \"2025\", to: \"2021\")`",
    mend: "Correct the dates.",
);
