//! Articles coming in, and what is known about them.

use super::*;

impl Session {
    /// Brings files and folders of articles into the project; gives the paths of what is there now.
    pub fn add_articles(&mut self, sources: &[PathBuf]) -> (Vec<String>, Vec<Notice>) {
        let (mut added, mut notices) = (Vec::new(), Vec::new());
        let Some(project) = &mut self.project else { return (added, notices) };
        let mut files = Vec::new();
        for source in sources {
            collect_articles(source, &mut files, &mut notices);
        }
        for file in files {
            match project.add_article(&file) {
                Ok(path) => added.push(path),
                Err(why) => notices.push(Notice::error("notice-fault").with("fault", why)),
            }
        }
        self.settings = project.settings.clone();
        notices.extend(self.list_articles());
        if !added.is_empty() {
            notices.push(Notice::info("notice-added").with("n", added.len()));
        }
        (added, notices)
    }

    /// Sets what is known about an article.
    ///
    /// # Errors
    /// The settings cannot be saved.
    pub fn set_meta(&mut self, path: &str, meta: &ArticleMeta) -> Result<(), StoreError> {
        let Some(project) = &mut self.project else { return Ok(()) };
        match &mut self.open {
            Some(open) if open.desk.article.path == path => {
                let mut article = (*open.desk.article).clone();
                project.set_article_meta(&mut article, meta)?;
                open.desk.article = Arc::new(article);
            }
            _ => {
                let mut article = project.read_article(path)?;
                project.set_article_meta(&mut article, meta)?;
                self.unread.push(path.to_owned());
            }
        }
        self.settings = project.settings.clone();
        self.update_row();
        Ok(())
    }

    /// Reads an article in another encoding from now on, and opens it again if it is at hand.
    ///
    /// # Errors
    /// The encoding does not fit the file, or the settings cannot be saved.
    pub fn set_encoding(&mut self, path: &str, label: &str) -> Result<Vec<Notice>, StoreError> {
        let at_hand = self.open.as_ref().is_some_and(|open| open.desk.article.path == path);
        let mut notices = if at_hand { self.close_article() } else { Vec::new() };
        let Some(project) = &mut self.project else { return Ok(notices) };
        let set = project.set_article_encoding(path, crate::text::Encoding::from_label(label));
        self.settings = project.settings.clone();
        if at_hand {
            notices.extend(self.open_article(path)?);
        }
        set.map(|_| notices)
    }

    /// Remembers an annotator in the project's settings.
    ///
    /// # Errors
    /// The settings cannot be saved.
    pub fn register_annotator(&mut self, name: &str) -> Result<(), StoreError> {
        let Some(project) = &mut self.project else { return Ok(()) };
        if !project.settings.annotators.iter().any(|a| a == name) {
            project.settings.annotators.push(name.to_owned());
            project.save_settings()?;
            self.settings = project.settings.clone();
        }
        Ok(())
    }

    /// The raw bytes of an article's file, for previews of encodings.
    pub fn article_bytes(&self, path: &str) -> Option<Vec<u8>> {
        std::fs::read(self.root.join(path)).ok()
    }
}

fn collect_articles(source: &Path, into: &mut Vec<PathBuf>, notices: &mut Vec<Notice>) {
    if !source.is_dir() {
        into.push(source.to_owned());
        return;
    }
    let entries = match std::fs::read_dir(source) {
        Ok(entries) => entries,
        Err(why) => {
            notices.push(Notice::error("notice-fault").with("fault", format!("{}: {why}", source.display())));
            return;
        }
    };
    let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for entry in entries {
        let name = entry.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') {
            continue;
        }
        if entry.is_dir() || store::is_article_name(&name) {
            collect_articles(&entry, into, notices);
        }
    }
}
