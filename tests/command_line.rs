//! Every command as scripts see it: exit codes, what is on stdout, what is on stderr, what is on disk.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "fixtures/cli/mod.rs"]
mod cli;

use cli::{Place, record};
use serde_json::{Value as Json, json};

/// A project with one annotator on one article.
fn anna() -> Place {
    let place = Place::with_project();
    place.import(&[record("a.txt", "anna", "[entity:Киев] молчит.")]).ends(0);
    place
}

/// A project with two annotators on two articles.
fn two() -> Place {
    let place = Place::with_project();
    let drawn = ["[entity:Киев] молчит.", "Молчит [entity:Москва]."];
    let records: Vec<Json> = ["anna", "boris"]
        .into_iter()
        .flat_map(|who| [record("a.txt", who, drawn[0]), record("b.txt", who, drawn[1])])
        .collect();
    place.import(&records).ends(0);
    place
}

fn codes(report: &Json) -> Vec<&str> {
    let findings = report["findings"].as_array().unwrap();
    let mut codes: Vec<&str> = findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

mod usage {
    use super::*;

    #[test]
    fn help_is_an_answer_and_names_only_what_there_is() {
        let place = Place::new();
        let help = place.run(&["--help"]).ends(0);
        assert!(help.err.is_empty() && help.out.contains("export") && help.out.contains("Exit codes"));
        for absent in ["suggest", "search", "network"] {
            assert!(!help.out.contains(&format!("\n  {absent} ")), "{absent} is not there yet");
        }
        place.run(&["--version"]).ends(0);
        let stats = place.run(&["stats", "--help"]).ends(0);
        assert!(stats.out.contains("by_annotator"), "the shape of the JSON is told");
    }

    #[test]
    fn wrong_usage_is_2_and_answers_nothing() {
        let place = anna();
        for wrong in [
            &["validate", "--colour"][..],
            &["explain"],
            &["explain", "P000"],
            &["new"],
            &["new", "x", "--schema", "postions"],
            &["export", "wat", "--out", "x"],
            &["export", "jsonl"],
            &["export", "jsonl", "--out", "x", "--gold", "--all"],
            &["export", "jsonl", "--out", "x", "--gold"],
            &["export", "jsonl", "--out", "x", "--annotator", "ana"],
            &["export", "jsonl", "--out", "x", "--labels", "entiti"],
            &["export", "jsonl", "--out", "x", "--split", "train=0.8"],
            &["export", "jsonl", "--out", "x", "--scheme", "bio"],
            &["export", "jsonl", "--out", "x", "--offset-unit", "inches"],
            &["import", "wat", "x"],
            &["import", "jsonl", "../in.jsonl", "--merge", "--replace"],
            &["stats", "--format", "xml"],
            &["suggest", "--annotator", "anna"],
            &["agree", "--metrics", "kapa"],
            &["adjudicate"],
        ] {
            place.inside(wrong).ends(2).answers_nothing();
        }
        assert!(!place.project("x").exists());
        place.inside(&["export", "jsonl", "--out", "x", "--annotator", "ana"]).says("Did you mean `anna`?");
        place.inside(&["explain", "surface-difers"]).says("Did you mean `surface-differs`?");
        place.inside(&["import", "dna", "x"]).ends(2).says("It can import: jsonl");
    }

    #[test]
    fn a_missing_project_or_path_is_3() {
        let place = Place::new();
        for missing in [
            &["stats"][..],
            &["validate"],
            &["validate", "нет такого"],
            &["stats", "--project", "nowhere"],
            &["import", "jsonl", "x.jsonl"],
            &["./nothing.txt"],
        ] {
            place.run(missing).ends(3).answers_nothing();
        }
    }

    #[cfg(not(feature = "gui"))]
    #[test]
    fn a_build_without_a_window_says_so() {
        let place = anna();
        place.run(&["проект 1"]).ends(2).says("cannot open the window");
        place.run(&["tour", "--out", "x"]).ends(2).says("cannot give the tour");
    }

    #[test]
    fn a_reader_that_goes_away_is_no_fault() {
        let place = two();
        let mut child = place
            .command(&place.project(""), &["validate", "--format", "json"])
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(0));
        assert!(ended.stderr.is_empty(), "{}", String::from_utf8_lossy(&ended.stderr));
    }
}

