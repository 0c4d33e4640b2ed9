use proptest::prelude::*;

use super::*;
use crate::model::{Change, Outcome, Parts, Relation, Span, SpanId, Transaction, Value, Workspace};
use crate::review::difference::{ClusterKey, DifferenceKind, compare};
use crate::text::TextRange;

fn range(start: u32, end: u32) -> TextRange {
    TextRange::new(start, end).unwrap()
}

fn span(id: &str, label: &str, at: (u32, u32), fields: &str) -> Span {
    let mut span = Span::new(id, label, Parts::one(range(at.0, at.1)));
    span.fields = ron::from_str(fields).unwrap();
    span
}

fn set(annotator: &str, spans: &[(&str, &str, (u32, u32), &str)]) -> AnnotationSet {
    let mut set = AnnotationSet::new("a.txt", annotator);
    for (id, label, at, fields) in spans {
        set.insert(span(id, label, *at, fields));
    }
    set
}

fn relate(set: &mut AnnotationSet, id: &str, from: &str, to: &str) {
    set.insert_relation(Relation {
        id: id.into(),
        label: "supports".into(),
        from: from.into(),
        to: to.into(),
        fields: Default::default(),
    });
}

fn carla() -> Judge {
    Judge { by: "carla".into(), when: "2026-01-21T10:00:00Z".into(), why: String::new() }
}

/// A table with sets and gold on it.
struct Table {
    sets: Vec<AnnotationSet>,
    gold: Workspace,
    schema: Schema,
}

impl Table {
    fn new(sets: &[&AnnotationSet]) -> Self {
        let gold = Workspace { set: AnnotationSet::new("a.txt", "gold"), ..Workspace::default() };
        Self { sets: sets.iter().map(|set| (*set).clone()).collect(), gold, schema: Schema::positions() }
    }

