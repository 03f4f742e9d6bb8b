"""Generated examples are the same on every run, so that a commit passes or fails for good; `make fuzz` looks for new ones.

The only conftest: two modules of this name in folders that are no packages can't be collected in one run.
"""

import os
from pathlib import Path

import pytest
from helpers import archive, run
from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=int(os.environ.get("FUZZ_EXAMPLES", "2000")), deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite", action="store_true", help="write the samples' JSON anew")


@pytest.fixture(scope="module")
def undisturbed(source: Path) -> dict[str, bytes]:
    """What a run makes of the module's own `source` when nothing disturbs it: other runs are held against it."""
    out = source.parent / "ref"
    assert run("convert", source, "-o", out).returncode == 0
    return archive(out)
