//! The library: what is read, searched and found again.

use std::collections::HashMap;

use crate::text::normalized;
use crate::workspace::error::WorkspaceError;
use crate::workspace::place::Workspace;

use super::answer::PastAnswer;
use super::ranking::Ranking;

/// The most answers that a search returns.
const MOST: usize = 50;
/// Words of a question that are shorter than this say nothing about what it asks.
const SHORT: usize = 4;

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// Answers that contain these words; the last one may be the beginning of a word.
    Words(String),
    /// Answers to questions like this one, in other sessions.
    Similar {
        /// The id of the session that asks.
        session: String,
        /// The id of the question.
        question: String,
        /// Its text.
        text: String,
    },
}

/// All answers of all sessions.
#[derive(Default)]
pub struct Library {
    /// By everything that is in an answer.
    by_answer: Ranking,
    /// By what is asked.
    by_question: Ranking,
    answers: HashMap<u32, PastAnswer>,
    /// For each session, what its files looked like when they were read, and its answers.
    sessions: HashMap<String, (String, Vec<u32>)>,
    next: u32,
}

impl Library {
    /// Reads the sessions that are new or have changed, and forgets those that are gone. Sessions that cannot
    /// be read have no answers. `progress` is called with the number of sessions before each one.
    ///
    /// # Errors
    /// If the folder of the sessions cannot be read.
    pub fn refresh(
        &mut self,
        workspace: &Workspace,
        mut progress: impl FnMut(usize),
    ) -> Result<(), WorkspaceError> {
        let ids = workspace.sessions.ids()?;
        let gone: Vec<String> = self.sessions.keys().filter(|id| !ids.contains(id)).cloned().collect();
        gone.iter().for_each(|id| self.forget(id));
        for id in &ids {
            progress(ids.len());
            let state = workspace.sessions.state_of(id);
            if self.sessions.get(id).is_some_and(|(known, _)| *known == state) {
                continue;
            }
            self.forget(id);
            let read = workspace.sessions.read(id).map(|(id, loaded)| PastAnswer::all(&id, &loaded.session));
            let rows = read.unwrap_or_default().into_iter().map(|answer| self.add(answer)).collect();
            self.sessions.insert(id.clone(), (state, rows));
        }
        Ok(())
    }

    fn forget(&mut self, session: &str) {
        let Some((_, rows)) = self.sessions.remove(session) else { return };
        for row in rows {
            if let Some(answer) = self.answers.remove(&row) {
                self.by_answer.remove(row, &answer_parts(&answer, &answer.evidence()));
                self.by_question.remove(row, &question_parts(&answer));
            }
        }
    }

    fn add(&mut self, answer: PastAnswer) -> u32 {
        let row = self.next;
        self.next += 1;
        self.by_answer.add(row, &answer_parts(&answer, &answer.evidence()));
        self.by_question.add(row, &question_parts(&answer));
        self.answers.insert(row, answer);
        row
    }

    /// The answers that a query finds, the best first.
    pub fn search(&self, query: &Query) -> Vec<&PastAnswer> {
        match query {
            Query::Words(words) => {
                let rows = self.by_answer.find(words, MOST);
                rows.iter().filter_map(|row| self.answers.get(row)).collect()
            }
            Query::Similar { session, question, text } => self.similar(session, question, text),
        }
    }

    /// Reusable answers of other sessions: to the same question first, by id or text, the newest first; then
    /// to questions with the same words.
    fn similar(&self, session: &str, question: &str, text: &str) -> Vec<&PastAnswer> {
        let is_usable = |answer: &&PastAnswer| answer.session != session && answer.is_reusable();
        let wanted = normalized(text);
        let is_same = |answer: &PastAnswer| answer.question == question || normalized(&answer.text) == wanted;
        let mut same: Vec<&PastAnswer> =
            self.answers.values().filter(is_usable).filter(|answer| is_same(answer)).collect();
        same.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.session.cmp(&b.session)));
        if same.len() < MOST {
            let long =
                text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= SHORT);
            let rows = self.by_question.find_any(&(long.collect::<Vec<_>>().join(" ") + " "));
            let ranked = rows.iter().filter_map(|row| self.answers.get(row)).filter(is_usable);
            same.extend(ranked.filter(|answer| !is_same(answer)).take(MOST - same.len()));
        }
        same.truncate(MOST);
        same
    }
}

/// The parts of an answer, with what a word in each of them weighs.
fn answer_parts<'a>(answer: &'a PastAnswer, evidence: &'a str) -> [(&'a str, f32); 5] {
    let PastAnswer { title, text, label, detail, .. } = answer;
    [(title, 8.0), (text, 4.0), (label, 2.0), (detail, 1.0), (evidence, 0.5)]
}

