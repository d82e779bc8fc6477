//! How each dialog starts.

use std::path::{Path, PathBuf};

use crate::questionnaire::{Kind, Look};
use crate::report::{Difference, Format, Keep};
use crate::session::{Basis, Session, possible_match};
use crate::store::Summary;
use crate::text;
use crate::tui::effect::{CatalogueFor, Offer};
use crate::tui::keys::{Action, Context, HomeAction, InterviewAction, bindings};
use crate::tui::turn::{DialogRequest, Naming, Settle};

use super::state::{Dialog, Entry, InputDialog, Purpose, Target, TextDialog};
use super::update::find_entries;

/// How much of the report about a file is shown, in columns.
const SHOWN_REPORT: usize = 700;

/// How many differences between a session and a page are shown; the command line shows all.
const SHOWN_DIFFERENCES: usize = 4;

/// What dialogs are made from.
pub struct Sources<'a> {
    /// The open session, if there is one.
    pub session: Option<&'a Session>,
    /// The path to export to by default.
    pub export_path: String,
    /// The format to export in.
    pub format: Format,
    /// The sessions on the home screen.
    pub sessions: &'a [Summary],
}

/// A dialog that a screen requested.
pub fn open(request: DialogRequest, sources: &Sources<'_>) -> Dialog {
    let input = match request {
        DialogRequest::Tour => return Dialog::Tour { page: 0 },
        DialogRequest::Find => {
            let entries = sources.session.map(|session| find_entries(session, "")).unwrap_or_default();
            let explanation = "Words in questions, answers, details, evidence, notes, or the page.";
            InputDialog::new(Purpose::Find, "Find", explanation).with_entries(entries)
        }
        DialogRequest::GoToNumber => go_to_number(sources.session),
        DialogRequest::Basis => basis(),
        DialogRequest::LinkWords => {
            InputDialog::new(Purpose::LinkWords, "Link", "The words of the link. Its URL comes next.")
        }
        DialogRequest::Name { naming, text } => name(naming, &text, sources.session),
        DialogRequest::QuestionKind { text, sets } => question_kind(text, &sets),
        DialogRequest::TwoAnswers { others } => two_answers(&others),
        DialogRequest::Replace => replace(),
        DialogRequest::Gone => gone(sources.session),
        DialogRequest::Look => look(sources.session),
        DialogRequest::Search => {
            let explanation = "Words in questions, answers, details or evidence of any session.";
            InputDialog::new(Purpose::Search, "Search all sessions", explanation)
        }
        DialogRequest::Similar { query } => {
            let explanation =
                "Earlier answers to questions like this one. Enter adds words and links; you choose.";
            InputDialog::new(Purpose::Similar { query }, "Similar", explanation)
        }
        DialogRequest::FindSession => find_session(sources.sessions),
        DialogRequest::Rename { id, subject } => {
            let explanation = "Name of the service (used in the page title). The id stays the same.";
            InputDialog::new(Purpose::Rename { id }, "Rename", explanation).with_input(&subject)
        }
        DialogRequest::NameSubject { questionnaire, title, label } => {
            name_subject(questionnaire, &title, &name_of(&label))
        }
        DialogRequest::Import => {
            let explanation =
                "Path of a wiki page, or of a questionnaire: .xlsx, .csv, .yaml, .json. Tab completes it.";
            InputDialog::new(Purpose::Import, "Import", explanation)
        }
        DialogRequest::Attach { place } => {
            let explanation = "Path of a file that serves as evidence, of at most 25 MB. Tab completes it.";
            InputDialog::new(Purpose::Attach { place }, "Attach a file", explanation)
        }
        DialogRequest::Write { path } => {
            let explanation = "Path of the file; the extension says the format. Tab completes the path.";
            InputDialog::new(Purpose::Write, "Write", explanation).with_input(&path)
        }
        DialogRequest::Export => {
            let explanation = export_path(sources.format);
            let purpose = Purpose::Export { format: sources.format };
            InputDialog::new(purpose, "Export", explanation).with_input(&sources.export_path)
        }
    };
    Dialog::Input(Box::new(input))
}

