//! Everything a reviewer can do, by name, grouped by the part of the program that does it.
//!
//! The key table says in words what each action does.

/// Something a reviewer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Handled by the program itself, on every screen.
    App(AppAction),
    /// Moves in a list, or scrolls a text that is not edited.
    Move(Move),
    /// Changes the text that has the focus, or moves in it.
    Text(TextAction),
    /// Handled by the interview, whatever has the focus there.
    Interview(InterviewAction),
    /// Handled by the interview's outline.
    Outline(OutlineAction),
    /// Handled by the interview's list of links.
    Links(LinkAction),
    /// Handled by the home screen.
    Home(HomeAction),
    /// Handled by the overview.
    Overview(OverviewAction),
    /// Handled by the preview.
    Preview(PreviewAction),
    /// Handled by the comparison of two sessions.
    Compare(CompareAction),
    /// Handled by the comparison of many services.
    Matrix(MatrixAction),
    /// Handled by the open dialog.
    Dialog(DialogAction),
}

/// Actions of the whole program.
#[allow(missing_docs, reason = "the key table describes each action, for users and developers alike")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AppAction {
    Quit,
    Save,
    Undo,
    Redo,
    Help,
    Palette,
    Settings,
    ToHome,
    ToOverview,
    ToPreview,
    Search,
}

/// A step in a list or in a text that scrolls.
#[allow(missing_docs, reason = "the key table describes each action, for users and developers alike")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Move {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
}

/// Actions in a text.
#[allow(missing_docs, reason = "the key table describes each action, for users and developers alike")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextAction {
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
}

/// Whether a cursor movement extends the selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Select {
    /// The selection ends.
    No,
    /// The selection is extended.
    Yes,
}

/// Actions of the interview.
#[allow(missing_docs, reason = "the key table describes each action, for users and developers alike")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InterviewAction {
    NextField,
    PreviousField,
    NextQuestion,
    PreviousQuestion,
    NextOpen,
    PreviousOpen,
    GoToNumber,
    HistoryBack,
    HistoryForward,
    ToOutline,
    ToDetail,
    Find,
    ScrollHelpUp,
    ScrollHelpDown,
    ClearAnswer,
    Qualifier,
    Basis,
    Flag,
    RemoveFlag,
    CarryOver,
    /// Takes over the earlier answer in place of the present one; asked for by a menu.
    Replace,
    ToggleBefore,
    CompareBefore,
    Look,
    Domain,
    Similar,
    Skeleton,
    MatchEarlier,
    TwoAnswers,
    Comment,
    Approve,
    SendBack,
    /// Ends a field that belongs to another one (qualifier, flag, part of a link) and moves on.
    FinishPart,
    /// Ends such a field and returns to the field it belongs to.
    LeavePart,
}

/// Actions of the outline.
#[allow(missing_docs, reason = "the key table describes each action, for users and developers alike")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutlineAction {
    ToQuestion,
    CycleFilter,
    FilterByWords,
    ShowAll,
    FinishWords,
    DeleteLetter,
    DeleteWord,
    DeleteWords,
    Add,
    AddInstance,
    Rename,
    Remove,
    MoveUp,
    MoveDown,
}

/// Actions of the list of links.
#[allow(missing_docs, reason = "the key table describes each action, for users and developers alike")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkAction {
    Open,
    New,
    Attach,
    SavePage,
    EditUrl,
    EditLabel,
    EditQuote,
    NextKind,
    Expiry,
    ToggleInternal,
    ReadToday,
    AllReadToday,
    Delete,
    MoveUp,
    MoveDown,
}

/// Actions of the home screen.
#[allow(missing_docs, reason = "the key table describes each action, for users and developers alike")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HomeAction {
    Open,
    New,
    Import,
    FindSession,
    Sort,
    Rename,
    Duplicate,
    ReviewAgain,
    Mark,
    Compare,
    Archive,
    Delete,
    ShowArchive,
    ShowTrash,
    Tour,
}

/// Actions of the overview.
#[allow(missing_docs, reason = "the key table describes each action, for users and developers alike")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OverviewAction {
    ToQuestion,
    Back,
}

/// Actions of the preview.
#[allow(missing_docs, reason = "the key table describes each action, for users and developers alike")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PreviewAction {
    CycleSides,
    NextFormat,
    Export,
    OpenFile,
    CopyPath,
    Back,
}

/// Actions of the comparison of two sessions.
#[allow(missing_docs, reason = "the key table describes each action, for users and developers alike")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompareAction {
    ToQuestion,
    ToggleAll,
    ToggleSplit,
    ScrollDown,
    ScrollUp,
    Write,
    Back,
}

/// Actions of the comparison of many services.
#[allow(missing_docs, reason = "the key table describes each action, for users and developers alike")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MatrixAction {
    ToAnswer,
    Left,
    Right,
    ToggleDiffering,
    Diff,
    Write,
    Back,
}

/// Actions of a dialog.
#[allow(missing_docs, reason = "the key table describes each action, for users and developers alike")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DialogAction {
    Accept,
    Complete,
    Copy,
    Close,
}
