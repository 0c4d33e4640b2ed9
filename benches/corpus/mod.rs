//! What is measured, made from a seed: a text of invented sentences, with spans of which two in ten lie inside another and one in ten
//! crosses the next; and how it is measured: the processor time of this thread, so that other programs on the machine count less.

#![allow(dead_code, reason = "each bench uses a part of it")]

use std::path::Path;

use postil::formats::{Gathered, MemoryFiles, ReadOptions, Record};
use postil::model::{
    AnnotationSet, Article, ArticleMeta, FieldPath, Parts, Relation, Schema, Span, Value, Workspace,
};
use postil::text::{CanonicalText, TextRange};

const SENTENCES: [&str; 10] = [
    "Глава делегации заявил, что разговор продолжится на следующей неделе.",
    "Ведомство отвергло предложение о сокращении сроков, но готово вернуться к нему позже.",
    "По словам представителя сторон, решение будет принято только после проверки.",
    "Оппозиция потребовала созвать внеочередное заседание совета.",
    "Завод «Южный берег» построит новую пристань; город обещает помочь с дорогой.",
    "Город готовится к встрече гостей, сообщает пресс-служба мэрии.",
    "Цены, по оценкам, вырастут не более чем на три процента.",
    "Мария Орлова подчеркнула: без гарантий подписание договора невозможно.",
    "Суд отложил рассмотрение дела до четверга.",
    "Ранее в Верхнеозёрске уже проходили подобные учения.",
];

/// Sizes in bytes and numbers of spans that every bench goes through.
pub const SIZES: [(usize, usize); 4] =
    [(10_000, 100), (100_000, 1_000), (1_000_000, 10_000), (10_000_000, 100_000)];

/// Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators".
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}

fn text(bytes: usize) -> String {
    let mut random = Random(1);
    let mut text = String::with_capacity(bytes + 400);
    while text.len() < bytes {
        for _ in 0..3 + random.below(5) {
            text.push_str(SENTENCES[random.below(SENTENCES.len())]);
            text.push(' ');
        }
        text.push('\n');
    }
    text
}

/// An article and the annotations on it: from `POSTIL_BENCH_CORPUS`, a folder of one `long-*.jsonl` a size, else made here.
pub fn corpus(bytes: usize, spans: usize) -> (Article, Workspace) {
    if let Some(found) =
        std::env::var_os("POSTIL_BENCH_CORPUS").and_then(|dir| from_folder(dir.as_ref(), spans))
    {
        return found;
    }
    let article = Article::from_text("long.txt", CanonicalText::new(&text(bytes)));
    let mut set = AnnotationSet::new("long.txt", "bench");
    set.fingerprint = article.text.fingerprint().to_owned();
    set.length = article.text.len();
    let room = article.text.len() / spans as u32;
    for n in 0..spans as u32 {
        // Of ten neighbours seven stand alone, two lie inside the one before, one crosses it.
        let (start, length) = match n % 10 {
            3 | 6 => ((n - 1) * room + 2, room / 8),
            9 => ((n - 1) * room + room / 4, room / 2),
            _ => (n * room, room / 3),
        };
        let range = TextRange::between(start, start + length.max(2));
        let id = format!("s{}", n + 1);
        let label = ["entity", "position", "claim"][(n % 3) as usize];
        let mut span = Span::new(id.as_str(), label, Parts::one(range));
        if label == "position" {
            let path = FieldPath::field;
            span.fields.put(&path("holders").item(0).then("mention"), Some(Value::text(format!("s{n}"))));
            span.fields.put(&path("holders").item(0).then("how"), Some(Value::text("explicit")));
            span.fields.put(&path("issues").item(0).then("issue"), Some(Value::text("guarantees.security")));
            span.fields.put(&path("issues").item(0).then("stance"), Some(Value::text("for")));
            span.fields.put(&path("act"), Some(Value::text("demand")));
        }
        set.insert(span);
        if n % 20 == 19 {
            set.insert_relation(Relation {
                id: format!("r{}", n / 20 + 1).into(),
                label: "supports".into(),
                from: id.as_str().into(),
                to: format!("s{}", n.saturating_sub(2)).into(),
                fields: Default::default(),
            });
        }
    }
    (article, Workspace { set, ..Workspace::default() })
}

