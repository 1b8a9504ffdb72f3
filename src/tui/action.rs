//! What a key may do: declared once, read by hints, help, palette and menus.

use crate::domain::kind::Kind;
use crate::domain::said::{Text, t};

/// Where an action counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Everywhere.
    Any,
    /// In all panes.
    Panes,
    /// In the tree.
    Tree,
    /// In a list.
    List,
    /// On a card.
    Card,
    /// On a card that is no case.
    Record,
    /// In the look-up.
    Look,
    /// In a form.
    Form,
    /// In a menu.
    Menu,
    /// In a picker.
    Pick,
    /// Where a step is asked about.
    Confirm,
    /// Where two versions of a record stand side by side.
    Conflict,
    /// On a case.
    Case,
    /// On the people of an activity.
    Roster,
    /// On their hours.
    Hours,
    /// On the hours of a year.
    Sums,
    /// On those who fit.
    Matching,
    /// On a month.
    Calendar,
    /// On the findings.
    Findings,
    /// In the messages.
    Log,
}

impl Place {
    /// What it is called.
    pub const fn label(self) -> Text {
        match self {
            Place::Any => t("处处", "everywhere"),
            Place::Panes => t("各窗", "panes"),
            Place::Tree => t("组织树", "tree"),
            Place::List => t("列表", "lists"),
            Place::Card => t("卡片", "cards"),
            Place::Record => t("案件以外的卡片", "cards that are no cases"),
            Place::Look => t("来电查询", "look-up"),
            Place::Form => t("表单", "forms"),
            Place::Menu => t("菜单", "menus"),
            Place::Pick => t("选择框", "pickers"),
            Place::Confirm => t("核对", "confirmation"),
            Place::Conflict => t("两人同改", "two versions"),
            Place::Case => t("案件", "cases"),
            Place::Roster => t("名单", "people"),
            Place::Hours => t("时长", "hours"),
            Place::Sums => t("时长汇总", "sums of hours"),
            Place::Matching => t("找人", "matching"),
            Place::Calendar => t("日历", "calendar"),
            Place::Findings => t("检查", "findings"),
            Place::Log => t("消息记录", "messages"),
        }
    }

    /// The table of the keymap that counts here alone; empty if there is none.
    pub const fn group(self) -> &'static str {
        match self {
            Place::Case => "case",
            Place::Roster => "people",
            Place::Hours => "minutes",
            Place::Matching => "phone",
            Place::Calendar => "month",
            Place::Look => "desk",
            _ => "",
        }
    }
}

/// An action.
pub struct Action {
    /// Key in `keymap.toml`.
    pub key: &'static str,
    /// Name.
    pub label: Text,
    /// Short name for the hint bar; empty keeps it out.
    pub hint: Text,
    /// Where it counts.
    pub place: Place,
    /// Whether it stands in the palette.
    pub listed: bool,
}

const fn row(key: &'static str, place: Place, label: Text, hint: Text, listed: bool) -> Action {
    Action {
        key,
        label,
        hint,
        place,
        listed,
    }
}

/// In palette and help.
const fn act(key: &'static str, place: Place, label: Text, hint: Text) -> Action {
    row(key, place, label, hint, true)
}

/// In the help alone: it means nothing without the place where it is pressed.
const fn key(key: &'static str, place: Place, label: Text, hint: Text) -> Action {
    row(key, place, label, hint, false)
}

const NONE: Text = t("", "");

use Place::{
    Any, Calendar, Card, Case, Confirm, Conflict, Findings, Form, Hours, List, Log, Look, Matching,
    Menu, Panes, Pick, Record, Roster, Sums, Tree,
};

