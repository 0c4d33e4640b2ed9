//! Bytes of any encoding to canonical text, or a clear word on why not.

mod cyrillic;
mod recognise;

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::canonical::CanonicalText;

/// Longest file that is read: offsets are `u32`, and decoding may make two or three bytes of one.
const LONGEST: usize = 1 << 30;

struct Offered {
    label: &'static str,
    display_name: &'static str,
    codec: &'static encoding_rs::Encoding,
}

macro_rules! offered {
    ($($label:literal, $display_name:literal, $codec:ident;)*) => {
        &[$(Offered { label: $label, display_name: $display_name, codec: encoding_rs::$codec }),*]
    };
}

/// Every encoding the program offers, likeliest first. Menus, command line and recognition read this table.
static OFFERED: &[Offered] = offered! {
    "utf-8", "Unicode (UTF-8)", UTF_8;
    "utf-16le", "Unicode (UTF-16, little endian)", UTF_16LE;
    "utf-16be", "Unicode (UTF-16, big endian)", UTF_16BE;
    "windows-1251", "Cyrillic (Windows-1251)", WINDOWS_1251;
    "koi8-r", "Cyrillic (KOI8-R, Russian)", KOI8_R;
    "koi8-u", "Cyrillic (KOI8-U, Ukrainian)", KOI8_U;
    "ibm866", "Cyrillic (DOS, CP866)", IBM866;
    "iso-8859-5", "Cyrillic (ISO 8859-5)", ISO_8859_5;
    "x-mac-cyrillic", "Cyrillic (Macintosh)", X_MAC_CYRILLIC;
    "windows-1252", "Western European (Windows-1252)", WINDOWS_1252;
    "macintosh", "Western European (Macintosh)", MACINTOSH;
    "windows-1250", "Central European (Windows-1250)", WINDOWS_1250;
    "iso-8859-2", "Central European (ISO 8859-2)", ISO_8859_2;
    "iso-8859-4", "Baltic (ISO 8859-4)", ISO_8859_4;
    "iso-8859-13", "Baltic (ISO 8859-13)", ISO_8859_13;
    "windows-1257", "Baltic (Windows-1257)", WINDOWS_1257;
    "windows-1253", "Greek (Windows-1253)", WINDOWS_1253;
    "iso-8859-7", "Greek (ISO 8859-7)", ISO_8859_7;
    "windows-1254", "Turkish (Windows-1254)", WINDOWS_1254;
    "windows-1255", "Hebrew (Windows-1255)", WINDOWS_1255;
    "iso-8859-8", "Hebrew (ISO 8859-8, visual)", ISO_8859_8;
    "windows-1256", "Arabic (Windows-1256)", WINDOWS_1256;
    "iso-8859-6", "Arabic (ISO 8859-6)", ISO_8859_6;
    "windows-874", "Thai (Windows-874)", WINDOWS_874;
    "windows-1258", "Vietnamese (Windows-1258)", WINDOWS_1258;
    "gb18030", "Chinese, simplified (GB 18030)", GB18030;
    "big5", "Chinese, traditional (Big5)", BIG5;
    "shift_jis", "Japanese (Shift JIS)", SHIFT_JIS;
    "euc-jp", "Japanese (EUC-JP)", EUC_JP;
    "iso-2022-jp", "Japanese (ISO-2022-JP)", ISO_2022_JP;
    "euc-kr", "Korean (EUC-KR)", EUC_KR;
};

/// One of the encodings the program offers. Written in files by its [label](Encoding::label).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Encoding(u8);

impl Encoding {
    /// The encoding of nearly every file made today.
    pub const UTF_8: Encoding = Encoding(0);

    /// Every encoding offered, likeliest first.
    pub fn all() -> impl ExactSizeIterator<Item = Encoding> {
        (0..OFFERED.len() as u8).map(Encoding)
    }

