//! What could not be taken over from a file, grouped by cause.

/// How many places of a cause are named.
const NAMED: usize = 5;

/// One cause, with the places where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What happened, without a final full stop.
    pub cause: String,
    /// In how many places.
    pub count: usize,
    /// The first places: ids or rows, with the line in the file where it is known.
    pub places: Vec<String>,
}

/// The warnings while a file is read.
#[derive(Debug, Default)]
pub struct Warnings(Vec<Warning>);

impl Warnings {
    /// Notes a cause at a place; the place may be empty if it is the whole file.
    pub fn add(&mut self, cause: &str, place: &str) {
        let at = self.0.iter().position(|warning| warning.cause == cause).unwrap_or_else(|| {
            self.0.push(Warning { cause: cause.to_owned(), count: 0, places: Vec::new() });
            self.0.len() - 1
        });
        let warning = &mut self.0[at];
        warning.count += 1;
        if !place.is_empty() && warning.places.len() < NAMED && !warning.places.iter().any(|p| p == place) {
            warning.places.push(super::html::clean_line(place));
        }
    }

    /// The warnings, in the order in which their causes were first met. A place that occurs in `source` gets
    /// its line.
    pub fn located(self, source: &str) -> Vec<Warning> {
        let mut warnings = self.0;
        for place in warnings.iter_mut().flat_map(|warning| &mut warning.places) {
            if let Some(line) = line_of(source, place) {
                place.push_str(&format!(" (line {line})"));
            }
        }
        warnings
    }
}

impl Warning {
    /// The warning as a line for the reader.
    pub fn line(&self) -> String {
        let more = self.count.saturating_sub(self.places.len());
        let more =
            if more > 0 && !self.places.is_empty() { format!(" and {more} more") } else { String::new() };
        let places = self.places.join(", ");
        match (self.places.is_empty(), self.count) {
            (true, _) => self.cause.clone(),
            (false, 1) => format!("{}: {places}", self.cause),
            (false, count) => format!("{} ({count}): {places}{more}", self.cause),
        }
    }
}

/// The line, from 1, of the first place where a name occurs between characters that are not part of names.
fn line_of(source: &str, name: &str) -> Option<usize> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '/');
    let mut places = source.match_indices(name).map(|(at, _)| at);
    let at = places.find(|at| {
        let (before, after) = (&source[..*at], &source[at + name.len()..]);
        !before.ends_with(is_part) && !after.starts_with(is_part)
    })?;
    Some(source[..at].matches('\n').count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_causes_are_one_line_with_up_to_five_places_and_their_lines() {
        let mut warnings = Warnings::default();
        for n in 1..=7 {
            warnings.add("dropped", &format!("q{n}"));
        }
        warnings.add("the licence is not known", "");
        warnings.add("parked", "q1");
        let lines: Vec<String> = warnings.located("q10\n\"q1\"\nq2").iter().map(Warning::line).collect();
        assert_eq!(
            lines,
            [
                "dropped (7): q1 (line 2), q2 (line 3), q3, q4, q5 and 2 more",
                "the licence is not known",
                "parked: q1 (line 2)",
            ]
        );
    }
}
