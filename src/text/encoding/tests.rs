use std::path::PathBuf;

use super::*;

fn encoding(label: &str) -> Encoding {
    Encoding::from_label(label).unwrap()
}

/// A text in the bytes of an encoding; the test fails if it cannot hold it.
fn encoded(text: &str, label: &str) -> Vec<u8> {
    match label {
        "utf-16le" => return text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => return text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => {}
    }
    let (bytes, _, replaced) = encoding(label).codec().encode(text);
    assert!(!replaced, "{label} cannot hold {text:?}");
    bytes.into_owned()
}

const RUSSIAN: &[&str] = &[
    "Привет, мир",
    "Переговоры отложены",
    "Песков: решение принято",
    "МИД России выразил протест послу",
    "Стороны договорились встретиться в четверг, сообщил источник.",
    "Ещё одна встреча пройдёт вечером в среду. Об этом он сказал в интервью.",
];

const UKRAINIAN: &[&str] = &[
    "Зустріч відкладено",
    "Президент України підписав указ",
    "Сторони домовилися зустрітися у четвер, повідомило джерело.",
    "Її об'єднання із сусідніми громадами ще не завершено",
];

#[test]
fn short_cyrillic_texts_are_recognised() {
    for text in RUSSIAN {
        for label in
            ["windows-1251", "koi8-r", "ibm866", "iso-8859-5", "x-mac-cyrillic", "utf-16le", "utf-16be"]
        {
            let decoded = decode(&encoded(text, label), None).unwrap();
            assert_eq!(decoded.text.as_str(), *text, "{label}, read as {}", decoded.encoding.label());
            assert!(!decoded.certain);
        }
    }
    for text in UKRAINIAN {
        for label in ["windows-1251", "koi8-u", "iso-8859-5", "x-mac-cyrillic", "utf-16le", "utf-16be"] {
            let decoded = decode(&encoded(text, label), None).unwrap();
            assert_eq!(decoded.text.as_str(), *text, "{label}, read as {}", decoded.encoding.label());
        }
    }
}

#[test]
fn other_alphabets_are_not_taken_for_cyrillic() {
    for (label, text) in [
        (
            "windows-1252",
            "Le président français a déclaré hier soir à Genève que les négociations étaient terminées.",
        ),
        (
            "windows-1252",
            "Die Gespräche über die Grenzöffnung wurden gestern fortgeführt, erklärte der Außenminister.",
        ),
        ("windows-1253", "Ο πρόεδρος δήλωσε χθες το βράδυ ότι οι διαπραγματεύσεις ολοκληρώθηκαν στη Γενεύη."),
        (
            "windows-1250",
            "Prezydent oświadczył wczoraj, że rozmowy zakończyły się, lecz żadna ze stron nie ustąpiła.",
        ),
        ("windows-1255", "הנשיא אמר אתמול בערב כי השיחות הסתיימו ללא תוצאות"),
        ("windows-1256", "قال الرئيس مساء أمس إن المفاوضات انتهت دون نتائج في جنيف"),
        ("shift_jis", "大統領は昨夜、ジュネーブでの交渉が終わったと述べた。"),
        ("gb18030", "总统昨晚表示，日内瓦的谈判已经结束，没有达成任何协议。"),
        ("big5", "總統昨晚表示，日內瓦的談判已經結束，沒有達成任何協議。"),
        ("euc-kr", "대통령은 어젯밤 제네바 협상이 끝났다고 말했다."),
    ] {
        let decoded = decode(&encoded(text, label), None).unwrap();
        assert_eq!(decoded.text.as_str(), text, "{label}, read as {}", decoded.encoding.label());
    }
}

