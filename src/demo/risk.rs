//! What may be dangerous, when and in what kind of activity, and what is said and done about it.

use crate::demo::random::Random;

/// A danger.
pub struct Risk {
    /// The tick.
    pub danger: &'static str,
    /// The forms it goes with; none means all.
    forms: &'static [&'static str],
    /// The months it goes with; none means all.
    months: &'static [u32],
    /// What people are told.
    pub note: &'static str,
    /// What is done for them.
    pub care: &'static str,
}

const fn risk(
    danger: &'static str,
    forms: &'static [&'static str],
    months: &'static [u32],
    note: &'static str,
    care: &'static str,
) -> Risk {
    Risk {
        danger,
        forms,
        months,
        note,
        care,
    }
}

const RISKS: &[Risk] = &[
    risk(
        "驾乘长途",
        &[],
        &[],
        "往返牧区路远，冬春有风雪",
        "由专职驾驶员驾车，两小时一歇，不走夜路",
    ),
    risk(
        "野外",
        &[],
        &[4, 5, 6, 7, 8, 9],
        "在草原和山地行走，有蜱虫，手机信号弱",
        "着长袖长裤，两人一组，带对讲机",
    ),
    risk(
        "动物",
        &["农技服务"],
        &[],
        "接近牛羊马匹，可能被踢撞",
        "由畜主牵护，站在侧面，穿防护鞋",
    ),
    risk(
        "疫病接触",
        &["农技服务", "义诊咨询"],
        &[],
        "接羔、采血可能接触布病等人畜共患病",
        "戴手套口罩护目镜，器械消毒，登记接触人员",
    ),
    risk(
        "极寒酷热",
        &[],
        &[1, 2, 7, 12],
        "户外气温低于零下二十度或高于三十五度",
        "每四十分钟轮换一次，备热水或防暑药品",
    ),
    risk(
        "实验或危化",
        &["青少年科技教育", "科普报告"],
        &[],
        "演示实验用火和试剂",
        "由教师操作，备灭火毯和洗眼瓶，观众退后两米",
    ),
    risk(
        "涉水",
        &["科普报告", "科技培训"],
        &[6, 7, 8],
        "在河边和水库边讲解",
        "穿救生衣，不下水，设警戒线",
    ),
    risk(
        "高处",
        &["科技培训", "展览发放"],
        &[],
        "登高布展和检修",
        "系安全带，下方设专人看护",
    ),
    risk(
        "草原森林防火",
        &["科普报告", "展览发放"],
        &[3, 4, 5, 9, 10],
        "在防火期进入林草区",
        "不带火种，听从防火员指挥，备撤离路线",
    ),
];

/// One danger that goes with a form and a month, or two.
pub fn draw(random: &mut Random, form: &str, month: u32) -> Vec<&'static Risk> {
    let fits: Vec<&Risk> = RISKS
        .iter()
        .filter(|risk| {
            let form = risk.forms.is_empty() || risk.forms.contains(&form);
            form && (risk.months.is_empty() || risk.months.contains(&month))
        })
        .collect();
    let first = random.below(fits.len() as u64) as usize;
    let count = if random.below(10) < 3 { 2 } else { 1 };
    let mut drawn: Vec<&Risk> = fits
        .iter()
        .cycle()
        .skip(first)
        .take(count)
        .copied()
        .collect();
    drawn.dedup_by_key(|risk| risk.danger);
    drawn
}
