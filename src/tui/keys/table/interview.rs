//! The keys of the interview: its fields, its outline, its evidence.

use crossterm::event::KeyCode;

use super::binding::{Binding, DOWN, FIND, FIRST, LAST, SHOW_HELP, UP, app, bind, interview, text};
use crate::tui::keys::action::{
    Action, AppAction, InterviewAction, LinkAction, OutlineAction, Select, TextAction,
};
use crate::tui::keys::key::{ALT, CTRL, CTRL_SHIFT, SHIFT, alt, char, ctrl, key, with};

pub static INTERVIEW: &[Binding] = &[
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
    bind(
        interview(InterviewAction::MatchEarlier),
        &[alt('m')],
        "Match with an earlier question that is no longer asked",
    )
    .keywords("previous gone renamed possible match"),
    bind(interview(InterviewAction::CompareBefore), &[alt('c')], "Compare with the earlier session")
        .keywords("diff difference before previous"),
    bind(interview(InterviewAction::TwoAnswers), &[alt('2')], "Two answers: show the other one and choose")
        .keywords("conflict merge"),
    bind(interview(InterviewAction::Approve), &[alt('g')], "Approve the answer as it is, and go on")
        .keywords("second pair of eyes sign off accept good"),
    bind(interview(InterviewAction::SendBack), &[alt('r')], "Send the answer back, with a comment")
        .keywords("reject return reviewer"),
    bind(app(AppAction::Search), &[alt('s')], "Search every answer of every session")
        .keywords("find words all sessions"),
    bind(
        interview(InterviewAction::Similar),
        &[alt('i')],
        "Similar: use the words of an earlier answer again",
    )
    .keywords("reuse library past answers"),
    bind(
        interview(InterviewAction::Skeleton),
        &[alt('k')],
        "Insert the model of the answer or detail; then go to the next … to fill in",
    )
    .keywords("skeleton template sample wording blank"),
    bind(interview(InterviewAction::Look), &[alt('l')], "Where to look for the answer")
        .keywords("search web browser domain trust centre"),
    bind(app(AppAction::ToOverview), &[alt('o')], "Overview: progress, answers, findings, evidence"),
    bind(app(AppAction::ToPreview), &[alt('p')], "Preview of the page; export it from there")
        .keywords("publish markdown json wiki report"),
    bind(app(AppAction::ToHome), &[alt('h')], "Home: the list of sessions"),
    bind(interview(InterviewAction::ToOutline), &[key(KeyCode::Esc)], "Go to the outline"),
];

pub static ANSWER: &[Binding] = &[
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
    bind(interview(InterviewAction::Comment), &[char(';')], "Comment on the answer, for other reviewers")
        .keywords("note remark discuss"),
    bind(
        interview(InterviewAction::CarryOver),
        &[char('<')],
        "Take over the reply, or the answer of the earlier session",
    )
    .keywords("carry over previous last year"),
    bind(UP, &[key(KeyCode::Up)], "Scroll up through choices that do not fit"),
    bind(DOWN, &[key(KeyCode::Down)], "Scroll down through choices that do not fit"),
    FIND,
    SHOW_HELP,
    bind(interview(InterviewAction::Look), &[char('@')], "Where to look for the answer").footer("look"),
];

pub static VALUE: &[Binding] = &[
    bind(interview(InterviewAction::ToDetail), &[key(KeyCode::Enter)], "Go to the detail").footer("detail"),
    bind(text(TextAction::RowUp(Select::No)), &[key(KeyCode::Up)], "Up"),
    bind(text(TextAction::RowDown(Select::No)), &[key(KeyCode::Down)], "Down"),
];

pub static LONG_TEXT: &[Binding] = &[
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

pub static PART: &[Binding] = &[
    bind(
        interview(InterviewAction::FinishPart),
        &[key(KeyCode::Enter)],
        "Finish; from the qualifier, go to the detail",
    )
    .footer("finish"),
    bind(interview(InterviewAction::LeavePart), &[key(KeyCode::Esc)], "Finish and return to the answer"),
];

pub static LINK_PART: &[Binding] = &[
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

pub static TEXT: &[Binding] = &[
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

pub static LINKS: &[Binding] = &[
    bind(
        Action::Links(LinkAction::Open),
        &[key(KeyCode::Enter)],
        "Open the link in the browser, or the file",
    )
    .footer("open"),
    bind(Action::Links(LinkAction::New), &[char('n'), char('a')], "New link (or paste one or several URLs)")
        .footer("new"),
    bind(Action::Links(LinkAction::Attach), &[char('+')], "Attach a file").footer("file"),
    bind(
        Action::Links(LinkAction::SavePage),
        &[char('S')],
        "Save the page of the link with your own program, and attach it",
    )
    .keywords("snapshot archive monolith"),
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
    bind(
        Action::Links(LinkAction::ToggleInternal),
        &[char('I')],
        "Internal: keep the link to yourself, or publish it again",
    )
    .keywords("private hide"),
    bind(Action::Links(LinkAction::Delete), &[char('d'), key(KeyCode::Delete)], "Delete the link")
        .footer("delete"),
    bind(UP, &[key(KeyCode::Up), char('k')], "Previous link"),
    bind(DOWN, &[key(KeyCode::Down), char('j')], "Next link"),
    bind(Action::Links(LinkAction::MoveUp), &[with(SHIFT, KeyCode::Up)], "Move the link up"),
    bind(Action::Links(LinkAction::MoveDown), &[with(SHIFT, KeyCode::Down)], "Move the link down"),
    FIND,
    SHOW_HELP,
];

pub static OUTLINE: &[Binding] = &[
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
        Action::Outline(OutlineAction::AddInstance),
        &[char('A')],
        "Answer the section for another environment, component or the like",
    )
    .keywords("repeat again instance copy"),
    bind(
        Action::Outline(OutlineAction::Rename),
        &[char('r')],
        "Rename the section or instance, or reword an added question",
    ),
    bind(
        Action::Outline(OutlineAction::Remove),
        &[char('d'), key(KeyCode::Delete)],
        "Remove the section or instance, or an added question",
    ),
    bind(Action::Outline(OutlineAction::MoveUp), &[with(SHIFT, KeyCode::Up)], "Move the section up"),
    bind(Action::Outline(OutlineAction::MoveDown), &[with(SHIFT, KeyCode::Down)], "Move the section down"),
    bind(interview(InterviewAction::TwoAnswers), &[char('=')], "Two answers: show the other one and choose")
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

pub static FILTER: &[Binding] = &[
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
