//! The screenshots in the docs, drawn from the real screens.
//!
//! `assets/make` writes them; otherwise these tests check that they are current.

use std::fmt::Write;
use std::path::Path;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};

use crate::session::{CommentKind, Conflict, Edit, Entry, FieldValue, Origin, Place, Stamp, Target, Unit};
use crate::tui::app::Input;
use crate::tui::effect::Outcome;
use crate::workspace::Shelf;

use super::again::again;
use super::compare::{compared, services};
use super::harness::Screen;
use super::screens::worked;

const CELL: (f32, f32) = (8.4, 18.0);

struct Colours {
    name: &'static str,
    paper: &'static str,
    ink: &'static str,
    dim: &'static str,
    accent: &'static str,
    good: &'static str,
    partial: &'static str,
    bad: &'static str,
}

const LIGHT: Colours = Colours {
    name: "light",
    paper: "#ffffff",
    ink: "#1f2328",
    dim: "#656d76",
    accent: "#0b7285",
    good: "#1a7f37",
    partial: "#9a6700",
    bad: "#cf222e",
};
const DARK: Colours = Colours {
    name: "dark",
    paper: "#0d1117",
    ink: "#e6edf3",
    dim: "#8b949e",
    accent: "#56d4dd",
    good: "#56d364",
    partial: "#e3b341",
    bad: "#ff7b72",
};

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The start of a picture of a screen of this size.
fn head(area: Rect, style: &str, colours: &Colours) -> String {
    let (w, h) = (f32::from(area.width) * CELL.0 + 16.0, f32::from(area.height) * CELL.1 + 16.0);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w:.0} {h:.0}\" \
         font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"14\">\n\
         {style}<rect width=\"{w:.0}\" height=\"{h:.0}\" rx=\"6\" fill=\"{}\"/>\n",
        colours.paper
    )
}

/// A screen as SVG.
fn svg(buffer: &Buffer, cursor: Option<Position>, colours: &Colours) -> String {
    let mut out = head(buffer.area, "", colours);
    for y in 0..buffer.area.height {
        out.push_str(&row(buffer, y, colours));
    }
    out.extend(cursor.map(|at| caret(at, colours)));
    out + "</svg>\n"
}

/// One row of the screen. Cells of one style are one text, stretched to its cells so that any font fits.
fn row(buffer: &Buffer, y: u16, colours: &Colours) -> String {
    let (mut out, mut x) = (String::new(), 0);
    while x < buffer.area.width {
        let cell = &buffer[(x, y)];
        let start = x;
        let mut text = String::new();
        while x < buffer.area.width && buffer[(x, y)].style() == cell.style() {
            let symbol = buffer[(x, y)].symbol();
            text.push_str(symbol);
            x += crate::text::width(symbol).max(1) as u16;
        }
        run(&mut out, &text, cell, (start, x, y), colours);
    }
    out
}

fn caret(at: Position, colours: &Colours) -> String {
    let (x, y) = (f32::from(at.x) * CELL.0 + 8.0, f32::from(at.y) * CELL.1 + 9.0);
    format!("<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"2\" height=\"17\" fill=\"{}\"/>\n", colours.accent)
}

