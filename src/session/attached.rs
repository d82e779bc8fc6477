//! Files that serve as evidence: attaching one to an answer, and which file a link refers to.

use jiff::civil::Date;

use super::answer::Link;
use super::edit::Edit;
use super::entry::{Entry, EvidenceFile};
use super::file_link::file_id;
use super::request::entry_id;
use super::session::Session;
use super::stamp::Stamp;

/// A file to attach to an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attachment {
    /// The name of the file.
    pub name: String,
    /// The SHA-256 of its content, in hexadecimal digits.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The day of what it shows.
    pub day: Option<Date>,
    /// The label of the link; if it is empty, the name of the file.
    pub label: String,
    /// The URL that it came from.
    pub source: Option<String>,
    /// The id of the file that it replaces: the link refers to the new file, and the old one stays.
    pub replaces: Option<String>,
}

impl Session {
    /// The file with this id.
    pub fn evidence_file(&self, id: &str) -> Option<&EvidenceFile> {
        self.entries().evidence.iter().find(|file| file.id == id)
    }

    /// The day of what a link shows: that of its file if it has one, otherwise the day on which it was read.
    pub fn shown_day(&self, url: &str, retrieved: &str) -> String {
        let file = file_id(url).and_then(|id| self.evidence_file(id));
        file.and_then(|file| file.day).map_or_else(|| retrieved.to_owned(), |day| day.to_string())
    }

    /// The indices of the questions whose answers have a link to the file with this id.
    pub fn questions_with_file(&self, id: &str) -> Vec<usize> {
        let has_link = |&index: &usize| {
            self.evidence(index).iter().any(|link| file_id(&link.url).is_some_and(|known| known == id))
        };
        (0..self.len()).filter(has_link).collect()
    }

    /// The edit that attaches a file to the answer to the question at `index`, as one step. The same file
    /// with the same day and source is kept once, whatever answers refer to it. `None` if the answer has a
    /// link to it already, or none to the file that it replaces.
    pub fn attach(&self, index: usize, file: Attachment, today: Date, stamp: Stamp) -> Option<Edit> {
        let is_same = |known: &&EvidenceFile| {
            let known = (&known.sha256, &known.name, known.day, &known.source);
            known == (&file.sha256, &file.name, file.day, &file.source)
        };
        let known = self.entries().evidence.iter().find(is_same);
        let entry = known.cloned().unwrap_or_else(|| self.new_file(&file, stamp));
        let links = &self.answer(index).links;
        if links.iter().any(|link| link.url == entry.url()) {
            return None;
        }
        let replaced = match &file.replaces {
            Some(old) => {
                let place = links.iter().position(|link| file_id(&link.url) == Some(old))?;
                Some((place, links[place].clone()))
            }
            None => None,
        };
        let (place, before) = replaced.map_or((links.len(), None), |(place, link)| (place, Some(link)));
        let label = [file.label, before.as_ref().map_or_else(String::new, |link| link.label.clone())];
        let label = label.into_iter().find(|label| !label.trim().is_empty()).unwrap_or(file.name);
        let retrieved = file.day.unwrap_or(today).to_string();
        let after = Link { url: entry.url(), label, retrieved, ..before.clone().unwrap_or_default() };
        let link = Edit::Link {
            question: self.question(index).id.clone(),
            index: place,
            before: before.map(Box::new),
            after: Some(Box::new(after)),
        };
        let is_new = known.is_none();
        let entry = Edit::Entry { before: None, after: Some(Entry::Evidence(Box::new(entry))) };
        Some(Edit::All([is_new.then_some(entry), Some(link)].into_iter().flatten().collect()))
    }

