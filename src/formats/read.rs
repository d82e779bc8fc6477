//! Any supported file as a questionnaire: which format it is, by its content, and its reader.

use serde_json::Value;

use super::draft::Imported;
use super::error::ReadError;
use super::select::select;
use super::sheet::{self, Sheet};
use super::table::Columns;
use super::{asvs, ciso, openssf, oscal, table, vsaq, xlsform};

/// The largest file, in bytes.
pub const MAX_FILE: u64 = 64 * 1024 * 1024;

/// A format of questionnaires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Google VSAQ.
    Vsaq,
    /// A library of CISO Assistant.
    CisoLibrary,
    /// The sheet of an audit of CISO Assistant.
    CisoAudit,
    /// OWASP ASVS.
    Asvs,
    /// OpenSSF criteria.
    OpenSsf,
    /// An OSCAL catalog.
    Oscal,
    /// XLSForm.
    XlsForm,
    /// A table of any layout.
    Table,
}

impl Format {
    /// Its name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Vsaq => "VSAQ questionnaire",
            Self::CisoLibrary => "CISO Assistant library",
            Self::CisoAudit => "CISO Assistant audit",
            Self::Asvs => "OWASP ASVS",
            Self::OpenSsf => "OpenSSF criteria",
            Self::Oscal => "OSCAL catalog",
            Self::XlsForm => "XLSForm",
            Self::Table => "table",
        }
    }
}

/// What the user says about a file.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The language of the questions.
    pub language: Option<String>,
    /// Only questions with one of these tags.
    pub tags: Vec<String>,
    /// Only questions in one of these groups of the file.
    pub groups: Vec<String>,
    /// A file that belongs to it: the questionnaire that an extension extends, or the texts of criteria.
    pub base: Option<Vec<u8>>,
    /// Answers that were saved apart from the questions.
    pub answers: Option<Vec<u8>>,
    /// The columns of a table.
    pub columns: Columns,
}

/// A file, as far as it has been understood.
enum Content {
    Vsaq(String),
    Json(Value, String),
    Yaml(Value, String),
    Sheets(Vec<Sheet>, bool),
}

/// Whether the bytes are to be read as another format. What is empty or broken JSON, and names no other
/// format, is a questionnaire of our own whose problems are reported one by one.
pub fn is_foreign(bytes: &[u8]) -> bool {
    if sheet::is_workbook(bytes) {
        return true;
    }
    let Ok(text) = text_of(bytes) else { return true };
    let begins = text.trim_start();
    match serde_json::from_str::<Value>(&text) {
        Ok(value) => OTHERS.iter().any(|name| value.get(name).is_some()) || is_flat(&value),
        Err(_) if begins.is_empty() || begins.starts_with('[') => false,
        Err(_) if begins.starts_with('{') => OTHERS.iter().any(|name| text.contains(&format!("\"{name}\""))),
        Err(_) => true,
    }
}

/// The fields by which the JSON of another format is recognized.
const OTHERS: [&str; 6] =
    ["questionnaire", "extensions", "catalog", "profile", "Requirements", "requirements"];

/// Whether a JSON object has only texts, as the answers that VSAQ saves.
fn is_flat(value: &Value) -> bool {
    value.as_object().is_some_and(|fields| !fields.is_empty() && fields.values().all(Value::is_string))
}

/// Reads a file with this name.
///
/// # Errors
/// If it is in none of the formats, is damaged, or has no questions.
pub fn read(bytes: &[u8], name: &str, options: &Options) -> Result<(Format, Imported), ReadError> {
    let (format, imported) = convert(content(bytes)?, name, options)?;
    if options.answers.is_some() && format != Format::Vsaq {
        let hint = "Only VSAQ saves answers apart from the questions.";
        return Err(ReadError::refused("--answers does not go with this format", hint));
    }
    let groups = options.groups.iter().map(|group| format!("ig-{}", super::ids::slug(group)));
    let tags: Vec<String> = options.tags.iter().cloned().chain(groups).collect();
    Ok((format, if tags.is_empty() { imported } else { select(imported, &tags)? }))
}

