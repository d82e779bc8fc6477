//! The style of the page, and the policy that allows it and nothing else.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// Colours have a contrast of at least 4.5 to 1 with their background; words say the same. Captions are for
/// screen readers: the headings above the tables say the same.
pub const STYLE: &str = "\
:root{color-scheme:light dark;--text:#1b1b1b;--back:#fff;--line:#767676;--dim:#595959;--link:#0b57a4;\
--good:#1a6b2d;--partial:#7a5200;--bad:#a31515;--unknown:#5b3a9e;--na:#7d5a46;\
--other:#3d5a73;--missing:#767676}\
@media (prefers-color-scheme:dark){:root{--text:#e8e8e8;--back:#16181c;--line:#8a8f98;--dim:#b4b9c2;\
--link:#8cbcff;--good:#6fd38a;--partial:#f0b94a;--bad:#ff8f8f;--unknown:#c3a7ff;--na:#c9ab97;--other:#9db8d0;\
--missing:#8a8f98}}\
body{font:16px/1.5 system-ui,sans-serif;color:var(--text);background:var(--back);max-width:70em;\
margin:2em auto;padding:0 1em}a{color:var(--link)}\
a:focus,.wide:focus{outline:3px solid var(--link);outline-offset:2px}\
.skip{position:absolute;left:-99em}.skip:focus{left:1em;top:.5em;background:var(--back)}\
table{border-collapse:collapse;width:100%;margin:1em 0}\
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}\
th,td{border:1px solid var(--line);padding:.4em .6em;text-align:left;vertical-align:top}\
td>:first-child{margin-top:0}td>:last-child{margin-bottom:0}\
tbody th{font-weight:normal}.title{font-weight:bold;margin:0}.help{color:var(--dim);font-style:italic}\
.basis{color:var(--dim);font-size:.85em}\
.wide{overflow-x:auto}svg{max-width:100%;height:auto}\
svg text{fill:var(--text);font:14px system-ui,sans-serif}\
rect.good{fill:var(--good)}rect.partial{fill:var(--partial)}rect.bad{fill:var(--bad)}\
rect.unknown{fill:var(--unknown)}rect.na{fill:var(--na)}\
rect.other{fill:var(--other)}rect.missing{fill:var(--missing)}\
h3.critical,h3.high{color:var(--bad)}h3.medium{color:var(--partial)}\
@media print{:root{--text:#000;--back:#fff}body{max-width:none;margin:0;font-size:11pt}.skip{display:none}\
.wide{overflow:visible}tr,li,svg{break-inside:avoid}h2,h3{break-after:avoid}\
td a[href^=http]::after,th a[href^=http]::after{content:\" (\" attr(href) \")\";word-break:break-all}}\
@page{margin:18mm}";

/// The policy: this style only, no scripts, no pictures, no fonts, no forms
/// (<https://www.w3.org/TR/CSP3/>).
pub fn policy() -> String {
    let hash = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
}
