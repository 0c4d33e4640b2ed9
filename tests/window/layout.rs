//! Text of every script: pictures of a page with all of them, hostile text, the choice of a font.

use std::collections::HashMap;
use std::sync::Arc;

use egui::accesskit::{
    Action, ActionData, ActionRequest, Node, NodeId, Role, TextDirection, TextPosition, TextSelection, TreeId,
};
use egui::{Vec2, vec2};
use postil::model::{AnnotationSet, Article, Schema, Workspace};
use postil::session::Session;
use postil::text::CanonicalText;
use postil::window::article_view::Selection;
use postil::window::preferences::{Preferences, ThemeChoice};
use postil::window::{App, fonts};

use super::desk::{Desk, Wanted, press};
use super::pictures::compare_picture;

/// All that is hard about text, in the scripts of the built-in fonts.
const TORTURE: &str = include_str!("../fixtures/torture.txt");

const PAGE: Vec2 = vec2(900.0, 1080.0);

/// Only the page, without what stands around it, and as wide as it is whatever else there is.
fn only_the_page(preferences: &mut Preferences) {
    preferences.style.column = 660.0;
    preferences.show_articles = false;
    preferences.show_fields = false;
    preferences.show_below = false;
}

fn page(text: &str, size: Vec2, change: fn(&mut Preferences)) -> Desk {
    Wanted::default().article(&format!("|{text}")).size(size).prefer(change).open()
}

/// The text alone: what stands around it is for other pictures.
fn text_of(desk: &Desk) -> image::RgbaImage {
    let page = desk.stage.app().view().page().unwrap();
    let length = desk.open().desk.article.text.len_bytes();
    let last = desk.stage.app().view().caret_rect(length).map_or(page.bottom(), |rect| rect.bottom() + 20.0);
    let (left, top) = (page.left() as u32 - 12, page.top().ceil() as u32);
    let (width, height) = (page.width() as u32 + 24, last.min(page.bottom()) as u32 - top);
    image::imageops::crop_imm(&desk.stage.picture(), left, top, width, height).to_image()
}

/// Families, flags of countries and of regions, skin and hair, signs with a ring around them: each is one picture, whatever it is made of.
#[test]
fn emoji_of_one_colour() {
    let emoji = "Семья 👩‍👩‍👧‍👦, флаги 🇺🇦 🇮🇱 🏴󠁧󠁢󠁳󠁣󠁴󠁿, огонь ❤️‍🔥, лиса 🦊, 👍🏽 ✊🏿 1️⃣ ☎️ 🫠 🧑‍💻 🐈‍⬛ 🪖";
    let desk = page(emoji, vec2(900.0, 320.0), only_the_page);
    compare_picture(&text_of(&desk), "emoji");
}

#[test]
fn torture_page_light() {
    let desk = page(TORTURE, PAGE, only_the_page);
    compare_picture(&text_of(&desk), "scripts_light");
}

#[test]
fn torture_page_dark() {
    let desk = page(TORTURE, PAGE, |p| {
        only_the_page(p);
        p.theme = ThemeChoice::Dark;
    });
    compare_picture(&text_of(&desk), "scripts_dark");
}

#[test]
fn spans_and_selection_in_both_directions() {
    let text = "[entity s1: الأمين العام] قال إن [*position s2: 250 جنديًا (من أصل 300) غادروا] المدينة.\n\n\
        [entity s3: ראש הממשלה] אמר כי [position s4: הסכם 12 abc ‹לא] ייחתם| עד 45.6 היום.\n\n\
        Latin then [claim s5: text עברית 12] and back, [position s6: דעה] end.";
    let desk = Wanted::default().article(text).size(vec2(900.0, 420.0)).prefer(only_the_page).open();
    compare_picture(&text_of(&desk), "scripts_spans");
}

#[test]
fn narrow_rows_that_break_within_the_other_direction() {
    let text = "Он сказал: שר החוץ אמר ביום שלישי כי ההסכם ייחתם — и добавил: أضاف الوزير أن الاتفاق سيُمدَّد.\n\n\
        שר החוץ אמר European Investment Bank and the United Nations ביום שלישי.";
    let desk = page(text, vec2(900.0, 600.0), |p| {
        only_the_page(p);
        p.style.column = 230.0;
    });
    compare_picture(&text_of(&desk), "scripts_narrow");
}

#[test]
fn hostile_text_is_shown_and_walked_through() {
    let mut pile = String::from("a");
    pile.extend(std::iter::repeat_n('\u{301}', 400));
    for text in [
        "\u{301}\u{302}",
        "\u{202e}\u{202e}\u{2066}\u{2067}abc\u{202c}\u{202c}\u{2069}",
        "\u{1}\u{2}\u{b}\u{c}\u{7f}\u{80}\u{9f}",
        "a\u{2028}b\u{2029}c\u{85}d",
        "\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}\u{ad}",
        "\u{e0001}\u{e0041}\u{fff9}\u{ffff}\u{10ffff}",
        "\u{fe0f}\u{20e3}",
        &pile,
    ] {
        let mut desk = page(text, vec2(760.0, 420.0), only_the_page);
        for _ in 0..8 {
            desk.press("Right");
        }
        desk.press("Shift+Right Shift+Left End Home Down Up Ctrl+Right Ctrl+A");
        let view = desk.stage.app().view();
        assert_eq!(view.selection().range(), 0..text.len());
        assert!(view.caret_rect(text.len()).is_some_and(|rect| rect.is_finite()), "{text:?}");
    }
}

