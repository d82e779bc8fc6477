//! From field to field, from question to question, from screen to screen.

use super::harness::Screen;
use crate::session::Field;
use crate::tui::interview::{Focus, OutlineRow};
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::style::Modifier;

#[test]
fn tab_moves_through_answer_detail_evidence_note_and_then_to_the_next_question() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    for field in [Field::Detail, Field::Links, Field::Note] {
        screen.keys("<Tab>");
        assert_eq!(screen.session().position().field, field);
    }
    screen.keys("<Tab>");
    assert_eq!((screen.title(), screen.session().position().field), ("External certificates", Field::Answer));
    screen.keys("<BackTab>");
    assert_eq!((screen.title(), screen.session().position().field), ("External TLS", Field::Note));
}

#[test]
fn page_down_goes_to_the_next_questions_answer_from_every_field() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    for fields in ["", "<Tab>", "<Tab><Tab>", "<Tab><Tab><Tab>", "<Esc>"] {
        let before = screen.session().position().item.clone();
        screen.keys(fields).keys("<PgDn>");
        assert_ne!(screen.session().position().item, before);
        assert_eq!(screen.session().position().field, Field::Answer);
    }
    screen.keys("<A-Up><A-Down><PgUp>");
    assert_eq!(screen.title(), "API authentication");
}

#[test]
fn next_open_says_why_a_question_is_open_or_that_none_is() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("y<C-n>").assert_shows("Open: not answered yet.");
    assert_eq!(screen.title(), "External certificates");
    screen.keys("<A-n>").assert_shows("Open: Yes needs a detail and a link.");
    screen.keys("<BackTab>u");
    for _ in 0..10 {
        screen.keys("<PgDn>u");
    }
    screen.keys("<C-n>").assert_shows("Nothing is open.");
}

#[test]
fn escape_goes_to_the_outline_and_enter_back() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Enter>x<Esc>jj<Enter>y");
    assert_eq!(screen.answer("internal-encryption").choices, ["yes"]);
}

#[test]
fn below_eighty_columns_the_outline_is_hidden_until_it_gets_the_focus() {
    let mut screen = Screen::session_of("saas-security", 70, 20);
    assert!(!screen.shows("Questions"));
    screen.keys("<Esc>").assert_shows("Questions").assert_shows("Accounts and API");
    screen.keys("j<Enter>").assert_shows("2 · External certificates");
}

#[test]
fn the_outline_has_a_symbol_for_each_answer_and_a_mark_for_what_it_lacks() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("y<PgDn>n<PgDn>p<PgDn>u<PgDn>a<PgDn>!x<Enter>");
    for row in [
        "✓ External TLS",
        "✗ External certificates",
        "◐ Internal encryption",
        "? Internal certificates",
        "– API authentication",
        "○ Low-privilege users",
    ] {
        screen.assert_shows(row);
    }
    let text = screen.text();
    let row = |title: &str| text.lines().find(|l| l.contains(title)).unwrap();
    let line = |title: &str| row(title).split('│').nth(1).unwrap().to_owned();
    assert!(line("✓ External TLS").ends_with('!'));
    assert!(line("○ Low-priv").ends_with('⚑'));
}

#[test]
fn find_looks_in_questions_answers_details_and_notes() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen
        .keys("<PgDn><PgDn><Tab><Tab><Tab>remember the milk<PgUp><C-f>milk")
        .assert_shows("remember the milk");
    screen.keys("<Enter>");
    assert_eq!(screen.title(), "Internal encryption");
    screen
        .keys("<C-f>privilege")
        .assert_shows("Low-privilege users")
        .assert_shows("Multi-factor authentication");
    screen.keys("zzz").assert_shows("Nothing matches.");
    screen.keys("<Enter><Esc>");
    assert!(screen.app.dialog.is_none());
}

