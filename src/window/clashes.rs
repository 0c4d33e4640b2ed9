//! What someone else changed as well as we: put into words for the dialog, and the answer taken back.

use super::app::App;
use super::describe::Describer;
use super::dialogs::{ConflictDialog, ConflictOutcome, ConflictView, Keep};
use super::panel::Panel;
use crate::model::Subject;
use crate::session::Notice;
use crate::store::Version;

/// The dialog about the clashes of the article at hand.
pub(super) fn dialog(panel: &Panel<'_>) -> Option<ConflictDialog> {
    let open = panel.open()?;
    let words = panel.describer()?;
    let views = open.clashes.iter().map(|clash| {
        let conflict = &clash.conflict;
        let version =
            |v: &Option<Version>| v.as_ref().map_or(panel.say("clash-gone"), |v| in_words(&words, v));
        let title = match (&conflict.subject, &conflict.ours, &conflict.theirs) {
            (_, Some(Version::Span(span)), _) | (_, _, Some(Version::Span(span))) => words.span(span),
            (Subject::Status, ..) => panel.say("clash-status"),
            (Subject::ArticleField(name), ..) => name.clone(),
            (Subject::Relation(id), ..) => id.to_string(),
            (subject, ..) => format!("{subject:?}"),
        };
        ConflictView { title, mine: version(&conflict.ours), theirs: version(&conflict.theirs), choice: None }
    });
    Some(ConflictDialog::new(open.desk.article.path.clone(), views.collect()))
}

fn in_words(words: &Describer<'_>, version: &Version) -> String {
    match version {
        Version::Span(span) => {
            let mut lines = vec![words.span(span)];
            lines.extend(words.fields(words.schema.fields_of(&span.label), &span.fields));
            if !span.note.is_empty() {
                lines.push(span.note.clone());
            }
            lines.join("\n")
        }
        Version::Relation(relation) => format!("{}: {} → {}", relation.label, relation.from, relation.to),
        Version::Status(status) => status.to_string(),
        Version::Field(value) => serde_json::to_string(value).unwrap_or_default(),
        Version::Decision(decision) => {
            let parts = [decision.how.as_str(), decision.by.as_str(), decision.why.as_str()];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
        }
    }
}

impl App {
    /// Does what was decided; the rest is asked about again later.
    pub(super) fn decide_clashes(&mut self, outcome: ConflictOutcome) {
        let ConflictOutcome::Decided(views) = outcome else {
            self.clashes_put_off = true;
            return;
        };
        let Some(session) = &mut self.state.session else { return };
        // From the back, so that deciding one does not move those still to be decided.
        for (n, view) in views.iter().enumerate().rev() {
            if let Err(why) = session.decide(n, view.choice == Some(Keep::Theirs)) {
                self.notices.add([Notice::warning("notice-outdated").with("thing", &why.thing)]);
            }
        }
    }
}
