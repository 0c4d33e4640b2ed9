//! Sentences: UAX #29, mended for abbreviations, initials and quoted speech in Russian, Ukrainian and English.

use unicode_segmentation::UnicodeSegmentation;

use super::offset::ByteRange;
use super::segment::{ceil_grapheme, floor_char, floor_grapheme, trim_white_space};

/// How far to either side of a position its sentence is sought when the line is longer than that.
const REACH: usize = 4096;

/// Abbreviations that stand before what they belong to, so no sentence ends after them.
const LEADING: &[&str] = &[
    // Russian
    "ул",
    "им",
    "тов",
    "гр",
    "гос",
    "проф",
    "акад",
    "доц",
    "ген",
    "полк",
    "подп",
    "кап",
    "лейт",
    "серж",
    "маршал",
    "адм",
    "см",
    "ср",
    "рис",
    "табл",
    "илл",
    "напр",
    "просп",
    "пер",
    "пл",
    "бул",
    "наб",
    "пос",
    "дер",
    "обл",
    "респ",
    "зам",
    "пом",
    "зав",
    "нач",
    "член-корр",
    "св",
    "преп",
    "архиеп",
    "митр",
    "мин",
    "деп",
    "чл",
    "абз",
    "ок",
    "прибл",
    "изд",
    "ред",
    "вып",
    "корп",
    "кв",
    "оф",
    "тел",
    "род",
    "ум",
    "сокр",
    "букв",
    "устар",
    "греч",
    "лат",
    "англ",
    "нем",
    "фр",
    "рус",
    "укр",
    "т",
    "с",
    "п",
    "ч",
    "д",
    "н",
    "к",
    "о",
    "ст",
    "стр",
    "гл",
    "разд",
    "п-ов",
    "о-в",
    "оз",
    // Ukrainian
    "вул",
    "пл",
    "просп",
    "бульв",
    "ім",
    "р-н",
    "смт",
    "див",
    "пор",
    "напр",
    "наприкл",
    "акад",
    "доц",
    "ген",
    "полк",
    "підполк",
    "зб",
    "вид",
    "гл",
    "нар",
    "пом",
    "заст",
    "кол",
    "тзв",
    // English
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
    "gen",
    "sen",
    "rep",
    "gov",
    "lt",
    "col",
    "sgt",
    "capt",
    "maj",
    "cmdr",
    "adm",
    "st",
    "mt",
    "ft",
    "rev",
    "hon",
    "pres",
    "amb",
    "vs",
    "no",
    "nos",
    "vol",
    "fig",
    "pp",
    "ch",
    "sec",
    "art",
    "cf",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sept",
    "sep",
    "oct",
    "nov",
    "dec",
    "dept",
    "univ",
    "approx",
];

/// Abbreviations that stand after a number or a list: with a capital behind them the sentence is over.
const TRAILING: &[&str] = &[
    "др", "пр", "руб", "коп", "млн", "млрд", "трлн", "тыс", "долл", "чел", "шт", "кг", "км", "м", "см", "гг",
    "вв", "рр", "грн", "тис", "дол", "ін", "под", "inc", "ltd", "corp", "co", "jr", "sr", "etc", "e.g",
    "i.e", "a.m", "p.m", "al",
];

/// Abbreviations that are the one after a number (2024 г., XX в., 5 с.) and the other before a name (г. Москва).
const AFTER_NUMBER: &[&str] =
    &["г", "гг", "в", "вв", "р", "рр", "с", "ст", "см", "м", "ч", "мин", "сек", "т", "п", "стр"];

/// Words that begin an English sentence often and follow an abbreviation such as `U.S.` within one seldom.
const OPENERS: &[&str] = &[
    "the",
    "a",
    "an",
    "he",
    "she",
    "it",
    "they",
    "we",
    "i",
    "you",
    "this",
    "that",
    "these",
    "those",
    "but",
    "in",
    "on",
    "at",
    "as",
    "if",
    "when",
    "while",
    "there",
    "his",
    "her",
    "its",
    "their",
    "our",
    "however",
    "after",
    "before",
    "meanwhile",
    "for",
    "with",
    "by",
    "from",
    "what",
    "who",
    "why",
    "how",
    "some",
    "many",
    "no",
    "not",
    "now",
    "then",
];

