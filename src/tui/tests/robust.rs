//! Whatever is typed and whatever happens to the files: no panic, nothing lost, nothing that controls the
//! terminal.

use super::harness::Screen;
use crate::session::{Item, Position, Session};
use crate::store::OpenSession;
use crate::tui::app::Input;
use crate::tui::current::Current;
use crate::tui::effect::Outcome;
use crate::tui::theme::Theme;
use proptest::prelude::*;
use ratatui::layout::Size;
use ratatui::style::Color;

const KEYS: &[&str] = &[
    "<Enter>",
    "<Esc>",
    "<Tab>",
    "<BackTab>",
    "<PgDn>",
    "<PgUp>",
    "<Up>",
    "<Down>",
    "<Left>",
    "<Right>",
    "<Home>",
    "<End>",
    "<Backspace>",
    "<Delete>",
    "<C-n>",
    "<A-n>",
    "<C-z>",
    "<C-y>",
    "<C-k>",
    "<C-f>",
    "<C-p>",
    "<C-s>",
    "<C-w>",
    "<C-u>",
    "<C-x>",
    "<C-v>",
    "<C-c>",
    "<A-a>",
    "<A-q>",
    "<A-b>",
    "<A-f>",
    "<A-u>",
    "<A-p>",
    "<A-h>",
    "<F1>",
    "<S-Left>",
    "<S-Up>",
    "<C-Left>",
    "<C-Home>",
    "<C-Down>",
    "y",
    "n",
    "p",
    "u",
    "a",
    "1",
    "9",
    "?",
    "/",
    "(",
    "=",
    "!",
    "d",
    "e",
    "l",
    "t",
    "j",
    "k",
    "g",
    "G",
    "s",
    " ",
    "é",
    "日",
    "👩‍💻",
    "word ",
    "https://a.example ",
];

fn stored(screen: &Screen) -> Option<(Session, Session)> {
    let current = screen.app.current()?;
    let (_, loaded) = screen.workspace.sessions.read(current.open.id()).unwrap();
    Some((current.session().clone(), loaded.session))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn after_any_keys_at_any_size_the_disk_has_what_the_screen_shows(
        which in prop::sample::select(vec!["saas-security", "showcase"]),
        steps in prop::collection::vec((0usize..KEYS.len() + 3, any::<u16>()), 0..60),
        width in 1u16..160,
        height in 1u16..50,
    ) {
        let mut screen = Screen::session_of(which, width, height);
        for (step, number) in steps {
            match KEYS.get(step) {
                Some(keys) => { screen.keys(keys); }
                None if step == KEYS.len() => { screen.resize(number % 200 + 1, number % 61 + 1); }
                None if step == KEYS.len() + 1 => { screen.paste("two\r\nlines \u{1b}[31m \u{202e}x"); }
                None => {
                    let Size { width, height } = screen.app.size;
                    let kind = crossterm::event::MouseEventKind::Down(crossterm::event::MouseButton::Left);
                    screen.mouse(kind, number % width, (number / 7) % height);
                }
            }
            let (buffer, _) = screen.draw();
            for cell in &buffer.content {
                prop_assert!(!cell.symbol().chars().any(char::is_control), "{:?}", cell.symbol());
                let reorders = cell.symbol().contains('\u{202e}');
                prop_assert!(!reorders);
            }
            if let Some((live, stored)) = stored(&screen) {
                prop_assert_eq!(live.position(), stored.position());
                prop_assert_eq!(live, stored);
            }
        }
    }
}

#[test]
fn after_a_section_is_removed_the_one_before_it_is_selected_also_when_the_session_is_opened_again() {
    let mut screen = Screen::session_of("showcase", 100, 30);
    screen.keys("An answer.<Esc>G").assert_shows("›○ Decision");
    screen.keys("<Delete>").assert_shows("›○ Conditions of use");
    let (live, stored) = stored(&screen).unwrap();
    assert_eq!(live.position(), &Position::start_of(Item::Section(0)));
    assert_eq!(stored.position(), live.position());
}

#[test]
fn without_colours_nothing_is_coloured_and_the_focus_is_still_marked() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.theme = Theme::new(false, false);
    screen.keys("y");
    let (buffer, _) = screen.draw();
    assert!(buffer.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    screen.assert_shows("▌Answer");
}

#[test]
fn the_accent_colour_belongs_to_the_focus_and_the_others_to_the_tone_of_an_answer() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("y<PgDn>p<PgDn>n<PgDn><Enter>");
    let (buffer, _) = screen.draw();
    let coloured = |color: Color| -> String {
        buffer.content.iter().filter(|cell| cell.fg == color).map(|cell| cell.symbol()).collect()
    };
    assert!(coloured(Color::Cyan).contains("▌Detail"));
    assert_eq!((coloured(Color::Green).as_str(), coloured(Color::Yellow).as_str()), ("✓", "◐"));
    assert_eq!(coloured(Color::Red), "✗");
}

#[test]
fn without_utf8_only_ascii_is_drawn_and_the_symbols_still_differ() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.theme = Theme::new(true, true);
    screen.keys("y<PgDn>n<PgDn>p<PgDn>u<PgDn>a<PgDn>!x<Enter>");
    let (buffer, _) = screen.draw();
    assert!(buffer.content.iter().all(|cell| cell.symbol().is_ascii()));
    for row in ["+ External TLS", "x External", "% Internal", "? Internal", "- API", "o Low-priv"] {
        screen.assert_shows(row);
    }
    for screen_keys in ["<A-p>", "<Esc>?", "<Esc><Esc><C-p>"] {
        screen.keys(screen_keys);
        assert!(screen.draw().0.content.iter().all(|cell| cell.symbol().is_ascii()));
    }
}

