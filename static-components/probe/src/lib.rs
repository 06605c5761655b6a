//! Tries every door: what the policy beside it grants, as a control, and what it does not.

mod environment;
mod network;
mod storage;

wit_bindgen::generate!({ generate_all });

struct Probe;

export!(Probe);

impl Guest for Probe {
    fn probe() -> Report {
        let attempts = [storage::attempts(), network::attempts(), environment::attempts()].concat();
        let count = |got, expected| {
            attempts.iter().filter(|attempt| attempt.got == got && attempt.expected == expected).count() as u32
        };
        Report {
            escapes: count(Verdict::Granted, Verdict::Refused),
            missing: count(Verdict::Refused, Verdict::Granted),
            attempts,
        }
    }

    fn probe_storage() -> Vec<Attempt> {
        storage::attempts()
    }

    fn probe_network() -> Vec<Attempt> {
        network::attempts()
    }

    fn probe_environment() -> Vec<Attempt> {
        environment::attempts()
    }
}

/// An attempt from what came of it: Ok is what was obtained, Err is how it was refused.
fn attempt(what: &str, target: &str, expected: Verdict, outcome: Result<String, String>) -> Attempt {
    let (got, detail) = match outcome {
        Ok(detail) => (Verdict::Granted, detail),
        Err(detail) => (Verdict::Refused, detail),
    };
    Attempt { what: what.into(), target: target.into(), expected, got, detail }
}