#[test]
fn marks_and_line_ends_are_folded_and_told() {
    let decoded = decode(b"\xEF\xBB\xBFa\r\nb\rc", None).unwrap();
    assert_eq!(decoded.text.as_str(), "a\nb\nc");
    assert!(decoded.raw_text_had_bom && decoded.folded_line_ends && decoded.certain);
    assert_eq!(decoded.notes, []);
    let decoded = decode(b"\xFF\xFE\x14\x04\x30\x04", None).unwrap();
    assert_eq!((decoded.text.as_str(), decoded.encoding.label()), ("Да", "utf-16le"));
    let decoded = decode(b"\xFE\xFF\x04\x14\x04\x30", None).unwrap();
    assert_eq!((decoded.text.as_str(), decoded.encoding.label()), ("Да", "utf-16be"));
    let decoded = decode("\u{FEFF}\u{FEFF}x".as_bytes(), None).unwrap();
    assert_eq!(decoded.text.as_str(), "\u{FEFF}x", "the second mark is text");
}

#[test]
fn broken_utf_8_stays_utf_8() {
    let mut bytes = "Переговоры в Женеве, ".as_bytes().to_vec();
    let first = bytes.len();
    bytes.extend(b"\xFF\xD0");
    bytes.extend(" потом обед".as_bytes());
    let decoded = decode(&bytes, None).unwrap();
    assert_eq!(decoded.text.as_str(), "Переговоры в Женеве, \u{FFFD}\u{FFFD} потом обед");
    assert_eq!((decoded.encoding, decoded.certain), (Encoding::UTF_8, false));
    assert_eq!((decoded.replaced, decoded.first_bad_byte), (2, Some(first)));
    assert!(decoded.notes.iter().any(|note| note.to_string().contains(&format!("byte {first} "))));

    let cut = &"Москва".as_bytes()[..11];
    assert_eq!(decode(cut, None).unwrap().text.as_str(), "Москв\u{FFFD}");
}

#[test]
fn what_is_no_text_is_refused_and_named() {
    assert_eq!(decode(b"", None).unwrap_err(), DecodeFault::Empty);
    assert_eq!(decode(b"\xEF\xBB\xBF", None).unwrap_err(), DecodeFault::Empty);
    for (bytes, says) in [
        (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "PNG"),
        (b"%PDF-1.7\n%\xE2\xE3", "PDF"),
        (b"PK\x03\x04\x14\0\0\0", "ZIP"),
        (b"\x7FELF\x02\x01\x01\0", "Linux program"),
        (b"\0\0\0\0\0\0", "NUL"),
        (
            b"\x01\x02\x03\0\x05\x06\x07\x08abc\0\0\0\x01\x02\x03\x04\x05\x06\x0e\x0f\x10\x11\x12\x13",
            "control",
        ),
    ] {
        let fault = decode(bytes, None).unwrap_err();
        assert!(matches!(fault, DecodeFault::Binary { .. }), "{fault:?}");
        let said = fault.to_string();
        assert!(said.contains(says) || said.contains("NUL"), "{said}");
    }
    let random: Vec<u8> = (0..4096u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert!(matches!(decode(&random, None), Err(DecodeFault::Binary { .. })));
}

#[test]
fn a_few_nul_characters_are_kept_with_a_note() {
    let decoded = decode(b"He said\0 nothing at all.", None).unwrap();
    assert_eq!(decoded.text.as_str(), "He said\0 nothing at all.");
    assert_eq!(decoded.notes, [DecodeNote::Nul { count: 1, first: 7 }]);
}

#[test]
fn a_choice_is_obeyed_or_refused_with_a_reason() {
    let bytes = encoded("Привет", "windows-1251");
    let decoded = decode(&bytes, Some(encoding("koi8-r"))).unwrap();
    assert_eq!(decoded.text.as_str(), "оПХБЕР");
    assert!(decoded.certain);
    let fault = decode(&bytes, Some(Encoding::UTF_8)).unwrap_err();
    assert!(matches!(fault, DecodeFault::ChoiceDoesNotFit { first: 0, .. }), "{fault:?}");
    let marked = decode(b"\xFF\xFEa\0", Some(encoding("windows-1252"))).unwrap();
    assert!(matches!(marked.notes[0], DecodeNote::MarkIgnored { .. }));
}

#[test]
fn every_encoding_is_found_by_its_label() {
    for offered in Encoding::all() {
        assert_eq!(Encoding::from_label(offered.label()), Some(offered), "{offered}");
        assert_eq!(offered.codec().name().to_ascii_lowercase(), offered.label());
        assert_eq!(
            serde_json::from_str::<Encoding>(&serde_json::to_string(&offered).unwrap()).unwrap(),
            offered
        );
    }
    for (label, standard) in [
        ("cp1251", "windows-1251"),
        ("CP866", "ibm866"),
        ("koi8_r", "koi8-r"),
        ("iso8859_5", "iso-8859-5"),
        ("mac_cyrillic", "x-mac-cyrillic"),
        ("utf-16-le", "utf-16le"),
        ("utf_16_be", "utf-16be"),
        ("cp1253", "windows-1253"),
        ("UTF8", "utf-8"),
        ("gbk", "gb18030"),
    ] {
        assert_eq!(Encoding::from_label(label).map(Encoding::label), Some(standard), "{label}");
    }
    assert_eq!(Encoding::from_label("klingon"), None);
}

/// The folder of test corpora, or `None` (said plainly) when it is not here.
fn corpora(of: &str) -> Option<PathBuf> {
    let root = std::env::var_os("POSTIL_CORPORA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora"), PathBuf::from);
    let folder = root.join(of);
    if !folder.is_dir() {
        println!("left out: no corpora at {}; set POSTIL_CORPORA", folder.display());
        return None;
    }
    Some(folder)
}

