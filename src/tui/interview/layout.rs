//! Where everything is on the interview screen, and its texts as rows. Laid out once per input; the mouse,
//! the cursor and the view share it.

use ratatui::layout::{Constraint, Layout, Position as Point, Rect};

use crate::questionnaire::{Choice, Kind, Question};
use crate::session::{Field, Item, Session};
use crate::text::{self, Row};
use crate::tui::chrome::areas;
use crate::tui::theme::Role;
use crate::tui::widgets::draw::{inset, split};
use crate::tui::widgets::list::scroll_to;
use crate::tui::widgets::markdown;
use crate::tui::widgets::rich::{RichLine, wrap};

use super::before;
use super::lines::{evidence, reply, status};
use super::share::{BLOCKS, Block, Shares, share};
use super::shown::Shown;

/// Below this width, the outline is hidden unless it has the focus.
const OUTLINE_WIDTH: u16 = 80;
/// From this width on, the earlier answer has a pane of its own.
const BEFORE_WIDTH: u16 = 110;
/// Texts are at most this wide.
const READING_WIDTH: u16 = 96;
/// The columns of the labels beside the fields.
const LABELS: u16 = 11;
/// The columns of the labels beside the parts of a link.
const PART_LABELS: u16 = 7;
/// From this height on, a blank row always separates the help from the fields.
const ROOMY: u16 = 20;
/// The rows of a detail that has a text or the focus, so that there is room to write.
const DETAIL_ROWS: u16 = 2;
/// The most rows of a flag.
const FLAG_ROWS: u16 = 3;
/// What stays beside the choices, however many rows they need: a row each for question, help, detail,
/// evidence and note.
const BESIDE_CHOICES: u16 = 5;
/// The columns before the label of a choice: `[y] ● `. Its further rows are indented by as many.
pub const CHOICE_INDENT: u16 = 6;

/// The interview screen.
#[derive(Debug, Default)]
pub struct InterviewLayout {
    /// The list of questions with its border; empty if it is hidden.
    pub outline: Rect,
    /// The question with its border; empty if the outline has all the room.
    pub main: Rect,
    /// The earlier answer with its border; empty if it is hidden or there is none.
    pub before: Rect,
    /// The text of the question, or the prompt of a part of the page.
    pub question: Rect,
    /// Help and guidance.
    pub help: Rect,
    /// The choices or the value.
    pub answer: Rect,
    /// The qualifier; empty if there is none.
    pub qualifier: Rect,
    /// Why the question is open, how the answer is known, recommendations.
    pub status: Rect,
    /// The detail, or the text of a part of the page.
    pub detail: Rect,
    /// The list of links.
    pub evidence: Rect,
    /// URL, label and quote of the link that is being edited; empty otherwise.
    pub link_parts: Rect,
    /// The flag; empty if there is none.
    pub flag: Rect,
    /// The note.
    pub note: Rect,

    /// The rows of the earlier answer.
    pub before_lines: Vec<RichLine>,
    /// The rows of the question's text.
    pub question_rows: Vec<Row>,
    /// Help and guidance. A question that is too long for its area continues here.
    pub help_lines: Vec<RichLine>,
    /// The lines of the status.
    pub status_lines: Vec<RichLine>,
    /// Where each choice is.
    pub choices: Vec<ChoicePlace>,
    /// The rows of an answer in free text.
    pub value_rows: Vec<Row>,
    /// The rows of the detail.
    pub detail_rows: Vec<Row>,
    /// The rows of the flag.
    pub flag_rows: Vec<Row>,
    /// The rows of the note.
    pub note_rows: Vec<Row>,
    /// All properties of the page, one per line.
    pub property_lines: Vec<RichLine>,
    /// Where they are.
    pub properties: Rect,
    /// The rows of the evidence, each with the link it belongs to.
    pub evidence_lines: Vec<(RichLine, usize)>,
    /// The first row shown of the evidence.
    pub evidence_scroll: usize,
    /// The item, the width and the rows of the question that the help was laid out for.
    help_for: Option<(Item, u16, u16, bool, Option<String>)>,
}

