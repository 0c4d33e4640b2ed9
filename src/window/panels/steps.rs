//! Steps of the history in words: "Tagged «…» as position".

use super::signs::status_word;
use crate::model::{Change, FieldDef, FieldKind, Schema, Status, Transaction};
use crate::window::describe::clipped;
use crate::window::panel::Panel;
use crate::window::words::Said;

/// What a step did, in the user's language.
pub fn step_words(panel: &Panel<'_>, step: &Transaction) -> String {
    let language = panel.words.code();
    let empty = Schema::empty("");
    let schema = panel.session.map_or(&empty, |s| &*s.schema);
    let label = step.changes.iter().find_map(|change| label_of(change, schema, language)).unwrap_or_default();
    let spans = step.changes.iter().filter(|c| matches!(c, Change::Span(b) if b.after.is_none())).count();
    let (mut about, mut field) = (step.about.clone(), String::new());
    match step.what.as_str() {
        "set-field" => {
            let (path, surface) = step.about.split_once(" · ").unwrap_or((&step.about, ""));
            let defs = step.changes.iter().find_map(|change| match change {
                Change::Span(b) => b.after.as_ref().or(b.before.as_ref()).map(|s| schema.fields_of(&s.label)),
                _ => None,
            });
            field = field_title(defs.unwrap_or_default(), path, language);
            about = surface.to_owned();
        }
        "article-field" => field = field_title(&schema.article_fields, &step.about, language),
        "status" => {
            if let Some(status) = Status::from_name(&step.about) {
                about = panel.say(status_word(status));
            }
        }
        _ => {}
    }
    let about = clipped(&about.replace('\n', " "), 60);
    let values = [
        ("about", Said::Text(&about)),
        ("label", Said::Text(&label)),
        ("field", Said::Text(&field)),
        ("n", Said::Count(spans)),
    ];
    let key = format!("step-{}", step.what);
    panel.words.find(&key, &values).unwrap_or_else(|| panel.words.with("step-other", &values))
}

fn label_of(change: &Change, schema: &Schema, language: &str) -> Option<String> {
    match change {
        Change::Span(b) => {
            let name = &b.after.as_ref().or(b.before.as_ref())?.label;
            Some(schema.label(name).map_or(name.as_str(), |l| l.title(language)).to_owned())
        }
        Change::Relation(b) => {
            let name = &b.after.as_ref().or(b.before.as_ref())?.label;
            Some(schema.relation(name).map_or(name.as_str(), |r| r.title(language)).to_owned())
        }
        _ => None,
    }
}

/// The titles along a path such as `issues[0].stance`: "Issues › Stance".
fn field_title(defs: &[FieldDef], path: &str, language: &str) -> String {
    let mut defs = defs;
    let mut titles: Vec<&str> = Vec::new();
    for step in path.split(['.', '[', ']']).filter(|s| !s.is_empty() && s.parse::<usize>().is_err()) {
        match defs.iter().find(|d| d.name == step) {
            Some(def) => {
                titles.push(def.title(language));
                defs = match &def.kind {
                    FieldKind::Record(inner) => inner,
                    _ => &[],
                };
            }
            None => titles.push(step),
        }
    }
    titles.join(" › ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::panels::trial::Trial;
    use crate::window::words::Language;

    #[test]
    fn steps_speak_the_users_language() {
        let mut trial = Trial::new();
        let said = |trial: &Trial| {
            let panel = trial.panel();
            let done = panel.open().unwrap().desk.history.done();
            done.iter().map(|t| step_words(&panel, t)).collect::<Vec<_>>()
        };
        let russian = said(&trial);
        assert_eq!(russian[0], "Отмечено «Киев» как «Сущность»");
        assert!(russian.iter().any(|s| s.starts_with("Поле «Действие»")), "{russian:#?}");
        trial.language(Language::English);
        assert_eq!(said(&trial)[0], "Tagged “Киев” as Entity");
    }

    #[test]
    fn a_path_reads_as_titles() {
        let schema = Schema::positions();
        let defs = schema.fields_of("position");
        assert_eq!(field_title(defs, "issues[0].stance", "en"), "Issues › Stance");
        assert_eq!(field_title(defs, "gone", "en"), "gone");
    }

    #[test]
    fn every_kind_of_step_has_its_words() {
        let trial = Trial::new();
        for what in [
            "tag",
            "relabel",
            "remove",
            "set-field",
            "note",
            "move-edge",
            "add-part",
            "remove-part",
            "reshape",
            "relate",
            "change-relation",
            "remove-relation",
            "status",
            "article-field",
            "create-entity",
            "create-term",
            "fix",
            "other",
        ] {
            assert!(trial.words.find(&format!("step-{what}"), &[]).is_some(), "{what}");
        }
    }
}
