"""A test that fails tells what was seen meanwhile."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from deskcli.testing import evidence


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    evidence.begin()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed and (found := evidence.told(f"{item.nodeid} {report.when}")):
        report.sections.append(("What was seen", found))
    return report
