"""State words of many systems and languages, and the state that each means.

The left side is how a recipe writes the meaning; phrases are divided by commas and compared in
lower case without accents, so that "Awaiting User Info" and "awaiting_user_info" are one.
"""

from wellkept.record.sources.heading import bag

STATE_WORDS: dict[str, str] = {
    "reported": """new, open, opened, reported, submitted, created, registered, received, draft,
        initial, unconfirmed, logged, raised, incoming, intake, to do, todo, backlog, requested,
        entered, newly created, create ticket, insert ticket, meof,
        ticket created, case created, new
        call, created order, issued, outstanding, osno, crtd, mofn, erof, neu, offen, gemeldet,
        erfasst,
        eroffnet, angelegt, eingegangen, nouveau, nouvelle, ouvert, ouverte, signale, signalee,
        cree, creee, declare, nuovo, nuova, aperto, aperta, segnalato, inserito, creato, nuevo,
        nueva, abierto, abierta, registrado, reportado, creado, nieuw, gemeld, openstaand,
        aangemaakt, novo, nova, aberto, aberta, criado, offene meldung, a faire, da fare, por
        hacer, te doen, a fazer, wreq, not started""",
    "acknowledged": """acknowledged, accepted, assigned, responded, confirmed by service, triaged,
        triage, scheduled, planned, dispatched, allocated, appointed, ready, ready to start,
        approved, appr, released, rel, oras, frei, maut, appointment made, take in charge ticket,
        taken in
        charge, qualified, processing planned, committed, en route, travelling, angenommen,
        zugewiesen, zugeteilt, geplant, terminiert, bestatigt, freigegeben, disponiert, accepte,
        acceptee, affecte, affectee, assigne, assignee, attribue, planifie, planifiee, pris en
        compte, qualifie, preso in carico, assegnato, assegnata, pianificato, accettato,
        programmato, asignado, asignada, aceptado, planificado, programado, aprobado, toegewezen,
        geaccepteerd, ingepland, gepland, atribuido, aceito, agendado, planejado, aprovado,
        assigned to agent""",
    "in_work": """working on it, in progress, waiting for support, waiting on us, waiting for agent
        reply, customer responded, customer replied, client responded, waiting on agent, pending
        agent, waiting for helpdesk, work in progress, wip, active, working, in work, in process,
        processing, inprg, inprog, nopr, miar, started, ongoing, being worked, under investigation,
        investigating, in treatment, under repair, in repair, repairing, on site, onsite, in
        development, doing, work started, processing assigned, in review, in hand, being processed,
        diagnosing, in diagnosis, escalated, implementation, in testing, testing, underway, pcnf,
        in bearbeitung, in arbeit, laufend, begonnen, bearbeitung, wird bearbeitet, aktiv, en
        cours, en cours de traitement, en traitement, en intervention, commence, in corso, in
        lavorazione, in esecuzione, in gestione, attivo, iniziato, en curso, en progreso, en
        proceso, en ejecucion, activo, trabajando, in behandeling, in uitvoering, bezig, lopend,
        actief, em andamento, em atendimento, em progresso, em execucao, ativo, em tratamento,
        shipped, in transit, out for delivery, dispatched order, picked, packed, invoiced order, on
        the way, pre transit, departed, versendet, unterwegs, expedie, en transit, spedito, in
        transito, enviado, en transito, verzonden, onderweg, em transito""",
    "waiting": """stuck, slahold, on hold, hold, pending, waiting, wait, paused, suspended,
        deferred, postponed,
        stalled, blocked, parked, standby, pending reminder, wait implementation, frozen, sleeping,
        awaiting, in wait, wpcond, held, wartend, warten, zuruckgestellt, angehalten, pausiert, en
        attente, suspendu, suspendue, en pause, bloque, in attesa, sospeso, sospesa, in pausa, en
        espera, suspendido, suspendida, pausado, aplazado, wacht, in de wacht, wachtend,
        uitgesteld, gepauzeerd, aguardando, em espera, suspenso, pendente, pendiente, awaiting
        problem, awaiting change, waiting on change, awaiting evidence""",
    "waiting on customer": """awaiting user info, awaiting user, awaiting caller, awaiting
        customer, pending customer, pending customer response, pending user, pending customer
        action, waiting on customer, waiting for customer, wait user, wait customer, waiting
        customer, waiting for customer response, awaiting customer response, awaiting requester,
        replied, answered, pending user input, awaiting info, awaiting information, information
        required, need info, needs info, more info required, customer action, waiting on client,
        awaiting client, waiting for user, pending client, user response pending, wartet auf kunde,
        warten auf kunde, wartet auf kunden, ruckfrage, kunde, kundenruckmeldung, wartet auf
        anwender, attente client, en attente client, en attente du client, attente utilisateur, in
        attesa cliente, attesa cliente, in attesa del cliente, in attesa utente, esperando cliente,
        pendiente cliente, pendiente de cliente, espera cliente, esperando respuesta, wacht op
        klant, wachten op klant, aguardando cliente, pendente cliente, aguardando usuario""",
    "waiting on part": """waiting for parts, waiting for part, awaiting parts, waiting on parts,
    waiting part, wait
        part, parts on order, part ordered, parts ordered, pending parts, on order, backordered,
        backorder, waiting for material, awaiting material, wmatl, waiting for spare, parts hold,
        wartet auf ersatzteil, warten auf ersatzteil, warten auf ersatzteile, wartet auf teile,
        ersatzteil bestellt, wartet auf material, attente piece, attente pieces, en attente de
        piece, en attente de pieces, piece commandee, in attesa ricambio, in attesa ricambi, attesa
        ricambi, attesa ricambio, attesa materiale, ricambio ordinato, esperando repuesto,
        esperando repuestos, pendiente repuesto, pendiente de repuesto, pendiente material, wacht
        op onderdeel, wacht op onderdelen, onderdelen besteld, aguardando peca, aguardando pecas,
        aguardando material""",
    "waiting on supplier": """awaiting vendor, awaiting supplier, pending vendor, waiting on
        vendor, wait vendor, waiting for vendor, waiting for supplier, waiting on third party,
        waiting for third party, pending third party, awaiting third party, with vendor, with
        supplier, external, third party, waiting on supplier, vendor, escalated to vendor, external
        vendor assignment, wartet auf lieferant, warten auf lieferant, beim lieferanten, wartet auf
        hersteller, attente fournisseur, en attente fournisseur, chez fournisseur, in attesa
        fornitore, attesa fornitore, esperando proveedor, pendiente proveedor, pendiente de
        proveedor, wacht op leverancier, aguardando fornecedor, bij leverancier, attente
        prestataire, aguardando terceiro""",
    "waiting on approval": """awaiting approval, pending approval, waiting for approval, wappr,
        waiting on approval, approval, in approval, to be approved, quote sent, awaiting quote,
        awaiting po, awaiting purchase order, pending authorization, awaiting authorization, wartet
        auf freigabe, zur freigabe, genehmigung ausstehend, in genehmigung, attente validation, en
        attente de validation, a valider, attente accord, in attesa di approvazione, in attesa
        approvazione, da approvare, attesa approvazione, pendiente aprobacion, pendiente de
        aprobacion, esperando aprobacion, ter goedkeuring, wacht op goedkeuring, aguardando
        aprovacao, pendente aprovacao, preventivo inviato""",
    "waiting on access": """awaiting access, waiting for access, no access, access required, wait
        access, wsch, wpcond access, waiting for shutdown, waiting for window, kein zugang, wartet
        auf zugang, attente acces, in attesa accesso, esperando acceso, wacht op toegang,
        aguardando acesso""",
    "queued": """queued, awaiting assignment, unassigned, waiting for assignment, in queue, queue,
        to be assigned, not assigned, unallocated, pending assignment, awaiting dispatch, pool,
        waiting for agent, in warteschlange, nicht zugewiesen, nicht zugeteilt, zuzuweisen, a
        affecter, non affecte, non attribue, a assigner, da assegnare, non assegnato, in coda, sin
        asignar, por asignar, en cola, niet toegewezen, toe te wijzen, wachtrij, nao atribuido, a
        atribuir, na fila""",
    "restored": """restored, service restored, workaround, workaround provided, back in service,
        operational, temporarily fixed, recovered, mitigated, wiederhergestellt, entstort, retabli,
        retablie, ripristinato, restablecido, restaurado, hersteld, restabelecido, monitoring""",
    "resolved": """resolved, solved, fixed, done, completed, complete, comp, teco, tabg, noco,
    mmab, finished,
        cnf, work done, in call, resolve ticket, work complete, work completed, repaired, resolved
        ticket, pending close, pending closure, awaiting closure, ready for closure, implemented,
        completed in call, served, executed, gelost, behoben, erledigt, fertig, fertiggestellt,
        abgearbeitet, repariert, resolu, resolue, traite, traitee, repare, termine, terminee,
        realise, realisee, fait, risolto, risolta, completato, completata, riparato, eseguito,
        finito, resuelto, resuelta, solucionado, terminado, completado, finalizado, reparado,
        realizado, opgelost, gereed, voltooid, afgerond, gerepareerd, resolvido, resolvida,
        concluido, concluida, finalizada, delivered, shipped delivered, delivered complete,
        fulfilled, handed over, delivered in full, ausgeliefert, geliefert, zugestellt,
        livre, livree, consegnato, consegnata, entregado, entregada, geleverd, bezorgd, entregue""",
    "closed": """closed, close, archived, clsd, abgs, meab, clo, finally closed, case closed, ticket
    closed,
        invoiced, posted, close ticket, closed complete, closed completed, closed resolved, settled,
        inactive, geschlossen, abgeschlossen, beendet, archiviert, clos, cloture, cloturee, ferme,
        fermee, facture, archive, chiuso, chiusa, archiviato, fatturato, terminato, cerrado,
        cerrada, facturado, archivado, gesloten, afgesloten, afgemeld, fechado, fechada, encerrado,
        encerrada""",
    "closed confirmed": """closed confirmed, confirmed, customer confirmed, verified, closed by
        user, closed by caller, closed by customer, confirmed by customer, signed off, accepted by
        customer, verified closed, bestatigt vom kunden, vom kunden bestatigt, confirme, valide
        client, confermato, confirmado, bevestigd, geverifieerd""",
    "closed unconfirmed": """auto closed, automatically closed, closed unconfirmed, closed no
        response, closed without response, closed automatically, closed incomplete, closed
        unresolved, closed skipped, closed not solved, automatisch geschlossen, closed no reply""",
    "cancelled": """cancelled, canceled, cancel, rejected, withdrawn, void, voided, invalid,
        duplicate, spam, deleted, merged, junk, declined, refused, can, dlfl, abandoned, closed
        cancelled, not an issue, no fault, wont fix, wont do, closed rejected, removed, aborted,
        storniert, abgebrochen, abgelehnt, zuruckgezogen, doppelt, dublette, geloscht, annule,
        annulee, rejete, rejetee, refuse, refusee, supprime, doublon, abandonne, annullato,
        annullata, rifiutato, respinto, duplicato, eliminato, cancelado, cancelada, rechazado,
        anulado, anulada, duplicado, geannuleerd, afgewezen, vervallen, dubbel, recusado,
        rejeitado""",
    "reopened": """reopened, re opened, reopen, open again, reactivated, wiedereroffnet, wieder
        offen, wieder geoffnet, reouvert, reouverte, riaperto, riaperta, reabierto, reabierta,
        heropend, reaberto, reaberta""",
    "none": """update, updated, status change, comment, commented, note, note added, assignment,
        reassignment, reassigned, operator update, mail to customer, email sent, attachment,
        communication with customer, communication with vendor, priority changed, forwarded, impact
        change, urgency change, description update, quality indicator, notification, quality
        indicator set, quality indicator fixed, caused by ci, affected ci change, callback request,
        contact change, incident reproduction, analysis research, vendor reference, referred, dial
        in, service change, alert stage 1, alert stage 2, zuweisung, weiterleitung, kommentar,
        notiz, commentaire, reaffectation, nota, commento, riassegnazione, comentario,
        reasignacion, opmerking, hertoewijzing, reatribuicao""",
}

