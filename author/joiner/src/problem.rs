//! What keeps components from being joined, in words.

pub struct Problem(pub String);

impl Problem {
    pub fn of(message: &str) -> Self {
        Problem(message.to_string())
    }

    pub fn fields(&self) -> Vec<Vec<u8>> {
        vec![self.0.clone().into_bytes()]
    }
}

/// An error with all that caused it.
impl<E: std::error::Error> From<E> for Problem {
    fn from(error: E) -> Self {
        let mut words = error.to_string();
        let mut cause = error.source();
        while let Some(inner) = cause {
            words = format!("{words}: {inner}");
            cause = inner.source();
        }
        Problem(words)
    }
}
