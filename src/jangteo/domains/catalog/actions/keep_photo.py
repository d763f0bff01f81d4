"""A stall's photo is kept, before or without any good that shows it."""

from __future__ import annotations

from jangteo.domains.catalog import photo_files
from jangteo.domains.catalog.models import Photo
from jangteo.domains.catalog.photo_sizes import Sizes
from jangteo.domains.markets.models import Market, Stall
from jangteo.kernel import audit, clock, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def keep_photo(*, market: Market, actor: Actor, stall_id: int, sizes: Sizes) -> str:
    """Keep both sizes and return the photo's name. The same upload sent twice is one photo.

    Raises Stall.DoesNotExist for a foreign stall.
    """
    # One at a time for each stall; no_key lets orders, which only refer to the stall, go on meanwhile.
    stall = Stall.objects.select_for_update(no_key=True).get(pk=stall_id)
    earlier = Photo.objects.select_for_update().filter(stall=stall, digest=sizes.digest).first()
    if earlier is not None:
        # Its week begins anew: it was sent to be shown.
        earlier.at = clock.now()
        earlier.save(update_fields=["at"])
        # Its files may have been lost with a disk whose database was saved.
        photo_files.write(earlier.name, sizes)
        return earlier.name
    name = ids.new_token()
    # First the files: a row without them would be a hole in the shop, files without a row are only litter.
    photo_files.write(name, sizes)
    photo = Photo.objects.create(market=market, stall=stall, name=name, digest=sizes.digest, at=clock.now())
    audit.record(actor, "photo.kept", f"photo:{photo.pk}", bytes=len(sizes.large) + len(sizes.small))
    return name
