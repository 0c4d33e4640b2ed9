//! Fonts: those that are built in, and those of the system where a character has no letter in them.
//!
//! Listing the system's fonts takes a good part of a second, so it is done once, and only when something is missing or the user
//! wants to choose.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use egui::epaint::text::{FallbackRequest, FontInsert, FontPriority, FontProvider, InsertFontFamily};
use egui::{FontData, FontDefinitions, FontFamily};
use parley::fontique::{
    Blob, Collection, CollectionOptions, FallbackKey, GenericFamily, QueryFamily, QueryFont, QueryStatus,
    Script, SourceCache,
};

/// The font family of the article's text.
pub fn serif() -> FontFamily {
    FontFamily::Name("serif".into())
}

/// Bold text of the interface.
pub fn bold() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// Bold text of the article.
pub fn serif_bold() -> FontFamily {
    FontFamily::Name("serif-bold".into())
}

/// Built-in faces; the licence lies beside them. Every face has a family of its own, by which parley finds it.
const BUNDLED: [(&str, &[u8]); 13] = [
    ("NotoSans", include_bytes!("../../assets/fonts/NotoSans-Regular.ttf")),
    ("NotoSans-Bold", include_bytes!("../../assets/fonts/NotoSans-Bold.ttf")),
    ("NotoSerif", include_bytes!("../../assets/fonts/NotoSerif-Regular.ttf")),
    ("NotoSerif-Bold", include_bytes!("../../assets/fonts/NotoSerif-Bold.ttf")),
    ("NotoSansMath", include_bytes!("../../assets/fonts/NotoSansMath-subset.ttf")),
    ("NotoSansSymbols", include_bytes!("../../assets/fonts/NotoSansSymbols-subset.ttf")),
    ("NotoSansSymbols2", include_bytes!("../../assets/fonts/NotoSansSymbols2-subset.ttf")),
    ("NotoSerifHebrew", include_bytes!("../../assets/fonts/NotoSerifHebrew-subset.ttf")),
    ("NotoNaskhArabic", include_bytes!("../../assets/fonts/NotoNaskhArabic-subset.ttf")),
    ("NotoSerifGeorgian", include_bytes!("../../assets/fonts/NotoSerifGeorgian-subset.ttf")),
    ("NotoSerifArmenian", include_bytes!("../../assets/fonts/NotoSerifArmenian-subset.ttf")),
    ("NotoSerifDevanagari", include_bytes!("../../assets/fonts/NotoSerifDevanagari-subset.ttf")),
    ("NotoSerifThai", include_bytes!("../../assets/fonts/NotoSerifThai-subset.ttf")),
];

/// Faces that every family falls back on, in this order.
const FALLBACK: [&str; 9] = [
    "NotoSansMath",
    "NotoSansSymbols",
    "NotoSansSymbols2",
    "NotoSerifHebrew",
    "NotoNaskhArabic",
    "NotoSerifGeorgian",
    "NotoSerifArmenian",
    "NotoSerifDevanagari",
    "NotoSerifThai",
];

/// Emoji in one colour, used where the system has none in colours: a younger edition of egui's own, which lacks those of the last ten years
/// and draws neither flags nor families; behind it egui's other one.
const EMOJI: [&str; 2] = ["NotoEmoji-Regular", "emoji-icon-font"];

/// See [`EMOJI`].
const NOTO_EMOJI: &[u8] = include_bytes!("../../assets/fonts/NotoEmoji-Regular.ttf");

/// What parley calls the built-in families, so that a font of the system never takes their place.
fn inner_name(face: &str) -> String {
    format!("postil {face}")
}

/// The families of an article's text in the order in which they are asked.
pub fn families(chosen: Option<&str>, serif: bool) -> Vec<String> {
    let both = if serif { ["NotoSerif", "NotoSans"] } else { ["NotoSans", "NotoSerif"] };
    let ours = both.into_iter().chain(FALLBACK).map(inner_name);
    chosen.map(str::to_owned).into_iter().chain(ours).collect()
}

/// The families of bold headings outside egui.
pub fn bold_families() -> Vec<String> {
    ["NotoSans-Bold", "NotoSans"].into_iter().chain(FALLBACK).map(inner_name).collect()
}