fn convert(content: Content, name: &str, options: &Options) -> Result<(Format, Imported), ReadError> {
    let language = options.language.as_deref();
    let base = options.base.as_deref().map(text_of).transpose()?;
    Ok(match content {
        Content::Vsaq(text) => {
            let read = match options.answers.as_deref().map(text_of).transpose()? {
                Some(answers) => vsaq::read_with_answers(&text, base.as_deref(), &answers)?,
                None => vsaq::read(&text, base.as_deref())?,
            };
            (Format::Vsaq, read)
        }
        Content::Json(value, text) if oscal::is_oscal(&value) => (Format::Oscal, oscal::read(&value, &text)?),
        Content::Json(value, text) if asvs::is_asvs(&value) => (Format::Asvs, asvs::read(&value, &text)?),
        Content::Json(value, _) => {
            let hint = if is_flat(&value) {
                "If these are answers that VSAQ saved, name its questionnaire and add --answers FILE."
            } else {
                KNOWN
            };
            return Err(ReadError::refused("the JSON is not a questionnaire in a known format", hint));
        }
        Content::Yaml(value, text) if ciso::is_library(&value) => {
            (Format::CisoLibrary, ciso::read(&value, language, &text)?)
        }
        Content::Yaml(value, text) if openssf::is_openssf(&value) => {
            let texts = base.as_deref().map(yaml).transpose()?;
            (Format::OpenSsf, openssf::read(&value, texts.as_ref(), &text)?)
        }
        Content::Yaml(..) => {
            return Err(ReadError::refused("the YAML is not a questionnaire in a known format", KNOWN));
        }
        Content::Sheets(sheets, is_guessed) => {
            let (format, mut imported) = tables(&sheets, name, options)?;
            if is_guessed {
                imported
                    .understood
                    .push("the encoding is not UTF-8 and was guessed; check the accents".to_owned());
            }
            (format, imported)
        }
    })
}

/// What can be read.
const KNOWN: &str =
    "Querist reads VSAQ, CISO Assistant, ASVS, OpenSSF, OSCAL, XLSForm, .xlsx, .xls and .csv.";

fn tables(sheets: &[Sheet], name: &str, options: &Options) -> Result<(Format, Imported), ReadError> {
    if let Some(form) = xlsform::sheets(sheets) {
        return Ok((Format::XlsForm, xlsform::read(&form, options.language.as_deref())?));
    }
    for sheet in sheets.iter().filter(|sheet| !sheet.is_hidden) {
        let grid = sheet.grid();
        let Some(headings) = grid.first() else { continue };
        if asvs::has_headings(headings) {
            return Ok((Format::Asvs, asvs::read_rows(&grid)?));
        }
        if ciso::audit::has_headings(headings) {
            return Ok((Format::CisoAudit, ciso::audit::read(&grid)?));
        }
    }
    Ok((Format::Table, table::read(sheets, name, &options.columns)?))
}

fn content(bytes: &[u8]) -> Result<Content, ReadError> {
    if bytes.len() as u64 > MAX_FILE {
        return Err(ReadError::refused(
            format!("the file is larger than {} MiB", MAX_FILE / 1024 / 1024),
            "",
        ));
    }
    if sheet::is_workbook(bytes) {
        return Ok(Content::Sheets(sheet::read_workbook(bytes)?, false));
    }
    if let Ok(text) = text_of(bytes) {
        let begins = text.trim_start();
        if begins.starts_with('{') || begins.starts_with("//") {
            return json(text);
        }
        if is_yaml(&text) {
            return Ok(Content::Yaml(yaml(&text)?, text));
        }
        if begins.starts_with("---") || begins.starts_with("# ") || begins.starts_with("| ") {
            let hint =
                "Use `querist import PAGE` for a page, or `querist new --from PAGE` to review it again.";
            return Err(ReadError::refused("the file looks like a wiki page", hint));
        }
    }
    let (sheet, is_guessed) = sheet::read_csv(bytes)?;
    Ok(Content::Sheets(vec![sheet], is_guessed))
}

fn text_of(bytes: &[u8]) -> Result<String, ReadError> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    String::from_utf8(bytes.to_vec())
        .map_err(|_| ReadError::refused("the file is not UTF-8", "Save it as UTF-8."))
}

fn json(text: String) -> Result<Content, ReadError> {
    match serde_json::from_str::<Value>(&text) {
        Ok(value) if value.get("questionnaire").is_some() || value.get("extensions").is_some() => {
            Ok(Content::Vsaq(text))
        }
        Ok(value) => Ok(Content::Json(value, text)),
        Err(_) if text.contains("\"questionnaire\"") || text.contains("\"extensions\"") => {
            Ok(Content::Vsaq(text))
        }
        Err(error) => {
            let message = error.to_string();
            let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(text, _)| text);
            let place = format!("line {}, column {}", error.line(), error.column());
            Err(ReadError::refused(format!("{place}: {message}"), "The file is not valid JSON."))
        }
    }
}

