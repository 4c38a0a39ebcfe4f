"""The catalogue as a workbook: out, and in again without anything being lost on the way."""

from __future__ import annotations

from deskcli.walk.failures import expect
from deskcli.walk.stage import Stage, step

CHAPTER = "The catalogue"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@step(CHAPTER, "The workbook of the whole catalogue says, brought in again, that nothing would change")
def workbook(stage: Stage) -> str:
    lars = stage.person("lars")
    saved = lars.fetch("/catalogue/export?format=xlsx")
    kind = saved.headers["Content-Type"]
    expect(saved.status_code == 200 and kind == WORKBOOK, f"it is {saved.status_code}, {kind}")
    seen = lars.upload("/catalogue/files", "catalogue.xlsx", saved.content)
    counts = {change: count for change, count in seen["counts"].items() if count}
    expect(set(counts) == {"same"} and counts["same"] > 20, f"it would change {seen['counts']}")
    return f"{len(saved.content) // 1024} kB; {counts['same']} products and articles, all the same"
