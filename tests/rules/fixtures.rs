//! For each rule, in the order of the codes: a project in which it finds something and no other rule does, and one that is nearly
//! the same in which it finds nothing.

use postil::model::*;
use postil::text::CanonicalText;

use crate::notation::{World, world};

/// The rule's name, what triggers it, what nearly does.
pub type Fixture = (&'static str, World, World);

pub fn all() -> Vec<Fixture> {
    let on_annotations =
        [files(), anchors(), identity(), fields(), links(), meaning(), consistency()].concat();
    // The schema of the tests speaks of the term `land`; only fixtures of the lists' own rules have it always.
    let quiet = |world: World| world.severity("schema-term-unknown", Severity::Off);
    let on_annotations = on_annotations.into_iter().map(|(name, hit, near)| (name, quiet(hit), quiet(near)));
    on_annotations.chain(lists()).collect()
}

const PLAIN: &str = "Он [word w1: сказал] да";

fn files() -> Vec<Fixture> {
    let faulty = |kind| World::empty().fault("schema.ron", kind);
    let fault = |name, kind, other| (name, faulty(kind), faulty(other));
    use FileFaultKind::*;
    let with_article = |change: fn(&mut Article)| {
        let mut world = World::empty().article("a", "anna", "При\u{FFFD}ет");
        change(world.articles.get_mut("articles/a.txt").unwrap().as_mut().unwrap());
        world
    };
    let assigned = |to: &str| {
        world(PLAIN).settings(|settings| {
            settings.assignments.insert("articles/a.txt".into(), vec![to.into()]);
        })
    };
    let listed = |name: &str| world(PLAIN).settings(|settings| settings.annotators = vec![name.into()]);
    vec![
        fault("file-missing", Missing, Unreadable),
        fault("file-unreadable", Unreadable, Missing),
        fault("ron-malformed", Malformed, Misshapen),
        fault("file-misshapen", Misshapen, Malformed),
        fault("format-too-new", TooNew, UnknownFormat),
        fault("format-unknown", UnknownFormat, TooNew),
        fault("not-text", NotText, Malformed),
        (
            "article-missing",
            {
                let mut world = world(PLAIN);
                world.articles.clear();
                world
            },
            world(PLAIN),
        ),
        (
            "orphaned-annotations",
            world(PLAIN).set(|file| file.file = "annotations/anna/b.ron".into()),
            world(PLAIN).set(|file| file.file = "annotations/anna/a.txt.ron".into()),
        ),
        ("annotator-differs", world(PLAIN).set(|file| file.set.annotator = "boris".into()), world(PLAIN)),
        ("annotator-unknown", listed("ana"), listed("anna")),
        (
            "two-files-for-one-article",
            world(PLAIN)
                .article("a", "anna", PLAIN)
                .set(|file| file.file = "annotations/anna/a copy.ron".into()),
            world(PLAIN).article("a", "boris", PLAIN),
        ),
        ("not-assigned", assigned("boris"), assigned("anna")),
        (
            "assignment-unknown",
            assigned("anna").settings(|settings| {
                settings.assignments.insert("articles/b.txt".into(), vec!["anna".into()]);
            }),
            assigned("anna"),
        ),
        (
            "rule-unknown",
            world(PLAIN).severity("P999", Severity::Off),
            world(PLAIN).severity("P101", Severity::Off),
        ),
        (
            // The unset field is a finding of its own, turned off here.
            "done-but-incomplete",
            world("[must m1: слово]")
                .set(|file| file.set.status = Status::Done)
                .severity("required-unset", Severity::Off),
            world("[must m1: слово]").severity("required-unset", Severity::Off),
        ),
        (
            "bytes-undecodable",
            with_article(|article| article.replaced = 1),
            // A text can speak of U+FFFD.
            with_article(|_| ()),
        ),
    ]
}

fn rewritten(world: World, text: &str) -> World {
    let mut world = world;
    let article = Article::from_text("articles/a.txt", CanonicalText::new(text));
    world.articles.insert("articles/a.txt".into(), Ok(article));
    world
}

fn anchors() -> Vec<Fixture> {
    vec![
        (
            "fingerprint-differs",
            rewritten(world(PLAIN), "Он сказал да!"),
            rewritten(world(PLAIN), "Он сказал да"),
        ),
        (
            "surface-differs",
            world(PLAIN).misquote("w1", "скажет", "Он ", " да"),
            world(PLAIN).misquote("w1", "сказал", "Он ", " да"),
        ),
        ("offsets-out-of-range", world(PLAIN).parts("w1", &[(3, 13)]), world(PLAIN).parts("w1", &[(3, 12)])),
        ("inside-grapheme", world("[word w1: Краи]\u{306} земли"), world("[word w1: Краи\u{306}] земли")),
        ("empty-span", world("Он [word w1: ]сказал"), world("Он [word w1: с]")),
        ("blank-span", world("Он[word w1:  \u{A0}\u{200B}] сказал"), world("Он [word w1: —] сказал")),
        ("white-space-edge", world("Он [word w1: сказал ]да"), world("Он [word w1: сказал] да")),
        (
            "parts-out-of-order",
            world("[word w1: Один] два [+ w1: три]").parts("w1", &[(9, 12), (0, 4)]),
            world("[word w1: Один] два [+ w1: три]"),
        ),
        (
            "parts-overlap",
            world("[word w1: Один] два [+ w1: три]").parts("w1", &[(0, 8), (5, 12)]),
            world("[word w1: Один] два [+ w1: три]").parts("w1", &[(0, 4), (4, 8)]),
        ),
        (
            "empty-part",
            world("[word w1: Один] два три").parts("w1", &[(0, 4), (8, 8)]),
            world("[word w1: Один] два три").parts("w1", &[(0, 4), (5, 8)]),
        ),
        (
            "crosses-paragraph",
            world("Один [word w1: два\nтри] четыре"),
            world("Один [word w1: два]\n[+ w1: три] четыре"),
        ),
        ("invisible-edge", world("Он [word w1: \u{FEFF}сказал] да"), world("Он [word w1: ска\u{AD}зал] да")),
        ("cuts-word", world("Он [word w1: сказ]ал да"), world("Он «[word w1: сказал]», да")),
        (
            "fingerprint-missing",
            world(PLAIN).set(|file| file.set.fingerprint.clear()),
            world("Он сказал").set(|file| file.set.fingerprint.clear()),
        ),
        (
            "stretch-out-of-range",
            world(r#"[thing t1 {"cue": [[0, 6]]}: слово]"#),
            world(r#"[thing t1 {"cue": [[0, 5]]}: слово]"#),
        ),
        (
            "stretch-empty",
            world(r#"[thing t1 {"cue": [[2, 2]]}: слово]"#),
            world(r#"[thing t1 {"cue": [[2, 2], [3, 4]]}: слово]"#),
        ),
        (
            "stretch-inside-grapheme",
            world("[thing t1 {\"cue\": [[0, 4]]}: краи\u{306}]"),
            world("[thing t1 {\"cue\": [[0, 5]]}: краи\u{306}]"),
        ),
    ]
}

fn identity() -> Vec<Fixture> {
    vec![
        (
            "duplicate-span-id",
            world("[word w1: Один] [word w1: два]"),
            world("[word w1: Один] [word W1: два]"),
        ),
        (
            "duplicate-relation-id",
            world("[word w1: Один] [word w2: два]").relation("r1 same w1 w2").relation("r1 leads w1 w2"),
            world("[word w1: Один] [word w2: два]").relation("r1 same w1 w2").relation("r2 leads w1 w2"),
        ),
        (
            "id-blank",
            world(PLAIN).span("w1", |span| span.id = " ".into()),
            world(PLAIN).span("w1", |span| span.id = "-".into()),
        ),
        ("duplicate-span", world("[word w1: [word w2: Один]]"), world("[word w1: [tree w2: Один]]")),
        (
            "same-label-twice",
            world(r#"[thing t1: [thing t2 {"yes": true}: Один]]"#),
            world(r#"[thing t1: Один [thing t2 {"yes": true}: два]]"#),
        ),
        (
            "duplicate-relation",
            world("[word w1: Один] [word w2: два]").relation("r1 same w1 w2").relation("r2 same w2 w1"),
            world("[word w1: Один] [word w2: два]").relation("r1 leads w1 w2").relation("r2 leads w2 w1"),
        ),
    ]
}

fn fields() -> Vec<Fixture> {
    let thing = |fields: &str| world(&format!("[thing t1 {fields}: слово]"));
    vec![
        ("unknown-label", world("[wrod w1: слово]"), world("[word w1: слово]")),
        ("unknown-field", thing(r#"{"sise": 3}"#), thing(r#"{"size": 3}"#)),
        ("unknown-choice", thing(r#"{"hue": "blue"}"#), thing(r#"{"hue": "green"}"#)),
        ("wrong-type", thing(r#"{"yes": 1}"#), thing(r#"{"yes": false}"#)),
        ("wrong-shape", thing(r#"{"tags": "one"}"#), thing(r#"{"tags": ["one"]}"#)),
        (
            "too-few",
            world(r#"[pair p1 {"both": ["a"]}: слово]"#),
            world(r#"[pair p1 {"both": ["a", "b"]}: слово]"#),
        ),
        (
            "too-many",
            world(r#"[pair p1 {"both": ["a", "b", "c", "d"]}: слово]"#),
            world(r#"[pair p1 {"both": ["a", "b", "c"]}: слово]"#),
        ),
        ("required-unset", world("[must m1: слово]"), world(r#"[must m1 {"must": "x"}: слово]"#)),
        ("required-when-unset", thing(r#"{"hue": "red"}"#), thing(r#"{"hue": "green"}"#)),
        ("field-unset", world("[asked a1: слово]"), world(r#"[asked a1 {"hue": "x"}: слово]"#)),
        ("number-out-of-bounds", thing(r#"{"size": 6}"#), thing(r#"{"size": 5}"#)),
        ("number-not-whole", thing(r#"{"size": 2.5}"#), thing(r#"{"size": 2}"#)),
        ("date-malformed", thing(r#"{"day": "2026-02-30"}"#), thing(r#"{"day": "2026-02"}"#)),
        ("blank-text", thing(r#"{"why": " "}"#), thing(r#"{"why": "."}"#)),
        ("repeated-value", thing(r#"{"tags": ["a", "a"]}"#), thing(r#"{"tags": ["a", "A"]}"#)),
    ]
}

fn links() -> Vec<Fixture> {
    let link = |fields: &str| world(&format!("[link l1 {fields}: Один] [word w1: два] [tree t1: три]"));
    let lands = |world: World| world.term("land").term("land.hill < land").term("sea").term("old => sea");
    let say = |via: &str| {
        let fields = format!(r#"{{"holders": [{{"how": "author"}}], "via": {via}}}"#);
        world(&format!("[say s1 {fields}: Один] [word w1: два] [word w2: три]"))
    };
    let two = || world("[word w1: Один] [word w2: два] [tree t1: три]");
    vec![
        ("dangling-link", link(r#"{"to": "w9"}"#), link(r#"{"to": "w1"}"#)),
        ("wrong-link-label", link(r#"{"to": "t1"}"#), link(r#"{"next": "t1"}"#)),
        ("self-link", link(r#"{"next": "l1"}"#), link(r#"{"next": "w1"}"#)),
        ("unknown-entity", link(r#"{"who": "ann"}"#), link(r#"{"who": "ann"}"#).entity("ann person Ann")),
        (
            "wrong-entity-kind",
            link(r#"{"who": "ann"}"#).entity("ann place Ann"),
            link(r#"{"who": "ann"}"#).register(Entity::new("ann", "Ann", "")),
        ),
        ("unknown-term", link(r#"{"what": "lnad"}"#), lands(link(r#"{"what": "land"}"#))),
        ("retired-term", lands(link(r#"{"what": "old"}"#)), lands(link(r#"{"what": "sea"}"#))),
        ("term-outside-branch", lands(link(r#"{"area": "sea"}"#)), lands(link(r#"{"area": "land.hill"}"#))),
        ("unknown-relation", two().relation("r1 laeds w1 w2"), two().relation("r1 leads w1 w2")),
        ("dangling-relation", two().relation("r1 leads w1 w9"), two().relation("r1 leads w1 w2")),
        ("self-relation", two().relation("r1 leads w1 w1"), two().relation("r1 leads w1 w2")),
        ("wrong-relation-ends", two().relation("r1 leads w1 t1"), two().relation("r1 same w1 t1")),
        (
            "cyclic-via",
            say(r#"[{"source": "w1"}, {"source": "w2"}, {"source": "w1", "quote": "x"}]"#),
            say(r#"[{"source": "w1"}, {"source": "w2", "quote": "x"}]"#),
        ),
        (
            "cyclic-links",
            world(r#"[link l1 {"next": "l2"}: Один] [link l2 {"next": "l1"}: два]"#),
            world(r#"[link l1 {"next": "l2"}: Один] [link l2: два]"#),
        ),
    ]
}

fn meaning() -> Vec<Fixture> {
    let say = |fields: &str| world(&format!("[say s1 {fields}: Один]")).term("truce");
    let ann = |world: World| world.entity("ann person Ann");
    let both = |first: &str, second: &str, state: &str| {
        let one = |id: &str, stance: &str, state: &str, words: &str| {
            format!(
                r#"[say {id} {{"holders": [{{"entity": "ann", "how": "explicit"}}], "issues": [{{"issue": "truce", "stance": "{stance}"}}], "state": "{state}"}}: {words}]"#
            )
        };
        let text = format!("{} {}", one("s1", first, "current", "Один"), one("s2", second, state, "два"));
        ann(world(&text).term("truce"))
    };
    let issues = |issues: &str| say(&format!(r#"{{"holders": [{{"how": "author"}}], "issues": {issues}}}"#));
    vec![
        (
            "stance-unset",
            issues(r#"[{"issue": "truce"}]"#),
            issues(r#"[{"issue": "truce", "stance": "mixed"}]"#),
        ),
        ("holder-absent", say("{}"), say(r#"{"holders": [{"how": "unknown"}]}"#)),
        (
            "holder-unnamed",
            say(r#"{"holders": [{"how": "explicit"}]}"#),
            ann(say(r#"{"holders": [{"how": "explicit", "entity": "ann"}]}"#)),
        ),
        (
            "holder-contradicts",
            ann(say(r#"{"holders": [{"how": "unknown", "entity": "ann"}]}"#)),
            say(r#"{"holders": [{"how": "unknown"}]}"#),
        ),
        ("contradictory-stances", both("for", "against", "current"), both("for", "against", "past")),
        (
            "issue-twice",
            issues(r#"[{"issue": "truce", "stance": "for"}, {"issue": "truce", "stance": "mixed"}]"#),
            issues(r#"[{"issue": "truce", "stance": "for"}, {"issue": "peace", "stance": "mixed"}]"#)
                .term("peace"),
        ),
        (
            "kind-differs",
            ann(world(r#"[name n1 {"kind": "place", "entity": "ann"}: Один]"#)),
            ann(world(r#"[name n1 {"kind": "person", "entity": "ann"}: Один]"#)),
        ),
    ]
}

fn consistency() -> Vec<Fixture> {
    vec![
        ("spans-overlap", world("[flat f1: Один [flat f2: два]]"), world("[flat f1: Один] [flat f2: два]")),
        (
            "spans-cross",
            world("[tree t1: Один два] [tree t2: три]").parts("t2", &[(5, 12)]),
            world("[tree t1: Один [tree t2: два]]"),
        ),
        (
            "tagged-differently",
            world("[word w1: Кремль] и [tree t1: Кремль]"),
            world("[word w1: [tree t1: Кремль]] и [word w2: [tree t2: Кремль]]"),
        ),
        (
            "untagged-here",
            world("[word w1: Кремль] и Кремль"),
            // Another word, and the word as part of a longer name.
            world("[word w1: Кремль], Кремля и [word w2: Старый Кремль]"),
        ),
    ]
}

fn lists() -> Vec<Fixture> {
    let fields = |fields: &str| {
        let added: Vec<FieldDef> = ron::from_str(fields).unwrap();
        let world = World::empty().term("land");
        world.schema(|schema| schema.labels[0].fields = added)
    };
    let keyed = |one: &str, other: &str| {
        World::empty().term("land").schema(|schema| {
            schema.labels[0].key = Some(one.into());
            schema.labels[1].key = Some(other.into());
        })
    };
    let terms =
        |terms: &[&str]| terms.iter().fold(World::empty().term("land"), |world, term| world.term(term));
    let affiliated = |to: &str, from: &str, until: &str| {
        let mut bob = Entity::new("bob", "Bob", "person");
        bob.affiliations = vec![Affiliation {
            entity: to.into(),
            role: String::new(),
            from: Some(from.into()),
            to: Some(until.into()),
        }];
        World::empty().term("land").entity("ann person Ann").register(bob)
    };
    let wikidata = |ids: [&str; 2]| {
        ids.iter().zip(["ann", "bob"]).fold(World::empty().term("land"), |world, (id, name)| {
            let mut entity = Entity::new(name, name, "person");
            entity.wikidata = Some((*id).to_owned());
            world.register(entity)
        })
    };
    vec![
        (
            "schema-name-twice",
            fields(r#"[(name: "a", kind: Text), (name: "a", kind: Date)]"#),
            fields(r#"[(name: "a", kind: Text), (name: "b", kind: Date)]"#),
        ),
        ("schema-key-twice", keyed("k", "k"), keyed("k", "l")),
        (
            "schema-bounds",
            fields(r#"[(name: "a", kind: Text, min: 2)]"#),
            fields(r#"[(name: "a", kind: Text, min: 2, max: Some(2))]"#),
        ),
        (
            "schema-when-unknown",
            fields(r#"[(name: "a", kind: Text, required_when: Some((field: "b")))]"#),
            fields(
                r#"[(name: "a", kind: Text, required_when: Some((field: "b"))), (name: "b", kind: Text)]"#,
            ),
        ),
        (
            "schema-label-unknown",
            fields(r#"[(name: "a", kind: Either([Text, Span(["wrod"])]))]"#),
            fields(r#"[(name: "a", kind: Either([Text, Span(["word"])]))]"#),
        ),
        // The schema of these tests speaks of the term `land`.
        ("schema-term-unknown", World::empty().term("sea"), World::empty().term("land")),
        (
            "schema-no-choices",
            fields(r#"[(name: "a", kind: Choice([]))]"#),
            fields(r#"[(name: "a", kind: Choice([(name: "x")]))]"#),
        ),
        ("term-cycle", terms(&["a < b", "b < a"]), terms(&["a < b", "b < land"])),
        ("term-parent-missing", terms(&["a < b"]), terms(&["a < land"])),
        ("term-successor-missing", terms(&["a => b"]), terms(&["a => land"])),
        ("term-successor-cycle", terms(&["a => b", "b => a"]), terms(&["a => b", "b => land"])),
        (
            "names-shared",
            World::empty().term("land").entity("ann person Ann").entity("anna person ann "),
            World::empty().term("land").entity("ann person Ann").entity("anna person Anna"),
        ),
        ("affiliation-unknown", affiliated("cyd", "2020", "2021"), affiliated("ann", "2020", "2021")),
        ("affiliation-dates", affiliated("ann", "2021", "2020-05"), affiliated("ann", "2021", "2021-05")),
        ("wikidata-malformed", wikidata(["Q1", "wd:Q2"]), wikidata(["Q1", "Q2"])),
        ("wikidata-shared", wikidata(["Q1", "Q1"]), wikidata(["Q1", "Q11"])),
        (
            "entity-unreferenced",
            world(PLAIN).term("land").entity("ann person Ann"),
            world(r#"[name n1 {"entity": "ann"}: Он] сказал"#).term("land").entity("ann person Ann"),
        ),
    ]
}
