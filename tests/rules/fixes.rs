//! Fixes: safe ones mend what they say, lose nothing, and can be taken back.

use proptest::prelude::*;

use crate::notation::{World, world};
use crate::{brief, fixtures};
use postil::model::*;
use postil::text::{CanonicalText, TextRange};
use postil::validate::*;

/// Makes a safe fix, sees that its finding is gone, takes it back, and sees that all is as it was.
fn try_fix(world: &World, finding: &Finding, fix: &Fix) {
    let before = world.workspace(0);
    let mut workspace = before.clone();
    let step = Transaction::new("mend", "", fix.changes.clone());
    step.apply(&mut workspace).unwrap_or_else(|outdated| panic!("{outdated}: {finding:#?}"));
    assert_ne!(workspace, before, "{finding:#?}");
    let after = SetInput { set: &workspace.set, ..world.input(0) };
    let same = |other: &Finding| {
        (other.rule, &other.span, &other.relation, &other.path)
            == (finding.rule, &finding.span, &finding.relation, &finding.path)
    };
    // An item taken out of a list moves the next into its place, so the count tells, not the place.
    let count = |findings: &[Finding]| findings.iter().filter(|other| same(other)).count();
    let (was, is) = (check_set(&world.input(0)), check_set(&after));
    let total = |findings: &[Finding]| findings.iter().filter(|other| other.rule == finding.rule).count();
    assert!(count(&is) < count(&was) || total(&is) < total(&was), "not mended: {finding:#?}{}", brief(&is));
    step.inverse().apply(&mut workspace).unwrap();
    assert_eq!(workspace, before, "not taken back: {finding:#?}");
}

fn try_safe_fixes(world: &World) {
    for finding in check_set(&world.input(0)) {
        if let Some(fix) = finding.fix.as_ref().filter(|fix| fix.safe) {
            try_fix(world, &finding, fix);
        }
    }
}

#[test]
fn safe_fixes_of_the_fixtures_mend_and_can_be_taken_back() {
    for (_, hit, _) in fixtures::all() {
        if hit.sets.len() == 1 {
            try_safe_fixes(&hit);
        }
    }
}

#[test]
fn only_rules_that_say_so_have_fixes() {
    for (rule, hit, _) in fixtures::all() {
        let known = rules().iter().find(|known| known.name == rule).unwrap();
        for finding in hit.report().findings {
            let allowed = match &finding.fix {
                None => true,
                Some(fix) if fix.safe => known.fixable == Fixability::Safe,
                Some(_) => known.fixable != Fixability::Never,
            };
            assert!(allowed, "{finding:#?}");
        }
    }
}

fn mended(world: &World) -> AnnotationSet {
    mend(&world.input(0)).workspace.set
}

fn parts(set: &AnnotationSet, id: &str) -> Vec<(u32, u32)> {
    let parts = set.get(&id.into()).unwrap().parts.iter();
    parts.map(|part| (part.start().get(), part.end().get())).collect()
}

fn field(set: &AnnotationSet, id: &str, name: &str) -> Option<Value> {
    set.get(&id.into()).unwrap().fields.get(name).cloned()
}

#[test]
fn edges_are_trimmed_and_letters_made_whole() {
    assert_eq!(parts(&mended(&world("Он [word w1:  \u{FEFF}сказал \u{200B}]да")), "w1"), [(5, 11)]);
    assert_eq!(parts(&mended(&world("[word w1: Краи]\u{306} земли")), "w1"), [(0, 5)]);
    assert_eq!(
        parts(&mended(&world("[word w1: Один] два три").parts("w1", &[(9, 12), (0, 4), (2, 4)])), "w1"),
        [(0, 4), (9, 12)]
    );
}

#[test]
fn values_are_written_as_the_schema_has_them() {
    let drawn = r#"[thing t1 {"hue": " Green", "size": "4", "yes": "true", "tags": "x", "why": ""}: слово]"#;
    let set = mended(&world(drawn));
    assert_eq!(field(&set, "t1", "hue"), Some(Value::text("green")));
    assert_eq!(field(&set, "t1", "size"), Some(Value::Integer(4)));
    assert_eq!(field(&set, "t1", "yes"), Some(Value::Bool(true)));
    assert_eq!(field(&set, "t1", "tags"), Some(Value::List(vec![Value::text("x")])));
    assert_eq!(field(&set, "t1", "why"), None);
}

