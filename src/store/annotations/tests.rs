use super::super::trial::any_set;
use super::*;
use proptest::prelude::*;

const TEXT: &str = "Песков: решать вопрос Донбасса 👩‍👩‍👧 пора";

fn read(text: &str) -> Result<AnnotationSet, FileFault> {
    let article = CanonicalText::new(TEXT);
    parse_set("annotations/anna/a.ron", text.as_bytes(), &|_| Some(article.clone())).map(|(set, _)| set)
}

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/store").join(name);
    std::fs::read_to_string(&path).unwrap()
}

#[test]
fn what_a_hand_wrote_is_normalised_and_nothing_is_lost() {
    let set = read(&fixture("by_hand.ron")).unwrap();
    assert_eq!(set.status, Status::InProgress);
    let written = annotation_text(&set, Some(&CanonicalText::new(TEXT)));
    assert_eq!(written, fixture("by_hand.normalised.ron"));
    assert_eq!(read(&written).unwrap(), set);
}

#[test]
fn format_0_is_migrated() {
    let article = CanonicalText::new(TEXT);
    let old = fixture("format_0.ron");
    let (set, migrated) = parse_set("a.ron", old.as_bytes(), &|_| Some(article.clone())).unwrap();
    assert!(migrated);
    assert_eq!(set.status, Status::InProgress);
    let span = set.get(&"s1".into()).unwrap();
    assert_eq!(span.parts.as_slice(), [TextRange::new(0, 6).unwrap()]);
    assert_eq!(span.misquote, None);
    assert_eq!(set.relation_count(), 1);
    let new = annotation_text(&set, Some(&article));
    assert!(new.starts_with("(\n    format: 1,"));
    // What is of format 1 does not take keys of format 0.
    assert!(read(&old.replace("format: 0", "format: 1")).is_err());
}

#[test]
fn a_wrong_surface_is_kept_until_someone_decides() {
    let file = r#"(format: 1, article: "a.txt", annotator: "anna", spans: [
        (id: "s1", label: "x", at: [(0, 6)], text: "Пескoв", before: "", after: ":"),
        (id: "s2", label: "x", at: [(0, 6)], text: "Песков", before: "something else"),
        (id: "s3", label: "x", at: [(500, 600)], text: "gone"),
    ])"#;
    let set = read(file).unwrap();
    assert_eq!(set.get(&"s1".into()).unwrap().misquote.as_ref().unwrap().text, "Пескoв");
    assert!(set.get(&"s2".into()).unwrap().misquote.is_none(), "the context alone is refreshed");
    let written = annotation_text(&set, Some(&CanonicalText::new(TEXT)));
    assert!(written.contains("text: \"Пескoв\", before: \"\", after: \":\""), "{written}");
    assert!(written.contains("text: \"gone\""), "{written}");
}

#[test]
fn unknown_keys_and_words_are_faults_with_places() {
    let fault = read(
        "(format: 1, article: \"a\", annotator: \"b\",\n  spans: [(id: \"s\", lable: \"x\", at: [(0, 1)])])",
    )
    .unwrap_err();
    assert_eq!(fault.place.unwrap().line, 2);
    assert!(fault.detail.contains("`lable`") && fault.detail.contains("Did you mean `label`?"), "{fault}");
    let fault = read("(format: 1, article: \"a\", annotator: \"b\",\n\n  status: finished)").unwrap_err();
    assert!(fault.detail.contains("`finished`") && fault.detail.contains("reviewed"), "{fault}");
    assert_eq!(fault.place.unwrap().line, 3);
    let fault = read(
        "(format: 1, article: \"a\", annotator: \"b\", spans: [(id: \"s\", label: \"x\", at: [(9, 1)])])",
    )
    .unwrap_err();
    assert!(fault.detail.contains("ends before it starts"), "{fault}");
    for cut in 0..fixture("by_hand.ron").trim_end().len() {
        let file = fixture("by_hand.ron");
        if let Some(half) = file.get(..cut) {
            let fault = read(half).unwrap_err();
            assert_eq!(fault.kind, FileFaultKind::Malformed, "{half}\n{fault}");
        }
    }
}

