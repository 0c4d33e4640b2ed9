//! What a format cannot carry, counted before anything is written.

use std::fmt;

/// One kind of thing that is lost or turned into something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// How many.
    pub count: usize,
    /// What, for one: `discontinuous span`.
    pub one: &'static str,
    /// What, for several: `discontinuous spans`.
    pub many: &'static str,
    /// What becomes of them: `become one span from the first part to the last`.
    pub fate: String,
}

/// Everything that an export will lose, in the order in which it was first met. Empty = nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LossReport(Vec<Loss>);

impl LossReport {
    /// Counts `count` more things of a kind with one fate.
    pub fn add(&mut self, count: usize, one: &'static str, many: &'static str, fate: impl Into<String>) {
        let fate = fate.into();
        if count == 0 {
            return;
        }
        match self.0.iter_mut().find(|loss| loss.many == many && loss.fate == fate) {
            Some(loss) => loss.count += count,
            None => self.0.push(Loss { count, one, many, fate }),
        }
    }

    /// Adds what another counted after this one.
    pub fn join(&mut self, other: Self) {
        for loss in other.0 {
            self.add(loss.count, loss.one, loss.many, loss.fate);
        }
    }

    /// Whether nothing is lost.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The kinds of loss.
    pub fn iter(&self) -> impl Iterator<Item = &Loss> {
        self.0.iter()
    }
}

impl fmt::Display for Loss {
    /// `3 discontinuous spans: become one span from the first part to the last`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.count == 1 { self.one } else { self.many };
        write!(f, "{} {what}: {}", self.count, self.fate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_of_one_kind_and_fate_are_counted_together() {
        let mut report = LossReport::default();
        report.add(0, "note", "notes", "left out");
        assert!(report.is_empty());
        report.add(1, "note", "notes", "left out");
        report.add(2, "note", "notes", "left out");
        report.add(1, "note", "notes", "kept in another column");
        let said: Vec<String> = report.iter().map(ToString::to_string).collect();
        assert_eq!(said, ["3 notes: left out", "1 note: kept in another column"]);
    }
}
