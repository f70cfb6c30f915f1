//! 审计: orders in columns and in files, asked again.

mod columns;
mod command;
mod orders;
