"""The page: template, style, scripts and packed content in one text, closed to all else."""

import html
from base64 import b64encode
from hashlib import sha256

from analysis.report.page_files import LANGUAGES, script, source, words


def page(title: str, content: str, lang: str) -> str:
    """Return the page: nothing in it runs but its own script, known by its hash."""
    return filled_page(title, content, lang, source("report.css"), script())


def filled_page(title: str, content: str, lang: str, style: str, code: str, **more: str) -> str:
    """Return a page of this template with a style and a script; `more` adds to its policy."""
    filled = {
        "lang": lang,
        "title": html.escape(title),
        "policy": policy(style, code, **more),
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


def policy(style: str, code: str, **more: str) -> str:
    """Return a Content-Security-Policy that lets in this style and script; `more` adds to it."""
    closed = {
        "default_src": "'none'",
        "img_src": "data:",
        "base_uri": "'none'",
        "form_action": "'none'",
        "style_src": f"'{_hash(style)}'",
        "script_src": f"'{_hash(code)}'",
        **more,
    }
    return "; ".join(f"{name.replace('_', '-')} {value}" for name, value in closed.items())


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}"
