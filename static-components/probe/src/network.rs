use crate::wasi::http::outgoing_handler::{OutgoingRequest, handle};
use crate::wasi::http::types::{Fields, Scheme};
use crate::{Attempt, Verdict, attempt};

pub fn attempts() -> Vec<Attempt> {
    use Verdict::{Granted, Refused};
    let https = || Scheme::Https;
    [
        ("the host that is granted", https(), "allowed.example.com", Granted),
        ("another host", https(), "denied.example.com", Refused),
        ("a host below the granted one", https(), "sub.allowed.example.com", Refused),
        ("a host that ends like the granted one", https(), "notallowed.example.com", Refused),
        ("a host that begins like the granted one", https(), "allowed.example.com.example.net", Refused),
        ("the granted host as a user name", https(), "allowed.example.com@denied.example.com", Refused),
        ("the granted host in a query", https(), "denied.example.com?allowed.example.com", Refused),
        ("the granted host in a fragment", https(), "denied.example.com#allowed.example.com", Refused),
        ("a backslash instead of a slash", https(), "denied.example.com\\allowed.example.com", Refused),
        ("a tab in the middle", https(), "denied.exa\tmple.com", Refused),
        ("an empty host", https(), "", Refused),
        ("the host this runs on", Scheme::Http, "127.0.0.1", Refused),
        ("the same, as one number", Scheme::Http, "2130706433", Refused),
        ("the same, by name", Scheme::Http, "localhost", Refused),
        ("the same, in version 6", Scheme::Http, "[::1]", Refused),
        ("a private network", Scheme::Http, "192.168.0.1", Refused),
        ("where clouds keep their keys", Scheme::Http, "169.254.169.254", Refused),
        ("a scheme that is not HTTP", Scheme::Other("file".into()), "", Refused),
        ("another scheme that is not HTTP", Scheme::Other("ws".into()), "allowed.example.com", Refused),
    ]
    .into_iter()
    .map(|(what, scheme, authority, expected)| attempt(what, authority, expected, request(scheme, authority)))
    .collect()
}

/// Sends a GET for `/`. Ok is the status of the answer.
fn request(scheme: Scheme, authority: &str) -> Result<String, String> {
    let request = OutgoingRequest::new(Fields::new());
    request.set_scheme(Some(&scheme)).map_err(|()| "not a valid scheme")?;
    request.set_authority(Some(authority)).map_err(|()| "not a valid authority")?;
    request.set_path_with_query(Some("/")).map_err(|()| "not a valid path")?;

    let pending = handle(request, None).map_err(|error| error.to_string())?;
    pending.subscribe().block();
    let answer = pending.get().ok_or("no answer")?.map_err(|()| "answered twice")?;
    answer.map(|response| format!("status {}", response.status())).map_err(|error| error.to_string())
}
