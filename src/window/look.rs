//! The look: design tokens read from RON, fonts, and how both become egui's style. No other file names a colour.

use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Stroke, TextStyle, Theme, Vec2};
use serde::Deserialize;
use std::sync::Arc;

/// How a label's underline is drawn, so that labels differ without colour too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum LinePattern {
    /// ────
    Solid,
    /// ════
    Double,
    /// ─ ─ ─
    Dashed,
    /// · · ·
    Dotted,
    /// ∿∿∿∿
    Wavy,
    /// ━━━━
    Thick,
    /// ─ · ─
    DashDot,
}

impl LinePattern {
    /// All of them, in the order in which further labels take them.
    pub const ALL: [Self; 7] =
        [Self::Solid, Self::Double, Self::Dashed, Self::Dotted, Self::Wavy, Self::Thick, Self::DashDot];
}

/// One label's colours.
#[derive(Clone, Copy, Debug)]
pub struct LabelLook {
    /// Underlines, chips' text and borders.
    pub ink: Color32,
    /// Behind the text.
    pub ground: Color32,
    /// The underline.
    pub line: LinePattern,
}

/// All colours of a theme.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the names say it; the RON files show them in place")]
pub struct Tokens {
    pub name: String,
    pub dark: bool,
    pub page: Color32,
    pub panel: Color32,
    pub raised: Color32,
    pub line: Color32,
    pub text: Color32,
    pub text_soft: Color32,
    pub text_faint: Color32,
    pub accent: Color32,
    pub accent_ground: Color32,
    pub on_accent: Color32,
    pub selection: Color32,
    pub caret: Color32,
    pub error: Color32,
    pub warning: Color32,
    pub info: Color32,
    pub good: Color32,
    pub shadow: Color32,
    pub labels: Vec<LabelLook>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredTokens {
    name: String,
    dark: bool,
    page: String,
    panel: String,
    raised: String,
    line: String,
    text: String,
    text_soft: String,
    text_faint: String,
    accent: String,
    accent_ground: String,
    on_accent: String,
    selection: String,
    caret: String,
    error: String,
    warning: String,
    info: String,
    good: String,
    shadow: String,
    labels: Vec<StoredLabel>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredLabel {
    ink: String,
    ground: String,
    line: LinePattern,
}

fn colour(hex: &str) -> Option<Color32> {
    let digits = hex.strip_prefix('#')?;
    let byte = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    let alpha = if digits.len() == 8 { byte(6)? } else { 255 };
    Some(Color32::from_rgba_unmultiplied(byte(0)?, byte(2)?, byte(4)?, alpha))
}

impl Tokens {
    /// Reads tokens.
    ///
    /// # Errors
    /// What is wrong with the text, in words.
    pub fn read(ron: &str) -> Result<Self, String> {
        let stored: StoredTokens = ron::from_str(ron).map_err(|e| e.to_string())?;
        let c = |hex: &str| colour(hex).ok_or_else(|| format!("`{hex}` is not a colour like #1d1b18"));
        let label = |l: &StoredLabel| {
            Ok::<_, String>(LabelLook { ink: c(&l.ink)?, ground: c(&l.ground)?, line: l.line })
        };
        Ok(Self {
            dark: stored.dark,
            page: c(&stored.page)?,
            panel: c(&stored.panel)?,
            raised: c(&stored.raised)?,
            line: c(&stored.line)?,
            text: c(&stored.text)?,
            text_soft: c(&stored.text_soft)?,
            text_faint: c(&stored.text_faint)?,
            accent: c(&stored.accent)?,
            accent_ground: c(&stored.accent_ground)?,
            on_accent: c(&stored.on_accent)?,
            selection: c(&stored.selection)?,
            caret: c(&stored.caret)?,
            error: c(&stored.error)?,
            warning: c(&stored.warning)?,
            info: c(&stored.info)?,
            good: c(&stored.good)?,
            shadow: c(&stored.shadow)?,
            labels: stored.labels.iter().map(label).collect::<Result<_, _>>()?,
            name: stored.name,
        })
    }

    /// The built-in tokens of a theme.
    ///
    /// # Panics
    /// Never in a program that passes its own tests: the files are built in and read by them.
    #[expect(clippy::expect_used, reason = "the files are part of the program and a test reads them")]
    pub fn of(theme: Theme) -> Arc<Self> {
        static BOTH: std::sync::OnceLock<[Arc<Tokens>; 2]> = std::sync::OnceLock::new();
        let both = BOTH.get_or_init(|| {
            [include_str!("../../assets/tokens/light.ron"), include_str!("../../assets/tokens/dark.ron")]
                .map(|ron| Arc::new(Self::read(ron).expect("the built-in tokens are well-formed")))
        });
        both[usize::from(theme == Theme::Dark)].clone()
    }

    /// The look of the label with this colour number. Numbers beyond the palette take its colours again, each time with the next
    /// pattern, so that the first fifty-six labels of a schema all differ.
    pub fn label(&self, number: usize) -> LabelLook {
        let look = self.labels[number % self.labels.len()];
        let round = number / self.labels.len();
        let place = LinePattern::ALL.iter().position(|line| *line == look.line).unwrap_or_default();
        LabelLook { line: LinePattern::ALL[(place + round) % LinePattern::ALL.len()], ..look }
    }

    /// A label's look while other spans are in the foreground: nearer to the page, with the same pattern.
    pub fn stepped_back(&self, look: LabelLook) -> LabelLook {
        LabelLook {
            ink: mix(look.ink, self.page, 0.42),
            ground: mix(look.ground, self.page, 0.5),
            line: look.line,
        }
    }
}

/// A colour between two opaque ones: `share` of the second.
pub fn mix(one: Color32, other: Color32, share: f32) -> Color32 {
    let part = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * share).round() as u8;
    Color32::from_rgb(part(one.r(), other.r()), part(one.g(), other.g()), part(one.b(), other.b()))
}

pub use super::fonts::{bold, serif, serif_bold};

/// Puts fonts and both themes' styles into a context. Called once, before the first frame.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(super::fonts::definitions());
    ctx.add_plugin(super::bidi::Bidi);
    // Where the system does not say, paper is white.
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    for theme in [Theme::Light, Theme::Dark] {
        let tokens = Tokens::of(theme);
        ctx.style_mut_of(theme, |style| apply(style, &tokens));
    }
}

