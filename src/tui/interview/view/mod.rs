//! Draws the interview.

mod outline;
mod question;

use ratatui::Frame;

use crate::session::{Field, Item};
use crate::tui::chrome::{areas, header};
use crate::tui::keys::{Action, Context, InterviewAction, key_of};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::{draw, mark, rich};

use super::before;
use super::state::Interview;
use super::update::links;

/// Draws the interview.
pub fn view(interview: &Interview, theme: &Theme, frame: &mut Frame) {
    let [top, _, _] = areas(frame.area());
    header(frame, top, &interview.current, theme);
    outline::view(interview, theme, frame);
    before_pane(interview, theme, frame);
    match interview.question() {
        Some(index) => question::view(interview, index, theme, frame),
        None => part(interview, theme, frame),
    }
    let found = theme.style(Role::Found);
    mark::mark(frame.buffer_mut(), draw::inset(interview.layout.main), interview.marked(), found);
    mark::mark(frame.buffer_mut(), draw::inset(interview.layout.outline), interview.marked(), found);
}

/// The earlier answer to the question that is shown.
fn before_pane(interview: &Interview, theme: &Theme, frame: &mut Frame) {
    let (area, session) = (interview.layout.before, interview.session());
    if let Some(previous) = session.previous().filter(|_| !area.is_empty()) {
        draw::pane(frame, area, &before::title(previous), false, theme);
        let inner = draw::inset(area);
        let lines = &interview.layout.before_lines;
        let scroll = interview.bookmark.help_scroll.min(interview.layout.most_before_scroll());
        rich::draw(frame, inner, lines, scroll, theme);
        draw::scrollbar(frame, inner, lines.len(), scroll, theme);
    }
}

/// A part of the page: its prompt and its text.
fn part(interview: &Interview, theme: &Theme, frame: &mut Frame) {
    let (layout, session) = (&interview.layout, interview.session());
    let title = match interview.item() {
        Item::Section(index) => session.sections().get(*index).map_or("", |section| &section.heading),
        Item::Properties => "Properties",
        Item::Introduction | Item::Question(_) => "Introduction",
    };
    draw::pane(frame, layout.main, title, interview.focused().is_some(), theme);
    let prompt = session.prompt(interview.item());
    draw::rows(frame, layout.question, &prompt, &layout.question_rows, 0, theme.style(Role::Help));
    let text_ref = session.text_at(session.position());
    let empty = match interview.item() {
        Item::Properties => "Nothing set: the defaults below apply.",
        Item::Introduction | Item::Section(_) | Item::Question(_) => "Nothing written yet.",
    };
    question::typed(interview, Field::Detail, text_ref, empty, theme, frame);
    rich::draw(frame, layout.properties, &layout.property_lines, 0, theme);
    if layout.property_lines.len() > layout.properties.height as usize {
        draw::more(frame, layout.properties, theme);
    }
}

/// The footer's verbs that depend on the question: where Enter goes from a part of an answer, and none for
/// the places to look where there are none.
pub fn verbs(interview: &Interview) -> Vec<(Action, &'static str)> {
    let mut verbs = Vec::new();
    let next = match interview.focused() {
        Some(Field::Qualifier) => Some("detail"),
        Some(Field::Flag) => Some("answer"),
        Some(Field::LinkUrl | Field::LinkLabel | Field::LinkQuote) => {
            Some(if links::leads_to_label(interview) { "label" } else { "list of links" })
        }
        Some(Field::Answer | Field::Detail | Field::Links | Field::Note) | None => None,
    };
    verbs.extend(next.map(|verb| (Action::Interview(InterviewAction::FinishPart), verb)));
    if interview.question().is_none_or(|index| interview.session().question(index).look.is_empty()) {
        verbs.push((Action::Interview(InterviewAction::Look), ""));
    }
    verbs
}

/// The footer's hint for choosing an answer: the letters and digits of the choices; or the key that takes
/// over the earlier answer, while there is none yet.
pub fn first_hint(interview: &Interview) -> Option<(String, &'static str)> {
    let index = interview.question().filter(|_| interview.focused() == Some(Field::Answer))?;
    if interview.session().carry_over(index).is_some_and(|carried| !carried.replaces) {
        let action = Action::Interview(InterviewAction::CarryOver);
        return Some((key_of(&[Context::Answer], action), "take over the earlier answer"));
    }
    let keys = interview.session().choice_keys(index);
    let letters: Vec<String> = keys.iter().take(9).map(char::to_string).collect();
    match letters.len() {
        0 => None,
        1 => Some((letters.concat(), "choose")),
        count => Some((format!("{} or 1-{count}", letters.concat()), "choose")),
    }
}
