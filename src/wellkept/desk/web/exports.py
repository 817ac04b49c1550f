"""A list as a file: CSV for machines, Excel for people. Rows are written as they are read."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.text import slugify

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_ROWS = 1_048_576
SIGNS = frozenset("=+-@＝＋－＠")  # the wide ones are meant
"""What a formula begins with."""
BLANKS = frozenset("\t\r\n")


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def as_csv(name: str, rows: Iterable[list[object]]) -> StreamingHttpResponse:
    """This will send rows as CSV: UTF-8 with a mark, so that spreadsheets read it as it is."""
    return StreamingHttpResponse(
        _lines(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{_file(name)}.csv"'},
    )


def _file(name: str) -> str:
    return slugify(name) or "list"


def _lines(rows: Iterable[list[object]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([_harmless(value) for value in row])


def _harmless(value: object) -> object:
    """A spreadsheet runs a text that begins like a formula; a quote before it keeps it text.

    Some skip blanks and line ends before it, and read the wide signs of eastern scripts alike.
    """
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, str) and (value[:1] in BLANKS or value.lstrip()[:1] in SIGNS):
        return f"'{value}"
    return "" if value is None else value


def as_xlsx(name: str, rows: Iterable[list[object]]) -> HttpResponse:
    """This will send rows as one Excel sheet; what a sheet cannot hold is left to the CSV."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Wellkept")
    for number, row in enumerate(rows, 1):
        if number == SHEET_ROWS:
            sheet.append(["A sheet ends here; the CSV has every row."])
            break
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=_plain(value))
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    written = io.BytesIO()
    book.save(written)
    headers = {"Content-Disposition": f'attachment; filename="{_file(name)}.xlsx"'}
    return HttpResponse(written.getvalue(), content_type=EXCEL, headers=headers)


def _plain(value: object) -> str | float | datetime | None:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None)
    return "".join(c for c in str(value) if c >= " " or c in "\t\n")
