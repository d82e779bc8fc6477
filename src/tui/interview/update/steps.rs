//! From field to field and from question to question.

use crate::session::{Count, Field, Item, Reason, Session};
use crate::text;
use crate::tui::interview::layout::main_field;
use crate::tui::interview::state::{Focus, Interview};
use crate::tui::keys::{Action, AppAction, Context, InterviewAction, Select, TextAction, key_of};
use crate::tui::reasons;
use crate::tui::turn::Turn;

use super::go::{focus, to_field, to_item};
use super::{links, text as texts};

/// The fields of a question, in the order of Tab.
const FIELDS: [Field; 4] = [Field::Answer, Field::Detail, Field::Links, Field::Note];

/// To the next or previous field, then to the next or previous item. In a link, through its parts.
pub fn step_field(interview: &mut Interview, forward: bool, turn: &mut Turn<'_>) {
    if interview.bookmark.focus == Focus::Outline {
        if forward {
            focus(interview, Focus::Field);
        }
        return;
    }
    if links::step_part(interview, forward, turn) {
        return;
    }
    if interview.question().is_none() {
        return if forward { step_question(interview, 1, turn) } else { step_back(interview, turn) };
    }
    let field = main_field(interview.field());
    let at = FIELDS.iter().position(|f| *f == field).unwrap_or(0);
    let next = if forward { FIELDS.get(at + 1) } else { at.checked_sub(1).and_then(|at| FIELDS.get(at)) };
    match next {
        Some(next) => {
            links::drop_empty(interview, turn);
            to_field(interview, *next, turn);
        }
        None if forward => step_question(interview, 1, turn),
        None => step_back(interview, turn),
    }
}

/// To the last field of the previous item.
fn step_back(interview: &mut Interview, turn: &mut Turn<'_>) {
    let item = interview.item().clone();
    let before = interview.bookmark.outline.step(interview.session(), &item, -1);
    if before == item {
        return;
    }
    let is_question = matches!(before, Item::Question(_));
    to_item(interview, before, turn);
    if is_question {
        to_field(interview, Field::Note, turn);
    }
}

/// PgDn and PgUp: through a text that is taller than its area first, then to the next or previous question.
pub fn page(interview: &mut Interview, forward: bool, turn: &mut Turn<'_>) {
    if !texts::page(interview, forward, turn) {
        step_question(interview, if forward { 1 } else { -1 }, turn);
    }
}

fn step_question(interview: &mut Interview, by: isize, turn: &mut Turn<'_>) {
    links::drop_empty(interview, turn);
    let item = interview.item().clone();
    let mut to = interview.bookmark.outline.step(interview.session(), &item, by);
    // The properties have useful defaults; to change them, select them in the outline.
    if to == Item::Properties {
        to = interview.bookmark.outline.step(interview.session(), &to, by);
    }
    if to != item {
        return to_item(interview, to, turn);
    }
    turn.say(end(interview.session().progress(), by > 0));
}

/// That there is no further item, and the keys that lead on.
fn end(count: Count, forward: bool) -> String {
    let contexts = [Context::Interview];
    let preview = key_of(&contexts, Action::App(AppAction::ToPreview));
    let next = key_of(&contexts, Action::Interview(InterviewAction::NextOpen));
    let here = if forward { "This is the last one" } else { "This is the first question" };
    if count.done == count.asked {
        format!("{here}, and nothing is open. {preview} previews the page.")
    } else {
        format!("{here}. {next} goes to the next open question, {preview} previews the page.")
    }
}

/// To the next or previous open question, to the field that it lacks, and says why it is open.
pub fn step_open(interview: &mut Interview, forward: bool, turn: &mut Turn<'_>) {
    links::drop_empty(interview, turn);
    let (session, count) = (interview.session(), interview.session().len());
    let here = interview.question().unwrap_or(if forward { count.saturating_sub(1) } else { 0 });
    let order = (1..=count).map(|n| if forward { (here + n) % count } else { (here + count - n) % count });
    let order: Vec<usize> = order.collect();
    // Two answers come first: until they are settled, nobody knows what the page says.
    let two = order.iter().copied().find(|&index| session.is_open(index) && session.has_two_answers(index));
    let Some(open) = two.or_else(|| order.iter().copied().find(|&index| session.is_open(index))) else {
        let key = key_of(&[Context::Interview], Action::App(AppAction::ToPreview));
        turn.say(format!("Nothing is open. {key} previews the page."));
        return;
    };
    let reasons = text::one_line(&reasons::shown(&session.reasons(open)));
    let field = lacking(session, open);
    let item = Item::of(session.question(open));
    focus(interview, Focus::Field);
    to_item(interview, item, turn);
    if field != Field::Answer {
        to_field(interview, field, turn);
    }
    turn.say(format!("Open: {reasons}."));
}

/// The field that keeps a question open: the answer before the detail, the detail before the evidence.
fn lacking(session: &Session, index: usize) -> Field {
    let reasons = session.reasons(index);
    let fields = reasons.iter().filter_map(|reason| match reason {
        Reason::TwoAnswers(_)
        | Reason::Merged(_)
        | Reason::Unanswered
        | Reason::NoSuchChoice(_)
        | Reason::NotANumber
        | Reason::NotADate
        | Reason::NotWhole
        | Reason::BelowMinimum(_)
        | Reason::AboveMaximum(_)
        | Reason::Contradiction(_) => Some(Field::Answer),
        Reason::Blank(field, _) => Some(*field),
        Reason::NeedsDetail(_) => Some(Field::Detail),
        Reason::NeedsLink(_) => Some(Field::Links),
        // A flag can be settled anywhere.
        Reason::Flagged(_) => None,
    });
    fields.min_by_key(|field| FIELDS.iter().position(|known| known == field)).unwrap_or(Field::Answer)
}

/// Back to the item visited before.
pub fn back(interview: &mut Interview, turn: &mut Turn<'_>) {
    let here = interview.item().clone();
    match interview.bookmark.visited.pop() {
        Some(item) => {
            interview.bookmark.revisited.push(here);
            visit(interview, item, turn);
        }
        None => turn.say("No question was visited before this one."),
    }
}

/// Forward again, after going back.
pub fn forward(interview: &mut Interview, turn: &mut Turn<'_>) {
    let here = interview.item().clone();
    match interview.bookmark.revisited.pop() {
        Some(item) => {
            interview.bookmark.visited.push(here);
            visit(interview, item, turn);
        }
        None => {
            let back = Action::Interview(InterviewAction::HistoryBack);
            turn.say(format!("{} goes back first.", key_of(&[Context::Interview], back)));
        }
    }
}

/// Goes to an item without changing the history of visits.
fn visit(interview: &mut Interview, item: Item, turn: &mut Turn<'_>) {
    let (visited, revisited) = (interview.bookmark.visited.clone(), interview.bookmark.revisited.clone());
    focus(interview, Focus::Field);
    to_item(interview, item, turn);
    (interview.bookmark.visited, interview.bookmark.revisited) = (visited, revisited);
}

/// The action that moves the cursor one row, for scrolling by the wheel.
pub fn row_action(down: bool) -> Action {
    Action::Text(if down { TextAction::RowDown(Select::No) } else { TextAction::RowUp(Select::No) })
}
