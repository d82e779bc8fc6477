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
