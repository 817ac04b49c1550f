"""Settings: regions and teams, and who is in them: it decides who sees which rows."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.pages.settings.people import settings_back
from wellkept.desk.web.pages.settings.shape import (
    Deed,
    Field,
    Form,
    Options,
    Section,
    key_typed,
    keys_typed,
    people_options,
    seen,
    settings_page,
    typed_in,
)
from wellkept.record.organisation.actions import (
    LEADERS,
    add_region,
    add_team,
    edit_part,
    set_region,
    set_team,
)
from wellkept.record.organisation.models import Person, Region, Team
from wellkept.record.organisation.reach import Reach, reach_of


def teams(asking: Asking) -> HttpResponse:
    """This will show regions and teams with their people, and change what a form asks."""
    deeds: dict[str, Deed] = {
        "add_region": _add_region, "add_team": _add_team,
        "region": _edit_region, "team": _edit_team,
        "in_region": _set_region, "in_team": _set_team,
    }  # fmt: skip
    return settings_page(
        asking, _("Regions and teams"), lambda: _sections(asking), deeds, back=settings_back()
    )


def _sections(asking: Asking) -> Sequence[Section]:
    everybody = people_options(asking)[1:]
    regions = list(Region.objects.prefetch_related("members"))
    reach = reach_of(asking.account, *LEADERS)
    among: Options = (("", _("none")), *((str(one.pk), one.name) for one in regions))
    mine = {str(one.pk) for one in regions if reach.has_place(region=one.pk, team=None)}
    name = Field("name", _("Name"), needed=True)
    region = Field(
        "region",
        _("Region"),
        kind="select",
        options=tuple(pair for pair in among if pair[0] in mine | {""}),
    )
    parts = [
        Section(
            _("Add"),
            _("A team shares work and is never its owner. Who is in a region or a team sees its "
              "rows, if their groups are held for it."),
            forms=(
                Form("add_region", _("Add the region"), (name,), title=_("A new region")),
                Form("add_team", _("Add the team"), (name, region), title=_("A new team")),
            ),
        )
    ]  # fmt: skip
    parts += [_of_region(one, everybody, reach) for one in regions]
    rows = Team.objects.select_related("region").prefetch_related("members")
    parts += [_of_team(one, everybody, among, reach) for one in rows]
    return parts


def _of_region(one: Region, everybody: Options, reach: Reach) -> Section:
    """Whoever sees all rows says who sees which; whoever sees a part names what is theirs."""
    named = (Field("name", _("Name"), one.name),)
    return Section(
        _("Region %(name)s") % {"name": one.name},
        _members(one, everybody),
        forms=(
            *_who_belongs(f"in_region-{one.pk}", one, everybody, decides=reach.everything),
            *_if(reach.has_place(region=one.pk, team=None),
                 Form(f"region-{one.pk}", _("Rename"), named, title=_("Its name"),
                      seen=one.version)),
        ),
    )  # fmt: skip


def _of_team(one: Team, everybody: Options, among: Options, reach: Reach) -> Section:
    own = str(one.region_id or "")
    choice = among if reach.everything else tuple(pair for pair in among if pair[0] == own)
    within = Field("region", _("Region"), own, "select", choice)
    fields = (Field("name", _("Name"), one.name), within)
    return Section(
        _("Team %(name)s") % {"name": one.name},
        _members(one, everybody),
        forms=(
            *_who_belongs(f"in_team-{one.pk}", one, everybody, decides=reach.everything),
            *_if(reach.has_place(region=None, team=one.pk),
                 Form(f"team-{one.pk}", _("Save"), fields, title=_("Its name and region"),
                      seen=one.version)),
        ),
    )  # fmt: skip


def _if(theirs: bool, form: Form) -> tuple[Form, ...]:
    return (form,) if theirs else ()


def _who_belongs(
    deed: str, one: Region | Team, everybody: Options, *, decides: bool
) -> tuple[Form, ...]:
    if not decides:
        return ()
    title = _("Change who belongs to it")
    return (Form(deed, _("Exactly these"), (_ticks(one, everybody),), title=title),)


def _members(one: Region | Team, everybody: Options) -> str:
    there = {str(member.person_id) for member in one.members.all()}
    return ", ".join(name for key, name in everybody if key in there) or _("Nobody is in it.")


def _ticks(one: Region | Team, everybody: Options) -> Field:
    chosen = tuple(str(member.person_id) for member in one.members.all())
    return Field("person", _("Who belongs to it"), kind="checks", options=everybody, chosen=chosen)


def _name(asking: Asking) -> str:
    return typed_in(asking, "name", _("the name"))


def _region(asking: Asking) -> Region | None:
    return Region.objects.filter(pk=key_typed(asking, "region")).first()


def _add_region(asking: Asking, key: int | None) -> str:
    made = add_region(name=_name(asking), at=asking.now, by=asking.account)
    return _("%(name)s is a region.") % {"name": made}


def _add_team(asking: Asking, key: int | None) -> str:
    made = add_team(name=_name(asking), region=_region(asking), at=asking.now, by=asking.account)
    return _("%(name)s is a team.") % {"name": made}


def _edit_region(asking: Asking, key: int | None) -> str:
    edit_part(
        part=get_object_or_404(Region, pk=key), changes={"name": _name(asking)},
        seen=seen(asking), at=asking.now, by=asking.account,
    )  # fmt: skip
    return _("Saved.")


def _edit_team(asking: Asking, key: int | None) -> str:
    edit_part(
        part=get_object_or_404(Team, pk=key),
        changes={"name": _name(asking), "region": _region(asking)},
        seen=seen(asking), at=asking.now, by=asking.account,
    )  # fmt: skip
    return _("Saved.")


def _set_region(asking: Asking, key: int | None) -> str:
    region = get_object_or_404(Region, pk=key)
    people = Person.objects.filter(pk__in=keys_typed(asking, "person"))
    set_region(region=region, people=people, at=asking.now, by=asking.account)
    return _("Saved.")


def _set_team(asking: Asking, key: int | None) -> str:
    team = get_object_or_404(Team, pk=key)
    people = Person.objects.filter(pk__in=keys_typed(asking, "person"))
    set_team(team=team, people=people, at=asking.now, by=asking.account)
    return _("Saved.")
