"""Where a deposit goes back to: the form, and who is asked to fill it in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangteo.domains.payments.actions.give_refund_account import LONGEST_HOLDER
from jangteo.domains.payments.ports import BankAccount
from jangteo.faces._parts.words.banks import BANKS
from jangteo.faces.shop.forms import PlainSelect


class RefundAccountForm(forms.Form):
    """Bank, number and holder. Blanks and dashes in the number do not matter."""

    bank = forms.ChoiceField(
        label=_("은행"),
        choices=[("", _("은행을 골라 주세요")), *BANKS.items()],
        widget=PlainSelect({"class": "input"}),
        error_messages={"required": _("은행을 골라 주세요.")},
    )
    number = forms.CharField(
        label=_("계좌번호"),
        max_length=30,
        widget=forms.TextInput({"class": "input num", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("계좌번호를 적어 주세요.")},
    )
    holder = forms.CharField(
        label=_("예금주"),
        max_length=LONGEST_HOLDER,
        help_text=_("통장에 적힌 이름 그대로 적어 주세요."),
        widget=forms.TextInput({"class": "input", "autocomplete": "name"}),
        error_messages={"required": _("예금주를 적어 주세요.")},
    )

    def clean_number(self) -> str:
        digits = "".join(c for c in self.cleaned_data["number"] if c not in " -")
        if not (digits.isascii() and digits.isdigit() and 6 <= len(digits) <= 20):
            raise forms.ValidationError(gettext("계좌번호를 다시 봐 주세요. 숫자만 6자리에서 20자리예요."))
        return digits

    def account(self) -> BankAccount:
        """What was given. Only for a valid form."""
        data = self.cleaned_data
        return BankAccount(bank=data["bank"], number=data["number"], holder=data["holder"])
