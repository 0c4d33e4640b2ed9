//! `postil diff`: in what two annotators differ, or what gold made of one's work.

mod json;
mod text;

use clap::ValueEnum;
use rayon::prelude::*;

use super::outcome::{Exit, Failure};
use super::place::InProject;
use super::sides::{OnArticle, by_article, names_known, tell};
use super::terminal::{answer, answer_json, count, is_stopped, listen_for_ctrl_c, say};
use super::validate::load;
use crate::model::{GOLD, Schema};
use crate::review::against_gold::{AgainstGold, fates};
use crate::review::difference::{Comparison, compare};
use crate::store::nearest;

/// Show in what two annotators differ, or with `gold`: what was changed, and why
#[derive(Debug, clap::Args)]
#[command(after_long_help = SHAPE)]
pub(super) struct Diff {
    /// An annotator
    #[arg(value_name = "A")]
    one: String,
    /// Another, or `gold`
    #[arg(value_name = "B")]
    other: String,
    #[command(flatten)]
    project: InProject,
    /// Only this article: its path, its name or the name without ending
    #[arg(long, value_name = "NAME")]
    article: Option<String>,
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A list for people
    #[default]
    Text,
    /// One JSON document
    Json,
}

/// The shape of the JSON document, for `--help`.
const SHAPE: &str = r#"Differences are no fault: the exit code is 0 whether there are any or not, and 3 if a file could not be read.

The JSON document:
  {"annotators": ["anna", "boris"], "articles": 7,
   "counts": {"places": 120, "agreed": 90, "only_some": 12, "borders": 9, "label": 4, "fields": 11, "relations": 3},
   "one_sided": [{"article": "articles/b.txt", "annotator": "anna"}],
   "other_texts": [{"article": …, "annotator": …, "stayed": 9, "moved": 2, "lost": ["s4"]}],
   "differences": [
     {"article": "articles/a.txt", "key": "anna:s3+boris:s4", "kinds": ["borders", "fields"], "start": 10, "end": 25,
      "spans": {"anna": {"id": "s3", "label": "entity", "start": 10, "end": 20, "parts": [[10, 20]], "text": "…"},
                "boris": {…} or null where only the other marked something},
      "fields": [{"field": "holders[1].how", "anna": "explicit", "boris": null}],
      "gold": {"fate": "changed", "outcome": "taken", "by": "carla", "when": "…", "how": "take", "why": "…"}}],
   "relations": [{"article": …, "label": "attacks", "anna": {"id": "r1", "from": "s3", "to": "s4"}, "boris": null}],
   "article_fields": [{"article": …, "field": "topic", "anna": "talks", "boris": null}]}
A place counts under every kind that holds. Offsets are code points. `gold` is there when one of the two is gold; `fate` is `kept`,
`changed`, `rejected`, `absent` or `added`, and the rest is there where somebody decided."#;

/// One article with two annotators' sets compared.
struct Compared<'a> {
    on: &'a OnArticle,
    comparison: Comparison,
    /// What gold made of it, where one of the two is gold. By cluster.
    fates: Vec<AgainstGold>,
}

/// Everything there is to say.
struct Differences<'a> {
    annotators: [&'a str; 2],
    articles: Vec<Compared<'a>>,
    /// Articles that only one has annotated.
    one_sided: Vec<&'a OnArticle>,
}

impl Diff {
    pub fn run(self) -> Result<Exit, Failure> {
        let project = self.project.open()?;
        listen_for_ctrl_c();
        let loaded = load(&project)?;
        // Gold comes second, so that the annotator's work is seen from gold whichever way round it was asked.
        let mut names = vec![self.one.clone(), self.other.clone()];
        if names[0] == GOLD {
            names.reverse();
        }
        names_known(&project, &names)?;
        let mut unreadable = 0;
        for fault in loaded.all_faults() {
            say(fault);
            unreadable += 1;
        }
        let mut all = by_article(&loaded, &names);
        if let Some(wanted) = &self.article {
            let paths: Vec<&str> = loaded.articles.iter().map(|article| article.path.as_str()).collect();
            let article = article_called(wanted, &paths)?;
            all.retain(|on| on.article.path == article);
        }
        for on in &all {
            for side in &on.sides {
                if let Some(told) = &side.reanchored {
                    say(tell(&on.article.path, side, told));
                }
            }
        }
        let (both, one_sided): (Vec<&OnArticle>, Vec<&OnArticle>) =
            all.iter().partition(|on| on.sides.len() == 2);
        let articles: Option<Vec<Compared<'_>>> =
            both.into_par_iter().map(|on| (!is_stopped()).then(|| compared(on, &project.schema))).collect();
        let differences = Differences {
            annotators: [&names[0], &names[1]],
            articles: articles.ok_or(Failure::Stopped)?,
            one_sided,
        };
        if differences.articles.is_empty() {
            say(format!(
                "{} and {} have no article in common, so there is nothing to compare.",
                names[0], names[1]
            ));
        }
        match self.format {
            Format::Text => answer(&text::report(&differences))?,
            Format::Json => answer_json(&json::document(&differences))?,
        }
        if unreadable == 0 {
            return Ok(Exit::Done);
        }
        say(format!("{} could not be read and were not compared.", count(unreadable, "file", "files")));
        Ok(Exit::Disk)
    }
}

fn compared<'a>(on: &'a OnArticle, schema: &Schema) -> Compared<'a> {
    let sets: Vec<_> = on.sides.iter().map(|side| (side.annotator.as_str(), &side.set)).collect();
    let comparison = compare(&sets, schema);
    let gold = on.side(GOLD);
    let fates = gold.map_or_else(Vec::new, |gold| fates(&comparison, &gold.set));
    Compared { on, comparison, fates }
}

/// The article that is meant: by its path, its file's name, or that without its ending.
fn article_called<'p>(wanted: &str, paths: &[&'p str]) -> Result<&'p str, Failure> {
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let is_meant: [&dyn Fn(&str) -> bool; 3] =
        [&|path| path == wanted, &|path| name(path) == wanted, &|path| {
            crate::model::file_stem(path) == wanted
        }];
    for is_meant in is_meant {
        let found: Vec<&str> = paths.iter().copied().filter(|path| is_meant(path)).collect();
        match found[..] {
            [one] => return Ok(one),
            [] => {}
            _ => {
                return Err(Failure::Usage(format!(
                    "Several articles are called `{wanted}`: {}. Give the whole path.",
                    found.join(", ")
                )));
            }
        }
    }
    let names: Vec<String> = paths.iter().map(|path| name(path)).collect();
    let guess = nearest(wanted, names.iter().map(String::as_str));
    let guess = guess.map_or(String::new(), |near| format!(" Did you mean `{near}`?"));
    Err(Failure::Usage(format!("There is no article `{wanted}` in this project.{guess}")))
}
