use crate::wasi::cli::environment::get_environment;
use crate::{Attempt, Verdict, attempt};

pub fn attempts() -> Vec<Attempt> {
    let variables = get_environment();
    let look = |key: &str, expected| {
        let found = variables.iter().find(|(name, _)| name == key);
        attempt("read variable", key, expected, found.map(|(_, value)| value.clone()).ok_or("not there".into()))
    };
    vec![
        look("GREETING", Verdict::Granted),
        look("API_TOKEN", Verdict::Refused),
        // Keys are compared letter by letter.
        look("greeting", Verdict::Refused),
        look("__proto__", Verdict::Refused),
        look("PATH", Verdict::Refused),
    ]
}
