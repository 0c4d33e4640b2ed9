//! The report as JSON.

use serde_json::{Map, Value, json};

use super::Report;
use crate::validate::finding::Finding;

/// The report as one JSON document: counts, then findings. `start` and `end` are code points of the article, null where a finding
/// has no place in it; `line` and `column` are places in `file`, from 1; `fixable` is whether `--fix` mends it.
pub fn report_json(report: &Report) -> Value {
    let findings: Vec<Value> = report.findings.iter().map(finding).collect();
    json!({
        "files": report.files,
        "articles": report.articles,
        "spans": report.spans,
        "errors": report.errors(),
        "warnings": report.warnings(),
        "findings": findings,
    })
}

fn finding(finding: &Finding) -> Value {
    let mut out = Map::new();
    let mut put = |name: &str, value: Value| drop(out.insert(name.to_owned(), value));
    put("code", json!(finding.code));
    put("rule", json!(finding.rule));
    put("severity", json!(finding.severity.name()));
    put("file", json!(finding.file));
    put("line", json!(finding.place.line));
    put("column", json!(finding.place.column));
    put("article", json!(finding.article));
    put("span", json!(finding.span));
    put("start", json!(finding.range.map(|range| range.start())));
    put("end", json!(finding.range.map(|range| range.end())));
    put("message", json!(finding.message()));
    put("fixable", json!(finding.fix.as_ref().is_some_and(|fix| fix.safe)));
    Value::Object(out)
}
