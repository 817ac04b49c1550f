"""Lists: filters in the address, pages by key, and every list as CSV or Excel.

A page of a list is found by the key of the row before it, never by counting rows: the thousandth
page costs what the first one costs. How many rows there are is counted up to a cap.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connections
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from wellkept.desk.web import exports
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.escaping import escaped
from wellkept.desk.web.in_parts import NEAR, Parts, first_keys, many_in, most_urgent, near
from wellkept.desk.web.keys import COUNTED, said
from wellkept.desk.web.marks import BadMark, after_row, key_below, mark_of, read_mark
from wellkept.record.access.kept import asked
from wellkept.record.access.rules import Scope
from wellkept.record.access.wording import said as scope_said
from wellkept.record.search.queries import answering

Row = TypeVar("Row")
"""A row of a model, or what was read of one."""
ROWS = 50


class Cell(NamedTuple):
    """What a row says in one column: text, where it leads, and how it is to be shown."""

    text: str
    href: str = ""
    kind: str = ""
    title: str = ""
    iso: str = ""

    @property
    def html(self) -> SafeString:
        """The cell as a page shows it; made here, since a list has hundreds."""
        return mark_safe(self.drawn)

    @property
    def drawn(self) -> str:
        """The same as a plain text, of which a list is put together."""
        text, href, kind, title, iso = self
        said = escaped(text)
        if kind == "standing":
            return f'<span class="standing" data-standing="{escaped(iso)}">{said}</span>'
        hint = f' title="{escaped(title)}"' if title else ""
        if href:
            return f'<a href="{escaped(href)}"{hint}>{said}</a>'
        return f'<time datetime="{escaped(iso)}"{hint}>{said}</time>' if iso else said


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its title, its cell for a page, and its plain value for an export."""

    title: str
    cell: Callable[[Row], Cell]
    plain: Callable[[Row], object]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter with few values; the first one means no filter."""

    name: str
    title: str
    options: tuple[tuple[str, str], ...]
    narrow: Callable[[Any, str], Any]
    beside: Callable[[Any, str], Any] | None = None
    """The same of a part to which an index leads, where another index would lead astray."""


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """A list of one noun: its columns, its order (never blank, ends with the key), its filters.

    `searched` lets words be looked for. A word that very many rows hold shows the newest first,
    unless the order is `urgent`: that of rows which are few anyway.
    """

    title: str
    columns: tuple[Column[Row], ...]
    order: tuple[str, ...]
    filters: tuple[Choice, ...] = ()
    searched: bool = False
    urgent: bool = False
    empty: str = ""
    before: Callable[[list[Row]], None] | None = None
    """Told the rows of a page before their cells are made: what many need is asked once."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a list, frozen for its template."""

    title: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Cell, ...], ...]
    counted: str
    filters: tuple[SafeString, ...]
    sought: str | None
    first: str
    onward: str
    exports: tuple[tuple[str, str], ...]
    empty: str
    narrowed: bool = field(default=False)

    @property
    def body(self) -> SafeString:
        """The rows as a table has them; the first cell of each is its head."""
        lines = []
        for first, *others in self.rows:
            cells = "".join(
                [
                    f'<td class="whole">{cell.drawn}</td>'
                    if cell.kind == "whole"
                    else f"<td>{cell.drawn}</td>"
                    for cell in others
                ]
            )
            lines.append(f'<tr><th scope="row">{first.drawn}</th>{cells}</tr>')
        return mark_safe("\n".join(lines))  # every part of it was escaped


def narrowed(
    listing: Listing[Row], rows: QuerySet[Any, Row], given: QueryDict, *, part: bool = False
) -> QuerySet[Any, Row]:
    """This will leave the rows that the filters ask for; an unknown value filters nothing."""
    for choice in listing.filters:
        value = given.get(choice.name, "")
        if value and value in dict(choice.options):
            rows = ((part and choice.beside) or choice.narrow)(rows, value)
    return rows


def where_in(field: str) -> Callable[[Any, str], Any]:
    """This will give the filter of a part by a word: of which few rows are, its index leads."""

    def narrow(rows: Any, value: str) -> Any:
        alike = rows.model._default_manager.filter(**{field: value}).order_by().values("pk")
        few = alike[: NEAR + 1].count() <= NEAR
        return rows.filter(**({field: value} if few else {f"{field}__among": [value]}))

    return narrow


