//! The places of the region: one region, 12 leagues, 103 counties.

use std::sync::LazyLock;

use crate::domain::fold::bare;
use crate::domain::said::Said;
use crate::say;

/// One place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Six digits (GB/T 2260).
    pub code: &'static str,
    /// Full name.
    pub name: &'static str,
    /// Customary short name; the full name where there is none.
    pub short: &'static str,
    /// Other names, former ones among them.
    pub aliases: Vec<&'static str>,
}

/// The level of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 自治区.
    Region,
    /// 盟市.
    League,
    /// 旗县.
    County,
}

static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    include_str!("data/places.csv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split(',');
            let (code, name, short) = (cells.next()?, cells.next()?, cells.next()?);
            Some(Place {
                code,
                name,
                short: if short.is_empty() { name } else { short },
                aliases: cells
                    .next()?
                    .split(';')
                    .filter(|alias| !alias.is_empty())
                    .collect(),
            })
        })
        .collect()
});

/// All places in the order of their codes, the region first.
pub fn places() -> &'static [Place] {
    &PLACES
}

impl Place {
    /// Its level.
    pub fn level(&self) -> Level {
        if self.code.ends_with("0000") {
            Level::Region
        } else if self.code.ends_with("00") {
            Level::League
        } else {
            Level::County
        }
    }

    /// The place above it.
    pub fn parent(&self) -> Option<&'static Place> {
        match self.level() {
            Level::Region => None,
            Level::League => by_code("150000"),
            Level::County => by_code(&format!("{}00", self.code.get(..4)?)),
        }
    }

    /// The name with the league before it: 赤峰市红山区.
    pub fn path(&self) -> String {
        match self.parent() {
            Some(league) if self.level() == Level::County => {
                format!("{}{}", league.name, self.name)
            }
            _ => self.name.to_owned(),
        }
    }

    fn answers(&self, word: &str) -> bool {
        self.name == word || self.short == word || self.aliases.contains(&word)
    }
}

/// The place with a code.
pub fn by_code(code: &str) -> Option<&'static Place> {
    PLACES.iter().find(|place| place.code == code)
}

/// Whether a place lies in another, or is it.
pub fn within(code: &str, outer: &str) -> bool {
    code.starts_with(outer.trim_end_matches("00")) || outer == "150000"
}

/// Reads a place: code, full name, path or short name; what means several places is refused with the choices.
pub fn place(raw: &str) -> Result<&'static Place, Said> {
    let text: String = bare(raw)
        .chars()
        .filter(|c| !matches!(c, '/' | '\\' | '-' | '>' | '·' | ',' | '，' | '、'))
        .collect();
    if text.is_empty() {
        return Err(say!("请填属地", "enter a place"));
    }
    if text.chars().all(|c| c.is_ascii_digit()) {
        let six = text.get(..6).unwrap_or(&text);
        return by_code(six).ok_or_else(|| {
            say!(
                "没有区划代码 {text}",
                "there is no place with the code {text}"
            )
        });
    }
    let found = candidates(&text);
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(say!(
            "不认识属地「{raw}」，请填旗县或盟市的名称、简称或区划代码",
            "\"{raw}\" is no place known here; enter a county or league by name, short name or code"
        )),
        several => {
            let list: Vec<String> = several
                .iter()
                .map(|place| format!("{} {}", place.path(), place.code))
                .collect();
            let list = list.join("、");
            Err(say!(
                "「{raw}」可指多处，请写全：{list}",
                "\"{raw}\" may mean several places, write it in full: {list}"
            ))
        }
    }
}

/// The places that a name, path or short name may mean.
pub fn candidates(text: &str) -> Vec<&'static Place> {
    let exact: Vec<_> = PLACES.iter().filter(|place| place.name == text).collect();
    if !exact.is_empty() {
        return exact;
    }
    let rest = text
        .strip_prefix("内蒙古自治区")
        .or_else(|| text.strip_prefix("内蒙古"))
        .filter(|rest| !rest.is_empty());
    if let Some(rest) = rest {
        return candidates(rest);
    }
    let tail_only = text.chars().count() <= 2 && text.ends_with(['旗', '县', '区', '市', '盟']);
    let mut found: Vec<_> = PLACES
        .iter()
        .filter(|place| place.answers(text) || (tail_only && place.name.ends_with(text)))
        .collect();
    if found.is_empty() {
        found = pathed(text);
    }
    if found.is_empty() && text.chars().count() >= 2 {
        found = PLACES
            .iter()
            .filter(|place| place.name.starts_with(text))
            .collect();
    }
    found
}

fn pathed(text: &str) -> Vec<&'static Place> {
    let mut found = Vec::new();
    for league in PLACES.iter().filter(|place| place.level() == Level::League) {
        let names = [league.name, league.short]
            .into_iter()
            .chain(league.aliases.iter().copied());
        for rest in names
            .filter_map(|name| text.strip_prefix(name))
            .filter(|rest| !rest.is_empty())
        {
            for county in PLACES
                .iter()
                .filter(|place| place.parent().is_some_and(|up| up.code == league.code))
            {
                let tail = rest.chars().count() <= 2 && county.name.ends_with(rest);
                if (county.answers(rest) || tail) && !found.contains(&county) {
                    found.push(county);
                }
            }
        }
    }
    found
}