#[test]
fn a_retired_term_gives_way_to_its_only_successor() {
    let drawn = r#"[link l1 {"what": "old"}: слово]"#;
    let led_on = mended(&world(drawn).term("old => older").term("older => new").term("new"));
    assert_eq!(field(&led_on, "l1", "what"), Some(Value::text("new")), "in two steps");
    let split = mended(&world(drawn).term("old => a b").term("a").term("b"));
    assert_eq!(field(&split, "l1", "what"), Some(Value::text("old")), "after a split a person has to choose");
}

#[test]
fn a_copy_goes_unless_something_links_to_it() {
    let ids = |world: &World| mended(world).spans().map(|span| span.id.to_string()).collect::<Vec<_>>();
    assert_eq!(ids(&world("[word w1: [word w2: Один]]")), ["w1"]);
    let linked = world(r#"[word w1: [word w2: Один]] [link l1 {"to": "w2"}: два]"#);
    assert_eq!(ids(&linked), ["w1", "w2", "l1"]);
    let related = world("[word w1: [word w2: Один]] [word w3: два]").relation("r1 leads w3 w2");
    assert_eq!(ids(&related), ["w1", "w2", "w3"]);
}

fn moved(world: World, text: &str) -> World {
    let mut world = world;
    let article = Article::from_text("articles/a.txt", CanonicalText::new(text));
    world.articles.insert("articles/a.txt".into(), Ok(article));
    world
}

fn anchor(world: &World) -> Option<Fix> {
    let found = check_set(&world.input(0));
    let lost = found.into_iter().find(|f| matches!(f.rule, "surface-differs" | "offsets-out-of-range"));
    lost.unwrap().fix.map(|fix| *fix)
}

#[test]
fn a_lost_span_goes_to_its_words_where_there_is_no_doubt() {
    let lost = || world("Он [word w1: сказал] да").misquote("w1", "сказал", "Он ", " да");
    let only = anchor(&moved(lost(), "Вчера он сказал да")).unwrap();
    assert!(only.safe);
    let by_context = anchor(&moved(lost(), "Кто сказал? Он сказал да")).unwrap();
    assert!(!by_context.safe, "two places, one with the context: a person looks");
    assert_eq!(
        anchor(&moved(lost(), "Кто сказал? Кто сказал?")),
        None,
        "two places, neither with the context"
    );
    assert_eq!(anchor(&moved(lost(), "Ни слова")), None);
    let same_text = world("Вчера он [word w1: сказал] да").misquote("w1", "Вчера", "", " он");
    assert!(
        !anchor(&same_text).unwrap().safe,
        "the text is the old one, so the file was changed: a person looks"
    );
    let set = mended(&moved(lost(), "Вчера он сказал да"));
    assert_eq!(parts(&set, "w1"), [(9, 15)]);
    assert_eq!(set.get(&"w1".into()).unwrap().misquote, None);
}

#[test]
fn ids_given_twice_can_be_told_apart() {
    let world = world("[word w1: Один] [word w1: два]");
    let finding = check_set(&world.input(0)).remove(0);
    let fix = finding.fix.unwrap();
    assert!(!fix.safe);
    let mut workspace = world.workspace(0);
    Transaction::new("mend", "", fix.changes).apply(&mut workspace).unwrap();
    assert_eq!(check_set(&SetInput { set: &workspace.set, ..world.input(0) }), []);
    assert_eq!(workspace.set.len(), 2, "nothing is lost");
}

#[test]
fn mending_is_done_when_it_is_done() {
    for (_, hit, _) in fixtures::all() {
        for nth in 0..hit.sets.len() {
            let once = mend(&hit.input(nth)).workspace.set;
            let again = mend(&SetInput { set: &once, ..hit.input(nth) });
            assert!(again.steps.is_empty(), "{:#?}", again.steps);
        }
    }
}

const TEXT: &str = "Край \u{200B} и\u{306} «Кремль».\n\n  Кремль сказал: 👩\u{200D}👩\u{200D}👧 да, e\u{301}tat;\nслово\u{AD} слово ";

fn value() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        Just(""),
        Just("red"),
        Just("RED"),
        Just("s1"),
        Just("s2"),
        Just("s3"),
        Just("ann"),
        Just("Ann"),
        Just("land"),
        Just("old"),
        Just("4"),
        Just("true"),
        Just("2026-02-30"),
        Just("21.01.2026"),
        Just("explicit"),
        Just("for"),
        Just("against"),
    ];
    let leaf = prop_oneof![
        word.prop_map(Value::text),
        (-3i64..99).prop_map(Value::Integer),
        (-9.0f64..9.0).prop_map(Value::Number),
        Just(Value::Number(4.0)),
        any::<bool>().prop_map(Value::Bool),
        (0i64..99, 0i64..99)
            .prop_map(|(a, b)| Value::List(vec![Value::List(vec![Value::Integer(a), Value::Integer(b)])])),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            prop::collection::vec((name(), inner), 0..4)
                .prop_map(|fields| Value::Record(fields.into_iter().collect())),
        ]
    })
}

fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "size", "day", "yes", "hue", "why", "tags", "cue", "to", "next", "who", "what", "area", "kind",
        "entity", "holders", "mention", "how", "issues", "issue", "stance", "via", "source", "quote", "both",
        "must", "nonsense",
    ])
}

fn span() -> impl Strategy<Value = Span> {
    let parts = prop::collection::vec((0u32..72, 0u32..8), 1..4);
    let label = prop::sample::select(vec![
        "word", "flat", "tree", "must", "pair", "thing", "link", "name", "say", "Word", "odd",
    ]);
    let fields = prop::collection::vec((name(), value()), 0..4);
    let misquote = prop::option::weighted(0.1, prop::sample::select(vec!["Кремль", "слово", "нет"]));
    (1u32..9, label, parts, fields, misquote).prop_map(|(id, label, parts, fields, misquote)| {
        let parts =
            parts.into_iter().map(|(start, length)| TextRange::new(start, start + length).unwrap()).collect();
        let mut span = Span::new(format!("s{id}"), label, Parts::as_given(parts).unwrap());
        span.fields = fields.into_iter().collect();
        span.misquote = misquote.map(|text| Misquote {
            text: text.into(),
            before: String::new(),
            after: " сказал".into(),
        });
        span
    })
}

fn any_world() -> impl Strategy<Value = World> {
    let relation = (1u32..4, prop::sample::select(vec!["leads", "same", "Same", "odd"]), 1u32..9, 1u32..9);
    let relations = prop::collection::vec(relation, 0..5);
    (prop::collection::vec(span(), 0..10), relations, any::<bool>()).prop_map(
        |(spans, relations, changed)| {
            let mut world =
                world(TEXT).entity("ann place Ann").term("land").term("old => land").term("sea => sea");
            for (id, label, from, to) in relations {
                world = world.relation(&format!("r{id} {label} s{from} s{to}"));
            }
            world.set(|file| {
                spans.into_iter().for_each(|span| file.set.insert(span));
                if changed {
                    file.set.fingerprint = "sha256:0".into();
                }
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_set_can_be_checked_and_its_safe_fixes_hold(world in any_world()) {
        try_safe_fixes(&world);
        prop_assert_eq!(check_set(&world.input(0)), check_set(&world.input(0)));
        prop_assert_eq!(world.report(), world.report());
        let all = mend(&world.input(0));
        let left = check_set(&SetInput { set: &all.workspace.set, ..world.input(0) });
        prop_assert!(left.iter().all(|finding| finding.fix.as_ref().is_none_or(|fix| !fix.safe)), "{}", brief(&left));
        prop_assert_eq!(all.workspace.register, world.register.clone());
        let report = world.report();
        prop_assert!(serde_json::from_str::<serde_json::Value>(&report_sarif(&report)).is_ok());
    }
}
