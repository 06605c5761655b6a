//! Engine, bindings and the preview 1 adapter as one component, whose state can be read.

use anyhow::{Context, Result, bail};
use wasi_preview1_component_adapter_provider::WASI_SNAPSHOT_PREVIEW1_REACTOR_ADAPTER;
use wasm_encoder::reencode::{ReencodeComponent, RoundtripReencoder};
use wasm_encoder::{Component, ComponentExportSection, ComponentInstanceSection, RawSection};
use wasmparser::{ComponentInstance, Payload};
use wasmtime_wizer::{ComponentContext, Wizer};
use wit_component::{Linker, StringEncoding, embed_component_metadata};

use crate::loader::without_loader;
use crate::sections::sections;
use crate::shim::shim;
use crate::world::World;

/// What `init` is called while it is there: no core module exports anything of this name, so that to hide it hides nothing else.
const INIT: &str = "tapedeck-init";

/// A component that waits for its snapshot.
pub struct Linked {
    pub wizer: Wizer,
    pub context: ComponentContext<'static>,
}

impl Linked {
    pub fn init_name(&self) -> &str {
        self.wizer.get_init_func()
    }
}

/// Gives also the component to run `init` of, and the shim that `init` takes.
pub fn link(world: &World, runtime: &[u8]) -> Result<(Linked, Vec<u8>, String)> {
    let (mut bindings, metadata) =
        wit_dylib::create_with_metadata(&world.resolve, world.id, None).context("the bindings cannot be made")?;
    let shim = shim(&world.resolve, &metadata);
    embed_component_metadata(&mut bindings, &world.resolve, world.id, StringEncoding::UTF8, false)?;
    let mut linker = Linker::default();
    linker.stub_missing_functions(true);
    linker.library("engine.wasm", &without_loader(runtime)?, false)?;
    linker.library("bindings.wasm", &bindings, false)?;
    linker.encoder().validate(true);
    linker.encoder().adapter("wasi_snapshot_preview1", WASI_SNAPSHOT_PREVIEW1_REACTOR_ADAPTER)?;
    let component = renamed(&linker.encode().context("engine and bindings do not fit together")?)?;
    let mut wizer = Wizer::new();
    wizer.init_func(INIT);
    // One at a time is kept, and each is as large as the component itself.
    let component: &'static [u8] = Box::leak(component.into_boxed_slice());
    let (context, instrumented) = wizer.instrument_component(component)?;
    Ok((Linked { wizer, context }, with_plain_accessors(&instrumented)?, shim))
}

/// The instrumented component with its accessors named otherwise: code that is generated for it has a `memory0` of its own.
fn with_plain_accessors(instrumented: &[u8]) -> Result<Vec<u8>> {
    let found = sections(instrumented)?;
    let last = found.iter().rposition(|section| matches!(section.payload, Payload::ComponentInstanceSection(_)));
    let mut output = Component::new();
    for (index, section) in found.into_iter().enumerate() {
        let Payload::ComponentInstanceSection(instances) = section.payload else {
            output.section(&RawSection { id: section.id, data: section.data });
            continue;
        };
        if Some(index) != last {
            output.section(&RawSection { id: section.id, data: section.data });
            continue;
        }
        let mut kept = ComponentInstanceSection::new();
        for instance in instances {
            let ComponentInstance::FromExports(exports) = instance? else {
                bail!("the accessors are not where they were");
            };
            let items: Vec<_> = exports.iter().map(|export| (accessor_name(export.name.name), export)).collect();
            kept.export_items(items.iter().map(|(name, export)| (name.as_str(), export.kind.into(), export.index)));
        }
        output.section(&kept);
    }
    Ok(output.finish())
}

/// What an accessor of the wizer is called for whoever reads the state.
pub fn accessor_name(name: &str) -> String {
    format!("state-{name}")
}

/// The component with the outermost export `init` under its other name.
fn renamed(component: &[u8]) -> Result<Vec<u8>> {
    let mut output = Component::new();
    let mut found = false;
    for section in sections(component)? {
        let Payload::ComponentExportSection(exports) = section.payload else {
            output.section(&RawSection { id: section.id, data: section.data });
            continue;
        };
        let mut kept = ComponentExportSection::new();
        for export in exports {
            let mut export = export?;
            if export.name.name == "init" {
                found = true;
                export.name.name = INIT;
            }
            RoundtripReencoder.parse_component_export(&mut kept, export)?;
        }
        output.section(&kept);
    }
    if !found {
        bail!("the engine has no start");
    }
    Ok(output.finish())
}
