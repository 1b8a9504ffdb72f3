//! Where the files that an operator may write for the screen are.

use std::path::PathBuf;

/// The user's own directory for such files: `KEZHI_CONFIG`, or `kezhi` where the system keeps configurations.
pub fn dir() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    if let Some(dir) = std::env::var_os("KEZHI_CONFIG").filter(|dir| !dir.is_empty()) {
        return Some(PathBuf::from(dir));
    }
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.config_dir().join("kezhi"))
}
