"""A customer who wants to be forgotten, from the asking to the proof."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from jangteo.domains.people.models import User
from jangteo.domains.regulars.jobs import Forgetting
from jangteo.domains.regulars.models import Deletion
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from jangteo.project import privacy
from tests.journeys.phone import Phones
from tests.journeys.test_customer_account import signed_in
from tests.journeys.town import Town

NUMBER = "010-3333-0077"


def test_a_deletion_from_the_asking_to_the_proof(town: Town, phone: Phones) -> None:
    shopper = signed_in(town, phone, NUMBER)
    shopper.follow("내 정보")
    shopper.fill("이름", "박하늘")
    shopper.press("이대로 적어 두기")
    expect(shopper.see("고쳤어요.")).to_be_visible()

    shopper.follow("모두 지우기")
    expect(shopper.see("사흘 뒤에 지워요.")).to_be_visible()
    shopper.page.get_by_label("무엇이 지워지고 무엇이 남는지 읽었어요").check()
    shopper.press("사흘 뒤에 모두 지워 주세요")
    expect(shopper.page.get_by_role("heading", level=1)).to_have_text("지우기 확인서")
    proof = shopper.page.url
    shopper.follow("마음이 바뀌었어요")
    shopper.press("지우지 않기")
    expect(shopper.see("고쳤어요.")).to_be_visible()

    shopper.follow("모두 지우기")
    shopper.page.get_by_label("무엇이 지워지고 무엇이 남는지 읽었어요").check()
    shopper.press("사흘 뒤에 모두 지워 주세요")
    shopper.page.wait_for_url(lambda url: "/privacy/" in url and url != proof)
    proof = shopper.page.url
    three_days_pass(town)

    reader = phone().open(urlsplit(proof).path)
    expect(reader.see("법이 두라고 해서 남은 것")).to_be_visible()
    assert "박하늘" not in reader.text()
    assert not User.objects.filter(phone=NUMBER.replace("-", "")).exists()
    shopper.open("/jangteo/my/")
    expect(shopper.page.get_by_role("link", name=re.compile("휴대폰 번호로 들어가기"))).to_be_visible()


def three_days_pass(town: Town) -> None:
    with in_market(town.world.market.pk):
        Deletion.objects.filter(state=Deletion.State.ASKED).update(erase_after=clock.now())
    Forgetting(privacy.tell).run()
