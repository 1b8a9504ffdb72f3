//! All tests in one binary: one link, one run.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    missing_docs
)]

mod bulk;
mod calendar;
mod call;
mod call_screen;
mod canary;
mod care;
mod check;
mod checks;
mod clock;
mod colour;
mod comfort;
mod command;
mod complaint;
mod complaint_course;
mod complaint_keep;
mod complaint_same;
mod complaint_term;
mod consequence;
mod console;
mod deaf;
mod demo;
mod digest;
mod disk;
mod document;
mod draft;
mod draft_form;
mod draft_lost;
mod draft_screen;
mod draft_time;
mod erase;
mod facts;
mod fault;
mod form;
mod form_slip;
mod frame;
mod frame_full;
mod hangup;
mod hours;
mod impossible;
mod incident;
mod insertion;
mod jump;
mod keyboard;
mod keymap;
mod language;
mod layer;
mod look;
mod look_beginner;
mod look_board;
mod look_board_data;
mod look_board_find;
mod look_card;
mod look_cover;
mod look_data;
mod look_held;
mod look_hint;
mod look_key;
mod look_matter;
mod look_matter_data;
mod look_month;
mod look_novice;
mod look_operator;
mod look_session;
mod look_shape;
mod look_snapshot;
mod look_undo;
mod look_veiled;
mod look_work;
mod look_work_change;
mod look_work_form;
mod matching;
mod matching_index;
mod matrix;
mod matter_paper;
mod matter_screen;
mod matter_story;
mod matter_word;
mod moment;
mod multiplexer;
mod organisation;
mod oversight;
mod paging;
mod panic;
mod paper;
mod papers;
mod period;
mod period_list;
mod period_screen;
mod pin;
mod plain;
mod plain_draft;
mod plain_weigh;
mod power;
mod presence;
mod probe;
mod queue;
mod ranking;
mod readable;
mod reading;
mod readme;
mod relay;
mod remote;
mod renewal;
mod rest;
mod right;
mod right_screen;
mod rule;
mod sanction;
mod scope;
mod scope_operator;
mod scope_work;
mod screen;
mod search;
mod seat;
mod server;
mod server_unit;
mod sheet;
mod sheet_import;
mod sheet_service;
mod sheet_work;
mod slip_step;
mod soak;
mod store;
mod story;
mod story_screen;
mod sum;
mod theme;
mod theme_wear;
mod together;
mod undo;
mod undo_kept;
mod volunteer;
mod wall;
mod wall_log;
mod wall_user;
mod way;
mod width;
mod width_screen;
mod wire;
mod wire_cells;
mod workday;

/// Leaves a test that this machine cannot run; `.ci/run` names in `KEZHI_NEEDS` what must run there.
fn skip(need: &str, reason: &str) {
    let needs = std::env::var("KEZHI_NEEDS").unwrap_or_default();
    assert!(
        !needs.split_whitespace().any(|one| one == need),
        "{need} must be tested here: {reason}"
    );
    eprintln!("skipped ({need}): {reason}");
}
