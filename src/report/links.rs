//! Links as they are published. The address of a link to a file that serves as evidence has a meaning only in
//! its session and is never published: such a link has a label and a date, and a copy of the file can have an
//! address.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::markdown;
use crate::questionnaire::LinkKind;
use crate::session::{Answer, Evidence, Session, file_id};
use crate::text;

/// Where copies of files are, by the ids of the files: their addresses, relative to the report.
pub type FileLinks = BTreeMap<String, String>;

/// What the paragraph about files begins with on a page.
const ON_FILE: &str = "Evidence on file: ";

/// A link in the evidence of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentLink {
    /// Its URL; of a file, the address of its copy, relative to the report, or empty if there is none.
    pub url: String,
    /// Its label, or its URL if it has none.
    pub label: String,
    /// The quoted passage that supports the answer.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// The date on which it was retrieved.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub retrieved: String,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<LinkKind>,
    /// The date until which it is good.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub expires: String,
    /// Whether it is only for the reviewer. Such links are left out unless
    /// [`Extras::notes`](super::Extras::notes) asks for them.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub internal: bool,
    /// Whether the detail cites it.
    pub cited: bool,
    /// The file that it refers to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<DocumentFile>,
}

/// A file that serves as evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentFile {
    /// Its name.
    pub name: String,
    /// The SHA-256 of its content, in hexadecimal digits.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
}

impl DocumentLink {
    /// What it is, in words: its label, and of a file its date.
    pub fn words(&self) -> String {
        let label = text::one_line(&self.label);
        match &self.file {
            Some(_) if !self.retrieved.is_empty() => format!("{label} ({})", self.retrieved),
            Some(_) | None => label,
        }
    }
}

/// A link as it is published.
pub fn link(session: &Session, evidence: Evidence<'_>, files: Option<&FileLinks>) -> DocumentLink {
    let id = file_id(&evidence.url).map(str::to_owned);
    let entry = id.as_ref().and_then(|id| session.evidence_file(id));
    let copy = id.as_ref().and_then(|id| files?.get(id)).cloned();
    let label = label(&evidence);
    let file = id.is_some().then(|| DocumentFile {
        name: entry.map_or_else(|| label.clone(), |entry| entry.name.clone()),
        sha256: entry.map(|entry| entry.sha256.clone()).unwrap_or_default(),
        bytes: entry.map_or(0, |entry| entry.bytes),
    });
    DocumentLink {
        label,
        quote: evidence.quote.to_owned(),
        retrieved: session.shown_day(&evidence.url, evidence.retrieved),
        kind: evidence.kind,
        expires: evidence.expires.to_owned(),
        internal: evidence.internal,
        cited: evidence.cited,
        url: if id.is_some() { copy.unwrap_or_default() } else { evidence.url.into_owned() },
        file,
    }
}

/// The label of a link. Without one, a link to a file is only "file".
fn label(evidence: &Evidence<'_>) -> String {
    let is_address = file_id(&evidence.label).is_some();
    if is_address { "file".to_owned() } else { evidence.label.to_string() }
}

/// An answer without the addresses of files: what its detail cites is only the words of the link.
pub fn without_files(answer: &Answer) -> Cow<'_, Answer> {
    if !answer.may_have_files() {
        return Cow::Borrowed(answer);
    }
    let cited = markdown::citations(&answer.detail);
    let cited: Vec<_> = cited.into_iter().filter(|citation| file_id(&citation.url).is_some()).collect();
    let mut answer = answer.clone();
    answer.links.retain(|link| file_id(&link.url).is_none());
    for citation in cited.into_iter().rev() {
        let words = if file_id(&citation.label).is_some() { "file" } else { &citation.label };
        answer.detail.replace_range(citation.range, words);
    }
    Cow::Owned(answer)
}

/// An answer as a page shows it: with a paragraph that names the files, after the detail.
pub fn with_paragraph<'l>(answer: &Answer, links: impl Iterator<Item = &'l DocumentLink>) -> Answer {
    let files = links.filter(|link| link.file.is_some());
    let files: Vec<String> = files.map(in_paragraph).collect();
    let mut answer = without_files(answer).into_owned();
    if !files.is_empty() {
        let gap = if answer.detail.is_empty() { "" } else { "\n\n" };
        answer.detail.push_str(&format!("{gap}{ON_FILE}{}", files.join(", ")));
    }
    answer
}

/// The answer to the question at `index` as a page shows it.
pub fn on_page<'s>(session: &'s Session, index: usize, files: Option<&FileLinks>) -> Cow<'s, Answer> {
    if !session.answer(index).may_have_files() {
        return Cow::Borrowed(session.answer(index));
    }
    let evidence = session.evidence(index).into_iter();
    let links: Vec<DocumentLink> = evidence.map(|evidence| link(session, evidence, files)).collect();
    Cow::Owned(with_paragraph(session.answer(index), links.iter()))
}

/// The detail of a row without the paragraph about files. It is not a change of the detail.
pub fn without_paragraph(detail: &str) -> &str {
    let start = detail.rfind("\n\n").map_or(0, |at| at + 2);
    let is_it = detail[start..].starts_with(ON_FILE);
    if is_it { &detail[..start.saturating_sub(2)] } else { detail }
}

fn in_paragraph(link: &DocumentLink) -> String {
    let label = text::one_line(&link.label);
    if link.url.is_empty() {
        return link.words();
    }
    let day = if link.retrieved.is_empty() { String::new() } else { format!(" ({})", link.retrieved) };
    format!("{}{day}", markdown::markdown_link(&label, &link.url))
}
