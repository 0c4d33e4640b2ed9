//! Files that someone cut, flipped, swelled or made up: whatever they hold, reading ends, and ends without a panic.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests fail by panicking and write their own fixtures"
)]

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::Path;

use postil::formats::{MemoryFiles, ReadOptions, Record, Remark, Sink};
use postil::model::{
    AnnotationSet, Codebook, FieldPath, FileFaultKind, Parts, ProjectSettings, Register, Schema, Span, Value,
};
use postil::session::Session;
use postil::store::{
    Project, SETTINGS, SchemaChoice, annotation_text, codebook_text, parse_journal, parse_set, places,
    register_text, settings_text,
};
use postil::text::{CanonicalText, DecodeFault, TextRange, decode, read_header, sentences};
use proptest::prelude::*;

const ARTICLE: &str = "Title: Переговоры\nDate: 2026-01-21\n\nКиев требует гарантий. Москва отвергает их.\n";

fn annotations() -> String {
    let text = CanonicalText::new(ARTICLE);
    let mut set = AnnotationSet::new("articles/a.txt", "anna");
    for (n, words) in ["Киев", "требует гарантий", "Москва"].iter().enumerate() {
        let at = ARTICLE.find(words).unwrap();
        let range = text.text_range(at..at + words.len()).unwrap();
        let mut span = Span::new(format!("s{}", n + 1), "position", Parts::one(range));
        span.fields.put(&FieldPath::field("holders").item(0).then("mention"), Some(Value::text("s1")));
        span.note = "«кавычки» \"и\" \\".into();
        set.insert(span);
    }
    annotation_text(&set, Some(&text))
}

fn jsonl() -> String {
    let text = serde_json::to_string(ARTICLE).unwrap();
    format!(
        concat!(
            r#"{{"article":"articles/a.txt","annotator":"anna","language":"ru","status":"done","text":{},"#,
            r#""spans":[{{"id":"s1","label":"position","start":35,"end":39,"parts":[[35,39]],"text":"Киев","#,
            r#""fields":{{"cue":[[35,36]]}}}}],"relations":[{{"id":"r1","label":"supports","from":"s1","to":"s1"}}]}}"#,
            "\n"
        ),
        text
    )
}

/// The valid files, each with who reads it.
fn files() -> Vec<(&'static str, String)> {
    let schema = Schema::template_text("positions").unwrap().to_owned();
    vec![
        ("annotations", annotations()),
        ("settings", settings_text(&ProjectSettings::new("Talks"))),
        ("schema", schema),
        ("register", register_text(&Register::default())),
        ("codebook", codebook_text(&Codebook::default())),
        ("article", ARTICLE.to_owned()),
        ("jsonl", jsonl()),
    ]
}

struct Counting(usize);

impl Sink for Counting {
    fn record(&mut self, record: Record) -> ControlFlow<()> {
        self.0 += record.set.len();
        ControlFlow::Continue(())
    }

    fn remark(&mut self, remark: Remark) {
        assert!(!remark.what.is_empty());
    }
}

/// Reads bytes as that kind of file; whether they were taken.
fn read(kind: &str, bytes: &[u8]) -> bool {
    match kind {
        "annotations" => {
            let text = CanonicalText::new(ARTICLE);
            if let Ok(read) = std::str::from_utf8(bytes) {
                places(read);
            }
            match parse_set("a.ron", bytes, &|_| Some(text.clone())) {
                // What was taken must be good for everything that is done with a set.
                Ok((set, _)) => {
                    let _ = (set.spans().count(), set.touching(TextRange::between(0, 9)).len());
                    annotation_text(&set, Some(&text));
                    true
                }
                Err(fault) => {
                    assert!(!fault.detail.is_empty());
                    false
                }
            }
        }
        "article" => match decode(bytes, None) {
            Ok(decoded) => {
                let text = decoded.text;
                let header = read_header(&text);
                assert!(header.extent.end().get() <= text.len());
                header.title_or_first_words(&text);
                let last = text.paragraphs().last();
                last.map(|paragraph| sentences(text.as_str(), paragraph).len());
                true
            }
            Err(fault) => {
                assert!(!fault.to_string().is_empty());
                false
            }
        },
        "jsonl" => {
            let schema = Schema::positions();
            let format = postil::formats::format("jsonl").unwrap();
            let mut taken = Counting(0);
            let options = ReadOptions { unit: None, schema: &schema };
            let source = MemoryFiles::one("a.jsonl", bytes);
            format.reader.unwrap().read(&source, &options, &mut taken).is_ok() && taken.0 > 0
        }
        "journal" => {
            parse_journal(bytes);
            false
        }
        // Settings, schema, register and codebook through the door that a user goes through.
        kind => {
            let dir = tempfile::tempdir().unwrap();
            let settings = project(dir.path()).settings;
            let name = match kind {
                "settings" => SETTINGS,
                "schema" => &settings.schema,
                "register" => &settings.register,
                _ => &settings.codebook,
            };
            std::fs::write(dir.path().join(name), bytes).unwrap();
            Project::open_for_checking(dir.path()).is_ok_and(|project| project.faults.is_empty())
        }
    }
}

