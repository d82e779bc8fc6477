//! How things look. The terminal's own colours are the default.

use ratatui::style::{Color, Modifier, Style};

/// Named styles. Colour is never the only sign of anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// What has the focus, and nothing else.
    pub accent: Style,
    /// Secondary text.
    pub dim: Style,
    /// Titles and what is chosen.
    pub strong: Style,
    /// Help in italics.
    pub help: Style,
    /// Selected text and the selected entry of a list.
    pub selection: Style,
    /// What needs attention.
    pub warning: Style,
    /// Links.
    pub link: Style,
    /// Whether only ASCII reaches the terminal.
    pub ascii: bool,
}

impl Theme {
    /// The theme for a terminal with or without colours, with or without UTF-8.
    pub fn new(color: bool, ascii: bool) -> Self {
        let accent = if color { Style::new().fg(Color::Cyan) } else { Style::new() };
        Self {
            accent: accent.add_modifier(Modifier::BOLD),
            dim: Style::new().add_modifier(Modifier::DIM),
            strong: Style::new().add_modifier(Modifier::BOLD),
            help: Style::new().add_modifier(Modifier::ITALIC),
            selection: Style::new().add_modifier(Modifier::REVERSED),
            warning: Style::new().add_modifier(Modifier::BOLD),
            link: Style::new().add_modifier(Modifier::UNDERLINED),
            ascii,
        }
    }

    /// The theme that the environment asks for: `NO_COLOR`, and a locale with or without UTF-8.
    pub fn from_env() -> Self {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG")).unwrap_or_default();
        let utf8 = locale.to_ascii_lowercase().replace('-', "").contains("utf8") || cfg!(windows);
        Self::new(set("NO_COLOR").is_none(), !utf8)
    }
}

/// The ASCII twin of a symbol.
pub fn ascii(symbol: &str) -> &'static str {
    match symbol {
        "○" => "o",
        "●" => "*",
        "□" => "o",
        "■" => "*",
        "✓" => "+",
        "✗" => "x",
        "◐" => "%",
        "–" | "—" | "─" | "·" | "‐" => "-",
        "⚑" => "F",
        "│" | "▌" => "|",
        "┌" | "┐" | "└" | "┘" | "├" | "┤" | "┬" | "┴" | "┼" => "+",
        "▓" | "█" => "#",
        "░" => ".",
        "…" => ".",
        "›" | "▸" => ">",
        "‹" => "<",
        "’" | "‘" => "'",
        "“" | "”" => "\"",
        "•" => "*",
        _ => "?",
    }
}
