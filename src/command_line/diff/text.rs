//! Differences as a list for people.

use std::fmt::Write as _;

use super::{Compared, Differences};
use crate::model::{Span, Value};
use crate::review::against_gold::Fate;
use crate::review::difference::{Cluster, DifferenceKind};
use crate::text::CanonicalText;

/// How much of a span's surface is shown, in code points.
const MOST: usize = 50;

/// The whole list.
pub(super) fn report(all: &Differences<'_>) -> String {
    let mut out = String::new();
    let mut places = 0;
    let mut differing = 0;
    for one in &all.articles {
        places += one.comparison.clusters.len();
        differing += article(&mut out, one, all);
    }
    for on in &all.one_sided {
        if let Some(side) = on.sides.first() {
            // Writing to a String cannot fail.
            let _infallible =
                writeln!(out, "{}\n  only {} has annotated this article", on.article.path, side.annotator);
        }
    }
    let [one, other] = all.annotators;
    let _infallible = writeln!(
        out,
        "{one} · {other}: {} articles in common, {places} places, {} alike, {differing} not",
        all.articles.len(),
        places - differing
    );
    out
}

/// One article; how many places differ.
fn article(out: &mut String, one: &Compared<'_>, all: &Differences<'_>) -> usize {
    let comparison = &one.comparison;
    let differing: Vec<(usize, &Cluster)> =
        comparison.clusters.iter().enumerate().filter(|(_, cluster)| !cluster.kinds.is_agreed()).collect();
    let relations = comparison.relations.iter().filter(|relation| !relation.agreed).count();
    if differing.is_empty() && relations == 0 && comparison.article_fields.is_empty() {
        return 0;
    }
    let _infallible = writeln!(out, "{}", one.on.article.path);
    let text = &one.on.article.text;
    for (place, cluster) in &differing {
        let spans: Vec<Option<&Span>> = one
            .on
            .sides
            .iter()
            .zip(&cluster.members)
            .map(|(side, id)| side.set.get(id.as_ref()?).map(AsRef::as_ref))
            .collect();
        let (line, column) =
            text.byte_of(cluster.extent.start()).map_or((0, 0), |_| text.line_column(cluster.extent.start()));
        let _infallible = writeln!(out, "  {line}:{column} {}", kinds(cluster, all.annotators));
        for (name, span) in all.annotators.iter().zip(&spans) {
            if let Some(span) = span {
                let _infallible = writeln!(out, "      {name}: {}", described(span, text));
            }
        }
        for path in &cluster.kinds.fields {
            let values: Vec<String> = all
                .annotators
                .iter()
                .zip(&spans)
                .map(|(name, span)| format!("{name} {}", value(span.and_then(|span| span.fields.at(path)))))
                .collect();
            let _infallible = writeln!(out, "      {path}: {}", values.join(" · "));
        }
        if let Some(fate) = one.fates.get(*place) {
            let _infallible = writeln!(out, "      {}", fate_of(fate));
        }
    }
    for relation in comparison.relations.iter().filter(|relation| !relation.agreed) {
        let who: Vec<&str> = all
            .annotators
            .iter()
            .zip(&relation.members)
            .filter(|(_, id)| id.is_some())
            .map(|(name, _)| *name)
            .collect();
        let end = |place: usize| {
            let cluster = &comparison.clusters[place];
            let (who, id) = cluster.present().next()?;
            one.on.sides.get(who)?.set.get(id).map(|span| described(span, text))
        };
        let _infallible = writeln!(
            out,
            "  relation {} by {}: {} → {}",
            relation.label,
            who.join(" and otherwise by "),
            end(relation.from).unwrap_or_default(),
            end(relation.to).unwrap_or_default()
        );
    }
    for field in &comparison.article_fields {
        let values: Vec<String> = all
            .annotators
            .iter()
            .zip(&field.values)
            .map(|(name, said)| format!("{name} {}", value(said.as_ref())))
            .collect();
        let _infallible = writeln!(out, "  article field {}: {}", field.name, values.join(" · "));
    }
    out.push('\n');
    differing.len()
}

fn kinds(cluster: &Cluster, annotators: [&str; 2]) -> String {
    let said = cluster.kinds.list().into_iter().map(|kind| match kind {
        DifferenceKind::OnlySome => {
            let who = cluster.present().next().map_or("", |(who, _)| annotators[who]);
            format!("only {who}")
        }
        other => other.name().to_owned(),
    });
    said.collect::<Vec<_>>().join(", ")
}

fn described(span: &Span, text: &CanonicalText) -> String {
    let surface = span.surface(text).replace('\n', " ");
    let shown = match surface.chars().count() > MOST {
        true => format!("{}…", surface.chars().take(MOST - 1).collect::<String>().trim_end()),
        false => surface,
    };
    let parts: Vec<String> =
        span.parts.iter().map(|part| format!("{}–{}", part.start(), part.end())).collect();
    format!("{} {} {} “{shown}”", span.id, span.label, parts.join(" + "))
}

fn value(value: Option<&Value>) -> String {
    match value {
        None => "–".to_owned(),
        Some(Value::Text(text)) => text.clone(),
        Some(other) => serde_json::to_string(other).unwrap_or_default(),
    }
}

fn fate_of(fate: &crate::review::against_gold::AgainstGold) -> String {
    let mut said = match fate.fate {
        Fate::Kept => "kept",
        Fate::Changed => "changed in gold",
        Fate::Rejected => "rejected",
        Fate::Absent => "not in gold",
        Fate::Added => "added in gold",
    }
    .to_owned();
    if let Some(decision) = &fate.decision {
        match decision.by.is_empty() {
            true => said.push_str(&format!(" by the rule {}", decision.how)),
            false => said.push_str(&format!(" by {}", decision.by)),
        }
        if !decision.when.is_empty() {
            said.push_str(&format!(", {}", decision.when));
        }
        if !decision.why.is_empty() {
            said.push_str(&format!(": {}", decision.why));
        }
    }
    said
}
