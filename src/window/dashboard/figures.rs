//! The figures behind the overview's charts, worked out from what was read; nothing of pixels.

use std::collections::HashSet;

use super::charts::{Heat, Point, Progress, figure};
use crate::model::{GOLD, SpanId, Status};
use crate::review::agreement::drill_down::not_found;
use crate::review::agreement::{Agreement, Match, Metric, Unit};
use crate::session::overview::{Overview, Tally};
use crate::text::TextRange;
use crate::window::describe::shorten;

/// How two people's spans are measured against each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Measure {
    /// F1 of spans that share text and have the same label, whatever their borders.
    #[default]
    Overlap,
    /// F1 of spans with the same borders and the same label.
    Exact,
    /// F1 of spans that are equal in everything, fields too.
    Equal,
    /// Cohen's κ by words.
    Kappa,
    /// Krippendorff's α by words.
    Alpha,
    /// Krippendorff's α for unitizing.
    AlphaU,
    /// Mathet's γ.
    Gamma,
    /// F1 of holder, issue and stance.
    Frames,
}

impl Measure {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Overlap,
        Self::Exact,
        Self::Equal,
        Self::Kappa,
        Self::Alpha,
        Self::AlphaU,
        Self::Gamma,
        Self::Frames,
    ];

    /// The key of its name in the words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Overlap => "overview-f1-overlap",
            Self::Exact => "overview-f1-exact",
            Self::Equal => "overview-f1-equal",
            Self::Kappa => "overview-kappa",
            Self::Alpha => "overview-alpha",
            Self::AlphaU => "overview-alpha-u",
            Self::Gamma => "overview-gamma",
            Self::Frames => "overview-frames",
        }
    }

    /// The metric that has to be measured for it; `None` if it is a sum over what was read.
    pub fn metric(self) -> Option<Metric> {
        Some(match self {
            Self::Overlap | Self::Exact | Self::Equal => return None,
            Self::Kappa => Metric::CohenKappa,
            Self::Alpha => Metric::KrippendorffAlpha,
            Self::AlphaU => Metric::KrippendorffAlphaU,
            Self::Gamma => Metric::Gamma,
            Self::Frames => Metric::FrameF1,
        })
    }

    /// When F1 counts a span as found, if it is an F1 that `postil agree` gives too.
    pub fn way(self) -> Option<Match> {
        match self {
            Self::Overlap => Some(Match::Overlap),
            Self::Exact => Some(Match::Exact),
            _ => None,
        }
    }

    /// The figure of a count.
    pub fn of(self, tally: &Tally) -> Option<f64> {
        match self {
            Self::Overlap => tally.f1(|t| t.overlap),
            Self::Exact => tally.f1(|t| t.exact),
            Self::Equal => tally.f1(|t| t.equal),
            _ => None,
        }
    }
}

/// How far everyone is, gold too.
pub fn progress(overview: &Overview) -> Vec<Progress> {
    let of = |(who, name): (usize, &String)| {
        let mut counts = [0; 4];
        for status in overview.articles.iter().filter_map(|a| a.statuses.get(who).copied().flatten()) {
            let rank = Status::ALL.iter().position(|s| *s == status).unwrap_or_default();
            counts[rank] += 1;
        }
        Progress { name: name.clone(), counts }
    };
    overview.people.iter().enumerate().map(of).collect()
}

/// Every pair's agreement, symmetric; a person against themselves is left empty.
pub fn matrix(overview: &Overview, measure: Measure, label: Option<u16>) -> Heat {
    let people = &overview.people;
    let mut heat = Heat { rows: people.clone(), columns: people.clone(), ..Heat::default() };
    for a in 0..people.len() {
        let mut cells = Vec::new();
        let mut words = Vec::new();
        for b in 0..people.len() {
            let tally = (a != b).then(|| overview.tally((a, b), label)).flatten();
            let value = tally.and_then(|t| measure.of(&t));
            cells.push(tally.map(|_| (figure(value), value.unwrap_or_default() as f32)));
            words.push(format!("{}, {}: {}", people[a], people[b], figure(value)));
        }
        heat.cells.push(cells);
        heat.words.push(words);
    }
    heat
}

