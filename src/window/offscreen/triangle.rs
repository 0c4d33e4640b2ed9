//! Which pixels a triangle covers, exactly.
//!
//! Corners are snapped to 1/256 of a pixel and the rest is whole numbers, so that two triangles that share an edge share no pixel and
//! leave none out (the top-left rule, as graphics cards have it). Each row's run of pixels is computed at once instead of asking every
//! pixel: that is what makes large plain areas cheap.

use std::ops::Range;

/// Steps in a pixel.
const STEPS: i64 = 256;
/// Corners farther out than this many pixels are pulled in, so that products of two coordinates fit 64 bits.
const FAR: f32 = 1e6;

/// The pixels that may be painted: columns and rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// Columns.
    pub x: Range<i64>,
    /// Rows.
    pub y: Range<i64>,
}

/// A straight line as `along_x · x + along_y · y + constant`, in steps: positive inside the triangle, zero on the line.
#[derive(Clone, Copy)]
struct Edge {
    along_x: i64,
    along_y: i64,
    constant: i64,
    /// 0 where pixels on the line itself belong to the triangle (top and left edges), else 1.
    excluded: i64,
}

impl Edge {
    fn new(from: [i64; 2], to: [i64; 2]) -> Self {
        let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
        let top_or_left = (dy == 0 && dx > 0) || dy < 0;
        Self {
            along_x: -dy,
            along_y: dx,
            constant: dy * from[0] - dx * from[1],
            excluded: i64::from(!top_or_left),
        }
    }

    /// The value at the centre of a pixel.
    fn at(&self, x: i64, y: i64) -> i64 {
        self.along_x * centre(x) + self.along_y * centre(y) + self.constant
    }

    /// Leaves of a row's columns those on the inner side.
    fn narrow(&self, row: i64, columns: &mut Range<i64>) {
        let at_zero = self.at(0, row) - self.excluded;
        let per_column = self.along_x * STEPS;
        match per_column.signum() {
            1 => columns.start = columns.start.max(-at_zero.div_euclid(per_column)),
            -1 => columns.end = columns.end.min(at_zero.div_euclid(-per_column) + 1),
            _ if at_zero < 0 => columns.end = columns.start,
            _ => {}
        }
    }
}

/// A triangle on the pixel grid.
pub(super) struct Triangle {
    /// Edge *i* lies opposite corner *i*: its value over `area` is that corner's weight.
    edges: [Edge; 3],
    area: f32,
    bounds: Window,
}

impl Triangle {
    /// The triangle of three corners given in pixels, in either winding; `None` if it has no area.
    pub(super) fn new(corners: [[f32; 2]; 3]) -> Option<Self> {
        if corners.iter().flatten().any(|v| !v.is_finite()) {
            return None;
        }
        let p = corners.map(|corner| corner.map(|v| (v.clamp(-FAR, FAR) * STEPS as f32).round() as i64));
        let area = (p[1][0] - p[0][0]) * (p[2][1] - p[0][1]) - (p[1][1] - p[0][1]) * (p[2][0] - p[0][0]);
        let edges = match area.signum() {
            1 => [Edge::new(p[1], p[2]), Edge::new(p[2], p[0]), Edge::new(p[0], p[1])],
            -1 => [Edge::new(p[2], p[1]), Edge::new(p[0], p[2]), Edge::new(p[1], p[0])],
            _ => return None,
        };
        Some(Self {
            edges,
            area: area.abs() as f32,
            bounds: Window { x: extent(p.map(|q| q[0])), y: extent(p.map(|q| q[1])) },
        })
    }

    /// Calls `paint` with each row and its run of covered columns, inside `window`.
    pub(super) fn rows(&self, window: &Window, mut paint: impl FnMut(i64, Range<i64>)) {
        let within = |a: &Range<i64>, b: &Range<i64>| a.start.max(b.start)..a.end.min(b.end);
        let columns = within(&self.bounds.x, &window.x);
        for row in within(&self.bounds.y, &window.y) {
            let mut run = columns.clone();
            for edge in &self.edges {
                edge.narrow(row, &mut run);
            }
            if run.start < run.end {
                paint(row, run);
            }
        }
    }