/// Whether a text begins a line like one of the YAML files that can be read.
fn is_yaml(text: &str) -> bool {
    let begins = ["urn:", "objects:", "_metadata:", "!!omap", "--- !!omap"];
    text.lines().take(2_000).any(|line| begins.iter().any(|begin| line.starts_with(begin)))
}

fn yaml(text: impl AsRef<str>) -> Result<Value, ReadError> {
    serde_saphyr::from_str(text.as_ref()).map_err(|error| {
        let message = error.to_string();
        let message = message.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        ReadError::refused(super::html::clean_line(message), "The file is not valid YAML.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read_text(text: &str, options: &Options) -> Result<(Format, Imported), ReadError> {
        read(text.as_bytes(), "list", options)
    }

    #[test]
    fn a_format_is_recognized_by_its_content() {
        let table = "ID,Question,Answer\n1,Is the first thing done?,\n\
            2,Is the second thing done?,\n3,Is the third thing done?,\n";
        for (text, expected) in [
            (
                "// x\n{\"questionnaire\": [{\"type\": \"block\", \"text\": \"T\", \
                 \"items\": [{\"type\": \"box\", \"id\": \"a\", \"text\": \"A?\"}]}]}",
                Format::Vsaq,
            ),
            ("{\"catalog\": {\"controls\": [{\"id\": \"a-1\", \"title\": \"A\"}]}}", Format::Oscal),
            ("{\"requirements\": [{\"req_id\": \"V1\", \"req_description\": \"Do.\"}]}", Format::Asvs),
            (
                "urn: x\nobjects: {framework: {requirement_nodes: [{urn: a, assessable: true}]}}\n",
                Format::CisoLibrary,
            ),
            ("_metadata: {}\none:\n  G:\n    C:\n      a: {description: Do it.}\n", Format::OpenSsf),
            ("survey,,\n,type,name\n,text,a\n", Format::XlsForm),
            ("urn;ref_id;compliance_result\nx;A;compliant\n", Format::CisoAudit),
            (table, Format::Table),
        ] {
            assert_eq!(
                read_text(text, &Options::default()).map(|(format, _)| format),
                Ok(expected),
                "{text}"
            );
        }
        for own in ["{\"format\": 1, \"sections\": []}", "{\"sections\": [}", "", "{}", "[1"] {
            assert!(!is_foreign(own.as_bytes()), "{own}");
        }
        assert!(is_foreign(table.as_bytes()));
    }

    #[test]
    fn what_cannot_be_read_says_where_and_what_to_do() {
        for (text, part) in [
            ("{\"a\": }", "line 1, column 7"),
            ("{\"a\": \"b\"}", "--answers"),
            ("{\"a\": 1}", "not a questionnaire"),
            ("---\ntitle: x\n---\n", "querist import"),
            ("urn: x\nobjects: [\n", "YAML"),
            ("", "no column of questions"),
        ] {
            let error = read_text(text, &Options::default()).unwrap_err();
            assert!(format!("{} {}", error.message, error.hint).contains(part), "{text}: {error:?}");
        }
    }

    #[test]
    fn a_part_is_selected_by_tags_and_groups() {
        let text = "urn: x\nobjects: {framework: {requirement_nodes: [{urn: a, assessable: true, ref_id: A,\n\
            implementation_groups: [Base]}, {urn: b, assessable: true, ref_id: B}]}}\n";
        let only = |options: Options| {
            let imported = read_text(text, &options).map(|(_, imported)| imported);
            imported.map(|i| i.questionnaire.questions().map(|q| q.id.clone()).collect::<Vec<_>>())
        };
        let (groups, tags) = (vec!["Base".to_owned()], vec!["b".to_owned()]);
        assert_eq!(only(Options { groups, ..Options::default() }), Ok(vec!["a".to_owned()]));
        assert_eq!(only(Options { tags, ..Options::default() }), Ok(vec!["b".to_owned()]));
        let error = only(Options { tags: vec!["c".into()], ..Options::default() }).unwrap_err();
        assert!(error.hint.contains("ig-base"), "{error:?}");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(
            bytes in prop::collection::vec(any::<u8>(), 0..300),
            head in 0usize..6,
        ) {
            let heads: [&[u8]; 6] =
                [b"", b"PK\x03\x04", b"{", b"urn: ", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"];
            let bytes = [heads[head], &bytes].concat();
            let _ = read(&bytes, "x", &Options::default());
        }
    }
}
