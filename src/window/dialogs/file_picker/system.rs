//! The desktop's own file dialog, asked for on a thread of its own because it blocks.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, TryRecvError, bounded};

/// A dialog that ends sooner than this was never seen: where no portal and no `zenity` are, nothing comes back at once.
const SOONEST: Duration = Duration::from_millis(250);

/// What is asked of the desktop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemAsk {
    /// The window's title.
    pub title: String,
    /// Where it begins.
    pub folder: PathBuf,
    /// Files, else one folder.
    pub files: bool,
    /// Several files.
    pub several: bool,
    /// What to call the filter for files; no filter if empty.
    pub filter: String,
    /// The endings the filter admits.
    pub endings: &'static [&'static str],
}

/// Something that asks the desktop and waits for the answer.
pub type AskSystem = fn(&SystemAsk) -> Option<Vec<PathBuf>>;

/// Asks through the desktop portal.
pub fn ask_desktop(ask: &SystemAsk) -> Option<Vec<PathBuf>> {
    let mut dialog = rfd::FileDialog::new().set_title(&ask.title).set_directory(&ask.folder);
    if !ask.filter.is_empty() {
        dialog = dialog.add_filter(&ask.filter, ask.endings);
    }
    if ask.files && ask.several {
        dialog.pick_files()
    } else if ask.files {
        dialog.pick_file().map(|file| vec![file])
    } else {
        dialog.pick_folder().map(|folder| vec![folder])
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SystemAnswer {
    /// These were chosen.
    Chosen(Vec<PathBuf>),
    /// The user closed it.
    Cancelled,
    /// There is none on this desktop.
    NoDialog,
}

/// The desktop's dialog while it is open. Dropping it forgets the answer.
#[derive(Debug)]
pub struct SystemDialog {
    answer: Receiver<(Option<Vec<PathBuf>>, Duration)>,
}

impl SystemDialog {
    /// Opens it; `wake` is called when it closes.
    pub fn open(ask: SystemAsk, asker: AskSystem, wake: impl FnOnce() + Send + 'static) -> Self {
        let (sender, answer) = bounded(1);
        let work = move || {
            let begun = Instant::now();
            let chosen = asker(&ask);
            if sender.send((chosen, begun.elapsed())).is_ok() {
                wake();
            }
        };
        // If the thread cannot be started the sender is gone, which `poll` reports as no dialog.
        let _ = std::thread::Builder::new().name("system dialog".into()).spawn(work);
        Self { answer }
    }

    /// The answer, once it is there.
    pub fn poll(&self) -> Option<SystemAnswer> {
        match self.answer.try_recv() {
            Ok((Some(paths), _)) if !paths.is_empty() => Some(SystemAnswer::Chosen(paths)),
            Ok((_, took)) if took < SOONEST => Some(SystemAnswer::NoDialog),
            Ok(_) => Some(SystemAnswer::Cancelled),
            Err(TryRecvError::Disconnected) => Some(SystemAnswer::NoDialog),
            Err(TryRecvError::Empty) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(asker: AskSystem) -> SystemAnswer {
        let ask = SystemAsk {
            title: String::new(),
            folder: PathBuf::new(),
            files: true,
            several: true,
            filter: String::new(),
            endings: &[],
        };
        let (woken, wake) = bounded(1);
        let dialog = SystemDialog::open(ask, asker, move || {
            let _ = woken.send(());
        });
        let _ = wake.recv_timeout(Duration::from_secs(20));
        dialog.poll().unwrap()
    }

    #[test]
    fn no_dialog_and_a_cancelled_one_are_told_apart() {
        assert_eq!(answer(|_| None), SystemAnswer::NoDialog);
        let slow: AskSystem = |_| {
            std::thread::sleep(SOONEST + Duration::from_millis(20));
            None
        };
        assert_eq!(answer(slow), SystemAnswer::Cancelled);
        assert_eq!(answer(|_| Some(vec!["a b".into()])), SystemAnswer::Chosen(vec!["a b".into()]));
        assert_eq!(answer(|_| panic!("no display")), SystemAnswer::NoDialog);
    }
}
