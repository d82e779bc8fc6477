//! The report as one web page that a manager reads and prints: no script, nothing from elsewhere.

mod chart;
mod markup;
mod style;

use crate::questionnaire::{Severity, Tone};
use crate::session::{PageSection, Session};

use super::approvals::published;
use super::csv::answer_text;
use super::document::{Document, DocumentQuestion, DocumentSection};
use super::links::DocumentLink;
use super::meaning::Meaning;
use chart::{Bar, bars};
use markup::{escaped, prose, sentence};
use style::{STYLE, policy};

/// What tells that a file is such a page.
pub const GENERATOR: &str = "<meta name=\"generator\" content=\"Querist\">";

/// Renders the report.
pub fn html(session: &Session, document: &Document) -> String {
    let title = escaped(&document.title);
    let policy = policy();
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n{GENERATOR}\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#answers\">Skip to the answers</a>\n<header>\n<h1>{title}</h1>\n"
    );
    out.push_str(&about(document));
    out.push_str("</header>\n<main>\n");
    if !document.introduction.trim().is_empty() {
        out.push_str(&format!("<section>\n{}</section>\n", prose(&document.introduction)));
    }
    // A reader looks for the decision first.
    out.extend(published(&document.page_sections, &document.approvals).iter().map(page_section));
    out.push_str(&verdict(session, document));
    out.push_str(&findings(document));
    out.push_str(&open(document));
    out.push_str("<h2 id=\"answers\">Answers</h2>\n");
    out.extend(document.sections.iter().map(section));
    out.push_str(&evidence(document));
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn about(document: &Document) -> String {
    let source = document.questionnaire.source.as_ref();
    let source =
        source.map(|source| format!(", {} ({})", source.publisher, source.licence)).unwrap_or_default();
    let day = document.date.to_zoned(jiff::tz::TimeZone::UTC).date();
    sentence(&format!(
        "{} {}{source}. {} of {} questions done, {day}.",
        document.questionnaire.title,
        document.questionnaire.version,
        document.progress.done,
        document.progress.asked,
    ))
}

/// A section of the page; nothing without words.
fn page_section(section: &PageSection) -> String {
    if section.text.trim().is_empty() {
        return String::new();
    }
    format!("<section>\n<h2>{}</h2>\n{}</section>\n", escaped(&section.heading), prose(&section.text))
}

/// The answers of each section by what they mean, as bars and as a table of numbers. Of a section in which no
/// answer is better than another, such as one of texts and dates, they would say nothing.
fn verdict(session: &Session, document: &Document) -> String {
    let rows: Vec<Bar> = document
        .sections
        .iter()
        .filter(|section| has_tones(session, section))
        .map(|section| Bar { name: section.title.clone(), counts: counts(session, section) })
        .filter(|bar| bar.counts.iter().any(|count| *count > 0))
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let mut out = format!("<section>\n<h2>By section</h2>\n{}\n", bars(&rows));
    out.push_str(
        "<table>\n<caption>Answers by section</caption>\n<thead>\n<tr><th scope=\"col\">Section</th>",
    );
    let headings = Meaning::ALL.map(|meaning| format!("<th scope=\"col\">{}</th>", meaning.label()));
    out.extend(headings);
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &rows {
        let cells: String = row.counts.iter().map(|count| format!("<td>{count}</td>")).collect();
        out.push_str(&format!("<tr><th scope=\"row\">{}</th>{cells}</tr>\n", escaped(&row.name)));
    }
    out + "</tbody>\n</table>\n</section>\n"
}

fn has_tones(session: &Session, section: &DocumentSection) -> bool {
    let asked = section.questions.iter().filter(|question| question.asked);
    let mut choices =
        asked.filter_map(|question| session.index_of(&question.id)).flat_map(|index| session.choices(index));
    choices.any(|choice| choice.tone != Tone::Neutral)
}

/// How many answers have each meaning.
fn counts(session: &Session, section: &DocumentSection) -> [usize; 7] {
    let asked = section.questions.iter().filter(|question| question.asked);
    Meaning::counts(session, asked.filter_map(|question| session.index_of(&question.id)))
}

fn questions(document: &Document) -> impl Iterator<Item = &DocumentQuestion> {
    document.sections.iter().flat_map(|section| &section.questions)
}

fn findings(document: &Document) -> String {
    let mut out = String::from("<section>\n<h2>Findings</h2>\n");
    let mut count = 0;
    for severity in Severity::ALL {
        let of = questions(document).flat_map(|question| {
            question
                .findings
                .iter()
                .filter(move |finding| finding.severity == severity)
                .map(move |f| (question, f))
        });
        let items: String = of
            .map(|(question, finding)| {
                count += 1;
                let (id, title) = (escaped(&question.id), escaped(&question.title));
                let (answer, advice) = (escaped(&finding.answer), prose(&finding.advice));
                format!("<li><a href=\"#q-{id}\">{title}</a>: {answer}{advice}</li>\n")
            })
            .collect();
        if !items.is_empty() {
            let (class, name) = (severity.label(), severity_heading(severity));
            out.push_str(&format!("<h3 class=\"{class}\">{name}</h3>\n<ul>\n{items}</ul>\n"));
        }
    }
    if count == 0 {
        out.push_str(&sentence("None of the answers calls for action."));
    }
    out + "</section>\n"
}

