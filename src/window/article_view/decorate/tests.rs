//! Rows, lanes, joins and chips as text, over a layout in which every letter is ten points wide.

use std::fmt::Write as _;
use std::ops::Range;

use proptest::prelude::*;

use super::super::chips::Named;
use super::*;
use crate::model::Parts;
use crate::window::text_page::layout::{Piece, Place, RowBox, TextRun};

/// Letters of ten points, rows of so many letters.
struct Grid {
    rows: Vec<RowBox>,
    starts: Vec<usize>,
}

const LETTER: f32 = 10.0;

impl Grid {
    fn new(text: &str, columns: usize) -> Self {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let letters = starts.len() - 1;
        let row = |n: usize| {
            let (from, to) = (n * columns, ((n + 1) * columns).min(letters));
            let width = (to - from) as f32 * LETTER;
            RowBox { top: n as f32 * 28.0, height: 28.0, bytes: starts[from]..starts[to], left: 0.0, width }
        };
        Self { rows: (0..letters.div_ceil(columns).max(1)).map(row).collect(), starts }
    }

    fn letter(&self, byte: usize) -> usize {
        self.starts.partition_point(|at| *at < byte)
    }
}

impl BlockLayout for Grid {
    fn rows(&self) -> &[RowBox] {
        &self.rows
    }
    fn place_at(&self, row: usize, x: f32) -> Place {
        let first = self.letter(self.rows[row].bytes.start);
        let letter = (first + (x / LETTER).round() as usize).min(self.starts.len() - 1);
        Place { row, byte: self.starts[letter], ..Place::default() }
    }
    fn x_at(&self, place: Place) -> f32 {
        (self.letter(place.byte) - self.letter(self.rows[place.row].bytes.start)) as f32 * LETTER
    }
    fn step(&self, _: Place, _: bool) -> Option<Place> {
        None
    }
    fn pieces(&self, bytes: Range<usize>, found: &mut dyn FnMut(usize, Piece)) {
        for (n, row) in self.rows.iter().enumerate() {
            let (from, to) = (bytes.start.max(row.bytes.start), bytes.end.min(row.bytes.end));
            if from < to || (bytes.is_empty() && row.bytes.contains(&from)) {
                found(n, Piece { x0: self.x_of(n, from), x1: self.x_of(n, to), rtl: false });
            }
        }
    }
    fn under(&self, _: usize, _: f32) -> Option<Range<usize>> {
        None
    }
    fn runs(&self) -> Vec<TextRun> {
        Vec::new()
    }
    fn paint(&self, _: &egui::Painter, _: egui::Pos2, _: &[f32]) {}
}

/// Spans as `id: part part …`, a part being the words it covers, the first time they occur.
fn set(text: &str, spans: &[(&str, &[&str])]) -> AnnotationSet {
    let whole = CanonicalText::new(text);
    let mut set = AnnotationSet::new("a.txt", "anna");
    for (id, parts) in spans {
        let range = |words: &&str| {
            let at = text.find(words).unwrap_or_else(|| panic!("{words}"));
            whole.text_range(at..at + words.len()).unwrap()
        };
        set.insert(Span::new(*id, "claim", Parts::tidy(parts.iter().map(range)).unwrap()));
    }
    set
}

fn drawn(text: &str, set: &AnnotationSet, columns: usize, chip: &ChipWidth<'_>) -> Decoration {
    let grid = Grid::new(text, columns);
    let page_width = columns as f32 * LETTER;
    let wants = Wants { chip, balloon: &|_| 0.0, below: false, page_width };
    decorate(&CanonicalText::new(text), set, 0..text.len(), &grid, wants)
}

/// Each row as its text, then its chips from the topmost lane down, then its underlines: a letter of the id under each letter of the
/// text, `.` where a line joins two parts, `~` where it runs on to another row.
fn facts(text: &str, set: &AnnotationSet, columns: usize) -> String {
    let chip = |span: &Span| Some(span.id.as_str().len() as f32 * LETTER + 20.0);
    let all = drawn(text, set, columns, &chip);
    let grid = Grid::new(text, columns);
    let mut out = String::new();
    for (n, row) in grid.rows.iter().enumerate() {
        let mut line = |name: String, cells: Vec<char>| {
            let cells: String = cells.into_iter().collect();
            let _always = writeln!(out, "{name:7}|{}", cells.trim_end());
        };
        for lane in (0..all.chip_lanes[n]).rev() {
            let mut cells = vec![' '; columns];
            for chip in all.chips.iter().filter(|c| c.row == n && c.lane == lane) {
                let text = match &chip.named {
                    Named::Span(span) => format!("<{}>", span.id.as_str()),
                    Named::More(spans) => format!("+{}", spans.len()),
                };
                for (k, c) in text.chars().enumerate() {
                    if let Some(cell) = cells.get_mut((chip.x0 / LETTER).round() as usize + k) {
                        *cell = c;
                    }
                }
            }
            line(format!("chip {lane}"), cells);
        }
        line(format!("row {n}"), text[row.bytes.clone()].chars().collect());
        for lane in 0..all.lanes[n] {
            let mut cells = vec![' '; columns];
            let mut put = |x0: f32, x1: f32, c: char| {
                let cell = |x: f32| (x / LETTER).round() as usize;
                for place in &mut cells[cell(x0)..cell(x1).min(columns)] {
                    *place = c;
                }
            };
            for join in all.joins.iter().filter(|j| j.row == n && j.lane == lane) {
                put(join.x0, join.x1, if join.runs_on { '~' } else { '.' });
            }
            for s in all.segments.iter().filter(|s| s.row == n && s.lane == lane) {
                put(s.x0, s.x1, s.span.id.as_str().chars().next().unwrap());
            }
            line(format!("lane {lane}"), cells);
        }
    }
    out
}

