//! What `wasi:http/types` promises before anything is sent.

use crate::{Broken, bytes_of};
use wasip3::http::types::{
    ErrorCode, Fields, HeaderError, Method, Request, RequestOptions, Response, Scheme,
};
use wasip3::{wit_future, wit_stream};

type Entries = Vec<(String, Vec<u8>)>;

fn entries(list: &[(&str, &str)]) -> Entries {
    list.iter()
        .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
        .collect()
}

fn code(error: HeaderError) -> &'static str {
    match error {
        HeaderError::InvalidSyntax => "syntax",
        HeaderError::Forbidden => "forbidden",
        HeaderError::Immutable => "immutable",
        HeaderError::SizeExceeded => "size",
        HeaderError::Other(_) => "other",
    }
}

fn request(headers: Fields) -> Request {
    let (_, trailers) = wit_future::new(|| Ok(None));
    Request::new(headers, None, trailers, None).0
}

pub async fn rules() -> Vec<String> {
    let mut broken = Broken::default();
    fields(&mut broken);
    requests(&mut broken);
    responses(&mut broken).await;
    broken.0
}

fn fields(broken: &mut Broken) {
    let list = entries(&[("foo", "bar"), ("Foo", "qux"), ("baz", "")]);
    let fields = Fields::from_list(&list).unwrap();
    let values = |texts: &[&str]| texts.iter().map(|text| text.as_bytes().to_vec()).collect::<Vec<_>>();
    broken.same("a name has all its values", fields.get("FOO"), values(&["bar", "qux"]));
    broken.rule("it is there", fields.has("foo") && fields.has("baz") && !fields.has("nope"));
    broken.same("a missing one has none", fields.get("nope"), values(&[]));
    broken.same("an empty value is one", fields.get("baz"), values(&[""]));
    broken.same("none is lost", fields.copy_all().len(), 3);
    broken.same("one is set", fields.set("foo", &values(&["new"])).map_err(code), Ok(()));
    broken.same("in the place of all", fields.get("foo"), values(&["new"]));
    broken.same("one is added", fields.append("foo", b"more").map_err(code), Ok(()));
    broken.same(
        "and taken",
        fields.get_and_delete("foo").map_err(code),
        Ok(values(&["new", "more"])),
    );
    broken.same("with all of it", fields.get("foo"), values(&[]));
    broken.same("one is deleted", fields.delete("baz").map_err(code), Ok(()));
    broken.same("the last", fields.copy_all().len(), 0);
    for name in ["", "with blank", "b\u{fc}", "new\nline", "co:lon"] {
        broken.same(
            &format!("{name:?} is no name"),
            fields.append(name, b"x").map_err(code),
            Err("syntax"),
        );
    }
    broken.same(
        "a value has one line",
        fields.append("ok", b"a\nb").map_err(code),
        Err("syntax"),
    );
    let refused = Fields::from_list(&entries(&[("no way", "x")])).map(drop).map_err(code);
    broken.same("nor does a list hold it", refused, Err("syntax"));
    for name in ["connection", "keep-alive", "host", "transfer-encoding", "upgrade"] {
        let refused = fields.append(name, b"x").map_err(code);
        broken.same(&format!("{name} is not the guest's"), refused, Err("forbidden"));
    }
}

