//! Annotations of a project going out: chosen, weighed, shown beforehand, written.
//!
//! - `chosen`: the records that are meant, read from disk a few at a time; `weighing`: what of them is lost, counted as they go by;
//!   `target`: files that appear all at once
//! - `as_command`: the same wish as a line for a shell

mod as_command;
pub(in crate::session::exchange) use as_command::{quoted, unit_name};
mod chosen;
mod target;
#[cfg(test)]
mod tests;
mod weighing;

use std::io::Write;
use std::path::{Path, PathBuf};

pub use chosen::{ChosenRecords, Whose};
pub use target::DiskTarget;

use weighing::Weighing;

use super::{ExchangeError, Progress};
use crate::formats::{
    CutOff, FormatError, FormatInfo, LossReport, MemoryFiles, OffsetUnit, RecordSource, SentenceRecords,
    SourceFiles, SplitPart, SplitPlan, TagScheme, Target, TargetFiles, WriteOptions, Writer,
};
use crate::model::Status;
use crate::store::{Project, nearest};

/// What a record is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Examples {
    /// An article.
    #[default]
    Article,
    /// A sentence; what reaches over its borders is left out.
    Sentence,
}

/// What is to be exported, and how.
#[derive(Clone)]
pub struct ExportWish {
    /// The format.
    pub format: &'static FormatInfo,
    /// The file or folder to write.
    pub out: PathBuf,
    /// Whose annotations.
    pub whose: Whose,
    /// Only spans of these labels, and the relations among them; all if there are none.
    pub labels: Vec<String>,
    /// Only annotations of which the work has come so far; all if there are none.
    pub states: Vec<Status>,
    /// How the articles are divided, if they are; `out` is a folder then.
    pub split: Option<SplitPlan>,
    /// What a record is.
    pub examples: Examples,
    /// Whether tables begin with a byte order mark.
    pub byte_order_mark: bool,
    /// How tags of tokens are written, where the format has them.
    pub scheme: Option<TagScheme>,
    /// What offsets count, where it is not to be what the format prescribes.
    pub unit: Option<OffsetUnit>,
    /// Whether what is there may be written over.
    pub overwrite: bool,
}

impl ExportWish {
    /// A wish with nothing but a format and a place.
    pub fn new(format: &'static FormatInfo, out: PathBuf) -> Self {
        Self {
            format,
            out,
            whose: Whose::NotSaid,
            labels: Vec::new(),
            states: Vec::new(),
            split: None,
            examples: Examples::Article,
            byte_order_mark: false,
            scheme: None,
            unit: None,
            overwrite: false,
        }
    }
}

/// Whether a format writes tables, which can begin with a byte order mark.
pub fn writes_tables(format: &FormatInfo) -> bool {
    matches!(format.name, "csv" | "dna")
}

/// Whether a format writes tags of tokens.
pub fn writes_tags(format: &FormatInfo) -> bool {
    format.name == "conll"
}

/// What will be lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses {
    /// What does not fit into single sentences, if records are sentences.
    pub cut_off: CutOff,
    /// What the format cannot carry.
    pub report: LossReport,
}

impl Losses {
    /// Whether nothing will be lost.
    pub fn is_empty(&self) -> bool {
        self.cut_off == CutOff::default() && self.report.is_empty()
    }
}

/// What was exported.
#[derive(Clone, Debug)]
pub struct Exported {
    /// How many sets of annotations.
    pub sets: usize,
    /// What was found to be wrong while they were read.
    pub problems: Vec<String>,
    /// How many fields link to spans that were left out with their labels.
    pub loose_links: usize,
    /// The parts, and by what method they were made, if the articles were divided.
    pub parts: Option<(String, Vec<SplitPart>)>,
}

/// The beginning of a file that would be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePreview {
    /// Its path in the target; of a target that is one file, its name.
    pub name: String,
    /// Its beginning; `None` if it is no text.
    pub text: Option<String>,
    /// Whether that is not all of it.
    pub is_cut: bool,
}

/// An export that was begun: it is known which annotations are meant, and nothing is written yet.
pub struct Export<'a> {
    project: &'a Project,
    wish: &'a ExportWish,
    records: ChosenRecords<'a>,
    writer: &'static dyn Writer,
    is_folder: bool,
}

