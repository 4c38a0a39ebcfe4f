"""What the system has when all is quiet: rows, files and logs, read past its own programs."""

from deskcli.faults.evidence.evidence import Evidence, LogLine, Row

__all__ = ["Evidence", "LogLine", "Row"]
