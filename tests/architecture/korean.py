"""Finds Korean that gettext does not see: in templates, in Python, and in texts that only exist at runtime."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from django.template.base import Lexer, Token, TokenType

from scripts.messages import KEYWORDS

HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
LITERAL = re.compile(r"""^(trans|translate)\s+("[^"]*"|'[^']*')""")
_CONSTANT = re.compile(r"""_\(("[^"]*"|'[^']*')\)""")
_ENDS = {"blocktrans": "endblocktrans", "blocktranslate": "endblocktranslate", "comment": "endcomment"}
_TEXTS = {"ngettext": 2, "pgettext": 2, "npgettext": 3}
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "use", "wbr"})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where `words` stand: the line, and in Python the function, class or name they belong to."""

    line: int
    words: str
    scope: str = ""


def in_template(source: str) -> list[Spot]:
    """Korean text and attributes outside of trans and blocktrans. What is marked `lang="ko"` is a name and may stay."""
    parser = _Bare()
    parser.feed(_without_gettext(source))
    parser.close()
    return parser.found


def trans_of_variables(source: str) -> list[str]:
    """`{% trans name %}`, which no message file can hold."""
    blocks = [token.contents for token in Lexer(source).tokenize() if token.token_type == TokenType.BLOCK]
    return [block for block in blocks if re.match(r"trans(late)?\s", block) and not LITERAL.match(block)]


def in_python(tree: ast.Module) -> list[Spot]:
    """Korean in string literals outside of gettext calls, docstrings left out."""
    exempt = {id(node) for node in _docstrings(tree)}
    for call in _gettext_calls(tree):
        exempt |= {id(node) for argument in call.args for node in ast.walk(argument)}
    return [
        Spot(node.lineno, str(node.value), scope)
        for scope, node in _constants(tree, "")
        if isinstance(node.value, str) and HANGUL.search(node.value) and id(node) not in exempt
    ]


def made_up_calls(tree: ast.Module) -> list[int]:
    """Lines with gettext calls whose texts are not plain literals: f-strings, variables, texts already formatted."""
    return [
        call.lineno
        for call in _gettext_calls(tree)
        for texts in [call.args[: _TEXTS.get(_called(call).removesuffix("_lazy"), 1)]]
        if call.keywords or not texts or not all(_is_text(text) for text in texts)
    ]


def unknown_names(tree: ast.Module) -> list[str]:
    """Names that gettext functions are imported by and that the gathering script would not recognise."""
    return [
        alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.asname and alias.name in KEYWORDS and KEYWORDS.get(alias.asname, "") != KEYWORDS[alias.name]
    ]


class _Bare(HTMLParser):
    """Collects Korean in text and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Spot] = []
        self._name: list[str] = []  # open elements from one marked as Korean inwards

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        is_name = bool(self._name) or ("lang", "ko") in attrs
        if is_name and tag not in _VOID:
            self._name.append(tag)
        if not is_name:
            for _, value in attrs:
                self._note(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._name:
            del self._name[self._name.index(tag) if tag == self._name[0] else len(self._name) - 1 :]

    def handle_data(self, data: str) -> None:
        if not self._name:
            self._note(data)

    def _note(self, text: str) -> None:
        if korean := HANGUL.search(text):
            line = self.getpos()[0] + text[: korean.start()].count("\n")
            self.found.append(Spot(line, " ".join(text.split())))


def _without_gettext(source: str) -> str:
    """The template without tags and comments, line for line. Korean in a tag's arguments stays, as text."""
    kept: list[str] = []
    end = ""
    for token in Lexer(source).tokenize():
        word = token.contents.partition(" ")[0] if token.token_type == TokenType.BLOCK else ""
        if end:
            end = "" if word == end else end
            kept.append("\n" * token.contents.count("\n"))
            continue
        end = _ENDS.get(word, "")
        kept.append(token.contents if token.token_type == TokenType.TEXT else _arguments(token))
    return "".join(kept)


def _arguments(token: Token) -> str:
    if token.token_type == TokenType.COMMENT:
        return "\n" * token.contents.count("\n")
    bare = _CONSTANT.sub("", LITERAL.sub("", token.contents))
    return re.sub("""["'<>]""", "", bare) if HANGUL.search(bare) else "\n" * bare.count("\n")


def _docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _constants(node: ast.AST, scope: str) -> Iterator[tuple[str, ast.Constant]]:
    if isinstance(node, ast.Constant):
        yield scope, node
    for child in ast.iter_child_nodes(node):
        yield from _constants(child, _within(scope, child))


def _within(scope: str, node: ast.AST) -> str:
    """The scope inside the node: functions and classes by their path, and what a module assigns by its name."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return f"{scope}.{name}".removeprefix(".")
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return scope or name
    return scope


def _gettext_calls(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in KEYWORDS:
            yield node


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
