"""The pages: HTML for people, through the same clients, permissions and shapes as the API.

`page.py` says what a page is, `<who>/` has the pages of one kind of visitor, `templates/<who>/` how they
look. Templates hold no rules: what one may do comes from the services (`actions`, permissions), what a
state is called from `labels.py`.
"""
