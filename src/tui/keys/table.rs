//! The table of keys. Footer, help, palette, messages that name a key, and the list in the docs come from it.

use crossterm::event::KeyCode;

use super::action::{
    Action, AppAction, DialogAction, HomeAction, InterviewAction, LinkAction, Move, OutlineAction,
    OverviewAction, PreviewAction, Select, TextAction,
};
use super::context::Context;
use super::key::{ALT, CTRL, CTRL_SHIFT, Key, SHIFT, alt, char, ctrl, key, with};

/// What some keys do in one context.
#[derive(Debug)]
pub struct Binding {
    /// The keys; the first one is the one to show.
    pub keys: &'static [Key],
    /// What they do.
    pub action: Action,
    /// The same in words, for help, palette and docs.
    pub help: &'static str,
    /// The verb in the footer; empty if the footer does not show the key.
    pub footer: &'static str,
    /// Other words on the screen that the palette finds the action by.
    pub keywords: &'static str,
}

const fn bind(action: Action, keys: &'static [Key], help: &'static str) -> Binding {
    Binding { keys, action, help, footer: "", keywords: "" }
}

impl Binding {
    const fn footer(self, footer: &'static str) -> Self {
        Self { footer, ..self }
    }

    const fn keywords(self, keywords: &'static str) -> Self {
        Self { keywords, ..self }
    }

    /// All keys: `PgDn, Alt-Down`.
    pub fn shown_keys(&self) -> String {
        let mut names: Vec<String> = self.keys.iter().map(Key::name).collect();
        names.dedup();
        names.join(", ")
    }
}

/// The bindings of one context, in the order of the help.
pub fn bindings(context: Context) -> &'static [Binding] {
    match context {
        Context::Everywhere => EVERYWHERE,
        Context::Interview => INTERVIEW,
        Context::Answer => ANSWER,
        Context::Value => VALUE,
        Context::LongText => LONG_TEXT,
        Context::Part => PART,
        Context::LinkPart => LINK_PART,
        Context::Text => TEXT,
        Context::Links => LINKS,
        Context::Outline => OUTLINE,
        Context::Filter => FILTER,
        Context::Home => HOME,
        Context::Overview => OVERVIEW,
        Context::Preview => PREVIEW,
        Context::Dialog => DIALOG,
        Context::Menu => MENU,
        Context::Look => LOOK,
        Context::Help => HELP,
        Context::Tour => TOUR,
    }
}

const UP: Action = Action::Move(Move::Up);
const DOWN: Action = Action::Move(Move::Down);
const PAGE_UP: Action = Action::Move(Move::PageUp);
const PAGE_DOWN: Action = Action::Move(Move::PageDown);
const FIRST: Action = Action::Move(Move::First);
const LAST: Action = Action::Move(Move::Last);

const fn app(action: AppAction) -> Action {
    Action::App(action)
}
const fn interview(action: InterviewAction) -> Action {
    Action::Interview(action)
}
const fn text(action: TextAction) -> Action {
    Action::Text(action)
}

const SHOW_HELP: Binding = bind(app(AppAction::Help), &[char('?')], "Help for this context").footer("help");
const FIND: Binding = bind(interview(InterviewAction::Find), &[char('/')], "Find words in this session");

static EVERYWHERE: &[Binding] = &[
    bind(app(AppAction::Help), &[key(KeyCode::F(1))], "Help for this context"),
    bind(app(AppAction::Palette), &[ctrl('p')], "Palette: every action by name"),
    bind(app(AppAction::Settings), &[key(KeyCode::F(2))], "Settings: where they are and how to change them")
        .keywords("theme colours colors mouse ascii config"),
    bind(app(AppAction::Undo), &[ctrl('z')], "Undo, across questions and restarts"),
    bind(app(AppAction::Redo), &[ctrl('y')], "Redo"),
    bind(app(AppAction::Save), &[ctrl('s')], "Write a snapshot now (every key is saved anyway)"),
    bind(app(AppAction::Quit), &[ctrl('q')], "Quit; nothing is lost").keywords("exit leave close"),
];

