//! `querist export`: writes the report.

use std::path::Path;
use std::process::ExitCode;

use crate::formats::{IntoOptions, MAX_FILE, fill};
use crate::report::{
    Content, CsvShows, DenyWords, EXAMPLES, Extras, Format, Keep, audit_workbook, csv, document, render,
    render_template, workbook,
};
use crate::session::Session;
use crate::store::{OpenSession, read_bytes, read_text};
use crate::workspace::{Copies, MAX_PAGE, Publication, Published, Workspace, WorkspaceError, now};

use super::args::ExportArgs;
use super::deny::{allows, allows_copies, deny_words};
use super::edit;
use super::error::CliError;
use super::output;
use super::write::{write, write_bytes};

/// What is written.
enum Target {
    /// A report that updates an existing file.
    Report(Format),
    /// A workbook.
    Workbook,
    /// The sheet of an audit.
    Audit,
    /// A report by a template: its name and text.
    Template(String, String),
}

/// A report that is ready to be written.
enum Rendered {
    Text(String),
    Bytes(Vec<u8>),
}

pub fn run(workspace: &Workspace, args: &ExportArgs) -> Result<ExitCode, CliError> {
    let path = args.output.as_deref().filter(|path| path.as_os_str() != "-");
    let words = deny_words(args.deny_words.as_deref())?;
    if let Some(original) = &args.into {
        return fill_in(workspace, args, original, &words);
    }
    let target = target(args, path)?;
    match (&target, path) {
        (Target::Report(format), Some(path)) if *format != Format::Csv => {
            return to_file(workspace, args, *format, path, &words);
        }
        (Target::Report(_) | Target::Workbook | Target::Audit | Target::Template(..), _) => {}
    }
    let session = workspace.sessions.read(&args.session)?.1.session;
    let copies = planned_copies(workspace, args, &session)?;
    let extras = extras(args, copies.as_ref());
    let rendered = rendered(args, &target, &session, extras)?;
    let content = match (&target, &rendered) {
        (Target::Report(format), Rendered::Text(text)) => content_of(*format, text),
        (_, Rendered::Text(text)) => Content::Text(text),
        (_, Rendered::Bytes(_)) => Content::Workbook,
    };
    if !allows_copies(&words, copies.as_ref())
        || !allows(&words, || document(&session, now(), extras.public()), content)
    {
        return Ok(ExitCode::from(1));
    }
    copy(workspace, copies.as_ref())?;
    match rendered {
        Rendered::Text(text) => write(&text, path, workspace)?,
        Rendered::Bytes(bytes) => binary(workspace, &bytes, path)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The report of a session, apart from an existing file.
fn rendered(
    args: &ExportArgs,
    target: &Target,
    session: &Session,
    extras: Extras<'_>,
) -> Result<Rendered, CliError> {
    let public = || document(session, now(), extras.public());
    Ok(match target {
        Target::Report(Format::Csv) => {
            let delimiter = u8::try_from(args.delimiter).ok().filter(u8::is_ascii);
            let delimiter =
                delimiter.ok_or_else(|| CliError::usage("the separator is not ASCII", "Use , or ;."))?;
            let shows = CsvShows { delimiter, bom: args.bom, raw: args.raw };
            Rendered::Text(csv(&public(), shows))
        }
        Target::Report(format) => Rendered::Text(render(session, *format, extras, now())),
        Target::Workbook => Rendered::Bytes(workbook(session, &public())),
        Target::Audit => Rendered::Bytes(audit_workbook(session)),
        Target::Template(name, text) => {
            let is_html = name.ends_with(".html") || name.ends_with(".htm");
            let rendered = render_template(text, is_html, &public());
            let wrong = |error| CliError::Template { message: format!("{name}: {error}") };
            Rendered::Text(rendered.map_err(wrong)?)
        }
    })
}

/// A report in a format as what would be published.
fn content_of(format: Format, text: &str) -> Content<'_> {
    match format {
        Format::Markdown => Content::Page(text),
        Format::Json => Content::Json(text),
        Format::Html | Format::Csv | Format::Oscal => Content::Text(text),
    }
}

/// The optional content of a report.
fn extras<'a>(args: &ExportArgs, copies: Option<&'a Copies>) -> Extras<'a> {
    let files = copies.map(|copies| &copies.links);
    Extras { notes: args.with_notes, hidden: args.with_hidden, files }
}

