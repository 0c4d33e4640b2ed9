//! The documentation against the program: every link leads somewhere, every command that is named exists, the README’s first five
//! minutes go as it says.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages at the root and under `docs/`, as paths relative to the root, with what is in them.
fn pages() -> Vec<(PathBuf, String)> {
    let mut folders = vec![PathBuf::new(), PathBuf::from("docs")];
    let mut pages = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in root().join(&folder).read_dir().unwrap() {
            let entry = entry.unwrap();
            let path = folder.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                if folder.starts_with("docs") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|ending| ending == "md") {
                pages.push((path, std::fs::read_to_string(entry.path()).unwrap()));
            }
        }
    }
    pages.sort();
    assert!(pages.len() >= 8, "{pages:?}");
    pages
}

/// The text without its fenced blocks, whose brackets are no links.
fn without_blocks(text: &str) -> String {
    let mut inside = false;
    let kept = text.lines().filter(|line| {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        !inside && !fence
    });
    kept.collect::<Vec<_>>().join("\n")
}

/// The names by which headings of a page are linked to: small letters, spaces as hyphens, other signs left out.
fn anchors(text: &str) -> BTreeSet<String> {
    let slug = |heading: &str| -> String {
        let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    let text = without_blocks(text);
    text.lines().filter(|line| line.starts_with('#')).map(|line| slug(line.trim_start_matches('#'))).collect()
}

/// The links of a page that lead nowhere.
fn broken_links(page: &Path, text: &str) -> Vec<String> {
    let link = Regex::new(r"\]\(([^)\s]+)\)").unwrap();
    let text = without_blocks(text);
    let mut broken = Vec::new();
    for found in link.captures_iter(&text) {
        let target = &found[1];
        if target.contains("://") || target.starts_with("mailto:") {
            continue;
        }
        let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
        let path = match file {
            "" => page.to_owned(),
            _ => page.parent().unwrap().join(file),
        };
        // Pictures are made from the running program, after the pages.
        if path.starts_with("docs/pictures") {
            continue;
        }
        let there = root().join(&path);
        if !there.exists() {
            broken.push(format!("{}: {target}: there is no such file", page.display()));
        } else if !anchor.is_empty() && !anchors(&std::fs::read_to_string(there).unwrap()).contains(anchor) {
            broken.push(format!("{}: {target}: there is no such heading", page.display()));
        }
    }
    broken
}

#[test]
fn every_link_leads_somewhere() {
    let broken: Vec<String> = pages().iter().flat_map(|(page, text)| broken_links(page, text)).collect();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn a_link_that_leads_nowhere_is_noticed() {
    let page = Path::new("docs/commands.md");
    let text = "[a](nowhere.md) [b](rules.md) [c](#exit-codes) [d](#no-such) [e](../README.md#no-such) [f](https://example.org)";
    let broken = broken_links(page, text);
    assert_eq!(broken.len(), 3, "{broken:?}");
    assert!(broken[0].contains("nowhere.md") && broken[1].contains("#no-such"));
}

/// The words that stand behind `postil` at the beginning of a line of a block or of a piece of code.
fn named_commands(text: &str) -> BTreeSet<String> {
    let named = Regex::new(r"(?m)(?:^|`)postil ([a-z]+)(?:[\s`]|$)").unwrap();
    named.captures_iter(text).map(|found| found[1].to_owned()).collect()
}

fn help(arguments: &[&str]) -> String {
    let ran = Command::new(env!("CARGO_BIN_EXE_postil")).args(arguments).output().unwrap();
    assert!(ran.status.success(), "{arguments:?}");
    String::from_utf8(ran.stdout).unwrap()
}

fn commands() -> BTreeSet<String> {
    let help = help(&["--help"]);
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let name = Regex::new(r"^  ([a-z]+)  ").unwrap();
    let listed = listed
        .take_while(|line| !line.is_empty())
        .filter_map(|line| Some(name.captures(line)?[1].to_owned()));
    let commands: BTreeSet<String> = listed.filter(|name| name != "help").collect();
    assert!(commands.contains("validate"), "{help}");
    commands
}

#[test]
fn every_command_that_is_named_exists() {
    let commands = commands();
    // A folder of the examples.
    let paths = ["talks"];
    // Advice of the rules that this version cannot follow yet.
    let later: [(&str, &str); 0] = [];
    for (page, text) in pages() {
        for name in named_commands(&text) {
            let known = commands.contains(&name) || paths.contains(&name.as_str());
            let excused = later.iter().any(|(there, later)| page == Path::new(there) && name == *later);
            assert!(known || excused, "{}: `postil {name}` is no command", page.display());
        }
    }
}

#[test]
fn every_command_and_option_is_described() {
    let page = std::fs::read_to_string(root().join("docs/commands.md")).unwrap();
    let option = Regex::new(r"(?m)^ +(?:-\w, )?(--[a-z-]+)").unwrap();
    for name in commands() {
        let heading = format!("## `postil {name}`");
        let section = page.split_once(&heading).unwrap_or_else(|| panic!("there is no `{heading}`")).1;
        let section = section.split("\n## ").next().unwrap();
        let help = help(&[&name, "--help"]);
        for found in option.captures_iter(&help).filter(|found| &found[1] != "--help") {
            assert!(section.contains(&found[1]), "{heading} says nothing of {}", &found[1]);
        }
    }
}

/// The README's first five minutes, key by key.
#[cfg(feature = "gui")]
#[test]
fn the_first_five_minutes_go_as_the_readme_says() {
    use egui::{Key, Modifiers, PointerButton, vec2};
    use postil::window::{App, offscreen::Stage};
    use std::sync::Arc;

    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("sample");
    postil::session::sample::write(&root).unwrap();
    let app = App::new(None, Arc::new(|| {}));
    let mut stage = Stage::new(vec2(1280.0, 800.0), 1.0, app, |ui, app: &mut App| app.ui(ui));
    stage.app_mut().open_project(&root, None);
    stage.settle();
    let article = stage.app().session().unwrap().open.as_ref().unwrap().desk.article.clone();
    assert_eq!(article.title(), "The last line on the map");

    let click = |stage: &mut Stage<App>, words: &str, count: usize| {
        let byte = article.text.as_str().find(words).unwrap() + 1;
        stage.app_mut().view_mut().reveal(byte, true);
        stage.settle();
        let at = stage.app().view().caret_rect(byte).unwrap().center() + vec2(3.0, 0.0);
        stage.click(at, PointerButton::Primary, count);
    };
    let press = |stage: &mut Stage<App>, keys: &[Key]| {
        for key in keys {
            stage.key(*key, Modifiers::NONE);
        }
    };
    let tagged = |stage: &Stage<App>| {
        let desk = &stage.app().session().unwrap().open.as_ref().unwrap().desk;
        let span = desk.span(stage.app().selected().unwrap()).unwrap();
        (span.label.clone(), serde_json::to_value(&span.fields).unwrap())
    };

    click(&mut stage, "Ukraine will not give", 2);
    press(&mut stage, &[Key::E, Key::O]);
    stage.text("ukr");
    press(&mut stage, &[Key::Enter]);
    let (label, fields) = tagged(&stage);
    assert_eq!(label, "entity");
    assert_eq!(fields, serde_json::json!({"kind": "organisation", "entity": "ukraine"}));

    click(&mut stage, "part of Donbas that", 3);
    press(&mut stage, &[Key::P, Key::H]);
    stage.text("ukr");
    press(&mut stage, &[Key::Enter, Key::E, Key::I]);
    stage.text("donbas");
    press(&mut stage, &[Key::Enter, Key::A, Key::A, Key::R]);
    let (label, fields) = tagged(&stage);
    assert_eq!(label, "position");
    assert_eq!(
        fields,
        serde_json::json!({
            "holders": [{"mention": "s1", "entity": "ukraine", "how": "explicit"}],
            "issues": [{"issue": "territory.donbas", "stance": "against"}],
            "act": "reject",
        })
    );

    click(&mut stage, "neither the Kremlin", 3);
    press(&mut stage, &[Key::C, Key::F, Key::H, Key::Tab, Key::A]);
    let (label, fields) = tagged(&stage);
    assert_eq!(label, "claim");
    assert_eq!(fields, serde_json::json!({"holders": [{"how": "author"}], "kind": "fact"}));
}