static INTERVIEW: &[Binding] = &[
    bind(interview(InterviewAction::NextField), &[key(KeyCode::Tab)], "Next field, then the next question")
        .footer("next field"),
    bind(
        interview(InterviewAction::PreviousField),
        &[key(KeyCode::BackTab), with(SHIFT, KeyCode::BackTab), with(SHIFT, KeyCode::Tab)],
        "Previous field",
    ),
    bind(
        interview(InterviewAction::NextQuestion),
        &[key(KeyCode::PageDown), with(ALT, KeyCode::Down)],
        "Next question (in a long text, PgDn scrolls the text first)",
    )
    .footer("next question"),
    bind(
        interview(InterviewAction::PreviousQuestion),
        &[key(KeyCode::PageUp), with(ALT, KeyCode::Up)],
        "Previous question",
    ),
    bind(interview(InterviewAction::NextOpen), &[ctrl('n')], "Next open question, and why it is open")
        .footer("next open"),
    bind(interview(InterviewAction::PreviousOpen), &[alt('n')], "Previous open question"),
    bind(interview(InterviewAction::GoToNumber), &[ctrl('g')], "Go to a question by number"),
    bind(interview(InterviewAction::Find), &[ctrl('f')], "Find words in this session")
        .keywords("search questions answers details evidence notes"),
    bind(interview(InterviewAction::Qualifier), &[alt('q')], "Qualifier, such as \"version dependent\""),
    bind(
        interview(InterviewAction::ScrollHelpDown),
        &[with(CTRL, KeyCode::Down)],
        "Scroll the help text down",
    ),
    bind(interview(InterviewAction::ScrollHelpUp), &[with(CTRL, KeyCode::Up)], "Scroll the help text up"),
    bind(
        interview(InterviewAction::HistoryBack),
        &[with(ALT, KeyCode::Left)],
        "Back to the question visited before",
    ),
    bind(interview(InterviewAction::HistoryForward), &[with(ALT, KeyCode::Right)], "Forward again"),
    bind(interview(InterviewAction::CarryOver), &[alt('t')], "Take over what the earlier session says"),
    bind(interview(InterviewAction::ToggleBefore), &[alt('v')], "Show or hide the earlier answer")
        .keywords("before previous last year"),
    bind(interview(InterviewAction::Look), &[alt('l')], "Where to look for the answer")
        .keywords("search web browser domain trust centre"),
    bind(app(AppAction::ToOverview), &[alt('o')], "Overview: progress, answers, findings, evidence"),
    bind(app(AppAction::ToPreview), &[alt('p')], "Preview of the page; export it from there")
        .keywords("publish markdown json wiki report"),
    bind(app(AppAction::ToHome), &[alt('h')], "Home: the list of sessions"),
    bind(interview(InterviewAction::ToOutline), &[key(KeyCode::Esc)], "Go to the outline"),
];

static ANSWER: &[Binding] = &[
    bind(interview(InterviewAction::ToDetail), &[key(KeyCode::Enter)], "Go to the detail").footer("detail"),
    bind(
        interview(InterviewAction::ClearAnswer),
        &[key(KeyCode::Backspace), key(KeyCode::Delete), ctrl('h')],
        "Clear the answer",
    ),
    bind(interview(InterviewAction::Qualifier), &[char('(')], "Qualifier, such as \"version dependent\""),
    bind(interview(InterviewAction::Basis), &[char('=')], "Basis: how the answer is known")
        .keywords("claimed document read interviewed tested"),
    bind(interview(InterviewAction::Flag), &[char('!')], "Flag for follow-up: what to ask, and whom")
        .footer("flag"),
    bind(interview(InterviewAction::RemoveFlag), &[alt('u')], "Remove the flag"),
    bind(interview(InterviewAction::CarryOver), &[char('<')], "Take over the answer of the earlier session")
        .keywords("carry over previous last year"),
    FIND,
    SHOW_HELP,
    bind(interview(InterviewAction::Look), &[char('@')], "Where to look for the answer").footer("look"),
];