#[test]
fn nested_crossing_and_in_parts() {
    let text = "Москва требует передать Донбасс и отвести войска, заявил министр в среду в Женеве.";
    let spans: &[(&str, &[&str])] = &[
        ("m", &["Москва"]),
        ("a", &["требует передать Донбасс"]),
        ("d", &["Донбасс"]),
        ("x", &["Донбасс и отвести"]),
        ("p", &["требует", "отвести войска"]),
        ("z", &["заявил министр", "в Женеве"]),
        ("w", &["Москва требует передать Донбасс и отвести войска, заявил министр в среду в Женеве."]),
    ];
    // The exact text is checked below; this names what it must hold.
    let all = facts(text, &set(text, spans), 40);
    for needed in ["<m>", "<w>", "<p>", "<a>", "<d>", "<z>"] {
        assert!(all.contains(needed), "{needed}\n{all}");
    }
    insta::assert_snapshot!("nested_crossing_and_in_parts", all);
}

#[test]
fn a_crowd_at_one_word_is_counted_and_bounded() {
    let text = "один два три четыре пять";
    let whole = CanonicalText::new(text);
    let mut set = AnnotationSet::new("a.txt", "anna");
    let range = whole.text_range(9..15).unwrap();
    for n in 0..10_000 {
        set.insert(Span::new(format!("s{n}").as_str(), "claim", Parts::one(range)));
    }
    let asked = std::cell::Cell::new(0);
    let chip = |_: &Span| {
        asked.set(asked.get() + 1);
        Some(60.0)
    };
    let all = drawn(text, &set, 30, &chip);
    assert_eq!(all.lanes, [MOST_LANES]);
    assert_eq!(all.segments.len(), MOST_LANES);
    assert!(all.chips.len() < 6, "{}", all.chips.len());
    assert!(asked.get() < 6, "what has no room is not measured: {}", asked.get());
    let named = all.chips.iter().filter(|c| matches!(c.named, Named::Span(_))).count();
    let counted: usize =
        all.chips.iter().map(|c| if let Named::More(spans) = &c.named { spans.len() } else { 0 }).sum();
    assert_eq!(named + counted, 10_000, "nobody is forgotten");
    assert!(all.height < 200.0);
}

#[test]
fn with_underlines_only_what_has_no_underline_is_still_told() {
    let text = "один два три";
    let spans: Vec<String> = (0..MOST_LANES + 5).map(|n| format!("s{n:02}")).collect();
    let spans: Vec<(&str, &[&str])> = spans.iter().map(|id| (id.as_str(), ["два"].as_slice())).collect();
    let all = drawn(text, &set(text, &spans), 20, &|_| None);
    assert_eq!(all.chips.len(), 1);
    assert!(matches!(&all.chips[0].named, Named::More(more) if more.len() == 5));
    let few = drawn(text, &set(text, &spans[..3]), 20, &|_| None);
    assert!(few.chips.is_empty() && few.chip_lanes == [0]);
}

fn any_spans() -> impl Strategy<Value = Vec<Vec<(u32, u32)>>> {
    let part = (0u32..300, 0u32..60);
    prop::collection::vec(prop::collection::vec(part, 1..4), 0..60)
}

