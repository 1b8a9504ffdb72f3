//! A server: a service under a user of its own, operators under theirs, systemd in front.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

fn run(program: &str, args: &[&str]) -> Result<(), String> {
    match Command::new(program).args(args).output() {
        Ok(out) if out.status.success() => Ok(()),
        Ok(out) => Err(format!(
            "{program}: {}",
            String::from_utf8_lossy(&out.stderr).trim()
        )),
        Err(error) => Err(format!("{program}: {error}")),
    }
}

/// Users and a group that live as long as the test.
pub struct People {
    names: Vec<String>,
    group: String,
}

impl People {
    fn new(roles: &[&str]) -> Result<People, String> {
        if !rustix::process::geteuid().is_root() {
            return Err("only root can make users".into());
        }
        // Several tests of one run have users at the same time.
        static NTH: AtomicU32 = AtomicU32::new(0);
        let nth = NTH.fetch_add(1, Ordering::Relaxed);
        let mark = format!("{}x{nth}", std::process::id());
        let group = format!("kzg{mark}");
        run("groupadd", &["--system", &group])?;
        let mut people = People {
            names: Vec::new(),
            group: group.clone(),
        };
        for role in roles {
            let name = format!("kz{role}{mark}");
            run("useradd", &["--system", "--no-create-home", &name])?;
            people.names.push(name.clone());
            if *role != "out" {
                run("usermod", &["-aG", &group, &name])?;
            }
        }
        Ok(people)
    }

    pub fn name(&self, role: &str) -> &str {
        let start = format!("kz{role}");
        self.names
            .iter()
            .find(|name| name.starts_with(&start))
            .unwrap()
    }
}

impl Drop for People {
    fn drop(&mut self) {
        for name in &self.names {
            let _ = run("userdel", &[name]);
        }
        let _ = run("groupdel", &[&self.group]);
    }
}

pub fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().mode() & 0o777
}

/// A server's files, all of which others may reach but for the data.
pub struct Site {
    dir: tempfile::TempDir,
    pub people: People,
    service: Option<Child>,
}

impl Site {
    pub fn new() -> Result<Site, String> {
        Site::with(&["svc", "mem", "str", "out"])
    }

    /// With a user for each of these names, of which `svc` runs the service.
    pub fn with(roles: &[&str]) -> Result<Site, String> {
        let people = People::new(roles)?;
        let dir = tempfile::tempdir().unwrap();
        std::fs::set_permissions(dir.path(), PermissionsExt::from_mode(0o755)).unwrap();
        let program = dir.path().join("kezhi");
        std::fs::copy(env!("CARGO_BIN_EXE_kezhi"), &program).unwrap();
        for inner in ["run", "lib"] {
            let inner = dir.path().join(inner);
            std::fs::create_dir(&inner).unwrap();
            std::fs::set_permissions(&inner, PermissionsExt::from_mode(0o755)).unwrap();
            run("chown", &[people.name("svc"), inner.to_str().unwrap()])?;
        }
        let mut site = Site {
            dir,
            people,
            service: None,
        };
        site.start()?;
        Ok(site)
    }

    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("lib/data")
    }

    fn socket(&self) -> PathBuf {
        self.dir.path().join("run/svc.sock")
    }

    /// The program as a user, in a home that is not there.
    fn by(&self, role: &str) -> Command {
        let mut command = Command::new("runuser");
        command
            .args(["-u", self.people.name(role), "--"])
            .arg(self.dir.path().join("kezhi"))
            .current_dir("/")
            .env("HOME", "/nonexistent")
            .env_remove("XDG_DATA_HOME")
            .env_remove("KEZHI_DATA")
            .env_remove("KEZHI_SOCKET");
        command
    }

    fn serve(&self) -> Command {
        let mut command = self.by("svc");
        command.arg("--data").arg(self.data());
        command.arg("--socket").arg(self.socket());
        command.args(["serve", "--group", &self.people.group]);
        command
    }

    fn start(&mut self) -> Result<(), String> {
        let spawned = self.serve().stdout(Stdio::piped()).spawn();
        let mut service = spawned.map_err(|error| format!("runuser: {error}"))?;
        let mut line = String::new();
        BufReader::new(service.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        self.service = Some(service);
        assert!(line.contains("服务已启动"), "{line}");
        Ok(())
    }

    pub fn ask(&self, role: &str, args: &[&str]) -> Output {
        let mut command = self.by(role);
        command.arg("--socket").arg(self.socket()).args(args);
        command.output().unwrap()
    }

    pub fn ok(&self, role: &str, args: &[&str]) -> String {
        let out = self.ask(role, args);
        let said = String::from_utf8_lossy(&out.stderr);
        assert!(out.status.success(), "{role} {args:?}: {said}");
        String::from_utf8(out.stdout).unwrap()
    }

    pub fn refused(&self, role: &str, args: &[&str], code: i32) -> String {
        let out = self.ask(role, args);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(code), "{role} {args:?}: {said}");
        said
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.ask("svc", &["stop"]);
        if let Some(mut service) = self.service.take() {
            let _ = service.wait();
        }
    }
}

