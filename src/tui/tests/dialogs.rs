//! What dialogs say, and the keys in them.

use super::harness::Screen;

#[test]
fn the_places_to_look_mention_the_domain_only_if_one_needs_it() {
    let source = |url: &str| {
        format!(
            r#"{{"format": 1, "id": "places", "version": "1", "title": "Places", "subject_label": "App",
            "sections": [{{"id": "s", "title": "S", "questions": [{{"id": "a", "title": "A", "text": "A?",
            "kind": "text", "look": [{{"label": "Docs", "url": "{url}"}}]}}]}}]}}"#
        )
    };
    for (url, is_needed) in [("https://docs.example", false), ("https://docs.{domain}", true)] {
        let mut screen = Screen::with_questionnaire("places", &source(url), 120, 40);
        screen.keys("<A-l>").assert_shows("Press a digit, or Enter.");
        assert_eq!(screen.shows("The domain is not known yet."), is_needed, "{url}");
    }
}

#[test]
fn select_all_in_a_dialog_lets_typing_replace_the_name() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<A-p>e<A-a>other.md").assert_shows("› other.md");
    screen.keys("<A-a><Backspace>x").assert_shows("› x");
}

#[test]
fn the_selection_in_a_dialog_is_copied_cut_and_pasted() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<C-g>123<C-c>").assert_shows("Nothing is selected. Ctrl-Q quits.");
    screen.keys("<S-Left><C-c><C-v><C-v>").assert_shows("› 1233");
    screen.keys("<A-a><C-x>").assert_hides("1233");
    screen.keys("<C-v>").assert_shows("› 1233");
}
