//! What has no pixels: decoding, the span index, edits and undo, files, validation. One line of JSON a measurement.

mod corpus;

use std::sync::Arc;

use corpus::{Random, Times, corpus, sizes};
use postil::formats::{MemoryFiles, TagScheme, WriteOptions};
use postil::model::{History, ProjectSettings, Schema};
use postil::session::{Desk, Session};
use postil::store::{annotation_text, parse_set};
use postil::text::{CanonicalText, CodePoint, TextRange, decode, read_header};
use postil::validate::{SetInput, check_set};

fn main() {
    for size in sizes() {
        let runs = if size.1 > 50_000 { 5 } else { 15 };
        let (article, workspace) = corpus(size.0, size.1);
        let (text, set) = (&article.text, &workspace.set);
        let schema = Schema::positions();
        let bytes = text.as_str().as_bytes();

        Times::of(runs, || decode(bytes, None)).print("decode", size, Some(bytes.len()));
        Times::of(runs, || CanonicalText::new(text.as_str())).print(
            "canonical text",
            size,
            Some(bytes.len()),
        );
        Times::of(runs, || read_header(text)).print("header", size, None);

        let mut random = Random(7);
        let mut place = || random.below(text.len() as usize) as u32;
        Times::of(runs * 100, || set.covering(CodePoint(place())).len()).print(
            "spans at a place",
            size,
            None,
        );
        Times::of(runs * 20, || {
            let at = place();
            set.touching(TextRange::between(at, at + 2_000)).len()
        })
        .print("spans of a page", size, None);
        Times::of(runs, || set.clone()).print("snapshot", size, None);
        Times::of(runs, || set.spans().count()).print("spans in order", size, None);

        let shared = Arc::new(article.clone());
        let mut desk =
            Desk::new(shared, workspace.clone(), History::default(), Arc::new(schema.clone()), || {
                "2026-01-21T00:00:00Z".to_owned()
            });
        let (mut tags, mut undos) = (Times::none(), Times::none());
        for _ in 0..runs * 20 {
            let at = place();
            let range = TextRange::between(at, (at + 9).min(text.len()));
            let made = tags.add(|| desk.tag(vec![range], "entity"));
            assert!(made.is_ok());
            assert!(undos.add(|| desk.undo()).is_ok());
        }
        tags.print("tag", size, None);
        undos.print("undo", size, None);

        let mut session = Session::in_memory(schema.clone(), "bench", article.clone(), workspace.clone());
        let mut edits = Times::none();
        for _ in 0..runs {
            let at = place();
            let edit = postil::session::Edit::Tag {
                ranges: vec![TextRange::between(at, (at + 9).min(text.len()))],
                label: "entity".into(),
            };
            assert!(edits.add(|| session.edit(edit)).is_ok());
            session.tick();
        }
        edits.print("edit in the session", size, None);

        let written = annotation_text(set, Some(text));
        Times::of(runs, || annotation_text(set, Some(text))).print("write RON", size, Some(written.len()));
        let lookup = |_: &str| Some(text.clone());
        Times::of(runs, || parse_set("a.ron", written.as_bytes(), &lookup).is_ok()).print(
            "read RON",
            size,
            Some(written.len()),
        );

        let settings = ProjectSettings::new("bench");
        let input = SetInput {
            file: "a.ron",
            settings: &settings,
            schema: &schema,
            register: &workspace.register,
            codebook: &workspace.codebook,
            article: Some(&article),
            set,
            places: None,
        };
        Times::of(runs.min(7), || check_set(&input).len()).print("validate", size, None);

        let records = vec![corpus::record(&article, set)];
        let options = WriteOptions {
            unit: None,
            scheme: TagScheme::default(),
            project: "bench",
            schema: &schema,
            register: &workspace.register,
            codebook: &workspace.codebook,
        };
        let write = || {
            let mut out = MemoryFiles::default();
            let writer = postil::formats::format("jsonl").and_then(|format| format.writer);
            let done = writer.map(|writer| writer.write(&records, &options, &mut out));
            assert!(matches!(done, Some(Ok(()))));
            out
        };
        let exported = write().bytes("").unwrap_or_default();
        Times::of(runs, write).print("write jsonl", size, Some(exported.len()));
        Times::of(runs, || corpus::read_jsonl(exported.clone())).print(
            "read jsonl",
            size,
            Some(exported.len()),
        );
    }
}