#[test]
fn a_line_of_megabytes_without_a_space_is_usable() {
    for letter in ["я", "ש", "ع", "中", "e\u{301}"] {
        let text = letter.repeat(1_000_000 / letter.len());
        let mut desk = page(&text, vec2(760.0, 420.0), only_the_page);
        desk.press("Ctrl+End");
        assert_eq!(desk.stage.app().view().selection().head, text.len());
        assert!(desk.stage.app().view().caret_rect(text.len()).is_some());
        desk.press("Up Up");
        let head = desk.stage.app().view().selection().head;
        assert!(head < text.len() && head > text.len() - 1000, "{head}");
    }
}

#[test]
fn what_was_read_stays_in_view_when_the_font_changes() {
    let text: String =
        (0..300).map(|n| format!("Абзац {n}: стороны обсудили перемирие и обмен пленными.\n\n")).collect();
    let mut desk = page(&text, vec2(760.0, 420.0), only_the_page);
    let at = text.find("Абзац 150:").unwrap();
    desk.stage.app_mut().view_mut().go_to(at);
    desk.stage.settle();
    let before = desk.stage.app().view().visible().start;
    for keys in [
        "Ctrl+Equals Ctrl+Equals Ctrl+Equals",
        "Ctrl+Minus Ctrl+Minus Ctrl+Minus Ctrl+Minus",
        "Ctrl+Shift+Comma",
    ] {
        desk.press(keys);
        let now = desk.stage.app().view().visible();
        assert!(now.contains(&at), "{keys}: {at} in {now:?}");
        assert!(now.start.abs_diff(before) < 400, "{keys}: {before} became {}", now.start);
    }
}

#[test]
fn the_font_is_chosen_in_a_dialog_and_kept() {
    let mut desk = page("|Мир", vec2(900.0, 700.0), only_the_page);
    press(&mut desk.stage, "Ctrl+K \"font of\" Enter");
    assert!(desk.shows("Font of the article"));
    desk.stage.click_label("Built in, without serifs").unwrap();
    assert!(!desk.stage.app().preferences().style.serif, "it is seen at once");
    desk.stage.click_label("Cancel").unwrap();
    assert!(desk.stage.app().preferences().style.serif, "and taken back");
    press(&mut desk.stage, "Ctrl+K \"font of\" Enter");
    desk.stage.click_label("Built in, without serifs").unwrap();
    desk.stage.click_label("Done").unwrap();
    assert!(!desk.stage.app().preferences().style.serif);
    assert!(!desk.shows("Font of the article"));
}

#[test]
fn a_font_that_is_not_there_hides_nothing() {
    let desk = page("Мир и хлеб", vec2(760.0, 420.0), |p| {
        only_the_page(p);
        p.style.family = Some(fonts::keep_name("No Such Font"));
    });
    let usual = page("Мир и хлеб", vec2(760.0, 420.0), only_the_page);
    let width = |desk: &Desk| desk.edge("хлеб", false).x - desk.edge("Мир", true).x;
    assert!((width(&desk) - width(&usual)).abs() < 3.0, "the built-in font takes its place");
}

/// Draws the pictures of `docs/scripts.md` with the fonts of this computer. Not a test of anything.
#[test]
#[ignore = "draws pictures for the guide with the fonts of this computer"]
fn pictures_for_the_guide() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    let theirs = include_str!("../fixtures/scripts.txt");
    for part in theirs.split("====\n") {
        let (name, text) = part.split_once('\n').unwrap();
        let text = if text.is_empty() { TORTURE } else { text };
        let mut desk = page(text.trim_end(), PAGE, only_the_page);
        fonts::allow_system(desk.stage.context());
        desk.press("Down Up");
        text_of(&desk).save(folder.join(format!("{name}.png"))).unwrap();
    }
}

/// A window of its own with this text, seen from assistive technology.
struct Spoken {
    ctx: egui::Context,
    app: App,
    nodes: HashMap<NodeId, Node>,
}

impl Spoken {
    fn new(text: &str, selection: Selection) -> Self {
        let article = Article::from_text("a.txt", CanonicalText::new(text));
        let set = AnnotationSet::new("a.txt", "anna");
        let workspace = Workspace { set, ..Workspace::default() };
        let ctx = egui::Context::default();
        postil::window::look::install(&ctx);
        ctx.enable_accesskit();
        let mut app = App::new(None, Arc::new(|| {}));
        app.show_session(Session::in_memory(Schema::positions(), "anna", article, workspace));
        app.view_mut().select(selection);
        let mut spoken = Self { ctx, app, nodes: HashMap::new() };
        spoken.frames(Vec::new());
        spoken
    }

