//! The table of formats.

use super::{
    Reader, Writer, brat, cas_json, conll, csv, dna, doccano, jsonl, label_studio, parquet, prodigy,
    refi_qda, spacy, tei, web_annotation, webanno_tsv, xmi,
};

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

/// Every format there is.
pub static FORMATS: &[FormatInfo] = &[
    jsonl::INFO,
    doccano::INFO,
    prodigy::INFO,
    label_studio::INFO,
    brat::INFO,
    conll::INFO,
    webanno_tsv::INFO,
    xmi::INFO,
    cas_json::INFO,
    spacy::INFO,
    parquet::INFO,
    csv::INFO,
    web_annotation::INFO,
    refi_qda::INFO,
    tei::INFO,
    dna::INFO,
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
