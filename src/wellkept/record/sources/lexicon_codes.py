"""Headers that are field names of a database, where a dictionary of words does not help.

One text per notion: what SAP tables and the tables of Infor EAM call it. The time of day of a day
has a name of its own there, which says nothing of the day: `CLOCK_OF`.
"""

from wellkept.record.sources.heading import bag

CODES: dict[str, str] = {
    "case_id": "qmnum, aufnr, evt code, wodsa, ticketno",
    "order": "ebeln, vbeln, vbelv",
    "promise_id": "ebelp, posnr, etenr",
    "asset": "equnr, sernr, evt object",
    "parent_asset": "hequi",
    "product_no": "matnr",
    "product_name": "maktx",
    "family": "matkl",
    "product_kind": "mtart",
    "customer": "kunnr, kunum, kund 1, kunag, kunwe, kunde nr, ag",
    "site": "werks, swerk, iwerk",
    "team": "arbpl, ingrp, ingpr, evt mrc, gewrk, vaplz",
    "owner": "parnr, evt person, evt responsible",
    "about": "qmtxt, ktext, evt desc",
    "kind": "qmart, auart, evt type, evt jobtype",
    "state": "sttxt, evt status, evt rstatus, txt30",
    "consequence": "priok, priokx, evt priority",
    "breakdown": "msaus",
    "reported": "qmdat, evt reported",
    "created": "erdat, evt created",
    "changed": "aedat, evt updated",
    "not_before": "strmn, gstrp, evt target",
    "due": "ltrmn, gltrp, evt due, eindt, lfdat",
    "requested": "vdatu",
    "promised": "edatu, mbdat",
    "first_due": "slfdt",
    "work_started": "gstri, evt start",
    "finished": "gltri, evt completed",
    "closed": "qmdab, idat2, evt closed",
    "down_from": "ausvn",
    "down_to": "ausbs",
    "made": "bedat, audat, bstdk",
    "done": "wadat ist, wadatist, budat",
    "money": "netwr",
}

CLOCK_OF: dict[str, str] = {
    "mzeit": "qmdat",
    "strur": "strmn",
    "ltrur": "ltrmn",
    "qmzab": "qmdab",
    "auztv": "ausvn",
    "auztb": "ausbs",
    "erzet": "erdat",
    "aezeit": "aedat",
    "gsuzp": "gstrp",
    "gluzp": "gltrp",
    "gsuzi": "gstri",
    "gluzi": "gltri",
}
"""Field of a time of day → field of the day that it belongs to."""

UNIT_WORDS = bag(
    """eur usd gbp chf d h hr hrs day days hour hours week weeks wk wks month months tage wochen
    monate jours semaines mois giorni settimane mesi dias semanas meses pcs ea units dni gg jrs tg
    weken dagen werktage arbeitstage calendar working business ouvres lavorativi laborables uteis"""
)
"""Units at the end of a header of a list of parts, which do not belong to its name."""
