//! `postil print`: an annotated article on paper or as a picture.

use std::path::{Path, PathBuf};

use super::desktop;
use super::outcome::{Exit, Failure};
use super::place::InProject;
use super::terminal::say;
use crate::model::{AnnotationSet, Article, GOLD};
use crate::store::{Project, cure, nearest, read_set, write_atomically};
use crate::text::TextRange;

/// Save an annotated article as PDF, HTML, SVG or PNG
///
/// The file's ending says what it will be. Without --annotator it shows gold where the article has any, else the one annotator there is.
#[derive(Debug, clap::Args)]
pub(super) struct Print {
    /// The article: its path in the project, or its file
    article: String,
    /// The file to write, ending in .pdf, .html, .svg or .png
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    project: InProject,
    /// Whose annotations to show
    #[arg(long, value_name = "A")]
    annotator: Option<String>,
    /// Only these lines of the text, counted from 1
    #[arg(long, value_name = "FROM-TO", value_parser = lines)]
    lines: Option<(usize, usize)>,
    /// Letters without serifs
    #[arg(long)]
    sans: bool,
    /// Leave the chips with labels and key fields out
    #[arg(long)]
    no_chips: bool,
    /// The language of labels and fields (BCP 47), where it is not to be the project's
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// Write over what is there
    #[arg(long)]
    overwrite: bool,
}

/// What the window's code needs to make it.
#[cfg_attr(not(feature = "gui"), expect(dead_code, reason = "only the window can lay it out"))]
pub(super) struct Wanted<'a> {
    pub project: &'a Project,
    pub article: &'a Article,
    pub set: &'a AnnotationSet,
    pub part: Option<TextRange>,
    pub serif: bool,
    pub chips: bool,
    pub language: &'a str,
}

fn lines(said: &str) -> Result<(usize, usize), String> {
    let (from, to) = said.split_once('-').unwrap_or((said, said));
    let number = |said: &str| said.trim().parse::<usize>().ok().filter(|n| *n > 0);
    match (number(from), number(to)) {
        (Some(from), Some(to)) if from <= to => Ok((from, to)),
        _ => Err(format!("`{said}` is no range of lines; write such as 10-40")),
    }
}

impl Print {
    pub fn run(self) -> Result<Exit, Failure> {
        let project = self.project.open_whole()?;
        if self.out.exists() && !self.overwrite {
            return Err(Failure::Disk(format!(
                "{} is there already. Name another file, or write over it with --overwrite.",
                self.out.display()
            )));
        }
        let path = self.path(&project)?;
        let article = project.read_article(&path).map_err(|fault| Failure::Disk(fault.to_string()))?;
        let annotator = self.whose(&project, &path)?;
        let set = match &annotator {
            Some(name) => read_set(&project, name, &path, Some(&article))
                .map_err(|fault| Failure::Disk(fault.to_string()))?
                .map(|loaded| loaded.set),
            None => None,
        };
        let set = set.unwrap_or_else(|| AnnotationSet::new(path.as_str(), ""));
        let wanted = Wanted {
            project: &project,
            article: &article,
            set: &set,
            part: self.part(&article)?,
            serif: !self.sans,
            chips: !self.no_chips,
            language: self.language.as_deref().unwrap_or(&project.settings.language),
        };
        let bytes = desktop::print(&wanted, &self.out)?;
        write_atomically(&self.out, &bytes).map_err(|error| {
            Failure::Disk(format!("could not write {}: {error}. {}", self.out.display(), cure(&error)))
        })?;
        match annotator {
            Some(name) => say(format!("{path} with the annotations of {name}: {}", self.out.display())),
            None => say(format!("{path}, which nobody has annotated: {}", self.out.display())),
        }
        Ok(Exit::Done)
    }

    fn path(&self, project: &Project) -> Result<String, Failure> {
        let (articles, _faults) = project.list_articles();
        let known = || articles.iter().map(|entry| entry.path.as_str());
        if let Some(there) = known().find(|path| *path == self.article) {
            return Ok(there.to_owned());
        }
        if let Some(path) = project.path_of_article(Path::new(&self.article)) {
            return Ok(path);
        }
        let ends: Vec<&str> =
            known().filter(|path| path.rsplit('/').next().is_some_and(|name| name == self.article)).collect();
        if let [only] = ends[..] {
            return Ok(only.to_owned());
        }
        let near =
            nearest(&self.article, known()).map_or(String::new(), |near| format!(" Did you mean `{near}`?"));
        Err(Failure::Disk(format!("The project has no article `{}`.{near}", self.article)))
    }

    fn whose(&self, project: &Project, path: &str) -> Result<Option<String>, Failure> {
        if let Some(name) = &self.annotator {
            return match project.existing_annotation_path(name, path) {
                Some(_) => Ok(Some(name.clone())),
                None => Err(Failure::Disk(format!("{name} has no annotations on {path}."))),
            };
        }
        let mut there = project.annotators();
        there.retain(|name| project.existing_annotation_path(name, path).is_some());
        if project.existing_annotation_path(GOLD, path).is_some() {
            return Ok(Some(GOLD.to_owned()));
        }
        match there.len() {
            0 | 1 => Ok(there.pop()),
            _ => Err(Failure::Usage(format!(
                "{} have annotations on {path}. Say whose to show with --annotator.",
                there.join(", ")
            ))),
        }
    }

    fn part(&self, article: &Article) -> Result<Option<TextRange>, Failure> {
        let Some((from, to)) = self.lines else { return Ok(None) };
        let text = &article.text;
        let index = text.lines();
        if from > index.line_count() {
            return Err(Failure::Usage(format!(
                "The text has {} lines, so there is no line {from}.",
                index.line_count()
            )));
        }
        let bytes = index.line_range(from - 1).start..index.line_range(to.min(index.line_count()) - 1).end;
        Ok(text.text_range(bytes))
    }
}
