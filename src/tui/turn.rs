//! What a screen works with while it handles one input, and what it asks for.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use ratatui::layout::Size;

use crate::session::{Ages, Position, Session};

use crate::workspace::Query;

use super::effect::{AnswerPlace, Effect};

/// The surroundings of one input. A screen reads the time and the size here, leaves a message, and requests
/// effects, another screen or a dialog as data.
pub struct Turn<'a> {
    /// The size of the terminal.
    pub size: Size,
    /// The time of the input.
    pub now: Timestamp,
    /// For how many days evidence is good that is of no particular kind; 0 means for ever.
    pub evidence_days: u32,
    /// What was copied or cut last.
    pub clipboard: &'a mut String,
    /// The sentence in the footer.
    pub message: &'a mut String,
    /// Effects to perform, in order.
    pub effects: &'a mut Vec<Effect>,
    /// Where to go next.
    pub request: &'a mut Option<Request>,
}

/// Another screen or a dialog, requested by a screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// The home screen, after closing the session.
    Home,
    /// The interview at a place, or where it was.
    Interview {
        /// The place.
        position: Option<Position>,
    },
    /// The overview.
    Overview,
    /// The preview.
    Preview,
    /// What differs from the earlier session.
    Compare,
    /// A dialog.
    Dialog(DialogRequest),
}

/// A dialog, requested by a screen.
#[derive(Debug, Clone, PartialEq)]
pub enum DialogRequest {
    /// The words to find in the session.
    Find,
    /// The number of a question.
    GoToNumber,
    /// The basis of the answer.
    Basis,
    /// The words of a link that is made where there are none.
    LinkWords,
    /// The name of a question or section of this session.
    Name {
        /// What is named.
        naming: Naming,
        /// Its name so far.
        text: String,
    },
    /// How a new question is answered.
    QuestionKind {
        /// The question.
        text: String,
        /// The names of the answer sets.
        sets: Vec<String>,
    },
    /// Which of two answers is kept.
    TwoAnswers {
        /// What others wrote, as sentences.
        others: Vec<String>,
    },
    /// The earlier question, no longer asked, that the current one continues.
    Gone,
    /// Where the answer can be found.
    Look,
    /// The words to search for in every session.
    Search,
    /// An earlier answer to a question like this one.
    Similar {
        /// What is searched for.
        query: Query,
    },
    /// Whether an answer is replaced by the earlier one.
    Replace,
    /// A session to open.
    FindSession,
    /// The new subject of a session.
    Rename {
        /// Its id.
        id: String,
        /// Its subject so far.
        subject: String,
    },
    /// The subject of a new session.
    NameSubject {
        /// Id of its questionnaire.
        questionnaire: String,
        /// Title of its questionnaire.
        title: String,
        /// What the questionnaire calls a subject.
        label: String,
    },
    /// The page to import.
    Import,
    /// The file to attach to an answer.
    Attach {
        /// The answer.
        place: AnswerPlace,
    },
    /// The file to export to.
    Export,
    /// The file to write a comparison to.
    Write {
        /// The path to begin with.
        path: String,
    },
    /// The tour of the first start.
    Tour,
}

/// What is named in a dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// A new question.
    NewQuestion,
    /// A question that was added.
    Question,
    /// A new section of the page.
    NewSection,
    /// A section of the page.
    Section,
    /// What a section of questions is answered for next.
    NewInstance,
    /// What a section of questions is answered for.
    Instance,
    /// The domain of the subject.
    Domain,
    /// The day on which the selected link expires.
    Expiry,
    /// A comment on the answer.
    Comment,
    /// What has to be changed about the answer.
    SendBack,
}

/// Which of two answers is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settle {
    /// The one in the session.
    Ours,
    /// The other one.
    Theirs,
    /// Both texts, one after the other; of other values, the one in the session.
    Both,
    /// The same, to be edited at once.
    Edit,
}

impl Turn<'_> {
    /// Sets the sentence in the footer.
    pub fn say(&mut self, message: impl Into<String>) {
        *self.message = message.into();
    }

    /// Requests another screen or a dialog.
    pub fn request(&mut self, request: Request) {
        *self.request = Some(request);
    }

    /// Requests a dialog.
    pub fn ask(&mut self, dialog: DialogRequest) {
        self.request(Request::Dialog(dialog));
    }

    /// The date of the input in the reviewer's time zone.
    pub fn today(&self) -> Date {
        self.now.to_zoned(TimeZone::system()).date()
    }

    /// What decides whether the evidence of a session is old.
    pub fn ages(&self, session: &Session) -> Ages {
        session.ages(self.today(), self.evidence_days)
    }
}