static VALUE: &[Binding] = &[
    bind(interview(InterviewAction::ToDetail), &[key(KeyCode::Enter)], "Go to the detail").footer("detail"),
    bind(text(TextAction::RowUp(Select::No)), &[key(KeyCode::Up)], "Up"),
    bind(text(TextAction::RowDown(Select::No)), &[key(KeyCode::Down)], "Down"),
];

static LONG_TEXT: &[Binding] = &[
    bind(text(TextAction::NewLine), &[key(KeyCode::Enter)], "New line"),
    bind(
        text(TextAction::MakeLink),
        &[ctrl('k')],
        "Turn the selected words, or the word at the cursor, into a link",
    )
    .footer("link"),
    bind(text(TextAction::Editor), &[ctrl('e')], "Edit in $VISUAL or $EDITOR").footer("editor"),
    bind(text(TextAction::RowUp(Select::No)), &[key(KeyCode::Up)], "Up"),
    bind(text(TextAction::RowDown(Select::No)), &[key(KeyCode::Down)], "Down"),
    bind(text(TextAction::RowUp(Select::Yes)), &[with(SHIFT, KeyCode::Up)], "Select up"),
    bind(text(TextAction::RowDown(Select::Yes)), &[with(SHIFT, KeyCode::Down)], "Select down"),
];

static PART: &[Binding] = &[
    bind(
        interview(InterviewAction::FinishPart),
        &[key(KeyCode::Enter)],
        "Finish; from the qualifier, go to the detail",
    )
    .footer("finish"),
    bind(interview(InterviewAction::LeavePart), &[key(KeyCode::Esc)], "Finish and return to the answer"),
];

static LINK_PART: &[Binding] = &[
    bind(
        interview(InterviewAction::FinishPart),
        &[key(KeyCode::Enter)],
        "Finish; after the URL, edit the label",
    )
    .footer("finish"),
    bind(interview(InterviewAction::LeavePart), &[key(KeyCode::Esc)], "Return to the list of links"),
    bind(
        interview(InterviewAction::NextField),
        &[key(KeyCode::Tab)],
        "Next part of the link: URL, label, quote",
    )
    .footer("next part"),
    bind(
        interview(InterviewAction::PreviousField),
        &[key(KeyCode::BackTab), with(SHIFT, KeyCode::BackTab), with(SHIFT, KeyCode::Tab)],
        "Previous part of the link",
    ),
];

