//! `postil export`: writes annotations in a format of other programs.

use std::path::PathBuf;

use clap::ValueEnum;

use super::formats::{UnitArgument, format_parser, usable};
use super::outcome::{Exit, Failure};
use super::place::InProject;
use super::terminal::{OnTerminal, count, listen_for_ctrl_c, say};
use crate::formats::{CutOff, FormatInfo, Grouping, Shares, SplitPlan, TagScheme};
use crate::model::Status;
use crate::session::exchange::exporting::{self, Exported, Losses, Whose};

/// Write annotations for other programs
///
/// Without a choice gold is exported where the project has any, else the one annotator there is. What the format cannot carry is told,
/// counted, before anything is written. Nothing is written unless everything can be.
#[derive(Debug, clap::Args)]
pub(super) struct Export {
    /// The format
    #[arg(value_parser = format_parser())]
    format: String,
    /// The file or folder to write
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
    #[command(flatten)]
    project: InProject,
    /// Only these annotators
    #[arg(long, value_delimiter = ',', value_name = "A[,B]", conflicts_with_all = ["gold", "all"])]
    annotator: Vec<String>,
    /// Only the adjudicated annotations
    #[arg(long, conflicts_with = "all")]
    gold: bool,
    /// Every annotator and gold
    #[arg(long)]
    all: bool,
    /// Only spans with these labels, and the relations among them
    #[arg(long, value_delimiter = ',', value_name = "L,…")]
    labels: Vec<String>,
    /// Divide the articles by these shares, which add up to 1; PATH is a folder then
    #[arg(long, value_name = "train=0.8,dev=0.1,test=0.1", value_parser = Shares::parse)]
    split: Option<Shares>,
    /// The number that decides which article falls into which part; the same number, the same parts
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// Give every part its share of every label
    #[arg(long, requires = "split")]
    stratify: bool,
    /// Keep articles in one part that belong together
    #[arg(long, value_enum, requires = "split")]
    group: Option<GroupArgument>,
    /// Whether an example is a whole article or one sentence of it
    #[arg(long, value_enum, default_value_t = Examples::Article)]
    examples: Examples,
    /// Only annotations whose work has come so far
    #[arg(long, value_delimiter = ',', value_name = "STATUS,…", value_parser = status)]
    status: Vec<Status>,
    /// Put a byte order mark before tables, so that Excel reads them as UTF-8
    #[arg(long)]
    byte_order_mark: bool,
    /// How formats of tagged tokens write where a span begins and ends
    #[arg(long, value_enum)]
    scheme: Option<Scheme>,
    /// What offsets count, where it is not to be what the format prescribes
    #[arg(long, value_enum)]
    offset_unit: Option<UnitArgument>,
    /// Write over what is there
    #[arg(long)]
    overwrite: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Examples {
    /// A record is an article
    Article,
    /// A record is a sentence; what reaches over its borders is left out
    Sentence,
}

impl From<Examples> for exporting::Examples {
    fn from(examples: Examples) -> Self {
        match examples {
            Examples::Article => Self::Article,
            Examples::Sentence => Self::Sentence,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum GroupArgument {
    /// Articles of one source
    Source,
    /// Articles of one date
    Date,
    /// Articles with almost the same words
    NearDuplicates,
}

impl From<GroupArgument> for Grouping {
    fn from(group: GroupArgument) -> Self {
        match group {
            GroupArgument::Source => Self::Source,
            GroupArgument::Date => Self::Date,
            GroupArgument::NearDuplicates => Self::NearDuplicates,
        }
    }
}

fn status(name: &str) -> Result<Status, String> {
    Status::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = Status::ALL.iter().map(|status| status.name()).collect();
        format!("there are {}", names.join(", "))
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Scheme {
    Bio,
    Iob1,
    Bioes,
    Bilou,
}

impl From<Scheme> for TagScheme {
    fn from(scheme: Scheme) -> Self {
        match scheme {
            Scheme::Bio => Self::Bio,
            Scheme::Iob1 => Self::Iob1,
            Scheme::Bioes => Self::Bioes,
            Scheme::Bilou => Self::Bilou,
        }
    }
}

impl Export {
    pub fn run(self) -> Result<Exit, Failure> {
        let format = usable(&self.format, "export", FormatInfo::writes)?;
        let in_project = self.project;
        let whose = match (self.annotator.is_empty(), self.gold, self.all) {
            (false, ..) => Whose::These(self.annotator),
            (true, true, _) => Whose::Gold,
            (true, false, true) => Whose::All,
            (true, false, false) => Whose::NotSaid,
        };
        let is_choice_made = whose != Whose::NotSaid;
        let wish = exporting::ExportWish {
            format,
            out: self.out,
            whose,
            labels: self.labels,
            states: self.status,
            split: self.split.map(|shares| SplitPlan {
                shares,
                seed: self.seed,
                stratify: self.stratify,
                group: self.group.map(Into::into),
            }),
            examples: self.examples.into(),
            byte_order_mark: self.byte_order_mark,
            scheme: self.scheme.map(Into::into),
            unit: self.offset_unit.map(Into::into),
            overwrite: self.overwrite,
        };
        let project = in_project.open_whole()?;
        listen_for_ctrl_c();
        let progress = OnTerminal::new("Exporting");
        let export = exporting::Export::begin(&project, &wish, &progress)?;
        if !is_choice_made && export.records().is_gold() {
            let (gold, all) = (export.records().articles().len(), project.articles().len());
            say(format!(
                "Exporting gold, which is there for {gold} of {}.",
                count(all, "article", "articles")
            ));
        }
        let target = export.target()?;
        let exported = export.write_telling(target, &mut |losses| tell_losses(format.name, losses))?;
        tell(&exported);
        say(format!(
            "Exported {} to {}.",
            count(exported.sets, "set of annotations", "sets of annotations"),
            wish.out.display()
        ));
        Ok(if exported.problems.is_empty() { Exit::Done } else { Exit::Problems })
    }
}

/// Tells what went where, and what there is to say about it.
fn tell(exported: &Exported) {
    if let Some((method, parts)) = &exported.parts {
        say(method);
        for part in parts {
            let labels: Vec<String> =
                part.labels.iter().map(|(label, spans)| format!("{spans} {label}")).collect();
            let said = if labels.is_empty() { String::new() } else { format!(" ({})", labels.join(", ")) };
            say(format!("{}: {}{said}", part.name, count(part.articles.len(), "article", "articles")));
        }
        say("SPLIT.md says what went where.");
    }
    for problem in &exported.problems {
        say(problem);
    }
    if exported.loose_links > 0 {
        say(format!(
            "{} to spans of labels that were left out; they stay as they are.",
            count(exported.loose_links, "field links", "fields link")
        ));
    }
}

fn tell_cut_off(cut: CutOff) {
    let CutOff { spans, relations, stretches, links } = cut;
    if cut != CutOff::default() {
        say("Sentences cannot hold everything:");
    }
    for (number, one, many, fate) in [
        (spans, "span", "spans", "left out, over the border of a sentence"),
        (relations, "relation", "relations", "left out, from one sentence to another"),
        (stretches, "value of a field", "values of fields", "left out, with words of another sentence"),
        (
            links,
            "link of a field",
            "links of fields",
            "to spans of other sentences; they stay, and lead nowhere",
        ),
    ] {
        if number > 0 {
            say(format!("  {}: {fate}", count(number, one, many)));
        }
    }
}

fn tell_losses(name: &str, losses: &Losses) {
    tell_cut_off(losses.cut_off);
    if !losses.report.is_empty() {
        say(format!("`{name}` cannot carry everything:"));
        for loss in losses.report.iter() {
            say(format!("  {loss}"));
        }
    }
}
