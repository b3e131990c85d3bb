"""The page: template, style, scripts and packed content in one text, closed to all else."""

import html
from base64 import b64encode
from hashlib import sha256

from analysis.report.page_files import LANGUAGES, script, source, words


def page(title: str, content: str, lang: str) -> str:
    """Return the page: nothing in it runs but its own script, known by its hash."""
    style, code = source("report.css"), script()
    policy = (
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none';"
        f" style-src '{_hash(style)}'; script-src '{_hash(code)}'"
    )
    filled = {
        "lang": lang,
        "title": html.escape(title),
        "policy": policy,
        "style": style,
        "content": content,
        "script": code,
        "no_script": html.escape(words()["no_script"][LANGUAGES.index(lang)]),
    }
    text = source("report.html")
    parts = text.split("{{")
    return parts[0] + "".join(
        filled[name] + rest for name, _, rest in (part.partition("}}") for part in parts[1:])
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}"
