"""The headers that name the roles of assets, sites and contracts.

Phrases are plain words as `heading.heading` gives them, divided by commas; the first tier is said
of that role alone, the second also of others (a "code" may be any number).
"""

from __future__ import annotations

OF_ASSETS: dict[str, tuple[str, ...]] = {
    "product": (
        """product, model, asset model, machine type, equipment type, used in, fits, fits
        product, applies to, product model, asset type, machine model, produkt, modell,
        maschinentyp, geratetyp, modele, modello, prodotto, modelo, producto, type, machine,
        equipment model, parent product, assembly""",
    ),
    "family": (
        """family, product family, asset family, product group, series, baureihe, produktfamilie,
        famille, famiglia, familia, productfamilie""",
    ),
    "per_asset": (
        """per asset, quantity per asset, qty per asset, pieces per asset, quantity per machine,
        qty per machine, number installed, positions, quantity per failure, per machine, bom
        quantity, stuck je anlage, menge je anlage, quantita per macchina, qpa, qty per
        assembly, quantity per assembly, quantity per unit, qty per unit, quantity per, qty
        per, menge pro, bom qty, component quantity, komponentenmenge, quantite par, quantita
        per, cantidad por, quantidade por""",
        "quantity, qty, menge, quantite, quantita, cantidad, aantal, number of pieces",
    ),
    "failures_per_year": (
        """failures per year, failure rate, replacements per year, annual failure rate, failures
        a year, failures per asset and year, usage per asset, ausfalle pro jahr, ausfallrate,
        pannes par an, guasti anno, tasso di guasto, fallos por ano, afr, failures per unit
        per year, removals per year, replacement rate, ausfalle je jahr, taux de panne, taux
        de defaillance""",
    ),
    "stops": (
        """stops, stops asset, stops machine, stops the machine, essential, essentiality, chance
        of stop, down if missing, vital, line stop, stillstand, arret, ferma macchina, stops
        production, share stopped""",
    ),
    "asset": (
        """asset, asset no, asset number, asset id, machine no, machine number, equipment,
        equipment no, equipment number, serial, serial no, serial number, installed asset,
        unit number, anlage, anlagennummer, maschine, maschinennummer, gerat, equipement,
        numero de serie, macchina, matricola, impianto, maquina, equipo, toestel, equnr, asset
        tag, machine, machine id, machine serial number, tail number, aircraft, vehicle,
        fahrzeug, objekt, numero equipement, numero machine, numero macchina, numero de
        maquina, numero equipo, equipamento, ativo, machinenummer, installatie""",
    ),
    "parent_asset": (
        """parent asset, parent equipment, parent machine, built into, part of asset, superior
        equipment, ubergeordnete anlage, equipement parent, asset padre, installed in""",
    ),
    "site": (
        """site, site no, site number, site id, customer site, ship to, installed at, plant site,
        standort, einsatzort, lieu, sede, sito, emplazamiento, locatie klant, address""",
    ),
    "customer": (
        """customer, customer name, client, account, kunde, kundenname, cliente, klant, sold to,
        ship to name, ship to customer, customer no, customer number, customer id, customer
        account, client name, kundennr, kundennummer, kd nr, nom client, code client, codice
        cliente, ragione sociale cliente, nome cliente, nombre cliente, codigo cliente,
        klantnaam, klantnummer, sold to party, bill to""",
    ),
    "installed": (
        """installed, installed on, installation date, install date, commissioned, commissioned
        on, in service since, in use since, start up date, installiert am, inbetriebnahme,
        mise en service, installato il, data installazione, instalado el, geinstalleerd op,
        date installed""",
    ),
    "hours_per_year": (
        """hours per year, running hours per year, operating hours per year, annual hours, usage
        hours, utilisation hours, duty hours, betriebsstunden pro jahr, heures par an, ore
        anno, horas por ano, hours a year""",
    ),
    "consequence": (
        """consequence, consequence class, criticality, impact, severity, critical, priority,
        kritikalitat, kritisch, criticite, criticita, criticidad, kriticiteit""",
    ),
    "downtime_cost_h": (
        """downtime cost per hour, downtime cost, cost per hour down, cost of downtime per hour,
        hourly downtime cost, stop cost per hour, lost hour costs, cost per lost hour, cost of
        an hour down, stillstandskosten, stillstandskosten pro stunde, cout arret heure, costo
        fermo ora, costo fermo, coste de parada por hora, stilstandkosten, downtime cost hour,
        hour costs""",
    ),
    "contract": (
        """contract, contract no, contract number, contract id, agreement, agreement no, service
        contract, vertrag, vertragsnummer, contrat, contratto, numero contratto, contrato,
        contractnummer""",
    ),
    "allowance_h": (
        """allowance hours, allowance, allowed downtime, allowed hours, hours allowed, allowed
        hours per year, downtime allowance, hours allowed a year, allowance hours per year,
        erlaubte ausfallstunden, heures admises, ore ammesse, horas permitidas""",
    ),
    "guarantee": (
        """guarantee, guaranteed availability, uptime guarantee, availability guarantee,
        guaranteed uptime, availability, uptime, verfugbarkeit, garantierte verfugbarkeit,
        disponibilite, disponibilita, disponibilidad, beschikbaarheid""",
    ),
    "penalty_h": (
        """penalty per hour, penalty, penalty an hour, penalty rate, malus per hour, malus,
        vertragsstrafe, ponale pro stunde, ponale, penalite, penalite par heure, penale,
        penale oraria, penalizacion, boete, boete per uur""",
    ),
    "starts": (
        """from, start, starts, starts on, valid from, start date, begin, since, from date, von,
        gultig ab, beginn, debut, dal, inizio, desde, inicio, van, missing from, zero from,
        out from, stock out from""",
    ),
    "ends": (
        """to, until, end, ends, ends on, valid to, valid until, end date, till, bis, gultig bis,
        ende, fin, au, al, fine, hasta, tot, missing until, zero until, to date, out until,
        stock out until""",
    ),
}  # fmt: skip
