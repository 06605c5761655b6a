//! Uses WASI 0.3 and the asynchronous side of components in every way that a test needs.

use wasip3::filesystem::{preopens, types as files};
use wasip3::http::{client, types as http};
use wit_bindgen::{FutureReader, StreamReader, StreamResult, spawn_local};

wit_bindgen::generate!();

struct Probe;

export!(Probe);

/// The most bytes that are asked for at once.
const PIECE: usize = 65_536;

/// Gives what is made by `next`, until it makes nothing or nobody reads any more.
macro_rules! stream_of {
    ($new:expr, $next:expr) => {{
        let (mut writer, reader) = $new;
        spawn_local(async move {
            let mut next = $next;
            while let Some(items) = next() {
                if !writer.write_all(items).await.is_empty() {
                    break;
                }
            }
        });
        reader
    }};
}

async fn text_of(mut stream: StreamReader<u8>) -> String {
    let mut bytes = Vec::new();
    loop {
        let (result, piece) = stream.read(Vec::with_capacity(PIECE)).await;
        bytes.extend(piece);
        if !matches!(result, StreamResult::Complete(_)) {
            return String::from_utf8_lossy(&bytes).into_owned();
        }
    }
}

/// The directory that holds a path, and the path in it.
fn place(path: &str) -> Result<(files::Descriptor, String), String> {
    preopens::get_directories()
        .into_iter()
        .filter(|(_, root)| path.starts_with(root.as_str()))
        .max_by_key(|(_, root)| root.len())
        .map(|(directory, root)| {
            let inside = path[root.len()..].trim_start_matches('/');
            (directory, if inside.is_empty() { "." } else { inside }.to_string())
        })
        .ok_or_else(|| "no directory".to_string())
}

impl Guest for Probe {
    async fn echo_later(text: String, milliseconds: u32) -> String {
        wasip3::clocks::monotonic_clock::wait_for(u64::from(milliseconds) * 1_000_000).await;
        text
    }

    async fn fail_later() -> Result<u32, String> {
        wasip3::clocks::monotonic_clock::wait_for(1_000_000).await;
        Err("as asked".to_string())
    }

    async fn count(below: u32) -> StreamReader<u32> {
        let mut at = 0;
        stream_of!(wit_stream::new::<u32>(), move || {
            let piece: Vec<u32> = (at..below).take(1000).collect();
            at += piece.len() as u32;
            (!piece.is_empty()).then_some(piece)
        })
    }

    async fn zeros(length: u64) -> StreamReader<u8> {
        let mut left = length;
        stream_of!(wit_stream::new::<u8>(), move || {
            let size = left.min(PIECE as u64);
            left -= size;
            (size > 0).then(|| vec![0; size as usize])
        })
    }

    async fn shout(mut text: StreamReader<u8>) -> StreamReader<u8> {
        let (mut writer, reader) = wit_stream::new::<u8>();
        spawn_local(async move {
            loop {
                let (result, piece) = text.read(Vec::with_capacity(PIECE)).await;
                let loud = piece.to_ascii_uppercase();
                let ended = !matches!(result, StreamResult::Complete(_));
                if !writer.write_all(loud).await.is_empty() || ended {
                    break;
                }
            }
        });
        reader
    }

    async fn sum(mut numbers: StreamReader<u32>) -> u64 {
        let mut sum = 0;
        while let Some(number) = numbers.next().await {
            sum += u64::from(number);
        }
        sum
    }

    async fn exclaim(text: FutureReader<String>) -> FutureReader<String> {
        let (writer, reader) = wit_future::new::<String>(String::new);
        spawn_local(async move {
            let text = text.await;
            let _ = writer.write(format!("{text}!")).await;
        });
        reader
    }

    async fn label(mut words: StreamReader<String>) -> StreamReader<(u32, String)> {
        let (mut writer, reader) = wit_stream::new::<(u32, String)>();
        spawn_local(async move {
            let mut number = 0;
            while let Some(word) = words.next().await {
                number += 1;
                if !writer.write_all(vec![(number, word)]).await.is_empty() {
                    break;
                }
            }
        });
        reader
    }

    async fn stuck() -> StreamReader<u32> {
        let (mut writer, reader) = wit_stream::new::<u32>();
        spawn_local(async move {
            writer.write_all(vec![1]).await;
            std::future::pending::<()>().await;
            drop(writer);
        });
        reader
    }

    async fn take(mut numbers: StreamReader<u32>, many: u32) -> Vec<u32> {
        let mut taken = Vec::new();
        while taken.len() < many as usize {
            match numbers.next().await {
                Some(number) => taken.push(number),
                None => break,
            }
        }
        taken
    }

