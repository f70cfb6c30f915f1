//! 进度: how far it is, on a terminal.

use std::time::Duration;

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// A line with a bar, the rows, the rate and the time left; nothing where the output is no terminal.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Progress through files of so many bytes.
    pub fn new(bytes: u64, is_shown: bool) -> Self {
        let target = if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(bytes), target);
        let style = ProgressStyle::with_template("{bar:30} {percent:>3} %  {msg}{left}");
        let left = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
            // What is shown as the time left is worth nothing at the beginning.
            if state.elapsed() > Duration::from_secs(1) {
                let _ = write!(out, ", {} s left", state.eta().as_secs());
            }
        };
        if let Ok(style) = style {
            bar.set_style(style.with_key("left", left));
        }
        Self { bar }
    }

    /// Shows that so many bytes and rows are done.
    pub fn set(&self, bytes: u64, rows: u64) {
        let seconds = self.bar.elapsed().as_secs_f64().max(0.001);
        let rate = (rows as f64 / seconds) as u64;
        self.bar.set_message(format!("{} orders, {} per second", HumanCount(rows), HumanCount(rate)));
        self.bar.set_position(bytes);
    }

    /// Removes the line.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