mod projects {
    use super::*;

    #[test]
    fn new_makes_a_project_once() {
        let place = Place::new();
        place.run(&["new", "a/b c"]).ends(0).answers_nothing().says("`b c`");
        assert!(place.text("a/b c/schema.ron").contains("positions"));
        place.run(&["validate", "a/b c"]).ends(0);
        place.run(&["new", "a/b c"]).ends(3).says("already holds a project");
        place.run(&["new", "e", "--schema", "entities"]).ends(0);
        assert!(place.text("e/schema.ron").contains("entities"));
        place.run(&["new", "f", "--schema", "e/schema.ron"]).ends(0);
        assert_eq!(place.read("f/schema.ron"), place.read("e/schema.ron"));
        place.write("bad.ron", "(format: 1, name: ");
        place.run(&["new", "g", "--schema", "bad.ron"]).ends(3);
        place.run(&["new", "g", "--schema", "none.ron"]).ends(3);
        assert!(!place.path("g/postil.ron").exists());
    }

    #[test]
    fn add_copies_byte_for_byte() {
        let place = Place::with_project();
        let texts: [(&str, &[u8]); 4] = [
            ("crlf.txt", b"\xEF\xBB\xBFa\r\nb\r\n"),
            (
                "в кодировке.txt",
                b"\xCA\xE8\xE5\xE2 \xEC\xEE\xEB\xF7\xE8\xF2. \xCC\xEE\xF1\xEA\xE2\xE0 \xF2\xEE\xE6\xE5.\n",
            ),
            ("sub/deep/c.md", "# Заголовок\n".as_bytes()),
            ("sub/d.text", "é".as_bytes()),
        ];
        for (path, bytes) in texts {
            place.write(path, bytes);
        }
        place.write("sub/picture.png", b"\x89PNG");
        let ran = place.run(&["add", "crlf.txt", "в кодировке.txt", "sub", "--project", "проект 1"]).ends(0);
        let added: Vec<&str> = ran.out.lines().collect();
        assert_eq!(
            added,
            ["articles/crlf.txt", "articles/в кодировке.txt", "articles/d.text", "articles/c.md"]
        );
        for (path, bytes) in texts {
            let name = path.rsplit('/').next().unwrap();
            assert_eq!(place.read(&format!("проект 1/articles/{name}")), bytes, "{path}");
        }
        place.run(&["add", "crlf.txt", "--project", "проект 1"]).ends(0);
    }

    #[test]
    fn add_goes_on_past_what_it_cannot_read() {
        let place = Place::with_project();
        place.write("a.txt", "a");
        place.write("b.txt", "b");
        place.write("bin.txt", b"\x00\x01\x02\x00\x00\x00\xFF\x00\x00\x00");
        let ran =
            place.run(&["add", "a.txt", "gone.txt", "bin.txt", "b.txt", "--project", "проект 1"]).ends(3);
        assert_eq!(ran.out, "articles/a.txt\narticles/b.txt\n");
        assert!(ran.err.contains("gone.txt") && ran.err.contains("bin.txt"), "{}", ran.err);
        place.write("other/a.txt", "something else");
        place.run(&["add", "other/a.txt", "--project", "проект 1"]).ends(3).says("never overwritten");
        assert_eq!(place.text("проект 1/articles/a.txt"), "a");
    }

    #[test]
    fn the_project_is_the_nearest_above() {
        let place = anna();
        let deep = place.project("articles");
        let ran: cli::Ran = place.command(&deep, &["stats", "--format", "json"]).output().unwrap().into();
        assert_eq!(ran.ends(0).json()["project"], "проект 1");
    }
}

mod validation {
    use super::*;

    const FILE: &str = "проект 1/annotations/anna/a.ron";

