//! A workbook made by a spreadsheet library is filled in and read back.

use std::io::{Cursor, Read};

use rust_xlsxwriter::{DataValidation, Format, Workbook};
use zip::ZipArchive;

use super::values::Value;
use super::*;
use crate::formats::{Options, read};
use crate::session::{Answer, Edit, Link, Stamp};

/// A form with a list of values, numbers, a formula, a protected sheet, a hidden one, and a merged cell.
fn form(is_protected: bool) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let unlocked = Format::new().set_unlocked();
    let sheet = workbook.add_worksheet().set_name("Form & more").unwrap();
    for (column, heading) in (0..).zip(["ID", "Question", "Answer", "Comment", "Score"]) {
        sheet.write_string(1, column, heading).unwrap();
    }
    for (row, text) in
        (2..).zip(["Is the first thing done?", "Is the second done?", "How many are there?", "Is it so?"])
    {
        sheet.write_string(row, 0, format!("A-{}", row - 1)).unwrap();
        sheet.write_string(row, 1, text).unwrap();
        sheet.write_blank(row, 3, &unlocked).unwrap();
    }
    sheet.write_blank(2, 2, &unlocked).unwrap();
    sheet.write_number_with_format(4, 2, 1.0, &unlocked).unwrap();
    sheet.write_formula(5, 2, "=1+1").unwrap();
    sheet.write_formula(2, 4, "=SUM(C3:C5)").unwrap();
    let yes_no = DataValidation::new().allow_list_strings(&["Yes", "No <>"]).unwrap();
    sheet.add_data_validation(2, 2, 3, 2, &yes_no).unwrap();
    if is_protected {
        sheet.protect_with_password("secret");
    }
    let hidden = workbook.add_worksheet().set_name("Hidden").unwrap();
    hidden.write_string(0, 0, "Secret").unwrap();
    hidden.set_hidden(true);
    workbook.save_to_buffer().unwrap()
}

/// A session of the form with answers to all its questions.
fn answered(form: &[u8]) -> Session {
    let imported = read(form, "form", &Options::default()).unwrap().1;
    let mut session = Session::new(imported.questionnaire, "Boat", jiff::Timestamp::UNIX_EPOCH);
    let choice = session.choices(1).iter().map(|choice| choice.id.clone()).nth(1).unwrap();
    let link = Link { url: "https://a.example".into(), label: "Policy".into(), ..Link::default() };
    let answers = [
        Answer {
            choices: vec!["yes".into()],
            detail: "=done & \"well\"".into(),
            links: vec![link],
            ..Answer::default()
        },
        Answer { choices: vec![choice], ..Answer::default() },
        Answer { value: "12".into(), ..Answer::default() },
        Answer { value: "so".into(), ..Answer::default() },
    ];
    for (index, after) in answers.into_iter().enumerate() {
        let question = session.question(index).id.clone();
        let before = Box::new(session.answer(index).clone());
        let edit = Edit::Answer { question, before, after: Box::new(after) };
        session.apply(&edit, &Stamp::default()).unwrap();
    }
    session
}

fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            (part.name().unwrap().into_owned(), content)
        })
        .collect()
}

#[test]
fn answers_are_in_their_cells_and_every_other_part_is_the_same() {
    let original = form(false);
    let session = answered(&original);
    let filled = fill(&original, &session, IntoOptions::default()).unwrap();
    assert_eq!(filled.count, 4);
    assert_eq!(filled.left, ["Form & more: C6 (a-4) has a formula"]);
    let sheets = crate::formats::sheet::read_workbook(&filled.bytes).unwrap();
    let cell = |row, column| sheets[0].text(row, column);
    assert_eq!([cell(2, 2), cell(3, 2), cell(4, 2)], ["Yes", "No <>", "12"]);
    assert_eq!(cell(2, 3), "=done & \"well\"\nPolicy: https://a.example");
    assert!(sheets[0].numbers.contains(&(4, 2)), "numbers are numbers");
    assert!(sheets[0].lists.len() == 1 && sheets[1].is_hidden);
    let written = crate::formats::sheet::part(&filled.bytes, "xl/worksheets/sheet1.xml").unwrap();
    assert!(written.contains("<f>SUM(C3:C5)</f>"), "formulas stay");
    let changed: Vec<String> = parts(&original)
        .into_iter()
        .zip(parts(&filled.bytes))
        .filter(|(old, new)| old != new)
        .map(|(_, (name, _))| name)
        .collect();
    assert_eq!(
        changed,
        ["xl/worksheets/sheet1.xml"],
        "the workbook asks already for its formulas to be computed"
    );
}

#[test]
fn a_workbook_computes_its_formulas_when_it_is_opened_afterwards() {
    for (old, new) in [
        (
            "<workbook><sheets/><calcPr calcId=\"1\"/></workbook>",
            "<workbook><sheets/><calcPr fullCalcOnLoad=\"1\" calcId=\"1\"/></workbook>",
        ),
        (
            "<x:workbook><x:sheets></x:sheets></x:workbook>",
            "<x:workbook><x:sheets></x:sheets><x:calcPr fullCalcOnLoad=\"1\"/></x:workbook>",
        ),
        ("<w><calcPr fullCalcOnLoad=\"1\"/></w>", "<w><calcPr fullCalcOnLoad=\"1\"/></w>"),
    ] {
        assert_eq!(xml::computed_when_opened(old), new);
    }
}

