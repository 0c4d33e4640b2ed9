//! Reading folders of brat.

use std::collections::BTreeSet;
use std::io::Read;

use super::super::rest::{decoded, without_ending};
use super::super::several::read_in_order;
use super::super::{FormatError, ReadOptions, Record, Remark, Sink, SourceFiles};
use super::ann::{Lines, parse};
use super::conf;
use super::resolve::{Context, resolve};
use crate::model::{ArticleMeta, Schema};

/// How many faults of one file are told one by one.
const TOLD: usize = 12;

/// The endings of files that together are what an `.ann` file is alone, in the BioNLP shared tasks.
const PARTIAL: [&str; 4] = [".a1", ".a2", ".co", ".rel"];

pub(super) fn read(
    source: &dyn SourceFiles,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), FormatError> {
    let files = source.files();
    let there: BTreeSet<&str> = files.iter().map(String::as_str).collect();
    let own = configuration(source, &files, sink)?;
    let mut stems: BTreeSet<&str> = files.iter().filter_map(|file| file.strip_suffix(".ann")).collect();
    for ending in PARTIAL {
        let partial = files.iter().filter_map(|file| file.strip_suffix(ending));
        stems.extend(partial.filter(|stem| there.contains(format!("{stem}.txt").as_str())));
    }
    if stems.is_empty() {
        return Err(FormatError::NotThisFormat {
            file: files.first().cloned().unwrap_or_else(|| "the source".to_owned()),
            format: "brat",
            why: "there is no file whose name ends in `.ann`; give the folder that holds them".to_owned(),
        });
    }
    let all: Vec<&str> = stems.iter().copied().collect();
    let size = |stem: &&str| {
        let files = ["ann", "txt"].map(|ending| source.length(&format!("{stem}.{ending}")));
        files.into_iter().flatten().sum()
    };
    let flow = read_in_order(&all, size, sink, &|stem, sink| {
        let text_file = format!("{stem}.txt");
        let ann_file = format!("{stem}.ann");
        if !there.contains(text_file.as_str()) {
            let what =
                format!("there is no {text_file} beside it, so its offsets say nothing; it was left out");
            sink.remark(Remark { place: ann_file, what, left_out: true });
            return Ok(());
        }
        let (raw, said) = match decoded(&bytes(source, &text_file)?) {
            Ok(read) => read,
            Err(fault) => {
                let what = format!("{fault} Its annotations were left out");
                sink.remark(Remark { place: text_file, what, left_out: true });
                return Ok(());
            }
        };
        if let Some(what) = said {
            sink.remark(Remark { place: text_file.clone(), what, left_out: false });
        }
        let lines = lines_of(source, stem, &there)?;
        let context = Context { article: &text_file, unit: options.unit, own: &own, project: options.schema };
        let resolved = resolve(lines, &raw, &context);
        tell(sink, &ann_file, resolved.faults);
        let meta = resolved.about.map_or_else(ArticleMeta::default, |about| about.article_meta());
        let _ = sink.record(Record { meta, text: resolved.text, set: resolved.set });
        Ok(())
    })?;
    if flow.is_break() {
        return Ok(());
    }
    let alone =
        files.iter().filter(|file| file.ends_with(".txt") && !stems.contains(without_ending(file, ".txt")));
    for file in alone {
        let what =
            "there is no .ann file beside it; brat would not show it, and it was not taken in".to_owned();
        sink.remark(Remark { place: file.clone(), what, left_out: false });
    }
    Ok(())
}

fn tell(sink: &mut dyn Sink, file: &str, faults: Vec<(usize, String, bool)>) {
    let count = faults.len();
    let more_left_out = faults.iter().skip(TOLD).any(|(_, _, left_out)| *left_out);
    for (place, (line, what, left_out)) in faults.into_iter().enumerate() {
        let where_ = if line == 0 { file.to_owned() } else { format!("{file}: line {line}") };
        match place {
            TOLD if count > TOLD + 1 => {
                let what = format!("{} more remarks like these", count - TOLD);
                sink.remark(Remark { place: file.to_owned(), what, left_out: left_out || more_left_out });
                break;
            }
            _ => sink.remark(Remark { place: where_, what, left_out }),
        }
    }
}

fn lines_of(source: &dyn SourceFiles, stem: &str, there: &BTreeSet<&str>) -> Result<Lines, FormatError> {
    let joined = format!("{stem}.ann");
    let mut text = String::new();
    let parts = if there.contains(joined.as_str()) {
        vec![joined]
    } else {
        let partial = PARTIAL.iter().map(|ending| format!("{stem}{ending}"));
        partial.filter(|file| there.contains(file.as_str())).collect()
    };
    for file in parts {
        let read = bytes(source, &file)?;
        if !read.is_empty() {
            text.push_str(
                &decoded(&read).map_or_else(|_| String::from_utf8_lossy(&read).into_owned(), |r| r.0),
            );
            text.push('\n');
        }
    }
    Ok(parse(&text))
}

/// The schema that all configuration files of the source make together.
fn configuration(
    source: &dyn SourceFiles,
    files: &[String],
    sink: &mut dyn Sink,
) -> Result<Schema, FormatError> {
    let mut own = Schema::empty("brat");
    let named = |file: &str, name: &str| file == name || file.ends_with(&format!("/{name}"));
    for name in ["annotation.conf", "visual.conf", "kb_shortcuts.conf"] {
        for file in files.iter().filter(|file| named(file, name)) {
            let read = bytes(source, file)?;
            let text = String::from_utf8_lossy(&read);
            match name {
                "annotation.conf" => {
                    for (line, what) in conf::annotation(&text, &mut own) {
                        sink.remark(Remark { place: format!("{file}: line {line}"), what, left_out: true });
                    }
                }
                "visual.conf" => conf::visual(&text, &mut own),
                _ => conf::shortcuts(&text, &mut own),
            }
        }
    }
    if !own.labels.is_empty() || !own.relations.is_empty() {
        sink.schema(own.clone());
    }
    Ok(own)
}

fn bytes(source: &dyn SourceFiles, file: &str) -> Result<Vec<u8>, FormatError> {
    let failed = |cause| FormatError::Io { what: "could not read", file: file.to_owned(), cause };
    let mut bytes = Vec::new();
    source.open(file).map_err(failed)?.read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}
