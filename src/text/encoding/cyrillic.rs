//! Which of the six eight-bit Cyrillic encodings Russian or Ukrainian text is in.
//!
//! Each candidate is decoded and its letters are weighed by how common their pairs are. The encodings are
//! permutations of one alphabet, so a wrong one gives letter pairs, and small and capital letters, in places where
//! no language has them.

use super::Encoding;

/// Bits a letter up to which a reading is believed to be Cyrillic. Found by trial: of news cut into pieces of ten
/// letters nearly all cost less; Greek, Hebrew, Arabic and Asian texts read as Cyrillic cost more.
pub(super) const PLAUSIBLE: f64 = 7.0;

/// The candidates, likeliest first: of two that read the bytes alike the first is taken.
const CANDIDATES: [&str; 6] = ["windows-1251", "koi8-r", "koi8-u", "ibm866", "iso-8859-5", "x-mac-cyrillic"];

/// Cost of a sign that has no business in a text, or not where it is.
const STRAY: u32 = 20;
/// Cost of a letter that touches one of another alphabet.
const MIXED: u32 = 13;
/// Cost of a capital after a small letter, on top of the pair's own.
const CASE: u32 = 10;
/// Cost of a capital after a capital: words in capitals are few.
const CAPITALS: u32 = 2;
/// Cost of Mac Cyrillic before anything is read: such files are hundreds of times rarer than the others.
const RARE: u32 = 4;

/// Rows and columns of [`PAIRS`] after the first, which stands for the edge of a word.
#[cfg(test)]
const ALPHABET: &str = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ";

/// `PAIRS[a][b]` is the surprise at letter `b` after letter `a` in bits, `-log₂ P(b | a)`, as a hexadecimal digit.
/// Counted in Russian and Ukrainian news, mixed 3 to 2.
const PAIRS: [&[u8; 38]; 38] = [
    b"f55354775584644435446776576fff6a5f79af",
    b"2a6465665764443964448876768fffc66cf96f",
    b"5396983ee4e65a63e4583e7ee9564eee8e5eee",
    b"2398984783f7585386566fa978bf58ff8a4fff",
    b"53a8965ee4e94e9193e74eeeaeeeeeeeee6eee",
    b"4386b82683f6574365584f899bfb68ff7a5fff",
    b"287564765a5544387344ba78679fffc98afaff",
    b"446d832dd3d85d46dddd3dddddddd9d9d88ddd",
    b"31646568e3e76545757e5eeaeeee5ee98e6eee",
    b"27857657655455478544b957589fffc75ffbbf",
    b"1dd7d5dd89d7d545dd45d99885dddddddddddd",
    b"33a6bf67a3fa6982b4654ff7fa7fffffff4fff",
    b"43bb9937f2f77b73aa7a6fffffff83f43a5fff",
    b"239afa3fa3f87653697f4affbfff67bf7b4fff",
    b"53c9763fa3f6af43fc6557f787ff46b95a4fff",
    b"2a434476685544586444b888679fffa77bf7af",
    b"64fff94ff5fb5b72829a5ffaffff7fff8f4fff",
    b"52886837f3f78652786549a798ff57b97f5fff",
    b"44a5b94ff5f457645852598788ff84ca486fff",
    b"4395f939c3f69953b4685faf9fff73f87a5fff",
    b"275463756a95456a5444fa7a576fff95afff9f",
    b"53bb6b3bb3bb6bb2b4b866bbbbbb8bbbbb3bbb",
    b"14d5dd7dd5dd7952d7765ddddddddddddd6ddd",
    b"55d5dd2d91d5dd79d8886ddddddd65d56d3ddd",
    b"52eeee2ee2e57e35e8e35eeee7eee7eee77eee",
    b"53d4dd2dd2d44d54d8d55dddddddddddd86ddd",
    b"c3cccc2cc2cccc52cccc8cccccccc6ccc58ccc",
    b"88888838888888888888888888888888158888",
    b"28657747785644687665884877888888788888",
    b"1a878e5e8ae3e535ee45eaeae59eeee659eeee",
    b"88888788886456588472856888888888888888",
    b"1d56d4d76ddd886dd562dddd3d4dddd6dddd8d",
    b"1e65866a6e93655e7764ee687a7eeee59eee8e",
    b"18866888588864488483888888888888888888",
    b"37656477675656577655777666777776677677",
    b"27757777776775577777775777777777777477",
    b"37757777777674777773777777777775777677",
    b"66666666666666666666666666666666666666",
];