/// The copies of the files that serve as evidence, if they are asked for.
fn planned_copies(
    workspace: &Workspace,
    args: &ExportArgs,
    session: &Session,
) -> Result<Option<Copies>, CliError> {
    let Some(folder) = &args.evidence else { return Ok(None) };
    let report = args.output.as_deref().filter(|path| path.as_os_str() != "-");
    let evidence = workspace.sessions.evidence(&args.session)?;
    let report = report.unwrap_or(Path::new("report"));
    Ok(Some(workspace.plan_copies(session, &evidence, folder, report)))
}

/// Copies the files that serve as evidence, and names those that cannot be copied.
pub fn copy(workspace: &Workspace, copies: Option<&Copies>) -> Result<(), CliError> {
    let Some(copies) = copies else { return Ok(()) };
    workspace.copy_files(copies, now())?;
    for name in &copies.left {
        output::err(&format!("Note: {name} is missing or has changed; it was not copied."));
    }
    let count = output::count(copies.links.len(), "file");
    output::err(&format!("Copied {count} to {}.", copies.folder.display()));
    Ok(())
}

/// What a format names: a format, a template of ours, or a file. Without one, the name of the output says it.
fn target(args: &ExportArgs, path: Option<&Path>) -> Result<Target, CliError> {
    let name = args.format.as_deref().unwrap_or_else(|| path.map_or("markdown", format_of));
    if let Some(format) = Format::ALL.into_iter().find(|format| format.label() == name) {
        return Ok(Target::Report(format));
    }
    if let Some((name, text)) = EXAMPLES.iter().find(|(known, _)| *known == name) {
        return Ok(Target::Template((*name).to_owned(), (*text).to_owned()));
    }
    match name {
        "xlsx" => Ok(Target::Workbook),
        "audit" => Ok(Target::Audit),
        _ if Path::new(name).exists() => {
            Ok(Target::Template(name.to_owned(), read_text(name.as_ref(), MAX_PAGE)?))
        }
        _ => {
            let formats = Format::ALL.map(Format::label).join(", ");
            let templates = EXAMPLES.map(|(name, _)| name).join(", ");
            let hint = format!("Use {formats}, xlsx, audit, {templates}, or the path of a template.");
            Err(CliError::usage(format!("no format \"{name}\""), hint))
        }
    }
}

/// The format that the name of a file stands for; markdown if it names none.
fn format_of(path: &Path) -> &'static str {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    match extension.as_str() {
        "html" | "htm" => "html",
        "json" => "json",
        "csv" => "csv",
        "xlsx" => "xlsx",
        _ => "markdown",
    }
}

/// Writes a workbook to a file, or to standard output if that is no terminal.
fn binary(workspace: &Workspace, content: &[u8], path: Option<&Path>) -> Result<(), CliError> {
    match path {
        Some(path) => write_bytes(content, path, workspace),
        None if output::is_terminal() => {
            Err(CliError::usage("a workbook cannot be shown in a terminal", "Name a file with --output."))
        }
        None => {
            output::bytes(content);
            Ok(())
        }
    }
}

