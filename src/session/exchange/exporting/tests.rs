use super::*;
use crate::formats::{Grouping, Shares, format};

#[test]
fn a_wish_is_the_command_that_does_the_same() {
    let mut wish = ExportWish::new(format("conll").unwrap(), PathBuf::from("/home/анна/мои данные"));
    wish.whose = Whose::These(vec!["anna".into(), "o'brien".into()]);
    wish.labels = vec!["entity".into()];
    wish.states = vec![Status::Done, Status::Reviewed];
    wish.split = Some(SplitPlan {
        shares: Shares::parse("train=0.8,test=0.2").unwrap(),
        seed: 7,
        stratify: true,
        group: Some(Grouping::NearDuplicates),
    });
    wish.examples = Examples::Sentence;
    wish.scheme = Some(TagScheme::Bilou);
    wish.overwrite = true;
    assert_eq!(
        wish.as_command(Path::new("/p")),
        "postil export conll --project /p --out '/home/анна/мои данные' --annotator 'anna,o'\\''brien' --labels entity \
         --status done,reviewed --split train=0.8,test=0.2 --seed 7 --stratify --group near-duplicates --examples sentence \
         --scheme bilou --overwrite"
    );
}

#[test]
fn a_preview_is_cut_between_characters_and_shows_no_bytes_that_are_no_text() {
    assert_eq!(beginning("Киев".as_bytes(), 3), (Some("К".into()), true));
    assert_eq!(beginning("Киев".as_bytes(), 99), (Some("Киев".into()), false));
    assert_eq!(beginning(b"PAR1\x00\x15", 99), (None, false));
    assert_eq!(beginning(b"\xFF\xFE", 1), (None, true));
}

#[test]
fn a_folder_of_which_one_file_cannot_be_put_in_its_place_gets_none() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("set");
    let mut target = DiskTarget::begin(&out, true, false).unwrap();
    for name in ["train/a.jsonl", "test/b.jsonl", "SPLIT.md"] {
        target.create(name).unwrap().write_all(b"whole").unwrap();
    }
    // Somebody makes a folder where the last file belongs.
    std::fs::create_dir_all(out.join("SPLIT.md/theirs")).unwrap();
    assert!(target.commit().is_err());
    let left: Vec<_> = std::fs::read_dir(&out).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["SPLIT.md"], "only what somebody else made is there");
    let beside: Vec<_> =
        std::fs::read_dir(place.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(beside, ["set"], "nothing unfinished is left");
}

#[test]
fn a_target_that_is_given_up_leaves_no_folder_behind() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("a/b/c.jsonl");
    let begin = || DiskTarget::begin(&out, false, false).unwrap();
    let mut target = begin();
    target.create("").unwrap().write_all(b"half").unwrap();
    assert!(place.path().join("a/b").exists());
    drop(target);
    assert!(!place.path().join("a").exists());
    let mut target = begin();
    target.create("").unwrap().write_all(b"whole").unwrap();
    target.commit().unwrap();
    assert_eq!(std::fs::read(&out).unwrap(), b"whole");
}
