"""Words that a file or an argument may hold: none leaves its place or steers a terminal."""

import os
import subprocess

import pytest
from test_command import COMMAND
from test_executors import InTurn

from analysis.command_line.one_line import LONGEST, one_line
from analysis.command_line.terminal import console
from analysis.experiment.comparison import compare
from analysis.experiment.one_scenario import single
from data.errors import InputError
from scenarios import read_experiment, read_scenario
from scenarios.plain_words import name_of_file

TWO_ARMS = """
scenario = "default"
reference = "none"
replications = 1
[[arms]]
name = "none"
set = { "allocation.rule" = "none", "horizon.end" = 2013 }
[[arms]]
name = "some"
set = { "horizon.end" = 2013 }
"""


def experiment_file(tmp_path, head):
    path = tmp_path / "Mine one.toml"
    path.write_text(head + TWO_ARMS, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "name", ["/elsewhere/evil", "../../x", "a\\u0000b", "Ä", "-rf", "a\\nb", "", "n" * 65]
)
def test_an_experiment_s_name_is_never_a_path(name, tmp_path) -> None:
    path = experiment_file(tmp_path, f'title = "t"\nname = "{name}"')
    with pytest.raises(InputError, match=r"name = .*a name has lower-case letters"):
        read_experiment(path)


def test_an_arm_s_name_has_at_most_64_letters(tmp_path) -> None:
    path = experiment_file(tmp_path, 'title = "t"')
    path.write_text(path.read_text().replace('"some"', f'"{"s" * 65}"'))
    with pytest.raises(InputError, match="at most 64"):
        read_experiment(path)


def test_a_file_of_any_name_gives_a_name_that_stays_within_results(tmp_path) -> None:
    assert read_experiment(experiment_file(tmp_path, 'title = "t"')).name == "mine_one"
    for stem in ("../..", "中文", "-x", "A" * 300, ".toml", "a/b\x00c"):
        assert single(name_of_file(stem), read_scenario("default"), 0).arms


@pytest.mark.parametrize("letter", ["\x1b[31m", "\n", "\u202e", "\u2028"])
def test_a_title_cannot_steer_a_terminal(letter) -> None:
    with pytest.raises(InputError, match="a title is one line of letters"):
        read_scenario("default", {"title": f"a{letter}b"})


@pytest.mark.parametrize("title", ["a [/bold] b", "[link=https://x]d", ":smile: \\\\[e]"])
def test_a_title_with_brackets_is_shown_as_it_is(title, small, tmp_path, capsys) -> None:
    from analysis.command_line.screen import print_answer
    from analysis.findings import finding

    path = experiment_file(tmp_path, f'title = "{title}"')
    experiment = read_experiment(path)
    done = compare(
        experiment, economy=small, out=tmp_path / "out[/x]", executor=InTurn(), pictures=False
    )
    print_answer(finding(done), console())
    shown = capsys.readouterr().out
    assert experiment.title in shown
    assert "out[/x]" in shown


def test_control_characters_of_a_path_are_written_out(capsys) -> None:
    console().print("Written: a\x1b[2Jb\x9bc")
    assert capsys.readouterr().out == "Written: a\\x1b[2Jb\\x9bc\n"


def test_an_unknown_key_with_control_characters_is_refused_in_one_line(door) -> None:
    answer = door("run", "default", "--set", "cap.\x1b[31m\nx=1")
    assert answer.refused_in_one_line
    assert "\x1b" not in answer.err


def test_a_message_is_one_line_that_no_value_can_fill() -> None:
    message = one_line(f"{'x' * 5000}: is wrong\nand {' y' * 5000}; write z instead")
    assert "\n" not in message
    assert len(message) <= LONGEST
    assert message.endswith("write z instead")


@pytest.mark.skipif(os.name != "posix", reason="streams are closed by a shell")
def test_closed_streams_are_no_error() -> None:
    closed = "<&- >&- 2>&-"
    words = ["sh", "-c", f'exec "$@" {closed}', "sh", *COMMAND, "scenarios", "list"]
    answer = subprocess.run(words, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert answer.stderr == ""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is always full")  # noqa: PTH110 - a device
def test_a_full_standard_output_is_named() -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        answer = subprocess.run(
            [*COMMAND, "scenarios", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert answer.returncode == 2
    assert answer.stderr.startswith("quotapolis: standard output: the disk is full")
    assert answer.stderr.count("\n") == 1
