//! Making the gold span: out of an annotator's, or out of several, with links that lead to gold.

use std::sync::Arc;

use super::judging::{Judging, Refused};
use super::verdict::{Borders, Mix};
use crate::model::{
    FieldDef, FieldKind, FieldPath, Fields, Parts, Span, SpanId, Step, Value, leaves, may_link_span,
};
use crate::review::difference::Cluster;
use crate::text::TextRange;

impl<'a> Judging<'a> {
    pub(super) fn member(
        &self,
        cluster: &Cluster,
        annotator: &str,
    ) -> Result<(usize, &'a Arc<Span>), Refused> {
        let nothing = || Refused::NothingOf(annotator.to_owned());
        let who = self.case.comparison.place_of(annotator).ok_or_else(nothing)?;
        let id = cluster.members[who].as_ref().ok_or_else(nothing)?;
        Ok((who, self.case.sets[who].1.get(id).ok_or_else(nothing)?))
    }

    pub(super) fn all_of(&self, cluster: &Cluster) -> Vec<String> {
        cluster.present().map(|(who, _)| self.case.comparison.annotators[who].clone()).collect()
    }

    /// A gold span made of an annotator's, links to spans leading to gold. Notes stay with the annotator.
    pub(super) fn linked(&self, who: usize, span: &Span) -> Span {
        let mut new = Span::new("", span.label.clone(), span.parts.clone());
        new.fields = self.linked_fields(who, span, |_| true);
        new
    }

    /// An annotator's fields with links to spans leading to the gold spans of their clusters, where those are `counted`. What is not in
    /// gold yet is left out, and filled in once it is.
    pub(super) fn linked_fields(&self, who: usize, span: &Span, counted: impl Fn(usize) -> bool) -> Fields {
        self.linked_values(who, self.case.schema.fields_of(&span.label), &span.fields, counted)
    }

    /// As [`Self::linked_fields`], of any fields.
    pub(super) fn linked_values(
        &self,
        who: usize,
        defs: &[FieldDef],
        given: &Fields,
        counted: impl Fn(usize) -> bool,
    ) -> Fields {
        let set = self.case.sets[who].1;
        let mut fields = given.clone();
        let mut links: Vec<(FieldPath, Option<SpanId>)> = leaves(defs, given)
            .into_iter()
            .filter(|leaf| may_link_span(&leaf.def.kind))
            .filter_map(|leaf| {
                let id: SpanId = leaf.value.as_text()?.into();
                if set.get(&id).is_none() {
                    // Leads nowhere, and must not lead to whatever has that id in gold; where it may be something else than a
                    // span, it is.
                    return matches!(leaf.def.kind, FieldKind::Span(_)).then_some((leaf.path, None));
                }
                let place = self.case.comparison.cluster_of(who, &id).filter(|place| counted(*place));
                Some((leaf.path, place.and_then(|place| self.standings.gold[place].clone())))
            })
            .collect();
        // From the back, so that taking an item out of a list does not move those before it.
        links.sort_by(|a, b| b.0.cmp(&a.0));
        for (path, to) in links {
            fields.put(&path, to.map(|id| Value::text(id.as_str())));
            let emptied = path.steps().len() > 1 && fields.at(&above(&path)).is_some_and(is_empty);
            if emptied {
                fields.put(&above(&path), None);
            }
        }
        fields
    }

    pub(super) fn mixed(&self, cluster: &Cluster, mix: &Mix) -> Result<Span, Refused> {
        let members: Vec<(usize, &Arc<Span>)> =
            cluster.present().filter_map(|(who, id)| Some((who, self.case.sets[who].1.get(id)?))).collect();
        let Some((_, first)) = members.first() else { return Err(Refused::NoSuchDifference) };
        let parts = match &mix.borders {
            Borders::Of(annotator) => self.member(cluster, annotator)?.1.parts.clone(),
            Borders::Union => Parts::tidy(members.iter().flat_map(|(_, span)| span.parts.iter().copied()))
                .unwrap_or_else(|| first.parts.clone()),
            Borders::Intersection => {
                let common =
                    members.iter().skip(1).fold(first.parts.as_slice().to_vec(), |common, (_, span)| {
                        let with = |part: &TextRange| {
                            span.parts
                                .iter()
                                .filter_map(|other| part.intersection(*other))
                                .collect::<Vec<_>>()
                        };
                        common.iter().flat_map(with).collect()
                    });
                Parts::tidy(common).ok_or(Refused::NothingInCommon)?
            }
        };
        let label = match &mix.label {
            Some(annotator) => self.member(cluster, annotator)?.1.label.clone(),
            None => most(members.iter().map(|(_, span)| &span.label), members.len())
                .unwrap_or(&first.label)
                .clone(),
        };
        let linked: Vec<Fields> =
            members.iter().map(|(who, span)| self.linked_fields(*who, span, |_| true)).collect();
        let mut span = Span::new("", label, parts);
        let mut names: Vec<&str> = Vec::new();
        let known = self.case.schema.fields_of(&span.label).iter().map(|def| def.name.as_str());
        let filled = linked.iter().flat_map(|fields| fields.iter().map(|(name, _)| name));
        for name in known.chain(filled) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        for name in names {
            let chosen = mix.fields.iter().find(|(field, _)| field == name).map(|(_, whose)| whose);
            let value = match chosen {
                Some(None) => None,
                Some(Some(annotator)) => {
                    let (who, _) = self.member(cluster, annotator)?;
                    let nth = members.iter().position(|(other, _)| *other == who);
                    nth.and_then(|nth| linked[nth].get(name)).cloned()
                }
                None => {
                    let values: Vec<Option<&Value>> = linked.iter().map(|fields| fields.get(name)).collect();
                    most(values.iter().copied(), values.len()).flatten().cloned()
                }
            };
            if let Some(value) = value {
                span.fields.set(name, value);
            }
        }
        Ok(span)
    }
}

/// What more than half of `all` say.
fn most<T: PartialEq + Copy>(said: impl Iterator<Item = T>, all: usize) -> Option<T> {
    let said: Vec<T> = said.collect();
    said.iter().copied().find(|one| said.iter().filter(|other| *other == one).count() * 2 > all)
}

fn above(path: &FieldPath) -> FieldPath {
    let steps = path.steps();
    steps[..steps.len().saturating_sub(1)].iter().fold(FieldPath::root(), |path, step| match step {
        Step::Field(name) => path.then(name.clone()),
        Step::Item(place) => path.item(*place),
    })
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Record(fields) => fields.is_empty(),
        Value::List(items) => items.is_empty(),
        _ => false,
    }
}
