//! Where a line too long for one layout may be cut: letters that join, and marks with their letters, stay in one piece.

use unicode_script::{Script, UnicodeScript as _};

use crate::text::ceil_grapheme;

/// Where to cut `text[start..end]` so that the first piece has about `longest` bytes at most: behind the last white space of its second half;
/// else between the last two clusters there that do not join; else between clusters. A cluster longer than all that stays whole.
pub(super) fn soft_cut(text: &str, start: usize, end: usize, longest: usize) -> usize {
    let limit = text.floor_char_boundary((start + longest).min(end));
    let half = text.ceil_char_boundary(start + longest / 2).min(limit);
    let later = &text[half..limit];
    if let Some((at, space)) = later.char_indices().rev().find(|(_, c)| c.is_whitespace()) {
        let cut = half + at + space.len_utf8();
        // A mark may sit on a space.
        if is_cluster_edge(text, cut) && cut > start {
            return cut;
        }
    }
    let mut between_clusters = None;
    for (at, _) in later.char_indices().rev() {
        let at = half + at;
        if at <= start || !is_cluster_edge(text, at) {
            continue;
        }
        if !joins_across(text, start, at) {
            return at;
        }
        between_clusters = between_clusters.or(Some(at));
    }
    between_clusters.unwrap_or_else(|| {
        let cut = ceil_grapheme(text, text.ceil_char_boundary(limit));
        if cut > start && cut <= end { cut } else { end }
    })
}

fn is_cluster_edge(text: &str, at: usize) -> bool {
    ceil_grapheme(text, at) == at
}

/// Whether the letters on both sides of a place are drawn joined, or as one sign.
fn joins_across(text: &str, start: usize, at: usize) -> bool {
    // Marks on a letter do not keep it from joining.
    let before = text[start..at].chars().rev().find(|c| c.script() != Script::Inherited || *c == ZWJ);
    let (Some(before), Some(after)) = (before, text[at..].chars().next()) else { return false };
    if is_stacker(before) {
        return true;
    }
    joins(before) && joins(after) && !joins_only_before(before)
}

/// Zero width joiner.
const ZWJ: char = '\u{200D}';
/// Arabic tatweel, which lengthens a joint.
const TATWEEL: char = '\u{640}';

/// Whether a character may join its neighbours: letters of the scripts in ArabicShaping.txt of the Unicode Character Database.
fn joins(c: char) -> bool {
    use Script as S;
    let joined = matches!(
        c.script(),
        S::Arabic
            | S::Syriac
            | S::Mandaic
            | S::Nko
            | S::Mongolian
            | S::Phags_Pa
            | S::Manichaean
            | S::Psalter_Pahlavi
            | S::Hanifi_Rohingya
            | S::Sogdian
            | S::Adlam
            | S::Chorasmian
            | S::Old_Uyghur
    );
    c == ZWJ || c == TATWEEL || (joined && c.is_alphabetic())
}

/// Arabic letters that join what is before them and not what is behind (`Joining_Type` R in ArabicShaping.txt), and hamza, which joins
/// nothing.
fn joins_only_before(c: char) -> bool {
    matches!(c,
        '\u{621}'..='\u{625}' | '\u{627}' | '\u{629}' | '\u{62F}'..='\u{632}' | '\u{648}' | '\u{671}'..='\u{673}'
        | '\u{675}'..='\u{677}' | '\u{688}'..='\u{699}' | '\u{6C0}' | '\u{6C3}'..='\u{6CB}' | '\u{6CD}' | '\u{6CF}'
        | '\u{6D2}' | '\u{6D3}' | '\u{6D5}' | '\u{6EE}' | '\u{6EF}'
    )
}

/// Signs that stack the next consonant under the last one (`Indic_Syllabic_Category` Virama and Invisible_Stacker): not in all scripts are the
/// two one cluster.
fn is_stacker(c: char) -> bool {
    matches!(
        c,
        '\u{94D}'
            | '\u{9CD}'
            | '\u{A4D}'
            | '\u{ACD}'
            | '\u{B4D}'
            | '\u{BCD}'
            | '\u{C4D}'
            | '\u{CCD}'
            | '\u{D4D}'
            | '\u{DCA}'
            | '\u{1039}'
            | '\u{17D2}'
            | '\u{1A60}'
            | '\u{1B44}'
            | '\u{1BAB}'
            | '\u{A806}'
            | '\u{A8C4}'
            | '\u{A953}'
            | '\u{A9C0}'
            | '\u{AAF6}'
            | '\u{ABED}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The two pieces, the first of at most 40 bytes or so.
    fn cut(text: &str) -> (&str, &str) {
        text.split_at(soft_cut(text, 0, text.len(), 40))
    }

    #[test]
    fn a_space_comes_first_whatever_kind_it_is() {
        assert_eq!(cut("слово слово слово слово").0, "слово слово слово ");
        assert_eq!(
            cut(&format!("{}\u{3000}{}", "字".repeat(10), "字".repeat(9))).0,
            format!("{}\u{3000}", "字".repeat(10))
        );
    }

    #[test]
    fn joined_letters_stay_together_where_some_are_not_joined() {
        // Twelve joined letters, then waw, which does not join what follows, then joined letters past the limit.
        let text = "بببببببببببب".to_owned() + "و" + &"ب".repeat(30);
        assert!(cut(&text).0.ends_with('و'), "{:?}", cut(&text));
        // With a vowel sign on the waw it is the same.
        let text = "بببببببببب".to_owned() + "وَ" + &"ب".repeat(30);
        assert!(cut(&text).0.ends_with("وَ"), "{:?}", cut(&text));
        // Where all are joined there is nothing better than between two.
        assert_eq!(cut(&"ب".repeat(40)).0.chars().count(), 19);
    }

    #[test]
    fn clusters_and_conjuncts_stay_whole() {
        let family = "👩\u{200D}👩\u{200D}👧";
        let families = family.repeat(4);
        let (first, _) = cut(&families);
        assert_eq!(first.len() % family.len(), 0);
        // Kannada: ka, virama, ssa are drawn as one and are two clusters.
        let conjunct = "ಕ\u{CCD}ಷ";
        let conjuncts = conjunct.repeat(9);
        let (first, rest) = cut(&conjuncts);
        assert!(!first.ends_with('\u{CCD}') && !rest.starts_with('ಷ'), "{first} {rest}");
        let stressed = "а\u{301}".repeat(20);
        assert!(cut(&stressed).1.starts_with('а'));
    }

    #[test]
    fn a_cluster_without_end_is_not_cut() {
        let text = "а".to_owned() + &"\u{301}".repeat(100);
        assert_eq!(cut(&text).0, text);
    }

    proptest! {
        #[test]
        fn it_gets_on_and_never_cuts_a_cluster(text in "[аё\u{301}بوَ🙂\u{200D} ಕ\u{CCD}]{1,120}") {
            let at = soft_cut(&text, 0, text.len(), 40);
            prop_assert!(at > 0 && at <= text.len());
            prop_assert!(text.is_char_boundary(at) && is_cluster_edge(&text, at));
        }
    }
}
