//! The one table of commands: menus, keys, palette, key sheet and help are all read from it.

use egui::{Key, Modifiers};

use super::article_view::{CaretAct, Marks, Numbers, Unit};

/// Where a command's keys work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere, also while typing into a box.
    Everywhere,
    /// While the article has the keyboard, or nothing has.
    Article,
    /// While the review is shown and nothing is being typed.
    Review,
}

/// Under which heading the key sheet lists a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Projects and files.
    File,
    /// Undo and its like.
    Edit,
    /// Caret and selection.
    Select,
    /// Making and changing spans.
    Tag,
    /// Getting around.
    Go,
    /// Comparing and deciding.
    Review,
    /// How things look.
    View,
    /// Help.
    Help,
}

impl Group {
    /// All of them in the order of the key sheet.
    pub const ALL: [Self; 8] =
        [Self::Tag, Self::Select, Self::Go, Self::Review, Self::Edit, Self::File, Self::View, Self::Help];

    /// The key of its heading in the words.
    pub fn word(self) -> &'static str {
        match self {
            Self::File => "group-file",
            Self::Edit => "group-edit",
            Self::Select => "group-select",
            Self::Tag => "group-tag",
            Self::Go => "group-go",
            Self::Review => "group-review",
            Self::View => "group-view",
            Self::Help => "group-help",
        }
    }
}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $group:ident, $scope:ident, [$($keys:literal),*];)*) => {
        /// Everything the user can do that is not particular to a label, a field or a relation of the schema.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Command {
            $($(#[$doc])* $name,)*
        }

        impl Command {
            /// Every command in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its stable name, in files and in the words (`command-…`).
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// Where it is listed.
            pub fn group(self) -> Group {
                match self { $(Self::$name => Group::$group,)* }
            }

            /// Where its keys work.
            pub fn scope(self) -> Scope {
                match self { $(Self::$name => Scope::$scope,)* }
            }

            /// Its keys unless the user chose others.
            pub fn default_keys(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($keys),*],)* }
            }
        }
    };
}

