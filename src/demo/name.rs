//! Names: Han, Mongolian and those of the smaller peoples.

use std::sync::LazyLock;

use crate::demo::material::{leagues, words};
use crate::demo::random::Random;

/// A people: its name, its share in 823 beside Han and others, its line of surnames.
struct People {
    name: &'static str,
    share: u64,
    surnames: &'static str,
}

const fn people(name: &'static str, share: u64, surnames: &'static str) -> People {
    People {
        name,
        share,
        surnames,
    }
}

/// All but the Mongolians, whose share goes by league.
const PEOPLES: [People; 8] = [
    people("汉族", 787, ""),
    people("满族", 20, "man"),
    people("回族", 8, "hui"),
    people("达斡尔族", 3, "daur"),
    people("鄂温克族", 1, "ewenki"),
    people("鄂伦春族", 1, "oroqen"),
    people("朝鲜族", 1, "korean"),
    people("锡伯族", 2, ""),
];

/// The peoples of Hulunbuir, three times as many there.
const HULUNBUIR: (&str, [&str; 3]) = ("150700", ["达斡尔族", "鄂温克族", "鄂伦春族"]);

/// The eastern leagues, where more Mongolians have a surname.
const EAST: [&str; 4] = ["150400", "150500", "150700", "152200"];

/// Mongolian permille of the whole region.
const MONGOL: u64 = 177;

static SURNAMES: LazyLock<Vec<(&'static str, u64)>> = LazyLock::new(|| {
    words("surnames")
        .iter()
        .filter_map(|word| {
            let at = word.find(|c: char| c.is_ascii_digit())?;
            let (surname, weight) = word.split_at_checked(at)?;
            Some((surname, weight.parse().ok()?))
        })
        .collect()
});

macro_rules! stock {
    ($($name:ident $key:literal),*) => { $(
        static $name: LazyLock<&'static [&'static str]> = LazyLock::new(|| words($key));
    )* };
}
stock!(
    SPECIAL "special", COMPOUND "compound", ONE "one", TWO "two",
    MALE "male", FEMALE "female", MONGOL_SURNAMES "mongol_surnames"
);

/// The people of somebody in a league, and the name.
pub fn draw(random: &mut Random, league: usize, woman: bool) -> (&'static str, String) {
    let row = leagues().get(league);
    if random.permille(row.map_or(MONGOL, |row| row.mongol)) {
        let east = row.is_some_and(|row| EAST.contains(&row.code));
        return ("蒙古族", mongol(random, woman, east));
    }
    let tripled = row.is_some_and(|row| row.code == HULUNBUIR.0);
    let share = |people: &People| match tripled && HULUNBUIR.1.contains(&people.name) {
        true => people.share * 3,
        false => people.share,
    };
    let at = random.at(PEOPLES.iter().map(share));
    let Some(people) = PEOPLES.get(at) else {
        return ("汉族", han(random));
    };
    let name = match people.surnames {
        "" => han(random),
        key => format!("{}{}", random.pick(words(key)), given(random)),
    };
    (people.name, name)
}

/// Anybody's name.
pub fn anybody(random: &mut Random, league: usize) -> String {
    let woman = random.below(2) == 0;
    draw(random, league, woman).1
}

/// A Han name.
pub fn han(random: &mut Random) -> String {
    let surname = match random.below(100) {
        0..2 => random.pick(&SPECIAL),
        2 => random.pick(&COMPOUND),
        _ => random.weighted(&SURNAMES),
    };
    format!("{surname}{}", given(random))
}

fn given(random: &mut Random) -> String {
    match random.below(100) {
        0..22 => random.pick(&ONE).to_owned(),
        22..32 => random.pick(&TWO).to_owned(),
        _ => format!("{}{}", random.pick(&ONE), random.pick(&ONE)),
    }
}

fn mongol(random: &mut Random, woman: bool, east: bool) -> String {
    if random.permille(if east { 400 } else { 280 }) {
        let surname = random.pick(&MONGOL_SURNAMES);
        return format!("{surname}{}", given(random));
    }
    let stock: &[&'static str] = if woman { &FEMALE } else { &MALE };
    let one = random.pick(stock);
    match random.below(10) {
        0..4 => one.to_owned(),
        4 => format!("{one}·{}", random.pick(&MALE)),
        _ => {
            let two = random.pick(stock);
            if one == two {
                one.to_owned()
            } else {
                format!("{one}{two}")
            }
        }
    }
}
