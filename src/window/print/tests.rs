use super::*;
use crate::model::{Parts, SpanId, Workspace};
use crate::text::CanonicalText;
use proptest::prelude::*;

const TEXT: &str = "Глава <ведомства> сказал: «нет & точка».\n\nשלום עולם 12 (abc)\nза́мок 👩‍🚒 и ещё";

fn article(text: &str) -> Article {
    Article::from_text("a.txt", CanonicalText::new(text))
}

fn workspace(spans: &[(&str, Vec<(u32, u32)>)]) -> Workspace {
    let mut workspace = Workspace { set: AnnotationSet::new("a.txt", "anna"), ..Workspace::default() };
    for (number, (label, parts)) in spans.iter().enumerate() {
        let parts = parts.iter().map(|(start, end)| TextRange::between(*start, *end));
        let Some(parts) = Parts::tidy(parts) else { continue };
        workspace.set.insert(Span::new(SpanId::from(format!("s{number}")), *label, parts));
    }
    workspace
}

fn with<R>(text: &str, spans: &[(&str, Vec<(u32, u32)>)], then: impl FnOnce(&Paper<'_>) -> R) -> R {
    let (article, workspace, schema) = (article(text), workspace(spans), Schema::positions());
    then(&Paper {
        article: &article,
        set: &workspace.set,
        schema: &schema,
        register: &workspace.register,
        codebook: &workspace.codebook,
        language: "en",
        part: None,
        serif: true,
        chips: true,
    })
}

/// What a reader of the page reads: without tags, chips, heading and legend.
fn words_of(html: &str) -> String {
    let main = html.split_once("<main>").unwrap().1.split_once("</main>").unwrap().0;
    let mut words = String::new();
    let mut rest = main;
    while let Some((before, tag)) = rest.split_once('<') {
        words.push_str(before);
        rest = if tag.starts_with("span class=\"chip\"") {
            tag.split_once("</span>").unwrap().1
        } else {
            tag.split_once('>').unwrap().1
        };
    }
    words.push_str(rest);
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn letters(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_page_says_the_whole_text_and_names_its_spans() {
    let spans = [("entity", vec![(0, 5)]), ("position", vec![(3, 30)]), ("claim", vec![(45, 50), (60, 66)])];
    let html = with(TEXT, &spans, html::page);
    assert_eq!(letters(&words_of(&html)), letters(TEXT));
    assert!(html.contains("data-spans=\"s0 s1\""), "both lie on the last letters: {html}");
    assert!(html.contains("Position · 1"), "the legend counts");
}

#[test]
fn pictures_and_pages_come_out_whole() {
    let spans = [("entity", vec![(0, 5)]), ("position", vec![(3, 30)])];
    with(TEXT, &spans, |paper| {
        let svg = String::from_utf8(paper.make(PaperKind::Svg).unwrap()).unwrap();
        assert!(resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default()).is_ok());
        assert!(svg.matches("stroke-width").count() >= 3, "two spans and the legend are underlined");
        let png = image::load_from_memory(&paper.make(PaperKind::Png).unwrap()).unwrap();
        assert_eq!(png.width(), 1440);
        let pdf = paper.make(PaperKind::Pdf).unwrap();
        assert!(pdf.starts_with(b"%PDF"));
    });
}

#[test]
fn a_long_article_goes_over_pages_and_is_too_high_for_a_picture() {
    let text = "Одно предложение за другим, и ещё одно, и ещё.\n".repeat(1200);
    with(&text, &[], |paper| {
        assert!(paper.make(PaperKind::Pdf).is_ok());
        let all = sheet::lines(paper, 480.0);
        let pages = pdf::pages(&all);
        assert!(pages.len() > 20, "{}", pages.len());
        assert_eq!(
            pages.iter().map(|page| page.len()).sum::<usize>(),
            all.len(),
            "no line is lost between pages"
        );
        assert!(matches!(paper.make(PaperKind::Png), Err(PaperError::TooHigh { .. })));
    });
}

#[test]
fn a_part_shows_that_part_alone() {
    with(TEXT, &[], |paper| {
        let part = TextRange::new(0u32, 5u32);
        assert_eq!(letters(&words_of(&html::page(&Paper { part, ..*paper }))), "Глава");
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_spans_make_it_fail_or_lose_a_word(
        spans in prop::collection::vec((prop::sample::select(vec!["entity", "position", "claim", "unknown"]), prop::collection::vec((0u32..80, 0u32..80), 1..3)), 0..8),
    ) {
        with(TEXT, &spans, |paper| {
            assert_eq!(letters(&words_of(&html::page(paper))), letters(TEXT));
            assert!(paper.make(PaperKind::Svg).is_ok());
            assert!(paper.make(PaperKind::Pdf).is_ok());
        });
    }
}