/// Fills in the file that the questions came from.
fn fill_in(
    workspace: &Workspace,
    args: &ExportArgs,
    original: &Path,
    words: &DenyWords,
) -> Result<ExitCode, CliError> {
    let session = &workspace.sessions.read(&args.session)?.1.session;
    let copies = planned_copies(workspace, args, session)?;
    if !allows_copies(words, copies.as_ref())
        || !allows(words, || document(session, now(), Extras::default()), Content::Answers)
    {
        return Ok(ExitCode::from(1));
    }
    let bytes = read_bytes(original, MAX_FILE)?;
    let filled = fill(&bytes, session, IntoOptions { locked: args.locked })
        .map_err(|source| WorkspaceError::NotAQuestionnaire { path: original.to_owned(), source })?;
    copy(workspace, copies.as_ref())?;
    match &args.output {
        Some(path) if path.as_os_str() == "-" => output::bytes(&filled.bytes),
        path => write_bytes(&filled.bytes, path.as_deref().unwrap_or(original), workspace)?,
    }
    output::err(&format!("Filled in {}.", output::count(filled.count, "cell")));
    for left in &filled.left {
        output::err(&format!("  not filled in: {left}"));
    }
    Ok(ExitCode::SUCCESS)
}

fn to_file(
    workspace: &Workspace,
    args: &ExportArgs,
    format: Format,
    path: &Path,
    words: &DenyWords,
) -> Result<ExitCode, CliError> {
    let mut open = edit::open_or_view(workspace, &args.session)?;
    let keep = keep(args.ours, args.theirs);
    let (session, id) = (open.session(), open.id());
    let copies = planned_copies(workspace, args, session)?;
    let extras = extras(args, copies.as_ref());
    let publication = Publication { session, id, format, path, extras, keep, now: now() };
    if !is_publishable(workspace, words, publication, copies.as_ref())? {
        return Ok(ExitCode::from(1));
    }
    copy(workspace, copies.as_ref())?;
    let published = workspace.publish(publication)?;
    take_in(&mut open, published)?;
    Ok(ExitCode::SUCCESS)
}

/// Whether a publication with copies of files has none of the words. If it has one, the places are printed.
///
/// # Errors
/// If it cannot be written. With copies, this is found even if there are no words: nothing is copied beside a
/// report that is not written.
pub fn is_publishable(
    workspace: &Workspace,
    words: &DenyWords,
    publication: Publication<'_>,
    copies: Option<&Copies>,
) -> Result<bool, CliError> {
    if words.is_empty() && copies.is_none() {
        return Ok(true);
    }
    let Publication { session, format, extras, now, .. } = publication;
    let text = workspace.planned_text(publication)?;
    Ok(allows_copies(words, copies)
        && allows(words, || document(session, now, extras.public()), content_of(format, &text)))
}

/// Says what was written, and brings the changes of others on the page into the session.
pub fn take_in(open: &mut OpenSession, published: Published) -> Result<(), CliError> {
    report(&published);
    if open.read_only().is_none() {
        for edit in published.edits {
            edit::edit(open, edit)?;
        }
        open.snapshot(now())?;
    } else if published.taken > 0 {
        output::err("The session is open elsewhere: export from there to bring these changes into it.");
    }
    Ok(())
}

/// Whose version of what both changed is written.
pub fn keep(ours: bool, theirs: bool) -> Option<Keep> {
    match (ours, theirs) {
        (true, _) => Some(Keep::Ours),
        (_, true) => Some(Keep::Theirs),
        (false, false) => None,
    }
}

/// Says what was written.
fn report(published: &Published) {
    if published.unchanged {
        output::err(&format!("{} is already up to date.", published.path.display()));
    } else {
        output::err(&format!("Wrote {}.", published.path.display()));
    }
    for row in &published.rows {
        output::err(&format!("  changed: {row}"));
    }
    if published.taken > 0 {
        output::err(&format!("Took {} made on the page since.", output::count(published.taken, "change")));
    }
    for problem in &published.problems {
        output::err(&format!("Note: {problem}."));
    }
    if let Some(kept) = &published.replaced {
        output::err(&format!("The previous version is in {}.", kept.display()));
    }
}