static TEXT: &[Binding] = &[
    bind(text(TextAction::Left(Select::No)), &[key(KeyCode::Left)], "Left"),
    bind(text(TextAction::Right(Select::No)), &[key(KeyCode::Right)], "Right"),
    bind(
        text(TextAction::WordLeft(Select::No)),
        &[with(CTRL, KeyCode::Left), alt('b'), with(ALT, KeyCode::Left)],
        "Previous word",
    ),
    bind(
        text(TextAction::WordRight(Select::No)),
        &[with(CTRL, KeyCode::Right), alt('f'), with(ALT, KeyCode::Right)],
        "Next word",
    ),
    bind(text(TextAction::RowStart(Select::No)), &[key(KeyCode::Home)], "Start of the row"),
    bind(text(TextAction::RowEnd(Select::No)), &[key(KeyCode::End)], "End of the row"),
    bind(text(TextAction::TextStart(Select::No)), &[with(CTRL, KeyCode::Home)], "Start of the text"),
    bind(text(TextAction::TextEnd(Select::No)), &[with(CTRL, KeyCode::End)], "End of the text"),
    bind(text(TextAction::Left(Select::Yes)), &[with(SHIFT, KeyCode::Left)], "Select left"),
    bind(text(TextAction::Right(Select::Yes)), &[with(SHIFT, KeyCode::Right)], "Select right"),
    bind(
        text(TextAction::WordLeft(Select::Yes)),
        &[with(CTRL_SHIFT, KeyCode::Left)],
        "Select the previous word",
    ),
    bind(
        text(TextAction::WordRight(Select::Yes)),
        &[with(CTRL_SHIFT, KeyCode::Right)],
        "Select the next word",
    ),
    bind(
        text(TextAction::RowStart(Select::Yes)),
        &[with(SHIFT, KeyCode::Home)],
        "Select to the start of the row",
    ),
    bind(text(TextAction::RowEnd(Select::Yes)), &[with(SHIFT, KeyCode::End)], "Select to the end of the row"),
    bind(
        text(TextAction::TextStart(Select::Yes)),
        &[with(CTRL_SHIFT, KeyCode::Home)],
        "Select to the start of the text",
    ),
    bind(
        text(TextAction::TextEnd(Select::Yes)),
        &[with(CTRL_SHIFT, KeyCode::End)],
        "Select to the end of the text",
    ),
    bind(text(TextAction::SelectAll), &[alt('a')], "Select all"),
    bind(
        text(TextAction::DeleteLeft),
        &[key(KeyCode::Backspace), ctrl('h'), with(SHIFT, KeyCode::Backspace)],
        "Delete the previous character",
    ),
    bind(text(TextAction::DeleteRight), &[key(KeyCode::Delete)], "Delete the next character"),
    bind(
        text(TextAction::DeleteWordLeft),
        &[ctrl('w'), with(ALT, KeyCode::Backspace), with(CTRL, KeyCode::Backspace)],
        "Delete the previous word",
    ),
    bind(
        text(TextAction::DeleteWordRight),
        &[alt('d'), with(CTRL, KeyCode::Delete), with(ALT, KeyCode::Delete)],
        "Delete the next word",
    ),
    bind(text(TextAction::DeleteToRowStart), &[ctrl('u')], "Delete to the start of the row"),
    bind(text(TextAction::Copy), &[ctrl('c')], "Copy the selection"),
    bind(text(TextAction::Cut), &[ctrl('x')], "Cut the selection"),
    bind(
        text(TextAction::Paste),
        &[ctrl('v')],
        "Paste what was copied here (your terminal's paste works too)",
    ),
];

static LINKS: &[Binding] = &[
    bind(Action::Links(LinkAction::Open), &[key(KeyCode::Enter)], "Open the link in the browser")
        .footer("open"),
    bind(Action::Links(LinkAction::New), &[char('n'), char('a')], "New link (or paste one or several URLs)")
        .footer("new"),
    bind(Action::Links(LinkAction::EditUrl), &[char('e')], "Edit the URL").footer("edit"),
    bind(Action::Links(LinkAction::EditLabel), &[char('l')], "Edit the label").footer("label"),
    bind(Action::Links(LinkAction::EditQuote), &[char('t')], "Edit the quote"),
    bind(
        Action::Links(LinkAction::ReadToday),
        &[char('r')],
        "Set the date to today: the source was read again",
    ),
    bind(
        Action::Links(LinkAction::AllReadToday),
        &[char('R')],
        "Set the dates of all links to today: you have read them again",
    ),
    bind(
        Action::Links(LinkAction::NextKind),
        &[char('i')],
        "What it is: test, report, certificate, terms or docs",
    )
    .keywords("kind staleness maximum age"),
    bind(Action::Links(LinkAction::Expiry), &[char('x')], "The day on which it expires"),
    bind(Action::Links(LinkAction::Delete), &[char('d'), key(KeyCode::Delete)], "Delete the link")
        .footer("delete"),
    bind(UP, &[key(KeyCode::Up), char('k')], "Previous link"),
    bind(DOWN, &[key(KeyCode::Down), char('j')], "Next link"),
    bind(Action::Links(LinkAction::MoveUp), &[with(SHIFT, KeyCode::Up)], "Move the link up"),
    bind(Action::Links(LinkAction::MoveDown), &[with(SHIFT, KeyCode::Down)], "Move the link down"),
    FIND,
    SHOW_HELP,
];

