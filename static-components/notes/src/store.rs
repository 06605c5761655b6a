//! The file that the graph is kept in.

use crate::exports::tapedeck::notes::knowledge_graph::{Failure, Graph};
use std::fs;
use std::io::ErrorKind;

const FILE: &str = "/data/notes.json";

/// The graph as it was left; an empty one where there is no file yet.
pub fn read() -> Result<Graph, Failure> {
    match fs::read(FILE) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| Failure::Damaged(format!("{FILE}: {error}"))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Graph { entities: Vec::new(), relations: Vec::new() }),
        Err(error) => Err(Failure::Storage(format!("{FILE}: {error}"))),
    }
}

/// Reads the graph, changes it, and writes it back. A change that fails leaves the file as it was.
pub fn change<T>(change: impl FnOnce(&mut Graph) -> Result<T, Failure>) -> Result<T, Failure> {
    let mut graph = read()?;
    let answer = change(&mut graph)?;
    let text = serde_json::to_string_pretty(&graph).map_err(|error| Failure::Storage(error.to_string()))?;
    fs::write(FILE, text).map_err(|error| Failure::Storage(format!("{FILE}: {error}")))?;
    Ok(answer)
}