    /// The name programs use, as the WHATWG Encoding Standard writes it, in small letters: `windows-1251`.
    pub fn label(self) -> &'static str {
        self.offered().label
    }

    /// The name people read, in English: `Cyrillic (Windows-1251)`.
    pub fn display_name(self) -> &'static str {
        self.offered().display_name
    }

    /// The encoding a label means. Any label of the WHATWG Encoding Standard will do, and the names Python gives:
    /// `cp1251`, `koi8_r`, `cp866`, `mac_cyrillic`. `None` for what is not offered.
    pub fn from_label(label: &str) -> Option<Encoding> {
        let label = label.trim().to_ascii_lowercase();
        let found = encoding_rs::Encoding::for_label(label.as_bytes()).or_else(|| {
            let plain: String = label.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
            let standard = match plain.as_str() {
                "maccyrillic" | "xmaccyrillic" | "maccyrillicua" | "macukraine" => "x-mac-cyrillic",
                "cp936" | "gbk" | "gb2312" => "gb18030",
                "cp932" | "sjis" => "shift_jis",
                "cp949" => "euc-kr",
                "macroman" => "macintosh",
                "utf8sig" => "utf-8",
                "utf16" => "utf-16le",
                "koi8r" => "koi8-r",
                "koi8u" => "koi8-u",
                _ => {
                    let dashed = label.replace('_', "-");
                    let dashed =
                        dashed.strip_suffix("-le").map_or(dashed.clone(), |stem| format!("{stem}le"));
                    let dashed =
                        dashed.strip_suffix("-be").map_or(dashed.clone(), |stem| format!("{stem}be"));
                    return encoding_rs::Encoding::for_label(dashed.as_bytes()).or_else(|| {
                        encoding_rs::Encoding::for_label(plain.replace("iso8859", "iso-8859-").as_bytes())
                    });
                }
            };
            encoding_rs::Encoding::for_label(standard.as_bytes())
        })?;
        // GBK is decoded as GB 18030, which holds all of it.
        let found = if found == encoding_rs::GBK { encoding_rs::GB18030 } else { found };
        Encoding::of_codec(found)
    }

    fn of_codec(codec: &'static encoding_rs::Encoding) -> Option<Encoding> {
        OFFERED.iter().position(|offered| offered.codec == codec).map(|at| Encoding(at as u8))
    }

    fn offered(self) -> &'static Offered {
        &OFFERED[self.0 as usize]
    }

    fn codec(self) -> &'static encoding_rs::Encoding {
        self.offered().codec
    }
}

impl Default for Encoding {
    fn default() -> Self {
        Encoding::UTF_8
    }
}

impl fmt::Debug for Encoding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Encoding({})", self.label())
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.display_name())
    }
}

impl Serialize for Encoding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.label())
    }
}

impl<'de> Deserialize<'de> for Encoding {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let label = String::deserialize(deserializer)?;
        Encoding::from_label(&label).ok_or_else(|| {
            D::Error::custom(format!("no encoding named \"{label}\" is known; utf-8 is the usual one"))
        })
    }
}

/// A text and how it was read.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The text in canonical form.
    pub text: CanonicalText,
    /// Whether the file began with a byte order mark (which the canonical text has not).
    pub raw_text_had_bom: bool,
    /// What it was read as.
    pub encoding: Encoding,
    /// Whether that is known (a byte order mark, valid UTF-8, the user's choice) rather than guessed.
    pub certain: bool,
    /// Bytes that stand for nothing in that encoding; `U+FFFD` is in their place.
    pub replaced: usize,
    /// Byte of the file at which the first of them is.
    pub first_bad_byte: Option<usize>,
    /// Whether any line ended otherwise than in `\n`.
    pub folded_line_ends: bool,
    /// What the user should be told.
    pub notes: Vec<DecodeNote>,
}

/// Something about how a text was read that its user should know. `Display` says it in English.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DecodeNote {
    /// The encoding was recognised by its looks alone.
    #[error(
        "The encoding was guessed to be {encoding}. If the text reads wrongly, open it with another one."
    )]
    Guessed {
        /// The guess.
        encoding: Encoding,
    },
    /// Some bytes could not be decoded.
    #[error(
        "{replaced} byte(s) are broken {encoding} and were replaced by \u{FFFD}; the first is byte {first} of the file."
    )]
    Replaced {
        /// How the rest was read.
        encoding: Encoding,
        /// How many bytes.
        replaced: usize,
        /// Byte offset in the file.
        first: usize,
    },
    /// The text holds NUL characters, which are kept.
    #[error(
        "The text holds {count} NUL character(s), the first at byte {first} of the file. They were kept."
    )]
    Nul {
        /// How many.
        count: usize,
        /// Byte offset in the file.
        first: usize,
    },
    /// The chosen encoding contradicts the byte order mark.
    #[error("The file begins with the byte order mark of {marked}, but was read as {chosen}, as you chose.")]
    MarkIgnored {
        /// What the mark says.
        marked: Encoding,
        /// What the user chose.
        chosen: Encoding,
    },
}

/// Why bytes are no text.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DecodeFault {
    /// No byte, or nothing but a byte order mark.
    #[error("The file is empty: it holds no text to annotate.")]
    Empty,
    /// Not text.
    #[error(
        "This is not a text file: it looks like {looks_like} (byte {at}). Save the article as plain text and open that."
    )]
    Binary {
        /// What it seems to be, with its article: `a PNG picture`.
        looks_like: &'static str,
        /// The byte that shows it.
        at: usize,
    },
    /// The user's choice does not fit.
    #[error(
        "The file is not {encoding}: {bad} of its {length} bytes mean nothing in it, the first at byte {first}. \
         Choose another encoding, or let Postil recognise it."
    )]
    ChoiceDoesNotFit {
        /// What was chosen.
        encoding: Encoding,
        /// Bytes that cannot be decoded.
        bad: usize,
        /// Bytes in all.
        length: usize,
        /// Byte offset of the first bad one.
        first: usize,
    },
    /// Longer than offsets can count.
    #[error(
        "The file is {length} bytes long; texts of more than {LONGEST} bytes cannot be opened. Split it."
    )]
    TooLong {
        /// Bytes in all.
        length: usize,
    },
}

