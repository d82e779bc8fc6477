//! `querist instance`: answers a section of questions for several environments, components or the like.

use std::process::ExitCode;

use crate::session::{Edit, Session};
use crate::workspace::{Workspace, now};

use super::args::{InstanceArgs, InstanceChange};
use super::edit;
use super::error::CliError;
use super::output;

pub fn run(workspace: &Workspace, args: &InstanceArgs) -> Result<ExitCode, CliError> {
    let mut open = edit::open(workspace, &args.session)?;
    let change = edit_for(open.session(), &args.change)?;
    let id = match &args.change {
        InstanceChange::Add(_) => change.instance().map(|section| section.id.clone()),
        InstanceChange::Rename(_) | InstanceChange::Remove(_) => None,
    };
    edit::edit(&mut open, change)?;
    open.snapshot(now())?;
    if let Some(id) = id {
        output::out(&id);
    }
    Ok(ExitCode::SUCCESS)
}

fn edit_for(session: &Session, change: &InstanceChange) -> Result<Edit, CliError> {
    let (id, edit) = match change {
        InstanceChange::Add(args) => {
            let section = find_section(session, &args.section)?;
            (&args.section, session.add_instance(section, &args.name))
        }
        InstanceChange::Rename(args) => {
            let section = find_section(session, &args.section)?;
            (&args.section, session.rename_instance(section, &args.name))
        }
        InstanceChange::Remove(args) => {
            let section = find_section(session, &args.section)?;
            (&args.section, session.remove_instance(section))
        }
    };
    edit.map_err(|why| {
        let sections = &session.questionnaire().sections;
        let repeat: Vec<&str> =
            sections.iter().filter(|s| !s.repeat.is_empty()).map(|s| s.id.as_str()).collect();
        let hint = match repeat.as_slice() {
            [] => "No section of this questionnaire can be answered several times.".to_owned(),
            ids => format!("These can be answered several times: {}.", ids.join(", ")),
        };
        CliError::usage(format!("{id}: {why}"), hint)
    })
}

fn find_section(session: &Session, id: &str) -> Result<usize, CliError> {
    let sections = &session.questionnaire().sections;
    let ids: Vec<&str> = sections.iter().map(|section| section.id.as_str()).collect();
    ids.iter().position(|known| *known == id).ok_or_else(|| {
        CliError::usage(
            format!("no section of questions \"{id}\""),
            format!("Use {}.", output::alternatives(&ids)),
        )
    })
}
