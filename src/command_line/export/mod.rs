//! `postil export`: writes annotations in a format of other programs.

mod chosen;
mod split;
mod target;

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::formats::{UnitArgument, format_parser, usable};
use super::outcome::{Exit, Failure};
use super::place::InProject;
use super::terminal::{count, listen_for_ctrl_c, say};
use crate::formats::{FormatInfo, LossReport, RecordSource, TagScheme, Target, WriteOptions, Writer};
use crate::store::nearest;
use chosen::{ChosenRecords, Whose};
use split::Split;
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
    #[arg(long, value_name = "train=0.8,dev=0.1,test=0.1", value_parser = Split::parse)]
    split: Option<Split>,
    /// The number that decides which article falls into which part; the same number, the same parts
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
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
        let records = ChosenRecords::choose(&project, whose, &self.labels)?;
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
        let mut is_folder = self.split.is_some() || format.target == Target::Folder;
        if let (false, true, Some(other)) = (is_folder, names_folder(&self.out), writer.for_folder()) {
            (writer, is_folder) = (other, true);
        }
        let mut target = DiskTarget::begin(&self.out, is_folder, self.overwrite)?;
        tell_losses(format.name, writer, &records, &options)?;
        match &self.split {
            None => writer.write(&records, &options, &mut target)?,
            Some(split) => {
                for (name, articles) in split.divide(records.articles(), self.seed) {
                    let part = records.of_articles(&articles);
                    let mut inner = match format.target {
                        Target::File => target.file(&format!("{name}.{}", format.ending)),
                        Target::Folder => target.folder(&name),
                    };
                    writer.write(&part, &options, &mut inner)?;
                    say(format!("{name}: {}", count(articles.len(), "article", "articles")));
                }
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

/// Whether a path that may be a file or a folder is meant as a folder: one is there, or it ends with `/` or without a file's ending.
fn names_folder(out: &Path) -> bool {
    let said = out.to_string_lossy();
    out.is_dir() || said.ends_with(['/', std::path::MAIN_SEPARATOR]) || (out.extension().is_none() && !out.is_file())
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
