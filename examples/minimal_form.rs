//! The smallest form that the same library can draw: five fields in boxes, a caret, and a frame for
//! each key. `cargo bench --bench screen` measures the kiosk beside it.

use std::io;

use crossterm::event::{Event, KeyCode, read};
use ratatui::layout::{Constraint, Layout, Position};
use ratatui::widgets::{Block, Paragraph};

const LABELS: [&str; 5] = ["RUT", "Nombre", "Calle", "Correo", "Celular"];

fn main() -> io::Result<()> {
    let mut terminal = ratatui::try_init()?;
    let mut fields: [String; 5] = Default::default();
    let mut focus = 0;
    let ended = loop {
        let drawn = terminal.draw(|frame| {
            let rows = Layout::vertical([Constraint::Length(3); 5]).split(frame.area());
            for ((label, text), row) in LABELS.iter().zip(&fields).zip(rows.iter()) {
                frame.render_widget(
                    Paragraph::new(text.as_str()).block(Block::bordered().title(*label)),
                    *row,
                );
            }
            let column = fields[focus].chars().count() as u16 + 1;
            frame.set_cursor_position(Position::new(column, rows[focus].y + 1));
        });
        if let Err(error) = drawn {
            break Err(error);
        }
        match read() {
            Ok(Event::Key(key)) => match key.code {
                KeyCode::Esc => break Ok(()),
                KeyCode::Enter | KeyCode::Tab => focus = (focus + 1) % fields.len(),
                KeyCode::Char(character) => fields[focus].push(character),
                KeyCode::Backspace => drop(fields[focus].pop()),
                _ => {}
            },
            Ok(_) => {}
            Err(error) => break Err(error),
        }
    };
    ratatui::try_restore()?;
    ended
}
