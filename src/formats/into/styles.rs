//! Which styles of a workbook leave a cell unlocked in a protected sheet.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::formats::sheet::attribute;

/// For each cell style, whether its cells are locked. Without a word about it, they are.
pub fn locked(styles: &str) -> Vec<bool> {
    let mut found = Vec::new();
    let mut is_inside = false;
    let mut reader = Reader::from_str(styles);
    while let Ok(event) = reader.read_event() {
        match &event {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "cellXfs" => is_inside = true,
                "xf" if is_inside => found.push(true),
                "protection" if is_inside => {
                    let is_unlocked = matches!(attribute(element, "locked").as_deref(), Some("0" | "false"));
                    if let Some(last) = found.last_mut().filter(|_| is_unlocked) {
                        *last = false;
                    }
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => is_inside = false,
            Event::Eof => break,
            _ => {}
        }
    }
    found
}
