//! Writes what is on a page to a file. The page is read by whoever provides the library; here is no network and no need of one.

use exports::tapedeck::digest::digester::Guest as Digester;
use tapedeck::pages::library::{Failure, Page, open};
use wasi::http::outgoing_handler::{OutgoingRequest, handle};
use wasi::http::types::{Fields, Scheme};

wit_bindgen::generate!({ generate_all });

struct Digest;

export!(Digest);

fn words(failure: Failure) -> String {
    match failure {
        Failure::Unreachable(why) => format!("The page could not be read. {why}"),
        Failure::Status(status) => format!("The server answered with status {status}."),
    }
}

fn title_of(page: &Page) -> String {
    page.title().unwrap_or_else(|| "(no title)".to_string())
}

impl Digester for Digest {
    fn digest(url: String, path: String) -> Result<u32, String> {
        let page = open(&url).map_err(words)?;
        let mut lines = vec![title_of(&page)];
        for heading in page.headings() {
            if heading.level > 1 {
                lines.push(format!("{}- {}", "  ".repeat(usize::from(heading.level) - 2), heading.text));
            }
        }
        std::fs::write(&path, lines.join("\n") + "\n").map_err(|error| format!("{path}: {error}"))?;
        Ok(lines.len() as u32)
    }

    fn headline(page: &Page) -> String {
        title_of(page)
    }
}

impl Guest for Digest {
    fn fetch_directly(url: String) -> Result<u16, String> {
        let (scheme, rest) = url.split_once("://").ok_or("Not an absolute URL")?;
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let request = OutgoingRequest::new(Fields::new());
        let scheme = if scheme == "http" { Scheme::Http } else { Scheme::Https };
        request.set_scheme(Some(&scheme)).map_err(|()| "Not a scheme")?;
        request.set_authority(Some(host)).map_err(|()| "Not a host")?;
        request.set_path_with_query(Some(path)).map_err(|()| "Not a path")?;
        let pending = handle(request, None).map_err(|error| format!("Request was not sent: {error}"))?;
        pending.subscribe().block();
        let response = pending.get().ok_or("No response")?.map_err(|()| "Taken already")?;
        Ok(response.map_err(|error| format!("Request failed: {error}"))?.status())
    }
}