#[test]
fn find_marks_the_words_in_the_list_and_then_in_the_question_until_escape() {
    const FOUND: Modifier = Modifier::BOLD.union(Modifier::UNDERLINED);
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<PgDn><Enter>Signed by a secret authority, renewed by itself.<PgUp><C-f>SECRET AUTH");
    assert_eq!(screen.styled(FOUND), ["secret auth"]);
    screen.keys("<Enter>");
    assert_eq!(screen.styled(FOUND), ["secret auth"]);
    // The cursor is at the words.
    screen.keys("very ");
    assert_eq!(
        screen.answer("external-certificates").detail,
        "Signed by a very secret authority, renewed by itself."
    );
    screen.keys("<Esc>");
    assert!(screen.styled(FOUND).is_empty());
}

#[test]
fn words_are_marked_across_the_end_of_a_row_too() {
    const FOUND: Modifier = Modifier::BOLD.union(Modifier::UNDERLINED);
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Enter>").paste(&"many words ".repeat(20)).keys("<C-f>words many<Enter>");
    assert!(screen.styled(FOUND).iter().any(|run| run == "words"), "{:?}", screen.styled(FOUND));
    assert!(screen.styled(FOUND).iter().any(|run| run == "many"), "{:?}", screen.styled(FOUND));
}

#[test]
fn the_outline_is_filtered_by_words_while_they_are_typed() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    let titles = |screen: &Screen| -> Vec<usize> {
        let rows = screen.interview().bookmark.outline.rows().iter();
        rows.filter_map(|row| if let OutlineRow::Question(index) = row { Some(*index + 1) } else { None })
            .collect()
    };
    screen.keys("<PgDn><Enter>Remember the milk<Esc>tlo").assert_shows("Questions with: lo▏");
    screen.keys("gs");
    assert_eq!(titles(&screen), [8, 9]);
    screen.keys("<C-u>milk");
    assert_eq!(titles(&screen), [2]);
    screen.keys("<Backspace><Backspace><Backspace><Backspace>");
    assert_eq!(titles(&screen).len(), 11);
    screen.keys("log<Enter>");
    assert_eq!(screen.title(), "Event logging");
    screen.keys("jk<Enter>p<Esc>").assert_shows("Questions with: log");
    screen.keys("<Esc>").assert_shows("┌ Questions ─");
    assert_eq!(titles(&screen).len(), 11);
}

#[test]
fn a_question_leaves_a_filtered_outline_when_it_is_answered() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Esc>f<Enter>").assert_shows("Questions: open").assert_shows("○ External TLS");
    screen.keys("u");
    assert!(!screen.shows("? External TLS"));
    screen.keys("<Backspace>").assert_shows("○ External TLS");
}

#[test]
fn the_palette_runs_an_action_by_name() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<C-p>preview").assert_shows("Preview of the page");
    screen.keys("<Enter>").assert_shows("Preview: page");
    screen.keys("<Esc>").assert_shows("1 · External TLS");
}

#[test]
fn help_shows_the_keys_of_the_current_context_first() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("?").assert_shows("Help");
    let text = screen.text();
    assert!(text.find("Answer").unwrap() < text.find("Everywhere").unwrap_or(usize::MAX));
    screen.keys("<Esc><Enter>?");
    assert_eq!(screen.answer("external-tls").detail, "?");
    screen.keys("<F1>").assert_shows("Detail, Note");
}

#[test]
fn the_mouse_chooses_questions_and_answers_and_scrolls_what_is_under_it() {
    let mut screen = Screen::session_of("saas-security", 120, 24);
    screen.click("Event logging").click("[p]");
    assert_eq!(screen.answer("event-logging").choices, ["partial"]);
    let before = screen.text();
    let (x, y) = screen.place("What to look for");
    screen.mouse(MouseEventKind::ScrollDown, x, y);
    assert_ne!(screen.text(), before);
    let (x, y) = screen.place("Logging");
    screen.mouse(MouseEventKind::ScrollDown, x, y);
    assert_eq!(screen.title(), "Customer-accessible logs");
}