    fn new_file(&self, file: &Attachment, added: Stamp) -> EvidenceFile {
        let number = self.entries().evidence.len();
        let content = (&file.sha256, &file.name, &file.source, &added.by, added.at.as_nanosecond());
        // Two copies of a session number their files alike; what is in the entry tells them apart.
        let id = |n: usize| entry_id(&("evidence", &content, n));
        let free = (number..).map(id).find(|id| !self.entries().has(id));
        EvidenceFile {
            id: free.unwrap_or_default(),
            name: file.name.clone(),
            sha256: file.sha256.clone(),
            bytes: file.bytes,
            day: file.day,
            added,
            source: file.source.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, load};

    fn stamp() -> Stamp {
        Stamp { by: "Kim".into(), at: "2026-11-22T10:00:00Z".parse().unwrap() }
    }

    fn session() -> Session {
        Session::new(load(BUILT_IN[0].1).unwrap(), "Boat", stamp().at)
    }

    fn report(content: char) -> Attachment {
        let sha256 = content.to_string().repeat(64);
        Attachment { name: "Report 1.pdf".into(), sha256, bytes: 7, ..Attachment::default() }
    }

    /// Attaches a file; returns whether anything changed.
    fn attach(session: &mut Session, index: usize, file: Attachment) -> bool {
        let edit = session.attach(index, file, jiff::civil::date(2026, 11, 22), stamp());
        edit.is_some_and(|edit| session.apply(&edit, &stamp()).is_ok())
    }

    #[test]
    fn attaching_a_file_adds_an_entry_and_a_link_and_undoing_it_removes_both() {
        let mut session = session();
        let empty = session.clone();
        let edit = session.attach(0, report('a'), jiff::civil::date(2026, 11, 22), stamp()).unwrap();
        session.apply(&edit, &stamp()).unwrap();
        let file = session.entries().evidence[0].clone();
        let link = &session.answer(0).links[0];
        assert_eq!((&link.url, link.label.as_str()), (&file.url(), "Report 1.pdf"));
        assert_eq!(link.retrieved, "2026-11-22");
        assert_eq!(session.evidence_file(file_id(&link.url).unwrap()), Some(&file));
        assert_eq!(file.stored_name().as_deref(), Some("aaaaaaaa-Report-1.pdf"));
        assert_eq!(session.questions_with_file(&file.id), [0]);
        session.apply(&edit.inverse(), &stamp()).unwrap();
        assert_eq!(session, empty);
    }

    #[test]
    fn a_link_has_the_day_of_what_its_file_shows_if_that_is_known() {
        let mut session = session();
        let day = Some(jiff::civil::date(2026, 5, 1));
        attach(&mut session, 0, Attachment { day, ..report('a') });
        let link = session.answer(0).links[0].clone();
        assert_eq!(link.retrieved, "2026-05-01");
        assert_eq!(session.shown_day(&link.url, "2026-11-22"), "2026-05-01");
        assert_eq!(session.shown_day("https://a.example", "2026-11-22"), "2026-11-22");
    }

    #[test]
    fn the_same_file_is_kept_once_and_linked_once_by_an_answer() {
        let mut session = session();
        assert!(attach(&mut session, 0, report('a')));
        assert!(!attach(&mut session, 0, report('a')), "it is there already");
        assert!(attach(&mut session, 1, report('a')));
        assert_eq!(session.entries().evidence.len(), 1);
        let source = Some("https://a.example".to_owned());
        assert!(attach(&mut session, 0, Attachment { source, ..report('a') }));
        assert!(attach(&mut session, 0, report('b')));
        assert_eq!(session.entries().evidence.len(), 3);
        assert_eq!(session.answer(0).links.len(), 3);
    }

    #[test]
    fn replacing_a_file_changes_the_link_and_keeps_the_old_entry() {
        let mut session = session();
        attach(&mut session, 0, Attachment { label: "Pen test".into(), ..report('a') });
        let old = session.entries().evidence[0].id.clone();
        let new = Attachment { replaces: Some(old.clone()), ..report('b') };
        assert!(attach(&mut session, 0, new.clone()));
        let links = &session.answer(0).links;
        assert_eq!((links.len(), links[0].label.as_str()), (1, "Pen test"));
        assert_eq!(session.evidence_file(file_id(&links[0].url).unwrap()).unwrap().sha256, "b".repeat(64));
        assert_eq!(session.entries().evidence.len(), 2);
        assert_eq!(session.questions_with_file(&old), [0_usize; 0]);
        assert!(!attach(&mut session, 1, Attachment { sha256: "c".repeat(64), ..new }), "no link to replace");
    }

    #[test]
    fn an_entry_without_a_valid_checksum_has_no_stored_file() {
        let mut session = session();
        attach(&mut session, 0, report('a'));
        for sha256 in ["", "abc", "../../et", "ééééé"] {
            let file = EvidenceFile { sha256: sha256.into(), ..session.entries().evidence[0].clone() };
            assert_eq!(file.stored_name(), None, "{sha256}");
        }
    }
}
