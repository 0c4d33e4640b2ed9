//! The visible text as assistive technology walks through it: runs of one direction, each character with its place.
//!
//! A document's runs may lie in paragraphs below it. The bridge to AT-SPI, UIA and the like gives the text interface to the
//! document and not to its paragraphs, so selection and caret are told of the whole page.

use egui::accesskit::{Action, ActionData, NodeId, Role, TextDirection, TextPosition, TextSelection};
use egui::{Id, Rect, Sense, Ui, UiBuilder, pos2};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

use super::caret::Selection;
use super::column::{Around, Laid};
use super::layout::BlockLayout;
use crate::text::CanonicalText;

/// The most characters a run may have: the tree counts where words begin in one byte.
const LONGEST_RUN: usize = 255;

/// Which byte of the article each character of each run on the page begins at.
#[derive(Debug, Default)]
pub struct SpokenText {
    runs: Vec<Spoken>,
}

#[derive(Debug)]
struct Spoken {
    id: NodeId,
    /// Where each character begins, in bytes of the article, and where the last one ends. A line end is no byte more: a caret after
    /// it stands in the next run.
    starts: Vec<usize>,
}

/// A run as it is published.
struct Run {
    row: usize,
    rtl: bool,
    clusters: Vec<(Range<usize>, f32, f32)>,
}

/// The runs of a block, none longer than the tree can tell; at least one, for the line end of an empty line.
fn runs_of(layout: &dyn BlockLayout) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for run in layout.runs() {
        for piece in run.clusters.chunks(LONGEST_RUN - 1) {
            runs.push(Run { row: run.row, rtl: run.rtl, clusters: piece.to_vec() });
        }
    }
    if runs.is_empty() {
        runs.push(Run { row: 0, rtl: layout.is_rtl(), clusters: Vec::new() });
    }
    runs
}