#[test]
fn home_starts_resumes_and_lists_sessions() {
    let mut screen = Screen::home(100, 30);
    screen.assert_shows("No sessions yet.");
    screen.keys("n").assert_shows("Vendor baseline").assert_shows("Eleven questions");
    screen.keys("<Down>").assert_shows("Decide whether to use a vendor");
    screen.keys("<Up><Enter>").assert_shows("New session: SaaS security").assert_shows("Enter create");
    screen.keys("Paperboat<Enter>").assert_shows("Paperboat · SaaS security");
    screen
        .keys("u<PgDn><Esc><Esc>")
        .assert_shows("Querist · sessions")
        .assert_shows("Paperboat")
        .assert_shows("1/11");
    screen.keys("<Enter>");
    assert_eq!(screen.title(), "External certificates");
    assert_eq!(screen.interview().bookmark.focus, Focus::Field);
}

#[test]
fn the_first_start_shows_a_short_tour_once() {
    let mut screen = Screen::first_start(100, 30);
    screen.assert_shows("Welcome · 1 of 3").assert_shows("One question at a time").assert_shows("PgDn");
    screen.keys("<Enter>").assert_shows("Nothing is lost");
    screen.keys("<Right>").assert_shows("You see what is left to do").assert_shows("Ctrl-N");
    screen.keys("<Left>").assert_shows("2 of 3");
    screen.keys("<Enter><Enter>").assert_shows("No sessions yet.");
    assert!(screen.app.dialog.is_none());
    let mut screen = screen.killed_and_started_again();
    screen.effects(vec![crate::tui::effect::Effect::FirstStart]);
    assert!(screen.app.dialog.is_none());
    screen.keys("t").assert_shows("Welcome · 1 of 3");
    screen.keys("<Esc>").assert_shows("No sessions yet.");
}

#[test]
fn a_key_that_the_tour_does_not_use_closes_it_and_has_its_usual_effect() {
    let mut screen = Screen::first_start(100, 30);
    screen.keys("n").assert_shows("New session").assert_shows("Vendor baseline");
}

#[test]
fn a_click_on_an_entry_of_a_dialog_accepts_it_and_a_click_outside_closes_the_dialog() {
    let mut screen = Screen::home(100, 30);
    screen.keys("n").click("Vendor baseline").assert_shows("New session: Vendor");
    screen.mouse(MouseEventKind::Down(MouseButton::Left), 0, 20);
    assert!(screen.app.dialog.is_none());
    let mut screen = Screen::first_start(100, 30);
    screen.click("Welcome").assert_shows("2 of 3");
}

#[test]
fn a_page_is_imported_from_home_and_exported_from_the_preview() {
    let mut screen = Screen::home(100, 30);
    let page = screen.dir.path().join("page.md");
    std::fs::write(&page, include_str!("../../../tests/fixtures/quirks.md")).unwrap();
    screen.keys("i").paste(page.to_str().unwrap()).keys("<Enter>").assert_shows("the best fit comes first");
    screen
        .keys("<Enter>")
        .assert_shows("Imported; ")
        .assert_shows("rows need checking")
        .assert_shows("line 20");
    screen.keys("<Esc>");
    let out = screen.dir.path().join("out.md");
    screen.keys("<A-p>").assert_shows("Paperboat keeps the minutes");
    screen.keys("e<C-u>").paste(out.to_str().unwrap()).keys("<Enter>").assert_shows("Wrote ");
    assert_eq!(std::fs::read(&page).unwrap(), std::fs::read(&out).unwrap());
    screen.keys("e<Enter>").assert_shows("is up to date.");
}