fn apply(style: &mut egui::Style, tokens: &Tokens) {
    style.text_styles = [
        (TextStyle::Small, FontId::new(11.5, FontFamily::Proportional)),
        (TextStyle::Body, FontId::new(13.5, FontFamily::Proportional)),
        (TextStyle::Button, FontId::new(13.5, FontFamily::Proportional)),
        (TextStyle::Heading, FontId::new(19.0, bold())),
        (TextStyle::Monospace, FontId::new(12.5, FontFamily::Monospace)),
    ]
    .into();
    style.spacing.item_spacing = Vec2::new(8.0, 6.0);
    style.spacing.button_padding = Vec2::new(9.0, 4.0);
    style.spacing.interact_size.y = 24.0;
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.window_margin = Margin::same(14);
    style.spacing.scroll = egui::style::ScrollStyle::thin();
    style.interaction.tooltip_delay = 0.35;
    // Blinking costs frames while nothing happens, and idle must cost nothing.
    style.visuals = if tokens.dark { egui::Visuals::dark() } else { egui::Visuals::light() };
    let v = &mut style.visuals;
    v.text_cursor.blink = false;
    v.override_text_color = None;
    v.weak_text_color = Some(tokens.text_soft);
    v.panel_fill = tokens.panel;
    v.window_fill = tokens.raised;
    v.window_stroke = Stroke::new(1.0, tokens.line);
    v.window_corner_radius = CornerRadius::same(8);
    v.menu_corner_radius = CornerRadius::same(6);
    v.extreme_bg_color = if tokens.dark { tokens.page } else { tokens.raised };
    v.faint_bg_color = tokens.page;
    v.code_bg_color = tokens.accent_ground;
    v.hyperlink_color = tokens.accent;
    v.error_fg_color = tokens.error;
    v.warn_fg_color = tokens.warning;
    v.selection.bg_fill = if tokens.dark { tokens.accent_ground } else { tokens.selection };
    v.selection.stroke = Stroke::new(1.0, tokens.text);
    v.window_shadow.color = tokens.shadow;
    v.popup_shadow.color = tokens.shadow;
    for (widget, ground, border, text) in [
        (&mut v.widgets.noninteractive, tokens.panel, tokens.line, tokens.text),
        (&mut v.widgets.inactive, tokens.raised, tokens.line, tokens.text),
        (&mut v.widgets.hovered, tokens.raised, tokens.text_faint, tokens.text),
        (&mut v.widgets.active, tokens.accent_ground, tokens.accent, tokens.text),
        (&mut v.widgets.open, tokens.accent_ground, tokens.line, tokens.text),
    ] {
        widget.bg_fill = ground;
        widget.weak_bg_fill = ground;
        widget.bg_stroke = Stroke::new(1.0, border);
        widget.fg_stroke = Stroke::new(1.0, text);
        widget.corner_radius = CornerRadius::same(5);
        widget.expansion = 0.0;
    }
}