XES_TRANSITIONS = bag(
    """start complete schedule assign reassign suspend resume withdraw autoskip manualskip
    pi_abort ate_abort unknown ate abort pi"""
)
"""Words of the XES life cycle: they say what happened to an activity, not to the case."""

WAIT_PARTS = bag(
    """wait waiting awaiting awaits await pending hold onhold wartet warten wartend wacht
    wachten attente attend attesa espera esperando pendiente pendente aguardando suspended
    suspendu sospeso suspendido ausstehend paused"""
)

WAIT_FOR: dict[str, frozenset[str]] = {
    "part": bag(
        """part parts spare spares material materials stock backorder ersatzteil ersatzteile teil
    teile piece pieces ricambio ricambi materiale repuesto repuestos pieza piezas onderdeel
    onderdelen peca pecas lieferung"""
    ),
    "supplier": bag(
        """vendor vendors supplier suppliers third 3rd manufacturer partner provider contractor oem
    lieferant lieferanten hersteller fournisseur prestataire fornitore proveedor leverancier
    fornecedor terceiro external extern"""
    ),
    "approval": bag(
        """approval approve authorization authorisation quote quotation po purchase freigabe
    genehmigung angebot validation accord devis approvazione preventivo autorizzazione
    aprobacion presupuesto autorizacion goedkeuring offerte aprovacao orcamento"""
    ),
    "access": bag("access shutdown window site zugang zutritt acces accesso acceso toegang acesso"),
    "customer": bag(
        """customer customers client user users caller requester info information response reply
    feedback kunde kunden anwender ruckmeldung antwort utilisateur reponse cliente utente
    risposta usuario respuesta klant gebruiker antwoord resposta confirmation"""
    ),
}
