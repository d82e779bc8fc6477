//! The list of links: those kept with the answer, then those that the detail cites.

use jiff::tz::TimeZone;

use crate::session::{Edit, Field, Link, Origin, Position};
use crate::text;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::state::{Review, State};
use crate::tui::widgets::editor::Change;

use super::change::{go, make, question, splice};
use super::places::to_field;

/// Does an action on the list.
pub fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    let Some((index, id)) = question(review) else { return };
    let answer = review.session.answer(index);
    let selected = selected(review);
    let listed = answer.links.get(selected).cloned();
    match action {
        Action::Up => select(state, selected.saturating_sub(1), effects),
        Action::Down => {
            let last = answer.link_count().saturating_sub(1);
            select(state, (selected + 1).min(last), effects);
        }
        Action::NewLink => add(state, "", effects),
        Action::OpenLink => match url(review, selected) {
            Some(_) => open(state, effects),
            None => add(state, "", effects),
        },
        _ if listed.is_none() => {
            state.message = match url(review, selected) {
                Some(_) => "This link is cited in the detail; change it there.".to_owned(),
                None => "There is no link yet. n makes one; pasting an address does too.".to_owned(),
            };
        }
        Action::EditLink => to_part(state, Field::LinkUrl, selected, effects),
        Action::EditLabel => to_part(state, Field::LinkLabel, selected, effects),
        Action::EditQuote => to_part(state, Field::LinkQuote, selected, effects),
        Action::DeleteLink => {
            make(
                state,
                Edit::Link { question: id, index: selected, before: listed, after: None },
                Origin::Do,
                effects,
            );
            state.message = "Deleted. Ctrl-Z brings it back.".to_owned();
        }
        Action::LinkUp | Action::LinkDown => {
            let to = if action == Action::LinkUp { selected.checked_sub(1) } else { Some(selected + 1) };
            if let Some(to) = to.filter(|to| *to < answer.links.len()) {
                make(state, Edit::MoveLink { question: id, from: selected, to }, Origin::Do, effects);
            }
        }
        _ => {}
    }
}

/// Opens the selected link in the browser.
pub fn open(state: &mut State, effects: &mut Vec<Effect>) {
    match state.review.as_ref().and_then(|review| url(review, selected(review))) {
        Some(url) if text::is_openable(&url) => effects.push(Effect::Browse(url)),
        Some(_) => {
            state.message = "Only http, https and mailto addresses are opened. e edits it.".to_owned();
        }
        None => {}
    }
}

/// A pasted address is a new link.
pub fn paste(state: &mut State, pasted: &str, effects: &mut Vec<Effect>) {
    let pasted = pasted.trim();
    if text::looks_like_url(pasted) {
        add(state, pasted, effects);
    } else {
        state.message = "That is no address. A link begins with https://, http:// or mailto:.".to_owned();
    }
}

/// Ends the part of the link that is edited: after the address of a link without words come the words.
pub fn done(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    let Some(index) = review.question() else { return };
    let at = selected(review);
    let Some(link) = review.session.answer(index).links.get(at) else { return };
    let (field, url_is_empty) = (review.field(), link.url.is_empty());
    let (url_problem, wants_label) = (text::url_problem(&link.url), link.label.is_empty());
    if url_is_empty {
        drop_empty(state, effects);
        to_field(state, Field::Links, effects);
    } else if field == Field::LinkUrl && wants_label {
        let words = text::words_of(&link.url);
        to_part(state, Field::LinkLabel, at, effects);
        suggest(state, words, effects);
    } else {
        to_field(state, Field::Links, effects);
    }
    if let Some(problem) = url_problem.filter(|_| !url_is_empty) {
        state.message = format!("The address {}.", problem.describe());
    }
}

/// Takes away the selected link if nothing was written into it.
pub fn drop_empty(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    if !matches!(review.field(), Field::LinkUrl | Field::LinkLabel | Field::LinkQuote) {
        return;
    }
    let Some((index, id)) = question(review) else { return };
    let at = selected(review);
    let link = review.session.answer(index).links.get(at).cloned();
    if let Some(link) =
        link.filter(|link| link.url.is_empty() && link.label.is_empty() && link.quote.is_empty())
    {
        make(
            state,
            Edit::Link { question: id, index: at, before: Some(link), after: None },
            Origin::Do,
            effects,
        );
    }
}

/// The address of a link by its place among all, listed and cited.
pub fn url(review: &Review, place: usize) -> Option<String> {
    let answer = review.session.answer(review.question()?);
    if let Some(link) = answer.links.get(place) {
        return Some(link.url.clone());
    }
    let cited = text::cited(&answer.detail);
    let mut cited = cited.into_iter().filter(|c| !answer.links.iter().any(|l| l.url == c.url));
    cited.nth(place.checked_sub(answer.links.len())?).map(|c| c.url)
}

/// The place of the selected link among all.
pub fn selected(review: &Review) -> usize {
    review.session.position().link
}

/// Selects a link by its place among all.
pub fn select(state: &mut State, link: usize, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    let item = review.session.position().item.clone();
    go(state, Position { item, field: Field::Links, cursor: 0, link }, effects);
}

fn add(state: &mut State, url: &str, effects: &mut Vec<Effect>) {
    let today = state.now.to_zoned(TimeZone::system()).date().to_string();
    let Some(review) = &state.review else { return };
    let Some((index, id)) = question(review) else { return };
    let answer = review.session.answer(index);
    let at = answer.links.len();
    let known = !url.is_empty()
        && (answer.links.iter().any(|l| l.url == url)
            || text::cited(&answer.detail).iter().any(|c| c.url == url));
    if known {
        state.message = "This link is there already.".to_owned();
        return;
    }
    let label = if url.is_empty() { String::new() } else { text::words_of(url) };
    let link = Link { url: url.to_owned(), label, retrieved: today, ..Link::default() };
    if make(
        state,
        Edit::Link { question: id, index: at, before: None, after: Some(link) },
        Origin::Do,
        effects,
    ) {
        to_part(state, if url.is_empty() { Field::LinkUrl } else { Field::LinkLabel }, at, effects);
        select_all(state);
    }
}

/// Fills in words for the link; they are selected, so that typing replaces them.
fn suggest(state: &mut State, words: String, effects: &mut Vec<Effect>) {
    let Some(text_ref) = state.review.as_ref().and_then(Review::text) else { return };
    splice(state, text_ref, Change { range: 0..0, text: words }, effects);
    select_all(state);
}

fn select_all(state: &mut State) {
    if let Some(review) = &mut state.review {
        review.anchor = (review.session.position().cursor > 0).then_some(0);
    }
}

fn to_part(state: &mut State, field: Field, link: usize, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    let item = review.session.position().item.clone();
    let mut to = Position { item, field, cursor: 0, link };
    to.cursor = review.session.text_at(&to).and_then(|text| review.session.text(&text)).map_or(0, str::len);
    go(state, to, effects);
}
