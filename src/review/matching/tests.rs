use proptest::prelude::*;

use super::*;
use crate::model::Parts;
use crate::text::TextRange;

/// `"person 0-4 6-9"`: a span, its id being its place.
fn spans(drawn: &[&str]) -> Vec<Span> {
    drawn.iter().enumerate().map(|(i, drawn)| span(&format!("s{}", i + 1), drawn)).collect()
}

fn span(id: &str, drawn: &str) -> Span {
    let mut words = drawn.split(' ');
    let label = words.next().unwrap();
    let parts = words
        .map(|part| {
            let (start, end) = part.split_once('-').unwrap();
            TextRange::new(start.parse::<u32>().unwrap(), end.parse::<u32>().unwrap()).unwrap()
        })
        .collect();
    Span::new(id, label, Parts::as_given(parts).unwrap())
}

fn refs(spans: &[Span]) -> Vec<&Span> {
    spans.iter().collect()
}

fn places(pairs: &[Pair]) -> Vec<(usize, usize)> {
    pairs.iter().map(|p| (p.left, p.right)).collect()
}

fn matched(left: &[&str], right: &[&str], rule: Rule) -> Vec<(usize, usize)> {
    let (left, right) = (spans(left), spans(right));
    places(&best(&refs(&left), &refs(&right), rule).pairs)
}

#[test]
fn exact_pairs_copies_one_to_one_and_prefers_the_label() {
    let (left, right) = (spans(&["a 0-4", "b 0-4", "a 0-4"]), spans(&["b 0-4", "c 0-4", "a 0-4"]));
    let (left, right) = (refs(&left), refs(&right));
    assert_eq!(places(&exact(&left, &right, Labels::Same)), [(0, 2), (1, 0)]);
    assert_eq!(places(&exact(&left, &right, Labels::Ignored)), [(0, 2), (1, 0), (2, 1)]);
}

#[test]
fn parts_that_cover_the_same_are_equal_however_they_are_cut_and_gaps_are_not_covered() {
    let (left, right) = (spans(&["a 0-4 4-8"]), spans(&["a 0-8", "a 0-2 6-8"]));
    let (left, right) = (refs(&left), refs(&right));
    assert_eq!(places(&exact(&left, &right, Labels::Same)), [(0, 0)]);
    let shared: Vec<u32> = overlapping(&left, &right, Labels::Same).iter().map(|p| p.shared).collect();
    assert_eq!(shared, [8, 4]);
    assert!(matched(&["a 0-2 8-9"], &["a 2-8"], Rule::SAME_THING).is_empty(), "it lies in the gap");
}

#[test]
fn the_largest_matching_takes_two_small_overlaps_and_the_others_one_great_one() {
    // aaaaaaaa bb
    //        xxxxxxxx  and yy inside the a.
    let (left, right) = (["l 0-100", "l 95-110"], ["l 2-4", "l 5-100"]);
    assert_eq!(matched(&left, &right, Rule::LARGEST), [(0, 0), (1, 1)]);
    assert_eq!(matched(&left, &right, Rule::MATCHED), [(0, 1)]);
    assert_eq!(matched(&left, &right, Rule::SAME_THING), [(0, 1)]);
}

#[test]
fn labels_forbid_count_double_or_do_not_count() {
    let (left, right) = (["entity 0-6"], ["position 0-6", "entity 0-10"]);
    assert_eq!(matched(&left, &right, Rule::MATCHED), [(0, 0)]);
    assert_eq!(matched(&left, &right, Rule::SAME_THING), [(0, 1)]);
    assert_eq!(matched(&left, &right, Rule::LARGEST), [(0, 1)]);
    let far = ["position 0-6", "entity 5-30"];
    assert_eq!(matched(&left, &far, Rule::SAME_THING), [(0, 0)], "the label alone does not make it the same");
}

#[test]
fn nested_spans_are_matched_each_to_its_like() {
    let (left, right) = (["a 0-100", "a 10-40", "a 12-20"], ["a 12-21", "a 0-98", "a 9-40"]);
    for rule in [Rule::SAME_THING, Rule::MATCHED, Rule::LARGEST] {
        assert_eq!(matched(&left, &right, rule), [(0, 1), (1, 2), (2, 0)], "{rule:?}");
    }
}

#[test]
fn empty_spans_match_by_place_and_only_where_the_rule_says_so() {
    let (left, right) = (["a 5-5", "b 7-7"], ["c 7-7", "a 5-5"]);
    assert_eq!(matched(&left, &right, Rule::SAME_THING), [(0, 1), (1, 0)]);
    assert!(matched(&left, &right, Rule::MATCHED).is_empty());
}

#[test]
fn nothing_on_one_side_or_both_leaves_everybody_alone() {
    let left = spans(&["a 0-4"]);
    let matching = best(&refs(&left), &[], Rule::SAME_THING);
    assert_eq!((matching.pairs.len(), matching.only_left, matching.only_right), (0, vec![0], vec![]));
    assert_eq!(clusters(&[], Rule::SAME_THING), []);
}

