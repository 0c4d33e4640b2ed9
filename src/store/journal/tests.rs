use super::*;
use crate::model::{Became, Change, Parts, Span, Transaction};
use crate::text::TextRange;

fn act(n: u32) -> Act {
    let mut span = Span::new(format!("s{n}"), "entity", Parts::one(TextRange::new(n, n + 3).unwrap()));
    span.note = "строка\nи \u{2028} ещё 👩‍👩‍👧".to_owned();
    let change = Change::Span(Became::new(std::sync::Arc::new(span)));
    Act::Do(Transaction::new("tag", "", vec![change]))
}

#[test]
fn what_was_written_is_read_again_and_numbering_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let open = || Journal::open(dir.path(), "anna", "articles/a.txt").unwrap();
    {
        let (journal, found) = open();
        assert!(found.records.is_empty());
        assert_eq!(journal.append(act(1)), 1);
        journal.mark_saved(Digest::of(b"x"), 1);
        assert_eq!(journal.append(Act::Undo), 2);
        journal.flush().unwrap();
    }
    let (journal, found) = open();
    assert_eq!(found.records.len(), 4);
    assert_eq!(found.records[1], Record::Act { n: 1, act: act(1) });
    assert_eq!(journal.append(Act::Redo), 3);
    assert!(dir.path().join(".postil/.gitignore").exists());
}

#[test]
fn torn_at_every_byte_all_whole_records_are_there() {
    let records: Vec<Record> = (1..6).map(|n| Record::Act { n: u64::from(n), act: act(n) }).collect();
    let lines: Vec<Vec<u8>> = records.iter().map(|record| line_of(record).unwrap()).collect();
    let bytes = lines.concat();
    let mut ends = vec![0];
    for line in &lines {
        ends.push(ends[ends.len() - 1] + line.len());
    }
    for cut in 0..=bytes.len() {
        let found = parse_journal(&bytes[..cut]);
        // A record that lacks only its line's end is whole.
        let whole = ends[1..].iter().filter(|end| **end <= cut + 1).count();
        assert_eq!(found.records, records[..whole], "cut at byte {cut}");
        assert!(!found.damaged);
    }
}

#[test]
fn a_torn_end_is_cut_before_the_next_record() {
    let dir = tempfile::tempdir().unwrap();
    let path = journal_path(dir.path(), "anna", "a.txt");
    for cut in 1..40 {
        {
            let (journal, _) = Journal::open(dir.path(), "anna", "a.txt").unwrap();
            journal.append(act(1));
        }
        let bytes = fs::read(&path).unwrap();
        write_atomically(&path, &bytes[..bytes.len() - cut]).unwrap();
        let before = read_journal(&path).unwrap().records.len();
        {
            let (journal, _) = Journal::open(dir.path(), "anna", "a.txt").unwrap();
            journal.append(act(2));
        }
        let after = read_journal(&path).unwrap();
        assert_eq!((after.records.len(), after.torn), (before + 1, 0), "cut {cut}");
    }
}

#[test]
fn damage_in_the_middle_is_kept_beside() {
    let dir = tempfile::tempdir().unwrap();
    let path = journal_path(dir.path(), "anna", "a.txt");
    {
        let (journal, _) = Journal::open(dir.path(), "anna", "a.txt").unwrap();
        (1..5).for_each(|n| assert_eq!(journal.append(act(n)), u64::from(n)));
    }
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    write_atomically(&path, &bytes).unwrap();
    let (_, found) = Journal::open(dir.path(), "anna", "a.txt").unwrap();
    assert!(found.damaged);
    assert_eq!(fs::read(beside(&path, "never").with_extension("damaged-1")).unwrap(), bytes);
    assert!(!read_journal(&path).unwrap().damaged);
}