commands! {
    /// Opens a project folder.
    OpenProject = "open-project", File, Everywhere, ["Ctrl+O"];
    /// Opens article files.
    OpenArticles = "open-articles", File, Everywhere, ["Ctrl+Shift+O"];
    /// Makes a project.
    NewProject = "new-project", File, Everywhere, ["Ctrl+N"];
    /// Opens a copy of the sample project.
    OpenSample = "open-sample", File, Everywhere, [];
    /// Brings article files into the project.
    AddArticles = "add-articles", File, Everywhere, [];
    /// Title, date, source, language, encoding.
    ArticleDetails = "article-details", File, Everywhere, ["Ctrl+I"];
    /// Saves the annotated article as a document or picture.
    SavePaper = "save-paper", File, Everywhere, ["Ctrl+P"];
    /// Takes annotations of other programs in.
    Import = "import", File, Everywhere, ["Ctrl+Shift+I"];
    /// Writes annotations for other programs.
    Export = "export", File, Everywhere, ["Ctrl+Shift+E"];
    /// Takes the newest import back.
    TakeBackImport = "take-back-import", File, Everywhere, [];
    /// Writes everything to disk now.
    Save = "save", File, Everywhere, ["Ctrl+S"];
    /// Back to the start page.
    CloseProject = "close-project", File, Everywhere, ["Ctrl+W"];
    /// Leaves the program.
    Quit = "quit", File, Everywhere, ["Ctrl+Q"];

    /// Takes the last step back.
    Undo = "undo", Edit, Everywhere, ["Ctrl+Z"];
    /// Does it again.
    Redo = "redo", Edit, Everywhere, ["Ctrl+Shift+Z", "Ctrl+Y"];
    /// Copies the selected text.
    Copy = "copy", Edit, Article, ["Ctrl+C"];
    /// Finds text in the article.
    Find = "find", Edit, Everywhere, ["Ctrl+F"];
    /// The next hit.
    FindNext = "find-next", Edit, Everywhere, ["F3"];
    /// The hit before.
    FindPrevious = "find-previous", Edit, Everywhere, ["Shift+F3"];

    /// A character left.
    Left = "left", Select, Article, ["ArrowLeft"];
    /// A character right.
    Right = "right", Select, Article, ["ArrowRight"];
    /// A row up.
    Up = "up", Select, Article, ["ArrowUp"];
    /// A row down.
    Down = "down", Select, Article, ["ArrowDown"];
    /// A word left.
    WordLeft = "word-left", Select, Article, ["Ctrl+ArrowLeft"];
    /// A word right.
    WordRight = "word-right", Select, Article, ["Ctrl+ArrowRight"];
    /// A sentence back.
    SentenceBack = "sentence-back", Select, Article, ["Alt+ArrowLeft"];
    /// A sentence on.
    SentenceOn = "sentence-on", Select, Article, ["Alt+ArrowRight"];
    /// A paragraph up.
    ParagraphUp = "paragraph-up", Select, Article, ["Ctrl+ArrowUp"];
    /// A paragraph down.
    ParagraphDown = "paragraph-down", Select, Article, ["Ctrl+ArrowDown"];
    /// To the row's start.
    RowStart = "row-start", Select, Article, ["Home"];
    /// To the row's end.
    RowEnd = "row-end", Select, Article, ["End"];
    /// A screen up.
    PageUp = "page-up", Select, Article, ["PageUp"];
    /// A screen down.
    PageDown = "page-down", Select, Article, ["PageDown"];
    /// To the start.
    TextStart = "text-start", Select, Article, ["Ctrl+Home"];
    /// To the end.
    TextEnd = "text-end", Select, Article, ["Ctrl+End"];
    /// Selects the word, then the sentence, then the paragraph.
    Expand = "expand", Select, Article, ["S"];
    /// Back to the smaller selection.
    Contract = "contract", Select, Article, ["Shift+S"];
    /// Selects everything.
    SelectAll = "select-all", Select, Article, ["Ctrl+A"];
    /// Keeps the selection as a part and begins another.
    KeepPart = "keep-part", Select, Article, ["+", "Shift+Equals"];
    /// Whether selections grow to whole words.
    ToggleSnap = "toggle-snap", Select, Article, ["Z"];

    /// Goes to the fields of the selected span.
    EditFields = "edit-fields", Tag, Article, ["Enter", "F2"];
    /// Writes a note.
    EditNote = "edit-note", Tag, Article, ["N"];
    /// Begins a relation from the selected span.
    Relate = "relate", Tag, Article, ["X"];
    /// Gives the selected span another label.
    Relabel = "relabel", Tag, Article, ["Q"];
    /// Makes the selection a part of the selected span.
    AddPart = "add-part", Tag, Article, ["J"];
    /// Makes the selection the whole of the selected span.
    Reshape = "reshape", Tag, Article, ["G"];
    /// The end goes a word on.
    GrowEnd = "grow-end", Tag, Article, ["]"];
    /// The end goes a word back.
    ShrinkEnd = "shrink-end", Tag, Article, ["["];
    /// The start goes a word back.
    GrowStart = "grow-start", Tag, Article, ["Shift+[", "{"];
    /// The start goes a word on.
    ShrinkStart = "shrink-start", Tag, Article, ["Shift+]", "}"];
    /// The end goes a character on.
    GrowEndCharacter = "grow-end-character", Tag, Article, ["Alt+]"];
    /// The end goes a character back.
    ShrinkEndCharacter = "shrink-end-character", Tag, Article, ["Alt+["];
    /// The start goes a character back.
    GrowStartCharacter = "grow-start-character", Tag, Article, ["Alt+Shift+["];
    /// The start goes a character on.
    ShrinkStartCharacter = "shrink-start-character", Tag, Article, ["Alt+Shift+]"];
    /// Takes the selected span away.
    Remove = "remove", Tag, Article, ["Delete", "Backspace"];
    /// Lets go of selection and span.
    Escape = "escape", Tag, Article, ["Escape"];

    /// The next span.
    NextSpan = "next-span", Go, Article, ["Tab"];
    /// The span before.
    PreviousSpan = "previous-span", Go, Article, ["Shift+Tab"];
    /// The next of the spans that overlap here.
    CycleSpans = "cycle-spans", Go, Article, ["Space"];
    /// A list of the spans that overlap here.
    ListSpans = "list-spans", Go, Article, ["Shift+Space"];
    /// To what the selected span is linked with.
    FollowLinks = "follow-links", Go, Article, ["Shift+X"];
    /// To a line, a sentence, a share of the text or a span.
    GoTo = "go-to", Go, Everywhere, ["Ctrl+G"];
    /// The next problem.
    NextProblem = "next-problem", Go, Everywhere, ["F8"];
    /// The problem before.
    PreviousProblem = "previous-problem", Go, Everywhere, ["Shift+F8"];
    /// Mends the problem at hand.
    FixProblem = "fix-problem", Go, Everywhere, ["Alt+Enter"];
    /// What the problem at hand means, why it is one, and how it is mended.
    ExplainProblem = "explain-problem", Go, Everywhere, ["Alt+F8"];
    /// The next thing that somebody said and nobody resolved.
    NextComment = "next-comment", Go, Everywhere, ["F9"];
    /// The one before.
    PreviousComment = "previous-comment", Go, Everywhere, ["Shift+F9"];
    /// The next article.
    NextArticle = "next-article", Go, Everywhere, ["Ctrl+PageDown", "Alt+PageDown"];
    /// The article before.
    PreviousArticle = "previous-article", Go, Everywhere, ["Ctrl+PageUp", "Alt+PageUp"];
    /// Marks the article done and goes on to the next that is not.
    MarkDone = "mark-done", Go, Everywhere, ["Ctrl+Enter"];
    /// The list of articles.
    GoToArticles = "go-to-articles", Go, Everywhere, ["Ctrl+1"];
    /// The text.
    GoToText = "go-to-text", Go, Everywhere, ["Ctrl+2"];
    /// The fields.
    GoToFields = "go-to-fields", Go, Everywhere, ["Ctrl+3"];
    /// The problems.
    GoToProblems = "go-to-problems", Go, Everywhere, ["Ctrl+4"];
    /// The next of these.
    NextPanel = "next-panel", Go, Everywhere, ["F6"];

    /// The review: everyone's tags side by side.
    ShowReview = "show-review", Review, Everywhere, ["Ctrl+5"];
    /// The project as a whole: progress, agreement, assignments.
    ShowOverview = "show-overview", Review, Everywhere, ["Ctrl+6"];
    /// Which of the user's own tags gold has changed, and why.
    ShowOwnWork = "show-own-work", Review, Everywhere, ["Ctrl+7"];
    /// What people say to each other in the whole project.
    ShowProjectComments = "show-project-comments", Review, Everywhere, ["Ctrl+8"];
    /// Decides many differences by a rule.
    ReviewRules = "review-rules", Review, Review, ["R"];
    /// Whose tags are compared.
    ReviewPeople = "review-people", Review, Review, ["P"];
    /// Everyone's tags as lanes below the lines, or as underlines in the text.
    ToggleUnderlines = "toggle-underlines", Review, Review, ["O"];
    /// The next difference of the list.
    NextDifference = "next-difference", Review, Review, ["N", "PageDown"];
    /// The difference before.
    PreviousDifference = "previous-difference", Review, Review, ["Shift+N", "PageUp"];
    /// The next row of the card in which people differ.
    NextAspect = "next-aspect", Review, Review, ["ArrowDown"];
    /// The row before.
    PreviousAspect = "previous-aspect", Review, Review, ["ArrowUp"];
    /// The borders that hold everyone's.
    TakeUnion = "take-union", Review, Review, ["U"];
    /// The borders that everyone's hold.
    TakeIntersection = "take-intersection", Review, Review, ["I"];
    /// There is nothing to be tagged here.
    NothingHere = "nothing-here", Review, Review, ["0"];
    /// What they say is wrong, with a reason.
    Reject = "reject", Review, Review, ["X"];
    /// Rejects once more for the reason given last.
    RejectAgain = "reject-again", Review, Review, ["Shift+X"];
    /// Takes what there is and lets the judge change it by hand.
    EditOwn = "edit-own", Review, Review, ["E"];
    /// Decides with the pieces chosen so far; the others follow what most say.
    AcceptPieces = "accept-pieces", Review, Review, ["Enter"];
    /// Takes the decision back: the difference is open again.
    Reopen = "reopen", Review, Review, ["Backspace", "Delete"];
    /// Writes a comment on the difference at hand.
    WriteComment = "write-comment", Review, Review, ["C"];
    /// Brings in the annotations of someone else.
    BringInWork = "bring-in-work", Review, Everywhere, [];
    /// Writes a package for someone else to review.
    ExportPackage = "export-package", Review, Everywhere, [];

    /// Light or dark.
    ToggleTheme = "toggle-theme", View, Everywhere, ["Ctrl+Shift+L"];
    /// Larger text.
    LargerText = "larger-text", View, Everywhere, ["Ctrl+Equals", "Ctrl+Plus"];
    /// Smaller text.
    SmallerText = "smaller-text", View, Everywhere, ["Ctrl+Minus"];
    /// The text's usual size.
    UsualText = "usual-text", View, Everywhere, ["Ctrl+0"];
    /// A wider column.
    WiderColumn = "wider-column", View, Everywhere, ["Ctrl+Shift+Period"];
    /// A narrower column.
    NarrowerColumn = "narrower-column", View, Everywhere, ["Ctrl+Shift+Comma"];
    /// Line numbers, sentence numbers or none.
    CycleNumbers = "cycle-numbers", View, Everywhere, [];
    /// Font and size of articles.
    ChooseFont = "choose-font", View, Everywhere, [];
    /// Serif or sans.
    ToggleSerif = "toggle-serif", View, Everywhere, [];
    /// How much is said above tags: label and fields, labels only, nothing.
    CycleMarks = "cycle-marks", View, Everywhere, ["Ctrl+Shift+H"];
    /// Shows or hides the articles.
    ToggleArticles = "toggle-articles", View, Everywhere, ["Ctrl+B"];
    /// Shows or hides the panel below.
    ToggleBelow = "toggle-below", View, Everywhere, ["Ctrl+J"];
    /// Shows or hides the fields.
    ToggleFields = "toggle-fields", View, Everywhere, ["Ctrl+Shift+B"];
    /// The guidelines.
    ShowGuidelines = "show-guidelines", View, Everywhere, ["Ctrl+Shift+G"];
    /// The relations.
    ShowRelations = "show-relations", View, Everywhere, ["Ctrl+R"];
    /// A comment on the tag at hand, or on the article.
    CommentHere = "comment-here", Edit, Everywhere, ["Ctrl+Alt+M"];
    /// Resolves the thread at hand, or takes it up again.
    ResolveComment = "resolve-comment", Edit, Everywhere, ["Ctrl+Alt+R"];
    /// Edits the user's own comment at hand.
    EditComment = "edit-comment", Edit, Everywhere, ["Ctrl+Alt+E"];
    /// Withdraws the user's own comment at hand, or puts it back.
    WithdrawComment = "withdraw-comment", Edit, Everywhere, ["Ctrl+Alt+W"];
    /// What people said about the article.
    ShowComments = "show-comments", View, Everywhere, [];
    /// The history.
    ShowHistory = "show-history", View, Everywhere, ["Ctrl+H"];
    /// English.
    English = "english", View, Everywhere, [];
    /// Russian.
    Russian = "russian", View, Everywhere, [];
    /// Ukrainian.
    Ukrainian = "ukrainian", View, Everywhere, [];

    /// Every command by its name.
    Palette = "palette", Help, Everywhere, ["Ctrl+K", "Ctrl+Shift+P", "F1"];
    /// Every key.
    KeySheet = "key-sheet", Help, Article, ["?", "Shift+Slash"];
}

