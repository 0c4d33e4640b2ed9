//! Findings in the user's language: `finding-<rule>` and `fix-<rule>` of the words, their pieces by the schema's and the lists' titles.

use crate::model::{FieldDef, FieldKind, FieldPath, Fields, Value};
use crate::validate::Finding;
use crate::window::describe::Describer;
use crate::window::panel::Panel;
use crate::window::words::Said;

/// The pieces that are numbers and may choose a plural form. Others may look like one (the id `007`) and must stay as they are.
const COUNTS: [&str; 12] = [
    "count",
    "end",
    "length",
    "now",
    "spans",
    "start",
    "tagged",
    "then",
    "times",
    "unset",
    "untagged",
    "usual_times",
];

/// A finding's message in the user's language: `finding-<rule>` of the words, else as the rule says it.
pub fn message(finding: &Finding, panel: &Panel<'_>) -> String {
    said(finding, panel, "finding").unwrap_or_else(|| finding.message())
}

/// What a finding's fix does, in the user's language: `fix-<rule>` of the words, else as the rule says it; `None` without a fix.
pub fn fix_title(finding: &Finding, panel: &Panel<'_>) -> Option<String> {
    let fix = finding.fix.as_ref()?;
    Some(said(finding, panel, "fix").unwrap_or_else(|| fix.title.clone()))
}

fn said(finding: &Finding, panel: &Panel<'_>, what: &str) -> Option<String> {
    let describer = panel.describer();
    let shown: Vec<(&str, String)> = finding
        .args
        .iter()
        .map(|(name, text)| {
            let titled = describer.as_ref().and_then(|describer| titled(describer, finding, name, text));
            (name, titled.unwrap_or_else(|| text.to_owned()))
        })
        .collect();
    let args: Vec<(&str, Said<'_>)> = shown
        .iter()
        .map(|(name, text)| {
            let count = text.parse().ok().filter(|_| COUNTS.contains(name));
            (*name, count.map_or(Said::Text(text.as_str()), Said::Count))
        })
        .collect();
    panel.words.find(&format!("{what}-{}", finding.rule), &args)
}

/// A piece of a message by the title it goes by in the window, if it has one.
fn titled(describer: &Describer<'_>, finding: &Finding, name: &str, text: &str) -> Option<String> {
    let (schema, language) = (describer.schema, describer.language);
    let each = |title: &dyn Fn(&str) -> Option<String>| {
        let titles = text.split(", ").map(|one| title(one).unwrap_or_else(|| one.to_owned()));
        titles.collect::<Vec<_>>().join(", ")
    };
    let label = |label: &str| Some(schema.label(label)?.title(language).to_owned());
    let term = |id: &str| Some(describer.codebook.get(id)?.title(language).to_owned());
    let entity = |id: &str| Some(describer.register.get(id)?.title(language).to_owned());
    match name {
        "path" | "first" => Some(field(describer, finding, text)?.0),
        "label" if finding.relation.is_some() => Some(schema.relation(text)?.title(language).to_owned()),
        "label" | "other_label" | "from" | "to" => label(text),
        "allowed" if finding.rule == "wrong-link-label" => Some(each(&label)),
        "issue" => term(text),
        "successors" | "branch" => Some(each(&term)),
        "actor" | "entity" => entity(text),
        "choices" | "kind" | "registered" => {
            let path = finding.path.as_ref()?.to_string();
            let choices = field(describer, finding, &path)?.1?.choices()?;
            let choice = |word: &str| {
                let choice = choices.iter().find(|choice| choice.name == word)?;
                Some(choice.title(language).to_owned())
            };
            Some(each(&choice))
        }
        _ => None,
    }
}

/// A field named as in `holders[2].how` by titles: "Holders 2 › How", and the field it leads to. A place in a list of one goes
/// without saying. Fields that the schema does not know keep their names.
fn field<'a>(
    describer: &'a Describer<'_>,
    finding: &Finding,
    path: &str,
) -> Option<(String, Option<&'a FieldDef>)> {
    let (mut defs, fields) = fields_of(describer, finding)?;
    let (mut titles, mut at, mut last) = (Vec::new(), FieldPath::root(), None);
    for step in path.split('.') {
        let (name, place) = match step.strip_suffix(']').and_then(|step| step.rsplit_once('[')) {
            Some((name, place)) => (name, place.parse::<usize>().ok()),
            None => (step, None),
        };
        at = at.then(name);
        last = defs.iter().find(|def| def.name == name);
        let title = last.map_or(name, |def| def.title(describer.language));
        let is_alone = matches!(fields.at(&at), Some(Value::List(items)) if items.len() < 2);
        titles.push(match place.filter(|_| !is_alone) {
            Some(place) => format!("{title} {place}"),
            None => title.to_owned(),
        });
        if let Some(place) = place.and_then(|place| place.checked_sub(1)) {
            at = at.item(place);
        }
        defs = last.map_or(&[], |def| record_of(&def.kind));
    }
    Some((titles.join(" › "), last))
}