proptest! {
    #[test]
    fn saving_and_reading_is_the_identity((text, set) in any_set()) {
        let written = annotation_text(&set, Some(&text));
        let (again, migrated) = parse_set("a.ron", written.as_bytes(), &|_| Some(text.clone())).unwrap();
        prop_assert!(!migrated);
        prop_assert_eq!(&again, &set);
        prop_assert_eq!(annotation_text(&again, Some(&text)), written.clone());

        // Its article gone, everything stays as the file has it.
        let (alone, _) = parse_set("a.ron", written.as_bytes(), &|_| None).unwrap();
        prop_assert_eq!(annotation_text(&alone, None), written.clone());

        let places = places(&written);
        prop_assert_eq!(places.spans.len(), set.len());
        for span in set.spans() {
            let line = written.lines().nth(places.span(&span.id).line as usize - 1).unwrap();
            let begins = format!("        (id: \"{}\", ", span.id);
            prop_assert!(line.starts_with(&begins));
        }
    }

    #[test]
    fn an_edit_changes_the_lines_of_its_span_alone((text, set) in any_set(), which in 0usize..12, note in ".{0,200}") {
        let Some(old) = set.spans().nth(which).cloned() else { return Ok(()) };
        let mut changed = set.clone();
        let mut span = (*changed.remove(&old.id).unwrap()).clone();
        span.note = note;
        changed.insert(span);
        let without = |set: &AnnotationSet| {
            let mut set = set.clone();
            set.remove(&old.id);
            annotation_text(&set, Some(&text))
        };
        prop_assert_eq!(without(&set), without(&changed));
        let (before, after) = (annotation_text(&set, Some(&text)), annotation_text(&changed, Some(&text)));
        let same_start = before.lines().zip(after.lines()).take_while(|(a, b)| a == b).count();
        let same_end = before.lines().rev().zip(after.lines().rev()).take_while(|(a, b)| a == b).count();
        let others = without(&set).lines().count();
        // Where the list becomes empty without it, its bracket closes on another line.
        prop_assert!(same_start + same_end + usize::from(set.len() == 1) >= others);
    }

    #[test]
    fn no_input_makes_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _any_answer = parse_set("a.ron", &bytes, &|_| None);
    }

    #[test]
    fn no_mutation_of_a_file_makes_the_reader_panic(
        (text, set) in any_set(),
        cut in any::<prop::sample::Index>(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
    ) {
        let mut bytes = annotation_text(&set, Some(&text)).into_bytes();
        let half = &bytes[..cut.index(bytes.len())];
        prop_assert!(parse_set("a.ron", half, &|_| Some(text.clone())).is_err() || half.ends_with(b")"));
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _any_answer = parse_set("a.ron", &bytes, &|_| Some(text.clone()));
        places(&String::from_utf8_lossy(&bytes));
    }
}

/// Texts that look like annotation files, with something small done to them.
fn meddled(text: &str, at: usize, with: &str, take: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = at % (chars.len() + 1);
    let rest = chars.get(at + take..).unwrap_or_default();
    chars[..at].iter().chain(&with.chars().collect::<Vec<_>>()).chain(rest).collect()
}

proptest! {
    #[test]
    fn the_quick_way_reads_all_that_we_write_and_as_the_slow_way_does((article, set) in any_set()) {
        let written = annotation_text(&set, Some(&article));
        let lookup = |_: &str| Some(article.clone());
        let slow = parse_any("a.ron", &written, &lookup).unwrap().0;
        let quick = quick::read(&written, &lookup);
        // Numbers with a point are left to the slow way.
        if let Some(quick) = &quick {
            prop_assert_eq!(quick, &slow);
            prop_assert_eq!(annotation_text(quick, Some(&article)), annotation_text(&slow, Some(&article)));
        } else {
            prop_assert!(written.contains('.'), "{}", written);
        }
    }

    #[test]
    fn the_quick_way_never_reads_what_the_slow_way_would_not(
        (article, set) in any_set(), at in any::<usize>(), take in 0usize..4,
        with in prop::sample::select(vec!["", ",", "(", ")", "[", "]", "{", "}", "\"", "\\", ":", "0", "-", "1", " ", "//", "/* */", "a", "_", "\\u{41}", "true", "r\"", "\t", "."]),
    ) {
        let lookup = |_: &str| Some(article.clone());
        let text = meddled(&annotation_text(&set, Some(&article)), at, with, take);
        if let Some(quick) = quick::read(&text, &lookup) {
            let slow = parse_any("a.ron", &text, &lookup);
            prop_assert!(slow.is_ok(), "{text}\n{:?}", slow.err());
            prop_assert_eq!(quick, slow.unwrap().0);
        }
    }
}