static OUTLINE: &[Binding] = &[
    bind(UP, &[key(KeyCode::Up), char('k')], "Previous entry"),
    bind(DOWN, &[key(KeyCode::Down), char('j')], "Next entry"),
    bind(FIRST, &[key(KeyCode::Home), char('g')], "First entry"),
    bind(LAST, &[key(KeyCode::End), char('G')], "Last entry"),
    bind(
        Action::Outline(OutlineAction::ToQuestion),
        &[key(KeyCode::Enter), key(KeyCode::Right)],
        "Open the question",
    )
    .footer("open"),
    bind(
        Action::Outline(OutlineAction::CycleFilter),
        &[char('f')],
        "Filter: all, open, flagged, old evidence, or one of the answers",
    )
    .footer("filter"),
    bind(Action::Outline(OutlineAction::FilterByWords), &[char('t')], "Filter by words").footer("words"),
    bind(app(AppAction::ToOverview), &[char('o')], "Overview").footer("overview"),
    bind(app(AppAction::ToPreview), &[char('p')], "Preview of the page").footer("preview"),
    bind(Action::Outline(OutlineAction::Add), &[char('a')], "Add a question here, or a section of the page"),
    bind(
        Action::Outline(OutlineAction::Rename),
        &[char('r')],
        "Rename the section, or reword an added question",
    ),
    bind(
        Action::Outline(OutlineAction::Remove),
        &[char('d'), key(KeyCode::Delete)],
        "Remove the section, or an added question",
    ),
    bind(Action::Outline(OutlineAction::MoveUp), &[with(SHIFT, KeyCode::Up)], "Move the section up"),
    bind(Action::Outline(OutlineAction::MoveDown), &[with(SHIFT, KeyCode::Down)], "Move the section down"),
    bind(
        Action::Outline(OutlineAction::TwoAnswers),
        &[char('=')],
        "Two answers: show the other one and choose",
    )
    .keywords("conflict merge"),
    bind(
        interview(InterviewAction::CarryOver),
        &[char('<')],
        "Take over all earlier answers of this section that are unchanged and were good",
    )
    .keywords("carry over previous last year"),
    bind(
        Action::Outline(OutlineAction::ShowAll),
        &[key(KeyCode::Esc)],
        "Show all questions; if all are shown, go home",
    )
    .footer("back"),
    bind(app(AppAction::ToHome), &[char('h')], "Home: the list of sessions"),
    FIND,
    SHOW_HELP,
];

static FILTER: &[Binding] = &[
    bind(
        Action::Outline(OutlineAction::FinishWords),
        &[key(KeyCode::Enter), key(KeyCode::Down), key(KeyCode::Tab)],
        "Go to the questions found",
    )
    .footer("go to the questions"),
    bind(Action::Outline(OutlineAction::ShowAll), &[key(KeyCode::Esc)], "Show all questions")
        .footer("show all"),
    bind(
        Action::Outline(OutlineAction::DeleteLetter),
        &[key(KeyCode::Backspace), ctrl('h')],
        "Delete the previous character",
    ),
    bind(Action::Outline(OutlineAction::DeleteWord), &[ctrl('w')], "Delete the previous word"),
    bind(Action::Outline(OutlineAction::DeleteWords), &[ctrl('u')], "Delete all words"),
];