    #[test]
    fn a_sound_project_is_0_and_one_json_document() {
        let place = two();
        let report = place.inside(&["validate", "--format", "json"]).ends(0).json();
        assert_eq!(report["errors"], 0);
        assert_eq!(
            (&report["files"], &report["articles"], &report["spans"]),
            (&json!(4), &json!(2), &json!(4))
        );
        let sarif = place.inside(&["validate", "--format", "sarif"]).ends(0).json();
        assert_eq!(sarif["version"], "2.1.0");
        place.inside(&["validate", "--format", "github"]).ends(0);
        place.run(&["validate", "проект 1", "--deny-warnings"]).ends(0);
    }

    #[test]
    fn an_article_that_changed_is_told_by_its_annotations() {
        let place = anna();
        place.write("проект 1/articles/a.txt", "Сегодня Киев молчит.");
        let report = place.inside(&["validate", "--format", "json"]).ends(1).json();
        let finding =
            report["findings"].as_array().unwrap().iter().find(|f| f["severity"] == "error").unwrap();
        assert_eq!(finding["file"], "annotations/anna/a.ron");
        assert_eq!(finding["article"], "articles/a.txt");
        // What is exported then says so.
        place
            .inside(&["export", "jsonl", "--out", "../x.jsonl"])
            .ends(1)
            .says("changed after it was annotated");
        let line: Json = serde_json::from_str(&place.text("x.jsonl")).unwrap();
        assert_eq!(line["spans"][0]["text"], "Киев", "what the file says");
    }

    #[test]
    fn a_newer_format_is_found_by_validate_and_refused_elsewhere() {
        for file in ["annotations/anna/a.ron", "schema.ron", "postil.ron"] {
            let place = anna();
            let path = format!("проект 1/{file}");
            place.write(&path, place.text(&path).replacen("format: 1", "format: 99", 1));
            let report = place.inside(&["validate", "--format", "json"]).ends(1).json();
            assert!(
                report["findings"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|f| f["file"] == file && f["severity"] == "error")
            );
            place.inside(&["export", "jsonl", "--out", "../x.jsonl"]).ends(3).answers_nothing();
            assert!(!place.path("x.jsonl").exists());
            place.inside(&["stats"]).ends(3);
        }
    }

    #[test]
    fn a_missing_article_is_an_error_and_stops_the_export() {
        let place = two();
        std::fs::remove_file(place.project("articles/a.txt")).unwrap();
        let report = place.inside(&["validate", "--format", "json"]).ends(1).json();
        assert!(codes(&report).contains(&"P010"), "{:?}", codes(&report));
        place.inside(&["export", "jsonl", "--all", "--out", "../x.jsonl"]).ends(3).says("articles/a.txt");
        assert!(!place.path("x.jsonl").exists());
    }

    #[test]
    fn warnings_count_only_when_asked() {
        let place = anna();
        place.write(FILE, place.text(FILE).replace("[(0, 4)]", "[(0, 5)]").replace("\"Киев\"", "\"Киев \""));
        let report = place.inside(&["validate", "--format", "json"]).ends(0).json();
        assert_eq!(codes(&report)[0], "P106", "{report}");
        place.inside(&["validate", "--deny-warnings"]).ends(1);
    }

    #[test]
    fn what_is_named_is_what_is_looked_at() {
        let place = two();
        for annotator in ["anna", "boris"] {
            let file = format!("проект 1/annotations/{annotator}/a.ron");
            place.write(&file, place.text(&file).replace("\"place\"", "\"planet\""));
        }
        let files = |args: &[&str], code| {
            let report = place.run(&[&["validate", "--format", "json"], args].concat()).ends(code).json();
            let findings = report["findings"].as_array().unwrap().clone();
            let mut files: Vec<String> = findings
                .iter()
                .filter(|f| f["severity"] == "error")
                .map(|f| f["file"].as_str().unwrap().to_owned())
                .collect();
            files.dedup();
            (report["files"].as_u64().unwrap(), files)
        };
        let (anna, boris) = ("annotations/anna/a.ron".to_owned(), "annotations/boris/a.ron".to_owned());
        assert_eq!(files(&["проект 1"], 1), (4, vec![anna.clone(), boris.clone()]));
        assert_eq!(files(&["проект 1/articles/a.txt"], 1), (2, vec![anna.clone(), boris.clone()]));
        assert_eq!(files(&["проект 1/articles/b.txt"], 0), (2, vec![]));
        assert_eq!(files(&["проект 1/annotations/boris"], 1), (2, vec![boris.clone()]));
        assert_eq!(files(&["проект 1/annotations/anna/a.ron"], 1), (1, vec![anna]));
        assert_eq!(files(&["--project", "проект 1", "annotations/boris/a.ron"], 1), (1, vec![boris]));
        place.write("elsewhere.txt", "x");
        place
            .run(&["validate", "elsewhere.txt", "--project", "проект 1"])
            .ends(2)
            .says("does not lie in the project");
    }

