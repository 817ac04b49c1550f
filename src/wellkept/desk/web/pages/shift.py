"""The end of a shift: all that one owns offered to another, what was offered accepted, absences."""

from collections.abc import Sequence

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import wrong_at
from wellkept.desk.web.finding import me, warn_if_away
from wellkept.desk.web.pages.settings.person import absences_of, come_back, go_away
from wellkept.desk.web.pages.settings.shape import (
    Deed,
    Field,
    Form,
    Section,
    people_options,
    person_chosen,
    settings_page,
)
from wellkept.record.cases.actions import accept_cases, hand_over_all
from wellkept.record.cases.models import Case
from wellkept.record.organisation.models import Person
from wellkept.record.promises.actions import accept_promises
from wellkept.record.promises.models import Promise


def shift(asking: Asking) -> HttpResponse:
    """This will hand over what one owns, take what is offered, and say that one is away."""
    deeds: dict[str, Deed] = {
        "give": lambda asked, _key: _give(asked),
        "accept": lambda asked, _key: _accept(asked),
        "away": lambda asked, _key: go_away(asked, me(asked)),
        "back": lambda asked, key: come_back(asked, me(asked), key),
    }
    back = (reverse("today"), _("Today"))
    return settings_page(asking, _("My shift"), lambda: _sections(asking), deeds, back=back)


def _sections(asking: Asking) -> Sequence[Section]:
    person = asking.person
    if person is None:
        return [Section(_("Nobody stands behind your account"),
                        _("It owns nothing, so there is nothing to hand over. An administrator "
                          "can name the person in Settings."))]  # fmt: skip
    own = _many(
        Case.objects.open().owned_by(person).count(),
        Promise.objects.owed().owned_by(person).count(),
    )
    others = tuple(pair for pair in people_options(asking) if pair[0] != str(person.pk))
    to = (Field("to", _("To whom"), kind="select", options=others, needed=True),)
    give = Section(
        _("Hand over all that is mine"),
        _("You own %(what)s. All stay yours until they are accepted.") % {"what": own},
        forms=(Form("give", _("Offer all"), to),),
    )
    return [*_offered(person), give, absences_of(asking, person)]


def _offered(person: Person) -> list[Section]:
    cases, promises = _waiting_for(person)
    if not cases and not promises:
        return []
    text = _("%(what)s wait for your answer. To decline one, open it.")
    what = _many(len(cases), len(promises))
    form = Form("accept", _("Accept all"), ())
    return [Section(_("Offered to me"), text % {"what": what}, forms=(form,))]


def _waiting_for(person: Person) -> tuple[list[Case], list[Promise]]:
    offered = Case.objects.open().filter(offers__to=person, offers__answered_at=None)
    return list(offered.distinct()), list(Promise.objects.owed().filter(offered_to=person))


def _many(cases: int, promises: int) -> str:
    return _("%(cases)s and %(promises)s") % {
        "cases": ngettext("%(n)d open case", "%(n)d open cases", cases) % {"n": cases},
        "promises": ngettext("%(n)d promise", "%(n)d promises", promises) % {"n": promises},
    }


def _give(asking: Asking) -> str:
    giver, to = me(asking), person_chosen(asking, "to")
    if to is None or to.pk == giver.pk:
        raise wrong_at("to", _("Choose somebody else who takes over."))
    many = hand_over_all(giver=giver, to=to, at=asking.now, by=asking.account)
    if not many:
        return _("Nothing of yours was left to hand over.")
    warn_if_away(asking, to)
    return _("All is offered to %(name)s; it stays yours until they accept.") % {"name": to}


def _accept(asking: Asking) -> str:
    person = me(asking)
    cases, promises = _waiting_for(person)
    now, by = asking.now, asking.account
    with transaction.atomic():
        accept_cases(cases=cases, person=person, at=now, by=by)
        accept_promises(promises=promises, person=person, at=now, by=by)
    return _("All that was offered is yours.")