    fn with<T>(&self, act: impl FnOnce(Case<'_>) -> T) -> T {
        let sets: Vec<(&str, &AnnotationSet)> = self.sets.iter().map(|s| (s.annotator.as_str(), s)).collect();
        let comparison = compare(&sets, &self.schema);
        act(Case { sets: &sets, comparison: &comparison, gold: &self.gold.set, schema: &self.schema })
    }

    fn standings(&self) -> Standings {
        self.with(|case| standings(&case))
    }

    fn make(&mut self, changes: Vec<Change>) {
        Transaction::new("judge", "", changes).apply(&mut self.gold).unwrap();
    }

    fn decide(&mut self, member: &str, verdict: Verdict) -> Result<(), Refused> {
        let changes = self.with(|case| {
            let place =
                case.comparison.clusters.iter().position(|c| c.key.as_str().contains(member)).unwrap();
            let mut judging = Judging::new(case);
            judging.decide(place, &verdict, &carla())?;
            judging.finish(&carla())
        })?;
        self.make(changes);
        Ok(())
    }

    fn plan(&self, rule: &Rule) -> Plan {
        self.with(|case| rule.plan(case, &Judge::default())).unwrap()
    }

    fn run(&mut self, rule: &Rule) -> Plan {
        let plan = self.plan(rule);
        self.make(plan.changes.clone());
        plan
    }

    fn gold(&self) -> Vec<(String, Vec<(u32, u32)>)> {
        let parts = |s: &Span| s.parts.iter().map(|p| (p.start().get(), p.end().get())).collect();
        self.gold.set.spans().map(|span| (span.label.clone(), parts(span))).collect()
    }
}

const PERSON: &str = r#"{"kind": "person"}"#;
const PLACE: &str = r#"{"kind": "place"}"#;

#[test]
fn each_kind_of_difference_is_named() {
    let anna = set(
        "anna",
        &[
            ("s1", "entity", (0, 5), PERSON),
            ("s2", "entity", (10, 15), PERSON),
            ("s3", "entity", (20, 25), PERSON),
            ("s4", "claim", (30, 35), "{}"),
            ("s5", "entity", (40, 45), PERSON),
            ("s6", "position", (50, 60), r#"{"holders": [{"how": "author"}], "act": "demand"}"#),
        ],
    );
    let boris = set(
        "boris",
        &[
            ("s1", "entity", (0, 5), PERSON),
            ("s2", "entity", (10, 16), PERSON),
            ("s3", "entity", (20, 25), PLACE),
            ("s4", "position", (30, 35), "{}"),
            ("s6", "position", (50, 60), r#"{"holders": [{"how": "implicit"}], "act": "demand"}"#),
        ],
    );
    Table::new(&[&anna, &boris]).with(|case| {
        let kinds: Vec<_> = case.comparison.clusters.iter().map(|c| c.kinds.list()).collect();
        use DifferenceKind::*;
        assert_eq!(
            kinds,
            [vec![Agreed], vec![Borders], vec![Fields], vec![Label], vec![OnlySome], vec![Fields]]
        );
        let paths: Vec<String> =
            case.comparison.clusters[5].kinds.fields.iter().map(|p| p.to_string()).collect();
        assert_eq!(paths, ["holders[1].how"]);
    });
}

#[test]
fn a_position_is_not_an_entity_inside_it() {
    let anna = set("anna", &[("s1", "position", (0, 40), "{}")]);
    let boris = set("boris", &[("s1", "entity", (10, 15), PERSON)]);
    Table::new(&[&anna, &boris]).with(|case| assert_eq!(case.comparison.clusters.len(), 2));
}

#[test]
fn taking_a_version_puts_it_into_gold_and_says_where_it_came_from() {
    let anna = set("anna", &[("s3", "entity", (0, 5), PERSON)]);
    let boris = set("boris", &[("s9", "entity", (0, 7), PERSON)]);
    let mut table = Table::new(&[&anna, &boris]);
    table.decide("boris:s9", Verdict::TakeFrom("boris".into())).unwrap();
    assert_eq!(table.gold(), [("entity".to_owned(), vec![(0, 7)])]);
    let decision = table.gold.set.decisions().next().unwrap();
    assert_eq!(
        (decision.outcome, decision.by.as_str(), decision.how.as_str()),
        (Outcome::Taken, "carla", "take")
    );
    assert_eq!(decision.from, ["boris"]);
    assert_eq!(decision.seen.iter().map(|s| s.annotator.as_str()).collect::<Vec<_>>(), ["anna", "boris"]);
    assert!(matches!(table.standings().clusters[..], [Standing::Decided(_)]));
}

#[test]
fn union_intersection_and_mix() {
    let anna = set("anna", &[("s1", "position", (0, 10), r#"{"act": "demand", "state": "current"}"#)]);
    let boris = set("boris", &[("s1", "position", (4, 14), r#"{"act": "offer", "state": "current"}"#)]);
    for (verdict, at, act) in [
        (Verdict::Union, (0, 14), None),
        (Verdict::Intersection, (4, 10), None),
        (
            Verdict::Mix(Mix {
                borders: Borders::Of("anna".into()),
                label: None,
                fields: vec![("act".into(), Some("boris".into())), ("state".into(), None)],
            }),
            (0, 10),
            Some("offer"),
        ),
    ] {
        let mut table = Table::new(&[&anna, &boris]);
        table.decide("anna:s1", verdict.clone()).unwrap();
        assert_eq!(table.gold(), [("position".to_owned(), vec![at])], "{verdict:?}");
        let gold = table.gold.set.spans().next().unwrap();
        assert_eq!(gold.fields.text("act"), act, "{verdict:?}: what is disputed is not filled in");
        assert_eq!(gold.fields.text("state").is_some(), act.is_none(), "{verdict:?}");
    }
}

#[test]
fn nobody_is_asked_again_until_something_new_is_said() {
    let anna = set("anna", &[("s1", "entity", (0, 5), PERSON), ("s2", "entity", (20, 25), PERSON)]);
    let boris = set("boris", &[("s1", "entity", (0, 7), PERSON)]);
    let mut table = Table::new(&[&anna, &boris]);
    table.decide("anna:s1", Verdict::TakeFrom("anna".into())).unwrap();
    table.decide("anna:s2", Verdict::Reject { reason: "not a name".into() }).unwrap();
    assert!(table.standings().clusters.iter().all(|s| !s.is_open()));
    // Boris comes round to Anna's view: that view was seen.
    table.sets[1] = set("boris", &[("s1", "entity", (0, 5), PERSON)]);
    assert!(table.standings().clusters.iter().all(|s| !s.is_open()));
    // He marks what was rejected: that was seen as well.
    table.sets[1].insert(span("s2", "entity", (20, 25), PERSON));
    assert!(table.standings().clusters.iter().all(|s| !s.is_open()));
    // He says something nobody said before.
    table.sets[1].insert(span("s3", "entity", (40, 45), PERSON));
    table.sets[0].remove(&"s1".into());
    table.sets[0].insert(span("s1", "entity", (0, 5), PLACE));
    let open: Vec<bool> = table.standings().clusters.iter().map(Standing::is_open).collect();
    assert_eq!(open, [true, false, true]);
    assert!(matches!(table.standings().clusters[0], Standing::Changed(_)));
    // Deciding again changes the same gold span and keeps one decision.
    table.decide("anna:s1", Verdict::TakeFrom("anna".into())).unwrap();
    assert_eq!(table.gold().len(), 1);
    assert_eq!(table.gold.set.decision_count(), 2);
    // Back to what was seen at first.
    table.sets[0] = anna.clone();
    assert_eq!(table.standings().clusters.iter().filter(|s| s.is_open()).count(), 1, "only what is new is");
}

#[test]
fn links_and_relations_follow_once_both_ends_are_in_gold() {
    let mention = r#"{"holders": [{"mention": "s1", "entity": "usa", "how": "explicit"}], "act": "demand"}"#;
    let mut anna = set(
        "anna",
        &[
            ("s1", "entity", (0, 5), PERSON),
            ("s2", "position", (10, 20), mention),
            ("s3", "claim", (30, 40), "{}"),
        ],
    );
    relate(&mut anna, "r1", "s3", "s2");
    let boris = set("boris", &[("s7", "entity", (0, 5), PLACE)]);
    let mut table = Table::new(&[&anna, &boris]);
    table.decide("anna:s2", Verdict::TakeFrom("anna".into())).unwrap();
    let mention_of = |table: &Table| {
        let position = table.gold.set.spans().find(|span| span.label == "position").unwrap();
        let holder = position.fields.get("holders").unwrap().each()[0].as_record().unwrap().clone();
        (holder.text("mention").map(str::to_owned), holder.text("entity").map(str::to_owned))
    };
    assert_eq!(mention_of(&table), (None, Some("usa".into())), "nothing to lead to yet");
    table.decide("anna:s1", Verdict::TakeFrom("boris".into())).unwrap();
    let entity = table.gold.set.spans().next().unwrap().id.clone();
    assert_eq!(mention_of(&table).0, Some(entity.to_string()));
    assert_eq!(table.gold.set.relation_count(), 0);
    table.decide("anna:s3", Verdict::TakeFrom("anna".into())).unwrap();
    assert_eq!(table.gold.set.relation_count(), 1);
    let before = table.gold.set.clone();
    // Taking the claim back takes the relation along.
    table.decide("anna:s3", Verdict::Reject { reason: String::new() }).unwrap();
    assert_eq!(table.gold.set.relation_count(), 0);
    assert_ne!(table.gold.set, before);
}

#[test]
fn rules_count_equal_spans_and_leave_the_rest() {
    let anna = set("anna", &[("s1", "entity", (0, 5), PERSON), ("s2", "entity", (10, 15), PERSON)]);
    let mut boris = set("boris", &[("s5", "entity", (0, 5), PERSON), ("s6", "entity", (10, 15), PLACE)]);
    let mut noted = (**boris.get(&"s5".into()).unwrap()).clone();
    noted.note = "sure".into();
    boris.remove(&"s5".into());
    boris.insert(noted);
    let vera = set("vera", &[("s1", "entity", (10, 15), PLACE), ("s2", "entity", (20, 25), PLACE)]);
    let mut table = Table::new(&[&anna, &boris, &vera]);
    let unanimous = table.plan(&Rule::Unanimous);
    assert_eq!((unanimous.taken.len(), unanimous.open.len()), (0, 3));
    let majority = table.run(&Rule::Majority);
    assert_eq!((majority.taken.len(), majority.open.len()), (2, 1));
    assert_eq!(majority.taken[0].from, ["anna", "boris"], "a note does not count");
    assert_eq!(majority.taken[1].from, ["boris", "vera"]);
    assert!(table.plan(&Rule::Majority).is_empty(), "a second time there is nothing to do");
}

#[test]
fn a_rule_does_not_touch_what_a_person_decided_or_made() {
    let anna = set("anna", &[("s1", "entity", (0, 5), PERSON), ("s2", "entity", (10, 15), PERSON)]);
    let mut boris = anna.clone();
    boris.annotator = "boris".into();
    let mut table = Table::new(&[&anna, &boris]);
    table.decide("anna:s1", Verdict::Reject { reason: String::new() }).unwrap();
    table.gold.set.insert(span("s1", "entity", (10, 16), PLACE));
    let before = table.gold.set.clone();
    let plan = table.run(&Rule::Unanimous);
    assert_eq!((plan.taken.len(), plan.kept.len(), plan.open.len()), (0, 2, 0));
    assert_eq!(table.gold.set, before);
}

#[test]
fn the_only_annotator_can_be_reviewed() {
    let anna = set("anna", &[("s1", "entity", (0, 5), PERSON), ("s2", "entity", (10, 15), PERSON)]);
    let mut table = Table::new(&[&anna]);
    assert!(table.standings().clusters.iter().all(Standing::is_open));
    table.decide("anna:s1", Verdict::TakeFrom("anna".into())).unwrap();
    let own = Verdict::Own(Box::new(span("", "entity", (10, 18), PLACE)));
    table.decide("anna:s2", own).unwrap();
    assert_eq!(table.gold(), [("entity".to_owned(), vec![(0, 5)]), ("entity".to_owned(), vec![(10, 18)])]);
    assert!(table.standings().clusters.iter().all(|s| !s.is_open()));
}

#[test]
fn fields_of_the_article_are_decided_remembered_and_asked_about_again_when_somebody_says_something_new() {
    let (mut anna, mut boris) = (set("anna", &[]), set("boris", &[]));
    anna.fields.set("genre", Value::text("news"));
    boris.fields.set("genre", Value::text("essay"));
    boris.fields.set("topic", Value::text("talks"));
    let mut table = Table::new(&[&anna, &boris]);
    let decide = |table: &mut Table, name: &str, verdict: RelationVerdict| {
        let changes = table.with(|case| {
            let place = case.comparison.article_fields.iter().position(|f| f.name == name).unwrap();
            let mut judging = Judging::new(case);
            judging.decide_article_field(place, &verdict, &carla())?;
            judging.finish(&carla())
        })?;
        table.make(changes);
        Ok::<(), Refused>(())
    };
    let standing =
        |table: &Table| table.standings().article_fields.iter().map(Standing::is_open).collect::<Vec<_>>();
    assert_eq!(standing(&table), [true, true]);
    let refused = decide(&mut table, "topic", RelationVerdict::TakeFrom("anna".into()));
    assert_eq!(refused, Err(Refused::NothingOf("anna".into())), "she left it unset");
    decide(&mut table, "genre", RelationVerdict::TakeFrom("boris".into())).unwrap();
    decide(&mut table, "topic", RelationVerdict::Reject { reason: "too vague".into() }).unwrap();
    assert_eq!(table.gold.set.fields.text("genre"), Some("essay"));
    assert_eq!(table.gold.set.fields.get("topic"), None);
    assert_eq!(standing(&table), [false, false], "an answer, unset too, is not asked for again");
    assert!(
        table.plan(&Rule::Trusted("boris".into())).is_empty(),
        "no rule fills in what a person left unset"
    );
    table.sets[0].fields.set("topic", Value::text("war"));
    assert_eq!(standing(&table), [false, true], "something new was said");
    // With nobody's decision, a rule answers and gold's own value is left alone.
    let mut fresh = Table::new(&[&anna, &boris]);
    fresh.gold.set.fields.set("genre", Value::text("interview"));
    fresh.run(&Rule::Trusted("boris".into()));
    assert_eq!(fresh.gold.set.fields.text("genre"), Some("interview"));
    assert_eq!(fresh.gold.set.fields.text("topic"), Some("talks"));
}

#[test]
fn nonsense_is_refused_and_changes_nothing() {
    let anna = set("anna", &[("s1", "entity", (0, 5), PERSON)]);
    let boris = set("boris", &[]);
    let mut table = Table::new(&[&anna, &boris]);
    assert_eq!(
        table.decide("anna:s1", Verdict::TakeFrom("boris".into())),
        Err(Refused::NothingOf("boris".into()))
    );
    assert_eq!(
        table.decide("anna:s1", Verdict::TakeFrom("nobody".into())),
        Err(Refused::NothingOf("nobody".into()))
    );
    assert!(table.with(|case| Rule::Trusted("nobody".into()).plan(case, &carla())).is_err());
    assert!(table.gold().is_empty());
}

fn any_span() -> impl Strategy<Value = (u32, u32, usize, usize, Option<usize>)> {
    (0u32..40, 1u32..12, 0usize..3, 0usize..3, prop::option::of(0usize..8))
}

/// Random sets that share a good part of their spans.
fn any_sets() -> impl Strategy<Value = Vec<AnnotationSet>> {
    let all = prop::collection::vec(any_span(), 1..14);
    (all, prop::collection::vec(prop::collection::vec(0u8..4, 14), 1..4)).prop_map(|(spans, choices)| {
        let names = ["anna", "boris", "vera"];
        choices
            .iter()
            .enumerate()
            .map(|(who, choice)| {
                let mut set = AnnotationSet::new("a.txt", names[who]);
                for (n, ((start, len, label, kind, link), how)) in spans.iter().zip(choice).enumerate() {
                    // 0: left out; 1: borders of one's own; else as everyone has it.
                    let moved = if *how == 1 { who as u32 + 1 } else { 0 };
                    if *how == 0 {
                        continue;
                    }
                    let label = ["entity", "position", "claim"][*label];
                    let mut span =
                        Span::new(format!("s{n}"), label, Parts::one(range(*start, start + len + moved)));
                    match label {
                        "entity" => {
                            let kind = ["person", "place", "event"][*kind];
                            span.fields.set("kind", Value::text(kind));
                        }
                        _ => {
                            if let Some(link) = link {
                                let holder = [("mention", Value::text(format!("s{link}")))];
                                let holder = Value::Record(holder.into_iter().collect());
                                span.fields.set("holders", Value::List(vec![holder]));
                            }
                        }
                    }
                    set.insert(span);
                }
                let ids: Vec<SpanId> = set.spans().map(|span| span.id.clone()).collect();
                for (n, pair) in ids.windows(2).enumerate() {
                    relate(&mut set, &format!("r{n}"), pair[0].as_str(), pair[1].as_str());
                }
                set
            })
            .collect()
    })
}

fn any_rule() -> impl Strategy<Value = Rule> {
    prop::sample::select(vec![Rule::Unanimous, Rule::Majority, Rule::Trusted("anna".into())])
}

proptest! {
    #[test]
    fn comparing_is_the_same_whatever_the_order_of_the_sets(sets in any_sets()) {
        let refs: Vec<&AnnotationSet> = sets.iter().collect();
        let back: Vec<&AnnotationSet> = sets.iter().rev().collect();
        let told = |table: Table| table.with(|case| {
            let clusters: Vec<(ClusterKey, TextRange, Vec<DifferenceKind>, Vec<String>)> = case.comparison.clusters.iter()
                .map(|c| {
                    let mut paths: Vec<String> = c.kinds.fields.iter().map(ToString::to_string).collect();
                    paths.sort();
                    (c.key.clone(), c.extent, c.kinds.list(), paths)
                })
                .collect();
            clusters
        });
        prop_assert_eq!(told(Table::new(&refs)), told(Table::new(&back)));
    }

    #[test]
    fn every_span_is_in_exactly_one_cluster(sets in any_sets()) {
        let refs: Vec<&AnnotationSet> = sets.iter().collect();
        Table::new(&refs).with(|case| {
            let members: usize = case.comparison.clusters.iter().map(|c| c.count()).sum();
            assert_eq!(members, sets.iter().map(AnnotationSet::len).sum::<usize>());
        });
    }

    #[test]
    fn one_run_of_a_rule_is_enough_and_undo_takes_all_of_it_back(sets in any_sets(), rule in any_rule()) {
        let refs: Vec<&AnnotationSet> = sets.iter().collect();
        let mut table = Table::new(&refs);
        let before = table.gold.clone();
        let plan = table.run(&rule);
        let again = table.plan(&rule);
        prop_assert!(again.is_empty(), "{:?}", again.changes);
        plan.transaction().inverse().apply(&mut table.gold).unwrap();
        prop_assert_eq!(table.gold, before);
    }

    #[test]
    fn gold_by_a_rule_links_to_gold_alone(sets in any_sets(), rule in any_rule()) {
        let refs: Vec<&AnnotationSet> = sets.iter().collect();
        let mut table = Table::new(&refs);
        table.run(&rule);
        let gold = &table.gold.set;
        for span in gold.spans() {
            for holder in span.fields.get("holders").iter().flat_map(|holders| holders.each()) {
                let mention = holder.as_record().unwrap().text("mention").unwrap();
                prop_assert!(gold.get(&mention.into()).is_some());
            }
        }
        for relation in gold.relations() {
            prop_assert!(gold.get(&relation.from).is_some() && gold.get(&relation.to).is_some());
        }
        let keys = table.plan(&rule);
        prop_assert_eq!(keys.taken.len(), 0);
    }

    #[test]
    fn judging_everything_leaves_nothing_open_and_each_step_can_be_taken_back(sets in any_sets(), picks in prop::collection::vec(0usize..6, 40)) {
        let refs: Vec<&AnnotationSet> = sets.iter().collect();
        let mut table = Table::new(&refs);
        let mut steps = vec![];
        let start = table.gold.clone();
        for pick in picks {
            let Some(place) = table.standings().clusters.iter().position(Standing::is_open) else { break };
            let changes = table.with(|case| {
                let who = case.comparison.clusters[place].present().next().unwrap().0;
                let annotator = case.comparison.annotators[who].clone();
                let verdict = match pick {
                    0 => Verdict::Reject { reason: "no".into() },
                    1 => Verdict::NothingHere,
                    2 => Verdict::Union,
                    3 => Verdict::Mix(Mix { borders: Borders::Of(annotator), ..Mix::default() }),
                    _ => Verdict::TakeFrom(annotator),
                };
                let mut judging = Judging::new(case);
                judging.decide(place, &verdict, &carla()).unwrap();
                judging.finish(&carla()).unwrap()
            });
            steps.push(Transaction::new("judge", "", changes.clone()));
            table.make(changes);
        }
        prop_assert!(table.standings().clusters.iter().all(|s| !s.is_open()));
        for step in steps.iter().rev() {
            step.inverse().apply(&mut table.gold).unwrap();
        }
        prop_assert_eq!(table.gold, start);
    }
}