impl InterviewLayout {
    /// The layout for a terminal of this size. What only depends on the question is taken from the layout
    /// `before`.
    pub fn new(shown: &Shown<'_>, before: Self) -> Self {
        let size = shown.size;
        let [_, body, _] = areas(Rect::new(0, 0, size.width, size.height));
        let outline = match (size.width >= OUTLINE_WIDTH, shown.focused) {
            (true, _) => (size.width * 3 / 10).clamp(26, 44),
            (false, None) => size.width,
            (false, Some(_)) => 0,
        };
        let (outline, main) = split(body, outline);
        let has_before =
            shown.session.current_question().is_some_and(|index| shown.session.before(index).is_some());
        let has_pane = size.width >= BEFORE_WIDTH && has_before && !shown.is_before_toggled;
        let (main, pane) = split(main, if has_pane { main.width - main.width * 2 / 5 } else { main.width });
        let mut layout = Self { outline, main, before: pane, ..Self::default() };
        let inner = inset(main);
        // A blank column separates the texts from the scrollbar.
        let inner = Rect { width: inner.width.saturating_sub(1).min(READING_WIDTH), ..inner };
        if inner.is_empty() {
            return layout;
        }
        let prompt = shown.session.prompt(&shown.session.position().item);
        layout.question_rows = text::wrap(&prompt, inner.width as usize);
        match shown.session.current_question() {
            Some(index) => layout.question(shown, index, inner, before),
            None => layout.part(shown.session, inner),
        }
        layout
    }

    /// A part of the page: its prompt and its text.
    fn part(&mut self, session: &Session, inner: Rect) {
        let text_ref = session.text_at(session.position());
        let content = text_ref.and_then(|text_ref| session.text(&text_ref)).unwrap_or_default();
        self.detail_rows = text::wrap(content, inner.width as usize);
        let prompt = count(&self.question_rows).min(inner.height / 2);
        self.property_lines = match session.position().item {
            Item::Properties => properties(session),
            Item::Introduction | Item::Section(_) | Item::Question(_) => Vec::new(),
        };
        let below = (self.property_lines.len() as u16).min(inner.height.saturating_sub(prompt + 3));
        let [question, _, detail, properties] = Layout::vertical([
            Constraint::Length(prompt),
            Constraint::Length(1),
            Constraint::Min(0),
            Constraint::Length(below),
        ])
        .areas(inner);
        (self.question, self.detail, self.properties) = (question, detail, properties);
    }

    /// A question with all its fields.
    fn question(&mut self, shown: &Shown<'_>, index: usize, inner: Rect, before: Self) {
        let (session, width) = (shown.session, inner.width.saturating_sub(LABELS).max(1) as usize);
        let answer = session.answer(index);
        self.detail_rows = text::wrap(&answer.detail, width);
        self.flag_rows = text::wrap(answer.flag.as_deref().unwrap_or_default(), width);
        self.note_rows = text::wrap(&answer.note, width);
        self.status_lines = status(session, index, width);
        self.evidence_lines = evidence(shown, index, width);
        if !self.before.is_empty() {
            let width = inset(self.before).width.saturating_sub(1) as usize;
            self.before_lines = before::lines(session, index, &shown.ages, width);
        }
        let answer_rows = match session.question(index).kind {
            Kind::Text => {
                self.value_rows = text::wrap(&answer.value, width);
                count(&self.value_rows).clamp(1, 5)
            }
            Kind::Number | Kind::Date => 1,
            Kind::Choice | Kind::MultiChoice => {
                self.choices = choice_places(session.choices(index), width);
                choice_rows(&self.choices).min(inner.height.saturating_sub(BESIDE_CHOICES)).max(1)
            }
        };
        let question_rows = count(&self.question_rows).min((inner.height / 3).max(1));
        let (height, is_roomy) = (inner.height, inner.height >= ROOMY);
        // The rows of the question that have no room continue in the help, so they are counted first.
        let blocks = self.blocks(shown, index, [question_rows, 1, answer_rows]);
        self.help(shown, index, inner.width, share(height, is_roomy, &blocks).heights[0], before);
        let help_rows = u16::try_from(self.help_lines.len()).unwrap_or(u16::MAX);
        let blocks = self.blocks(shown, index, [question_rows, help_rows, answer_rows]);
        self.place(inner, &share(height, is_roomy, &blocks));
        let selected = session.position().link;
        let at = self.evidence_lines.iter().position(|(_, link)| *link == selected).unwrap_or(0);
        let last = self.evidence_lines.iter().rposition(|(_, link)| *link == selected).unwrap_or(0);
        let is_focused = shown.focused.map(main_field) == Some(Field::Links);
        let (height, rows) = (self.evidence.height as usize, self.evidence_lines.len());
        if is_focused {
            self.evidence_scroll = scroll_to(scroll_to(0, last, height, rows), at, height, rows);
        }
    }

