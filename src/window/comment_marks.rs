//! Comments seen at what they are about: how many there are about each tag, each place and the article, and the small balloon that tells it.
//!
//! A balloon is filled and holds the number of open threads; once all are resolved it is an outline around a tick.

use egui::{Color32, FontId, Painter, Rect, Shape, Stroke, StrokeKind, pos2, vec2};
use std::collections::HashMap;

use super::words::Words;
use crate::model::{SpanId, Topic};
use crate::review::Thread;
use crate::text::TextRange;

/// A balloon's height in points, its tail included.
pub const HEIGHT: f32 = 13.0;
/// How far a balloon's tail hangs down.
const TAIL: f32 = 2.0;

/// What is said about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentMark {
    /// Threads that nobody resolved.
    pub open: usize,
    /// Comments in all threads, open or resolved.
    pub comments: usize,
    /// Who said the last of them.
    pub last: String,
    /// When, as it is kept.
    at: String,
    /// The threads' ids, those that are open first.
    pub threads: Vec<String>,
}

/// What is said about a place where no tag of the set at hand is, or about somebody else's tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceMark {
    /// From where to where.
    pub at: TextRange,
    /// The tag of the set at hand that is meant: then it has the mark, unless it is gone.
    pub span: Option<SpanId>,
    /// What is said.
    pub mark: CommentMark,
}

/// Everything that is said about an article, told by what it is about.
#[derive(Clone, Debug, Default)]
pub struct CommentMarks {
    spans: HashMap<SpanId, CommentMark>,
    places: Vec<PlaceMark>,
    article: Option<CommentMark>,
    /// Another number whenever something else is said.
    pub version: u64,
}

impl CommentMark {
    /// A mark of one thread; `None` if nothing is said in it.
    pub fn of(thread: &Thread) -> Option<Self> {
        let said = || thread.said.iter().filter(|s| s.comment.has_words() && !s.comment.is_withdrawn());
        let last = said().next_back()?;
        Some(Self {
            open: usize::from(thread.resolved.is_none()),
            comments: said().count(),
            last: last.author.clone(),
            at: last.comment.at.clone(),
            threads: vec![thread.id.clone()],
        })
    }

    /// Adds what is said about the same thing.
    pub fn add(&mut self, other: &Self) {
        let before = self.threads.len();
        let new: Vec<String> = other.threads.iter().filter(|t| !self.threads.contains(t)).cloned().collect();
        self.threads.extend(new);
        if other.open > 0 && self.open == 0 {
            self.threads.rotate_left(before);
        }
        self.open += other.open;
        self.comments += other.comments;
        if other.at > self.at {
            (self.last, self.at) = (other.last.clone(), other.at.clone());
        }
    }

    /// In words: "2 comments, last by Oksana", with "resolved" where nothing is open.
    pub fn words(&self, words: &Words) -> String {
        let key = if self.open > 0 { "comment-mark-open" } else { "comment-mark-resolved" };
        words.with(key, &[("n", self.comments.into()), ("who", (&self.last).into())])
    }

    /// How wide its balloon is, in points.
    pub fn width(&self) -> f32 {
        if self.open > 9 { 20.0 } else { 14.0 }
    }

    /// The thread after this one, round and round; the first if it is none of these.
    pub fn thread_after(&self, at: Option<&String>) -> Option<&String> {
        let here = at.and_then(|id| self.threads.iter().position(|t| t == id));
        self.threads.get(here.map_or(0, |n| (n + 1) % self.threads.len()))
    }

    /// Paints the balloon into a rectangle of its width and [`HEIGHT`]. The number is in the colour of the ground it stands on.
    pub fn paint(&self, painter: &Painter, rect: Rect, ink: Color32, ground: Color32) {
        let body = Rect::from_min_max(rect.min, pos2(rect.right(), rect.bottom() - TAIL));
        let size = (body.height() * 0.92).round();
        let tail = |inset: f32| {
            let left = body.left() + 3.0;
            vec![
                pos2(left, body.bottom() - inset),
                pos2(left + 4.0, body.bottom() - inset),
                pos2(left - 0.5, body.bottom() + TAIL),
            ]
        };
        if self.open > 0 {
            painter.add(Shape::convex_polygon(tail(1.0), ink, Stroke::NONE));
            painter.rect_filled(body, 2.5, ink);
            let number = if self.open > 99 { "…".to_owned() } else { self.open.to_string() };
            let galley = painter.layout_no_wrap(number, FontId::new(size, super::look::bold()), ground);
            // Digits have nothing below their line: they look right a little below the middle of their row.
            let at = body.center() - galley.size() / 2.0;
            painter.galley(pos2(at.x, at.y.round()), galley, ground);
            return;
        }
        let stroke = Stroke::new(1.0, ink);
        painter.rect(body, 2.5, ground, stroke, StrokeKind::Inside);
        painter.add(Shape::convex_polygon(tail(0.5), ink, Stroke::NONE));
        let c = body.center();
        let tick = vec![c + vec2(-3.2, 0.0), c + vec2(-1.0, 2.4), c + vec2(3.4, -2.8)];
        painter.add(Shape::line(tick, Stroke::new(1.3, ink)));
    }
}