#[test]
fn the_valid_files_are_taken() {
    for (kind, file) in files() {
        assert!(read(kind, file.as_bytes()), "{kind}");
    }
}

/// One way to spoil a file.
#[derive(Clone, Debug)]
enum Harm {
    Cut(usize, usize),
    Flip(usize, u8),
    Twice(usize, usize),
    Put(usize, Vec<u8>),
}

fn harm() -> impl Strategy<Value = Harm> {
    let splinter = prop_oneof![
        Just(b"\0\0\0".to_vec()),
        Just(b"99999999999999999999999999".to_vec()),
        Just(b"-1".to_vec()),
        Just(b"1e999".to_vec()),
        Just(b"NaN".to_vec()),
        Just(b"\"".to_vec()),
        Just(b"/*".to_vec()),
        Just(b"r#\"".to_vec()),
        Just(b"\\u{110000}".to_vec()),
        Just(b"\xEF\xBB\xBF".to_vec()),
        Just(b"\xFF\xFE".to_vec()),
        Just(b"((((((((".to_vec()),
        Just(b"]})".to_vec()),
        Just("🙂\u{202E}й\u{306}".as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 0..12),
    ];
    prop_oneof![
        (any::<usize>(), 0usize..200).prop_map(|(at, n)| Harm::Cut(at, n)),
        (any::<usize>(), 1u8..).prop_map(|(at, by)| Harm::Flip(at, by)),
        (any::<usize>(), 0usize..200).prop_map(|(at, n)| Harm::Twice(at, n)),
        (any::<usize>(), splinter).prop_map(|(at, what)| Harm::Put(at, what)),
    ]
}

fn spoiled(file: &str, harms: &[Harm]) -> Vec<u8> {
    let mut bytes = file.as_bytes().to_vec();
    for harm in harms {
        let place = |at: usize| at % (bytes.len() + 1);
        match harm {
            Harm::Cut(at, n) => {
                let at = place(*at);
                let end = (at + n).min(bytes.len());
                bytes.drain(at..end);
            }
            Harm::Flip(at, by) => {
                let at = place(*at);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= by;
                }
            }
            Harm::Twice(at, n) => {
                let at = place(*at);
                let piece = bytes[at..(at + n).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            Harm::Put(at, what) => {
                let at = place(*at);
                bytes.splice(at..at, what.iter().copied());
            }
        }
    }
    bytes
}

/// How many cases; `POSTIL_FUZZ_CASES` says otherwise.
fn cases() -> u32 {
    std::env::var("POSTIL_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(160)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_harm_no_reader(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        for (kind, _) in files() {
            read(kind, &bytes);
        }
        read("journal", &bytes);
    }

    #[test]
    fn spoiled_files_harm_no_reader(harms in prop::collection::vec(harm(), 1..5)) {
        for (kind, file) in files() {
            read(kind, &spoiled(&file, &harms));
        }
    }
}

/// On a thread with the stack that threads have by default: a reader that calls itself for each bracket overflows it.
fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap();
    assert!(thread.join().is_ok());
}

#[test]
fn a_hundred_thousand_brackets_are_refused() {
    on_a_small_stack(|| {
        for bracket in ["(", "[", "{", "Some(", "[[", "{\"a\":", "(a:", "/*"] {
            let deep = bracket.repeat(100_000);
            for (kind, file) in files().into_iter().filter(|(kind, _)| *kind != "article") {
                assert!(!read(kind, deep.as_bytes()), "{kind} {bracket}");
                // Where a value is expected, too.
                let key = if file.contains("format:") { "format:" } else { ":" };
                let at = file.find(key).unwrap() + key.len();
                let inside = format!("{}{deep}{}", &file[..at], &file[at..]);
                assert!(!read(kind, inside.as_bytes()), "{kind} {bracket} inside");
            }
            read("article", deep.as_bytes());
            read("journal", deep.as_bytes());
        }
    });
}

#[test]
fn an_empty_file_is_refused_by_name() {
    assert!(matches!(decode(b"", None), Err(DecodeFault::Empty)));
    let fault = parse_set("a.ron", b"", &|_| None).unwrap_err();
    assert_eq!((fault.file.as_str(), fault.kind), ("a.ron", FileFaultKind::Malformed));
    assert!(!read("settings", b""));
    assert!(!read("jsonl", b""));
}