/// The families for emoji: the system's, if there are, and those that are built in.
pub fn emoji_families() -> Vec<String> {
    EMOJI.into_iter().map(inner_name).collect()
}

/// The fonts of egui: the interface, and plain text of articles.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    for (name, bytes) in BUNDLED {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    fonts.font_data.insert(EMOJI[0].to_owned(), Arc::new(FontData::from_static(NOTO_EMOJI)));
    // egui's own fonts stay behind ours for emoji and symbols; ours go first because egui's drop combining marks.
    let fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let chain = |first: &[&str]| {
        let ours = first.iter().chain(&FALLBACK).map(|s| (*s).to_owned());
        ours.chain(fallback.iter().cloned()).collect::<Vec<_>>()
    };
    fonts.families.insert(serif(), chain(&["NotoSerif", "NotoSans"]));
    fonts.families.insert(serif_bold(), chain(&["NotoSerif-Bold", "NotoSans-Bold"]));
    fonts.families.insert(bold(), chain(&["NotoSans-Bold"]));
    fonts.families.insert(FontFamily::Proportional, chain(&["NotoSans"]));
    fonts
}

/// The built-in faces for parley, alone or beside those of the system.
pub fn collection(with_system: bool) -> Collection {
    let mut all = if with_system {
        system()
    } else {
        Collection::new(CollectionOptions { shared: false, system_fonts: false })
    };
    for (name, bytes) in BUNDLED {
        register(&mut all, name, Blob::new(Arc::new(bytes)));
    }
    let of_egui = definitions();
    for name in EMOJI {
        if let Some(data) = of_egui.font_data.get(name) {
            register(&mut all, name, Blob::new(Arc::new(data.bytes().to_vec())));
        }
    }
    all
}

fn register(into: &mut Collection, name: &str, bytes: Blob<u8>) {
    let inner = inner_name(name);
    let info = parley::fontique::FontInfoOverride { family_name: Some(&inner), ..Default::default() };
    into.register_fonts(bytes, Some(info));
}

/// The system's fonts; listed at the first call.
fn system() -> Collection {
    static SYSTEM: OnceLock<Mutex<Collection>> = OnceLock::new();
    let all = SYSTEM
        .get_or_init(|| Mutex::new(Collection::new(CollectionOptions { shared: false, system_fonts: true })));
    all.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// The names of the system's families in alphabetical order, for the user to choose from. Slow at the first call.
pub fn system_families() -> Vec<String> {
    let mut names: Vec<String> = system().family_names().map(str::to_owned).collect();
    names.sort_by_key(|name| name.to_lowercase());
    names.dedup();
    names
}

/// A name kept for the life of the program, so that a choice of font can be copied like a number. There are never more than the
/// user chooses from.
pub fn keep_name(name: &str) -> &'static str {
    static KEPT: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept.iter().find(|known| **known == name) {
        return known;
    }
    let name: &'static str = Box::leak(name.to_owned().into_boxed_str());
    kept.push(name);
    name
}

/// A face of the collection that has a letter for a character: first what the system proposes for its script, then the general
/// families, then whatever there is.
pub fn find(collection: &mut Collection, cache: &mut SourceCache, c: char) -> Option<QueryFont> {
    let text = c.encode_utf8(&mut [0; 4]).to_owned();
    let generic = [
        GenericFamily::SansSerif,
        GenericFamily::SystemUi,
        GenericFamily::Emoji,
        GenericFamily::Math,
        GenericFamily::Serif,
        GenericFamily::Monospace,
    ];
    let proposed = {
        let mut query = collection.query(cache);
        query.set_families(generic.map(QueryFamily::Generic));
        if let Some(script) = script_of(c) {
            query.set_fallbacks(FallbackKey::new(script, None));
        }
        first_with(&mut query, &text)
    };
    if proposed.is_some() {
        return proposed;
    }
    let ids: Vec<_> = collection.family_ids().collect();
    ids.into_iter().find_map(|id| {
        let mut query = collection.query(cache);
        query.set_families([QueryFamily::Id(id)]);
        first_with(&mut query, &text)
    })
}

/// The script of a character; `None` for signs that all scripts share.
fn script_of(c: char) -> Option<Script> {
    use unicode_script::{Script as Known, UnicodeScript};
    match c.script() {
        Known::Common | Known::Inherited | Known::Unknown => None,
        known => Script::parse(known.short_name()).ok(),
    }
}