/// The sentences of a paragraph (or any byte range), as byte ranges without the white space around them.
///
/// A break of UAX #29 is taken back after an abbreviation or initial (г. Москва, А. С. Пушкин, Mr. Smith), before a
/// small letter («Что?» — спросил он), and before a stray closing quote or bracket, which stays with its sentence.
pub fn sentences(text: &str, paragraph: ByteRange) -> Vec<ByteRange> {
    let start = floor_char(text, paragraph.start);
    let slice = &text[start..floor_char(text, paragraph.end).max(start)];
    let mut found: Vec<ByteRange> = Vec::new();
    // Start of the sentence being gathered.
    let mut open = 0;
    for mut at in (Bounds { text: slice, at: 0 }) {
        let after = &slice[at..];
        let closing = after.find(|c: char| !closes(c)).unwrap_or(after.len());
        if closing > 0 {
            at = ceil_grapheme(slice, at + closing);
        }
        if at <= open || continues(&slice[open..at], &slice[at..]) {
            continue;
        }
        found.push(open..at);
        open = at;
    }
    found.push(open..slice.len());
    found
        .into_iter()
        .map(|sentence| trim_white_space(text, start + sentence.start..start + sentence.end))
        .filter(|sentence| !sentence.is_empty())
        .collect()
}

/// The boundaries of UAX #29 inside a text, in order.
///
/// A sentence ends only behind a full stop or a sign like it, or behind a line's end, and no rule looks back further than to the letter
/// before that sign. So plain letters, spaces and signs are passed over, and `unicode-segmentation` is asked only from the last of them on.
struct Bounds<'a> {
    text: &'a str,
    /// The last boundary.
    at: usize,
}

impl Iterator for Bounds<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let from = last_plain(self.text.as_bytes(), self.at);
        let sentence = self.text[from..].split_sentence_bounds().next()?;
        self.at = from + sentence.len();
        (self.at < self.text.len()).then_some(self.at)
    }
}

/// Where the last character stands of a run of characters behind which no sentence ends; `from` itself if there is none.
fn last_plain(bytes: &[u8], from: usize) -> usize {
    let (mut last, mut at) = (from, from);
    loop {
        let next = |ahead: usize| bytes.get(at + ahead).copied().unwrap_or_default();
        let length = match next(0) {
            b'.' | b'!' | b'?' => return last,
            b' '..=b'~' => 1,
            0xC2 if matches!(next(1), 0xAB | 0xBB) => 2, // « »
            0xC3 | 0xD0 | 0xD1 => 2,                     // À to ÿ, Cyrillic
            0xE2 if next(1) == 0x80 && matches!(next(2), 0x93 | 0x94 | 0x98..=0x9E) => 3, // – — and quotes
            _ => return last,
        };
        last = at;
        at += length;
    }
}

/// The sentence at a byte: the one that holds it, else the last one before it on its line, else the first after it
/// on its line, else the empty range there.
pub fn sentence_at(text: &str, byte: usize) -> ByteRange {
    let byte = floor_char(text, byte);
    let low = if byte <= REACH { 0 } else { floor_grapheme(text, byte - REACH) };
    let high = floor_char(text, byte.saturating_add(REACH));
    let high = floor_grapheme(text, high).max(byte);
    let start = memchr::memrchr(b'\n', &text.as_bytes()[low..byte]).map_or(low, |at| low + at + 1);
    let end = memchr::memchr(b'\n', &text.as_bytes()[byte..high]).map_or(high, |at| byte + at);
    let found = sentences(text, start..end);
    // Half-open, so that between two sentences without a space the second counts; a caret at the end of a sentence
    // that is followed by white space is caught by "the last before".
    let holding = found.iter().find(|sentence| sentence.contains(&byte));
    let before = || found.iter().rev().find(|sentence| sentence.end <= byte);
    holding.or_else(before).or(found.first()).cloned().unwrap_or(byte..byte)
}

/// Signs that close what a sentence opened. `“` is left out: it opens in English.
fn closes(character: char) -> bool {
    matches!(character, '»' | '”' | '’' | ')' | ']' | '}' | '›')
}

