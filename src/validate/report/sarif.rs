//! The report as SARIF 2.1.0, the format in which code hosts and editors take findings.

use serde_json::{Map, Value, json};

use super::Report;
use crate::model::Severity;
use crate::validate::finding::Finding;
use crate::validate::rule::Rule;
use crate::validate::rules::rules;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The report as a SARIF log: every rule's metadata, and a result a finding. Columns and offsets are code points, addresses relative.
pub fn report_sarif(report: &Report) -> String {
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "postil",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules().iter().map(|rule| metadata(rule)).collect::<Vec<_>>(),
                }
            },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {
                "PROJECT": { "description": { "text": "The folder that holds postil.ron" } }
            },
            "results": report.findings.iter().map(result).collect::<Vec<_>>(),
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn metadata(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": rule.summary },
        "help": { "text": rule.explanation, "markdown": rule.explanation },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn result(finding: &Finding) -> Value {
    let mut out = Map::new();
    let mut put = |name: &str, value: Value| drop(out.insert(name.to_owned(), value));
    put("ruleId", json!(finding.code));
    if let Some(index) = rules().iter().position(|rule| rule.code == finding.code) {
        put("ruleIndex", json!(index));
    }
    put("level", json!(level(finding.severity)));
    put("message", json!({ "text": finding.message() }));
    put(
        "locations",
        json!([{ "physicalLocation": {
            "artifactLocation": artifact(&finding.file),
            "region": { "startLine": finding.place.line, "startColumn": finding.place.column },
        }}]),
    );
    if let (Some(article), Some(place), Some(range)) =
        (&finding.article, finding.article_place, finding.range)
    {
        put(
            "relatedLocations",
            json!([{
                "id": 1,
                "message": { "text": "The words in the article" },
                "physicalLocation": {
                    "artifactLocation": artifact(article),
                    "region": {
                        "startLine": place.line,
                        "startColumn": place.column,
                        "charOffset": range.start(),
                        "charLength": range.len(),
                    },
                },
            }]),
        );
    }
    let mut properties = Map::new();
    for (name, value) in [
        ("span", finding.span.as_ref().map(ToString::to_string)),
        ("relation", finding.relation.as_ref().map(ToString::to_string)),
        ("field", finding.path.as_ref().map(ToString::to_string)),
        ("fix", finding.fix.as_ref().map(|fix| fix.title.clone())),
    ] {
        if let Some(value) = value {
            properties.insert(name.to_owned(), json!(value));
        }
    }
    if !properties.is_empty() {
        put("properties", Value::Object(properties));
    }
    Value::Object(out)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
        Severity::Off => "none",
    }
}

fn artifact(path: &str) -> Value {
    json!({ "uri": relative_uri(path), "uriBaseId": "PROJECT" })
}

/// A `/` path as a relative URI (RFC 3986, section 4.2): everything but unreserved signs and `/` percent-encoded. A colon is encoded
/// too, as in a first step it would look like a scheme.
fn relative_uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte))
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_relative_and_encoded() {
        assert_eq!(relative_uri("a b/в:1.ron"), "a%20b/%D0%B2%3A1.ron");
    }
}
