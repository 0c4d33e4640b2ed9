//! The assignment problem on a sparse graph: pairs of greatest total worth, no span used twice, none forced.
//!
//! The Hungarian method in its form by shortest augmenting paths with dual prices (Edmonds & Karp 1972; Jonker & Volgenant 1987), on
//! adjacency lists. Each left node is brought in by one Dijkstra search over reduced costs, which ends at the first free right
//! node or where it pays most to leave a left node without partner. The searches stay inside the node's connected component and almost
//! always end within a step or two. Worths are compared lexicographically, which the method allows: it only adds, subtracts and compares.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::{Add, Sub};

/// What a pair is worth: the first number that differs decides. Sums of as many as there are spans must fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Worth(pub [i64; 5]);

impl Add for Worth {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] + other.0[i]))
    }
}

impl Sub for Worth {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] - other.0[i]))
    }
}

/// What the method needs of a worth: an order, a nothing, and that it can be added and taken away.
pub(in crate::review) trait Value:
    Copy + Default + Ord + Add<Output = Self> + Sub<Output = Self>
{
}

impl<W: Copy + Default + Ord + Add<Output = W> + Sub<Output = W>> Value for W {}

/// A possible pair. Its worth should be greater than nothing; it is never taken otherwise.
#[derive(Clone, Copy, Debug)]
pub(in crate::review) struct Edge<W> {
    pub left: usize,
    pub right: usize,
    pub worth: W,
}

/// Where a search may go on or end, in order of preference among equals: a free right node first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stop {
    Right(usize),
    Unpaired(usize),
}

struct Search<'a, W> {
    edges: &'a [Edge<W>],
    /// The edges of left node l by number: `of_left[starts[l]..starts[l + 1]]`.
    of_left: Vec<usize>,
    starts: Vec<usize>,
    price_left: Vec<W>,
    price_right: Vec<W>,
    /// The edge that pairs each node.
    pair_left: Vec<Option<usize>>,
    pair_right: Vec<Option<usize>>,
}

/// The numbers of the edges taken, of greatest total worth.
///
/// Edges must be sorted so that equal inputs give equal outputs; of equally good answers the one found is always the same.
pub(in crate::review) fn solve<W: Value>(lefts: usize, rights: usize, edges: &[Edge<W>]) -> Vec<usize> {
    let mut starts = vec![0usize; lefts + 1];
    let mut of_right = vec![0u32; rights];
    for edge in edges {
        starts[edge.left + 1] += 1;
        of_right[edge.right] += 1;
    }
    for left in 0..lefts {
        starts[left + 1] += starts[left];
    }
    let mut of_left = vec![0usize; edges.len()];
    let mut next = starts.clone();
    for (number, edge) in edges.iter().enumerate() {
        of_left[next[edge.left]] = number;
        next[edge.left] += 1;
    }
    // Most spans touch one other and nothing else: nothing has to be searched for them.
    let alone = |left: usize| match of_left[starts[left]..starts[left + 1]] {
        [edge] if of_right[edges[edge].right] == 1 => Some(edge),
        _ => None,
    };
    let mut pair_left: Vec<Option<usize>> =
        (0..lefts).map(|left| alone(left).filter(|edge| edges[*edge].worth >= W::default())).collect();
    let searched: Vec<usize> =
        (0..lefts).filter(|left| starts[*left] < starts[*left + 1] && alone(*left).is_none()).collect();
    if !searched.is_empty() {
        let mut search = Search {
            edges,
            of_left,
            starts,
            price_left: vec![W::default(); lefts],
            price_right: vec![W::default(); rights],
            pair_left,
            pair_right: vec![None; rights],
        };
        let mut scratch = Scratch::new(rights);
        for left in searched {
            search.bring_in(left, &mut scratch);
        }
        pair_left = search.pair_left;
    }
    pair_left.into_iter().flatten().collect()
}

