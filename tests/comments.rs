//! Comments on disk and between machines: nothing that was ever said is lost, and whoever puts the files together in whatever order
//! reads the same.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::path::Path;

use postil::model::{Comment, CommentState, Comments, Revised, Settles, Topic};
use postil::review::{threads, whole_threads};
use postil::session::Talk;
use postil::session::bringing_in::{Incoming, Wanted};
use postil::session::job::Steps;
use postil::store::{Project, SchemaChoice, comments_path, parse_comments, read_comments};
use proptest::prelude::*;

const ARTICLE: &str = "articles/1.txt";

/// Who does something: Anna on one of her two machines, or Boris.
#[derive(Clone, Copy, Debug)]
enum Who {
    Home,
    Work,
    Boris,
}

/// Something that is done. Numbers choose among what there is.
#[derive(Clone, Debug)]
enum Done {
    Begin(u8),
    Answer(u8, usize, Option<Settles>),
    Edit(usize, u8),
    Withdraw(usize),
    PutBack(usize),
    /// Takes the last step of this machine back.
    Undo,
    /// Anna carries her file from the other machine to this one.
    Sync,
}

fn acts() -> impl Strategy<Value = Vec<(Who, Done, u8)>> {
    let who = prop_oneof![Just(Who::Home), Just(Who::Work), Just(Who::Boris)];
    let settles = prop_oneof![Just(None), Just(Some(Settles::Resolved)), Just(Some(Settles::Reopened))];
    let done = prop_oneof![
        3 => (0u8..4).prop_map(Done::Begin),
        3 => (0u8..4, any::<usize>(), settles).prop_map(|(text, to, settles)| Done::Answer(text, to, settles)),
        3 => (any::<usize>(), 0u8..4).prop_map(|(of, text)| Done::Edit(of, text)),
        2 => any::<usize>().prop_map(Done::Withdraw),
        1 => any::<usize>().prop_map(Done::PutBack),
        2 => Just(Done::Undo),
        1 => Just(Done::Sync),
    ];
    // Clocks stand still at times, and those of two machines differ.
    proptest::collection::vec((who, done, 0u8..3), 1..40)
}

/// One copy of one author's file, and what undo knows there.
struct Machine {
    file: Comments,
    clock: u32,
    undo: Vec<(String, CommentState, CommentState)>,
    number: u64,
}

impl Machine {
    fn new(author: &str, clock: u32) -> Self {
        Self { file: Comments::new(ARTICLE, author), clock, undo: Vec::new(), number: 0 }
    }

    fn now(&self) -> String {
        format!("2026-01-01T10:{:02}:{:02}Z", self.clock / 60, self.clock % 60)
    }

    fn write(&mut self, text: u8, reply_to: Option<String>, settles: Option<Settles>) {
        // Of few numbers some are taken twice.
        self.number += 1;
        let id = self.file.next_id(self.number % 3);
        let text = if settles.is_some() { String::new() } else { format!("words {text}") };
        let after = CommentState { text: text.clone(), withdrawn: false };
        let before = CommentState { withdrawn: true, ..after.clone() };
        let about = reply_to.is_none().then_some(Topic::Article);
        let (at, revisions) = (self.now(), Vec::new());
        self.file.comments.push(Comment { id: id.clone(), at, about, reply_to, text, settles, revisions });
        self.undo.push((id, before, after));
    }

    fn revise(&mut self, of: usize, did: Revised) {
        let Some(id) = pick(&self.file, of) else { return };
        let now = self.now();
        if let Some(before) = self.file.revise(&id, &now, did) {
            let after = self.file.get(&id).unwrap().state();
            self.undo.push((id, before, after));
        }
    }

    fn undo(&mut self) {
        let now = self.now();
        let Some((id, before, after)) = self.undo.pop() else { return };
        let comment = self.file.comments.iter_mut().find(|c| c.id == id && c.state() == after);
        if let Some(comment) = comment {
            comment.become_like(&before, &now);
            assert_eq!(comment.state(), before);
        }
    }
}

fn pick(file: &Comments, n: usize) -> Option<String> {
    (!file.comments.is_empty()).then(|| file.comments[n % file.comments.len()].id.clone())
}