    /// Three frames, the events in the first.
    fn frames(&mut self, mut events: Vec<egui::Event>) {
        for _ in 0..3 {
            let input = egui::RawInput { events: std::mem::take(&mut events), ..egui::RawInput::default() };
            let mut output = self.ctx.run_ui(input, |ui| self.app.ui(ui));
            output.textures_delta.clear();
            let update = output.platform_output.accesskit_update.take().unwrap();
            self.nodes = update.nodes.into_iter().collect();
        }
    }

    fn document(&self) -> (NodeId, &Node) {
        let (id, node) = self.nodes.iter().find(|(_, node)| node.role() == Role::Document).unwrap();
        (*id, node)
    }

    /// The byte of the article that a place in the tree is before.
    fn byte_of(&self, place: TextPosition) -> usize {
        let mut start = 0;
        for (id, run) in self.runs(self.document().1) {
            let lengths = run.character_lengths();
            if id == place.node {
                return start
                    + lengths[..place.character_index].iter().map(|n| usize::from(*n)).sum::<usize>();
            }
            start += lengths.iter().map(|n| usize::from(*n)).sum::<usize>();
        }
        panic!("{place:?} is in no run");
    }

    /// The runs below a node in their order. There may be groups between, which assistive technology looks through.
    fn runs(&self, below: &Node) -> Vec<(NodeId, &Node)> {
        let (mut runs, mut ahead) = (Vec::new(), below.children().to_vec());
        ahead.reverse();
        while let Some(id) = ahead.pop() {
            let node = &self.nodes[&id];
            runs.extend((node.role() == Role::TextRun).then_some((id, node)));
            ahead.extend(node.children().iter().rev());
        }
        runs
    }
}

#[test]
fn assistive_technology_selects_across_paragraphs() {
    let text = "Первый.\n\nשני 2.\nТре\u{301}тий.";
    let mut spoken = Spoken::new(text, Selection::caret(0));
    let (document, node) = spoken.document();
    let runs: Vec<_> = spoken.runs(node);
    let read: String = runs.iter().filter_map(|(_, run)| run.value()).collect();
    assert_eq!(read, text, "line ends are characters of the document's text");
    // From every place to every other: what is asked for is what is selected, and is told back as it was asked for.
    let mut places = Vec::new();
    let mut byte = 0;
    for (id, run) in &runs {
        for (at, length) in run.character_lengths().iter().enumerate() {
            places.push((TextPosition { node: *id, character_index: at }, byte));
            byte += usize::from(*length);
        }
    }
    assert_eq!(byte, text.len());
    for (anchor, from) in places.clone() {
        for (focus, to) in places.iter().copied().step_by(5) {
            let selection = TextSelection { anchor, focus };
            spoken.frames(vec![egui::Event::AccessKitActionRequest(ActionRequest {
                action: Action::SetTextSelection,
                target_tree: TreeId::ROOT,
                target_node: document,
                data: Some(ActionData::SetTextSelection(selection)),
            })]);
            assert_eq!(spoken.app.view_mut().selection(), Selection { anchor: from, head: to });
            let told = spoken.document().1.text_selection().unwrap();
            assert_eq!(spoken.byte_of(told.anchor), from);
            assert_eq!(spoken.byte_of(told.focus), to);
        }
    }
}

#[test]
fn assistive_technology_reads_runs_of_each_direction_in_order() {
    let text = "שלום 12 abc, עולם";
    let spoken = Spoken::new(text, Selection { anchor: 0, head: "שלום 12".len() });
    let nodes = &spoken.nodes;
    let paragraph = nodes.values().find(|n| n.role() == Role::Paragraph && n.label() == Some(text)).unwrap();
    let runs: Vec<&Node> = spoken.runs(paragraph).into_iter().map(|(_, run)| run).collect();
    let read: Vec<(&str, Option<TextDirection>)> =
        runs.iter().map(|run| (run.value().unwrap(), run.text_direction())).collect();
    let (right, left) = (Some(TextDirection::LeftToRight), Some(TextDirection::RightToLeft));
    assert_eq!(read, [("שלום ", left), ("12", right), (" ", left), ("abc", right), (", עולם", left)]);
    for run in &runs {
        let lengths: usize = run.character_lengths().iter().map(|n| usize::from(*n)).sum();
        assert_eq!(lengths, run.value().unwrap().len());
        let (positions, widths) = (run.character_positions().unwrap(), run.character_widths().unwrap());
        assert_eq!((positions.len(), widths.len()), (run.character_lengths().len(), positions.len()));
        assert!(positions.windows(2).all(|pair| pair[0] < pair[1]), "{positions:?}");
    }
    // The text, its caret and its selection are the document's: the bridges give paragraphs no text interface.
    let selection = spoken.document().1.text_selection().unwrap();
    assert_eq!(selection.anchor.character_index, 0);
    assert_eq!(nodes[&selection.focus.node].value(), Some(" "));
    assert_eq!(selection.focus.character_index, 0);
}
