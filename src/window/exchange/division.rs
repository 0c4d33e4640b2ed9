//! How articles would be divided into parts for training and testing: a table of what each part gets.

use std::collections::BTreeSet;

use egui::{Align, Layout, RichText, Ui};

use crate::formats::SplitPart;
use crate::window::look::bold;
use crate::window::panel::Panel;

/// How wide the column of a part is, in points.
const COLUMN: f32 = 56.0;

/// Shows a table: a column for each part, a row for articles, for all spans, and for the spans of each label.
pub(super) fn division(ui: &mut Ui, panel: &Panel<'_>, parts: &[SplitPart]) {
    let labels: BTreeSet<&String> = parts.iter().flat_map(|part| part.labels.keys()).collect();
    let titled = |name: &str| {
        let schema = panel.session.map(|session| &session.schema);
        let label = schema.and_then(|schema| schema.label(name));
        label.map_or_else(|| name.to_owned(), |label| label.title(panel.words.code()).to_owned())
    };
    let mut rows: Vec<(String, Vec<usize>)> = vec![
        (panel.say("export-division-articles"), parts.iter().map(|part| part.articles.len()).collect()),
        (panel.say("export-division-spans"), parts.iter().map(|part| part.labels.values().sum()).collect()),
    ];
    for label in labels {
        let counts = parts.iter().map(|part| part.labels.get(label).copied().unwrap_or(0)).collect();
        rows.push((titled(label), counts));
    }
    let first = ui.available_width() * 0.40;
    let grid =
        egui::Grid::new("export-division").num_columns(parts.len() + 1).striped(true).min_col_width(COLUMN);
    grid.show(ui, |ui| {
        let head = RichText::new(panel.say("export-division")).family(bold()).color(panel.tokens.text);
        ui.label(head);
        for part in parts {
            let name =
                RichText::new(part_title(panel, &part.name)).family(bold()).color(panel.tokens.text_soft);
            right(ui, name);
        }
        ui.end_row();
        for (title, counts) in &rows {
            ui.scope(|ui| {
                ui.set_max_width(first);
                ui.add(egui::Label::new(RichText::new(title).color(panel.tokens.text)).truncate());
            });
            for (count, part) in counts.iter().zip(parts) {
                let ink = if *count == 0 { panel.tokens.warning } else { panel.tokens.text };
                let cell = right(ui, RichText::new(count.to_string()).color(ink));
                // Read alone, a number says nothing: its row and its column come with it.
                let said = format!("{}, {title}: {count}", part_title(panel, &part.name));
                cell.ctx.accesskit_node_builder(cell.id, |node| node.set_label(said));
            }
            ui.end_row();
        }
    });
}

/// What people call a part; the file is called `train` in every language.
pub(super) fn part_title(panel: &Panel<'_>, name: &str) -> String {
    panel.words.find(&format!("export-{name}"), &[]).unwrap_or_else(|| name.to_owned())
}

fn right(ui: &mut Ui, text: RichText) -> egui::Response {
    // A width of its own: the last column would take all there is.
    let size = egui::vec2(COLUMN, ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| ui.label(text)).inner
}
