"""The headers that name each role of the plan, in the languages of our customers' systems.

Phrases are plain words as `heading.heading` gives them, divided by commas; the first tier is said
of that role alone, the second also of others (a "code" may be any number).
"""

from __future__ import annotations

from functools import cache

from wellkept.record.sources.heading import bag, heading
from wellkept.record.sources.lexicon_codes import UNIT_WORDS

_PHRASES: dict[str, tuple[str, ...]] = {
    "part": (
        """indeks, numer czesci, nr czesci, kod towaru, part, part no, part number, part id,
        part code, spare part, item, item no, item number, item id, item code, material,
        material no, material number, sku, article, article no, article number, product code,
        teil, teilenummer, teilenr, artikel, artikelnummer, artikelnr, materialnummer,
        ersatzteil, piece, reference piece, code article, articolo, codice articolo, ricambio,
        codice ricambio, pieza, articulo, codigo articulo, repuesto, onderdeel, onderdeelnummer,
        artikelnummer, old part, old part number, old item, part old, superseded part,
        predecessor, from part, vorganger, itemnum, matnr, component part""",
        "number, code, id, no, product, product id, product name, produkt, produit, prodotto",
        "reference",
    ),
    "name": (
        """name, description, part name, part description, item description, material description,
        location name, bezeichnung, benennung, designation, descrizione, descripcion, omschrijving,
        short text, kurztext, place name, site name, text, maktx""",
    ),
    "unit_cost": (
        """avgcost, lastcost, stdcost, verpr, valuation rate, ek preis, ekpreis, cena, cena
        zakupu, standard price unit, unit cost, cost, price, unit price, cost price, purchase
        price, standard cost, standard price, moving average price, average cost, last cost,
        list price, value per unit, unit value, einzelpreis, preis, stuckpreis, einkaufspreis,
        prix, prix unitaire, cout, cout unitaire, prezzo, prezzo unitario, costo, costo
        unitario, precio, precio unitario, coste, prijs, kostprijs, net price, stprs, cost per
        piece, price per piece""",
    ),
    "currency": (
        """currency, currency code, wahrung, waehrung, devise, monnaie, valuta, divisa, moneda,
        waers, curr, ccy, from currency""",
    ),
    "lead_days": (
        """deliverytime, wbz, czas dostawy, lead time in days, lead time, lead days, leadtime,
        lead time days, delivery time, replenishment time, supply time, planned delivery time,
        procurement time, resupply time, lead, wiederbeschaffungszeit, lieferzeit, delai, delai
        de livraison, delai approvisionnement, tempo di consegna, lead time fornitore, tempo
        approvvigionamento, plazo, plazo de entrega, levertijd, plifz, days to deliver, supplier
        lead time""",
    ),
    "pack_size": (
        """pack size, pack, package size, pack quantity, packing unit, order multiple, lot size,
        rounding value, verpackungseinheit, losgrosse, conditionnement, confezione, lotto,
        multiple, multiplo, embalaje, verpakkingseenheid, packaging unit""",
    ),
    "least_order": (
        """minimum order, minimum order quantity, moq, min order, min order qty, least order,
        mindestbestellmenge, quantite minimale, quantita minima, ordine minimo, pedido minimo,
        cantidad minima, minimale bestelhoeveelheid""",
    ),
    "repair_h": (
        """repair hours, repair time, hours to fit, fitting time, work hours, hours of work,
        mttr, time to repair, active repair time, montagezeit, reparaturzeit, ore di lavoro,
        temps de reparation, tempo riparazione""",
    ),
    "turnaround_days": (
        """turnaround days, turnaround, turnaround time, repair turnaround, repair turnaround time,
        tat, repair cycle time, repair loop, repair loop days, days in repair, repair days,
        return to stock days, reparaturdurchlaufzeit, reparaturumlaufzeit, reparaturtage,
        delai de reparation, tempo di riparazione, giorni riparazione, plazo de reparacion,
        reparatietijd""",
    ),
    "repair_yield": (
        """repair yield, yield, repaired share, share repaired, repairable share, recovery rate,
        return yield, repair rate, repair success, reparaturquote, taux de reparation,
        resa riparazione, tasso di riparazione, tasa de reparacion""",
    ),
    "condemned": (
        """condemned, share condemned, condemnation rate, condemnation, scrap rate, scrapped,
        share scrapped, scrap share, ausschussquote, taux de rebut, tasso di scarto,
        tasa de desecho""",
    ),
    "last_order": (
        """last order day, last order, last order date, last time buy, last time buy date, ltb,
        ltb date, last buy date, end of supply, end of supply date, eos, orderable until,
        last order on, letzte bestellung, letzter bestelltag, abkundigung, fin de fourniture,
        derniere commande, ultimo ordine, fine fornitura, ultimo pedido, fin de suministro""",
    ),
    "obligation_until": (
        """obligation until, service obligation until, service obligation, supported until,
        support until, end of support, end of service, end of service obligation, end of service
        life, spare parts until, owed until, versorgungspflicht bis, ersatzteilversorgung bis,
        obligation jusqu a, fin de support, obbligo fino al, fine assistenza,
        obligacion hasta, fin de soporte""",
    ),
    "short_cost": (
        """short cost, shortage cost, cost of a missing piece, cost if missing, redesign cost,
        cost when none is left, fehlmengenkosten, cout de rupture, costo di mancanza,
        coste de rotura""",
    ),
    "supplier": (
        """supplier, vendor, supplier name, vendor name, manufacturer, lieferant, fournisseur,
        fornitore, proveedor, leverancier, lifnr""",
    ),
    "product": (
        """product, model, asset model, machine type, equipment type, used in,
        fits, fits product, applies to, product model, asset type, machine model, produkt, modell,
        maschinentyp, geratetyp, modele, modello, prodotto, modelo, producto, type,
        machine, equipment model, parent product, assembly""",
    ),
    "family": (
        """family, product family, asset family, product group, series, baureihe, produktfamilie,
        famille, famiglia, familia, productfamilie""",
    ),
    "per_asset": (
        """per asset, quantity per asset, qty per asset, pieces per asset, quantity per machine,
        qty per machine, number installed, positions, quantity per failure, per machine,
        bom quantity, stuck je anlage, menge je anlage, quantita per macchina""",
        "quantity, qty, menge, quantite, quantita, cantidad, aantal, number of pieces",
    ),
    "failures_per_year": (
        """failures per year, failure rate, replacements per year, annual failure rate,
        failures a year, failures per asset and year, usage per asset, ausfalle pro jahr,
        ausfallrate, pannes par an, guasti anno, tasso di guasto, fallos por ano, afr""",
    ),
    "stops": (
        """stops, stops asset, stops machine, stops the machine, essential, essentiality,
        chance of stop, down if missing, vital, line stop, stillstand, arret, ferma macchina,
        stops production, share stopped""",
    ),
    "location": (
        """storeloc, storeroom name, magazyn, location, warehouse, stock location, storage
        location, store, depot, storeroom, stockroom, van, bin location, plant, branch, location
        code, warehouse code, served from, supplied from, served by, parts location, parts from,
        lager, lagerort, lagerplatz, magazin, emplacement, entrepot, magasin, magazzino,
        ubicazione, deposito, almacen, ubicacion, magazijn, locatie, lgort, issued from""",
        "place, from, site, werks, werk",
    ),
    "level": (
        """level, location type, kind of location, warehouse type, echelon, kind, type, art,
        tipo, ebene, niveau, livello, location kind""",
    ),
    "supplied_by": (
        """supplied by, parent, parent location, replenished from, refilled from, resupplied by,
        source, source location, supplying warehouse, supply from, source warehouse,
        parent warehouse, versorgt von, nachschub aus, beliefert von, fourni par, rifornito da,
        abastecido por, bevoorraad door""",
    ),
    "transit_days": (
        """transit days, transit time, transit, transfer time, transfer days, shipping days,
        shipping time, transport days, days from parent, replenishment days, order and ship days,
        transportzeit, transittage, temps de transport, giorni trasporto, dias de transito,
        transporttijd""",
    ),
    "region": (
        """region, area, territory, district, country, gebiet, zone, regione, pais, regio, land""",
    ),
    "on_hand": (
        """curbal, current balance, stan, stan magazynowy, on hand, quantity on hand, qty on
        hand, stock, stock on hand, in stock, stock level, available, available stock,
        unrestricted, unrestricted stock, current stock, balance, inventory, bestand,
        lagerbestand, en stock, stock actuel, giacenza, esistenza, existencias, voorraad, labst,
        physical stock, free stock""",
        "quantity, qty, menge, quantite, quantita, cantidad, aantal, actual qty, ilosc",
    ),
    "on_order": (
        """on order, quantity on order, qty on order, in transit, open orders, ordered quantity,
        due in, bestellt, en commande, in ordine, en pedido, in bestelling, on the way""",
    ),
    "in_repair": (
        """in repair, quantity in repair, qty in repair, at repair, in repair loop, repairing,
        in reparatur, en reparation, in riparazione, en reparacion, in reparatie""",
    ),
    "reorder_point": (
        """minlevel, min level, eisbe, stan minimalny, reorder point, reorder level, min,
        minimum, min stock, minimum stock, min qty, rop, safety stock, order point, trigger,
        meldebestand, mindestbestand, bestellpunkt, seuil, point de commande, scorta minima,
        punto di riordino, minimo, punto de pedido, minimumvoorraad, minbe, our min""",
    ),
    "order_up_to": (
        """maxlevel, max level, stan maksymalny, order up to, max, maximum, max stock, maximum
        stock, max qty, target stock, target level, base stock, up to, hochstbestand,
        maximalbestand, sollbestand, stock maximum, scorta massima, massimo, maximo,
        maximumvoorraad, mabst, our max""",
    ),
    "never_below": (
        """never below, not below, floor, minimum kept, insurance stock, reserved minimum, keep,
        nie unter, jamais moins, mai sotto, nunca menos, always keep""",
    ),
    "never_owner": (
        """never below owner, never below asked by, asked by, floor owner, kept for, kept by,
        owner of floor, reason owner, verantwortlich""",
        "owner",
    ),
    "never_until": (
        """never below until, floor until, keep until, kept until, never below expires, expires,
        until, gultig bis""",
    ),
    "ordered": (
        """ordered, ordered on, order date, po date, purchase date, date ordered, purchase order
        date, bestelldatum, bestellt am, date de commande, data ordine, fecha de pedido,
        besteldatum, bedat, created on""",
    ),
    "received": (
        """received, received on, receipt date, date received, goods receipt date, gr date,
        delivered, delivered on, delivery date, arrival date, wareneingang, eingangsdatum,
        lieferdatum, geliefert am, recu le, date de reception, data ricezione, ricevuto il,
        fecha de recepcion, ontvangen op, ontvangstdatum, posting date""",
    ),
    "quantity": (
        """entnommen, ilosc, actual qty, transaction qty, transaction quantity, issued qty,
        quantity, qty, pieces, units, amount, demand, usage, quantity used, qty used, quantity
        issued, issued quantity, requested quantity, quantity requested, consumption, order
        quantity, quantity ordered, menge, stuck, verbrauch, quantite, quantita, pezzi, consumo,
        cantidad, aantal, number of pieces, menge entnommen, sales""",
    ),
    "date": (
        """transdate, trans date, physical date, data wydania, data operacji, posting datetime,
        actualdate, actual date, date, demand date, usage date, requested on, requested, request
        date, requested at, date requested, issue date, issued on, issued, used on, date used,
        posting date, transaction date, movement date, needed on, month, period, datum,
        buchungsdatum, entnahmedatum, verbrauchsdatum, anforderungsdatum, monat, date de sortie,
        date demande, data, data prelievo, data richiesta, mese, fecha, fecha de consumo, mes,
        budat, day, used at""",
        "created at, created on, created",
    ),
    "movement": (
        """issuetype, issue type, voucher type, document type, transtype, movement, movement
        type, transaction type, transaction, kind of movement, bewegungsart, type de mouvement,
        tipo movimento, causale, tipo de movimiento, bwart, issue or return""",
        "kind, type",
    ),
    "asset": (
        """asset, asset no, asset number, asset id, machine no, machine number, equipment,
        equipment no, equipment number, serial, serial no, serial number, installed asset,
        unit number, anlage, anlagennummer, maschine, maschinennummer, gerat, equipement,
        numero de serie, macchina, matricola, impianto, maquina, equipo, numero de serie, toestel,
        equnr""",
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
        """customer, customer name, client, account, kunde, kundenname, cliente, klant, sold to""",
    ),
    "installed": (
        """installed, installed on, installation date, install date, commissioned,
        commissioned on, in service since, in use since, start up date, installiert am,
        inbetriebnahme, mise en service, installato il, data installazione, instalado el,
        geinstalleerd op, date installed""",
    ),
    "hours_per_year": (
        """hours per year, running hours per year, operating hours per year, annual hours,
        usage hours, utilisation hours, duty hours, betriebsstunden pro jahr, heures par an,
        ore anno, horas por ano, hours a year""",
    ),
    "consequence": (
        """consequence, consequence class, criticality, impact, severity, critical, priority,
        kritikalitat, kritisch, criticite, criticita, criticidad, kriticiteit""",
    ),
    "downtime_cost_h": (
        """downtime cost per hour, downtime cost, cost per hour down, cost of downtime per hour,
        hourly downtime cost, stop cost per hour, lost hour costs, cost per lost hour,
        cost of an hour down, stillstandskosten, stillstandskosten pro stunde, cout arret heure,
        costo fermo ora, costo fermo, coste de parada por hora, stilstandkosten,
        downtime cost hour, hour costs""",
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
        vertragsstrafe, ponale pro stunde, ponale, penalite, penalite par heure, penale, penale
        oraria, penalizacion, boete, boete per uur""",
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
    "new_part": (
        """new part, new part number, new item, replaced by, superseded by, successor,
        replacement, replacement part, to part, nachfolger, ersetzt durch, neues teil,
        nouvelle piece, remplace par, sostituito da, nuovo articolo, sustituido por, vervangen
        door, part new""",
    ),
    "effective": (
        """effective, effective on, effective from, effective date, replaced on, valid from,
        from, gultig ab, date, wirksam ab, en vigueur, in vigore dal, vigente desde""",
    ),
    "mode": (
        """mode, supersession mode, kind of replacement, replacement type, interchangeability,
        art, type, how""",
    ),
    "ratio": ("""ratio, factor, quantity ratio, new per old, faktor, rapport, rapporto, factor""",),
    "rate": (
        """rate, exchange rate, conversion rate, rate to base, fx, fx rate, kurs, wechselkurs,
        taux, taux de change, cambio, tasso di cambio, tipo de cambio, koers, wisselkoers""",
    ),
}  # fmt: skip

FIRST, SECOND, THIRD, PART_OF = 100, 60, 50, 45
_SAME = {"numero": "number", "nummer": "number", "nr": "number", "num": "number", "no": "number",
         "qty": "quantity", "quantities": "quantity"}  # fmt: skip
_OF_ALL_PIECES = bag(
    "amount total line sum extended ext betrag gesamt totale montant importe kwota"
)
_GRAMMAR = bag("a an the of on in for per by at de du des la le il el die der das")


def _key(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_SAME.get(word, word) for word in words)


@cache
def _exact() -> dict[tuple[str, ...], tuple[tuple[str, int], ...]]:
    found: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for role, tiers in _PHRASES.items():
        for score, tier in zip((FIRST, SECOND, THIRD), tiers, strict=False):
            for phrase in tier.split(","):
                found.setdefault(_key(tuple(phrase.split())), []).append((role, score))
    return {words: tuple(dict.fromkeys(ranked)) for words, ranked in found.items()}


@cache
def _bags() -> dict[frozenset[str], tuple[tuple[str, int], ...]]:
    found: dict[frozenset[str], list[tuple[str, int]]] = {}
    for words, roles in _exact().items():
        bag = frozenset(words) - _GRAMMAR
        if bag:
            found.setdefault(bag, []).extend(roles)
    return {bag: tuple(dict.fromkeys(roles)) for bag, roles in found.items()}


def roles_in(header: str) -> dict[str, int]:
    """This will give the roles that a header may name, with its unit or without.

    >>> roles_in("Lead time (weeks)"), roles_in("rate to EUR")["rate"]
    ({'lead_days': 96}, 46)
    """
    words = heading(header).words
    found = roles_of(words)
    shorter = tuple(word for word in words if word not in UNIT_WORDS)
    for role, score in (roles_of(shorter) if shorter and shorter != words else {}).items():
        found[role] = max(found.get(role, 0), score - 4)
    return found


def roles_of(words: tuple[str, ...]) -> dict[str, int]:
    """This will give the roles that a header's words may name, each with how surely (45 to 100).

    >>> roles_of(("lead", "time"))
    {'lead_days': 100}
    >>> roles_of(("part", "nr"))["part"], roles_of(("code",))["part"]
    (100, 60)
    """
    key = _key(words)
    whole = frozenset(key) - _GRAMMAR
    found = dict(_exact().get(key, ()))
    if not found:
        found = {role: score - 8 for role, score in _bags().get(whole, ())}
    return found or _within(whole)


def _within(whole: frozenset[str]) -> dict[str, int]:
    """The roles whose phrase, of two words or more, a longer header holds as a part."""
    found: dict[str, int] = {}
    for phrase, roles in _bags().items():
        if phrase < whole and (len(phrase) > 1 or len(whole) == 2):
            sure = PART_OF + 5 * len(phrase)
            for role, score in roles:
                if score > SECOND and not (role == "unit_cost" and whole & _OF_ALL_PIECES):
                    found[role] = max(found.get(role, 0), sure)
    return found