/// All actions; in each place the most wanted hints first.
#[rustfmt::skip]
pub const ACTIONS: &[Action] = &[
    act("help", Any, t("帮助", "help"), t("帮助", "help")),
    key("cancel", Any, t("返回、取消", "back, cancel"), t("返回", "back")),
    act("look", Any, t("来电查询：查一切", "look up anything"), t("来电", "look up")),
    act("search", Panes, t("在本窗查找", "search in this pane"), t("查找", "search")),
    act("edit", Panes, t("编辑选中的记录", "edit the selected record"), t("编辑", "edit")),
    act("new", Panes, t("新建，或继续草稿", "new record, or go on with a draft"), t("新建", "new")),
    act("steps", Panes, t("办理：可办的步骤", "steps that can be taken"), t("办理", "steps")),
    act("palette", Panes, t("命令面板", "palette"), t("命令", "palette")),
    act("next", Panes, t("下一窗", "next pane"), t("换窗", "pane")),
    key("back_pane", Panes, t("上一窗", "pane before"), NONE),
    act("refresh", Panes, t("刷新", "refresh"), t("刷新", "refresh")),
    key("open", Panes, t("打开选中的记录", "open the selected record"), NONE),
    act("zoom", Panes, t("放大、还原本窗", "enlarge this pane"), t("放大", "enlarge")),
    key("go", Panes, t("前往...", "go to..."), t("前往", "go")),
    act("pane1", Panes, t("到组织窗", "to the organisations"), NONE),
    act("pane2", Panes, t("到志愿者窗", "to the volunteers"), NONE),
    act("pane3", Panes, t("到活动与协议窗", "to the activities"), NONE),
    act("pane4", Panes, t("到投诉与监督窗", "to the complaints"), NONE),
    act("pane5", Panes, t("到预览窗", "to the preview"), NONE),
    act("jump_back", Panes, t("回到刚才所在", "back to where you were"), NONE),
    act("jump_on", Panes, t("再到后一处", "on again"), NONE),
    act("drafts", Panes, t("草稿箱", "drafts"), NONE),
    act("undo", Panes, t("撤回刚办的：30 秒内、未对外的", "take back what was done just now: 30 s, seen by nobody else"), NONE),
    act("messages", Panes, t("消息记录", "messages"), NONE),
    act("tour", Panes, t("教程：一分钟，六个键", "tour: six keys in a minute"), NONE),
    act("mouse", Panes, t("鼠标：开、关", "mouse: on, off"), NONE),
    act("clipboard", Panes, t("剪贴板：开、关", "clipboard: on, off"), NONE),
    act("cover", Any, t("隐私遮挡", "cover the screen"), NONE),
    act("cover_after", Panes, t("自动遮挡：几分钟无按键", "cover by itself: minutes without a key"), NONE),
    act("cover_pin", Panes, t("设遮挡口令：4 至 12 位数字", "PIN of the cover: 4 to 12 digits"), NONE),
    act("selftest", Panes, t("显示自检", "display self-test"), NONE),
    act("redraw", Any, t("重画屏幕", "redraw"), NONE),
    key("stop", Any, t("取消当前操作，从不退出", "cancels, never quits"), NONE),
    act("quit", Panes, t("退出", "quit"), t("退出", "quit")),
    key("left", Tree, t("收起，到上级", "fold, to the parent"), NONE),
    key("right", Tree, t("展开，到下级", "unfold, to the child"), NONE),
    act("work", Tree, t("在窗 3 看本单位的活动与协议", "the unit's work in pane 3"), t("活动", "work")),
    act("dissolved", Tree, t("显示、隐藏已注销组织", "show dissolved organisations"), NONE),
    act("filter", List, t("筛选", "filter"), t("筛选", "filter")),
    key("filter1", List, t("第一个已存的筛选", "the first kept filter"), NONE),
    key("filter2", List, t("第二个已存的筛选", "the second kept filter"), NONE),
    key("filter3", List, t("第三个已存的筛选", "the third kept filter"), NONE),
    key("filter4", List, t("第四个已存的筛选", "the fourth kept filter"), NONE),
    act("sort", List, t("排序", "sort"), t("排序", "sort")),
    act("mark", List, t("标记、取消标记", "mark, unmark"), t("标记", "mark")),
    act("copy", List, t("复制编号", "copy the code"), t("复制", "copy")),
    act("work", List, t("换列：窗 3 活动等，窗 4 队列等", "panes 3 and 4: the next list"), t("换列", "lists")),
    act("today", List, t("今日必办：窗 4，再按还原", "pane 4: to be done today, or all"), t("今日必办", "today")),
    act("history", List, t("变更记录", "history"), NONE),
    act("columns", List, t("列：显示哪些", "columns: which are shown"), NONE),
    act("case.answer", Case, t("拟答复，没写完的接着写", "draft the answer, or go on with it"), t("拟答复", "answer")),
    act("case.transfer", Case, t("转办", "pass on"), NONE),
    act("case.assign", Case, t("指定承办人", "assign a handler"), NONE),
    act("case.link", Case, t("关联另一件", "link with another case"), NONE),
    key("edit", Card, t("编辑", "edit"), t("编辑", "edit")),
    key("steps", Card, t("办理：可办的步骤", "steps that can be taken"), t("办理", "steps")),
    act("reveal", Card, t("显示隐藏项（写明原因，留痕）", "show a masked field (with a reason, logged)"), t("显示", "show")),
    key("new", Card, t("新建，如属于它的协议、保单、派遣、证明", "new record, such as one that belongs to it"), t("新建", "new")),
    key("history", Card, t("变更记录，再按返回", "history, again for the card"), t("记录", "history")),
    key("copy", Card, t("复制编号", "copy the code"), t("复制", "copy")),
    key("undo", Card, t("撤回刚办的（30 秒内）", "take back what was done just now (30 s)"), NONE),
    act("previous", Card, t("列表中上一条", "previous record of the list"), t("上条", "previous")),
    act("following", Card, t("列表中下一条", "next record of the list"), t("下条", "next")),
    key("up", Look, t("换一条，焦点留在输入行", "choose, while you go on typing"), NONE),
    key("down", Look, t("换一条，焦点留在输入行", "choose, while you go on typing"), t("选", "choose")),
    key("open", Look, t("打开", "open"), t("打开", "open")),
    act("desk.note", Look, t("记事行、输入行", "to the note, and back to the query"), t("记事", "note")),
    key("new", Look, t("记了事：存来电；没有则新建", "stores the call that is noted; else a new record"), t("存来电", "store")),
    key("steps", Look, t("办理；记了事可转投诉", "steps; of a note also a complaint"), t("办理", "steps")),
    key("edit", Look, t("编辑", "edit"), t("编辑", "edit")),
    act("reveal", Look, t("显示隐藏项（写明原因，留痕）", "show a masked field (with a reason, logged)"), t("显示", "show")),
    key("undo", Look, t("撤回刚办的（30 秒内）", "take back what was done just now (30 s)"), NONE),
    key("clear", Look, t("清空输入", "empty the line"), t("清空", "empty")),
    key("steps", Form, t("提交，唯一会保存的键", "save: the only key that does"), t("提交", "save")),
    key("open", Form, t("下一项；多行文字中换行；从不提交", "next field; a new line in long texts; never saves"), t("下一项", "next")),
    key("search", Form, t("选择：组织、属地、选项", "choose: organisations, places, words"), t("选择", "choose")),
    key("next", Form, t("下一项；F6 回工作台，表单保留", "next field; F6 to the workstation, the form is kept"), NONE),
    key("back_pane", Form, t("上一项", "field before"), NONE),
    key("page_down", Form, t("下八项", "eight fields on"), NONE),
    key("page_up", Form, t("上八项", "eight fields back"), NONE),
    key("undo", Form, t("撤销输入，逐步退回各项", "take back what was typed, over all fields"), t("撤销", "undo")),
    key("keep", Form, t("立即存草稿", "keep the draft now"), t("存草稿", "keep")),
    key("redo", Form, t("重做", "redo"), NONE),
    key("clear", Form, t("清空本项", "empty the field"), t("清空", "empty")),
    key("word", Form, t("删前一词", "delete the word before"), NONE),
    key("kill", Form, t("删到行尾", "delete to the end of the line"), NONE),
    key("open", Menu, t("办选中的一行", "take the chosen line"), t("确定", "take")),
    key("page_down", Menu, t("下九行；数字只归前九行，其余打字或用方向键", "the next nine lines; the first nine have digits, the others are typed for"), NONE),
    key("page_up", Menu, t("上九行", "the nine lines before"), NONE),
    key("open", Log, t("打开消息里的记录", "open the record of the message"), t("打开", "open")),
    key("clear", Log, t("清空输入", "empty the line"), NONE),
    key("open", Pick, t("填入", "take"), t("填入", "take")),
    key("next", Pick, t("勾选（可多选时）", "tick, where several may be taken"), NONE),
    key("clear", Pick, t("清空输入", "empty the line"), t("清空", "empty")),
    key("open", Confirm, t("办光标所在的一项", "take what is highlighted"), t("选定", "take")),
    key("steps", Confirm, t("不能恢复的：输入后四位再按", "for good: after the last four digits"), NONE),
    key("steps", Conflict, t("按所选合并，回到表单", "merge as chosen, back to the form"), t("合并", "merge")),
    act("roster", List, t("名单：活动的人、保险、告知", "people of the activity: insurance and telling"), NONE),
    act("matching", List, t("找人：谁合适，电话结果", "who fits, and what they say on the phone"), NONE),
    act("hours", Panes, t("时长：活动逐人填报；人和组织的汇总", "hours: of an activity typed in place; sums of people and teams"), NONE),
    act("calendar", Panes, t("日历", "calendar"), NONE),
    act("findings", Panes, t("检查：各条规定的问题", "findings by rule"), NONE),
    key("roster", Record, t("活动的名单", "people of the activity"), NONE),
    key("matching", Record, t("给活动或需求找人", "who fits the activity or the need"), NONE),
    key("hours", Record, t("时长：填报或汇总", "hours: typed in place, or sums"), NONE),
    key("undo", Roster, t("撤回刚办的（30 秒内）", "take back what was done just now (30 s)"), NONE),
    key("mark", Roster, t("标记、取消标记", "mark, unmark"), t("标记", "mark")),
    act("people.all", Roster, t("全标、全不标", "mark all or none"), t("全标", "all")),
    act("people.agree", Roster, t("本人同意：谁、何时、怎样", "says yes: who, when, how"), t("同意", "yes")),
    act("people.tell", Roster, t("告知风险：所标各人", "told of the danger: everybody marked"), t("告知", "tell")),
    act("people.policy", Roster, t("投保：所标各人，活动起止", "policy for those marked, over the activity"), t("投保", "policy")),
    act("people.arrive", Roster, t("到场", "present"), t("到场", "present")),
    act("people.withdraw", Roster, t("不能来：何时、向谁、为何", "cannot come: when, to whom, why"), t("不能来", "cannot")),
    key("new", Roster, t("加一个人", "add somebody"), t("加人", "add")),
    key("steps", Roster, t("办理：所有步骤", "all steps"), t("办理", "steps")),
    act("people.invite", Roster, t("邀请", "invite"), t("邀请", "invite")),
    act("people.replace", Roster, t("找替补", "find a replacement"), t("找替补", "replace")),
    act("people.miss", Roster, t("缺席", "absent"), t("缺席", "absent")),
    act("people.reserve", Roster, t("列为候补", "reserve"), t("候补", "reserve")),
    key("open", Roster, t("打开派遣", "open the enrolment"), t("打开", "open")),
    key("reveal", Roster, t("显示电话（写明原因，留痕）", "show the phone (with a reason, logged)"), t("电话", "phone")),
    act("people.person", Roster, t("打开志愿者", "open the volunteer"), NONE),
    key("steps", Hours, t("保存填好的各行；没有则办理", "save the typed rows; steps if there are none"), t("保存", "save")),
    act("minutes.fill", Hours, t("到场未填的人都填场次时长", "session length for all present"), t("全填", "fill")),
    act("minutes.confirm", Hours, t("确认：所标，或全部待确认", "confirm those marked, or all pending"), t("确认", "confirm")),
    act("minutes.unconfirm", Hours, t("收回确认", "take a confirmation back"), t("收回", "take back")),
    act("minutes.return", Hours, t("退回，写明原因", "return with a reason"), t("退回", "return")),
    act("minutes.withdraw", Hours, t("撤销，写明原因", "withdraw with a reason"), t("撤销", "withdraw")),
    act("minutes.evidence", Hours, t("填依据：本行或所标各行", "evidence of this row or of those marked"), t("依据", "evidence")),
    key("undo", Hours, t("撤回刚办的（30 秒内）", "take back what was done just now (30 s)"), NONE),
    key("mark", Hours, t("标记、取消标记", "mark, unmark"), t("标记", "mark")),
    act("minutes.all", Hours, t("全标、全不标", "mark all or none"), t("全标", "all")),
    key("new", Hours, t("另加一条：起止、非名单上的人", "another record: with times, or of somebody else"), t("另加", "add")),
    key("open", Hours, t("下一行；已存的打开记录", "next row; a saved one opens"), t("下一行", "next")),
    key("open", Sums, t("展开：下级或记录", "unfold: teams or records"), t("展开", "unfold")),
    key("left", Sums, t("回上一层（Backspace 同）", "up again, as Backspace"), t("上层", "up")),
    key("previous", Sums, t("上一年", "year before"), t("上年", "year before")),
    key("following", Sums, t("下一年", "next year"), t("下年", "next year")),
    act("phone.yes", Matching, t("电话结果：去", "on the phone: yes"), t("去", "yes")),
    act("phone.no", Matching, t("电话结果：不去", "on the phone: no"), t("不去", "no")),
    act("phone.silent", Matching, t("电话结果：没接", "on the phone: no answer"), t("没接", "no answer")),
    act("phone.later", Matching, t("电话结果：再打", "on the phone: call again"), t("再打", "again")),
    act("phone.turn", Matching, t("需求转为活动", "the need becomes an activity"), t("转活动", "activity")),
    key("reveal", Matching, t("显示电话（写明原因，留痕）", "show the phone (with a reason, logged)"), t("电话", "phone")),
    key("open", Matching, t("打开这个人或组织", "open the person or the team"), t("打开", "open")),
    key("undo", Matching, t("撤回刚记的（30 秒内）", "take back what was noted just now (30 s)"), NONE),
    key("left", Calendar, t("前一天", "day before"), NONE),
    key("right", Calendar, t("后一天", "next day"), NONE),
    key("previous", Calendar, t("上月（PgUp 同）", "month before, as PgUp"), t("上月", "month before")),
    key("following", Calendar, t("下月（PgDn 同）", "next month, as PgDn"), t("下月", "next month")),
    key("open", Calendar, t("进入这一天；打开活动", "into the day; open the activity"), t("打开", "open")),
    act("month.list", Calendar, t("月历、逐日列表", "grid, list by day"), t("列表", "list")),
    key("open", Findings, t("展开规则；打开记录", "unfold the rule; open the record"), t("展开", "unfold")),
    key("left", Findings, t("收起", "fold"), NONE),
    key("search", Findings, t("按条号查：9 即第九条", "by article: 9 is article 9"), t("条号", "article")),
    key("refresh", Findings, t("重新检查", "check again"), t("重查", "again")),
    key("first", Panes, t("首条", "first"), NONE),
    key("last", Panes, t("末条", "last"), NONE),
    key("up", Panes, t("上移", "up"), NONE),
    key("down", Panes, t("下移", "down"), NONE),
    key("page_up", Panes, t("上一页", "page up"), NONE),
    key("page_down", Panes, t("下一页", "page down"), NONE),
];

