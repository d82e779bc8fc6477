//! The list of links: those listed with the answer, then those that only the detail cites.

use jiff::civil::Date;

use crate::questionnaire::LinkKind;
use crate::session::{Edit, Field, Link, LinkPart, Position, TextRef, file_id};
use crate::text;
use crate::tui::effect::Effect;
use crate::tui::interview::state::Interview;
use crate::tui::keys::{LinkAction, Move};
use crate::tui::turn::{DialogRequest, Naming, Turn};
use crate::tui::widgets::editor::Change;
use crate::tui::widgets::list;

use super::edit::{go, make, splice};
use super::files;
use super::go::to_field;

/// Added to a URL that was typed without a scheme.
const SCHEME: &str = "https://";

/// Performs an action of the list.
pub fn act(interview: &mut Interview, action: LinkAction, turn: &mut Turn<'_>) {
    match action {
        LinkAction::New => add_empty(interview, turn),
        LinkAction::Open => match url(interview) {
            Some(_) => open(interview, turn),
            None => add_empty(interview, turn),
        },
        LinkAction::Attach => files::ask_path(interview, turn),
        LinkAction::SavePage => files::save_page(interview, turn),
        LinkAction::NextKind => next_kind(interview, turn),
        LinkAction::Expiry => ask_expiry(interview, turn),
        LinkAction::ToggleInternal => toggle_internal(interview, turn),
        LinkAction::ReadToday => read_today(interview, turn),
        LinkAction::AllReadToday => all_read_today(interview, turn),
        LinkAction::EditUrl if url(interview).is_some_and(|url| file_id(&url).is_some()) => {
            turn.say("This is a file, which has no address. d deletes the link, + attaches another file.");
        }
        LinkAction::EditUrl => edit_part(interview, Field::LinkUrl, turn),
        LinkAction::EditLabel => edit_part(interview, Field::LinkLabel, turn),
        LinkAction::EditQuote => edit_part(interview, Field::LinkQuote, turn),
        LinkAction::Delete => delete(interview, turn),
        LinkAction::MoveUp => move_by(interview, -1, turn),
        LinkAction::MoveDown => move_by(interview, 1, turn),
    }
}

/// Selects another link.
pub fn step(interview: &mut Interview, step: Move, turn: &mut Turn<'_>) {
    let count = interview.question().map_or(0, |index| interview.session().answer(index).link_count());
    let page = interview.layout.evidence.height as usize;
    select(interview, list::step(selected(interview), step, count, page), turn);
}

/// Selects a link by its place among all.
pub fn select(interview: &mut Interview, link: usize, turn: &mut Turn<'_>) {
    let item = interview.item().clone();
    go(interview, Position { item, field: Field::Links, cursor: 0, link }, turn);
}

/// Opens the selected link in the browser.
pub fn open(interview: &Interview, turn: &mut Turn<'_>) {
    match url(interview) {
        Some(url) if file_id(&url).is_some() => files::open(file_id(&url).unwrap_or_default(), turn),
        Some(url) if text::is_openable(&url) => turn.effects.push(Effect::Browse { url }),
        Some(_) => turn.say("Only http, https and mailto links can be opened."),
        None => {}
    }
}

/// Each pasted line that is a URL becomes a link.
pub fn paste(interview: &mut Interview, pasted: &str, turn: &mut Turn<'_>) {
    let lines: Vec<&str> = pasted.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let (urls, others): (Vec<&str>, Vec<&str>) = lines.iter().partition(|line| text::looks_like_url(line));
    let added = urls.iter().filter(|url| add(interview, url, turn)).count();
    if urls.is_empty() {
        turn.say("This is not a web address: it must start with https://, http:// or mailto:.");
    } else if urls.len() == 1 && added == 1 && others.is_empty() {
        let last = listed_count(interview).saturating_sub(1);
        to_part(interview, Field::LinkLabel, last, true, turn);
    } else if others.is_empty() && added > 0 {
        turn.say(format!("{added} links added."));
    } else if !others.is_empty() {
        turn.say(format!("{added} links added; {} lines were not web addresses.", others.len()));
    }
}

