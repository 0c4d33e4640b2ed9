//! Validation: what is wrong with annotations and the lists they rest on, where, and how to mend it.
//!
//! Knows the model and the text, never a disk: whoever reads files hands in what was read and what could not be. There is one
//! table of rules ([`rules`]); `explain`, the manual (`docs/rules.md`), the settings' keys, the reports and the tests are read from it.
//! A rule is a plain function over what it looks at (a span, a field, a value, a relation, a set, one annotator's sets, a
//! project); it says *found* and the words come from its template, so that a finding can be said in any language.
//!
//! - `rules/`: the rules, one file a rule or a tight family
//! - `scope`: what rules look at: a set with everything that is asked of it more than once
//! - `run`: which rules look at what, in one walk over spans and fields
//! - `report`: the findings as text, JSON, SARIF and workflow commands
//!
//! Invariants: no rule costs more than n log n in the number of spans; findings come in the same order every time; a safe fix
//! removes its finding, loses nothing that was said, and can be taken back.

mod draft;
mod explain;
mod finding;
mod mend;
mod report;
mod rule;
mod rules;
mod run;
mod scope;

pub use explain::{explain, manual, templates};
pub use finding::{Args, Finding, Fix};
pub use mend::{Mended, mend};
pub use report::{Report, report_github, report_json, report_sarif, report_text};
pub use rule::{Fixability, Rule};
pub use rules::rules;
pub use run::{ArticleState, ProjectInput, SetInput, SetState, check_project, check_set};