proptest! {
    #[test]
    fn chips_and_underlines_never_lie_on_each_other(spans in any_spans(), columns in 12usize..50) {
        let text: String = "Стороны обсудили условия перемирия. ".chars().cycle().take(300).collect();
        let mut set = AnnotationSet::new("a.txt", "anna");
        for (n, parts) in spans.iter().enumerate() {
            let ranges = parts.iter().filter_map(|(at, len)| TextRange::new(*at, (at + len).min(300)));
            if let Some(parts) = Parts::tidy(ranges) {
                set.insert(Span::new(format!("s{n}").as_str(), "claim", parts));
            }
        }
        let all = drawn(&text, &set, columns, &|span: &Span| Some(30.0 + span.id.as_str().len() as f32 * 9.0));
        for (n, chip) in all.chips.iter().enumerate() {
            prop_assert!(chip.x0 >= 0.0 && chip.x0 + chip.width <= columns as f32 * LETTER + 0.1, "{chip:?}");
            prop_assert!(chip.lane < all.chip_lanes[chip.row]);
            for other in all.chips[..n].iter().filter(|c| (c.row, c.lane) == (chip.row, chip.lane)) {
                let apart = chip.x0 >= other.x0 + other.width || other.x0 >= chip.x0 + chip.width;
                prop_assert!(apart, "{chip:?}\n{other:?}");
            }
        }
        let extents: Vec<(usize, usize, f32, f32, &str)> = (all.segments.iter())
            .map(|s| (s.row, s.lane, s.x0, s.x1, s.span.id.as_str()))
            .chain(all.joins.iter().map(|j| (j.row, j.lane, j.x0, j.x1, j.span.id.as_str())))
            .collect();
        for (n, a) in extents.iter().enumerate() {
            prop_assert!(a.1 < all.lanes[a.0]);
            for b in extents[..n].iter().filter(|b| (b.0, b.1) == (a.0, a.1) && b.4 != a.4) {
                prop_assert!(a.3 <= b.2 || b.3 <= a.2, "{a:?} {b:?}");
            }
        }
        // Every span that begins here is named or counted exactly once.
        for span in set.spans() {
            let named = |chip: &Chip| match &chip.named {
                Named::Span(there) => there.id == span.id,
                Named::More(more) => more.iter().any(|there| there.id == span.id),
            };
            prop_assert!(all.chips.iter().any(named), "{:?}", span.id);
        }
    }

    /// What is said about spans has room of its own, on chips and below underlines.
    #[test]
    fn balloons_cover_nothing(spans in any_spans(), columns in 12usize..50, below in any::<bool>()) {
        let text: String = "Стороны обсудили условия перемирия. ".chars().cycle().take(300).collect();
        let mut set = AnnotationSet::new("a.txt", "anna");
        for (n, parts) in spans.iter().enumerate() {
            let ranges = parts.iter().filter_map(|(at, len)| TextRange::new(*at, (at + len).min(300)));
            if let Some(parts) = Parts::tidy(ranges) {
                set.insert(Span::new(format!("s{n}").as_str(), "claim", parts));
            }
        }
        let talked = |span: &Span| span.id.as_str().len().is_multiple_of(2);
        let balloon = |span: &Span| if talked(span) { 13.0 } else { 0.0 };
        let chip = |span: &Span| (!below).then(|| 30.0 + balloon(span));
        let (grid, page_width) = (Grid::new(&text, columns), columns as f32 * LETTER);
        let wants = Wants { chip: &chip, balloon: &balloon, below, page_width };
        let whole = CanonicalText::new(&text);
        let all = decorate(&whole, &set, 0..text.len(), &grid, wants);
        prop_assert!(below || all.balloons.is_empty());
        for (n, b) in all.balloons.iter().enumerate() {
            prop_assert!(b.x0 >= 0.0 && b.x0 + b.width <= page_width + 0.1, "{b:?}");
            for other in all.balloons[..n].iter().filter(|o| o.row == b.row) {
                prop_assert!(b.x0 >= other.x0 + other.width || other.x0 >= b.x0 + b.width, "{b:?} {other:?}");
            }
            // Between this row's underlines and the next row's chips there is room for it.
            let bottom = |row: usize| grid.rows[row].top + grid.rows[row].height + all.shift[row];
            let next = match grid.rows.get(b.row + 1) {
                Some(row) => row.top + all.shift[b.row + 1] - all.chip_lanes[b.row + 1] as f32 * CHIP,
                None => all.height,
            };
            prop_assert!(next - bottom(b.row) - underline_room(all.lanes[b.row]) >= BALLOON - 0.1);
        }
        let mut talked_ends: Vec<&str> = (all.segments.iter())
            .filter(|s| below && s.ends && s.part + 1 == s.span.parts.len() && talked(&s.span))
            .map(|s| s.span.id.as_str())
            .collect();
        let mut told: Vec<&str> = all.balloons.iter().flat_map(|b| &b.spans).map(|s| s.id.as_str()).collect();
        talked_ends.sort_unstable();
        told.sort_unstable();
        prop_assert_eq!(told, talked_ends);
        for (n, chip) in all.chips.iter().enumerate() {
            prop_assert!(chip.x0 >= 0.0 && chip.x0 + chip.width <= page_width + 0.1, "{chip:?}");
            for other in all.chips[..n].iter().filter(|c| (c.row, c.lane) == (chip.row, chip.lane)) {
                let apart = chip.x0 >= other.x0 + other.width || other.x0 >= chip.x0 + chip.width;
                prop_assert!(apart, "{chip:?}\n{other:?}");
            }
        }
        // Where nobody says anything, everything lies as if there were no comments.
        let silent = Wants { balloon: &|_| 0.0, chip: &|_| (!below).then_some(30.0), ..wants };
        let quiet = decorate(&whole, &set, 0..text.len(), &grid, silent);
        prop_assert!(quiet.balloons.is_empty());
        let plain = Wants { below: false, ..silent };
        prop_assert_eq!(quiet.height, decorate(&whole, &set, 0..text.len(), &grid, plain).height);
    }
}