/// Everything that a file tells: what was said when, and what was done to it when.
fn told(file: &Comments) -> BTreeSet<String> {
    let said = |comment: &Comment| {
        let born = format!("{} {} {:?} {:?}", comment.at, comment.text, comment.about, comment.settles);
        let done: Vec<String> = comment.revisions.iter().map(|made| format!("{born} {made:?}")).collect();
        std::iter::once(born).chain(done)
    };
    file.comments.iter().flat_map(said).collect()
}

fn merged(files: &[&Comments]) -> Comments {
    let mut all = Comments::new(&files[0].article, &files[0].author);
    for file in files {
        all.take_in(file);
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn in_whatever_order_files_arrive_the_threads_are_the_same_and_nothing_is_lost(acts in acts()) {
        let mut machines = [Machine::new("anna", 0), Machine::new("anna", 7), Machine::new("boris", 3)];
        let mut ever: [BTreeSet<String>; 2] = Default::default();
        for (who, done, seconds) in acts {
            let n = who as usize;
            machines[n].clock += u32::from(seconds);
            let others: Vec<Comments> = machines.iter().map(|m| m.file.clone()).collect();
            let here = &mut machines[n];
            match done {
                Done::Begin(text) => here.write(text, None, None),
                Done::Answer(text, to, settles) => {
                    // Somebody else's threads have come here at some time, or not.
                    if let Some(to) = pick(&others[to % 3], to / 3) {
                        here.write(text, Some(to), settles);
                    }
                }
                Done::Edit(of, text) => here.revise(of, Revised::Edited(format!("edited {text}"))),
                Done::Withdraw(of) => here.revise(of, Revised::Withdrawn),
                Done::PutBack(of) => here.revise(of, Revised::PutBack),
                Done::Undo => here.undo(),
                Done::Sync => {
                    let from = match who { Who::Home => 1, Who::Work => 0, Who::Boris => 2 };
                    here.file.take_in(&others[from]);
                }
            }
            ever[n / 2].extend(told(&machines[n].file));
        }
        let [home, work, boris] = &machines.map(|machine| machine.file);
        let anna = merged(&[home, work]);
        for again in [merged(&[work, home]), merged(&[work, home, work]), merged(&[&anna, work, home, &anna])] {
            prop_assert_eq!(&anna, &again);
        }
        let boris = merged(&[boris]);
        for (file, ever) in [(&anna, &ever[0]), (&boris, &ever[1])] {
            let there = told(file);
            let lost: Vec<&String> = ever.difference(&there).collect();
            prop_assert!(lost.is_empty(), "{:?}", lost);
        }
        let (one, other) = ([anna.clone(), boris.clone()], [boris.clone(), anna.clone()]);
        prop_assert_eq!(threads(&one), threads(&other));
        // Every comment stands in one thread, seen or left out.
        let whole = whole_threads(&one);
        let all = anna.comments.len() + boris.comments.len();
        prop_assert_eq!(whole.iter().map(|thread| thread.said.len()).sum::<usize>(), all);
        for thread in threads(&one) {
            let of = whole.iter().find(|whole| whole.id == thread.id).unwrap();
            prop_assert_eq!(thread.said.len() + thread.withdrawn.len(), of.said.len());
            prop_assert!(thread.said.iter().any(|said| !said.comment.is_withdrawn()));
        }
        // What is written is what is read.
        let text = ron::ser::to_string_pretty(&anna, ron::ser::PrettyConfig::default()).unwrap();
        prop_assert_eq!(parse_comments("anna.ron", text.as_bytes()).unwrap(), anna);
    }
}

fn project(root: &Path) -> Project {
    let schema = SchemaChoice::Template("positions".into());
    let mut project = Project::create(root, "Talks", schema, "ru").unwrap();
    project.add_article_bytes(ARTICLE, "Переговоры в Женеве".as_bytes()).unwrap();
    project
}

#[test]
fn what_was_done_to_a_comment_is_written_behind_it_and_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let project = project(&folder.path().join("p"));
    let (mut talk, _) = Talk::open(&project, ARTICLE, "anna");
    let words = "Кто?\n\"он\" \u{202e}или\u{0} не он\t)";
    let id = talk.begin(&project, Topic::Article, "Кто").unwrap();
    let revise = |did| postil::session::talk::revise(&project, "anna", ARTICLE, &id, did).unwrap();
    assert!(revise(Revised::Edited("  ".into())).is_none(), "nothing is no edit");
    assert!(revise(Revised::Edited(words.into())).is_some());
    let path = project.root.join(comments_path("anna", ARTICLE));
    let edited = std::fs::read_to_string(&path).unwrap();
    assert!(edited.contains("text: \"Кто\""), "{edited}");
    assert!(revise(Revised::Edited(words.into())).is_none());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), edited, "what changes nothing writes nothing");
    assert!(revise(Revised::Withdrawn).is_some());
    let (files, faults) = read_comments(&project, ARTICLE);
    assert!(faults.is_empty(), "{faults:?}");
    let comment = &files[0].comments[0];
    assert_eq!((comment.says(), comment.is_withdrawn(), comment.text.as_str()), (words, true, "Кто"));
    assert!(threads(&files).is_empty());
    // Nobody else's comments are touched.
    let others = postil::session::talk::revise(&project, "boris", ARTICLE, &id, Revised::PutBack).unwrap();
    assert!(others.is_none() && !project.root.join(comments_path("boris", ARTICLE)).exists());
}

