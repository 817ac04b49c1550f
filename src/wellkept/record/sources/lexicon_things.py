"""Headers that say *who, what, where*: one entry per notion, one text per tier, best first."""

from wellkept.record.sources.lexicon_assets import ASSET_THINGS
from wellkept.record.sources.lexicon_products import PRODUCT_THINGS

THINGS: dict[str, tuple[str, ...]] = {
    "case_id": (
        """conversation id, conversation, meldingnr, melding nr, auftrags nr, meldungs nr,
        vorgangs nr, storungs nr, anfrage nr, einsatz nr, numero aviso, aviso, n aviso, opdracht
        nr, werkorder nr, case number, application number, application no, application
        reference, reqst no, case no, case nr, casenumber, case, ticket number, ticket no,
        ticket nr, ticket, ticketnumber, ticket key, incident number, incident no, incident, inc
        number, issue key, request number, request no, request, service request number, service
        request no, service request, sr number, sr no, sr, unique key, notification,
        notification number, notification no, notif no, notif number, notific, work order
        number, work order no, work order, workorder, wo number, wo no, wonum, wo, job number,
        job no, call number, call no, claim number, claim no, complaint number, complaint no,
        rma number, rma no, rma, visit, visit number, visit no, case concept name, trace, case
        reference, ticket reference, ticket ids sequence, problem number, change number, task
        number, intervention number, service report number, service report no, fsr number, folio,
        documentkey, ticketnummer, ticketnr, vorgangsnummer, vorgangsnr, vorgang, fallnummer,
        fallnr, meldungsnummer, meldungsnr, meldung, auftragsnummer, auftragsnr, auftrag,
        storungsnummer, storungsnr, anfragenummer, serviceauftrag, einsatznummer,
        reklamationsnummer, numero ticket, numero intervention, numero demande, numero incident,
        numero appel, bon travail, numero ot, ot, numero segnalazione, numero intervento, numero
        richiesta, codice intervento, codice ticket, numero chiamata, odl, numero odl,
        rapportino, numero caso, caso, numero incidencia, numero solicitud, orden trabajo, orden
        de trabajo, numero orden, meldingsnummer, meldingnummer, incidentnummer, werkorder,
        werkordernummer, opdrachtnummer, zaaknummer, numero chamado, chamado, numero ocorrencia,
        protocolo, ordem servico, ordem de servico, numero os, os""",
        """case id, caseid, ticket id, ticketid, incident id, issue id, request id, case enquiry
        id, service request id, work order id, workorderid, wo id, job id, call id, claim id,
        complaint id, notification id, sr id, problem id case, change id, task id, trace id, id
        ticket, id caso, id incidencia, id chamado, id segnalazione, id intervento, id demande,
        ticket uid, enquiry id""",
        """number, task, no, nr, ref, reference, key, nummer, numero, numer, referenz, referencia,
        riferimento, kenmerk, referentie, sequence, code, codice, codigo""",
    ),
    "id": (
        """contract id, contract number, contract no, id, row id, record id, uid, guid, uuid,
        external id, sys id, objectid, lfd nr, pk,
        outage id,
        outage number, downtime id, stop id, event id, mrid""",
    ),
    "order": (
        """order number, order no, order, order nr, order id, orderid, purchase order, po number,
        po no, po, po so number, sales order, sales order number, so number, so no, so, sales
        document, purchasing document, purchase order number, order reference, customer order,
        bestellnummer, verkaufsbeleg, einkaufsbeleg, bestellung, kundenauftrag, kaufvertrag,
        numero commande, commande, numero
        ordine, ordine, numero pedido, pedido, ordernummer, bestelnummer""",
    ),
    "promise_id": (
        """promise number, promise id, promise, po line, so line, po line id, po line number, line
        id, line item id, order line, order line id, order item, order item id, orderline,
        milestone id, casemilestone id, shipment number, shipment id, shipment no, shipment,
        delivery number, delivery id, delivery no, schedule line, lieferscheinnummer, lieferschein,
        lieferung nr, sendungsnummer, numero livraison, bon livraison, numero consegna, ddt, numero
        entrega, albaran, zendingsnummer, leveringsnummer, numero remessa, visit id, visit number,
        appointment id, appointment number""",
        "line, item, pos, position, line number, line no, item no, posnr",
    ),
    "asset": (
        """system s n, system sn, system serial number, machine s n, machine serial number, unit
        s n, wtg, wind turbine, monitor, host, hostname, host name, server, asset, asset number,
        elements associes, associated elements, assetnum, asset no, asset id, asset tag, asset
        code, equipment, equipment number, equipment no, equipment id, equipment code, equnr,
        machine, machine number, machine no, machine id, machine code, unit number, unit no,
        device, device id, device number, elevator, elevator id, elevator number, lift, lift
        number, escalator, charger, charger id, charge point, charge point id, charging station,
        evse, evse id, ci, cmdb ci, configuration item, ci name aff, ci id, functionalci,
        vehicle, vehicle id, vehicle number, vin, turbine, robot, instrument, printer, installed
        base, ibase, installed product, affected ci, affected asset, customer asset, plant item,
        pump, maschine, maschinennummer, maschinennr, anlage, anlagennummer, anlagennr, gerat,
        geratenummer, geratenr, equipmentnummer, aufzug, fahrzeug, betriebsmittel, equipement,
        appareil, materiel, engin, ascenseur, installation, code equipement, macchina, impianto,
        apparecchio, apparecchiatura, attrezzatura, ascensore, mezzo, codice macchina, codice
        impianto, maquina, equipo, activo, ascensor, dispositivo, numero activo, codigo equipo,
        apparaat, installatie, toestel, machinenummer, object, equipamento, ativo, elevador,
        aparelho, codigo equipamento""",
        """serial number, serial no, serial nr, serial, serialnumber, serialno, sernr, lot, lot id,
        stock lot, seriennummer, seriennr, serialnummer, serialnr, serial nummer, hersteller
        serialnummer, hersteller seriennummer, herstellerserialnummer, hersteller serial nr,
        manufacturer serial number, manuf serial number, manufserialno, manufacturer serial no,
        fabriknummer, fabriknr, fabrik nr, numero serie, numero de serie,
        matricola, numero seriale, matricula, serienummer, asset serial number, s n, sn, s no""",
        """asset name, equipment name, machine name, device name, ci name, vehicle name, unit name,
        asset description, equipment description, bezeichnung anlage, system, unit code, unit
        name, feeder, feeder id, circuit, circuit id, substation, node, node id, network element,
        station id, affected system,
        application, affected service, production unit, generating unit, line name, anlagenname""",
        """functional location, functional loc, funcloc, func location, func loc, functlocation,
        tplnr, technischer platz, techn platz, poste technique, sede tecnica, ubicacion tecnica,
        functieplaats, local instalacao""",
        "unit, units",
    ),
    "parent_asset": (
        """parent asset, parent equipment, parent machine, superior equipment, superord equipment,
        master asset, parent ci, top level asset, superior equip, hauptanlage, ubergeordnete
        anlage, equipement parent, asset padre, impianto padre, activo padre, equipo padre,
        hoofdinstallatie, ativo pai, equipamento pai""",
        "parent, parent id",
    ),
    "product": (
        """product, model, asset model, equipment model, machine model, device model, product model,
        product purchased, produkt, modell, produit, modele, prodotto, modello, producto, modelo,
        produto""",
        """product line, product family, product group, asset type, equipment type, machine type,
        device type, ci type aff, ci type, ci subtype aff, molecule test type, geratetyp,
        anlagentyp, maschinentyp, type machine, tipo macchina, tipo equipo, tipo equipamento""",
    ),
    **PRODUCT_THINGS,
    **ASSET_THINGS,
    "customer": (
        """warenempfanger, associated company, customer, customer name, client, client name,
        account, account name, organization, organisation, organization name, organisation name,
        partner, partner name, company name, end customer, sold to party, sold to, ship to
        party, ship to name, buyer, customers, commercial partner, party name, subscriber,
        tenant, kunde, kundenname, kunde name, kunde name 1, name 1 kunde, name kunde, name des
        kunden, auftraggeber, auftraggeber name, auftraggeber name 1, warenempfanger name 1, firma,
        firmenname, debitor, debitor name, debitor name 1, debitorname, name debitor, name 1
        debitor, customer name 1, sold to name, mandant, client nom, nom
        client, societe, donneur ordre, raison sociale, cliente, ragione sociale, committente,
        nome cliente, nombre cliente, klant, klantnaam, opdrachtgever""",
        """customer number, customer no, customer id, customerid, customer code, client id, client
        code, account id, accountid, account number, partner id, commercial partner id,
        organization id, organisation id, org id, party, kundennummer, kundennr, kunden nr, kunden
        id, kd nr, kdnr, kunde id, debitorennummer, debitornummer, debitorennr, debitoren nr,
        debitor nr, debitornr, debitorenkonto, owned by id, numero client,
        code client, codice cliente, codigo cliente, klantnummer, customer unique id""",
        """company, company id, empresa, azienda, entreprise, bedrijf, hospital, clinic, practice,
        member, entity, entite, entidad, entita, mandant""",
        "name 1, name1, name of customer",
        """requester, requester name, requestor, caller, caller name, caller id, callerid,
        reporter, contact, contact name, raised by, end user, affected user, customer full name,
        complainant, submitter, submitted by, requested by, requested for user, reported by,
        reportedby,
        opened for, melder, anforderer, ansprechpartner, demandeur, appelant, richiedente,
        segnalatore, chiamante, solicitante, aanvrager, requerente, contact id, requester id,
        ticket requester""",
    ),
    "sender": ("from, sender, from name, sender name, absender, expediteur, mittente",),
    "site": (
        """site, site name, site id, siteid, site code, site number, customer site, location,
        location name, location id, plant, maint plant, maintplant, maintenance plant, facility,
        facility name, building, store, store name, store code, store number, branch, station,
        station name, premises, installation site, service location, standort, einsatzort, werk,
        niederlassung, filiale, gebaude, objekt standort, emplacement, lieu, agence, site
        client, batiment, sede, luogo, ubicazione, stabilimento, edificio, sitio, ubicacion,
        planta, localizacion, localidad, sucursal, locatie, vestiging, gebouw, unidade,
        localizacao, loja, filial""",
    ),
    "address": (
        """address, incident address, service address, site address, ship to address, ship to,
        street, location address, adresse, ort, indirizzo, direccion, adres, endereco, delivery
        location, destination, location zip, facility id""",
    ),
    "region": (
        """region, region name, region id, territory, sales region, service region, country,
        country name, borough, district, county, market, province, area name, resource country,
        customer region, order region, customer country, country code, gebiet, stadtteil, bezirk,
        land,
        bundesland, regione, provincia, paese, pays, departement, pais, comunidad, regio,
        gebied, regiao, zona""",
        """area, neighborhood, neighbourhood, ward, community, city, customer city, customer state,
        zone name""",
    ),
    "zone": (
        """time zone, timezone, tz, zone info, zeitzone, fuseau, fuseau horaire, fuso orario, fuso,
        zona horaria, huso horario, tijdzone, fuso horario""",
    ),
    "name": (
        """name, display name, bezeichnung, benennung, nom, designation, nome,
        denominazione, nombre, denominacion, naam, benaming, denominacao""",
    ),
    "owner": (
        """owner, owner name, assigned to, assigned to user, assigned to users, assigned to
        technician, technician assigned, assigned user, assignedto, assignee, assign, case owner,
        ticket owner, current owner, agent, agent name, agent assigned, assigned agent,
        responsible, responsible person, responsible user, technician, technician name, assigned
        technician, engineer, engineer name, assigned engineer, handler, responder, responder name,
        analyst, service person, org resource, resource, case assignee, assigned staff, staff
        assigned, service engineer, field engineer, mechanic, inspector, assigned to name, incident
        owner, task owner, assigned to emails, primary user email, maintainer, bearbeiter,
        sachbearbeitung, zustandig, zustandiger, verantwortlich, verantwortlicher, techniker,
        zugewiesen, zugewiesen an, zuweisung, mitarbeiter, monteur, sachbearbeiter, besitzer,
        technicien, assigne, assigne a, attribue, attribue a, responsable, intervenant, charge,
        affecte, affecte a, attribue a technicien, assegnatario, assegnato, assegnato a,
        responsabile, operatore, incaricato, addetto, tecnico, tecnico assegnato, asignado,
        asignado a, agente, operador, encargado, tecnico asignado, behandelaar, toegewezen,
        toegewezen aan, verantwoordelijke, medewerker, eigenaar, uitvoerder, responsavel,
        atribuido, atribuido a, atendente, tecnico responsavel""",
        """primary user, primary user email, owner id, ownerid, assignee id, assigned to id, agent
        id, technician id, person id, assigned user id, employee, employee name, worker, workers,
        tech, lead, employee id, resource name, resource id, service resource""",
        "supervisor, service manager",
    ),
    "user": ("user, user name, username, user id, userid, benutzer, utilisateur, utente, usuario",),
    "team": (
        """team, team name, teams names, assignment group, assigned group, support group, group,
        group name, agent group, resolver group, resolver team, queue, queue name, department,
        department name, owner group, ownergroup, org group, support team, helpdesk team,
        maintenance team, team assigned, assigned team, work center, main workctr, main work
        center, main work ctr, crew, agency name, agency, responsible agency, agency
        responsible, workgroup, support section, service team, assigned department, responsible
        section, division, service desk, assigned queue, responsible group, gruppe, abteilung,
        arbeitsgruppe, zustandige gruppe, arbeitsplatz, verantw arbeitsplatz, owner department,
        werkstatt,
        bearbeitergruppe, equipe, groupe, groupe assigne, attribue a
        groupe, attribue a groupe techniciens, service affecte, squadra, gruppo,
        reparto, gruppo assegnazione, centro lavoro, ufficio, grupo, departamento, grupo
        asignado, cuadrilla, area responsable, groep, afdeling, behandelgroep, ploeg, setor,
        fila, grupo responsavel""",
        """team id, group id, department id, queue id, planner group, plan group, managed by,
        organization involved, organization group, responsible department, responsible team""",
    ),
    "actor": (
        """actor, updated by, changed by, modified by, sys updated by, performed by, author, done
        by, last modified by, action by, changed by user, modifiedby, geandert von, modifie par,
        modificato da, modificado por, gewijzigd door, alterado por, autor""",
    ),
    "about": (
        """subject, title, summary, thema, message, short description, shorttext, short text,
        original shorttext, case title, ticket subject, ticket title, problem description, brief
        description, betreff, titel, kurztext, kurzbeschreibung, objet, titre, sujet, intitule,
        libelle, oggetto, titolo, asunto, titulo, resumen, onderwerp, korte omschrijving, assunto,
        resumo, problemkurzbeschreibung""",
        """description, descriptor, details, fault description, issue description, item
        description, product description, sr description, request details, complaint, ticket
        description, problem, issue, issue type detail, long description, fault, request
        description, beschreibung, fehlerbeschreibung, problembeschreibung, storung,
        meldungstext, descriptif, descrizione, descrizione guasto, guasto, problema,
        descripcion, averia, omschrijving, beschrijving, probleem, storingsomschrijving,
        descricao, defeito""",
    ),
    "kind": (
        """ticket type, case type, request type, incident type, issue type, work type, worktype,
        complaint type, order type, pm type, notification type, notifictn type, service type, sr
        type, maintenance type, job type, activity type maint, case record type, type of request,
        type of work, milestone type, milestone name, milestone, milestone type id, sla definition,
        sla name, sla, kind, type, service name, wo type, request category, auftragsart,
        meldungsart, tickettyp, art, typ, nature, type intervention, type demande, type ticket,
        tipo intervento, tipo richiesta, tipo, tipologia, tipo incidencia, tipo orden, tipo
        solicitud, soort, type melding, soort melding, tipo chamado, tipo servico""",
    ),
    "category": (
        """category, classification, topic, help topic, request topic, incident category, case
        category, ticket category, kategorie, categorie, categoria, service category, event type""",
    ),
    "channel": (
        """channel, ticket channel, contact type, contact channel, case origin, origin, ticket
        source, case source, method received, reported source, submission method, intake
        channel, open data channel type, communication channel, channel type, kanal,
        eingangskanal, meldeweg, canal, canale, kanaal""",
        "source, quelle, herkunft, origine, origen, bron, origem, via, type of contact",
    ),
    "consequence": (
        "consequence, consequence class, consequence of failure, asset consequence, folge",
        """severity, sev, severity level, criticality, criticality class, business impact,
        criticity, schweregrad, kritikalitat, gravite, criticite, gravita, criticita, gravedad,
        severidad, criticidad, ernst, gravidade, criticidade, ticketseverities, seriousness, abc
        indicator""",
        """priority, prio, ticket priority, priority level, internal priority, wopriority, priority
        name, priority id, case priority, incident priority, request priority, prioritycode,
        ticketpriorities, prioritat, priorite, priorita, prioridad, prioriteit, prioridade,
        priority description, importance""",
        "impact, impact level, auswirkung, impatto, impacto",
        """urgency, urgent, urgency level, dringlichkeit, urgence, urgenza, urgencia, urgentie,
        escalation level""",
    ),
    "state": (
        """state, status, operational status, in service, is operational, incident state, incident
        status, ticket status, ticket state, case
        status, current status, state name, status name, stage, stage name, stage id, wo status,
        work order status, sr status, order status, issue status, request status, new state, new
        status, to status, to state, workflow state, job status, shipment status, service
        request status, zustand, bearbeitungsstand, bearbeitungsstatus, ticketstatus, statut,
        etat, etape, stato, fase, estado, estatus, situacion, etapa, staat, toestand, situacao,
        ident state, overall status, state of ticket, system status, systemstatus""",
        """state id, status id, statecode, status description, step, phase, user status,
        anwenderstatus, status
        label, stand, sub phase""",
    ),
    "activity": (
        """activity, activity name, concept name, event concept name, event name, task, action,
        event type, activity type, incidentactivity type, event, operation, aktivitat, activite,
        attivita, actividad, activiteit, atividade, evento, ereignis, new value, newvalue, to
        string, to value""",
    ),
    "substate": (
        """substate, sub state, sub status, substatus, status reason, status detail, state reason,
        hold reason, on hold reason, pending reason, waiting reason, waiting on, wait reason,
        statuscode, lifecycle transition, statusgrund, wartegrund, motif attente, motivo attesa,
        motivo espera, wachtreden, motivo pendencia, status sub""",
    ),
    "reason": (
        """reason, cause, root cause, failure cause, downtime reason, outage reason, outage cause,
        reason code, cause code, fault code, state explanation, status explanation, state reason,
        status reason, reason for outage, reason for downtime, delay
        reason, reason for move, reason for delay, stop reason, grund, ursache, storungsgrund,
        storungsursache, ausfallgrund, motif, motif arret, raison, motivo, causa, causa guasto,
        causa averia, reden, oorzaak, motivo parada, late reason""",
    ),
    "moved_by": (
        """moved by, rescheduled by, change requested by, reschedule requested by, move requested
        by, postponed by, asked by, requested by party, verschoben durch, reporte par, spostato
        da, reprogramado por, verzet door""",
    ),
}
