//! Moves much, and waits for several things at once.

use std::fmt::Debug;
use wasi::clocks::monotonic_clock::{now, subscribe_duration};
use wasi::filesystem::preopens::get_directories;
use wasi::filesystem::types::{Descriptor, DescriptorFlags, OpenFlags, PathFlags};
use wasi::http::outgoing_handler::handle;
use wasi::http::types::{Fields, IncomingBody, OutgoingRequest, Scheme};
use wasi::io::poll::poll;
use wasi::io::streams::StreamError;

wit_bindgen::generate!({ generate_all });

struct Heavy;

export!(Heavy);

const NANOSECONDS: u64 = 1_000_000;
const CHUNK: u64 = 1 << 20;

fn words<E: Debug>(error: E) -> String {
    format!("{error:?}")
}

fn data() -> Result<Descriptor, String> {
    get_directories()
        .into_iter()
        .find(|(_, path)| path == "/data")
        .map(|(directory, _)| directory)
        .ok_or("no /data".into())
}

fn create(data: &Descriptor, name: &str) -> Result<Descriptor, String> {
    data.open_at(
        PathFlags::empty(),
        name,
        OpenFlags::CREATE | OpenFlags::TRUNCATE,
        DescriptorFlags::WRITE,
    )
    .map_err(words)
}

impl Guest for Heavy {
    fn read_file(name: String) -> Result<(u64, u64), String> {
        let file = data()?
            .open_at(PathFlags::empty(), &name, OpenFlags::empty(), DescriptorFlags::READ)
            .map_err(words)?;
        let stream = file.read_via_stream(0).map_err(words)?;
        let (mut length, mut sum) = (0, 0);
        loop {
            match stream.blocking_read(CHUNK) {
                Ok(bytes) => {
                    length += bytes.len() as u64;
                    sum += bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>();
                }
                Err(StreamError::Closed) => return Ok((length, sum)),
                Err(error) => return Err(words(error)),
            }
        }
    }

    fn write_files(directory: String, count: u32) -> Result<u32, String> {
        let data = data()?;
        data.create_directory_at(&directory).map_err(words)?;
        for number in 0..count {
            let file = create(&data, &format!("{directory}/{number}.txt"))?;
            file.write(format!("file {number}\n").as_bytes(), 0).map_err(words)?;
        }
        Ok(count)
    }

    fn write_file(name: String, size: u64) -> Result<u64, String> {
        let stream = create(&data()?, &name)?.write_via_stream(0).map_err(words)?;
        let chunk = vec![b'x'; CHUNK as usize];
        let mut left = size;
        while left > 0 {
            let length = left.min(stream.check_write().map_err(words)?).min(CHUNK);
            stream.write(&chunk[..length as usize]).map_err(words)?;
            left -= length;
        }
        stream.blocking_flush().map_err(words)?;
        Ok(size)
    }

    fn receive(authority: String, path: String, tick_milliseconds: u32) -> Result<(u64, u32), String> {
        let request = OutgoingRequest::new(Fields::new());
        request.set_scheme(Some(&Scheme::Http)).map_err(words)?;
        request.set_authority(Some(&authority)).map_err(words)?;
        request.set_path_with_query(Some(&path)).map_err(words)?;
        let pending = handle(request, None).map_err(words)?;
        let arrived = pending.subscribe();
        let mut ticks = 0;
        let tick = || subscribe_duration(u64::from(tick_milliseconds) * NANOSECONDS);
        let mut timer = tick();
        // Whichever of the two is there first, until it is the response.
        while !poll(&[&arrived, &timer]).contains(&0) {
            ticks += 1;
            timer = tick();
        }
        drop(arrived);
        let response = pending.get().ok_or("no response")?.map_err(words)?.map_err(words)?;
        let body = response.consume().map_err(words)?;
        let stream = body.stream().map_err(words)?;
        let more = stream.subscribe();
        let mut received = 0;
        loop {
            if !poll(&[&more, &timer]).contains(&0) {
                ticks += 1;
                timer = tick();
                continue;
            }
            match stream.read(CHUNK) {
                Ok(bytes) => received += bytes.len() as u64,
                Err(StreamError::Closed) => break,
                Err(error) => return Err(words(error)),
            }
        }
        drop(more);
        drop(stream);
        IncomingBody::finish(body);
        Ok((received, ticks))
    }

    fn everything(name: String, count: u32, authority: String, path: String) -> Result<Report, String> {
        let (read, sum) = Self::read_file(name)?;
        let files = Self::write_files("many".into(), count)?;
        let (received, ticks) = Self::receive(authority, path, 5)?;
        let start = now();
        subscribe_duration(200 * NANOSECONDS).block();
        Ok(Report {
            read,
            sum,
            files,
            received,
            ticks,
            slept: (now() - start) / NANOSECONDS,
        })
    }

    fn rewrite(names: Vec<String>, size: u32) {
        let Ok(data) = data() else { return };
        let content = vec![b'!'; size as usize];
        loop {
            for name in &names {
                let Ok(file) = create(&data, name) else { return };
                let _ = file.write(&content, 0);
                // A breath, so that the call can be ended between any two writes.
                subscribe_duration(0).block();
            }
        }
    }
}