/// What the path to export to is the path of.
fn export_path(format: Format) -> &'static str {
    match format {
        Format::Markdown => {
            "Path of the page. In an existing page, only what the session owns changes. \
             Tab completes the path."
        }
        Format::Json | Format::Oscal => "Path of the JSON file. Tab completes the path.",
        Format::Html => "Path of the web page. Tab completes the path.",
        Format::Csv => "Path of the CSV file. Tab completes the path.",
    }
}

/// Shows how a file was understood, and asks for the subject of a session of it.
pub fn understood(path: &str, title: &str, label: &str, report: &[String]) -> Dialog {
    let shown = text::truncate(&text::one_line(&report.join(" · ")), SHOWN_REPORT).to_string();
    let explanation = format!("{shown}. {}", name_of(label));
    Dialog::Input(Box::new(name_subject(path.to_owned(), title, &explanation)))
}

/// Asks for the subject of a session. The title names the questionnaire, so that a wrong choice is noticed.
fn name_subject(questionnaire: String, title: &str, explanation: &str) -> InputDialog {
    let title = format!("New session: {}", text::one_line(title));
    InputDialog::new(Purpose::NameSubject { questionnaire }, title, explanation)
}

/// What to type for a subject that the questionnaire calls `label`.
fn name_of(label: &str) -> String {
    format!("Name of the {} (used in the page title)", text::within_sentence(label))
}

/// The keys of these contexts first, then all others.
pub fn help(contexts: &[Context]) -> Dialog {
    let others = Context::ALL.into_iter().filter(|context| !contexts.contains(context));
    let mut paragraphs = Vec::new();
    for context in contexts.iter().copied().chain(others) {
        if !paragraphs.is_empty() {
            paragraphs.push((String::new(), " ".to_owned()));
        }
        paragraphs.push((context.title().to_owned(), String::new()));
        if context == Context::Answer {
            let choose = "Choose (pressing it again keeps the choice)";
            paragraphs.push(("letter or digit".to_owned(), choose.to_owned()));
        }
        let rows = bindings(context).iter();
        paragraphs.extend(rows.map(|binding| (binding.shown_keys(), binding.help.to_owned())));
    }
    Dialog::Text(TextDialog::new("Help", paragraphs))
}

/// The warnings of an import, to read.
pub fn warnings(warnings: Vec<(usize, String)>) -> Dialog {
    let count = warnings.len();
    let rows = if count == 1 { "row needs" } else { "rows need" };
    let paragraphs = warnings.into_iter().map(|(line, text)| (format!("line {line}"), text)).collect();
    Dialog::Text(TextDialog::new(format!("Imported; {count} {rows} checking"), paragraphs))
}

/// The questionnaires to choose from.
pub fn choose_questionnaire(purpose: &CatalogueFor, offers: &[Offer]) -> Dialog {
    let entries = offers.iter().map(|offer| Entry {
        label: offer.title.clone(),
        detail: offer.problem.clone().unwrap_or_else(|| offer.description.clone()),
        keywords: offer.id.clone().unwrap_or_default(),
        target: Target::Questionnaire {
            id: offer.id.clone(),
            title: offer.title.clone(),
            subject_label: offer.subject_label.clone(),
            problem: offer.problem.clone(),
        },
    });
    let import = Entry {
        label: "From a file".to_owned(),
        detail: "A spreadsheet, or a questionnaire of another tool: .xlsx, .csv, .yaml, .json.".to_owned(),
        keywords: "import excel csv vsaq caiq hecvat asvs oscal".to_owned(),
        target: Target::Action(Action::Home(HomeAction::Import)),
    };
    let is_new = matches!(purpose, CatalogueFor::NewSession);
    let entries = entries.chain(is_new.then_some(import));
    let (purpose, title, explanation) = match purpose {
        CatalogueFor::Import { path } => (
            Purpose::ImportWith { path: path.clone() },
            "Import a page",
            "The questionnaire that the page answers; the best fit comes first (Up/Down)",
        ),
        CatalogueFor::NewSession | CatalogueFor::EmptyHome => {
            (Purpose::ChooseQuestionnaire, "New session", "Choose a questionnaire (Up/Down)")
        }
    };
    let dialog = InputDialog::new(purpose, title, explanation).with_entries(entries.collect());
    Dialog::Input(Box::new(dialog))
}