/// The fields a finding is about: a span's, a relation's or the article's.
fn fields_of<'a>(describer: &'a Describer<'_>, finding: &Finding) -> Option<(&'a [FieldDef], &'a Fields)> {
    let (schema, set) = (describer.schema, describer.set);
    match (&finding.span, &finding.relation) {
        (_, Some(id)) => {
            let relation = set.relation(id)?;
            Some((&schema.relation(&relation.label)?.fields, &relation.fields))
        }
        (Some(id), None) => {
            let span = set.get(id)?;
            Some((schema.fields_of(&span.label), &span.fields))
        }
        (None, None) => Some((&schema.article_fields, &set.fields)),
    }
}

fn record_of(kind: &FieldKind) -> &[FieldDef] {
    match kind {
        FieldKind::Record(defs) => defs,
        FieldKind::Either(kinds) => kinds.iter().map(record_of).find(|defs| !defs.is_empty()).unwrap_or(&[]),
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::{Fix, Fixability, rules};
    use crate::window::panels::trial::Trial;
    use crate::window::words::{Language, Words};
    use std::collections::{BTreeMap, BTreeSet};

    /// The messages of a language by their keys, each with its variants.
    fn messages(language: Language) -> BTreeMap<&'static str, String> {
        let source = match language {
            Language::English => include_str!("../../../assets/words/en/findings.ftl"),
            Language::Russian => include_str!("../../../assets/words/ru/findings.ftl"),
            Language::Ukrainian => include_str!("../../../assets/words/uk/findings.ftl"),
        };
        let mut messages = BTreeMap::new();
        let mut key = None;
        for line in source.lines() {
            if let Some((name, text)) = line.split_once(" = ").filter(|_| line.starts_with('f')) {
                assert!(messages.insert(name, text.to_owned()).is_none(), "{name} stands twice");
                key = Some(name);
            } else if line.starts_with('#') || line.is_empty() {
                key = None;
            } else if let Some(text) = key.and_then(|key| messages.get_mut(key)) {
                *text += "\n";
                *text += line;
            }
        }
        messages
    }

    /// The names behind an opening sign: `$` in the words, `{` in the rules' templates.
    fn pieces(text: &str, sign: char) -> BTreeSet<&str> {
        text.split(sign)
            .skip(1)
            .map(|rest| rest.split(|c: char| !c.is_ascii_alphabetic() && c != '_').next().unwrap_or_default())
            .collect()
    }

    #[test]
    fn every_rule_is_said_in_every_language_and_nothing_else_is() {
        let findings: BTreeSet<String> =
            rules().iter().map(|rule| format!("finding-{}", rule.name)).collect();
        let fixes = rules().iter().filter(|rule| rule.fixable != Fixability::Never);
        let fixes: BTreeSet<String> = fixes.map(|rule| format!("fix-{}", rule.name)).collect();
        let wanted: BTreeSet<&str> = findings.iter().chain(&fixes).map(String::as_str).collect();
        for language in Language::ALL {
            let there = messages(language);
            let there: BTreeSet<&str> = there.keys().copied().collect();
            let missing: Vec<_> = wanted.difference(&there).collect();
            let surplus: Vec<_> = there.difference(&wanted).collect();
            assert!(
                missing.is_empty() && surplus.is_empty(),
                "{}: lacks {missing:?}, has {surplus:?}",
                language.code()
            );
        }
    }

    #[test]
    fn messages_use_only_what_their_rule_gives() {
        // That a rule gives every piece of its template is tested with the rules.
        for rule in rules() {
            let given = pieces(rule.message, '{');
            for language in Language::ALL {
                let messages = messages(language);
                for key in [format!("finding-{}", rule.name), format!("fix-{}", rule.name)] {
                    let used = messages.get(key.as_str()).map(|text| pieces(text, '$')).unwrap_or_default();
                    let strange: Vec<_> = used.difference(&given).collect();
                    assert!(strange.is_empty(), "{}: {key} uses {strange:?}", language.code());
                }
            }
        }
    }

    #[test]
    fn the_languages_say_the_same() {
        let english = messages(Language::English);
        for language in Language::ALL {
            for (key, text) in messages(language) {
                let (own, theirs) = (pieces(&text, '$'), pieces(&english[key], '$'));
                assert_eq!(own, theirs, "{}: {key}", language.code());
            }
        }
    }

    #[test]
    fn messages_come_out_whole() {
        for language in Language::ALL {
            let words = Words::new(language);
            for rule in rules() {
                let args: Vec<(&str, Said<'_>)> =
                    pieces(rule.message, '{').into_iter().map(|name| (name, "x".into())).collect();
                let text = words.find(&format!("finding-{}", rule.name), &args).unwrap();
                assert!(!text.contains(['{', '}', '$', '\n', '"']), "{}: {text}", language.code());
                let two_sentences = text.contains(". ") && text.ends_with('.');
                assert!(two_sentences || text.contains(": "), "{} says not what to do: {text}", rule.name);
            }
        }
    }

    #[test]
    fn what_is_not_english_is_written_in_its_own_letters() {
        let of = |language| messages(language).into_values().collect::<String>();
        let (russian, ukrainian) = (of(Language::Russian), of(Language::Ukrainian));
        assert!(!russian.contains(['і', 'ї', 'є', 'ґ', '’', '“']), "Ukrainian letters in Russian");
        assert!(!ukrainian.contains(['ы', 'э', 'ъ', 'ё', '“']), "Russian letters in Ukrainian");
    }

    fn finding(
        rule: &'static str,
        span: Option<&str>,
        path: Option<FieldPath>,
        args: &[(&'static str, &str)],
    ) -> Finding {
        let mut finding = Trial::new().open().findings[0].clone();
        finding.rule = rule;
        finding.span = span.map(Into::into);
        finding.path = path.map(Into::into);
        finding.args = args.iter().copied().collect();
        finding
    }

    #[test]
    fn counts_choose_the_plural_and_ids_stay_as_they_are() {
        let trial = Trial::new();
        let spans = |n| {
            let finding = finding("article-missing", None, None, &[("article", "a"), ("spans", n)]);
            message(&finding, &trial.panel())
        };
        assert!(spans("1").contains("1 метка "), "{}", spans("1"));
        assert!(spans("3").contains("3 метки "), "{}", spans("3"));
        assert!(spans("11").contains("11 меток "), "{}", spans("11"));
        let relation = finding("duplicate-relation-id", None, None, &[("relation", "007")]);
        assert!(message(&relation, &trial.panel()).contains(" 007"));
    }

    #[test]
    fn fields_and_labels_go_by_their_titles() {
        let mut trial = Trial::new();
        let schema = trial.open().desk.schema.clone();
        let def = schema.fields_of("position").iter().find(|def| def.name == "act").unwrap();
        let args = [("path", "act"), ("field", "act"), ("owner", "span s2")];
        let unset = finding("required-unset", Some("s2"), Some(FieldPath::field("act")), &args);
        for language in Language::ALL {
            trial.language(language);
            let text = message(&unset, &trial.panel());
            assert!(text.starts_with(def.title(language.code())), "{text}");
        }
        trial.language(Language::Russian);
        let args = [("span", "s2"), ("surface", "слово"), ("label", "position"), ("other", "s3")];
        let copy = finding("duplicate-span", Some("s2"), None, &args);
        let title = schema.label("position").unwrap().title("ru");
        assert!(message(&copy, &trial.panel()).contains(title));
    }

    #[test]
    fn places_in_a_list_are_told_where_there_are_several() {
        let mut trial = Trial::new();
        let path = FieldPath::field("issues").item(1).then("stance");
        let args = [("path", "issues[2].stance"), ("field", "stance"), ("owner", "span s2"), ("issue", "x")];
        let unset = finding("stance-unset", Some("s2"), Some(path), &args);
        let record = || Value::Record(Fields::default());
        let mut with = |records| {
            let issues = Some(Value::List(records));
            trial.open().desk.set_field(&"s2".into(), &FieldPath::field("issues"), issues, None).unwrap();
            message(&unset, &trial.panel())
        };
        let (alone, together) = (with(vec![record()]), with(vec![record(), record()]));
        assert!(alone.contains(" › Отношение:") && !alone.contains('2'), "{alone}");
        assert!(together.contains(" 2 › Отношение:"), "{together}");
    }

    #[test]
    fn words_of_choices_and_lists_go_by_their_titles() {
        let mut trial = Trial::new();
        trial.language(Language::Ukrainian);
        let path = FieldPath::field("issues").item(0).then("stance");
        let args = [("path", "issues[1].stance"), ("value", "pro"), ("choices", "for, against")];
        let unknown = finding("unknown-choice", Some("s2"), Some(path), &args);
        assert!(message(&unknown, &trial.panel()).ends_with("цих: за, проти."));
        let args =
            [("path", "x"), ("value", "kyiv"), ("kind", "place"), ("entity", "kyiv"), ("registered", "x")];
        let differs = finding("kind-differs", Some("s1"), Some(FieldPath::field("kind")), &args);
        assert!(message(&differs, &trial.panel()).contains("«Kyiv»"));
    }

    #[test]
    fn a_field_unknown_to_the_schema_keeps_its_name_and_its_place() {
        let trial = Trial::new();
        let args = [("path", "holdrs[2].how"), ("field", "how"), ("owner", "span s2")];
        let unknown = finding("unknown-field", Some("s2"), None, &args);
        let text = message(&unknown, &trial.panel());
        assert!(text.starts_with("holdrs 2 › how"), "{text}");
    }

    #[test]
    fn a_fix_goes_by_its_rule_or_else_by_its_own_title() {
        let trial = Trial::new();
        let mut space = finding("white-space-edge", Some("s2"), None, &[]);
        assert_eq!(fix_title(&space, &trial.panel()), None);
        space.fix = Some(Fix { title: "Leave it out".into(), changes: Vec::new(), safe: true }.into());
        assert_eq!(fix_title(&space, &trial.panel()).as_deref(), Some("Убрать пробелы по краям метки"));
        space.rule = "trial-space";
        assert_eq!(fix_title(&space, &trial.panel()).as_deref(), Some("Leave it out"));
    }
}