#[test]
fn clusters_never_hold_two_spans_of_one_annotator() {
    let sides = [spans(&["a 0-10", "a 20-30"]), spans(&["a 0-11", "a 12-18"]), spans(&["a 9-19", "a 21-30"])];
    let sides: Vec<Vec<&Span>> = sides.iter().map(|s| refs(s)).collect();
    let found: Vec<Vec<Option<usize>>> =
        clusters(&sides, Rule::SAME_THING).into_iter().map(|c| c.members).collect();
    assert_eq!(
        found,
        [vec![Some(0), Some(0), None], vec![None, Some(1), Some(0)], vec![Some(1), None, Some(1)]],
        "the middle span is nearer to the second annotator's second"
    );
}

fn any_side() -> impl Strategy<Value = Vec<Span>> {
    let part = (0u32..24, 1u32..9).prop_map(|(start, len)| TextRange::new(start, start + len).unwrap());
    let one = (prop::sample::select(vec!["a", "b"]), prop::collection::vec(part, 1..3));
    prop::collection::vec(one, 0..6).prop_map(|all| {
        let made = all.into_iter().enumerate();
        made.map(|(i, (label, parts))| Span::new(format!("s{i}"), label, Parts::tidy(parts).unwrap()))
            .collect()
    })
}

/// The best total worth by trying everything.
fn by_force(left: &Side<'_>, right: &Side<'_>, rule: Rule) -> Worth {
    fn go(place: usize, used: u32, options: &[Vec<(usize, Worth)>]) -> Worth {
        let Some(here) = options.get(place) else { return Worth::default() };
        let taken = here
            .iter()
            .filter(|(r, _)| used & 1 << r == 0)
            .map(|(r, worth)| *worth + go(place + 1, used | 1 << r, options));
        taken.fold(go(place + 1, used, options), Ord::max)
    }
    let pairs = overlapping_of(left, right, &left.order, &right.order, rule.labels);
    let options: Vec<Vec<(usize, Worth)>> = (0..left.spans.len())
        .map(|l| {
            let mine = pairs.iter().filter(|p| p.left == l);
            mine.map(|p| (p.right, worth(p, rule, left.covered(l), right.covered(p.right)))).collect()
        })
        .collect();
    go(0, 0, &options)
}

proptest! {
    #[test]
    fn the_assignment_is_as_good_as_trying_everything(one in any_side(), other in any_side()) {
        let (one, other) = (refs(&one), refs(&other));
        let (left, right) = (Side::new(one.clone()), Side::new(other.clone()));
        for rule in [Rule::SAME_THING, Rule::MATCHED, Rule::LARGEST] {
            let found = best(&one, &other, rule);
            let total = found.pairs.iter().fold(Worth::default(), |sum, p| {
                sum + worth(p, rule, left.covered(p.left), right.covered(p.right))
            });
            // Likeness is rounded, so the first count may be a few billionths off where equal spans were paired first.
            let force = by_force(&left, &right, rule);
            if rule.aim == Aim::Closest {
                prop_assert!((total.0[0] - force.0[0]).abs() <= 24, "{total:?} {force:?}");
            } else {
                prop_assert_eq!(total, force, "{:?}", rule);
            }
            let mut lefts: Vec<usize> = found.pairs.iter().map(|p| p.left).chain(found.only_left).collect();
            lefts.sort_unstable();
            prop_assert_eq!(lefts, (0..one.len()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_order_of_the_input_does_not_matter(one in any_side(), other in any_side()) {
        let (a, b) = (refs(&one), refs(&other));
        let (reversed_a, reversed_b): (Vec<_>, Vec<_>) = (a.iter().rev().copied().collect(), b.iter().rev().copied().collect());
        for rule in [Rule::SAME_THING, Rule::MATCHED, Rule::LARGEST] {
            let ids = |l: &[&Span], r: &[&Span]| -> Vec<(String, String)> {
                let pairs = best(l, r, rule).pairs;
                pairs.iter().map(|p| (l[p.left].id.to_string(), r[p.right].id.to_string())).collect()
            };
            prop_assert_eq!(ids(&a, &b), ids(&reversed_a, &reversed_b));
        }
    }

    #[test]
    fn clusters_of_two_are_the_pairs(one in any_side(), other in any_side()) {
        let sides = vec![refs(&one), refs(&other)];
        let mut pairs = places(&best(&sides[0], &sides[1], Rule::SAME_THING).pairs);
        let mut joined: Vec<(usize, usize)> = clusters(&sides, Rule::SAME_THING)
            .iter()
            .filter_map(|c| Some((c.members[0]?, c.members[1]?)))
            .collect();
        pairs.sort_unstable();
        joined.sort_unstable();
        prop_assert_eq!(pairs, joined);
    }
}
