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
    /// Activities.
    pub activities: usize,
    /// Complaints.
    pub complaints: usize,
}

impl Size {
    /// Size S, M or L.
    pub fn named(name: &str) -> Option<Size> {
        let (people, teams, activities, complaints) = match name.to_ascii_uppercase().as_str() {
            "S" => (2_000, S, 300, 12),
            "M" => (60_000, M, 18_000, 180),
            "L" => (200_000, L, 60_000, 600),
            _ => return None,
        };
        Some(Size {
            people,
            teams,
            activities,
            complaints,
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
