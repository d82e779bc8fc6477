//! What the type of a row means.

/// What a row of the survey is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowKind {
    /// The start of a group.
    Group,
    /// The start of a group that is answered several times.
    Repeat,
    /// The end of a group.
    End,
    /// Choices of a list.
    Select {
        /// The name of the list.
        list: String,
        /// Whether several can be chosen.
        is_multiple: bool,
        /// Whether something else can be entered.
        or_other: bool,
    },
    /// A text.
    Text,
    /// A number; whether it is whole.
    Number(bool),
    /// A date.
    Date,
    /// A box to tick.
    Acknowledge,
    /// A text to read.
    Note,
    /// Something to answer that becomes a text: its type.
    Other(String),
    /// Filled in by the device, or computed.
    Hidden,
}

const HIDDEN: &[&str] = &[
    "start",
    "end",
    "today",
    "deviceid",
    "device id",
    "simserial",
    "subscriberid",
    "username",
    "phonenumber",
    "email",
    "audit",
    "calculate",
    "calculation",
    "hidden",
    "start-geopoint",
    "xml-external",
    "csv-external",
    "entity",
    "background-audio",
    "background-geopoint",
    "instance",
    "uri",
];

/// Reads a type.
pub fn kind(written: &str) -> RowKind {
    let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = written.to_lowercase().replace('_', " ");
    if let Some(what) = lower.strip_prefix("begin ") {
        return if what.starts_with("repeat") || what.starts_with("loop") {
            RowKind::Repeat
        } else {
            RowKind::Group
        };
    }
    if lower.starts_with("end ") && ["group", "repeat", "loop"].iter().any(|what| lower.contains(what)) {
        return RowKind::End;
    }
    if HIDDEN.contains(&lower.as_str()) {
        return RowKind::Hidden;
    }
    if lower.contains("from file") || lower.contains("external") {
        return RowKind::Other(written);
    }
    if let Some(select) = select(&written, &lower) {
        return select;
    }
    match lower.as_str() {
        "text" | "string" => RowKind::Text,
        "integer" | "int" => RowKind::Number(true),
        "decimal" | "range" => RowKind::Number(false),
        "date" => RowKind::Date,
        "acknowledge" | "trigger" => RowKind::Acknowledge,
        "note" => RowKind::Note,
        _ => RowKind::Other(written),
    }
}

/// The ways to write that choices of a list are offered.
const SELECTS: &[(&str, bool)] = &[
    ("add select one prompt using ", false),
    ("add select multiple prompt using ", true),
    ("select all that apply from ", true),
    ("select all that apply ", true),
    ("select one from ", false),
    ("select multiple from ", true),
    ("select one ", false),
    ("select multiple ", true),
    ("select1 ", false),
];

/// Whether a type ends with the words that ask for something else too.
pub fn has_other(written: &str) -> bool {
    let lower = written.to_lowercase().replace('_', " ");
    OTHERS.iter().any(|other| lower.ends_with(other))
}

const OTHERS: &[&str] = &[" or other", " or specify other"];

fn select(written: &str, lower: &str) -> Option<RowKind> {
    let (prefix, is_multiple) = SELECTS.iter().find(|(prefix, _)| lower.starts_with(prefix))?;
    let other = OTHERS.iter().find(|other| lower.ends_with(**other));
    let end = written.len() - other.map_or(0, |other| other.len());
    // Case matters in the name of a list; both spellings of the type have the same length.
    let list = written.get(prefix.len()..end)?.trim().to_owned();
    Some(RowKind::Select { list, is_multiple: *is_multiple, or_other: other.is_some() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_understood_in_all_spellings() {
        let select = |list: &str, is_multiple, or_other| RowKind::Select {
            list: list.to_owned(),
            is_multiple,
            or_other,
        };
        for (written, expected) in [
            ("select_one Yes_no", select("Yes_no", false, false)),
            ("select one from sexes or specify other", select("sexes", false, true)),
            ("select_multiple L or_other", select("L", true, true)),
            ("select all that apply from L", select("L", true, false)),
            ("add select one prompt using L", select("L", false, false)),
            ("begin_group", RowKind::Group),
            ("begin repeat", RowKind::Repeat),
            ("END_GROUP", RowKind::End),
            ("end", RowKind::Hidden),
            ("int", RowKind::Number(true)),
            ("dateTime", RowKind::Other("dateTime".into())),
            ("select_one_from_file x.csv", RowKind::Other("select_one_from_file x.csv".into())),
        ] {
            assert_eq!(kind(written), expected, "{written}");
        }
    }
}
