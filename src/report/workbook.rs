//! The report as a workbook: a summary, the answers, the findings.

use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Table, TableColumn, TableStyle,
    Workbook, Worksheet, XlsxError,
};

use crate::session::Session;
use crate::text;

use super::csv::{answer_text, link_lines};
use super::document::{Document, DocumentQuestion};

/// The most characters of a cell, which Excel counts in UTF-16.
const MAX_CELL: usize = 32_767;

/// The most characters of a list of values in a cell, counted likewise.
const MAX_LIST: usize = 255;

/// The headings of the answers, with the widths of their columns.
const COLUMNS: [(&str, f64); 9] = [
    ("Section", 22.0),
    ("Id", 18.0),
    ("Title", 26.0),
    ("Question", 50.0),
    ("Answer", 16.0),
    ("Detail", 60.0),
    ("Evidence", 40.0),
    ("Basis", 14.0),
    ("Open", 24.0),
];

/// Renders the report. The same session at the same time always gives the same bytes.
pub fn workbook(session: &Session, document: &Document) -> Vec<u8> {
    // Only sizes of rows and names of sheets can be wrong, and these are not.
    written(session, document).unwrap_or_default()
}

fn written(session: &Session, document: &Document) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let day = document.date.to_zoned(jiff::tz::TimeZone::UTC).date();
    let created = ExcelDateTime::from_ymd(
        day.year().unsigned_abs(),
        day.month().unsigned_abs(),
        day.day().unsigned_abs(),
    )?;
    workbook.set_properties(&DocProperties::new().set_title(&document.title).set_creation_datetime(&created));
    summary(workbook.add_worksheet().set_name("Summary")?, document)?;
    answers(workbook.add_worksheet().set_name("Answers")?, session, document)?;
    findings(workbook.add_worksheet().set_name("Findings")?, document)?;
    workbook.save_to_buffer()
}

fn summary(sheet: &mut Worksheet, document: &Document) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let progress = &document.progress;
    let source = document.questionnaire.source.as_ref();
    let rows = [
        ("Title", document.title.clone()),
        ("Subject", document.subject.clone()),
        ("Date", document.date.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()),
        ("Questionnaire", format!("{} {}", document.questionnaire.title, document.questionnaire.version)),
        ("Publisher", source.map(|source| source.publisher.clone()).unwrap_or_default()),
        ("Licence", source.map(|source| source.licence.clone()).unwrap_or_default()),
        ("Introduction", document.introduction.clone()),
    ];
    for (row, (name, value)) in (0..).zip(rows) {
        sheet.write_string_with_format(row, 0, name, &bold)?;
        sheet.write_string_with_format(row, 1, cell(&value), &wrapped())?;
    }
    let numbers = [("Asked", progress.asked), ("Done", progress.done), ("Flagged", progress.flagged)];
    for (row, (name, value)) in (7..).zip(numbers) {
        sheet.write_string_with_format(row, 0, name, &bold)?;
        sheet.write_number(row, 1, value as f64)?;
    }
    sheet.set_column_width(0, 16)?;
    sheet.set_column_width(1, 90)?;
    Ok(())
}

