//! The index of the library: full-text search in memory, ranked by BM25 with a weight for each part.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use crate::text::normalized;
use crate::workspace::error::WorkspaceError;
use crate::workspace::place::Workspace;

use super::answer::PastAnswer;

/// The most answers that a search returns.
const MOST: usize = 50;
/// Words of a question that are shorter than this say nothing about what it asks.
const SHORT: usize = 4;

const CREATE: &str = "CREATE VIRTUAL TABLE answers USING fts5(
    title, question, answer, detail, evidence, content='', contentless_delete=1, tokenize='unicode61')";
const INSERT: &str = "INSERT INTO answers(rowid, title, question, answer, detail, evidence)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const SEARCH: &str = "SELECT rowid FROM answers WHERE answers MATCH ?1
    ORDER BY bm25(answers, 8.0, 4.0, 2.0, 1.0, 0.5), rowid LIMIT ?2";

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
pub struct Library {
    index: Connection,
    answers: HashMap<i64, PastAnswer>,
    /// For each session, what its files looked like when they were read, and its answers.
    sessions: HashMap<String, (String, Vec<i64>)>,
    next: i64,
}

impl Library {
    /// An empty library.
    ///
    /// # Errors
    /// If the index cannot be created.
    pub fn new() -> Result<Self, WorkspaceError> {
        let index = Connection::open_in_memory().map_err(WorkspaceError::Index)?;
        index.execute_batch(CREATE).map_err(WorkspaceError::Index)?;
        Ok(Self { index, answers: HashMap::new(), sessions: HashMap::new(), next: 1 })
    }

    /// Reads the sessions that are new or have changed, and forgets those that are gone. Sessions that cannot
    /// be read have no answers. `progress` is called with the number of sessions before each one.
    ///
    /// # Errors
    /// If the folder of the sessions cannot be read, or the index cannot be written.
    pub fn refresh(
        &mut self,
        workspace: &Workspace,
        mut progress: impl FnMut(usize),
    ) -> Result<(), WorkspaceError> {
        let ids = workspace.sessions.ids()?;
        let gone: Vec<String> = self.sessions.keys().filter(|id| !ids.contains(id)).cloned().collect();
        self.index.execute_batch("BEGIN").map_err(WorkspaceError::Index)?;
        let done = self.update(workspace, &ids, &gone, &mut progress);
        self.index.execute_batch("COMMIT").map_err(WorkspaceError::Index)?;
        done.map_err(WorkspaceError::Index)
    }

    fn update(
        &mut self,
        workspace: &Workspace,
        ids: &[String],
        gone: &[String],
        progress: &mut impl FnMut(usize),
    ) -> rusqlite::Result<()> {
        gone.iter().try_for_each(|id| self.forget(id))?;
        for id in ids {
            progress(ids.len());
            let state = workspace.sessions.state_of(id);
            if self.sessions.get(id).is_some_and(|(known, _)| *known == state) {
                continue;
            }
            self.forget(id)?;
            let read = workspace.sessions.read(id).map(|(id, loaded)| PastAnswer::all(&id, &loaded.session));
            let rows = self.add(read.unwrap_or_default())?;
            self.sessions.insert(id.clone(), (state, rows));
        }
        Ok(())
    }

    fn forget(&mut self, session: &str) -> rusqlite::Result<()> {
        let Some((_, rows)) = self.sessions.remove(session) else { return Ok(()) };
        let mut delete = self.index.prepare("DELETE FROM answers WHERE rowid = ?1")?;
        for row in rows {
            delete.execute([row])?;
            self.answers.remove(&row);
        }
        Ok(())
    }

    fn add(&mut self, answers: Vec<PastAnswer>) -> rusqlite::Result<Vec<i64>> {
        let mut insert = self.index.prepare(INSERT)?;
        let mut rows = Vec::with_capacity(answers.len());
        for answer in answers {
            let row = self.next;
            self.next += 1;
            let evidence = answer.evidence();
            let PastAnswer { title, text, label, detail, .. } = &answer;
            insert.execute(params![row, title, text, label, detail, evidence])?;
            self.answers.insert(row, answer);
            rows.push(row);
        }
        Ok(rows)
    }

    /// The answers that a query finds, the best first.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn search(&self, query: &Query) -> Result<Vec<&PastAnswer>, WorkspaceError> {
        match query {
            Query::Words(words) => self.words(words),
            Query::Similar { session, question, text } => self.similar(session, question, text),
        }
        .map_err(WorkspaceError::Index)
    }

    /// Answers with all the words, or else with any of them.
    fn words(&self, words: &str) -> rusqlite::Result<Vec<&PastAnswer>> {
        for operator in [" AND ", " OR "] {
            let Some(matching) = matching(words, operator) else { return Ok(Vec::new()) };
            let found = self.rows(&matching, MOST)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    /// Reusable answers of other sessions: to the same question first, by id or text, the newest first; then
    /// to questions with the same words.
    fn similar(&self, session: &str, question: &str, text: &str) -> rusqlite::Result<Vec<&PastAnswer>> {
        let is_usable = |answer: &&PastAnswer| answer.session != session && answer.is_reusable();
        let wanted = normalized(text);
        let is_same = |answer: &PastAnswer| answer.question == question || normalized(&answer.text) == wanted;
        let mut same: Vec<&PastAnswer> =
            self.answers.values().filter(is_usable).filter(|answer| is_same(answer)).collect();
        same.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.session.cmp(&b.session)));
        let long = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= SHORT);
        let long: Vec<&str> = long.collect();
        if let Some(matching) = matching(&(long.join(" ") + " "), " OR ") {
            let ranked = self.rows(&format!("{{title question}} : ({matching})"), 4 * MOST)?;
            same.extend(ranked.into_iter().filter(is_usable).filter(|answer| !is_same(answer)));
        }
        same.truncate(MOST);
        Ok(same)
    }

    fn rows(&self, matching: &str, most: usize) -> rusqlite::Result<Vec<&PastAnswer>> {
        let mut search = self.index.prepare(SEARCH)?;
        let rows = search.query_map(params![matching, most as i64], |row| row.get::<_, i64>(0))?;
        let rows = rows.collect::<rusqlite::Result<Vec<i64>>>()?;
        Ok(rows.iter().filter_map(|row| self.answers.get(row)).collect())
    }
}

/// An expression of FTS5 for words. The last one is a prefix, unless something follows it. Each word is
/// quoted, so that no word is taken for an operator. `None` if there is no word.
fn matching(words: &str, operator: &str) -> Option<String> {
    let all: Vec<&str> =
        words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (last, others) = all.split_last()?;
    let star = if words.ends_with(|c: char| c.is_alphanumeric()) { "*" } else { "" };
    let quoted = others.iter().map(|word| format!("\"{word}\"")).chain([format!("\"{last}\"{star}")]);
    Some(quoted.collect::<Vec<_>>().join(operator))
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
        let mut library = Library::new().unwrap();
        library.refresh(workspace, |_| ()).unwrap();
        library
    }

    fn found(library: &Library, query: &Query) -> Vec<(String, String)> {
        let answers = library.search(query).unwrap();
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
