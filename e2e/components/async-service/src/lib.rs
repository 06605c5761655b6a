//! Answers a request with its path and its body.

use wasip3::http::types::{ErrorCode, Fields, Request, Response};
use wasip3::{wit_future, wit_stream};
use wit_bindgen::{StreamResult, spawn_local};

wasip3::http::service::export!(Service);

struct Service;

impl wasip3::exports::http::handler::Guest for Service {
    async fn handle(request: Request) -> Result<Response, ErrorCode> {
        let path = request.get_path_with_query().unwrap_or_default();
        if path == "/fail" {
            return Err(ErrorCode::HttpRequestUriInvalid);
        }
        let headers = Fields::from_list(&[("content-type".to_string(), b"text/plain".to_vec())])
            .map_err(|_| ErrorCode::InternalError(None))?;
        let (_, consumed) = wit_future::new(|| Ok(()));
        let (mut body, _trailers) = Request::consume_body(request, consumed);
        let (mut writer, reader) = wit_stream::new::<u8>();
        let (trailers_writer, trailers) = wit_future::new(|| Ok(None));
        drop(trailers_writer);
        let (response, _sent) = Response::new(headers, Some(reader), trailers);
        response.set_status_code(201).map_err(|()| ErrorCode::InternalError(None))?;
        spawn_local(async move {
            writer.write_all(format!("{path}: ").into_bytes()).await;
            loop {
                let (result, piece) = body.read(Vec::with_capacity(65_536)).await;
                let ended = !matches!(result, StreamResult::Complete(_));
                if !writer.write_all(piece).await.is_empty() || ended {
                    break;
                }
            }
        });
        Ok(response)
    }
}
