//! Many services side by side: a row for each question, a column for each session.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::questionnaire::{Question, Questionnaire, Severity, Tone};
use crate::text::normalized;

use super::evidence::Evidence;
use super::file_link::file_id;
use super::progress::Reason;
use super::session::Session;

/// An answer can only be an outlier among at least this many that are answered and apply.
const ENOUGH: usize = 4;

/// Questions and sessions.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// The title of the questionnaire whose questions come first: the newest version among the sessions.
    pub questionnaire: String,
    /// The sessions.
    pub columns: Vec<Column>,
    /// The questions: those of the questionnaire in order, then those that only some sessions have.
    pub rows: Vec<MatrixRow>,
}

/// A session.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its id, or the name of the page.
    pub id: String,
    /// Its subject, with the day or the id if the subject alone is ambiguous.
    pub name: String,
    /// The day of its last change.
    pub day: Date,
    /// Id and version of its questionnaire.
    pub questionnaire: (String, String),
    /// How many questions are answered in which way.
    pub tally: Tally,
    /// The number of findings, by severity.
    pub findings: BTreeMap<Severity, usize>,
}

/// How many questions are answered in which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Good, or neither good nor bad.
    pub good: usize,
    /// Bad.
    pub bad: usize,
    /// Partly good.
    pub partial: usize,
    /// Unknown.
    pub unknown: usize,
    /// Not applicable.
    pub not_applicable: usize,
    /// Asked, and not answered.
    pub open: usize,
}

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether the questionnaire does not have it, so that only some sessions can.
    pub only_in_some: bool,
    /// A cell for each session.
    pub cells: Vec<Cell>,
}

/// An answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Whether there is an answer.
    pub state: CellState,
    /// What it means; `None` for several choices and for typed answers.
    pub tone: Option<Tone>,
    /// The answer in words; empty without one.
    pub label: String,
    /// The question's text differs from that of the row.
    pub is_reworded: bool,
    /// Evidence should be read again.
    pub is_old: bool,
    /// A detail or a link is missing, or the answer is not valid.
    pub is_unsupported: bool,
    /// Two people answered differently.
    pub is_conflict: bool,
    /// Most other sessions have another answer.
    pub is_outlier: bool,
    /// The evidence that is published, as labels and URLs.
    pub links: Vec<(String, String)>,
    /// The id of the question in this session.
    pub question: Option<String>,
}

/// Whether there is an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CellState {
    /// There is.
    Answered,
    /// The question is asked, and not answered.
    Open,
    /// The question is not asked, because of other answers.
    NotAsked,
    /// The session does not have this question.
    #[default]
    NoSuchQuestion,
}

impl Cell {
    /// Whether it is answered, and not as it should be.
    pub fn is_not_good(&self) -> bool {
        match self.tone {
            Some(Tone::Bad | Tone::Partial | Tone::Unknown) => true,
            Some(Tone::Good | Tone::Neutral | Tone::NotApplicable) | None => false,
        }
    }

    /// The tone of an answer that counts when outliers are looked for.
    fn comparable(&self) -> Option<Tone> {
        self.tone.filter(|tone| *tone != Tone::NotApplicable)
    }
}

impl MatrixRow {
    /// How many answers are not as they should be.
    pub fn not_good(&self) -> usize {
        self.cells.iter().filter(|cell| cell.is_not_good()).count()
    }

    /// Whether the sessions answer differently.
    pub fn differs(&self) -> bool {
        let is_same = |a: &Cell, b: &Cell| (a.state, a.tone, &a.label) == (b.state, b.tone, &b.label);
        self.cells.windows(2).any(|pair| !is_same(&pair[0], &pair[1]))
    }
}

impl Column {
    /// The number of findings in words, with the worst severity: `3, 2 high`.
    pub fn findings_text(&self) -> String {
        let all: usize = self.findings.values().sum();
        match self.findings.last_key_value() {
            Some((severity, count)) => format!("{all}, {count} {}", severity.label()),
            None => "0".to_owned(),
        }
    }
}

impl Tally {
    fn add(&mut self, cell: &Cell) {
        let slot = match (cell.state, cell.tone) {
            (CellState::NotAsked | CellState::NoSuchQuestion, _) => return,
            (CellState::Open, _) => &mut self.open,
            (CellState::Answered, None | Some(Tone::Good | Tone::Neutral)) => &mut self.good,
            (CellState::Answered, Some(Tone::Bad)) => &mut self.bad,
            (CellState::Answered, Some(Tone::Partial)) => &mut self.partial,
            (CellState::Answered, Some(Tone::Unknown)) => &mut self.unknown,
            (CellState::Answered, Some(Tone::NotApplicable)) => &mut self.not_applicable,
        };
        *slot += 1;
    }

    /// The counts in the order ✓ ✗ ◐ ? – ○.
    pub fn counts(&self) -> [usize; 6] {
        [self.good, self.bad, self.partial, self.unknown, self.not_applicable, self.open]
    }
}