impl<'a> Export<'a> {
    /// Finds out which annotations are meant.
    ///
    /// # Errors
    /// What is wished does not go together or is not there.
    pub fn begin(
        project: &'a Project,
        wish: &'a ExportWish,
        progress: &'a dyn Progress,
    ) -> Result<Self, ExchangeError> {
        let format = wish.format;
        if wish.scheme.is_some() && !writes_tags(format) {
            return Err(ExchangeError::Wish(format!(
                "--scheme is for `conll`; `{}` has no tags of tokens.",
                format.name
            )));
        }
        for label in &wish.labels {
            if project.schema.label(label).is_none() {
                let known = project.schema.labels.iter().map(|label| label.name.as_str());
                let near =
                    nearest(label, known).map_or(String::new(), |near| format!(" Did you mean `{near}`?"));
                return Err(ExchangeError::Wish(format!("The schema has no label `{label}`.{near}")));
            }
        }
        let records = ChosenRecords::choose(project, &wish.whose, &wish.labels, &wish.states, progress)?;
        let Some(mut writer) = format.writer else {
            return Err(ExchangeError::Wish(format!("`{}` cannot be written.", format.name)));
        };
        if let (Some(fixed), Some(unit)) = (writer.fixed_unit(), wish.unit)
            && fixed != unit
        {
            return Err(ExchangeError::Wish(format!(
                "`{}` counts {fixed} and knows no other unit. Leave out --offset-unit.",
                format.name
            )));
        }
        if wish.byte_order_mark && !writes_tables(format) {
            return Err(ExchangeError::Wish("--byte-order-mark is for tables: `csv` and `dna`.".to_owned()));
        }
        let mut is_folder = wish.split.is_some() || format.target == Target::Folder;
        if let (false, true, Some(other)) = (is_folder, names_folder(&wish.out), writer.for_folder()) {
            (writer, is_folder) = (other, true);
        }
        Ok(Self { project, wish, records, writer, is_folder })
    }

