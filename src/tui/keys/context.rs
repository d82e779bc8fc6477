//! Where a key has a meaning.

/// A part of the program in which keys have meanings of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// On every screen.
    Everywhere,
    /// In the interview, whatever has the focus.
    Interview,
    /// On the choices of a question.
    Answer,
    /// In the answer to a text, number or date question.
    Value,
    /// In a text of several lines: detail, note, introduction, section.
    LongText,
    /// In the qualifier or the flag.
    Part,
    /// In the URL, label or quote of a link.
    LinkPart,
    /// In any text.
    Text,
    /// In the list of links.
    Links,
    /// In the interview's list of questions.
    Outline,
    /// While typing the words that the outline is filtered by.
    Filter,
    /// On the home screen.
    Home,
    /// On the overview.
    Overview,
    /// On the preview.
    Preview,
    /// On the comparison of two sessions.
    Compare,
    /// On the comparison of many services.
    Matrix,
    /// In a dialog with an input.
    Dialog,
    /// In a dialog with an input and a list.
    List,
    /// In a dialog that offers a few choices by letter.
    Menu,
    /// In the list of places where an answer can be found.
    Look,
    /// In the help.
    Help,
    /// In the tour of the first start.
    Tour,
}

impl Context {
    /// All contexts, in the order of the key list.
    pub const ALL: [Self; 22] = [
        Self::Everywhere,
        Self::Interview,
        Self::Answer,
        Self::Value,
        Self::LongText,
        Self::Part,
        Self::LinkPart,
        Self::Text,
        Self::Links,
        Self::Outline,
        Self::Filter,
        Self::Home,
        Self::Overview,
        Self::Preview,
        Self::Compare,
        Self::Matrix,
        Self::Dialog,
        Self::List,
        Self::Menu,
        Self::Look,
        Self::Help,
        Self::Tour,
    ];

    /// The name in the key list and in the help.
    pub fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Interview => "Interview",
            Self::Answer => "Answer",
            Self::Value => "Typed answer",
            Self::LongText => "Detail, Note",
            Self::Part => "Qualifier, Flag",
            Self::LinkPart => "Editing a link",
            Self::Text => "Any text",
            Self::Links => "Evidence",
            Self::Outline => "Outline",
            Self::Filter => "Outline, filter by words",
            Self::Home => "Home",
            Self::Overview => "Overview",
            Self::Preview => "Preview",
            Self::Compare => "Compare two sessions",
            Self::Matrix => "Compare services",
            Self::Dialog => "Dialog",
            Self::List => "Dialog with a list",
            Self::Menu => "Menu",
            Self::Look => "Where to look",
            Self::Help => "Help",
            Self::Tour => "Tour",
        }
    }
}
