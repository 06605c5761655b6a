//! The WIT as typed, with WASI's packages and what a prelude needs, as one resolved world.

use wit_component::WitPrinter;
use wit_parser::{Resolve, SourceMap, UnresolvedPackageGroup, WorldId, WorldItem};

use crate::problem::Problem;
use crate::wasi;

/// How problems call the WIT that was typed.
const TYPED: &str = "tool.wit";

pub struct World {
    pub resolve: Resolve,
    pub id: WorldId,
    /// The world as it was typed, without what a prelude adds.
    typed: WorldId,
}

/// Reads a world. `imports` are ids of interfaces, one a line, which are added to it.
pub fn read(wit: &str, imports: &str) -> Result<World, Problem> {
    let mut resolve = Resolve::default();
    let main = parse(TYPED, wit)?;
    let mut wanted = wasi::versions_in(wit);
    wanted.extend(wasi::versions_in(imports));
    wanted.sort_unstable();
    wanted.dedup();
    let mut packages = Vec::new();
    for patch in wanted {
        for text in wasi::packages(patch).unwrap_or_default() {
            packages.push(parse(&format!("wasi-0.2.{patch}"), &text)?);
        }
    }
    let package = resolve
        .push_groups(main, packages)
        .map_err(|error| Problem::resolving(&error, &resolve.source_map))?;
    let typed = resolve.select_world(&[package], None).map_err(|error| Problem::of(&choice(&resolve, &error)))?;
    let mut id = typed;
    if !imports.trim().is_empty() {
        let name = resolve.id_of_name(package, &resolve.worlds[typed].name);
        let rows: String = imports.lines().map(|import| format!("  import {import};\n")).collect();
        let text = format!("package tapedeck:prelude;\nworld with-prelude {{\n  include {name};\n{rows}}}\n");
        let wider = parse("prelude.wit", &text)?;
        let package = resolve
            .push_groups(wider, Vec::new())
            .map_err(|error| Problem::resolving(&error, &resolve.source_map))?;
        id = resolve.select_world(&[package], None)?;
    }
    Ok(World { resolve, id, typed })
}

fn parse(path: &str, text: &str) -> Result<UnresolvedPackageGroup, Problem> {
    let mut sources = SourceMap::default();
    sources.push_str(path, text);
    sources.parse().map_err(|(sources, error)| Problem::parsing(&error, &sources))
}

/// Why no world, or not one alone, was found.
fn choice(resolve: &Resolve, error: &anyhow::Error) -> String {
    match resolve.worlds.len() {
        0 => "there is no `world` in it".to_string(),
        _ => format!("{error:#}"),
    }
}

impl World {
    /// Whether it needs the engine that can suspend: an asynchronous function, a stream or a future.
    pub fn is_async(&self) -> bool {
        let world = &self.resolve.worlds[self.id];
        let items = world.imports.values().chain(world.exports.values());
        items.flat_map(|item| self.functions(item)).any(|function| {
            function.kind.is_async() || !function.find_futures_and_streams(&self.resolve).is_empty()
        })
    }

    fn functions<'a>(&'a self, item: &'a WorldItem) -> Vec<&'a wit_parser::Function> {
        match item {
            WorldItem::Function(function) => vec![function],
            WorldItem::Interface { id, .. } => self.resolve.interfaces[*id].functions.values().collect(),
            WorldItem::Type { .. } => Vec::new(),
        }
    }

    /// The package of the world as typed, with all others behind it, as text.
    pub fn print(&self) -> Result<String, Problem> {
        let main = self.resolve.worlds[self.typed].package.ok_or_else(|| Problem::of("a world without a package"))?;
        let others: Vec<_> = self.resolve.packages.iter().map(|(id, _)| id).filter(|id| *id != main).collect();
        let mut printer = WitPrinter::default();
        printer.print(&self.resolve, main, &others)?;
        Ok(printer.output.to_string())
    }
}