/// Screens as an animated SVG, each shown for its tenths of a second. A row is drawn once for as long as it
/// does not change. With reduced motion, only the last screen is shown.
fn film(screens: &[(Buffer, Option<Position>, usize)], colours: &Colours) -> String {
    let starts: Vec<usize> = screens
        .iter()
        .scan(0, |at, (_, _, tenths)| {
            *at += tenths;
            Some(*at - tenths)
        })
        .collect();
    let end: usize = screens.iter().map(|(_, _, tenths)| tenths).sum();
    let area = screens[0].0.area;
    // What is drawn, from which screen, to which.
    let mut parts: Vec<(String, usize, usize)> = Vec::new();
    let drawn = |n: usize, y: u16| match y.checked_sub(area.height) {
        None => row(&screens[n].0, y, colours),
        Some(_) => screens[n].1.map(|at| caret(at, colours)).unwrap_or_default(),
    };
    for y in 0..=area.height {
        let mut from = 0;
        for n in 1..=screens.len() {
            if n == screens.len() || drawn(n, y) != drawn(from, y) {
                parts.push((drawn(from, y), from, n));
                from = n;
            }
        }
    }
    let mut style = "<style>\ng{visibility:hidden}\n".to_owned();
    let mut body = String::new();
    let mut named = std::collections::BTreeSet::new();
    let percent = |n: usize| starts.get(n).map_or(100.0, |at| *at as f32 * 100.0 / end as f32);
    for (part, from, to) in parts.iter().filter(|(part, ..)| !part.is_empty()) {
        if named.insert((from, to)) {
            let hide = if *to < screens.len() {
                format!("{:.2}%{{visibility:hidden}}", percent(*to))
            } else {
                String::new()
            };
            let still = if *to == screens.len() { "visible" } else { "hidden" };
            write!(
                style,
                ".f{from}t{to}{{animation:f{from}t{to} {:.1}s step-end infinite;visibility:{still}}}\n\
                 @keyframes f{from}t{to}{{0%{{visibility:hidden}}{:.2}%{{visibility:visible}}{hide}}}\n",
                end as f32 / 10.0,
                percent(*from)
            )
            .unwrap();
        }
        writeln!(body, "<g class=\"f{from}t{to}\">\n{part}</g>").unwrap();
    }
    style.push_str("@media (prefers-reduced-motion){g{animation:none!important}}\n</style>\n");
    head(area, &style, colours) + &body + "</svg>\n"
}

fn run(out: &mut String, text: &str, cell: &Cell, (start, end, y): (u16, u16, u16), colours: &Colours) {
    let is = |modifier| cell.modifier.contains(modifier);
    let (left, top) = (f32::from(start) * CELL.0 + 8.0, f32::from(y) * CELL.1 + 8.0);
    let width = f32::from(end - start) * CELL.0;
    let ink = match (cell.fg, is(Modifier::DIM)) {
        (Color::Cyan, _) => colours.accent,
        (Color::Green, _) => colours.good,
        (Color::Yellow, _) => colours.partial,
        (Color::Red, _) => colours.bad,
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
        "<text x=\"{left:.1}\" y=\"{:.1}\" fill=\"{ink}\"{look} textLength=\"{width:.1}\" \
         lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\">{}</text>",
        top + 14.0,
        escaped(text)
    )
    .unwrap();
}

fn check(screen: &Screen, name: &str) {
    let (buffer, cursor) = screen.draw();
    check_current(name, |colours| svg(&buffer, cursor, colours));
}

fn check_current(name: &str, picture: impl Fn(&Colours) -> String) {
    for colours in [&LIGHT, &DARK] {
        let picture = picture(colours);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("assets/{name}-{}.svg", colours.name));
        if std::env::var_os("QUERIST_WRITE_ASSETS").is_some() {
            std::fs::write(&path, &picture).unwrap();
        }
        let current = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(current == picture, "run `assets/make` and commit {}", path.display());
    }
}

#[test]
fn pictures_of_a_tour() {
    let mut screen = Screen::first_start(100, 28);
    let mut screens = Vec::new();
    let mut shoot = |screen: &Screen, tenths: usize| {
        let (buffer, cursor) = screen.draw();
        screens.push((buffer, cursor, tenths));
    };
    shoot(&screen, 20);
    for (keys, tenths) in [
        ("<Esc>", 15),
        ("n", 15),
        ("<Enter>", 8),
        ("Pap", 2),
        ("er", 2),
        ("boat", 8),
        ("<Enter>", 25),
        ("y", 12),
        ("<Enter>", 6),
        ("HTTPS", 2),
        (" only,", 2),
        (" TLS 1.2", 3),
        (" and 1.3,", 3),
        (" see the", 2),
        (" security page", 8),
    ] {
        shoot(screen.keys(keys), tenths);
    }
    shoot(screen.keys("<C-S-Left><C-S-Left>"), 8);
    shoot(screen.paste("https://paperboat.example/security"), 20);
    for (keys, tenths) in [
        ("<PgDn>", 12),
        ("y", 15),
        ("<PgDn>", 8),
        ("u", 8),
        ("!ask their", 2),
        (" security team", 10),
        ("<PgDn>", 8),
        ("u<PgDn>", 5),
        ("p<PgDn>", 5),
        ("n", 20),
        ("<C-n>", 25),
        ("<A-o>", 35),
        ("<A-p>", 35),
    ] {
        shoot(screen.keys(keys), tenths);
    }
    check_current("tour", |colours| film(&screens, colours));
}

