from __future__ import annotations

import re

from django.test import Client

from jangteo.domains.people.models import Device, Role
from jangteo.kernel.tenancy import in_market
from tests.world import World


def test_a_helper_comes_in_by_a_link_with_a_name_and_is_shut_out(world: World, desk: Client) -> None:
    made = desk.post("/office/helpers/", {"name": " 김  하나 "}).content.decode()
    link = re.search(r'value="http://testserver(/in/[\w-]+/)"', made)
    assert link is not None
    phone = Client()
    assert phone.post(link[1])["Location"] == "/h/"

    assert "김 하나 도우미" in phone.get("/h/").content.decode()
    assert "김 하나" in desk.get("/office/helpers/").content.decode()
    with in_market(world.market.pk):
        helper = Device.objects.get(role=Role.HELPER)
    assert desk.post(f"/office/devices/{helper.pk}/revoke/")["Location"] == "/office/helpers/"
    assert phone.get("/h/").status_code == 403


def test_a_helper_has_a_name(world: World, desk: Client) -> None:
    for name in ("", " ", "가" * 21):
        assert desk.post("/office/helpers/", {"name": name}).status_code == 422