fn from_folder(folder: &Path, spans: usize) -> Option<(Article, Workspace)> {
    let files = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    for file in files.filter(|file| file.extension().is_some_and(|e| e == "jsonl")) {
        let record = read_jsonl(std::fs::read(&file).ok()?).records.into_iter().next()?;
        if record.set.len().abs_diff(spans) <= spans / 50 {
            let article = Article::from_text(record.set.article.clone(), record.text);
            return Some((article, Workspace { set: record.set, ..Workspace::default() }));
        }
    }
    None
}

pub fn read_jsonl(bytes: Vec<u8>) -> Gathered {
    let schema = Schema::positions();
    let options = ReadOptions { unit: None, schema: &schema };
    let mut gathered = Gathered::default();
    let format = postil::formats::format("jsonl").and_then(|format| format.reader);
    if let Some(reader) = format
        && let Err(why) = reader.read(&MemoryFiles::one("a.jsonl", bytes), &options, &mut gathered)
    {
        eprintln!("{why}");
    }
    gathered
}

pub fn record(article: &Article, set: &AnnotationSet) -> Record {
    Record { meta: ArticleMeta::default(), text: article.text.clone(), set: set.clone() }
}

/// Processor time of this thread in milliseconds; the clock's time where there is no such clock.
fn now() -> f64 {
    #[cfg(unix)]
    {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
    }
    #[cfg(not(unix))]
    {
        use std::sync::OnceLock;
        use std::time::Instant;
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed().as_secs_f64() * 1e3
    }
}

/// Processor time of all threads in milliseconds; none where there is no such clock.
pub fn of_all_threads() -> Option<f64> {
    #[cfg(unix)]
    {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        Some(time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6)
    }
    #[cfg(not(unix))]
    None
}

/// Milliseconds of each run.
pub struct Times(Vec<f64>);

impl Times {
    /// Runs something so many times.
    pub fn of<T>(runs: usize, mut run: impl FnMut() -> T) -> Self {
        let mut times = Self::none();
        for _ in 0..runs {
            times.add(&mut run);
        }
        times
    }

    pub fn none() -> Self {
        Self(Vec::new())
    }

    /// Runs something once more; dropping what it gives is not counted.
    pub fn add<T>(&mut self, run: impl FnOnce() -> T) -> T {
        let start = now();
        let out = std::hint::black_box(run());
        self.0.push(now() - start);
        out
    }

    pub fn median(&self) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or_default()
    }

    /// Prints one line of JSON; `bytes` adds a speed.
    pub fn print(&self, what: &str, size: (usize, usize), bytes: Option<usize>) {
        let least = self.0.iter().copied().fold(f64::INFINITY, f64::min);
        let most = self.0.iter().copied().fold(0.0, f64::max);
        let mut line = serde_json::json!({
            "what": what, "bytes": size.0, "spans": size.1, "runs": self.0.len(),
            "median_ms": round(self.median()), "least_ms": round(least), "most_ms": round(most),
        });
        if let Some(bytes) = bytes {
            line["mb_per_s"] = round(bytes as f64 / 1e6 / (self.median() / 1e3)).into();
        }
        println!("{line}");
    }
}

fn round(ms: f64) -> f64 {
    (ms * 1e4).round() / 1e4
}

/// The sizes to go through: all, or those up to the number of spans in `POSTIL_BENCH_UP_TO`.
pub fn sizes() -> impl Iterator<Item = (usize, usize)> {
    let most = std::env::var("POSTIL_BENCH_UP_TO").ok().and_then(|n| n.parse().ok()).unwrap_or(usize::MAX);
    SIZES.into_iter().filter(move |(_, spans)| *spans <= most)
}
