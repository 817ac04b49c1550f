"""Settings: what people answer for, who holds which role, and who stands in."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import wrong_at
from wellkept.desk.web.listing import Cell
from wellkept.desk.web.pages.settings.people import settings_back
from wellkept.desk.web.pages.settings.shape import (
    ROLE,
    Deed,
    Field,
    Form,
    Section,
    key_typed,
    people_options,
    person_chosen,
    seen,
    settings_page,
    typed_in,
)
from wellkept.record.organisation.actions import (
    LEADERS,
    add_role,
    edit_part,
    end_roles,
    give_roles,
)
from wellkept.record.organisation.models import Region, Role, RoleHolding, Team
from wellkept.record.organisation.reach import Reach, reach_of


def roles(asking: Asking) -> HttpResponse:
    """This will show roles and who holds them now, and change what a form asks."""
    deeds: dict[str, Deed] = {"add": _add, "rename": _rename, "give": _give, "end": _end}
    return settings_page(asking, _("Roles"), lambda: _sections(asking), deeds, back=settings_back())


def _sections(asking: Asking) -> Sequence[Section]:
    kept = list(Role.objects.all())
    held = RoleHolding.objects.held(asking.now).select_related(
        "role", "person__personal", "deputy__personal", "region", "team"
    )
    holdings = list(held.order_by("role__name", "pk"))
    reach = reach_of(asking.account, *LEADERS)
    name = Field("name", _("Name"), needed=True, help=_("As in service coordinator."))
    return [
        Section(
            _("Who answers for what"),
            _("A promise is one role's; a role without a holder is a hole.") if kept
            else _("No role is kept yet: add the first one below, then say who holds it."),
            heads=(_("Role"), _("Held by"), _("Where"), _("Who stands in")),
            rows=tuple(_row(one) for one in holdings) + _holes(kept, holdings),
            forms=(
                *_giving(asking, kept, reach),
                *(_ending(one) for one in holdings if reach.has_holding(one)),
            ),
        ),
        Section(
            _("The roles"),
            forms=(
                Form("add", _("Add the role"), (name,), title=_("A new role")),
                *(
                    Form(f"rename-{one.pk}", _("Rename"), (Field("name", _("Name"), one.name),),
                         title=_("Rename “%(name)s”") % {"name": one.name}, seen=one.version)
                    for one in kept
                    if reach.everything
                ),
            ),
        ),
    ]  # fmt: skip


def _row(one: RoleHolding) -> tuple[Cell, ...]:
    where = [str(part) for part in (one.region, one.team, one.product_family) if part]
    deputy = Cell(str(one.deputy)) if one.deputy else Cell(_("nobody"), kind="quiet")
    return (
        Cell(str(one.role)), Cell(str(one.person)),
        Cell(", ".join(where) or _("everywhere")), deputy,
    )  # fmt: skip


def _holes(kept: Sequence[Role], held: Sequence[RoleHolding]) -> tuple[tuple[Cell, ...], ...]:
    taken = {one.role_id for one in held}
    return tuple(
        (Cell(str(one)), Cell(_("nobody"), kind="ownerless"), Cell(""), Cell(""))
        for one in kept
        if one.pk not in taken
    )


def _giving(asking: Asking, kept: Sequence[Role], reach: Reach) -> tuple[Form, ...]:
    """The form by which a role is given, to whom and where the one who asks may."""
    if not kept or (not reach.everything and not reach.teams | reach.regions):
        return ()
    everywhere = (("", _("everywhere") if reach.everything else _("any")),)
    regions = tuple(
        (str(one.pk), one.name)
        for one in Region.objects.all()
        if reach.has_place(region=one.pk, team=None)
    )
    teams = tuple(
        (str(one.pk), one.name)
        for one in Team.objects.all()
        if reach.has_place(region=None, team=one.pk)
    )
    people = people_options(asking, reach)
    nobody = (("", _("nobody")), *people[1:])
    fields = (
        Field("role", _("Role"), kind="select",
              options=tuple((str(one.pk), one.name) for one in kept)),
        Field("person", _("Who holds it"), kind="select", options=people),
        Field("region", _("Region"), kind="select", options=everywhere + regions),
        Field("team", _("Team"), kind="select", options=(("", _("any")), *teams)),
        Field("deputy", _("Who stands in"), kind="select", options=nobody),
    )  # fmt: skip
    return (Form("give", _("From now on"), fields, title=_("Give a role")),)


def _ending(one: RoleHolding) -> Form:
    said = _("%(person)s as %(role)s") % {"person": one.person, "role": one.role}
    return Form(f"end-{one.pk}", _("Ends now"), (), title=said)


def _add(asking: Asking, key: int | None) -> str:
    name = typed_in(asking, "name", _("what the role is called"), most=ROLE)
    add_role(name=name, at=asking.now, by=asking.account)
    return _("%(name)s is a role.") % {"name": name}


def _rename(asking: Asking, key: int | None) -> str:
    role = get_object_or_404(Role, pk=key)
    changes = {"name": typed_in(asking, "name", _("what the role is called"), most=ROLE)}
    edit_part(part=role, changes=changes, seen=seen(asking), at=asking.now, by=asking.account)
    return _("Saved.")


def _give(asking: Asking, key: int | None) -> str:
    role = Role.objects.filter(pk=key_typed(asking, "role")).first()
    person = person_chosen(asking, "person")
    if role is None:
        raise wrong_at("role", _("Choose the role; where there is none, add it below."))
    if person is None:
        raise wrong_at("person", _("Choose who holds it."))
    holding = RoleHolding(
        role=role,
        person=person,
        region=Region.objects.filter(pk=key_typed(asking, "region")).first(),
        team=Team.objects.filter(pk=key_typed(asking, "team")).first(),
        deputy=person_chosen(asking, "deputy"),
        from_at=asking.now,
    )
    give_roles(holdings=[holding], at=asking.now, by=asking.account)
    return _("%(person)s is %(role)s.") % {"person": person, "role": role}


def _end(asking: Asking, key: int | None) -> str:
    holding = get_object_or_404(RoleHolding, pk=key)
    end_roles(holdings=[holding], until_at=asking.now, at=asking.now, by=asking.account)
    return _("%(person)s does not hold it any more.") % {"person": holding.person}