/// Offers another place for a session that cannot be saved.
pub fn save_elsewhere(reason: &str, id: &str) -> Dialog {
    let explanation =
        format!("Not saved: {reason}. Save a copy elsewhere? Ctrl-Q quits without saving; Esc goes back.");
    let path = Path::new("~").join(format!("{id}.json"));
    let dialog = InputDialog::new(Purpose::SaveElsewhere, "Save elsewhere", explanation);
    Dialog::Input(Box::new(dialog.with_input(&path.to_string_lossy())))
}

fn go_to_number(session: Option<&Session>) -> InputDialog {
    let count = session.map_or(0, Session::len);
    let explanation = format!("Number of a question, from 1 to {count}");
    InputDialog::new(Purpose::GoToNumber { count }, "Go to question", explanation)
}

/// Shows what the session and a page both changed, and asks whose version is written.
pub fn differences(path: PathBuf, differences: &[Difference]) -> Dialog {
    let part = |text: &str| text::truncate(&text::one_line(text), 60).to_string();
    let shown: Vec<String> = differences
        .iter()
        .take(SHOWN_DIFFERENCES)
        .map(|d| format!("{}: you \"{}\", page \"{}\"", d.what, part(&d.ours), part(&d.theirs)))
        .collect();
    let more = differences.len().saturating_sub(SHOWN_DIFFERENCES);
    let more = if more > 0 { format!(". And {more} more") } else { String::new() };
    let explanation = format!("You and the page both changed this. {}{more}.", shown.join(". "));
    let entry = |label: &str, keep| menu_entry(label, Target::Keep(keep));
    let entries = vec![
        entry("mine: write my versions; a copy of the page is kept", Keep::Ours),
        entry("page: keep the page's versions, and take them over here", Keep::Theirs),
    ];
    let dialog = InputDialog::new(Purpose::Differences { path }, "The page was changed too", explanation);
    Dialog::Input(Box::new(dialog.with_entries(entries)))
}

fn name(naming: Naming, text: &str, session: Option<&Session>) -> InputDialog {
    let repeated = repeated(session);
    let (title, explanation) = match naming {
        Naming::NewQuestion => {
            ("Add a question", "The question, for this session only. How it is answered comes next.")
        }
        Naming::Question => ("Reword the question", "The question as the page shows it."),
        Naming::NewSection => ("Add a section", "The heading of the new section of the page."),
        Naming::Section => ("Rename the section", "The heading of the section."),
        Naming::NewInstance => (
            repeated.as_str(),
            "What this section is answered for next. The first name belongs to the answers so far.",
        ),
        Naming::Instance => (repeated.as_str(), "The name with which its rows on the page begin."),
        Naming::Domain => ("Domain", "The domain of what is reviewed, for example example.com."),
        Naming::Comment => ("Comment", "A comment on the answer, for other reviewers; never published."),
        Naming::SendBack => ("Send back", "What has to be changed about the answer; never published."),
        Naming::Expiry => ("Expiry", "The day on which it expires, for example 2027-03-31; - for none."),
    };
    InputDialog::new(Purpose::Name(naming), title, explanation).with_input(text)
}

/// What the section of the current question can be answered for several times.
fn repeated(session: Option<&Session>) -> String {
    let found = session.and_then(|s| s.repeats(s.section_of(s.current_question()?)));
    text::one_line(found.unwrap_or("Section"))
}

fn question_kind(text: String, sets: &[String]) -> InputDialog {
    let entry = |label: String, kind, answer_set: Option<&String>| {
        menu_entry(label, Target::Kind { kind, answer_set: answer_set.cloned() })
    };
    let mut entries: Vec<Entry> =
        sets.iter().map(|set| entry(format!("choice: {set}"), Kind::Choice, Some(set))).collect();
    entries.extend(sets.iter().map(|set| entry(format!("several: {set}"), Kind::MultiChoice, Some(set))));
    let others = [("text", Kind::Text), ("number", Kind::Number), ("date", Kind::Date)];
    entries.extend(others.into_iter().map(|(label, kind)| entry(label.to_owned(), kind, None)));
    let explanation = "How is it answered? Press the first letter, or Enter.";
    InputDialog::new(Purpose::QuestionKind { text }, "Add a question", explanation).with_entries(entries)
}