fn requests(broken: &mut Broken) {
    let headers = Fields::from_list(&entries(&[("x-one", "1")])).unwrap();
    let request = request(headers);
    broken.rule("a request is a GET", matches!(request.get_method(), Method::Get));
    broken.same("to nowhere", request.get_path_with_query(), None);
    broken.rule("by nothing", request.get_scheme().is_none() && request.get_authority().is_none());
    let methods = ["PURGE", "custom-1"];
    for method in methods {
        let set = request.set_method(&Method::Other(method.into()));
        broken.same("a method may be any word", set, Ok(()));
    }
    for method in ["", "bad method", "b\u{fc}"] {
        let set = request.set_method(&Method::Other(method.into()));
        broken.same(&format!("{method:?} is no method"), set, Err(()));
    }
    broken.same("a path is set", request.set_path_with_query(Some("/a?b=c")), Ok(()));
    broken.same("and told", request.get_path_with_query(), Some("/a?b=c".into()));
    for path in ["/with blank", "/new\nline"] {
        broken.same(
            &format!("{path:?} is no path"),
            request.set_path_with_query(Some(path)),
            Err(()),
        );
    }
    broken.same("a host is set", request.set_authority(Some("example.com:8080")), Ok(()));
    broken.same("and told", request.get_authority(), Some("example.com:8080".into()));
    for host in ["exa mple.com", "a.example/path"] {
        broken.same(
            &format!("{host:?} is no host"),
            request.set_authority(Some(host)),
            Err(()),
        );
    }
    broken.same("a scheme is set", request.set_scheme(Some(&Scheme::Https)), Ok(()));
    broken.rule("and told", matches!(request.get_scheme(), Some(Scheme::Https)));
    broken.same(
        "any word is one",
        request.set_scheme(Some(&Scheme::Other("ftp".into()))),
        Ok(()),
    );
    broken.same(
        "but no other text",
        request.set_scheme(Some(&Scheme::Other("1 2".into()))),
        Err(()),
    );
    let fixed = request.get_headers();
    broken.same("its fields are its own", fixed.get("x-one"), vec![b"1".to_vec()]);
    broken.same("and fixed", fixed.append("x-two", b"2").map_err(code), Err("immutable"));
    let copy = fixed.clone();
    broken.same("a copy is not", copy.append("x-two", b"2").map_err(code), Ok(()));

    let options = RequestOptions::new();
    broken.same("no time is set", options.get_connect_timeout(), None);
    broken.rule("one is", options.set_connect_timeout(Some(5)).is_ok());
    broken.same("and told", options.get_connect_timeout(), Some(5));
    broken.rule(
        "others too",
        options.set_first_byte_timeout(Some(6)).is_ok() && options.set_between_bytes_timeout(Some(7)).is_ok(),
    );
    let copy = options.clone();
    broken.same(
        "a copy has them",
        (copy.get_first_byte_timeout(), copy.get_between_bytes_timeout()),
        (Some(6), Some(7)),
    );
}

async fn responses(broken: &mut Broken) {
    let (mut writer, contents) = wit_stream::new::<u8>();
    let (trailers_writer, trailers) = wit_future::new::<Result<Option<Fields>, ErrorCode>>(|| Ok(None));
    let headers = Fields::from_list(&entries(&[("content-type", "text/plain")])).unwrap();
    let (response, _sent) = Response::new(headers, Some(contents), trailers);
    broken.same("a response is a 200", response.get_status_code(), 200);
    broken.same("or another", response.set_status_code(404), Ok(()));
    broken.same("as it is told", response.get_status_code(), 404);
    broken.same("99 is none", response.set_status_code(99), Err(()));
    broken.same("nor is 1000", response.set_status_code(1000), Err(()));
    broken.same("it has its fields", response.get_headers().copy_all().len(), 1);
    let (_, consumed) = wit_future::new(|| Ok(()));
    let (body, after) = Response::consume_body(response, consumed);
    let writing = async move {
        writer.write_all(b"hello ".to_vec()).await;
        writer.write_all(b"world".to_vec()).await;
        drop(writer);
        let list = Fields::from_list(&entries(&[("checksum", "1")])).unwrap();
        let _ = trailers_writer.write(Ok(Some(list))).await;
    };
    let reading = async move { (bytes_of(body, 4).await, after.await) };
    let ((body, trailers), ()) = futures::join!(reading, writing);
    broken.same("its body is what was written", body, b"hello world".to_vec());
    let trailers = trailers.map(|fields| fields.map(|fields| fields.copy_all().len()));
    broken.rule("and its trailers come after", matches!(trailers, Ok(Some(1))));
}
