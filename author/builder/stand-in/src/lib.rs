//! What `wasmtime-wizer` takes from `wasmtime` while it only rewrites components: errors.

pub use anyhow_crate::{Error, Result, anyhow as format_err, bail, ensure};

pub mod error {
    pub use anyhow_crate::Context;
}