fn severity_heading(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "Critical",
        Severity::High => "High",
        Severity::Medium => "Medium",
        Severity::Low => "Low",
    }
}

fn open(document: &Document) -> String {
    let items: String = questions(document)
        .filter(|question| !question.open.is_empty())
        .map(|question| {
            let (id, title) = (escaped(&question.id), escaped(&question.title));
            format!("<li><a href=\"#q-{id}\">{title}</a>: {}</li>\n", escaped(&question.open.join("; ")))
        })
        .collect();
    if items.is_empty() {
        String::new()
    } else {
        format!("<section>\n<h2>Open</h2>\n<ul>\n{items}</ul>\n</section>\n")
    }
}

fn section(section: &DocumentSection) -> String {
    let title = escaped(&section.title);
    let rows: String = section.questions.iter().map(row).collect();
    format!(
        "<section>\n<h3>{title}</h3>\n\
         <div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\">\n\
         <table>\n<caption>{title}</caption>\n<thead>\n<tr><th scope=\"col\">Question</th>\
         <th scope=\"col\">Answer</th>\
         <th scope=\"col\">Detail</th></tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n\
         </section>\n"
    )
}

fn row(question: &DocumentQuestion) -> String {
    let help = if question.help.is_empty() {
        String::new()
    } else {
        format!("<p class=\"help\">{}</p>", escaped(&question.help))
    };
    let answer = answer_text(question);
    let answer = if answer.is_empty() { "Unanswered".to_owned() } else { answer };
    let basis =
        question.basis.map(|basis| format!("<p class=\"basis\">{}</p>", basis.label())).unwrap_or_default();
    let listed: String = question
        .links
        .iter()
        .filter(|link| !link.cited)
        .map(|link| format!("<li>{}</li>", source(link)))
        .collect();
    let listed = if listed.is_empty() { listed } else { format!("<ul>{listed}</ul>") };
    format!(
        "<tr id=\"q-{}\"><th scope=\"row\"><p class=\"title\">{}</p><p>{}</p>{help}</th>\
         <td>{}{basis}</td><td>{}{listed}</td></tr>\n",
        escaped(&question.id),
        escaped(&question.title),
        escaped(&question.text),
        escaped(&answer),
        prose(&question.answer.detail),
    )
}

/// A link to a web page, or to a copy of a file.
fn source(link: &DocumentLink) -> String {
    match &link.file {
        Some(_) => markup::file_link(&link.url, &link.words()),
        None => markup::link(&link.url, &link.label),
    }
}

/// The evidence with its age on the day of the report.
fn evidence(document: &Document) -> String {
    let today = document.date.to_zoned(jiff::tz::TimeZone::UTC).date();
    let age = |retrieved: &str| match retrieved.parse::<jiff::civil::Date>() {
        Ok(day) => match (today - day).get_days() {
            0 => "read today".to_owned(),
            1 => "read 1 day ago".to_owned(),
            // The day of the reviewer may be ahead of the report's, which is in UTC.
            days if days < 0 => format!("dated {day}"),
            days => format!("read {days} days ago"),
        },
        Err(_) => "undated".to_owned(),
    };
    let rows: String = questions(document)
        .flat_map(|question| question.links.iter().map(move |link| (question, link)))
        .map(|(question, link)| {
            format!(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>\n",
                source(link),
                escaped(&question.title),
                age(&link.retrieved)
            )
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    format!(
        "<section>\n<h2>Evidence</h2>\n\
         <div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Evidence\">\n<table>\n\
         <caption>Evidence</caption>\n<thead>\n<tr><th scope=\"col\">Source</th>\
         <th scope=\"col\">Question</th>\
         <th scope=\"col\">Age</th></tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n</section>\n"
    )
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::questionnaire::{BUILT_IN, load};
    use crate::report::{Extras, document};

    #[test]
    fn a_report_without_questions_has_no_bars() {
        let session = Session::new(load(BUILT_IN[0].1).unwrap(), "Boat", Timestamp::UNIX_EPOCH);
        let mut document = document(&session, Timestamp::UNIX_EPOCH, Extras::default());
        assert!(html(&session, &document).contains("<h2>By section</h2>"));
        document.sections.clear();
        let page = html(&session, &document);
        assert!(!page.contains("By section") && !page.contains("<svg"), "{page}");
    }
}
