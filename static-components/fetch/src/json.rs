//! JSON as Markdown: a heading for each key, a list for each array.

use serde_json::Value;

/// None where the text is not JSON.
pub fn to_markdown(text: &str) -> Option<String> {
    let value = serde_json::from_str(text).ok()?;
    let mut out = String::new();
    write(&value, 1, &mut out);
    Some(out.trim().to_owned())
}

fn write(value: &Value, level: usize, out: &mut String) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                // Markdown knows six levels of headings.
                out.push_str(&format!("\n{} {key}\n\n", "#".repeat(level.min(6))));
                write(field, level + 1, out);
            }
        }
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            for item in items {
                out.push_str(&format!("- {}\n", scalar(item)));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                out.push_str(&format!("\n{} {}\n\n", "#".repeat(level.min(6)), index + 1));
                write(item, level + 1, out);
            }
        }
        _ => out.push_str(&format!("{}\n", scalar(value))),
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
