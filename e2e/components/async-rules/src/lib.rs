//! Each rule is a sentence and whether it holds. What the rules of files leave behind does not matter: each works on names of its own.

mod files;
mod http;
mod messages;

use wasip3::clocks::{monotonic_clock, system_clock};
use wasip3::random::{insecure, insecure_seed, random};
use wasip3::{cli, wit_stream};
use wit_bindgen::{StreamReader, StreamResult};

wit_bindgen::generate!();

struct Rules;

export!(Rules);

/// The sentences that do not hold.
#[derive(Default)]
pub struct Broken(Vec<String>);

impl Broken {
    pub fn rule(&mut self, sentence: &str, holds: bool) {
        if !holds {
            self.0.push(sentence.to_string());
        }
    }

    /// The same for what must look the same; tells what it was.
    pub fn same<T: std::fmt::Debug>(&mut self, sentence: &str, got: T, wanted: T) {
        let (got, wanted) = (format!("{got:?}"), format!("{wanted:?}"));
        if got != wanted {
            self.0.push(format!("{sentence}: {got}"));
        }
    }
}

/// All bytes of a stream, asked for in pieces of so many.
pub async fn bytes_of(mut stream: StreamReader<u8>, piece: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let (result, got) = stream.read(Vec::with_capacity(piece)).await;
        bytes.extend(got);
        if !matches!(result, StreamResult::Complete(_)) {
            return bytes;
        }
    }
}

const MILLISECOND: u64 = 1_000_000;

impl Guest for Rules {
    async fn cli() -> Vec<String> {
        let mut broken = Broken::default();
        let variables = cli::environment::get_environment();
        broken.rule(
            "a granted variable is there",
            variables.contains(&("GREETING".into(), "hello".into())),
        );
        broken.rule("another one is not", variables.iter().all(|(key, _)| key != "TOKEN"));
        broken.same("a tool has no arguments", cli::environment::get_arguments(), vec![]);
        broken.same(
            "it has no directory that it starts in",
            cli::environment::get_initial_cwd(),
            None,
        );
        broken.rule(
            "nothing is a terminal",
            cli::terminal_stdin::get_terminal_stdin().is_none()
                && cli::terminal_stdout::get_terminal_stdout().is_none()
                && cli::terminal_stderr::get_terminal_stderr().is_none(),
        );

        let (input, outcome) = cli::stdin::read_via_stream();
        broken.same("the input is empty", bytes_of(input, 16).await, vec![]);
        broken.rule("and ends well", outcome.await.is_ok());
        let (input, outcome) = cli::stdin::read_via_stream();
        drop(input);
        broken.rule("the input ends well unread", outcome.await.is_ok());

        for (name, give) in [
            ("output", cli::stdout::write_via_stream as fn(StreamReader<u8>) -> _),
            ("error output", cli::stderr::write_via_stream),
        ] {
            let (mut writer, reader) = wit_stream::new::<u8>();
            let outcome = give(reader);
            for line in ["one\n", "two\n"] {
                let left = writer.write_all(line.as_bytes().to_vec()).await;
                broken.rule(&format!("the {name} takes all"), left.is_empty());
            }
            drop(writer);
            broken.rule(&format!("the {name} ends well"), outcome.await.is_ok());
        }
        broken.0
    }

    async fn clocks() -> Vec<String> {
        let mut broken = Broken::default();
        let start = monotonic_clock::now();
        monotonic_clock::wait_for(10 * MILLISECOND).await;
        let waited = monotonic_clock::now() - start;
        broken.rule("a wait lasts as long as asked", waited >= 10 * MILLISECOND);
        let start = monotonic_clock::now();
        monotonic_clock::wait_until(start + 10 * MILLISECOND).await;
        broken.rule(
            "a wait ends when asked",
            monotonic_clock::now() >= start + 10 * MILLISECOND,
        );
        let start = monotonic_clock::now();
        monotonic_clock::wait_for(0).await;
        monotonic_clock::wait_until(start).await;
        monotonic_clock::wait_until(start.saturating_sub(10 * MILLISECOND)).await;
        monotonic_clock::wait_until(0).await;
        broken.rule(
            "what is over is not waited for",
            monotonic_clock::now() - start < 1_000 * MILLISECOND,
        );
        let both = futures::join!(
            monotonic_clock::wait_for(20 * MILLISECOND),
            monotonic_clock::wait_for(20 * MILLISECOND)
        );
        broken.same("two waits go on side by side", both, ((), ()));
        broken.rule("the clock has a resolution", monotonic_clock::get_resolution() > 0);
        let first = system_clock::now();
        monotonic_clock::wait_for(5 * MILLISECOND).await;
        let second = system_clock::now();
        broken.rule(
            "the time of day goes on",
            (second.seconds, second.nanoseconds) > (first.seconds, first.nanoseconds),
        );
        broken.rule(
            "nanoseconds are less than a second",
            first.nanoseconds < 1_000_000_000 && second.nanoseconds < 1_000_000_000,
        );
        broken.rule("the time of day has a resolution", system_clock::get_resolution() > 0);
        broken.0
    }

    fn random() -> Vec<String> {
        let mut broken = Broken::default();
        for length in [0, 1, 256, 65_536, 100_000] {
            for (name, got) in [
                ("random", random::get_random_bytes(length)),
                ("insecure", insecure::get_insecure_random_bytes(length)),
            ] {
                let some = (1..=length).contains(&(got.len() as u64)) || length == 0 && got.is_empty();
                broken.rule(&format!("{length} {name} bytes are some, and no more"), some);
            }
        }
        let bytes = random::get_random_bytes(256);
        broken.rule("random bytes differ", bytes.iter().any(|byte| *byte != bytes[0]));
        let numbers: Vec<u64> = (0..4).map(|_| random::get_random_u64()).collect();
        broken.rule(
            "random numbers differ",
            numbers.iter().any(|number| *number != numbers[0]),
        );
        let numbers: Vec<u64> = (0..4).map(|_| insecure::get_insecure_random_u64()).collect();
        broken.rule(
            "insecure numbers differ",
            numbers.iter().any(|number| *number != numbers[0]),
        );
        broken.same(
            "the seed stays the same",
            insecure_seed::get_insecure_seed(),
            insecure_seed::get_insecure_seed(),
        );
        broken.0
    }

    async fn filesystem() -> Vec<String> {
        files::rules().await
    }

    async fn messages() -> Vec<String> {
        messages::rules().await
    }

    async fn http() -> Vec<String> {
        http::rules().await
    }
}
