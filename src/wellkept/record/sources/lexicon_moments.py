"""Headers that say *when*: what they are called in the exports of many systems and languages.

One entry per notion; inside, one text per tier, best first; phrases are divided by commas. A
phrase is compared without words like "date", "at", "ticket" (see `lexicon.py`), so that *closed*
covers "Closed Date", "closed_at", "Ticket closed on".
"""

from wellkept.record.sources.lexicon_assets import ASSET_MOMENTS
from wellkept.record.sources.lexicon_products import PRODUCT_MOMENTS

MOMENTS: dict[str, tuple[str, ...]] = {
    "reported": (
        """fault reported, failure reported, breakdown reported, reported, report, reportdate,
        claim date, claimed, date issued, opened, open, opening, open dt, logged, raised,
        submitted, submission, submit, notification date, notif date, meld dat,
        meldungsdat, meldgsdatum, complaint date, call
        received, date received ticket, requested datetime, open time, case opened, start of
        ticket, gemeldet, meldedatum, meldung am, meldungsdatum, meldezeit, eroffnet,
        eroffnungsdatum, eroffnung, eingegangen, eingang, eingangsdatum, signale, signalement,
        ouvert, ouverture, declaration, date appel, date demande, aperto, apertura,
        segnalazione, segnalato, data richiesta, data chiamata, abierto, abierta, reporte,
        reportado, fecha aviso, fecha solicitud, fecha incidencia, gemeld, melddatum, aangemeld,
        aanmelddatum, datum melding, geopend, aberto, aberta, abertura, data solicitacao,
        registrado""",
        "request date, call date, issue date, registered, registration, date of request",
    ),
    "received": (
        """received, receipt, receipt date, received date, date received, empfangen, recu,
        reception, ricevuto, ricezione, recibido, recepcion, ontvangen, ontvangst, recebido,
        recebimento""",
    ),
    "requested": (
        """wunschlieferdatum, wunschliefertermin, requested, requested for, wished, wunschtermin,
        wunschdatum, kundenwunschtermin,
        requested delivery, requested deliv, customer requested, req delivery, desired delivery,
        need by, needed by, needed,
        date souhaitee, livraison souhaitee, data desiderata, consegna richiesta, fecha deseada,
        gewenste datum, gewenste leverdatum, data desejada""",
    ),
    "created": (
        """erfass, erfassdatum, created, create, creation, createdon, createdat, created dt,
        sys created, createdtime,
        erstellt, erstellung, erstellungsdatum, angelegt, anlagedatum, erfasst, erfassung,
        erfassungsdatum, cree, creee, creato, creata, creazione, inserimento, creado, creada,
        creacion, alta, registro, aangemaakt, aanmaak, aanmaakdatum, criado, criada, criacao,
        cadastro""",
        "date entered, entered, inserted, insert, added, add date, date added",
        "new, neu, nouveau, nuovo, nuevo, nieuw, novo",
    ),
    "occurred": (
        """occurred, occurrence, failure date, failed, fault date, failure time, incident occurred,
        detected, detection, affected date, affecteddate, problem start, discovered,
        schadensdatum, aufgetreten, storungszeitpunkt, ausfallzeitpunkt, date panne, survenu,
        survenue, date incident, data guasto, accaduto, fecha averia, fecha falla, fecha fallo,
        ocurrido, opgetreden, datum storing, data falha, data ocorrencia, ocorrido""",
        "incident date, incident datetime, accident date, breakdown date",
    ),
    "responded": (
        """actual contact, actual first contact, responded, response, respond, first response,
        first responded, initial response, initial
        responded, first reply, first replied, firstresponsesent, first response sent,
        acknowledged, acknowledgement, acknowledgment, ack, take into account, takeintoaccount,
        taken into account, first contact, first action, first agent response, last responded,
        reaktion, reagiert, reaktionszeitpunkt, erste reaktion, erstreaktion, erste antwort,
        quittiert, angenommen, premiere reponse, reponse, prise en charge, pris en charge, prise
        en compte, pris en compte, prima risposta, presa in carico, preso in carico, risposto,
        risposta, primera respuesta, respuesta, atencion, atendido, eerste reactie, reactie,
        gereageerd, reactiedatum, aangenomen, primeira resposta, respondido, atendimento""",
        "accepted, response sent, first assignment response",
    ),
    "arrived": (
        """arrived, attended, attendance, arrival, actual arrival, on site, onsite, arrived on
        site, arrival on site,
        check in, checked in, ankunft, eingetroffen, vor ort, arrivee, arrive sur site, arrivo,
        arrivato, llegada, aankomst, ter plaatse, chegada""",
    ),
    "restored": (
        """actual restoration, actual restored, restored, restoration, service restored,
        date of restoration, restore, power restored,
        wiederhergestellt, wiederherstellung, entstort, entstorung, retabli, retablissement,
        ripristinato, ripristino, restablecido, restablecimiento, restaurado, hersteld, herstel,
        restabelecido, restabelecimento, restauracao""",
        """returned, time returned, returned to use, returned to clinical use, return to use,
        back in use, released for use,
        handed back""",
        "repaired, repair date, reparado, repare, riparato, repariert, gerepareerd",
    ),
    "resolved": (
        """resolved, resolution, resolve, solved, solve, solution, fixed, last resolved, to
        resolution, first resolved, resolution datetime, resolveddate, resolutiondate, gelost,
        losung, losungsdatum, behoben, resolu, resolue, risolto, risolta, risoluzione,
        soluzione, resuelto, resuelta, resolucion, solucion, solucionado, opgelost, oplossing,
        oplosdatum, resolvido, resolvida, resolucao, solucao""",
        "fix, repair completed, last fixed",
    ),
    "closed": (
        """settled, settlement, adjudicated, closed, close, closing, closure, closed dt,
        closeddate, closedate, finally closed,
        geschlossen, schliessung, schliessdatum, abgeschlossen, abschluss, abschlussdatum,
        cloture, cloturee, fermeture, ferme, fermee, chiuso, chiusa, chiusura, cerrado, cerrada,
        cierre, gesloten, afgesloten, sluiting, sluitingsdatum, afgemeld, fechado, fechada,
        fechamento, encerrado, encerrada, encerramento""",
    ),
    "finished": (
        """cleared, alarm cleared, clear time, time off, alarm off, reset time, completed,
        finishing, completion, complete, completed dt, finished, finish, actual completion,
        actual finish, actfinish, act finish, act finish date, work completed, actual end, end,
        ended, endtime, end dt, ended at, stop, done, actual stop, actual completion finish,
        technically completed, technical completion, completn, compl, completion datetime,
        erledigt, erledigung, fertig, fertiggestellt, fertigstellung, beendet, ende, enddatum,
        ist ende, istende, ist end, ist endtermin, istendtermin, termine, fin, fin reelle, fin
        effective, acheve, realise, realisation, completato, completamento, fine, terminato,
        fine effettiva, fine lavori, ultimato, terminado, finalizado, finalizacion, completado,
        termino, fin real, ejecutado, voltooid, gereed, gereedgemeld, einddatum, einde,
        afgerond, concluido, conclusao, fim, finalizacao, realizado""",
        """decision, decision date, decided, determination, service date, servicedate, work date,
        executed, performed, execution""",
    ),
    "started": (
        """time on, alarm on, set time, time from, date from, started, starting, start, starttime,
        start dt, begin, began, beginning, begin dt,
        commenced,
        begonnen,
        beginn, startdatum, anfang, gestartet, debut, commence, inizio, iniziato, inicio, iniciado,
        comienzo, gestart, begindatum, aanvang""",
    ),
    "work_started": (
        """ist start, iststart, actual start, actstart, act start, actual start date,
        work started, work start,
        start of work, begin of work, repair start, repair started, ist beginn, istbeginn,
        arbeitsbeginn, debut reel, debut effectif, debut travaux, inizio effettivo, inizio lavori,
        inicio real, inicio trabajo, werkelijke start, inicio efetivo""",
    ),
    "cancelled": (
        """cancelled, canceled, cancel, cancellation, cancelation, rejected, withdrawn, storniert,
        stornierung, stornodatum, abgebrochen, annule, annulation, annullato, annullamento,
        cancelado, cancelacion, anulado, geannuleerd, annulering, cancelamento""",
    ),
    "reopened": (
        """reopened, reopen, last reopened, re opened, wiedereroffnet, wiedereroffnung, reouvert,
        reouverture, riaperto, riapertura, reabierto, reapertura, heropend, reaberto""",
    ),
    "promised": (
        """vendor promise, supplier promise, vendor promised, promised, promise, promised
        delivery, promised by, promised for, due promised, committed, commitment, commit,
        committed delivery, current confirmed, latest confirmed, current confirmed delivery,
        latest confirmed delivery, current commit, latest commit, latest promise, current
        promised, latest promised, current due, current promise, promised ship, to promised,
        time to promised, revised due, revised, new eta, latest eta, last confirmed, last
        confirmed delivery, current eta, revised delivery, promised completion, commit delivery,
        promised return, confirmed, confirmed delivery, confirmed deliv, confirmed arrival,
        confirmed ship, zugesagt, zusage, zusagetermin, zugesagter termin, best liefertermin,
        best termin, liefertermin bestatigt,
        termin bestatigt, bestatigter liefertermin, bestatigter termin, bestatigt, neuer termin,
        promise le, date promise, livraison confirmee, livraison promise, engagement, nouvelle
        echeance, promesso, promessa, data promessa, consegna confermata, consegna promessa,
        impegno, prometido, prometida, fecha prometida, comprometida, compromiso, fecha
        compromiso, entrega confirmada, beloofd, beloofde, toegezegd, toezegging, bevestigde
        leverdatum, compromisso, data prometida""",
    ),
    "due": (
        """fix target, target fix, fix deadline, go live due, planned install, planned
        installation, planned go live, target go live, planned commissioning, planned handover,
        follow up due, follow up by, followup due, due back, return due, calibration due,
        inspection due, service due, maintenance due, pm due, test due, visit due, callback due,
        callback promised, callback promised by, call back by, due, due by, duedate, due dt, due
        time, arrival window end, window end, window to, latest arrival, sla due, sla deadline,
        sla due by, resolution due, resolve by, resolveby, resolution by, sla resolution by,
        resolution deadline, deadline, deadline dt, target, target dt, targetdate, target
        resolution, target completion, targcompdate, target finish, targfinishdate, targfinish,
        sla target, target delivery, required end, required by, required, required resolution,
        required completion, overall service due, expected sla to resolve, to resolve, close
        escalation, ttr deadline, ttr, temps resolution, tiempo resolucion, tempo risoluzione,
        losungszeit eskalation, solution escalation, suggested completion, suggested completed,
        gew ende, gewunschtes ende, abgabe, abgabedatum, breach time, escalation at, ttr
        escalation deadline, fix by, fix due, complete by, to be completed by, respect by,
        resolution target, overall due, expiry of sla, breach, sla breach, estimated return,
        fallig, falligkeit, falligkeitsdatum, falligkeitstermin, frist, zieltermin, solltermin,
        soll ende, sollende, endtermin, losungsfrist, loesungsfrist, spatestens, erledigen bis,
        zu erledigen bis, termin, echeance, limite, date limite, butoir, cible, delai, a faire
        avant, resoudre avant, scadenza, termine, obiettivo, entro, risolvere entro, entro il,
        vencimiento, objetivo, plazo, resolver antes, vervaldatum, streefdatum, uiterste datum,
        uiterlijk, gereed voor, oplossen voor, vencimento, prazo, alvo, resolver ate""",
        """planned gi, planned gi date, pl gi date, planned goods issue, to estimated, estimated to,
        planned end, planned finish, planned completion, plan finish, plan end, planned
        delivery, basic finish, basic fin, bsc finish, bsc fin, basic end, scheduled end,
        scheduled finish, schedfinish, sched finish, scheduled completion, scheduled delivery,
        scheduled arrival, scheduled stop, required end desired, request late, latest, window
        end, window to, planned, planned arrival, planned ship, next due, next service, plan
        date, forecast, forecast finish, forecast completion, forecast date, forecast end, target
        decision,
        decision due, delivery deadline, deliver by, liefertermin, ship by, delivery due,
        shipping limit, must arrive
        by, geplantes ende, eckendtermin, gewunschtes ende, geplanter liefertermin, plantermin,
        planende, eckende, ende soll,
        fin prevue, livraison prevue, prevue, fin planifiee, date prevue, prevu, fine prevista,
        consegna prevista, prevista, data prevista, pianificata, fin previsto, fin prevista,
        entrega prevista, fecha prevista, programada, previsto, entrega programada, geplande
        einddatum, geplande leverdatum, gepland, geplande datum, previsao, previsao de entrega,
        data programada""",
        """estimated completion, eta, planned eta, etr, ert, ecd, edd, estimated restoration,
        estimated
        delivery, estimated arrival, estimated return to service, estimated resolution,
        estimated repair, estimated delivery customer, order estimated delivery, estimated,
        expected, expected end, expected delivery, expected arrival, expected completion,
        expected resolution, expected return, expected ship, expected resolve, est due, est
        completion, anticipated, anticipated delivery, estimated time of restoration, estimated
        time of arrival, estimated fix, estimated shipping, estimated end, voraussichtlich,
        voraussichtliches ende, voraussichtliche lieferung, erwartet, estimee, livraison
        estimee, fin estimee, stimata, consegna stimata, fine stimata, estimada, entrega
        estimada, verwacht, verwachte leverdatum, verwachte einddatum""",
    ),
    "scheduled": (
        """scheduled, schedule, scheduled for, appointment, visit date, appointment date, sched,
        planned visit, geplant, geplant am, einsatztermin, einsatzdatum, rendez vous, planifie,
        programmato, appuntamento, cita, programado, afspraak, agendado, agendamento""",
    ),
    "first_due": (
        """baseline, baseline date, baseline due, original due, first due, initial due, original
        promise, original promised, first promised, first promise, first confirmed, first
        confirmed delivery, first confirmed deliv, baseline finish, baseline end, original
        commit, original committed, original eta, initial eta, first eta, initial target,
        original target, first target, first commit, original delivery, original estimated,
        first estimate, initial promise, stat del, stat deliv, statistical delivery, stat rel
        del, original deadline, original scheduled, original estimated delivery, first
        committed, initial commitment, ursprunglich, ursprungliche falligkeit, ursprunglicher
        liefertermin, erster liefertermin, erster termin, erstzusage, ursprungstermin, premiere
        date promise, date initiale, echeance initiale, date promise initiale, livraison
        initiale, scadenza originale, scadenza iniziale, prima data promessa, data prevista
        originale, consegna iniziale, vencimiento original, fecha original, primera fecha
        prometida, fecha prometida original, fecha inicial prometida, oorspronkelijke datum,
        oorspronkelijke vervaldatum, eerste leverdatum, eerste toegezegde datum, vencimento
        original, prazo original, data prometida original, primeira data prometida""",
    ),
    "done": (
        """tatsachlich geliefert, wirklich geliefert, effectivement livre, actual install,
        actual installation, actual go live, actual commissioning, actual handover, followed up,
        follow up done, intervention reelle, date intervention reelle, delivered, delivered to
        client, delivered to customer, delivered customer, order delivered customer, delivery
        actual, actual delivery, actual deliv, actual eta, ata, effective date, delivery
        completed, calibrated, inspected, serviced, maintained, tested, visited, called back,
        callback made, completed delivery, actual arrival, actual received, actual receipt,
        goods receipt, gr date, fulfilled, fulfilment, fulfillment, achieved, reached, actual,
        actual date, actual completion milestone, pod, proof of delivery, delivery actual date,
        date delivered, handed over, accepted by, geliefert, ist liefertermin, istliefertermin,
        tatsachliches lieferdatum, tatsachliche lieferung, wareneingang, wareneingangsdatum,
        zugestellt, ausgeliefert, livre, livree, livraison reelle, livraison effective, date
        livraison reelle, consegnato, consegna effettiva, consegna reale, entregado, entrega
        real, entrega efectiva, geleverd, werkelijke leverdatum, entregue, entrega efetiva,
        realizada""",
    ),
    "shipped": (
        """ac gi, ac gi date, act gi, act gi date, actual gi date, actual goods movement,
        actual goods
        mvt, wa ist, wa ist datum, shipped, ship, shipping, shipment, dispatch, dispatched,
        goods issue, actual gi, gi
        date, actual goods issue, actual ship, actual shipped, versendet, versand, versanddatum,
        warenausgang, expedie, expedition, spedito, spedizione, enviado, envio, verzonden,
        verzending, expedido""",
    ),
    "delivery": (
        """delivery, deliv, delivery date, lieferung, lieferdatum, livraison,
        consegna, entrega, levering, leverdatum, arrival date""",
    ),
    "made": (
        """promise made, promise made at, made, made at, commitment made, agreed,
        agreed on, sla start, estimate given, quoted""",
        """order purchase, order placed, ordered, order, po, so, purchase order, sales order, order
        created, placed, order approved, transaction, document, booking, booked, bestellt,
        bestelldatum, bestellung, belegdatum, auftragsdatum, commande, date commande, ordine,
        ordinato,
        pedido, besteld, besteldatum, orderdatum, data pedido, pedido em""",
    ),
    "not_before": (
        """not before, earliest, earliest start, window start, window from, request early, time
        from promised, from promised, gew beginn, required start, req start, requested start,
        scheduled start, schedstart, sched start, planned start, plan start, targstartdate,
        targstart, target start, basic start, bsc start, appointment start, arrival window start,
        geplanter beginn, fruhester beginn, eckstart, eckstarttermin, gewunschter beginn,
        planbeginn, beginn soll, debut prevu, inizio previsto, inicio previsto, inicio programado,
        geplande startdatum, geplande start, inicio planejado""",
    ),
    "respond_due": (
        """target contact, obligation, response due, first response due, prazo atendimento,
        prazo resposta, plazo atencion, plazo respuesta, respond by, response by, responseby,
        response sla due,
        response deadline, first response escalation, tto escalation deadline, tto deadline, tto,
        temps prise en charge, tiempo asignacion, tempo presa in carico, antwortzeit eskalation,
        reaktionszeit eskalation, erste antwort eskalation, to own, fr due, fr due by, expected sla
        to first response, response target, target response, respond due, sla response due,
        response sla, first response sla, first response deadline, first response target, first
        response by, sla response by, reaktion bis, reaktionsfrist, antwort bis, reponse avant,
        repondre avant, prise en charge avant, rispondere entro, presa in carico entro, risposta
        entro, responder antes, respuesta antes, reageren voor, reactie voor, responder ate""",
    ),
    "event_at": (
        """timestamp, time timestamp, ts, polled, poll time, polling, sampled, sample time,
        measured,
        captured, scraped, crawled, retrieved, fetched, fetch time, observed, snapshot, query time,
        zeitpunkt, abfragezeit, abrufzeit, messzeit, event, event time, event timestamp,
        datestamp, date stamp,
        changed at, activity timestamp, activity date, activity time, log, log time, log date,
        status change, status changed, status date, statusdate, state changed, complete
        timestamp, start timestamp, transition, history, action date, action time, recorded
        event, moment, zeitstempel, ereignis, ereigniszeit, buchungszeit, horodatage, evenement,
        evento, marca de tiempo, data ora, fecha hora, tijdstempel, gebeurtenis, data hora""",
        "at, date, time, datetime, when, datum, zeit, fecha, data, ora, heure, tijd, jour, giorno",
    ),
    "changed": (
        """updated, update, last updated, last update, updatedon, updated dt, modified, modify,
        last modified, modifiedon, modifiedtime, changed, change, last change, last changed,
        changedate, sys updated, last activity, last stage update, resolution action updated,
        delivery recorded, recorded, record, entry, recorded on, posted, last edited, geandert,
        anderung, letzte anderung, aktualisiert, mis a jour, mise a jour, derniere modification,
        modifie, modification, modificato, modifica, ultima modifica, aggiornato, actualizado,
        actualizacion, modificado, ultima actualizacion, gewijzigd, wijziging, laatst gewijzigd,
        bijgewerkt, atualizado, atualizacao, alterado""",
    ),
    "old_due": (
        """old due, previous due, old date, previous date, old eta, date before, due before, old
        promised, previous promised, old deadline, alter termin, ancienne date, ancienne
        echeance, vecchia data, vecchia scadenza, fecha anterior, oude datum, data anterior""",
    ),
    "new_due": (
        """recommit, recommitted, repromised, new due, new date, new promised, new deadline, date
        after, due after, rescheduled to, moved to, nouvelle date, nuova data, nuova scadenza,
        nueva fecha, nieuwe datum, nova data""",
    ),
    "moved_at": (
        """moved, moved at, rescheduled, rescheduled at, reschedule, due changed, date changed,
        postponed, verschoben, verschoben am, reporte le, deplace le, spostato, spostato il,
        rinviato, reprogramado, verplaatst, verzet, adiado""",
    ),
    "told_at": (
        """told, customer told, customer informed, informed, notified, customer notified,
        notification sent, customer notified at, kunde informiert, informiert, client informe,
        informe le, cliente avvisato, avvisato, cliente informado, klant geinformeerd, avisado""",
    ),
    "released": ("released by customer, customer release, customer released, waived, waived at",),
    "ended": ("ended unfulfilled, abandoned, voided, written off, given up",),
    "down_from": (
        """out of service, out of serv, out of service since, down from, down since, down, went
        down, outage
        start, outage began, outage begin, outage, start of outage, outage from, downtime start,
        downtime begin, downtime from, malfunction start, malfunct start, malfn start, start of
        malfunction, start malfn, breakdown start, failure start, fault start, stop start,
        stopped, offline since, offline, unavailable from, unavailability start, interruption
        start, storbeg, stor beg, storungsbeg, storbeginn,
        event began, event start, service lost, impact start, disruption start, outage
        date, downtime started, storungsbeginn, beginn der storung, storungsanfang,
        ausfallbeginn, ausfall von, ausfall, stillstand von, stillstandsbeginn,
        stillstandbeginn, ausser betrieb seit, debut panne, debut de panne, debut arret, debut
        de l arret, hors service depuis, debut interruption, arrete, inizio guasto, inizio
        fermo, fermo dal, fermo macchina, fuori servizio dal, inizio disservizio, inicio averia,
        inicio falla, inicio parada, inicio de averia, fuera de servicio desde, inicio
        interrupcion, inicio fallo, begin storing, storing vanaf, start storing, buiten gebruik
        sinds, buiten gebruik, begin stilstand, inicio falha, inicio da parada, fora de servico
        desde, inicio indisponibilidade, inicio da interrupcao""",
    ),
    "down_to": (
        """back in service, returned to service, return to service, first missed, up again, outage
        end, outage ended, end of outage, outage to, downtime end, downtime to, downtime ended,
        malfunction end, malfunct end, malfn end, end of malfunction, end malfn, breakdown end,
        failure end, fault end, online again, back online, restored to service, available again,
        interruption end, unavailability end, unavailable to, event end, event ended, impact
        end, disruption end, service resumed, resumed, outage restored, back up, in service
        again, storungsende, storende,
        stor ende, ende der storung, ausfallende, ausfall bis, stillstand bis,
        stillstandsende, stillstandende, wieder in betrieb, fin panne, fin de panne, fin arret,
        fin de l arret, remis en service, remise en service, fin interruption, fine guasto, fine
        fermo, rientro in servizio, tornato in servizio, fine disservizio, fin averia, fin de
        averia, fin falla, fin parada, puesta en servicio, vuelta al servicio, fin interrupcion,
        fin fallo, einde storing, storing tot, weer in gebruik, einde stilstand, fim falha, fim
        da parada, retorno ao servico, fim indisponibilidade, fim da interrupcao""",
    ),
    **PRODUCT_MOMENTS,
    **ASSET_MOMENTS,
}
