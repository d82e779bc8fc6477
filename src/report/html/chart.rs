//! Bars in the page: drawn without styles of their own, and described in words.

use super::super::meaning::Meaning;
use super::markup::escaped;

/// One bar: a name and how many answers have each meaning.
pub struct Bar {
    /// The name.
    pub name: String,
    /// The numbers, in the order of [`Meaning::ALL`].
    pub counts: [usize; 7],
}

const NAMES: usize = 260;
const WIDTH: usize = 400;
const ROW: usize = 26;
/// A little more than a letter is wide.
const LETTER: usize = 8;

/// The class of the colour of a meaning.
fn class(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Good => "good",
        Meaning::Partial => "partial",
        Meaning::Bad => "bad",
        Meaning::Unknown => "unknown",
        Meaning::NotApplicable => "na",
        Meaning::Other => "other",
        Meaning::Unanswered => "missing",
    }
}

/// The bars as an inline picture.
pub fn bars(rows: &[Bar]) -> String {
    let most = rows.iter().map(|row| row.counts.iter().sum::<usize>()).max().unwrap_or(1).max(1);
    let height = rows.len() * ROW + 30;
    let mut out = format!(
        "<svg role=\"img\" \
         aria-label=\"Bars with the answers of each section; the table below has the numbers\" \
         viewBox=\"0 0 {} {height}\" width=\"{}\" height=\"{height}\">\n",
        NAMES + WIDTH + 50,
        NAMES + WIDTH + 50,
    );
    for (index, row) in rows.iter().enumerate() {
        let y = index * ROW;
        let name = crate::text::truncate(&row.name, 36);
        out.push_str(&format!("<text x=\"0\" y=\"{}\">{}</text>\n", y + 17, escaped(&name)));
        let mut x = NAMES;
        for (count, meaning) in row.counts.iter().zip(Meaning::ALL).filter(|(count, _)| **count > 0) {
            let (width, class, meaning) = (count * WIDTH / most, class(meaning), meaning.label());
            let rect =
                format!("<rect class=\"{class}\" x=\"{x}\" y=\"{}\" width=\"{width}\" height=\"18\">", y + 4);
            out.push_str(&format!("{rect}<title>{meaning}: {count}</title></rect>\n"));
            x += width;
        }
        let total: usize = row.counts.iter().sum();
        out.push_str(&format!("<text x=\"{}\" y=\"{}\">{total}</text>\n", x + 6, y + 17));
    }
    let mut x = 0;
    for meaning in Meaning::ALL {
        let (y, class, name) = (rows.len() * ROW + 10, class(meaning), meaning.label());
        out.push_str(&format!("<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"14\" height=\"14\"/>\n"));
        out.push_str(&format!("<text x=\"{}\" y=\"{}\">{name}</text>\n", x + 19, y + 12));
        x += 35 + LETTER * name.len();
    }
    out + "</svg>"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(name: &str, counts: [usize; 7]) -> Bar {
        Bar { name: name.to_owned(), counts }
    }

    #[test]
    fn the_longest_bar_fills_the_width_and_each_part_follows_the_one_before() {
        let drawn = bars(&[bar("A & B", [1, 0, 3, 0, 0, 0, 0]), bar("C", [0, 0, 0, 0, 0, 0, 2])]);
        let lines: Vec<&str> = drawn.lines().collect();
        assert!(lines[0].ends_with("viewBox=\"0 0 710 82\" width=\"710\" height=\"82\">"), "{drawn}");
        let rows = [
            r#"<text x="0" y="17">A &amp; B</text>"#,
            r#"<rect class="good" x="260" y="4" width="100" height="18"><title>Good: 1</title></rect>"#,
            r#"<rect class="bad" x="360" y="4" width="300" height="18"><title>Bad: 3</title></rect>"#,
            r#"<text x="666" y="17">4</text>"#,
            r#"<text x="0" y="43">C</text>"#,
            concat!(
                r#"<rect class="missing" x="260" y="30" width="200" height="18">"#,
                "<title>Unanswered: 2</title></rect>"
            ),
            r#"<text x="466" y="43">2</text>"#,
        ];
        assert_eq!(lines[1..8], rows);
    }

    #[test]
    fn below_the_bars_is_what_each_colour_means() {
        let drawn = bars(&[bar("A", [1, 0, 0, 0, 0, 0, 0])]);
        let legend: Vec<&str> = drawn.lines().skip(4).collect();
        let expected = [
            r#"<rect class="good" x="0" y="36" width="14" height="14"/>"#,
            r#"<text x="19" y="48">Good</text>"#,
            r#"<rect class="partial" x="67" y="36" width="14" height="14"/>"#,
            r#"<text x="86" y="48">Partial</text>"#,
            r#"<rect class="bad" x="158" y="36" width="14" height="14"/>"#,
            r#"<text x="177" y="48">Bad</text>"#,
            r#"<rect class="unknown" x="217" y="36" width="14" height="14"/>"#,
            r#"<text x="236" y="48">Unknown</text>"#,
            r#"<rect class="na" x="308" y="36" width="14" height="14"/>"#,
            r#"<text x="327" y="48">Not applicable</text>"#,
            r#"<rect class="other" x="455" y="36" width="14" height="14"/>"#,
            r#"<text x="474" y="48">Other</text>"#,
            r#"<rect class="missing" x="530" y="36" width="14" height="14"/>"#,
            r#"<text x="549" y="48">Unanswered</text>"#,
            "</svg>",
        ];
        assert_eq!(legend, expected);
    }

    #[test]
    fn a_name_that_does_not_fit_before_its_bar_is_cut() {
        for (name, shown) in
            [("x".repeat(36), "x".repeat(36)), ("x".repeat(37), format!("{}…", "x".repeat(35)))]
        {
            let drawn = bars(&[bar(&name, [1, 0, 0, 0, 0, 0, 0])]);
            assert!(drawn.contains(&format!(">{shown}</text>")), "{drawn}");
        }
    }
}
