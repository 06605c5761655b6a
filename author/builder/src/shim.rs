//! The script that the engine runs before all others: constructors of the streams and futures that a world has.

use wit_dylib::Metadata;
use wit_parser::{Resolve, Type, TypeDefKind, TypeId};

pub fn shim(resolve: &Resolve, metadata: &Metadata) -> String {
    let streams: Vec<_> = metadata.streams.iter().map(|stream| payload(resolve, stream.id)).collect();
    let futures: Vec<_> = metadata.futures.iter().map(|future| payload(resolve, future.id)).collect();
    let mut text = String::from("const wit = globalThis.wit = {};\n");
    if !streams.is_empty() {
        text.push_str(&constructor("Stream", "makeStream", &streams));
        text.push_str(STREAM_FROM);
    }
    if !futures.is_empty() {
        text.push_str(&constructor("Future", "makeFuture", &futures));
        text.push_str(FUTURE_FROM);
    }
    text
}

const STREAM_FROM: &str = "\
wit.Stream.from = (items, type) => {
  const { readable, writable } = wit.Stream(type);
  const write = async () => {
    try { for await (const item of items) if (!(await writable.writeIterableItem(item))) return; }
    finally { writable.drop(); }
  };
  return { readable, completion: write() };
};
";

const FUTURE_FROM: &str = "\
wit.Future.from = (value, type) => {
  const { readable, writable } = wit.Future(type);
  const write = async () => {
    try { await writable.write(await value); }
    finally { writable.drop(); }
  };
  return { readable, completion: write() };
};
";

/// One constructor for all types of a kind, which are numbered: `wit.Stream(wit.Stream.U8)`, or without a type where there is but one.
fn constructor(name: &str, native: &str, payloads: &[String]) -> String {
    let only = if payloads.len() == 1 { " ?? 0" } else { "" };
    let mut text = format!(
        "wit.{name} = (type) => {{ const of = type{only}; \
         if (of === undefined) throw new Error('wit.{name} needs a type: one of wit.{name}.types'); \
         return __cqjs.{native}(of); }};\nwit.{name}.types = {{}};\n"
    );
    let mut used: Vec<String> = Vec::new();
    for (index, payload) in payloads.iter().enumerate() {
        let same = used.iter().filter(|other| *other == payload).count();
        let key = if same == 0 { payload.clone() } else { format!("{payload}_{}", same + 1) };
        text.push_str(&format!("wit.{name}.{key} = wit.{name}.types.{key} = {index};\n"));
        used.push(payload.clone());
    }
    text
}

fn payload(resolve: &Resolve, id: TypeId) -> String {
    match &resolve.types[id].kind {
        TypeDefKind::Stream(of) | TypeDefKind::Future(of) => of.map_or("UNIT".to_string(), |of| constant(resolve, of)),
        _ => "OTHER".to_string(),
    }
}

/// A type as a constant: `U8`, `POINT`, `OPTION_STRING`.
fn constant(resolve: &Resolve, of: Type) -> String {
    let Type::Id(id) = of else {
        return format!("{of:?}").to_uppercase();
    };
    let typedef = &resolve.types[id];
    if let Some(name) = &typedef.name {
        return name.replace('-', "_").to_uppercase();
    }
    let all = |parts: &[Type]| parts.iter().map(|part| constant(resolve, *part)).collect::<Vec<_>>().join("_");
    match &typedef.kind {
        TypeDefKind::Option(part) => format!("OPTION_{}", constant(resolve, *part)),
        TypeDefKind::List(part) => format!("LIST_{}", constant(resolve, *part)),
        TypeDefKind::Tuple(tuple) => format!("TUPLE_{}", all(&tuple.types)),
        TypeDefKind::Map(key, value) => format!("MAP_{}", all(&[*key, *value])),
        TypeDefKind::Result(result) => {
            let part = |of: Option<Type>| of.map_or("VOID".to_string(), |of| constant(resolve, of));
            format!("RESULT_{}_{}", part(result.ok), part(result.err))
        }
        _ => "OTHER".to_string(),
    }
}
