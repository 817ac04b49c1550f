"""Headers of what a register says of an asset itself: its days, its revisions, its serial.

One entry per notion, one text per tier, best first, as the other lexica have theirs.
"""

from __future__ import annotations

from wellkept.record.sources.heading import bag, heading

ASSET_THINGS: dict[str, tuple[str, ...]] = {
    "software_revision": (
        """software version, software revision, software release, sw version, sw revision, sw
        release, software level, firmware, firmware version, firmware revision, fw version,
        controller software, softwareversion, softwarestand, softwarerevision, firmwareversion,
        firmwarestand, version logiciel, version logicielle, version du logiciel, version
        firmware, versione software, versione firmware, revisione software, version software,
        version de software, version de firmware, softwareversie, firmwareversie, versao software,
        versao do software, wersja oprogramowania""",
    ),
    "hardware_revision": (
        """hardware version, hardware revision, hw version, hw revision, hw rev, hardware level,
        hardware release, hardwareversion, hardwarestand, hardwarerevision, anderungsstand,
        version materiel, revision materielle, indice materiel, versione hardware, revisione
        hardware, version de hardware, revision de hardware, hardwareversie, versao hardware""",
    ),
    "life": (
        """life cycle, lifecycle, life cycle state, lifecycle state, life cycle status, lifecycle
        status, life cycle stage, lifecycle stage, life cycle stage status, asset life cycle,
        asset lifecycle state, install status, installation status, asset status, equipment status,
        lebenszyklus, lebenszyklusstatus, lebensphase, anlagenstatus, anlagenzustand, geratestatus,
        geratezustand, betriebsstatus, betriebszustand, einsatzstatus, verwendungsstatus,
        nutzungsstatus, verbleib, cycle de vie, cycle vie, etat equipement, statut equipement,
        etat appareil, etat de service, ciclo di vita, ciclo vita, fase ciclo vita, stato impianto,
        stato asset, stato macchina, stato apparecchio, stato esercizio, ciclo de vida, ciclo vida,
        estado equipo, estado activo, estado maquina, levenscyclus, levensfase, apparaatstatus,
        gebruiksstatus, estado equipamento, situacao equipamento, situacao ativo, cykl zycia, status
        urzadzenia, stan urzadzenia""",
        """active, is active, in use, in operation, aktiv, in betrieb, in gebrauch, actif, en
        service, attivo, in uso, in servizio, in esercizio, activo, en uso, en servicio, actief, in
        gebruik, in bedrijf, ativo, em uso, retired, is retired, decommissioned, scrapped, disposed,
        in stock, ausgemustert, stillgelegt, verschrottet, ausser betrieb, hors service, dismesso,
        rottamato, dado de baja, afgevoerd""",
    ),
}

ASSET_MOMENTS: dict[str, tuple[str, ...]] = {
    "installed": (
        """installed, installed on, installed at, installed since, install date, installation date,
        date installed, date of installation, commissioned, commissioned on, commissioning date,
        date commissioned, date of commissioning, in service since, in service date, date in
        service, in service on, in use since, put into service, start up date, startup date,
        startup, start of operation, operational since, operational date, go live date, inbdt,
        installdate, installiert am, installationsdatum, inbetriebnahme, inbetriebnahme am,
        inbetriebnahmedatum, datum der inbetriebnahme, inbetriebsetzung, in betrieb seit, in
        betrieb genommen, aufgestellt am, einbaudatum, ibn datum, ibn, mise en service, mise en
        service le, date de mise en service, date mise en service, date d installation, date
        installation, installe le, installee le, installato il, installata il, data installazione,
        data di installazione, messa in servizio, data messa in servizio, messa in funzione,
        collaudo, instalado el, fecha instalacion, fecha de instalacion, puesta en marcha, fecha
        puesta en marcha, fecha de puesta en marcha, fecha puesta en servicio, fecha de puesta en
        servicio, geinstalleerd op, installatiedatum, in bedrijf sinds, ingebruikname,
        ingebruiknamedatum, data instalacao, data de instalacao, instalado em, entrada em servico,
        data uruchomienia, data instalacji""",
    ),
    "warranty_ends": (
        """warranty until, warranty end, warranty ends, warranty end date, warranty expiration,
        warranty expiration date, warranty expiry, warranty expiry date, warranty expires, warranty
        expires on, warranty date, end of warranty, warranty valid to, warranty through,
        warrantyexpdate, guarantee until, gwlen, garantie bis, garantieende, ende der garantie,
        gewahrleistung bis, gewahrleistungsende, garantieablauf, fin de garantie, fin garantie,
        garantie jusqu au, date fin garantie, echeance garantie, fine garanzia, garanzia fino al,
        scadenza garanzia, data fine garanzia, fin de garantia, fin garantia, garantia hasta,
        vencimiento garantia, garantie tot, einde garantie, garantia ate, fim da garantia, koniec
        gwarancji, gwarancja do""",
    ),
}

_SERIAL = bag(
    """serial serials serialnummer serialnumber serialno serialnr sernr seriennummer seriennr serien
    seriennummern fabriknummer fabriknr herstellnummer serie matricola matricula serienummer
    serienr seryjny sn"""
)
_S_N = ("s n", "s no", "s nr")


def names_serial(header: str) -> bool:
    """This will say whether a header speaks of the maker's number of one instance.

    >>> names_serial("Seriennummer"), names_serial("N° de série"), names_serial("Inventory no.")
    (True, True, False)
    """
    words = heading(header).words
    return bool(_SERIAL & set(words)) or " ".join(words).startswith(_S_N)
