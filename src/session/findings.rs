//! What validation found in the article at hand, ready to be asked about a span.

use std::collections::HashMap;
use std::ops::Deref;

use crate::model::{RelationId, Severity, SpanId};
use crate::validate::Finding;

/// From so many findings on, taking them apart is left to another thread.
const MANY: usize = 5_000;

/// Findings, worst first, with an index by span: a view asks about the spans on screen in every frame, and there may be a hundred
/// thousand findings.
#[derive(Debug, Default)]
pub struct Findings {
    all: Vec<Finding>,
    /// Places in `all`, span by span.
    places: Vec<u32>,
    /// Which of `places` are a span's, and whether one of them is worse than a remark.
    by_span: HashMap<SpanId, OfSpan>,
    /// Places in `all` of those that are about no span: about relations and the article's own fields. There are few.
    elsewhere: Vec<u32>,
    errors: usize,
    warnings: usize,
    fixable: usize,
}

/// Where a span's findings are.
#[derive(Clone, Copy, Debug, Default)]
struct OfSpan {
    from: u32,
    count: u32,
    trouble: bool,
}

impl Findings {
    /// Those that speak of a span, worst first.
    pub fn of_span(&self, span: &SpanId) -> impl Iterator<Item = &Finding> {
        let of = self.by_span.get(span).copied().unwrap_or_default();
        let places = &self.places[of.from as usize..][..of.count as usize];
        places.iter().map(|place| &self.all[*place as usize])
    }

    /// Those that speak of a relation, worst first.
    pub fn of_relation(&self, relation: &RelationId) -> impl Iterator<Item = &Finding> {
        let all = self.elsewhere.iter().map(|place| &self.all[*place as usize]);
        all.filter(move |finding| finding.relation.as_ref() == Some(relation))
    }

    /// Those that speak of the article as a whole and of its own fields, worst first.
    pub fn of_article(&self) -> impl Iterator<Item = &Finding> {
        let all = self.elsewhere.iter().map(|place| &self.all[*place as usize]);
        all.filter(|finding| finding.relation.is_none())
    }

    /// Whether a span has an error or a warning.
    pub fn trouble(&self, span: &SpanId) -> bool {
        self.by_span.get(span).is_some_and(|of| of.trouble)
    }

    /// The spans that have an error or a warning, in no particular order.
    pub fn troubled(&self) -> impl Iterator<Item = &SpanId> {
        self.by_span.iter().filter(|(_, of)| of.trouble).map(|(span, _)| span)
    }

    /// How many are errors.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// How many are warnings.
    pub fn warnings(&self) -> usize {
        self.warnings
    }

    /// How many have a fix.
    pub fn fixable(&self) -> usize {
        self.fixable
    }
}

impl From<Vec<Finding>> for Findings {
    /// Sorts them: worst first, then as the text runs.
    fn from(mut all: Vec<Finding>) -> Self {
        all.sort_by(|a, b| b.severity.cmp(&a.severity).then(a.range.cmp(&b.range)).then(a.code.cmp(b.code)));
        // What it grew by and did not need.
        all.shrink_to_fit();
        let mut found = Self::default();
        for (place, finding) in (0u32..).zip(&all) {
            found.errors += usize::from(finding.severity == Severity::Error);
            found.warnings += usize::from(finding.severity == Severity::Warning);
            found.fixable += usize::from(finding.fix.is_some());
            match &finding.span {
                Some(span) => {
                    let of = match found.by_span.get_mut(span) {
                        Some(of) => of,
                        None => found.by_span.entry(span.clone()).or_default(),
                    };
                    of.count += 1;
                    of.trouble |= finding.severity >= Severity::Warning;
                    found.places.push(place);
                }
                None => found.elsewhere.push(place),
            }
            // A finding about a relation may point at a span as well.
            if finding.span.is_some() && finding.relation.is_some() {
                found.elsewhere.push(place);
            }
        }
        let mut from = 0;
        for of in found.by_span.values_mut() {
            of.from = from;
            from += of.count;
            of.count = 0;
        }
        for place in std::mem::replace(&mut found.places, vec![0; from as usize]) {
            let span = all[place as usize].span.as_ref();
            if let Some(of) = span.and_then(|span| found.by_span.get_mut(span)) {
                found.places[(of.from + of.count) as usize] = place;
                of.count += 1;
            }
        }
        found.all = all;
        found
    }
}

impl Deref for Findings {
    type Target = [Finding];

    fn deref(&self) -> &[Finding] {
        &self.all
    }
}

impl Drop for Findings {
    /// A hundred thousand findings take a tenth of a second to take apart; no frame should wait for that.
    fn drop(&mut self) {
        if self.all.len() > MANY {
            let (all, by_span) = (std::mem::take(&mut self.all), std::mem::take(&mut self.by_span));
            let run = move || drop((all, by_span));
            if let Err(why) = std::thread::Builder::new().name("tidying up".to_owned()).spawn(run) {
                tracing::warn!("findings are taken apart in the frame: {why}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Place;
    use crate::validate::Args;

    fn finding(
        severity: Severity,
        span: Option<&str>,
        relation: Option<&str>,
        code: &'static str,
    ) -> Finding {
        Finding {
            code,
            rule: "none",
            severity,
            file: "a.ron".into(),
            place: Place { line: 1, column: 1 },
            article: None,
            article_place: None,
            span: span.map(Into::into),
            relation: relation.map(Into::into),
            path: None,
            range: None,
            template: "",
            args: Args::default(),
            fix: None,
        }
    }

    #[test]
    fn each_is_found_by_what_it_is_about_worst_first() {
        use Severity::{Error, Info, Warning};
        let found = Findings::from(vec![
            finding(Info, Some("s1"), None, "P1"),
            finding(Error, Some("s2"), None, "P2"),
            finding(Error, Some("s1"), None, "P3"),
            finding(Warning, None, Some("r1"), "P4"),
            finding(Warning, Some("s3"), Some("r1"), "P5"),
            finding(Info, None, None, "P6"),
            finding(Info, Some("s4"), None, "P7"),
        ]);
        let codes = |all: Vec<&Finding>| all.into_iter().map(|f| f.code).collect::<Vec<_>>();
        assert_eq!(codes(found.of_span(&"s1".into()).collect()), ["P3", "P1"]);
        assert_eq!(codes(found.of_span(&"s3".into()).collect()), ["P5"]);
        assert_eq!(codes(found.of_span(&"s9".into()).collect()), [""; 0]);
        assert_eq!(codes(found.of_relation(&"r1".into()).collect()), ["P4", "P5"]);
        assert_eq!(codes(found.of_article().collect()), ["P6"]);
        assert!(found.trouble(&"s1".into()) && !found.trouble(&"s4".into()));
        assert_eq!((found.errors(), found.warnings(), found.troubled().count()), (2, 2, 3));
    }
}
