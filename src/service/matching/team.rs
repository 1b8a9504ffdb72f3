//! Teams that could take a need on.

use std::cmp::Reverse;

use crate::domain::kind::{Code, Kind};
use crate::domain::mask::masked;
use crate::domain::place;
use crate::domain::value::Value;
use crate::domain::world::World;
use crate::protocol::work::Match;
use crate::protocol::{Node, Who};
use crate::say;
use crate::search::Fit;
use crate::service::matching::query;
use crate::service::matching::wish::Wish;
use crate::service::{Service, reading};

/// The members of so many teams are counted, the nearest and largest.
const COUNTED: usize = 64;

/// The teams that are offered.
const MOST: usize = 8;

impl Service {
    /// The teams that the caller sees: by nearness, then by members with what is asked for.
    pub(super) fn teams(
        &self,
        who: &Who,
        wish: &Wish,
        most: usize,
        world: &dyn World,
    ) -> Vec<Match> {
        let desk = reading(&self.desk);
        let able = |node: &Node| node.status == "已成立" && node.kind != "总队" && node.members > 0;
        let mut teams: Vec<Node> = desk.tree.nodes(who).into_iter().filter(able).collect();
        let far = |node: &Node| wish.distance(&node.area);
        teams.sort_by_key(|node| (far(node), Reverse(node.members), node.number));
        teams.truncate(COUNTED);
        let must = wish.languages(&desk.index);
        let wishes = wish.skills(&desk.index);
        let fit = Fit {
            query: query(None, &must),
            wishes: &wishes,
            near: &[],
            most: 0,
            turn: 0,
        };
        let orgs: Vec<u32> = teams.iter().map(|node| node.number as u32).collect();
        let counts = desk.index.fitting_in(&fit, &orgs);
        let mut teams: Vec<(Node, usize)> = teams.into_iter().zip(counts).collect();
        teams.retain(|(_, able)| *able > 0);
        teams.sort_by_key(|(node, able)| (far(node), Reverse(*able), node.number));
        teams.truncate(most.min(MOST));
        drop(desk);
        let row = |(node, able): (Node, usize)| self.team(&node, able, wish, world);
        teams.into_iter().map(row).collect()
    }

    fn team(&self, node: &Node, able: usize, wish: &Wish, world: &dyn World) -> Match {
        let code = Code::new(Kind::Organisation, node.number);
        let record = world.record(code);
        let phone = record.as_ref().map_or("", |record| record.text("phone"));
        let field = Kind::Organisation.spec().field("phone");
        let phone = field.map(|field| masked(field, &Value::from(phone)).to_string());
        let (place, here) = wish.near_said(&node.area);
        let asked = [wish.skills.as_slice(), wish.languages.as_slice()].concat();
        let count = match asked.as_slice() {
            [] => say!("{able} 名志愿者", "{able} volunteers"),
            list => {
                let list = list.join("、");
                say!("{able} 人会 {list}", "{able} people with {list}")
            }
        };
        let (mut why, mut against) = (vec![count], Vec::new());
        match here {
            true => why.insert(0, place),
            false => against.push(place),
        }
        Match {
            code,
            name: node.name.clone(),
            phone: phone.unwrap_or_default(),
            area: place::by_code(&node.area).map_or_else(String::new, place::Place::path),
            why,
            against,
            asked: None,
        }
    }
}
