//! Sub-teams: of townships, of a society's disciplines, of a university's departments.

use crate::demo::class::Class;
use crate::demo::material::{lines, shuffled};
use crate::demo::size::Size;
use crate::demo::team::Team;

/// Disciplines by the society's category.
const DISCIPLINES: &[(&str, [&str; 4])] = &[
    ("理科", ["科普报告", "科学实验", "野外考察", "竞赛辅导"]),
    ("工科", ["技术咨询", "设备检修", "安全生产", "青少年科技"]),
    ("农科", ["种植技术", "养殖技术", "植物保护", "农畜产品安全"]),
    ("医科", ["义诊咨询", "急救培训", "慢病管理", "健康讲座"]),
    ("交叉", ["科普创作", "展教辅导", "情报咨询", "老专家"]),
];

/// Departments that most universities have.
const DEPARTMENTS: [&str; 6] = [
    "信息工程学院",
    "经济管理学院",
    "人文学院",
    "数理学院",
    "机电工程学院",
    "教育学院",
];

/// Departments of colleges.
const SCHOOLS: [&str; 6] = [
    "信息工程系",
    "经济管理系",
    "人文系",
    "公共基础部",
    "机电工程系",
    "教育系",
];

/// Adds them behind all others.
pub fn add(teams: &mut Vec<Team>, size: &Size) {
    let open = |class| {
        let open = teams.iter().filter(move |team: &&Team| {
            let alone = team.planted.is_some_and(|one| one.defect.stands_alone());
            team.class == class && team.founded && !alone
        });
        open.cloned().collect::<Vec<Team>>()
    };
    let mut all = townships(&open(Class::County), size.teams.townships);
    all.extend(parted(
        &open(Class::Society),
        ("discipline", Class::Discipline),
        size.teams.disciplines,
    ));
    all.extend(parted(
        &open(Class::University),
        ("department", Class::Department),
        size.teams.departments,
    ));
    for mut team in all {
        team.record.number = teams.len() as u64 + 1;
        team.founded = true;
        teams.push(team);
    }
}

fn townships(counties: &[Team], count: usize) -> Vec<Team> {
    let mut all = Vec::new();
    for county in counties {
        let code = county.record.text("area");
        for name in lines(code).iter().flatten() {
            let base = format!("{}{name}", county.base);
            let mut team = Team::new(Class::Township, base, code, Some(county));
            team.record.set("aliases", vec![(*name).to_owned()].into());
            team.group = "township";
            all.push(team);
        }
    }
    spread("township", all, count)
}

fn parted(owners: &[Team], (name, class): (&str, Class), count: usize) -> Vec<Team> {
    let mut all = Vec::new();
    for owner in owners {
        let parts: &[&'static str] = match DISCIPLINES.iter().find(|row| row.0 == owner.group) {
            Some((_, parts)) => parts,
            None if owner.base.ends_with("大学") => &DEPARTMENTS,
            None => &SCHOOLS,
        };
        for part in parts {
            let base = owner.base.clone();
            let mut team = Team::new(class, base, owner.record.text("area"), Some(owner));
            team.part = part;
            team.group = owner.group;
            all.push(team);
        }
    }
    spread(name, all, count)
}

/// So many of them, in their order.
fn spread(name: &str, all: Vec<Team>, count: usize) -> Vec<Team> {
    let mut chosen: Vec<usize> = shuffled(name, all.len()).into_iter().take(count).collect();
    chosen.sort_unstable();
    let mut all: Vec<Option<Team>> = all.into_iter().map(Some).collect();
    chosen
        .into_iter()
        .filter_map(|at| all.get_mut(at)?.take())
        .collect()
}
