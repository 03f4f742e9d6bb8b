"""What a run makes that nothing disturbs: other runs are held against it."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import archive, run


@pytest.fixture(scope="module")
def undisturbed(source: Path) -> dict[str, bytes]:
    """The archive of the module's own `source`."""
    out = source.parent / "ref"
    assert run("convert", source, "-o", out).returncode == 0
    return archive(out)
