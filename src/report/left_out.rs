//! What a report does not contain of a session, by format.

use crate::session::Session;

use super::format::Format;

/// A part of a session that some formats leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The reviewer's own notes.
    Notes,
    /// Comments and replies.
    Comments,
    /// Answers to questions that are not asked.
    Hidden,
    /// Reminders to follow up.
    Flags,
    /// How answers are known.
    Bases,
    /// When links were read.
    Dates,
    /// The sentences that support answers.
    Quotes,
    /// What is recommended.
    Recommendations,
}

impl Part {
    /// All parts, in the order in which they are listed.
    pub const ALL: [Self; 8] = [
        Self::Notes,
        Self::Comments,
        Self::Hidden,
        Self::Flags,
        Self::Bases,
        Self::Dates,
        Self::Quotes,
        Self::Recommendations,
    ];

    /// What one of them is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Notes => "note",
            Self::Comments => "comment",
            Self::Hidden => "hidden answer",
            Self::Flags => "flag",
            Self::Bases => "basis",
            Self::Dates => "date of a link",
            Self::Quotes => "quotation",
            Self::Recommendations => "recommendation",
        }
    }

    /// What several of them are called.
    fn plural(self) -> &'static str {
        match self {
            Self::Notes => "notes",
            Self::Comments => "comments",
            Self::Hidden => "hidden answers",
            Self::Flags => "flags",
            Self::Bases => "bases",
            Self::Dates => "dates of links",
            Self::Quotes => "quotations",
            Self::Recommendations => "recommendations",
        }
    }

    /// Whether reports in a format contain it.
    pub fn is_in(self, format: Format) -> bool {
        match self {
            Self::Notes | Self::Comments | Self::Hidden => false,
            Self::Flags => format == Format::Json,
            Self::Dates => matches!(format, Format::Json | Format::Html),
            Self::Quotes => matches!(format, Format::Json | Format::Oscal),
            Self::Bases | Self::Recommendations => format != Format::Markdown,
        }
    }

    /// How many of them a session has.
    fn count(self, session: &Session) -> usize {
        let asked = || session.asked().map(|index| session.answer(index));
        let evidence = || session.asked().flat_map(|index| session.evidence(index));
        match self {
            Self::Notes => asked().filter(|answer| !answer.note.trim().is_empty()).count(),
            Self::Comments => session.entries().comments.len(),
            Self::Hidden => {
                let all = 0..session.len();
                all.filter(|&index| !session.is_asked(index) && !session.answer(index).is_empty()).count()
            }
            Self::Flags => asked().filter(|answer| answer.flag.is_some()).count(),
            Self::Bases => asked().filter(|answer| answer.basis.is_some()).count(),
            Self::Dates => evidence().filter(|link| !link.retrieved.is_empty()).count(),
            Self::Quotes => evidence().filter(|link| !link.quote.is_empty()).count(),
            Self::Recommendations => session.asked().map(|index| session.findings(index).len()).sum(),
        }
    }
}

/// What a report in this format leaves out of the session, such as `2 notes, 1 flag`; empty if nothing.
pub fn left_out(session: &Session, format: Format) -> String {
    let parts = Part::ALL.into_iter().filter(|part| !part.is_in(format));
    let counted = parts.map(|part| (part, part.count(session))).filter(|(_, count)| *count > 0);
    let named = counted.map(|(part, count)| {
        let name = if count == 1 { part.label() } else { part.plural() };
        format!("{count} {name}")
    });
    named.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, load};
    use crate::report::{Extras, render};
    use crate::session::{Answer, Basis, CommentKind, Edit, Link, Stamp, Target};

    const ID: &str = "external-tls";

    /// A session with one of these parts, or with none.
    fn session(part: Option<Part>) -> Session {
        let mut questionnaire = load(BUILT_IN[0].1).unwrap();
        if part != Some(Part::Recommendations) {
            questionnaire.sections[0].questions[0].advice.clear();
        }
        let condition = serde_json::from_value(serde_json::json!({"question": ID, "in": ["yes"]})).unwrap();
        questionnaire.sections[0].questions[1].enable_when = Some(condition);
        let mut session = Session::new(questionnaire, "Boat", jiff::Timestamp::UNIX_EPOCH);
        let has = |wanted: Part| part == Some(wanted);
        let text = |wanted: Part, text: &str| if has(wanted) { text.to_owned() } else { String::new() };
        let link = Link {
            url: "https://a.example".into(),
            retrieved: text(Part::Dates, "2026-01-02"),
            quote: text(Part::Quotes, "It is."),
            ..Link::default()
        };
        let answer = Answer {
            choices: vec!["no".into()],
            note: text(Part::Notes, "Mine."),
            flag: has(Part::Flags).then(|| "Ask.".to_owned()),
            basis: has(Part::Bases).then_some(Basis::Tested),
            links: vec![link],
            ..Answer::default()
        };
        let mut edits =
            vec![Edit::Answer { question: ID.into(), before: Box::default(), after: Box::new(answer) }];
        if has(Part::Hidden) {
            let after = Box::new(Answer { choices: vec!["yes".into()], ..Answer::default() });
            let question = session.question(1).id.clone();
            edits.push(Edit::Answer { question, before: Box::default(), after });
        }
        if has(Part::Comments) {
            let on = Target::Question(ID.into());
            edits.extend(session.comment(on, CommentKind::Note, "Why?", Stamp::default()));
        }
        session.apply(&Edit::All(edits), &Stamp::default()).unwrap();
        session
    }

    #[test]
    fn a_part_changes_the_reports_that_are_said_to_contain_it_and_no_others() {
        for part in Part::ALL {
            for format in Format::ALL {
                let at = jiff::Timestamp::UNIX_EPOCH;
                let [with, without] =
                    [session(Some(part)), session(None)].map(|s| render(&s, format, Extras::default(), at));
                // A flag also leaves its question open, which reports may say without its text.
                let is_in = if part == Part::Flags { with.contains("Ask.") } else { with != without };
                assert_eq!(is_in, part.is_in(format), "{part:?} in {}", format.label());
                let said = left_out(&session(Some(part)), format);
                assert_eq!(said.contains(&format!("1 {}", part.label())), !part.is_in(format), "{said}");
            }
        }
    }
}
