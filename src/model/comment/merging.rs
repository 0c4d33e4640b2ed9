//! Two copies of one author's comments become one: what a person wrote on two machines.

use super::{Comment, Comments, letters};

impl Comments {
    /// Adds what another copy has and this one has not: comments, and what was done to them later. Nothing is taken away, and whichever
    /// copy takes in the other, the result is the same. Says how many comments came or changed.
    ///
    /// Two comments of one id that were written separately both stay; the one that was written later takes another id, and answers in
    /// its own file follow it.
    pub fn take_in(&mut self, other: &Self) -> usize {
        let mut other = other.clone();
        for id in self.comments.iter().map(|comment| comment.id.clone()).collect::<Vec<_>>() {
            let (Some(here), Some(there)) = (self.get(&id), other.get(&id)) else { continue };
            match here.birth().cmp(&there.birth()) {
                std::cmp::Ordering::Equal => {}
                std::cmp::Ordering::Less => {
                    let renamed = there.other_id();
                    other.rename(&id, &renamed);
                }
                std::cmp::Ordering::Greater => {
                    let renamed = here.other_id();
                    self.rename(&id, &renamed);
                }
            }
        }
        let mut came = 0;
        for new in other.comments {
            match self.comments.iter_mut().find(|there| there.id == new.id) {
                Some(there) => came += usize::from(there.add(new)),
                None => {
                    came += 1;
                    self.comments.push(new);
                }
            }
        }
        let author = &self.author;
        self.comments.sort_by(|a, b| (&a.at, a.number(author), &a.id).cmp(&(&b.at, b.number(author), &b.id)));
        came
    }

    fn rename(&mut self, id: &str, to: &str) {
        for comment in &mut self.comments {
            if comment.id == id {
                to.clone_into(&mut comment.id);
            }
            if comment.reply_to.as_deref() == Some(id) {
                comment.reply_to = Some(to.to_owned());
            }
        }
    }
}

impl Comment {
    /// What was said when it was written: two comments that differ in it are two comments, whatever their ids.
    fn birth(&self) -> (&str, &str, String) {
        (&self.at, &self.text, format!("{:?} {:?}", self.about, self.settles))
    }

    /// The id it takes where its own belongs to another comment: the same on every machine.
    fn other_id(&self) -> String {
        let (at, text, rest) = self.birth();
        // FNV-1a, 64 bits: short, and the same in every version of the program.
        let bytes = [at, text, &rest].into_iter().flat_map(|part| part.bytes().chain([0]));
        let hash = bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        format!("{}-{}", self.id, letters(hash))
    }

    /// Adds what another copy of the same comment went through; says whether that was news.
    fn add(&mut self, other: Self) -> bool {
        let before = self.revisions.len();
        self.revisions.extend(other.revisions);
        self.revisions.sort();
        self.revisions.dedup();
        // Where ids were given anew, two copies may know one answer by two threads.
        if other.reply_to < self.reply_to {
            self.reply_to = other.reply_to;
        }
        self.revisions.len() > before
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Comment, Comments, Revised, Topic};

    fn said(id: &str, at: &str, text: &str, to: Option<&str>) -> Comment {
        Comment {
            id: id.into(),
            at: at.into(),
            about: to.is_none().then_some(Topic::Article),
            reply_to: to.map(Into::into),
            text: text.into(),
            settles: None,
            revisions: Vec::new(),
        }
    }

    fn both_ways(one: &Comments, other: &Comments) -> Comments {
        let (mut first, mut second) = (one.clone(), other.clone());
        first.take_in(other);
        second.take_in(one);
        assert_eq!(first, second);
        assert_eq!((first.take_in(one), first.take_in(other)), (0, 0), "nothing comes twice");
        assert_eq!(first, second);
        first
    }

    #[test]
    fn the_latest_word_counts_whichever_copy_takes_in_the_other() {
        let mut home = Comments::new("a.txt", "anna");
        home.comments.push(said("anna-1", "2026-01-01T10:00:00Z", "Kiev", None));
        let mut work = home.clone();
        home.revise("anna-1", "2026-01-02T10:00:00Z", Revised::Edited("Киев".into()));
        home.revise("anna-1", "2026-01-02T10:00:00Z", Revised::Withdrawn);
        work.revise("anna-1", "2026-01-03T10:00:00Z", Revised::Edited("Київ".into()));
        let both = both_ways(&home, &work);
        let comment = &both.comments[0];
        assert_eq!((comment.says(), comment.is_withdrawn()), ("Київ", true));
        let earlier: Vec<&str> = comment.earlier().into_iter().map(|(_, text)| text).collect();
        assert_eq!(earlier, ["Kiev", "Киев"]);
        assert_eq!(home.take_in(&work), 1);
    }

    #[test]
    fn comments_that_took_the_same_id_on_two_machines_both_stay_with_their_answers() {
        let mut home = Comments::new("a.txt", "anna");
        home.comments.push(said("anna-1", "2026-01-01T10:00:00Z", "at home", None));
        let mut work = Comments::new("a.txt", "anna");
        work.comments.push(said("anna-1", "2026-01-01T11:00:00Z", "at work", None));
        work.comments.push(said("anna-2", "2026-01-01T12:00:00Z", "at work too", Some("anna-1")));
        let both = both_ways(&home, &work);
        let texts: Vec<&str> = both.comments.iter().map(|comment| comment.text.as_str()).collect();
        assert_eq!(texts, ["at home", "at work", "at work too"]);
        assert_eq!(both.comments[0].id, "anna-1");
        assert_eq!(both.comments[2].reply_to.as_ref(), Some(&both.comments[1].id));
        // A third machine wrote before either.
        let mut train = Comments::new("a.txt", "anna");
        train.comments.push(said("anna-1", "2026-01-01T09:00:00Z", "on the train", None));
        let all = both_ways(&both, &train);
        assert_eq!(all, both_ways(&both_ways(&train, &work), &home));
        assert_eq!(all.comments.len(), 4);
        assert_ne!(home.next_id(1), home.next_id(2), "new ids hardly meet");
    }
}
