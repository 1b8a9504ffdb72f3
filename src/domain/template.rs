//! A start for the text of an agreement (article 13), by the kind of service: the department's own words, to be made to fit.

use crate::domain::agreement::ELEMENTS;
use crate::domain::said::{Text, t};

/// A template.
pub struct Template {
    /// The kind of service.
    pub name: Text,
    /// The texts, in the order of the elements.
    pub texts: [&'static str; ELEMENTS.len()],
}

impl Template {
    /// The text of an element.
    pub fn text(&self, key: &str) -> Option<&'static str> {
        let at = ELEMENTS.iter().position(|element| *element == key)?;
        self.texts.get(at).copied()
    }
}

const RIGHTS: &str = "\
一、组织：说明服务内容、条件和可能的风险；安排所需培训；提供必要条件和保障；如实记录服务时间，按本人要求出具证明；保护个人信息。
二、志愿者：自愿参加，按约定完成服务，不能到场的提前告知组织；服从现场安排，保守工作中知悉的秘密和隐私；不收取报酬，不推销商品。
三、服务对象：如实说明需求和现场情况，配合组织安排，尊重志愿者，不提出约定以外的要求。";
const TIME: &str =
    "按双方商定的场次，以签到表所记到场和结束时间为准；变更时间的，提前一天通知各方。";
const PLACE: &str = "按双方商定的地点；变更地点的，提前一天通知各方。";
const OTHER: &str = "\
一、服务无偿，不向服务对象收取任何费用。
二、文本有改动的，由各方就改动后的文本重新签署。
三、任何一方不能继续的，提前通知其他各方，商定交接后终止。";

const fn template(
    zh: &'static str,
    en: &'static str,
    content: &'static str,
    way: &'static str,
    conditions: &'static str,
    safety: &'static str,
) -> Template {
    Template {
        name: t(zh, en),
        texts: [RIGHTS, content, way, TIME, PLACE, conditions, safety, OTHER],
    }
}

/// All templates.
pub const TEMPLATES: &[Template] = &[
    template(
        "科普报告",
        "lecture",
        "围绕商定的主题作科普报告，每场含讲授和答疑；讲稿事先交组织审核，内容科学、准确，不作商业宣传。",
        "现场讲授；服务对象组织听众，组织派人主持并记录。",
        "服务对象提供会场、扩音和投影；组织提供往返交通和饮水。",
        "会场不超过核定人数，出口保持畅通；主持人开场时说明疏散路线。",
    ),
    template(
        "农技服务",
        "farming advice",
        "到田间、棚圈或村部，就种植、养殖、病虫害防治等给予技术指导，解答农牧民提出的问题，留下书面要点。",
        "现场指导与集中讲解结合；疑难问题带回，商定日期答复。",
        "服务对象安排向导和场地；组织提供往返交通、工具和资料。",
        "进入圈舍前穿戴防护用品，出入消毒；不代为施药、注射；高温、低温天气调整时间；随队带常用急救药品。",
    ),
    template(
        "义诊咨询",
        "medical consultation",
        "为群众提供健康咨询、常规测量和防病知识讲解；不开处方、不售药品，需要治疗的建议到医疗机构就诊。",
        "现场设点；参加的医务人员具备相应执业资格，并经所在机构同意。",
        "服务对象提供室内场地、桌椅和排队秩序；组织提供器材、资料和往返交通。",
        "一人一用一消毒，医疗废物带回处理；遇有急症立即拨打 120 并就近救助；保护就诊者隐私。",
    ),
    template(
        "青少年科技教育",
        "science education for minors",
        "面向青少年开展科学讲解、演示和动手活动，内容与年龄相适应。",
        "在学校或科普场所集中进行；全程有学校老师或监护人在场，志愿者不与未成年人单独相处。",
        "服务对象提供场地和带队老师；组织提供材料、教具和往返交通。",
        "实验选用无毒、低危材料，刀具、明火和用电由成人操作；未成年志愿者参加须监护人书面同意，不安排危险岗位；拍照须经学校和监护人同意。",
    ),
    template(
        "科技培训",
        "training",
        "按商定的课程开展培训，发放讲义，课后答疑；不收培训费和资料费。",
        "集中授课，必要时线上补课；由组织登记到课情况。",
        "服务对象提供教室和设备；组织提供讲义和往返交通。",
        "实操前讲清设备的安全要求，首次操作由指导人员看护；用电设备课前检查。",
    ),
    template(
        "展览发放",
        "exhibition, leaflets",
        "布置科普展板、展品，讲解并发放科普资料，引导群众参与。",
        "现场设展；志愿者分讲解、发放、秩序三岗，按岗位表轮换。",
        "服务对象提供场地和电源；组织提供展品、资料、统一标识和往返交通。",
        "展架固定牢靠，大风降雨停展；人多时分批进入，设专人维持秩序；搬运重物两人以上。",
    ),
    template(
        "有人身危险的活动",
        "an activity with danger",
        "在野外、涉水、高处等可能发生人身危险的条件下提供科技服务，具体任务和分工见活动方案。",
        "由组织统一带队，按方案分组行动，不单独行动；出发前逐人告知危险和避险办法，并记录告知时间。",
        "组织提供与危险相适应的防护装备、通信工具和交通；参加者身体条件适合，未满 18 周岁者不参加。",
        "开始前为全体参加者投保人身意外伤害险，保障期间覆盖全部活动时间；现场设安全员，带急救用品；天气或现场情况不适合时立即停止并撤离；发生意外先救人，随即报告组织。",
    ),
    template(
        "长期服务",
        "service over a long time",
        "在约定期间内按固定周期提供科技服务，每次内容由组织与服务对象提前商定。",
        "定期到场；组织每月回访一次，听取服务对象和志愿者的意见。",
        "服务对象指定联系人并提供场所；组织提供往返交通、资料和必要培训。",
        "期间持续有效的意外保险；每季度检查一次场所和用具的安全；志愿者身体不适时可暂停服务。",
    ),
];
