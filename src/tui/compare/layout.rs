//! What differs in one question or part of the page, as rows.

use crate::session::{Basis, FieldDiff, ItemDiff, Link, LinkDiff, link_place};
use crate::text::Run;
use crate::tui::theme::Role;
use crate::tui::widgets::rich::{RichLine, difference, wrap};

/// The columns of the names of the fields.
const NAMES: usize = 10;

/// A text in pieces that have a role each.
type Pieces = Vec<(String, Role)>;

/// A field: its name, both versions in one text, and each version by itself.
struct Shown {
    name: &'static str,
    inline: Pieces,
    sides: [Pieces; 2],
}

/// The rows of an item, with both versions in one text or side by side.
pub(super) fn rows(item: &ItemDiff, width: usize, is_split: bool) -> Vec<RichLine> {
    if item.fields.is_empty() {
        return vec![RichLine::new(item.state.label(), Role::Dim)];
    }
    item.fields.iter().flat_map(|field| field_rows(&shown(field), width, is_split)).collect()
}

fn field_rows(field: &Shown, width: usize, is_split: bool) -> Vec<RichLine> {
    let room = width.saturating_sub(NAMES).max(8);
    let content = if is_split {
        let half = (room.saturating_sub(3) / 2).max(4);
        let [left, right] = [&field.sides[0], &field.sides[1]].map(|side| wrap(side, half));
        (0..left.len().max(right.len()))
            .map(|y| {
                let mut line = left.get(y).cloned().unwrap_or_default();
                let blanks = half.saturating_sub(line.width());
                line.0.push((format!("{} │ ", " ".repeat(blanks)), Role::Dim));
                line.0.extend(right.get(y).cloned().unwrap_or_default().0);
                line
            })
            .collect()
    } else {
        wrap(&field.inline, room)
    };
    let named = content.into_iter().enumerate().map(|(y, mut line)| {
        let name = if y == 0 { field.name } else { "" };
        line.0.insert(0, (format!("{name:NAMES$}"), Role::Dim));
        line
    });
    named.chain([RichLine::default()]).collect()
}

fn shown(field: &FieldDiff) -> Shown {
    match field {
        FieldDiff::Choice { old, new } => replaced("Answer", &labels(old), &labels(new)),
        FieldDiff::Basis { old, new } => {
            let label = |basis: &Option<Basis>| basis.map_or("none", |basis| basis.label());
            replaced("Basis", label(old), label(new))
        }
        FieldDiff::Text { part, old, new, runs } => {
            let inline = difference(old, new, runs, Role::Text, Role::Deleted);
            let left = runs.iter().filter_map(|run| match run {
                Run::Same { old: range, .. } => Some((old[range.clone()].to_owned(), Role::Text)),
                Run::Gone(range) => Some((old[range.clone()].to_owned(), Role::Deleted)),
                Run::New(_) => None,
            });
            let right = runs.iter().filter_map(|run| match run {
                Run::Same { new: range, .. } => Some((new[range.clone()].to_owned(), Role::Text)),
                Run::New(range) => Some((new[range.clone()].to_owned(), Role::Good)),
                Run::Gone(_) => None,
            });
            Shown { name: part.label(), inline, sides: [left.collect(), right.collect()] }
        }
        FieldDiff::Link(link) => link_rows(link),
    }
}

/// A value that was replaced by another one.
fn replaced(name: &'static str, old: &str, new: &str) -> Shown {
    let (left, right) = ((old.to_owned(), Role::Text), (new.to_owned(), Role::Strong));
    let inline = vec![left.clone(), ("  →  ".to_owned(), Role::Dim), right.clone()];
    Shown { name, inline, sides: [vec![left], vec![right]] }
}

fn link_rows(link: &LinkDiff) -> Shown {
    let said = |link: &Link| {
        let internal = if link.internal { " · internal" } else { "" };
        format!("{} · {}{internal}", link.shown_label(), link_place(&link.url))
    };
    let read =
        |link: &Link| if link.retrieved.is_empty() { "undated".to_owned() } else { link.retrieved.clone() };
    let name = "Evidence";
    match link {
        LinkDiff::Added(link) => {
            let new = vec![(format!("+ {} · read {}", said(link), read(link)), Role::Good)];
            Shown { name, inline: new.clone(), sides: [Vec::new(), new] }
        }
        LinkDiff::Gone(link) => {
            let old = vec![(format!("- {}", said(link)), Role::Deleted)];
            Shown { name, inline: old.clone(), sides: [old, Vec::new()] }
        }
        LinkDiff::Changed(old, new) => {
            let whole = |link: &Link| {
                let quote =
                    if link.quote.is_empty() { String::new() } else { format!(" \"{}\"", link.quote) };
                format!("{}{quote}", said(link))
            };
            replaced(name, &whole(old), &whole(new))
        }
        LinkDiff::Reread(old, new) => {
            replaced(name, &format!("{} · read {}", said(old), read(old)), &format!("read {}", read(new)))
        }
    }
}

fn labels(labels: &[String]) -> String {
    if labels.is_empty() { "not answered".to_owned() } else { labels.join(", ") }
}