/// The contrast of two opaque colours, 1 to 21, as WCAG 2.2 defines it.
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let luminance = |c: Color32| {
        let linear = |v: u8| {
            let v = f32::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(c.r()) + 0.7152 * linear(c.g()) + 0.0722 * linear(c.b())
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod vision;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_readable_on_every_ground_it_meets() {
        for theme in [Theme::Light, Theme::Dark] {
            let t = Tokens::of(theme);
            let mut pairs = vec![("on accent", t.on_accent, t.accent)];
            for ground in [t.page, t.panel, t.raised] {
                for (what, ink) in [
                    ("text", t.text),
                    ("soft", t.text_soft),
                    ("faint", t.text_faint),
                    ("accent", t.accent),
                    ("error", t.error),
                    ("warning", t.warning),
                    ("info", t.info),
                    ("good", t.good),
                ] {
                    pairs.push((what, ink, ground));
                }
            }
            pairs.push(("selected", t.text, t.selection));
            pairs.push(("on accent ground", t.text, t.accent_ground));
            for label in &t.labels {
                pairs.push(("text on label", t.text, label.ground));
                pairs.push(("ink on label", label.ink, label.ground));
                pairs.push(("ink on page", label.ink, t.page));
                let back = t.stepped_back(*label);
                pairs.push(("text on a label that steps back", t.text, back.ground));
                pairs.push(("faint text on a label", t.text_faint, back.ground));
                pairs.push(("page on ink", t.page, label.ink));
            }
            for (what, ink, ground) in pairs {
                let got = contrast(ink, ground);
                assert!(got >= 4.5, "{}: {what} {ink:?} on {ground:?} is {got:.2}", t.name);
            }
        }
    }

    #[test]
    fn neighbouring_labels_differ_in_pattern() {
        let t = Tokens::of(Theme::Light);
        for pair in t.labels.windows(2) {
            assert_ne!(pair[0].line, pair[1].line);
        }
    }

    #[test]
    fn fifty_six_labels_differ_in_colour_or_pattern() {
        let t = Tokens::of(Theme::Dark);
        let all: Vec<LabelLook> = (0..56).map(|n| t.label(n)).collect();
        for (n, one) in all.iter().enumerate() {
            assert!(!all[..n].iter().any(|other| other.ink == one.ink && other.line == one.line), "{n}");
        }
    }

    #[test]
    fn labels_can_be_told_apart_with_every_colour_vision() {
        for theme in [Theme::Light, Theme::Dark] {
            let t = Tokens::of(theme);
            for vision in vision::Vision::ALL {
                for (n, one) in t.labels.iter().enumerate() {
                    for other in &t.labels[..n] {
                        let apart = vision::difference(vision.sees(one.ink), vision.sees(other.ink));
                        assert!(
                            apart >= 10.0,
                            "{}, {vision:?}: {:?} and {:?}: {apart:.1}",
                            t.name,
                            one.ink,
                            other.ink
                        );
                        let back = [one, other].map(|l| vision.sees(t.stepped_back(*l).ink));
                        assert!(vision::difference(back[0], back[1]) >= 4.0, "{} stepped back", t.name);
                    }
                }
            }
        }
    }

    #[test]
    fn underlines_that_step_back_can_still_be_seen() {
        for theme in [Theme::Light, Theme::Dark] {
            let t = Tokens::of(theme);
            for label in &t.labels {
                let back = t.stepped_back(*label);
                // WCAG 2.2, 1.4.11: what is not text needs 3 : 1; 2 : 1 is enough for what is meant to be in the background.
                assert!(contrast(back.ink, t.page) >= 2.0, "{}: {:?}", t.name, label.ink);
            }
        }
    }
}
