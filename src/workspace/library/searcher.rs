//! Searching beside the screen: typing never waits for the library.

use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use crate::workspace::place::Workspace;

use super::answer::PastAnswer;
use super::index::{Library, Query};

/// Searches in a thread of its own. The library is read at the first search; later searches read only what
/// has changed since.
pub struct Searcher {
    queries: Sender<Query>,
    results: Receiver<Found>,
    /// The last query, until its result has arrived.
    waiting: Option<Query>,
}

/// The result of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What was searched for.
    pub query: Query,
    /// The answers, the best first; or why there are none.
    pub answers: Result<Vec<PastAnswer>, String>,
}

impl Searcher {
    /// A searcher for the sessions of `workspace`. It ends when this value is dropped.
    pub fn new(workspace: Workspace) -> Self {
        let (queries, received) = mpsc::channel();
        let (sender, results) = mpsc::channel();
        // Without a thread, no result ever arrives; nothing else depends on it.
        let _ = thread::Builder::new().name("search".to_owned()).spawn(move || {
            work(&workspace, &received, &sender);
        });
        Self { queries, results, waiting: None }
    }

    /// Searches. Of several queries, only the last one is answered.
    pub fn search(&mut self, query: Query) {
        if self.queries.send(query.clone()).is_ok() {
            self.waiting = Some(query);
        }
    }

    /// Whether a result is still to come.
    pub fn is_searching(&self) -> bool {
        self.waiting.is_some()
    }

    /// The result of the last query, once it has arrived.
    pub fn found(&mut self) -> Option<Found> {
        let last = self.results.try_iter().last()?;
        if self.waiting.as_ref() == Some(&last.query) {
            self.waiting = None;
        }
        Some(last)
    }
}

fn work(workspace: &Workspace, queries: &Receiver<Query>, results: &Sender<Found>) {
    let mut library = Library::default();
    while let Ok(first) = queries.recv() {
        // What was typed meanwhile replaces what is no longer on the screen.
        let query = queries.try_iter().last().unwrap_or(first);
        let answers = match library.refresh(workspace, |_| ()) {
            Ok(()) => Ok(library.search(&query).into_iter().cloned().collect()),
            Err(error) => Err(error.to_string()),
        };
        if results.send(Found { query, answers }).is_err() {
            return;
        }
    }
}
