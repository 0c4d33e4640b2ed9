//! Why an import or export could not be done.

use thiserror::Error;

use crate::formats::FormatError;
use crate::model::FileFault;
use crate::store::{LockRefused, SaveError, StoreError};

/// Why an import or export could not be done. The messages say what, where and what to do.
#[derive(Debug, Error)]
pub enum ExchangeError {
    /// What was asked for does not go together, or is not there: an annotator without annotations, say.
    #[error("{0}")]
    Wish(String),
    /// Something could not be read or written.
    #[error("{0}")]
    Disk(String),
    /// The user asked to stop.
    #[error("stopped before the end")]
    Stopped,
}

impl From<FormatError> for ExchangeError {
    fn from(error: FormatError) -> Self {
        match error {
            FormatError::Stopped => Self::Stopped,
            other => Self::Disk(other.to_string()),
        }
    }
}

impl From<StoreError> for ExchangeError {
    fn from(error: StoreError) -> Self {
        Self::Disk(error.to_string())
    }
}

impl From<SaveError> for ExchangeError {
    fn from(error: SaveError) -> Self {
        Self::Disk(error.to_string())
    }
}

impl From<LockRefused> for ExchangeError {
    fn from(refused: LockRefused) -> Self {
        Self::Disk(refused.to_string())
    }
}

impl From<FileFault> for ExchangeError {
    fn from(fault: FileFault) -> Self {
        Self::Disk(fault.to_string())
    }
}
