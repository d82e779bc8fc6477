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

#[test]
fn interview_wide() {
    insta::assert_snapshot!(worked().text());
}

#[test]
fn interview_at_80_by_24() {
    insta::assert_snapshot!(worked().resize(80, 24).text());
}

#[test]
fn interview_at_60_by_16() {
    insta::assert_snapshot!(worked().resize(60, 16).text());
}

#[test]
fn interview_at_200_by_60() {
    insta::assert_snapshot!(worked().resize(200, 60).text());
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
fn preview() {
    insta::assert_snapshot!(worked().resize(100, 40).keys("<A-p>").text());
}

#[test]
fn preview_source_at_60_by_16() {
    let mut screen = worked();
    screen.resize(60, 16).keys("<A-p><Tab><PgDn>");
    insta::assert_snapshot!(screen.text());
}

#[test]
fn help() {
    insta::assert_snapshot!(worked().resize(80, 24).keys("<F1>").text());
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
fn overview() {
    let mut screen = worked();
    // Evidence has an age in this snapshot.
    screen.app.now = "2026-11-29T12:00:00Z".parse().unwrap();
    insta::assert_snapshot!(screen.resize(100, 50).keys("<A-o>").text());
}

#[test]
fn overview_at_60_by_16() {
    insta::assert_snapshot!(worked().resize(60, 16).keys("<A-o><PgDn>").text());
}