/// Whether the sentence goes on over a break that UAX #29 made between `before` and `after`.
fn continues(before: &str, after: &str) -> bool {
    if before.ends_with('\n') {
        return false;
    }
    let first = after.chars().find(|c| c.is_alphanumeric());
    let between = after.chars().take_while(|c| !c.is_alphanumeric()).count();
    // «Что делать?» — спросил он.
    if between <= 4 && first.is_some_and(char::is_lowercase) {
        return true;
    }
    let spoken = before.trim_end();
    let Some(stem) = spoken.strip_suffix('.') else {
        return false;
    };
    let word = last_word(stem);
    if word.is_empty() {
        return false;
    }
    let earlier = stem[..stem.len() - word.len()].trim_end();
    let mut letters = word.chars().filter(|c| !('\u{300}'..='\u{36F}').contains(c));
    let (initial, single) = (letters.next(), letters.next().is_none());
    let next_is_capital = first.is_some_and(char::is_uppercase);
    if single && initial.is_some_and(char::is_uppercase) {
        // А. С. Пушкин, John F. Kennedy; but «витамин C. Он»: a lone Latin capital after a small word is rare.
        return next_is_capital && between <= 1;
    }
    let lower = word.to_lowercase();
    if word.contains('.') && word.split('.').all(|part| part.chars().count() <= 2) {
        // U.S., a.m., т.д., Ю.В. (initials written without a space)
        if word.chars().all(|c| c == '.' || c.is_uppercase()) {
            return next_is_capital && !opens_sentence(after);
        }
        return false;
    }
    let after_number = earlier.ends_with(|c: char| c.is_ascii_digit()) || ends_in_roman_number(earlier);
    if after_number && (AFTER_NUMBER.contains(&lower.as_str()) || TRAILING.contains(&lower.as_str())) {
        return false;
    }
    if matches!(lower.as_str(), "д" | "п" | "е" | "ч" | "н" | "к" | "о" | "пр" | "др" | "ін") {
        // и т. д., и т. п., до н. э.: the list is over, and with it, before a capital, the sentence.
        let previous = last_word(earlier.trim_end_matches('.')).to_lowercase();
        if matches!(previous.as_str(), "т" | "и" | "й" | "та" | "і" | "н" | "тому") {
            return false;
        }
    }
    if lower == "no" {
        // No. 10, but "He said no. Then he left."
        return first.is_some_and(|c| c.is_ascii_digit());
    }
    if matches!(lower.as_str(), "г" | "м" | "р" | "в") {
        return next_is_capital;
    }
    LEADING.contains(&lower.as_str())
}

/// The last word of a stretch with its inner full stops and hyphens: `U.S`, `член-корр`.
fn last_word(stretch: &str) -> &str {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '\u{300}'..='\u{36F}');
    let start = stretch
        .char_indices()
        .rev()
        .take_while(|&(_, c)| inside(c))
        .last()
        .map_or(stretch.len(), |(at, _)| at);
    stretch[start..].trim_start_matches(['.', '-'])
}

fn opens_sentence(after: &str) -> bool {
    let word: String =
        after.chars().skip_while(|c| !c.is_alphanumeric()).take_while(|c| c.is_alphanumeric()).collect();
    OPENERS.contains(&word.to_lowercase().as_str())
}

