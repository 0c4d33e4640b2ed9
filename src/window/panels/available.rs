//! Which commands have something to act on now; menus and palette show the others faintly.

use crate::window::command::{Command, Group};
use crate::window::panel::Panel;

/// Whether a command would do something now.
pub fn is_available(command: Command, panel: &Panel<'_>) -> bool {
    use Command as C;
    let selected = panel.selected.is_some();
    let words = panel.selection.iter().any(|r| !r.is_empty());
    let edits = panel.may_edit();
    let several = panel.session.is_some_and(|s| s.rows.len() > 1);
    match command {
        C::OpenProject | C::OpenArticles | C::NewProject | C::OpenSample | C::Quit => true,
        C::Palette | C::KeySheet | C::ToggleTheme | C::English | C::Russian | C::Ukrainian => true,
        C::AddArticles | C::CloseProject | C::Import | C::Export | C::TakeBackImport => {
            panel.session.is_some()
        }
        C::ToggleArticles | C::ToggleBelow | C::ToggleFields => panel.session.is_some(),
        C::GoToArticles | C::NextPanel | C::ShowGuidelines => panel.session.is_some(),
        C::NextArticle | C::PreviousArticle => several,
        C::Undo if panel.session.is_some_and(|s| s.comment_to_undo().is_some()) => true,
        C::Redo if panel.session.is_some_and(|s| s.comment_to_redo().is_some()) => true,
        C::Undo => edits && panel.open().is_some_and(|o| !o.desk.history.done().is_empty()),
        C::Redo => edits && panel.open().is_some_and(|o| !o.desk.history.undone().is_empty()),
        C::Copy | C::KeepPart => words,
        C::Relabel | C::Relate | C::Remove | C::GrowEnd | C::ShrinkEnd | C::GrowStart => selected && edits,
        C::ShrinkStart | C::GrowEndCharacter | C::ShrinkEndCharacter => selected && edits,
        C::GrowStartCharacter | C::ShrinkStartCharacter | C::EditNote => selected && edits,
        C::EditFields | C::FollowLinks => selected,
        C::AddPart | C::Reshape => selected && words && edits,
        C::Escape => selected || words,
        C::NextSpan | C::PreviousSpan | C::CycleSpans | C::ListSpans => {
            panel.open().is_some_and(|o| !o.desk.workspace.set.is_empty())
        }
        C::NextProblem | C::PreviousProblem | C::ExplainProblem => {
            panel.open().is_some_and(|o| !o.findings.is_empty())
        }
        C::FixProblem => edits && panel.open().is_some_and(|o| o.findings.fixable() > 0),
        C::MarkDone => edits,
        C::ShowReview | C::ShowOwnWork => panel.open().is_some(),
        C::ShowOverview | C::BringInWork | C::ExportPackage => panel.session.is_some(),
        _ => match command.group() {
            Group::File | Group::Edit | Group::Select | Group::Tag | Group::Go | Group::View => {
                panel.open().is_some()
            }
            Group::Review => panel.session.is_some_and(crate::session::Session::is_reviewing),
            Group::Help => true,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::panels::trial::Trial;

    #[test]
    fn with_nothing_open_only_what_opens_something_is_there() {
        let empty = Trial::empty();
        let there = |c| is_available(c, &empty.panel());
        assert!(there(Command::OpenProject) && there(Command::NewProject) && there(Command::Palette));
        assert!(!there(Command::Undo) && !there(Command::Save) && !there(Command::NextArticle));
        assert!(!there(Command::Relate) && !there(Command::Find) && !there(Command::AddArticles));
    }

    #[test]
    fn what_acts_on_a_span_needs_one() {
        let mut trial = Trial::new();
        assert!(!is_available(Command::Relabel, &trial.panel()));
        trial.selected = Some("s1".into());
        assert!(is_available(Command::Relabel, &trial.panel()));
        assert!(is_available(Command::Undo, &trial.panel()), "the trial's tags can be undone");
        assert!(!is_available(Command::Redo, &trial.panel()));
    }
}
