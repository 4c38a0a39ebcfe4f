"""Live pages: facts of the house as server-sent events, to each open page only what it shows.

`topics.py` says what a fact is about, `hub.py` hands it to the open streams, `stream.py` is the address that
browsers listen to. A page comes with a signed list of its topics (`pages/live_mark.py`); the event carries no
content, so the page asks again for what it shows, with all the checks of asking.
"""
