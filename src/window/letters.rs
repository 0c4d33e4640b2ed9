//! The usual letters drawn before they are needed, while the start page waits for its reader.
//!
//! A letter in a size that was not seen before takes about 50 µs: its outline is fitted to the grid of pixels and filled. A page of an
//! article brings some 300 of them, most of what its first frame costs. Somebody who reads the start page does not notice the few frames in
//! which that is done here, one kind of letters a frame; after them nothing is asked for any more, and the window rests.

use egui::{Color32, FontFamily, FontId, Ui};

use super::article_view::CHIP_TEXT;
use super::look;
use super::preferences::Preferences;
use crate::session::sample;

/// Frames that pass first, so that whoever opens something at once does not wait for this.
const BEFORE: usize = 1;

/// How far the drawing has come.
#[derive(Debug, Default)]
pub(super) struct Letters {
    done: usize,
}

impl Letters {
    /// Draws the letters of one kind, and asks for another frame as long as there are more.
    pub fn draw_ahead(&mut self, ui: &Ui, preferences: &Preferences) {
        let kinds = kinds(preferences);
        if self.done >= kinds.len() + BEFORE {
            return;
        }
        if let Some((font, length)) = self.done.checked_sub(BEFORE).and_then(|n| kinds.get(n)) {
            for text in sample::beginnings(*length) {
                // At many places of the line, for a letter has four pictures by where in a pixel it begins.
                let _drawn = ui.painter().layout(text.to_owned(), font.clone(), Color32::BLACK, 680.0);
            }
        }
        self.done += 1;
        if self.done < kinds.len() + BEFORE {
            ui.request_repaint();
        }
    }
}

/// The fonts of the window with an article open, and how many code points of each language are typical of what stands in them.
fn kinds(preferences: &Preferences) -> Vec<(FontId, usize)> {
    let style = &preferences.style;
    let article = if style.serif { look::serif() } else { FontFamily::Proportional };
    let plain = |size: f32| FontId::new(size, FontFamily::Proportional);
    let bold = |size: f32| FontId::new(size, look::bold());
    vec![
        (FontId::new(style.size, article), 900),
        (plain(CHIP_TEXT), 250),
        (plain(11.5), 250),
        (plain(12.5), 120),
        (bold(12.5), 120),
        (plain(13.5), 250),
        (bold(13.5), 120),
    ]
}