fn answers(sheet: &mut Worksheet, session: &Session, document: &Document) -> Result<(), XlsxError> {
    let all: Vec<(&str, &DocumentQuestion)> = document
        .sections
        .iter()
        .flat_map(|section| section.questions.iter().map(move |question| (section.title.as_str(), question)))
        .collect();
    for (column, (_, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
    }
    for (row, (section, question)) in (1..).zip(&all) {
        let cells = [
            (*section).to_owned(),
            question.id.clone(),
            question.title.clone(),
            question.text.clone(),
            answer_text(question),
            question.answer.detail.clone(),
            link_lines(question),
            question.basis.map(|basis| basis.label().to_owned()).unwrap_or_default(),
            question.open.join("; "),
        ];
        for (column, content) in (0..).zip(cells) {
            sheet.write_string_with_format(row, column, cell(&content), &wrapped())?;
        }
        if let [only] = question.links.as_slice()
            && text::is_openable(&only.url)
        {
            // Excel refuses some addresses; the text is there already.
            let _ = sheet.write_url_with_text(row, 6, only.url.as_str(), cell(&only.url));
        }
        validation(sheet, row, session, question)?;
    }
    let last = u32::try_from(all.len()).unwrap_or(u32::MAX - 1).max(1);
    let columns: Vec<TableColumn> = COLUMNS.map(|(name, _)| TableColumn::new().set_header(name)).to_vec();
    let table = Table::new().set_columns(&columns).set_style(TableStyle::Light9);
    sheet.add_table(0, 0, last, 8, &table)?;
    sheet.set_freeze_panes(1, 3)?;
    Ok(())
}

/// The list of choices, where it fits.
fn validation(
    sheet: &mut Worksheet,
    row: u32,
    session: &Session,
    question: &DocumentQuestion,
) -> Result<(), XlsxError> {
    let Some(index) = session.index_of(&question.id) else { return Ok(()) };
    let labels: Vec<&str> = session.choices(index).iter().map(|choice| choice.label.as_str()).collect();
    // Quotes are doubled.
    let written = |label: &str| label.encode_utf16().count() + label.matches('"').count();
    let length: usize = labels.iter().map(|label| written(label) + 1).sum();
    let fits = !labels.is_empty() && length <= MAX_LIST && !labels.iter().any(|label| label.contains(','));
    if question.kind == crate::questionnaire::Kind::Choice && question.answer.qualifier.is_empty() && fits {
        sheet.add_data_validation(row, 4, row, 4, &DataValidation::new().allow_list_strings(&labels)?)?;
    }
    Ok(())
}

fn findings(sheet: &mut Worksheet, document: &Document) -> Result<(), XlsxError> {
    let questions = document.sections.iter().flat_map(|section| &section.questions);
    let mut all: Vec<_> =
        questions.flat_map(|q| q.findings.iter().map(move |finding| (q, finding))).collect();
    all.sort_by_key(|(_, finding)| std::cmp::Reverse(finding.severity));
    for (row, (question, finding)) in (1..).zip(&all) {
        let cells = [
            finding.severity.label().to_owned(),
            question.id.clone(),
            question.title.clone(),
            finding.answer.clone(),
            finding.advice.clone(),
        ];
        for (column, content) in (0..).zip(cells) {
            sheet.write_string_with_format(row, column, cell(&content), &wrapped())?;
        }
    }
    let names = ["Severity", "Id", "Title", "Answer", "Recommendation"];
    let columns: Vec<TableColumn> = names.map(|name| TableColumn::new().set_header(name)).to_vec();
    let last = u32::try_from(all.len()).unwrap_or(u32::MAX - 1).max(1);
    sheet.add_table(0, 0, last, 4, &Table::new().set_columns(&columns).set_style(TableStyle::Light9))?;
    for (column, width) in (0..).zip([12.0, 18.0, 28.0, 18.0, 90.0]) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// A text as far as it fits into a cell.
fn cell(content: &str) -> String {
    let mut length = 0;
    let fits = |c: &char| {
        length += c.len_utf16();
        length <= MAX_CELL
    };
    content.chars().take_while(fits).collect()
}

/// The sheet that CISO Assistant reads an audit from (`data_wizard`): one row per question, by its official
/// id.
pub fn audit_workbook(session: &Session) -> Vec<u8> {
    // Only sizes of rows and names of sheets can be wrong, and these are not.
    audit(session).unwrap_or_default()
}

fn audit(session: &Session) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let sheet = workbook.add_worksheet().set_name("Sheet1")?;
    let headings = [
        "urn",
        "assessable",
        "ref_id",
        "name",
        "description",
        "compliance_result",
        "requirement_progress",
        "observations",
        "answers",
    ];
    for (column, heading) in (0..).zip(headings) {
        sheet.write_string(0, column, heading)?;
    }
    for (row, index) in (1..).zip(0..session.len()) {
        let (question, answer) = (session.question(index), session.answer(index));
        let official = if question.source_id.is_empty() { &question.id } else { &question.source_id };
        let is_urn = official.starts_with("urn:");
        let results = ["compliant", "partially_compliant", "non_compliant", "not_applicable"];
        let result = answer.choices.iter().find(|choice| results.contains(&choice.as_str()));
        let given = if result.is_some() || !answer.is_answered() {
            String::new()
        } else {
            let labels = session.chosen_labels(index).join(" | ");
            format!("{} >> {}", question.text, if labels.is_empty() { &answer.value } else { &labels })
        };
        let progress = if answer.is_answered() { "done" } else { "to_do" };
        let cells = [
            if is_urn { official.clone() } else { String::new() },
            "true".to_owned(),
            if is_urn { String::new() } else { official.clone() },
            question.title.clone(),
            question.text.clone(),
            result.map_or("not_assessed", String::as_str).to_owned(),
            progress.to_owned(),
            answer.detail.clone(),
            given,
        ];
        for (column, content) in (0..).zip(cells) {
            sheet.write_string(row, column, cell(&content))?;
        }
    }
    workbook.save_to_buffer()
}