    #[test]
    fn fix_mends_what_is_safe_and_says_so() {
        let place = anna();
        let sound = place.text(FILE);
        place.write(FILE, sound.replace("[(0, 4)]", "[(0, 5)]").replace("\"Киев\"", "\"Киев \""));
        let ran = place.inside(&["validate", "--fix", "--format", "json"]).ends(0);
        assert!(ran.err.contains("P106") && ran.err.contains("Mended 1 finding."), "{}", ran.err);
        assert_eq!(codes(&ran.json()), codes(&place.inside(&["validate", "--format", "json"]).json()));
        assert_eq!(place.text(FILE), sound);
        place.inside(&["validate", "--fix"]).ends(0).says("Nothing could be mended");
    }

    #[test]
    fn fix_leaves_alone_what_a_window_has_open() {
        let place = anna();
        let spaced = place.text(FILE).replace("[(0, 4)]", "[(0, 5)]").replace("\"Киев\"", "\"Киев \"");
        place.write(FILE, &spaced);
        let lock = postil::store::SetLock::try_take(&place.project(""), "anna", "articles/a.txt").unwrap();
        place.inside(&["validate", "--fix"]).ends(0).says("open in another window");
        assert_eq!(place.text(FILE), spaced);
        place.inside(&["import", "jsonl", "../in.jsonl", "--replace"]).ends(3).says("open in another window");
        drop(lock);
        place.inside(&["validate", "--fix"]).ends(0).says("Mended 1 finding.");
    }

    #[test]
    fn explain_tells_of_every_rule_that_is_reported() {
        let place = Place::new();
        let page = place.run(&["explain", "P106"]).ends(0);
        assert!(page.err.is_empty() && page.out.contains("How to mend"), "{}", page.out);
        place.run(&["explain", "white-space-edge"]).ends(0);
        for rule in postil::validate::rules() {
            place.run(&["explain", rule.code]).ends(0);
        }
    }
}

mod exporting {
    use super::*;

    fn annotators(place: &Place, args: &[&str]) -> Vec<String> {
        place
            .inside(&[&["export", "jsonl", "--overwrite", "--out", "../x.jsonl"], args].concat())
            .ends(0)
            .answers_nothing();
        let line = |line: &str| serde_json::from_str::<Json>(line).unwrap();
        place
            .text("x.jsonl")
            .lines()
            .map(|text| {
                format!(
                    "{} {}",
                    line(text)["article"].as_str().unwrap(),
                    line(text)["annotator"].as_str().unwrap()
                )
            })
            .collect()
    }

    #[test]
    fn without_a_choice_it_is_gold_else_the_one_annotator() {
        let place = anna();
        assert_eq!(annotators(&place, &[]), ["articles/a.txt anna"]);
        place.import(&[record("a.txt", "boris", "[entity:Киев] молчит.")]).ends(0);
        place.inside(&["export", "jsonl", "--out", "../y.jsonl"]).ends(2).says("anna, boris");
        assert!(!place.path("y.jsonl").exists());
        assert_eq!(annotators(&place, &["--annotator", "boris"]), ["articles/a.txt boris"]);
        place.import(&[record("a.txt", "gold", "[entity:Киев] молчит.")]).ends(0);
        assert_eq!(annotators(&place, &[]), ["articles/a.txt gold"]);
        assert_eq!(annotators(&place, &["--gold"]), ["articles/a.txt gold"]);
        assert_eq!(
            annotators(&place, &["--annotator", "boris,anna"]),
            ["articles/a.txt anna", "articles/a.txt boris"]
        );
        assert_eq!(
            annotators(&place, &["--all"]),
            ["articles/a.txt anna", "articles/a.txt boris", "articles/a.txt gold"]
        );
    }

