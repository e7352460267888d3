"""Documents keep up with the software: what they name exists, and both READMEs say the same."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer

from quintet.cli import app as cli

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        ROOT / "dataset/README.md",
        ROOT / "models/README.md",
    ]
)
NAMES = [str(path.relative_to(ROOT)) for path in DOCUMENTS]
READMES = ("README.md", "README.ko.md")
NOT_IN_GIT = {"build", "dist", "node_modules"}
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|TBD|lorem ipsum|coming soon)\b", re.IGNORECASE)
CODE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
ABSOLUTE = re.compile(r"(?:^|[\s'\"`(=])(/\w[\w.-]*/\w[\w./-]*|[A-Z]:\\\w+)", re.MULTILINE)
ROUTES = ("/tracks/", "/health/", "/map/", "/ratings/")


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _code(text: str) -> list[str]:
    """Return what stands in code blocks, and between backticks."""
    return CODE.findall(text) + INLINE.findall(CODE.sub("", text))


def _make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", _read("Makefile"), flags=re.MULTILINE))


def _cli_commands() -> set[str]:
    """Return every command line the CLI knows, such as "catalogue import"."""
    found = set()
    waiting = [("", typer.main.get_command(cli))]
    while waiting:
        prefix, command = waiting.pop()
        if not hasattr(command, "commands") or command.invoke_without_command:
            found.add(prefix)
        for name, child in getattr(command, "commands", {}).items():
            waiting.append((f"{prefix} {name}".strip(), child))
    return found - {""}


def _tree(text: str) -> list[str]:
    """Return the paths of a README's picture of the folders: its last code block."""
    return [line.split()[0] for line in CODE.findall(text)[-1].splitlines()]


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_every_make_command_a_document_names_exists(path: Path) -> None:
    named = {
        target
        for code in _code(path.read_text(encoding="utf-8"))
        for target in re.findall(r"(?:^|[^\w.])make ([a-z]+)\b", code, flags=re.MULTILINE)
    }
    assert named - _make_targets() == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_every_command_of_ours_a_document_names_exists(path: Path) -> None:
    known = _cli_commands()
    named = {
        words.strip()
        for code in _code(path.read_text(encoding="utf-8"))
        for words in re.findall(r"(?:^|/|\s)quintet((?: [a-z]+\b)+)", code, flags=re.MULTILINE)
    }
    unknown = {
        words for words in named if not any(words == name or words.startswith(f"{name} ") for name in known)
    }
    assert unknown == set()


@pytest.mark.parametrize("name", READMES)
def test_readmes_name_every_command_of_ours(name: str) -> None:
    named = {code.removeprefix("quintet ") for code in INLINE.findall(_read(name))}
    assert _cli_commands() - named == set()


@pytest.mark.parametrize("name", READMES)
def test_the_picture_of_the_folders_is_true(name: str) -> None:
    tree = _tree(_read(name))
    assert [path for path in tree if not (ROOT / path).exists()] == []
    folders = {
        path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "__"))
    }
    assert folders - NOT_IN_GIT - {path.partition("/")[0] for path in tree} == set()


def test_both_readmes_have_the_same_shape() -> None:
    shapes = [re.findall(r"^#+ |^- |^\| |^```", _read(name), flags=re.MULTILINE) for name in READMES]
    assert shapes[0] == shapes[1]


def test_both_readmes_have_the_same_code() -> None:
    assert CODE.findall(_read(READMES[0])) == CODE.findall(_read(READMES[1]))


def test_both_readmes_name_the_same_addresses_and_files() -> None:
    def named(name: str) -> set[str]:
        text = _read(name).replace("page-ko", "page-en")
        return set(re.findall(r"\]\(([^)]+)\)|(https?://[^\s>)']+)", text)) - {
            (other, "") for other in READMES
        }

    assert named(READMES[0]) == named(READMES[1])


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_every_link_to_a_file_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_no_document_names_a_path_of_one_machine(path: Path) -> None:
    found = [
        match for match in ABSOLUTE.findall(path.read_text(encoding="utf-8")) if not match.startswith(ROUTES)
    ]
    assert found == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_no_document_is_unfinished(path: Path) -> None:
    assert UNFINISHED.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", READMES)
def test_the_songs_of_the_examples_are_in_the_demo_catalogue(name: str) -> None:
    ids = set(re.findall(r"\bdemo[0-9A-Za-z]{18}\b", _read(name)))
    known = {line.partition(",")[0] for line in _read("dataset/demo/tracks.csv").splitlines()}
    assert len(ids) == 5
    assert ids <= known


@pytest.mark.parametrize("name", [*READMES, "dataset/README.md"])
def test_the_size_of_the_demo_catalogue_is_told_right(name: str) -> None:
    tracks = len(_read("dataset/demo/tracks.csv").splitlines()) - 1
    assert f"{tracks:,}" in _read(name)


def test_the_data_card_describes_every_column() -> None:
    header = _read("dataset/demo/tracks.csv").partition("\n")[0].split(",")
    described = re.findall(r"^\| `(\w+)` \|", _read("dataset/README.md"), flags=re.MULTILINE)
    assert described == header


@pytest.mark.parametrize("name", READMES)
def test_readmes_name_every_route_of_the_api_and_no_other(name: str) -> None:
    routes = {f"{method.upper()} {path}" for path, methods in _paths().items() for method in methods}
    assert set(re.findall(r"`((?:GET|POST|PUT|DELETE) /[^`]*)`", _read(name))) == routes


@pytest.mark.parametrize("name", [*READMES, "docs/runbook.md"])
def test_every_address_called_in_an_example_is_a_route(name: str) -> None:
    paths = [re.compile(re.sub(r"{\w+}", r"[^/]+", path) + "$") for path in _paths()]
    called = re.findall(r"127\.0\.0\.1:8000(/[\w./]+)", "\n".join(CODE.findall(_read(name))))
    assert called
    assert [path for path in called if not any(regex.match(path) for regex in paths)] == []


def _paths() -> dict[str, dict[str, object]]:
    """The routes by path and method, as the API describes itself (the file is kept current)."""
    paths: dict[str, dict[str, object]] = json.loads(_read("docs/openapi.json"))["paths"]
    return paths
