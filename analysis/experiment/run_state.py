"""State of a run, as a manifest records it."""

from dataclasses import asdict, dataclass
from typing import Any

STATES = ("waiting", "failed", "done")
"""From the least to the most."""


@dataclass(frozen=True, slots=True)
class RunState:
    """State of a run."""

    state: str
    """One of `STATES`."""
    error: str = ""
    seconds: float | None = None
    """It took, in its worker."""
    worker: str = ""
    """Machine and process that did it."""
    content: str = ""
    """XXH3 of its file's content, 128 bits, hexadecimal."""
    kernel: str = ""
    """Kernels of linear algebra that it was computed with."""

    @property
    def done(self) -> bool:
        """True once the run's file is there."""
        return self.state == "done"

    def better_than(self, other: "RunState") -> bool:
        """Return whether more is known of the run by this state than by another."""
        return STATES.index(self.state) > STATES.index(other.state)

    def __str__(self) -> str:
        return f"{self.state}: {self.error}" if self.error else self.state


WAITING = RunState("waiting")


def written_state(state: RunState) -> dict[str, Any]:
    """Return a state as it stands in a manifest: what is empty is left out."""
    return {name: value for name, value in asdict(state).items() if value}


def read_state(words: Any) -> RunState:
    """Return the state that `written_state` wrote; words of later versions are left out.

    Raises
    ------
    ValueError
        If it is none.
    """
    if not isinstance(words, dict) or words.get("state") not in STATES:
        raise ValueError(f"the state of a run is one of {', '.join(STATES)}")
    texts = [words.get(name, "") for name in ("error", "worker", "content", "kernel")]
    seconds = words.get("seconds")
    if not all(isinstance(text, str) for text in texts) or not isinstance(
        seconds, float | int | None
    ):
        raise ValueError("the state of a run has words and seconds")
    return RunState(words["state"], texts[0], seconds, *texts[1:])
