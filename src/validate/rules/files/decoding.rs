//! Articles whose bytes were not all text.

use crate::text::TextRange;
use crate::validate::draft::{Draft, Findings};
use crate::validate::rule::{Check, rule};
use crate::validate::run::ProjectInput;

fn undecodable(input: &ProjectInput, findings: &mut Findings) {
    for article in input.articles.iter().filter_map(|state| state.outcome.ok()) {
        if article.replaced == 0 {
            continue;
        }
        let first =
            article.text.as_str().find('\u{FFFD}').map(|byte| article.text.code_point_at_or_before(byte));
        let mut draft = Draft::in_file(article.path.as_str())
            .article(article.path.as_str())
            .arg("count", article.replaced)
            .arg("encoding", &article.encoding);
        if let Some(range) = first.and_then(|at| TextRange::new(at, at.get() + 1)) {
            draft = draft.range(range, Some(&article.text));
            draft.place = draft.article_place.unwrap_or(draft.place);
        }
        findings.push(draft);
    }
}

rule!(
    BYTES_UNDECODABLE = "P019" "bytes-undecodable" Warning Never Check::Project(undecodable),
    "Some of an article's bytes could not be decoded.",
    message: "{count} bytes of this article are no {encoding} and stand as U+FFFD. Choose the right encoding, or mend the file before annotating it.",
    does: "Finds articles in which something could not be decoded and was replaced by `U+FFFD`.",
    bad: "The text is not what its author wrote; and once the encoding is corrected, all offsets behind the place may shift.",
    example: "A Windows-1251 article read as UTF-8.",
    mend: "Choose another encoding for the article in the window (it is kept in `postil.ron`), before annotations are made.",
);