/// Whether Enter in a part of a link leads to the label: after the URL of a link without one.
pub fn leads_to_label(interview: &Interview) -> bool {
    let is_url = interview.field() == Field::LinkUrl;
    listed(interview).is_some_and(|link| {
        is_url && link.label.is_empty() && text::url_problem(&complete(&link.url)).is_none()
    })
}

/// Enter in a part of a link: after the URL of a link without a label comes the label, otherwise the list.
pub fn finish(interview: &mut Interview, turn: &mut Turn<'_>) {
    let Some(link) = listed(interview) else { return };
    let at = selected(interview);
    if leads_to_label(interview) {
        complete_url(interview, turn);
        let label = text::label_from_url(&complete(&link.url));
        to_part(interview, Field::LinkLabel, at, false, turn);
        suggest(interview, label, turn);
        return;
    }
    finish_all(interview, turn);
}

/// Returns from a part of a link to the list, and reports a bad URL.
pub fn finish_all(interview: &mut Interview, turn: &mut Turn<'_>) {
    complete_url(interview, turn);
    drop_empty(interview, turn);
    let link = listed(interview).filter(|link| file_id(&link.url).is_none());
    let problem = link.and_then(|link| text::url_problem(&link.url));
    to_field(interview, Field::Links, turn);
    if let Some(problem) = problem.filter(|_| listed(interview).is_some()) {
        turn.say(format!("This link cannot be opened: its URL {}.", problem.describe()));
    }
}

/// Tab in a part of a link: URL, label, quote. Returns false after the last part and before the first.
pub fn step_part(interview: &mut Interview, forward: bool, turn: &mut Turn<'_>) -> bool {
    const PARTS: [Field; 3] = [Field::LinkUrl, Field::LinkLabel, Field::LinkQuote];
    let Some(at) = PARTS.iter().position(|part| *part == interview.field()) else { return false };
    complete_url(interview, turn);
    let next = if forward { PARTS.get(at + 1) } else { at.checked_sub(1).and_then(|at| PARTS.get(at)) };
    match next {
        Some(next) => {
            let link = selected(interview);
            to_part(interview, *next, link, false, turn);
            true
        }
        None if forward => false,
        None => {
            finish_all(interview, turn);
            true
        }
    }
}

/// Removes the link that is being edited if nothing was written into it.
pub fn drop_empty(interview: &mut Interview, turn: &mut Turn<'_>) {
    if !is_part(interview.field()) {
        return;
    }
    let (Some((_, question)), Some(link)) = (interview.question_id(), listed(interview)) else { return };
    if link.url.is_empty() && link.label.is_empty() && link.quote.is_empty() {
        let index = selected(interview);
        make(interview, Edit::Link { question, index, before: Some(Box::new(link)), after: None }, turn);
    }
}

fn is_part(field: Field) -> bool {
    match field {
        Field::LinkUrl | Field::LinkLabel | Field::LinkQuote => true,
        Field::Answer | Field::Qualifier | Field::Detail | Field::Links | Field::Note | Field::Flag => false,
    }
}

/// A URL as typed, with the scheme added if there is none.
fn complete(url: &str) -> String {
    let url = url.trim();
    let has_scheme = url.contains(':') || url.is_empty();
    if has_scheme || !url.contains('.') { url.to_owned() } else { format!("{SCHEME}{url}") }
}

/// Adds the scheme to the URL that is being edited, if it has none.
fn complete_url(interview: &mut Interview, turn: &mut Turn<'_>) {
    let (Some((_, id)), Some(link)) = (interview.question_id(), listed(interview)) else { return };
    let url = complete(&link.url);
    if is_part(interview.field()) && url != link.url {
        let text_ref = TextRef::Link(id, selected(interview), LinkPart::Url);
        let change = Change { range: 0..link.url.len(), text: url };
        splice(interview, text_ref, change, turn);
    }
}

/// The selected link, if it is one of the listed ones.
fn listed(interview: &Interview) -> Option<Link> {
    let index = interview.question()?;
    interview.session().answer(index).links.get(selected(interview)).cloned()
}

