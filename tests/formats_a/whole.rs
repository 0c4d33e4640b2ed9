//! Formats that carry a record whole, in places of their own: CAS, REFI-QDA, Web Annotation and Label Studio. What goes out comes back,
//! and what the loss report says other programs do not see is counted by hand.

use postil::formats::{Record, TagScheme};
use postil::text::CanonicalText;
use proptest::prelude::*;

use crate::records::{any_record, content_of, contents, read, record, write};

const FORMATS: [&str; 5] = ["xmi", "cas-json", "refi-qda", "web-annotation", "label-studio"];

/// Another annotator's record on the same article.
fn by_another(of: &Record, whose: &Record) -> Record {
    let mut other = whose.clone();
    other.text = of.text.clone();
    other.meta = of.meta.clone();
    let mut set = postil::model::AnnotationSet::new(of.set.article.clone(), "борис");
    set.fingerprint = of.text.fingerprint().to_owned();
    set.length = of.text.len();
    set.status = whose.set.status;
    set.fields = whose.set.fields.clone();
    for span in whose.set.spans().filter(|span| span.parts.hull().end().get() <= of.text.len()) {
        set.insert((**span).clone());
    }
    other.set = set;
    other
}

fn goes_round(name: &str, records: &[Record]) -> Result<(), TestCaseError> {
    let (out, loss) = write(name, records, None, TagScheme::default());
    let spans = || records.iter().flat_map(|record| record.set.spans());
    let several = spans().filter(|span| span.parts.len() > 1).count();
    let fields: usize = spans().map(|span| span.fields.len()).sum();
    for one in loss.iter() {
        let counted = match one.many {
            "discontinuous spans" => several,
            "fields" => fields,
            other => return Err(TestCaseError::fail(format!("{name} says that it loses {other}: {one}"))),
        };
        prop_assert_eq!(one.count, counted, "{}: {}", name, one);
    }
    let back = read(name, &out, None);
    prop_assert_eq!(&back.remarks, &vec![], "{}", name);
    let (mut there, mut sent) = (contents(&back.records), contents(records));
    for all in [&mut there, &mut sent] {
        all.sort_by(|a, b| (&a.article, &a.annotator).cmp(&(&b.article, &b.annotator)));
    }
    prop_assert_eq!(there, sent, "{}", name);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn whatever_goes_out_comes_back(made in any_record()) {
        for name in FORMATS {
            goes_round(name, std::slice::from_ref(&made))?;
        }
    }

    #[test]
    fn two_people_on_one_article_stay_two(made in any_record(), other in any_record()) {
        let pair = [made.clone(), by_another(&made, &other)];
        for name in FORMATS {
            goes_round(name, &pair)?;
        }
    }

    #[test]
    fn signs_that_xml_lacks_are_lost_as_told(text in "[\u{1}\u{B}\u{FFFE}a😀&\u{85}\u{2028}]{1,12}") {
        let made = record("a.txt", "anna", &format!("{text}x"), &[("s1", "entity", &[(0, 1)], "{}")]);
        let kept: String = text.chars().map(|c| if matches!(c, '\u{1}' | '\u{B}' | '\u{FFFE}') { '\u{FFFD}' } else { c }).collect();
        let count = text.chars().zip(kept.chars()).filter(|(a, b)| a != b).count();
        for name in FORMATS {
            let (out, loss) = write(name, std::slice::from_ref(&made), None, TagScheme::default());
            let back = read(name, &out, None);
            let there = content_of(&back.records[0]);
            let mut wanted = content_of(&made);
            if name == "xmi" {
                wanted.text = CanonicalText::new(&format!("{kept}x")).as_str().to_owned();
                prop_assert_eq!(loss.iter().map(|one| one.count).sum::<usize>(), count);
            } else {
                prop_assert!(loss.is_empty(), "{}", name);
            }
            prop_assert_eq!(there, wanted, "{}", name);
        }
    }
}
