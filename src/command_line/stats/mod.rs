//! `postil stats`: what a project holds, counted.

mod tally;
mod text;

use clap::ValueEnum;

use super::outcome::{Exit, Failure};
use super::place::InProject;
use super::terminal::{answer, answer_json, count, listen_for_ctrl_c, say};
use super::validate::load;
use tally::Statistics;

/// Count what a project holds: articles, annotations, how far the work is, how much is filled in
#[derive(Debug, clap::Args)]
#[command(after_long_help = SHAPE)]
pub(super) struct Stats {
    #[command(flatten)]
    project: InProject,
    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for people
    #[default]
    Text,
    /// One JSON document
    Json,
}

/// The shape of the JSON document, for `--help`.
const SHAPE: &str = r#"The JSON document:
  {"project": "Talks",
   "articles": 5, "tokens": 2100, "code_points": 14200, "languages": {"ru": 4, "uk": 1},
   "unreadable": 0,
   "annotators": ["anna", "boris", "gold"],
   "total": COUNTS, "by_annotator": {"anna": COUNTS, …},
   "progress": {"anna": {"assigned": 5, "untouched": 0, "in_progress": 1, "done": 4, "reviewed": 0, "beyond": 0, "share": 0.8}, …},
   "gold": {"articles": 5, "spans": 330, "with_decision": 330, "decisions": {"taken": 345, "rejected": 12, "nothing": 1},
            "by": {"carla": 41, "rule unanimous": 317}},
   "assignments": {"unassigned": 2, "by_annotators": {"2": 3}}}
COUNTS, over the annotation files of one annotator, or of all:
  {"files": 5, "articles": 5, "tokens": 2100, "code_points": 14200,
   "statuses": {"untouched": 0, "in_progress": 1, "done": 4, "reviewed": 0},
   "spans": 340, "discontinuous": 3, "notes": 12, "spans_by_label": {"entity": 200, …},
   "relations": 20, "relations_by_label": {"supports": 9, …},
   "fields": {"entity": {"kind": {"filled": 190, "of": 200}, …}, …}}
`tokens` and `code_points` of COUNTS are those of the articles that have an annotation file. `untouched` also counts articles that are
the annotator's to do and have no file yet. `share` is what is done or reviewed of what is assigned, null where nothing is. `beyond`: annotated though not assigned. A field's `of` is how many spans of its label there are."#;

impl Stats {
    pub fn run(self) -> Result<Exit, Failure> {
        let project = self.project.open()?;
        listen_for_ctrl_c();
        let loaded = load(&project)?;
        let faults: Vec<_> = loaded.all_faults().collect();
        for fault in &faults {
            say(fault);
        }
        let statistics = Statistics::of(&loaded);
        match self.format {
            Format::Text => answer(&text::report(&statistics))?,
            Format::Json => answer_json(&statistics.json())?,
        }
        if faults.is_empty() {
            return Ok(Exit::Done);
        }
        say(format!("{} could not be read and were not counted.", count(faults.len(), "file", "files")));
        Ok(Exit::Disk)
    }
}