#[test]
fn the_encodings_corpus_is_read_as_expected() {
    let Some(folder) = corpora("encodings") else {
        return;
    };
    let expected = std::fs::read_to_string(folder.join("expected.json")).unwrap();
    let expected: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&expected).unwrap();
    assert!(!expected.is_empty());
    for (name, facts) in expected {
        let decoded = decode(&std::fs::read(folder.join(&name)).unwrap(), None).unwrap();
        let written = facts["encoding"].as_str().unwrap();
        let label = written.split(' ').next().unwrap();
        assert_eq!(decoded.encoding.label(), encoding(label).label(), "{name}");
        let bom = facts.get("bom").and_then(|bom| bom.as_bool()).unwrap_or(written.contains("BOM"));
        assert_eq!(decoded.raw_text_had_bom, bom, "{name}");
        assert_eq!(decoded.replaced, 0, "{name}");
        if let Some(newline) = facts.get("newline").and_then(|newline| newline.as_str()) {
            assert_eq!(decoded.folded_line_ends, newline != "LF", "{name}");
        }
        if let Some(sum) = facts.get("sha256_text").and_then(|sum| sum.as_str()) {
            assert_eq!(decoded.text.fingerprint(), format!("sha256:{sum}"), "{name}");
        }
    }
}

#[test]
fn naughty_strings_pass_through_unharmed() {
    let Some(folder) = corpora("naughty-strings") else {
        return;
    };
    let bytes = std::fs::read(folder.join("blns.txt")).unwrap();
    let decoded = decode(&bytes, None).unwrap();
    assert_eq!(decoded.encoding, Encoding::UTF_8);
    assert_eq!(decoded.text.as_str(), std::str::from_utf8(&bytes).unwrap().replace("\r\n", "\n"));
    let strings: Vec<String> =
        serde_json::from_str(&std::fs::read_to_string(folder.join("blns.json")).unwrap()).unwrap();
    for string in strings.iter().filter(|string| !string.is_empty()) {
        // UTF-8 of every kind of sign, alone in a file, is read as UTF-8 or refused, never as something else.
        match decode(string.as_bytes(), None) {
            Ok(decoded) => assert_eq!(decoded.encoding, Encoding::UTF_8, "{string:?}"),
            Err(fault) => {
                assert!(string.chars().any(char::is_control) || string == "\u{FEFF}", "{string:?}: {fault}")
            }
        }
        let words: Vec<_> = crate::text::words(string).collect();
        for word in words {
            assert_eq!(crate::text::snap_to_words(string, word.clone()), word, "{string:?}");
        }
    }
}
