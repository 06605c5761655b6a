//! Finds the files that two packages carry and no code gives out: WASI's WIT in `wasip2`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The folder of a package, as cargo lists it.
fn package_folder(name: &str) -> PathBuf {
    let cargo = env::var_os("CARGO").expect("cargo runs this");
    let manifest = Path::new(&env::var_os("CARGO_MANIFEST_DIR").expect("cargo runs this")).join("Cargo.toml");
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--manifest-path"])
        .arg(manifest)
        .output()
        .expect("cargo can be started");
    let text = String::from_utf8(output.stdout).expect("metadata is text");
    let needle = format!("/{name}-");
    text.split("\"manifest_path\":\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|path| path.contains(&needle))
        .and_then(|path| Path::new(path).parent().map(Path::to_path_buf))
        .unwrap_or_else(|| panic!("no package {name} in the lock file"))
}

fn main() {
    let deps = package_folder("wasip2").join("wit/deps");
    let mut files: Vec<_> = fs::read_dir(&deps)
        .expect("wasip2 carries WASI's packages")
        .map(|entry| entry.expect("a readable folder").path())
        .collect();
    files.sort();
    let rows: String = files.iter().map(|path| format!("    include_str!({path:?}),\n")).collect();
    let out = Path::new(&env::var_os("OUT_DIR").expect("cargo runs this")).join("wasi.rs");
    fs::write(out, format!("const PACKAGES: &[&str] = &[\n{rows}];\n")).expect("the build folder can be written");
    println!("cargo:rerun-if-changed=Cargo.lock");
}
