//! Effects on sessions: listing, opening, creating, importing, renaming, copying, moving.

use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::formats::Options;
use crate::report::Compared;
use crate::session::{Edit, Origin, Session, Stamp, previous_of};
use crate::store::{OpenSession, Opened, StoreError};
use crate::tui::current::Current;
use crate::tui::effect::{CatalogueFor, Offer, Outcome};
use crate::workspace::{
    CatalogueEntry, Chosen, ImportQuestions, Shelf, Workspace, WorkspaceError, has_questionnaire_extension,
    is_file, now, read_questionnaire,
};

use super::paths;

/// Opens a session by id, unique prefix or path, at a question or where the reviewer left off.
pub fn open(workspace: &Workspace, name: &str, question: Option<String>) -> Result<Outcome, StoreError> {
    let Opened { session, notice } = workspace.sessions.open(name, workspace.me())?;
    Ok(opened(workspace, session, question, notice, Vec::new()))
}

fn opened(
    workspace: &Workspace,
    open: OpenSession,
    question: Option<String>,
    notice: Option<String>,
    warnings: Vec<(usize, String)>,
) -> Outcome {
    let exported = workspace.remembered().exported.remove(open.id());
    let files = open.evidence().names();
    Outcome::Opened { current: Box::new(Current { open, exported, files }), question, notice, warnings }
}

/// Compares two sessions.
pub fn compare(workspace: &Workspace, left: &str, right: &str) -> Outcome {
    let read = |id: &str| workspace.sessions.read(id).map(|(id, loaded)| (id, loaded.session));
    match (read(left), read(right)) {
        (Ok((left_id, left)), Ok((right_id, right))) => {
            let previous = previous_of(&left, &left_id, right.questionnaire());
            let compared = Compared::of(&previous, left.subject(), &right_id, &right);
            Outcome::Compared { compared: Box::new(compared) }
        }
        (Err(error), _) | (_, Err(error)) => Outcome::message(error),
    }
}

/// Compares many services. Sessions that cannot be read are named and left out.
pub fn side_by_side(workspace: &Workspace, ids: &[String], now: Timestamp, evidence_days: u32) -> Outcome {
    let found = workspace.side_by_side(ids, now);
    let left_out = found.unreadable.iter().map(|(name, error)| format!("Left out: {name}: {error}."));
    let notice = left_out.collect::<Vec<_>>().join(" ");
    let today = now.to_zoned(TimeZone::system()).date();
    Outcome::SideBySide { matrix: Box::new(found.matrix(today, evidence_days)), notice }
}

/// Creates a session of a questionnaire.
pub fn create(workspace: &Workspace, questionnaire: &str, subject: &str, now: Timestamp) -> Outcome {
    let chosen = if is_file(questionnaire) {
        read_questionnaire(questionnaire.as_ref(), &Options::default())
    } else {
        workspace.questionnaire(questionnaire).map(Chosen::own)
    };
    let session = match chosen {
        Ok(chosen) => chosen.session(subject, now, workspace.me().author.name()),
        Err(error) => return Outcome::message(error),
    };
    match workspace.sessions.create(session, workspace.me()) {
        Ok(open) => opened(workspace, open, None, None, Vec::new()),
        Err(error) => Outcome::message(error),
    }
}

/// Imports a page as a session. The page is where the report is exported to later, unless another path is
/// given.
pub fn import(workspace: &Workspace, path: &Path, questionnaire: Option<&str>, now: Timestamp) -> Outcome {
    let questions = match questionnaire {
        Some(id) => workspace.questionnaire(id).map(|found| ImportQuestions::Of(Box::new(found))),
        None => Ok(ImportQuestions::OnPage(workspace.questionnaires())),
    };
    let imported = questions.and_then(|questions| workspace.import_file(path, &questions, now));
    let imported = match imported {
        Ok(imported) => imported,
        Err(error) => return Outcome::Rejected { message: error.to_string() },
    };
    let notice = imported.summary();
    let warnings: Vec<(usize, String)> =
        imported.warnings.into_iter().map(|warning| (warning.line, warning.message)).collect();
    match workspace.sessions.create(imported.session, workspace.me()) {
        Ok(open) => {
            let (id, page) = (open.id().to_owned(), path.display().to_string());
            // A path that cannot be remembered has to be typed at the first export.
            let _ = workspace.remember(|all| drop(all.exported.insert(id, page)));
            opened(workspace, open, None, Some(notice), warnings)
        }
        Err(error) => Outcome::message(error),
    }
}

