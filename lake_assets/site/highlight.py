"""Code with colours; what is a string, a comment or a keyword is told by Pygments."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers.data import YamlLexer
from pygments.lexers.python import PythonLexer
from pygments.lexers.sql import SqlLexer

from lake_assets.site.code_text import CodeText

__all__ = ["highlighted"]

_LEXERS: dict[str, type[Lexer]] = {"sql": SqlLexer, "python": PythonLexer, "yaml": YamlLexer}


def highlighted(code: CodeText) -> Markup:
    """The text as HTML, escaped, each token in a span whose class begins with `hl-`."""
    return Markup(highlight(code.text, _lexer(code.language), _formatter()).rstrip())  # noqa: S704 (escaped by Pygments)


@cache
def _lexer(language: str) -> Lexer:
    return _LEXERS[language](stripnl=True)


@cache
def _formatter() -> HtmlFormatter[str]:
    return HtmlFormatter(nowrap=True, classprefix="hl-")
