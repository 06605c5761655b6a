//! What the bindings cannot carry, refused by name and place before they are made.

use wit_parser::{FlagsRepr, Type, TypeDefKind, WorldItem};

use crate::problem::Problem;
use crate::world::World;

/// Refuses types and names that the engine has no values for.
pub fn refuse(world: &World) -> Result<(), Problem> {
    let resolve = &world.resolve;
    for (_, typedef) in resolve.types.iter() {
        let name = typedef.name.as_deref().unwrap_or("a type without a name");
        let what = match &typedef.kind {
            TypeDefKind::FixedLengthList(..) => "a list of fixed length",
            TypeDefKind::Flags(flags) if matches!(flags.repr(), FlagsRepr::U32(words) if words > 1) => {
                "more than 32 flags"
            }
            kind if parts(kind).iter().any(|part| matches!(part, Type::ErrorContext)) => "an error-context",
            _ => continue,
        };
        return Err(Problem::at(
            format!("{what} ({name}) is nothing the JavaScript engine has values for"),
            &resolve.source_map,
            typedef.span,
        ));
    }
    for (key, item) in &resolve.worlds[world.id].exports {
        if let WorldItem::Function(function) = item
            && function.name == "init"
        {
            return Err(Problem::at(
                "an export named `init` is taken: the engine starts by that name; choose another".to_string(),
                &resolve.source_map,
                function.span,
            ));
        }
        let _ = key;
    }
    Ok(())
}

fn parts(kind: &TypeDefKind) -> Vec<Type> {
    match kind {
        TypeDefKind::Record(record) => record.fields.iter().map(|field| field.ty).collect(),
        TypeDefKind::Tuple(tuple) => tuple.types.clone(),
        TypeDefKind::Variant(variant) => variant.cases.iter().filter_map(|case| case.ty).collect(),
        TypeDefKind::Option(part) | TypeDefKind::List(part) | TypeDefKind::Type(part) => vec![*part],
        TypeDefKind::Result(result) => result.ok.into_iter().chain(result.err).collect(),
        TypeDefKind::Map(key, value) => vec![*key, *value],
        TypeDefKind::Future(part) | TypeDefKind::Stream(part) => part.iter().copied().collect(),
        _ => Vec::new(),
    }
}
