//! Searching every session: what is asked of the library, and what it has found.

use crate::text;
use crate::workspace::{Found, PastAnswer, Query};

use super::state::{Dialog, Entry, InputDialog, Purpose, Target};

/// How much of a detail an entry shows.
const EXCERPT: usize = 200;

/// What the library has to be asked now; `None` if it was asked already.
pub fn to_search(dialog: &mut Dialog) -> Option<Query> {
    let Dialog::Input(input) = dialog else { return None };
    let query = match &input.purpose {
        Purpose::Search if input.input.trim().is_empty() => {
            input.entries.clear();
            return None;
        }
        Purpose::Search => Query::Words(input.input.clone()),
        Purpose::Similar { query } => query.clone(),
        Purpose::Palette
        | Purpose::Find
        | Purpose::Name(_)
        | Purpose::QuestionKind { .. }
        | Purpose::TwoAnswers
        | Purpose::Replace
        | Purpose::Gone
        | Purpose::Look
        | Purpose::Differences { .. }
        | Purpose::GoToNumber { .. }
        | Purpose::Basis
        | Purpose::LinkWords
        | Purpose::FindSession
        | Purpose::ChooseQuestionnaire
        | Purpose::ImportWith { .. }
        | Purpose::NameSubject { .. }
        | Purpose::Rename { .. }
        | Purpose::Import
        | Purpose::Export { .. }
        | Purpose::Attach { .. }
        | Purpose::Write
        | Purpose::SaveElsewhere => return None,
    };
    let is_new = input.searched.as_ref() != Some(&query);
    if is_new {
        input.searched = Some(query.clone());
        if input.entries.is_empty() {
            "Searching all sessions ...".clone_into(&mut input.message);
        }
    }
    is_new.then_some(query)
}

/// Shows what was found, if it is still what is searched for.
pub fn found(dialog: &mut Dialog, found: &Found) {
    let Dialog::Input(input) = dialog else { return };
    if input.searched.as_ref() != Some(&found.query) {
        return;
    }
    match &found.answers {
        Ok(answers) => show(input, answers),
        Err(error) => error.clone_into(&mut input.message),
    }
}

fn show(input: &mut InputDialog, answers: &[PastAnswer]) {
    let is_reuse = matches!(input.purpose, Purpose::Similar { .. });
    let words = if is_reuse { "" } else { input.input.trim() };
    let entries = answers.iter().map(|answer| {
        let label = format!("{} · {}", answer.subject, answer.title);
        let more = if is_reuse {
            let links = answer.links.iter().map(|link| format!(" · {}", link.shown_label()));
            format!("{} · {}{}", answer.day, answer.detail.trim(), links.collect::<String>())
        } else {
            text::excerpt(&answer.detail, words, EXCERPT)
        };
        let parts = [answer.said(), &more];
        let detail = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        Entry {
            label: text::one_line(&label),
            detail: text::one_line(&detail),
            keywords: String::new(),
            target: if is_reuse {
                Target::Reuse { answer: Box::new(answer.clone()) }
            } else {
                Target::Answer { id: answer.session.clone(), question: answer.question.clone() }
            },
        }
    });
    input.all = entries.collect();
    input.entries.clone_from(&input.all);
    input.selected = 0;
    input.message = match (input.entries.is_empty(), is_reuse) {
        (true, true) => "No other session has words or links for a question like this one.".to_owned(),
        (true, false) => "Nothing was found in any session.".to_owned(),
        (false, _) => String::new(),
    };
}