fn ends_in_roman_number(stretch: &str) -> bool {
    let word = last_word(stretch);
    !word.is_empty() && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C' | 'Х' | 'І' | 'М' | '-'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::trial::naughty_text;

    /// Splits a text in which the expected breaks are drawn as `|`, and draws the found ones the same way.
    fn drawn(picture: &str) -> String {
        let text = picture.replace("| ", " ").replace('|', "");
        let mut drawn = String::new();
        let mut at = 0;
        for (number, sentence) in sentences(&text, 0..text.len()).into_iter().enumerate() {
            if number > 0 {
                drawn.push('|');
            }
            drawn.push_str(&text[at..sentence.end]);
            at = sentence.end;
        }
        drawn + &text[at..]
    }

    #[track_caller]
    fn check(picture: &str) {
        assert_eq!(drawn(picture), picture);
    }

    #[test]
    fn plain_sentences() {
        check("Он пришёл.| Она ушла!| Кто остался?| Никто");
        check("Курс вырос на 3.5 процента.| Так сообщил ЦБ.");
    }

    #[test]
    fn russian_abbreviations_go_on() {
        check("Он приехал в г. Москву на ул. Ленина.| Там его ждали.");
        check("Заявление сделал проф. Иванов из ст. Вёшенской.| Его услышали.");
        check("Это случилось 5 мая 2020 г. в Киеве.| Все видели.");
        check("Это случилось в 2020 г.| Он уехал.");
        check("В XIX в.| Россия росла.");
        check("Купили яблоки, груши и т. д.| Потом ушли.");
        check("Купили яблоки, груши и т. п. товары.| Потом ушли.");
        check("Пришли Иванов, Петров и др.| Затем начали.");
        check("Потратили 5 млн. рублей, т. е. всё.| Денег нет.");
        check("Потратили 5 млн. 300 тыс. руб.| Денег нет.");
        check("Им. Пушкина назван музей им. А. С. Пушкина.| Он открыт.");
        check("Писали И.В. Сталин и Ф. Д. Рузвельт.| Ответа не было.");
    }

    #[test]
    fn ukrainian_abbreviations_go_on() {
        check("Він приїхав до м. Київ на вул. Хрещатик.| Там його чекали.");
        check("Це сталося 2020 р.| Він поїхав.");
        check("Прийшли Шевченко, Франко та ін.| Потім почали.");
        check("Музей ім. Т. Г. Шевченка відкрито.| Усі раді.");
    }

    #[test]
    fn english_abbreviations_go_on() {
        check("Mr. Smith met Dr. Jones.| They talked.");
        check("The U.S. President spoke.| He left the U.S.| The plane was late.");
        check("John F. Kennedy said no.| Then he left for No. 10 Downing St. London.");
        check("It was 5 p.m.| Everyone left.");
    }

    #[test]
    fn quotes_and_brackets_close_with_their_sentence() {
        check("«Мы не уйдём.»| Он сел.");
        check("(Так было всегда.)| Но не теперь.");
        check("«Что делать?» — спросил он.| «Ничего!» — «Ладно».");
        check("Он сказал: «Уйди! »| Она ушла.");
        check("“Stop.”| He ran.");
    }

    #[test]
    fn the_sentence_at_a_caret() {
        let text = "Раз два.  Три четыре.\n\nПять. Шесть";
        let at = |byte: usize| &text[sentence_at(text, byte)];
        assert_eq!(at(0), "Раз два.");
        assert_eq!(at(text.find("  Три").unwrap()), "Раз два.", "the end edge");
        assert_eq!(at(text.find("Три").unwrap()), "Три четыре.");
        assert_eq!(at(text.find("\n\n").unwrap()), "Три четыре.", "the end of a line");
        assert!(sentence_at(text, text.find("\n\n").unwrap() + 1).is_empty(), "a blank line has none");
        assert_eq!(at(text.len()), "Шесть");
    }

    #[test]
    fn a_huge_line_is_searched_only_around_the_caret() {
        let text = "Это предложение номер один. ".repeat(5_000);
        let middle = floor_char(&text, text.len() / 2);
        assert_eq!(&text[sentence_at(&text, middle)], "Это предложение номер один.");
    }

    proptest! {
        #[test]
        fn boundaries_are_those_of_the_book(
            drawn in prop::collection::vec(
                prop::sample::select(vec![
                    "а", "Б", "z", "Q", "é", "1", " ", "  ", "\n", "\t", ".", "!", "?", "…", ",", ":", ";", "'", "’", "”", "-", "_", "«", "»",
                    "—", "(", ")", "\u{301}", "\u{AD}", "\u{FEFF}", "\u{A0}", "\u{85}", "\u{2028}", "\r", "\r\n", "👍🏽", "א", "中", "。",
                    "\u{484}", "×", "ª", "۔", "․",
                ]),
                0..24,
            ),
        ) {
            let text = drawn.concat();
            let expected: Vec<usize> = text.split_sentence_bound_indices().map(|(at, _)| at).skip(1).collect();
            let found: Vec<usize> = (Bounds { text: &text, at: 0 }).collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn sentences_hold_everything_that_can_be_seen(text in naughty_text()) {
            let found = sentences(&text, 0..text.len());
            let mut at = 0;
            for sentence in found {
                prop_assert!(sentence.start >= at && sentence.start < sentence.end);
                prop_assert!(text[at..sentence.start].chars().all(super::super::segment::is_white));
                prop_assert!(super::super::segment::is_grapheme_boundary(&text, sentence.start));
                at = sentence.end;
            }
            prop_assert!(text[at..].chars().all(super::super::segment::is_white));
        }
    }
}