static HOME: &[Binding] = &[
    bind(Action::Home(HomeAction::Open), &[key(KeyCode::Enter)], "Open the selected entry").footer("open"),
    bind(Action::Home(HomeAction::New), &[char('n')], "New session").footer("new"),
    bind(Action::Home(HomeAction::Import), &[char('i')], "Import a published page").footer("import"),
    bind(Action::Home(HomeAction::FindSession), &[char('/'), ctrl('f')], "Find a session by name")
        .footer("find"),
    bind(
        Action::Home(HomeAction::Sort),
        &[char('s')],
        "Sort by last change, subject, questionnaire or progress",
    ),
    bind(Action::Home(HomeAction::Rename), &[char('r')], "Rename the subject"),
    bind(Action::Home(HomeAction::Duplicate), &[char('c')], "Copy the session"),
    bind(
        Action::Home(HomeAction::ReviewAgain),
        &[char('R')],
        "Review again: a new session with these answers beside it",
    )
    .keywords("re-review last year previous continue"),
    bind(Action::Home(HomeAction::Archive), &[char('a')], "Move the session to the archive, or back"),
    bind(
        Action::Home(HomeAction::Delete),
        &[char('d'), key(KeyCode::Delete)],
        "Move the session to the trash, or back",
    ),
    bind(Action::Home(HomeAction::ShowArchive), &[char('A')], "Show the archive, or the sessions again"),
    bind(Action::Home(HomeAction::ShowTrash), &[char('T')], "Show the trash, or the sessions again"),
    bind(UP, &[key(KeyCode::Up), char('k')], "Previous entry"),
    bind(DOWN, &[key(KeyCode::Down), char('j')], "Next entry"),
    bind(PAGE_UP, &[key(KeyCode::PageUp)], "Page up"),
    bind(PAGE_DOWN, &[key(KeyCode::PageDown)], "Page down"),
    bind(FIRST, &[key(KeyCode::Home), char('g')], "First entry"),
    bind(LAST, &[key(KeyCode::End), char('G')], "Last entry"),
    bind(Action::Home(HomeAction::Tour), &[char('t')], "Show the tour again"),
    SHOW_HELP,
    bind(app(AppAction::Quit), &[char('q')], "Quit").footer("quit"),
];

static OVERVIEW: &[Binding] = &[
    bind(Action::Overview(OverviewAction::ToQuestion), &[key(KeyCode::Enter)], "Go to the question")
        .footer("go to the question"),
    bind(UP, &[key(KeyCode::Up), char('k')], "Previous row"),
    bind(DOWN, &[key(KeyCode::Down), char('j')], "Next row"),
    bind(PAGE_UP, &[key(KeyCode::PageUp)], "Page up"),
    bind(PAGE_DOWN, &[key(KeyCode::PageDown), char(' ')], "Page down").footer("page down"),
    bind(FIRST, &[key(KeyCode::Home), char('g')], "First row"),
    bind(LAST, &[key(KeyCode::End), char('G')], "Last row"),
    bind(app(AppAction::ToPreview), &[char('p'), alt('p')], "Preview of the page").footer("preview"),
    bind(Action::Overview(OverviewAction::Back), &[key(KeyCode::Esc), alt('o')], "Back to the interview")
        .footer("back"),
    bind(app(AppAction::ToHome), &[alt('h')], "Home: the list of sessions"),
    SHOW_HELP,
];

static PREVIEW: &[Binding] = &[
    bind(UP, &[key(KeyCode::Up), char('k')], "Scroll up"),
    bind(DOWN, &[key(KeyCode::Down), char('j')], "Scroll down"),
    bind(PAGE_UP, &[key(KeyCode::PageUp)], "Page up"),
    bind(PAGE_DOWN, &[key(KeyCode::PageDown), char(' ')], "Page down").footer("page down"),
    bind(FIRST, &[key(KeyCode::Home), char('g')], "Start"),
    bind(LAST, &[key(KeyCode::End), char('G')], "End"),
    bind(
        Action::Preview(PreviewAction::CycleSides),
        &[key(KeyCode::Tab), char('s')],
        "Page and source side by side, the page alone, or the source alone",
    )
    .footer("page/source"),
    bind(Action::Preview(PreviewAction::NextFormat), &[char('f')], "Next format: wiki page, JSON")
        .footer("format"),
    bind(Action::Preview(PreviewAction::Export), &[char('e')], "Export the report to a file")
        .footer("export")
        .keywords("publish write save markdown json"),
    bind(Action::Preview(PreviewAction::OpenFile), &[char('o')], "Open the exported file"),
    bind(Action::Preview(PreviewAction::CopyPath), &[char('y')], "Copy the path of the exported file"),
    bind(Action::Preview(PreviewAction::Back), &[key(KeyCode::Esc), alt('p')], "Back to the interview")
        .footer("back"),
    bind(app(AppAction::ToHome), &[alt('h')], "Home: the list of sessions"),
    SHOW_HELP,
];

