//! What validation gives: findings and their fixes.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::model::{Change, FieldPath, Place, RelationId, Severity, SpanId};
use crate::text::TextRange;

/// One thing that validation found.
///
/// There may be hundreds of thousands on one article, so what many have in common is shared and messages are made when they are read.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule's code: `P101`.
    pub code: &'static str,
    /// The rule's name: `surface-differs`.
    pub rule: &'static str,
    /// How bad it is, as the rule or the project's settings have it; never [`Severity::Off`].
    pub severity: Severity,
    /// The file in which it stands, relative to the project's root, with `/`.
    pub file: Arc<str>,
    /// Where in that file.
    pub place: Place,
    /// The article it is about.
    pub article: Option<Arc<str>>,
    /// Where in the article (line and column as people count them), if there is a place and the article could be read.
    pub article_place: Option<Place>,
    /// The span it is about.
    pub span: Option<SpanId>,
    /// The relation it is about.
    pub relation: Option<RelationId>,
    /// The field it is about.
    pub path: Option<Arc<FieldPath>>,
    /// Where in the article, code points.
    pub range: Option<TextRange>,
    /// The message of the rule, with `{pieces}` in braces; [`Finding::message`] fills them in.
    pub template: &'static str,
    /// The pieces of the message by name, for the same message in another language: its key is `finding-` and the rule's name.
    pub args: Args,
    /// How to mend it, where a program can.
    pub fix: Option<Box<Fix>>,
}

impl Finding {
    /// What, where and what to do, in plain English.
    pub fn message(&self) -> String {
        let mut filled = String::with_capacity(self.template.len() + 64);
        let mut rest = self.template;
        while let Some(open) = rest.find('{') {
            filled.push_str(&rest[..open]);
            let after = &rest[open + 1..];
            let Some(close) = after.find('}') else {
                rest = &rest[open..];
                break;
            };
            let name = &after[..close];
            filled.push_str(self.args.get(name).unwrap_or(name));
            rest = &after[close + 1..];
        }
        filled.push_str(rest);
        filled
    }
}

/// The named pieces of a message, in the order in which they were given, in one stretch of memory: each is its name's length in bytes, a
/// colon, its own length, a colon, the name and the piece.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Args(Box<str>);

impl Args {
    /// Every name with its piece.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut rest: &str = &self.0;
        std::iter::from_fn(move || {
            let (name, after) = rest.split_once(':')?;
            let (value, after) = after.split_once(':')?;
            let (name, after) = after.split_at_checked(name.parse().ok()?)?;
            let (value, after) = after.split_at_checked(value.parse().ok()?)?;
            rest = after;
            Some((name, value))
        })
    }

    /// The piece of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find_map(|(known, value)| (known == name).then_some(value))
    }
}

impl<N: AsRef<str>, V: AsRef<str>> FromIterator<(N, V)> for Args {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pieces: I) -> Self {
        let mut all = String::new();
        for (name, value) in pieces {
            let (name, value) = (name.as_ref(), value.as_ref());
            // Writing into a string does not fail.
            let _ = write!(all, "{}:{}:{name}{value}", name.len(), value.len());
        }
        Self(all.into_boxed_str())
    }
}

/// How to mend a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does, in English: "Leave out the white space".
    pub title: String,
    /// The changes, to be made as one transaction.
    pub changes: Vec<Change>,
    /// Whether it may be made without asking: nothing that was said is lost and there is only one way to read it.
    pub safe: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(template: &'static str, args: &[(&str, &str)]) -> Finding {
        Finding {
            code: "P000",
            rule: "none",
            severity: Severity::Error,
            file: "a.ron".into(),
            place: Place { line: 1, column: 1 },
            article: None,
            article_place: None,
            span: None,
            relation: None,
            path: None,
            range: None,
            template,
            args: args.iter().copied().collect(),
            fix: None,
        }
    }

    #[test]
    fn pieces_find_their_place_and_strange_braces_do_no_harm() {
        assert_eq!(finding("a {span} b {gone} {", &[("span", "s1")]).message(), "a s1 b gone {");
    }

    #[test]
    fn pieces_are_kept_whatever_is_in_them() {
        let pieces = [("span", "3:4:"), ("text", ""), ("surface", "бе:ре:\0г\n")];
        let args: Args = pieces.into_iter().collect();
        assert_eq!(args.iter().collect::<Vec<_>>(), pieces);
        assert_eq!((args.get("text"), args.get("other")), (Some(""), None));
        assert_eq!(Args::default().iter().count(), 0);
    }
}
