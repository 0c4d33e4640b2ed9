//! `postil new`: makes a project.

use std::path::PathBuf;

use super::outcome::{Exit, Failure};
use super::terminal::say;
use crate::model::Schema;
use crate::store::{Project, SchemaChoice};

/// Make a project in a folder
#[derive(Debug, clap::Args)]
pub(super) struct New {
    /// The folder; it is made if it is not there, and may hold other things
    dir: PathBuf,
    /// A built-in schema (positions or entities), or the file of another one
    #[arg(long, default_value = "positions", value_name = "positions|entities|FILE")]
    schema: String,
}

impl New {
    pub fn run(self) -> Result<Exit, Failure> {
        let is_path = || self.schema.contains(['/', '\\']) || self.schema.ends_with(".ron");
        let schema = match Schema::template_text(&self.schema) {
            Some(_) => SchemaChoice::Template(self.schema.clone()),
            None if is_path() || PathBuf::from(&self.schema).exists() => {
                SchemaChoice::File(PathBuf::from(&self.schema))
            }
            // The store says which ones there are.
            None => SchemaChoice::Template(self.schema.clone()),
        };
        // `.` has no name of its own; the folder it stands for has.
        let whole = std::path::absolute(&self.dir).unwrap_or_else(|_| self.dir.clone());
        let name = whole.file_name().map_or_else(|| "project".into(), |name| name.to_string_lossy());
        let project = Project::create(&self.dir, &name, schema, "en")?;
        say(format!(
            "Made the project `{}` in {} with the schema `{}`. Bring articles in with `postil add`.",
            project.settings.name,
            self.dir.display(),
            project.schema.name
        ));
        Ok(Exit::Done)
    }
}
