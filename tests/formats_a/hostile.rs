//! Files that someone cut, flipped, swelled or made up: reading ends, and ends without a panic.

use postil::formats::{MemoryFiles, TagScheme};
use proptest::prelude::*;

use crate::records::{any_record, contents, record, try_read, write};

const FORMATS: [&str; 4] = ["brat", "conll", "webanno-tsv", "tei"];

fn files(name: &str, bytes: &[u8]) -> MemoryFiles {
    match name {
        "brat" => {
            let files = MemoryFiles::one("a.ann", bytes);
            files.put("a.txt", "Киев требует\r\nгарантий 😀.".into());
            files.put("annotation.conf", bytes.to_vec());
            files.put("visual.conf", bytes.to_vec());
            files.put("kb_shortcuts.conf", bytes.to_vec());
            files
        }
        "conll" => MemoryFiles::one("a.conll", bytes),
        "webanno-tsv" => MemoryFiles::one("a.tsv", bytes),
        _ => MemoryFiles::one("a.xml", bytes),
    }
}

/// What was taken must be good for everything that is done with a set.
fn read(name: &str, bytes: &[u8]) {
    if let Ok(gathered) = try_read(name, &files(name, bytes), None) {
        contents(&gathered.records);
        for record in &gathered.records {
            record.set.spans().for_each(|span| drop(span.surface(&record.text)));
        }
        let records: Vec<_> = gathered.records.into_iter().take(4).collect();
        for name in FORMATS {
            write(name, &records, None, TagScheme::Bioes);
        }
    }
}

fn valid(name: &str) -> Vec<u8> {
    let made = record(
        "articles/a.txt",
        "anna",
        "Киев требует гарантий 😀.\nДа.",
        &[
            ("s1", "entity", &[(0, 4)], r#"{"kind": "place", "entity": "kyiv"}"#),
            (
                "s2",
                "position",
                &[(5, 12), (13, 21)],
                r#"{"addressees": ["s1"], "holders": [{"mention": "s1"}]}"#,
            ),
            ("s3", "entity", &[(1, 3)], "{}"),
        ],
    );
    let (out, _) = write(name, &[made], None, TagScheme::default());
    let file = ["articles/a.ann", "", "articles/a.tsv", "articles/a.xml"];
    file.iter().find_map(|file| out.bytes(file)).unwrap()
}

#[derive(Clone, Debug)]
enum Harm {
    Cut(usize, usize),
    Flip(usize, u8),
    Twice(usize, usize),
    Put(usize, &'static [u8]),
}

fn harm() -> impl Strategy<Value = Harm> {
    let splinters: Vec<&'static [u8]> = vec![
        b"\0\0",
        b"4294967295",
        b"99999999999999999999",
        b"-1",
        b"\t",
        b"\n",
        b"\r\n",
        b"T1\tX 0 1;2 3;1 9\tx\n",
        b"*\tA T1 T1 T2\n",
        b"E1\tX:T1 a:E1 a2:E1\n",
        b"[1]",
        b"|",
        b";",
        b"\\",
        b"->1-1",
        b"<p>",
        b"</p>",
        b"<!ENTITY a \"b\">",
        b"&#0;",
        b"&#x110000;",
        b"#string-range(text,4294967295,4294967295)",
        b"# text = \n",
        b"-DOCSTART-\n",
        b"#Text=\n",
        b"\xFF\xFE",
        "🙂\u{202E}".as_bytes(),
        b"_U",
        b"%F",
        b"[entities]\n<A>=<A>|<A>\n",
        b"#T_SP=x|ROLE_:a_b|\n",
        b"#T_RL=x|BT_x\n",
        b"#T_CH=x|a|b\n",
    ];
    prop_oneof![
        (any::<usize>(), 0usize..60).prop_map(|(at, n)| Harm::Cut(at, n)),
        (any::<usize>(), 1u8..).prop_map(|(at, by)| Harm::Flip(at, by)),
        (any::<usize>(), 0usize..200).prop_map(|(at, n)| Harm::Twice(at, n)),
        (any::<usize>(), prop::sample::select(splinters)).prop_map(|(at, what)| Harm::Put(at, what)),
    ]
}

fn spoil(bytes: &mut Vec<u8>, harms: &[Harm]) {
    for harm in harms {
        let place = |at: usize| at % (bytes.len() + 1);
        match harm {
            Harm::Cut(at, n) => {
                let at = place(*at);
                bytes.drain(at..(at + n).min(bytes.len()));
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
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_harm_no_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        FORMATS.iter().for_each(|name| read(name, &bytes));
    }

    #[test]
    fn spoiled_files_harm_no_reader(harms in prop::collection::vec(harm(), 1..6)) {
        for name in FORMATS {
            let mut bytes = valid(name);
            spoil(&mut bytes, &harms);
            read(name, &bytes);
        }
    }

    #[test]
    fn spoiled_records_harm_no_reader(made in any_record(), harms in prop::collection::vec(harm(), 1..4)) {
        for name in FORMATS {
            let (out, _) = write(name, std::slice::from_ref(&made), None, TagScheme::default());
            let file = ["articles/a.md.ann", "", "articles/a.md.tsv", "articles/a.md.xml"];
            if let Some(mut bytes) = file.iter().find_map(|file| out.bytes(file)) {
                spoil(&mut bytes, &harms);
                read(name, &bytes);
            }
        }
    }
}
