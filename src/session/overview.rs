//! The whole project at a glance, read and worked out on a thread of its own: who has done how much, what everyone said about which
//! place. Figures for any label and any pair are then sums over what is here.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::job::Job;
use crate::model::{AnnotationSet, GOLD, Schema, SpanId, Status};
use crate::review::agreement::Found;
use crate::review::agreement::drill_down::of_pairs;
use crate::review::{Thread, compare, may_see_others};
use crate::session::talk::Talk;
use crate::store::{self, Project, Wake};
use crate::text::{CanonicalText, TextRange};

/// Everything the overview knows of a project.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// Everyone who annotates, `gold` last if there is any.
    pub people: Vec<String>,
    /// The articles in the project's order.
    pub articles: Vec<ArticleOverview>,
    /// The labels that occur, in the order of the schema, then of the alphabet.
    pub labels: Vec<String>,
    /// What could not be read.
    pub faults: Vec<String>,
}

/// What the overview knows of an article.
#[derive(Clone, Debug, Default)]
pub struct ArticleOverview {
    /// Its path in the project.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its day, month or year, if known.
    pub date: Option<String>,
    /// The text.
    pub text: Option<CanonicalText>,
    /// Everyone's set, in the order of [`Overview::people`]; `None` if they have none.
    pub sets: Vec<Option<Arc<AnnotationSet>>>,
    /// How far everyone is; `None` if the article is not theirs.
    pub statuses: Vec<Option<Status>>,
    /// The places that somebody spoke of, in text order.
    pub places: Vec<Place>,
    /// What each two people have in common, by label: what `postil agree` sums F1 up from. The lower of the two is the reference.
    pub found: Vec<([usize; 2], Vec<Found>)>,
    /// What is said about it; while others' work on it is hidden, only what the viewer said.
    pub threads: Vec<Thread>,
    /// The threads of which nothing is left since the viewer withdrew something.
    pub gone: Vec<Thread>,
}

/// One place of an article and what everyone said about it.
#[derive(Clone, Debug)]
pub struct Place {
    /// Where.
    pub at: TextRange,
    /// What each person said, in the order of [`Overview::people`].
    pub said: Vec<Option<Said>>,
    /// Each person's span there.
    pub spans: Vec<Option<SpanId>>,
}

/// What somebody said about a place; equal numbers mean equal things within one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// The label, by place in [`Overview::labels`].
    pub label: u16,
    /// The borders.
    pub parts: u16,
    /// The whole content: borders, label and fields.
    pub content: u16,
}

/// Two people's spans counted against each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Spans of the first.
    pub first: usize,
    /// Spans of the second.
    pub second: usize,
    /// Pairs with the same borders and the same label.
    pub exact: usize,
    /// Pairs of the largest matching of spans with the same label that share a code point.
    pub overlap: usize,
    /// Pairs that are equal in everything, fields too.
    pub equal: usize,
}

impl Tally {
    /// F1 of the pairs counted by `of`: twice their number over all spans; `None` if there is no span.
    pub fn f1(&self, of: impl Fn(&Self) -> usize) -> Option<f64> {
        let all = self.first + self.second;
        (all > 0).then(|| 2.0 * of(self) as f64 / all as f64)
    }

    /// Adds another count.
    pub fn add(&mut self, other: Self) {
        self.first += other.first;
        self.second += other.second;
        self.exact += other.exact;
        self.overlap += other.overlap;
        self.equal += other.equal;
    }
}

impl ArticleOverview {
    /// Counts two people's spans of one label, or of all, against each other; `None` if one of them has no set here.
    pub fn tally(&self, pair: (usize, usize), label: Option<u16>) -> Option<Tally> {
        let has = |who: usize| self.sets.get(who).is_some_and(Option::is_some);
        if !has(pair.0) || !has(pair.1) {
            return None;
        }
        let (low, high) = (pair.0.min(pair.1), pair.0.max(pair.1));
        let found = match pair.0 == pair.1 {
            // Everybody is of one mind with themselves.
            true => self.of_one(pair.0, label),
            false => {
                let (_, by_label) = self.found.iter().find(|(of, _)| *of == [low, high])?;
                match label {
                    Some(label) => by_label.get(usize::from(label)).copied().unwrap_or_default(),
                    None => by_label.iter().copied().fold(Found::default(), Found::plus),
                }
            }
        };
        let [first, second] = found.spans;
        let (first, second) = if pair.0 <= pair.1 { (first, second) } else { (second, first) };
        let is_equal = |place: &&Place| match (place.said[pair.0], place.said[pair.1]) {
            (Some(a), Some(b)) => a.content == b.content && label.is_none_or(|label| a.label == label),
            _ => false,
        };
        Some(Tally {
            first: first as usize,
            second: second as usize,
            exact: found.exact as usize,
            overlap: found.overlap as usize,
            equal: self.places.iter().filter(is_equal).count(),
        })
    }

