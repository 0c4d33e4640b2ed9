//! CoNLL: every scheme, nested columns, and files of five projects.

use std::collections::BTreeMap;

use postil::formats::{Gathered, MemoryFiles, Record, SourceFiles, TagScheme};
use proptest::prelude::*;

use crate::corpora::{corpus, files_of};
use crate::records::{Content, any_record, contents, read, record, write};

const SCHEMES: [TagScheme; 4] = [TagScheme::Bio, TagScheme::Iob1, TagScheme::Bioes, TagScheme::Bilou];

fn text_of(records: &[Record], scheme: TagScheme) -> String {
    let (out, _) = write("conll", records, None, scheme);
    String::from_utf8(out.bytes("").unwrap()).unwrap()
}

fn again(records: &[Record], scheme: TagScheme) -> Gathered {
    read("conll", &MemoryFiles::one("a.conll", text_of(records, scheme)), None)
}

#[test]
fn nested_spans_have_a_column_each() {
    let made = record(
        "articles/a.txt",
        "anna",
        "МИД России молчит.\n\nДа. 😀 Нет!",
        &[
            ("s1", "org", &[(0, 10)], "{}"),
            ("s2", "place name", &[(4, 10)], "{}"),
            ("s3", "org", &[(24, 25), (26, 29)], "{}"),
        ],
    );
    let written = text_of(std::slice::from_ref(&made), TagScheme::Bioes);
    let lines: Vec<&str> = written.lines().filter(|line| !line.starts_with("# postil")).collect();
    assert_eq!(
        lines,
        [
            "-DOCSTART-\tO\tO",
            "",
            "# newdoc id = articles/a.txt",
            "# sent_id = 1",
            "# text = МИД России молчит.",
            "# offsets = 0:3 4:10 11:17 17:18",
            "МИД\tB-org\tO",
            "России\tE-org\tS-place%20name",
            "молчит\tO\tO",
            ".\tO\tO",
            "",
            "# sent_id = 2",
            "# spaces_before = \\n\\n",
            "# text = Да.",
            "# offsets = 20:22 22:23",
            "Да\tO\tO",
            ".\tO\tO",
            "",
            "# sent_id = 3",
            "# text = 😀 Нет!",
            "# offsets = 24:25 26:29 29:30",
            "😀\tB-org\tO",
            "Нет\tE-org\tO",
            "!\tO\tO",
            "",
        ]
    );
}

#[test]
fn what_is_lost_is_counted() {
    let made = record(
        "a.txt",
        "anna",
        "Киев молчит. Да.",
        &[
            ("s1", "entity", &[(0, 2)], r#"{"kind": "place"}"#),
            ("s2", "entity", &[(0, 4), (13, 15)], "{}"),
            ("s3", "entity", &[(4, 5)], "{}"),
        ],
    );
    let (_, loss) = write("conll", &[made], None, TagScheme::Bio);
    let said: Vec<String> = loss.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "1 discontinuous span: become one span from the first part to the last",
            "1 span that begins or ends inside a token or on white space: begin and end with whole tokens",
            "1 span without a token: left out",
            "1 value of a field: left out",
            "2 ids of spans: left out; reading gives fresh ones",
        ]
    );
}

/// Entities, by label.
fn counts(read: &Gathered) -> (usize, BTreeMap<String, usize>) {
    let mut labels = BTreeMap::new();
    for span in read.records.iter().flat_map(|record| record.set.spans()) {
        *labels.entry(span.label.clone()).or_default() += 1;
    }
    (labels.values().sum(), labels)
}

fn goes_round(read_in: &Gathered) {
    for scheme in SCHEMES {
        let back = again(&read_in.records, scheme);
        assert_eq!(back.remarks, [], "{scheme:?}");
        let mut was = contents(&read_in.records);
        was.iter_mut().for_each(|content| content.spans = by_place(content));
        let mut is = contents(&back.records);
        is.iter_mut().for_each(|content| content.spans = by_place(content));
        assert!(was == is, "{scheme:?}");
    }
}

type Spans = BTreeMap<String, (String, Vec<(u32, u32)>, postil::model::Fields, String, Option<String>)>;

/// Spans by label and place, whatever their ids.
fn by_place(content: &Content) -> Spans {
    let mut spans: Vec<_> = content.spans.values().cloned().collect();
    spans.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    spans.into_iter().enumerate().map(|(n, span)| (format!("{n:06}"), span)).collect()
}

#[test]
fn nested_danish_news() {
    let Some(folder) = corpus("danplus-nested-conll") else { return };
    let read_in = read("conll", &files_of(&folder, &|name| name.ends_with(".tsv")), None);
    let (all, labels) = counts(&read_in);
    assert_eq!(all, 526 + 41);
    assert_eq!((labels["PER"], labels["LOC"], labels["ORGpart"]), (179 + 5, 85 + 23, 16 + 4));
    assert_eq!(read_in.records.len(), 1);
    goes_round(&read_in);
}

