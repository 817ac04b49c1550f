"""Names of months, days and zones as exports write them, in seven languages."""

from __future__ import annotations

_MONTHS = (
    "jan january januar jänner janvier janv gennaio gen enero ene januari janeiro",
    "feb february februar feber février fevrier févr fevr fév febbraio febrero februari fev "
    "fevereiro",
    "mar march märz maerz mär mrz mars marzo maart mrt março marco",
    "apr april avril avr aprile abril abr",
    "may mai maggio mag mayo mei maio",
    "jun june juni juin giugno giu junio junho",
    "jul july juli juillet juil luglio lug julio julho",
    "aug august août aout aoû agosto ago augustus",
    "sep sept september septembre settembre set septiembre setembro",
    "oct october oktober okt octobre ottobre ott octubre out outubro",
    "nov november novembre noviembre novembro",
    "dec december dezember dez décembre decembre déc dicembre dic diciembre dezembro",
)
MONTHS: dict[str, int] = {
    word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()
}
_WEEKDAYS = """
    mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday
    sun sunday mo montag di dienstag mi mittwoch do donnerstag fr freitag sa samstag sonnabend
    so sonntag lun lundi mar mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche
    lunedì lunedi martedì martedi mercoledì mercoledi gio giovedì giovedi venerdì venerdi sab
    sabato dom domenica lunes mié mie miércoles miercoles jue jueves vie viernes sáb sábado
    domingo martes ma maandag dinsdag wo woensdag donderdag vr vrijdag za zaterdag zo zondag
"""
WEEKDAYS: frozenset[str] = frozenset(_WEEKDAYS.split())
ENGLISH: frozenset[str] = frozenset(
    {
        *("january", "february", "march", "april", "may", "june", "july", "august"),
        *("september", "october", "november", "december"),
    }
)
ENGLISH_SHORT: frozenset[str] = frozenset(word[:3] for word in ENGLISH)
ZONES: dict[str, int] = {  # minutes east of Greenwich, only names with one common meaning
    **{"z": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 60, "cet": 60, "cest": 120, "mez": 60},
    **{"mesz": 120, "eet": 120, "eest": 180, "msk": 180, "est": -300, "edt": -240},
    **{"cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540},
}
