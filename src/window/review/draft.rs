//! A decision in the making: from whom each piece of the gold span is taken. When every piece that people differ in is settled, the
//! verdict is complete. No pixels.

use std::collections::BTreeMap;

use super::scene::{About, Scene};
use crate::model::Schema;
use crate::review::{Borders, Mix, Verdict};

/// A row of the card: a piece that people may differ in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Aspect {
    /// The span as a whole.
    Whole,
    /// Its label.
    Label,
    /// Its borders.
    Borders,
    /// A field, by name.
    Field(String),
}

/// The pieces of a difference.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Aspects {
    /// Those in which people differ, the whole span first.
    pub differing: Vec<Aspect>,
    /// The fields in which they agree, by name.
    pub agreed: Vec<String>,
}

impl Aspects {
    /// The pieces of a difference, fields in the order of the schema.
    pub fn of(scene: &Scene, mark: usize, schema: &Schema) -> Self {
        let mut all = Self { differing: vec![Aspect::Whole], agreed: Vec::new() };
        let Some(About::Spans(cluster)) = scene.marks.get(mark).map(|m| m.about) else { return all };
        let Some(cluster) = scene.comparison.clusters.get(cluster) else { return all };
        if cluster.kinds.label {
            all.differing.push(Aspect::Label);
        }
        if cluster.kinds.borders {
            all.differing.push(Aspect::Borders);
        }
        let mut names: Vec<&str> = Vec::new();
        let spans = scene.spans(mark);
        for span in spans.iter().flatten() {
            let known = schema.fields_of(&span.label).iter().map(|d| d.name.as_str());
            for name in known.chain(span.fields.iter().map(|(name, _)| name)) {
                let set = spans.iter().flatten().any(|s| s.fields.get(name).is_some());
                if set && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        for name in names {
            if cluster.kinds.fields.iter().any(|path| path.top() == Some(name)) {
                all.differing.push(Aspect::Field(name.to_owned()));
            } else {
                all.agreed.push(name.to_owned());
            }
        }
        all
    }
}

/// What a key or a click came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// The verdict is complete.
    Decided(Verdict),
    /// A piece was settled; this row is the next that is not.
    Next(usize),
    /// That annotator has nothing to take from.
    Nothing,
}

/// From whom each piece is taken so far. People by place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// The borders, once chosen.
    pub borders: Option<Borders>,
    /// Whose label.
    pub label: Option<usize>,
    /// Whose value for each field.
    pub fields: BTreeMap<String, usize>,
}

impl Draft {
    /// Whether nothing is settled yet.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whose version a piece is taken from, if it is settled by a person's version.
    pub fn whose(&self, aspect: &Aspect, names: &[String]) -> Option<usize> {
        match aspect {
            Aspect::Whole => None,
            Aspect::Label => self.label,
            Aspect::Borders => match &self.borders {
                Some(Borders::Of(name)) => names.iter().position(|n| n == name),
                _ => None,
            },
            Aspect::Field(name) => self.fields.get(name).copied(),
        }
    }

    fn is_settled(&self, aspect: &Aspect) -> bool {
        match aspect {
            Aspect::Whole => true,
            Aspect::Label => self.label.is_some(),
            Aspect::Borders => self.borders.is_some(),
            Aspect::Field(name) => self.fields.contains_key(name),
        }
    }

    /// Takes a person's version of a piece. `present` says who marked something here.
    pub fn take(
        &mut self,
        aspects: &Aspects,
        row: usize,
        who: usize,
        names: &[String],
        present: &[usize],
    ) -> Step {
        let Some(name) = names.get(who) else { return Step::Nothing };
        let here = present.contains(&who);
        match aspects.differing.get(row) {
            // Whoever marked nothing says that there is nothing.
            Some(Aspect::Whole) | None if !here => return Step::Decided(Verdict::NothingHere),
            Some(Aspect::Whole) | None => return Step::Decided(Verdict::TakeFrom(name.clone())),
            Some(_) if !here => return Step::Nothing,
            Some(Aspect::Label) => self.label = Some(who),
            Some(Aspect::Borders) => self.borders = Some(Borders::Of(name.clone())),
            Some(Aspect::Field(field)) => {
                self.fields.insert(field.clone(), who);
            }
        }
        self.step(aspects, row, names)
    }

