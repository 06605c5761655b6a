//! The third of three: what it opens itself it hands to the second, which asks the first about it.

use tapedeck::digest::digester::{digest, headline};
use tapedeck::pages::library::{Failure, Page, open};

wit_bindgen::generate!({ generate_all });

struct Report;

export!(Report);

fn opened(url: &str) -> Result<Page, String> {
    open(url).map_err(|failure| match failure {
        Failure::Unreachable(why) => why,
        Failure::Status(status) => format!("status {status}"),
    })
}

impl Guest for Report {
    fn report(url: String, path: String, word: String) -> Result<String, String> {
        let page = opened(&url)?;
        let lines = digest(&url, &path)?;
        Ok(format!("{}: {lines} lines, {} times {word}", headline(&page), page.count(&word)))
    }

    fn headline(url: String, times: u32) -> Result<Vec<String>, String> {
        let page = opened(&url)?;
        Ok((0..times).map(|_| headline(&page)).collect())
    }
}
