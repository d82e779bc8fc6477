//! The report as plain data, independent of its format. Its fields are those of the JSON report.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::markdown;
use crate::questionnaire::{Kind, Severity, Source};
use crate::session::{
    Answer, ApprovalRules, ApprovalState, Basis, CommentKind, Match, PageSection, Property, Reason, Reviews,
    Session, Uncompared,
};

use super::approvals::approvals;
use super::links::{DocumentLink, FileLinks, link, without_files};
use super::page::{Page, subject};

/// Optional content, published only on request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extras<'a> {
    /// The reviewer's own notes and internal links, in JSON only.
    pub notes: bool,
    /// Answers to questions that are hidden by a condition.
    pub hidden: bool,
    /// Copies of the files that serve as evidence.
    pub files: Option<&'a FileLinks>,
}

impl Extras<'_> {
    /// Without what is only for the reviewer.
    pub fn public(self) -> Self {
        Self { notes: false, ..self }
    }
}

/// The report of a session.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// Always `querist-report`.
    pub format: &'static str,
    /// The version of the format: 1.
    pub version: u32,
    /// When the report was created.
    pub date: Timestamp,
    /// When the session was created.
    pub created: Timestamp,
    /// The subject of the session.
    pub subject: String,
    /// The title of the page.
    pub title: String,
    /// The tags of the page.
    pub tags: Vec<String>,
    /// The properties of the page, except its dates.
    pub properties: Vec<(String, String)>,
    /// The questionnaire that was answered.
    pub questionnaire: DocumentQuestionnaire,
    /// The progress of the session.
    pub progress: DocumentProgress,
    /// The text above the table, in markdown.
    pub introduction: String,
    /// The questions that were sent to the provider.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub requests: Vec<DocumentRequest>,
    /// The sections of questions, in order.
    pub sections: Vec<DocumentSection>,
    /// The sections that follow the table on the page.
    pub page_sections: Vec<PageSection>,
    /// Who approved what and when, for `{approvals}` in the sections. JSON has the approvals of each answer.
    #[serde(skip)]
    pub approvals: Vec<String>,
}

/// Questions that were sent to the provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentRequest {
    /// When.
    pub at: Timestamp,
    /// Who sent them.
    pub by: String,
    /// The day on which a reply is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// The ids of the questions.
    pub questions: Vec<String>,
}

/// The questionnaire of a report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentQuestionnaire {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// The source of its questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// The progress of a session.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentProgress {
    /// The number of questions that are asked.
    pub asked: usize,
    /// The number of asked questions whose answers are complete.
    pub done: usize,
    /// The number of asked questions that are flagged.
    pub flagged: usize,
}

/// A section of questions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentSection {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its questions, in order.
    pub questions: Vec<DocumentQuestion>,
}

/// An answer in an earlier session.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentPrevious {
    /// What has become of its question.
    pub r#match: Match,
    /// The day of the last change of that session.
    pub day: Date,
    /// Whether what is published of the answer is the same now.
    pub same: bool,
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentQuestion {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The question in full.
    pub text: String,
    /// Its short help.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// The kind of question.
    pub kind: Kind,
    /// Its weight.
    pub weight: u32,
    /// Whether it is asked. False only for hidden answers, see [`Extras::hidden`].
    pub asked: bool,
    /// Whether it is answered.
    pub answered: bool,
    /// The answer.
    pub answer: Answer,
    /// The labels of the chosen choices.
    pub answer_labels: Vec<String>,
    /// The answer in the earlier session, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<DocumentPrevious>,
    /// The day (in UTC) on which the provider was asked last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked_on: Option<Date>,
    /// All links: first those listed, then those that only the detail cites.
    pub links: Vec<DocumentLink>,
    /// How the answer is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// The reasons why it is open; empty if it is not open.
    pub open: Vec<String>,
    /// The findings that the answer triggers.
    pub findings: Vec<DocumentFinding>,
    /// The approval that holds for the answer as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved: Option<DocumentApproval>,
    /// The comments of reviewers; only with notes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<DocumentComment>,
}

/// An approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentApproval {
    /// Who approved the answer.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Whether that is its author.
    pub by_its_author: bool,
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentComment {
    /// Who made it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Whether it sends the answer back.
    pub sends_back: bool,
    /// Its text.
    pub text: String,
}

/// Advice that is triggered by an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentFinding {
    /// The id of the choice that triggers it.
    pub choice: String,
    /// The label of that choice, with the qualifier of the answer.
    pub answer: String,
    /// Its severity.
    pub severity: Severity,
    /// The recommended action.
    pub advice: String,
}