    #[test]
    fn lines_come_by_article_then_annotator() {
        let place = two();
        let all = annotators(&place, &["--all"]);
        assert_eq!(
            all,
            ["articles/a.txt anna", "articles/a.txt boris", "articles/b.txt anna", "articles/b.txt boris"]
        );
    }

    #[test]
    fn labels_leave_out_the_others_and_their_relations() {
        let place = Place::with_project();
        let mut line = record("a.txt", "anna", "[claim:Киев [entity:не] молчит], [claim:говорит].");
        line["relations"] = json!([
            {"id": "r1", "label": "supports", "from": "s1", "to": "s3"},
            {"id": "r2", "label": "same_as", "from": "s2", "to": "s2"},
        ]);
        line["spans"][0]["fields"]["holders"] = json!([{"mention": "s2", "how": "explicit"}]);
        place.import(&[line]).ends(0);
        place
            .inside(&["export", "jsonl", "--out", "../x.jsonl", "--labels", "claim"])
            .ends(0)
            .says("1 field links");
        let out: Json = serde_json::from_str(&place.text("x.jsonl")).unwrap();
        let ids: Vec<&Json> = out["spans"].as_array().unwrap().iter().map(|span| &span["id"]).collect();
        assert_eq!(ids, ["s1", "s3"]);
        assert_eq!(out["relations"].as_array().unwrap().len(), 1);
    }

    #[test]
    fn what_is_there_is_not_written_over_unasked() {
        let place = anna();
        place.write("x.jsonl", "mine");
        place.inside(&["export", "jsonl", "--out", "../x.jsonl"]).ends(3).says("--overwrite");
        assert_eq!(place.text("x.jsonl"), "mine");
        place.inside(&["export", "jsonl", "--out", "../x.jsonl", "--overwrite"]).ends(0);
        assert!(place.text("x.jsonl").starts_with('{'));
        place.inside(&["export", "jsonl", "--out", "..", "--overwrite"]).ends(3).says("is a folder");
        place.inside(&["export", "jsonl", "--out", "../x.jsonl/y.jsonl"]).ends(3);
        let left: Vec<_> =
            std::fs::read_dir(&place.root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| !name.to_string_lossy().starts_with('.')), "{left:?}");
    }

    #[cfg(unix)]
    #[test]
    fn a_read_only_folder_is_3() {
        use std::os::unix::fs::PermissionsExt;
        let place = anna();
        let locked = place.path("locked");
        std::fs::create_dir(&locked).unwrap();
        std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o555)).unwrap();
        if tempfile::tempfile_in(&locked).is_ok() {
            println!("left out: this user may write into read-only folders");
            return;
        }
        place.inside(&["export", "jsonl", "--out", "../locked/x.jsonl"]).ends(3).says("locked");
        place.run(&["new", "locked/p"]).ends(3);
    }

    #[test]
    fn nothing_to_export_is_said() {
        let place = Place::with_project();
        place.inside(&["export", "jsonl", "--out", "../x.jsonl"]).ends(3).says("no annotations");
    }

    /// Systems let a program hold some files open at once: 1,024 where Linux is as it came, 256 on macOS.
    #[cfg(unix)]
    #[test]
    fn more_files_go_out_and_come_in_than_may_be_open_at_once() {
        let place = Place::with_project();
        let drawn = "[entity:Киев] молчит.";
        let records: Vec<Json> = (0..260).map(|n| record(&format!("{n}.txt"), "anna", drawn)).collect();
        place.import(&records).ends(0);
        let few = |args: &[&str]| {
            let limited = ["-c", "ulimit -n 200; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_postil")];
            let mut shell = std::process::Command::new("sh");
            shell.current_dir(&place.root).args(limited).args(args);
            cli::Ran::from(shell.output().unwrap())
        };
        for format in ["brat", "xmi"] {
            few(&["export", format, "--project", "проект 1", "--out", format, "--annotator", "anna"]).ends(0);
            assert!(walk(&place.path(format)) >= 260, "{format}");
            let again = format!("again {format}");
            place.run(&["new", &again]).ends(0);
            // As where a window has been open on it: every set is locked while it is written.
            std::fs::create_dir_all(place.path(&again).join(".postil/locks")).unwrap();
            few(&["import", format, format, "--project", &again, "--annotator", "anna"]).ends(0);
            assert_eq!(walk(&place.path(&again).join("annotations/anna")), 260, "{format}");
        }
        few(&["validate", "--project", "проект 1"]).ends(0);
        few(&["stats", "--project", "проект 1"]).ends(0);
        few(&["package", "--project", "проект 1", "--out", "anna.zip"]).ends(0);
        place.run(&["new", "boris"]).ends(0);
        let taken = few(&["take-in", "anna.zip", "--project", "boris"]);
        assert!(!taken.err.contains("open files"), "{}", taken.err);
    }

    #[cfg(unix)]
    fn walk(folder: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| if path.is_dir() { walk(&path) } else { 1 }).sum()
    }
}