fn two_answers(others: &[String]) -> InputDialog {
    let entry = |label: &str, settle| menu_entry(label, Target::Settle(settle));
    let entries = vec![
        entry("ours: keep what is here", Settle::Ours),
        entry("theirs: use the other answer", Settle::Theirs),
        entry("both texts, one after the other", Settle::Both),
        entry("edit: both texts, to be edited now", Settle::Edit),
    ];
    let shown = others.iter().map(|other| text::truncate(other, SHOWN_REPORT));
    let explanation = shown.collect::<Vec<_>>().join("\n");
    InputDialog::new(Purpose::TwoAnswers, "Two answers", explanation).with_entries(entries)
}

fn replace() -> InputDialog {
    let action = Action::Interview(InterviewAction::Replace);
    let entries = vec![menu_entry("yes: replace what is here", Target::Action(action))];
    let explanation = "There is something here already. Replace it by what the earlier session says?";
    InputDialog::new(Purpose::Replace, "Replace?", explanation).with_entries(entries)
}

/// The earlier questions that are no longer asked, with their answers; the likely one first.
fn gone(session: Option<&Session>) -> InputDialog {
    let current = session.and_then(|session| Some((session, session.current_question()?)));
    let mut entries = Vec::new();
    if let Some((session, index)) = current
        && let Some(previous) = session.previous()
    {
        for before in previous.gone() {
            let likely = possible_match(previous, before, session.questionnaire());
            let is_likely = likely.is_some_and(|id| *id == session.question(index).id);
            let entry = Entry {
                label: text::one_line(&before.was.title),
                detail: text::one_line(&format!("{} · {}", before.was.text, before.summary())),
                keywords: before.was.id.clone(),
                target: Target::Gone { was: before.was.id.clone() },
            };
            entries.insert(if is_likely { 0 } else { entries.len() }, entry);
        }
    }
    let explanation =
        "Earlier questions that are no longer asked. Enter shows its answer beside this question.";
    InputDialog::new(Purpose::Gone, "Match", explanation).with_entries(entries)
}

/// Where the answer to the current question can be found. A place that needs the domain asks for it first.
fn look(session: Option<&Session>) -> InputDialog {
    let places = session.and_then(|session| Some((session, session.current_question()?)));
    let needs_domain =
        places.is_some_and(|(session, index)| session.question(index).look.iter().any(Look::needs_domain));
    let domain = match session.map(Session::domain) {
        Some(domain) if !domain.is_empty() => format!("Domain: {domain}. "),
        Some(_) | None if needs_domain => "The domain is not known yet. ".to_owned(),
        Some(_) | None => String::new(),
    };
    let explanation = format!("{domain}Press a digit, or Enter.");
    let entries = places.map(|(session, index)| {
        let looks = session.question(index).look.iter().enumerate();
        let entries = looks.map(|(n, look)| {
            let url = look.address(session.subject(), session.domain());
            let is_ready = !session.domain().is_empty() || !look.needs_domain();
            let domain = Action::Interview(InterviewAction::Domain);
            Entry {
                label: format!("{} {}", n + 1, look.label),
                detail: if is_ready { url.clone() } else { "needs the domain".to_owned() },
                keywords: String::new(),
                target: if is_ready { Target::Address { url } } else { Target::Action(domain) },
            }
        });
        entries.collect()
    });
    InputDialog::new(Purpose::Look, "Where to look", explanation).with_entries(entries.unwrap_or_default())
}

/// An entry of a menu.
fn menu_entry(label: impl Into<String>, target: Target) -> Entry {
    Entry { label: label.into(), detail: String::new(), keywords: String::new(), target }
}

fn basis() -> InputDialog {
    let entry = |label: &str, basis| menu_entry(label, Target::Basis(basis));
    let mut entries: Vec<Entry> = Basis::ALL.iter().map(|basis| entry(basis.label(), Some(*basis))).collect();
    entries.push(entry("none", None));
    let explanation = "How is the answer known? Press the first letter, or Enter.";
    InputDialog::new(Purpose::Basis, "Basis", explanation).with_entries(entries)
}

fn find_session(sessions: &[Summary]) -> InputDialog {
    let entries = sessions.iter().map(|summary| Entry {
        label: format!("{} · {}", summary.subject, summary.questionnaire),
        detail: format!("{} of {} done", summary.progress.done, summary.progress.asked),
        keywords: summary.id.clone(),
        target: Target::Session { id: summary.id.clone() },
    });
    InputDialog::new(Purpose::FindSession, "Find a session", "Type a few letters of its name.")
        .with_entries(entries.collect())
}
