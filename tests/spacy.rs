//! `spacy`: there and back, and a real DocBin.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test that cannot go on has failed")]

#[path = "fixtures/records/mod.rs"]
mod records;

use postil::formats::{Gathered, MemoryFiles, ReadOptions, format};
use postil::model::Schema;
use proptest::prelude::*;
use records::{any_record, corpus, files_of, harm, read, said, same, spoilt, survives, write};
use std::io::{Read, Write};

fn file(records: &[postil::formats::Record]) -> Vec<u8> {
    write("spacy", records, None).bytes("").unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn everything_comes_back(one in any_record(), other in any_record()) {
        let records = vec![one, other];
        let gathered = read("spacy", &MemoryFiles::one("a.spacy", file(&records)), None);
        prop_assert!(gathered.remarks.iter().all(|remark| !remark.left_out), "{:?}", said(&gathered));
        for (one, other) in gathered.records.iter().zip(&records) {
            same(one, other);
        }
        prop_assert_eq!(gathered.records.len(), 2);
    }

    #[test]
    fn spoilt_files_end_without_a_panic(record in any_record(), harm in harm()) {
        let packed = file(&[record]);
        survives("spacy", &MemoryFiles::one("a.spacy", spoilt(&packed, &harm)));
        // Inside the packing too, where a flipped byte is not caught by a checksum.
        let mut plain = Vec::new();
        flate2::read::ZlibDecoder::new(packed.as_slice()).read_to_end(&mut plain).unwrap();
        survives("spacy", &MemoryFiles::one("a.spacy", deflated(&spoilt(&plain, &harm))));
    }
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[test]
fn a_bomb_is_refused() {
    let bomb = deflated(&vec![0; 200 << 20]);
    assert!(bomb.len() < 2 << 20);
    let schema = Schema::positions();
    let options = ReadOptions { unit: None, schema: &schema };
    let reader = format("spacy").unwrap().reader.unwrap();
    let refused = reader.read(&MemoryFiles::one("a.spacy", bomb), &options, &mut Gathered::default());
    let said = refused.unwrap_err().to_string();
    assert!(said.contains("when unpacked") || said.contains("no DocBin"), "{said}");
}

#[test]
fn a_hundred_thousand_lists_in_each_other_are_refused() {
    let deep = deflated(&[[0x81, 0xA4].as_slice(), b"cats", &vec![0x91; 100_000]].concat());
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    let read = thread.spawn(move || survives("spacy", &MemoryFiles::one("a.spacy", deep))).unwrap();
    assert!(read.join().is_ok());
}

#[test]
fn a_real_file_holds_what_its_twin_in_json_holds() {
    let Some(path) = corpus("prodigy-headlines") else { return };
    let docbin = read("spacy", &files_of(&path.join("demo.spacy")), None);
    let json = read("prodigy", &files_of(&path.join("demo.jsonl")), None);
    assert_eq!(said(&docbin), Vec::<String>::new());
    let what = |gathered: &Gathered| -> Vec<_> {
        let spans = |r: &postil::formats::Record| -> Vec<_> {
            r.set.spans().map(|s| (s.label.clone(), s.parts.clone(), s.surface(&r.text))).collect()
        };
        gathered.records.iter().map(|r| (r.text.as_str().to_owned(), spans(r))).collect()
    };
    assert_eq!(what(&docbin), what(&json));
}
