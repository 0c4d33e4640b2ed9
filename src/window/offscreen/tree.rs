//! The window's meaning as a screen reader gets it: roles, names, values, states.

use std::collections::HashMap;
use std::fmt::Write as _;

use egui::accesskit::{Action, Node, NodeId, Role, Toggled, TreeUpdate};
use egui::{Rect, pos2};

/// One thing in the window, as a screen reader would meet it.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeInfo {
    /// Which node of the tree.
    pub id: NodeId,
    /// What it is.
    pub role: Role,
    /// Its name: its own, or that of the label that names it. Plain text is its own name.
    pub label: String,
    /// Its value as text: what is written in it, a number, or nothing.
    pub value: String,
    /// What is said of it besides its name; empty if nothing is.
    pub description: String,
    /// Where it is, in points, whether or not it is scrolled into view.
    pub rect: Rect,
    /// Whether it is selected, switched on or ticked.
    pub selected: bool,
    /// Whether the keyboard is there.
    pub focused: bool,
    /// Whether it cannot be used now.
    pub disabled: bool,
    /// Whether it can be clicked.
    pub clickable: bool,
}

/// The accessibility tree of the last frame.
#[derive(Default)]
pub(super) struct Tree {
    nodes: HashMap<NodeId, Node>,
    root: Option<NodeId>,
    focus: Option<NodeId>,
}

impl Tree {
    /// Takes in a frame's update.
    pub(super) fn update(&mut self, update: TreeUpdate) {
        if let Some(tree) = update.tree {
            self.root = Some(tree.root);
        }
        self.focus = Some(update.focus);
        // egui sends the whole tree each frame: what is not in it is gone.
        self.nodes = update.nodes.into_iter().collect();
    }

    /// Everything in reading order, with its depth.
    pub(super) fn walk(&self) -> Vec<(usize, NodeInfo)> {
        let mut found = Vec::new();
        let mut ahead: Vec<_> = self.root.map(|root| (0, root)).into_iter().collect();
        while let Some((depth, id)) = ahead.pop() {
            let Some(node) = self.nodes.get(&id) else { continue };
            // Runs of text are the inside of a text, which holds their words as its value.
            if node.role() != Role::TextRun {
                found.push((depth, self.info(id, node)));
            }
            ahead.extend(node.children().iter().rev().map(|child| (depth + 1, *child)));
        }
        found
    }

    /// The best match for a name: the whole of it before a part of it, then what can be used before the text that names it, then
    /// the first.
    pub(super) fn find(&self, label: &str) -> Option<NodeInfo> {
        let mut best: Option<(u8, NodeInfo)> = None;
        for (_, node) in self.walk() {
            let rank = match (node.label == label, node.label.contains(label)) {
                (true, _) => 0,
                (_, true) => 2,
                _ => continue,
            } + u8::from(!node.clickable || node.role == Role::Label);
            if best.as_ref().is_none_or(|(least, _)| rank < *least) {
                best = Some((rank, node));
            }
        }
        best.map(|(_, node)| node)
    }

    /// The part of a node that scrolled areas around it leave to be seen.
    pub(super) fn visible(&self, id: NodeId) -> Rect {
        let parents: HashMap<_, _> = self
            .nodes
            .iter()
            .flat_map(|(parent, node)| node.children().iter().map(move |child| (*child, *parent)))
            .collect();
        let mut seen = self.nodes.get(&id).map_or(Rect::NOTHING, bounds);
        let mut at = id;
        while let Some(parent) = parents.get(&at) {
            if let Some(node) = self.nodes.get(parent).filter(|n| n.role() == Role::ScrollView) {
                seen = seen.intersect(bounds(node));
            }
            at = *parent;
        }
        seen
    }

    /// The tree as indented text: `role "name" = "value" [states]`, one node a line.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (depth, node) in self.walk() {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{:indent$}{}", "", node.line(), indent = depth * 2);
        }
        text
    }

    fn info(&self, id: NodeId, node: &Node) -> NodeInfo {
        NodeInfo {
            id,
            role: node.role(),
            label: self.name(node),
            value: self.value(node),
            description: node.description().unwrap_or_default().to_owned(),
            rect: bounds(node),
            selected: node.is_selected() == Some(true) || node.toggled() == Some(Toggled::True),
            focused: self.focus == Some(id),
            disabled: node.is_disabled(),
            clickable: node.supports_action(Action::Click),
        }
    }

    fn name(&self, node: &Node) -> String {
        let own = match node.label() {
            None if node.role() == Role::Label => node.value(),
            label => label,
        };
        if let Some(own) = own {
            return own.to_owned();
        }
        let namers = node.labelled_by().iter().filter_map(|id| self.nodes.get(id));
        let names: Vec<_> = namers.filter_map(|n| n.label().or(n.value())).collect();
        names.join(" ")
    }

    fn value(&self, node: &Node) -> String {
        if node.role() == Role::Label && node.label().is_none() {
            return String::new();
        }
        match (node.value(), node.numeric_value()) {
            (Some(text), _) => text.to_owned(),
            (None, Some(number)) => number.to_string(),
            (None, None) => self.runs(node),
        }
    }

    /// The words of the runs a text consists of.
    fn runs(&self, node: &Node) -> String {
        let children = node.children().iter().filter_map(|id| self.nodes.get(id));
        children.filter(|child| child.role() == Role::TextRun).filter_map(Node::value).collect()
    }
}

impl NodeInfo {
    /// The node on one line.
    fn line(&self) -> String {
        let mut line = format!("{:?}", self.role);
        let quoted = |text: &str| {
            const LONGEST: usize = 160;
            let cut: String = text.chars().take(LONGEST).collect();
            let more = if cut.len() < text.len() { "…" } else { "" };
            format!("{cut:?}{more}")
        };
        if !self.label.is_empty() {
            line += &format!(" {}", quoted(&self.label));
        }
        if !self.value.is_empty() {
            line += &format!(" = {}", quoted(&self.value));
        }
        for (state, holds) in
            [("selected", self.selected), ("focused", self.focused), ("disabled", self.disabled)]
        {
            if holds {
                line += &format!(" [{state}]");
            }
        }
        line
    }
}

fn bounds(node: &Node) -> Rect {
    node.bounds().map_or(Rect::NOTHING, |r| {
        Rect::from_min_max(pos2(r.x0 as f32, r.y0 as f32), pos2(r.x1 as f32, r.y1 as f32))
    })
}