    /// Help and guidance, which only change with the question and the width.
    fn help(&mut self, shown: &Shown<'_>, index: usize, width: u16, rows: u16, before: Self) {
        let session = shown.session;
        let shows_before = shown.is_before_toggled && shown.size.width < BEFORE_WIDTH;
        let reply_id = session.unsettled_reply(index).map(|reply| reply.id.clone());
        let key = Some((session.position().item.clone(), width, rows, shows_before, reply_id));
        self.help_for.clone_from(&key);
        if before.help_for == key {
            self.help_lines = before.help_lines;
            return;
        }
        if shows_before && let Some(previous) = session.previous() {
            self.help_lines.push(RichLine::new(before::title(previous), Role::Strong));
            self.help_lines.extend(before::lines(session, index, &shown.ages, width as usize));
            return;
        }
        let question = session.question(index);
        self.help_lines.extend(reply(session, index, width as usize));
        for row in self.question_rows.iter().skip(rows as usize) {
            let rest = text::visible(question.text[row.start..row.end].trim_end());
            self.help_lines.push(RichLine::new(rest, Role::Strong));
        }
        if !question.help.is_empty() {
            self.help_lines.extend(wrap(&[(question.help.clone(), Role::Help)], width as usize));
        }
        if !question.guidance.is_empty() {
            if !self.help_lines.is_empty() {
                self.help_lines.push(RichLine::default());
            }
            self.help_lines.extend(markdown::render(&question.guidance, width as usize));
        }
        self.asked_and_topics(session, question, width as usize);
    }

    /// What to ask somebody who knows the answer, and the topics of the question with their controls.
    fn asked_and_topics(&mut self, session: &Session, question: &Question, width: usize) {
        let mut add = |name: &str, text: String, role: Role| {
            if !self.help_lines.is_empty() {
                self.help_lines.push(RichLine::default());
            }
            self.help_lines.extend(wrap(&[(format!("{name}: "), Role::Dim), (text, role)], width));
        };
        if !question.ask.is_empty() {
            add("To ask", question.ask.clone(), Role::Help);
        }
        for topic in session.questionnaire().topics(question) {
            add("Topic", topic.described(), Role::Dim);
        }
    }

    /// How many rows each field needs and wants, in the order of the screen.
    fn blocks(&self, shown: &Shown<'_>, index: usize, [question, help, answer]: [u16; 3]) -> [Block; BLOCKS] {
        let focus = shown.focused.unwrap_or(Field::Answer);
        let written = shown.session.answer(index);
        let has_qualifier = !written.qualifier.is_empty() || focus == Field::Qualifier;
        let is_editing = matches!(focus, Field::LinkUrl | Field::LinkLabel | Field::LinkQuote);
        // Nothing moves when a text gets the focus, or when the first letter is typed.
        let is_small = written.detail.is_empty() && focus != Field::Detail;
        let detail = count(&self.detail_rows).max(if is_small { 1 } else { DETAIL_ROWS });
        let links = u16::try_from(self.evidence_lines.len()).unwrap_or(u16::MAX).max(1);
        let note = count(&self.note_rows);
        let flag = written.flag.as_ref().map_or(0, |_| count(&self.flag_rows).min(FLAG_ROWS));
        let is = |fields: &[Field]| fields.contains(&focus);
        let fixed = |rows: u16, is_focused: bool| Block {
            least: rows.min(1),
            wanted: rows,
            is_focused,
            is_short: true,
        };
        let long =
            |least: u16, wanted: u16, is_focused: bool| Block { least, wanted, is_focused, is_short: false };
        [
            fixed(question, false),
            long(help.min(1), help, false),
            fixed(answer, is(&[Field::Answer])),
            fixed(u16::from(has_qualifier), is(&[Field::Qualifier])),
            Block { least: 0, ..fixed(self.status_lines.len() as u16, false) },
            long(1, detail, is(&[Field::Detail])),
            long(1, if is(&[Field::Links]) { links } else { links.min(5) }, is(&[Field::Links])),
            fixed(if is_editing { 3 } else { 0 }, is_editing),
            fixed(flag, is(&[Field::Flag])),
            long(
                1,
                if is(&[Field::Note]) { note.saturating_add(1).max(2) } else { note.min(3) },
                is(&[Field::Note]),
            ),
        ]
    }

