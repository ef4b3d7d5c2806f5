//! Totem: a kiosk that walks a company's representative through the Clave Sence guide.
//!
//! # The way of one key press
//!
//! ```text
//! terminal ─Event─▶ Kiosk::update(event, now) ─▶ Kiosk::page() ─▶ ui::paint ─▶ frame
//!                      │   ▲
//!              Order   │   └─ Event::Reply(Ticket, Reply)
//!                      ▼                 ▲
//!                desk.perform(effect) ───┘      store · vault · registry
//!                courier ◀── outbox (in the store)      never talks to the kiosk
//! ```
//!
//! # The modules
//!
//! From the ground up; each layer imports only from those before it (`tests/tidy/layers.rs`), and
//! `ARCHITECTURE.md` tells what never happens.
//!
//! **Ground**, words and policy: [`domain`] (parsed types, and what others need words for), [`text`]
//! (what is said, typed), [`audit`] (what a row of the audit log says).
//!
//! **Pure core**, without clock or world: [`effect`] and [`event`] (everything that can happen, be
//! asked and be answered), [`page`] (a screen as data), [`form`] (fields, focus, errors), [`flow`] (the
//! guide: one file a workflow, one variant a step), [`kiosk`] (one visit, one screen, one deadline).
//!
//! **World**, each wrapping one thing outside: [`clock`] reads the time; [`vault`] holds the keys;
//! [`store`] keeps sealed records in atomic, durable batches; [`http`] calls outside services, and
//! [`soap`] talks to the State's through it; [`documents`] takes in and hands out files; [`config`] is
//! one typed, checked configuration; [`log`] tells what the program did, without personal data;
//! [`registry`] answers for SII and Registro Civil; [`phone`] takes in files from people's phones.
//!
//! **Office**: [`office`] holds the use cases; [`caretaker`] does what nobody waits for (what is due,
//! pending registrations, erasures, backups); [`courier`] carries what is in the outbox;
//! [`rotation`] puts a store under new keys.
//!
//! **Terminal**: [`desk`] runs effects, by its own ports or by the office; [`ui`] draws a page, and is
//! the only module that knows ratatui; [`terminal`] takes the terminal over, restores it and wipes it;
//! [`service`] puts everything behind the screen together; [`run`] is the kiosk at work; [`demo`]
//! furnishes the invented world; [`sandbox`] stands in for the State's services; [`cli`] holds one file
//! a command.
//!
//! # The laws
//!
//! 1. The pure modules import no terminal, runtime, store or network, and read no clock,
//!    environment or randomness: time is passed in, the next deadline handed out.
//! 2. Drawing changes nothing, and nothing is drawn that did not change.
//! 3. Only `desk`, `courier`, `documents`, `store`, `registry`, `http`, `phone`, `sandbox`, `vault`,
//!    `log` and `cli` do input and output, besides the terminal's; blocking work runs off the event
//!    loop.
//! 4. Account, limits, outbox and audit change in one atomic batch, acknowledged once it is on
//!    the disk.
//! 5. Every sentence exists in every language, and is used.
//! 6. Every file says what it is for; files stay under 400 lines, functions under 60.
//! 7. No unsafe code.
//!
//! `tests/tidy` and `clippy.toml` hold them.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod audit;
pub mod caretaker;
pub mod cli;
pub mod clock;
pub mod config;
pub mod courier;
pub mod demo;
pub mod desk;
pub mod documents;
pub mod domain;
pub mod effect;
pub mod event;
pub mod flow;
pub mod form;
pub mod http;
pub mod kiosk;
pub mod log;
pub mod office;
pub mod page;
pub mod phone;
pub mod registry;
pub mod rotation;
pub mod run;
pub mod sandbox;
pub mod service;
pub mod soap;
pub mod store;
pub mod terminal;
pub mod text;
pub mod ui;
pub mod vault;