/// Every pair's figure of a metric, with its interval and, where it is not defined, why.
pub fn measured(overview: &Overview, agreement: &Agreement, metric: Metric, label: Option<u16>) -> Heat {
    let people = &overview.people;
    let label = label.and_then(|l| overview.labels.get(usize::from(l))).map_or("*", String::as_str);
    let find = |a: usize, b: usize| {
        agreement.figures.iter().find(|f| {
            let subject = &f.subject;
            let by_words = subject.unit.is_none_or(|unit| unit == Unit::Token);
            let pair = f.annotators == [a, b] || f.annotators == [b, a];
            subject.metric == metric && by_words && subject.field.is_none() && subject.label == label && pair
        })
    };
    let mut heat = Heat { rows: people.clone(), columns: people.clone(), ..Heat::default() };
    for a in 0..people.len() {
        let (mut cells, mut words) = (Vec::new(), Vec::new());
        for b in 0..people.len() {
            let found = (a != b).then(|| find(a, b)).flatten();
            let value = found.and_then(|f| f.value.as_ref().ok()).copied();
            cells.push(found.map(|_| (figure(value), value.unwrap_or_default() as f32)));
            let mut said = format!("{}, {}: {}", people[a], people[b], figure(value));
            match found.map(|f| (&f.value, f.interval)) {
                Some((Ok(_), Some((low, high)))) => said.push_str(&format!(" [{low:.2}; {high:.2}]")),
                Some((Err(why), _)) => said.push_str(&format!(" ({why})")),
                _ => {}
            }
            words.push(said);
        }
        heat.cells.push(cells);
        heat.words.push(words);
    }
    heat
}

/// Every two people, gold too, by place.
pub fn pairs(overview: &Overview) -> Vec<(usize, usize)> {
    let all = 0..overview.people.len();
    all.clone().flat_map(|a| (a + 1..all.end).map(move |b| (a, b))).collect()
}

/// All labels together and then each, a row each, with every pair's figure; `of` gives the matrix of one.
pub fn by_label(
    overview: &Overview,
    titles: &[String],
    together: &str,
    of: impl Fn(Option<u16>) -> Heat,
) -> Heat {
    let pairs = pairs(overview);
    let name = |who: usize| overview.people[who].as_str();
    let columns = pairs.iter().map(|(a, b)| format!("{} · {}", name(*a), name(*b))).collect();
    let mut heat = Heat { columns, ..Heat::default() };
    let labels = (0..titles.len()).map(|n| u16::try_from(n).ok());
    for (label, title) in
        std::iter::once((None, together)).chain(labels.zip(titles.iter().map(String::as_str)))
    {
        let one = of(label);
        let at = |a: usize, b: usize| one.cells.get(a).and_then(|row| row.get(b)).cloned().flatten();
        let said =
            |a: usize, b: usize| one.words.get(a).and_then(|row| row.get(b)).cloned().unwrap_or_default();
        heat.rows.push(title.to_owned());
        heat.cells.push(pairs.iter().map(|(a, b)| at(*a, *b)).collect());
        heat.words.push(pairs.iter().map(|(a, b)| format!("{title}: {}", said(*a, *b))).collect());
    }
    heat
}

/// How often one person's label stood where the other's stood; warm by the share of the row.
pub fn confusion(overview: &Overview, pair: (usize, usize), titles: &[String], nothing: &str) -> Heat {
    let counts = overview.confusion(pair);
    let mut names = titles.to_vec();
    names.push(nothing.to_owned());
    let mut heat = Heat { rows: names.clone(), columns: names, ..Heat::default() };
    for (r, row) in counts.iter().enumerate() {
        let all: usize = row.iter().sum();
        let cell = |(c, n): (usize, &usize)| {
            (*n > 0 || r == c && r + 1 < counts.len()).then(|| (n.to_string(), *n as f32 / all.max(1) as f32))
        };
        heat.cells.push(row.iter().enumerate().map(cell).collect());
    }
    heat
}

