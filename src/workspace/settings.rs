//! Settings and themes. Both are JSON with comments; every setting is optional.

use std::path::{Path, PathBuf};

use jsonc_parser::{ParseOptions, parse_to_serde_value};
use serde::{Deserialize, Serialize};

use crate::store::read_own_text;

use super::error::WorkspaceError;
use super::place::Workspace;

/// The maximum size of a settings file or a theme, in bytes.
const MAX_SETTINGS: u64 = 1_000_000;

/// For how many days evidence is good, unless the settings say otherwise.
pub const DEFAULT_EVIDENCE_DAYS: u32 = 365;

/// The built-in themes, in addition to the terminal's own colours.
const BUILT_IN_THEMES: [(&str, &str); 4] = [
    ("dark", include_str!("../../assets/themes/dark.json")),
    ("light", include_str!("../../assets/themes/light.json")),
    ("high-contrast", include_str!("../../assets/themes/high-contrast.json")),
    ("mono", include_str!("../../assets/themes/mono.json")),
];

/// The settings file that `querist config --init` writes.
pub const SETTINGS_TEMPLATE: &str = r#"// Settings of Querist. This file contains the defaults.
{
  // The theme: "terminal" (your terminal's own colours), "dark", "light", "high-contrast", "mono", or the
  // name of a file in the "themes" folder next to this file, without ".json".
  "theme": "terminal",

  // Draw with ASCII characters only: true, false, or "auto" (only if the locale is not UTF-8).
  "ascii": "auto",

  // React to clicks and the mouse wheel. If false, the mouse selects text as usual in your terminal.
  "mouse": true,

  // Evidence that was read more than this many days ago is marked as old; 0 means never. Evidence of a
  // particular kind, such as a test or a certificate, has its own limit.
  "evidence_days": 365,

  // Your name in sessions that you share, for example "Kim Example <kim@example.org>". Without it, the name
  // that git knows is used.
  "author": null,

  // The program with which S in the list of evidence saves the page of a link, to attach it: its name, and
  // its arguments with {url} and {file}. For example ["monolith", "{url}", "-o", "{file}"]. Querist itself
  // never uses the network.
  "save_page": []
}
"#;

/// The settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// `terminal`, or the name of a built-in theme or one of the user's own.
    pub theme: String,
    /// Whether only ASCII characters are drawn.
    pub ascii: Ascii,
    /// Whether the program reacts to the mouse.
    pub mouse: bool,
    /// For how many days evidence is good that is of no particular kind; 0 means for ever.
    pub evidence_days: u32,
    /// The author of edits, as `Name <email>`.
    pub author: Option<String>,
    /// The program that saves the page of a link, with its arguments; `{url}` and `{file}` are filled in.
    pub save_page: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: "terminal".to_owned(),
            ascii: Ascii::default(),
            mouse: true,
            evidence_days: DEFAULT_EVIDENCE_DAYS,
            author: None,
            save_page: Vec::new(),
        }
    }
}

/// When only ASCII characters are drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Ascii {
    /// Always (`true`) or never (`false`).
    Fixed(bool),
    /// If the locale is not UTF-8.
    #[default]
    #[serde(with = "auto")]
    Auto,
}

mod auto {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("auto")
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "auto" => Ok(()),
            _ => Err(serde::de::Error::custom("true, false or \"auto\"")),
        }
    }
}

/// A theme file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThemeFile {
    /// Its name.
    pub name: String,
    /// Its colours, as `#rrggbb`.
    pub colors: Colors,
}

/// The colours of a theme, as `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Colors {
    /// Text.
    pub text: Rgb,
    /// The background.
    pub background: Rgb,
    /// The focused element.
    pub accent: Rgb,
    /// Secondary text.
    pub dim: Rgb,
    /// Titles and selected choices.
    pub strong: Rgb,
    /// Help text.
    pub help: Rgb,
    /// Anything that needs attention.
    pub warning: Rgb,
    /// Links.
    pub link: Rgb,
    /// A good answer.
    #[serde(default = "green")]
    pub good: Rgb,
    /// A partly good answer, or a finding of medium severity.
    #[serde(default = "yellow")]
    pub partial: Rgb,
    /// A bad answer, or a severe finding.
    #[serde(default = "red")]
    pub bad: Rgb,
    /// Selected text.
    pub selection_text: Rgb,
    /// The background of selected text.
    pub selection_background: Rgb,
}

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rgb(pub u8, pub u8, pub u8);

fn green() -> Rgb {
    Rgb(0x3f, 0xb9, 0x50)
}

fn yellow() -> Rgb {
    Rgb(0xd2, 0x99, 0x22)
}

fn red() -> Rgb {
    Rgb(0xf8, 0x51, 0x49)
}

impl TryFrom<String> for Rgb {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii());
        let part = |at: usize| digits.and_then(|digits| u8::from_str_radix(&digits[at..at + 2], 16).ok());
        match (part(0), part(2), part(4)) {
            (Some(r), Some(g), Some(b)) => Ok(Self(r, g, b)),
            _ => Err(format!("\"{text}\" is not a valid colour; write it as #56d4dd")),
        }
    }
}

