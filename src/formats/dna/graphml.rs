//! Networks as GraphML (graphml.graphdrawing.org, 1.0), as igraph, networkx, Gephi and visone read it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::WriteOptions;
use super::statement::{Actor, Statement};

/// How often an actor spoke on a concept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Stances {
    yes: usize,
    no: usize,
    other: usize,
}

/// What everyone said on everything.
#[derive(Debug, Default)]
pub(super) struct Network {
    /// By the actor's id.
    actors: BTreeMap<String, Actor>,
    stances: BTreeMap<(String, String), Stances>,
}

impl Network {
    /// Counts a statement, if somebody made it.
    pub fn add(&mut self, statement: &Statement) {
        let Some(actor) = &statement.actor else { return };
        self.actors.entry(actor.id.clone()).or_insert_with(|| actor.clone());
        let stances = self.stances.entry((actor.id.clone(), statement.concept.clone())).or_default();
        match statement.agreement {
            Some(true) => stances.yes += 1,
            Some(false) => stances.no += 1,
            None => stances.other += 1,
        }
    }

    /// Actors and concepts. An edge is what an actor said on a concept: how often for, against and otherwise; its weight is the number of
    /// statements for less those against.
    pub fn two_mode(&self, options: &WriteOptions) -> String {
        let mut graph =
            Graph::begin(&[("for", "int"), ("against", "int"), ("other", "int"), ("weight", "int")]);
        self.actor_nodes(&mut graph);
        let concepts: std::collections::BTreeSet<&String> =
            self.stances.keys().map(|(_, concept)| concept).collect();
        for concept in concepts {
            let term = options.codebook.get(concept);
            let title = term.map_or(concept.as_str(), |term| term.title("en"));
            graph.node(&format!("c:{concept}"), &[("label", title), ("kind", "concept"), ("id", concept)]);
        }
        for ((actor, concept), Stances { yes, no, other }) in &self.stances {
            let weight = *yes as i64 - *no as i64;
            let data = [yes.to_string(), no.to_string(), other.to_string(), weight.to_string()];
            graph.edge(
                &format!("a:{actor}"),
                &format!("c:{concept}"),
                &["for", "against", "other", "weight"],
                &data,
            );
        }
        graph.end()
    }

    /// Actors alone. Two are linked by the concepts on which they agree (both were for it, or both against it: `congruence`) and on which
    /// they do not (one was for it, the other against it: `conflict`); the weight is the first less the second (Leifeld 2017).
    pub fn one_mode(&self) -> String {
        let mut by_concept: BTreeMap<&str, Vec<(&str, Stances)>> = BTreeMap::new();
        for ((actor, concept), stances) in &self.stances {
            by_concept.entry(concept).or_default().push((actor, *stances));
        }
        let mut pairs: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
        for actors in by_concept.values() {
            for (place, (a, of_a)) in actors.iter().enumerate() {
                for (b, of_b) in &actors[place + 1..] {
                    let both = |a: usize, b: usize| usize::from(a > 0 && b > 0);
                    let same = both(of_a.yes, of_b.yes) + both(of_a.no, of_b.no);
                    let other = both(of_a.yes, of_b.no) + both(of_a.no, of_b.yes);
                    if same + other > 0 {
                        let (congruence, conflict) = pairs.entry((a, b)).or_default();
                        *congruence += same;
                        *conflict += other;
                    }
                }
            }
        }
        let mut graph = Graph::begin(&[("congruence", "int"), ("conflict", "int"), ("weight", "int")]);
        self.actor_nodes(&mut graph);
        for ((a, b), (congruence, conflict)) in pairs {
            let weight = congruence as i64 - conflict as i64;
            let data = [congruence.to_string(), conflict.to_string(), weight.to_string()];
            graph.edge(&format!("a:{a}"), &format!("a:{b}"), &["congruence", "conflict", "weight"], &data);
        }
        graph.end()
    }

    fn actor_nodes(&self, graph: &mut Graph) {
        for (id, actor) in &self.actors {
            let (label, kind) = match actor.person.as_str() {
                "" => (actor.organization.as_str(), "organization"),
                person => (person, "person"),
            };
            graph.node(&format!("a:{id}"), &[("label", label), ("kind", kind), ("id", id)]);
        }
    }
}

/// A GraphML text in the making. Writing to a String cannot fail.
struct Graph {
    text: String,
    edges: usize,
}

impl Graph {
    fn begin(edge_keys: &[(&str, &str)]) -> Self {
        let mut text = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
        );
        // Called `name` in the graph, so that the id of the node itself stays the node's.
        for (key, name) in [("label", "label"), ("kind", "kind"), ("id", "name")] {
            let _ = writeln!(
                text,
                "  <key id=\"n_{key}\" for=\"node\" attr.name=\"{name}\" attr.type=\"string\"/>"
            );
        }
        for (key, kind) in edge_keys {
            let _ = writeln!(
                text,
                "  <key id=\"e_{key}\" for=\"edge\" attr.name=\"{key}\" attr.type=\"{kind}\"/>"
            );
        }
        text.push_str("  <graph edgedefault=\"undirected\">\n");
        Self { text, edges: 0 }
    }

    fn node(&mut self, id: &str, data: &[(&str, &str)]) {
        let _ = write!(self.text, "    <node id=\"{}\">", escaped(id));
        for (key, value) in data {
            let _ = write!(self.text, "<data key=\"n_{key}\">{}</data>", escaped(value));
        }
        self.text.push_str("</node>\n");
    }

    fn edge(&mut self, from: &str, to: &str, keys: &[&str], data: &[String]) {
        let number = self.edges;
        self.edges += 1;
        let (from, to) = (escaped(from), escaped(to));
        let _ = write!(self.text, "    <edge id=\"e{number}\" source=\"{from}\" target=\"{to}\">");
        for (key, value) in keys.iter().zip(data) {
            let _ = write!(self.text, "<data key=\"e_{key}\">{value}</data>");
        }
        self.text.push_str("</edge>\n");
    }

    fn end(mut self) -> String {
        self.text.push_str("  </graph>\n</graphml>\n");
        self.text
    }
}

/// Text in XML 1.0, which cannot hold most control characters at all.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Readers turn bare ones into spaces inside attributes.
            '\n' | '\t' | '\r' => {
                let _ = write!(out, "&#{};", sign as u32);
            }
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            _ => out.push(sign),
        }
    }
    out
}