/// An article's mean agreement over all pairs of annotators, gold left out; `None` where nobody can be compared.
pub fn of_article(overview: &Overview, article: usize, measure: Measure, label: Option<u16>) -> Option<f64> {
    let annotators: Vec<usize> = annotators(overview);
    let mut values = Vec::new();
    for (n, a) in annotators.iter().enumerate() {
        for b in &annotators[n + 1..] {
            let tally = overview.articles.get(article)?.tally((*a, *b), label);
            values.extend(tally.and_then(|t| measure.of(&t)));
        }
    }
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The people by place, gold left out.
pub fn annotators(overview: &Overview) -> Vec<usize> {
    (0..overview.people.len()).filter(|who| overview.people[*who] != GOLD).collect()
}

/// The articles in the order of their days, undated ones last, with their agreement.
pub fn over_time(overview: &Overview, measure: Measure, label: Option<u16>) -> Vec<(usize, Point)> {
    let mut order: Vec<usize> = (0..overview.articles.len()).collect();
    order.sort_by_key(|n| {
        let date = &overview.articles[*n].date;
        (date.is_none(), date.clone(), *n)
    });
    order
        .into_iter()
        .map(|n| {
            let article = &overview.articles[n];
            let value = of_article(overview, n, measure, label);
            let name = article.date.clone().unwrap_or_else(|| article.title.clone());
            let words = format!("{}, {name}: {}", article.title, figure(value));
            (n, Point { name, value, words })
        })
        .collect()
}

/// Someone or something that agrees much less or much more than most.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlier {
    /// By place among the people or articles.
    pub which: usize,
    /// The value.
    pub value: f64,
    /// How many robust standard deviations from the middle: (value − median) / (1.4826 · MAD), Iglewicz and Hoaglin 1993.
    pub score: f64,
}

/// The values further than 2.5 robust standard deviations below or above the median, worst first; with fewer than four values nothing
/// can be said to lie outside.
pub fn outliers(values: &[(usize, f64)]) -> Vec<Outlier> {
    if values.len() < 4 {
        return Vec::new();
    }
    let middle = |mut all: Vec<f64>| {
        all.sort_by(f64::total_cmp);
        let n = all.len();
        if n % 2 == 1 { all[n / 2] } else { (all[n / 2 - 1] + all[n / 2]) / 2.0 }
    };
    let median = middle(values.iter().map(|(_, v)| *v).collect());
    let spread = middle(values.iter().map(|(_, v)| (v - median).abs()).collect()) * 1.4826;
    // Where most values are the same, any other would be infinitely far away; a hundredth is the least spread.
    let spread = spread.max(0.01);
    let mut all: Vec<Outlier> = values
        .iter()
        .map(|(which, value)| Outlier { which: *which, value: *value, score: (value - median) / spread })
        .filter(|o| o.score.abs() > 2.5)
        .collect();
    all.sort_by(|a, b| a.score.total_cmp(&b.score));
    all
}

/// Each annotator's mean agreement with the other annotators.
pub fn of_people(overview: &Overview, measure: Measure, label: Option<u16>) -> Vec<(usize, f64)> {
    let annotators = annotators(overview);
    annotators
        .iter()
        .filter_map(|who| {
            let others = annotators.iter().filter(|other| *other != who);
            let values: Vec<f64> =
                others.filter_map(|other| measure.of(&overview.tally((*who, *other), label)?)).collect();
            (!values.is_empty()).then(|| (*who, values.iter().sum::<f64>() / values.len() as f64))
        })
        .collect()
}