impl SpokenText {
    /// Publishes a block of the text as a paragraph of a document, and its runs under it.
    pub fn publish<A: Around>(
        &mut self,
        ui: &mut Ui,
        document: Id,
        text: &CanonicalText,
        laid: &Laid<A>,
        visible: Rect,
    ) {
        let id = document.with(("block", laid.block));
        let rect = Rect::from_min_max(laid.at, pos2(visible.right(), laid.at.y + laid.height));
        ui.interact(rect.intersect(visible), id, Sense::hover());
        let block = &text.as_str()[laid.bytes.clone()];
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::Paragraph);
            node.set_label(block);
        });
        // A child whose nodes belong to the block's.
        let inner = UiBuilder::new().max_rect(visible).id_salt(id).accessibility_parent(id);
        let ui = ui.new_child(inner);
        let runs = runs_of(&*laid.layout);
        let ends_line = text.as_str()[laid.bytes.end..].starts_with('\n');
        let (start, block_left) = (laid.bytes.start, laid.at.x);
        let run_id = |at: usize| id.with(("run", at));
        let same_row = |at: usize, other: usize| runs.get(other).is_some_and(|run| run.row == runs[at].row);
        for (at, run) in runs.iter().enumerate() {
            let first_byte = run.clusters.first().map_or(0, |c| c.0.start);
            let edges = match (run.clusters.first(), run.clusters.last()) {
                (Some(first), Some(last)) if run.rtl => (last.1, first.2),
                (Some(first), Some(last)) => (first.1, last.2),
                _ => (0.0, 0.0),
            };
            let (left, right) = (edges.0.min(edges.1), edges.0.max(edges.1));
            let (top, height) = (laid.row_top(run.row), laid.row_height(run.row));
            let corner = pos2(block_left + right, top + height);
            let rect = Rect::from_min_max(pos2(block_left + left, top), corner);
            ui.interact(rect.intersect(visible), run_id(at), Sense::hover());
            let mut text: String = run.clusters.iter().map(|c| &block[c.0.clone()]).collect();
            let mut lengths: Vec<u8> = run.clusters.iter().map(|c| c.0.len() as u8).collect();
            let from_start = |c: &(Range<usize>, f32, f32)| if run.rtl { right - c.2 } else { c.1 - left };
            let mut positions: Vec<f32> = run.clusters.iter().map(from_start).collect();
            let mut widths: Vec<f32> = run.clusters.iter().map(|c| c.2 - c.1).collect();
            let word_starts: Vec<u8> = text
                .unicode_word_indices()
                .filter_map(|(byte, _)| {
                    let at = run.clusters.iter().position(|c| c.0.start >= first_byte + byte)?;
                    u8::try_from(at).ok()
                })
                .collect();
            let mut starts: Vec<usize> = run.clusters.iter().map(|c| start + c.0.start).collect();
            starts.push(start + run.clusters.last().map_or(0, |c| c.0.end));
            if ends_line && at + 1 == runs.len() {
                text.push('\n');
                lengths.push(1);
                positions.push(right - left);
                widths.push(0.0);
            }
            ui.ctx().accesskit_node_builder(run_id(at), |node| {
                node.set_role(Role::TextRun);
                let direction = if run.rtl { TextDirection::RightToLeft } else { TextDirection::LeftToRight };
                node.set_text_direction(direction);
                if at > 0 && same_row(at, at - 1) {
                    node.set_previous_on_line(run_id(at - 1).accesskit_id());
                }
                if same_row(at, at + 1) {
                    node.set_next_on_line(run_id(at + 1).accesskit_id());
                }
                node.set_value(text);
                node.set_character_lengths(lengths);
                node.set_character_positions(positions);
                node.set_character_widths(widths);
                node.set_word_starts(word_starts);
            });
            self.runs.push(Spoken { id: run_id(at).accesskit_id(), starts });
        }
    }

    /// A byte of the article as a place on the page; a byte before or after the page is the page's edge.
    fn place(&self, byte: usize) -> Option<TextPosition> {
        let after = self.runs.partition_point(|run| run.starts[0] <= byte);
        let run = self.runs.get(after.saturating_sub(1))?;
        let character_index = run.starts.partition_point(|start| *start < byte).min(run.starts.len() - 1);
        Some(TextPosition { node: run.id, character_index })
    }

    /// Tells the document where the selection is, and gives the one that assistive technology asked for.
    pub fn exchange_selection(&self, ui: &Ui, document: Id, at: Selection) -> Option<Selection> {
        if let Some(told) = self.selection(at.anchor, at.head) {
            ui.ctx().accesskit_node_builder(document, |node| node.set_text_selection(told));
        }
        let asked: Vec<_> = ui.input(|input| {
            let requests = input.accesskit_action_requests(document, Action::SetTextSelection);
            requests.filter_map(|request| request.data.clone()).collect()
        });
        asked.into_iter().rev().find_map(|data| {
            let ActionData::SetTextSelection(wanted) = data else { return None };
            Some(Selection { anchor: self.byte(&wanted.anchor)?, head: self.byte(&wanted.focus)? })
        })
    }

    /// A selection as the tree tells it; `None` when nothing of it is on the page.
    fn selection(&self, anchor: usize, head: usize) -> Option<TextSelection> {
        let (first, last) = (self.runs.first()?.starts[0], *self.runs.last()?.starts.last()?);
        let touches = anchor.min(head) <= last && anchor.max(head) >= first;
        if !touches {
            return None;
        }
        Some(TextSelection { anchor: self.place(anchor)?, focus: self.place(head)? })
    }

    /// The byte of the article that a place on the page is before.
    fn byte(&self, place: &TextPosition) -> Option<usize> {
        let at = self.runs.iter().position(|run| run.id == place.node)?;
        let starts = &self.runs[at].starts;
        match starts.get(place.character_index) {
            Some(start) => Some(*start),
            // After the line end: where the next line begins.
            None => Some(self.runs.get(at + 1).map_or(*starts.last()?, |next| next.starts[0])),
        }
    }
}
