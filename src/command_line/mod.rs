//! The command line: what scripts and other programs use.
//!
//! Knows every room but the window, which only `desktop` asks for. One file a sub-command. The answer goes to stdout,
//! everything else to stderr; how a command ended is its [`Exit`].
//!
//! - `outcome`: exit codes and errors; `terminal`: the two streams, progress, Ctrl-C; `crash`: what happens on a bug
//! - `place`: which project is meant; `sides`: several annotators' sets, article by article
//! - all else: one file or folder a sub-command, named like it

mod add;
mod adjudicate;
mod agree;
mod assign;
mod bench_window;
pub mod crash;
mod desktop;
mod diff;
mod explain;
mod export;
mod formats;
mod import;
mod new;
mod outcome;
mod package;
mod place;
mod print;
mod sides;
mod stats;
mod take_in;
mod terminal;
mod tour;
mod validate;

pub use outcome::{Exit, Failure};

use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// What was asked for.
#[derive(Debug, Parser)]
#[command(
    name = "postil",
    version,
    about = "Read articles closely and tag who wants what: entities, positions and claims",
    long_about = "Read articles closely and tag who wants what: entities, positions and claims.\n\n\
                  Without a sub-command this opens the window: with a project folder, or with an article file.",
    after_help = outcome::EXIT_CODES,
    args_conflicts_with_subcommands = true,
    infer_subcommands = false
)]
struct Arguments {
    /// A project folder or an article file to open in the window
    path: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(new::New),
    Add(add::Add),
    Validate(validate::Validate),
    Explain(explain::Explain),
    Import(import::Import),
    Export(export::Export),
    Agree(agree::Agree),
    Diff(diff::Diff),
    Adjudicate(adjudicate::Adjudicate),
    Assign(assign::Assign),
    Package(package::Package),
    TakeIn(take_in::TakeIn),
    Stats(stats::Stats),
    Tour(tour::Tour),
    Print(print::Print),
    BenchWindow(bench_window::BenchWindow),
}

/// Does what the program's arguments say and tells how it ended. Errors are said on stderr, here and nowhere else.
/// `before_window` is called before a window opens, and for no other command.
pub fn run(before_window: fn()) -> Exit {
    start_log();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(refused) => {
            // Help and version are answers; everything else is wrong usage. A reader who has gone away needs neither.
            let _reader_gone = refused.print();
            return if refused.use_stderr() { Exit::Usage } else { Exit::Done };
        }
    };
    if matches!(arguments.command, None | Some(Command::BenchWindow(_))) {
        before_window();
    }
    let done = match arguments.command {
        None => desktop::open(arguments.path),
        Some(Command::New(new)) => new.run(),
        Some(Command::Add(add)) => add.run(),
        Some(Command::Validate(validate)) => validate.run(),
        Some(Command::Explain(explain)) => explain.run(),
        Some(Command::Import(import)) => import.run(),
        Some(Command::Export(export)) => export.run(),
        Some(Command::Agree(agree)) => agree.run(),
        Some(Command::Diff(diff)) => diff.run(),
        Some(Command::Adjudicate(adjudicate)) => adjudicate.run(),
        Some(Command::Assign(assign)) => assign.run(),
        Some(Command::Package(package)) => package.run(),
        Some(Command::TakeIn(take_in)) => take_in.run(),
        Some(Command::Stats(stats)) => stats.run(),
        Some(Command::Tour(tour)) => tour.run(),
        Some(Command::Print(print)) => print.run(),
        Some(Command::BenchWindow(bench)) => bench.run(),
    };
    match done {
        Ok(exit) => exit,
        Err(failure) => {
            if let Some(message) = failure.message() {
                terminal::say(message);
            }
            failure.exit()
        }
    }
}

/// The log goes to stderr, and only what `POSTIL_LOG` asks for (`POSTIL_LOG=debug`).
fn start_log() {
    use tracing_subscriber::EnvFilter;
    if let Ok(wanted) = std::env::var("POSTIL_LOG") {
        let filter = EnvFilter::builder().parse_lossy(wanted);
        let started =
            tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
        if let Err(error) = started {
            terminal::say(format!("The log could not be started: {error}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_commands_are_well_formed_and_those_that_exist() {
        let command = Arguments::command();
        command.clone().debug_assert();
        let page = include_str!("../../docs/commands.md");
        for name in command.get_subcommands().map(clap::Command::get_name) {
            assert!(page.contains(&format!("\n## `postil {name}`\n")), "the manual has no part on `{name}`");
        }
    }
}
