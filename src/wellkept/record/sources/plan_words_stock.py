"""The headers that name the roles of places, stock, orders and requests.

Phrases are plain words as `heading.heading` gives them, divided by commas; the first tier is said
of that role alone, the second also of others (a "code" may be any number).
"""

from __future__ import annotations

OF_STOCK: dict[str, tuple[str, ...]] = {
    "location": (
        """storeloc, storeroom name, magazyn, location, warehouse, stock location, storage
        location, store, depot, storeroom, stockroom, van, bin location, location code,
        warehouse code, served from, supplied from, served by, parts location, parts from,
        lager, lagerort, lagerplatz, magazin, emplacement, entrepot, magasin, magazzino,
        ubicazione, deposito, almacen, ubicacion, magazijn, locatie, lgort, issued from, sloc,
        stor loc, storage loc, stge loc, store location, stock room, warehouse name, warehouse
        id, inventory location, inventory site, facility, depot name, base, subinventory,
        subinventory code, from warehouse, inventsiteid, inventlocationid, location id,
        lagernummer, lagername, lagerortname, lagerstandort, nom magasin, code magasin, lieu
        de stockage, depot de stock, codice magazzino, codice deposito, nome magazzino,
        bodega, codigo almacen, deposito origen, armazem, almoxarifado, deposito de pecas,
        local de estoque, localizacao, magazijncode, opslaglocatie, filiaal, ship from
        warehouse, ship from, issuing location, from location, source warehouse code,
        stockkeeping location, stocking point, loc""",
        """place, plant, branch, from, site, werks, werk, branch plant, mcu, ship to warehouse,
        plnt, planta, usine, stabilimento, siteid, ship from site, standortlager""",
    ),
    "plant": (
        "",
        "",
        """plant, plnt, plant code, werk, werks, branch plant, mcu, siteid, site id, planta,
        usine, stabilimento, organization, org, inventory org, centro, fabriek, vestiging,
        site""",
    ),
    "goal": (
        """to, to location, to warehouse, to stock, destination, destination location, dest
        location, dest, transfer to, an lager, nach lager, ziel, ziellager, ziellagerort,
        empfangender lagerort, vers, vers magasin, magasin destination, a magazzino, magazzino
        destinazione, almacen destino, destino, ubicacion destino, deposito destino, naar,
        naar magazijn, location dest id, umlgo, receiving location""",
    ),
    "level": (
        """level, location type, kind of location, warehouse type, echelon, kind, type, art,
        tipo, ebene, niveau, livello, location kind""",
    ),
    "supplied_by": (
        """supplied by, parent, parent location, replenished from, refilled from, resupplied by,
        source, source location, supplying warehouse, supply from, source warehouse, parent
        warehouse, versorgt von, nachschub aus, beliefert von, fourni par, rifornito da,
        abastecido por, bevoorraad door, supplied from, resupply from, resupply source,
        resupply warehouse, replenish from, replenishment source, refilled by, supply
        warehouse, bezugslager, lieferlager, nachschublager, approvisionne par, magasin
        source, rifornito, abastecido desde, reabastecido por, abastecido de, aanvulling
        vanuit""",
    ),
    "transit_days": (
        """transit days, transit time, transit, transfer time, transfer days, shipping days,
        shipping time, transport days, days from parent, replenishment days, order and ship
        days, transportzeit, transittage, temps de transport, giorni trasporto, dias de
        transito, transporttijd, order and ship time, order ship time, ost, ost days, transfer
        lead time, transit lead time, delai de transfert, delai transport, tempo di
        trasferimento, tempo trasporto, tiempo de transito, dias transporte, tempo de
        transito, dias de transporte""",
    ),
    "region": (
        "region, area, territory, district, country, gebiet, zone, regione, pais, regio, land",
    ),
    "on_hand": (
        """curbal, current balance, stan, stan magazynowy, on hand, quantity on hand, qty on
        hand, stock, stock on hand, in stock, stock level, available, available stock,
        unrestricted, unrestricted stock, current stock, balance, inventory, bestand,
        lagerbestand, en stock, stock actuel, giacenza, esistenza, existencias, voorraad,
        labst, physical stock, free stock, qty available, on hand qty, on hand quantity,
        quantity in stock, stock quantity, stock qty, quantity available, available quantity,
        available physical, physical inventory, physical on hand, physical qty, available qty,
        location on hand, location available, frei verwendbar, freiverwendb, freier bestand,
        verfugbar, verfugbarer bestand, ist bestand, istbestand, aktueller bestand, bestand
        aktuell, bestandsmenge, lagermenge, menge im lager, stuck am lager, unrestr use,
        unrestricted use, unrestricted use stock, unrestricted use quantity, pqoh, qoh, soh,
        onhand, qty oh, stock reel, stock disponible, stock dispo, quantite en stock, qte en
        stock, stock physique, quantite disponible, giacenza attuale, disponibilita magazzino,
        quantita a magazzino, quantita in giacenza, quantita disponibile, scorta attuale,
        stock actual, stock fisico, stock disponible almacen, cantidad disponible, cantidad en
        stock, estoque, estoque atual, saldo, saldo em estoque, quantidade em estoque,
        quantidade disponivel, existencia, huidige voorraad, beschikbare voorraad, aantal op
        voorraad, op voorraad, technische voorraad, pieces on hand, closing stock, ending
        balance""",
        """quantity, qty, menge, quantite, quantita, cantidad, aantal, actual qty, ilosc,
        quantidade, hand, anzahl""",
    ),
    "on_order": (
        """on order, quantity on order, qty on order, in transit, open orders, ordered quantity,
        due in, bestellt, en commande, in ordine, en pedido, in bestelling, on the way, open
        order, po qty, qty on po, on purchase order, ordered qty open, offene bestellungen,
        offene bestellmenge, bestellbestand, commandes en cours, qte commandee, quantite en
        commande, quantita in ordine, in arrivo, pendiente de recibir, cantidad en pedido, em
        encomenda, em pedido, openstaande bestellingen, incoming quantity, incoming qty""",
    ),
    "in_repair": (
        """in repair, quantity in repair, qty in repair, at repair, in repair loop, repairing, in
        reparatur, en reparation, in riparazione, en reparacion, in reparatie, at vendor
        repair, at repair shop, in werkstatt, em reparo""",
    ),
    "reorder_point": (
        """minlevel, min level, stan minimalny, reorder point, reorder level, min, minimum, min
        stock, minimum stock, min qty, rop, order point, trigger, meldebestand,
        mindestbestand, bestellpunkt, seuil, point de commande, scorta minima, punto di
        riordino, minimo, punto de pedido, minimumvoorraad, minbe, our min, min quantity,
        minimum quantity, location reorder point, lagermindestbestand, reorder qty point, min
        max min, meldebest, mindestbest, stock mini, stock minimum, stock min, seuil de
        reappro, seuil de reapprovisionnement, point de reapprovisionnement, seuil mini, seuil
        d alerte, scorta min, livello di riordino, giacenza minima, stock minimo, punto de
        reorden, punto de reposicion, minimo stock, existencia minima, estoque minimo, ponto
        de encomenda, ponto de pedido, ponto de reposicao, ponto de ressuprimento, min
        voorraad, bestelniveau, bestelpunt, reorder, reorder at""",
        """safety stock, safety, eisbe, sicherheitsbestand, sicherheitsbest, stock de securite,
        stock securite, scorta di sicurezza, scorta sicurezza, stock de seguridad, stock
        seguridad, estoque de seguranca, stock de seguranca, veiligheidsvoorraad, location
        safety stock level""",
    ),
    "order_up_to": (
        """maxlevel, max level, stan maksymalny, order up to, max, maximum, max stock, maximum
        stock, max qty, target stock, target level, base stock, up to, hochstbestand,
        maximalbestand, sollbestand, stock maximum, scorta massima, massimo, maximo,
        maximumvoorraad, mabst, our max, max quantity, maximum quantity, preferred stock
        level, location preferred stock level, maximum level, hoechstbestand, max bestand,
        zielbestand, stock maxi, stock max, giacenza massima, scorta max, livello massimo,
        stock maximo, maximo stock, existencia maxima, estoque maximo, maximum voorraad, max
        voorraad, par level""",
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
        besteldatum, bedat, created on, ordered at, purchase order creation date, po creation
        date, po created, fecha pedido, data do pedido, data da encomenda, data di ordine,
        date commande, bestelldat""",
    ),
    "received": (
        """received, received on, receipt date, date received, goods receipt date, gr date,
        delivered, delivered on, delivery date, arrival date, wareneingang, eingangsdatum,
        lieferdatum, geliefert am, recu le, date de reception, data ricezione, ricevuto il,
        fecha de recepcion, ontvangen op, ontvangstdatum, posting date, received at, date de
        livraison, data arrivo, data carico, fecha recepcion, fecha de entrada, data de
        recebimento, data de recepcao, ontvangst, we datum, receipt posting date, goods
        received, received date, po receipt date""",
    ),
    "quantity": (
        """quantity in un of entry, quantity in unit, out, quantity out, pieces out, issues,
        abgang, abgange, sortie, sorties, uscita, uscite, scarico, salida, saida, saidas,
        uitgifte, wydano, entnommen, ilosc, actual qty, transaction qty, transaction quantity,
        issued qty, quantity, qty, pieces, units, amount, demand, usage, quantity used, qty
        used, quantity issued, issued quantity, requested quantity, quantity requested,
        consumption, order quantity, quantity ordered, menge, stuck, verbrauch, quantite,
        quantita, pezzi, consumo, cantidad, aantal, number of pieces, menge entnommen, sales,
        qty shipped, quantity shipped, shipped qty, shipped quantity, qty issued, qty
        requested, movement qty, movement quantity, qty in unit of entry, quantity in unit of
        entry, qty in une, menge in erfass me, menge in erfassungs me, menge in
        erfassungsmengeneinheit, menge in bme, erfassungsmenge, bewegungsmenge, anzahl,
        stuckzahl, entnahmemenge, abgangsmenge, verbrauchsmenge, qte, qte sortie, quantite
        sortie, quantite consommee, quantita scaricata, quantita prelevata, quantita
        movimentata, qta, cant, unidades, cantidad consumida, cantidad salida, salidas,
        quantidade, qtd, qtde, quantidade consumida, quantidade saida, quantity done, done
        quantity, quantidade movimentada, hoeveelheid, verbruikt aantal, demand qty, demand
        quantity, total sales, trqt, used, consumed, consumption qty, pieces used, pcs""",
    ),
    "date": (
        """transdate, trans date, physical date, data wydania, data operacji, posting datetime,
        actualdate, actual date, date, demand date, usage date, requested on, requested,
        request date, requested at, date requested, issue date, issued on, issued, used on,
        date used, posting date, transaction date, movement date, needed on, month, period,
        datum, buchungsdatum, entnahmedatum, verbrauchsdatum, anforderungsdatum, monat, date
        de sortie, date demande, data, data prelievo, data richiesta, mese, fecha, fecha de
        consumo, mes, budat, day, used at, pstng date, posting dt, transaction dt, trdj,
        buchungsdat, belegdat, date mouvement, date du mouvement, date de mouvement, date de
        consommation, date sortie, date d utilisation, data movimento, data registrazione,
        data scarico, data consumo, data di uscita, fecha movimiento, fecha de movimiento,
        fecha consumo, fecha de salida, fecha salida, data do movimento, data movimento
        estoque, data de saida, data saida, data de consumo, datum uitgifte, uitgiftedatum,
        verbruiksdatum, boekdatum, week, removal date, removed on, date removed, replaced on,
        replacement date, failure date, date of issue, date of use, date issued, consumption
        date, request dt, demand month, ship date, shipped on, shipped, shipment date, date
        shipped, sales date, sale date, date of sale, effective date of move, scheduled date,
        financial date, transaction datetime, periode""",
        """created at, created on, created, order date, ordered on, document date, doc date,
        belegdatum, invoice date, rechnungsdatum, date facture, data documento, fecha
        documento, fecha factura, order day, auftragsdatum, date de commande client, delivery
        date, lieferdatum, timestamp, time""",
    ),
    "movement": (
        """issuetype, issue type, voucher type, document type, transtype, movement, movement
        type, transaction type, transaction, kind of movement, bewegungsart, type de
        mouvement, tipo movimento, causale, tipo de movimiento, bwart, issue or return, mvt,
        mvmt, mvt type, mvmt type, movement code, doc type, dct, order type, tran type, trans
        type, trantype, trx type, bewegung, bwa, buchungsart, vorgang, vorgangsart,
        bewegungsartentext, movement type text, code mouvement, type mouvement, sens, nature
        mouvement, tipo di movimento, causale movimento, causale magazzino, segno, tipo de
        movimento, concepto, tipo mov, tipo de operacion, tipo transacao, operacao, natureza,
        soort mutatie, mutatiesoort, boekingssoort, mutatie, direction, entrata uscita, entree
        sortie, issue receipt""",
        "kind, type",
    ),
}  # fmt: skip