#[test]
fn a_server_knows_its_people_by_their_uid() {
    let mut site = match Site::new() {
        Ok(site) => site,
        Err(reason) => return crate::skip("users", &reason),
    };
    let (member, group) = (
        site.people.name("mem").to_owned(),
        site.people.group.clone(),
    );

    // The files: the store for the service's user alone, the socket for the group.
    let service = uid(&site, "svc");
    assert_eq!(std::fs::metadata(site.data()).unwrap().uid(), service);
    assert_eq!(mode(&site.data()), 0o700);
    assert_eq!(mode(&site.data().join("store.redb")), 0o600);
    assert_eq!(mode(&site.socket()), 0o660);
    for role in ["mem", "out"] {
        for file in ["", "store.redb"] {
            let path = site.data().join(file);
            let out = Command::new("runuser")
                .args(["-u", site.people.name(role), "--", "ls"])
                .arg(path)
                .output()
                .unwrap();
            assert!(!out.status.success(), "{role} reads {file}");
        }
        let mut direct = site.by(role);
        direct.arg("--data").arg(site.data()).args(["find", "hsq"]);
        let out = direct.output().unwrap();
        assert_eq!(out.status.code(), Some(5));
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(
            said.contains("属于别的用户") && said.contains("--socket"),
            "{said}"
        );
    }

    // Somebody in the group without a record hears what to say, somebody outside how to get in.
    let said = site.refused("mem", &["find", "hsq"], 5);
    assert!(
        said.contains("还不是操作员") && said.contains(&format!("请登记操作员 {member}")),
        "{said}"
    );
    let said = site.refused("out", &["find", "hsq"], 5);
    assert!(
        said.contains(&group) && said.contains("usermod -aG"),
        "{said}"
    );

    // The service's own user is the administrator until there are others; the record decides.
    let made = site.ok(
        "svc",
        &[
            "new",
            "operator",
            &format!("user={member}"),
            "name=李敏",
            "roles=zby",
            "scope=赤峰",
        ],
    );
    assert!(made.contains("CZ-001") && made.contains("值班员"), "{made}");
    site.refused(
        "svc",
        &[
            "new",
            "volunteer",
            "name=张三",
            "phone=13912344471",
            "teams=红山区",
        ],
        5,
    );
    site.ok(
        "mem",
        &[
            "new",
            "volunteer",
            "name=单立文",
            "phone=13912344471",
            "teams=红山区",
        ],
    );
    assert!(site.ok("mem", &["history", "zy1"]).contains("李敏"));
    let tree = site.ok("mem", &["tree"]);
    assert!(
        tree.contains("红山区") && !tree.contains("呼和浩特"),
        "{tree}"
    );
    site.refused(
        "mem",
        &[
            "new",
            "volunteer",
            "name=张三",
            "phone=13912344472",
            "teams=呼和浩特",
        ],
        3,
    );
    site.refused("mem", &["show", "ZZ-0002"], 4);
    site.refused("mem", &["backup", "/tmp/x"], 5);
    site.refused("mem", &["stop"], 5);
    site.refused("mem", &["list", "operator"], 5);
    site.refused("str", &["find", "hsq"], 5);

    // A uid may stand for the name, and the environment may name the socket.
    let stranger = uid(&site, "str");
    site.ok(
        "svc",
        &[
            "new",
            "operator",
            &format!("user={stranger}"),
            "name=王五",
            "roles=查询",
            "scope=ZZ-0001",
        ],
    );
    let mut by_environment = site.by("str");
    by_environment
        .env("KEZHI_SOCKET", site.socket())
        .args(["find", "slw"]);
    let out = by_environment.output().unwrap();
    assert!(String::from_utf8_lossy(&out.stdout).contains("单立文"));
    site.refused("str", &["edit", "zy1", "employer=别处"], 5);

    oversee(&site);

    // A disabled operator is out.
    site.ok("svc", &["do", "disable", "CZ-001"]);
    site.refused("mem", &["find", "hsq"], 5);
    site.ok("svc", &["do", "enable", "CZ-001"]);

    // One service for a directory, one for a socket.
    let second = site.serve().output().unwrap();
    assert_eq!(second.status.code(), Some(7));
    assert!(String::from_utf8_lossy(&second.stderr).contains("已有服务"));
    let mut thief = site.by("svc");
    thief.arg("--data").arg(site.dir.path().join("lib/other"));
    thief
        .arg("--socket")
        .arg(site.socket())
        .args(["serve", "--group", &group]);
    let out = thief.output().unwrap();
    assert_eq!(out.status.code(), Some(7));
    assert!(String::from_utf8_lossy(&out.stderr).contains("另一个服务"));
    site.ok("mem", &["find", "slw"]);

    // After a stop people hear that nobody is there; a socket left by a kill is replaced.
    site.ok("svc", &["stop"]);
    site.service.take().unwrap().wait().unwrap();
    let said = site.refused("mem", &["find", "slw"], 7);
    assert!(said.contains("systemctl start"), "{said}");
    site.start().unwrap();
    let status = site.ok("svc", &["--json", "status"]);
    let status: serde_json::Value = serde_json::from_str(&status).unwrap();
    run("kill", &["-9", &status["pid"].to_string()]).unwrap();
    site.service.take().unwrap().wait().unwrap();
    assert!(site.socket().exists());
    site.start().unwrap();
    assert!(site.ok("mem", &["find", "slw"]).contains("单立文"));
}