/// The candidate that reads best, and what it costs in bits a letter.
pub(super) fn best(sample: &[u8]) -> (Encoding, f64) {
    let mut best = (Encoding::UTF_8, f64::INFINITY);
    for label in &CANDIDATES {
        let Some(encoding) = Encoding::from_label(label) else {
            continue;
        };
        let (text, _) = encoding.codec().decode_without_bom_handling(sample);
        let cost = cost(&text, if *label == "x-mac-cyrillic" { RARE } else { 0 });
        if cost < best.1 {
            best = (encoding, cost);
        }
    }
    best
}

/// What a letter is to the table: its row, 0 for everything that is no letter of the alphabet.
fn row(letter: char) -> u32 {
    match letter {
        'а'..='я' => letter as u32 - 'а' as u32 + 1,
        'ё' => 33,
        'і' => 34,
        'ї' => 35,
        'є' => 36,
        'ґ' => 37,
        _ => 0,
    }
}

/// Mean cost of the letters and signs beyond ASCII, in bits, `bits` being there from the start.
fn cost(text: &str, mut bits: u32) -> f64 {
    let mut counted = 0u32;
    let (mut previous, mut before) = (' ', 0u32);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let small = character.to_lowercase().next().unwrap_or(character);
        let letter = row(small);
        if letter > 0 {
            counted += 1;
            bits += if previous.is_ascii_alphabetic() { MIXED } else { pair(before, letter) };
            if character != small {
                bits += if previous.is_lowercase() { CASE } else { 0 };
                bits += if previous.is_uppercase() { CAPITALS } else { 0 };
            }
        } else {
            if before > 0 {
                bits += if character.is_ascii_alphabetic() { MIXED } else { pair(before, 0) };
            }
            if !character.is_ascii() {
                counted += 1;
                bits += sign(character, previous, characters.peek().copied().unwrap_or(' '));
            }
        }
        (previous, before) = (character, letter);
    }
    if counted == 0 { f64::INFINITY } else { f64::from(bits) / f64::from(counted) }
}

/// Cost of a sign beyond ASCII that is no letter of the alphabet, by its neighbours. Mac Cyrillic and Windows-1251
/// differ in little else than capitals of the one being quotes and dashes of the other.
fn sign(character: char, previous: char, next: char) -> u32 {
    let (letter_before, letter_after) = (previous.is_alphabetic(), next.is_alphabetic());
    match character {
        '\u{A0}' | '•' => 4,
        '№' | '“' if !letter_before || !letter_after => 4,
        '«' | '„' if !letter_before && !next.is_whitespace() => 4,
        '»' | '”' | '…' if !letter_after && !previous.is_whitespace() => 4,
        '—' | '–' if letter_before == letter_after => 4,
        '’' if letter_before => 5,
        '‘' if !letter_before && letter_after => 10,
        '°' | '§' | '©' | '®' | '±' | '€' | '™' | '·' if !letter_before && !letter_after => 9,
        '\u{AD}' if letter_before && letter_after => 9,
        _ => STRAY,
    }
}

fn pair(before: u32, letter: u32) -> u32 {
    let digit = PAIRS.get(before as usize).and_then(|row| row.get(letter as usize)).copied().unwrap_or(b'f');
    (digit as char).to_digit(16).unwrap_or(15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabet_is_the_table() {
        assert_eq!(ALPHABET.chars().count() + 1, PAIRS.len());
        for (at, letter) in ALPHABET.chars().enumerate() {
            assert_eq!(row(letter), at as u32 + 1, "{letter}");
        }
    }
}
