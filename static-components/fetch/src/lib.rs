//! Fetches a URL and turns what comes back into Markdown.

mod html;
mod http;
mod json;

wit_bindgen::generate!({ generate_all });

struct Fetch;

export!(Fetch);

impl Guest for Fetch {
    fn fetch(url: String) -> Result<String, String> {
        let response = http::get(&url)?;
        if !(200..300).contains(&response.status) {
            return Err(format!("Request failed with status code: {}", response.status));
        }
        let text = String::from_utf8_lossy(&response.body).into_owned();
        // What comes before the parameters, such as "; charset=utf-8".
        let media_type = response.content_type.split(';').next().unwrap_or_default().trim();
        Ok(match media_type {
            "application/json" => json::to_markdown(&text).unwrap_or(text),
            "text/html" => html::to_markdown(&text),
            _ => text,
        })
    }
}
