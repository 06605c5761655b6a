//! What `wasi:http/client` promises.

use crate::{Broken, bytes_of};
use wasip3::http::client::send;
use wasip3::http::types::{ErrorCode, Fields, Method, Request, Response, Scheme};
use wasip3::{wit_future, wit_stream};
use wit_bindgen::spawn_local;

struct Asked<'a> {
    method: Method,
    scheme: Option<Scheme>,
    authority: Option<&'a str>,
    path: Option<&'a str>,
    headers: &'a [(&'a str, &'a str)],
    /// Pieces of the body; none for no body at all.
    body: Option<Vec<Vec<u8>>>,
}

impl Default for Asked<'_> {
    fn default() -> Self {
        Asked {
            method: Method::Get,
            scheme: Some(Scheme::Https),
            authority: Some("allowed.example.com"),
            path: Some("/x"),
            headers: &[],
            body: None,
        }
    }
}

/// The response, and how the sending of the request ended.
async fn ask(asked: Asked<'_>) -> (Result<Response, ErrorCode>, Result<(), ErrorCode>) {
    let list: Vec<_> = asked
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
        .collect();
    let (trailers_writer, trailers) = wit_future::new(|| Ok(None));
    drop(trailers_writer);
    let contents = asked.body.map(|pieces| {
        let (mut writer, reader) = wit_stream::new::<u8>();
        spawn_local(async move {
            for piece in pieces {
                if !writer.write_all(piece).await.is_empty() {
                    break;
                }
            }
        });
        reader
    });
    let (request, sent) = Request::new(Fields::from_list(&list).unwrap(), contents, trailers, None);
    request.set_method(&asked.method).unwrap();
    request.set_scheme(asked.scheme.as_ref()).unwrap();
    request.set_authority(asked.authority).unwrap();
    request.set_path_with_query(asked.path).unwrap();
    futures::join!(send(request), async { sent.await })
}

async fn text(response: Response) -> (String, bool) {
    let (_, consumed) = wit_future::new(|| Ok(()));
    let (body, trailers) = Response::consume_body(response, consumed);
    let text = String::from_utf8_lossy(&bytes_of(body, 5).await).into_owned();
    (text, matches!(trailers.await, Ok(None)))
}

pub async fn rules() -> Vec<String> {
    let mut broken = Broken::default();
    answered(&mut broken).await;
    refused(&mut broken).await;
    broken.0
}

async fn answered(broken: &mut Broken) {
    let plain: &[(&str, &str)] = &[("x-one", "1"), ("accept", "text/plain")];
    let body = |text: &str| Some(vec![text.as_bytes().to_vec()]);
    for (name, asked) in [
        ("a GET", Asked::default()),
        ("a GET with fields", Asked { headers: plain, ..Asked::default() }),
        ("one without a path", Asked { path: None, ..Asked::default() }),
        ("a HEAD", Asked { method: Method::Head, ..Asked::default() }),
        ("a DELETE", Asked { method: Method::Delete, ..Asked::default() }),
        ("another method", Asked { method: Method::Other("PURGE".into()), ..Asked::default() }),
        ("a POST", Asked { method: Method::Post, body: body("sent"), ..Asked::default() }),
        ("a PUT of nothing", Asked { method: Method::Put, body: Some(vec![]), ..Asked::default() }),
        (
            "a POST of a megabyte",
            Asked { method: Method::Post, body: Some(vec![vec![7; 65_536]; 16]), ..Asked::default() },
        ),
        (
            "a body of the length that was said",
            Asked { method: Method::Post, headers: &[("content-length", "4")], body: body("four"), ..Asked::default() },
        ),
    ] {
        let is_head = matches!(asked.method, Method::Head);
        let (response, sent) = ask(asked).await;
        broken.rule(&format!("{name} is sent"), sent.is_ok());
        let Ok(response) = response else {
            broken.same(&format!("{name} is answered"), response.map(drop), Ok(()));
            continue;
        };
        broken.same(&format!("{name} has its status"), response.get_status_code(), 203);
        let kind = response.get_headers().get("content-type");
        broken.same(&format!("{name} has its fields"), kind, vec![b"text/plain".to_vec()]);
        let wanted = if is_head { "" } else { "from the route" };
        broken.same(&format!("{name} has its body"), text(response).await, (wanted.into(), true));
    }
    let (response, _) = ask(Asked::default()).await;
    drop(response);
    let both = futures::join!(ask(Asked::default()), ask(Asked::default()));
    broken.rule("two go side by side", both.0.0.is_ok() && both.1.0.is_ok());
}

async fn refused(broken: &mut Broken) {
    type Case<'a> = (&'a str, Asked<'a>, fn(&ErrorCode) -> bool);
    let body = |text: &str| Some(vec![text.as_bytes().to_vec()]);
    let cases: [Case; 6] = [
        ("another host", Asked { authority: Some("evil.example.com"), ..Asked::default() }, |error| {
            matches!(error, ErrorCode::HttpRequestDenied)
        }),
        ("no host", Asked { authority: None, ..Asked::default() }, |error| {
            matches!(error, ErrorCode::HttpRequestUriInvalid)
        }),
        (
            "an unknown scheme",
            Asked { scheme: Some(Scheme::Other("WS".into())), ..Asked::default() },
            |error| matches!(error, ErrorCode::HttpProtocolError),
        ),
        ("a port too high", Asked { authority: Some("allowed.example.com:99999"), ..Asked::default() }, |error| {
            matches!(error, ErrorCode::HttpRequestUriInvalid)
        }),
        (
            "a body that is too short",
            Asked { method: Method::Post, headers: &[("content-length", "11")], body: body("short"), ..Asked::default() },
            |error| matches!(error, ErrorCode::HttpRequestBodySize(Some(5))),
        ),
        (
            "a body that is too long",
            Asked { method: Method::Post, headers: &[("content-length", "2")], body: body("longer"), ..Asked::default() },
            |error| matches!(error, ErrorCode::HttpRequestBodySize(Some(6))),
        ),
    ];
    for (name, asked, is_expected) in cases {
        let (response, sent) = ask(asked).await;
        let error = response.map(drop).and(sent);
        if !error.as_ref().is_err_and(is_expected) {
            broken.rule(&format!("{name} is refused: {error:?}"), false);
        }
    }
}
