//! How much is made: the sizes S, M and L, or a number of people.

/// How many teams stand on the lists, and how many of them are founded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Teams {
    /// Founded of the 12 leagues.
    pub leagues: usize,
    /// Founded of the 103 counties.
    pub counties: usize,
    /// Societies: on the list, founded.
    pub societies: (usize, usize),
    /// Universities: on the list, founded.
    pub universities: (usize, usize),
    /// Enterprises: on the list, founded.
    pub enterprises: (usize, usize),
    /// Parks: on the list, founded.
    pub parks: (usize, usize),
    /// Sub-teams of townships.
    pub townships: usize,
    /// Sub-teams of societies.
    pub disciplines: usize,
    /// Sub-teams of universities.
    pub departments: usize,
}

const S: Teams = Teams {
    leagues: 11,
    counties: 18,
    societies: (5, 3),
    universities: (4, 2),
    enterprises: (2, 1),
    parks: (2, 1),
    townships: 1,
    disciplines: 1,
    departments: 1,
};

const M: Teams = Teams {
    leagues: 11,
    counties: 92,
    societies: (120, 78),
    universities: (53, 44),
    enterprises: (45, 38),
    parks: (18, 13),
    townships: 142,
    disciplines: 22,
    departments: 29,
};

const L: Teams = Teams {
    enterprises: (190, 165),
    parks: (36, 30),
    townships: 670,
    disciplines: 275,
    departments: 234,
    ..M
};

/// How much is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Volunteers.
    pub people: usize,
    /// Teams.
    pub teams: Teams,
    /// What they do.
    pub deeds: Deeds,
}

/// How much there is of what they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deeds {
    /// Activities.
    pub activities: usize,
    /// Needs that no activity came of; those of activities come on top.
    pub needs: usize,
    /// Enrolments; about as many service records follow from them.
    pub enrolments: usize,
    /// Insurance policies, those of whole teams among them.
    pub policies: usize,
    /// Policies that cover a team for a year.
    pub group_policies: usize,
    /// Agreements.
    pub agreements: usize,
    /// Certificates.
    pub certificates: usize,
    /// Complaints.
    pub complaints: usize,
    /// Incidents.
    pub incidents: usize,
    /// Sanctions.
    pub sanctions: usize,
    /// Calls.
    pub calls: usize,
}

impl Deeds {
    /// Nothing at all.
    pub const NONE: Deeds = Deeds {
        activities: 0,
        needs: 0,
        enrolments: 0,
        policies: 0,
        group_policies: 0,
        agreements: 0,
        certificates: 0,
        complaints: 0,
        incidents: 0,
        sanctions: 0,
        calls: 0,
    };

    const S: Deeds = Deeds {
        activities: 300,
        needs: 20,
        enrolments: 3_000,
        policies: 30,
        group_policies: 2,
        agreements: 60,
        certificates: 40,
        complaints: 12,
        incidents: 8,
        sanctions: 3,
        calls: 60,
    };

    const M: Deeds = Deeds {
        activities: 18_000,
        needs: 300,
        enrolments: 216_000,
        policies: 900,
        group_policies: 12,
        agreements: 2_700,
        certificates: 1_200,
        complaints: 180,
        incidents: 120,
        sanctions: 12,
        calls: 1_800,
    };

    const L: Deeds = Deeds {
        activities: 60_000,
        needs: 1_000,
        enrolments: 900_000,
        policies: 3_000,
        group_policies: 40,
        agreements: 9_000,
        certificates: 4_000,
        complaints: 600,
        incidents: 400,
        sanctions: 40,
        calls: 6_000,
    };
}

impl Size {
    /// Size S, M or L.
    pub fn named(name: &str) -> Option<Size> {
        let (people, teams, deeds) = match name.to_ascii_uppercase().as_str() {
            "S" => (2_000, S, Deeds::S),
            "M" => (60_000, M, Deeds::M),
            "L" => (200_000, L, Deeds::L),
            _ => return None,
        };
        Some(Size {
            people,
            teams,
            deeds,
        })
    }

    /// So many people instead; few people get the teams of size S.
    pub fn with_people(self, people: usize) -> Size {
        let teams = if people < 10_000 { S } else { self.teams };
        Size {
            people,
            teams,
            ..self
        }
    }

    /// So many planted defects, of which size M has `count`.
    pub fn planted(&self, count: usize) -> usize {
        if self.people >= 60_000 {
            count
        } else {
            (count * self.people / 60_000).max(1)
        }
    }
}
