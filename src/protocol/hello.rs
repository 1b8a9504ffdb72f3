//! The first words of a session: who is there, and what the service takes them for.

use serde::{Deserialize, Serialize};

use crate::domain::kind::Code;
use crate::domain::operator::Role;
use crate::domain::said::Lang;
use crate::protocol::permit::Shut;

/// The first frame of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// Protocol version of the caller.
    pub protocol: u32,
    /// Program version of the caller.
    pub version: String,
    /// Language of the caller.
    pub lang: Lang,
    /// Whether the session is to read alone.
    #[serde(default)]
    pub read_only: bool,
}

/// The service's answer to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// Protocol version of the service.
    pub protocol: u32,
    /// Program version of the service.
    pub version: String,
    /// Who the caller is to the service.
    pub who: Who,
    /// Number of the session.
    pub session: u64,
    /// Whether the store holds demonstration data.
    pub demo: bool,
    /// Whether the session reads alone.
    #[serde(default)]
    pub read_only: bool,
    /// What the caller's roles do not allow; the service judges each request all the same.
    #[serde(default)]
    pub shut: Vec<Shut>,
}

/// An operator as the service knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Who {
    /// Unix user id, from the kernel.
    pub uid: u32,
    /// Name.
    pub name: String,
    /// Roles.
    pub roles: Vec<Role>,
    /// Roots of the subtrees it sees.
    pub scope: Vec<Code>,
    /// Its record, where it has one.
    #[serde(default)]
    pub operator: Option<Code>,
    /// Its own record as a volunteer, where it is one.
    #[serde(default)]
    pub volunteer: Option<Code>,
    /// What else stands under its login: operator records out of use, and the volunteers that those name.
    #[serde(default)]
    pub also: Vec<Code>,
}