mod importing {
    use super::*;

    #[test]
    fn nothing_read_is_3_and_nothing_changed() {
        let place = anna();
        place.import(&[record("old.txt", "anna", "[entity:Киев]")]).ends(0);
        let before = place.everything();
        let sources: [&[u8]; 7] = [
            b"",
            b"\n\n",
            b"no json\n",
            br#"{"article":"../escape.txt","text":"x"}"#,
            br#"{"article":"/etc/escape.txt","text":"x"}"#,
            // Another text under a path that is there; a set that is there; what no article can be.
            br#"{"article":"a.txt","annotator":"new","text":"x","spans":[{"label":"strange","start":0,"end":1}]}"#,
            br#"{"article":"empty.txt","annotator":"anna","text":""}"#,
        ];
        for source in sources {
            place.write("in.jsonl", source);
            place
                .inside(&["import", "jsonl", "../in.jsonl"])
                .ends(3)
                .answers_nothing()
                .says("Nothing was imported");
            assert_eq!(place.everything(), before, "{}", String::from_utf8_lossy(source));
        }
        assert!(!place.path("escape.txt").exists());
        place.inside(&["import", "jsonl", "../absent.jsonl"]).ends(3);
    }

    #[test]
    fn a_part_read_is_1_and_what_was_left_out_is_named() {
        let place = anna();
        let ran = place
            .import(&[
                record("a.txt", "boris", "Другой текст."),
                record("b.txt", "boris", "[entity:Киев]"),
                json!({"article": "c.txt"}),
            ])
            .ends(1);
        assert!(ran.err.contains("a.txt") && ran.err.contains("line 3"), "{}", ran.err);
        assert!(
            place.project("annotations/boris/b.ron").exists()
                && !place.project("annotations/boris/a.ron").exists()
        );
    }

    #[test]
    fn what_is_there_is_replaced_only_when_asked() {
        let place = anna();
        let before = place.everything();
        let other = record("a.txt", "anna", "Киев [entity:молчит].");
        place.import(std::slice::from_ref(&other)).ends(3).says("--merge");
        assert_eq!(place.everything(), before);

        place.inside(&["import", "jsonl", "../in.jsonl", "--merge"]).ends(0);
        let merged = place.text("проект 1/annotations/anna/a.ron");
        assert!(merged.contains("\"Киев\"") && merged.contains("\"молчит\""), "{merged}");
        place.inside(&["import", "jsonl", "../in.jsonl", "--merge"]).ends(0);
        assert_eq!(place.text("проект 1/annotations/anna/a.ron"), merged, "what is there is not added again");

        place.inside(&["import", "jsonl", "../in.jsonl", "--replace"]).ends(0);
        let replaced = place.text("проект 1/annotations/anna/a.ron");
        assert!(!replaced.contains("\"Киев\"") && replaced.contains("\"молчит\""), "{replaced}");
    }