#[test]
fn page_and_source_are_shown_side_by_side_or_alone_at_the_same_place() {
    let mut screen = Screen::session_of("saas-security", 120, 24);
    for n in 0..11 {
        screen.keys("u<Enter>").paste(&format!("Answer number {n}. ").repeat(9)).keys("<PgDn>");
    }
    screen
        .keys("<A-p>")
        .assert_shows("Preview: page")
        .assert_shows("Preview: source")
        .assert_shows("dateCreated:");
    screen.keys("<PgDn><PgDn>");
    let here = |screen: &Screen| {
        let text = screen.text();
        let at = text.find("number ").expect("an answer") + "number ".len();
        text[at..].chars().next().and_then(|c| c.to_digit(10)).unwrap()
    };
    let both = here(&screen);
    assert!((1..=8).contains(&both), "{both}");
    screen.keys("<Tab>").assert_shows("Preview: page");
    assert!(!screen.shows("Preview: source"));
    assert!(here(&screen).abs_diff(both) <= 1, "{} {both}", here(&screen));
    screen.keys("<Tab>").assert_shows("Preview: source");
    assert!(!screen.shows("Preview: page"));
    assert!(here(&screen).abs_diff(both) <= 1, "{} {both}", here(&screen));
    screen.keys("G").assert_shows("Answer number 10.");
    screen.resize(90, 24).keys("<Tab>").assert_shows("Preview: page");
    screen.keys("<Esc>").assert_shows("Introduction");
}

#[test]
fn the_path_of_an_export_is_remembered_and_the_file_can_be_opened_or_its_path_copied() {
    use crate::tui::effect::Effect;
    let mut screen = Screen::session_of("saas-security", 120, 24);
    let page = screen.dir.path().join("wiki.md");
    screen.keys("<A-p>o").assert_shows("Nothing has been exported yet. e exports the report.");
    screen
        .keys("e<C-u>")
        .paste(page.to_str().unwrap())
        .keys("<Enter>")
        .assert_shows("Press o to open it, y to copy its path.");
    let mut screen = screen.killed_and_started_again();
    screen.keys("<A-p>");
    let shown = page.to_str().unwrap().to_owned();
    let key = |screen: &mut Screen, c| {
        let key = crossterm::event::KeyEvent::from(crossterm::event::KeyCode::Char(c));
        screen.effects_of(crate::tui::app::Input::Key(key))
    };
    assert_eq!(key(&mut screen, 'o'), [Effect::OpenFile { path: page }]);
    assert_eq!(key(&mut screen, 'y'), [Effect::Copy { text: shown.clone() }]);
    screen.keys("e").assert_shows(&shown);
}

#[test]
fn an_import_that_fails_says_why_and_keeps_the_path() {
    let mut screen = Screen::home(100, 30);
    screen.keys("i/nowhere/page.md<Enter>").assert_shows("cannot read /nowhere/page.md: it does not exist");
    screen.assert_shows("› /nowhere/page.md").assert_shows("Querist · sessions");
}

#[test]
fn each_row_of_the_overview_leads_to_its_question() {
    let mut screen = Screen::session_of("saas-security", 100, 40);
    screen.keys("n<PgDn>y<PgDn>u<A-o>").assert_shows("Progress").assert_shows("Findings");
    screen.assert_shows("critical       External TLS: No · ");
    screen.assert_shows("External certificates  Yes needs a detail and a link");
    screen.assert_shows("Unanswered");
    screen.keys("<Down><Enter>");
    assert_eq!(screen.title(), "API authentication");
    screen.keys("<A-o>G<Enter>");
    assert_eq!(screen.title(), "Transparency");
    screen.keys("<A-o><Esc>").assert_shows("11 · Transparency");
}

#[test]
fn alt_left_and_right_go_through_the_visited_questions() {
    let mut screen = Screen::session_of("saas-security", 100, 40);
    screen.keys("<PgDn><PgDn><C-f>transparency<Enter><A-Left>");
    assert_eq!(screen.title(), "Internal encryption");
    screen.keys("<A-Left>");
    assert_eq!(screen.title(), "External certificates");
    screen.keys("<A-Right><A-Right>");
    assert_eq!(screen.title(), "Transparency");
    screen.keys("<A-Right>").assert_shows("Alt-Left goes back first.");
}

/// Home with a session about each of these subjects.
fn home_with(subjects: &[&str]) -> Screen {
    let mut screen = Screen::home(110, 30);
    for subject in subjects {
        screen.keys("n<Enter>").paste(subject).keys("<Enter>u<A-h>");
    }
    screen
}