impl Command {
    /// The key of its title in the words.
    pub fn word(self) -> String {
        format!("command-{}", self.id())
    }

    /// What the caret does, if this is a movement. Shift with its key makes the selection grow.
    pub fn motion(self) -> Option<(Unit, bool)> {
        Some(match self {
            Self::Left => (Unit::Character, false),
            Self::Right => (Unit::Character, true),
            Self::Up => (Unit::Row, false),
            Self::Down => (Unit::Row, true),
            Self::WordLeft => (Unit::Word, false),
            Self::WordRight => (Unit::Word, true),
            Self::SentenceBack => (Unit::Sentence, false),
            Self::SentenceOn => (Unit::Sentence, true),
            Self::ParagraphUp => (Unit::Paragraph, false),
            Self::ParagraphDown => (Unit::Paragraph, true),
            Self::RowStart => (Unit::RowEdge, false),
            Self::RowEnd => (Unit::RowEdge, true),
            Self::PageUp => (Unit::Page, false),
            Self::PageDown => (Unit::Page, true),
            Self::TextStart => (Unit::Text, false),
            Self::TextEnd => (Unit::Text, true),
            _ => return None,
        })
    }

    /// What the caret does, if this is about the selection.
    pub fn caret_act(self) -> Option<CaretAct> {
        Some(match self {
            Self::Expand => CaretAct::Expand,
            Self::Contract => CaretAct::Contract,
            Self::SelectAll => CaretAct::All,
            other => {
                let (unit, forward) = other.motion()?;
                CaretAct::Move { unit, forward, extend: false }
            }
        })
    }

