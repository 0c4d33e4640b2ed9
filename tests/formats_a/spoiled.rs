//! Every reader on files that were right once: cut, flipped, doubled, with splinters of other files put in. Reading ends, without a panic,
//! and what was taken can be written in every format. `POSTIL_FUZZ_CASES` says how many cases (16); a release build does thousands.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use postil::formats::{FORMATS, MemoryFiles, SourceFiles, TagScheme};
use proptest::prelude::*;

use crate::records::{any_record, contents, try_read, write};

#[derive(Clone, Debug)]
enum Harm {
    Cut(usize, usize),
    Flip(usize, u8),
    Twice(usize, usize),
    Move(usize, usize, usize),
    Put(usize, &'static [u8]),
}

const SPLINTERS: &[&[u8]] = &[
    b"\0\0",
    b"0",
    b"4294967295",
    b"99999999999999999999",
    b"-1",
    b"1e999",
    b"NaN",
    b"null",
    b"[]",
    b"{}",
    b"[[0,1]]",
    b"[[9,1]]",
    b"\"\"",
    b",",
    b"\"",
    b"\\u0000",
    b"\\ud83d",
    b"\xFF\xFE",
    b"\xEF\xBB\xBF",
    "🙂\u{202E}e\u{301}".as_bytes(),
    b"\r\n",
    b"\t",
    b"<x>",
    b"</x>",
    b"<!--",
    b"<![CDATA[",
    b"&#0;",
    b"&lt;",
    b"\"id\":\"s1\"",
    b"\"id\":\"\"",
    b"\"%ID\":1",
    b" sofa=\"9\"",
    b" begin=\"99999\"",
    b" xmi:id=\"1\"",
    b" guid=\"x\"",
    b" targetGUID=\"x\"",
    b"startPosition=\"-3\"",
    b"\"type\":\"labels\"",
    b"\"value\":{}",
    b"\"items\":[]",
];

fn harm() -> impl Strategy<Value = Harm> {
    prop_oneof![
        (any::<usize>(), 0usize..80).prop_map(|(at, n)| Harm::Cut(at, n)),
        (any::<usize>(), 1u8..).prop_map(|(at, by)| Harm::Flip(at, by)),
        (any::<usize>(), 0usize..300).prop_map(|(at, n)| Harm::Twice(at, n)),
        (any::<usize>(), 0usize..100, any::<usize>()).prop_map(|(from, n, to)| Harm::Move(from, n, to)),
        (any::<usize>(), prop::sample::select(SPLINTERS)).prop_map(|(at, what)| Harm::Put(at, what)),
    ]
}

fn spoil(bytes: &mut Vec<u8>, harms: &[Harm]) {
    for harm in harms {
        let place = |at: usize, length: usize| at % (length + 1);
        let length = bytes.len();
        match harm {
            Harm::Cut(at, n) => {
                let at = place(*at, length);
                bytes.drain(at..(at + n).min(length));
            }
            Harm::Flip(at, by) => {
                if let Some(byte) = bytes.get_mut(place(*at, length)) {
                    *byte ^= by;
                }
            }
            Harm::Twice(at, n) => {
                let at = place(*at, length);
                let piece = bytes[at..(at + n).min(length)].to_vec();
                bytes.splice(at..at, piece);
            }
            Harm::Move(from, n, to) => {
                let from = place(*from, length);
                let piece: Vec<u8> = bytes.drain(from..(from + n).min(length)).collect();
                let to = place(*to, bytes.len());
                bytes.splice(to..to, piece);
            }
            Harm::Put(at, what) => {
                let at = place(*at, length);
                bytes.splice(at..at, what.iter().copied());
            }
        }
    }
}

/// What is packed, so that the harm is done to what is inside.
fn unpacked(name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let mut inner = Vec::new();
    match name {
        "spacy" => ZlibDecoder::new(bytes).read_to_end(&mut inner).ok()?,
        "refi-qda" => {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
            archive.by_name("project.qde").ok()?.read_to_end(&mut inner).ok()?
        }
        _ => return None,
    };
    Some(inner)
}

fn packed(name: &str, bytes: &[u8], inner: &[u8]) -> Vec<u8> {
    if name == "spacy" {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(inner).unwrap();
        return encoder.finish().unwrap();
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut again = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for number in 0..archive.len() {
        let mut file = archive.by_index(number).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        again.start_file(&*name, zip::write::SimpleFileOptions::default()).unwrap();
        again.write_all(if name == "project.qde" { inner } else { &content }).unwrap();
    }
    again.finish().unwrap().into_inner()
}

fn read(name: &str, files: &MemoryFiles) {
    let Ok(gathered) = try_read(name, files, None) else { return };
    contents(&gathered.records);
    for record in &gathered.records {
        record.set.spans().for_each(|span| drop(span.surface(&record.text)));
    }
    let records: Vec<_> = gathered.records.into_iter().take(3).collect();
    for format in FORMATS.iter().filter(|format| format.writer.is_some()) {
        write(format.name, &records, None, TagScheme::Bilou);
    }
}

fn cases() -> u32 {
    std::env::var("POSTIL_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(16)
}

/// The formats of this run: all, or those that `POSTIL_FUZZ_FORMATS` names.
fn is_wanted(name: &str) -> bool {
    std::env::var("POSTIL_FUZZ_FORMATS").map_or(true, |wanted| wanted.split(',').any(|one| one == name))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn spoiled_files_harm_no_reader(made in any_record(), harms in prop::collection::vec(harm(), 1..7), which in any::<usize>()) {
        for format in FORMATS.iter().filter(|format| format.reader.is_some() && is_wanted(format.name)) {
            let (out, _) = write(format.name, std::slice::from_ref(&made), None, TagScheme::Bioes);
            let names = out.files();
            let name = &names[which % names.len()];
            let whole = out.bytes(name).unwrap();
            let mut bytes = whole.clone();
            spoil(&mut bytes, &harms);
            out.put(name, bytes);
            read(format.name, &out);
            if let Some(mut inner) = unpacked(format.name, &whole) {
                spoil(&mut inner, &harms);
                out.put(name, packed(format.name, &whole, &inner));
                read(format.name, &out);
            }
        }
    }
}
