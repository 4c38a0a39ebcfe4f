"""The catalogue as files: JSON, which is the whole truth, and tables for people that say the same."""

from gateway.catalogue_files.packing import FORMATS, Unreadable, pack, unpack

__all__ = ["FORMATS", "Unreadable", "pack", "unpack"]
