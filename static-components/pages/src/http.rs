//! A GET request over `wasi:http`, from URL to the last byte of the body.

use crate::wasi::http::outgoing_handler::{OutgoingRequest, handle};
use crate::wasi::http::types::{Fields, IncomingBody, IncomingResponse, Scheme};
use crate::wasi::io::streams::{InputStream, StreamError};

pub struct Response {
    pub status: u16,
    pub body: Vec<u8>,
}

pub fn get(url: &str) -> Result<Response, String> {
    let (scheme, authority, path) = split(url)?;
    let headers = Fields::new();
    headers
        .append("accept", b"text/markdown, text/plain;q=0.9, */*;q=0.5")
        .map_err(|error| error.to_string())?;

    // A request is a GET until it is told otherwise.
    let request = OutgoingRequest::new(headers);
    request.set_scheme(Some(&scheme)).map_err(|()| format!("Not a scheme that can be fetched: {url}"))?;
    request.set_authority(Some(authority)).map_err(|()| format!("Not a host: {authority}"))?;
    request.set_path_with_query(Some(&path)).map_err(|()| format!("Not a path: {path}"))?;

    let pending = handle(request, None).map_err(|error| format!("Request was not sent: {error}"))?;
    pending.subscribe().block();
    let response = pending
        .get()
        .ok_or("The response was announced but is not there")?
        .map_err(|()| "The response was taken already")?
        .map_err(|error| format!("Request failed: {error}"))?;
    Ok(Response { status: response.status(), body: read_body(response)? })
}

/// Scheme, host with port, and path with query. A fragment is the browser's own business and is left out.
fn split(url: &str) -> Result<(Scheme, &str, String), String> {
    let url = url.trim();
    let (scheme, rest) = url.split_once("://").ok_or_else(|| format!("Not an absolute URL: {url}"))?;
    let scheme = match scheme.to_ascii_lowercase().as_str() {
        "https" => Scheme::Https,
        "http" => Scheme::Http,
        _ => return Err(format!("Not a scheme that can be fetched: {scheme}")),
    };
    let rest = rest.split('#').next().unwrap_or_default();
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let slash = if path.starts_with('/') { "" } else { "/" };
    Ok((scheme, authority, format!("{slash}{path}")))
}

fn read_body(response: IncomingResponse) -> Result<Vec<u8>, String> {
    let body = response.consume().map_err(|()| "The body was taken already")?;
    let bytes = read_to_end(&body.stream().map_err(|()| "The body has no stream")?);
    IncomingBody::finish(body);
    bytes
}

fn read_to_end(stream: &InputStream) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    loop {
        match stream.blocking_read(64 * 1024) {
            Ok(chunk) => bytes.extend(chunk),
            Err(StreamError::Closed) => return Ok(bytes),
            Err(StreamError::LastOperationFailed(error)) => return Err(error.to_debug_string()),
        }
    }
}
