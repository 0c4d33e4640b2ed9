//! Which format a source is in, by its names and its first bytes. A guess: the user sees it and may say otherwise.

use std::io::Read;
use std::path::{Path, PathBuf};

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
