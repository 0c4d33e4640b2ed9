//! Digests of files: how the store knows whether a file is still the one it read or wrote.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The SHA-256 of a file's bytes. Written as `sha256:` and 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of a file as it is on disk now; `None` if there is no such file.
    ///
    /// # Errors
    /// The file is there but cannot be read.
    pub fn of_file(path: &Path) -> std::io::Result<Option<Self>> {
        match std::fs::read(path) {
            Ok(bytes) => Ok(Some(Self::of(&bytes))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The first eight hexadecimal digits: enough to tell a whole record from a torn one.
    pub(super) fn short(&self) -> String {
        self.0[..4].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sha256:")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short())
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = String::deserialize(deserializer)?;
        let wrong = || serde::de::Error::custom(format!("`{written}` is no SHA-256 digest"));
        let digits = written.strip_prefix("sha256:").ok_or_else(wrong)?.as_bytes();
        let mut digest = [0; 32];
        if digits.len() != 64 {
            return Err(wrong());
        }
        for (byte, pair) in digest.iter_mut().zip(digits.chunks(2)) {
            let digit = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
            *byte =
                digit(pair[0]).zip(digit(pair[1])).map(|(high, low)| high << 4 | low).ok_or_else(wrong)?;
        }
        Ok(Self(digest))
    }
}

/// For how long a file may still be what was written before the last writing, while that is on its way.
const ON_ITS_WAY: Duration = Duration::from_secs(5);

/// What this program itself last wrote, by file: shared between writers and the watcher, so that the program is not told of
/// its own work.
#[derive(Clone, Debug, Default)]
pub struct OwnWrites(Arc<Mutex<HashMap<PathBuf, OwnWrite>>>);

#[derive(Debug)]
struct OwnWrite {
    last: Digest,
    noted: Instant,
    before: Option<Digest>,
}

impl OwnWrites {
    /// Says that these bytes are about to be written. Must come before the write, or the watcher may be quicker.
    pub fn note(&self, path: &Path, digest: Digest) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = all.get(path).map(|write| write.last);
        all.insert(path.to_owned(), OwnWrite { last: digest, noted: Instant::now(), before });
    }

    /// Whether this is what the program itself wrote there: last, or a moment ago with the next writing on its way.
    pub fn is_ours(&self, path: &Path, digest: Digest) -> bool {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(path).is_some_and(|write| {
            write.last == digest || write.before == Some(digest) && write.noted.elapsed() < ON_ITS_WAY
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_writes_are_known_while_the_next_is_on_its_way() {
        let (own, path) = (OwnWrites::default(), Path::new("a"));
        let digests = [b"1", b"2", b"3"].map(|bytes| Digest::of(bytes));
        digests.iter().for_each(|digest| own.note(path, *digest));
        assert_eq!(digests.map(|digest| own.is_ours(path, digest)), [false, true, true]);
        assert!(!own.is_ours(Path::new("b"), digests[2]));
    }

    #[test]
    fn written_and_read_back() {
        let digest = Digest::of(b"abc");
        let written = serde_json::to_string(&digest).unwrap();
        assert!(written.starts_with("\"sha256:ba7816bf"), "{written}");
        assert_eq!(serde_json::from_str::<Digest>(&written).unwrap(), digest);
        for wrong in ["\"\"", "\"sha256:12\"", "\"ba78\""] {
            assert!(serde_json::from_str::<Digest>(wrong).is_err());
        }
        let not_hex = format!("\"sha256:{}\"", "я".repeat(32));
        assert!(serde_json::from_str::<Digest>(&not_hex).is_err());
    }
}
