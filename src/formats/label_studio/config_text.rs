//! Writing a labelling configuration from a schema, a register and a codebook.

use std::fmt::Write as _;

use super::super::xml::{allowed, attribute};
use super::config::SCHEMA_COMMENT;
use super::control::{ARTICLE, Control};
use crate::model::{Codebook, FieldDef, FieldKind, Register, Schema, TermId};

/// Colours for labels in the order of the schema; Label Studio repeats them.
const COLOURS: [&str; 8] =
    ["#4878D0", "#D65F5F", "#6ACC64", "#956CB4", "#D5BB67", "#82C6E2", "#8C613C", "#DC7EC0"];

/// The configuration's text. The schema stands in a comment too, for what no control can say.
pub(super) fn config_text(schema: &Schema, register: &Register, codebook: &Codebook) -> String {
    let mut xml = String::from("<View>\n");
    if !schema.relations.is_empty() {
        xml.push_str("  <Relations>\n");
        for relation in &schema.relations {
            line(&mut xml, 4, &format!("<Relation value=\"{}\"/>", attribute(&relation.name)));
        }
        xml.push_str("  </Relations>\n");
    }
    xml.push_str("  <Labels name=\"label\" toName=\"text\">\n");
    for (place, label) in schema.labels.iter().enumerate() {
        let key = label.key.as_deref().map_or(String::new(), |key| format!(" hotkey=\"{}\"", attribute(key)));
        let colour = COLOURS[place % COLOURS.len()];
        let name = attribute(&label.name);
        line(&mut xml, 4, &format!("<Label value=\"{name}\" background=\"{colour}\"{key}/>"));
    }
    xml.push_str("  </Labels>\n  <Text name=\"text\" value=\"$text\"/>\n");
    let mut controls = Controls { xml: &mut xml, register, codebook };
    for label in schema.labels.iter().filter(|label| !label.fields.is_empty()) {
        let name = attribute(&label.name);
        let view =
            format!("<View visibleWhen=\"region-selected\" whenTagName=\"label\" whenLabelValue=\"{name}\">");
        line(controls.xml, 2, &view);
        for def in &label.fields {
            let condition = format!(" perRegion=\"true\" whenTagName=\"label\" whenLabelValue=\"{name}\"");
            controls.write(def, &format!("{}.{}", label.name, def.name), &condition);
        }
        line(controls.xml, 2, "</View>");
    }
    for def in &schema.article_fields {
        controls.write(def, &format!("{ARTICLE}{}", def.name), "");
    }
    if let Ok(json) = serde_json::to_string(schema) {
        // Two hyphens would end the comment; inside JSON a hyphen may be written as its number.
        let json = allowed(&json).replace("--", "\\u002d\\u002d");
        let json = json.strip_suffix('-').map_or(json.clone(), |rest| format!("{rest}\\u002d"));
        line(&mut xml, 2, &format!("<!-- {SCHEMA_COMMENT}{json} -->"));
    }
    xml.push_str("</View>\n");
    xml
}

struct Controls<'a> {
    xml: &'a mut String,
    register: &'a Register,
    codebook: &'a Codebook,
}

impl Controls<'_> {
    fn write(&mut self, def: &FieldDef, name: &str, condition: &str) {
        let control = Control::of(def);
        let title = attribute(def.title("en"));
        line(self.xml, 4, &format!("<Header value=\"{title}\" size=\"6\"/>"));
        let mut start = format!("<{} name=\"{}\" toName=\"text\"{condition}", control.tag(), attribute(name));
        // Only what is required always can be said.
        if def.min > 0 {
            start.push_str(" required=\"true\"");
        }
        let many = def.is_list();
        match control {
            Control::Choices => {
                let how = if many { "multiple" } else { "single" };
                let _ = write!(start, " choice=\"{how}\" showInline=\"true\"");
                if matches!(def.kind, FieldKind::Entity(_)) {
                    start.push_str(" layout=\"select\"");
                }
                line(self.xml, 4, &format!("{start}>"));
                self.choices(def);
                line(self.xml, 4, "</Choices>");
            }
            Control::Taxonomy => {
                if !many {
                    start.push_str(" maxUsages=\"1\"");
                }
                line(self.xml, 4, &format!("{start} leafsOnly=\"false\">"));
                self.terms(None, 6);
                line(self.xml, 4, "</Taxonomy>");
            }
            Control::Number => {
                if let FieldKind::Number { min, max, whole } = &def.kind {
                    for (bound, value) in [("min", min), ("max", max)] {
                        if let Some(value) = value {
                            let _ = write!(start, " {bound}=\"{value}\"");
                        }
                    }
                    start.push_str(if *whole { " step=\"1\"" } else { " step=\"any\"" });
                }
                line(self.xml, 4, &format!("{start}/>"));
            }
            Control::DateTime => line(self.xml, 4, &format!("{start} only=\"date\" format=\"%Y-%m-%d\"/>")),
            Control::TextArea => {
                if !many {
                    start.push_str(" maxSubmissions=\"1\"");
                }
                line(self.xml, 4, &format!("{start} editable=\"true\" rows=\"1\"/>"));
            }
        }
    }

    fn choices(&mut self, def: &FieldDef) {
        let mut choice = |value: &str, hint: &str| {
            let hint = match hint {
                "" => String::new(),
                hint if hint == value => String::new(),
                hint => format!(" hint=\"{}\"", attribute(hint)),
            };
            line(self.xml, 6, &format!("<Choice value=\"{}\"{hint}/>", attribute(value)));
        };
        match &def.kind {
            FieldKind::Choice(choices) => {
                for one in choices {
                    choice(&one.name, one.title("en"));
                }
            }
            FieldKind::YesNo => {
                choice("yes", "");
                choice("no", "");
            }
            FieldKind::Entity(_) => {
                for entity in self.register.iter() {
                    choice(entity.id.as_str(), &entity.name);
                }
            }
            _ => {}
        }
    }

    /// The terms under a term. A circle is reached from nowhere and so never entered; depth is bounded all the same.
    fn terms(&mut self, under: Option<&TermId>, indent: usize) {
        if indent > 200 {
            return;
        }
        let codebook = self.codebook;
        for term in codebook.children(under) {
            let id = attribute(term.id.as_str());
            let hint = attribute(term.title("en"));
            if codebook.children(Some(&term.id)).next().is_none() {
                line(self.xml, indent, &format!("<Choice value=\"{id}\" hint=\"{hint}\"/>"));
            } else {
                line(self.xml, indent, &format!("<Choice value=\"{id}\" hint=\"{hint}\">"));
                self.terms(Some(&term.id), indent + 2);
                line(self.xml, indent, "</Choice>");
            }
        }
    }
}

fn line(xml: &mut String, indent: usize, text: &str) {
    let _ = writeln!(xml, "{:indent$}{text}", "");
}
