from __future__ import annotations

from tests.architecture.sources import PACKAGE, ROOT, functions, length, modules

FORBIDDEN_NAMES = {"utils", "helpers", "manager", "managers", "service", "services", "misc", "common"}


def test_no_file_is_longer_than_400_lines() -> None:
    files = [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.css")]
    files += [path for path in PACKAGE.rglob("*.js") if "vendor" not in path.parts]
    files = [path for path in files if path.name != "0001_initial.py"]
    long = {str(path.relative_to(ROOT)): n for path in files if (n := len(path.read_text().splitlines())) > 400}
    assert len(files) > 100
    assert long == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        f"{path}:{function.name}": length(function)
        for path, tree in modules().items()
        for function in functions(tree)
        if length(function) > 40
    }
    assert long == {}


def test_no_view_is_longer_than_15_lines() -> None:
    long = {
        f"{path}:{function.name}": length(function)
        for path, tree in modules().items()
        if path.startswith("faces/") and ("/views" in path)
        for function in functions(tree)
        if length(function) > 15
    }
    assert long == {}


def test_no_function_takes_more_than_six_parameters() -> None:
    wide = {
        f"{path}:{function.name}"
        for path, tree in modules().items()
        for function in functions(tree)
        if len([a for a in (*function.args.args, *function.args.kwonlyargs) if a.arg not in ("self", "cls")]) > 6
    }
    assert wide == set()


def test_modules_are_named_for_what_they_hold() -> None:
    assert [path for path in modules() if path.rsplit("/", 1)[-1].removesuffix(".py") in FORBIDDEN_NAMES] == []
