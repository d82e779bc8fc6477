//! What a pane cannot show in full can be read, and nothing moves more than it must.

use crossterm::event::{MouseButton, MouseEventKind};

use crate::session::Field;
use crate::tui::effect::Effect;

use super::harness::Screen;

const QUESTIONNAIRE: &str = r#"{"format": 1, "id": "long", "version": "1", "title": "Long",
    "subject_label": "Service",
    "answer_sets": {"many": {"choices": [MANY]}, "impact": {"choices": [
        {"id": "little", "label": "Little"},
        {"id": "much", "label": "Threatens the organisation or people who rely on it every day", "key": "t"},
        {"id": "other", "label": "Something else"}]}},
    "sections": [{"id": "s", "title": "S", "questions": [
        {"id": "a", "title": "Impact", "text": "What would a breach do?", "kind": "choice",
         "answer_set": "impact", "guidance": "GUIDANCE"},
        {"id": "b", "title": "Rescue", "text": "Who helps?", "kind": "text",
         "enable_when": {"question": "a", "in": ["much"]},
         "look": [{"label": "Web", "search": "help"}]},
        {"id": "c", "title": "Many", "text": "Which ones?", "kind": "multi_choice",
         "answer_set": "many"}]}]}"#;

/// A questionnaire with long labels, guidance of 40 numbered paragraphs, and many choices.
fn screen(width: u16, height: u16) -> Screen {
    let mut screen = Screen::home(width, height);
    let guidance: Vec<String> = (1..=40).map(|n| format!("Paragraph {n} of it.")).collect();
    let many: Vec<String> =
        (1..=20).map(|n| format!(r#"{{"id": "c{n}", "label": "The long choice of number {n}"}}"#)).collect();
    let source =
        QUESTIONNAIRE.replace("GUIDANCE", &guidance.join("\\n\\n")).replace("MANY", &many.join(", "));
    let folder = &screen.workspace.questionnaires;
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(folder.join("long.json"), source).unwrap();
    screen.effects(vec![Effect::Create { questionnaire: "long".into(), subject: "Boat".into() }]);
    screen
}

const SIZES: [(u16, u16); 4] = [(60, 16), (80, 24), (100, 30), (120, 40)];

#[test]
fn a_choice_that_is_longer_than_a_row_is_wrapped_and_every_row_of_it_can_be_clicked() {
    for (width, height) in SIZES {
        let mut screen = screen(width, height);
        assert!(!screen.text().contains("rely on it ev…"), "{}", screen.text());
        let words = ["Threatens", "organisation", "people", "rely", "day"];
        for word in words {
            screen.keys("<Backspace>").click(word);
            assert_eq!(screen.answer("a").choices, ["much"], "{word} at {width}x{height}");
        }
        let (first, _) = screen.place("Threatens");
        let (_, row) = screen.place("day");
        let line = screen.text().lines().nth(row as usize).unwrap().to_owned();
        let start: String = line.chars().skip(first as usize - 6).take(6).collect();
        assert!(width > 100 || start.trim().is_empty(), "indented: {line}");
        // Beside the last row, nothing is chosen by mistake.
        screen.keys("<Backspace>").mouse(MouseEventKind::Down(MouseButton::Left), first - 3, row + 1);
        assert_ne!(screen.answer("a").choices, ["much"]);
    }
}

#[test]
fn choices_that_do_not_fit_are_scrolled_with_the_arrows_and_the_wheel() {
    let mut screen = screen(60, 16);
    screen.keys("<C-g>3<Enter>").assert_shows("number 1").assert_hides("number 20");
    screen.assert_shows("…");
    for _ in 0..20 {
        screen.keys("<Down>");
    }
    screen.assert_shows("number 20").assert_hides("number 1\n");
    screen.click("number 20");
    assert_eq!(screen.answer("c").choices, ["c20"]);
    // Without the focus, the choice that was made is shown.
    screen.keys("<Tab>").assert_shows("■ The long choice of number 20");
    screen.keys("<BackTab>");
    let (x, y) = screen.place("[");
    for _ in 0..20 {
        screen.mouse(MouseEventKind::ScrollUp, x, y);
    }
    screen.assert_shows("number 1 ");
}

#[test]
fn no_row_of_the_help_is_passed_over_while_it_is_scrolled() {
    for (width, height) in SIZES {
        for keys in ["", "<Enter>", "<Tab><Tab>n"] {
            let mut screen = screen(width, height);
            screen.keys(keys);
            let mut seen = String::new();
            for _ in 0..100 {
                seen.push_str(&screen.text());
                screen.keys("<C-Down>");
            }
            for n in 1..=40 {
                assert!(seen.contains(&format!("Paragraph {n} of it.")), "{n} at {width}x{height}, {keys}");
            }
        }
    }
}

#[test]
fn the_help_takes_the_rows_that_the_fields_do_not_need() {
    let screen = screen(80, 24);
    let layout = &screen.interview().layout;
    assert_eq!((layout.detail.height, layout.note.height, layout.evidence.height), (1, 1, 1));
    assert!(layout.help.height >= 9, "{}", screen.text());
}

#[test]
fn a_detail_grows_row_by_row_as_it_is_typed_and_moves_nothing_else_by_more_than_a_row() {
    for (width, height) in SIZES {
        let mut screen = screen(width, height);
        screen.keys("t<Enter>");
        let mut before = (screen.interview().layout.detail, screen.interview().layout.answer);
        assert!(before.0.height >= 2);
        for _ in 0..200 {
            screen.keys("wordy ");
            let layout = &screen.interview().layout;
            assert!(layout.detail.height.abs_diff(before.0.height) <= 1, "{}", screen.text());
            assert!(layout.answer.y.abs_diff(before.1.y) <= 1, "{}", screen.text());
            assert!(layout.help.height >= 1);
            before = (layout.detail, layout.answer);
        }
        assert!(height < 20 || before.0.height >= 6, "{}", screen.text());
    }
}

#[test]
fn one_row_of_help_shows_that_there_is_more() {
    let mut screen = screen(60, 16);
    screen.keys("t<Enter>");
    for _ in 0..80 {
        screen.keys("wordy ");
    }
    for height in (9..20).rev() {
        screen.resize(60, height);
        screen.app.settle();
        let help = screen.interview().layout.help;
        let line: String = screen.text().lines().nth(help.y as usize).unwrap().to_owned();
        match help.height {
            0 => {}
            1 => assert!(line.contains('…'), "{}", screen.text()),
            _ => assert!(screen.shows("┃"), "{}", screen.text()),
        }
    }
}

#[test]
fn no_text_touches_a_scrollbar() {
    for (width, height) in SIZES {
        let mut screen = screen(width, height);
        screen.keys("t<Enter>");
        for _ in 0..300 {
            screen.keys("word ");
        }
        let layout = &screen.interview().layout;
        let (main, right) = (layout.main, layout.main.right() - 2);
        let (buffer, _) = screen.draw();
        let bars = (main.y..main.bottom()).filter(|y| buffer[(right, *y)].symbol() == "┃");
        let bars: Vec<u16> = bars.collect();
        assert!(!bars.is_empty() || width == 120, "{}", screen.text());
        for y in bars {
            assert_eq!(buffer[(right - 1, y)].symbol(), " ", "{}", screen.text());
        }
    }
}

#[test]
fn the_selected_link_is_shown_in_full() {
    let mut screen = screen(80, 24);
    screen.keys("<Tab><Tab>").paste("https://paperboat.example/help/second-factors-for-everybody");
    screen.keys("<Enter>i").assert_shows("Evidence  1 Second").assert_shows("              test");
    screen.keys("<BackTab>").assert_shows("…").assert_hides("              test");
}

#[test]
fn a_flag_is_shown_once_and_in_full() {
    let mut screen = screen(80, 24);
    screen.keys("t!").paste("ask their security team which people rely on it every single day of the year");
    screen.keys("<Enter>");
    assert_eq!(screen.text().matches("ask their").count(), 1, "{}", screen.text());
    screen.assert_shows("⚑ Flag").assert_hides("flagged").assert_shows("single day of the");
}

#[test]
fn no_hint_of_an_empty_field_is_cut() {
    for (width, height) in SIZES {
        let mut screen = screen(width, height);
        screen.assert_shows("What you found out.").assert_shows("Your own notes; never published.");
        screen.keys("<Enter>").assert_shows("Ctrl-K turns words").assert_shows("link.");
        screen.keys("<Tab>").assert_shows("paste URLs.");
        screen.keys("n").assert_shows("the words that support it");
    }
}

#[test]
fn the_footer_says_where_enter_goes_and_offers_places_to_look_only_where_there_are_some() {
    let mut screen = screen(120, 40);
    screen.assert_hides("@ look");
    screen.keys("t!").assert_shows("Enter answer");
    screen.keys("<Enter>(").assert_shows("Enter detail");
    screen.keys("<Esc><Tab><Tab>n").assert_shows("Enter list of links");
    screen.keys("boat.example").assert_shows("Enter label");
    screen.keys("<Enter>").assert_shows("Enter list of links");
    assert_eq!(screen.session().position().field, Field::LinkLabel);
    let other = Screen::session_of("saas-security", 120, 40);
    other.assert_shows("@ look");
}

#[test]
fn a_question_that_is_not_asked_says_why_in_its_pane_and_in_a_message() {
    let mut screen = screen(120, 40);
    screen.keys("<C-g>2<Enter>");
    assert_eq!(screen.title(), "Rescue");
    let why = "Not asked, because of question 1 (Impact); an answer here is kept but not published.";
    assert_eq!(screen.app.message, why);
    screen.keys("Somebody").assert_shows("Not asked, because of question 1 (Impact)");
    screen.keys("<C-g>1<Enter>t<C-g>2<Enter>").assert_hides("Not asked");
}

#[test]
fn what_a_property_of_the_page_has_too_much_of_is_marked() {
    let mut screen = Screen::session_of("saas-security", 80, 24);
    screen.keys("<Esc>G");
    while screen.interview().item() != &crate::session::Item::Properties {
        screen.keys("<Up>");
    }
    screen.keys("<Enter>description: ");
    screen.keys("word word word word word word word word word word word word word word word");
    let shown = screen.text();
    let line = shown.lines().rfind(|line| line.contains("description: word")).unwrap();
    assert!(line.contains('…'), "{shown}");
}
