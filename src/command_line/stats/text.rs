//! Statistics as a table for people.

use std::fmt::Write as _;

use super::tally::{Counts, Statistics};

/// The whole report.
pub(super) fn report(statistics: &Statistics) -> String {
    let mut out = String::new();
    let languages: Vec<String> = statistics.languages.iter().map(|(code, n)| format!("{code} {n}")).collect();
    // Writing to a String cannot fail.
    let _infallible = write!(
        out,
        "{}\n{} articles, {} tokens, {} code points",
        statistics.project, statistics.articles, statistics.size.tokens, statistics.size.code_points
    );
    if !languages.is_empty() {
        let _infallible = write!(out, " ({})", languages.join(", "));
    }
    out.push_str("\n\n");
    out.push_str(&table(statistics));
    out.push_str(&work(statistics));
    out
}

/// Who is how far, and what was decided.
fn work(statistics: &Statistics) -> String {
    let mut out = String::new();
    if !statistics.progress.is_empty() {
        out.push_str("\nhow far\n");
        let rows: Vec<(String, Vec<String>)> = statistics
            .progress
            .iter()
            .map(|person| {
                let share =
                    person.share().map_or("–".to_owned(), |share| format!("{:.0} %", 100.0 * share));
                let done = format!("{} of {} articles done", person.done(), person.assigned);
                (format!("  {}", person.annotator), vec![done, share])
            })
            .collect();
        out.push_str(&aligned(&rows));
    }
    if !statistics.assigned.is_empty() {
        let with = statistics.assigned.iter().map(|(n, articles)| format!("{articles} with {n}"));
        let with: Vec<String> = with.collect();
        let _infallible = writeln!(
            out,
            "\nassigned articles by number of annotators: {}; {} are everyone's",
            with.join(", "),
            statistics.unassigned
        );
    }
    let gold = &statistics.gold;
    if gold.articles > 0 {
        let _infallible = writeln!(
            out,
            "\ngold: {} articles, {} spans, {} of them with a decision; decided: {} taken, {} rejected, {} nothing there",
            gold.articles, gold.spans, gold.with_decision, gold.taken, gold.rejected, gold.nothing
        );
        for (who, n) in &gold.by {
            let _infallible = writeln!(out, "  {n} by {who}");
        }
    }
    out
}

/// One column for the total, one an annotator.
fn table(statistics: &Statistics) -> String {
    let columns: Vec<(&str, &Counts)> = std::iter::once(("total", &statistics.total))
        .chain(statistics.by_annotator.iter().map(|(name, counts)| (name.as_str(), counts)))
        .collect();
    let mut rows: Vec<(String, Vec<String>)> =
        vec![(String::new(), columns.iter().map(|(name, _)| (*name).to_owned()).collect())];
    let mut row = |name: &str, cell: &dyn Fn(&Counts) -> String| {
        rows.push((name.to_owned(), columns.iter().map(|(_, counts)| cell(counts)).collect()));
    };
    row("annotation files", &|c| c.files.to_string());
    row("articles", &|c| c.articles.len().to_string());
    row("tokens in them", &|c| c.size.tokens.to_string());
    for status in statistics.total.statuses.keys() {
        row(&format!("  {}", status.name().replace('_', " ")), &|c| {
            c.statuses.get(status).copied().unwrap_or_default().to_string()
        });
    }
    row("spans", &|c| c.spans.to_string());
    for (label, _) in &statistics.total.spans_by_label {
        row(&format!("  {label}"), &|c| of(&c.spans_by_label, label));
        let Some((_, fills)) = statistics.total.fields.iter().find(|(name, _)| name == label) else {
            continue;
        };
        for (field, _) in fills {
            row(&format!("    {field}"), &|c| filled(c, label, field));
        }
    }
    row("  discontinuous", &|c| c.discontinuous.to_string());
    row("  with a note", &|c| c.notes.to_string());
    row("relations", &|c| c.relations.to_string());
    for (label, _) in &statistics.total.relations_by_label {
        row(&format!("  {label}"), &|c| of(&c.relations_by_label, label));
    }
    aligned(&rows)
}

fn of(rows: &[(String, usize)], name: &str) -> String {
    let found = rows.iter().find(|(there, _)| there == name);
    found.map_or(0, |(_, n)| *n).to_string()
}

/// How much of a field is filled in, in per cent; nothing where there is no span to fill in.
fn filled(counts: &Counts, label: &str, field: &str) -> String {
    let fill = counts
        .fields
        .iter()
        .find(|(name, _)| name == label)
        .and_then(|(_, fills)| fills.iter().find(|(name, _)| name == field));
    match fill {
        Some((_, fill)) if fill.of > 0 => format!("{:.0} %", 100.0 * fill.filled as f64 / fill.of as f64),
        _ => "–".to_owned(),
    }
}

fn aligned(rows: &[(String, Vec<String>)]) -> String {
    let width =
        |texts: &mut dyn Iterator<Item = &String>| texts.map(|text| text.chars().count()).max().unwrap_or(0);
    let first = width(&mut rows.iter().map(|(name, _)| name));
    let columns = rows.first().map_or(0, |(_, cells)| cells.len());
    let widths: Vec<usize> =
        (0..columns).map(|column| width(&mut rows.iter().map(|(_, cells)| &cells[column]))).collect();
    let mut out = String::new();
    for (name, cells) in rows {
        let mut line = format!("{name:first$}");
        for (cell, width) in cells.iter().zip(&widths) {
            let _infallible = write!(line, "  {cell:>width$}");
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
