//! What the roles do not allow is told before the form, not at its end.

use kezhi::domain::kind::Kind;
use kezhi::domain::operator::Role;
use kezhi::domain::said::Lang;
use kezhi::protocol::Request;
use kezhi::service::permit;
use kezhi::tui::overlay::Overlay;
use kezhi::tui::theme::Theme;

use crate::look::Stage;

fn stage(role: Role, lang: Lang) -> Stage {
    let mut stage = Stage::new(lang, Theme::named("default"), 120, 36);
    stage.app.welcome.who.roles = vec![role];
    stage.app.welcome.shut = permit::shut(&[role]);
    stage.draw();
    stage
}

fn entered(stage: &Stage) -> bool {
    let asks = |over: &Overlay| matches!(over, Overlay::Form(_) | Overlay::Reason(..));
    stage.app.over.iter().any(asks)
}

fn told(stage: &Stage) -> String {
    let told = stage.app.message.as_ref();
    told.map_or_else(String::new, |(_, text)| text.clone())
}

#[test]
fn a_viewer_is_told_who_may_before_anything_is_typed() {
    let ways: &[(&[&str], &str)] = &[
        (&["F7"], "不能登记、修改志愿者"),
        (&["Esc", "F4"], "不能登记、修改志愿者"),
        (&["Esc", "Enter", "F4"], "不能登记、修改志愿者"),
        (&["Esc", "Enter", "Ctrl-E"], "不能显示隐藏项：志愿者"),
        (&["Esc", "3", "F7"], "不能登记、修改活动"),
        (&["Esc", "3", "p", "F7"], "不能登记、修改"),
        (&["Esc", "1", "F7"], "不能登记、修改组织"),
        (&["Esc", "3", "r", "F7"], "不能登记、修改派遣"),
        (&["Esc", "3", "r", "y"], "不能办理派遣"),
        (&["Esc", "3", "r", "b"], "不能登记、修改保单"),
        (&["Esc", "3", "t", "1"], "不能登记、修改服务记录"),
        (&["F9", "xj", "Enter"], "不能登记、修改志愿者"),
    ];
    for (way, what) in ways {
        let mut stage = stage(Role::Viewer, Lang::Zh);
        stage.keys(way);
        assert!(!entered(&stage), "{way:?}");
        let told = told(&stage);
        assert!(
            told.contains("您的角色（查询）") && told.contains(what),
            "{way:?}: {told}"
        );
        assert!(told.contains("由值班员、负责人办理"), "{way:?}: {told}");
        let wrote = stage.asked.iter().any(|request| {
            matches!(
                request,
                Request::Make { .. }
                    | Request::Many { .. }
                    | Request::Try(_)
                    | Request::Reveal { .. }
            )
        });
        assert!(!wrote, "{way:?}");
    }
}

#[test]
fn menus_show_it_as_not_open_and_hints_leave_it_out() {
    let mut viewer = stage(Role::Viewer, Lang::Zh);
    let hints = viewer.text().lines().last().unwrap().to_owned();
    assert!(
        !hints.contains("新建") && !hints.contains("编辑"),
        "{hints}"
    );
    viewer.keys(&["F9", "新建"]);
    let Some(Overlay::Menu(menu)) = viewer.app.over.last() else {
        panic!("no palette")
    };
    let item = menu.matching()[0];
    assert!(!item.open && item.note.contains("由值班员、负责人办理"));
    let mut operator = stage(Role::Operator, Lang::Zh);
    let hints = operator.text().lines().last().unwrap().to_owned();
    assert!(hints.contains("新建") && hints.contains("编辑"), "{hints}");
    operator.keys(&["F7"]);
    assert!(entered(&operator));
    let mut viewer = stage(Role::Viewer, Lang::En);
    viewer.keys(&["F7"]);
    assert!(
        told(&viewer).contains("it is done by: operator, head"),
        "{}",
        told(&viewer)
    );
}

/// What the screen is told and what the service judges are one table.
#[test]
fn the_screen_is_told_exactly_what_the_service_refuses() {
    for role in [
        Role::Viewer,
        Role::Operator,
        Role::Head,
        Role::Inspector,
        Role::Admin,
    ] {
        let shut = permit::shut(&[role]);
        for spec in kezhi::domain::kind::KINDS {
            for act in ["write", "step"] {
                let told = shut
                    .iter()
                    .any(|one| one.act == act && one.kind == spec.kind);
                assert_eq!(
                    told,
                    !permit::may(&[role], act, Some(spec.kind)),
                    "{role:?} {act}"
                );
            }
        }
    }
    assert!(
        !permit::shut(&[Role::Inspector])
            .iter()
            .any(|one| one.act == "step" && one.kind == Kind::Oversight)
    );
}

#[test]
fn the_tour_lets_everybody_try() {
    let mut stage = stage(Role::Viewer, Lang::Zh);
    stage.keys(&["F9", "教程", "Enter"]);
    let Some(Overlay::Tour(tour)) = stage.app.over.last() else {
        panic!("no tour")
    };
    assert!(tour.app.welcome.shut.is_empty());
}