    /// Takes the borders that hold everyone's, or that everyone's hold.
    pub fn take_borders(&mut self, aspects: &Aspects, borders: Borders, names: &[String]) -> Step {
        self.borders = Some(borders);
        let row = aspects.differing.iter().position(|a| *a == Aspect::Borders).unwrap_or_default();
        self.step(aspects, row, names)
    }

    fn step(&self, aspects: &Aspects, row: usize, names: &[String]) -> Step {
        let open = |n: &usize| !self.is_settled(&aspects.differing[*n]);
        let count = aspects.differing.len();
        let next = (row + 1..count).find(open).or_else(|| (0..count).find(open));
        next.map_or_else(|| Step::Decided(self.verdict(aspects, names)), Step::Next)
    }

    /// The verdict as far as it is settled: what is not follows what most say.
    pub fn verdict(&self, aspects: &Aspects, names: &[String]) -> Verdict {
        let only_borders = self.label.is_none() && self.fields.is_empty();
        match (&self.borders, only_borders) {
            (Some(Borders::Union), true) => return Verdict::Union,
            (Some(Borders::Intersection), true) => return Verdict::Intersection,
            _ => {}
        }
        let name = |who: usize| names.get(who).cloned();
        let borders = self.borders.clone().or_else(|| {
            // Where borders do not differ, everyone's are the same.
            (!aspects.differing.contains(&Aspect::Borders)).then(Borders::default)
        });
        Verdict::Mix(Mix {
            borders: borders.unwrap_or_default(),
            label: self.label.and_then(name),
            fields: self.fields.iter().map(|(field, who)| (field.clone(), name(*who))).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aspects(differing: &[Aspect]) -> Aspects {
        let mut all = Aspects { differing: vec![Aspect::Whole], agreed: Vec::new() };
        all.differing.extend(differing.iter().cloned());
        all
    }

    fn names() -> Vec<String> {
        vec!["anna".into(), "boris".into(), "vera".into()]
    }

    #[test]
    fn one_key_takes_a_whole_span_or_says_there_is_nothing() {
        let all = aspects(&[Aspect::Borders]);
        let take = |who| Draft::default().take(&all, 0, who, &names(), &[0, 2]);
        assert_eq!(take(2), Step::Decided(Verdict::TakeFrom("vera".into())));
        assert_eq!(take(1), Step::Decided(Verdict::NothingHere));
        assert_eq!(take(3), Step::Nothing, "there are three people");
    }

    #[test]
    fn pieces_are_settled_one_by_one_and_the_last_one_decides() {
        let field = |name: &str| Aspect::Field(name.into());
        let all = aspects(&[Aspect::Borders, field("act"), field("cue")]);
        let mut draft = Draft::default();
        assert_eq!(draft.take(&all, 2, 1, &names(), &[0, 1, 2]), Step::Next(3));
        assert_eq!(draft.take(&all, 3, 0, &names(), &[0, 1, 2]), Step::Next(1));
        let Step::Decided(Verdict::Mix(mix)) = draft.take_borders(&all, Borders::Union, &names()) else {
            panic!("not decided: {draft:?}");
        };
        assert_eq!(mix.borders, Borders::Union);
        let whose = |name: &str, who: &str| (name.to_owned(), Some(who.to_owned()));
        assert_eq!(mix.fields, [whose("act", "boris"), whose("cue", "anna")]);
    }

    #[test]
    fn where_only_borders_differ_the_union_is_one_key() {
        let all = aspects(&[Aspect::Borders]);
        let step = Draft::default().take_borders(&all, Borders::Union, &names());
        assert_eq!(step, Step::Decided(Verdict::Union));
    }

    #[test]
    fn a_field_of_somebody_who_marked_nothing_cannot_be_taken() {
        let all = aspects(&[Aspect::Field("act".into())]);
        let mut draft = Draft::default();
        assert_eq!(draft.take(&all, 1, 1, &names(), &[0, 2]), Step::Nothing);
        assert!(draft.is_empty());
    }
}
