//! Sentences: UAX #29, mended for abbreviations, initials and quoted speech in Russian, Ukrainian and English.

use unicode_segmentation::UnicodeSegmentation;

use super::offset::ByteRange;
use super::segment::{floor_char, floor_grapheme, trim_white_space};

/// How far to either side of a position its sentence is sought when the line is longer than that.
const REACH: usize = 8192;

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
const AFTER_NUMBER: &[&str] = &[
    "г", "гг", "в", "вв", "р", "рр", "с", "ст", "см", "м", "ч", "мин", "сек", "т", "п", "стр",
];

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
    for (at, _) in slice.split_sentence_bound_indices().skip(1) {
        let mut at = at;
        let after = &slice[at..];
        let closing = after.find(|c: char| !closes(c)).unwrap_or(after.len());
        if closing > 0 {
            at += closing;
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

/// The sentence at a byte: the one that holds it, else the last one before it on its line, else the first after it
/// on its line, else the empty range there.
pub fn sentence_at(text: &str, byte: usize) -> ByteRange {
    let byte = floor_char(text, byte);
    let low = if byte <= REACH {
        0
    } else {
        floor_grapheme(text, byte - REACH)
    };
    let high = floor_grapheme(text, byte.saturating_add(REACH)).max(byte);
    let start = memchr::memrchr(b'\n', &text.as_bytes()[low..byte]).map_or(low, |at| low + at + 1);
    let end = memchr::memchr(b'\n', &text.as_bytes()[byte..high]).map_or(high, |at| byte + at);
    let found = sentences(text, start..end);
    // Half-open, so that between two sentences without a space the second counts; a caret at the end of a sentence
    // that is followed by white space is caught by "the last before".
    let holding = found.iter().find(|sentence| sentence.contains(&byte));
    let before = || found.iter().rev().find(|sentence| sentence.end <= byte);
    holding
        .or_else(before)
        .or(found.first())
        .cloned()
        .unwrap_or(byte..byte)
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
    if matches!(
        lower.as_str(),
        "д" | "п" | "е" | "ч" | "н" | "к" | "о" | "пр" | "др" | "ін"
    ) {
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
    if matches!(lower.as_str(), "г" | "р" | "в") {
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
    let word: String = after
        .chars()
        .skip_while(|c| !c.is_alphanumeric())
        .take_while(|c| c.is_alphanumeric())
        .collect();
    OPENERS.contains(&word.to_lowercase().as_str())
}

fn ends_in_roman_number(stretch: &str) -> bool {
    let word = last_word(stretch);
    !word.is_empty()
        && word
            .chars()
            .all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C' | 'Х' | 'І' | 'М' | '-'))
}
