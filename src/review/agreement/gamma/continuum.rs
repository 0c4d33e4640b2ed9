//! Continua: the units of several annotators on one line, and how unlike two units are.

/// A unit: where it is and what it is called.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// Where it starts, in code points (or any other length).
    pub start: f64,
    /// Where it ends.
    pub end: f64,
    /// Which category, by number.
    pub category: u32,
}

impl Unit {
    /// How long it is.
    pub fn length(self) -> f64 {
        self.end - self.start
    }
}

/// The units of each annotator.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Continuum {
    /// One list an annotator, in order of start, then end, then category.
    annotators: Vec<Vec<Unit>>,
}

impl Continuum {
    /// The units of each annotator, in any order.
    pub fn new(mut annotators: Vec<Vec<Unit>>) -> Self {
        for units in &mut annotators {
            units.sort_by(|a, b| {
                a.start.total_cmp(&b.start).then(a.end.total_cmp(&b.end)).then(a.category.cmp(&b.category))
            });
        }
        Self { annotators }
    }

    /// One sorted list an annotator.
    pub fn annotators(&self) -> &[Vec<Unit>] {
        &self.annotators
    }

    /// How many units there are.
    pub fn units(&self) -> usize {
        self.annotators.iter().map(Vec::len).sum()
    }

    /// Units for each annotator on average.
    pub fn mean_units(&self) -> f64 {
        self.units() as f64 / self.annotators.len().max(1) as f64
    }
}

/// How position and category are weighed (Mathet et al. 2015, section 4.3).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dissimilarity {
    /// The weight of position.
    pub alpha: f64,
    /// The weight of category.
    pub beta: f64,
    /// Δ∅: what it costs to leave a unit without a counterpart.
    pub empty: f64,
}

impl Default for Dissimilarity {
    fn default() -> Self {
        Self { alpha: 1.0, beta: 1.0, empty: 1.0 }
    }
}

impl Dissimilarity {
    /// The positional-sporadic dissimilarity: ((|Δstart| + |Δend|) / (sum of lengths))² · Δ∅. Two units without length are alike if
    /// they stand at the same place and infinitely unlike otherwise.
    pub fn position(&self, one: Unit, other: Unit) -> f64 {
        let apart = (one.start - other.start).abs() + (one.end - other.end).abs();
        if apart == 0.0 {
            return 0.0;
        }
        let ratio = apart / (one.length() + other.length());
        ratio * ratio * self.empty
    }

    /// The categorial dissimilarity: 0 for the same category, else Δ∅.
    pub fn category(&self, one: Unit, other: Unit) -> f64 {
        if one.category == other.category { 0.0 } else { self.empty }
    }

    /// The combination α · position + β · category.
    pub fn of(&self, one: Unit, other: Unit) -> f64 {
        self.alpha * self.position(one, other) + self.beta * self.category(one, other)
    }
}
