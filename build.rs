//! Makes the phrases that the notes of a pain log are searched for into an index, once, so that niggle does not at every start.

// The whole of a file that niggle too has, of which the build needs a part.
#[allow(dead_code)]
#[path = "src/pain/notes/lines.rs"]
mod lines;
#[path = "src/pain/notes/making.rs"]
mod making;
#[path = "src/pain/notes/pattern.rs"]
mod pattern;
#[allow(dead_code)]
#[path = "src/pain/notes/tokens.rs"]
mod tokens;

use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=src/pain/notes");
    println!("cargo:rerun-if-changed=build.rs");
    let index = making::index(lines::TABLES).map_err(|faults| faults.join("\n"))?;
    let bytes: Vec<u8> = index.into_iter().flat_map(u32::to_le_bytes).collect();
    let folder = env::var_os("OUT_DIR").ok_or("cargo names no folder for what is made")?;
    fs::write(PathBuf::from(folder).join("notes.index"), bytes)?;
    Ok(())
}