/// Reads bytes as text: in the encoding chosen, else the one recognised.
///
/// Recognition goes by byte order mark, then UTF-16 by its pattern, then valid or nearly valid UTF-8, then statistics.
/// UTF-8 with some broken bytes is read as UTF-8 with those replaced and counted, never as something else.
pub fn decode(bytes: &[u8], choice: Option<Encoding>) -> Result<Decoded, DecodeFault> {
    if bytes.is_empty() {
        return Err(DecodeFault::Empty);
    }
    if bytes.len() > LONGEST {
        return Err(DecodeFault::TooLong { length: bytes.len() });
    }
    let mark = encoding_rs::Encoding::for_bom(bytes)
        .and_then(|(codec, length)| Encoding::of_codec(codec).map(|encoding| (encoding, length)));
    let mut notes = Vec::new();
    let (encoding, certain) = match (choice, mark) {
        (Some(chosen), mark) => {
            if let Some((marked, _)) = mark.filter(|&(marked, _)| marked != chosen) {
                notes.push(DecodeNote::MarkIgnored { marked, chosen });
            }
            (chosen, true)
        }
        (None, Some((marked, _))) => (marked, true),
        (None, None) => recognise::recognise(bytes)?,
    };
    let mark_length = mark.filter(|&(marked, _)| marked == encoding).map_or(0, |(_, length)| length);
    let body = &bytes[mark_length..];
    if body.is_empty() {
        return Err(DecodeFault::Empty);
    }
    if encoding != Encoding::from_codec_utf16(false) && encoding != Encoding::from_codec_utf16(true) {
        recognise::refuse_binary(body, mark_length)?;
    }
    let raw = decode_all(body, encoding.codec());
    if let (Some(_), Some(first)) = (choice, raw.first_bad)
        && raw.replaced * 10 > body.len()
    {
        let first = first + mark_length;
        return Err(DecodeFault::ChoiceDoesNotFit {
            encoding,
            bad: raw.replaced,
            length: bytes.len(),
            first,
        });
    }
    if !certain {
        notes.push(DecodeNote::Guessed { encoding });
    }
    let first_bad_byte = raw.first_bad.map(|at| at + mark_length);
    if let Some(first) = first_bad_byte {
        notes.push(DecodeNote::Replaced { encoding, replaced: raw.replaced, first });
    }
    if let Some(at) = raw.text.find('\0') {
        let count = memchr::memchr_iter(0, raw.text.as_bytes()).count();
        let before = &raw.text[..at];
        // In UTF-16 the place is counted in units; elsewhere the NUL is a byte of its own.
        let first = if encoding.codec().is_single_byte() || encoding == Encoding::UTF_8 {
            memchr::memchr(0, body).unwrap_or(0)
        } else {
            before.encode_utf16().count() * 2
        };
        notes.push(DecodeNote::Nul { count, first: first + mark_length });
    }
    // The mark was cut above; a second one is text, and `with_folding` would take it for the first.
    let (text, folding) = if mark_length > 0 && raw.text.starts_with('\u{FEFF}') {
        CanonicalText::with_folding(&format!("\u{FEFF}{}", raw.text))
    } else {
        CanonicalText::with_folding(&raw.text)
    };
    Ok(Decoded {
        text,
        raw_text_had_bom: mark_length > 0,
        encoding,
        certain,
        replaced: raw.replaced,
        first_bad_byte,
        folded_line_ends: folding.folded_line_ends() > 0,
        notes,
    })
}

struct Raw {
    text: String,
    replaced: usize,
    first_bad: Option<usize>,
}

/// Decodes without looking at byte order marks, counting the bytes that mean nothing.
fn decode_all(bytes: &[u8], codec: &'static encoding_rs::Encoding) -> Raw {
    if codec == encoding_rs::UTF_8 {
        return decode_utf_8(bytes);
    }
    let mut decoder = codec.new_decoder_without_bom_handling();
    let mut raw = Raw { text: String::new(), replaced: 0, first_bad: None };
    let mut at = 0;
    loop {
        let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len() - at);
        raw.text.reserve(room.unwrap_or(bytes.len()));
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[at..], &mut raw.text, true);
        at += read;
        match result {
            encoding_rs::DecoderResult::InputEmpty => return raw,
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::Malformed(bad, after) => {
                raw.text.push('\u{FFFD}');
                raw.replaced += usize::from(bad);
                raw.first_bad.get_or_insert(at.saturating_sub(usize::from(bad) + usize::from(after)));
            }
        }
    }
}

fn decode_utf_8(bytes: &[u8]) -> Raw {
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Raw { text: text.to_owned(), replaced: 0, first_bad: None };
    }
    let mut raw = Raw { text: String::with_capacity(bytes.len()), replaced: 0, first_bad: None };
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        raw.text.push_str(chunk.valid());
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            raw.text.push('\u{FFFD}');
            raw.first_bad.get_or_insert(at);
            raw.replaced += chunk.invalid().len();
            at += chunk.invalid().len();
        }
    }
    raw
}

#[cfg(test)]
mod tests;