/// Builds the report of `session` as of `date`.
pub fn document(session: &Session, date: Timestamp, extras: Extras<'_>) -> Document {
    let questionnaire = session.questionnaire();
    let count = session.progress();
    Document {
        format: "querist-report",
        version: 1,
        date,
        created: session.created(),
        subject: session.subject().to_owned(),
        title: title(session),
        tags: tags(session),
        properties: properties(session),
        questionnaire: DocumentQuestionnaire {
            id: questionnaire.id.clone(),
            version: questionnaire.version.clone(),
            title: questionnaire.title.clone(),
            source: questionnaire.source.clone(),
        },
        progress: DocumentProgress { asked: count.asked, done: count.done, flagged: count.flagged },
        introduction: session.introduction().to_owned(),
        requests: requests(session),
        sections: sections(session, extras),
        page_sections: session.sections().to_vec(),
        approvals: approvals(session),
    }
}

fn requests(session: &Session) -> Vec<DocumentRequest> {
    let requests = session.entries().requests.iter();
    let requests = requests.map(|request| DocumentRequest {
        at: request.made.at,
        by: request.made.by.clone(),
        due: request.due,
        questions: request.questions.iter().map(|(id, _)| id.clone()).collect(),
    });
    requests.collect()
}

fn previous(session: &Session, index: usize) -> Option<DocumentPrevious> {
    let (previous, before) = (session.previous()?, session.before(index)?);
    let same = before.answer.published() == session.answer(index).published();
    Some(DocumentPrevious { r#match: before.r#match, day: previous.day, same })
}

fn tags(session: &Session) -> Vec<String> {
    let tags = session.page_property("tags");
    tags.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}

/// The title of the page: as it was set, as it is on the page, or made from the subject. A title on the page
/// that was made from an earlier subject follows the subject.
fn title(session: &Session) -> String {
    let questionnaire = session.questionnaire();
    let is_set = session.sets_property("title");
    let title = session.page_property("title");
    let before = subject(questionnaire, &title);
    let is_made = !is_set && title == questionnaire.report_title(&before);
    if is_made || title.is_empty() { questionnaire.report_title(session.subject()) } else { title }
}

/// The properties of the page. A description that was the first paragraph of the introduction follows it.
fn properties(session: &Session) -> Vec<(String, String)> {
    let page = session.page().and_then(|page| Page::parse(page).ok());
    let followed = page.map(|page| markdown::one_paragraph(&page.text(page.introduction.clone())));
    let value = |property: Property| match property.key.as_str() {
        "title" => title(session),
        "description" if !property.is_set && followed.as_ref() == Some(&property.value) => {
            markdown::one_paragraph(session.introduction())
        }
        _ => property.value,
    };
    session.page_properties().into_iter().map(|property| (property.key.clone(), value(property))).collect()
}

/// The sections that have at least one question in the report.
fn sections(session: &Session, extras: Extras<'_>) -> Vec<DocumentSection> {
    let is_included =
        |index: usize| session.is_asked(index) || extras.hidden && !session.answer(index).is_empty();
    let reviews = session.reviews();
    let mut sections = Vec::new();
    let mut start = 0;
    for section in &session.questionnaire().sections {
        let end = start + section.questions.len();
        let included = (start..end).filter(|&index| is_included(index));
        let questions: Vec<_> = included.map(|index| question(session, &reviews, index, extras)).collect();
        if !questions.is_empty() {
            sections.push(DocumentSection {
                id: section.id.clone(),
                title: section.title.clone(),
                questions,
            });
        }
        start = end;
    }
    sections
}

fn question(session: &Session, reviews: &Reviews<'_>, index: usize, extras: Extras<'_>) -> DocumentQuestion {
    let question = session.question(index);
    let mut answer = session.answer(index).clone();
    if !extras.notes {
        answer = answer.without_internal_links();
        answer.note.clear();
    }
    let evidence = answer.evidence().into_iter();
    let links = evidence.map(|evidence| link(session, evidence, extras.files)).collect();
    answer = without_files(&answer).into_owned();
    // The dates of cited links are among the links.
    answer.cited = Uncompared::default();
    let advice = answer.choices.iter().filter_map(|id| question.advice.get(id).map(|advice| (id, advice)));
    DocumentQuestion {
        id: question.id.clone(),
        title: question.title.clone(),
        text: question.text.clone(),
        help: question.help.clone(),
        kind: question.kind,
        weight: question.weight,
        asked: session.is_asked(index),
        answered: answer.is_answered(),
        answer_labels: session.chosen_labels(index).into_iter().map(str::to_owned).collect(),
        previous: previous(session, index),
        asked_on: session.last_request(index).map(|(_, day)| day),
        links,
        basis: answer.basis,
        open: session.reasons(index).iter().map(open).collect(),
        findings: advice
            .map(|(id, a)| DocumentFinding {
                choice: id.clone(),
                answer: session.finding_label(index, id),
                severity: a.severity,
                advice: a.text.clone(),
            })
            .collect(),
        approved: approval(reviews, index),
        comments: if extras.notes { comments(reviews, index) } else { Vec::new() },
        answer,
    }
}

/// Why a question is open. What a flag says is for the reviewer.
fn open(reason: &Reason) -> String {
    match reason {
        Reason::Flagged(_) => "flagged".to_owned(),
        reason => reason.to_string(),
    }
}

fn approval(reviews: &Reviews<'_>, index: usize) -> Option<DocumentApproval> {
    match reviews.state(index, ApprovalRules::default()) {
        ApprovalState::Approved { approval, by_its_author } => {
            Some(DocumentApproval { by: approval.made.by.clone(), at: approval.made.at, by_its_author })
        }
        ApprovalState::None | ApprovalState::Changed(_) | ApprovalState::SentBack(_) => None,
    }
}

fn comments(reviews: &Reviews<'_>, index: usize) -> Vec<DocumentComment> {
    let comments = reviews.comments_on(index).map(|comment| DocumentComment {
        by: comment.made.by.clone(),
        at: comment.made.at,
        sends_back: comment.kind == CommentKind::SendBack,
        text: comment.text.clone(),
    });
    comments.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, Questionnaire, load};
    use crate::report::import;
    use crate::session::{Edit, Entry, Request, Stamp, TextRef};

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn saas() -> Questionnaire {
        load(BUILT_IN[0].1).unwrap()
    }

    fn apply(session: &mut Session, edit: &Edit) {
        session.apply(edit, &Stamp { by: "Kim".into(), at: NOW }).unwrap();
    }

    fn write(session: &mut Session, text: TextRef, new: &str) {
        let removed = session.text(&text).unwrap().to_owned();
        apply(session, &Edit::Splice { text, at: 0, removed, inserted: new.into() });
    }

    fn say_yes(session: &mut Session) {
        let (question, after) = ("external-tls".to_owned(), vec!["yes".to_owned()]);
        apply(session, &Edit::Choose { question, before: Vec::new(), after });
    }

    fn imported(front: &str) -> Session {
        let table = "| Question | Answer |\n| --- | --- |\n| First? | Yes |\n";
        let page = format!("---\n{front}\n---\n\nOpening words.\n\nMore.\n\n{table}");
        import(&page, saas(), "page", NOW).unwrap().session
    }

    #[test]
    fn a_title_made_from_an_earlier_subject_follows_it_and_any_other_stays() {
        for (title, properties, expected) in [
            ("Boat security review", "", "Ship security review"),
            ("Own words", "", "Own words"),
            ("Boat security review", "title: Boat security review", "Boat security review"),
            ("", "", "Ship security review"),
        ] {
            let mut session = imported(&format!("title: {title}"));
            let (before, after) = (session.subject().to_owned(), "Ship".to_owned());
            apply(&mut session, &Edit::Subject { before, after });
            write(&mut session, TextRef::Properties, properties);
            let document = document(&session, NOW, Extras::default());
            assert_eq!(document.title, expected);
            assert_eq!(document.properties, [("title".to_owned(), expected.to_owned())]);
        }
    }

    #[test]
    fn a_description_follows_the_introduction_only_if_it_was_its_first_paragraph() {
        for (description, properties, expected) in [
            ("Opening words.", "", "New words."),
            ("Other words.", "", "Other words."),
            ("Opening words.", "description: Opening words.", "Opening words."),
        ] {
            let mut session = imported(&format!("description: {description}"));
            write(&mut session, TextRef::Introduction, "New words.\n\nMore.");
            write(&mut session, TextRef::Properties, properties);
            let document = document(&session, NOW, Extras::default());
            assert_eq!(document.properties, [("description".to_owned(), expected.to_owned())]);
        }
    }

    #[test]
    fn tags_are_separated_by_commas() {
        let mut session = Session::new(saas(), "Boat", NOW);
        write(&mut session, TextRef::Properties, "tags: a, ,b c,");
        assert_eq!(document(&session, NOW, Extras::default()).tags, ["a", "b c"]);
    }

    #[test]
    fn an_earlier_answer_is_reported_with_whether_it_is_the_same_now() {
        let mut earlier = Session::new(saas(), "Boat", NOW);
        say_yes(&mut earlier);
        let mut session = Session::continued(&earlier, "old", saas(), "Boat", NOW);
        let same = |session: &Session| {
            let document = document(session, NOW, Extras::default());
            document.sections[0].questions[0].previous.as_ref().map(|previous| previous.same)
        };
        assert_eq!((same(&earlier), same(&session)), (None, Some(false)));
        say_yes(&mut session);
        assert_eq!(same(&session), Some(true));
    }

    #[test]
    fn requests_are_reported_with_the_ids_of_their_questions() {
        let mut session = Session::new(saas(), "Boat", NOW);
        let request = Request {
            id: "0123456789abcdef".into(),
            made: Stamp { by: "Kim".into(), at: NOW },
            questions: vec![("external-tls".into(), "Is TLS used?".into())],
            due: None,
        };
        let after = Some(Entry::Request(Box::new(request)));
        apply(&mut session, &Edit::Entry { before: None, after });
        let questions = vec!["external-tls".to_owned()];
        let expected = DocumentRequest { at: NOW, by: "Kim".into(), due: None, questions };
        assert_eq!(document(&session, NOW, Extras::default()).requests, [expected]);
    }
}