    fn place(&mut self, inner: Rect, shares: &Shares) {
        let mut y = inner.y;
        let areas: [Rect; BLOCKS] = std::array::from_fn(|i| {
            let area = Rect { y, height: shares.heights[i], ..inner }.intersection(inner);
            y = y.saturating_add(shares.heights[i]).saturating_add(shares.gaps[i]);
            if area.is_empty() { Rect::ZERO } else { area }
        });
        [
            self.question,
            self.help,
            self.answer,
            self.qualifier,
            self.status,
            self.detail,
            self.evidence,
            self.link_parts,
            self.flag,
            self.note,
        ] = areas;
    }

    /// The area of a field's content.
    pub fn area(&self, field: Field) -> Rect {
        match field {
            Field::Answer => content(self.answer),
            Field::Qualifier => content(self.qualifier),
            // A part of the page has no labels.
            Field::Detail if self.answer.is_empty() && self.help.is_empty() && self.note.is_empty() => {
                self.detail
            }
            Field::Detail => content(self.detail),
            Field::Links => content(self.evidence),
            Field::LinkUrl => self.link_part(0),
            Field::LinkLabel => self.link_part(1),
            Field::LinkQuote => self.link_part(2),
            Field::Note => content(self.note),
            Field::Flag => content(self.flag),
        }
    }

    /// The content of one of the parts of a link. If there is no room for all three, each takes the first
    /// row.
    pub fn link_part(&self, row: u16) -> Rect {
        let parts = content(self.link_parts);
        let y = if parts.height >= 3 { parts.y + row } else { parts.y };
        split(Rect { y, height: parts.height.min(1), ..parts }, PART_LABELS).1
    }

    /// The label of one of the parts of a link.
    pub fn link_part_label(&self, row: u16) -> Rect {
        let part = self.link_part(row);
        Rect { x: part.x.saturating_sub(PART_LABELS), width: PART_LABELS, ..part }
    }

    /// The largest sensible scroll of the help and the earlier answer, which scroll together.
    pub fn max_help_scroll(&self) -> usize {
        self.most_help_scroll().max(self.most_before_scroll())
    }

    /// The rows of the help or the earlier answer that are shown: of the lower one of those that scroll.
    pub fn scrolled_rows(&self) -> usize {
        let help = (self.most_help_scroll() > 0).then_some(self.help.height);
        let before = (self.most_before_scroll() > 0).then_some(inset(self.before).height);
        help.into_iter().chain(before).min().unwrap_or_default() as usize
    }

    /// The scroll at which the help shows its last row.
    pub fn most_help_scroll(&self) -> usize {
        self.help_lines.len().saturating_sub(self.help.height as usize)
    }

    /// The scroll at which the earlier answer shows its last row.
    pub fn most_before_scroll(&self) -> usize {
        self.before_lines.len().saturating_sub(inset(self.before).height as usize)
    }

    /// The scroll at which the answer shows the last row of the choices.
    pub fn most_choices_scroll(&self) -> usize {
        (choice_rows(&self.choices) as usize).saturating_sub(self.answer.height as usize)
    }

