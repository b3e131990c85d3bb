"""Messages in one line: nothing in them steers a terminal, none fills a screen."""

import unicodedata

from data.errors import UNSEEN

LONGEST = 320
"""Most letters of a message."""
LONGEST_WORD = 160
"""Most letters of one word of it, such as a path."""


def one_line(message: object) -> str:
    """Return a message in one line, cut in the middle where it is too long."""
    words = visible(" ".join(str(message).split())).split(" ")
    return shortened(" ".join(shortened(word, LONGEST_WORD) for word in words), LONGEST)


def visible(text: str, but: str = "") -> str:
    """Return a text with its control characters, save some, as escapes."""
    if text.isprintable():
        return text
    return "".join(
        letter
        if letter in but or unicodedata.category(letter) not in UNSEEN
        else letter.encode("unicode_escape").decode("ascii")
        for letter in text
    )


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many letters: its beginning and its end."""
    if len(text) <= most:
        return text
    half = (most - 1) // 2
    return f"{text[: most - 1 - half]}…{text[-half:]}"
