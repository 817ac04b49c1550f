"""Headers of numbers, yes-or-no columns and lengths of time, and words that mislead."""

from wellkept.record.sources.heading import bag

FACTS: dict[str, tuple[str, ...]] = {
    "verdict": (
        """fixed in sla, fix in sla, resolved in sla, fixed within sla, resolved within sla,
        made sla, sla met, met sla, sla made, within sla, in sla, sla kept, sla compliant, sla
        compliance, sla achieved, sla status, sla result, on time, ontime, on time delivery, on
        time flag, otif, kept, promise kept, resolution status, resolution sla status,
        resolution sla met, sla for resolution, met target, target met, in time, delivered on
        time, agreement status, agreement fulfilled, resolution met, sla fulfilled,
        resolvebyslastatus, slm status, slm real time status, sla outcome, delivery status, sla
        success, service level agreement status, punctual, termintreue, termingerecht,
        punktlich, sla eingehalten, eingehalten, frist eingehalten, sla respecte, dans les
        delais, respecte, sla tenu, sla rispettato, rispettato, nei tempi, puntuale, sla
        cumplido, cumple sla, cumplido, a tiempo, en plazo, sla gehaald, op tijd, gehaald, sla
        cumprido, no prazo, cumprido, dentro do sla, completed on time""",
        """sla breached, breached, has breached, sla breach, sla violated, is violated, violated,
        sla missed, missed sla, missed, sla failed, sla expired, sla exceeded, exceeded, late, is
        late, late delivery, late delivery risk, delayed, is delayed, sla ttr passed, resolution
        breached, resolution sla breached, sla violation, out of sla, outside sla, broken, exceeded
        est, resolution failed, target missed, verspatet, verletzt, sla verletzt, frist
        uberschritten, uberschritten, en retard, retard, sla depasse, ttr depasse, temps resolution
        depasse, hors delai, in ritardo, ritardo, sla violato, sla superato, fuori sla, retrasado,
        atrasado, sla incumplido, incumplido, fuera de plazo, te laat, sla overschreden,
        overschreden, fora do prazo, sla violado, sla estourado, atraso""",
        "overdue, is overdue, past due, uberfallig, en depassement, scaduto, vencido",
    ),
    "respond_verdict": (
        """timely response, first response status, response status, response sla status,
        response sla met, first response sla status, sla for first response, response met,
        firstresponsebyslastatus, first response met, response within sla, responded on time,
        reaktion eingehalten, reponse respectee, risposta rispettata, respuesta cumplida""",
        """response breached, response sla breached, first response breached, sla tto passed, first
        response failed, response missed, response violated, first response violated""",
    ),
    "reopen_count": (
        """reopen count, reopened count, reopens, times reopened, count of reopens, number of
        reopens, count of reopen, reopening count, count of reopened, reopencount, anzahl
        wiedereroffnungen, nombre reouvertures, numero riaperture, numero reaperturas""",
        """reopened, is reopened, reopen, was reopened, re opened, wiedereroffnet, reouvert,
        riaperto, reabierto, heropend, reaberto""",
    ),
    "handoff_count": (
        """reassignment count, reassignments, count of reassignments, count of reassignment,
        handoffs, handovers, transfers, times transferred, transfer count, number of
        reassignments, number of transfers, bounces, group stations, assignee stations,
        assignment count, count of transfers, anzahl weiterleitungen, nombre transferts, numero
        passaggi, numero reasignaciones""",
    ),
    "move_count": (
        """reschedule count, times rescheduled, number of reschedules, date changes, due date
        changes, times moved, moves, postponements, number of postponements, count of
        reschedules, delivery date changes, anzahl verschiebungen, nombre reports, numero rinvii""",
    ),
    "money": (
        """line item value, total cost, total costs, total act costs, total actual costs, actual
        cost, total amount, net value, order value, order total, grand total, cost, costs, line
        value, repair cost, maintenance cost, total value, line total, gesamtkosten, kosten,
        nettowert, cout, cout total, montant, costo, costo totale, importo, coste, coste total,
        importe, totale kosten, kosten gesamt, bedrag, custo, custo total, valor total, payment
        value, sales""",
        "amount, value, price, valor, betrag, wert, prix, prezzo, precio, preis",
    ),
    "planned": (
        """planned, is planned, planned outage, planned downtime, planned unplanned, outage type,
        downtime type, unplanned, is unplanned, unscheduled, scheduled maintenance, is
        scheduled, forced, geplant, ungeplant,
        planifie, pianificato, programado, gepland, planejado, type of outage, stop type,
        planned stop, unplanned stop""",
    ),
    "breakdown": (
        """breakdown, is breakdown, breakdown indicator, breakdown flag, stood still, machine down,
        equipment down, asset down, anlagenausfall, ausfall, stillstand, anlagenstillstand,
        maschinenstillstand, machine a l arret, fermo macchina, parada de maquina, stilstand""",
    ),
    "serving": ("serving, is serving, serves",),
    "target": (
        """sla hours, sla target hours, target hours, sla h, sla minutes, sla days, resolution sla
        hours, target resolution hours, sla time, agreed hours, allowed hours, promised hours,
        target tat, tat target, target turnaround, target turnaround time, promised tat, agreed
        tat, lead time promised, promised lead time, agreed lead time, quoted lead time, target
        lead time, sla duration, sla target h, promised lead days, target days, sla resolution
        hours, resolution target hours, sla target, sla""",
    ),
    "responded_after": (
        """first response time, first response, time to first response, response time, time to
        respond, time to response, first reply time, first reply time minutes, first reply time
        hours, first response minutes, first response hours, first response in min, seconds to
        first ack, seconds to first response, minutes first response, mins first response, time to
        acknowledge, time to first reply, time to own, hours to first response, mtta, ack time,
        reaktionszeit, antwortzeit, temps reponse, delai reponse, delai prise charge, tempo
        risposta, tempo presa carico, tiempo respuesta, reactietijd, responstijd, tempo
        resposta""",
    ),
    "resolved_after": (
        """tat, actual tat, turnaround, turnaround time, actual turnaround time, turn around time,
        actual lead time, lead time actual, resolution time, time to resolution, time to resolve,
        full resolution time, full resolution time minutes, full resolution time hours, seconds to
        resolve, resolution hours, resolution minutes, minutes resolve, hours resolve, mins
        resolve, resolution time hours, resolution time minutes, hours to resolve, days to close,
        time to close, days to resolve, resolution days, mttr, losungszeit, bearbeitungszeit,
        durchlaufzeit, temps resolution, delai resolution, tempo risoluzione, tempo chiusura,
        tiempo resolucion, tiempo cierre, oplostijd, doorlooptijd, tempo resolucao""",
    ),
    "lasted": (
        """downtime hours, downtime minutes, outage duration, downtime duration, duration hours,
        duration minutes, duration, downtime, outage hours, outage minutes, stop duration,
        breakdown duration, ausfalldauer, stillstandszeit, dauer, duree, duree arret, durata,
        durata fermo, duracion, duracion parada, duur, stilstandduur, duracao""",
    ),
}

