//! The usual letters drawn before they are needed, while the start page waits for its reader.
//!
//! A letter in a size that was not seen before takes about 50 µs: its outline is fitted to the grid of pixels and filled. A page of an
//! article brings some 300 of them, most of what its first frame costs. Somebody who reads the start page does not notice the few frames in
//! which that is done here, one kind of letters a frame; after them nothing is asked for any more, and the window rests.

use egui::{Color32, FontFamily, FontId, Ui};

use super::article_view::CHIP_TEXT;
use super::look;
use super::panel::Panel;
use crate::session::sample;

/// Frames that pass first, so that whoever opens something at once does not wait for this.
const BEFORE: usize = 1;

/// How far the drawing has come.
#[derive(Debug, Default)]
pub(super) struct Letters {
    done: usize,
}

/// Where letters stand.
enum Place {
    /// In articles and names: so many code points of each article of the sample are typical.
    Articles(usize),
    /// In the words of the window's own bars and panels.
    Window,
}

impl Letters {
    /// Draws the letters of one kind, and asks for another frame as long as there are more.
    pub fn draw_ahead(&mut self, ui: &Ui, panel: &Panel<'_>) {
        let kinds = kinds(panel);
        if self.done >= kinds.len() + BEFORE {
            return;
        }
        if let Some((font, place)) = self.done.checked_sub(BEFORE).and_then(|n| kinds.get(n)) {
            // A letter has four pictures, by where in a pixel it begins: words have to stand as they will.
            let draw = |text: &str| {
                let _drawn = ui.painter().layout(text.to_owned(), font.clone(), Color32::BLACK, 680.0);
            };
            match place {
                Place::Articles(length) => sample::beginnings(*length).for_each(draw),
                Place::Window => panel.words.fixed().for_each(draw),
            }
        }
        self.done += 1;
        if self.done < kinds.len() + BEFORE {
            ui.request_repaint();
        }
    }
}

/// The fonts of the window with an article open.
fn kinds(panel: &Panel<'_>) -> Vec<(FontId, Place)> {
    let style = &panel.preferences.style;
    let article = if style.serif { look::serif() } else { FontFamily::Proportional };
    let plain = |size: f32| FontId::new(size, FontFamily::Proportional);
    let bold = |size: f32| FontId::new(size, look::bold());
    vec![
        (FontId::new(style.size, article), Place::Articles(1500)),
        (plain(13.5), Place::Window),
        (plain(11.5), Place::Window),
        (bold(13.5), Place::Window),
        (plain(CHIP_TEXT), Place::Articles(600)),
        (plain(13.5), Place::Articles(400)),
        (plain(11.5), Place::Articles(400)),
        (plain(12.5), Place::Articles(60)),
        (bold(12.5), Place::Articles(60)),
        (bold(15.0), Place::Articles(60)),
    ]
}