impl From<Rgb> for String {
    fn from(Rgb(r, g, b): Rgb) -> Self {
        format!("#{r:02x}{g:02x}{b:02x}")
    }
}

impl Workspace {
    /// The path of the settings file, which need not exist.
    pub fn settings_path(&self) -> PathBuf {
        self.config.join("settings.json")
    }

    /// Reads the settings, or the defaults if there is no file.
    ///
    /// # Errors
    /// If the file exists and cannot be read.
    pub fn settings(&self) -> Result<Settings, WorkspaceError> {
        let path = self.settings_path();
        if path.symlink_metadata().is_err() {
            return Ok(Settings::default());
        }
        read(&path, &read_own_text(&path, MAX_SETTINGS)?)
    }

    /// Reads the theme with this name; `None` means the terminal's own colours.
    ///
    /// # Errors
    /// If there is no such theme, or its file cannot be read.
    pub fn theme(&self, name: &str) -> Result<Option<ThemeFile>, WorkspaceError> {
        if name == "terminal" {
            return Ok(None);
        }
        if let Some((_, source)) = BUILT_IN_THEMES.iter().find(|(known, _)| *known == name) {
            return read(Path::new(name), source).map(Some);
        }
        let is_file_name = !name.contains(['/', '\\']) && !name.starts_with('.');
        let path = self.config.join("themes").join(format!("{name}.json"));
        if !is_file_name || path.symlink_metadata().is_err() {
            let known = ["terminal"].into_iter().chain(BUILT_IN_THEMES.iter().map(|(name, _)| *name));
            let known = known.map(str::to_owned).collect();
            return Err(WorkspaceError::UnknownTheme { name: name.to_owned(), known });
        }
        read(&path, &read_own_text(&path, MAX_SETTINGS)?).map(Some)
    }
}

fn read<T: serde::de::DeserializeOwned>(path: &Path, source: &str) -> Result<T, WorkspaceError> {
    let unreadable = |source: Box<dyn std::error::Error + Send + Sync>| {
        let path = path.to_owned();
        WorkspaceError::Settings { path, source }
    };
    let value: serde_json::Value =
        parse_to_serde_value(source, &ParseOptions::default()).map_err(|error| unreadable(error.into()))?;
    serde_path_to_error::deserialize(value).map_err(|error| match error.path().to_string().as_str() {
        // At the top level, the path is a lone dot.
        "." => unreadable(error.into_inner().into()),
        _ => unreadable(error.into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> (tempfile::TempDir, Workspace) {
        let dir = tempfile::tempdir().unwrap();
        let workspace = Workspace::new(dir.path().join("data"), dir.path().to_owned());
        (dir, workspace)
    }

    #[test]
    fn the_settings_template_contains_the_defaults() {
        let (_dir, workspace) = workspace();
        assert_eq!(workspace.settings().unwrap(), Settings::default());
        std::fs::write(workspace.settings_path(), SETTINGS_TEMPLATE).unwrap();
        assert_eq!(workspace.settings().unwrap(), Settings::default());
    }

    #[test]
    fn an_error_names_the_invalid_setting() {
        let (_dir, workspace) = workspace();
        for (source, words) in [
            ("{\"thme\": \"dark\"}", "unknown field `thme`"),
            ("{\"mouse\": 3}", "mouse: invalid type"),
            ("{", "line 1"),
        ] {
            std::fs::write(workspace.settings_path(), source).unwrap();
            let error = workspace.settings().unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
    }

    #[test]
    fn a_users_theme_is_found_by_name_and_no_name_leaves_the_themes_folder() {
        let (dir, workspace) = workspace();
        std::fs::create_dir(dir.path().join("themes")).unwrap();
        let own = BUILT_IN_THEMES[0].1.replace("\"dark\"", "\"own\"");
        std::fs::write(dir.path().join("themes/own.json"), own).unwrap();
        assert_eq!(workspace.theme("own").unwrap().unwrap().name, "own");
        assert!(workspace.theme("../settings").is_err());
        assert!(workspace.theme("nothing").unwrap_err().to_string().contains("high-contrast"));
    }

    /// The contrast of two colours, from 1 to 21 (WCAG 2.2, definitions of contrast ratio and relative
    /// luminance).
    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let channel = |value: u8| {
            let c = f64::from(value) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        let luminance = |Rgb(r, g, b): Rgb| 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_colour_of_every_theme_has_a_contrast_of_at_least_4_5() {
        assert!((contrast(Rgb(0, 0, 0), Rgb(255, 255, 255)) - 21.0).abs() < 0.01);
        let (_dir, workspace) = workspace();
        for (name, _) in BUILT_IN_THEMES {
            let c = workspace.theme(name).unwrap().unwrap().colors;
            for (style, ink) in [
                ("text", c.text),
                ("accent", c.accent),
                ("dim", c.dim),
                ("strong", c.strong),
                ("help", c.help),
                ("warning", c.warning),
                ("link", c.link),
                ("good", c.good),
                ("partial", c.partial),
                ("bad", c.bad),
            ] {
                let found = contrast(ink, c.background);
                assert!(found >= 4.5, "{style} of {name}: {found:.2}");
            }
            assert!(contrast(c.selection_text, c.selection_background) >= 4.5, "selection of {name}");
        }
    }
}
