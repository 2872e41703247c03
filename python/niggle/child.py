"""The program as a child process: where it is, and what its exit codes ask of an engine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig

#: Codes that a second try does not change: an option (2), an output (4), nothing to use (5), a plan or shards (65), permission (77).
#: Everything else is worth another try: a file that is not there yet (74), a signal, a machine that ran out of memory.
FINAL = frozenset({2, 4, 5, 65, 77})


class Failed(RuntimeError):
    """The program ended with another code than 0; its own words are in the message."""

    def __init__(self, command: str, code: int, said: str) -> None:
        # All of them are arguments, so that an engine can pickle it.
        super().__init__(command, code, said)
        self.command, self.code, self.said = command, code, said

    def __str__(self) -> str:
        how = f"signal {-self.code}" if self.code < 0 else f"exit code {self.code}"
        return f"niggle {self.command}: {how}: {self.said}"

    @property
    def is_final(self) -> bool:
        """Whether trying again changes nothing."""
        return self.code in FINAL


def program() -> str:
    """The binary: what ``NIGGLE_BIN`` names, else the one that was installed with this package, else the one on ``PATH``."""
    named = os.environ.get("NIGGLE_BIN")
    installed = os.path.join(sysconfig.get_path("scripts"), "niggle.exe" if os.name == "nt" else "niggle")
    found = named or (installed if os.path.isfile(installed) else shutil.which("niggle"))
    if not found:
        raise FileNotFoundError("niggle is not installed here: pip install niggle, or name the binary in NIGGLE_BIN")
    return found


def run(command: str, *arguments: str) -> str:
    """What a command prints. Its words on standard error go on to ours, which is where an engine keeps the log of a task.

    Raises `Failed` when it ends with another code than 0.
    """
    # It takes every variable NIGGLE_… for an option, and this one is ours.
    environment = {name: value for name, value in os.environ.items() if name != "NIGGLE_BIN"}
    done = subprocess.run(
        [program(), command, *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    sys.stderr.write(done.stderr)
    if done.returncode != 0:
        raise Failed(command, done.returncode, done.stderr.strip())
    return done.stdout
