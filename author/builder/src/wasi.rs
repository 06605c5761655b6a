//! WASI's packages, in each of the versions of 0.2 up to the one that the crate `wasip2` carries.

include!(concat!(env!("OUT_DIR"), "/wasi.rs"));

/// The last digits of the version that the texts are of: 0.2.12.
const NEWEST: u32 = 12;

const SINCE: &str = "@since(version = 0.2.";

/// The packages as 0.2.`patch`, where there is such a version.
pub fn packages(patch: u32) -> Option<Vec<String>> {
    (patch <= NEWEST).then(|| PACKAGES.iter().map(|text| as_version(text, patch)).collect())
}

/// The patch versions of WASI 0.2 that a text names.
pub fn versions_in(text: &str) -> Vec<u32> {
    let mut found: Vec<u32> = text
        .match_indices("@0.2.")
        .filter(|(at, _)| {
            let line = text[..*at].rsplit('\n').next().unwrap_or("");
            line.contains("wasi:")
        })
        .filter_map(|(at, needle)| {
            let digits = text[at + needle.len()..].chars().take_while(char::is_ascii_digit);
            digits.collect::<String>().parse().ok()
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn as_version(text: &str, patch: u32) -> String {
    if patch == NEWEST {
        return text.to_string();
    }
    let mut older = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(SINCE) {
        let after = &rest[at + SINCE.len()..];
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        let line = after.find('\n').map_or(after.len(), |end| end + 1);
        older.push_str(&rest[..at]);
        rest = &after[line..];
        if !digits.parse::<u32>().is_ok_and(|since| since > patch) {
            continue;
        }
        // A function that came later is left out. A name that came later for what was there already is used by its neighbours, and stays.
        let item = rest.find(';').map_or(rest.len(), |end| end + 1);
        if rest[..item].contains("func(") {
            rest = &rest[item..];
        }
    }
    older.push_str(rest);
    without_deprecations(&older).replace(&format!("@0.2.{NEWEST}"), &format!("@0.2.{patch}"))
}

/// A note that something was given up in a version to come is no concern of an earlier one.
fn without_deprecations(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("@deprecated(")).fold(String::new(), |mut kept, line| {
        kept.push_str(line);
        kept.push('\n');
        kept
    })
}
