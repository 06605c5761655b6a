//! One component of several: each is instantiated once, whoever uses it.

use std::collections::HashMap;

use wac_graph::types::Package;
use wac_graph::{CompositionGraph, EncodeError, EncodeOptions, NodeId};

use crate::fields::Fields;
use crate::problem::Problem;

/// What of one component provides an import of another.
struct Link<'a> {
    user: &'a str,
    import: &'a str,
    provider: &'a str,
    export: &'a str,
}

pub struct Parts<'a> {
    /// By name; the first is the one whose exports the whole has.
    components: Vec<(&'a str, &'a [u8])>,
    links: Vec<Link<'a>>,
}

pub struct Whole {
    pub bytes: Vec<u8>,
    /// What it exports of those that provide, since its own exports use their types.
    pub also: Vec<String>,
}

/// Names and contents up to an empty name, then links: who uses which import, and who provides it with which export.
pub fn read<'a>(fields: &mut Fields<'a>) -> Result<Parts<'a>, Problem> {
    let mut parts = Parts { components: Vec::new(), links: Vec::new() };
    loop {
        let name = fields.text()?;
        if name.is_empty() {
            break;
        }
        parts.components.push((name, fields.bytes()?));
    }
    while !fields.is_empty() {
        parts.links.push(Link {
            user: fields.text()?,
            import: fields.text()?,
            provider: fields.text()?,
            export: fields.text()?,
        });
    }
    Ok(parts)
}

/// Imports that no link provides stay imports of the whole, under their own names.
pub fn join(parts: &Parts) -> Result<Whole, Problem> {
    // A component whose exports use types of another one's interface is only valid beside that interface.
    match encode(parts, &[]) {
        Err(Failure::Invalid(_)) => {
            let mut also: Vec<String> = parts.links.iter().map(|link| link.export.to_string()).collect();
            also.sort();
            also.dedup();
            let bytes = encode(parts, &also).map_err(Problem::from)?;
            Ok(Whole { bytes, also })
        }
        other => Ok(Whole { bytes: other.map_err(Problem::from)?, also: Vec::new() }),
    }
}

enum Failure {
    /// What came out is no valid component.
    Invalid(Problem),
    Other(Problem),
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let (Failure::Invalid(problem) | Failure::Other(problem)) = failure;
        problem
    }
}

fn encode(parts: &Parts, also: &[String]) -> Result<Vec<u8>, Failure> {
    let graph = compose(parts, also).map_err(Failure::Other)?;
    graph.encode(EncodeOptions::default()).map_err(|error| match error {
        EncodeError::ValidationFailure { .. } => Failure::Invalid(error.into()),
        _ => Failure::Other(error.into()),
    })
}

fn compose(parts: &Parts, also: &[String]) -> Result<CompositionGraph, Problem> {
    let mut graph = CompositionGraph::new();
    let mut instances: HashMap<&str, NodeId> = HashMap::new();
    let mut exports = Vec::new();
    for (index, (name, bytes)) in parts.components.iter().enumerate() {
        let key = format!("tapedeck:part{index}");
        let package = Package::from_bytes(&key, None, *bytes, graph.types_mut())
            .map_err(|error| Problem::of(&format!("{name} cannot be read: {error:#}")))?;
        if index == 0 {
            exports = graph.types()[package.ty()].exports.keys().cloned().collect();
        }
        let package = graph.register_package(package)?;
        instances.insert(name, graph.instantiate(package));
    }
    let instance =
        |name: &str| instances.get(name).copied().ok_or_else(|| Problem::of(&format!("there is no component {name}")));
    let mut provided = HashMap::new();
    for link in &parts.links {
        let given = graph.alias_instance_export(instance(link.provider)?, link.export)?;
        graph.set_instantiation_argument(instance(link.user)?, link.import, given).map_err(|error| {
            let Problem(reason) = Problem::from(error);
            Problem::of(&format!("{} cannot provide {} for {}: {reason}", link.provider, link.import, link.user))
        })?;
        provided.insert(link.export, given);
    }
    for name in also.iter().filter(|name| !exports.contains(name)) {
        graph.export(provided[name.as_str()], name.as_str())?;
    }
    let root = parts.components.first().ok_or_else(|| Problem::of("there is no component"))?.0;
    for name in &exports {
        let given = graph.alias_instance_export(instance(root)?, name)?;
        graph.export(given, name)?;
    }
    Ok(graph)
}
