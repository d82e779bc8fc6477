//! `querist page`: shows and sets the properties, the introduction and the sections of the page.

use std::process::ExitCode;

use serde_json::json;

use crate::session::{Edit, Item, Session, TextRef};
use crate::workspace::{Workspace, now};

use super::args::PageArgs;
use super::edit;
use super::error::CliError;
use super::input::{replace, text_argument};
use super::output;
use super::plan::Plan;

pub fn run(workspace: &Workspace, args: &PageArgs) -> Result<ExitCode, CliError> {
    if args.is_empty() {
        let (_, loaded) = workspace.sessions.read(&args.session)?;
        show(&loaded.session, args.json);
        return Ok(ExitCode::SUCCESS);
    }
    let mut open = edit::open(workspace, &args.session)?;
    // All arguments are checked before the first edit, so that a wrong one changes nothing.
    for edit in edits(open.session(), args)? {
        edit::edit(&mut open, edit)?;
    }
    open.snapshot(now())?;
    Ok(ExitCode::SUCCESS)
}

fn show(session: &Session, as_json: bool) {
    let properties = session.page_properties();
    if as_json {
        let map = properties.iter().map(|property| (property.key.clone(), json!(property.value)));
        output::json(&json!({
            "properties": map.collect::<serde_json::Map<_, _>>(),
            "introduction": session.introduction(),
            "sections": session.sections(),
        }));
        return;
    }
    for property in properties {
        let mark = if property.is_set { " (set)" } else { "" };
        output::out(&format!("{}: {}{mark}", property.key, property.value));
    }
    let state = |text: &str| if text.trim().is_empty() { "empty" } else { "written" };
    output::out(&format!("Introduction: {}", state(session.introduction())));
    for section in session.sections() {
        output::out(&format!("Section {}: {}", section.heading, state(&section.text)));
    }
}

/// The edits that take over the texts of the earlier session where there are none yet.
fn carried_over(session: &Session) -> Vec<Edit> {
    let sections = session.sections().iter().map(|section| section.text.as_str()).enumerate();
    let sections = sections.map(|(index, text)| (Item::Section(index), text));
    let all = [(Item::Introduction, session.introduction())].into_iter().chain(sections);
    let empty = all.filter(|(_, text)| text.trim().is_empty());
    empty.filter_map(|(item, _)| session.carry_over_text(&item)).collect()
}

fn edits(session: &Session, args: &PageArgs) -> Result<Vec<Edit>, CliError> {
    let mut plan = Plan::new(session);
    if args.carry_over {
        plan.add_all(carried_over(session))?;
    }
    let tags = tags(session, args);
    let named = [("title", &args.title), ("description", &args.description), ("tags", &tags)];
    for (key, value) in named {
        if let Some(value) = value {
            plan.add_all(plan.session.set_property(key, value))?;
        }
    }
    if let Some(published) = args.published {
        plan.add_all(plan.session.set_property("published", &published.to_string()))?;
    }
    for pair in &args.set {
        let (key, value) = key_and_value(pair)?;
        plan.add_all(plan.session.set_property(key, value))?;
    }
    if let Some(text) = &args.introduction {
        plan.add_all(replace(&plan.session, TextRef::Introduction, &text_argument(text)?)?)?;
    }
    for pair in args.section.chunks(2) {
        let [heading, text] = pair else { continue };
        let text = text_argument(text)?;
        match plan.session.section_index(heading) {
            Some(index) => plan.add_all(replace(&plan.session, TextRef::Section(index), &text)?)?,
            None => plan.add_all(plan.session.add_section(usize::MAX, heading, &text))?,
        }
    }
    for pair in args.rename_section.chunks(2) {
        let [from, to] = pair else { continue };
        let index = section(&plan.session, from)?;
        let edit = plan.session.rename_section(index, to).ok_or_else(|| {
            CliError::usage(format!("a section \"{to}\" exists already, or the heading is empty"), "")
        })?;
        plan.add(edit)?;
    }
    for pair in args.move_section.chunks(2) {
        let [heading, to] = pair else { continue };
        let index = section(&plan.session, heading)?;
        let to = to.parse::<usize>().ok().filter(|to| (1..=plan.session.sections().len()).contains(to));
        let Some(to) = to else {
            let hint = format!("Use a number from 1 to {}.", plan.session.sections().len());
            return Err(CliError::usage("there is no such place for a section", hint));
        };
        plan.add_all(plan.session.move_section(index, to - 1))?;
    }
    for heading in &args.remove_section {
        let index = section(&plan.session, heading)?;
        plan.add_all(plan.session.remove_section(index))?;
    }
    Ok(plan.edits)
}

/// The tags after `--tag` and `--untag`, if there are any.
fn tags(session: &Session, args: &PageArgs) -> Option<String> {
    if args.tag.is_empty() && args.untag.is_empty() {
        return None;
    }
    let before = session.page_property("tags");
    let before = before.split(',').map(|tag| tag.trim().to_owned());
    let mut tags: Vec<String> = before.filter(|tag| !tag.is_empty() && !args.untag.contains(tag)).collect();
    for tag in &args.tag {
        if !tags.contains(tag) {
            tags.push(tag.clone());
        }
    }
    Some(tags.join(", "))
}

fn key_and_value(pair: &str) -> Result<(&str, &str), CliError> {
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c));
    if !pair.contains('=') || !is_key {
        let message = format!("\"{pair}\" is not KEY=VALUE");
        return Err(CliError::usage(message, "A key has only letters, digits, -, _ and dots."));
    }
    Ok((key, value))
}

fn section(session: &Session, heading: &str) -> Result<usize, CliError> {
    session.section_index(heading).ok_or_else(|| {
        let headings: Vec<&str> = session.sections().iter().map(|s| s.heading.as_str()).collect();
        let hint = format!("Use {}.", output::alternatives(&headings));
        CliError::usage(
            format!("no section \"{heading}\""),
            if headings.is_empty() { String::new() } else { hint },
        )
    })
}
