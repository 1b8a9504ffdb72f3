//! What of a draft its operator may still be shown: what its record hides from them now is taken out.

use crate::domain::field::Field;
use crate::domain::mask::hidden;
use crate::protocol::draft::{Draft, Within};
use crate::protocol::{Act, Who};
use crate::service::sight::Eyes;
use crate::service::{Service, reading};
use crate::store::reader::Reader;

/// The fields that are typed in a form.
fn fields(act: &Act) -> &'static [Field] {
    match act {
        Act::New(kind) => kind.spec().fields,
        Act::Edit { code, .. } => code.kind.spec().fields,
        Act::Step { code, step, .. } => code.kind.spec().step(step).map_or(&[], |step| step.asks),
    }
}

impl Service {
    /// Takes out of a draft what does not exist for its operator any more, and the former text of what is masked now.
    pub(super) fn clear(&self, reader: &Reader, who: &Who, draft: &mut Draft) {
        let Within::Form(act) = &draft.within else {
            return;
        };
        let fields = fields(act);
        let eyes = Eyes::of(&reading(&self.desk), who);
        let known = |key: &str, text: &str| {
            let field = fields.iter().find(|field| field.key == key);
            field.is_none_or(|field| eyes.knows_all(reader, field, text))
        };
        for texts in [&mut draft.base, &mut draft.texts, &mut draft.shown] {
            texts.retain(|key, text| known(key, text));
        }
        let Act::Edit { code, .. } = act else { return };
        let Ok(record) = self.seen(who, *code) else {
            return;
        };
        // What is typed over a mask stays its operator's; what stood there before is not theirs.
        draft.base.retain(|key, _| {
            let field = fields.iter().find(|field| field.key == key);
            let held = field.and_then(|field| Some((field, record.get(key)?)));
            held.is_none_or(|(field, value)| !hidden(field, value).contains(key))
        });
    }
}