def _sought(listing: Listing[Row], given: QueryDict) -> str:
    return given.get("q", "").strip() if listing.searched else ""


def shown(
    asking: Asking,
    template: str,
    listing: Listing[Row],
    rows: QuerySet[Any, Row],
    given: QueryDict | None = None,
    parts: Parts = (),
    *,
    adds: bool = False,
    merges: bool = False,
) -> HttpResponseBase:
    """This will show a list, or send it as a file where the address says as=csv or as=xlsx.

    `given` is the address with what a page adds to it; `parts` are the same rows;
    `adds` and `merges` say whether the one who asks may add one by hand, and merge some.
    """
    given = asking.address if given is None else given
    kind = given.get("as", "")
    if kind == "csv":
        return exports.as_csv(listing.title, table(listing, rows, given))
    if kind == "xlsx":
        return exports.as_xlsx(listing.title, table(listing, rows, given))
    found = leaf(listing, rows, given, parts)
    if Scope.ALL not in asking.account.scopes:
        found = replace(found, empty=_limited(asking))
    return asking.page(template, leaf=found, adds=adds, merges=merges)


def _limited(asking: Asking) -> str:
    """What an empty list says to whoever sees a part of the rows: others may well be there."""
    scopes = ", ".join(sorted(scope_said(scope) for scope in asking.account.scopes))
    return _(
        "Nothing here that you may see: your groups are held for these rows: %(scopes)s. Ask an "
        "administrator if something is missing."
    ) % {"scopes": scopes}


@dataclass(frozen=True, slots=True)
class _Read(Generic[Row]):
    """The rows of a page and one more, in their order, and how many there are in all."""

    rows: list[Row]
    order: tuple[str, ...]
    counted: str
    mark: str


def _read(listing: Listing[Row], rows: QuerySet[Any, Row], given: QueryDict) -> _Read[Row]:
    mark, sought, order = given.get("after", ""), _sought(listing, given), listing.order
    newest, frequent, seen = None, False, rows
    if sought:
        answer = answering(sought, rows, below=key_below(mark))
        rows = answer.rows
        frequent = answer.newest is not None  # counting would read every text
        if frequent and not listing.urgent:
            newest, order = answer.newest, answer.order
    try:
        after = after_row(order, read_mark(mark, order))
    except BadMark:
        mark, after = "", Q()
    if newest is not None:
        found = list(newest.filter(after).order_by(*order)[: ROWS + 1])
        if len(found) > ROWS:
            return _Read(found, order, _counted(newest, "+"), mark)
    if sought and answer.scan is not None and order == ("-pk",):
        keys, many = answer.scanned(answer.scan, key_below(mark), ROWS + 1)
        return _Read(_of_keys(keys, seen, order), order, said(many), mark)
    answers = rows.filter(after).order_by(*order)[: ROWS + 1]
    found = _by_keys(answers, seen) if sought else list(answers)
    if not mark and len(found) <= ROWS:
        return _Read(found, order, f"{len(found):,}", mark)
    return _Read(found, order, f"{ROWS}+" if frequent else _counted(rows), mark)


def _by_keys(answers: QuerySet[Any, Row], seen: QuerySet[Any, Row]) -> list[Row]:
    """The rows of a page, on PostgreSQL by their keys, asked before.

    It would join all that answer to what a row names, and only then put them in order.
    """
    if connections[seen.db].vendor != "postgresql":
        return list(answers)
    keys = list(answers.values_list("pk", flat=True))
    return _of_keys(keys, seen, answers.query.order_by)


def _of_keys(keys: list[int], seen: QuerySet[Any, Row], order: Sequence[Any]) -> list[Row]:
    return list(seen.filter(pk__in=keys).order_by(*order)) if keys else []


def _read_parts(
    order: tuple[str, ...], rows: QuerySet[Any, Row], parts: Parts, mark: str
) -> _Read[Row]:
    """The first rows of a scope: near the top by walking, the others by the index of each part."""
    try:
        after = after_row(order, read_mark(mark, order))
    except BadMark:
        mark, after = "", Q()
    found = list(rows.filter(after, near(order, rows, after, mark)).order_by(*order)[: ROWS + 1])
    if len(found) <= ROWS:
        # Asked apart: beside named keys PostgreSQL does not look for what else is seen.
        first = first_keys(order, rows, tuple(part.filter(after) for part in parts), ROWS + 1)
        keys = [key for (key,) in asked(first)]
        found = list(rows.filter(pk__in=keys).order_by(*order)) if keys else []
    if not mark and len(found) <= ROWS:
        return _Read(found, order, f"{len(found):,}", mark)
    return _Read(found, order, said(many_in(parts)), mark)


