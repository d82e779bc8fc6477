//! `querist check`: what is open or unsupported.

use std::process::ExitCode;

use serde_json::json;

use crate::workspace::Workspace;

use super::args::CheckArgs;
use super::error::CliError;
use super::output;

pub fn run(workspace: &Workspace, args: &CheckArgs) -> Result<ExitCode, CliError> {
    let (_, loaded) = workspace.sessions.read(&args.session)?;
    let session = &loaded.session;
    let open: Vec<(usize, Vec<String>)> = (0..session.len())
        .filter(|&index| session.is_open(index))
        .map(|index| (index, session.reasons(index).iter().map(ToString::to_string).collect()))
        .collect();
    let hidden: Vec<usize> = (0..session.len())
        .filter(|&i| args.hidden && !session.is_asked(i) && !session.answer(i).is_empty())
        .collect();
    if args.json {
        let item = |index: usize| json!({"question": session.question(index).id, "title": session.question(index).title});
        let open = open.iter().map(|(index, reasons)| {
            let mut value = item(*index);
            value["reasons"] = json!(reasons);
            value
        });
        let hidden = hidden.iter().map(|&index| item(index)).collect::<Vec<_>>();
        let count = session.progress();
        let open = open.collect::<Vec<_>>();
        output::json(&json!({"done": count.done, "asked": count.asked, "open": open, "hidden": hidden}));
    } else {
        for (index, reasons) in &open {
            let question = session.question(*index);
            output::out(&format!("{}: {} ({})", question.title, reasons.join("; "), question.id));
        }
        for &index in &hidden {
            let question = session.question(index);
            output::out(&format!("{}: answered, but not asked any more ({})", question.title, question.id));
        }
        let count = session.progress();
        output::err(&format!("{} of {} questions are done.", count.done, count.asked));
    }
    Ok(if open.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