/// What one search needs, kept between searches so that each costs only what it touches.
struct Scratch<W> {
    distance_right: Vec<Option<W>>,
    /// Whether the distance is final.
    settled: Vec<bool>,
    /// The edge over which a right node was reached at its distance.
    reached_by: Vec<usize>,
    touched: Vec<usize>,
    /// Left nodes reached, with their distance.
    lefts: Vec<(usize, W)>,
    heap: BinaryHeap<Reverse<(W, Stop)>>,
}

impl<W: Value> Scratch<W> {
    fn new(rights: usize) -> Self {
        Self {
            distance_right: vec![None; rights],
            settled: vec![false; rights],
            reached_by: vec![usize::MAX; rights],
            touched: Vec::new(),
            lefts: Vec::new(),
            heap: BinaryHeap::new(),
        }
    }
}

impl<W: Value> Search<'_, W> {
    fn edges_of(&self, left: usize) -> &[usize] {
        &self.of_left[self.starts[left]..self.starts[left + 1]]
    }

    /// Brings one more left node in and keeps the whole optimal.
    fn bring_in(&mut self, start: usize, scratch: &mut Scratch<W>) {
        let zero = W::default();
        // A price high enough for every edge of this node; it can only come down.
        let edges = self.edges;
        let highest =
            self.edges_of(start).iter().map(|e| edges[*e].worth - self.price_right[edges[*e].right]).max();
        self.price_left[start] = highest.unwrap_or(zero).max(zero);
        scratch.heap.clear();
        scratch.lefts.clear();
        self.reach(start, zero, scratch);
        let end = loop {
            // There is always an end: leaving the start itself unpaired.
            let Some(Reverse((distance, stop))) = scratch.heap.pop() else { break None };
            match stop {
                Stop::Unpaired(_) => break Some((distance, stop)),
                Stop::Right(right) => {
                    // Once settled a node stays so: rounding of fractions must not lead the path in a circle.
                    if std::mem::replace(&mut scratch.settled[right], true) {
                        continue;
                    }
                    match self.pair_right[right] {
                        None => break Some((distance, stop)),
                        Some(edge) => {
                            let left = self.edges[edge].left;
                            self.reach(left, distance, scratch);
                        }
                    }
                }
            }
        };
        if let Some((length, stop)) = end {
            for (left, distance) in &scratch.lefts {
                self.price_left[*left] = self.price_left[*left] - (length - *distance);
            }
            for right in &scratch.touched {
                if let Some(distance) = scratch.distance_right[*right].filter(|d| *d < length) {
                    self.price_right[*right] = self.price_right[*right] + (length - distance);
                }
            }
            self.flip(start, stop, scratch);
        }
        for right in scratch.touched.drain(..) {
            scratch.distance_right[right] = None;
            scratch.settled[right] = false;
        }
    }

    fn reach(&self, left: usize, distance: W, scratch: &mut Scratch<W>) {
        scratch.lefts.push((left, distance));
        scratch.heap.push(Reverse((distance + self.price_left[left], Stop::Unpaired(left))));
        for number in self.edges_of(left) {
            let edge = &self.edges[*number];
            if scratch.settled[edge.right] {
                continue;
            }
            let to = distance + self.price_left[left] + self.price_right[edge.right] - edge.worth;
            let known = scratch.distance_right[edge.right];
            if known.is_none_or(|known| to < known) {
                if known.is_none() {
                    scratch.touched.push(edge.right);
                }
                scratch.distance_right[edge.right] = Some(to);
                scratch.reached_by[edge.right] = *number;
                scratch.heap.push(Reverse((to, Stop::Right(edge.right))));
            }
        }
    }

    /// Exchanges pairs along the path that was found, from its end back to where it began.
    fn flip(&mut self, start: usize, stop: Stop, scratch: &Scratch<W>) {
        let mut right = match stop {
            Stop::Right(right) => right,
            Stop::Unpaired(left) => match self.pair_left[left].take() {
                Some(edge) => self.edges[edge].right,
                None => return,
            },
        };
        loop {
            let edge = scratch.reached_by[right];
            let left = self.edges[edge].left;
            self.pair_right[right] = Some(edge);
            let before = self.pair_left[left].replace(edge);
            match before {
                Some(before) if left != start => right = self.edges[before].right,
                _ => return,
            }
        }
    }
}