def _read_urgent(
    order: tuple[str, ...], rows: QuerySet[Any, Row], parts: Parts, mark: str
) -> _Read[Row]:
    """The most urgent rows of a scope: what is owed in each part is put in order by its index.

    In hope of a page, the list of all would be walked past what others owe.
    """
    try:
        after = after_row(order, read_mark(mark, order))
    except BadMark:
        mark, after = "", Q()
    keys, many = most_urgent(order, tuple(part.filter(after) for part in parts), ROWS + 1)
    return _Read(_of_keys(keys, rows, order), order, said(many_in(parts) if mark else many), mark)


def _counted(rows: QuerySet[Any], more: str = "") -> str:
    many = rows.order_by().values("pk")[: COUNTED + 1].count()
    return said(many) if many > COUNTED else f"{many:,}{more}"


def leaf(
    listing: Listing[Row], rows: QuerySet[Any, Row], given: QueryDict, parts: Parts = ()
) -> Leaf:
    """This will read one page of a list: a statement for the rows, and one for their number.

    No more than the first where they fill no page. Looking for words asks the index before. Of
    rows in parts one more where the nearest rows do not fill the page; of an order by a text, one
    before, to say which are near.
    """
    rows = narrowed(listing, rows, given)
    if parts and not _sought(listing, given):
        parts = tuple(narrowed(listing, part, given, part=True) for part in parts)
        of_parts = _read_urgent if listing.urgent else _read_parts
        read = of_parts(listing.order, rows, parts, given.get("after", ""))
    else:
        read = _read(listing, rows, given)
    found, mark = read.rows, read.mark
    onward = mark_of(found[ROWS - 1], read.order) if len(found) > ROWS else ""
    plain = given.copy()
    plain.pop("after", None)
    wanted = plain.urlencode()
    if listing.before is not None:
        listing.before(found[:ROWS])
    cells = [column.cell for column in listing.columns]
    return Leaf(
        title=listing.title,
        heads=tuple((column.title, column.kind) for column in listing.columns),
        rows=tuple(tuple([cell(row) for cell in cells]) for row in found[:ROWS]),
        counted=read.counted,
        filters=tuple(_shown(choice, given) for choice in listing.filters),
        sought=_sought(listing, given) if listing.searched else None,
        first=f"?{wanted}" if mark else "",
        onward=f"?{wanted}{'&' if wanted else ''}after={onward}" if onward else "",
        exports=tuple(
            (kind, f"?{wanted}{'&' if wanted else ''}as={kind.lower()}") for kind in ("CSV", "XLSX")
        ),
        empty=listing.empty,
        narrowed=bool(given.get("q"))
        or any(given.get(one.name, "") not in ("", one.options[0][0]) for one in listing.filters),
    )


def table(
    listing: Listing[Row], rows: QuerySet[Any, Row], given: QueryDict
) -> Iterator[list[object]]:
    """This will give the whole list for an export: a row of titles, then plain values."""
    yield [column.title for column in listing.columns]
    rows = narrowed(listing, rows, given)
    if sought := _sought(listing, given):
        rows = answering(sought, rows).rows
    ordered = rows.order_by(*listing.order)
    for row in ordered.iterator(chunk_size=2_000):
        yield [column.plain(row) for column in listing.columns]


def _shown(choice: Choice, given: QueryDict) -> SafeString:
    """A filter as the form has it; made here, since a page has dozens of options."""
    chosen = given.get(choice.name, "")
    options = "".join(
        [
            f'<option value="{escaped(value)}"{" selected" if value == chosen else ""}>'
            f"{escaped(said)}</option>"
            for value, said in choice.options
        ]
    )
    select = f'<select name="{escaped(choice.name)}">{options}</select>'
    return mark_safe(f"<label>{escaped(choice.title)}{select}</label>")  # all of it was escaped
