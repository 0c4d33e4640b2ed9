//! `postil assign`: who annotates which article.

use super::outcome::{Exit, Failure};
use super::place::InProject;
use super::terminal::{answer, count};
use crate::model::GOLD;
use crate::review::assignment::assign;
use crate::store::{is_article_name, safe_name};

/// Say who annotates which article: by hand, or so many annotators each by a draw
#[derive(Debug, clap::Args)]
pub(super) struct Assign {
    /// Give each article this many annotators, as evenly as can be; what is assigned already stays
    #[arg(long, value_name = "K", conflicts_with_all = ["articles", "to"])]
    each: Option<usize>,
    /// Decides the draw: the same seed gives the same assignments
    #[arg(long, value_name = "N", default_value_t = 0, requires = "each")]
    seed: u64,
    /// Articles to assign by hand, by their paths in the project; needs --to
    #[arg(value_name = "ARTICLE", requires = "to")]
    articles: Vec<String>,
    /// Who gets the articles named; nobody (`--to ""`) makes them everyone's again
    #[arg(long, value_name = "A,B,…", value_delimiter = ',', requires = "articles")]
    to: Vec<String>,
    /// Among whom to draw; else all annotators of the project
    #[arg(long, value_name = "A,B,…", value_delimiter = ',', requires = "each")]
    annotators: Vec<String>,
    /// Forget what is assigned and begin anew
    #[arg(long, requires = "each")]
    again: bool,
    /// Whether annotators see others' work on an article only once they are done with it
    #[arg(long, value_name = "yes|no", value_parser = ["yes", "no"])]
    blind_until_done: Option<String>,
    #[command(flatten)]
    project: InProject,
}

impl Assign {
    pub fn run(self) -> Result<Exit, Failure> {
        let mut project = self.project.open()?;
        let known: Vec<String> = project.articles().into_iter().map(|entry| entry.path).collect();
        let people: Vec<String> = match self.annotators.is_empty() {
            true => project.annotators().into_iter().filter(|name| name != GOLD).collect(),
            false => self.annotators.clone(),
        };
        check_names(people.iter().chain(&self.to))?;
        if let Some(each) = self.each {
            if each == 0 {
                return Err(Failure::Usage(
                    "--each 0 would give the articles to nobody; give 1 or more.".into(),
                ));
            }
            if self.again {
                project.settings.assignments.clear();
            }
            project.settings.assignments =
                assign(&known, &people, each, self.seed, &project.settings.assignments)
                    .map_err(|refused| Failure::Usage(format!("{refused}.")))?;
        }
        for article in &self.articles {
            if !known.contains(article) {
                let hint = if is_article_name(article) {
                    ""
                } else {
                    " Articles are named by their paths, with ending."
                };
                return Err(Failure::Usage(format!(
                    "There is no article `{article}` in this project.{hint}"
                )));
            }
            let to: Vec<String> = self.to.iter().filter(|name| !name.is_empty()).cloned().collect();
            match to.is_empty() {
                true => drop(project.settings.assignments.remove(article)),
                false => drop(project.settings.assignments.insert(article.clone(), to)),
            }
        }
        if let Some(blind) = &self.blind_until_done {
            project.settings.blind_until_done = blind == "yes";
        }
        // Whoever was named annotates here from now on.
        for name in self.to.iter().chain(&self.annotators).filter(|name| !name.is_empty()) {
            if !project.settings.annotators.contains(name) {
                project.settings.annotators.push(name.clone());
            }
        }
        project.save_settings()?;
        answer(&table(&project.settings.assignments, &known))?;
        Ok(Exit::Done)
    }
}

fn check_names<'a>(names: impl Iterator<Item = &'a String>) -> Result<(), Failure> {
    for name in names.filter(|name| !name.is_empty()) {
        if name == GOLD {
            return Err(Failure::Usage(
                "gold is adjudicated, not annotated, so nothing is assigned to it.".into(),
            ));
        }
        if name.trim() != name || safe_name(name).is_empty() {
            return Err(Failure::Usage(format!("`{name}` cannot be an annotator's name.")));
        }
    }
    Ok(())
}

fn table(assignments: &std::collections::BTreeMap<String, Vec<String>>, articles: &[String]) -> String {
    let mut out = String::new();
    let mut load: Vec<(&str, usize)> = Vec::new();
    for article in articles {
        let Some(names) = assignments.get(article) else { continue };
        out.push_str(&format!("{article}: {}\n", names.join(", ")));
        for name in names {
            match load.iter_mut().find(|(known, _)| known == name) {
                Some((_, n)) => *n += 1,
                None => load.push((name, 1)),
            }
        }
    }
    let everyones = articles.iter().filter(|article| !assignments.contains_key(*article)).count();
    load.sort_unstable();
    for (name, n) in load {
        out.push_str(&format!("{name} has {}\n", count(n, "article", "articles")));
    }
    if everyones > 0 {
        out.push_str(&format!("{} everyone's\n", count(everyones, "article is", "articles are")));
    }
    if out.is_empty() {
        out.push_str("There is nothing to assign: the project has no articles.\n");
    }
    out
}
