//! The rules, and the one table of them.
//!
//! A new rule is a `rule!` in the file of its family (or a new file), and a line in the table. Its fixtures stand in `tests/rules.rs`,
//! which fails until there is one; `docs/rules.md` is generated.

mod anchors;
mod consistency;
mod fields;
mod files;
mod identity;
mod links;
mod lists;
mod meaning;

use super::rule::Rule;

/// Every rule by its code. `explain`, the manual, the settings' keys, the reports and the tests are read from here.
static TABLE: &[&Rule] = &[
    &files::faults::FILE_MISSING,
    &files::faults::FILE_UNREADABLE,
    &files::faults::RON_MALFORMED,
    &files::faults::FILE_MISSHAPEN,
    &files::faults::FORMAT_TOO_NEW,
    &files::faults::FORMAT_UNKNOWN,
    &files::faults::NOT_TEXT,
    &files::belonging::ARTICLE_MISSING,
    &files::belonging::ORPHANED_ANNOTATIONS,
    &files::belonging::ANNOTATOR_DIFFERS,
    &files::belonging::ANNOTATOR_UNKNOWN,
    &files::belonging::TWO_FILES,
    &files::assignment::NOT_ASSIGNED,
    &files::assignment::ASSIGNMENT_UNKNOWN,
    &files::settings::RULE_UNKNOWN,
    &files::status::DONE_BUT_INCOMPLETE,
    &files::decoding::BYTES_UNDECODABLE,
    &anchors::fingerprint::FINGERPRINT_DIFFERS,
    &anchors::surface::SURFACE_DIFFERS,
    &anchors::range::OFFSETS_OUT_OF_RANGE,
    &anchors::grapheme::INSIDE_GRAPHEME,
    &anchors::emptiness::EMPTY_SPAN,
    &anchors::emptiness::BLANK_SPAN,
    &anchors::edges::WHITE_SPACE_EDGE,
    &anchors::parts::PARTS_OUT_OF_ORDER,
    &anchors::parts::PARTS_OVERLAP,
    &anchors::parts::EMPTY_PART,
    &anchors::paragraph::CROSSES_PARAGRAPH,
    &anchors::edges::INVISIBLE_EDGE,
    &anchors::word::CUTS_WORD,
    &anchors::fingerprint::FINGERPRINT_MISSING,
    &anchors::stretch::STRETCH_OUT_OF_RANGE,
    &anchors::stretch::STRETCH_EMPTY,
    &anchors::stretch::STRETCH_INSIDE_GRAPHEME,
    &identity::ids::DUPLICATE_SPAN_ID,
    &identity::ids::DUPLICATE_RELATION_ID,
    &identity::ids::ID_BLANK,
    &identity::copies::DUPLICATE_SPAN,
    &identity::copies::SAME_LABEL_TWICE,
    &identity::copies::DUPLICATE_RELATION,
    &fields::names::UNKNOWN_LABEL,
    &fields::names::UNKNOWN_FIELD,
    &fields::choice::UNKNOWN_CHOICE,
    &fields::shape::WRONG_TYPE,
    &fields::shape::WRONG_SHAPE,
    &fields::count::TOO_FEW,
    &fields::count::TOO_MANY,
    &fields::required::REQUIRED_UNSET,
    &fields::required::REQUIRED_WHEN_UNSET,
    &fields::required::FIELD_UNSET,
    &fields::bounds::NUMBER_OUT_OF_BOUNDS,
    &fields::bounds::NUMBER_NOT_WHOLE,
    &fields::bounds::DATE_MALFORMED,
    &fields::text::BLANK_TEXT,
    &fields::text::REPEATED_VALUE,
    &links::spans::DANGLING_LINK,
    &links::spans::WRONG_LINK_LABEL,
    &links::spans::SELF_LINK,
    &links::entities::UNKNOWN_ENTITY,
    &links::entities::WRONG_ENTITY_KIND,
    &links::terms::UNKNOWN_TERM,
    &links::terms::RETIRED_TERM,
    &links::terms::TERM_OUTSIDE_BRANCH,
    &links::relations::UNKNOWN_RELATION,
    &links::relations::DANGLING_RELATION,
    &links::relations::SELF_RELATION,
    &links::relations::WRONG_RELATION_ENDS,
    &links::cycles::CYCLIC_VIA,
    &links::cycles::CYCLIC_LINKS,
    &meaning::stance::STANCE_UNSET,
    &meaning::holder::HOLDER_ABSENT,
    &meaning::holder::HOLDER_UNNAMED,
    &meaning::holder::HOLDER_CONTRADICTS,
    &meaning::contradiction::CONTRADICTORY_STANCES,
    &meaning::stance::ISSUE_TWICE,
    &meaning::kind::KIND_DIFFERS,
    &consistency::overlap::SPANS_OVERLAP,
    &consistency::overlap::SPANS_CROSS,
    &consistency::tagging::TAGGED_DIFFERENTLY,
    &consistency::untagged::UNTAGGED_HERE,
    &lists::schema::SCHEMA_NAME_TWICE,
    &lists::schema::SCHEMA_KEY_TWICE,
    &lists::schema::SCHEMA_BOUNDS,
    &lists::schema::SCHEMA_WHEN_UNKNOWN,
    &lists::schema::SCHEMA_LABEL_UNKNOWN,
    &lists::schema::SCHEMA_TERM_UNKNOWN,
    &lists::schema::SCHEMA_NO_CHOICES,
    &lists::codebook::TERM_CYCLE,
    &lists::codebook::TERM_PARENT_MISSING,
    &lists::codebook::TERM_SUCCESSOR_MISSING,
    &lists::codebook::TERM_SUCCESSOR_CYCLE,
    &lists::names::NAMES_SHARED,
    &lists::affiliations::AFFILIATION_UNKNOWN,
    &lists::affiliations::AFFILIATION_DATES,
    &lists::register::WIKIDATA_MALFORMED,
    &lists::names::WIKIDATA_SHARED,
    &lists::register::ENTITY_UNREFERENCED,
];

/// Every rule, in the order of the codes.
pub fn rules() -> &'static [&'static Rule] {
    TABLE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::{Fixability, explain};

    #[test]
    fn codes_and_names_are_unique_and_in_order() {
        assert!(TABLE.windows(2).all(|pair| pair[0].code < pair[1].code), "by code, none twice");
        let mut names: Vec<&str> = TABLE.iter().map(|rule| rule.name).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    }

    #[test]
    fn every_rule_explains_itself_fully() {
        for rule in TABLE {
            let page = explain(rule.code).unwrap();
            assert_eq!(explain(rule.name).as_deref(), Some(page.as_str()));
            for section in ["What it does", "Why is this bad", "Example", "How to mend it"] {
                assert!(page.contains(section), "{} lacks {section}", rule.code);
            }
            let says_how_safe = page.contains("Fix safety");
            assert_eq!(says_how_safe, rule.fixable != Fixability::Never, "{}", rule.code);
            assert!(rule.summary.ends_with('.') && rule.message.len() < 400, "{}", rule.code);
        }
        assert_eq!(explain("p101"), explain("P101"), "codes in any case");
        assert_eq!(explain("P999"), None);
    }
}
