//! Frames: a length of four bytes, little-endian, then one rmp value.

use std::io::{self, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Why a frame could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The other side went away.
    #[error("the connection is closed")]
    Closed,
    /// The socket failed.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The frame is longer than is allowed.
    #[error("a frame of {0} bytes is too long")]
    TooLong(usize),
    /// The bytes are not what they should be.
    #[error("the frame cannot be read: {0}")]
    Malformed(String),
}

/// Bytes that hold most answers, so that their frame is not moved while it grows.
const USUAL: usize = 16 << 10;

/// Writes one frame.
pub fn write(to: &mut impl Write, value: &impl Serialize) -> Result<(), FrameError> {
    let mut bytes = Vec::with_capacity(USUAL);
    bytes.extend_from_slice(&[0; 4]);
    rmp_serde::encode::write_named(&mut bytes, value)
        .map_err(|error| FrameError::Malformed(error.to_string()))?;
    let length = u32::try_from(bytes.len() - 4).map_err(|_| FrameError::TooLong(bytes.len()))?;
    if let Some(head) = bytes.get_mut(..4) {
        head.copy_from_slice(&length.to_le_bytes());
    }
    to.write_all(&bytes)?;
    to.flush()?;
    Ok(())
}

/// Reads one frame of at most so many bytes.
///
/// Memory grows with what arrives, not with what a head claims.
pub fn read<T: DeserializeOwned>(from: &mut impl Read, most: usize) -> Result<T, FrameError> {
    let mut head = [0; 4];
    if let Err(error) = from.read_exact(&mut head) {
        return Err(match error.kind() {
            io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset => FrameError::Closed,
            _ => FrameError::Io(error),
        });
    }
    let length = u32::from_le_bytes(head) as usize;
    if length > most {
        return Err(FrameError::TooLong(length));
    }
    let mut body = Vec::new();
    from.take(length as u64).read_to_end(&mut body)?;
    if body.len() < length {
        return Err(FrameError::Closed);
    }
    decode(&body)
}

/// Reads a value from a frame's body.
pub fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, FrameError> {
    let mut decoder = rmp_serde::Deserializer::from_read_ref(body);
    decoder.set_max_depth(64);
    T::deserialize(&mut decoder).map_err(|error| FrameError::Malformed(error.to_string()))
}