fn listed_count(interview: &Interview) -> usize {
    interview.question().map_or(0, |index| interview.session().answer(index).links.len())
}

/// The URL of the selected link.
fn url(interview: &Interview) -> Option<String> {
    let index = interview.question()?;
    interview.session().evidence(index).get(selected(interview)).map(|link| link.url.to_string())
}

fn selected(interview: &Interview) -> usize {
    interview.session().position().link
}

/// The selected link, or a message if there is none or if it is only cited.
fn editable(interview: &Interview, turn: &mut Turn<'_>) -> Option<Link> {
    let link = listed(interview);
    if link.is_none() {
        turn.say(match url(interview) {
            Some(_) => "This link is cited in the detail; change it there.",
            None => "There is no link yet. Press n for a new one, or paste a URL.",
        });
    }
    link
}

fn edit_part(interview: &mut Interview, field: Field, turn: &mut Turn<'_>) {
    if editable(interview, turn).is_some() {
        let link = selected(interview);
        to_part(interview, field, link, false, turn);
    }
}

/// Changes the selected link, which is listed.
fn change(interview: &mut Interview, before: Link, after: Link, turn: &mut Turn<'_>) -> bool {
    let (Some((_, question)), index) = (interview.question_id(), selected(interview)) else { return false };
    let (before, after) = (Some(Box::new(before)), Some(Box::new(after)));
    make(interview, Edit::Link { question, index, before, after }, turn)
}

/// Steps through what the link can be.
fn next_kind(interview: &mut Interview, turn: &mut Turn<'_>) {
    let Some(link) = editable(interview, turn) else { return };
    let kind = LinkKind::next(link.kind);
    if change(interview, link.clone(), Link { kind, ..link }, turn) {
        let ages = turn.ages(interview.session());
        let days = ages.by_kind.of(kind, ages.days);
        let limit = if days == 0 { "for ever".to_owned() } else { format!("for {days} days") };
        turn.say(match kind {
            Some(LinkKind::Certificate) => "A certificate: good until it expires. x sets the day.".to_owned(),
            Some(kind) => format!("Kind: {}, good {limit} after it was read.", kind.label()),
            None => format!("No particular kind: good {limit} after it was read."),
        });
    }
}

fn ask_expiry(interview: &Interview, turn: &mut Turn<'_>) {
    if let Some(link) = editable(interview, turn) {
        turn.ask(DialogRequest::Name { naming: Naming::Expiry, text: link.expires });
    }
}

/// Sets the day on which the selected link expires; `-` removes it.
pub fn set_expiry(interview: &mut Interview, typed: &str, turn: &mut Turn<'_>) {
    let expires = match typed.parse::<Date>() {
        Ok(day) => day.to_string(),
        Err(_) if typed == "-" => String::new(),
        Err(_) => return turn.say(format!("\"{typed}\" is not a date such as {}.", turn.today())),
    };
    if let Some(link) = editable(interview, turn) {
        change(interview, link.clone(), Link { expires, ..link }, turn);
    }
}

/// Keeps the selected link to the reviewer, or publishes it again.
fn toggle_internal(interview: &mut Interview, turn: &mut Turn<'_>) {
    let Some(link) = editable(interview, turn) else { return };
    let internal = !link.internal;
    let is_cited = || {
        let index = interview.question()?;
        Some(interview.session().evidence(index).get(selected(interview))?.cited)
    };
    let is_cited = is_cited() == Some(true);
    if change(interview, link.clone(), Link { internal, ..link }, turn) {
        turn.say(match (internal, is_cited) {
            (true, true) => "Internal, but the detail cites it, so it is published with the detail.",
            (true, false) => "Internal: this link is evidence, but is not published.",
            (false, _) => "This link is published.",
        });
    }
}

fn delete(interview: &mut Interview, turn: &mut Turn<'_>) {
    let (Some(link), Some((_, question))) = (editable(interview, turn), interview.question_id()) else {
        return;
    };
    let index = selected(interview);
    if make(interview, Edit::Link { question, index, before: Some(Box::new(link)), after: None }, turn) {
        turn.say("Link deleted. Ctrl-Z undoes this.");
    }
}

