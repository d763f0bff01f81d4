"""The pages, under WSGI."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

# Nothing that is loaded becomes garbage, and the collector would look for some again and again.
gc.disable()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangteo.project.settings")
application = get_wsgi_application()

from jangteo.project import wiring  # noqa: E402  # models need the set-up above

wiring.wire()
# What is loaded by now stays for ever: the collector need not look through it again at every full round.
gc.freeze()
gc.enable()
