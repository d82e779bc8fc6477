//! `querist publish`: merges the page into a wiki's git folder and commits it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::report::{Extras, Format};
use crate::workspace::{Copies, Publication, Workspace, now};

use super::args::PublishArgs;
use super::deny::{allows_text, deny_words};
use super::edit;
use super::error::CliError;
use super::export;
use super::output;

pub fn run(workspace: &Workspace, args: &PublishArgs) -> Result<ExitCode, CliError> {
    let words = deny_words(args.deny_words.as_deref())?;
    let wiki = workspace.wiki(&args.folder)?;
    let mut open = edit::open_or_view(workspace, &args.session)?;
    let path = wiki.page_of(workspace, open.id(), open.session());
    let title = open.session().questionnaire().report_title(open.session().subject());
    let message = args.message.clone().unwrap_or(title);
    let keep = export::keep(args.ours, args.theirs);
    let evidence = args.evidence.as_deref().map(|folder| wiki.folder_in(folder)).transpose()?;
    let copy_to = |folder: PathBuf| workspace.plan_copies(open.session(), &open.evidence(), &folder, &path);
    let copies = evidence.map(copy_to);
    let extras = Extras { files: copies.as_ref().map(|copies| &copies.links), ..Extras::default() };
    let (session, id, format) = (open.session(), open.id(), Format::Markdown);
    let publication = Publication { session, id, format, path: &path, extras, keep, now: now() };
    let is_allowed = allows_text(&words, "message", &message);
    if !is_allowed || !export::is_publishable(workspace, &words, publication, copies.as_ref())? {
        return Ok(ExitCode::from(1));
    }
    export::copy(workspace, copies.as_ref())?;
    let published = workspace.publish(publication)?;
    let path = published.path.clone();
    export::take_in(&mut open, published)?;
    let author = open.stamp(now()).by;
    let copied = copies.iter().flat_map(Copies::paths).map(Path::to_owned);
    let committed: Vec<PathBuf> = [path.clone()].into_iter().chain(copied).collect();
    match wiki.commit(&committed, &message, &author)? {
        Some(commit) => output::err(&format!("Committed as {commit}. Push it when you are ready.")),
        None => output::err("Nothing to commit."),
    }
    output::out(&path.to_string_lossy());
    Ok(ExitCode::SUCCESS)
}
