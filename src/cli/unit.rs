//! Files for a server.

use crate::domain::refusal::Refusal;

/// Which file.
#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Which {
    /// Socket and service units of systemd.
    Systemd,
    /// The part of sshd_config that opens the workstation.
    Sshd,
}

const SYSTEMD: &str = "\
# /etc/systemd/system/kezhi.socket
[Unit]
Description=Kezhi socket

[Socket]
ListenStream=/run/kezhi/svc.sock
SocketUser=kezhi
SocketGroup=kezhi-operators
SocketMode=0660
DirectoryMode=0755

[Install]
WantedBy=sockets.target

# /etc/systemd/system/kezhi.service
[Unit]
Description=Kezhi service
Requires=kezhi.socket
After=kezhi.socket

[Service]
Type=notify
User=kezhi
Group=kezhi
StateDirectory=kezhi
StateDirectoryMode=0700
UMask=0077
ExecStart=/usr/local/bin/kezhi --data /var/lib/kezhi --socket /run/kezhi/svc.sock serve --group kezhi-operators
Restart=on-failure
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_UNIX
SystemCallArchitectures=native
LimitNOFILE=4096

[Install]
WantedBy=multi-user.target
";

const SSHD: &str = "\
# /etc/ssh/sshd_config.d/kezhi.conf
Match Group kezhi-operators
    ForceCommand /usr/local/bin/kezhi --socket /run/kezhi/svc.sock
    PermitTTY yes
    AllowTcpForwarding no
    X11Forwarding no
    PermitTunnel no
    AllowAgentForwarding no
";

pub(crate) fn print(which: Which) -> Result<u8, Refusal> {
    let text = match which {
        Which::Systemd => SYSTEMD,
        Which::Sshd => SSHD,
    };
    outln!("{}", text.trim_end());
    Ok(0)
}
