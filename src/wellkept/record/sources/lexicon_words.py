"""Words inside yes-or-no, verdict and priority columns, and what each is taken to mean."""

from wellkept.record.sources.heading import bag

YES = bag(
    """yes y true t 1 ja j wahr oui o vrai si s vero v sim verdadero verdadeiro sì on x waar
    checked"""
)
NO = bag("no n false f 0 nein falsch non faux falso nao não nee onwaar off unchecked")

KEPT_WORDS = """met, kept, in sla, within sla, within, on time, ontime, in time, fulfilled,
    achieved,
    succeeded, success, compliant, sla met, early, punctual, passed sla, within the service target,
    advance shipping, shipping on time, delivered on time, on schedule, within target, ok, green,
    eingehalten, punktlich, fristgerecht, termingerecht, rechtzeitig, im plan, innerhalb,
    respecte, respectee, dans les delais, a temps, a l heure, dans le delai, rispettato,
    rispettata, nei tempi, in orario, puntuale, entro sla, cumplido, cumplida, a tiempo,
    en plazo, dentro de plazo, gehaald, op tijd, binnen sla, cumprido, no prazo, dentro do prazo,
    within sla target, made, attained, in compliance, not breached, not violated, within limits"""

BROKEN_WORDS = """missed, broken, breached, violated, sla violated, sla breached, late, failed,
    overdue,
    out of sla, outside sla, not met, expired, exceeded, noncompliant, non compliant, delayed,
    service targets breached, late delivery, delivered late, sla missed, past due, not on time,
    behind schedule, outside target, red, verletzt, uberschritten, verspatet, zu spat,
    nicht eingehalten, nicht punktlich, depasse, depassee, en retard, non respecte,
    non respectee, hors delai, violato, superato, in ritardo, fuori sla, non rispettato,
    scaduto, incumplido, incumplida, retrasado, fuera de plazo, vencido, tarde, atrasado,
    overschreden, te laat, niet gehaald, buiten sla, descumprido, fora do prazo, vencida,
    not kept, sla not met, breach, violation, not compliant"""

OPEN_WORDS = """in progress, open, pending, paused, n a, first response due, resolution due,
    running,
    not started, active, within warning, near violation, shipping canceled, canceled, cancelled,
    offen, en cours, in corso, en curso, lopend, em andamento, on hold, nearing noncompliance,
    stop clock, attached, detached, sla paused, no target, na"""

PLANNED_WORDS = """planned, scheduled, preventive, preventative, planned maintenance, planned
    outage,
    scheduled maintenance, planned stop, geplant, planmassig, wartung, planifie, prevu,
    programmato, pianificato, programado, programada, preventivo, preventiva, gepland, planejado,
    programmata, preventif"""

UNPLANNED_WORDS = """unplanned, unscheduled, forced, breakdown, corrective, emergency, failure,
    fault,
    unplanned outage, forced outage, unplanned stop, ungeplant, storung, ausfall, non planifie,
    panne, non programmato, guasto, no programado, averia, correctivo, correctiva, ongepland,
    storing, nao planejado, corretiva, correctif, unexpected"""

OURS_WORDS = """us, we, ours, supplier, vendor, internal, service, dispatcher, planner, company,
    own,
    wir, intern, lieferant, nous, interne, fournisseur, noi, interno, fornitore, nosotros,
    proveedor, wij, leverancier, nos, fornecedor"""

THEIRS_WORDS = """customer, client, user, caller, requester, site, external, kunde, kundenwunsch,
    client,
    cliente, utente, usuario, klant, customer request"""

NOBODY_WORDS = """unassigned, not assigned, nobody, none, no owner, no agent, unowned, queue, tbd,
    to be assigned, unallocated, no one, open pool, nicht zugewiesen, niemand, kein, keiner,
    unbesetzt, non assigne, non attribue, personne, non affecte, non assegnato, nessuno,
    da assegnare, sin asignar, no asignado, nadie, niet toegewezen, nao atribuido, ninguem"""

CONSEQUENCE_WORDS: dict[str, str] = {
    "safety": """safety, safety risk, safety critical, life safety, danger, danger to life, injury,
        health and safety, hse, ehs, safety hazard, hazard, life threatening, entrapment,
        sicherheit, gefahr, gefahr fur leib und leben, personengefahrdung, securite, danger grave,
        sicurezza, pericolo, seguridad, peligro, veiligheid, gevaar, seguranca, perigo""",
    "production_stopped": """critical, p1, s1, sev1, sev 1, severity 1, p1 critical, production
    stopped,
        production down, production stop, system down, machine down, line down, down, outage,
        complete outage, total outage, total failure, breakdown, blocker, showstopper, line stop,
        out of order, not working, out of service, full outage, service down, major incident,
        emergency,
        critical outage, plant down, prod down, priority 1 critical, critical high impact,
        kritisch, produktionsstillstand, stillstand, anlagenstillstand, totalausfall, notfall,
        critique, arret de production, production arretee, bloquant, panne totale, a l arret,
        critico, critica, fermo macchina, fermo impianto, produzione ferma, bloccante, emergenza,
        parada, produccion parada, parada de produccion, bloqueante, emergencia, kritiek,
        productiestop, stilstand, producao parada, parada total""",
    "degraded": """degraded, degraded service, reduced, partial outage, partially working,
    partial failure,
        degraded performance, limited function, limited operation, impaired, partly working,
        workaround in place, performance issue, eingeschrankt, teilausfall, beeintrachtigt,
        degrade, fonctionnement degrade, degradato, funzionamento ridotto, degradado,
        funcionamiento reducido, beperkt, verminderde werking, parcial""",
    "inconvenience": """cosmetic, inconvenience, nuisance, trivial, no impact, question, how to,
        information only, nice to have, kosmetisch, unannehmlichkeit, trivial, cosmetique, gene,
        estetico, disagio, cosmetico, molestia, cosmetisch, ongemak, cosmetica, no effect""",
}
"""Only words that state a consequence. High, medium, low, major and minor are left unknown."""
