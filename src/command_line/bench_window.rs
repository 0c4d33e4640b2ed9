//! `postil bench-window`: how quick the window is on an article.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::{Value, json};

use super::desktop;
use super::outcome::{Exit, Failure};
use super::terminal::{answer, say};
use crate::store::{Project, SETTINGS, cure};

/// Measure how quick the window is on an article
///
/// Works on a copy of the article, its annotations and its project's lists, so nothing of yours is changed. Prints JSON: where there is
/// a display, the time from the start of the process to the first frame and its memory; then processor times of frames, off screen,
/// while scrolling, jumping, selecting, tagging, changing, deleting and undoing at random.
#[derive(Debug, clap::Args)]
pub(super) struct BenchWindow {
    /// The article file, in a project or not
    article: PathBuf,
    /// Whose annotations to open, where there are several
    #[arg(long, value_name = "A")]
    annotator: Option<String>,
    /// How many acts
    #[arg(long, default_value_t = 3000, value_name = "N")]
    acts: usize,
    /// The number from which the acts are drawn; the same number, the same acts
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// How often to start the window on the display; 0 leaves that out
    #[arg(long, default_value_t = 3, value_name = "N")]
    starts: usize,
}

impl BenchWindow {
    pub fn run(self) -> Result<Exit, Failure> {
        if !self.article.is_file() {
            return Err(Failure::Disk(format!("There is no article file {}.", self.article.display())));
        }
        let copy = tempfile::tempdir().map_err(|error| refused(Path::new("a temporary folder"), &error))?;
        let (article, annotator) = copy_of(&self.article, self.annotator.as_deref(), copy.path())?;
        let config = copy.path().join("config");
        write_preferences(&config, &annotator)?;
        let starts = match desktop::has_display() {
            true => self.starts(&article, &config),
            false => {
                say("There is no display, so the start of the window is not measured.");
                Value::Null
            }
        };
        let frames = desktop::bench(&article, &config, self.acts, self.seed)?;
        answer(
            &json!({ "article": self.article, "annotator": annotator, "start": starts, "window": frames })
                .to_string(),
        )?;
        Ok(Exit::Done)
    }

    /// Starts this program on the display several times, with the article and without.
    fn starts(&self, article: &Path, config: &Path) -> Value {
        let mut with = Vec::new();
        let mut empty = Vec::new();
        for _ in 0..self.starts {
            with.extend(first_frame(Some(article), config));
            empty.extend(first_frame(None, config));
        }
        let median = |all: &[(u64, u64)], of: fn(&(u64, u64)) -> u64| {
            let mut all: Vec<u64> = all.iter().map(of).collect();
            all.sort_unstable();
            all.get(all.len() / 2).copied()
        };
        json!({
            "count": with.len(),
            "first_frame_ms": median(&with, |one| one.0),
            "memory_kb": median(&with, |one| one.1),
            "empty_first_frame_ms": median(&empty, |one| one.0),
            "empty_memory_kb": median(&empty, |one| one.1),
        })
    }
}

/// Milliseconds from the start of a process of its own to its first frame, and kilobytes then.
fn first_frame(article: Option<&Path>, config: &Path) -> Option<(u64, u64)> {
    let mut command = std::process::Command::new(std::env::current_exe().ok()?);
    command.args(article).env("POSTIL_FIRST_FRAME", "1").env("POSTIL_CONFIG_DIR", config);
    // Started from inside a project, the program would open that.
    command.current_dir(config).stdin(Stdio::null()).stdout(Stdio::null());
    let output = command.output().ok()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = said.lines().find(|line| line.starts_with('{'))?;
    let said: Value = serde_json::from_str(line).ok()?;
    Some((said["elapsed_ms"].as_u64()?, said["rss_kb"].as_u64()?))
}

fn refused(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Disk(format!("could not copy {}: {error}. {}", path.display(), cure(error)))
}

/// A copy of an article with the annotations of one annotator and the lists of its project; whose annotations they are.
fn copy_of(article: &Path, annotator: Option<&str>, folder: &Path) -> Result<(PathBuf, String), Failure> {
    let copy = |from: &Path, to: PathBuf| -> Result<PathBuf, Failure> {
        if let Some(above) = to.parent() {
            std::fs::create_dir_all(above).map_err(|error| refused(above, &error))?;
        }
        std::fs::copy(from, &to).map_err(|error| refused(from, &error))?;
        Ok(to)
    };
    let beside = || annotator.unwrap_or("bench").to_owned();
    let Some(project) =
        Project::find(article.parent().unwrap_or(article)).and_then(|root| Project::open(&root).ok())
    else {
        let name = article.file_name().unwrap_or_default();
        return Ok((copy(article, folder.join(name))?, beside()));
    };
    let Some(path) = project.path_of_article(article) else {
        let name = article.file_name().unwrap_or_default();
        return Ok((copy(article, folder.join(name))?, beside()));
    };
    let mut whose = project.annotators();
    whose.retain(|name| project.existing_annotation_path(name, &path).is_some());
    let annotator = match annotator {
        Some(name) => name.to_owned(),
        None => whose.first().cloned().unwrap_or_else(beside),
    };
    let settings = &project.settings;
    let set = project.existing_annotation_path(&annotator, &path);
    let lists =
        [SETTINGS.to_owned(), settings.schema.clone(), settings.register.clone(), settings.codebook.clone()];
    for file in lists.iter().chain(&set) {
        let from = project.root.join(file);
        if from.is_file() {
            copy(&from, folder.join("project").join(file))?;
        }
    }
    Ok((copy(&project.root.join(&path), folder.join("project").join(&path))?, annotator))
}

fn write_preferences(config: &Path, annotator: &str) -> Result<(), Failure> {
    std::fs::create_dir_all(config).map_err(|error| refused(config, &error))?;
    let mut preferences = crate::store::Preferences::default();
    preferences.0.insert("annotator".to_owned(), annotator.to_owned());
    preferences.0.insert("language".to_owned(), "en".to_owned());
    preferences.save(config).map_err(|error| Failure::Disk(error.to_string()))
}
