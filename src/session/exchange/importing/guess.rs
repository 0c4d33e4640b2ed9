//! Which format a source is in, by its names and its first bytes. A guess: the user sees it and may say otherwise.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::store::is_article_name;

/// How much of a file is looked at, in bytes.
const LOOKED_AT: u64 = 16 * 1024;

/// The name of the format that a file or folder seems to be in.
pub fn guess(source: &Path) -> Option<&'static str> {
    if source.is_dir() {
        let mut files = Vec::new();
        list(source, &mut files, 0);
        let has = |ending: &str| files.iter().any(|file| ending_of(file) == ending);
        if has("ann") {
            return Some("brat");
        }
        if has("parquet") {
            return Some("parquet");
        }
        return files.iter().find_map(|file| of_file(file));
    }
    of_file(source)
}

/// What of the paths that somebody dropped is to be imported: annotations of another program. `None` where they are articles, or nothing
/// that is known. Several files of one folder are imported with their folder if nothing else is in it, and one by one otherwise: the
/// first of them is given.
pub fn foreign_source(dropped: &[PathBuf]) -> Option<PathBuf> {
    let is_foreign = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        match path.is_dir() {
            true => folder_is_foreign(path),
            false => !is_article_name(&name) && guess(path).is_some(),
        }
    };
    if let [one] = dropped {
        return is_foreign(one).then(|| one.clone());
    }
    let first = dropped.iter().find(|path| is_foreign(path))?;
    let folder = first.parent()?;
    if dropped.iter().any(|path| path.parent() != Some(folder)) {
        return Some(first.clone());
    }
    let hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let there = std::fs::read_dir(folder).ok()?.flatten().filter(|entry| !hidden(&entry.path())).count();
    Some(if there == dropped.len() { folder.to_owned() } else { first.clone() })
}

/// Whether a folder holds annotations of another program. Articles alone, and articles beside something unknown, are no reason.
fn folder_is_foreign(folder: &Path) -> bool {
    let mut files = Vec::new();
    list(folder, &mut files, 0);
    let is_article =
        |path: &Path| path.file_name().is_some_and(|name| is_article_name(&name.to_string_lossy()));
    files.iter().any(|file| !is_article(file) && of_file(file).is_some())
}

fn list(folder: &Path, files: &mut Vec<PathBuf>, depth: usize) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        // The first few tell enough.
        if files.len() > 200 {
            return;
        }
        if path.is_dir() && depth < 3 {
            list(&path, files, depth + 1);
        } else if path.is_file() {
            files.push(path);
        }
    }
}

fn ending_of(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

fn of_file(path: &Path) -> Option<&'static str> {
    let mut bytes = Vec::new();
    std::fs::File::open(path).ok()?.take(LOOKED_AT).read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let has = |words: &[&str]| words.iter().all(|word| text.contains(word));
    match ending_of(path).as_str() {
        "ann" => Some("brat"),
        "conll" | "conllu" | "iob" | "bio" | "iob2" => Some("conll"),
        "spacy" => Some("spacy"),
        "parquet" => Some("parquet"),
        "csv" => Some("csv"),
        "qdpx" | "qdc" => Some("refi-qda"),
        "xmi" => Some("xmi"),
        "jsonld" => Some("web-annotation"),
        "tsv" if has(&["#FORMAT=WebAnno TSV"]) => Some("webanno-tsv"),
        "tsv" => Some("conll"),
        "xml" | "tei" if has(&["<TEI"]) => Some("tei"),
        "xml" if has(&["<xmi:XMI"]) => Some("xmi"),
        "xml" if has(&["<CodeBook"]) => Some("refi-qda"),
        _ if text.starts_with(['{', '[']) => Some(of_json(&has)),
        _ => None,
    }
}

fn of_json(has: &dyn Fn(&[&str]) -> bool) -> &'static str {
    if has(&["%FEATURE_STRUCTURES"]) || has(&["%TYPES"]) {
        "cas-json"
    } else if has(&["\"@context\"", "anno.jsonld"]) {
        "web-annotation"
    } else if has(&["\"annotations\"", "\"result\""]) || has(&["\"predictions\""]) {
        "label-studio"
    } else if has(&["\"_input_hash\""]) || has(&["\"_task_hash\""]) || has(&["\"token_start\""]) {
        "prodigy"
    } else if has(&["\"article\"", "\"annotator\""]) || has(&["\"fingerprint\""]) {
        "jsonl"
    } else if has(&["\"entities\""]) || has(&["\"label\":"]) || has(&["\"labels\":"]) {
        "doccano"
    } else {
        "jsonl"
    }
}
