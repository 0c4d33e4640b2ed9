//! `csv`: tables there and back, and tables of other people.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test that cannot go on has failed")]

#[path = "fixtures/records/mod.rs"]
mod records;

use postil::formats::{MemoryFiles, OffsetUnit, SourceFiles};
use postil::model::Value;
use proptest::prelude::*;
use records::{
    any_record, corpus, files_of, harm, losses, places, read, said, same, spoilt, survives, write,
};

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn what_the_loss_report_does_not_name_comes_back(record in any_record()) {
        let records = vec![record];
        let gathered = read("csv", &write("csv/", &records, None), None);
        let told: Vec<String> = said(&gathered).into_iter().filter(|said| !said.contains("say another text")).collect();
        prop_assert_eq!(told, Vec::<String>::new());
        prop_assert_eq!(places(&gathered.records[0]), places(&records[0]));
        if losses("csv/", &records).is_empty() {
            same(&gathered.records[0], &records[0]);
        }
    }

    #[test]
    fn tables_in_another_order_say_the_same(mut records in prop::collection::vec(any_record(), 3)) {
        for (number, record) in records.iter_mut().enumerate() {
            record.set.article = format!("{number}.txt");
        }
        let files = write("csv/", &records, None);
        let in_order = read("csv", &files, None);
        for name in files.files().iter().filter(|name| !name.ends_with("articles.csv")) {
            let bytes = files.bytes(name).unwrap();
            let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
            let mut rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
            // The articles the other way round, the rows of each as they were.
            rows[1..].sort_by(|a, b| b[0].cmp(&a[0]));
            let mut out = csv::Writer::from_writer(Vec::new());
            rows.iter().for_each(|row| out.write_record(row).unwrap());
            files.put(name, out.into_inner().unwrap());
        }
        let out_of_order = read("csv", &files, None);
        prop_assert_eq!(in_order.records.len(), 3);
        prop_assert_eq!(said(&out_of_order), said(&in_order));
        for (one, other) in out_of_order.records.iter().zip(&in_order.records) {
            same(one, other);
        }
    }

    #[test]
    fn spoilt_tables_end_without_a_panic(record in any_record(), harm in harm()) {
        let files = write("csv/", &[record], None);
        for name in files.files() {
            let bytes = spoilt(&files.bytes(&name).unwrap(), &harm);
            files.put(&name, bytes);
        }
        survives("csv", &files);
        survives("csv", &MemoryFiles::one("a.csv", spoilt(b"sentence\tstart\tend\tlabel\nab\t0\t1\tx\n", &harm)));
    }
}

#[test]
fn a_folder_says_who_did_what_and_statuses_and_fields_of_articles_survive() {
    let spans = "article,annotator,id,label,start,end,parts,text,kind\na.txt,anna,s1,entity,0,2,,да,place\nc.txt,anna,s1,entity,0,2,,да,\n";
    let articles = "article,text,status,fields,title\na.txt,\"да, \"\"нет\"\"\",\"{\"\"anna\"\":\"\"done\"\",\"\"boris\"\":\"\"untouched\"\"}\",\"{\"\"anna\"\":{\"\"topic\"\":\"\"war\"\"}}\",'=T\nb.txt,x,,,\n";
    let files = MemoryFiles::one("t/articles.csv", articles);
    files.put("t/spans.csv", format!("\u{FEFF}{spans}").into_bytes());
    let gathered = read("csv", &files, None);
    let whose: Vec<(&str, &str, &str, usize)> = gathered
        .records
        .iter()
        .map(|r| (r.set.article.as_str(), r.set.annotator.as_str(), r.set.status.name(), r.set.len()))
        .collect();
    assert_eq!(
        whose,
        [("a.txt", "anna", "done", 1), ("a.txt", "boris", "untouched", 0), ("b.txt", "", "untouched", 0)]
    );
    assert_eq!(gathered.records[0].set.fields.text("topic"), Some("war"));
    assert_eq!(gathered.records[0].meta.title.as_deref(), Some("=T"));
    assert_eq!(
        said(&gathered),
        ["c.txt: it is not in articles.csv, so nobody knows its text; its 1 spans were left out"]
    );
}

