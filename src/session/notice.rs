//! What a user must be told: a key of the words with values, so that the window says it in the user's language.

/// How serious a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something went well or is good to know.
    Info,
    /// Nothing happened, and why.
    Hint,
    /// Something needs a look.
    Warning,
    /// Something did not work.
    Error,
}

impl NoticeKind {
    /// Whether it goes away by itself.
    pub fn passes(self) -> bool {
        matches!(self, Self::Info | Self::Hint)
    }
}

/// One thing to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How serious.
    pub kind: NoticeKind,
    /// The message's key in the words (`notice-…`).
    pub key: &'static str,
    /// Values put into the message.
    pub values: Vec<(&'static str, String)>,
}

impl Notice {
    /// A notice without values.
    pub fn new(kind: NoticeKind, key: &'static str) -> Self {
        Self { kind, key, values: Vec::new() }
    }

    /// Good news.
    pub fn info(key: &'static str) -> Self {
        Self::new(NoticeKind::Info, key)
    }

    /// Why nothing happened.
    pub fn hint(key: &'static str) -> Self {
        Self::new(NoticeKind::Hint, key)
    }

    /// Something to look at.
    pub fn warning(key: &'static str) -> Self {
        Self::new(NoticeKind::Warning, key)
    }

    /// Something that failed.
    pub fn error(key: &'static str) -> Self {
        Self::new(NoticeKind::Error, key)
    }

    /// With a value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.push((name, value.to_string()));
        self
    }
}
