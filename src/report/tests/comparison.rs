//! Tests of the differences of two sessions, as text, markdown and JSON.

use serde_json::{Value, json};

use crate::report::{Compared, Shows, Side};
use crate::session::{Basis, Diff, FieldDiff, ItemDiff, Link, LinkDiff, Part, State};
use crate::text::Run;

fn side(subject: &str, by: &str, version: &str) -> Side {
    Side {
        id: subject.to_lowercase(),
        subject: subject.to_owned(),
        day: "2026-11-22".parse().unwrap(),
        by: by.to_owned(),
        questionnaire: ("saas".to_owned(), version.to_owned()),
    }
}

fn item(id: &str, title: &str, state: State, fields: Vec<FieldDiff>) -> ItemDiff {
    ItemDiff { id: id.to_owned(), title: title.to_owned(), state, fields }
}

fn note(new: &str) -> FieldDiff {
    let runs = vec![Run::New(0..new.len())];
    FieldDiff::Text { part: Part::Note, old: String::new(), new: new.to_owned(), runs }
}

fn choice(old: &[&str], new: &[&str]) -> FieldDiff {
    let [old, new] = [old, new].map(|labels| labels.iter().map(|label| (*label).to_owned()).collect());
    FieldDiff::Choice { old, new }
}

fn link(url: &str, label: &str, retrieved: &str) -> Link {
    Link { url: url.into(), label: label.into(), retrieved: retrieved.into(), ..Link::default() }
}

/// Two sessions that differ in every way.
fn compared() -> Compared {
    let detail = FieldDiff::Text {
        part: Part::Detail,
        old: "All.  Kept  ".to_owned(),
        new: "All.Held\nfor long".to_owned(),
        runs: vec![Run::Same { old: 0..4, new: 0..4 }, Run::Gone(4..12), Run::New(4..17)],
    };
    let basis = FieldDiff::Basis { old: None, new: Some(Basis::Tested) };
    let [a, b, c, d] = ["a", "b", "c", "d"].map(|host| format!("https://{host}.example"));
    let reread = LinkDiff::Reread(link(&d, "", ""), link(&d, "", "today"));
    let internal = Link { internal: true, ..link("https://i.example", "", "") };
    let links = [
        LinkDiff::Added(link(&a, "", "")),
        LinkDiff::Gone(link(&b, "Docs", "")),
        LinkDiff::Changed(link(&c, "", ""), link(&c, "C", "")),
        reread.clone(),
    ];
    let items = vec![
        item("tls", "TLS", State::Verdict, vec![choice(&["Yes"], &[]), basis, detail]),
        item("mfa", "MFA", State::Links, links.map(FieldDiff::Link).into()),
        item("api", "API", State::Trivia, vec![note("later")]),
        item("logs", "Logs", State::Trivia, vec![FieldDiff::Link(reread)]),
        item("dns", "DNS", State::Trivia, vec![FieldDiff::Link(LinkDiff::Added(internal))]),
        item("sso", "SSO", State::Same, Vec::new()),
        item("keys", "Keys", State::Added, vec![choice(&[], &["No", "Unknown"]), note("ask")]),
        item("fax", "Fax", State::Gone, Vec::new()),
    ];
    let (left, right) = (side("Paperboat", "Kim <kim@a.example>", "1"), side("Kite", "", "2"));
    Compared { left, right, diff: Diff { items } }
}

#[test]
fn what_is_the_same_or_private_is_shown_only_on_request() {
    let compared = compared();
    let (all, notes) = (true, true);
    for (shows, expected) in [
        (Shows::default(), "tls mfa keys fax"),
        (Shows { notes, ..Shows::default() }, "tls mfa api dns keys fax"),
        (Shows { all, ..Shows::default() }, "tls mfa api logs dns sso keys fax"),
    ] {
        let comparison = compared.comparison(shows);
        let shown: Vec<&str> = comparison.items().map(|item| item.id.as_str()).collect();
        assert_eq!(shown.join(" "), expected);
        assert_eq!(comparison.text().contains("  Note: {+ask+}\n"), shows.notes);
    }
}

