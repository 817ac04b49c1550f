"""Words of the mirror's pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wellkept.record.mirror.rules import Answering, Form
from wellkept.study.diagnostic.instrument import GROUPS

GROUP_WORDS: dict[str, Any] = {
    **{name: _(said) for name, said in GROUPS.items()},
    Answering.CUSTOMER.value: _("customers"),
}
"""Each group that answers, in words."""
FORM_WORDS: dict[str, Any] = {
    Form.SHORT.value: _("short form: 12 claims, about 12 minutes"),
    Form.FULL.value: _("full form: 36 claims, 35 to 45 minutes"),
}
LADDER = (
    _("never"),
    _("seldom"),
    _("about half the time"),
    _("mostly"),
    _("always"),
)
"""How customers answer, from 0 to 4."""