/// Every place where keys can go.
pub const PLACES: &[Place] = &[
    Tree, List, Card, Look, Form, Menu, Pick, Conflict, Case, Roster, Hours, Sums, Matching,
    Calendar, Findings, Log,
];

/// The places whose actions count in a place.
pub fn counts(place: Place) -> &'static [Place] {
    match place {
        Place::Tree => &[Any, Tree, Panes],
        Place::List => &[Any, Panes, List],
        Place::Panes => &[Any, Panes],
        Place::Card | Place::Record => &[Any, Card, Record],
        Place::Look => &[Any, Look],
        Place::Form => &[Any, Form],
        Place::Menu => &[Any, Menu],
        Place::Pick => &[Any, Pick],
        Place::Confirm => &[Any, Confirm],
        Place::Conflict => &[Any, Conflict],
        Place::Case => &[Any, Case, Card],
        Place::Roster => &[Any, Roster],
        Place::Hours => &[Any, Hours],
        Place::Sums => &[Any, Sums],
        Place::Matching => &[Any, Matching],
        Place::Calendar => &[Any, Calendar],
        Place::Findings => &[Any, Findings],
        Place::Log => &[Any, Log],
        Place::Any => &[Any],
    }
}

/// Whether two actions count in one place.
pub fn together(one: &str, other: &str) -> bool {
    let at = |key: &str, places: &[Place]| {
        let mut rows = ACTIONS.iter().filter(|row| row.key == key);
        rows.any(|row| places.contains(&row.place))
    };
    PLACES.iter().any(|place| {
        let places = counts(*place);
        at(one, places) && at(other, places)
    })
}

