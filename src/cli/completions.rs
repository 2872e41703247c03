//! `niggle completions`: what a shell completes after `niggle`.

use super::say::Outcome;
use clap::{Args, Command};
use clap_complete::{Shell, generate};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle completions bash > ~/.local/share/bash-completion/completions/niggle
  niggle completions zsh > ~/.zfunc/_niggle
  niggle completions fish > ~/.config/fish/completions/niggle.fish")]
pub(super) struct CompletionsArgs {
    /// The shell.
    shell: Shell,
}

pub(super) fn run(args: &CompletionsArgs, mut command: Command) -> Outcome {
    let mut script = Vec::new();
    generate(args.shell, &mut command, "niggle", &mut script);
    Outcome::done(String::from_utf8_lossy(&script).into_owned())
}