/// Renames a session, as an edit that can be undone.
pub fn rename(workspace: &Workspace, id: &str, subject: String, now: Timestamp) -> Outcome {
    let mut open = match workspace.sessions.open(id, workspace.me()) {
        Ok(Opened { session, .. }) => session,
        Err(error) => return Outcome::message(error),
    };
    let edit = Edit::Subject { before: open.session().subject().to_owned(), after: subject };
    if open.edit(edit, Origin::Do, now).is_err() {
        return Outcome::message("Not renamed: another Querist has this session open.");
    }
    if let Some(reason) = open.failure() {
        return Outcome::message(format!("Not renamed: {reason}"));
    }
    drop(open);
    listed(workspace, Shelf::Active)
}

/// Copies a session as it is now.
pub fn duplicate(workspace: &Workspace, id: &str) -> Outcome {
    let copied = workspace.sessions.read(id).and_then(|(_, mut loaded)| {
        let before = loaded.session.subject().to_owned();
        let edit = Edit::Subject { after: format!("{before} (copy)"), before };
        // An edit that starts from the current subject always fits.
        let _ = loaded.session.apply(&edit, &Stamp { by: String::new(), at: now() });
        let open = workspace.sessions.create(loaded.session, workspace.me())?;
        workspace.copy_evidence(id, &open, now())?;
        Ok(open)
    });
    match copied {
        Ok(open) => {
            drop(open);
            listed(workspace, Shelf::Active)
        }
        Err(error) => Outcome::message(error),
    }
}

/// Creates a session that continues another one.
pub fn review_again(workspace: &Workspace, id: &str, now: Timestamp) -> Outcome {
    let earlier = match workspace.earlier(id, now) {
        Ok(earlier) => earlier,
        Err(error) => return Outcome::message(error),
    };
    let questionnaire = workspace.newest(earlier.session.questionnaire());
    let subject = earlier.session.subject();
    let session = Session::continued(&earlier.session, &earlier.id, questionnaire, subject, now);
    let notice = session.comparison();
    let created = workspace.sessions.create(session, workspace.me()).and_then(|open| {
        workspace.copy_evidence(id, &open, now)?;
        Ok(open)
    });
    match created {
        Ok(open) => opened(workspace, open, None, Some(notice), Vec::new()),
        Err(error) => Outcome::message(error),
    }
}

/// Moves a session to another shelf.
pub fn move_to(workspace: &Workspace, id: &str, from: Shelf, to: Shelf) -> Outcome {
    match workspace.shelf(from).move_to(id, workspace.shelf(to), &Workspace::holder()) {
        Ok(id) => Outcome::Moved { id, from, to },
        Err(error) => Outcome::message(error),
    }
}

/// The sessions on a shelf.
pub fn listed(workspace: &Workspace, shelf: Shelf) -> Outcome {
    match workspace.shelf(shelf).list() {
        Ok(sessions) => Outcome::Listed { shelf, sessions, repository: workspace.repository_state() },
        Err(error) => Outcome::message(error),
    }
}

/// The questionnaires; for an import, the one that fits the page best comes first.
pub fn catalogue(workspace: &Workspace, purpose: CatalogueFor, folder: &Path) -> Outcome {
    let mut offers: Vec<Offer> = workspace.catalogue().into_iter().map(offer).collect();
    if let CatalogueFor::Import { path } = &purpose {
        let page = folder.join(paths::expanded(path));
        if has_questionnaire_extension(&page) {
            return understood(&page);
        }
        match workspace.best_fit(&page) {
            Ok(best) => {
                offers.push(questions_of_the_page());
                offers.sort_by_key(|offer| offer.id != best);
            }
            Err(error) => return Outcome::Rejected { message: error.to_string() },
        }
    }
    Outcome::Catalogue { purpose, offers }
}

/// How the questionnaire in a file of any format is understood.
fn understood(path: &Path) -> Outcome {
    match read_questionnaire(path, &Options::default()) {
        Ok(chosen) => Outcome::Understood {
            path: path.display().to_string(),
            report: chosen.understood(),
            title: chosen.questionnaire.title,
            label: chosen.questionnaire.subject_label,
        },
        Err(WorkspaceError::NotAQuestionnaire { source, .. }) => {
            Outcome::Rejected { message: format!("{}. {}", source.message, source.hint) }
        }
        Err(error) => Outcome::Rejected { message: error.to_string() },
    }
}

/// The choice to ask only what the page asks.
fn questions_of_the_page() -> Offer {
    Offer {
        id: None,
        title: "Only the questions on the page".to_owned(),
        description: "For a page that was made with another questionnaire.".to_owned(),
        subject_label: "Subject".to_owned(),
        problem: None,
    }
}

fn offer(entry: CatalogueEntry) -> Offer {
    match entry.questionnaire {
        Ok(questionnaire) => Offer {
            id: Some(entry.id),
            title: questionnaire.title,
            description: questionnaire.description,
            subject_label: questionnaire.subject_label,
            problem: None,
        },
        Err(error) => Offer {
            title: entry.id.clone(),
            id: Some(entry.id),
            description: String::new(),
            subject_label: String::new(),
            problem: Some(error.to_string()),
        },
    }
}