    fn of_one(&self, who: usize, label: Option<u16>) -> Found {
        let counts = |place: &&Place| {
            place.said[who].is_some_and(|said| label.is_none_or(|label| said.label == label))
        };
        let all = self.places.iter().filter(counts).count() as f64;
        Found { spans: [all, all], exact: all, overlap: all, partial: all, ..Found::default() }
    }
}

impl Overview {
    /// Counts two people's spans against each other over all articles both have a set for.
    pub fn tally(&self, pair: (usize, usize), label: Option<u16>) -> Option<Tally> {
        let mut all: Option<Tally> = None;
        for tally in self.articles.iter().filter_map(|a| a.tally(pair, label)) {
            all.get_or_insert_default().add(tally);
        }
        all
    }

    /// How often the first of a pair used the row's label where the second used the column's; the last row and column stand for
    /// nothing marked.
    pub fn confusion(&self, pair: (usize, usize)) -> Vec<Vec<usize>> {
        let none = self.labels.len();
        let mut counts = vec![vec![0; none + 1]; none + 1];
        for article in &self.articles {
            let both = [pair.0, pair.1].iter().all(|who| article.sets.get(*who).is_some_and(Option::is_some));
            for place in article.places.iter().filter(|_| both) {
                let label = |who: usize| place.said[who].map_or(none, |s| usize::from(s.label));
                let (row, column) = (label(pair.0), label(pair.1));
                if row != none || column != none {
                    counts[row][column] += 1;
                }
            }
        }
        counts
    }
}

/// Begins to read a project for somebody: where it is blind until done, others' work on what the viewer is not done with stays
/// unread. A message if it could not be made. `wake` is called when there is news.
pub fn reading(root: &Path, viewer: &str, wake: Wake) -> Job<Result<Overview, String>> {
    let (root, viewer) = (root.to_owned(), viewer.to_owned());
    Job::start("overview", wake, move |steps| {
        let project = Project::open(&root).map_err(|why| why.to_string())?;
        let mut overview = Overview { people: project.annotators(), ..Overview::default() };
        let mut labels = LabelNumbers::of(&project.schema);
        let entries = project.articles();
        steps.expect(entries.len());
        for entry in entries {
            if !steps.go_on() {
                return Err(String::new());
            }
            match read(&project, &entry.path, &viewer, &overview.people, &mut labels) {
                Ok((article, faults)) => {
                    overview.articles.push(article);
                    overview.faults.extend(faults);
                }
                Err(why) => overview.faults.push(why),
            }
            steps.step();
        }
        overview.labels = labels.names;
        Ok(overview)
    })
}

/// The labels' numbers; those the schema lacks are added as they come.
struct LabelNumbers {
    names: Vec<String>,
}

impl LabelNumbers {
    fn of(schema: &Schema) -> Self {
        Self { names: schema.labels.iter().map(|l| l.name.clone()).collect() }
    }

    fn number(&mut self, label: &str) -> u16 {
        let place = self.names.iter().position(|n| n == label).unwrap_or_else(|| {
            self.names.push(label.to_owned());
            self.names.len() - 1
        });
        u16::try_from(place).unwrap_or(u16::MAX)
    }
}

fn read(
    project: &Project,
    path: &str,
    viewer: &str,
    people: &[String],
    labels: &mut LabelNumbers,
) -> Result<(ArticleOverview, Vec<String>), String> {
    let article = project.read_article(path).map_err(|fault| fault.to_string())?;
    let mut faults = Vec::new();
    let mut sets: Vec<Option<Arc<AnnotationSet>>> = Vec::new();
    for annotator in people {
        sets.push(match store::read_set(project, annotator, path, Some(&article)) {
            Ok(Some(loaded)) => {
                let (set, _) =
                    crate::review::anchoring::reanchored(loaded.set, &article.text, &project.schema);
                Some(Arc::new(set))
            }
            Ok(None) => None,
            Err(why) => {
                faults.push(why.to_string());
                None
            }
        });
    }
    let assigned = project.settings.assignments.get(path);
    let statuses = people
        .iter()
        .zip(&sets)
        .map(|(name, set)| match set {
            Some(set) => Some(set.status),
            // Articles that nobody is named for are everyone's; gold is made, not assigned.
            None => (name != GOLD && assigned.is_none_or(|names| names.contains(name)))
                .then_some(Status::Untouched),
        })
        .collect();
    let own = people.iter().position(|name| name == viewer);
    let status = own.and_then(|own| sets[own].as_ref()).map_or(Status::Untouched, |set| set.status);
    let judges_only = own.is_none_or(|own| sets[own].is_none())
        && !project.settings.annotators.iter().any(|name| name == viewer);
    let (mut talk, unreadable) = Talk::open(project, path, viewer);
    faults.extend(unreadable.iter().map(ToString::to_string));
    if !judges_only && !may_see_others(&project.settings, path, viewer, status) {
        talk.keep_own();
        for (who, set) in sets.iter_mut().enumerate() {
            if own != Some(who) {
                *set = None;
            }
        }
    }
    let places = places(&sets, people, &project.schema, labels);
    // Every label that occurs here has its number by now.
    let names: Vec<&str> = labels.names.iter().map(String::as_str).collect();
    let found = of_pairs(&sets.iter().map(Option::as_deref).collect::<Vec<_>>(), &names);
    let mut overview = ArticleOverview {
        found,
        threads: talk.threads().to_vec(),
        gone: talk.gone().to_vec(),
        path: path.to_owned(),
        title: article.title().to_owned(),
        date: article.meta.date.clone(),
        statuses,
        places,
        sets,
        text: None,
    };
    overview.text = Some(article.text);
    Ok((overview, faults))
}

