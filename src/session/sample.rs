//! The sample project, built into the program: the repository's own `postil.ron`, `assets/sample` and `annotations`.

use include_dir::{Dir, include_dir};
use std::path::Path;

use crate::store::{self, StoreError};

static ARTICLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/sample");
static ANNOTATIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/annotations");

/// Writes the sample project into a folder, which is made if it is not there. Nothing that is there is written over.
///
/// # Errors
/// The folder may not be written to, or holds something else under one of the names.
pub fn write(folder: &Path) -> Result<(), StoreError> {
    let mut files: Vec<(String, &[u8])> = vec![
        ("postil.ron".to_owned(), include_bytes!("../../postil.ron").as_slice()),
        (
            "assets/schemas/positions.ron".to_owned(),
            include_bytes!("../../assets/schemas/positions.ron").as_slice(),
        ),
    ];
    for (dir, prefix) in [(&ARTICLES, "assets/sample"), (&ANNOTATIONS, "annotations")] {
        collect(dir, prefix, &mut files);
    }
    store::write_embedded(files.iter().map(|(path, bytes)| (path.as_str(), *bytes)), folder)
}

/// The text that each article begins with, at most so many code points of it: what articles look like.
pub fn beginnings(length: usize) -> impl Iterator<Item = &'static str> {
    let articles = ARTICLES.get_dir("articles").into_iter().flat_map(Dir::files);
    articles.filter_map(|file| file.contents_utf8()).map(move |text| {
        // After what stands above the text.
        let body = text
            .strip_prefix("---")
            .and_then(|rest| rest.split_once("\n---\n"))
            .map_or(text, |(_, body)| body);
        let end = body.char_indices().nth(length).map_or(body.len(), |(at, _)| at);
        &body[..end]
    })
}

fn collect<'a>(dir: &'a Dir<'a>, prefix: &str, into: &mut Vec<(String, &'a [u8])>) {
    for file in dir.files() {
        into.push((
            format!("{prefix}/{}", file.path().to_string_lossy().replace('\\', "/")),
            file.contents(),
        ));
    }
    for inner in dir.dirs() {
        collect(inner, prefix, into);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Project;

    #[test]
    fn the_sample_opens_with_all_its_articles_and_annotations() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("sample");
        write(&root).unwrap();
        let project = Project::open(&root).unwrap();
        assert!(project.faults.is_empty(), "{:?}", project.faults);
        let articles = project.articles();
        assert!(articles.len() >= 6, "{}", articles.len());
        assert_eq!(project.annotators(), ["anna", "boris", "gold"]);
        for entry in &articles {
            let article = project.read_article(&entry.path).unwrap();
            for annotator in ["anna", "boris", "gold"] {
                let loaded = crate::store::read_set(&project, annotator, &entry.path, Some(&article))
                    .unwrap()
                    .unwrap();
                assert_eq!(loaded.set.fingerprint, article.text.fingerprint(), "{}", entry.path);
                assert!(loaded.set.spans().all(|s| s.misquote.is_none()));
            }
        }
    }
}
