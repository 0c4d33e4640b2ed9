//! The annotated article as a page for a browser: one file, no scripts, nothing fetched.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::super::look::LinePattern;
use super::{Paper, hex};
use crate::model::Span;

/// More underlines below one stretch than this are not drawn.
const LANES: usize = 10;

/// A text with what HTML would read as marks escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// The whole page.
pub(super) fn page(paper: &Paper<'_>) -> String {
    let (title, below) = paper.heading();
    let tokens = paper.tokens();
    let language = paper.article.meta.language.as_deref().unwrap_or("und");
    let family =
        if paper.serif { "'Noto Serif', Georgia, serif" } else { "'Noto Sans', system-ui, sans-serif" };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"generator\" content=\"Postil\">\n<title>{}</title>\n<style>\n\
         body {{ max-width: 44rem; margin: 2.5rem auto; padding: 0 1rem; font: 1.05rem/2 {family}; color: {}; background: #fff; }}\n\
         h1 {{ font: bold 1.6rem/1.25 'Noto Sans', system-ui, sans-serif; margin: 0 0 .3rem; }}\n\
         .about, footer {{ font: .85rem/1.5 'Noto Sans', system-ui, sans-serif; color: {}; }}\n\
         p {{ margin: .8rem 0; overflow-wrap: anywhere; white-space: pre-wrap; }}\n\
         mark {{ color: inherit; border-radius: 2px; }}\n\
         .chip {{ font: .62rem/1.2 'Noto Sans', system-ui, sans-serif; border-radius: 3px; padding: .05rem .3rem; margin-right: .15rem; vertical-align: .55em; white-space: nowrap; user-select: none; }}\n\
         .swatch {{ display: inline-block; width: 1.6rem; height: .8rem; border-radius: 2px; margin-right: .4rem; vertical-align: -.1rem; }}\n\
         footer span {{ margin-right: 1.2rem; white-space: nowrap; }}\n\
         @media print {{ body {{ margin: 0; font-size: 10.5pt; }} mark, .chip, .swatch {{ print-color-adjust: exact; -webkit-print-color-adjust: exact; }} }}\n\
         </style>\n</head>\n<body>\n<h1>{}</h1>\n",
        escaped(language),
        escaped(&title),
        hex(tokens.text),
        hex(tokens.text_soft),
        escaped(&title),
    );
    if !below.is_empty() {
        let _ = writeln!(out, "<p class=\"about\">{}</p>", escaped(&below));
    }
    out.push_str("<main>\n");
    let text = paper.article.text.as_str();
    let bytes = paper.bytes();
    let mut start = bytes.start;
    for line in text[bytes].split('\n') {
        if !line.trim().is_empty() {
            out.push_str("<p dir=\"auto\">");
            paragraph(paper, start..start + line.len(), &mut out);
            out.push_str("</p>\n");
        }
        start += line.len() + 1;
    }
    out.push_str("</main>\n<footer>\n");
    for (title, label, count) in paper.legend() {
        let look = paper.label_look(&tokens, &label);
        let _ = writeln!(
            out,
            "<span><i class=\"swatch\" style=\"background:{};border-bottom:{} {}\"></i>{} · {count}</span>",
            hex(look.ground),
            border(look.line),
            hex(look.ink),
            escaped(&title)
        );
    }
    out.push_str("</footer>\n</body>\n</html>\n");
    out
}

/// The nearest that CSS has to an underline's pattern.
fn border(pattern: LinePattern) -> &'static str {
    match pattern {
        LinePattern::Solid => "2px solid",
        LinePattern::Double => "3px double",
        LinePattern::Dashed | LinePattern::DashDot => "2px dashed",
        LinePattern::Dotted | LinePattern::Wavy => "2px dotted",
        LinePattern::Thick => "3px solid",
    }
}

/// Text cut wherever a part of a span begins or ends; each piece knows the spans that lie on it.
fn paragraph(paper: &Paper<'_>, bytes: std::ops::Range<usize>, out: &mut String) {
    let text = &paper.article.text;
    let Some(range) = text.text_range(bytes.clone()) else { return };
    let spans = paper.set.touching(range);
    let mut parts: Vec<(usize, usize, &Span, bool)> = Vec::new();
    let mut cuts: BTreeSet<usize> = [bytes.start, bytes.end].into();
    for span in &spans {
        for (number, part) in span.parts.iter().enumerate() {
            let here = part.intersection(range).and_then(|here| text.byte_range(here));
            let Some(here) = here.filter(|here| !here.is_empty()) else { continue };
            cuts.extend([here.start, here.end]);
            parts.push((here.start, here.end, span, number == 0 && part.start() >= range.start()));
        }
    }
    let tokens = paper.tokens();
    let describer = paper.describer();
    let cuts: Vec<usize> = cuts.into_iter().collect();
    for pair in cuts.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        let on: Vec<_> = parts.iter().filter(|(from, to, ..)| *from <= start && end <= *to).collect();
        for (from, _, span, begins) in &on {
            if paper.chips && *begins && *from == start {
                let look = paper.label_look(&tokens, &span.label);
                let _ = write!(
                    out,
                    "<span class=\"chip\" style=\"color:{};background:{}\">{}</span>",
                    hex(look.ink),
                    hex(look.ground),
                    escaped(&super::super::describe::clipped(&paper.chip(span), 40))
                );
            }
        }
        let words = escaped(&text.as_str()[start..end]);
        let Some((_, _, inner, _)) = on.last() else {
            out.push_str(&words);
            continue;
        };
        let look = paper.label_look(&tokens, &inner.label);
        let lanes: Vec<String> = on
            .iter()
            .take(LANES)
            .enumerate()
            .map(|(lane, (_, _, span, _))| {
                let ink = hex(paper.label_look(&tokens, &span.label).ink);
                format!(
                    "linear-gradient({ink},{ink}) 0 calc(100% - {}px)/100% 2px no-repeat",
                    (LANES.min(on.len()) - 1 - lane) * 3
                )
            })
            .collect();
        let about: Vec<String> = on
            .iter()
            .map(|(_, _, span, _)| {
                let fields = describer.fields(paper.schema.fields_of(&span.label), &span.fields);
                std::iter::once(describer.span(span)).chain(fields).collect::<Vec<_>>().join("\n  ")
            })
            .collect();
        let ids: Vec<&str> = on.iter().map(|(_, _, span, _)| span.id.as_str()).collect();
        let _ = write!(
            out,
            "<mark data-spans=\"{}\" title=\"{}\" style=\"background:{},{};padding-bottom:{}px\">{words}</mark>",
            escaped(&ids.join(" ")),
            escaped(&about.join("\n")),
            lanes.join(","),
            hex(look.ground),
            lanes.len() * 3
        );
    }
}