#[test]
fn without_utf8_only_ascii_is_drawn_next_to_help_that_scrolls() {
    let mut screen = Screen::session_of("saas-security", 100, 18);
    screen.theme = Theme::new(true, true);
    screen.draw();
    screen.keys("<C-Down>");
    assert!(screen.draw().0.content.iter().all(|cell| cell.symbol().is_ascii()));
}

#[test]
fn another_session_never_shows_the_question_of_the_one_before() {
    let mut screen = Screen::session_of("saas-security", 100, 30);
    screen.draw();
    let mut questionnaire = screen.session().questionnaire().clone();
    let question = &mut questionnaire.sections[0].questions[0];
    question.text = question.text.replace("external", "ULTERIOR");
    let now = jiff::Timestamp::UNIX_EPOCH;
    let session = Session::new(questionnaire, "Paperboat", now);
    screen.effects(vec![crate::tui::effect::Effect::Close]);
    let open = OpenSession::in_memory("another", session);
    let current = Box::new(Current { open, exported: None, files: Default::default() });
    screen.input(Input::Done(Outcome::Opened {
        current,
        question: None,
        notice: None,
        warnings: Vec::new(),
    }));
    screen.assert_shows("ULTERIOR");
}

#[test]
fn when_saving_fails_typing_continues_the_header_says_so_and_saving_recovers() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    let folder = screen.workspace.sessions.path().to_owned();
    let away = folder.with_file_name("away");
    std::fs::rename(&folder, &away).unwrap();
    screen.keys("y<Enter>still typing").assert_shows("not saved: the session's folder or journal is gone");
    assert_eq!(screen.answer("external-tls").detail, "still typing");
    screen.keys("<C-q>").assert_shows("Save elsewhere").assert_shows("Not saved: the session's folder");
    let copy = screen.dir.path().join("copy.json");
    screen.keys("<C-u>").paste(copy.to_str().unwrap()).keys("<Esc>");
    std::fs::rename(&away, &folder).unwrap();
    screen.input(Input::Retry);
    screen.assert_shows("  saved").assert_hides("not saved");
    let (live, stored) = stored(&screen).unwrap();
    assert_eq!(live, stored);
}

#[test]
fn a_copy_saved_elsewhere_is_a_session_of_its_own() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    std::fs::remove_dir_all(screen.workspace.sessions.path()).unwrap();
    let copy = screen.dir.path().join("copy.json");
    screen.keys("y<C-q><C-u>").paste(copy.to_str().unwrap()).keys("<Enter>");
    let (_, loaded) = screen.workspace.sessions.read(copy.to_str().unwrap()).unwrap();
    assert_eq!(loaded.session.answer_to("external-tls").unwrap().choices, ["yes"]);
}

#[test]
fn a_second_screen_is_read_only_and_says_who_has_the_session_open() {
    let mut first = Screen::session_of("saas-security", 120, 40);
    first.keys("y");
    let id = first.app.current().unwrap().open.id().to_owned();
    let mut second = Screen::home(120, 40);
    let path = first.workspace.sessions.path().join(format!("{id}.json"));
    second.effects(vec![crate::tui::effect::Effect::Open {
        id: path.to_str().unwrap().to_owned(),
        question: None,
    }]);
    second.assert_shows("read-only: open in another Querist (");
    second.keys("n").assert_shows("Read-only: open in another Querist");
    assert_eq!(second.answer("external-tls").choices, ["yes"]);
    second.keys("<PgDn>");
    assert_eq!(second.title(), "External certificates");
}

#[test]
fn a_theme_colours_every_cell_of_screens_and_dialogs() {
    let mut screen = Screen::session_of("saas-security", 100, 30);
    let colors = screen.workspace.theme("dark").unwrap().unwrap().colors;
    screen.theme = Theme::new(true, false).with_colors(&colors);
    for keys in ["y", "<A-o>", "<Esc><C-p>", "<Esc><F1>", "<Esc><A-p>"] {
        let (buffer, _) = screen.keys(keys).draw();
        assert!(
            buffer.content.iter().all(|cell| cell.fg != Color::Reset && cell.bg != Color::Reset),
            "{keys}"
        );
    }
}

#[test]
fn a_session_that_is_not_saved_cannot_be_left_without_an_offer_to_save_it_elsewhere() {
    let mut screen = Screen::session_of("saas-security", 100, 30);
    std::fs::remove_dir_all(screen.workspace.sessions.path()).unwrap();
    for way in ["y<A-h>", "<Esc><A-p><A-h>", "<Esc><Esc><A-o><A-h>"] {
        screen.keys(way);
        screen.keys("<A-h>").assert_shows("Save elsewhere");
        assert!(screen.app.current().is_some(), "{way}");
    }
}

#[test]
fn a_selection_ends_with_its_text() {
    let mut screen = Screen::session_of("showcase", 100, 30);
    screen.keys("ab<C-p>flag for<Enter>call vendor<S-Left><S-Left><Esc><C-x><C-k>");
    assert_eq!(screen.answer("purpose").value, "ab");
}

#[test]
fn in_small_windows_the_field_with_the_focus_is_drawn() {
    for (width, height) in [(40, 12), (30, 8)] {
        for keys in ["<Enter>qqqq", "<Tab><Tab>naqqqq", "<Tab><Tab><Tab>qqqq", "(qqqq", "!qqqq"] {
            let mut screen = super::screens::worked();
            screen.resize(width, height).keys("<PgDn>").keys(keys);
            screen.assert_shows("qq");
            assert!(screen.draw().1.is_some(), "no cursor at {width}x{height} after {keys}");
        }
    }
}
