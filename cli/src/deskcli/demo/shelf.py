"""What the owners of the demo's catalogue are working on: an article that waits for its date."""

from __future__ import annotations

from datetime import datetime, timedelta

from deskcli.demo.data import load
from deskcli.importing.api import Api

WAITS = timedelta(days=14)


def put_in(api: Api) -> int:
    """Answers how many drafts there are. What is there already, as a draft or published since, is left."""
    drafts = load("drafts")
    now = datetime.fromisoformat(api.get("/demo/clock")["now"])  # the desk's, which may have been moved
    for content in drafts:
        known = api.get("/article-catalogue", q=content["slug"])["items"]
        if content["slug"] not in {each["slug"] for each in known}:
            draft = api.post("/article-drafts", content)
            at = (now + WAITS).replace(hour=6, minute=0, second=0, microsecond=0)
            path = f"/articles/{draft['articleId']}/draft/schedule"
            api.post(path, {"publishAt": at.isoformat()}, version=draft["version"])
    return len(drafts)
