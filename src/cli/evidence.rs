//! `kezhi evidence`: a piece of evidence with the SM3 of its file, which itself is not stored.

use std::io::Read;
use std::path::Path;

use sm3::{Digest, Sm3};

use crate::cli::args::Given;
use crate::cli::{Desk, data};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::Act;
use crate::say;

pub(crate) fn evidence(
    desk: &Desk,
    raw: &str,
    file: &Path,
    mut given: Given,
) -> Result<u8, Refusal> {
    let sum = sum(file).map_err(|error| {
        let name = file.display();
        Refusal::new(
            RefusalKind::Usage,
            say!("读不了文件 {name}：{error}", "cannot read {name}: {error}"),
        )
    })?;
    let says = |key: &str| given.fields.iter().any(|pair| pair.starts_with(key));
    if !says("name=") {
        let name = file.file_name().unwrap_or(file.as_os_str());
        let name: String = name.to_string_lossy().chars().take(60).collect();
        given.fields.push(format!("name={name}"));
    }
    given.fields.push(format!("sm3={sum}"));
    let act = Act::Step {
        code: data::code(raw)?,
        step: "evidence".to_owned(),
        rev: None,
    };
    data::make(desk, act, &given)
}

/// The SM3 of a file, read in pieces: a recording may be larger than the memory.
fn sum(file: &Path) -> std::io::Result<String> {
    let mut file = std::fs::File::open(file)?;
    let mut hash = Sm3::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        let count = file.read(&mut piece)?;
        match piece.get(..count) {
            None | Some([]) => break,
            Some(read) => hash.update(read),
        }
    }
    let sum = hash.finalize();
    Ok(sum.iter().map(|byte| format!("{byte:02x}")).collect())
}
