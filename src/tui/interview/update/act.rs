//! Which part of the interview handles an action, a letter, or a paste.

use crate::session::Field;
use crate::text;
use crate::tui::interview::layout::main_field;
use crate::tui::interview::state::{Focus, Interview};
use crate::tui::keys::{InterviewAction, Move};
use crate::tui::turn::{DialogRequest, Naming, Request, Turn};
use crate::tui::widgets::list;

use super::go::{focus, to_field};
use super::{again, answer, conflicts, links, look, outline, similar, skeleton, steps, team, text as texts};

/// The rows that the help scrolls by if there is room for more.
const SCROLLED: usize = 3;

/// Performs an action of the interview.
pub fn act(interview: &mut Interview, action: InterviewAction, turn: &mut Turn<'_>) {
    match action {
        InterviewAction::NextField => steps::step_field(interview, true, turn),
        InterviewAction::PreviousField => steps::step_field(interview, false, turn),
        InterviewAction::NextQuestion => steps::page(interview, true, turn),
        InterviewAction::PreviousQuestion => steps::page(interview, false, turn),
        InterviewAction::NextOpen => steps::step_open(interview, true, turn),
        InterviewAction::PreviousOpen => steps::step_open(interview, false, turn),
        InterviewAction::GoToNumber => turn.ask(DialogRequest::GoToNumber),
        InterviewAction::HistoryBack => steps::back(interview, turn),
        InterviewAction::HistoryForward => steps::forward(interview, turn),
        InterviewAction::ToOutline => {
            links::drop_empty(interview, turn);
            focus(interview, Focus::Outline);
            interview.bookmark.wanted.clear();
        }
        InterviewAction::ToDetail => to_field(interview, Field::Detail, turn),
        InterviewAction::Find => turn.ask(DialogRequest::Find),
        InterviewAction::ScrollHelpUp => scroll_help(interview, false),
        InterviewAction::ScrollHelpDown => scroll_help(interview, true),
        InterviewAction::ClearAnswer => answer::clear(interview, turn),
        InterviewAction::Qualifier => to_field(interview, Field::Qualifier, turn),
        InterviewAction::Basis => ask_basis(interview, turn),
        InterviewAction::Flag => answer::flag(interview, turn),
        InterviewAction::RemoveFlag => answer::remove_flag(interview, turn),
        InterviewAction::CarryOver => again::carry_over(interview, turn),
        InterviewAction::Replace => again::replace(interview, turn),
        InterviewAction::ToggleBefore => {
            interview.bookmark.is_before_toggled = !interview.bookmark.is_before_toggled;
            interview.bookmark.help_scroll = 0;
        }
        InterviewAction::MatchEarlier => again::ask_match(interview, turn),
        InterviewAction::TwoAnswers => conflicts::two_answers(interview, turn),
        InterviewAction::Comment => team::ask_comment(interview, Naming::Comment, turn),
        InterviewAction::SendBack => team::ask_comment(interview, Naming::SendBack, turn),
        InterviewAction::Approve => team::approve(interview, turn),
        InterviewAction::CompareBefore => turn.request(Request::Compare),
        InterviewAction::Similar => similar::similar(interview, turn),
        InterviewAction::Skeleton => skeleton::insert(interview, turn),
        InterviewAction::Look => look::look(interview, turn),
        InterviewAction::Domain => look::ask_domain(interview, turn),
        InterviewAction::FinishPart => finish_part(interview, turn),
        InterviewAction::LeavePart => leave_part(interview, turn),
    }
    again::read(interview, turn);
}

/// Moves in the outline, in the list of links, or through choices that do not fit.
pub fn step(interview: &mut Interview, step: Move, turn: &mut Turn<'_>) {
    match interview.focused() {
        None => outline::step(interview, step, turn),
        Some(Field::Links) => links::step(interview, step, turn),
        Some(Field::Answer) => {
            let rows = interview.layout.most_choices_scroll() + 1;
            let page = interview.layout.answer.height as usize;
            interview.scroll = list::step(interview.choices_scroll(), step, rows, page);
        }
        Some(_) => {}
    }
}

/// A character that no key binding handles: a choice, or part of a text.
pub fn typed(interview: &mut Interview, c: char, turn: &mut Turn<'_>) {
    if interview.bookmark.focus == Focus::Outline {
        if interview.bookmark.outline.is_typing {
            outline::type_words(interview, &c.to_string());
        }
    } else if interview.text().is_some() {
        texts::insert(interview, &c.to_string(), turn);
    } else if interview.field() == Field::Answer {
        answer::choose_by_key(interview, c, turn);
    }
}

/// Pasted text: into the text that has the focus, or as new links.
pub fn paste(interview: &mut Interview, pasted: &str, turn: &mut Turn<'_>) {
    if interview.bookmark.focus == Focus::Outline {
        if interview.bookmark.outline.is_typing {
            outline::type_words(interview, &text::one_line(pasted));
        } else {
            turn.say("Nothing was pasted. Enter opens the question.");
        }
    } else if interview.text().is_some() {
        texts::paste(interview, pasted, turn);
    } else if interview.field() == Field::Links {
        links::paste(interview, pasted, turn);
    } else {
        turn.say("Nothing was pasted. Enter goes to the detail.");
    }
}

/// Asks how the answer is known. A basis that is left of an answer that was cleared can be removed.
fn ask_basis(interview: &Interview, turn: &mut Turn<'_>) {
    let Some(index) = interview.question() else { return };
    let answer = interview.session().answer(index);
    if answer.is_answered() || answer.basis.is_some() {
        turn.ask(DialogRequest::Basis);
    } else {
        turn.say("There is no answer yet. The basis says how an answer is known.");
    }
}

/// Enter in a part of an answer: from the qualifier to the detail, otherwise back to where the part belongs.
fn finish_part(interview: &mut Interview, turn: &mut Turn<'_>) {
    match interview.field() {
        Field::Qualifier => to_field(interview, Field::Detail, turn),
        Field::LinkUrl | Field::LinkLabel | Field::LinkQuote => links::finish(interview, turn),
        Field::Flag => to_field(interview, Field::Answer, turn),
        Field::Answer | Field::Detail | Field::Links | Field::Note => {}
    }
}

/// Esc in a part of an answer: back to where the part belongs. A flag that was just opened and has no words
/// is removed.
fn leave_part(interview: &mut Interview, turn: &mut Turn<'_>) {
    let field = interview.field();
    if field == Field::Flag {
        answer::drop_empty_flag(interview, turn);
    }
    if main_field(field) == Field::Links {
        links::finish_all(interview, turn);
    } else {
        to_field(interview, main_field(field), turn);
    }
}

/// Scrolls help and earlier answer by at most what is shown of them, so that no row is passed over; of
/// several rows, one stays.
fn scroll_help(interview: &mut Interview, down: bool) {
    let layout = &interview.layout;
    let (most, shown) = (layout.max_help_scroll(), layout.scrolled_rows());
    let by = shown.saturating_sub(1).clamp(1, SCROLLED) as isize;
    let scroll = &mut interview.bookmark.help_scroll;
    *scroll = scroll.saturating_add_signed(if down { by } else { -by }).min(most);
}