/// Sessions, each with its id, side by side. Evidence of no particular kind is good for `evidence_days` days.
pub fn matrix(sessions: &[(&str, &Session)], today: Date, evidence_days: u32) -> Matrix {
    let questionnaires = sessions.iter().map(|(_, session)| session.questionnaire());
    let first_id = sessions.first().map(|(_, session)| session.questionnaire().id.as_str());
    let base = questionnaires
        .filter(|questionnaire| Some(questionnaire.id.as_str()) == first_id)
        .max_by(|a, b| a.version_order().cmp(&b.version_order()));
    let asked = rows(base, sessions);
    let mut columns: Vec<Column> = sessions.iter().map(|(id, session)| column(id, session)).collect();
    disambiguate(&mut columns);
    let mut filled: Vec<MatrixRow> = asked
        .iter()
        .map(|(question, only_in_some)| MatrixRow {
            id: question.id.clone(),
            title: question.title.clone(),
            only_in_some: *only_in_some,
            cells: Vec::with_capacity(sessions.len()),
        })
        .collect();
    let texts: Vec<String> = asked.iter().map(|(question, _)| normalized(&question.text)).collect();
    for ((_, session), column) in sessions.iter().zip(&mut columns) {
        let ages = session.ages(today, evidence_days);
        let finder = Finder::new(session);
        for ((row, (question, _)), text) in filled.iter_mut().zip(&asked).zip(&texts) {
            let mut cell = Cell::default();
            if let Some(index) = finder.find(&question.id, text) {
                cell = session.cell(index);
                cell.is_reworded = finder.texts[index] != *text;
                cell.is_old = session.is_asked(index) && session.has_old_evidence(index, &ages);
            }
            column.tally.add(&cell);
            row.cells.push(cell);
        }
    }
    filled.iter_mut().for_each(mark_outliers);
    let questionnaire = base.map(|questionnaire| questionnaire.title.clone()).unwrap_or_default();
    Matrix { questionnaire, columns, rows: filled }
}

/// The questions of `base`, then those that only some sessions have, each with whether it is one of those.
fn rows<'s>(
    base: Option<&'s Questionnaire>,
    sessions: &[(&'s str, &'s Session)],
) -> Vec<(&'s Question, bool)> {
    let mut rows: Vec<(&Question, bool)> =
        base.into_iter().flat_map(Questionnaire::questions).map(|question| (question, false)).collect();
    let mut ids: HashSet<&str> = rows.iter().map(|(question, _)| question.id.as_str()).collect();
    let mut texts: HashSet<String> = rows.iter().map(|(question, _)| normalized(&question.text)).collect();
    for (_, session) in sessions {
        for question in session.questionnaire().questions() {
            let text = normalized(&question.text);
            if !ids.contains(question.id.as_str()) && !texts.contains(&text) {
                ids.insert(&question.id);
                texts.insert(text);
                rows.push((question, true));
            }
        }
    }
    rows
}

/// Finds the question of a session that belongs to a row: the same id, or else the same text.
struct Finder<'s> {
    session: &'s Session,
    /// The normalized texts of the session's questions.
    texts: Vec<String>,
    by_text: HashMap<String, usize>,
}

impl<'s> Finder<'s> {
    fn new(session: &'s Session) -> Self {
        let texts: Vec<String> =
            (0..session.len()).map(|index| normalized(&session.question(index).text)).collect();
        // The first question with a text counts.
        let by_text = texts.iter().enumerate().rev().map(|(index, text)| (text.clone(), index)).collect();
        Self { session, texts, by_text }
    }

    fn find(&self, id: &str, text: &str) -> Option<usize> {
        self.session.index_of(id).or_else(|| self.by_text.get(text).copied())
    }
}

impl Session {
    /// What the answer to the question at `index` means: the tone of the choice made. `None` without a choice
    /// and for several.
    pub fn tone(&self, index: usize) -> Option<Tone> {
        let made = &self.answer(index).choices;
        let mut tones = self.choices(index).iter().filter(|c| made.contains(&c.id)).map(|c| c.tone);
        let first = tones.next();
        first.filter(|_| tones.next().is_none())
    }

    /// Whether the answer to the question at `index` lacks something or is not valid, apart from being
    /// flagged.
    pub fn is_unsupported(&self, index: usize) -> bool {
        self.answer(index).is_answered()
            && self.reasons(index).iter().any(|reason| !matches!(reason, Reason::Flagged(_)))
    }

    /// The answer in words: the labels of the choices or the value, with the qualifier. Empty without one.
    pub fn answer_label(&self, index: usize) -> String {
        let answer = self.answer(index);
        let labels = self.chosen_labels(index).join(", ");
        let label = if labels.is_empty() { answer.value.trim().to_owned() } else { labels };
        if answer.qualifier.is_empty() { label } else { format!("{label} ({})", answer.qualifier) }
    }

    /// The answer that triggers a finding of the question at `index`, in words: the label of its choice, with
    /// the qualifier.
    pub fn finding_label(&self, index: usize, choice: &str) -> String {
        let label = self.questionnaire().choice_label(self.question(index), choice);
        match self.answer(index).qualifier.trim() {
            "" => label.to_owned(),
            qualifier => format!("{label} ({qualifier})"),
        }
    }

