//! Number formats, as far as ids need them: leading and trailing zeros, and fixed texts around the number.

/// A number format that only adds zeros and texts to a number: `0.00`, `000`, `"V"0.0`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NumberFormat {
    before: String,
    /// How many digits there are at least before the point.
    whole: usize,
    /// How many digits there are after the point.
    decimals: usize,
    after: String,
}

impl NumberFormat {
    /// The format with this code; `None` if it does anything else, such as percentages or dates.
    pub fn parse(code: &str) -> Option<Self> {
        let mut format = Self::default();
        let mut has_point = false;
        let mut signs = code.chars().peekable();
        while let Some(sign) = signs.next() {
            let has_digits = format.whole > 0;
            match sign {
                // What follows is for negative numbers, zeros and texts.
                ';' => break,
                '0' if format.after.is_empty() && has_point => format.decimals += 1,
                '0' if format.after.is_empty() => format.whole += 1,
                '.' if has_digits && !has_point && format.after.is_empty() => has_point = true,
                '#' if !has_digits => {}
                // A blank as wide as the sign, or the sign itself.
                '_' => {
                    signs.next()?;
                }
                '\\' => format.literal(signs.next()?),
                '"' => {
                    while let Some(quoted) = signs.next().filter(|c| *c != '"') {
                        format.literal(quoted);
                    }
                }
                ' ' | '-' | '(' | ')' => format.literal(sign),
                _ => return None,
            }
        }
        (format.whole > 0 && has_point == (format.decimals > 0)).then_some(format)
    }

    fn literal(&mut self, sign: char) {
        if self.whole == 0 { self.before.push(sign) } else { self.after.push(sign) }
    }

    /// A number as the sheet shows it; `None` if the format hides a part of it.
    pub fn shown(&self, number: f64) -> Option<String> {
        let digits = format!("{number:.*}", self.decimals);
        if number < 0.0 || digits.parse() != Ok(number) {
            return None;
        }
        let point = if self.decimals == 0 { 0 } else { 1 + self.decimals };
        let width = self.whole + point;
        Some(format!("{}{digits:0>width$}{}", self.before, self.after).trim().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_and_fixed_texts_of_a_number_format_are_shown() {
        for (code, number, expected) in [
            ("0.00", 2.1, Some("2.10")),
            ("0.0", 1.0, Some("1.0")),
            ("000", 7.0, Some("007")),
            ("##00.0", 12.5, Some("12.5")),
            ("\"V\"0.0", 2.0, Some("V2.0")),
            ("\\A\\-00", 3.0, Some("A-03")),
            ("0.00_);\\(0.00\\)", 2.1, Some("2.10")),
            ("0.00", 2.125, None),
            ("0.00", -2.1, None),
        ] {
            let shown = NumberFormat::parse(code).and_then(|format| format.shown(number));
            assert_eq!(shown.as_deref(), expected, "{code} {number}");
        }
    }

    #[test]
    fn formats_that_change_the_number_are_left_alone() {
        for code in
            ["General", "0%", "#,##0.00", "yyyy\\-mm\\-dd", "0.00E+00", "@", "", "#", "0.", "\"x\"", "\\"]
        {
            assert_eq!(NumberFormat::parse(code), None, "{code}");
        }
    }
}