/// A place that one drills down to.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The article, by place.
    pub article: usize,
    /// Where.
    pub at: TextRange,
    /// The words there.
    pub surface: String,
    /// What each of the two said.
    pub said: [Option<u16>; 2],
}

/// Which places one drills down to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Drill {
    /// Where two people differ, in one label or all.
    Pair {
        /// The two, by place.
        pair: (usize, usize),
        /// The label.
        label: Option<u16>,
        /// What counts as the same.
        measure: Measure,
    },
    /// Where the first used one label and the second another, or nothing.
    Confused {
        /// The two, by place.
        pair: (usize, usize),
        /// Their labels.
        labels: [Option<u16>; 2],
    },
}

impl Drill {
    /// The two people, by place.
    pub fn pair(self) -> (usize, usize) {
        match self {
            Self::Pair { pair, .. } | Self::Confused { pair, .. } => pair,
        }
    }
}

/// The most places one drills down to: nobody reads more, and making their words costs.
pub const MOST_FOUND: usize = 5000;

/// The places of a drill, in the order of the articles.
pub fn drill(overview: &Overview, what: Drill) -> Vec<Found> {
    let pair = what.pair();
    let mut found = Vec::new();
    for (n, article) in overview.articles.iter().enumerate() {
        let set = |who: usize| article.sets.get(who).and_then(Option::as_deref);
        let (Some(one), Some(other)) = (set(pair.0), set(pair.1)) else { continue };
        // For F1 the very spans that it does not count.
        let alone = match what {
            Drill::Pair { label, measure, .. } => measure.way().map(|way| {
                let label = label.and_then(|l| overview.labels.get(usize::from(l))).map(String::as_str);
                not_found(one, other, label, way)
            }),
            Drill::Confused { .. } => None,
        };
        for place in &article.places {
            let (a, b) = (place.said[pair.0], place.said[pair.1]);
            let labels = [a.map(|s| s.label), b.map(|s| s.label)];
            let here = match what {
                Drill::Confused { labels: wanted, .. } => wanted == labels,
                Drill::Pair { .. } if let Some([first, second]) = &alone => {
                    let is_alone = |who: usize, of: &HashSet<SpanId>| {
                        place.spans[who].as_ref().is_some_and(|id| of.contains(id))
                    };
                    is_alone(pair.0, first) || is_alone(pair.1, second)
                }
                Drill::Pair { label, measure, .. } => {
                    let concerns = label.is_none_or(|label| labels.contains(&Some(label)));
                    let same = match (a, b) {
                        (Some(a), Some(b)) => match measure {
                            Measure::Overlap | Measure::Alpha | Measure::Kappa => a.label == b.label,
                            Measure::Exact | Measure::AlphaU | Measure::Gamma => {
                                a.label == b.label && a.parts == b.parts
                            }
                            Measure::Equal | Measure::Frames => a.content == b.content,
                        },
                        (None, None) => true,
                        _ => false,
                    };
                    concerns && !same
                }
            };
            if here {
                let text = article.text.as_ref().and_then(|t| t.slice(place.at)).unwrap_or_default();
                let surface = shorten(&text.replace('\n', " "), 90);
                found.push(Found { article: n, at: place.at, surface, said: labels });
                if found.len() == MOST_FOUND {
                    return found;
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_far_from_the_middle_is_named_and_few_values_are_not_judged() {
        let values = [(0, 0.8), (1, 0.82), (2, 0.79), (3, 0.81), (4, 0.2)];
        let far = outliers(&values);
        assert_eq!(far.iter().map(|o| o.which).collect::<Vec<_>>(), [4]);
        assert!(far[0].score < -2.5);
        assert!(outliers(&values[..3]).is_empty());
        assert!(outliers(&[(0, 1.0), (1, 1.0), (2, 1.0), (3, 1.0)]).is_empty(), "all the same");
    }
}