fn question_parts(answer: &PastAnswer) -> [(&str, f32); 2] {
    [(&answer.title, 2.0), (&answer.text, 1.0)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, load};
    use crate::session::{Answer, Edit, Link, Session, Stamp};

    fn workspace(sessions: &[(&str, &[(&str, &str)])]) -> (tempfile::TempDir, Workspace) {
        let dir = tempfile::tempdir().unwrap();
        let workspace = Workspace::new(dir.path().join("data"), dir.path().to_owned());
        for (n, (subject, details)) in sessions.iter().enumerate() {
            let created = jiff::Timestamp::from_second(86_400 * n as i64).unwrap();
            let mut session = Session::new(load(BUILT_IN[0].1).unwrap(), *subject, created);
            for (question, detail) in *details {
                let link = Link { url: format!("https://{subject}.example"), ..Link::default() };
                let after = Answer { detail: (*detail).into(), links: vec![link], ..Answer::default() };
                let edit = Edit::Answer {
                    question: (*question).into(),
                    before: Box::default(),
                    after: Box::new(after),
                };
                session.apply(&edit, &Stamp { by: String::new(), at: created }).unwrap();
            }
            workspace.sessions.create(session, workspace.me()).unwrap();
        }
        (dir, workspace)
    }

    fn library(workspace: &Workspace) -> Library {
        let mut library = Library::default();
        library.refresh(workspace, |_| ()).unwrap();
        library
    }

    fn found(library: &Library, query: &Query) -> Vec<(String, String)> {
        let answers = library.search(query);
        answers.iter().map(|answer| (answer.subject.clone(), answer.question.clone())).collect()
    }

    fn words(library: &Library, words: &str) -> Vec<(String, String)> {
        found(library, &Query::Words(words.into()))
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect()
    }

    #[test]
    fn words_and_beginnings_of_words_are_found_in_every_part_and_no_input_is_an_error() {
        let (_dir, workspace) = workspace(&[
            ("kite", &[("event-logging", "Kept for *ninety* days, über alles.")]),
            ("raft", &[("external-tls", "TLS 1.3 with wolfSSL")]),
        ]);
        let library = library(&workspace);
        assert_eq!(words(&library, "ninety days"), pairs(&[("kite", "event-logging")]));
        assert_eq!(words(&library, "wolfs"), pairs(&[("raft", "external-tls")]));
        assert_eq!(words(&library, "UBER nine"), pairs(&[("kite", "event-logging")]), "case and accents");
        assert_eq!(words(&library, "kite.example"), pairs(&[("kite", "event-logging")]));
        assert_eq!(words(&library, "ninety nowhere"), pairs(&[("kite", "event-logging")]), "any word");
        assert_eq!(words(&library, "transparent").len(), 2, "the question, in both sessions");
        for odd in ["", "\"", "what's (up", "a AND", "* NEAR(", "-", "title:x"] {
            words(&library, odd);
        }
    }

    #[test]
    fn a_title_counts_more_than_a_detail() {
        let (_dir, workspace) = workspace(&[("kite", &[("external-tls", "about event logging")])]);
        let library = library(&workspace);
        let first = words(&library, "event logging")[0].1.clone();
        assert_eq!(first, "event-logging");
    }

    #[test]
    fn the_same_question_comes_first_and_only_from_other_sessions_with_something_to_use() {
        let (_dir, workspace) = workspace(&[
            ("kite", &[("event-logging", "old"), ("logs-for-client", "By mail.")]),
            ("raft", &[("event-logging", "new")]),
            ("boat", &[("event-logging", "own")]),
        ]);
        let library = library(&workspace);
        let boat = workspace.sessions.ids().unwrap().into_iter().find(|id| id.starts_with("boat")).unwrap();
        let question = load(BUILT_IN[0].1).unwrap();
        let question = question.questions().find(|question| question.id == "event-logging").unwrap();
        let (question, text) = (question.id.clone(), question.text.clone());
        let similar = found(&library, &Query::Similar { session: boat, question, text });
        assert_eq!(similar[..2], pairs(&[("raft", "event-logging"), ("kite", "event-logging")]));
        assert!(similar.contains(&("kite".into(), "logs-for-client".into())), "{similar:?}");
        assert!(similar.iter().all(|(subject, _)| subject != "boat"), "{similar:?}");
    }

    #[test]
    fn a_session_that_changed_or_is_gone_is_found_as_it_is_now() {
        let (_dir, workspace) = workspace(&[("kite", &[("event-logging", "before")])]);
        let mut library = library(&workspace);
        assert_eq!(words(&library, "before").len(), 1);
        let id = workspace.sessions.ids().unwrap()[0].clone();
        let mut open = workspace.sessions.open(&id, workspace.me()).unwrap().session;
        let text = crate::session::TextRef::Detail("event-logging".into());
        let edit = Edit::Splice { text, at: 0, removed: "before".into(), inserted: "afterwards".into() };
        open.edit(edit, crate::session::Origin::Do, jiff::Timestamp::UNIX_EPOCH).unwrap();
        drop(open);
        library.refresh(&workspace, |_| ()).unwrap();
        assert_eq!((words(&library, "before").len(), words(&library, "afterwards").len()), (0, 1));
        std::fs::remove_file(workspace.sessions.path().join(format!("{id}.json"))).unwrap();
        std::fs::remove_file(workspace.sessions.path().join(format!("{id}.journal"))).unwrap();
        library.refresh(&workspace, |_| ()).unwrap();
        assert_eq!(words(&library, "afterwards").len(), 0);
    }
}
