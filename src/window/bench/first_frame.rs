//! How long the window takes to appear, told by the window itself: with `POSTIL_FIRST_FRAME=1` it prints one line of JSON to the
//! standard error after its first frame stands on the screen, and closes.

use std::time::{Duration, Instant};

/// Waits for the first frame.
pub(in crate::window) struct FirstFrame {
    begun: Instant,
    frames: u32,
}

impl FirstFrame {
    /// If the environment asks for it.
    pub fn asked() -> Option<Self> {
        let asked = std::env::var_os("POSTIL_FIRST_FRAME").is_some_and(|value| value == "1");
        asked.then(|| Self { begun: Instant::now(), frames: 0 })
    }

    /// Call it at the beginning of every frame. When the second begins, the first has been painted and shown: then this prints
    /// `{"elapsed_ms":…,"rss_kb":…}` and is true.
    pub fn is_over(&mut self, ctx: &egui::Context) -> bool {
        self.frames += 1;
        if self.frames < 2 {
            ctx.request_repaint();
            return false;
        }
        if self.frames == 2 {
            // From the start of the process where the system says when that was, else from the start of the window.
            let elapsed = since_process_start().unwrap_or_else(|| self.begun.elapsed());
            let line = serde_json::json!({ "elapsed_ms": elapsed.as_millis() as u64, "rss_kb": resident_kilobytes() });
            eprintln!("{line}");
        }
        true
    }
}

/// Ticks in a second in `/proc/*/stat`; Linux has shown 100 to programs on every machine since version 2.6.
const TICKS: f64 = 100.0;

/// How long this process has been running, to a hundredth of a second: `starttime` of proc_pid_stat(5) against `/proc/uptime`.
fn since_process_start() -> Option<Duration> {
    let started = start_ticks(&std::fs::read_to_string("/proc/self/stat").ok()?)? / TICKS;
    let up: f64 = std::fs::read_to_string("/proc/uptime").ok()?.split(' ').next()?.parse().ok()?;
    Duration::try_from_secs_f64(up - started).ok()
}

/// The 22nd field. The second is the program's name in brackets, which may hold anything, brackets and spaces too.
fn start_ticks(stat: &str) -> Option<f64> {
    stat[stat.rfind(')')? + 1..].split_whitespace().nth(19)?.parse().ok()
}

/// `VmRSS` of proc_pid_status(5); `None` where there is no such file.
pub(in crate::window) fn resident_kilobytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_is_found_behind_any_name() {
        let stat = "12 (a) b (c)) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 777 20 21";
        assert_eq!(start_ticks(stat), Some(777.0));
        assert_eq!(start_ticks("12"), None);
    }

    #[test]
    fn it_is_over_at_the_second_frame() {
        let mut first = FirstFrame { begun: Instant::now(), frames: 0 };
        let ctx = egui::Context::default();
        assert!(!first.is_over(&ctx));
        assert!(first.is_over(&ctx));
    }
}
