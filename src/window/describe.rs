//! Spans, fields and links in a few words for people: chips, cards, lists, the accessibility tree.

use std::path::Path;

use crate::model::{
    AnnotationSet, Codebook, FieldDef, FieldKind, Fields, Link, Lookup, Register, Schema, Span, Value,
};
use crate::text::CanonicalText;

/// What is needed to put things into words; borrowed.
#[derive(Clone, Copy)]
pub struct Describer<'a> {
    /// The text.
    pub text: &'a CanonicalText,
    /// The annotations.
    pub set: &'a AnnotationSet,
    /// The schema.
    pub schema: &'a Schema,
    /// The register.
    pub register: &'a Register,
    /// The codebook.
    pub codebook: &'a Codebook,
    /// Language of titles (BCP 47).
    pub language: &'a str,
}

impl Describer<'_> {
    fn lookup(&self) -> Lookup<'_> {
        Lookup { set: self.set, register: self.register, codebook: self.codebook }
    }

    /// The label's title: "Position".
    pub fn label<'s>(&'s self, label: &'s str) -> &'s str {
        self.schema.label(label).map_or(label, |l| l.title(self.language))
    }

    /// A span's surface, shortened in the middle of long ones.
    pub fn surface(&self, span: &Span, most: usize) -> String {
        shorten(&span.surface(self.text).replace('\n', " ⏎ "), most)
    }

    /// "Position: передачу Донбасса".
    pub fn span(&self, span: &Span) -> String {
        format!("{}: {}", self.label(&span.label), self.surface(span, 60))
    }

    /// A few words for the chip: an entity's registered name or kind, a frame's issues with the signs of their stances.
    pub fn chip(&self, span: &Span) -> String {
        let defs = self.schema.fields_of(&span.label);
        let mut key: Vec<String> = Vec::new();
        for def in defs {
            match (&def.kind, span.fields.get(&def.name)) {
                (FieldKind::Record(inner), Some(value)) if has_term(inner) => {
                    key.extend(
                        value.each().iter().filter_map(Value::as_record).map(|r| self.record_key(inner, r)),
                    );
                }
                _ => {}
            }
        }
        if key.is_empty() {
            let registered = defs
                .iter()
                .find(|d| matches!(d.kind, FieldKind::Entity(_)))
                .and_then(|d| span.fields.text(&d.name));
            if let Some(entity) = registered.and_then(|id| self.register.get(id)) {
                key.push(entity.title(self.language).to_owned());
            } else if let Some(def) = defs.iter().find(|d| d.choices().is_some())
                && let Some(value) = span.fields.get(&def.name)
            {
                key.push(self.value(def, value));
            }
        }
        let initial = self.label(&span.label).chars().next().map(String::from).unwrap_or_default();
        match key.is_empty() {
            true => self.label(&span.label).to_owned(),
            false => format!("{initial} · {}", clipped(&key.join(", "), 32)),
        }
    }

    fn record_key(&self, defs: &[FieldDef], record: &Fields) -> String {
        let term = defs.iter().find(|d| matches!(d.kind, FieldKind::Term(_)));
        let issue =
            term.and_then(|d| Some(self.value(d, record.get(&d.name)?))).unwrap_or_else(|| "…".into());
        let sign = record.text("stance").map(stance_sign).unwrap_or("?");
        if defs.iter().any(|d| d.name == "stance") { format!("{sign}{issue}") } else { issue }
    }

    /// A field's value in words, links by what they lead to.
    pub fn value(&self, def: &FieldDef, value: &Value) -> String {
        if let (true, Value::List(items)) = (def.is_list(), value) {
            return items.iter().map(|item| self.one(def, item)).collect::<Vec<_>>().join(", ");
        }
        self.one(def, value)
    }

    fn one(&self, def: &FieldDef, value: &Value) -> String {
        if let Some(link) = self.lookup().link(&def.kind, value) {
            return self.link(&link);
        }
        match (&def.kind, value) {
            (FieldKind::Choice(choices), Value::Text(text)) => choices
                .iter()
                .find(|c| c.name == *text)
                .map_or(text.clone(), |c| c.title(self.language).to_owned()),
            (FieldKind::Stretch, value) => match value.as_stretch() {
                Some(parts) => {
                    let words: Vec<&str> = parts.iter().map(|p| self.text.slice(*p).unwrap_or("…")).collect();
                    shorten(&words.join(" … "), 40)
                }
                None => plain(value),
            },
            (FieldKind::Record(defs), Value::Record(fields)) => self.fields(defs, fields).join(" · "),
            (_, value) => plain(value),
        }
    }

    /// What a link leads to, in words; a target that is missing by its id with a question mark.
    pub fn link(&self, link: &Link) -> String {
        match link {
            Link::Span(id) => {
                self.set.get(id).map_or(format!("{id}?"), |s| format!("«{}»", self.surface(s, 30)))
            }
            Link::Entity(id) => {
                self.register.get(id.as_str()).map_or(format!("{id}?"), |e| e.title(self.language).to_owned())
            }
            Link::Term(id) => {
                self.codebook.get(id.as_str()).map_or(format!("{id}?"), |t| t.title(self.language).to_owned())
            }
        }
    }

    /// The fields that are set, "Act: demands" each, in the schema's order, unknown ones last.
    pub fn fields(&self, defs: &[FieldDef], fields: &Fields) -> Vec<String> {
        let known = defs
            .iter()
            .filter_map(|d| Some((d.title(self.language).to_owned(), self.value(d, fields.get(&d.name)?))));
        let unknown = fields
            .iter()
            .filter(|(n, _)| !defs.iter().any(|d| d.name == *n))
            .map(|(n, v)| (n.to_owned(), plain(v)));
        known.chain(unknown).map(|(name, value)| format!("{name}: {value}")).collect()
    }
}