    /// The command of this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|c| c.id() == id)
    }
}

/// The margin's next choice.
pub fn next_numbers(numbers: Numbers) -> Numbers {
    match numbers {
        Numbers::Lines => Numbers::Sentences,
        Numbers::Sentences => Numbers::None,
        Numbers::None => Numbers::Lines,
    }
}

/// The next choice of how much is said above tags.
pub fn next_marks(marks: Marks) -> Marks {
    match marks {
        Marks::Full => Marks::Names,
        Marks::Names => Marks::Lines,
        Marks::Lines => Marks::Full,
    }
}

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chord {
    /// Ctrl (⌘ on a Mac).
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// The key, named by what a QWERTY keyboard has there; see [`Chord::matches`].
    pub key: Key,
}

impl Chord {
    /// Reads `Ctrl+Shift+P`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut chord = Self { ctrl: false, shift: false, alt: false, key: Key::Space };
        let mut rest = text;
        loop {
            let (name, after) = match rest.split_once('+') {
                // `+` itself, alone or last.
                Some(("", _)) | None => (rest, ""),
                Some((name, after)) => (name, after),
            };
            match name {
                "Ctrl" => chord.ctrl = true,
                "Shift" => chord.shift = true,
                "Alt" => chord.alt = true,
                key => {
                    chord.key = Key::from_name(key)?;
                    return Some(chord);
                }
            }
            rest = after;
        }
    }

    /// Whether a key press is this chord.
    ///
    /// `key` is what egui reports: the layout's own letter where that is a Latin one, else the physical key. So on a ЙЦУКЕН layout
    /// the key in the place of `E` is `E`, and on Dvorak the key that types `e` is.
    pub fn matches(self, key: Key, modifiers: Modifiers) -> bool {
        let held = self.ctrl == modifiers.command && self.alt == modifiers.alt;
        let same = self.key == key && (self.shift == modifiers.shift || !self.shift && is_shifted_sign(key));
        // A layout that has the sign reports it in place of the key below it: Shift and `[` come as `{`.
        let below = self.shift && modifiers.shift && sign_above(self.key) == Some(key);
        held && (same || below)
    }

    /// Whether a key press is this chord with Shift held besides.
    pub fn matches_with_shift(self, key: Key, modifiers: Modifiers) -> bool {
        !self.shift && modifiers.shift && self.matches(key, Modifiers { shift: false, ..modifiers })
    }

    /// What people read on a key cap: `Ctrl + Shift + P`.
    pub fn shown(self) -> String {
        let mut parts = Vec::new();
        for (on, name) in [(self.ctrl, "Ctrl"), (self.alt, "Alt"), (self.shift, "Shift")] {
            if on {
                parts.push(name.to_owned());
            }
        }
        parts.push(match self.key {
            Key::ArrowLeft => "←".into(),
            Key::ArrowRight => "→".into(),
            Key::ArrowUp => "↑".into(),
            Key::ArrowDown => "↓".into(),
            Key::PageUp => "PgUp".into(),
            Key::PageDown => "PgDn".into(),
            Key::Escape => "Esc".into(),
            Key::Delete => "Del".into(),
            key if key.symbol_or_name().chars().count() == 1 => key.symbol_or_name().to_owned(),
            key => key.name().to_owned(),
        });
        parts.join("+")
    }
}