impl CommentMarks {
    /// What these threads say, for whoever sees the set of `annotator`.
    pub fn of(threads: &[Thread], annotator: &str, version: u64) -> Self {
        let mut all = Self { version, ..Self::default() };
        for thread in threads {
            let Some(mark) = CommentMark::of(thread) else { continue };
            let (at, span) = match &thread.topic {
                Topic::Article => {
                    match &mut all.article {
                        Some(there) => there.add(&mark),
                        None => all.article = Some(mark),
                    }
                    continue;
                }
                Topic::Span { annotator: whose, span, at, .. } if whose == annotator => {
                    all.spans
                        .entry(span.clone())
                        .and_modify(|there| there.add(&mark))
                        .or_insert(mark.clone());
                    (*at, Some(span.clone()))
                }
                Topic::Span { at, .. } | Topic::Place { at, .. } => (*at, None),
            };
            match all.places.iter_mut().rev().find(|place| place.at == at && place.span == span) {
                Some(place) => place.mark.add(&mark),
                None => all.places.push(PlaceMark { at, span, mark }),
            }
        }
        all.places.sort_by_key(|place| place.at);
        all
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty() && self.article.is_none()
    }

    /// What is said about a tag of the set at hand.
    pub fn span(&self, id: &SpanId) -> Option<&CommentMark> {
        if self.spans.is_empty() { None } else { self.spans.get(id) }
    }

    /// What is said about the article as a whole.
    pub fn article(&self) -> Option<&CommentMark> {
        self.article.as_ref()
    }

    /// What is said about places that begin in a range, its end left out; and about tags, by where they were when it was said.
    pub fn places(&self, range: TextRange) -> impl Iterator<Item = &PlaceMark> {
        let first = self.places.partition_point(|place| place.at.start() < range.start());
        self.places[first..].iter().take_while(move |place| place.at.start() < range.end())
    }

    /// All places, in text order.
    pub fn all_places(&self) -> &[PlaceMark] {
        &self.places
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Comment, Comments, Settles};
    use crate::review::thread::threads;

    fn comment(
        id: &str,
        at: &str,
        about: Option<Topic>,
        to: Option<&str>,
        settles: Option<Settles>,
    ) -> Comment {
        let text = if settles.is_some() { String::new() } else { "…".into() };
        Comment {
            id: id.into(),
            at: at.into(),
            about,
            reply_to: to.map(Into::into),
            text,
            settles,
            revisions: Vec::new(),
        }
    }

    fn span(whose: &str, id: &str) -> Topic {
        let at = TextRange::new(3u32, 9u32).unwrap();
        Topic::Span { annotator: whose.into(), span: id.into(), at, quote: "Киев".into() }
    }

    #[test]
    fn a_tag_counts_its_open_threads_and_names_who_spoke_last() {
        let mut anna = Comments::new("a.txt", "anna");
        anna.comments = vec![
            comment("anna-1", "2026-01-01", Some(span("anna", "s1")), None, None),
            comment("anna-2", "2026-01-03", Some(span("anna", "s1")), None, None),
            comment("anna-3", "2026-01-06", None, Some("anna-2"), Some(Settles::Resolved)),
            comment("anna-4", "2026-01-06", Some(Topic::Article), None, None),
        ];
        let mut boris = Comments::new("a.txt", "boris");
        boris.comments = vec![
            comment("boris-1", "2026-01-05", None, Some("anna-2"), None),
            comment("boris-2", "2026-01-02", Some(span("boris", "s1")), None, None),
        ];
        let said = threads(&[anna, boris]);
        let marks = CommentMarks::of(&said, "anna", 1);
        let mark = marks.span(&"s1".into()).unwrap();
        assert_eq!((mark.open, mark.comments, mark.last.as_str()), (1, 3, "boris"));
        assert_eq!(mark.threads, ["anna-1", "anna-2"]);
        assert_eq!(mark.thread_after(Some(&"anna-2".into())).unwrap(), "anna-1");
        // Somebody else's tag of the same name is a place here.
        let places: Vec<_> = marks.all_places().iter().map(|p| (p.span.is_some(), p.mark.comments)).collect();
        assert_eq!(places.len(), 2);
        assert!(places.contains(&(false, 1)), "{places:?}");
        assert_eq!(marks.article().map(|a| a.comments), Some(1));
        assert!(marks.span(&"s2".into()).is_none());
    }

    #[test]
    fn open_threads_stand_first_and_nothing_is_said_of_nothing() {
        let mut anna = Comments::new("a.txt", "anna");
        anna.comments = vec![
            comment("anna-1", "2026-01-01", Some(span("anna", "s1")), None, None),
            comment("anna-2", "2026-01-02", None, Some("anna-1"), Some(Settles::Resolved)),
            comment("anna-3", "2026-01-03", Some(span("anna", "s1")), None, None),
        ];
        let marks = CommentMarks::of(&threads(&[anna]), "anna", 1);
        assert_eq!(marks.span(&"s1".into()).unwrap().threads, ["anna-3", "anna-1"]);
        assert!(CommentMarks::of(&[], "anna", 1).is_empty());
    }
}
