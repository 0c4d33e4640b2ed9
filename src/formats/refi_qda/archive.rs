//! Files of an archive, no larger than can be held, and only by plain names.

use std::io::{Cursor, Read};

/// No file of an archive may be larger than this when it is unpacked.
const LARGEST: u64 = 256 << 20;

/// Nor all of them together.
const LARGEST_TOGETHER: u64 = 1 << 30;

/// An archive in memory.
pub(super) struct Archive {
    zip: zip::ZipArchive<Cursor<Vec<u8>>>,
    left: u64,
}

impl Archive {
    /// Opens it.
    ///
    /// # Errors
    /// It is no ZIP archive.
    pub fn new(bytes: Vec<u8>) -> Result<Self, String> {
        let zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
        Ok(Self { zip, left: LARGEST_TOGETHER })
    }

    /// The name of the project file.
    pub fn project(&self) -> Option<String> {
        let mut names = self.zip.file_names().flatten();
        names.find(|name| name.to_lowercase().ends_with(".qde")).map(|name| name.into_owned())
    }

    /// The bytes of the source that a path names.
    ///
    /// # Errors
    /// It is not inside the archive, or too large.
    pub fn source(&mut self, path: &str) -> Result<Vec<u8>, String> {
        let name = path
            .strip_prefix("internal://")
            .ok_or_else(|| format!("its text lies outside the archive (`{path}`), and nothing is fetched"))?;
        if name.contains("..") || name.contains(['/', '\\', ':']) {
            return Err(format!("its path `{path}` leads out of the archive, which is refused"));
        }
        let wanted = [format!("sources/{name}"), format!("Sources/{name}"), name.to_owned()];
        let found = wanted.into_iter().find(|name| self.zip.index_for_name(name).is_some());
        self.bytes(&found.ok_or_else(|| format!("its text `{name}` is not in the archive"))?)
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// It cannot be unpacked, or is too large.
    pub fn bytes(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let limit = LARGEST.min(self.left);
        let file = self.zip.by_name(name).map_err(|error| error.to_string())?;
        let mut bytes = Vec::new();
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        if bytes.len() as u64 > limit {
            return Err(format!("`{name}` is larger than {limit} bytes when unpacked, which is refused"));
        }
        self.left -= bytes.len() as u64;
        Ok(bytes)
    }
}
