//! Differences as one JSON document, for programs.

use serde_json::{Map, Value as Json, json};

use super::{Compared, Differences};
use crate::model::{FieldPath, Relation, Span};
use crate::review::difference::DifferenceKind;

/// The document that `--help` describes.
pub(super) fn document(all: &Differences<'_>) -> Json {
    let mut counts = Map::new();
    let places: usize = all.articles.iter().map(|one| one.comparison.clusters.len()).sum();
    counts.insert("places".into(), places.into());
    let clusters = || all.articles.iter().flat_map(|one| &one.comparison.clusters);
    for kind in [DifferenceKind::Agreed].into_iter().chain(DifferenceKind::ALL.into_iter().take(5)) {
        let held = clusters().filter(|cluster| cluster.kinds.has(kind)).count();
        counts.insert(kind.name().into(), held.into());
    }
    let one_sided: Vec<Json> = all
        .one_sided
        .iter()
        .filter_map(|on| Some((on, on.sides.first()?)))
        .map(|(on, side)| json!({"article": on.article.path, "annotator": side.annotator}))
        .collect();
    let other_texts: Vec<Json> = all
        .articles
        .iter()
        .flat_map(|one| one.on.sides.iter().map(move |side| (one, side)))
        .filter_map(|(one, side)| Some((one, side, side.reanchored.as_ref()?)))
        .map(|(one, side, told)| {
            let lost: Vec<&str> = told.lost.iter().map(|id| id.as_str()).collect();
            json!({"article": one.on.article.path, "annotator": side.annotator,
                   "stayed": told.stayed, "moved": told.moved, "lost": lost})
        })
        .collect();
    json!({
        "annotators": all.annotators,
        "articles": all.articles.len(),
        "counts": counts,
        "one_sided": one_sided,
        "other_texts": other_texts,
        "differences": all.articles.iter().flat_map(|one| differences(one, all)).collect::<Vec<_>>(),
        "relations": all.articles.iter().flat_map(relations).collect::<Vec<_>>(),
        "article_fields": all.articles.iter().flat_map(article_fields).collect::<Vec<_>>(),
    })
}

fn differences(one: &Compared<'_>, all: &Differences<'_>) -> Vec<Json> {
    let text = &one.on.article.text;
    let mut found = Vec::new();
    for (place, cluster) in one.comparison.clusters.iter().enumerate() {
        let fate = one.fates.get(place);
        let decided = fate.is_some_and(|fate| fate.decision.as_ref().is_some_and(|d| !d.why.is_empty()));
        if cluster.kinds.is_agreed() && !decided {
            continue;
        }
        let spans: Vec<Option<&Span>> = one
            .on
            .sides
            .iter()
            .zip(&cluster.members)
            .map(|(side, id)| side.set.get(id.as_ref()?).map(AsRef::as_ref))
            .collect();
        let described = |span: &Option<&Span>| {
            span.map(|span| {
                let parts: Vec<[u32; 2]> =
                    span.parts.iter().map(|part| [part.start().get(), part.end().get()]).collect();
                json!({"id": span.id.as_str(), "label": span.label, "start": span.start().get(), "end": span.end().get(),
                       "parts": parts, "text": span.surface(text)})
            })
        };
        let fields: Vec<Json> =
            cluster.kinds.fields.iter().map(|path| field(path, &spans, all.annotators)).collect();
        let kinds: Vec<&str> = cluster.kinds.list().into_iter().map(DifferenceKind::name).collect();
        let mut difference = Map::new();
        difference.insert("article".into(), one.on.article.path.clone().into());
        difference.insert("key".into(), cluster.key.as_str().into());
        difference.insert("kinds".into(), kinds.into());
        difference.insert("start".into(), cluster.extent.start().get().into());
        difference.insert("end".into(), cluster.extent.end().get().into());
        difference.insert("spans".into(), by_annotator(all.annotators, spans.iter().map(described)).into());
        difference.insert("fields".into(), fields.into());
        if let Some(fate) = fate {
            let mut gold = Map::new();
            gold.insert("fate".into(), fate.fate.name().into());
            if let Some(decision) = &fate.decision {
                gold.insert("outcome".into(), serde_json::to_value(decision.outcome).unwrap_or_default());
                for (key, said) in [
                    ("by", &decision.by),
                    ("when", &decision.when),
                    ("how", &decision.how),
                    ("why", &decision.why),
                ] {
                    gold.insert(key.into(), said.as_str().into());
                }
            }
            difference.insert("gold".into(), gold.into());
        }
        found.push(difference.into());
    }
    found
}

/// A field by its path, with what each has there in the own words of the own set.
fn field(path: &FieldPath, spans: &[Option<&Span>], annotators: [&str; 2]) -> Json {
    let values = spans.iter().map(|span| {
        let value = span.and_then(|span| span.fields.at(path));
        value.map(|value| serde_json::to_value(value).unwrap_or_default())
    });
    let mut difference = Map::new();
    difference.insert("field".into(), path.to_string().into());
    difference.extend(by_annotator(annotators, values));
    difference.into()
}

fn relations(one: &Compared<'_>) -> Vec<Json> {
    let described = |relation: &Relation| {
        json!({"id": relation.id.as_str(), "from": relation.from.as_str(), "to": relation.to.as_str(),
               "fields": serde_json::to_value(&relation.fields).unwrap_or_default()})
    };
    let differing = one.comparison.relations.iter().filter(|relation| !relation.agreed);
    differing
        .map(|relation| {
            let drawn = one
                .on
                .sides
                .iter()
                .zip(&relation.members)
                .map(|(side, id)| side.set.relation(id.as_ref()?).map(|relation| described(relation)));
            let names = [one.comparison.annotators[0].as_str(), one.comparison.annotators[1].as_str()];
            let mut difference = Map::new();
            difference.insert("article".into(), one.on.article.path.clone().into());
            difference.insert("label".into(), relation.label.clone().into());
            difference.extend(by_annotator(names, drawn));
            difference.into()
        })
        .collect()
}

fn article_fields(one: &Compared<'_>) -> Vec<Json> {
    let names = [one.comparison.annotators[0].as_str(), one.comparison.annotators[1].as_str()];
    let described = |difference: &crate::review::ArticleFieldDifference| {
        let values = difference
            .values
            .iter()
            .map(|value| value.as_ref().map(|value| serde_json::to_value(value).unwrap_or_default()));
        let mut said = Map::new();
        said.insert("article".into(), one.on.article.path.clone().into());
        said.insert("field".into(), difference.name.clone().into());
        said.extend(by_annotator(names, values));
        Json::from(said)
    };
    one.comparison.article_fields.iter().map(described).collect()
}

fn by_annotator(annotators: [&str; 2], values: impl Iterator<Item = Option<Json>>) -> Map<String, Json> {
    annotators
        .iter()
        .zip(values)
        .map(|(name, value)| ((*name).to_owned(), value.unwrap_or(Json::Null)))
        .collect()
}
