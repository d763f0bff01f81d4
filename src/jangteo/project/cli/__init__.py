"""The `jangteo` command."""

from jangteo.project.cli.main import main

__all__ = ["main"]
