"""The headers that name the roles of parts: prices, lead times, lots, repair, need, successors.

Phrases are plain words as `heading.heading` gives them, divided by commas; the first tier is said
of that role alone, the second also of others (a "code" may be any number).
"""

from __future__ import annotations

OF_PARTS: dict[str, tuple[str, ...]] = {
    "part": (
        """indeks, numer czesci, nr czesci, kod towaru, part, part no, part number, part id, part
        code, spare part, item, item no, item number, item id, item code, material, material
        no, material number, sku, article, article no, article number, product code, teil,
        teilenummer, teilenr, artikel, artikelnummer, artikelnr, materialnummer, ersatzteil,
        piece, reference piece, code article, articolo, codice articolo, ricambio, codice
        ricambio, pieza, articulo, codigo articulo, repuesto, onderdeel, onderdeelnummer, old
        part, old part number, old item, part old, superseded part, predecessor, from part,
        vorganger, itemnum, matnr, component part, p n, pn, lru, lru part number, lru number,
        internal reference, product internal reference, default code, 2nd item number, litm,
        itemid, item internal id, stock code, stock number, nsn, mpn, part ref, partno, part
        numbers, stock item, inventory item, inventory item id, spare, spare part no, spare
        part number, ersatzteilnummer, ersatzteilnr, ersatzteil nr, artikel id, teile nr,
        teileid, mat, material code, materialcode, ref article, reference article, code piece,
        numero piece, numero article, article code, codice materiale, cod articolo, cod art,
        cod ricambio, numero articolo, codigo de articulo, codigo de repuesto, codigo
        material, codigo pieza, cod articulo, referencia, peca, codigo da peca, codigo do
        artigo, codigo artigo, codigo do material, codigo produto, numero da peca,
        artikelcode, onderdeel nr, materiaal, materiaalnummer, materiaalcode, reservedeel, old
        material, superseded, superseded part number, superseded by from, alte teilenummer,
        alte materialnummer, altteil, ancienne reference, vecchio codice, codigo antiguo,
        codigo antigo, oud artikel, oud artikelnummer, old sku, old article, old number""",
        """number, code, id, no, product, product id, product name, produkt, produit, prodotto,
        codigo, codice, kod, cod, ref, stock no, part item, nomenclature number""",
        "reference, item name, part name, article name",
    ),
    "name": (
        """name, description, part name, part description, item description, material
        description, location name, bezeichnung, benennung, designation, descrizione,
        descripcion, omschrijving, short text, kurztext, place name, site name, text, maktx,
        display name, part desc, nomenclature, product name, item name, materialkurztext,
        materialbezeichnung, artikelbezeichnung, teilebezeichnung, libelle, designation
        article, denominazione, descrizione articolo, descripcion articulo, denominacion,
        descricao, designacao, nome, omschrijving artikel, artikelomschrijving, descr""",
    ),
    "unit_cost": (
        """avgcost, lastcost, stdcost, verpr, valuation rate, ek preis, ekpreis, cena, cena
        zakupu, standard price unit, unit cost, cost, price, unit price, cost price, purchase
        price, standard cost, standard price, moving average price, average cost, last cost,
        list price, value per unit, unit value, einzelpreis, preis, stuckpreis, einkaufspreis,
        prix, prix unitaire, cout, cout unitaire, prezzo, prezzo unitario, costo, costo
        unitario, precio, precio unitario, coste, prijs, kostprijs, net price, stprs, cost per
        piece, price per piece, unit price eur, purchase price net, std price, unit cost
        price, standardpreis, standard preis, gleitender durchschnittspreis, gleitpreis, gld
        preis, bewertungspreis, verrechnungspreis, stueckpreis, netto preis, nettopreis, preis
        pro stuck, preis je stuck, ek, ek netto, einstandspreis, price each, each price, cost
        each, replacement cost, acquisition cost, weighted average cost, wac, prix d achat,
        prix achat, pmp, cump, prix moyen pondere, prix standard, cout standard, prix net,
        prix de revient, costo standard, costo medio, prezzo di acquisto, prezzo acquisto,
        prezzo medio, costo ultimo, precio de compra, precio compra, coste unitario, coste
        medio, costo promedio, precio medio, coste estandar, custo, custo unitario, custo
        medio, preco, preco unitario, preco de compra, preco medio, inkoopprijs,
        eenheidsprijs, stuksprijs, gemiddelde kostprijs, unit rate, buy price, buying price,
        landed cost""",
    ),
    "price_per": (
        """price unit, price per quantity, peinh, preiseinheit, preis einh, preis pro menge,
        unite de prix, unite prix, base prix, unita di prezzo, unidad de precio, cantidad base
        precio, unidade de preco, prijseenheid, price quantity, price uom quantity""",
    ),
    "currency": (
        """currency, currency code, wahrung, waehrung, devise, monnaie, valuta, divisa, moneda,
        waers, curr, ccy, from currency, wahrg, waehrg, wahr, whrg, hauswahrung, crcy, cury,
        crncy, currency unit, moeda, munt, valuta code, devise prix, divisa precio,
        currencycode""",
    ),
    "lead_days": (
        """deliverytime, wbz, czas dostawy, lead time in days, lead time, lead days, leadtime,
        lead time days, delivery time, replenishment time, supply time, planned delivery time,
        procurement time, resupply time, lead, wiederbeschaffungszeit, lieferzeit, delai,
        delai de livraison, delai approvisionnement, tempo di consegna, lead time fornitore,
        tempo approvvigionamento, plazo, plazo de entrega, levertijd, plifz, days to deliver,
        supplier lead time, lead time weeks, plnd delivery time, planlieferzeit, planlieferz,
        lead time level, leadtime level, ltlv, lt, lt days, lt weeks, delivery days, delivery
        lead time, supply lead time, purchase lead time, purchasing lead time, vendor lead
        time, order lead time, days to receive, beschaffungszeit, wiederbesch zeit, lieferzeit
        tage, lieferfrist, dauer wiederbeschaffung, delai fournisseur, delai livraison, delai
        d approvisionnement, delai appro, delai reappro, delai de reapprovisionnement, tempi
        di consegna, tempo consegna, tempo di approvvigionamento, tempo riordino, giorni di
        consegna, plazo entrega, tiempo de entrega, tiempo de reposicion, plazo de reposicion,
        plazo de aprovisionamiento, dias de entrega, prazo, prazo de entrega, prazo entrega,
        tempo de entrega, tempo de reposicao, lead time entrega, besteltijd, leadtijd,
        aanvultijd, levertermijn, custom lead time""",
    ),
    "pack_size": (
        """pack size, pack, package size, pack quantity, packing unit, order multiple, lot size,
        rounding value, verpackungseinheit, losgrosse, conditionnement, confezione, lotto,
        multiple, multiplo, embalaje, verpakkingseenheid, packaging unit, order quantity
        multiple, order multiple quantity, multiple order quantity, qty multiple, multiple
        quantity, ve, vpe, gebinde, bestellmenge vielfaches, colisage, unite de
        conditionnement, quantita confezione, pezzi per confezione, unidades por caja, tamanho
        do lote, multiplo de compra, bestelveelvoud, standard pack, std pack, spq, units per
        pack""",
    ),
    "least_order": (
        """minimum order, minimum order quantity, moq, min order, min order qty, least order,
        mindestbestellmenge, quantite minimale, quantita minima, ordine minimo, pedido minimo,
        cantidad minima, minimale bestelhoeveelheid, minimum qty order, minimum purchase
        quantity, minimum order qty, min purchase quantity, mindestbestellmng, mindestmenge,
        mindestabnahme, qte min commande, quantite minimum de commande, quantita minima
        ordine, lotto minimo, cantidad minima de pedido, pedido min, quantidade minima, pedido
        minimo de compra, minimum bestelhoeveelheid, min bestelaantal""",
    ),
    "repair_h": (
        """repair hours, repair time, hours to fit, fitting time, work hours, hours of work,
        mttr, time to repair, active repair time, montagezeit, reparaturzeit, ore di lavoro,
        temps de reparation, tempo riparazione""",
    ),
    "turnaround_days": (
        """turnaround days, turnaround, turnaround time, repair turnaround, repair turnaround
        time, tat, repair cycle time, repair loop, repair loop days, days in repair, repair
        days, return to stock days, reparaturdurchlaufzeit, reparaturumlaufzeit,
        reparaturtage, delai de reparation, tempo di riparazione, giorni riparazione, plazo de
        reparacion, reparatietijd, repair tat, tat days, shop tat, repair lead time, rtat,
        base repair days, depot repair days, reparaturdauer, durchlaufzeit reparatur, delai
        reparation, temps de cycle reparation, tempo medio riparazione, tempo de reparo, prazo
        de reparo, dias de reparacion, reparatie doorlooptijd""",
    ),
    "repair_yield": (
        """repair yield, yield, repaired share, share repaired, repairable share, recovery rate,
        return yield, repair rate, repair success, reparaturquote, taux de reparation, resa
        riparazione, tasso di riparazione, tasa de reparacion""",
    ),
    "condemned": (
        """condemned, share condemned, condemnation rate, condemnation, scrap rate, scrapped,
        share scrapped, scrap share, ausschussquote, taux de rebut, tasso di scarto, tasa de
        desecho""",
    ),
    "last_order": (
        """last order day, last order, last order date, last time buy, last time buy date, ltb,
        ltb date, last buy date, end of supply, end of supply date, eos, orderable until, last
        order on, letzte bestellung, letzter bestelltag, abkundigung, fin de fourniture,
        derniere commande, ultimo ordine, fine fornitura, ultimo pedido, fin de suministro""",
    ),
    "obligation_until": (
        """obligation until, service obligation until, service obligation, supported until,
        support until, end of support, end of service, end of service obligation, end of
        service life, spare parts until, owed until, versorgungspflicht bis,
        ersatzteilversorgung bis, obligation jusqu a, fin de support, obbligo fino al, fine
        assistenza, obligacion hasta, fin de soporte""",
    ),
    "short_cost": (
        """short cost, shortage cost, cost of a missing piece, cost if missing, redesign cost,
        cost when none is left, fehlmengenkosten, cout de rupture, costo di mancanza, coste de
        rotura""",
    ),
    "supplier": (
        """supplier, vendor, supplier name, vendor name, manufacturer, lieferant, fournisseur,
        fornitore, proveedor, leverancier, lifnr, supplier no, supplier number, supplier id,
        vendor no, vendor number, vendor id, vendor account, preferred vendor, preferred
        supplier, lieferantennummer, lieferantenname, kreditor, nom fournisseur, code
        fournisseur, ragione sociale fornitore, codice fornitore, nombre proveedor,
        fornecedor, leverancier naam, seller""",
    ),
    "used_per_year": (
        """used per year, quantity used per year, usage per year, annual usage, annual use,
        yearly usage, yearly use, annual demand, yearly demand, demand per year, annual
        consumption, yearly consumption, consumption per year, quantity per year, usage last
        12 months, demand last 12 months, used last 12 months, used last year, usage 12m, 12
        month usage, 12 months usage, 12m usage, issues per year, issued per year, annual
        issues, eau, jahresverbrauch, jahresbedarf, verbrauch pro jahr, verbrauch jahr,
        verbrauch 12 monate, bedarf pro jahr, consommation annuelle, conso annuelle,
        consommation par an, consommation 12 mois, besoin annuel, consumo annuo, consumo
        annuale, consumo anno, fabbisogno annuo, consumo anual, consumo por ano, consumo 12
        meses, demanda anual, salidas anuales, salidas por ano, jaarverbruik, verbruik per
        jaar""",
    ),
    "used_per_month": (
        """used per month, usage per month, monthly usage, average monthly usage, avg monthly
        usage, average monthly demand, avg monthly demand, amu, amc, amd, monthly demand,
        average monthly consumption, avg monthly consumption, monthly consumption, demand per
        month, consumption per month, monatsverbrauch, verbrauch pro monat, durchschnittlicher
        monatsverbrauch, consommation mensuelle, consommation moyenne mensuelle, cmm, consumo
        mensile, consumo medio mensile, consumo mensual, consumo medio mensual, consumo
        mensal, consumo medio mensal, cmm medio, maandverbruik, gemiddeld maandverbruik""",
    ),
    "mtbf_h": (
        """mtbf, mtbf h, mtbf hours, mtbf hrs, mtbur, mtbr, mttf, mean time between failures,
        mean time between failure, mean time to failure, mean time between removals, mean time
        between unscheduled removals, hours between failures, operating hours between
        failures, mittlere betriebsdauer zwischen ausfallen, temps moyen entre pannes, tempo
        medio tra guasti, tiempo medio entre fallos, tempo medio entre falhas""",
    ),
    "pieces_installed": (
        """qty installed, quantity installed, installed quantity, installed qty, pieces
        installed, units installed, installed pieces, installed units, installed base, in
        service quantity, qty in service, units in service, fleet quantity, eingebaute menge,
        verbaut, verbaute stuckzahl, anzahl verbaut, quantite installee, nombre installe,
        quantita installata, pezzi installati, cantidad instalada, unidades instaladas,
        quantidade instalada, aantal geinstalleerd""",
    ),
    "new_part": (
        """new part, new part number, new item, replaced by, superseded by, successor,
        replacement, replacement part, to part, nachfolger, ersetzt durch, neues teil,
        nouvelle piece, remplace par, sostituito da, nuovo articolo, sustituido por, vervangen
        door, part new, new material, successor part, follow up material, follow up part,
        superseding part, superseding part number, nachfolgematerial, nachfolgeartikel, neue
        teilenummer, neue materialnummer, nouvelle reference, reference remplacante, nuovo
        codice, codice sostitutivo, nuevo codigo, nueva referencia, codigo sustituto, novo
        codigo, nova peca, nieuw artikel, nieuw artikelnummer, new sku, new article""",
    ),
    "effective": (
        """effective, effective on, effective from, effective date, replaced on, valid from,
        from, gultig ab, date, wirksam ab, en vigueur, in vigore dal, vigente desde""",
    ),
    "mode": (
        """mode, supersession mode, kind of replacement, replacement type, interchangeability,
        art, type, how""",
    ),
    "ratio": (
        "ratio, factor, quantity ratio, new per old, faktor, rapport, rapporto",
    ),
    "rate": (
        """rate, exchange rate, conversion rate, rate to base, fx, fx rate, kurs, wechselkurs,
        taux, taux de change, cambio, tasso di cambio, tipo de cambio, koers, wisselkoers""",
    ),
}  # fmt: skip
