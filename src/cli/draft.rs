//! `kezhi drafts`: what the caller has typed and not sent.

use crate::cli::{Desk, odd, print};
use crate::domain::refusal::Refusal;
use crate::domain::said::Lang;
use crate::protocol::draft::{Draft, Drafting};
use crate::protocol::{Answer, Request};

/// Lists them, the newest first; as JSON with the texts, which are nobody else's to read.
pub(crate) fn drafts(desk: &Desk) -> Result<u8, Refusal> {
    let request = Request::Draft(Drafting::List);
    let Answer::Drafts(all) = desk.connect()?.ask(request)? else {
        return Err(odd());
    };
    if desk.global.json {
        outln!("{}", serde_json::to_string(&all).map_err(Refusal::fault)?);
        return Ok(0);
    }
    let heads = match desk.lang {
        Lang::Zh => ["草稿", "类别", "项", "存于", ""],
        Lang::En => ["Draft", "Kind", "Fields", "Kept", ""],
    };
    let row = |draft: &Draft| {
        let state = match (&draft.discarded, desk.lang) {
            (None, _) => "",
            (Some(_), Lang::Zh) => "已放弃",
            (Some(_), Lang::En) => "thrown away",
        };
        let kept = draft.kept.get(..16).unwrap_or(&draft.kept);
        vec![
            draft.title.clone(),
            draft.within.kind().spec().label.get(desk.lang).to_owned(),
            draft.texts.len().to_string(),
            kept.replace('T', " "),
            state.to_owned(),
        ]
    };
    outln!("{}", print::table(&heads, all.iter().map(row).collect()));
    Ok(0)
}
