"""The tick before a person is erased."""

from django.utils.translation import gettext as _

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import wrong_at
from wellkept.desk.web.pages.settings.shape import Field


def sure() -> Field:
    """This will give the tick without which nobody is erased."""
    return Field(
        "sure", _("Name, addresses, numbers and notes go, and cannot be brought back"),
        kind="checks", options=(("1", _("Yes, they asked for it, or the law does")),),
    )  # fmt: skip


def see_that_sure(asking: Asking) -> None:
    """This will raise ValidationError at the tick that is missing."""
    if not asking.typed.get("sure"):
        raise wrong_at("sure", _("Tick this first: what is erased cannot be brought back."))
