//! Names of things: short strings that stay the same for ever once they are in a file.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The name as it stands in the files.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                Self(Arc::from(name))
            }
        }

        impl From<String> for $name {
            fn from(name: String) -> Self {
                Self(Arc::from(name))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                &*self.0 == other
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        // `s2` before `s10`: people read these, and files are sorted by them.
        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                natural_order(&self.0, &other.0)
            }
        }
    };
}

id!(
    /// A span's id, unique within one set of annotations (`s7`).
    SpanId
);
id!(
    /// A relation's id, unique within one set of annotations (`r1`).
    RelationId
);
id!(
    /// A register entry's id, unique within the project (`witkoff`).
    EntityId
);
id!(
    /// A codebook term's id, unique within the project (`territory.donbas`).
    TermId
);

id!(
    /// A decision's id, unique within one set of annotations (`d3f0a2b1c`).
    DecisionId
);

/// Compares two names so that runs of digits count as numbers: `s2` < `s10` < `t1`.
///
/// A total order that agrees with equality: names whose numbers are equal (`s1`, `s01`) fall back to plain string order.
pub fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut x, mut y) = (a.as_bytes(), b.as_bytes());
    while let (Some(&p), Some(&q)) = (x.first(), y.first()) {
        if p.is_ascii_digit() && q.is_ascii_digit() {
            let (m, n) = (digits(x), digits(y));
            let (d, e) = (strip_zeros(&x[..m]), strip_zeros(&y[..n]));
            let order = d.len().cmp(&e.len()).then_with(|| d.cmp(e));
            if order.is_ne() {
                return order;
            }
            (x, y) = (&x[m..], &y[n..]);
        } else if p != q {
            return p.cmp(&q);
        } else {
            (x, y) = (&x[1..], &y[1..]);
        }
    }
    x.len().cmp(&y.len()).then_with(|| a.cmp(b))
}

fn digits(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| b.is_ascii_digit()).count()
}

fn strip_zeros(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|b| **b == b'0').count();
    &bytes[zeros..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_count_as_numbers() {
        let mut ids: Vec<SpanId> =
            ["s10", "s2", "t1", "s01", "s1", "s"].into_iter().map(SpanId::from).collect();
        ids.sort();
        let names: Vec<&str> = ids.iter().map(SpanId::as_str).collect();
        assert_eq!(names, ["s", "s01", "s1", "s2", "s10", "t1"]);
    }
}