    /// How much each corner counts at the centre of a pixel; the three sum to 1.
    pub(super) fn weights(&self, x: i64, y: i64) -> [f32; 3] {
        self.edges.map(|edge| edge.at(x, y) as f32 / self.area)
    }
}

/// The middle of a pixel in steps.
fn centre(pixel: i64) -> i64 {
    pixel * STEPS + STEPS / 2
}

/// The pixels between the smallest and the greatest of three places.
fn extent(places: [i64; 3]) -> Range<i64> {
    let [a, b, c] = places;
    a.min(b).min(c).div_euclid(STEPS)..a.max(b).max(c).div_euclid(STEPS) + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIDE: i64 = 12;

    fn everything() -> Window {
        Window { x: 0..SIDE, y: 0..SIDE }
    }

    fn counted(corners: &[[[f32; 2]; 3]], window: &Window) -> Vec<u8> {
        let mut counts = vec![0; (SIDE * SIDE) as usize];
        for triangle in corners.iter().filter_map(|c| Triangle::new(*c)) {
            triangle.rows(window, |y, run| {
                for x in run {
                    counts[(y * SIDE + x) as usize] += 1;
                }
            });
        }
        counts
    }

    fn drawn(counts: &[u8]) -> Vec<String> {
        let row = |r: &[u8]| r[..6].iter().map(|c| if *c > 0 { '#' } else { '.' }).collect();
        counts.chunks(SIDE as usize).take(5).map(row).collect()
    }

    #[test]
    fn a_pixel_is_covered_where_its_centre_is() {
        let half = [[1.0, 1.0], [5.5, 1.0], [1.0, 5.5]];
        assert_eq!(
            drawn(&counted(&[half], &everything())),
            ["......", ".####.", ".###..", ".##...", ".#...."]
        );
    }

    #[test]
    fn either_winding_covers_the_same() {
        let one = [[1.0, 1.0], [9.0, 2.0], [3.0, 7.5]];
        let other = [one[0], one[2], one[1]];
        assert_eq!(counted(&[one], &everything()), counted(&[other], &everything()));
    }

    #[test]
    fn nothing_is_painted_outside_the_clip() {
        let whole = [[-9e9, -9e9], [9e9, -9e9], [0.0, 9e9]];
        let window = Window { x: 2..5, y: 3..4 };
        assert_eq!(counted(&[whole], &window).iter().map(|c| u32::from(*c)).sum::<u32>(), 3);
    }

    #[test]
    fn no_area_and_no_number_are_no_triangle() {
        assert!(Triangle::new([[1.0, 1.0], [5.0, 5.0], [9.0, 9.0]]).is_none());
        assert!(Triangle::new([[f32::NAN, 1.0], [5.0, 5.0], [9.0, 1.0]]).is_none());
    }

    #[test]
    fn weights_are_one_at_their_corner() {
        let triangle = Triangle::new([[0.5, 0.5], [8.5, 0.5], [0.5, 8.5]]).unwrap();
        assert_eq!(triangle.weights(0, 0), [1.0, 0.0, 0.0]);
        assert_eq!(triangle.weights(8, 0), [0.0, 1.0, 0.0]);
        assert_eq!(triangle.weights(2, 4), [0.25, 0.25, 0.5]);
    }

    proptest! {
        /// A rectangle cut at any inner point into four triangles is covered once everywhere: no seam, no gap.
        #[test]
        fn neighbours_share_no_pixel_and_leave_none_out(
            x in 0.0f32..12.0, y in 0.0f32..12.0,
        ) {
            let (a, b, c, d, middle) = ([0.0, 0.0], [12.0, 0.0], [12.0, 12.0], [0.0, 12.0], [x, y]);
            let cut = [[a, b, middle], [b, c, middle], [middle, c, d], [d, a, middle]];
            prop_assert!(counted(&cut, &everything()).iter().all(|count| *count == 1));
        }
    }
}
