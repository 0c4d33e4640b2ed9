use proptest::prelude::*;

use super::*;
use crate::text::trial::naughty_text;

fn read(text: &str) -> (CanonicalText, Header) {
    let text = CanonicalText::new(text);
    let header = read_header(&text);
    (text, header)
}

/// What lies after the header.
fn body<'a>(text: &'a CanonicalText, header: &Header) -> &'a str {
    text.slice(TextRange::new(header.extent.end(), text.len()).unwrap()).unwrap()
}

#[test]
fn a_front_matter_block() {
    let (text, header) = read(
        "---\r\ntitle: \"Встреча: вторая\"\r\nдата: 21 января 2026\r\nджерело: Новини\r\nurl: https://a.example/b:c\r\nlang: ru\r\n\
         tags:\r\n- мир\r\n- война\r\n---\r\n\r\nТекст.\r\n",
    );
    assert_eq!(header.title.as_deref(), Some("Встреча: вторая"));
    assert_eq!(header.date.as_deref(), Some("2026-01-21"));
    assert_eq!(header.source.as_deref(), Some("Новини"));
    assert_eq!(header.url.as_deref(), Some("https://a.example/b:c"));
    assert_eq!(header.language.as_deref(), Some("ru"));
    assert_eq!(header.extra, [("tags".to_owned(), "мир, война".to_owned())]);
    assert_eq!(body(&text, &header), "Текст.\n");
}

#[test]
fn a_rule_without_an_end_is_no_header() {
    let (_, header) = read("---\nОн сказал: да.\n\nТекст.");
    assert_eq!(header, Header::default());
    let (_, header) = read("---\nПросто строка.\n---\nТекст.");
    assert_eq!(header, Header::default());
}

#[test]
fn key_lines_at_the_top() {
    let (text, header) =
        read("Title: Talks\nDate: January 21, 2026\nАвтор: А. Б.\nDesk: world\n\n\nThe talks.\n");
    assert_eq!(header.title.as_deref(), Some("Talks"));
    assert_eq!(header.date.as_deref(), Some("2026-01-21"));
    assert_eq!(header.author.as_deref(), Some("А. Б."));
    assert_eq!(header.extra, [("Desk".to_owned(), "world".to_owned())]);
    assert_eq!(body(&text, &header), "The talks.\n");
}

#[test]
fn a_sentence_with_a_colon_is_no_header() {
    for text in
        ["Песков: решения нет.\n\nТекст.", "Тема: мир\nи сразу текст без пустой строки", "Источник сказал."]
    {
        assert_eq!(read(text).1, Header::default(), "{text}");
    }
}

#[test]
fn an_unreadable_date_is_kept_raw() {
    let (_, header) = read("Title: A\nDate: last Tuesday\n\nB");
    assert_eq!(header.date, None);
    assert_eq!(header.extra, [("Date".to_owned(), "last Tuesday".to_owned())]);
}

#[test]
fn keys_before_the_text_on_its_line() {
    let (text, header) =
        read(" date 2026-01-21 Посланник намерен приехать. Об этом сказал он сам.\n\nДалее.");
    assert_eq!(header.date.as_deref(), Some("2026-01-21"));
    assert_eq!(header.title, None);
    assert!(body(&text, &header).starts_with("Посланник"));
    assert_eq!(header.extent, TextRange::new(0, 17).unwrap());
    assert_eq!(header.title_or_first_words(&text), "Посланник намерен приехать.");

    let (text, header) = read(
        "title «Встреча в Женеве» date: 21 января 2026 г. source CNBC url https://a.example/x Текст идёт.",
    );
    assert_eq!(header.title.as_deref(), Some("Встреча в Женеве"));
    assert_eq!(header.date.as_deref(), Some("2026-01-21"));
    assert_eq!(header.source.as_deref(), Some("CNBC"));
    assert_eq!(header.url.as_deref(), Some("https://a.example/x"));
    assert_eq!(body(&text, &header), "Текст идёт.");

    let (text, header) = read("source Deutsche Welle date 2026-01-21 lang ru\nТекст.");
    assert_eq!(header.source.as_deref(), Some("Deutsche Welle"));
    assert_eq!(header.language.as_deref(), Some("ru"));
    assert_eq!(body(&text, &header), "Текст.");
}

#[test]
fn a_text_that_begins_with_such_a_word_is_left_alone() {
    for text in ["Date night is over.", "source says 2026-01-21 is the day", "Title fights are rare.", "date"]
    {
        assert_eq!(read(text).1, Header::default(), "{text}");
    }
}

#[test]
fn a_markdown_heading_is_the_title_and_stays_in_the_body() {
    let (text, header) = read("\n# Встреча #\n\nТекст.");
    assert_eq!(header.title.as_deref(), Some("Встреча"));
    assert!(header.extent.is_empty());
    let (_, header) = read("---\ndate: 2026-01-21\n---\n# Заголовок\nТекст");
    assert_eq!(header.title.as_deref(), Some("Заголовок"));
    assert_eq!(read("#хештег\nТекст").1.title, None);
    assert_eq!(header.title_or_first_words(&text), "Заголовок");
}

#[test]
fn a_long_first_sentence_is_cut_at_a_word() {
    let (text, header) = read(&"Переговоры делегаций ".repeat(20));
    let title = header.title_or_first_words(&text);
    assert!(title.ends_with("делегаций…") || title.ends_with("Переговоры…"), "{title}");
    assert!(title.chars().count() <= 90);
    let (text, header) = read("");
    assert_eq!(header.title_or_first_words(&text), "");
}

proptest! {
    #[test]
    fn no_text_is_too_odd(
        prefix in prop::sample::select(vec!["", "---\n", "date ", "Title: a\n", "date 2026-01-21 ", "title «", "дата: "]),
        rest in naughty_text(),
    ) {
        let (text, header) = read(&format!("{prefix}{rest}"));
        prop_assert!(text.slice(header.extent).is_some());
        prop_assert!(header.title_or_first_words(&text).chars().count() <= 90 || header.title.is_some());
    }
}
