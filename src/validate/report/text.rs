//! The report for people.

use std::fmt::Write as _;

use super::Report;

/// One line a finding, `file:line:column: severity CODE name: message`, the place in the article below it, and a last line that counts.
pub fn report_text(report: &Report) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        let fixable = match &finding.fix {
            Some(fix) if fix.safe => " [--fix mends it]",
            Some(_) => " [fix offered in the window]",
            None => "",
        };
        let _infallible = writeln!(
            out,
            "{}:{}:{}: {} {} {}: {}{fixable}",
            finding.file,
            finding.place.line,
            finding.place.column,
            finding.severity,
            finding.code,
            finding.rule,
            finding.message()
        );
        if let (Some(article), Some(place), Some(range)) =
            (&finding.article, finding.article_place, finding.range)
        {
            let _infallible =
                writeln!(out, "    in {article}:{}:{} (code points {range})", place.line, place.column);
        }
    }
    let _infallible = writeln!(
        out,
        "{}, {}, {} in {} ({}, {}). `postil explain CODE` says more.",
        counted(report.errors(), "error"),
        counted(report.warnings(), "warning"),
        counted(report.infos(), "remark"),
        counted(report.files, "annotation file"),
        counted(report.articles, "article"),
        counted(report.spans, "span"),
    );
    out
}

fn counted(count: usize, thing: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{s}")
}
