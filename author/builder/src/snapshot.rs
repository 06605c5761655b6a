//! The state that a component was in after its `init`, as the component's beginning.

use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::task::{Context as TaskContext, Poll, Waker};

use anyhow::{Context, Result, bail};
use wasm_encoder::{Component, Module, RawSection};
use wasmparser::{Parser, Payload};
use wasmtime_wizer::ComponentInstanceState;

use crate::fields::Fields;
use crate::link::{Linked, accessor_name};
use crate::problem::Problem;
use crate::sections::sections;

pub fn snapshot(linked: &Linked, mut fields: Fields<'_>) -> Result<Vec<u8>, Problem> {
    let mut values = HashMap::new();
    while !fields.is_empty() {
        values.insert(fields.text()?, fields.bytes()?);
    }
    let mut state = State { values };
    let component = at_once(linked.wizer.snapshot_component(&linked.context, &mut state))?;
    Ok(stripped(&component?)?)
}

/// What was read elsewhere. It may have been anyone who wrote it: what is missing or of another size counts as zero.
struct State<'a> {
    values: HashMap<&'a str, &'a [u8]>,
}

impl State<'_> {
    fn number<const N: usize>(&self, name: &str) -> [u8; N] {
        self.values.get(accessor_name(name).as_str()).and_then(|bytes| (*bytes).try_into().ok()).unwrap_or([0; N])
    }
}

impl ComponentInstanceState for State<'_> {
    async fn call_func_ret_list_u8(&mut self, _: &str, name: &str, contents: impl FnOnce(&[u8]) + Send) {
        contents(self.values.get(accessor_name(name).as_str()).copied().unwrap_or_default());
    }

    async fn call_func_ret_s32(&mut self, _: &str, name: &str) -> i32 {
        i32::from_le_bytes(self.number(name))
    }

    async fn call_func_ret_s64(&mut self, _: &str, name: &str) -> i64 {
        i64::from_le_bytes(self.number(name))
    }

    async fn call_func_ret_f32(&mut self, _: &str, name: &str) -> u32 {
        u32::from_le_bytes(self.number(name))
    }

    async fn call_func_ret_f64(&mut self, _: &str, name: &str) -> u64 {
        u64::from_le_bytes(self.number(name))
    }
}

/// The value of a future that waits for nothing.
fn at_once<T>(future: impl Future<Output = T>) -> Result<T> {
    let mut future = pin!(future);
    match future.as_mut().poll(&mut TaskContext::from_waker(Waker::noop())) {
        Poll::Ready(value) => Ok(value),
        Poll::Pending => bail!("the snapshot waits for something"),
    }
}

/// The component without names of functions and notes of the tools that made its parts.
fn stripped(input: &[u8]) -> Result<Vec<u8>> {
    let is_component = Parser::is_component(input);
    let mut component = Component::new();
    let mut module = Module::new();
    for section in sections(input).context("the snapshot does not parse")? {
        let data: &[u8] = match section.payload {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => &stripped(section.data)?,
            Payload::CustomSection(custom) if is_note(custom.name()) => continue,
            _ => section.data,
        };
        let raw = RawSection { id: section.id, data };
        if is_component {
            component.section(&raw);
        } else {
            module.section(&raw);
        }
    }
    Ok(if is_component { component.finish() } else { module.finish() })
}

fn is_note(name: &str) -> bool {
    matches!(name, "name" | "component-name" | "producers" | "linking" | "sourceMappingURL" | "componentize-qjs:init-only")
        || name.starts_with(".debug_")
        || name.starts_with("reloc.")
}
