//! MessagePack from a stream, of which no more is held than the value at hand.

use std::io::{self, Read};

/// Why a stream cannot be read on.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    /// The stream itself.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// What it says.
    #[error("{0}")]
    Wrong(&'static str),
}

/// How a value begins: the length of its head in bytes, and what follows.
struct Head {
    length: usize,
    follows: Follows,
}

/// What follows a head.
enum Follows {
    /// A text or bytes, so many, which say something by themselves.
    Bytes(u64),
    /// So many bytes of anything else.
    Other(u64),
    /// So many values.
    List(u64),
    /// So many pairs of values.
    Map(u64),
}

/// How much is read at once.
const AT_ONCE: usize = 1 << 16;

/// Values, one after another.
pub(super) struct Walk<R> {
    stream: R,
    held: Vec<u8>,
    /// Where in what is held it goes on.
    at: usize,
    /// Where in the stream that is.
    offset: u64,
}

impl<R: Read> Walk<R> {
    /// Begins where the stream does.
    pub fn new(stream: R) -> Self {
        Self { stream, held: Vec::new(), at: 0, offset: 0 }
    }

    /// How many bytes were gone past.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// Holds so many bytes from here on.
    fn need(&mut self, count: usize) -> Result<(), Fault> {
        if self.held.len() - self.at >= count {
            return Ok(());
        }
        self.held.drain(..self.at);
        self.at = 0;
        while self.held.len() < count {
            let end = self.held.len();
            self.held.resize(end + AT_ONCE, 0);
            let read = self.stream.read(&mut self.held[end..]);
            self.held.truncate(end + *read.as_ref().unwrap_or(&0));
            if read? == 0 {
                return Err(Fault::Wrong("it ends too early"));
            }
        }
        Ok(())
    }

    fn go(&mut self, count: usize) {
        self.at += count;
        self.offset += count as u64;
    }

    /// Bytes from here on.
    ///
    /// # Errors
    /// There are not so many left, or the stream fails; here as below.
    pub fn take(&mut self, count: usize) -> Result<&[u8], Fault> {
        self.need(count)?;
        let from = self.at;
        self.go(count);
        Ok(&self.held[from..self.at])
    }

    /// Goes past so many bytes.
    pub fn skip(&mut self, mut count: u64) -> Result<(), Fault> {
        while count > 0 {
            let some = count.min(AT_ONCE as u64);
            self.take(some as usize)?;
            count -= some;
        }
        Ok(())
    }

    /// The head of the value that begins so many bytes further on.
    fn head(&mut self, ahead: usize) -> Result<Head, Fault> {
        self.need(ahead + 1)?;
        let sign = self.held[self.at + ahead];
        let plain = |follows| Ok(Head { length: 1, follows });
        let width = match sign {
            0x00..=0x7F | 0xE0..=0xFF | 0xC0 | 0xC2 | 0xC3 => return plain(Follows::Other(0)),
            0x80..=0x8F => return plain(Follows::Map(u64::from(sign & 0x0F))),
            0x90..=0x9F => return plain(Follows::List(u64::from(sign & 0x0F))),
            0xA0..=0xBF => return plain(Follows::Bytes(u64::from(sign & 0x1F))),
            0xCA..=0xD3 => {
                let sizes = [4, 8, 1, 2, 4, 8, 1, 2, 4, 8];
                return plain(Follows::Other(sizes[usize::from(sign - 0xCA)]));
            }
            // An extension's kind, and its bytes.
            0xD4..=0xD8 => return plain(Follows::Other(1 + (1 << (sign - 0xD4)))),
            0xC1 => return Err(Fault::Wrong("it holds a sign that means nothing")),
            0xC4 | 0xC7 | 0xD9 => 1,
            0xC5 | 0xC8 | 0xDA | 0xDC | 0xDE => 2,
            0xC6 | 0xC9 | 0xDB | 0xDD | 0xDF => 4,
        };
        self.need(ahead + 1 + width)?;
        let begins = self.at + ahead + 1;
        let count =
            self.held[begins..begins + width].iter().fold(0, |count, byte| count << 8 | u64::from(*byte));
        let follows = match sign {
            0xC7..=0xC9 => Follows::Other(count + 1),
            0xDC | 0xDD => Follows::List(count),
            0xDE | 0xDF => Follows::Map(count),
            _ => Follows::Bytes(count),
        };
        Ok(Head { length: 1 + width, follows })
    }

    /// Goes into a map and says how many pairs it has.
    pub fn map(&mut self) -> Result<u64, Fault> {
        let head = self.head(0)?;
        self.go(head.length);
        match head.follows {
            Follows::Map(count) => Ok(count),
            _ => Err(Fault::Wrong("it is no map")),
        }
    }

    /// Goes into a list and says how many values it has.
    pub fn list(&mut self) -> Result<u64, Fault> {
        let head = self.head(0)?;
        self.go(head.length);
        match head.follows {
            Follows::List(count) => Ok(count),
            _ => Err(Fault::Wrong("something is no list that should be one")),
        }
    }

    /// Goes to bytes or a text and says how many there are.
    pub fn bytes(&mut self) -> Result<u64, Fault> {
        let head = self.head(0)?;
        self.go(head.length);
        match head.follows {
            Follows::Bytes(count) => Ok(count),
            _ => Err(Fault::Wrong("something is no bytes that should be")),
        }
    }

    /// The whole next value, as it stands.
    pub fn value(&mut self) -> Result<&[u8], Fault> {
        let (mut length, mut open) = (0usize, 1u64);
        while open > 0 {
            open -= 1;
            let head = self.head(length)?;
            length += head.length;
            match head.follows {
                Follows::Bytes(count) | Follows::Other(count) => {
                    length = usize::try_from(count)
                        .ok()
                        .and_then(|count| length.checked_add(count))
                        .unwrap_or(usize::MAX);
                    if length as u64 > LONGEST {
                        return Err(Fault::Wrong("a value is longer than 1 GiB, which is refused"));
                    }
                }
                Follows::List(count) => open += count,
                Follows::Map(count) => open += 2 * count,
            }
        }
        self.take(length)
    }

    /// Goes past the next value without holding it.
    pub fn pass(&mut self) -> Result<(), Fault> {
        let mut open = 1u64;
        while open > 0 {
            open -= 1;
            let head = self.head(0)?;
            self.go(head.length);
            match head.follows {
                Follows::Bytes(count) | Follows::Other(count) => self.skip(count)?,
                Follows::List(count) => open += count,
                Follows::Map(count) => open += 2 * count,
            }
        }
        Ok(())
    }
}

/// No value is longer than this (bytes) that is held whole.
const LONGEST: u64 = 1 << 30;