    /// The scroll of the choices after one of them is brought into view.
    pub fn scroll_to_choice(&self, scroll: usize, choice: Option<usize>) -> usize {
        let Some(place) = choice.and_then(|choice| self.choices.get(choice)) else { return scroll };
        let (height, rows) = (self.answer.height as usize, choice_rows(&self.choices) as usize);
        let last = scroll_to(scroll, (place.y + count(&place.rows)).saturating_sub(1) as usize, height, rows);
        scroll_to(last, place.y as usize, height, rows)
    }

    /// The choice at a point of the answer, of which the rows from `scroll` on are shown.
    pub fn choice_at(&self, point: Point, scroll: usize) -> Option<usize> {
        let area = content(self.answer);
        let (x, y) = (point.x.checked_sub(area.x)?, point.y.checked_sub(area.y)? + scroll as u16);
        let is_hit = |place: &ChoicePlace| {
            (place.x..place.x + place.width).contains(&x)
                && (place.y..place.y + count(&place.rows)).contains(&y)
        };
        self.choices.iter().position(is_hit).filter(|_| area.contains(point))
    }

    /// The link at a point of the evidence.
    pub fn link_at(&self, point: Point) -> Option<usize> {
        let row = self.evidence_scroll + point.y.checked_sub(self.evidence.y)? as usize;
        self.evidence_lines.get(row).filter(|_| self.evidence.contains(point)).map(|(_, link)| *link)
    }
}

/// The part of a field's area to the right of its label.
fn content(area: Rect) -> Rect {
    split(area, LABELS).1
}

/// The label of a field's area.
pub fn label(area: Rect) -> Rect {
    let area = split(area, LABELS).0;
    Rect { height: area.height.min(1), ..area }
}

/// The field that a part belongs to.
pub fn main_field(field: Field) -> Field {
    match field {
        Field::Answer | Field::Qualifier | Field::Flag => Field::Answer,
        Field::Links | Field::LinkUrl | Field::LinkLabel | Field::LinkQuote => Field::Links,
        Field::Detail => Field::Detail,
        Field::Note => Field::Note,
    }
}

/// The properties of the page as they will be published, and lines that are not properties.
fn properties(session: &Session) -> Vec<RichLine> {
    let heading = RichLine(vec![("On the page:".to_owned(), Role::Strong)]);
    let unclear = session.unclear_properties().into_iter().map(|line| {
        RichLine(vec![(format!("Line {line} is not \"key: value\"; it is left out."), Role::Warning)])
    });
    let properties = session.page_properties().into_iter().map(|property| {
        let mark = if property.is_set { " (set)" } else { "" };
        let value = text::one_line(&property.value);
        RichLine(vec![
            (format!("{}: ", property.key), Role::Dim),
            (value, Role::Text),
            (mark.to_owned(), Role::Dim),
        ])
    });
    [heading].into_iter().chain(properties).chain(unclear).collect()
}

fn count(rows: &[Row]) -> u16 {
    u16::try_from(rows.len()).unwrap_or(u16::MAX)
}

/// Where a choice is in the answer's area.
#[derive(Debug)]
pub struct ChoicePlace {
    /// Its column.
    pub x: u16,
    /// Its first row.
    pub y: u16,
    /// Its columns.
    pub width: u16,
    /// The rows of its label, of which the further ones are indented like the first.
    pub rows: Vec<Row>,
}

/// Places the choices one after the other. One that is longer than a row has further rows.
fn choice_places(choices: &[Choice], width: usize) -> Vec<ChoicePlace> {
    let indent = usize::from(CHOICE_INDENT);
    let (mut x, mut y) = (0, 0);
    let mut places = Vec::new();
    for choice in choices {
        let columns = indent + text::width(&choice.label);
        if x > 0 && x + columns > width {
            (x, y) = (0, y + 1);
        }
        let rows = text::wrap(&choice.label, width.saturating_sub(indent));
        let further = count(&rows).saturating_sub(1);
        places.push(ChoicePlace { x: x as u16, y, width: columns.min(width) as u16, rows });
        // Beside the last one of several rows, a choice would be mistaken for its continuation.
        (x, y) = if further > 0 { (0, y + further + 1) } else { (x + columns + 2, y) };
    }
    places
}

fn choice_rows(choices: &[ChoicePlace]) -> u16 {
    choices.last().map_or(1, |place| place.y + count(&place.rows))
}
