//! Totem: a kiosk that walks a company's representative through the Clave Sence guide.
//!
//! # The way of one key press
//!
//! ```text
//! terminal ─Event─▶ Kiosk::update(event, now) ─▶ Kiosk::page() ─▶ ui::draw ─▶ frame
//!                      │   ▲
//!              Order   │   └─ Event::Reply(Ticket, Reply)
//!                      ▼                 ▲
//!                desk.perform(effect) ───┘      store · vault · registry
//!                courier ◀── outbox (in the store)      never talks to the kiosk
//! ```
//!
//! # The modules
//!
//! Pure, without clock or world: [`kiosk`] (one visit, one screen, one deadline),
//! [`flow`] (the guide: one file a workflow, one variant a step), [`form`] (fields, focus,
//! errors), [`page`] (a screen as data), [`text`] (what is said, typed), [`domain`] (parsed types
//! and policy), [`event`] and [`effect`] (everything that can happen, be asked and be answered).
//!
//! The screen: [`ui`] draws a page, and is the only module that knows ratatui; [`terminal`] takes the
//! terminal over, restores it and wipes it.
//!
//! The world: [`desk`] runs effects; [`store`] keeps sealed records in atomic, durable batches;
//! [`vault`] holds the keys; [`registry`] answers for SII and Registro Civil; [`courier`] sends
//! what is in the outbox; [`documents`] takes in and hands out files; [`http`] calls outside
//! services, and [`soap`] talks to the State's through it; [`phone`] takes in files from people's
//! phones; [`audit`] says who did what; [`erasure`] finds everything that is kept of one company, to
//! show or erase it; [`clock`] reads the time for all of them.
//!
//! Put together: [`config`] (one typed, checked configuration), [`service`] (everything behind the
//! screen), [`run`] (the kiosk at work), [`rotation`] (a store under new keys), [`demo`] (the
//! invented world's accounts), [`log`] (what the program did, without personal data), [`sandbox`] (a
//! stand-in for the State's services, to try the kiosk against), [`cli`] (one file a command).
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

pub mod audit;
pub mod backup;
pub mod cli;
pub mod clock;
pub mod config;
pub mod courier;
pub mod demo;
pub mod desk;
pub mod documents;
pub mod domain;
pub mod effect;
pub mod erasure;
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
