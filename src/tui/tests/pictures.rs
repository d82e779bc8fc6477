//! The pictures of the README, drawn from the real buffers.
//!
//! `QUERIST_WRITE_ASSETS=1 cargo test pictures` makes them again; otherwise they are held to be current.

use std::fmt::Write;
use std::path::Path;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

use super::harness::Screen;
use super::screens::worked;

const CELL: (f32, f32) = (8.4, 18.0);

struct Colours {
    name: &'static str,
    paper: &'static str,
    ink: &'static str,
    dim: &'static str,
    accent: &'static str,
}

const LIGHT: Colours =
    Colours { name: "light", paper: "#ffffff", ink: "#1f2328", dim: "#656d76", accent: "#0b7285" };
const DARK: Colours =
    Colours { name: "dark", paper: "#0d1117", ink: "#e6edf3", dim: "#8b949e", accent: "#56d4dd" };

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A buffer as SVG; runs of one style are one text each, stretched to their cells so that any font fits.
fn svg(buffer: &Buffer, cursor: Option<Position>, colours: &Colours) -> String {
    let (width, height) = (buffer.area.width, buffer.area.height);
    let (w, h) = (f32::from(width) * CELL.0 + 16.0, f32::from(height) * CELL.1 + 16.0);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w:.0} {h:.0}\" font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"14\">\n\
         <rect width=\"{w:.0}\" height=\"{h:.0}\" rx=\"6\" fill=\"{}\"/>\n",
        colours.paper
    );
    for y in 0..height {
        let mut x = 0;
        while x < width {
            let cell = &buffer[(x, y)];
            let style = cell.style();
            let start = x;
            let mut text = String::new();
            while x < width && buffer[(x, y)].style() == style {
                let symbol = buffer[(x, y)].symbol();
                text.push_str(symbol);
                x += crate::text::width(symbol).max(1) as u16;
            }
            run(&mut out, &text, cell, (start, x, y), colours);
        }
    }
    if let Some(at) = cursor {
        let (x, y) = (f32::from(at.x) * CELL.0 + 8.0, f32::from(at.y) * CELL.1 + 9.0);
        writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"2\" height=\"17\" fill=\"{}\"/>",
            colours.accent
        )
        .unwrap();
    }
    out + "</svg>\n"
}

fn run(out: &mut String, text: &str, cell: &Cell, (start, end, y): (u16, u16, u16), colours: &Colours) {
    let is = |modifier| cell.modifier.contains(modifier);
    let (left, top) = (f32::from(start) * CELL.0 + 8.0, f32::from(y) * CELL.1 + 8.0);
    let width = f32::from(end - start) * CELL.0;
    let ink = match (cell.fg, is(Modifier::DIM)) {
        (Color::Cyan, _) => colours.accent,
        (_, true) => colours.dim,
        _ => colours.ink,
    };
    let (ink, paper) = if is(Modifier::REVERSED) { (colours.paper, Some(colours.ink)) } else { (ink, None) };
    if let Some(paper) = paper {
        writeln!(
            out,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{:.0}\" fill=\"{paper}\"/>",
            CELL.1
        )
        .unwrap();
    }
    if text.trim().is_empty() {
        return;
    }
    let mut look = String::new();
    for (modifier, attribute) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
    ] {
        if is(modifier) {
            look.push_str(attribute);
        }
    }
    writeln!(
        out,
        "<text x=\"{left:.1}\" y=\"{:.1}\" fill=\"{ink}\"{look} textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\">{}</text>",
        top + 14.0,
        escaped(text)
    )
    .unwrap();
}

fn held(screen: &Screen, name: &str) {
    let (buffer, cursor) = screen.draw();
    for colours in [&LIGHT, &DARK] {
        let picture = svg(&buffer, cursor, colours);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("assets/{name}-{}.svg", colours.name));
        if std::env::var_os("QUERIST_WRITE_ASSETS").is_some() {
            std::fs::write(&path, &picture).unwrap();
        }
        let current = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            current == picture,
            "run `QUERIST_WRITE_ASSETS=1 cargo test pictures` and commit {}",
            path.display()
        );
    }
}

#[test]
fn pictures_of_the_interview() {
    held(worked().resize(100, 32), "interview");
}

#[test]
fn pictures_of_the_overview() {
    let mut screen = worked();
    screen.state.now = "2026-11-29T12:00:00Z".parse().unwrap();
    held(screen.resize(100, 36).keys("<A-o>"), "overview");
}

#[test]
fn pictures_of_the_preview() {
    held(worked().resize(140, 32).keys("<A-p>"), "preview");
}

#[test]
fn pictures_of_home() {
    let mut screen = Screen::home(100, 14);
    let made = [("Paperboat", 7, 11, 1), ("Inkwell", 11, 11, 0), ("Lighthouse Mail", 3, 24, 0)];
    let reviews =
        made.into_iter().enumerate().map(|(n, (subject, done, asked, flagged))| crate::store::Summary {
            id: subject.to_lowercase(),
            subject: subject.to_owned(),
            questionnaire: if asked == 11 { "SaaS security" } else { "Vendor baseline" }.to_owned(),
            progress: crate::session::Count { done, asked, flagged },
            touched: format!("2026-11-{}T12:00:00Z", 21 - 4 * n).parse().unwrap(),
            problem: None,
        });
    screen.state.home.list = reviews.collect();
    held(&screen, "home");
}