#[test]
fn pictures_of_the_interview() {
    check(worked().resize(100, 32), "interview");
    check(again().keys("<lt><C-g>5<Enter><lt>").resize(130, 32), "again");
    check(compared(120, 24).keys("n"), "compare");
    check(services(120, 24).keys("Dl"), "matrix");
}

/// A session that two people work on: Kim wrote something else about the first question, and approved the
/// seventh before it changed.
fn shared() -> Screen {
    let mut screen = worked();
    let made = Stamp { by: "Kim <kim@example.org>".into(), at: "2026-11-23T12:00:00Z".parse().unwrap() };
    let text = |text: &str| Some(FieldValue::Text(text.to_owned()));
    let conflict = Conflict {
        id: "1".into(),
        place: Place::Question("external-tls".into(), Unit::Detail),
        base: None,
        other: text(
            "HTTPS only, TLS 1.3, see the [security page](https://paperboat.example/security). Tested every \
             host.",
        ),
        made: made.clone(),
    };
    let open = &mut screen.app.current_mut().unwrap().open;
    let index = open.session().index_of("multi-factor-authentication").unwrap();
    let on = Target::Question(open.session().question(index).id.clone());
    let approve = open.session().approve(std::slice::from_ref(&on), &made).unwrap();
    let comment = open.session().comment(on, CommentKind::Note, "Which edition do we buy?", made).unwrap();
    let conflict = Edit::Entry { before: None, after: Some(Entry::Conflict(Box::new(conflict))) };
    let edit = Edit::All(vec![conflict, approve, comment]);
    open.edit(edit, Origin::Do, jiff::Timestamp::UNIX_EPOCH).unwrap();
    screen
}

#[test]
fn pictures_of_two_people_who_share_a_session() {
    check(shared().resize(100, 32).keys("<C-g>1<Enter><A-2>"), "two-answers");
    let mut screen = shared();
    screen.resize(100, 32).keys("<C-g>7<Enter><Enter><C-End> Since May, for all editions.");
    check(&screen, "approval");
}

#[test]
fn pictures_of_the_overview() {
    let mut screen = worked();
    screen.app.now = "2026-11-29T12:00:00Z".parse().unwrap();
    check(screen.resize(100, 36).keys("<A-o>"), "overview");
}

#[test]
fn pictures_of_the_preview() {
    check(worked().resize(140, 32).keys("<A-p>"), "preview");
}

#[test]
fn pictures_of_home() {
    let mut screen = Screen::home(100, 14);
    let made = [("Paperboat", 7, 11, 1), ("Inkwell", 11, 11, 0), ("Lighthouse Mail", 3, 24, 0)];
    let sessions =
        made.into_iter().enumerate().map(|(n, (subject, done, asked, flagged))| crate::store::Summary {
            id: subject.to_lowercase(),
            subject: subject.to_owned(),
            questionnaire: if asked == 11 { "SaaS security" } else { "Vendor baseline" }.to_owned(),
            progress: crate::session::Count { done, asked, flagged },
            changed: format!("2026-11-{}T12:00:00Z", 21 - 4 * n).parse().unwrap(),
            reviewed: format!("2026-11-{}T12:00:00Z", 21 - 4 * n).parse().unwrap(),
            problem: None,
        });
    screen.effects(vec![]);
    let sessions = sessions.collect();
    screen.input(Input::Done(Outcome::Listed { shelf: Shelf::Active, sessions, repository: None }));
    check(&screen, "home");
}
