//! Says its arguments by WASI 0.3 and what it reads by WASI 0.2.

use wit_bindgen::StreamResult;

wasip3::cli::command::export!(Command);

struct Command;

impl wasip3::exports::cli::run::Guest for Command {
    async fn run() -> Result<(), ()> {
        let (mut input, outcome) = wasip3::cli::stdin::read_via_stream();
        let mut text = Vec::new();
        loop {
            let (result, piece) = input.read(Vec::with_capacity(1024)).await;
            text.extend(piece);
            if !matches!(result, StreamResult::Complete(_)) {
                break;
            }
        }
        outcome.await.map_err(|_| ())?;
        let arguments = wasip3::cli::environment::get_arguments().join(" ");
        let (mut writer, reader) = wasip3::wit_stream::new::<u8>();
        let written = wasip3::cli::stdout::write_via_stream(reader);
        writer.write_all(format!("0.3: {arguments}\n").into_bytes()).await;
        drop(writer);
        written.await.map_err(|_| ())?;
        println!("0.2: {}", String::from_utf8_lossy(&text));
        if arguments == "fail" { Err(()) } else { Ok(()) }
    }
}