#[test]
fn a_deleted_session_is_in_the_trash_and_can_be_moved_back() {
    let mut screen = home_with(&["Alpha", "Beta"]);
    screen.keys("gd").assert_shows("Deleted. Ctrl-Z undoes this; T shows the trash.");
    assert_eq!(screen.home_screen().sessions.len(), 1);
    screen.keys("<C-z>").assert_shows("Alpha").assert_shows("Beta");
    screen.keys("gd").keys("T").assert_shows("Querist · trash");
    screen.keys("<Enter>T").assert_shows("Alpha").assert_shows("Beta");
    screen.keys("<Enter>");
    assert!(screen.session().answer(0).is_answered());
}

#[test]
fn a_session_is_archived_and_moved_back() {
    let mut screen = home_with(&["Alpha"]);
    screen.keys("a").assert_shows("Archived.");
    screen.keys("A").assert_shows("Querist · archive").assert_shows("Alpha");
    screen.keys("aA").assert_shows("Querist · sessions").assert_shows("Alpha");
}

#[test]
fn a_session_is_renamed_and_copied() {
    let mut screen = home_with(&["Alpha"]);
    screen.keys("r<C-u>Omega<Enter>").assert_shows("Omega");
    screen.keys("c").assert_shows("Omega (copy)");
    assert_eq!(screen.home_screen().sessions.len(), 2);
}

#[test]
fn a_session_is_found_by_typing_and_opened() {
    let mut screen = home_with(&["Alpha", "Beta", "Gamma"]);
    screen.keys("/bet").assert_shows("Beta · SaaS security");
    assert!(!screen.shows("Gamma · SaaS"));
    screen.keys("<Enter>").assert_shows("Beta · SaaS security");
    assert_eq!(screen.session().subject(), "Beta");
}

#[test]
fn a_session_that_is_open_elsewhere_is_not_moved() {
    let mut screen = home_with(&["Alpha"]);
    let id = screen.home_screen().sessions[0].id.clone();
    let _open = screen.workspace.sessions.open(&id, crate::workspace::Workspace::holder()).unwrap();
    screen.keys("d").assert_shows("another Querist has it open");
    assert_eq!(screen.home_screen().sessions.len(), 1);
}

#[test]
fn the_outline_shows_all_open_flagged_or_one_answer() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("u<PgDn>n<PgDn>!ask<Enter><Esc>f").assert_shows("Questions: open");
    assert!(!screen.shows("External TLS"));
    screen.keys("f").assert_shows("Questions: flagged").assert_shows("Internal encryption");
    assert!(!screen.shows("Event logging"));
    screen.keys("f").assert_shows("Questions: Unknown").assert_shows("External TLS");
    screen.keys("f").assert_shows("Questions: No");
    screen.keys("f").assert_shows("Introduction");
    // An answered question is no longer among the open ones.
    screen.keys("fg<Enter>u<Backspace>").assert_shows("Questions: open");
    screen.keys("<PgDn>u");
    assert!(screen.session().progress().done >= 1);
}

#[test]
fn a_question_is_reached_by_its_number() {
    let mut screen = Screen::session_of("saas-security", 100, 30);
    screen.keys("<Enter>x<C-g>12<Enter>").assert_shows("Enter a number from 1 to 11.");
    screen.keys("<Backspace><Backspace>9<Enter>");
    assert_eq!(screen.title(), "Customer-accessible logs");
}

