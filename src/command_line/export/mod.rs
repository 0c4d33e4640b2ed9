//! `postil export`: writes annotations in a format of other programs.

mod chosen;
mod target;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::formats::{UnitArgument, format_parser, usable};
use super::outcome::{Exit, Failure};
use super::place::InProject;
use super::terminal::{count, listen_for_ctrl_c, say};
use crate::formats::{
    CutOff, FormatError, FormatInfo, Grouping, LossReport, OffsetUnit, RecordSource, SentenceRecords, Shares,
    SplitPlan, TagScheme, Target, TargetFiles, WriteOptions, Writer,
};
use crate::model::Status;
use crate::store::nearest;
use chosen::{ChosenRecords, Whose};
use target::DiskTarget;

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
        if self.scheme.is_some() && format.name != "conll" {
            return Err(Failure::Usage(format!(
                "--scheme is for `conll`; `{}` has no tags of tokens.",
                format.name
            )));
        }
        let project = self.project.open_whole()?;
        listen_for_ctrl_c();
        for label in &self.labels {
            if project.schema.label(label).is_none() {
                let known = project.schema.labels.iter().map(|label| label.name.as_str());
                let near =
                    nearest(label, known).map_or(String::new(), |near| format!(" Did you mean `{near}`?"));
                return Err(Failure::Usage(format!("The schema has no label `{label}`.{near}")));
            }
        }
        let whose = match (&*self.annotator, self.gold, self.all) {
            ([], false, false) => Whose::NotSaid,
            ([], true, _) => Whose::Gold,
            ([], false, true) => Whose::All,
            (names, ..) => Whose::These(names),
        };
        let records = ChosenRecords::choose(&project, whose, &self.labels, &self.status)?;
        let options = WriteOptions {
            unit: self.offset_unit.map(Into::into),
            scheme: self.scheme.map(Into::into).unwrap_or_default(),
            project: &project.settings.name,
            schema: &project.schema,
            register: &project.register,
            codebook: &project.codebook,
        };
        let Some(mut writer) = format.writer else {
            return Err(Failure::Usage(format!("`{}` cannot be written.", format.name)));
        };
        if let (Some(fixed), Some(unit)) =
            (writer.fixed_unit(), self.offset_unit.map(Into::<OffsetUnit>::into))
            && fixed != unit
        {
            let name = format.name;
            return Err(Failure::Usage(format!(
                "`{name}` counts {fixed} and knows no other unit. Leave out --offset-unit."
            )));
        }
        let mut is_folder = self.split.is_some() || format.target == Target::Folder;
        if let (false, true, Some(other)) = (is_folder, names_folder(&self.out), writer.for_folder()) {
            (writer, is_folder) = (other, true);
        }
        let mut target = DiskTarget::begin(&self.out, is_folder, self.overwrite)?;
        if self.byte_order_mark {
            if format.name != "csv" && format.name != "dna" {
                return Err(Failure::Usage("--byte-order-mark is for tables: `csv` and `dna`.".to_owned()));
            }
            target = target.with_byte_order_mark();
        }
        let by_sentence = SentenceRecords { records: &records, schema: &project.schema };
        let examples: &dyn RecordSource = match self.examples {
            Examples::Article => &records,
            Examples::Sentence => {
                tell_cut_off(by_sentence.cut_off()?);
                &by_sentence
            }
        };
        tell_losses(format.name, writer, examples, &options)?;
        match &self.split {
            None => writer.write(examples, &options, &mut target)?,
            Some(shares) => {
                let plan = SplitPlan {
                    shares: shares.clone(),
                    seed: self.seed,
                    stratify: self.stratify,
                    group: self.group.map(Into::into),
                };
                self.write_parts(format, writer, &plan, &records, &options, &mut target)?;
            }
        }
        let written = records.len();
        let problems = records.problems();
        target.commit()?;
        for problem in &problems {
            say(problem);
        }
        if records.loose_links() > 0 {
            say(format!(
                "{} to spans of labels that were left out; they stay as they are.",
                count(records.loose_links(), "field links", "fields link")
            ));
        }
        say(format!(
            "Exported {} to {}.",
            count(written, "set of annotations", "sets of annotations"),
            self.out.display()
        ));
        Ok(if problems.is_empty() { Exit::Done } else { Exit::Problems })
    }
}

impl Export {
    fn write_parts(
        &self,
        format: &FormatInfo,
        writer: &dyn Writer,
        plan: &SplitPlan,
        records: &ChosenRecords,
        options: &WriteOptions,
        target: &mut DiskTarget,
    ) -> Result<(), Failure> {
        let parts = plan.divide(records)?;
        let chosen: Vec<_> = parts.iter().map(|part| records.of_articles(&part.articles)).collect();
        let sentences: Vec<_> =
            chosen.iter().map(|part| SentenceRecords { records: part, schema: options.schema }).collect();
        let sources: Vec<(&str, &dyn RecordSource)> = parts
            .iter()
            .zip(chosen.iter().zip(&sentences))
            .map(|(part, (articles, sentences))| match self.examples {
                Examples::Article => (part.name.as_str(), articles as &dyn RecordSource),
                Examples::Sentence => (part.name.as_str(), sentences as &dyn RecordSource),
            })
            .collect();
        writer.write_parts(format, &sources, options, target)?;
        let report = plan.report(&parts);
        let failed = |cause| FormatError::Io { what: "could not write", file: "SPLIT.md".to_owned(), cause };
        let mut file = target.create("SPLIT.md").map_err(failed)?;
        file.write_all(report.as_bytes()).map_err(failed)?;
        say(plan.method());
        for part in &parts {
            let labels: Vec<String> =
                part.labels.iter().map(|(label, spans)| format!("{spans} {label}")).collect();
            let said = if labels.is_empty() { String::new() } else { format!(" ({})", labels.join(", ")) };
            say(format!("{}: {}{said}", part.name, count(part.articles.len(), "article", "articles")));
        }
        say("SPLIT.md says what went where.");
        Ok(())
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

/// Whether a path that may be a file or a folder is meant as a folder: one is there, or it ends with `/` or without a file's ending.
fn names_folder(out: &Path) -> bool {
    let said = out.to_string_lossy();
    out.is_dir()
        || said.ends_with(['/', std::path::MAIN_SEPARATOR])
        || (out.extension().is_none() && !out.is_file())
}

fn tell_losses(
    name: &str,
    writer: &dyn Writer,
    records: &dyn RecordSource,
    options: &WriteOptions,
) -> Result<(), Failure> {
    if writer.is_lossless() {
        return Ok(());
    }
    let mut loss = LossReport::default();
    records.for_each(&mut |record| {
        writer.count_loss(&record, options, &mut loss);
        Ok(())
    })?;
    if !loss.is_empty() {
        say(format!("`{name}` cannot carry everything:"));
        for loss in loss.iter() {
            say(format!("  {loss}"));
        }
    }
    Ok(())
}