#[test]
fn french_papers_without_beginnings() {
    let Some(folder) = corpus("europeana-ner") else { return };
    let read_in = read("conll", &files_of(&folder, &|name| name.ends_with(".bio")), None);
    let (all, labels) = counts(&read_in);
    assert_eq!((all, labels["PER"], labels["LOC"], labels["ORG"]), (524, 236, 227, 61));
    goes_round(&read_in);
}

#[test]
fn russian_sentences_with_their_texts() {
    let Some(folder) = corpus("uner-russian-pud") else { return };
    let read_in = read("conll", &files_of(&folder, &|name| name.ends_with(".iob2")), None);
    let (all, labels) = counts(&read_in);
    assert_eq!((all, labels["PER"], labels["LOC"], labels["ORG"]), (477, 191, 162, 124));
    assert_eq!(read_in.records.len(), 198, "as many as there are `# newdoc` lines");
    assert!(
        read_in.records[0].text.as_str().starts_with("Но в отступлении от риторики"),
        "the text, not its tokens"
    );
    assert_eq!(read_in.records[0].set.article, "n01002");
    goes_round(&read_in);
}

#[test]
fn arabic_with_lists_of_tags() {
    let Some(folder) = corpus("wojood-sample-rtl") else { return };
    let read_in = read("conll", &files_of(&folder, &|name| name == "train.txt"), None);
    assert_eq!(counts(&read_in).0, 837);
    goes_round(&read_in);
}

#[test]
fn columns_of_our_own_conversions() {
    let Some(folder) = corpus("factrueval-2016/derived") else { return };
    let of = |wanted: &'static str| read("conll", &files_of(&folder, &move |name| name == wanted), None);
    let (bio, bilou) = (of("bio.conll"), of("bilou.conll"));
    assert_eq!(bio.records.len(), 28);
    assert_eq!(bio.records[0].set.article, "book_100");
    assert_eq!(counts(&bio), counts(&bilou));
    assert!(counts(&bio).0 > 500);
    goes_round(&bio);
}

/// What the loss report says of a record: one part, whole tokens, nothing but labels.
fn expected(made: &Record) -> Content {
    let mut content = contents(std::slice::from_ref(made)).remove(0);
    let text: Vec<char> = made.text.as_str().chars().collect();
    let mut starts = Vec::new();
    for paragraph in made.text.paragraphs() {
        for sentence in postil::text::sentences(made.text.as_str(), paragraph) {
            let sentence_text = &made.text.as_str()[sentence.clone()];
            for token in postil::text::tokens(sentence_text) {
                let at = |byte: usize| made.text.as_str()[..sentence.start + byte].chars().count() as u32;
                let mut start = token.start;
                for word in sentence_text[token.clone()].split_inclusive(char::is_whitespace) {
                    let bare = word.trim_end_matches(char::is_whitespace);
                    if !bare.is_empty() {
                        starts.push((at(start), at(start + bare.len())));
                    }
                    start += word.len();
                }
            }
        }
    }
    content.relations.clear();
    content.spans.retain(|_, span| {
        let (first, last) = (span.1[0].0, span.1.last().unwrap().1);
        let touched: Vec<_> = starts.iter().filter(|(start, end)| *start < last && *end > first).collect();
        if let (Some(first), Some(last)) = (touched.first(), touched.last()) {
            span.1 = vec![(first.0, last.1)];
        }
        (span.2, span.3) = (postil::model::Fields::new(), String::new());
        !touched.is_empty()
    });
    assert!(text.len() >= starts.len());
    content.spans = by_place(&content);
    content
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn what_comes_back_is_what_the_loss_report_says(made in any_record(), scheme in 0usize..4) {
        let back = again(std::slice::from_ref(&made), SCHEMES[scheme]);
        prop_assert_eq!(&back.remarks, &vec![]);
        let mut is = contents(&back.records).remove(0);
        is.spans = by_place(&is);
        prop_assert_eq!(is, expected(&made));
    }
}

#[test]
fn coreference_in_brackets() {
    let Some(folder) = corpus("gum-news/conll-coref") else { return };
    let files = files_of(&folder, &|name| name.ends_with(".conll"));
    let read_in = read("conll", &files, None);
    assert_eq!(read_in.remarks, []);
    assert_eq!(read_in.records.len(), 4);
    // Every bracket that opens begins a mention.
    let mut opened = 0;
    for name in files.files() {
        let text = String::from_utf8(files.bytes(&name).unwrap()).unwrap();
        let last =
            text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.rsplit('\t').next());
        opened += last.map(|cell| cell.matches('(').count()).sum::<usize>();
    }
    let spans = || read_in.records.iter().flat_map(|record| record.set.spans());
    assert_eq!((spans().count(), opened), (693, 693));
    assert!(spans().all(|span| span.fields.get("chain").is_some()));
    let robots = spans().filter(|span| span.fields.text("known_as") == Some("Afghan_Girls_Robotics_Team"));
    assert!(robots.count() > 1);
    assert_eq!(read_in.records[0].set.article, "GUM_news_afghan");
}
