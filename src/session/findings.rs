//! What validation found in the article at hand, ready to be asked about a span.

use std::collections::HashMap;
use std::ops::Deref;

use crate::model::{Severity, SpanId};
use crate::validate::Finding;

/// From so many findings on, taking them apart is left to another thread.
const MANY: usize = 5_000;

/// Findings, worst first, with an index by span: a view asks about the spans on screen in every frame, and there may be a hundred
/// thousand findings.
#[derive(Debug, Default)]
pub struct Findings {
    all: Vec<Finding>,
    /// The findings of each span, as places in `all`, and whether one is worse than a remark.
    by_span: HashMap<SpanId, (Vec<u32>, bool)>,
    errors: usize,
    warnings: usize,
}

impl Findings {
    /// Those that speak of a span, worst first.
    pub fn of_span(&self, span: &SpanId) -> impl Iterator<Item = &Finding> {
        self.by_span
            .get(span)
            .into_iter()
            .flat_map(|(places, _)| places)
            .map(|place| &self.all[*place as usize])
    }

    /// Whether a span has an error or a warning.
    pub fn trouble(&self, span: &SpanId) -> bool {
        self.by_span.get(span).is_some_and(|(_, trouble)| *trouble)
    }

    /// The spans that have an error or a warning, in no particular order.
    pub fn troubled(&self) -> impl Iterator<Item = &SpanId> {
        self.by_span.iter().filter(|(_, (_, trouble))| *trouble).map(|(span, _)| span)
    }

    /// How many are errors.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// How many are warnings.
    pub fn warnings(&self) -> usize {
        self.warnings
    }
}

impl From<Vec<Finding>> for Findings {
    /// Sorts them: worst first, then as the text runs.
    fn from(mut all: Vec<Finding>) -> Self {
        all.sort_by(|a, b| b.severity.cmp(&a.severity).then(a.range.cmp(&b.range)).then(a.code.cmp(b.code)));
        let mut by_span: HashMap<SpanId, (Vec<u32>, bool)> = HashMap::new();
        let (mut errors, mut warnings) = (0, 0);
        for (place, finding) in (0u32..).zip(&all) {
            errors += usize::from(finding.severity == Severity::Error);
            warnings += usize::from(finding.severity == Severity::Warning);
            if let Some(span) = &finding.span {
                let (places, trouble) = by_span.entry(span.clone()).or_default();
                places.push(place);
                *trouble |= finding.severity >= Severity::Warning;
            }
        }
        Self { all, by_span, errors, warnings }
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