#[test]
fn find_searches_everything_that_was_written() {
    for (typed, words, title) in [
        ("y(only in Mars region<Enter>", "mars", "External TLS"),
        ("!ask Venus<Enter>", "venus", "External TLS"),
        ("<Tab><Tab>na.example/jupiter<Tab>L<Tab>quoted saturn<Tab>", "saturn", "External TLS"),
        ("<Tab><Tab>na.example/jupiter<Tab>L<Tab>quoted saturn<Tab>", "jupiter", "External TLS"),
    ] {
        let mut screen = Screen::session_of("saas-security", 120, 40);
        screen.keys(typed).keys("<Esc>G<Enter><C-f>").keys(words).keys("<Enter>");
        assert_eq!(screen.title(), title, "{words}");
    }
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Esc>G<Enter>Exports to neptune.<C-f>neptune").assert_shows("Exports to neptune.");
    screen.keys("<Enter>pluto ");
    assert_eq!(screen.session().sections().last().unwrap().text, "Exports to pluto neptune.");
}

#[test]
fn home_sorts_the_sessions_and_keeps_the_selection() {
    let mut screen = home_with(&["Beta", "Alpha"]);
    let subjects = |screen: &Screen| -> Vec<String> {
        screen.home_screen().sessions.iter().map(|session| session.subject.clone()).collect()
    };
    screen.keys("s").assert_shows("Sorted by subject.");
    assert_eq!(subjects(&screen), ["Alpha", "Beta"]);
    screen.keys("sss").assert_shows("Sorted by last change.");
}

#[test]
fn without_sessions_enter_starts_one_with_the_selected_questionnaire() {
    let mut screen = Screen::home(100, 30);
    screen.assert_shows("› SaaS security").assert_shows("Vendor baseline");
    screen.keys("<Enter>Paperboat<Enter>y");
    assert_eq!(screen.answer("external-tls").choices, ["yes"]);
}

#[test]
fn exporting_over_a_page_shows_what_changes_before_enter_confirms_it() {
    let mut screen = Screen::home(100, 30);
    let page = screen.dir.path().join("page.md");
    std::fs::write(&page, include_str!("../../../tests/fixtures/paperboat.md")).unwrap();
    screen.keys("i").paste(page.to_str().unwrap()).keys("<Enter><Enter>");
    screen
        .keys("<Esc>")
        .keys("<C-g>1<Enter>u<A-p>e<Enter>")
        .assert_shows("This changes 1 row: External TLS.");
    assert_eq!(std::fs::read_to_string(&page).unwrap(), include_str!("../../../tests/fixtures/paperboat.md"));
    screen.keys("<Enter>").assert_shows("Wrote ");
    assert!(std::fs::read_to_string(&page).unwrap().contains("| Unknown |"));
}

#[test]
fn an_export_into_a_missing_folder_names_it_and_keeps_the_path() {
    let mut screen = Screen::session_of("saas-security", 100, 30);
    screen.keys("<A-p>e<C-u>nowhere/page.md<Enter>");
    screen.assert_shows("does not exist").assert_shows("› nowhere/page.md");
}

#[test]
fn the_format_is_chosen_in_the_preview() {
    let mut screen = Screen::session_of("saas-security", 100, 30);
    screen.keys("<A-p>f").assert_shows("Preview: JSON").assert_shows("\"format\": \"querist-report\"");
    screen.keys("e").assert_shows(".json");
}

#[test]
fn the_overview_counts_answers_by_what_they_mean_whatever_their_labels() {
    let mut screen = Screen::session_of("saas-security", 100, 60);
    screen.keys("n<PgDn>y<PgDn>u<A-o>");
    let shown = screen.text();
    let rows: Vec<&str> = shown.lines().filter(|line| line.contains('█') || line.contains('░')).collect();
    let count = |label: &str| {
        let row = rows.iter().find(|row| row.trim_start_matches(['│', '┃', ' ']).starts_with(label));
        row.map(|row| row.trim_end_matches(['│', '┃', '║', ' ']).rsplit(' ').next().unwrap().to_owned())
    };
    let expected =
        [("Good", Some("1")), ("Bad", Some("1")), ("Unknown", Some("1")), ("Unanswered", Some("8"))];
    for (label, number) in expected.into_iter().chain([("Partial", None), ("Yes", None), ("No ", None)]) {
        assert_eq!(count(label).as_deref(), number, "{label}: {shown}");
    }
}
