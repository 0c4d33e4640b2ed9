//! Other people's files, which lie outside the repository.

use std::path::{Path, PathBuf};

use postil::formats::MemoryFiles;

/// A folder of the corpora, or `None`, said plainly, where they are not there.
pub fn corpus(name: &str) -> Option<PathBuf> {
    let corpora = std::env::var_os("POSTIL_CORPORA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora"), PathBuf::from);
    let folder = corpora.join(name);
    if !folder.is_dir() {
        println!("left out: there is no corpus {name}");
        return None;
    }
    Some(folder)
}

/// The files of a folder whose names `wanted` accepts, by their paths inside it.
pub fn files_of(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> MemoryFiles {
    let files = MemoryFiles::default();
    put(folder, "", wanted, &files);
    files
}

fn put(folder: &Path, prefix: &str, wanted: &dyn Fn(&str) -> bool, files: &MemoryFiles) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            put(&entry.path(), &format!("{name}/"), wanted, files);
        } else if wanted(&name) {
            files.put(&name, std::fs::read(entry.path()).unwrap());
        }
    }
}
