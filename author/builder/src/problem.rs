//! What keeps a component from being made, in words, and where in the WIT.

use std::ops::Range;

use wit_parser::{ParseError, ResolveError, ResolveErrorKind, SourceMap};

pub struct Problem {
    message: String,
    /// The file, and bytes of its text.
    place: Option<(String, Range<usize>)>,
}

impl Problem {
    pub fn of(message: &str) -> Self {
        Problem { message: message.to_string(), place: None }
    }

    pub fn parsing(error: &ParseError, sources: &SourceMap) -> Self {
        let kind = error.kind();
        Self::at(kind.to_string(), sources, kind.span())
    }

    pub fn resolving(error: &ResolveError, sources: &SourceMap) -> Self {
        let kind = error.kind();
        let message = match kind {
            ResolveErrorKind::PackageNotFound { requested, .. } => format!("package `{requested}` is not known here"),
            _ => kind.to_string(),
        };
        Self::at(message, sources, kind.span())
    }

    pub fn at(message: String, sources: &SourceMap, span: wit_parser::Span) -> Self {
        let place = sources.resolve_span(span).map(|found| (found.path.to_string(), found.range));
        Problem { message, place }
    }

    pub fn fields(&self) -> Vec<Vec<u8>> {
        let (file, range) = self.place.clone().unwrap_or((String::new(), 0..0));
        [self.message.clone(), file, range.start.to_string(), range.end.to_string()]
            .map(String::into_bytes)
            .to_vec()
    }
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        Problem::of(&format!("{error:#}"))
    }
}
