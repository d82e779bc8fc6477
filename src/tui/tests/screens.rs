//! Snapshots of the screens, read by a person before they are accepted.

use super::harness::Screen;

/// A session in progress.
pub fn worked() -> Screen {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen
        .keys("y<Enter>HTTPS only, TLS 1.2 and 1.3, see the ")
        .paste("[security page](https://paperboat.example/security)");
    screen.keys(".<PgDn>y(all hosts<Enter><PgDn>u!ask their security team<Enter><PgDn>u<PgDn>p=d<PgDn>n");
    screen.keys("<PgDn>y<Enter>").paste(
        "Passkeys and one-time codes; can be required of administrators, not of others. Single sign-on with \
         SAML is part of the larger edition only.",
    );
    screen.keys("<Tab>").paste("https://paperboat.example/help/2fa").keys("Second factors<Enter><BackTab>");
    screen.keys("<PgDn><PgUp><Enter>");
    screen
}

/// The sizes at which every screen has a snapshot.
const SIZES: [(u16, u16); 4] = [(60, 16), (80, 24), (120, 40), (200, 60)];

/// Compares a session that is being worked on with its snapshots, after these keys, at every size.
fn at_every_size(name: &str, keys: &str) {
    for (width, height) in SIZES {
        let mut screen = worked();
        screen.resize(width, height).keys(keys);
        // A session is created at the time of the test.
        let today = jiff::Zoned::now().date().to_string();
        let text = screen.text().replace(&today, "2026-11-22");
        insta::assert_snapshot!(format!("{name}_at_{width}_by_{height}"), text);
    }
}

#[test]
fn interview() {
    at_every_size("interview", "");
}

#[test]
fn home() {
    at_every_size("home", "<A-h>");
}

#[test]
fn overview() {
    at_every_size("overview", "<A-o>");
}

#[test]
fn preview() {
    at_every_size("preview", "<A-p>");
}

#[test]
fn help() {
    at_every_size("help", "<F1>");
}

#[test]
fn outline_at_60_by_16() {
    insta::assert_snapshot!(worked().resize(60, 16).keys("<Esc>").text());
}

#[test]
fn editing_a_link() {
    insta::assert_snapshot!(worked().keys("<Tab>e").text());
}

#[test]
fn preview_source_at_60_by_16() {
    let mut screen = worked();
    screen.resize(60, 16).keys("<A-p><Tab><PgDn>");
    insta::assert_snapshot!(screen.text());
}

#[test]
fn palette() {
    insta::assert_snapshot!(worked().resize(80, 24).keys("<C-p>flag").text());
}

#[test]
fn find() {
    insta::assert_snapshot!(worked().resize(80, 24).keys("<C-f>api").text());
}

#[test]
fn home_empty_at_60_by_16() {
    insta::assert_snapshot!(Screen::home(60, 16).text());
}

#[test]
fn home_new() {
    insta::assert_snapshot!(Screen::home(80, 24).keys("n").text());
}

#[test]
fn ascii() {
    let mut screen = worked();
    screen.theme = crate::tui::theme::Theme::new(false, true);
    insta::assert_snapshot!(screen.resize(80, 24).text());
}

#[test]
fn overview_scrolled() {
    let mut screen = worked();
    // Evidence has an age in this snapshot.
    screen.app.now = "2026-11-29T12:00:00Z".parse().unwrap();
    insta::assert_snapshot!(screen.resize(60, 16).keys("<A-o><PgDn>").text());
}

#[test]
fn a_questionnaire_in_a_spreadsheet_is_shown_as_it_was_understood_before_a_session_is_created() {
    let mut screen = Screen::home(100, 30);
    let file = screen.workspace.questionnaires.parent().unwrap().join("form.csv");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    let text =
        "ID,Question,Answer\n1,Is the first done?,Yes\n2,Is the second done?,No\n3,Is the third?,Yes\n";
    std::fs::write(&file, text).unwrap();
    screen.keys("n").assert_shows("From a file");
    screen.keys("<Esc>i").paste(file.to_str().unwrap());
    screen.keys("<Enter>").assert_shows("table: 3 questions, 1 section").assert_shows("questions in B");
    screen.paste("Boat");
    screen.keys("<Enter>").assert_shows("Is the first done?").assert_shows("3/3");
    let broken = file.with_file_name("broken.yaml");
    std::fs::write(&broken, "urn: x\nobjects: {risk_matrix: []}\n").unwrap();
    screen.keys("<A-h>i").paste(broken.to_str().unwrap());
    screen.keys("<Enter>").assert_shows("it contains risk_matrix");
}