/// An inspector with a user of their own, and a scope elsewhere, sees the one activity from its first day.
fn oversee(site: &Site) {
    let inspector = ["edit", "CZ-002", "roles=监督员", "scope=呼和浩特"];
    site.ok("svc", &inspector);
    let new = |title: &str| -> String {
        let title = format!("title={title}");
        let given = ["org=红山区", "major=是", "sessions=2026-06-10 09:00-11:00"];
        let made = [&["--json", "new", "activity", &title][..], &given].concat();
        let made: serde_json::Value = serde_json::from_str(&site.ok("mem", &made)).unwrap();
        made["code"].as_str().unwrap().to_owned()
    };
    let (mine, other) = (new("大型科普展"), new("别的大会"));
    site.refused("str", &["show", &mine], 4);
    let of = format!("activity={mine}");
    let named = [
        "--json",
        "new",
        "oversight",
        &of,
        "office=审计",
        "inspector=王五",
    ];
    let named: serde_json::Value = serde_json::from_str(&site.ok("mem", &named)).unwrap();
    let code = named["code"].as_str().unwrap();
    assert!(site.ok("str", &["show", &mine]).contains("大型科普展"));
    assert!(site.ok("str", &["find", "大型科普展"]).contains(&mine));
    assert!(!site.ok("str", &["list", "activity"]).contains("别的大会"));
    site.refused("str", &["show", &other], 4);
    site.refused("str", &["edit", &mine, "note=改"], 5);
    site.refused(
        "str",
        &["print", &mine, "-o", "/tmp/kezhi-inspector.txt"],
        5,
    );
    site.ok("str", &["do", "ask", code, "text=为何"]);
    site.ok("mem", &["do", "answer", code, "answer=因为"]);
    let history = site.ok("mem", &["history", code]);
    assert!(
        history.contains("监督员查看") && history.contains("王五"),
        "{history}"
    );
}

fn uid(site: &Site, role: &str) -> u32 {
    uzers::get_user_by_name(site.people.name(role))
        .unwrap()
        .uid()
}