    fn cell(&self, index: usize) -> Cell {
        let question = Some(self.question(index).id.clone());
        if !self.is_asked(index) {
            return Cell { state: CellState::NotAsked, question, ..Cell::default() };
        }
        let answer = self.answer(index);
        let is_answered = answer.is_answered();
        let public = answer.without_internal_links();
        let evidence = public.evidence().into_iter();
        Cell {
            state: if is_answered { CellState::Answered } else { CellState::Open },
            tone: self.tone(index),
            label: if is_answered { self.answer_label(index) } else { String::new() },
            is_unsupported: self.is_unsupported(index),
            is_conflict: self.has_two_answers(index),
            links: evidence.map(shown_link).collect(),
            question,
            ..Cell::default()
        }
    }
}

/// The label and URL of a link; of a file, which only its session has, only the label.
fn shown_link(link: Evidence<'_>) -> (String, String) {
    let url = if file_id(&link.url).is_some() { String::new() } else { link.url.into_owned() };
    (link.label.into_owned(), url)
}

fn column(id: &str, session: &Session) -> Column {
    let mut findings = BTreeMap::new();
    for finding in session.asked().flat_map(|index| session.findings(index)) {
        *findings.entry(finding.advice.severity).or_default() += 1;
    }
    Column {
        id: id.to_owned(),
        name: session.subject().to_owned(),
        day: session.last_published_change().at.to_zoned(TimeZone::UTC).date(),
        questionnaire: (session.questionnaire().id.clone(), session.questionnaire().version.clone()),
        tally: Tally::default(),
        findings,
    }
}

/// Adds the day to names that occur more than once, and the id to those that then still do.
fn disambiguate(columns: &mut [Column]) {
    for more in [|column: &Column| column.day.to_string(), |column: &Column| column.id.clone()] {
        let mut count: HashMap<String, usize> = HashMap::new();
        columns.iter().for_each(|column| *count.entry(column.name.clone()).or_default() += 1);
        for column in columns.iter_mut().filter(|column| count[&column.name] > 1) {
            column.name = format!("{} {}", column.name, more(column));
        }
    }
}

/// Marks the answers of a row that differ from what two thirds of the sessions have in common.
fn mark_outliers(row: &mut MatrixRow) {
    let tones: Vec<Tone> = row.cells.iter().filter_map(Cell::comparable).collect();
    let is_common = |tone: &&Tone| 3 * tones.iter().filter(|other| other == tone).count() >= 2 * tones.len();
    if let Some(common) = tones.iter().find(is_common).filter(|_| tones.len() >= ENOUGH) {
        for cell in &mut row.cells {
            cell.is_outlier = cell.comparable().is_some_and(|tone| tone != *common);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, load};
    use crate::session::{Edit, Stamp};

    #[test]
    fn an_outlier_differs_from_two_thirds_of_at_least_four_answers_that_apply() {
        use Tone::{Bad, Good, NotApplicable, Partial};
        let cases: [(&[Tone], &[usize]); 8] = [
            (&[Good, Good, Good, Bad], &[3]),
            (&[Bad, Good, Good, Good], &[0]),
            (&[Good, Good, Good, Good, Bad, Partial], &[4, 5]),
            (&[Good, Good, Good, Bad, NotApplicable], &[3]),
            (&[Good, Good, Good, NotApplicable], &[]),
            (&[Good, Good, Bad], &[]),
            (&[Good, Good, Bad, Partial], &[]),
            (&[Good, Good, Good, Bad, Bad, Bad], &[]),
        ];
        for (tones, expected) in cases {
            let cell =
                |tone: &Tone| Cell { state: CellState::Answered, tone: Some(*tone), ..Cell::default() };
            let cells = tones.iter().map(cell).collect();
            let mut row = MatrixRow { id: String::new(), title: String::new(), only_in_some: false, cells };
            mark_outliers(&mut row);
            let outliers = row.cells.iter().enumerate().filter(|(_, cell)| cell.is_outlier);
            assert_eq!(outliers.map(|(index, _)| index).collect::<Vec<_>>(), expected, "{tones:?}");
        }
    }

    #[test]
    fn findings_are_counted_by_severity_and_summed_up_with_the_worst() {
        let questionnaire = load(BUILT_IN[0].1).unwrap();
        let mut session = Session::new(questionnaire, "Boat", jiff::Timestamp::UNIX_EPOCH);
        assert_eq!(column("boat", &session).findings_text(), "0");
        for (question, choice) in [
            ("external-tls", "unknown"),
            ("external-certificates", "no"),
            ("event-logging", "no"),
            ("transparency", "na"),
        ] {
            let after = vec![choice.to_owned()];
            let edit = Edit::Choose { question: question.into(), before: vec![], after };
            session.apply(&edit, &Stamp::default()).unwrap();
        }
        let column = column("boat", &session);
        assert_eq!(column.findings, BTreeMap::from([(Severity::High, 2), (Severity::Medium, 1)]));
        assert_eq!(column.findings_text(), "3, 2 high");
    }
}
