//! Reads pages of the web and hands them out as resources: the text stays here, and others ask for what they need of it.

mod http;

use exports::tapedeck::pages::library::{Failure, Guest as Library, GuestPage, Heading, Page};

wit_bindgen::generate!({ generate_all });

struct Pages;

export!(Pages);

struct Text {
    text: String,
}

impl Text {
    fn headings(&self) -> impl Iterator<Item = Heading> {
        self.text.lines().filter_map(|line| {
            let text = line.trim_start_matches('#');
            let level = line.len() - text.len();
            let is_heading = (1..=6).contains(&level) && text.starts_with(' ');
            is_heading.then(|| Heading { level: level as u8, text: text.trim().to_string() })
        })
    }
}

impl GuestPage for Text {
    fn title(&self) -> Option<String> {
        self.headings().find(|heading| heading.level == 1).map(|heading| heading.text)
    }

    fn headings(&self) -> Vec<Heading> {
        Text::headings(self).collect()
    }

    fn count(&self, word: String) -> u32 {
        let words = self.text.split(|letter: char| !letter.is_alphanumeric());
        words.filter(|each| each.eq_ignore_ascii_case(&word)).count() as u32
    }
}

fn read(url: &str) -> Result<Text, Failure> {
    let response = http::get(url).map_err(Failure::Unreachable)?;
    if !(200..300).contains(&response.status) {
        return Err(Failure::Status(response.status));
    }
    Ok(Text { text: String::from_utf8_lossy(&response.body).into_owned() })
}

impl Library for Pages {
    type Page = Text;

    fn open(url: String) -> Result<Page, Failure> {
        read(&url).map(Page::new)
    }
}

impl Guest for Pages {
    fn title(url: String) -> Result<String, String> {
        let page = read(&url).map_err(|failure| match failure {
            Failure::Unreachable(why) => why,
            Failure::Status(status) => format!("The server answered with status {status}."),
        })?;
        GuestPage::title(&page).ok_or("The page has no title.".to_string())
    }
}
