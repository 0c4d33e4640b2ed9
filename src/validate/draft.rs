//! How a rule says that it found something.

use std::collections::HashSet;
use std::sync::Arc;

use super::finding::{Finding, Fix};
use super::rule::Rule;
use crate::model::{Change, FieldPath, Place, ProjectSettings, RelationId, Severity, SpanId};
use crate::text::{CanonicalText, TextRange};

/// A finding in the making: everything but the rule.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub file: Arc<str>,
    pub place: Place,
    pub article: Option<Arc<str>>,
    pub article_place: Option<Place>,
    pub span: Option<SpanId>,
    pub relation: Option<RelationId>,
    pub path: Option<FieldPath>,
    pub range: Option<TextRange>,
    args: Vec<(&'static str, String)>,
    fix: Option<Fix>,
}

/// The top of a file.
pub(super) const TOP: Place = Place { line: 1, column: 1 };

impl Draft {
    /// Something in a file as a whole.
    pub fn in_file(file: impl Into<Arc<str>>) -> Self {
        Self {
            file: file.into(),
            place: TOP,
            article: None,
            article_place: None,
            span: None,
            relation: None,
            path: None,
            range: None,
            args: Vec::new(),
            fix: None,
        }
    }

    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    #[must_use]
    pub fn article(mut self, path: impl Into<Arc<str>>) -> Self {
        self.article = Some(path.into());
        self
    }

    /// Where in the article.
    #[must_use]
    pub fn range(mut self, range: TextRange, text: Option<&CanonicalText>) -> Self {
        self.range = Some(range);
        self.article_place = text.map(|text| {
            let (line, column) = text.line_column(range.start());
            Place { line, column }
        });
        self
    }

    #[must_use]
    pub fn path(mut self, path: FieldPath) -> Self {
        self.path = Some(path);
        self
    }

    /// A piece of the message.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// How to mend it; without changes there is no fix.
    #[must_use]
    pub fn fix(mut self, title: &str, safe: bool, changes: Option<Vec<Change>>) -> Self {
        self.fix = changes.filter(|changes| !changes.is_empty()).map(|changes| Fix {
            title: title.to_owned(),
            changes,
            safe,
        });
        self
    }
}

/// Where findings are gathered. It knows which rule is looking, so rules do not name themselves.
#[derive(Debug, Default)]
pub(super) struct Findings {
    looking: Option<(&'static Rule, Severity)>,
    found: Vec<Finding>,
    /// The paths of fields that were seen: there are few, and many findings about each.
    paths: HashSet<Arc<FieldPath>>,
}

impl Findings {
    /// From now on, `rule` is looking, and this is how bad its findings are.
    pub fn turn_to(&mut self, rule: &'static Rule, severity: Severity) {
        self.looking = Some((rule, severity));
    }

    /// Takes a finding of the rule that is looking.
    pub fn push(&mut self, draft: Draft) {
        let Some((rule, severity)) = self.looking else { return };
        let path = draft.path.map(|path| self.shared(path));
        self.found.push(Finding {
            code: rule.code,
            rule: rule.name,
            severity,
            template: rule.message,
            file: draft.file,
            place: draft.place,
            article: draft.article,
            article_place: draft.article_place,
            span: draft.span,
            relation: draft.relation,
            path,
            range: draft.range,
            args: draft.args.into_iter().collect(),
            fix: draft.fix.map(Box::new),
        });
    }

    fn shared(&mut self, path: FieldPath) -> Arc<FieldPath> {
        if let Some(known) = self.paths.get(&path) {
            return known.clone();
        }
        let path = Arc::new(path);
        self.paths.insert(path.clone());
        path
    }

    pub fn into_vec(self) -> Vec<Finding> {
        self.found
    }
}

/// The settings' severity of a rule, by its code or its name, else its own.
pub(super) fn severity_of(rule: &Rule, settings: &ProjectSettings) -> Severity {
    let set = settings.rules.get(rule.code).or_else(|| settings.rules.get(rule.name));
    set.copied().unwrap_or(rule.severity)
}

/// A long surface shortened for a message: its first and last words are what one recognises it by.
pub(super) fn shortened(surface: &str) -> String {
    const LONGEST: usize = 60;
    let one_line = surface.replace('\n', " ");
    let length = one_line.chars().count();
    if length <= LONGEST {
        return one_line;
    }
    let head: String = one_line.chars().take(LONGEST * 2 / 3).collect();
    let tail: String = one_line.chars().skip(length - LONGEST / 4).collect();
    format!("{}…{}", head.trim_end(), tail.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_surfaces_keep_their_ends() {
        let long = format!("начало {} конец", "слово ".repeat(40));
        let short = shortened(&long);
        assert!(
            short.starts_with("начало") && short.ends_with("конец") && short.chars().count() <= 60,
            "{short}"
        );
        assert_eq!(shortened("a\nb"), "a b");
    }
}
