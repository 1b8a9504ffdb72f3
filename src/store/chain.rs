//! The chain that ties every log entry to all before it.

use sm3::{Digest, Sm3};

/// A link: the SM3 hash over the link before, the sequence number and the entry's bytes.
pub type Link = [u8; 32];

/// The link before the first entry.
pub const START: Link = [0; 32];

/// The next link.
pub fn next(before: &Link, seq: u64, body: &[u8]) -> Link {
    let mut hash = Sm3::new();
    hash.update(before);
    hash.update(seq.to_le_bytes());
    hash.update(body);
    hash.finalize().into()
}

/// Splits a stored entry into its link and its body.
pub fn split(stored: &[u8]) -> Option<(Link, &[u8])> {
    let (link, body) = stored.split_first_chunk::<32>()?;
    Some((*link, body))
}

/// A link as it is printed.
pub fn hex(link: &Link) -> String {
    link.iter().map(|byte| format!("{byte:02x}")).collect()
}
