//! How a command ends.

use crate::formats::FormatError;
use crate::model::FileFault;
use crate::session::exchange::ExchangeError;
use crate::store::{LockRefused, SaveError, StoreError};

/// For `--help`.
pub(super) const EXIT_CODES: &str = "\
Exit codes:
  0    done, and nothing wrong found
  1    done, and problems found
  2    wrong usage
  3    something could not be read or written
  4    an internal fault (a bug); the message says where the report lies
  130  stopped by Ctrl-C";

/// How a command ended; the number is the process's exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done, and nothing wrong found.
    Done = 0,
    /// The command did its work and found problems.
    Problems = 1,
    /// Wrong usage.
    Usage = 2,
    /// Something could not be read or written.
    Disk = 3,
    /// A bug.
    Bug = 4,
    /// Stopped by Ctrl-C, as shells have it.
    Stopped = 130,
}

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// It was called wrongly; what to write instead.
    Usage(String),
    /// Something could not be read or written; what, where, what to do.
    Disk(String),
    /// Nobody reads the answer any more: `postil stats | head`.
    ReaderGone,
    /// Stopped by Ctrl-C.
    Stopped,
}

impl Failure {
    /// What to say on stderr.
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Usage(message) | Self::Disk(message) => Some(message),
            Self::Stopped => Some("Stopped. What was done until then is whole."),
            Self::ReaderGone => None,
        }
    }

    /// The exit code.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) => Exit::Usage,
            Self::Disk(_) => Exit::Disk,
            Self::ReaderGone => Exit::Done,
            Self::Stopped => Exit::Stopped,
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::UnknownTemplate { .. } => Self::Usage(error.to_string()),
            other => Self::Disk(other.to_string()),
        }
    }
}

impl From<SaveError> for Failure {
    fn from(error: SaveError) -> Self {
        Self::Disk(error.to_string())
    }
}

impl From<FileFault> for Failure {
    fn from(fault: FileFault) -> Self {
        Self::Disk(fault.to_string())
    }
}

impl From<LockRefused> for Failure {
    fn from(refused: LockRefused) -> Self {
        Self::Disk(refused.to_string())
    }
}

impl From<FormatError> for Failure {
    fn from(error: FormatError) -> Self {
        match error {
            FormatError::Stopped => Self::Stopped,
            other => Self::Disk(other.to_string()),
        }
    }
}

impl From<ExchangeError> for Failure {
    fn from(error: ExchangeError) -> Self {
        match error {
            ExchangeError::Wish(message) => Self::Usage(message),
            ExchangeError::Disk(message) => Self::Disk(message),
            ExchangeError::Stopped => Self::Stopped,
        }
    }
}