static DIALOG: &[Binding] = &[
    bind(Action::Dialog(DialogAction::Accept), &[key(KeyCode::Enter)], "Accept").footer("accept"),
    bind(
        Action::Dialog(DialogAction::Complete),
        &[key(KeyCode::Tab)],
        "Complete the path, or choose the next format",
    ),
    bind(UP, &[key(KeyCode::Up)], "Previous entry"),
    bind(DOWN, &[key(KeyCode::Down)], "Next entry"),
    bind(PAGE_UP, &[key(KeyCode::PageUp)], "Page up"),
    bind(PAGE_DOWN, &[key(KeyCode::PageDown)], "Page down"),
    bind(Action::Dialog(DialogAction::Close), &[key(KeyCode::Esc)], "Close").footer("close"),
];

static MENU: &[Binding] = &[
    bind(Action::Dialog(DialogAction::Accept), &[key(KeyCode::Enter)], "Choose the selected entry")
        .footer("choose"),
    bind(UP, &[key(KeyCode::Up)], "Previous entry"),
    bind(DOWN, &[key(KeyCode::Down)], "Next entry"),
    bind(Action::Dialog(DialogAction::Close), &[key(KeyCode::Esc)], "Close").footer("close"),
];

static LOOK: &[Binding] = &[
    bind(
        Action::Dialog(DialogAction::Accept),
        &[key(KeyCode::Enter)],
        "Open the selected place in the browser",
    )
    .footer("open"),
    bind(
        Action::Dialog(DialogAction::Copy),
        &[char('c'), ctrl('c')],
        "Copy the address of the selected place",
    )
    .footer("copy"),
    bind(interview(InterviewAction::Domain), &[char('d')], "Set the domain of what is reviewed")
        .footer("domain"),
    bind(UP, &[key(KeyCode::Up), char('k')], "Previous place"),
    bind(DOWN, &[key(KeyCode::Down), char('j')], "Next place"),
    bind(Action::Dialog(DialogAction::Close), &[key(KeyCode::Esc)], "Close").footer("close"),
];

static HELP: &[Binding] = &[
    bind(UP, &[key(KeyCode::Up), char('k')], "Scroll up"),
    bind(DOWN, &[key(KeyCode::Down), char('j')], "Scroll down"),
    bind(PAGE_UP, &[key(KeyCode::PageUp)], "Page up"),
    bind(PAGE_DOWN, &[key(KeyCode::PageDown), char(' ')], "Page down").footer("page down"),
    bind(FIRST, &[key(KeyCode::Home), char('g')], "Start"),
    bind(LAST, &[key(KeyCode::End), char('G')], "End"),
    bind(
        Action::Dialog(DialogAction::Close),
        &[key(KeyCode::Esc), char('?'), key(KeyCode::F(1)), char('q')],
        "Close",
    )
    .footer("close"),
];

static TOUR: &[Binding] = &[
    bind(
        PAGE_DOWN,
        &[key(KeyCode::Enter), key(KeyCode::Right), key(KeyCode::PageDown), char(' ')],
        "Next page; on the last page, close",
    )
    .footer("next"),
    bind(PAGE_UP, &[key(KeyCode::Left), key(KeyCode::PageUp)], "Previous page").footer("back"),
    bind(
        Action::Dialog(DialogAction::Close),
        &[key(KeyCode::Esc)],
        "Close (any other key closes it too, and then does what it always does)",
    )
    .footer("close"),
];