#[test]
fn rows_that_cannot_be_read_are_named_by_line() {
    let files = MemoryFiles::one("articles.csv", "article,text\na.txt,abc\n");
    files.put("spans.csv", b"article,annotator,id,label,start,end\na.txt,x,s1,e,0,1\na.txt,x,s2,e,one,2\na.txt,x,s3,,0,1\na.txt,x,s4,e,2.0,1\n".to_vec());
    let gathered = read("csv", &files, None);
    assert_eq!(gathered.records[0].set.len(), 1);
    let said = said(&gathered);
    assert!(said[0].starts_with("spans.csv: line 3: `start` is `one`"), "{said:?}");
    assert!(
        said[1].contains("line 4: the span has no label") && said[2].contains("line 5: [2, 1] ends before"),
        "{said:?}"
    );
}

#[test]
fn a_table_of_spans_alone_says_what_it_lacks() {
    let mut gathered = postil::formats::Gathered::default();
    let schema = postil::model::Schema::positions();
    let options = postil::formats::ReadOptions { unit: None, schema: &schema };
    let reader = postil::formats::format("csv").unwrap().reader.unwrap();
    let source = MemoryFiles::one("spans.csv", "article,annotator,id,label,start,end,parts,text\n");
    let refused = reader.read(&source, &options, &mut gathered).unwrap_err().to_string();
    assert!(refused.contains("articles.csv"), "{refused}");
}

#[test]
fn offsets_of_utf_16_go_round() {
    let line = "articles/a.txt";
    let text = postil::text::CanonicalText::new("😀 да");
    let mut set = postil::model::AnnotationSet::new(line, "anna");
    let range = postil::text::TextRange::between(2, 4);
    set.insert(postil::model::Span::new("s1", "entity", postil::model::Parts::one(range)));
    let records = vec![postil::formats::Record { meta: Default::default(), text, set }];
    let files = write("csv/", &records, Some(OffsetUnit::Utf16));
    let table = String::from_utf8(files.bytes("spans.csv").unwrap()).unwrap();
    assert!(table.contains(",3,5,\"[[3,5]]\",да,"), "{table}");
    // Told by the words, without being said.
    assert_eq!(places(&read("csv", &files, None).records[0]), places(&records[0]));
}

#[test]
fn russian_sentences_with_attitudes_are_read() {
    let Some(path) = corpus("rusentne-2023/train_data.csv") else { return };
    let gathered = read("csv", &files_of(&path), None);
    assert_eq!(said(&gathered), Vec::<String>::new());
    assert_eq!(gathered.records.len(), 500);
    let mut attitudes = [0; 3];
    for record in &gathered.records {
        let span = record.set.spans().next().unwrap();
        assert!(span.misquote.is_none() && record.set.len() == 1);
        match span.fields.get("label") {
            Some(Value::Integer(attitude)) => attitudes[usize::try_from(attitude + 1).unwrap()] += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(attitudes, [85, 355, 60]);
}

#[test]
fn a_row_without_an_end_is_refused_before_it_fills_the_memory() {
    let mut row = b"article,text\na.txt,\"".to_vec();
    row.resize(130 << 20, b'a');
    let files = MemoryFiles::one("articles.csv", row);
    let schema = postil::model::Schema::positions();
    let options = postil::formats::ReadOptions { unit: None, schema: &schema };
    let reader = postil::formats::format("csv").unwrap().reader.unwrap();
    let refused = reader.read(&files, &options, &mut postil::formats::Gathered::default()).unwrap_err();
    assert!(refused.to_string().contains("a row is longer than 128 MiB"), "{refused}");
}