#[test]
fn a_file_of_before_reads_as_it_did_and_what_nobody_knows_is_refused() {
    let before = "(format: 1, article: \"a.txt\", author: \"anna\", comments: [(id: \"anna-1\", at: \"2026-01-21T10:00:00Z\", about: Some(Article), text: \"?\")])";
    let file = parse_comments("a.ron", before.as_bytes()).unwrap();
    assert_eq!(
        (file.comments[0].says(), file.comments[0].edited(), file.comments[0].withdrawn()),
        ("?", None, None)
    );
    let unknown =
        before.replace("text: \"?\"", "text: \"?\", revisions: [(at: \"2026\", n: 1, did: forgotten)]");
    assert!(parse_comments("a.ron", unknown.as_bytes()).is_err());
    let known =
        before.replace("text: \"?\"", "text: \"?\", revisions: [(at: \"2026\", n: 1, did: edited(\"!\"))]");
    assert_eq!(parse_comments("a.ron", known.as_bytes()).unwrap().comments[0].says(), "!");
}

#[test]
fn edits_and_withdrawals_come_along_with_others_work() {
    let folder = tempfile::tempdir().unwrap();
    let (home, work) = (folder.path().join("home"), folder.path().join("work"));
    let project = project(&home);
    let (mut talk, _) = Talk::open(&project, ARTICLE, "anna");
    let first = talk.begin(&project, Topic::Article, "Чей это текст").unwrap();
    // A comment may look like a file of tags.
    let second = talk.begin(&project, Topic::Article, "see spans: [] of annotator: boris").unwrap();
    copy(&home, &work);
    let away = Project::open(&work).unwrap();
    postil::session::talk::revise(&away, "anna", ARTICLE, &first, Revised::Edited("Чей?".into())).unwrap();
    postil::session::talk::revise(&project, "anna", ARTICLE, &second, Revised::Withdrawn).unwrap();
    let take_in = |project: &Project, from: &Path| {
        let incoming = Incoming::look_at(project, from, &Wanted::default(), &Steps::default()).unwrap();
        incoming.write(project, &Steps::default()).comments
    };
    assert_eq!((take_in(&project, &work), take_in(&away, &home)), (1, 1));
    assert_eq!((take_in(&project, &work), take_in(&away, &home)), (0, 0), "nothing comes twice");
    let files = |project: &Project| read_comments(project, ARTICLE).0;
    assert_eq!(files(&project), files(&away));
    let said: Vec<String> =
        threads(&files(&away)).iter().map(|thread| thread.said[0].comment.says().to_owned()).collect();
    assert_eq!(said, ["Чей?"]);
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::copy(&from, &to).unwrap();
        }
    }
}
