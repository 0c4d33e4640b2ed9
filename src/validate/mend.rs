//! Making the safe fixes.

use super::finding::Finding;
use super::run::{SetInput, check_set};
use crate::model::{Transaction, Workspace};

/// What mending came to.
#[derive(Debug)]
pub struct Mended {
    /// The annotations as they are now.
    pub workspace: Workspace,
    /// The transactions that made them so, each with what it mended, in order.
    pub steps: Vec<(Finding, Transaction)>,
}

/// Makes every safe fix there is in a set, looking again after each round, as one fix may make room for another or in its place.
///
/// `input.places` may be given for the places of the findings; they are those of the file as it was.
pub fn mend(input: &SetInput) -> Mended {
    let mut mended = Mended {
        workspace: Workspace {
            set: input.set.clone(),
            register: input.register.clone(),
            codebook: input.codebook.clone(),
        },
        steps: Vec::new(),
    };
    // Every round makes at least one fix, and no fix brings back what another took away; the bound is for rules to come.
    for _ in 0..64 {
        let now = SetInput { set: &mended.workspace.set, ..*input };
        let fixable: Vec<Finding> = check_set(&now)
            .into_iter()
            .filter(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safe))
            .collect();
        let before = mended.steps.len();
        for finding in fixable {
            let Some(fix) = &finding.fix else { continue };
            let step = Transaction::new("mend", finding.rule, fix.changes.clone());
            // Two fixes of one span cannot both fit: the second comes in the next round, seen anew.
            if step.apply(&mut mended.workspace).is_ok() {
                mended.steps.push((finding, step));
            }
        }
        if mended.steps.len() == before {
            break;
        }
    }
    mended
}
