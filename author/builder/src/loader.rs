//! The engine asks a host for the files of modules that a script imports. There are none here: what it asks for becomes a symbol that
//! nothing defines, and the linker puts a trap in its place. So no component made here has that import.

use anyhow::Result;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ImportSection, Module, RawSection};
use wasmparser::Payload;

use crate::sections::sections;

const LOADER: &str = "local:init/module-loader";

pub fn without_loader(runtime: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for section in sections(runtime)? {
        let Payload::ImportSection(imports) = section.payload else {
            module.section(&RawSection { id: section.id, data: section.data });
            continue;
        };
        let mut kept = ImportSection::new();
        for import in imports.into_imports() {
            let import = import?;
            let ty = RoundtripReencoder.entity_type(import.ty)?;
            if import.module == LOADER {
                kept.import("env", &format!("no_{}", import.name), ty);
            } else {
                kept.import(import.module, import.name, ty);
            }
        }
        module.section(&kept);
    }
    Ok(module.finish())
}
