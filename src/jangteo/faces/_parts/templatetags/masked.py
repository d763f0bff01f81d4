"""Who somebody is for those who only look; see `kernel.masking`."""

from __future__ import annotations

from django import template

from jangteo.kernel import masking

register = template.Library()
register.filter("masked_name", masking.name)
register.filter("masked_phone", masking.phone)
register.filter("masked_address", masking.address)