/// The hints of a place: help, back and look-up first, they are never left out.
pub fn hints(place: Place) -> impl Iterator<Item = (&'static str, Text)> {
    counts(place).iter().flat_map(|place| {
        ACTIONS
            .iter()
            .filter(move |action| action.place == *place && !action.hint.zh.is_empty())
            .map(|action| (action.key, action.hint))
    })
}

/// The boards that open on a record: hinted where one is selected.
const BOARDS: &[(&str, Text, &[Kind])] = &[
    ("roster", t("名单", "people"), &[Kind::Activity]),
    ("hours", t("时长", "hours"), &[Kind::Activity]),
    (
        "matching",
        t("找人", "who fits"),
        &[Kind::Activity, Kind::Need],
    ),
];

/// The hints of the boards that open on a record of a kind.
pub fn boards(kind: Kind) -> impl Iterator<Item = (&'static str, Text)> {
    let those = BOARDS.iter().filter(move |row| row.2.contains(&kind));
    those.map(|(key, hint, _)| (*key, *hint))
}

/// The keys after `g`, with the action of each.
pub const GO: &[(char, &str)] = &[
    ('o', "pane1"),
    ('v', "pane2"),
    ('a', "pane3"),
    ('c', "pane4"),
    ('b', "findings"),
    ('f', "look"),
    ('d', "drafts"),
    ('l', "messages"),
];

/// The name of an action.
pub fn label(key: &str) -> Text {
    ACTIONS
        .iter()
        .find(|action| action.key == key)
        .map_or(NONE, |action| action.label)
}
