//! Bars in the page: drawn without styles of their own, and described in words.

use super::markup::escaped;

/// What answers mean, with the class of its colour.
pub const MEANINGS: [(&str, &str); 6] = [
    ("Good", "good"),
    ("Partial", "partial"),
    ("Bad", "bad"),
    ("Unknown", "unknown"),
    ("Other", "other"),
    ("Unanswered", "missing"),
];

/// One bar: a name and how many answers have each meaning.
pub struct Bar {
    /// The name.
    pub name: String,
    /// The numbers, in the order of [`MEANINGS`].
    pub counts: [usize; 6],
}

const NAMES: usize = 260;
const WIDTH: usize = 400;
const ROW: usize = 26;

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
        for (count, (meaning, class)) in row.counts.iter().zip(MEANINGS).filter(|(count, _)| **count > 0) {
            let width = count * WIDTH / most;
            let rect =
                format!("<rect class=\"{class}\" x=\"{x}\" y=\"{}\" width=\"{width}\" height=\"18\">", y + 4);
            out.push_str(&format!("{rect}<title>{meaning}: {count}</title></rect>\n"));
            x += width;
        }
        let total: usize = row.counts.iter().sum();
        out.push_str(&format!("<text x=\"{}\" y=\"{}\">{total}</text>\n", x + 6, y + 17));
    }
    let mut x = 0;
    for (meaning, class) in MEANINGS {
        let y = rows.len() * ROW + 10;
        out.push_str(&format!("<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"14\" height=\"14\"/>\n"));
        out.push_str(&format!("<text x=\"{}\" y=\"{}\">{meaning}</text>\n", x + 19, y + 12));
        x += 115;
    }
    out + "</svg>"
}
