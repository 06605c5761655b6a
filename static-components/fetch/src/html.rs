//! HTML as Markdown: headings, paragraphs, links, lists, emphasis and code. What it does not know it reads through.

use html5gum::{Token, Tokenizer};

pub fn to_markdown(html: &str) -> String {
    let mut out = Writer::default();
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let href = tag.attributes.get(b"href".as_slice()).map(|value| String::from_utf8_lossy(value).into_owned());
                out.open(&name, href);
            }
            Token::EndTag(tag) => out.close(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => out.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    out.finish()
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Where links that are open point to.
    links: Vec<Option<String>>,
    /// How many elements are open whose text is not for reading.
    hidden: usize,
    preformatted: bool,
}

impl Writer {
    fn open(&mut self, name: &str, href: Option<String>) {
        match name {
            "script" | "style" | "head" | "template" | "noscript" | "svg" => self.hidden += 1,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = usize::from(name.as_bytes()[1] - b'0');
                self.block(&format!("{} ", "#".repeat(level)));
            }
            "p" | "div" | "section" | "article" | "ul" | "ol" | "table" | "blockquote" => self.block(""),
            "li" => self.line("- "),
            "tr" | "br" => self.line(""),
            "td" | "th" => self.raw(" "),
            "hr" => self.block("---"),
            "pre" => {
                self.block("```\n");
                self.preformatted = true;
            }
            "code" if !self.preformatted => self.raw("`"),
            "strong" | "b" => self.raw("**"),
            "em" | "i" => self.raw("*"),
            "a" => {
                self.raw("[");
                self.links.push(href);
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "script" | "style" | "head" | "template" | "noscript" | "svg" => self.hidden = self.hidden.saturating_sub(1),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "ul" | "ol" | "table" | "blockquote" => self.block(""),
            "pre" => {
                self.preformatted = false;
                self.line("```");
                self.block("");
            }
            "code" if !self.preformatted => self.raw("`"),
            "strong" | "b" => self.raw("**"),
            "em" | "i" => self.raw("*"),
            "a" => {
                if let Some(target) = self.links.pop() {
                    self.raw(&format!("]({})", target.unwrap_or_default()));
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        if self.preformatted {
            self.out.push_str(text);
            return;
        }
        // Any run of white space in HTML is one space, and none at the start of a line.
        for (position, word) in text.split(char::is_whitespace).enumerate() {
            if position > 0 && !self.out.ends_with([' ', '\n']) && !self.out.is_empty() {
                self.out.push(' ');
            }
            self.out.push_str(word);
        }
    }

    fn raw(&mut self, text: &str) {
        if self.hidden == 0 {
            self.out.push_str(text);
        }
    }

    fn line(&mut self, start: &str) {
        if self.hidden == 0 {
            if !self.out.is_empty() && !self.out.ends_with('\n') {
                self.out.push('\n');
            }
            self.out.push_str(start);
        }
    }

    fn block(&mut self, start: &str) {
        self.line("");
        if !self.out.is_empty() && !self.out.ends_with("\n\n") && self.hidden == 0 {
            self.out.push('\n');
        }
        self.raw(start);
    }

    fn finish(self) -> String {
        self.out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned()
    }
}
