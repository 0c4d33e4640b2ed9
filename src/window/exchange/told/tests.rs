use super::*;

fn in_russian(text: &str) -> String {
    told(&Words::new(Language::Russian), text)
}

#[test]
fn a_remark_within_a_remark_is_said_with_its_place_and_in_the_plural_it_needs() {
    assert_eq!(
        in_russian("talks.jsonl: line 3: it has no `label`; the line was left out"),
        "talks.jsonl: строка 3: не указан вид метки (`label`) — строка пропущена"
    );
    let misquoted = |n: usize| {
        in_russian(&format!(
            "a.xmi: {n} spans say another text than stands at their place; they were kept with what they say"
        ))
    };
    assert!(misquoted(1).starts_with("a.xmi: У 1 метки "), "{}", misquoted(1));
    assert!(misquoted(5).starts_with("a.xmi: У 5 меток "), "{}", misquoted(5));
    assert_eq!(told(&Words::new(Language::Ukrainian), "label `PER`"), "вид позначок «PER»");
}

#[test]
fn what_nobody_has_words_for_stays_as_it_is_and_english_is_never_touched() {
    for text in ["", "something else entirely", "{ $what }", "строка"] {
        assert_eq!(in_russian(text), text);
    }
    let english = Words::new(Language::English);
    let text = "x.ann: line 2: `T1` says no place; it was left out";
    assert_eq!(told(&english, text), text);
    assert_ne!(in_russian(text), text);
}

#[test]
fn a_message_of_the_english_words_reads_as_the_program_says_it() {
    let english = Words::new(Language::English);
    for message in messages() {
        let names: Vec<&str> = message
            .pieces
            .iter()
            .filter_map(|p| if let Piece::Value(name) = p { Some(*name) } else { None })
            .collect();
        let args: Vec<(&str, Said<'_>)> = names
            .iter()
            .map(|name| (*name, if is_number(name) { Said::Count(7) } else { Said::Text("Q") }))
            .collect();
        let said = english.with(message.key, &args);
        assert!(values(&message.pieces, &said).is_some(), "{}: {said}", message.key);
        for language in [Language::Russian, Language::Ukrainian] {
            let own = Words::new(language).with(message.key, &args);
            assert!(!own.contains('$') && !own.is_empty(), "{}: {own}", message.key);
            let own_words = own.chars().any(|c| ('а'..='я').contains(&c));
            let names_alone = ["said-at"].contains(&message.key);
            assert!(own_words || names_alone, "{} is not in {}: {own}", message.key, language.code());
        }
    }
}

/// The texts in quotes of a Rust source, up to its tests, with what continues a line joined.
fn quoted(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut texts = Vec::new();
    let mut signs = source.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '/' if source[at..].starts_with("//") => while signs.next().is_some_and(|(_, c)| c != '\n') {},
            '\'' => {
                let quoted = &source[at + 1..];
                if quoted.starts_with("\\") || quoted.chars().nth(1) == Some('\'') {
                    signs.next();
                    while signs.next().is_some_and(|(_, c)| c != '\'') {}
                }
            }
            '"' => {
                let mut text = String::new();
                while let Some((_, sign)) = signs.next() {
                    match sign {
                        '"' => break,
                        '\\' => match signs.next() {
                            Some((_, '\n')) => while signs.next_if(|(_, c)| c.is_whitespace()).is_some() {},
                            Some((_, 'n')) => text.push('\n'),
                            Some((_, other)) => text.push(other),
                            None => {}
                        },
                        other => text.push(other),
                    }
                }
                texts.push(text);
            }
            _ => {}
        }
    }
    texts
}

fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && name != "tests" {
                folders.push(path);
            } else if name.ends_with(".rs") && !name.starts_with("tests") {
                found.push((path.display().to_string(), std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    found
}

#[test]
fn every_loss_that_a_format_counts_has_words() {
    let words = Words::new(Language::Ukrainian);
    let mut missing = Vec::new();
    let mut counted = 0;
    for (path, source) in sources("src/formats") {
        if path.ends_with("loss.rs") && !path.ends_with("plain_loss.rs") {
            continue;
        }
        for call in source.split("loss.add(").skip(1) {
            let texts = quoted(call.split(");").next().unwrap());
            if let Some(many) = texts.get(1) {
                counted += 1;
                if words.find(&key("loss", many), &[("n", 2.into())]).is_none() {
                    missing.push(format!("{path}: {many}"));
                }
            }
            if let Some(fate) = texts.get(2).filter(|fate| !fate.contains("{own}"))
                && words.find(&key("fate", fate), &[("n", 2.into())]).is_none()
            {
                missing.push(format!("{path}: {fate}"));
            }
        }
    }
    for own in ["stretched to whole tokens", "become one span from the first part to the last"] {
        let fate = format!("{own}; exact in doc.user_data[\"postil\"]");
        assert!(words.find(&key("fate", &fate), &[("n", 2.into())]).is_some(), "{fate}");
    }
    assert!(counted > 30, "only {counted} losses were found in the sources");
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Sources whose texts are no messages: what files are written with, and what formats are called.
const WRITERS: [&str; 12] = [
    "plain_loss.rs",
    "from_record.rs",
    "shares.rs",
    "write.rs",
    "card.rs",
    "croissant.rs",
    "graphml.rs",
    "config_text.rs",
    "conf_write.rs",
    "types.rs",
    "split/mod.rs",
    "feature.rs",
];

/// Texts that are parts of others, of which the whole is asked for elsewhere, and the log's own.
const NO_MESSAGES: [&str; 39] = [
    "could not begin to read",
    "expected a list of tasks [ … ] or a task { … }",
    "the key `{key}` of {of}",
    "JSON Lines, one line for each article and annotator; loses nothing",
    "could not read",
    "could not write",
    " at line ",
    " and ",
    "it is not an object { … }",
    "a list of tasks [ … ] or a task { … }",
    "a task is not an object { … }",
    "it was read as {}",
    "count them as they stand",
    "count them as one",
    "its text has line ends that are not LF; the offsets {counted} and were mapped",
    "names no trigger",
    "has a role without target",
    "is no relation of two arguments",
    "is no attribute",
    "is no reference `DATABASE:ENTRY`",
    "is a note on nothing",
    "a map of categories",
    "groups of spans",
    "begin document ",
    "nobody in particular",
    "set of annotations",
    "sets of annotations",
    " of the field `{field}`",
    "text in a field",
    "texts in fields",
    "link of a field",
    "links of fields",
    " to spans that were left out, which stays and leads nowhere",
    "the record of import {number} could not be removed: {error}",
    "the plan of the import was lost: {error}",
    "a relation's definition",
    "a value of JSON",
    "any valid JSON value",
    "corrupt deflate stream",
];

#[test]
fn every_message_of_reading_and_of_the_plan_has_words() {
    let words = Words::new(Language::Ukrainian);
    let mut missing = Vec::new();
    let mut read = 0;
    for (path, source) in sources("src/formats").into_iter().chain(sources("src/session/exchange/importing"))
    {
        if WRITERS.iter().any(|writer| path.ends_with(writer)) || path.ends_with("loss.rs") {
            continue;
        }
        // What formats are called, and what they lose, is asked for elsewhere.
        let source = source.split("loss.add(").next().unwrap_or_default();
        let is_name = path.ends_with("mod.rs");
        let path = path.rsplit("src/").next().unwrap_or_default().to_owned();
        for text in quoted(source) {
            // What is put in stands for anything.
            let mut said = String::new();
            let mut rest = text.as_str();
            while let Some((before, after)) = rest.split_once('{') {
                said.push_str(before);
                match after.split_once('}') {
                    Some((_, after)) => {
                        said.push('7');
                        rest = after;
                    }
                    None => rest = "",
                }
            }
            said.push_str(rest);
            let is_message =
                said.split(' ').filter(|word| word.chars().all(|c| c.is_ascii_lowercase())).count() >= 3;
            let is_name = is_name && !said.contains(['7', ';', '`']);
            if !is_message
                || is_name
                || said.starts_with("    ")
                || said.contains(['<', '#', '\n'])
                || NO_MESSAGES.contains(&text.as_str())
            {
                continue;
            }
            read += 1;
            if told(&words, &said) == said {
                missing.push(format!("{path}: {text}"));
            }
        }
    }
    for whole in [
        "it is not an object { … }",
        "its text has line ends that are not LF; the offsets count them as one and were mapped",
        "`T1` names no trigger",
        "3 texts in fields",
    ] {
        assert_ne!(told(&words, whole), whole);
    }
    assert!(read > 150, "only {read} messages were found in the sources");
    assert!(missing.is_empty(), "{missing:#?}");
}
