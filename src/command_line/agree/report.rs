//! Agreement as JSON and as tables for people.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use crate::review::agreement::{Agreement, Figure, Metric, Options, Undefined};

/// The JSON document.
pub(super) fn json(agreement: &Agreement) -> Json {
    let figures: Vec<Json> = agreement.figures.iter().map(|figure| figure_json(agreement, figure)).collect();
    json!({"annotators": agreement.annotators, "articles": agreement.articles, "metrics": figures})
}

fn figure_json(agreement: &Agreement, figure: &Figure) -> Json {
    let mut out = Map::new();
    let subject = &figure.subject;
    let mut put = |name: &str, value: Json| drop(out.insert(name.to_owned(), value));
    put("name", json!(subject.metric.name()));
    if let Some(unit) = subject.unit {
        put("unit", json!(unit.name()));
    }
    if let Some(matching) = subject.matching {
        put("match", json!(matching.name()));
    }
    if let Some(field) = &subject.field {
        put("field", json!(field));
    }
    if let Some(level) = subject.level {
        put("level", json!(level.name()));
    }
    put("label", json!(subject.label));
    let whose: Vec<&str> = figure.annotators.iter().map(|a| agreement.annotators[*a].as_str()).collect();
    put("annotators", json!(whose));
    match figure.value {
        Ok(value) => put("value", json!(value)),
        Err(why) => {
            put("value", Json::Null);
            put("reason", json!(why.to_string()));
        }
    }
    put("interval", figure.interval.map_or(Json::Null, |(low, high)| json!([low, high])));
    if let Some(finding) = &figure.finding {
        put("precision", json!(finding.precision));
        put("recall", json!(finding.recall));
        put("support", number(finding.support));
        if let Some(muc) = finding.muc {
            put("correct", number(muc.correct));
            put("incorrect", number(muc.incorrect));
            put("partial", number(muc.partial));
            put("missing", number(muc.missing));
            put("spurious", number(muc.spurious));
        }
    }
    put("articles", json!(figure.articles));
    put("units", number(figure.units));
    Json::Object(out)
}

/// A count as a whole number.
fn number(count: f64) -> Json {
    if count.fract().abs() < 1e-9 { json!(count.round() as i64) } else { json!(count) }
}

/// Tables for people: one for each group of annotators, each figure with its interval and what it was obtained from.
pub(super) fn text(agreement: &Agreement, options: &Options) -> String {
    let mut out = String::new();
    let names = agreement.annotators.join(", ");
    // Writing to a String cannot fail.
    let _infallible = writeln!(
        out,
        "{} annotators: {}\n{} articles that all of them have a file for",
        agreement.annotators.len(),
        if names.is_empty() { "none" } else { &names },
        agreement.articles
    );
    let mut groups: BTreeMap<(usize, &[usize]), Vec<&Figure>> = BTreeMap::new();
    for figure in &agreement.figures {
        groups.entry((figure.annotators.len(), &figure.annotators)).or_default().push(figure);
    }
    for ((_, annotators), figures) in groups {
        let whose: Vec<&str> = annotators.iter().map(|a| agreement.annotators[*a].as_str()).collect();
        let _infallible = writeln!(out, "\n{}", whose.join(" and "));
        table(&mut out, &figures);
    }
    if agreement.figures.is_empty() {
        out.push_str("\nThere is nothing to compare: nobody has annotated anything.\n");
    }
    let _infallible = write!(
        out,
        "\nIn brackets the 95 % interval over articles ({} draws, seed {}). Units: tokens, code points or matched spans on which all had a\n\
         value; pairable values for α; for F1 what both marked, precision and recall with the first as reference. The documentation\n\
         (agreement) has every formula.\n",
        options.replicates, options.seed
    );
    out
}

fn table(out: &mut String, figures: &[&Figure]) {
    // A label that nobody used has nothing but reasons; one line says so.
    let mut unused: Vec<&str> = Vec::new();
    for figure in figures {
        let label = figure.subject.label.as_str();
        let of_label = || figures.iter().filter(|f| f.subject.label == label);
        let silent = of_label().all(|f| f.value.is_err() || f.subject.metric == Metric::Observed);
        if label != "*" && silent && !unused.contains(&label) {
            unused.push(label);
        }
    }
    // So has a field that no two of them filled in on the same thing.
    let mut silent_fields: Vec<&str> = Vec::new();
    for figure in figures.iter().filter(|figure| figure.units == 0.0) {
        if let Some(field) = figure.subject.field.as_deref().filter(|field| !silent_fields.contains(field)) {
            let of_field = || figures.iter().filter(|f| f.subject.field.as_deref() == Some(field));
            if of_field().all(|f| f.units == 0.0) {
                silent_fields.push(field);
            }
        }
    }
    let is_silent =
        |figure: &Figure| figure.subject.field.as_deref().is_some_and(|f| silent_fields.contains(&f));
    let mut rows: Vec<[String; 5]> = Vec::new();
    let mut reasons: Vec<Undefined> = Vec::new();
    let spoken = figures.iter().filter(|f| !unused.contains(&f.subject.label.as_str()) && !is_silent(f));
    for figure in spoken {
        let subject = &figure.subject;
        let mut what = subject.metric.name().replace('_', " ");
        for more in [
            subject.matching.map(|m| m.name()),
            subject.level.map(|level| level.name()),
            subject.unit.map(|unit| unit.name()),
        ]
        .into_iter()
        .flatten()
        {
            let _infallible = write!(what, ", {more}");
        }
        let label = match &subject.field {
            Some(field) => format!("{} {field}", subject.label),
            None => subject.label.clone(),
        };
        let value = match figure.value {
            Ok(value) => format!("{value:.3}"),
            Err(why) => {
                let place = reasons.iter().position(|known| *known == why).unwrap_or_else(|| {
                    reasons.push(why);
                    reasons.len() - 1
                });
                format!("– ({})", place + 1)
            }
        };
        let interval = figure.interval.map_or(String::new(), |(low, high)| format!("[{low:.3}, {high:.3}]"));
        let mut from =
            format!("{} articles, {} units", figure.articles, (figure.units * 100.0).round() / 100.0);
        if let Some(finding) = figure.finding.filter(|_| figure.value.is_ok()) {
            let share = |share: Option<f64>| share.map_or("–".to_owned(), |share| format!("{share:.3}"));
            let _infallible =
                write!(from, ", precision {}, recall {}", share(finding.precision), share(finding.recall));
            if let Some(muc) = finding.muc {
                let _infallible = write!(
                    from,
                    ", COR {} INC {} PAR {} MIS {} SPU {}",
                    muc.correct, muc.incorrect, muc.partial, muc.missing, muc.spurious
                );
            }
        }
        rows.push([what, label, value, interval, from]);
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths = [0, 1, 2, 3].map(width);
    for [what, label, value, interval, from] in &rows {
        let [a, b, c, d] = widths;
        let line = format!("  {what:a$}  {label:b$}  {value:>c$}  {interval:d$}  {from}");
        out.push_str(line.trim_end());
        out.push('\n');
    }
    for (place, reason) in reasons.iter().enumerate() {
        let _infallible = writeln!(out, "  ({}) not defined: {reason}", place + 1);
    }
    if !silent_fields.is_empty() {
        let _infallible =
            writeln!(out, "  not filled in by two on the same span: {}", silent_fields.join(", "));
    }
    if !unused.is_empty() {
        let _infallible = writeln!(out, "  nobody used: {}", unused.join(", "));
    }
}
