//! The classes of teams: how they are named and led (article 6), how busy and how old their people are.

use crate::demo::birth::Ages;

/// A class of teams: finer than the kinds, because sub-teams differ by what they stand under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// 总队.
    Top,
    /// 盟市队.
    League,
    /// 旗县队.
    County,
    /// 学会队.
    Society,
    /// 高校队.
    University,
    /// 企业队.
    Enterprise,
    /// 园区队.
    Park,
    /// 分队 of a township.
    Township,
    /// 分队 of a society.
    Discipline,
    /// 分队 of a university's department.
    Department,
}

/// One line of the posts of a class.
pub struct Line {
    /// The post.
    pub post: &'static str,
    /// At least so many holders.
    pub least: u64,
    /// At most so many.
    pub most: u64,
    /// Offices that a holder may have, with `{}` for whose team it is.
    pub offices: &'static [&'static str],
}

const fn line(post: &'static str, least: u64, most: u64, offices: &'static [&'static str]) -> Line {
    Line {
        post,
        least,
        most,
        offices,
    }
}

/// What differs between classes.
pub struct Row {
    /// The class.
    pub class: Class,
    /// The kind that its records carry.
    pub kind: &'static str,
    /// What follows the base in its name.
    pub suffix: &'static str,
    /// What follows the base in the name of who founded it.
    pub founder: &'static str,
    /// How often it acts, against others.
    pub busy: u64,
    /// How old its people are.
    pub ages: Ages,
    /// Its posts.
    pub posts: &'static [Line],
}

const PRESIDENT: &[&str] = &["{}科协主席"];

/// The classes.
static ROWS: [Row; 10] = [
    Row {
        class: Class::Top,
        kind: "总队",
        suffix: "科技志愿服务总队",
        founder: "科学技术协会",
        busy: 12,
        ages: Ages::Mixed,
        posts: &[
            line(
                "总队长",
                1,
                1,
                &["{}科协党组书记", "{}科协主席", "{}科协副主席"],
            ),
            line(
                "副总队长",
                5,
                5,
                &[
                    "科普专家团专家",
                    "科技馆馆长",
                    "志愿服务联合会副会长",
                    "农牧业专家",
                ],
            ),
            line("联系人", 1, 1, &["{}科协科学技术普及部干部"]),
        ],
    },
    Row {
        class: Class::League,
        kind: "盟市队",
        suffix: "科技志愿服务队",
        founder: "科学技术协会",
        busy: 8,
        ages: Ages::Mixed,
        posts: &[
            line("队长", 1, 1, &["{}科协主席", "{}科协副主席"]),
            line(
                "副队长",
                3,
                5,
                &[
                    "{}医学会理事长",
                    "{}农学会秘书长",
                    "{}气象学会副理事长",
                    "{}志愿服务联合会会长",
                ],
            ),
            line(
                "秘书长",
                1,
                1,
                &["{}科协副主席（分管科普）", "{}科协科普部长"],
            ),
            line("副秘书长", 0, 2, &["{}科协科普部副部长", "{}科技馆副馆长"]),
            line("联系人", 1, 1, &["{}科协科普部干部"]),
        ],
    },
    Row {
        class: Class::County,
        kind: "旗县队",
        suffix: "科技志愿者队",
        founder: "科学技术协会",
        busy: 5,
        ages: Ages::County,
        posts: &[
            line("队长", 1, 1, PRESIDENT),
            line(
                "副队长",
                2,
                3,
                &[
                    "{}农牧业技术推广中心主任",
                    "{}第一中学副校长",
                    "{}人民医院副院长",
                    "{}农村专业技术协会会长",
                    "{}老科学技术工作者协会会长",
                ],
            ),
            line("联系人", 1, 1, &["{}科协科普干事"]),
        ],
    },
    Row {
        class: Class::Society,
        kind: "学会队",
        suffix: "科技志愿服务队",
        founder: "",
        busy: 3,
        ages: Ages::Staff,
        posts: &[
            line("队长", 1, 1, &["{}理事长", "{}秘书长"]),
            line(
                "副队长",
                1,
                4,
                &["{}科普专委会主任", "{}青年专委会主任", "{}学术专委会副主任"],
            ),
            line("联系人", 1, 1, &["{}秘书处干事"]),
        ],
    },
    Row {
        class: Class::University,
        kind: "高校队",
        suffix: "科技志愿者服务队",
        founder: "",
        busy: 4,
        ages: Ages::Campus,
        posts: &[
            line(
                "队长",
                1,
                1,
                &["{}副校长（分管科协）", "{}科协主席", "{}科协秘书长"],
            ),
            line(
                "副队长",
                1,
                3,
                &["{}科技处处长", "{}团委书记", "{}学生处处长"],
            ),
            line("联系人", 1, 1, &["{}科协干事"]),
        ],
    },
    Row {
        class: Class::Enterprise,
        kind: "企业队",
        suffix: "科技志愿服务队",
        founder: "",
        busy: 2,
        ages: Ages::Staff,
        posts: &[
            line("负责人", 1, 1, PRESIDENT),
            line("联系人", 1, 1, &["{}科协干事"]),
        ],
    },
    Row {
        class: Class::Park,
        kind: "园区队",
        suffix: "科技志愿服务队",
        founder: "",
        busy: 2,
        ages: Ages::Staff,
        posts: &[
            line("负责人", 1, 1, PRESIDENT),
            line("联系人", 1, 1, &["{}科协干事"]),
        ],
    },
    Row {
        class: Class::Township,
        kind: "分队",
        suffix: "科技志愿者分队",
        founder: "科学技术协会",
        busy: 1,
        ages: Ages::County,
        posts: &[line("负责人", 1, 1, PRESIDENT)],
    },
    Row {
        class: Class::Discipline,
        kind: "分队",
        suffix: "科技志愿服务队",
        founder: "",
        busy: 1,
        ages: Ages::Staff,
        posts: &[line("负责人", 1, 1, &["{}专委会主任", "{}专委会秘书长"])],
    },
    Row {
        class: Class::Department,
        kind: "分队",
        suffix: "科技志愿服务队",
        founder: "",
        busy: 1,
        ages: Ages::Campus,
        posts: &[line("负责人", 1, 1, &["{}党总支书记", "{}行政负责人"])],
    },
];

impl Class {
    /// The row of this class.
    pub fn row(self) -> &'static Row {
        ROWS.iter()
            .find(|row| row.class == self)
            .unwrap_or(&ROWS[0])
    }
}
