"""The rules of time: which term applies, and what a list of facts makes of it. Pure; `now` comes in."""