fn places(
    sets: &[Option<Arc<AnnotationSet>>],
    people: &[String],
    schema: &Schema,
    labels: &mut LabelNumbers,
) -> Vec<Place> {
    let there: Vec<(usize, &AnnotationSet)> =
        sets.iter().enumerate().filter_map(|(who, set)| Some((who, &**set.as_ref()?))).collect();
    let named: Vec<(&str, &AnnotationSet)> =
        there.iter().map(|(who, set)| (people[*who].as_str(), *set)).collect();
    let comparison = compare(&named, schema);
    let mut numbers: HashMap<String, u16> = HashMap::new();
    comparison
        .clusters
        .iter()
        .map(|cluster| {
            numbers.clear();
            let mut number = |key: String| {
                let next = u16::try_from(numbers.len()).unwrap_or(u16::MAX);
                *numbers.entry(key).or_insert(next)
            };
            let mut said = vec![None; people.len()];
            let mut spans = vec![None; people.len()];
            for (nth, id) in cluster.present() {
                spans[there[nth].0] = Some(id.clone());
            }
            for (nth, content) in comparison.contents(cluster) {
                said[there[nth].0] = Some(Said {
                    label: labels.number(&content.label),
                    parts: number(format!("{:?}", content.parts)),
                    content: number(content.fingerprint.clone()),
                });
            }
            Place { at: cluster.extent, said, spans }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::agreement::{Match, Metric};

    fn sample() -> Overview {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("sample");
        crate::session::sample::write(&root).unwrap();
        let job = reading(&root, "anna", Arc::new(|| {}));
        let overview = job.wait(std::time::Duration::from_secs(60)).unwrap().unwrap();
        assert_eq!(job.progress().0, job.progress().1);
        overview
    }

    #[test]
    fn the_sample_is_read_and_counted() {
        let overview = sample();
        assert_eq!(overview.people, ["anna", "boris", "gold"]);
        assert_eq!(overview.faults, Vec::<String>::new());
        assert!(overview.articles.iter().all(|a| a.sets.iter().all(Option::is_some)));
        let own = overview.tally((0, 0), None).unwrap();
        assert_eq!((own.first, own.f1(|t| t.exact), own.f1(|t| t.equal)), (own.second, Some(1.0), Some(1.0)));
        let pair = overview.tally((0, 1), None).unwrap();
        assert!(pair.equal <= pair.exact && pair.exact < pair.overlap, "{pair:?}");
        // The labels add up to the whole, and order of the pair does not matter.
        let mut sum = Tally::default();
        for label in 0..overview.labels.len() as u16 {
            sum.add(overview.tally((0, 1), Some(label)).unwrap());
        }
        assert_eq!(sum, pair);
        let turned = overview.tally((1, 0), None).unwrap();
        assert_eq!((turned.exact, turned.first), (pair.exact, pair.second));
        // Confusion counts every span of either once, pairs once.
        let counts = overview.confusion((0, 1));
        let none = overview.labels.len();
        let row = |r: usize| counts[r].iter().sum::<usize>();
        assert_eq!((0..none).map(row).sum::<usize>(), pair.first);
        assert_eq!(counts[none][none], 0);
    }

    #[test]
    fn f1_is_the_figure_that_agree_gives() {
        let overview = Arc::new(sample());
        let job = super::super::measuring::measuring(
            overview.clone(),
            Arc::new(Schema::positions()),
            vec![Metric::F1],
            Arc::new(|| {}),
        );
        let agreement = job.wait(std::time::Duration::from_secs(60)).unwrap().unwrap();
        let mut compared = 0;
        for figure in agreement.figures {
            let [a, b] = figure.annotators[..] else { continue };
            let label = overview.labels.iter().position(|name| *name == figure.subject.label);
            let tally = overview.tally((a, b), label.map(|label| label as u16)).unwrap();
            let own = match figure.subject.matching.unwrap() {
                Match::Exact => tally.f1(|t| t.exact),
                Match::Overlap => tally.f1(|t| t.overlap),
                Match::Partial | Match::Character => continue,
            };
            assert_eq!(own, figure.value.ok(), "{:?} of {a} and {b}", figure.subject);
            compared += 1;
        }
        assert_eq!(compared, 3 * 2 * (overview.labels.len() + 1), "each pair, both ways, each label and all");
    }

    #[test]
    fn nobody_and_nothing_in_common_have_no_figure() {
        let overview = Overview::default();
        assert_eq!(overview.tally((0, 1), None), None);
        assert_eq!(Tally::default().f1(|t| t.exact), None);
    }
}
