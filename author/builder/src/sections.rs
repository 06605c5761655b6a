//! The outermost sections of a module or component, as they are.

use anyhow::Result;
use wasmparser::{Parser, Payload};

pub struct Section<'a> {
    pub payload: Payload<'a>,
    pub id: u8,
    pub data: &'a [u8],
}

pub fn sections(input: &[u8]) -> Result<Vec<Section<'_>>> {
    let mut found = Vec::new();
    let mut depth = 0;
    for payload in Parser::new(0).parse_all(input) {
        let payload = payload?;
        let outermost = depth == 0;
        match payload {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) if !outermost => depth -= 1,
            _ => {}
        }
        if outermost && let Some((id, range)) = payload.as_section() {
            found.push(Section { data: &input[range.start as usize..range.end as usize], payload, id });
        }
    }
    Ok(found)
}