    async fn read_file(path: String) -> Result<String, String> {
        let (directory, inside) = place(&path)?;
        let file = directory
            .open_at(
                files::PathFlags::SYMLINK_FOLLOW,
                inside,
                files::OpenFlags::empty(),
                files::DescriptorFlags::READ,
            )
            .await
            .map_err(|error| format!("{error:?}"))?;
        let (bytes, outcome) = file.read_via_stream(0);
        let text = text_of(bytes).await;
        outcome.await.map_err(|error| format!("{error:?}"))?;
        Ok(text)
    }

    async fn write_file(path: String, text: String) -> Result<(), String> {
        let (directory, inside) = place(&path)?;
        let file = directory
            .open_at(
                files::PathFlags::empty(),
                inside,
                files::OpenFlags::CREATE | files::OpenFlags::TRUNCATE,
                files::DescriptorFlags::WRITE,
            )
            .await
            .map_err(|error| format!("{error:?}"))?;
        let (mut writer, reader) = wasip3::wit_stream::new::<u8>();
        let outcome = file.write_via_stream(reader, 0);
        writer.write_all(text.into_bytes()).await;
        drop(writer);
        outcome.await.map_err(|error| format!("{error:?}"))
    }

    async fn list_directory(path: String) -> Result<Vec<String>, String> {
        let (directory, inside) = place(&path)?;
        let directory = directory
            .open_at(
                files::PathFlags::SYMLINK_FOLLOW,
                inside,
                files::OpenFlags::DIRECTORY,
                files::DescriptorFlags::READ,
            )
            .await
            .map_err(|error| format!("{error:?}"))?;
        let (mut entries, outcome) = directory.read_directory();
        let mut names = Vec::new();
        while let Some(entry) = entries.next().await {
            names.push(entry.name);
        }
        outcome.await.map_err(|error| format!("{error:?}"))?;
        names.sort();
        Ok(names)
    }

    async fn fetch(url_authority: String, path: String, body: Option<String>) -> Result<String, String> {
        let headers = http::Fields::new();
        let (trailers_writer, trailers) = wasip3::wit_future::new(|| Ok(None));
        drop(trailers_writer);
        let has_body = body.is_some();
        let contents = body.map(|text| {
            let (mut writer, reader) = wasip3::wit_stream::new::<u8>();
            spawn_local(async move {
                writer.write_all(text.into_bytes()).await;
            });
            reader
        });
        let (request, _sent) = http::Request::new(headers, contents, trailers, None);
        let method = if has_body { http::Method::Post } else { http::Method::Get };
        request.set_method(&method).map_err(|()| "method".to_string())?;
        request.set_scheme(Some(&http::Scheme::Https)).map_err(|()| "scheme".to_string())?;
        request.set_authority(Some(&url_authority)).map_err(|()| "authority".to_string())?;
        request.set_path_with_query(Some(&path)).map_err(|()| "path".to_string())?;
        let response = client::send(request).await.map_err(|error| format!("{error:?}"))?;
        let status = response.get_status_code();
        let (_, consumed) = wasip3::wit_future::new(|| Ok(()));
        let (contents, _trailers) = http::Response::consume_body(response, consumed);
        Ok(format!("{status} {}", text_of(contents).await))
    }

    async fn connect() -> Result<(), String> {
        use wasip3::sockets::types::{IpAddressFamily, IpSocketAddress, Ipv4SocketAddress, TcpSocket};
        let socket = TcpSocket::create(IpAddressFamily::Ipv4).map_err(|error| format!("{error:?}"))?;
        let address = Ipv4SocketAddress { port: 80, address: (192, 0, 2, 1) };
        socket.connect(IpSocketAddress::Ipv4(address)).await.map_err(|error| format!("{error:?}"))
    }

    fn surroundings() -> Vec<String> {
        let variables = wasip3::cli::environment::get_environment();
        let mut lines: Vec<String> = variables.iter().map(|(key, value)| format!("{key}={value}")).collect();
        lines.push(format!("{} seconds", wasip3::clocks::system_clock::now().seconds));
        lines.push(format!("{} random bytes", wasip3::random::random::get_random_bytes(7).len()));
        lines
    }

    async fn say(text: String) {
        let (mut writer, reader) = wasip3::wit_stream::new::<u8>();
        let outcome = wasip3::cli::stdout::write_via_stream(reader);
        writer.write_all(text.into_bytes()).await;
        drop(writer);
        let _ = outcome.await;
    }
}
