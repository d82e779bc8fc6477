//! Everything a reviewer can do, by name.

/// Something a reviewer does. Bound to keys in the key table, which says of each what it does.
#[allow(missing_docs, reason = "the key table describes each action, for users and developers alike")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    // Everywhere
    Quit,
    Save,
    Undo,
    Redo,
    Help,
    Palette,
    // Between screens
    GoHome,
    Preview,
    Overview,
    GoBack,
    GoForward,
    Back,
    // Interview
    NextField,
    PreviousField,
    NextQuestion,
    PreviousQuestion,
    NextOpen,
    PreviousOpen,
    ToOutline,
    Filter,
    FilterByText,
    ShowAll,
    ToDetail,
    Find,
    ScrollHelpUp,
    ScrollHelpDown,
    Qualifier,
    Basis,
    Flag,
    Unflag,
    // Outline and lists
    Up,
    Down,
    First,
    Last,
    PageUp,
    PageDown,
    Enter,
    Done,
    // Texts
    NewLine,
    Left(Select),
    Right(Select),
    WordLeft(Select),
    WordRight(Select),
    RowUp(Select),
    RowDown(Select),
    RowStart(Select),
    RowEnd(Select),
    TextStart(Select),
    TextEnd(Select),
    SelectAll,
    DeleteLeft,
    DeleteRight,
    DeleteWordLeft,
    DeleteWordRight,
    DeleteToRowStart,
    Copy,
    Cut,
    Paste,
    MakeLink,
    Editor,
    // Links
    OpenLink,
    NewLink,
    EditLink,
    EditLabel,
    EditQuote,
    DeleteLink,
    LinkUp,
    LinkDown,
    // Home
    New,
    Import,
    Rename,
    Duplicate,
    Archive,
    Delete,
    ShowArchive,
    ShowTrash,
    FindReview,
    Tour,
    // Preview
    Export,
    Source,
    OpenPage,
    CopyPath,
}

/// Whether a move of the cursor extends the selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Select {
    /// It ends it.
    No,
    /// It extends it.
    Yes,
}

/// Where a key means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// On every screen.
    Everywhere,
    /// In the interview, whatever has the focus.
    Interview,
    /// In the interview's list of questions.
    Outline,
    /// In the words that the outline is filtered by.
    Filter,
    /// On the choices of a question.
    Answer,
    /// In a text of many lines.
    Text,
    /// In the answer to a text, number or date question.
    Value,
    /// In a part of an answer that is a line: qualifier, flag, parts of a link.
    Part,
    /// In any text.
    Line,
    /// In the list of links.
    Links,
    /// On the home screen.
    Home,
    /// On the overview.
    Overview,
    /// On the preview.
    Preview,
    /// In a dialog with a list or an input.
    Dialog,
    /// On the help screen.
    Help,
    /// On the tour of the first run.
    Tour,
}

impl Context {
    /// All, in the order of the key list.
    pub const ALL: [Self; 16] = [
        Self::Everywhere,
        Self::Interview,
        Self::Answer,
        Self::Value,
        Self::Text,
        Self::Part,
        Self::Line,
        Self::Links,
        Self::Outline,
        Self::Filter,
        Self::Home,
        Self::Overview,
        Self::Preview,
        Self::Dialog,
        Self::Help,
        Self::Tour,
    ];

    /// As the key list names it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Interview => "Interview, every field",
            Self::Outline => "Outline",
            Self::Filter => "Outline, filter by words",
            Self::Answer => "Answer",
            Self::Text => "Detail, Note",
            Self::Value => "Answer that is typed",
            Self::Part => "Qualifier, flag, link",
            Self::Line => "Every text",
            Self::Links => "Links",
            Self::Home => "Home",
            Self::Overview => "Overview",
            Self::Preview => "Preview",
            Self::Dialog => "Dialogs",
            Self::Help => "Help",
            Self::Tour => "Tour",
        }
    }
}
