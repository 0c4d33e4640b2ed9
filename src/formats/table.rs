//! The table of formats.

use super::jsonl::Jsonl;
use super::{Reader, Writer};

/// What a format writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// One file.
    File,
    /// A folder of files.
    Folder,
}

/// One format.
pub struct FormatInfo {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is and who reads it, in one line.
    pub summary: &'static str,
    /// What it writes.
    pub target: Target,
    /// The ending of its file, without the dot; of a folder's main files otherwise.
    pub ending: &'static str,
    /// How to read it, in versions of this program that can.
    pub reader: Option<&'static dyn Reader>,
    /// How to write it, in versions of this program that can.
    pub writer: Option<&'static dyn Writer>,
}

impl FormatInfo {
    /// Whether this version of the program can read it.
    pub fn reads(&self) -> bool {
        self.reader.is_some()
    }

    /// Whether this version of the program can write it.
    pub fn writes(&self) -> bool {
        self.writer.is_some()
    }
}

/// A format that this version only knows by name.
const fn later(
    name: &'static str,
    summary: &'static str,
    target: Target,
    ending: &'static str,
) -> FormatInfo {
    FormatInfo { name, summary, target, ending, reader: None, writer: None }
}

/// Every format there is.
pub static FORMATS: &[FormatInfo] = &[
    FormatInfo {
        name: "jsonl",
        summary: "JSON Lines, one line for each article and annotator; loses nothing",
        target: Target::File,
        ending: "jsonl",
        reader: Some(&Jsonl),
        writer: Some(&Jsonl),
    },
    later("doccano", "JSON Lines of doccano", Target::File, "jsonl"),
    later("prodigy", "JSON Lines of Prodigy", Target::File, "jsonl"),
    later("label-studio", "tasks and configuration of Label Studio", Target::Folder, "json"),
    later("brat", "standoff files of brat", Target::Folder, "ann"),
    later("conll", "columns, one token a line", Target::File, "conll"),
    later("webanno-tsv", "WebAnno TSV 3 of WebAnno and INCEpTION", Target::Folder, "tsv"),
    later("xmi", "UIMA CAS XMI", Target::Folder, "xmi"),
    later("cas-json", "UIMA CAS JSON", Target::Folder, "json"),
    later("spacy", "DocBin of spaCy", Target::File, "spacy"),
    later("parquet", "Parquet, as data sets are shared", Target::Folder, "parquet"),
    later("csv", "tables of spans, stances, relations and articles", Target::File, "csv"),
    later("web-annotation", "W3C Web Annotation", Target::File, "jsonld"),
    later("refi-qda", "REFI-QDA project, as ATLAS.ti, MAXQDA and NVivo read it", Target::File, "qdpx"),
    later("tei", "TEI P5 with standoff annotation", Target::Folder, "xml"),
    later("dna", "statements of the Discourse Network Analyzer", Target::File, "csv"),
];

/// A format by its name.
pub fn format(name: &str) -> Option<&'static FormatInfo> {
    FORMATS.iter().find(|format| format.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_listed_once_and_found_by_its_name() {
        let mut names: Vec<&str> = FORMATS.iter().map(|f| f.name).collect();
        assert_eq!(names.len(), 16);
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 16);
        assert!(format("jsonl").is_some_and(|f| f.reads() && f.writes()));
        assert!(format("brat").is_some_and(|f| f.target == Target::Folder));
        assert!(format("JSONL").is_none());
    }
}