    #[test]
    fn a_broken_file_is_never_written_over() {
        let place = anna();
        let file = "проект 1/annotations/anna/a.ron";
        place.write(file, "(format: 1, article: \"articles/a.txt\", spans: [(");
        for how in ["--merge", "--replace"] {
            place.inside(&["import", "jsonl", "../in.jsonl", how]).ends(3);
        }
        assert!(place.text(file).ends_with("[("));
    }

    #[test]
    fn whose_they_are() {
        let place = Place::with_project();
        place.import(&[json!({"article": "a.txt", "text": "x"}), record("b.txt", "gold", "y")]).ends(0);
        place.inside(&["import", "jsonl", "../in.jsonl", "--annotator", "вера"]).ends(0);
        for file in ["jsonl/a.ron", "gold/b.ron", "вера/a.ron", "вера/b.ron"] {
            assert!(place.project("annotations").join(file).exists(), "{file}");
        }
    }

    #[test]
    fn what_the_project_does_not_know_is_added_and_said() {
        let place = Place::with_project();
        let line = json!({"article": "a.txt", "annotator": "anna", "text": "Киев молчит", "spans": [
            {"id": "s1", "label": "entity", "start": 0, "end": 4, "fields": {"kind": "planet", "entity": "kyiv"}},
            {"id": "s2", "label": "position", "start": 0, "end": 11, "fields": {"issues": [{"issue": "a.b", "stance": "for"}], "odd": true}},
            {"id": "s3", "label": "тишина", "start": 5, "end": 11},
        ]});
        let ran = place.import(&[line]).ends(0);
        for said in [
            "choice `planet`",
            "register entry `kyiv`",
            "codebook term `a.b`",
            "field `position.odd` (yes or no)",
            "label `тишина`",
        ] {
            assert!(ran.err.contains(said), "{said}: {}", ran.err);
        }
        let report = place.inside(&["validate", "--format", "json"]).json();
        let unknown = ["P301", "P302", "P303", "P404", "P406"];
        assert!(!codes(&report).iter().any(|code| unknown.contains(code)), "{report}");
    }

    #[test]
    fn empty_and_blank_spans_are_kept_for_validation() {
        let place = Place::with_project();
        place.import(&[record("a.txt", "anna", "Киев[entity:][entity: ]молчит")]).ends(0);
        let report = place.inside(&["validate", "--format", "json"]).ends(1).json();
        assert_eq!(report["spans"], 2);
        assert!(codes(&report).iter().any(|code| code.starts_with("P1")), "{report}");
    }

    #[test]
    fn an_article_without_an_ending_gets_one() {
        let place = Place::with_project();
        place
            .import(&[record("news/001", "anna", "[entity:Киев]")])
            .ends(0)
            .says("folder of articles `news`");
        assert!(place.project("news/001.txt").exists());
        place.inside(&["validate"]).ends(0);
    }
}

#[test]
fn stats_counts_what_there_is() {
    let place = two();
    place.write("c.txt", "Ничего.");
    place.run(&["add", "c.txt", "--project", "проект 1"]).ends(0);
    let stats = place.inside(&["stats", "--format", "json"]).ends(0).json();
    assert_eq!((&stats["articles"], &stats["unreadable"]), (&json!(3), &json!(0)));
    assert_eq!(stats["annotators"], json!(["anna", "boris"]));
    let anna = &stats["by_annotator"]["anna"];
    assert_eq!((&anna["files"], &anna["spans"], &anna["articles"]), (&json!(2), &json!(2), &json!(2)));
    assert_eq!(anna["statuses"], json!({"untouched": 1, "in_progress": 2, "done": 0, "reviewed": 0}));
    assert_eq!(anna["fields"]["entity"]["kind"], json!({"filled": 2, "of": 2}));
    assert_eq!(anna["fields"]["entity"]["literal"], json!({"filled": 0, "of": 2}));
    assert_eq!(stats["total"]["spans_by_label"], json!({"entity": 4, "position": 0, "claim": 0}));
    // Words and full stops; white space counts among the code points alone.
    assert_eq!((&anna["tokens"], &anna["code_points"]), (&json!(6), &json!(26)));
    let text = place.inside(&["stats"]).ends(0);
    assert!(text.err.is_empty() && text.out.contains("anna") && text.out.contains("100 %"), "{}", text.out);
}