fn move_by(interview: &mut Interview, by: isize, turn: &mut Turn<'_>) {
    let (Some(_), Some((_, question))) = (editable(interview, turn), interview.question_id()) else { return };
    let from = selected(interview);
    if let Some(to) = from.checked_add_signed(by).filter(|to| *to < listed_count(interview)) {
        make(interview, Edit::MoveLink { question, from, to }, turn);
    }
}

/// Sets the date of the selected link to today. A link that is only cited gets an entry in the list for its
/// date.
fn read_today(interview: &mut Interview, turn: &mut Turn<'_>) {
    let Some((index, question)) = interview.question_id() else { return };
    let today = turn.today().to_string();
    let at = selected(interview);
    let edit = match listed(interview) {
        Some(link) => {
            let after = Some(Link { retrieved: today, ..link.clone() });
            Edit::Link { question, index: at, before: Some(Box::new(link)), after: after.map(Box::new) }
        }
        None => {
            let evidence = interview.session().evidence(index);
            let Some(cited) = evidence.get(at) else { return };
            let (url, label) = (cited.url.to_string(), cited.label.to_string());
            let after = Some(Link { url, label, retrieved: today, ..Link::default() });
            Edit::Link { question, index: listed_count(interview), before: None, after: after.map(Box::new) }
        }
    };
    if make(interview, edit, turn) {
        turn.say("Date set to today.");
    }
}

fn all_read_today(interview: &mut Interview, turn: &mut Turn<'_>) {
    let Some(index) = interview.question() else { return };
    let today = turn.today().to_string();
    match interview.session().reread_edit(index, &today) {
        Some(edit) => {
            if make(interview, edit, turn) {
                turn.say("The dates of all links set to today.");
            }
        }
        None => turn.say("All links have the date of today."),
    }
}

fn add_empty(interview: &mut Interview, turn: &mut Turn<'_>) {
    let Some((_, question)) = interview.question_id() else { return };
    let index = listed_count(interview);
    let retrieved = turn.today().to_string();
    let after = Some(Link { retrieved, ..Link::default() });
    if make(interview, Edit::Link { question, index, before: None, after: after.map(Box::new) }, turn) {
        to_part(interview, Field::LinkUrl, index, false, turn);
    }
}

/// Adds a link, unless it is there already. Returns whether it was added.
fn add(interview: &mut Interview, url: &str, turn: &mut Turn<'_>) -> bool {
    let Some((at, question)) = interview.question_id() else { return false };
    let is_known = interview.session().evidence(at).iter().any(|link| link.url == url);
    if is_known {
        turn.say("This link is in the list already.");
        return false;
    }
    let index = listed_count(interview);
    let (label, retrieved) = (text::label_from_url(url), turn.today().to_string());
    let after = Some(Link { url: url.to_owned(), label, retrieved, ..Link::default() });
    make(interview, Edit::Link { question, index, before: None, after: after.map(Box::new) }, turn)
}

/// Fills in a label. It is selected, so that typing replaces it.
fn suggest(interview: &mut Interview, label: String, turn: &mut Turn<'_>) {
    let Some(text_ref) = interview.text() else { return };
    splice(interview, text_ref, Change { range: 0..0, text: label }, turn);
    interview.anchor = (interview.session().position().cursor > 0).then_some(0);
}

/// Goes to a part of a link, with its text selected if `select` is true.
fn to_part(interview: &mut Interview, field: Field, link: usize, select: bool, turn: &mut Turn<'_>) {
    let item = interview.item().clone();
    let mut to = Position { item, field, cursor: 0, link };
    let session = interview.session();
    to.cursor = session.text_at(&to).and_then(|text_ref| session.text(&text_ref)).map_or(0, str::len);
    let is_empty = to.cursor == 0;
    go(interview, to, turn);
    interview.anchor = (select && !is_empty).then_some(0);
}
