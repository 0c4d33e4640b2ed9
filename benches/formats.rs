//! Every format, out and back, from memory to memory: articles of 4 KB with 40 spans each. One line of JSON a measurement; `bytes` are those
//! of the articles' texts, so that formats can be compared whatever they make of them. Formats work on all cores, so the
//! processor time of all threads stands beside the time by the clock on the wall.
//!
//! `POSTIL_BENCH_ARTICLES` says how many (400); `POSTIL_BENCH_FORMATS=xmi,tei` which formats; `POSTIL_BENCH_RECORDS` takes a `jsonl` file
//! instead of the articles made here.

mod corpus;

use std::ops::ControlFlow;
use std::time::Instant;

use postil::formats::{
    FORMATS, Gathered, MemoryFiles, ReadOptions, Record, Sink, SourceFiles, TagScheme, WriteOptions,
};
use postil::model::{Codebook, Register, Schema};

/// The program's own allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Counts and forgets, so that no corpus is held.
#[derive(Default)]
struct Counted(usize, usize);

impl Sink for Counted {
    fn record(&mut self, record: Record) -> ControlFlow<()> {
        self.0 += 1;
        self.1 += record.set.len();
        ControlFlow::Continue(())
    }

    fn remark(&mut self, _remark: postil::formats::Remark) {}
}

fn records() -> Vec<Record> {
    if let Some(path) = std::env::var_os("POSTIL_BENCH_RECORDS")
        && let Ok(bytes) = std::fs::read(path)
    {
        let Gathered { records, .. } = corpus::read_jsonl(bytes);
        return records;
    }
    let count = std::env::var("POSTIL_BENCH_ARTICLES").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    let (article, workspace) = corpus::corpus(4_000, 40);
    (0..count)
        .map(|number| {
            let mut record = corpus::record(&article, &workspace.set);
            record.set.article = format!("articles/{number:05}.txt");
            record
        })
        .collect()
}

/// Runs something three times and prints the run that took least processor time.
fn measured(what: &str, articles: usize, (bytes, spans): (usize, usize), mut run: impl FnMut()) {
    let (mut least, mut of_all) = (0.0, f64::INFINITY);
    for _ in 0..3 {
        let (begun, before) = (Instant::now(), corpus::of_all_threads());
        run();
        let took = begun.elapsed().as_secs_f64();
        let spent = corpus::of_all_threads().zip(before).map(|(after, before)| (after - before) / 1e3);
        let spent = spent.unwrap_or(took);
        if spent < of_all {
            (least, of_all) = (took, spent);
        }
    }
    let line = serde_json::json!({
        "what": what, "bytes": bytes, "spans": spans, "articles": articles, "seconds": least, "cpu_seconds": of_all,
        "mb_per_s": bytes as f64 / 1e6 / least, "articles_per_s": (articles as f64 / least).round(),
    });
    println!("{line}");
}

fn main() {
    let wanted = std::env::var("POSTIL_BENCH_FORMATS").unwrap_or_default();
    let records = records();
    let schema = Schema::positions();
    let (register, codebook) = (Register::default(), Codebook::default());
    let write = WriteOptions {
        unit: None,
        scheme: TagScheme::default(),
        project: "bench",
        schema: &schema,
        register: &register,
        codebook: &codebook,
    };
    let read = ReadOptions { unit: None, schema: &schema };
    let bytes = records.iter().map(|record| record.text.len_bytes()).sum();
    let size = (bytes, records.iter().map(|record| record.set.len()).sum());
    for format in FORMATS {
        if !wanted.is_empty() && !wanted.split(',').any(|name| name == format.name) {
            continue;
        }
        let Some(writer) = format.writer else { continue };
        // One table has no texts, so that nothing could be read again; a folder of them has.
        let writer = if format.name == "csv" { writer.for_folder().unwrap_or(writer) } else { writer };
        let mut out = MemoryFiles::default();
        measured(&format!("write {}", format.name), records.len(), size, || {
            out = MemoryFiles::default();
            assert!(writer.write(&records, &write, &mut out).is_ok());
        });
        let Some(reader) = format.reader else { continue };
        assert!(!out.files().is_empty());
        let mut counted = Counted::default();
        measured(&format!("read {}", format.name), records.len(), size, || {
            counted = Counted::default();
            assert!(reader.read(&out, &read, &mut counted).is_ok());
        });
        assert!(counted.0 == records.len(), "{}: {} records", format.name, counted.0);
    }
}
