"""The docs name every setting, command, event and dependency that there is, and none that there is not."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import typer
import typer.main
from PIL import Image
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from jangteo.project.cli.main import COMMANDS
from jangteo.project.environment import SETTINGS
from jangteo.project.wiring import handlers
from tests.architecture.codes import audit_codes, news, topics
from tests.architecture.sources import ROOT

DOCS = ROOT / "docs"
SHOTS = DOCS / "shots"
MOST_SHOT_BYTES = 60_000
# What is not the project's: installed, made or left behind on the way.
NOT_OURS = {".git", ".venv", "var", "build", "staticfiles", "node_modules", "__pycache__", ".hypothesis"}
CACHES = ("_cache", ".egg-info")
CODE = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
# Bracketed letters keep these patterns from finding themselves.
PRIVATE_PLACES = re.compile(
    r"(?<![\w.-])/(?:[w]ork|[r]oot)/\w|/(?:[h]ome|[U]sers)/\w+/|[A-Z]:\\\\?[U]sers"
    r"|registry[.]npm|npm[m]irror|pypi[.]org|python[h]osted|debian[.]org/debian|--(?:extra-)?[i]ndex-url|_auth[T]oken"
)


def rows(page: str, heading: str) -> list[list[str]]:
    """Cells of the first table below a heading."""
    text = (DOCS / page).read_text(encoding="utf-8")
    section = text.partition(f"\n## {heading}\n")[2] if heading else text
    section = section.partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def codes_in(cell: str) -> list[str]:
    return CODE.findall(cell)


def test_every_setting_is_in_the_docs_with_its_default() -> None:
    expected = [[f"`{s.name}`", f"`{s.default}`" if s.default else "", s.meaning] for s in SETTINGS]

    assert rows("settings.md", "") == expected


def test_every_make_target_is_in_the_docs() -> None:
    targets = re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    named = [codes_in(row[0])[0] for row in rows("commands.md", "make")]

    assert named == ["make", *(f"make {target}" for target in targets)]


def test_every_command_is_in_the_docs_with_its_options() -> None:
    pages = (DOCS / "commands.md").read_text(encoding="utf-8")
    documented = {
        heading: [(codes_in(row[0]), codes_in(row[1])) for row in rows("commands.md", f"`{heading}`")]
        for heading in re.findall(r"^## `(jangteo .+)`$", pages, re.MULTILINE)
    }

    assert documented == dict(commands(program(), ["jangteo"]))


def program() -> TyperGroup:
    """The whole command line; the program itself only reads the part that was asked for."""
    app = typer.Typer()
    app.callback()(lambda: None)
    for module, _summary in COMMANDS.values():
        import_module(f"jangteo.project.cli.{module}").register(app)
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    return group


def commands(group: TyperGroup, path: list[str]) -> Iterator[tuple[str, list[tuple[list[str], list[str]]]]]:
    """Each command as it is typed, with its options and what they are when left out."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, [*path, name])
            continue
        assert isinstance(command, TyperCommand)
        arguments = [str(one.metavar) for one in command.params if isinstance(one, TyperArgument)]
        options = [one for one in command.params if isinstance(one, TyperOption)]
        yield " ".join([*path, name, *arguments]), [([*one.opts, *one.secondary_opts], default(one)) for one in options]


def default(option: TyperOption) -> list[str]:
    if option.secondary_opts:
        return [option.opts[0] if option.default else option.secondary_opts[0]]
    return [] if option.default in (None, False, "") else [str(option.default)]


def test_every_kind_of_news_is_in_the_docs_with_its_channels() -> None:
    told = {(one.code, one.about) for one in news()}
    named = {(codes_in(row[0])[0], channel) for row in rows("events.md", "Live news") for channel in row[1].split(", ")}

    assert len(told) > 20
    assert named == told


def test_every_effect_is_in_the_docs_and_somebody_handles_it() -> None:
    named = [codes_in(row[0])[0] for row in rows("events.md", "Outbox topics")]

    assert sorted(named) == sorted(topics())
    assert sorted(named) == sorted(handlers())


def test_every_audit_code_is_in_the_docs_with_its_facts() -> None:
    written = {(one.code, one.facts) for one in audit_codes()}
    table = rows("events.md", "Audit codes")

    assert len(written) > 30
    assert {(codes_in(row[0])[0], frozenset(row[2].split(", ")) - {""}) for row in table} == written
    assert len(table) == len({row[0] for row in table})


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    page = (DOCS / "adr/0010-dependencies.md").read_text(encoding="utf-8")

    for heading, wanted in (
        ("To run", project["dependencies"]),
        ("To develop and test", project["optional-dependencies"]["dev"]),
        ("Extras", project["optional-dependencies"]["routing"]),
    ):
        section = page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
        named = re.findall(r"^\| ([\w-]+) \| \S", section, re.MULTILINE)
        assert [name.lower() for name in named[1:]] == [re.split(r"[\[<>=]", one)[0].lower() for one in wanted]


def test_both_readmes_name_the_command_that_ci_runs() -> None:
    (command,) = re.findall(r"^exec (.+?) </dev/null$", (ROOT / ".ci/run").read_text(), re.MULTILINE)

    for name in ("README.md", "README.ko.md"):
        shown = re.findall(r"^```sh\n(.*?)^```$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
        assert command in [line.partition(" #")[0].strip() for block in shown for line in block.splitlines()]


def test_links_between_pages_lead_somewhere() -> None:
    pages = [path for path in ours() if path.suffix == ".md"]
    broken = [f"{page.relative_to(ROOT)}: {link}" for page in pages for link in links(page) if not leads(page, link)]

    assert len(pages) > 20
    assert broken == []


def links(page: Path) -> list[str]:
    """Links and pictures of a page that stay in the repository."""
    found = ["".join(pair) for pair in LINK.findall(page.read_text(encoding="utf-8"))]
    return [link for link in found if not re.match(r"\w+:", link)]


def leads(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path) if path else page
    if not target.is_file() or not anchor:
        return target.is_file()
    headings = HEADING.findall(target.read_text(encoding="utf-8"))
    return anchor in {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_pictures_are_small_and_shown_in_both_readmes_or_in_a_guide() -> None:
    shots = sorted(path.name for path in SHOTS.iterdir())
    both = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ko.md")]
    guides = "".join(page.read_text(encoding="utf-8") for page in sorted((DOCS / "guide").glob("*.md")))

    assert len(shots) >= 6
    assert [name for name in shots if (SHOTS / name).stat().st_size > MOST_SHOT_BYTES] == []
    unused = [name for name in shots if f"../shots/{name}" not in guides]
    assert [name for name in unused if any(f"docs/shots/{name}" not in text for text in both)] == []
    for name in shots:
        with Image.open(SHOTS / name) as picture:
            picture.verify()


def test_nothing_tells_where_it_was_made() -> None:
    tell_tales = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in ours()
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if PRIVATE_PLACES.search(line)
    ]

    assert tell_tales == []


def ours() -> list[Path]:
    """Every file of the project, caches and what is installed left out."""
    found = []
    for folder, inner, names in os.walk(ROOT):
        # Left out before they are entered: a database that is running takes its files away meanwhile.
        inner[:] = [one for one in inner if one not in NOT_OURS and not one.endswith(CACHES)]
        found += [Path(folder, name) for name in names if name not in NOT_OURS]
    return found


def text_of(path: Path) -> str:
    """The file as text; nothing for pictures and other binary files."""
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode(errors="replace")
