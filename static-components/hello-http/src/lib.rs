//! Answers every request with its method and its path.

use exports::wasi::http::incoming_handler::Guest;
use wasi::http::types::{
    Fields, IncomingRequest, Method, OutgoingBody, OutgoingResponse, ResponseOutparam,
};

wit_bindgen::generate!({ generate_all });

struct Hello;

export!(Hello);

impl Guest for Hello {
    fn handle(request: IncomingRequest, response_out: ResponseOutparam) {
        let path = request.path_with_query().unwrap_or_else(|| "/".into());
        let text = format!("Hello! You sent {} {path}\n", name_of(&request.method()));

        let headers = Fields::new();
        headers.append("content-type", b"text/plain; charset=utf-8").expect("the header is a fresh one, and well formed");
        let response = OutgoingResponse::new(headers);
        let body = response.body().expect("nobody has taken the body yet");

        // The response is handed over before its body is written, so that the server can pass on each part as it comes.
        ResponseOutparam::set(response_out, Ok(response));

        let stream = body.write().expect("nobody has taken the stream yet");
        // A caller who has gone away is no reason to trap.
        let sent = stream.blocking_write_and_flush(text.as_bytes());
        drop(stream);
        if sent.is_ok() {
            let _ = OutgoingBody::finish(body, None);
        }
    }
}

fn name_of(method: &Method) -> &str {
    match method {
        Method::Get => "GET",
        Method::Head => "HEAD",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
        Method::Connect => "CONNECT",
        Method::Options => "OPTIONS",
        Method::Trace => "TRACE",
        Method::Patch => "PATCH",
        Method::Other(name) => name,
    }
}
