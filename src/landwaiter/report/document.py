"""What holds the page together? The HTML around its content, which lets nothing else run and nothing be fetched."""

import base64
import hashlib
from importlib.resources import files

from landwaiter.report.globe import world
from landwaiter.report.markup import Html, join, tag


def document(title: str, content: Html) -> str:
    """The whole file. Style and script are allowed by their digests alone: a style or script from elsewhere is dead."""
    style, script = _own("page.css"), _own("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    head = [
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("link", rel="icon", href="data:,"),
        tag("title", title),
        Html(f"<style>{style}</style>"),
    ]
    body = tag("body", world(), tag("main", content), Html(f"<script>{script}</script>"))
    return f'<!doctype html>\n<html lang="en">\n<head>\n{join(head, chr(10))}\n</head>\n{body}\n</html>\n'


def _own(name: str) -> str:
    return files("landwaiter.report").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
