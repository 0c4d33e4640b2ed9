//! Imports and exports of the project that is open: they read and write its folder beside the session.

use super::*;

impl Session {
    /// The annotator and article of the set that is open for writing.
    pub fn at_hand(&self) -> Option<(String, String)> {
        let set = &self.open.as_ref()?.desk.workspace.set;
        Some((set.annotator.clone(), set.article.clone()))
    }

    /// Takes in what an import, or taking one back, changed in the project's folder. No article may be open then.
    pub fn project_changed(&mut self) -> Vec<Notice> {
        let mut notices = Vec::new();
        if let Some(project) = &mut self.project {
            if let Err(why) = project.take_in_changes() {
                notices.push(Notice::warning("notice-fault").with("fault", why));
            }
            self.settings = project.settings.clone();
            self.schema = Arc::new(project.schema.clone());
            let lists = (project.register.clone(), project.codebook.clone());
            self.put_shared(lists);
        }
        notices.extend(self.list_articles());
        notices
    }
}
