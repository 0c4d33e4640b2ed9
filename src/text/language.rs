//! Which language a text is in.

use whatlang::Lang;

use super::segment::floor_char;

/// How much of a text is looked at, in bytes. More makes the guess no surer, and exports of many articles spend their time here.
const SAMPLE: usize = 2048;

/// Fewest letters a guess is made from.
const ENOUGH: usize = 24;

/// How many letters of one language alone tell it without statistics.
const DECISIVE: usize = 8;

/// The language of a text as a BCP 47 primary code (`ru`, `uk`, `en`, …), from its first 2 KiB.
///
/// `None` when the text is too short or too mixed to tell. Russian and Ukrainian are told apart by the letters only
/// one of them has, which is surer than the statistics of letter groups they share.
pub fn guess_language(text: &str) -> Option<&'static str> {
    let sample = &text[..floor_char(text, SAMPLE)];
    if sample.chars().filter(|c| is_letter(*c)).take(ENOUGH).count() < ENOUGH {
        return None;
    }
    let (mut russian, mut ukrainian, mut cyrillic, mut letters) = (0usize, 0usize, 0usize, 0usize);
    for character in sample.chars().filter(|c| is_letter(*c)) {
        letters += 1;
        match character {
            'ы' | 'э' | 'ё' | 'ъ' | 'Ы' | 'Э' | 'Ё' | 'Ъ' => russian += 1,
            'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' | 'Ґ' => ukrainian += 1,
            _ => {}
        }
        if matches!(character, '\u{400}'..='\u{52F}') {
            cyrillic += 1;
        }
    }
    // Of the languages in Cyrillic only Russian and Belarusian write ы, only Belarusian ў beside і; only Ukrainian writes ї and є. Where
    // those letters are many and the others' none, no statistics know better, and they take most of the time of reading a short article.
    if cyrillic * 10 >= letters * 6 && !sample.contains(['ў', 'Ў', 'ә', 'ө', 'ү', 'ң', 'қ', 'ғ', 'һ'])
    {
        let only_russian = sample.chars().filter(|c| matches!(c, 'ы' | 'э')).count();
        if only_russian >= DECISIVE && ukrainian == 0 {
            return Some("ru");
        }
        let only_ukrainian = sample.chars().filter(|c| matches!(c, 'ї' | 'є')).count();
        if only_ukrainian >= DECISIVE && russian == 0 {
            return Some("uk");
        }
    }
    let info = whatlang::detect(sample)?;
    let east_slavic = matches!(info.lang(), Lang::Rus | Lang::Ukr | Lang::Bel);
    if cyrillic * 10 >= letters * 6 && (east_slavic || !info.is_reliable()) {
        // Belarusian has both і and ы; only its ў tells it from a mixture.
        if sample.contains(['ў', 'Ў']) && info.lang() == Lang::Bel {
            return Some("be");
        }
        if russian > ukrainian * 4 {
            return Some("ru");
        }
        if ukrainian > russian * 4 {
            return Some("uk");
        }
        if !info.is_reliable() {
            return None;
        }
    }
    info.is_reliable().then(|| primary_code(info.lang())).flatten()
}

/// Whether a character is a letter: without the tables of Unicode for the letters of Russian and Ukrainian.
fn is_letter(character: char) -> bool {
    matches!(character, '\u{400}'..='\u{481}' | '\u{48A}'..='\u{52F}') || character.is_alphabetic()
}

/// ISO 639-3 as whatlang names languages, to the shortest code of BCP 47.
fn primary_code(language: Lang) -> Option<&'static str> {
    Some(match language {
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Bel => "be",
        Lang::Bul => "bg",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Eng => "en",
        Lang::Deu => "de",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Ron => "ro",
        Lang::Hun => "hu",
        Lang::Ell => "el",
        Lang::Tur => "tr",
        Lang::Aze => "az",
        Lang::Uzb => "uz",
        Lang::Tuk => "tk",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Ara => "ar",
        Lang::Pes => "fa",
        Lang::Urd => "ur",
        Lang::Hin => "hi",
        Lang::Ben => "bn",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Vie => "vi",
        Lang::Tha => "th",
        Lang::Ind => "id",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "nb",
        Lang::Fin => "fi",
        Lang::Est => "et",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Kat => "ka",
        Lang::Hye => "hy",
        Lang::Cat => "ca",
        Lang::Epo => "eo",
        Lang::Lat => "la",
        Lang::Afr => "af",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_russian_from_ukrainian_and_english() {
        let russian =
            "Переговоры прошли в Женеве, стороны обсудили условия прекращения огня и обмен пленными.";
        let ukrainian = "Переговори відбулися в Женеві, сторони обговорили умови припинення вогню та обмін.";
        let english = "The talks were held in Geneva, where both sides discussed the terms of a ceasefire.";
        assert_eq!(guess_language(russian), Some("ru"));
        assert_eq!(guess_language(ukrainian), Some("uk"));
        assert_eq!(guess_language(english), Some("en"));
    }

    #[test]
    fn other_languages_in_cyrillic_are_not_taken_for_russian() {
        let bulgarian = "Преговорите се състояха в Женева, страните обсъдиха условията за прекратяване на огъня и размяната на \
                         пленници, както и въпроса за гаранциите за сигурност след края на войната.";
        let belarusian = "Перамовы прайшлі ў Жэневе, бакі абмеркавалі ўмовы спынення агню і абмен палоннымі, а таксама пытанне аб \
                          гарантыях бяспекі пасля заканчэння вайны, якія былі прапанаваныя раней.";
        assert_eq!(guess_language(bulgarian), Some("bg"));
        assert_ne!(guess_language(belarusian), Some("ru"));
        assert_ne!(guess_language(belarusian), Some("uk"));
    }

    #[test]
    fn says_nothing_of_too_little() {
        assert_eq!(guess_language(""), None);
        assert_eq!(guess_language("Да. OK. 2024"), None);
        assert_eq!(guess_language(&"12345 ".repeat(200)), None);
    }

    #[test]
    fn a_long_text_is_cut_at_a_code_point() {
        let text = format!("a{}", "Это очень длинный рассказ об этом городе. ".repeat(400));
        assert_eq!(guess_language(&text), Some("ru"));
    }
}