/// Keys that name a sign which most layouts type with Shift.
fn is_shifted_sign(key: Key) -> bool {
    matches!(
        key,
        Key::Questionmark
            | Key::Plus
            | Key::OpenCurlyBracket
            | Key::CloseCurlyBracket
            | Key::Exclamationmark
            | Key::Colon
            | Key::Pipe
    )
}

/// What a QWERTY keyboard writes with Shift and this key, where egui has a key of that name.
fn sign_above(key: Key) -> Option<Key> {
    Some(match key {
        Key::Slash => Key::Questionmark,
        Key::Equals => Key::Plus,
        Key::OpenBracket => Key::OpenCurlyBracket,
        Key::CloseBracket => Key::CloseCurlyBracket,
        Key::Num1 => Key::Exclamationmark,
        Key::Semicolon => Key::Colon,
        Key::Backslash => Key::Pipe,
        _ => return None,
    })
}

/// The keys in force: the table's, with the user's choices over them.
#[derive(Clone, Debug)]
pub struct Keys {
    chords: Vec<(Chord, Command)>,
}

impl Keys {
    /// The table's keys, with `chosen` (command id, chords) over them. Chords that cannot be read are left out.
    pub fn new<'a>(chosen: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let chosen: Vec<(&str, &str)> = chosen.into_iter().collect();
        let mut chords = Vec::new();
        for command in Command::ALL {
            match chosen.iter().find(|(id, _)| *id == command.id()) {
                Some((_, keys)) => {
                    chords.extend(keys.split_whitespace().filter_map(Chord::parse).map(|c| (c, *command)))
                }
                None => chords.extend(
                    command.default_keys().iter().filter_map(|k| Chord::parse(k)).map(|c| (c, *command)),
                ),
            }
        }
        Self { chords }
    }

    /// The chords of a command.
    pub fn of(&self, command: Command) -> impl Iterator<Item = Chord> {
        self.chords.iter().filter(move |(_, c)| *c == command).map(|(chord, _)| *chord)
    }

    /// The first chord of a command as people read it; empty if it has none.
    pub fn shown(&self, command: Command) -> String {
        self.of(command).next().map(Chord::shown).unwrap_or_default()
    }

    /// The command of a key press in the review: its own and those that work everywhere.
    pub fn review_command(&self, key: Key, modifiers: Modifiers) -> Option<Command> {
        let there = |c: &Command| c.scope() != Scope::Article;
        self.chords.iter().find(|(chord, c)| there(c) && chord.matches(key, modifiers)).map(|(_, c)| *c)
    }

    /// The command of a key press in the article, and whether Shift asks a movement to extend the selection.
    pub fn command(&self, key: Key, modifiers: Modifiers) -> Option<(Command, bool)> {
        let exact = self
            .chords
            .iter()
            .find(|(chord, c)| c.scope() != Scope::Review && chord.matches(key, modifiers))
            .map(|(_, c)| (*c, false));
        exact.or_else(|| {
            let moves = |c: &Command| c.motion().is_some();
            self.chords
                .iter()
                .find(|(chord, c)| moves(c) && chord.matches_with_shift(key, modifiers))
                .map(|(_, c)| (*c, true))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn every_default_key_can_be_read_and_means_one_thing() {
        // What works everywhere must mean the same in the article and in the review; those two share nothing.
        for room in [Scope::Article, Scope::Review] {
            let mut seen: HashMap<String, Command> = HashMap::new();
            for command in Command::ALL.iter().filter(|c| [room, Scope::Everywhere].contains(&c.scope())) {
                for keys in command.default_keys() {
                    let chord = Chord::parse(keys).unwrap_or_else(|| panic!("{keys} of {command:?}"));
                    if let Some(other) = seen.insert(format!("{chord:?}"), *command) {
                        panic!("{keys} is both {other:?} and {command:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn plain_keys_do_not_clash_with_the_keys_of_the_built_in_schemas() {
        use crate::model::Schema;
        for name in Schema::TEMPLATES {
            let schema: Schema = ron::from_str(Schema::template_text(name).unwrap()).unwrap();
            let mut taken: Vec<&str> = schema.labels.iter().filter_map(|l| l.key.as_deref()).collect();
            taken.extend(schema.labels.iter().flat_map(|l| l.fields.iter().filter_map(|f| f.key.as_deref())));
            for command in Command::ALL.iter().filter(|c| c.scope() != Scope::Review) {
                for keys in command.default_keys() {
                    assert!(!taken.contains(&keys.to_lowercase().as_str()), "{name}: {keys} of {command:?}");
                }
            }
        }
    }

    #[test]
    fn every_command_has_a_title_in_every_language() {
        use crate::window::words::{Language, Words};
        let words = Words::new(Language::English);
        let missing: Vec<String> =
            Command::ALL.iter().map(|c| c.word()).filter(|w| words.find(w, &[]).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?}");
        for group in Group::ALL {
            assert!(words.find(group.word(), &[]).is_some());
        }
    }

    #[test]
    fn shift_with_a_movement_extends() {
        let keys = Keys::new([]);
        assert_eq!(keys.command(Key::ArrowRight, Modifiers::SHIFT), Some((Command::Right, true)));
        assert_eq!(keys.command(Key::Tab, Modifiers::SHIFT), Some((Command::PreviousSpan, false)));
        assert_eq!(keys.command(Key::ArrowRight, Modifiers::NONE), Some((Command::Right, false)));
    }

    #[test]
    fn a_sign_is_itself_with_and_without_shift() {
        let keys = Keys::new([]);
        for shift in [Modifiers::NONE, Modifiers::SHIFT] {
            assert_eq!(keys.command(Key::Questionmark, shift), Some((Command::KeySheet, false)));
            assert_eq!(keys.command(Key::OpenCurlyBracket, shift), Some((Command::GrowStart, false)));
        }
        assert_eq!(
            keys.command(Key::OpenBracket, Modifiers::SHIFT),
            Some((Command::GrowStart, false)),
            "ЙЦУКЕН"
        );
        assert_eq!(keys.command(Key::Slash, Modifiers::SHIFT), Some((Command::KeySheet, false)));
    }

    #[test]
    fn signs_come_with_shift_and_are_the_key_below_them_too() {
        let keys = Keys::new([]);
        for (key, modifiers, command) in [
            (Key::Questionmark, Modifiers::SHIFT, Command::KeySheet),
            (Key::Plus, Modifiers::SHIFT, Command::KeepPart),
            (Key::OpenCurlyBracket, Modifiers::SHIFT, Command::GrowStart),
            (Key::OpenBracket, Modifiers::SHIFT, Command::GrowStart),
            (Key::CloseCurlyBracket, Modifiers::SHIFT | Modifiers::ALT, Command::ShrinkStartCharacter),
            (Key::CloseBracket, Modifiers::NONE, Command::GrowEnd),
        ] {
            assert_eq!(keys.command(key, modifiers), Some((command, false)), "{key:?}");
        }
    }

    #[test]
    fn a_key_may_mean_one_thing_in_the_article_and_another_in_the_review() {
        let keys = Keys::new([]);
        assert_eq!(keys.command(Key::N, Modifiers::NONE), Some((Command::EditNote, false)));
        assert_eq!(keys.review_command(Key::N, Modifiers::NONE), Some(Command::NextDifference));
        assert_eq!(keys.review_command(Key::N, Modifiers::SHIFT), Some(Command::PreviousDifference));
        assert_eq!(keys.review_command(Key::Z, Modifiers::COMMAND), Some(Command::Undo));
        assert_eq!(keys.review_command(Key::Q, Modifiers::NONE), None);
    }

    #[test]
    fn the_user_may_choose_keys() {
        let keys = Keys::new([("undo", "U Ctrl+Backspace"), ("redo", "nonsense")]);
        assert_eq!(keys.command(Key::U, Modifiers::NONE), Some((Command::Undo, false)));
        assert_eq!(keys.command(Key::Z, Modifiers::COMMAND), None);
        assert_eq!(keys.shown(Command::Undo), "U");
        assert_eq!(keys.shown(Command::Redo), "");
    }
}
