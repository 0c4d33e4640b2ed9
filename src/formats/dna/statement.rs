//! Statements: every holder of a span with every issue of it.

use super::super::{Record, WriteOptions};
use crate::model::{Affiliation, Fields, Span, Value};

/// Who says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Actor {
    /// What tells it from others: the register entry's id, else its words.
    pub id: String,
    /// A person's name, or empty.
    pub person: String,
    /// The name of an organisation, a place that acts, or the one that the person belonged to then; or empty.
    pub organization: String,
}

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Statement {
    /// Nobody, if the text names nobody and nobody can be told.
    pub actor: Option<Actor>,
    /// The term's id.
    pub concept: String,
    /// For or against; `None` for any other stance.
    pub agreement: Option<bool>,
}

/// The statements of a span, holders first.
pub(super) fn of(span: &Span, record: &Record, options: &WriteOptions) -> Vec<Statement> {
    let records = |name: &str| -> Vec<&Fields> {
        span.fields.get(name).map_or(&[][..], Value::each).iter().filter_map(Value::as_record).collect()
    };
    let issues: Vec<(&str, Option<bool>)> = records("issues")
        .into_iter()
        .filter_map(|issue| {
            let agreement = match issue.text("stance") {
                Some("for") => Some(true),
                Some("against") => Some(false),
                _ => None,
            };
            Some((issue.text("issue")?, agreement))
        })
        .collect();
    let mut actors: Vec<Option<Actor>> =
        records("holders").into_iter().map(|holder| actor(holder, record, options)).collect();
    if actors.is_empty() {
        actors.push(None);
    }
    let statement = |actor: &Option<Actor>, (concept, agreement): &(&str, Option<bool>)| Statement {
        actor: actor.clone(),
        concept: (*concept).to_owned(),
        agreement: *agreement,
    };
    actors.iter().flat_map(|actor| issues.iter().map(move |issue| statement(actor, issue))).collect()
}

fn actor(holder: &Fields, record: &Record, options: &WriteOptions) -> Option<Actor> {
    let mention = holder.text("mention").and_then(|id| record.set.get(&id.into()));
    let entity = holder.text("entity").or_else(|| mention.and_then(|mention| mention.fields.text("entity")));
    if let Some(id) = entity {
        let date = record.meta.date.as_deref();
        return Some(registered(id, date, options));
    }
    if let Some(mention) = mention {
        let words = mention.surface(&record.text);
        let is_person = mention.fields.text("kind") == Some("person");
        return Some(match is_person {
            true => Actor { id: words.clone(), person: words, organization: String::new() },
            false => Actor { id: words.clone(), person: String::new(), organization: words },
        });
    }
    if holder.text("how") == Some("author") {
        let (author, source) = (record.meta.author.clone(), record.meta.source.clone());
        let id = author.clone().or_else(|| source.clone())?;
        return Some(Actor {
            id,
            person: author.unwrap_or_default(),
            organization: source.unwrap_or_default(),
        });
    }
    None
}

fn registered(id: &str, date: Option<&str>, options: &WriteOptions) -> Actor {
    let name =
        |id: &str| options.register.get(id).map_or_else(|| id.to_owned(), |entity| entity.name.clone());
    let Some(entity) = options.register.get(id) else {
        return Actor { id: id.to_owned(), person: String::new(), organization: id.to_owned() };
    };
    if entity.kind != "person" {
        return Actor { id: id.to_owned(), person: String::new(), organization: name(id) };
    }
    let holds = |affiliation: &&Affiliation| {
        // Dates are `2026-01-21`, a month or a year: their order is that of their letters, cut to the shorter one.
        let cut = |a: &str, b: &str| {
            let length = a.len().min(b.len());
            (a.get(..length).unwrap_or(a).to_owned(), b.get(..length).unwrap_or(b).to_owned())
        };
        let Some(date) = date else { return affiliation.to.is_none() };
        let begun = affiliation.from.as_deref().is_none_or(|from| {
            let (from, date) = cut(from, date);
            from <= date
        });
        let lasts = affiliation.to.as_deref().is_none_or(|to| {
            let (to, date) = cut(to, date);
            date <= to
        });
        begun && lasts
    };
    let organization =
        entity.affiliations.iter().find(holds).map_or(String::new(), |at| name(at.entity.as_str()));
    Actor { id: id.to_owned(), person: name(id), organization }
}
