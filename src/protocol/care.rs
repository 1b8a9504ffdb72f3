//! How the service and its store are.

use serde::{Deserialize, Serialize};

use crate::domain::kind::Kind;
use crate::domain::said::Said;

/// How the service is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Process id.
    pub pid: u32,
    /// Program version.
    pub version: String,
    /// Seconds since its start.
    pub uptime: u64,
    /// Open sessions.
    pub sessions: u64,
    /// Records by kind.
    pub records: Vec<(Kind, u64)>,
    /// Bytes of the store on the disk; like the two below told to the owner of the data alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disk: Option<u64>,
    /// Resident memory in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<u64>,
    /// Bytes of the search index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u64>,
    /// Schema of the store.
    pub schema: u64,
    /// Number of the last log entry.
    pub seq: u64,
    /// Its hash.
    pub hash: String,
    /// Whether writes are refused because the disk is.
    pub read_only: bool,
}

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// Log entries read.
    pub entries: u64,
    /// Records read.
    pub records: u64,
    /// Index rows read.
    pub index_rows: u64,
    /// What is wrong.
    pub problems: Vec<Said>,
}
