"""The product's source files, parsed once."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "jangteo"


@cache
def modules() -> dict[str, ast.Module]:
    """Path below the package to syntax tree, tests and migrations left out."""
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
        if not {"tests", "migrations"} & set(path.parts)
    }


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module, nested ones included."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the signature to the end, docstring and decorators not counted."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    if not body:
        return 1
    return (function.end_lineno or 0) - body[0].lineno + 1 + (function.body[0].lineno - function.lineno)
