//! The report as data, before it is a page or JSON. Its fields are the JSON report's.

use jiff::Timestamp;
use serde::Serialize;

use crate::questionnaire::{Kind, Severity, Source};
use crate::session::{Answer, Basis, PageSection, Session};
use crate::text;

use super::cells;

/// What is published only when asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extras {
    /// The reviewer's own notes.
    pub notes: bool,
    /// Answers to questions that a condition hides.
    pub hidden: bool,
}

/// The report on one session.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// Always `querist-report`.
    pub format: &'static str,
    /// Version of the format; 1.
    pub version: u32,
    /// When it was made.
    pub date: Timestamp,
    /// When the session was started.
    pub created: Timestamp,
    /// What was reviewed.
    pub subject: String,
    /// Title of the page.
    pub title: String,
    /// Tags of the page.
    pub tags: Vec<String>,
    /// What was asked.
    pub questionnaire: DocumentQuestionnaire,
    /// How far the review is.
    pub progress: DocumentProgress,
    /// The text above the table, markdown.
    pub introduction: String,
    /// The sections of questions, in order.
    pub sections: Vec<DocumentSection>,
    /// The sections of the page after the table.
    pub page_sections: Vec<PageSection>,
}

/// Which questionnaire it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentQuestionnaire {
    /// Its id.
    pub id: String,
    /// The version of its content.
    pub version: String,
    /// Its title.
    pub title: String,
    /// Where the questions come from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// How far the review is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentProgress {
    /// Questions asked.
    pub asked: usize,
    /// Of these, answered with all that the answer needs.
    pub done: usize,
    /// Of those asked, flagged.
    pub flagged: usize,
}

/// A section of questions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentSection {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The questions that are asked, in order.
    pub questions: Vec<DocumentQuestion>,
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentQuestion {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The question.
    pub text: String,
    /// Its short help.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// How it is answered.
    pub kind: Kind,
    /// How much it counts.
    pub weight: u32,
    /// Whether it is asked; false only for hidden answers that were asked for.
    pub asked: bool,
    /// Whether anybody answered it.
    pub answered: bool,
    /// The answer.
    pub answer: Answer,
    /// The choices made, as the page shows them.
    pub answer_labels: Vec<String>,
    /// All links, first those listed, then those that only the detail cites.
    pub links: Vec<DocumentLink>,
    /// How the answer is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// Why it is open; empty if it is not.
    pub open: Vec<String>,
    /// Advice that applies to the answer.
    pub findings: Vec<Finding>,
    /// The three cells of its row on the page.
    #[serde(skip)]
    pub cells: [String; 3],
}

/// A link with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentLink {
    /// Where it leads.
    pub url: String,
    /// Its words.
    pub label: String,
    /// The sentence that it is cited for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// The day it was read.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub retrieved: String,
    /// Whether the detail cites it.
    pub cited: bool,
}

/// Advice that applies to a given answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The choice that it applies to.
    pub choice: String,
    /// How serious it is.
    pub severity: Severity,
    /// What to do.
    pub advice: String,
}

/// The report on `session` as of `date`.
pub fn document(session: &Session, date: Timestamp, extras: Extras) -> Document {
    let questionnaire = session.questionnaire();
    let mut index = 0;
    let mut sections = Vec::new();
    for section in &questionnaire.sections {
        let mut questions = Vec::new();
        for _ in &section.questions {
            if session.is_asked(index) || extras.hidden && !session.answer(index).is_empty() {
                questions.push(question(session, index, extras));
            }
            index += 1;
        }
        if !questions.is_empty() {
            sections.push(DocumentSection {
                id: section.id.clone(),
                title: section.title.clone(),
                questions,
            });
        }
    }
    let count = session.progress();
    Document {
        format: "querist-report",
        version: 1,
        date,
        created: session.created(),
        subject: session.subject().to_owned(),
        title: questionnaire.report_title(session.subject()),
        tags: questionnaire.report.tags.clone(),
        questionnaire: DocumentQuestionnaire {
            id: questionnaire.id.clone(),
            version: questionnaire.version.clone(),
            title: questionnaire.title.clone(),
            source: questionnaire.source.clone(),
        },
        progress: DocumentProgress { asked: count.asked, done: count.done, flagged: count.flagged },
        introduction: session.introduction().to_owned(),
        sections,
        page_sections: session.sections().to_vec(),
    }
}

fn question(session: &Session, index: usize, extras: Extras) -> DocumentQuestion {
    let question = session.question(index);
    let choices = session.questionnaire().choices(question);
    let mut answer = session.answer(index).clone();
    let cells = [
        cells::question_cell(question),
        cells::answer_cell(question, choices, &answer),
        cells::detail_cell(&answer),
    ];
    if !extras.notes {
        answer.note.clear();
    }
    let advice = answer.choices.iter().filter_map(|id| question.advice.get(id).map(|advice| (id, advice)));
    DocumentQuestion {
        id: question.id.clone(),
        title: question.title.clone(),
        text: question.text.clone(),
        help: question.help.clone(),
        kind: question.kind,
        weight: question.weight,
        asked: session.is_asked(index),
        answered: answer.is_given(),
        answer_labels: session.chosen_labels(index).into_iter().map(str::to_owned).collect(),
        links: links(&answer),
        basis: answer.basis,
        open: session.reasons(index).iter().map(ToString::to_string).collect(),
        findings: advice
            .map(|(id, a)| Finding { choice: id.clone(), severity: a.severity, advice: a.text.clone() })
            .collect(),
        cells,
        answer,
    }
}

fn links(answer: &Answer) -> Vec<DocumentLink> {
    let cited = text::cited(&answer.detail);
    let listed = answer.links.iter().map(|link| DocumentLink {
        url: link.url.clone(),
        label: link.shown_label().to_owned(),
        quote: link.quote.clone(),
        retrieved: link.retrieved.clone(),
        cited: cited.iter().any(|c| c.url == link.url),
    });
    let mut links: Vec<DocumentLink> = listed.collect();
    for c in cited {
        if !links.iter().any(|l| l.url == c.url) {
            let (quote, retrieved) = (String::new(), String::new());
            links.push(DocumentLink { url: c.url, label: c.label, quote, retrieved, cited: true });
        }
    }
    links
}
