//! The keys of every screen, and of the other screens.

use crossterm::event::KeyCode;

use super::binding::{
    Binding, DOWN, FIRST, LAST, PAGE_DOWN, PAGE_UP, SHOW_HELP, UP, app, bind, compare, matrix,
};
use crate::tui::keys::action::{
    Action, AppAction, CompareAction, HomeAction, MatrixAction, OverviewAction, PreviewAction,
};
use crate::tui::keys::key::{alt, char, ctrl, key};

pub static EVERYWHERE: &[Binding] = &[
    bind(app(AppAction::Help), &[key(KeyCode::F(1))], "Help for this context"),
    bind(app(AppAction::Palette), &[ctrl('p')], "Palette: every action by name"),
    bind(app(AppAction::Settings), &[key(KeyCode::F(2))], "Settings: where they are and how to change them")
        .keywords("theme colours colors mouse ascii config"),
    bind(app(AppAction::Undo), &[ctrl('z')], "Undo, across questions and restarts"),
    bind(app(AppAction::Redo), &[ctrl('y')], "Redo"),
    bind(app(AppAction::Save), &[ctrl('s')], "Write a snapshot now (every key is saved anyway)"),
    bind(app(AppAction::Quit), &[ctrl('q')], "Quit; nothing is lost").keywords("exit leave close"),
];

pub static HOME: &[Binding] = &[
    bind(Action::Home(HomeAction::Open), &[key(KeyCode::Enter)], "Open the selected entry").footer("open"),
    bind(Action::Home(HomeAction::New), &[char('n')], "New session").footer("new"),
    bind(Action::Home(HomeAction::Import), &[char('i')], "Import a published page").footer("import"),
    bind(Action::Home(HomeAction::FindSession), &[char('/'), ctrl('f')], "Find a session by name")
        .footer("find"),
    bind(app(AppAction::Search), &[char('F'), alt('s')], "Search every answer of every session")
        .keywords("find words all sessions"),
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
    bind(Action::Home(HomeAction::Mark), &[char('m')], "Mark the session for comparison, or not"),
    bind(
        Action::Home(HomeAction::Compare),
        &[char('D')],
        "Compare the marked sessions; without marks, the newest of each subject",
    )
    .keywords("diff difference services matrix side by side"),
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

pub static OVERVIEW: &[Binding] = &[
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

pub static PREVIEW: &[Binding] = &[
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

pub static COMPARE: &[Binding] = &[
    bind(UP, &[key(KeyCode::Up), char('k'), char('N')], "Previous change"),
    bind(DOWN, &[key(KeyCode::Down), char('j'), char('n')], "Next change").footer("next change"),
    bind(FIRST, &[key(KeyCode::Home), char('g')], "First change"),
    bind(LAST, &[key(KeyCode::End), char('G')], "Last change"),
    bind(compare(CompareAction::ToQuestion), &[key(KeyCode::Enter)], "Go to the question")
        .footer("go to the question"),
    bind(compare(CompareAction::ToggleSplit), &[key(KeyCode::Tab)], "Both texts in one, or side by side")
        .footer("side by side"),
    bind(compare(CompareAction::ToggleAll), &[char('s')], "Show or hide what is unchanged")
        .footer("unchanged"),
    bind(
        compare(CompareAction::ScrollDown),
        &[key(KeyCode::PageDown), char(' ')],
        "Scroll what the selected change says",
    ),
    bind(compare(CompareAction::ScrollUp), &[key(KeyCode::PageUp)], "Scroll it back"),
    bind(compare(CompareAction::Write), &[char('e')], "Write the comparison to a file").footer("write"),
    bind(compare(CompareAction::Back), &[key(KeyCode::Esc), alt('c')], "Back").footer("back"),
    SHOW_HELP,
];

pub static MATRIX: &[Binding] = &[
    bind(matrix(MatrixAction::ToAnswer), &[key(KeyCode::Enter)], "Go to the answer")
        .footer("go to the answer"),
    bind(UP, &[key(KeyCode::Up), char('k')], "Previous question"),
    bind(DOWN, &[key(KeyCode::Down), char('j')], "Next question"),
    bind(matrix(MatrixAction::Left), &[key(KeyCode::Left), char('h')], "Service to the left"),
    bind(matrix(MatrixAction::Right), &[key(KeyCode::Right), char('l')], "Service to the right"),
    bind(PAGE_UP, &[key(KeyCode::PageUp)], "Page up"),
    bind(PAGE_DOWN, &[key(KeyCode::PageDown), char(' ')], "Page down"),
    bind(FIRST, &[key(KeyCode::Home), char('g')], "First question"),
    bind(LAST, &[key(KeyCode::End), char('G')], "Last question"),
    bind(matrix(MatrixAction::ToggleDiffering), &[char('f')], "Only questions that are answered differently")
        .footer("differences"),
    bind(matrix(MatrixAction::Diff), &[char('d')], "Compare this service with the one to the left, in full")
        .footer("diff"),
    bind(
        matrix(MatrixAction::Write),
        &[char('c'), char('e')],
        "Write the comparison: CSV, HTML, markdown or JSON",
    )
    .footer("write"),
    bind(matrix(MatrixAction::Back), &[key(KeyCode::Esc)], "Back").footer("back"),
    SHOW_HELP,
];