fn has_term(defs: &[FieldDef]) -> bool {
    defs.iter().any(|d| matches!(d.kind, FieldKind::Term(_)))
}

/// A sign for a stance, readable without colour.
pub fn stance_sign(stance: &str) -> &'static str {
    match stance {
        "for" => "+",
        "against" => "−",
        "conditional" => "±",
        "mixed" => "+−",
        "neutral" => "0 ",
        _ => "? ",
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Bool(true) => "✔".into(),
        Value::Bool(false) => "✘".into(),
        Value::Integer(n) => n.to_string(),
        Value::Number(n) => n.to_string(),
        Value::Text(text) => text.clone(),
        Value::List(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Record(fields) => {
            fields.iter().map(|(n, v)| format!("{n}: {}", plain(v))).collect::<Vec<_>>().join(", ")
        }
    }
}

/// At most `most` characters, with an ellipsis at the end if some had to go.
pub fn clipped(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let start: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", start.trim_end())
}

/// At most `most` characters, with an ellipsis in the middle if some had to go.
pub fn shorten(text: &str, most: usize) -> String {
    let count = text.chars().count();
    if count <= most || most < 5 {
        return text.to_owned();
    }
    let (head, tail) = (most * 2 / 3, most - most * 2 / 3 - 1);
    let start: String = text.chars().take(head).collect();
    let end: String = text.chars().skip(count - tail).collect();
    format!("{}…{}", start.trim_end(), end.trim_start())
}

/// A path as people read it: their own folder is `~`, as everywhere a path is typed.
pub fn shown_path(path: &Path) -> String {
    let home = directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned());
    match home.as_deref().and_then(|home| path.strip_prefix(home).ok()) {
        Some(rest) if rest.as_os_str().is_empty() => "~".to_owned(),
        Some(rest) => format!("~{}{}", std::path::MAIN_SEPARATOR, rest.display()),
        None => path.display().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortening_keeps_both_ends() {
        assert_eq!(shorten("abcdefghij", 10), "abcdefghij");
        assert_eq!(shorten("передача всей территории", 12), "передача…рии");
    }

    #[test]
    fn the_own_folder_is_short() {
        let home = directories::BaseDirs::new().unwrap().home_dir().to_owned();
        assert_eq!(shown_path(&home), "~");
        assert_eq!(shown_path(&home.join("talks")), format!("~{}talks", std::path::MAIN_SEPARATOR));
        let beside = home.with_file_name("somebody-else");
        assert_eq!(shown_path(&beside), beside.display().to_string());
    }
}