    /// The records that are meant.
    pub fn records(&self) -> &ChosenRecords<'a> {
        &self.records
    }

    /// Whether a folder will be written, and not one file.
    pub fn is_folder(&self) -> bool {
        self.is_folder
    }

    /// The target, with nothing in it yet.
    ///
    /// # Errors
    /// Something is there already and may not be written over.
    pub fn target(&self) -> Result<DiskTarget, ExchangeError> {
        let target = DiskTarget::begin(&self.wish.out, self.is_folder, self.wish.overwrite)?;
        Ok(if self.wish.byte_order_mark { target.with_byte_order_mark() } else { target })
    }

    /// Counts what will be lost: goes through all records, unless the format loses nothing.
    ///
    /// # Errors
    /// A record cannot be read, or the user stopped it.
    pub fn losses(&self) -> Result<Losses, ExchangeError> {
        let mut losses = Losses::default();
        let by_sentence = self.by_sentence(&self.records);
        if self.wish.examples == Examples::Sentence {
            losses.cut_off = by_sentence.cut_off()?;
        }
        if !self.writer.is_lossless() {
            let options = self.options();
            let examples: &dyn RecordSource = match self.wish.examples {
                Examples::Article => &self.records,
                Examples::Sentence => &by_sentence,
            };
            losses.report = Weighing::new(examples, self.writer, &options).report()?;
        }
        Ok(losses)
    }

    /// What the files will begin with: those of the first `records` sets, `bytes` of each at most. Undivided, where the articles are to be
    /// divided.
    ///
    /// # Errors
    /// A record cannot be read, or the user stopped it.
    pub fn preview(&self, records: usize, bytes: usize) -> Result<Vec<FilePreview>, ExchangeError> {
        let articles = self.records.first_articles(records);
        let first = self.records.of_articles(&articles);
        let by_sentence = self.by_sentence(&first);
        let examples: &dyn RecordSource = match self.wish.examples {
            Examples::Article => &first,
            Examples::Sentence => &by_sentence,
        };
        let files = MemoryFiles::default();
        self.writer.write(examples, &self.options(), &mut files.clone())?;
        let previews = files.files().into_iter().map(|path| {
            let all = files.bytes(&path).unwrap_or_default();
            let name = match (path.is_empty(), self.wish.out.file_name()) {
                (true, Some(name)) => name.to_string_lossy().into_owned(),
                _ => path,
            };
            let (text, is_cut) = beginning(&all, bytes);
            FilePreview { name, text, is_cut }
        });
        Ok(previews.collect())
    }

    /// How the articles will be divided; `None` if they will not be. Goes through all records.
    ///
    /// # Errors
    /// A record cannot be read, or the user stopped it.
    pub fn parts(&self) -> Result<Option<Vec<SplitPart>>, ExchangeError> {
        Ok(self.wish.split.as_ref().map(|plan| plan.divide(&self.records)).transpose()?)
    }

    /// Counts what will be lost, tells it, and writes everything: all of it or nothing. What is told is known before anything is in its
    /// place, and the project is gone through once, where counting first and writing then reads every file twice.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub fn write_telling(
        self,
        mut target: DiskTarget,
        tell: &mut dyn FnMut(&Losses),
    ) -> Result<Exported, ExchangeError> {
        // Parts and sentences are made of records that were gone through before.
        if self.wish.split.is_some() || self.wish.examples == Examples::Sentence {
            tell(&self.losses()?);
            return self.write(target);
        }
        let options = self.options();
        let weighing = Weighing::new(&self.records, self.writer, &options);
        self.writer.write(&weighing, &options, &mut target)?;
        tell(&Losses { report: weighing.report()?, ..Losses::default() });
        let problems = self.records.problems();
        target.commit()?;
        Ok(Exported {
            sets: self.records.count(),
            problems,
            loose_links: self.records.loose_links(),
            parts: None,
        })
    }

    /// Writes everything: all of it or nothing.
    ///
    /// # Errors
    /// A record cannot be read, the target cannot be written, or the user stopped it. The target is then as it was.
    pub fn write(self, mut target: DiskTarget) -> Result<Exported, ExchangeError> {
        let options = self.options();
        let parts = match &self.wish.split {
            None => {
                let by_sentence = self.by_sentence(&self.records);
                let examples: &dyn RecordSource = match self.wish.examples {
                    Examples::Article => &self.records,
                    Examples::Sentence => &by_sentence,
                };
                self.writer.write(examples, &options, &mut target)?;
                None
            }
            Some(plan) => Some((plan.method(), self.write_parts(plan, &options, &mut target)?)),
        };
        let problems = self.records.problems();
        target.commit()?;
        Ok(Exported { sets: self.records.count(), problems, loose_links: self.records.loose_links(), parts })
    }

    fn write_parts(
        &self,
        plan: &SplitPlan,
        options: &WriteOptions,
        target: &mut DiskTarget,
    ) -> Result<Vec<SplitPart>, ExchangeError> {
        let parts = plan.divide(&self.records)?;
        let chosen: Vec<_> = parts.iter().map(|part| self.records.of_articles(&part.articles)).collect();
        let sentences: Vec<_> = chosen.iter().map(|part| self.by_sentence(part)).collect();
        let sources: Vec<(&str, &dyn RecordSource)> = parts
            .iter()
            .zip(chosen.iter().zip(&sentences))
            .map(|(part, (articles, sentences))| match self.wish.examples {
                Examples::Article => (part.name.as_str(), articles as &dyn RecordSource),
                Examples::Sentence => (part.name.as_str(), sentences as &dyn RecordSource),
            })
            .collect();
        self.writer.write_parts(self.wish.format, &sources, options, target)?;
        let failed = |cause| FormatError::Io { what: "could not write", file: "SPLIT.md".to_owned(), cause };
        let mut file = target.create("SPLIT.md").map_err(failed)?;
        file.write_all(plan.report(&parts).as_bytes()).map_err(failed)?;
        Ok(parts)
    }

    fn by_sentence<'r>(&'r self, records: &'r dyn RecordSource) -> SentenceRecords<'r> {
        SentenceRecords { records, schema: &self.project.schema }
    }

    fn options(&self) -> WriteOptions<'a> {
        WriteOptions {
            unit: self.wish.unit,
            scheme: self.wish.scheme.unwrap_or_default(),
            project: &self.project.settings.name,
            schema: &self.project.schema,
            register: &self.project.register,
            codebook: &self.project.codebook,
        }
    }
}

/// The beginning of a file's bytes as text, if they are text, and whether that is not all.
fn beginning(all: &[u8], most: usize) -> (Option<String>, bool) {
    let cut = &all[..all.len().min(most)];
    let text = match std::str::from_utf8(cut) {
        Ok(text) => Some(text),
        // The cut may go through the last character.
        Err(error) if error.error_len().is_none() && cut.len() < all.len() => {
            std::str::from_utf8(&cut[..error.valid_up_to()]).ok()
        }
        Err(_) => None,
    };
    let is_text = |text: &&str| !text.contains(|c: char| c.is_control() && !c.is_whitespace());
    (text.filter(is_text).map(str::to_owned), cut.len() < all.len())
}

/// Whether a path that may be a file or a folder is meant as a folder: one is there, or it ends with `/` or without a file's ending.
fn names_folder(out: &Path) -> bool {
    let said = out.to_string_lossy();
    out.is_dir()
        || said.ends_with(['/', std::path::MAIN_SEPARATOR])
        || (out.extension().is_none() && !out.is_file())
}
