//! The outline: sections, the questions that are asked, the parts of the page.

use crate::session::{Ages, Item, Session};

/// One row of the outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutlineRow {
    /// A section of questions, by its index.
    Section(usize),
    /// A question, by its index.
    Question(usize),
    /// The heading above the parts of the page.
    Page,
    /// The introduction of the page.
    Introduction,
    /// The properties of the page.
    Properties,
    /// A section of the page, by its index.
    PageSection(usize),
}

/// The questions that the outline shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Filter {
    /// All that apply, and the parts of the page.
    #[default]
    All,
    /// Those that are open.
    Open,
    /// Those that are flagged.
    Flagged,
    /// In a session that continues an earlier one: those that are reworded, new, or offer other choices.
    Changed,
    /// Those with evidence that should be read again.
    Old(Ages),
    /// Those with this choice, by its label.
    Answer(String),
    /// Those that contain these words, in the question or in anything written about it.
    Text(String),
}

impl Filter {
    /// The title of the outline.
    pub fn title(&self) -> String {
        match self {
            Self::All => "Questions".to_owned(),
            Self::Open => "Questions: open".to_owned(),
            Self::Flagged => "Questions: flagged".to_owned(),
            Self::Changed => "Questions: reworded or new".to_owned(),
            Self::Old(_) => "Questions: old evidence".to_owned(),
            Self::Answer(label) => format!("Questions: {label}"),
            Self::Text(words) => format!("Questions with: {words}"),
        }
    }

    /// The next filter: all, open, flagged, reworded or new, old evidence, then each answer that was given.
    pub fn next(&self, session: &Session, ages: Ages) -> Self {
        let mut labels: Vec<&str> = Vec::new();
        for index in session.asked() {
            for label in session.chosen_labels(index) {
                if !labels.contains(&label) {
                    labels.push(label);
                }
            }
        }
        let mut all = vec![Self::All, Self::Open, Self::Flagged];
        all.extend(session.previous().map(|_| Self::Changed));
        let is_any_old = session.asked().any(|index| session.has_old_evidence(index, &ages));
        all.extend(is_any_old.then_some(Self::Old(ages)));
        all.extend(labels.into_iter().map(|label| Self::Answer(label.to_owned())));
        let at = all.iter().position(|filter| filter == self).unwrap_or(0);
        all.get(at + 1).cloned().unwrap_or_default()
    }

    fn shows(&self, session: &Session, index: usize) -> bool {
        match self {
            Self::All => true,
            Self::Open => session.is_open(index),
            Self::Flagged => session.answer(index).flag.is_some(),
            Self::Changed => {
                session.previous().is_some()
                    && !session.before(index).is_some_and(|before| before.r#match.is_same())
            }
            Self::Old(ages) => session.has_old_evidence(index, ages),
            Self::Answer(label) => session.chosen_labels(index).contains(&label.as_str()),
            Self::Text(words) => words.is_empty() || session.search(index, words).is_some(),
        }
    }
}

/// The rows, rebuilt only when other questions are asked or pass the filter.
#[derive(Debug, Default)]
pub struct Outline {
    rows: Vec<OutlineRow>,
    /// What the rows depend on: which questions are asked, and how many sections the page has.
    version: Option<(u64, usize)>,
    filter: Filter,
    /// Whether the words to filter by are being typed.
    pub is_typing: bool,
    /// The first row shown.
    pub scroll: usize,
}

impl Outline {
    /// Builds the rows again, after any number of questions changed.
    pub fn rebuild(&mut self, session: &Session) {
        self.version = None;
        self.refresh(session, None);
    }

    /// Brings the rows up to date with `session`, in which at most one question has changed.
    pub fn refresh(&mut self, session: &Session, changed: Option<usize>) {
        let version = Some((session.visibility_version(), session.sections().len()));
        let is_current = self.version == version;
        if is_current && changed.is_none_or(|index| self.shows(session, index) == self.has(session, index)) {
            return;
        }
        self.version = version;
        self.rows.clear();
        let mut section = None;
        for index in session.asked() {
            if !self.filter.shows(session, index) {
                continue;
            }
            let of = session.section_of(index);
            if section != Some(of) {
                section = Some(of);
                self.rows.push(OutlineRow::Section(of));
            }
            self.rows.push(OutlineRow::Question(index));
        }
        if self.filter != Filter::All {
            return;
        }
        self.rows.extend([OutlineRow::Page, OutlineRow::Properties, OutlineRow::Introduction]);
        self.rows.extend((0..session.sections().len()).map(OutlineRow::PageSection));
    }

    /// The current filter.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Changes the filter.
    pub fn set_filter(&mut self, filter: Filter, session: &Session) {
        self.filter = filter;
        self.version = None;
        self.refresh(session, None);
    }

    fn shows(&self, session: &Session, index: usize) -> bool {
        session.is_asked(index) && self.filter.shows(session, index)
    }

    fn has(&self, session: &Session, index: usize) -> bool {
        let item = Item::of(session.question(index));
        self.rows.get(self.row_of(session, &item)) == Some(&OutlineRow::Question(index))
    }

    /// All rows.
    pub fn rows(&self) -> &[OutlineRow] {
        &self.rows
    }

    /// The row of an item.
    pub fn row_of(&self, session: &Session, item: &Item) -> usize {
        let found = match item {
            Item::Question(id) => {
                let index = session.index_of(id).unwrap_or(0);
                // Questions are in order, and the rows between them do not change it.
                let end = self
                    .rows
                    .iter()
                    .rposition(|r| matches!(r, OutlineRow::Question(_)))
                    .map_or(0, |at| at + 1);
                let at = self.rows[..end].partition_point(|row| match row {
                    OutlineRow::Question(i) => *i < index,
                    OutlineRow::Section(s) => *s <= session.section_of(index),
                    OutlineRow::Page
                    | OutlineRow::Properties
                    | OutlineRow::Introduction
                    | OutlineRow::PageSection(_) => false,
                });
                Some(at.min(end.saturating_sub(1)))
            }
            Item::Properties => self.rows.iter().rposition(|r| *r == OutlineRow::Properties),
            Item::Introduction => self.rows.iter().rposition(|r| *r == OutlineRow::Introduction),
            Item::Section(s) => self.rows.iter().rposition(|r| *r == OutlineRow::PageSection(*s)),
        };
        found.unwrap_or(0)
    }

    /// The item of a row; none for a heading.
    pub fn item_at(&self, session: &Session, row: usize) -> Option<Item> {
        match self.rows.get(row)? {
            OutlineRow::Question(index) => Some(Item::of(session.question(*index))),
            OutlineRow::Properties => Some(Item::Properties),
            OutlineRow::Introduction => Some(Item::Introduction),
            OutlineRow::PageSection(index) => Some(Item::Section(*index)),
            OutlineRow::Section(_) | OutlineRow::Page => None,
        }
    }

    /// The item `by` items after (or before) `item`, stopping at the ends.
    pub fn step(&self, session: &Session, item: &Item, by: isize) -> Item {
        let mut row = self.row_of(session, item);
        let mut left = by.unsigned_abs();
        let mut found = item.clone();
        while left > 0 {
            let next = if by > 0 { row.checked_add(1) } else { row.checked_sub(1) };
            let Some(next) = next.filter(|next| *next < self.rows.len()) else { break };
            row = next;
            if let Some(item) = self.item_at(session, row) {
                found = item;
                left -= 1;
            }
        }
        found
    }
}