fn first_with(query: &mut parley::fontique::Query<'_>, text: &str) -> Option<QueryFont> {
    let mut found = None;
    query.matches_with(|font| {
        let has = |c: char| font.charmap().and_then(|map| map.map(c)).is_some_and(|glyph| glyph != 0);
        if text.chars().all(has) {
            found = Some(font.clone());
            QueryStatus::Stop
        } else {
            QueryStatus::Continue
        }
    });
    found
}

/// Whether a context may ask the system for fonts. Off screen it may not: pictures must be the same on every machine.
#[derive(Clone, Copy, Default)]
struct SystemAllowed(bool);

/// Lets a context fall back on the system's fonts.
pub fn allow_system(ctx: &egui::Context) {
    ctx.data_mut(|data| data.insert_temp(egui::Id::NULL, SystemAllowed(true)));
    ctx.add_font_provider(Arc::new(SystemFonts::default()));
}

/// Whether a context falls back on the system's fonts.
pub fn system_allowed(ctx: &egui::Context) -> bool {
    ctx.data(|data| data.get_temp::<SystemAllowed>(egui::Id::NULL)).unwrap_or_default().0
}

/// The system's fonts for egui's own text.
#[derive(Default)]
struct SystemFonts {
    state: Mutex<Option<(Collection, SourceCache)>>,
    asked: Mutex<HashMap<char, bool>>,
}

impl FontProvider for SystemFonts {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        let c = request.cluster.chars().next()?;
        if let Some(false) = self.asked.lock().unwrap_or_else(PoisonError::into_inner).get(&c) {
            return None;
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (collection, cache) = state.get_or_insert_with(|| (system(), SourceCache::default()));
        let found = find(collection, cache, c);
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(c, found.is_some());
        let font = found?;
        let family = collection.family_name(font.family.0).unwrap_or("unknown");
        let name = format!("system:{family}:{}:{}", font.family.1, font.index);
        let (bytes, _) = font.blob.into_raw_parts();
        Some(FontInsert {
            name,
            data: FontData::from_blob(bytes, font.index),
            families: vec![InsertFontFamily {
                family: request.family.clone(),
                priority: FontPriority::Lowest,
            }],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::FontId;

    #[test]
    fn bundled_fonts_hold_cyrillic_with_its_marks() {
        let mut fonts = egui::epaint::text::Fonts::new(egui::epaint::TextOptions::default(), definitions());
        let mut view = fonts.with_pixels_per_point(1.0);
        for family in [FontFamily::Proportional, serif(), bold(), serif_bold()] {
            for c in "ёйїєґъ№₴«»—ѝ\u{300}\u{301}\u{306}\u{308}←→↑↓⏎✓✘○◐●▸▾×−⚠⌫␀␉".chars()
            {
                assert!(view.has_glyph(&FontId::new(15.0, family.clone()), c), "{family:?} lacks {c:?}");
            }
        }
    }

    #[test]
    fn bundled_fonts_hold_the_letters_of_the_scripts_they_are_there_for() {
        let (mut all, mut cache) = (collection(false), SourceCache::default());
        for text in [
            "שלום עולם ₪ \u{5b8}",
            "سلام پیوند ٣۳ \u{64e}",
            "ქართული",
            "Հայերեն",
            "नमस्ते क्षत्रिय",
            "ภาษาไทย",
            "¦◌",
        ] {
            for c in text.chars().filter(|c| *c != ' ') {
                assert!(find(&mut all, &mut cache, c).is_some(), "{c:?}");
            }
        }
    }

    #[test]
    fn bundled_fonts_hold_the_emoji_of_today() {
        let (mut all, mut cache) = (collection(false), SourceCache::default());
        for c in "👩👧👦🇺🇦🏴❤🔥🦊😀👍🏽🫠🪖🧑💻🐈⬛🚀".chars() {
            assert!(find(&mut all, &mut cache, c).is_some(), "{c:?}");
        }
    }

    #[test]
    fn names_are_kept_once() {
        let name = String::from("Some Family");
        assert!(std::ptr::eq(keep_name(&name), keep_name("Some Family")));
    }
}