#[test]
fn a_comparison_as_text_marks_what_is_gone_and_new() {
    let expected = [
        "Paperboat 2026-11-22 (Kim) -> Kite 2026-11-22 · saas 1 -> saas 2",
        "1 answer · 1 with other links · 1 new · 1 removed · 3 with small changes · 1 unchanged",
        "",
        "TLS: answer changed (tls)",
        "  Answer: Yes -> not answered",
        "  Basis: none -> tested",
        "  Detail: All.  [-Kept-]  {+Held",
        "    for long+}",
        "",
        "MFA: links (mfa)",
        "  Link: + https://a.example",
        "  Link: - Docs · https://b.example",
        "  Link: ~ https://c.example -> C · https://c.example",
        "  Link: = https://d.example, read undated -> today",
        "",
        "Keys: new (keys)",
        "  Answer: not answered -> No, Unknown",
        "",
        "Fax: removed (fax)",
        "",
    ];
    assert_eq!(compared().comparison(Shows::default()).text(), expected.join("\n"));
}

#[test]
fn sessions_of_the_same_questionnaire_are_named_without_it() {
    let compared = Compared { right: side("Kite", "ann", "1"), ..compared() };
    let heading = compared.comparison(Shows::default()).heading();
    assert_eq!(heading, "Paperboat 2026-11-22 (Kim) -> Kite 2026-11-22 (ann)");
}

#[test]
fn a_comparison_as_markdown_has_a_table_of_answers_and_a_list_for_each_item() {
    let expected = [
        "# Paperboat 2026-11-22 (Kim) -> Kite 2026-11-22 · saas 1 -> saas 2",
        "",
        "1 answer · 1 with other links · 1 new · 1 removed · 3 with small changes · 1 unchanged",
        "",
        "| Question | Before | After |",
        "| --- | --- | --- |",
        "| TLS | Yes | not answered |",
        "| Keys | not answered | No, Unknown |",
        "",
        "## TLS",
        "",
        "_answer changed_",
        "",
        "- Answer: Yes -> not answered",
        "- Basis: none -> tested",
        "- Detail: All.  ~~Kept~~  **Held",
        "  for long**",
        "",
        "## MFA",
        "",
        "_links_",
        "",
        "- Link: + https://a.example",
        "- Link: - Docs · https://b.example",
        "- Link: ~ https://c.example -> C · https://c.example",
        "- Link: = https://d.example, read undated -> today",
        "",
        "## Keys",
        "",
        "_new_",
        "",
        "- Answer: not answered -> No, Unknown",
        "",
        "## Fax",
        "",
        "_removed_",
        "",
        "",
    ];
    assert_eq!(compared().comparison(Shows::default()).markdown(), expected.join("\n"));
}

#[test]
fn a_comparison_as_json_has_every_field_with_both_versions() {
    let written = compared().comparison(Shows::default()).json();
    assert!(written.ends_with("}\n"), "{written}");
    let found: Value = serde_json::from_str(&written).unwrap();
    let side = |id: &str, subject: &str, by: &str, version: &str| {
        let of = json!({"id": "saas", "version": version});
        json!({"id": id, "subject": subject, "day": "2026-11-22", "by": by, "questionnaire": of})
    };
    let runs = json!([["same", "All."], ["gone", "  Kept  "], ["new", "Held\nfor long"]]);
    let tls = json!([
        {"field": "choice", "old": ["Yes"], "new": []},
        {"field": "basis", "old": null, "new": "tested"},
        {"field": "detail", "runs": runs},
    ]);
    let (c, d) = ("https://c.example", "https://d.example");
    let mfa = json!([
        {"field": "link", "change": "added", "new": {"url": "https://a.example"}},
        {"field": "link", "change": "gone", "old": {"url": "https://b.example", "label": "Docs"}},
        {"field": "link", "change": "changed", "old": {"url": c}, "new": {"url": c, "label": "C"}},
        {"field": "link", "change": "reread", "old": {"url": d}, "new": {"url": d, "retrieved": "today"}},
    ]);
    let keys = json!([{"field": "choice", "old": [], "new": ["No", "Unknown"]}]);
    let expected = json!({
        "format": "querist-diff",
        "version": 1,
        "left": side("paperboat", "Paperboat", "Kim <kim@a.example>", "1"),
        "right": side("kite", "Kite", "", "2"),
        "counts":
            {"verdict": 1, "words": 0, "links": 1, "added": 1, "gone": 1, "trivia": 3, "same": 1},
        "items": [
            {"id": "tls", "title": "TLS", "state": "verdict", "fields": tls},
            {"id": "mfa", "title": "MFA", "state": "links", "fields": mfa},
            {"id": "keys", "title": "Keys", "state": "added", "fields": keys},
            {"id": "fax", "title": "Fax", "state": "gone", "fields": []},
        ],
    });
    assert_eq!(found, expected);
}
