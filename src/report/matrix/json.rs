//! The matrix as JSON, for other programs.

use serde_json::{Value, json};

use crate::questionnaire::Tone;
use crate::session::{Cell, CellState, Column, Matrix};

use super::format::MatrixShows;
use super::grid::matrix_rows;

pub(super) fn json(matrix: &Matrix, shows: MatrixShows) -> String {
    let rows = matrix_rows(matrix, shows).map(|row| {
        json!({
            "id": row.id,
            "title": row.title,
            "only_in_some": row.only_in_some,
            "not_good": row.not_good(),
            "cells": row.cells.iter().map(|cell| answer(cell, shows)).collect::<Vec<_>>(),
        })
    });
    let whole = json!({
        "format": "querist-comparison",
        "version": 1,
        "questionnaire": matrix.questionnaire,
        "sessions": matrix.columns.iter().map(column).collect::<Vec<_>>(),
        "rows": rows.collect::<Vec<_>>(),
    });
    // Serializing plain data with string keys into memory cannot fail.
    serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n"
}

fn column(column: &Column) -> Value {
    let (id, version) = &column.questionnaire;
    let [good, bad, partial, unknown, not_applicable, open] = column.tally.counts();
    let findings =
        column.findings.iter().map(|(severity, count)| (severity.label().to_owned(), json!(count)));
    json!({
        "id": column.id,
        "name": column.name,
        "day": column.day,
        "questionnaire": {"id": id, "version": version},
        "counts": {
            "good": good, "bad": bad, "partial": partial, "unknown": unknown,
            "not_applicable": not_applicable, "open": open,
        },
        "findings": findings.collect::<serde_json::Map<_, _>>(),
    })
}

fn answer(cell: &Cell, shows: MatrixShows) -> Value {
    let state = match cell.state {
        CellState::Answered => "answered",
        CellState::Open => "open",
        CellState::NotAsked => "not_asked",
        CellState::NoSuchQuestion => "no_such_question",
    };
    let marks = [
        (cell.is_outlier, "outlier"),
        (cell.is_reworded, "reworded"),
        (cell.is_old, "old"),
        (cell.is_unsupported, "unsupported"),
        (cell.is_conflict, "conflict"),
    ];
    let marks: Vec<&str> = marks.iter().filter(|(is_set, _)| *is_set).map(|(_, mark)| *mark).collect();
    let tone: Option<Tone> = cell.tone;
    let mut value = json!({"state": state, "tone": tone, "label": cell.label, "marks": marks});
    if shows.details {
        let links = cell.links.iter().map(|(label, url)| json!({"label": label, "url": url}));
        value["links"] = links.collect();
    }
    value
}
