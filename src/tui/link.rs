//! The connection of a session to its service.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use crate::domain::refusal::Refusal;
use crate::protocol::{Request, Welcome};
use crate::terminal::tty;
use crate::tui::Connect;
use crate::tui::tag::{Heard, Tag};
use crate::wire::client::{Arrived, Client, Reading};

/// How long to wait before the service is called again.
const AGAIN: Duration = Duration::from_millis(700);

/// What a session waits for.
pub enum Happened {
    /// Something at the terminal.
    Tty(tty::Happened),
    /// Something from the service, over the connection of this number.
    Heard(u64, Heard),
    /// That connection is gone.
    Lost(u64),
    /// An attempt to connect anew has ended.
    Connected(Result<Client, Refusal>),
}

/// The connection to the service, and the calls that are not answered yet.
pub struct Link {
    connect: Connect,
    client: Option<Client>,
    number: u64,
    /// What each call was for, and whether others caused it.
    calls: HashMap<u64, (Tag, bool)>,
    sender: Sender<Happened>,
    retry: Instant,
    /// Whether an attempt to connect is under way.
    trying: bool,
}

impl Link {
    /// No connection yet.
    pub fn new(connect: Connect, sender: Sender<Happened>) -> Link {
        Link {
            connect,
            client: None,
            number: 0,
            calls: HashMap::new(),
            sender,
            retry: Instant::now(),
            trying: false,
        }
    }

    /// Connects, and waits for it.
    pub fn open(&mut self) -> Result<Welcome, Refusal> {
        let client = (self.connect)()?;
        self.hold(client)
    }

    fn hold(&mut self, client: Client) -> Result<Welcome, Refusal> {
        self.number += 1;
        self.calls.clear();
        let welcome = client.welcome.clone();
        let twin = client.twin().map_err(Refusal::fault)?;
        let (sender, number) = (self.sender.clone(), self.number);
        std::thread::spawn(move || listen(twin, &sender, number));
        self.client = Some(client);
        Ok(welcome)
    }

    /// Sends a request; what cannot be sent comes back with the reason.
    pub fn send(&mut self, tag: Tag, request: Request, others: bool) -> Result<(), (Tag, Refusal)> {
        let sent = match &self.client {
            Some(client) => client.send(request),
            None => Err(crate::wire::client::unavailable("offline")),
        };
        match sent {
            Ok(id) => {
                self.calls.insert(id, (tag, others));
                Ok(())
            }
            Err(refusal) => Err((tag, refusal)),
        }
    }

    /// What a call that is answered now was for, and whether others caused it.
    pub fn answered(&mut self, number: u64, id: u64) -> Option<(Tag, bool)> {
        // A number of another connection means another call.
        let known = number == self.number;
        known.then(|| self.calls.remove(&id)).flatten()
    }

    /// Whether something came over the connection that is open now.
    pub fn is(&self, number: u64) -> bool {
        number == self.number
    }

    /// The connection is gone: gives what was not answered.
    pub fn drop_all(&mut self) -> Vec<Tag> {
        self.client = None;
        self.calls.drain().map(|(_, (tag, _))| tag).collect()
    }

    /// Tries to connect again, now and then, beside the session: a service may take long to answer.
    pub fn again(&mut self) {
        if self.client.is_some() || self.trying || self.retry.elapsed() < AGAIN {
            return;
        }
        self.retry = Instant::now();
        self.trying = true;
        let (connect, sender) = (Arc::clone(&self.connect), self.sender.clone());
        std::thread::spawn(move || {
            let _ = sender.send(Happened::Connected(connect()));
        });
    }

    /// What came of such an attempt: true when it is connected again.
    pub fn take(&mut self, found: Result<Client, Refusal>) -> bool {
        self.trying = false;
        self.retry = Instant::now();
        found.and_then(|client| self.hold(client)).is_ok()
    }
}

fn listen(mut reading: Reading, sender: &Sender<Happened>, number: u64) {
    loop {
        let heard = match reading.arrive() {
            Ok(Arrived::Answer(id, answer)) => Heard::Answer(id, Box::new(answer)),
            Ok(Arrived::Notice(notice)) => Heard::Notice(notice),
            Err(_) => {
                let _ = sender.send(Happened::Lost(number));
                return;
            }
        };
        if sender.send(Happened::Heard(number, heard)).is_err() {
            return;
        }
    }
}
