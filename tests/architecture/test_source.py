"""Source files: each says what lives in it, none is too long, none has a name that says nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    path for folder in ("src", "dags", "tools", "dataset") for path in (ROOT / folder).rglob("*.py")
)
NAMES = [str(path.relative_to(ROOT)) for path in FILES]
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
MEDIAN_FUNCTION_LINES = 12
BANNED = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "core", "base"}


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_there_are_source_files() -> None:
    assert len(FILES) > 20


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_file_says_first_what_lives_in_it(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring, "the first statement must be a docstring saying what lives here"
    assert docstring.splitlines()[0].rstrip().endswith((".", ":", ";", ")")) or "\n" in docstring


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_file_fits_in_a_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_FILE_LINES


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    assert [name for name, lines in _functions(path) if lines > MAX_FUNCTION_LINES] == []


def test_most_files_and_functions_are_small() -> None:
    functions = sorted(lines for path in FILES for _, lines in _functions(path))
    files = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in FILES)
    assert functions[len(functions) // 2] <= MEDIAN_FUNCTION_LINES
    assert functions[len(functions) * 9 // 10] < 35
    assert files[len(files) * 9 // 10] <= 250


def test_no_module_has_a_name_that_says_nothing() -> None:
    parts = {part for path in FILES for part in path.relative_to(ROOT).with_suffix("").parts}
    words = {part for name in parts for part in name.split("_")}
    assert (parts | words) & BANNED == set()


def test_nothing_is_pickled() -> None:
    picklers = {"pickle", "joblib", "dill", "cloudpickle", "shelve"}
    importers = {
        str(path.relative_to(ROOT))
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom) and picklers & set(_imported(node))
    }
    assert importers == set()


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    return [name.partition(".")[0] for name in names]
