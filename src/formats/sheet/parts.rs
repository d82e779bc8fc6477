//! The parts of a workbook that the library for reading cells does not show: which part has which sheet,
//! names of ranges, and lists of values. Office Open XML, ECMA-376, part 1, chapter 18.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::zipped::MAX_UNPACKED;

/// The workbook part and its relations.
const WORKBOOK: &str = "xl/workbook.xml";
const RELATIONS: &str = "xl/_rels/workbook.xml.rels";

/// The text of a part; `None` if there is none.
pub fn part(bytes: &[u8], path: &str) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut text = String::new();
    archive.by_name(path).ok()?.take(MAX_UNPACKED).read_to_string(&mut text).ok()?;
    Some(text)
}

/// An attribute by its name without prefix.
pub fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// The names of the sheets with the paths of their parts, in order.
pub fn sheets(bytes: &[u8]) -> Vec<(String, String)> {
    let (Some(workbook), Some(relations)) = (part(bytes, WORKBOOK), part(bytes, RELATIONS)) else {
        return Vec::new();
    };
    let mut targets = HashMap::new();
    for_each(&relations, |element| {
        if element.local_name().as_ref() == "Relationship"
            && let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target"))
        {
            let path = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("xl/{target}"),
            };
            targets.insert(id, path);
        }
    });
    let mut found = Vec::new();
    for_each(&workbook, |element| {
        if element.local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (attribute(element, "name"), attribute(element, "id"))
            && let Some(path) = targets.get(&id)
        {
            found.push((name, path.clone()));
        }
    });
    found
}

/// The names of ranges in the workbook, with the ranges.
pub fn defined_names(bytes: &[u8]) -> HashMap<String, String> {
    let mut names = HashMap::new();
    let Some(workbook) = part(bytes, WORKBOOK) else { return names };
    let mut reader = Reader::from_str(&workbook);
    let mut current: Option<(String, String)> = None;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) if element.local_name().as_ref() == "definedName" => {
                current = attribute(&element, "name").map(|name| (name, String::new()));
            }
            Event::End(_) => names.extend(current.take()),
            Event::Eof => break,
            other => push_text(&other, current.as_mut().map(|(_, text)| text)),
        }
    }
    names
}

/// Calls `act` for each element.
fn for_each(xml: &str, mut act: impl FnMut(&BytesStart<'_>)) {
    let mut reader = Reader::from_str(xml);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) | Event::Empty(element) => act(&element),
            Event::Eof => break,
            _ => {}
        }
    }
}

/// Adds the text of an event.
pub fn push_text(event: &Event<'_>, text: Option<&mut String>) {
    let Some(text) = text else { return };
    match event {
        Event::Text(part) => text.push_str(part),
        Event::CData(part) => text.push_str(part),
        Event::GeneralRef(reference) => {
            let resolved = match reference.resolve_char_ref() {
                Ok(Some(c)) => Some(c),
                Ok(None) | Err(_) => match reference.as_ref() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => None,
                },
            };
            text.extend(resolved);
        }
        _ => {}
    }
}

/// A list of values as the sheet has it: the cells, and where the values come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validation {
    /// Ranges of cells, separated by blanks.
    pub cells: String,
    /// `"a,b"`, a range, or the name of one.
    pub formula: String,
}

/// The lists of values in the part of a sheet, also those that newer programs write as an extension.
pub fn validations(xml: &str) -> Vec<Validation> {
    let mut found = Vec::new();
    let mut current: Option<Validation> = None;
    let mut field = String::new();
    let mut reader = Reader::from_str(xml);
    while let Ok(event) = reader.read_event() {
        match &event {
            Event::Start(element) => {
                field = element.local_name().as_ref().to_owned();
                if field == "dataValidation" {
                    current = (attribute(element, "type").as_deref() == Some("list")).then(|| Validation {
                        cells: attribute(element, "sqref").unwrap_or_default(),
                        formula: String::new(),
                    });
                }
            }
            Event::End(element) => {
                if element.local_name().as_ref() == "dataValidation" {
                    found.extend(current.take());
                }
                field.clear();
            }
            Event::Eof => break,
            other => {
                let text = current.as_mut().and_then(|current| match field.as_str() {
                    "formula1" | "f" => Some(&mut current.formula),
                    "sqref" => Some(&mut current.cells),
                    _ => None,
                });
                push_text(other, text);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_found_in_both_places_and_prompts_are_not_lists() {
        let xml = r#"<worksheet><dataValidations>
            <dataValidation type="list" sqref="C5:C9 C12">
            <formula1>"Yes,No &amp; more"</formula1></dataValidation>
            <dataValidation sqref="D1"><formula1>1</formula1></dataValidation></dataValidations>
            <extLst><ext><x14:dataValidations><x14:dataValidation type="list">
            <x14:formula1><xm:f>'A B'!$J$3:$J$4</xm:f>
            </x14:formula1><xm:sqref>C25</xm:sqref></x14:dataValidation>
            </x14:dataValidations></ext></extLst></worksheet>"#;
        let shown: Vec<(String, String)> =
            validations(xml).into_iter().map(|v| (v.cells, v.formula.trim().to_owned())).collect();
        assert_eq!(
            shown,
            [
                ("C5:C9 C12".to_owned(), "\"Yes,No & more\"".to_owned()),
                ("C25".to_owned(), "'A B'!$J$3:$J$4".to_owned()),
            ]
        );
    }
}
