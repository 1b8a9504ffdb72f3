//! Where a data directory keeps its socket and its locks.

use std::path::{Path, PathBuf};

/// The longest path that a Unix socket may have.
const LONGEST: usize = 100;

/// The socket of a data directory: inside it, or in the temporary directory if its path is too long.
pub fn socket(dir: &Path) -> PathBuf {
    let inside = dir.join("svc.sock");
    if inside.as_os_str().len() + 12 <= LONGEST {
        return inside;
    }
    let hash = mark(dir);
    let uid = rustix::process::getuid().as_raw();
    std::env::temp_dir().join(format!("kezhi-{uid}-{hash:016x}.sock"))
}

/// A number that stands for a path.
pub fn mark(path: &Path) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for byte in path.as_os_str().as_encoded_bytes() {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

/// Makes a directory that only its owner may enter; one that is empty or holds a store is closed to others.
pub fn private_dir(dir: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
    if let Ok(about) = std::fs::metadata(dir)
        && about.is_dir()
    {
        let open = about.mode() & 0o077 != 0;
        let mine = about.uid() == rustix::process::geteuid().as_raw();
        let data = || -> std::io::Result<bool> {
            Ok(dir.join("store.redb").exists() || std::fs::read_dir(dir)?.next().is_none())
        };
        if open && mine && data()? {
            std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o700))?;
        }
        return Ok(());
    }
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(dir)
}
