//! `postil explain`: what a validation rule means.

use super::outcome::{Exit, Failure};
use super::terminal::answer;
use crate::store::nearest;
use crate::validate::{explain, rules};

/// Tell what a validation rule means, why, and how to mend what it finds
#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// The rule's code, as `postil validate` prints it, or its name
    code: String,
}

impl Explain {
    pub fn run(self) -> Result<Exit, Failure> {
        match explain(&self.code) {
            Some(page) => answer(&page).map(|()| Exit::Done),
            None => {
                let known = rules().iter().flat_map(|rule| [rule.code, rule.name]);
                let near = nearest(&self.code, known)
                    .map_or(String::new(), |near| format!(" Did you mean `{near}`?"));
                let codes: Vec<&str> = rules().iter().map(|rule| rule.code).collect();
                Err(Failure::Usage(format!(
                    "There is no rule `{}`.{near} There are: {}.",
                    self.code,
                    codes.join(" ")
                )))
            }
        }
    }
}
