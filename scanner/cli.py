"""The command line: parses, calls, sets the exit code. Data to stdout, messages to stderr."""

from __future__ import annotations

import os
import signal
import sys
from importlib.metadata import version

import click

from connectors.base import ReadError
from scanner import (
    cli_demo,
    cli_detect,
    cli_doctor,
    cli_dsar,
    cli_gap,
    cli_policy,
    cli_scan,
    cli_show,
)
from scanner.config import ConfigError
from scanner.executors import ClusterError
from scanner.policy import PolicyError
from scanner.store import StoreError
from scanner.subject import SubjectError

DEBUG = "SPARHUND_DEBUG"

_OURS = (ConfigError, StoreError, PolicyError, ReadError, ClusterError, SubjectError)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(version("sparhund"), prog_name="sparhund")
def cli() -> None:
    """Finds personal data in databases, file shares and S3, and compares it with the policy."""


for command in (
    cli_demo.demo,
    cli_scan.init,
    cli_doctor.doctor,
    cli_scan.scan,
    cli_show.runs,
    cli_show.coverage,
    cli_show.findings,
    cli_gap.gap,
    cli_policy.policy,
    cli_detect.detect,
    cli_dsar.dsar,
):
    cli.add_command(command)


def main() -> None:
    """Entry point. Exit codes: 0 whole, 1 error, 2 usage, 3 parts not read, 4 a gap."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as polite as Ctrl-C
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; a user's mistake is one line on stderr."""
    try:
        code = cli.main(arguments, prog_name="sparhund", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        # the reader of our output has gone; let the interpreter's last flush go nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except SystemExit:
        # click's own answer to a reader that has gone
        return 1
    except BaseException as error:
        if os.environ.get(DEBUG) and not isinstance(error, (*_OURS, KeyboardInterrupt)):
            raise
        click.echo(f"sparhund: {' '.join(_words(error).splitlines())}", err=True)
        return 1
    return int(code or 0)


def _words(error: BaseException) -> str:
    """Our own errors as they stand; of others only the type, for a message may quote data."""
    if isinstance(error, _OURS):
        return str(error)
    if isinstance(error, KeyboardInterrupt | click.Abort):
        return "stopped; the same command continues where it was"
    return f"unexpected {type(error).__name__}; {DEBUG}=1 shows where, but may show data too"


if __name__ == "__main__":
    main()