POLARITY_BAD = bag(
    """breached breach violated violation missed failed expired exceeded late delayed passed
    broken out outside verspatet verletzt uberschritten retard depasse hors ritardo violato
    superato fuori retrasado atrasado incumplido fuera laat overschreden fora violado
    estourado atraso"""
)
"""A yes in a verdict column whose header has one of these words means *broken*."""

POLARITY_LATE_SO_FAR = bag("overdue past uberfallig depassement scaduto vencido")
"""A yes means *broken*; a no says only: not yet."""

POLARITY_UNPLANNED = bag(
    "unplanned unscheduled breakdown forced ungeplant storung panne guasto averia"
)
"""A yes in a planned column whose header has one of these words means *not planned*."""

MISLEADING = bag(
    """recorded record entered entry updated update modified changed change printed exported
    synced imported invoice invoiced billed billing payment paid birth warranty garantie
    garanzia garantia expiry expiration expires expire archived deleted purchase purchased
    next last previous prior age days hours minutes count number total avg average percent
    pct reminder review survey satisfaction contract eol"""
)
"""Words that change the meaning of a moment: with one of them only an exact name counts."""

AHEAD = bag(
    """suggested proposed desired wished wanted planned plan expected estimated anticipated
    forecast target targeted promised agreed committed required requested latest gew gewunscht
    gewunschte gewunschtes gewunschter soll geplant geplante geplanter geplantes prevu prevue
    prevista previsto souhaite souhaitee programado programada estimado estimada gepland geplande
    gewenst gewenste verwacht voraussichtlich deadline due prazo plazo frist limite limit
    scadenza echeance termijn vencimento vencimiento termin planowane planowany"""
)
"""Words that make of an end a date that lies ahead: "Suggested completion" has not happened."""

OF_ANSWERING = bag(
    """response respond responded first reply acknowledge acknowledgement answer reaction tto
    reaktion antwort reponse risposta respuesta resposta reactie arrival arrive onsite"""
)
"""Words that make of a due date that of the answer, not of the solution."""

OTHER_THING = bag(
    """phone email mail e fax satisfaction rating score comment comments count cost price date
    time url link type class category warranty notes note manager age gender number zip
    postal code latitude longitude status state group description address city country
    duration value flag segment supplier vendor manufacturer parent old previous closed
    resolved created opened level history telefon telefono telephone tel correo adresse
    reason impact priority"""
)
"""Words that make of *customer* or *asset* something else: "Customer Phone" is not the customer."""