#[test]
fn cells_and_rows_that_are_missing_are_inserted_in_order() {
    let value = |text: &str| Value { text: text.into(), may_be_number: false, question: "q".into() };
    let wanted = |cells: &[((u32, u32), &str)]| cells.iter().map(|(at, text)| (*at, value(text))).collect();
    let filled = |xml: &str, cells: &[((u32, u32), &str)]| {
        xml::patched(xml, &wanted(cells), &[], IntoOptions::default()).xml
    };
    let cell = |name: &str, text: &str| {
        format!("<c r=\"{name}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
    };
    let (a1, b2, c2) = (cell("A1", "x"), cell("B2", "y"), cell("C2", "z"));
    for (old, new) in [
        (
            "<w><sheetData/></w>",
            format!("<w><sheetData><row r=\"1\">{a1}</row><row r=\"2\">{b2}{c2}</row></sheetData></w>"),
        ),
        (
            "<w><sheetData><row r=\"2\"/></sheetData></w>",
            format!("<w><sheetData><row r=\"1\">{a1}</row><row r=\"2\">{b2}{c2}</row></sheetData></w>"),
        ),
        (
            "<w><sheetData><row><c r=\"B1\"/></row><row><c/><c r=\"D2\"><v>1</v></c></row></sheetData></w>",
            format!(
                "<w><sheetData><row>{a1}<c r=\"B1\"/></row>\
                 <row><c/>{b2}{c2}<c r=\"D2\"><v>1</v></c></row></sheetData></w>"
            ),
        ),
    ] {
        assert_eq!(filled(old, &[((0, 0), "x"), ((1, 1), "y"), ((1, 2), "z")]), new, "{old}");
    }
    let escaped = filled("<w><sheetData/></w>", &[((0, 0), "a<b> & _x0041_ \u{7}")]);
    assert!(escaped.contains("a&lt;b&gt; &amp; _x005F_x0041_ </t>"), "{escaped}");
}

#[test]
fn protected_cells_are_left_unless_they_are_asked_for() {
    let original = form(true);
    let session = answered(&original);
    let filled = fill(&original, &session, IntoOptions::default()).unwrap();
    assert_eq!(filled.count, 3);
    assert!(filled.left.iter().any(|left| left.contains("C4 (a-2) is protected")), "{:?}", filled.left);
    let all = fill(&original, &session, IntoOptions { locked: true }).unwrap();
    assert_eq!(all.count, 4);
}

#[test]
fn a_file_that_is_filled_in_gives_the_same_questions_with_the_answers() {
    let original = form(false);
    let filled = fill(&original, &answered(&original), IntoOptions::default()).unwrap();
    let before = read(&original, "form", &Options::default()).unwrap().1;
    let after = read(&filled.bytes, "form", &Options::default()).unwrap().1;
    assert_eq!(before.questionnaire, after.questionnaire);
    assert_eq!(after.answers[0].1.choices, ["yes"]);
}

#[test]
fn only_the_fields_of_a_text_file_that_are_filled_in_change() {
    let original = "\u{feff}ID;Question;Answer;Comment\r\n1;\"Is the first; thing done?\";;\r\n\r\n\
        2;Is the second thing done?;;\r\n3;Is the third thing done?\r\n";
    let imported = read(original.as_bytes(), "list", &Options::default()).unwrap().1;
    let mut session = Session::new(imported.questionnaire, "Boat", jiff::Timestamp::UNIX_EPOCH);
    for (index, value) in ["yes; all", "=no", "maybe"].into_iter().enumerate() {
        let question = session.question(index).id.clone();
        let after = Box::new(Answer { value: value.into(), ..Answer::default() });
        session.apply(&Edit::Answer { question, before: Box::default(), after }, &Stamp::default()).unwrap();
    }
    let filled = fill(original.as_bytes(), &session, IntoOptions::default()).unwrap();
    assert_eq!(
        String::from_utf8(filled.bytes).unwrap(),
        "\u{feff}ID;Question;Answer;Comment\r\n1;\"Is the first; thing done?\";\"yes; all\";\r\n\r\n\
         2;Is the second thing done?;'=no;\r\n3;Is the third thing done?;maybe\r\n"
    );
}

#[test]
fn a_session_of_another_questionnaire_and_an_older_workbook_are_refused() {
    let built_in = crate::questionnaire::load(crate::questionnaire::BUILT_IN[0].1).unwrap();
    let session = Session::new(built_in, "Boat", jiff::Timestamp::UNIX_EPOCH);
    assert!(
        fill(&form(false), &session, IntoOptions::default()).unwrap_err().message.contains("spreadsheet")
    );
    let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest";
    let error = fill(old, &answered(&form(false)), IntoOptions::default()).unwrap_err();
    assert!(error.hint.contains(".xlsx"), "{error:?}");
}
