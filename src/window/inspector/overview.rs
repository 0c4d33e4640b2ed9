//! What the inspector shows while no span is selected: how far the work is, what has been tagged, and how to tag.

use egui::{Id, RichText, Ui};

use super::form::{Form, Owner, key_cap};
use super::span::label_chip;
use super::state::{Counts, State};
use super::toggle::{Toggle, ToggleRow};
use crate::model::{FieldPath, SpanSnapshot, Status};
use crate::session::{Edit, OpenArticle};
use crate::window::look;
use crate::window::panel::Panel;

/// The words for a status.
fn status_word(status: Status) -> &'static str {
    match status {
        Status::Untouched => "status-untouched",
        Status::InProgress => "status-in-progress",
        Status::Done => "status-done",
        Status::Reviewed => "status-reviewed",
    }
}

/// The article as a whole.
pub(super) fn show(ui: &mut Ui, panel: &Panel<'_>, open: &OpenArticle, state: &mut State) {
    let desk = &open.desk;
    let set = &desk.workspace.set;
    ui.label(RichText::new(desk.article.title()).family(look::bold()).size(15.0));
    ui.label(
        RichText::new(panel.with("count-spans", &[("n", set.len().into())])).color(panel.tokens.text_soft),
    );
    ui.add_space(8.0);

    let heading = panel.say("inspector-status");
    ui.label(RichText::new(&heading).family(look::bold()));
    let toggles: Vec<Toggle> = Status::ALL
        .iter()
        .map(|status| Toggle {
            title: panel.words.say(status_word(*status)),
            on: set.status == *status,
            ..Toggle::default()
        })
        .collect();
    let row = ToggleRow {
        id: Id::unique(("inspector", "status")),
        name: &heading,
        several: false,
        editable: panel.may_edit(),
        focus: state.aim.take_if(|aim| *aim == super::state::Aim::First).is_some(),
        tokens: panel.tokens,
    };
    if let Some(picked) = row.show(ui, &toggles)
        && !toggles[picked.place].on
    {
        panel.edit(Edit::SetStatus { status: Status::ALL[picked.place] });
    }
    ui.add_space(12.0);

    counts(ui, panel, open, state);
    ui.add_space(12.0);
    hint(ui, panel, open);

    if !desk.schema.article_fields.is_empty()
        && let Some(describer) = panel.describer()
    {
        ui.add_space(12.0);
        ui.separator();
        let mut form = Form {
            panel: *panel,
            desk,
            describer,
            owner: Owner::Article,
            fields: &set.fields,
            near: None,
            findings: open.findings.of_article().collect(),
            editable: panel.may_edit(),
            state,
        };
        form.fields(ui, &desk.schema.article_fields, &FieldPath::root(), &set.fields);
    }
}

fn counts(ui: &mut Ui, panel: &Panel<'_>, open: &OpenArticle, state: &mut State) {
    let schema = &open.desk.schema;
    let set = &open.desk.workspace.set;
    egui::Grid::new("inspector counts").num_columns(3).min_col_width(0.0).spacing([8.0, 6.0]).show(
        ui,
        |ui| {
            for (name, count) in of_labels(open, state) {
                let label = schema.label(name);
                match label.and_then(|l| l.key.as_ref()) {
                    Some(key) => key_cap(ui, key, panel.tokens),
                    None => drop(ui.label("")),
                }
                label_chip(ui, panel, name, label.map_or(name, |l| l.title(panel.words.code())));
                ui.label(count.to_string());
                ui.end_row();
            }
            if set.relation_count() > 0 {
                ui.label("");
                ui.label(panel.say("inspector-relations"));
                ui.label(set.relation_count().to_string());
                ui.end_row();
            }
        },
    );
}

/// How many spans of each label there are: the schema's labels in order, then labels it does not know. After a change only what became
/// other is counted, because a long article has very many spans and frames are short.
fn of_labels<'s>(open: &OpenArticle, state: &'s mut State) -> impl Iterator<Item = (&'s str, usize)> {
    let set = &open.desk.workspace.set;
    let (article, generation) = (open.desk.article.path.clone(), set.generation());
    let labels = &open.desk.schema.labels;
    let known = state.counts.take_if(|c| {
        c.article == article
            && labels.iter().map(|l| &l.name).eq(c.of_labels.iter().take(labels.len()).map(|c| &c.0))
            // Labels that left the schema, when an import was taken back, and that no span has.
            && c.of_labels.iter().skip(labels.len()).all(|c| c.1 > 0)
    });
    let mut counts = known.unwrap_or_else(|| Counts {
        article,
        // Of nothing yet: no set is so old.
        generation: u64::MAX,
        counted: SpanSnapshot::default(),
        of_labels: labels.iter().map(|l| (l.name.clone(), 0)).collect(),
    });
    if counts.generation != generation {
        let of_labels = &mut counts.of_labels;
        set.changed_since(&counts.counted, |span, here| {
            let known = of_labels.iter().position(|(label, _)| *label == span.label);
            let known = known.unwrap_or_else(|| {
                of_labels.push((span.label.clone(), 0));
                of_labels.len() - 1
            });
            let count = &mut of_labels[known].1;
            *count = if here { *count + 1 } else { count.saturating_sub(1) };
        });
        let known = labels.len();
        let mut place = 0;
        of_labels.retain(|(_, count)| {
            place += 1;
            place <= known || *count > 0
        });
        counts.generation = generation;
        counts.counted = set.span_snapshot();
    }
    state.counts.insert(counts).of_labels.iter().map(|(label, count)| (label.as_str(), *count))
}

/// How to tag, with the keys that the schema has.
fn hint(ui: &mut Ui, panel: &Panel<'_>, open: &OpenArticle) {
    let soft = |words: String| RichText::new(words).color(panel.tokens.text_soft);
    if let Some(why) = super::why_read_only(panel) {
        ui.label(soft(why));
        return;
    }
    let keys: Vec<String> =
        open.desk.schema.labels.iter().filter_map(|l| Some(l.key.as_ref()?.to_uppercase())).collect();
    ui.label(soft(match keys.split_last() {
        None => panel.say("inspector-hint-no-keys"),
        Some((only, [])) => panel.with("inspector-hint-one", &[("key", only.into())]),
        Some((last, others)) => {
            let others = others.join(", ");
            panel.with("inspector-hint", &[("keys", (&others).into()), ("last", last.into())])
        }
    }));
    if !open.desk.workspace.set.is_empty() {
        ui.label(soft(panel.say("inspector-hint-select")));
    }
}
