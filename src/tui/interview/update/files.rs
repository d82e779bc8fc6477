//! Files in the list of links: attaching one, opening one, and saving the page of a link.

use crate::session::{EvidenceFile, Field, Item, Position, file_id};
use crate::text;
use crate::tui::effect::{AnswerPlace, Effect, FileEffect};
use crate::tui::interview::state::Interview;
use crate::tui::turn::{DialogRequest, Turn};

use super::edit::go;

/// Asks for the path of a file to attach.
pub fn ask_path(interview: &Interview, turn: &mut Turn<'_>) {
    if let Some(place) = place(interview, turn) {
        turn.ask(DialogRequest::Attach { place });
    }
}

/// Opens a file in the program that the platform has for it.
pub fn open(id: &str, turn: &mut Turn<'_>) {
    turn.effects.push(Effect::File(FileEffect::Open { id: id.to_owned() }));
}

/// Saves the page of the selected link with the reviewer's own program, and attaches it. A page that was
/// saved from the same address before is replaced.
pub fn save_page(interview: &Interview, turn: &mut Turn<'_>) {
    let Some(index) = interview.question() else { return };
    let session = interview.session();
    let evidence = session.evidence(index);
    let Some(link) = evidence.get(session.position().link) else {
        return turn.say("There is no link yet. Press n for a new one, or paste a URL.");
    };
    if !text::is_openable(&link.url) || link.url.to_ascii_lowercase().starts_with("mailto:") {
        return turn.say("Only the pages of http and https links can be saved.");
    }
    let is_of_page = |file: &&EvidenceFile| file.source.as_deref() == Some(&*link.url);
    let files = evidence.iter().filter_map(|known| session.evidence_file(file_id(&known.url)?));
    let replaces = files.filter(is_of_page).map(|file| file.id.clone()).next();
    if let Some(place) = place(interview, turn) {
        let (url, label) = (link.url.to_string(), link.label.to_string());
        turn.effects.push(Effect::File(FileEffect::SavePage { place, url, label, replaces }));
    }
}

/// Shows a file that was attached: selects the last link of its answer.
pub fn attached(interview: &mut Interview, question: &str, turn: &mut Turn<'_>) {
    interview.rebuild();
    let item = Item::Question(question.to_owned());
    if *interview.item() == item && interview.field() == Field::Links {
        let count = interview.session().answer_to(question).map_or(0, |answer| answer.links.len());
        go(interview, Position { item, field: Field::Links, cursor: 0, link: count.saturating_sub(1) }, turn);
    }
}

/// The answer that a file is attached to, or a message if the session cannot be changed.
fn place(interview: &Interview, turn: &mut Turn<'_>) -> Option<AnswerPlace> {
    if let Some(why) = interview.current.read_only() {
        turn.say(format!("Read-only: {why}."));
        return None;
    }
    let (_, question) = interview.question_id()?;
    Some(AnswerPlace { session: interview.current.open.id().to_owned(), question })
}