#[test]
fn nothing_but_nuls_is_no_text_and_no_annotations() {
    assert!(decode(&[0; 5_000], None).is_err());
    assert!(parse_set("a.ron", &[0; 5_000], &|_| None).is_err());
    assert!(!read("jsonl", &[0; 5_000]));
}

#[test]
fn fifty_megabytes_on_one_line_are_read() {
    let words = "слово и ещё слово, ";
    let line = words.repeat(50_000_000 / words.len() + 1);
    assert!(line.len() >= 50_000_000);
    let decoded = decode(line.as_bytes(), None).unwrap();
    let text = decoded.text;
    assert_eq!(text.lines().line_count(), 1);
    assert!(read_header(&text).extent.is_empty());
    let middle = text.len() / 2;
    let byte = text.byte_of(middle).unwrap();
    assert_eq!(text.code_point_of(byte).map(|at| at.get()), Some(middle));
}

#[test]
fn broken_utf8_is_read_with_the_broken_bytes_replaced_and_counted() {
    let mut bytes = ARTICLE.repeat(20).into_bytes();
    let at = ARTICLE.find("Киев").unwrap();
    bytes[at] = 0xFF;
    let decoded = decode(&bytes, None).unwrap();
    assert!(decoded.text.as_str().contains('\u{FFFD}') && decoded.text.as_str().contains("требует"));
    // An annotation file is never mended by guessing.
    let mut file = annotations().into_bytes();
    let middle = file.iter().position(|byte| *byte >= 0x80).unwrap();
    file[middle] = 0xFF;
    assert_eq!(parse_set("a.ron", &file, &|_| None).unwrap_err().kind, FileFaultKind::NotText);
}

#[test]
fn a_newer_format_is_refused_and_said_to_be_newer() {
    let newer = annotations().replacen("format: 1", "format: 999", 1);
    let fault = parse_set("a.ron", newer.as_bytes(), &|_| None).unwrap_err();
    assert_eq!(fault.kind, FileFaultKind::TooNew);
    assert!(fault.detail.contains("999"), "{}", fault.detail);
}

#[test]
fn numbers_beyond_every_bound_are_no_offsets() {
    let file = annotations();
    for number in ["4294967296", "18446744073709551616", "-1", "1e30", "0x", "9".repeat(10_000).as_str()] {
        let mut spoiled = String::new();
        let at = file.find("length: ").unwrap() + "length: ".len();
        let end = at + file[at..].find(',').unwrap();
        write!(spoiled, "{}{number}{}", &file[..at], &file[end..]).unwrap();
        assert!(parse_set("a.ron", spoiled.as_bytes(), &|_| None).is_err(), "{number}");
    }
}

fn project(root: &Path) -> Project {
    let template = SchemaChoice::Template("positions".into());
    Project::create(root, "Talks", template, "ru").unwrap()
}

#[test]
fn a_path_with_cyrillic_letters_and_spaces_is_a_path() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("Мои статьи за год");
    let mut project = project(&root);
    let file = dir.path().join("Переговоры в Давосе (часть 1).txt");
    std::fs::write(&file, ARTICLE).unwrap();
    let path = project.add_article(&file).unwrap();
    assert!(path.contains("Переговоры в Давосе"), "{path}");
    let (mut session, _) = Session::open(&root, "Анна Мария", std::sync::Arc::new(|| {})).unwrap();
    session.open_article(&path).unwrap();
    let tag = postil::session::Edit::Tag { ranges: vec![TextRange::between(35, 39)], label: "entity".into() };
    session.edit(tag).unwrap();
    assert!(session.close_article().iter().all(|notice| notice.key != "notice-not-saved"));
    let read = postil::store::read_set(&Project::open(&root).unwrap(), "Анна Мария", &path, None).unwrap();
    assert_eq!(read.unwrap().set.len(), 1);
}

#[test]
fn an_article_that_is_gone_is_said_to_be_gone_and_the_rest_stays_open() {
    let dir = tempfile::tempdir().unwrap();
    let mut project = project(&dir.path().join("talks"));
    let file = dir.path().join("a.txt");
    std::fs::write(&file, ARTICLE).unwrap();
    let path = project.add_article(&file).unwrap();
    let root = project.root.clone();
    let (mut session, _) = Session::open(&root, "anna", std::sync::Arc::new(|| {})).unwrap();
    std::fs::remove_file(root.join(&path)).unwrap();
    let why = session.open_article(&path).unwrap_err().to_string();
    assert!(why.contains(&path), "{why}");
    assert!(session.open.is_none());
    let row = session.rows.iter().find(|row| row.path == path).unwrap();
    assert!(row.fault.is_some());
}
