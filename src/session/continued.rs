//! A session that continues an earlier one: the same subject is reviewed again.

use jiff::Timestamp;

use crate::questionnaire::{Question, Questionnaire};
use crate::text::normalized;

use super::entry::{Entries, EvidenceFile};
use super::matching::previous_of;
use super::page_section::PageSection;
use super::previous::Match;
use super::session::{Parts, Session};

impl Session {
    /// A session without answers that has those of `earlier`, known by `id`, beside it. The page of `earlier`
    /// with its properties is continued too. Questions, instances and sections of the page that were added to
    /// `earlier` are asked for again. Files that its answers refer to are known here too.
    pub fn continued(
        earlier: &Self,
        id: &str,
        mut questionnaire: Questionnaire,
        subject: impl Into<String>,
        created: Timestamp,
    ) -> Self {
        questionnaire = questionnaire.with_instances_of(earlier.questionnaire());
        add_questions(&mut questionnaire, earlier.questionnaire());
        let previous = previous_of(earlier, id, &questionnaire);
        let asked = Self::new(questionnaire, subject, created);
        let mut sections = asked.sections().to_vec();
        for section in earlier.sections() {
            if !sections.iter().any(|known| known.heading == section.heading) {
                sections.push(PageSection { text: String::new(), ..section.clone() });
            }
        }
        Self::from_parts(Parts {
            domain: earlier.domain().to_owned(),
            sections,
            properties: earlier.properties_text().to_owned(),
            page: earlier.page().map(str::to_owned),
            entries: Entries { evidence: linked_files(earlier), ..Entries::default() },
            previous: Some(Box::new(previous)),
            ..Parts::new(asked.subject().to_owned(), created, asked.questionnaire().clone())
        })
    }
}

impl Session {
    /// How the questions differ from those of the earlier session, such as `8 unchanged, 2 reworded, 1 new`.
    /// Empty if there is none.
    pub fn comparison(&self) -> String {
        let Some(previous) = self.previous() else { return String::new() };
        let with = |label: &str, count: usize| (count > 0).then(|| format!("{count} {label}"));
        let of = |kind: Match| with(kind.label(), previous.count(|other| other == kind));
        let new = (0..self.len()).filter(|&index| self.before(index).is_none()).count();
        let changed = [Match::Same, Match::Moved, Match::Renamed, Match::Reworded, Match::OtherChoices];
        let rest = [of(Match::OtherKind), of(Match::Hidden), with("new", new), of(Match::Gone)];
        changed.map(of).into_iter().chain(rest).flatten().collect::<Vec<_>>().join(", ")
    }
}

/// The files that links of the answers refer to.
fn linked_files(earlier: &Session) -> Vec<EvidenceFile> {
    let files = earlier.entries().evidence.iter();
    files.filter(|file| !earlier.questions_with_file(&file.id).is_empty()).cloned().collect()
}

/// Adds the questions that were added to an earlier session, where their sections are still known.
fn add_questions(questionnaire: &mut Questionnaire, earlier: &Questionnaire) {
    let is_asked = |questionnaire: &Questionnaire, question: &Question| {
        let text = normalized(&question.text);
        questionnaire.questions().any(|known| known.id == question.id || normalized(&known.text) == text)
    };
    for section in &earlier.sections {
        for question in section.questions.iter().filter(|question| question.added) {
            if !is_asked(questionnaire, question)
                && let Some(place) = questionnaire.sections.iter_mut().find(|place| place.id == section.id)
            {
                place.questions.push(question.clone());
            }
        }
    }
}
