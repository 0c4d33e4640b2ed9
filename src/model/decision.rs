//! Decisions: what a judge, or a rule, made of a place that annotators saw differently, kept with the gold it led to.
//!
//! A decision is keyed to the *content* it was made on. As long as annotators say nothing that was not seen then, nobody is asked again;
//! whatever is new in their sets is new here too. What a content is, and how its fingerprint is taken, [`crate::review`] says.

use serde::{Deserialize, Serialize};

use super::id::{DecisionId, RelationId, SpanId};
use crate::text::TextRange;

/// What was decided about one place, or one relation, of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Unique within its set. Made from what the decision is, so that two people deciding apart from each other do not take the same.
    pub id: DecisionId,
    /// What came of it.
    pub outcome: Outcome,
    /// Where it is, code points of the canonical text: the stretch that holds everything that was seen.
    pub at: TextRange,
    /// The gold span that came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<SpanId>,
    /// The gold relation that came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<RelationId>,
    /// The fingerprint of what was made, as it was made: tells whether somebody changed it by hand since.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub made: String,
    /// What the judge had before him. By annotator, in the order in which they were compared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<Seen>,
    /// Whose versions the gold was made from; empty for a version of the judge's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// How it was made: `take`, `union`, `mix`, `own` or the name of a rule; for people and for statistics.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub how: String,
    /// Who decided; empty: no person did, a rule was run over the whole project.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// When, RFC 3339.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub when: String,
    /// Why, in the judge's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// What came of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Something went into gold.
    Taken,
    /// What the annotators say is wrong.
    Rejected,
    /// There is nothing to be tagged at this place.
    Nothing,
}

/// A version that was seen.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Whose.
    pub annotator: String,
    /// The id of the span or relation in that annotator's set.
    pub id: String,
    /// The fingerprint of its content then.
    pub content: String,
}

impl Decision {
    /// Whether a person made it, by hand or by looking a rule's proposal over.
    pub fn is_by_a_person(&self) -> bool {
        !self.by.is_empty()
    }
}
