"""Writes docs/api/openapi.json, the published description of the API: `.venv/bin/python scripts/openapi.py`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangteo.project.settings")
django.setup()

from jangteo.faces.api.openapi import document  # noqa: E402  # views need the set-up above

TARGET = Path(__file__).resolve().parents[1] / "docs" / "api" / "openapi.json"

TARGET.write_text(json.dumps(document(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")
