//! Tools on text. All of it is computation, so the component imports nothing at all.

use regex_lite::Regex;
use serde_json::{Map, Value};
use similar::TextDiff;

wit_bindgen::generate!();

struct Text;

export!(Text);

impl Guest for Text {
    fn diff(before: String, after: String) -> String {
        TextDiff::from_lines(&before, &after).unified_diff().header("before", "after").to_string()
    }

    fn render(template: String, values: Vec<Placeholder>) -> Result<String, String> {
        let mut out = String::new();
        let mut rest = template.as_str();
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, behind) = after.split_once("}}").ok_or("A {{ is never closed")?;
            let name = name.trim();
            let found = values.iter().find(|value| value.name == name).ok_or_else(|| format!("No value for {name}"))?;
            out.push_str(before);
            out.push_str(&found.text);
            rest = behind;
        }
        out.push_str(rest);
        Ok(out)
    }

    fn find(text: String, pattern: String) -> Result<Vec<Match>, String> {
        let regex = Regex::new(&pattern).map_err(|error| error.to_string())?;
        Ok(regex
            .captures_iter(&text)
            .map(|captures| {
                let whole = captures.get(0).expect("group 0 is the whole match");
                Match {
                    text: whole.as_str().to_owned(),
                    line: 1 + text[..whole.start()].matches('\n').count() as u32,
                    groups: captures.iter().skip(1).map(|group| group.map(|group| group.as_str().to_owned())).collect(),
                }
            })
            .collect())
    }

    fn replace(text: String, pattern: String, replacement: String) -> Result<String, String> {
        let regex = Regex::new(&pattern).map_err(|error| error.to_string())?;
        Ok(regex.replace_all(&text, replacement.as_str()).into_owned())
    }

    fn csv_to_json(csv: String) -> Result<String, String> {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let headers = reader.headers().map_err(|error| error.to_string())?.clone();
        let rows = reader
            .records()
            .map(|record| {
                let record = record.map_err(|error| error.to_string())?;
                let fields = headers.iter().zip(&record);
                Ok(Value::Object(fields.map(|(name, text)| (name.into(), text.into())).collect::<Map<_, _>>()))
            })
            .collect::<Result<Vec<_>, String>>()?;
        serde_json::to_string_pretty(&rows).map_err(|error| error.to_string())
    }

    fn json_to_csv(json: String) -> Result<String, String> {
        let rows: Vec<Map<String, Value>> =
            serde_json::from_str(&json).map_err(|error| format!("Not a list of objects: {error}"))?;
        let mut columns: Vec<&str> = Vec::new();
        for name in rows.iter().flat_map(|row| row.keys()) {
            if !columns.contains(&name.as_str()) {
                columns.push(name);
            }
        }
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&columns).map_err(|error| error.to_string())?;
        for row in &rows {
            let cells = columns.iter().map(|column| match row.get(*column) {
                None | Some(Value::Null) => String::new(),
                Some(Value::String(text)) => text.clone(),
                Some(other) => other.to_string(),
            });
            writer.write_record(cells).map_err(|error| error.to_string())?;
        }
        let bytes = writer.into_inner().map_err(|error| error.to_string())?;
        String::from_utf8(bytes).map_err(|error| error.to_string())
    }

    fn count(text: String) -> Counts {
        Counts {
            bytes: text.len() as u64,
            characters: text.chars().count() as u64,
            words: text.split_whitespace().count() as u64,
            lines: text.lines().count() as u64,
        }
    }
}
