"""The form of a card of stamps over the whole market."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangteo.domains.promotions.actions.make_coupon import Limits, NewCoupon
from jangteo.domains.promotions.rules import ASSOCIATION, WHOLE_BP, Off, Share
from jangteo.domains.stamps import rules
from jangteo.domains.stamps.actions.start_programme import NewProgramme

LASTS_DAYS = 90
_NUMBER = {"class": "input num", "inputmode": "numeric", "autocomplete": "off"}
_WHEN = (("visit", _("한 번 올 때마다 하나")), ("10000", _("만 원마다 하나")), ("5000", _("5천 원마다 하나")))


class ProgrammeForm(forms.Form):
    """`per` is a visit or so many won; the coupon is borne by the association out of `budget_won`."""

    need = forms.IntegerField(
        label=_("도장 몇 개면 선물인가요?"),
        min_value=rules.LEAST_NEED,
        max_value=rules.MOST_NEED,
        initial=10,
        widget=forms.TextInput(_NUMBER),
        error_messages={"required": _("몇 개인지 적어 주세요."), "invalid": _("숫자로 적어 주세요.")},
    )
    per = forms.ChoiceField(label=_("도장은 언제 찍나요?"), choices=_WHEN, widget=forms.Select({"class": "input"}))
    off_won = forms.IntegerField(
        label=_("선물 쿠폰은 얼마인가요? (원)"),
        min_value=100,
        max_value=100_000,
        initial=5_000,
        widget=forms.TextInput(_NUMBER),
        error_messages={"required": _("얼마인지 적어 주세요."), "invalid": _("숫자로 적어 주세요.")},
    )
    budget_won = forms.IntegerField(
        label=_("쿠폰에 쓸 예산은 얼마인가요? (원)"),
        help_text=_("상인회가 내요. 예산이 다 나가면 쿠폰은 더 안 나가고, 모은 도장은 그대로 남아요."),
        min_value=100,
        max_value=1_000_000_000,
        widget=forms.TextInput(_NUMBER),
        error_messages={"required": _("예산을 적어 주세요."), "invalid": _("숫자로 적어 주세요.")},
    )
    valid_days = forms.TypedChoiceField(
        label=_("도장은 얼마 동안 남나요?"),
        choices=((180, _("반년")), (365, _("1년")), (0, _("계속"))),
        coerce=int,
        initial=365,
        widget=forms.Select({"class": "input"}),
    )

    def clean(self) -> dict[str, object]:
        """A budget pays for one reward at least."""
        told: dict[str, object] = self.cleaned_data
        off, budget = told.get("off_won"), told.get("budget_won")
        if isinstance(off, int) and isinstance(budget, int) and budget < off:
            self.add_error("budget_won", gettext("쿠폰 한 장 값보다 많아야 해요."))
        return told

    def coupon(self) -> NewCoupon:
        """What a full card brings: as often as the budget lasts."""
        told = self.cleaned_data
        return NewCoupon(
            name=gettext("함께 도장 선물 %(reward)s") % {"reward": self._reward()},
            off=Off(won=told["off_won"]),
            form="given",
            shares=(Share(ASSOCIATION, WHOLE_BP),),
            budget_won=told["budget_won"],
            limits=Limits(most=told["budget_won"] // told["off_won"], per_person=None),
            lasts_days=LASTS_DAYS,
        )

    def programme(self, coupon_id: int) -> NewProgramme:
        told = self.cleaned_data
        per_won = None if told["per"] == "visit" else int(told["per"])
        return NewProgramme(None, told["need"], coupon_id, self._reward(), per_won, told["valid_days"])

    def _reward(self) -> str:
        return gettext("%(won)s원 쿠폰") % {"won": f"{self.cleaned_data['off_won']:,}"}
