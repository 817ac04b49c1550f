"""The words by which registers say where an asset is in its life, each as `normal` writes it.

One entry per state of the record. A word that may mean that a machine rests, or that it is gone for
good, is taken for what takes it off no list: a wrong "retired" would.
"""

from __future__ import annotations

LIFE_WORDS: dict[str, str] = {
    "ordered": """ordered, on order, purchased, in procurement, awaiting delivery, bestellt, in
        bestellung, in beschaffung, commande, commandee, en commande, ordinato, ordinata, in
        ordine, pedido, pedida, en pedido, besteld, in bestelling, encomendado, encomendada,
        zamowione, zamowiony, zamowiona""",
    "delivered": """delivered, shipped, received, pending install, pending installation, awaiting
        installation, to be installed, geliefert, ausgeliefert, angeliefert, versendet, versandt,
        noch nicht installiert, livre, livree, expedie, expediee, recu, recue, a installer,
        consegnato, consegnata, spedito, spedita, da installare, entregado, entregada, enviado,
        enviada, recibido, recibida, por instalar, geleverd, verzonden, ontvangen, entregue,
        recebido, recebida, a instalar, dostarczone, dostarczony, dostarczona""",
    "installed": """installed, mounted, not ready, deploy, inst, aseq, installiert, eingebaut,
        montiert, aufgestellt, verbaut, installe, installee, monte, montee, installato,
        installata, montato, montata, instalado, instalada, montado, montada, geinstalleerd,
        geplaatst, gemonteerd, zainstalowane, zainstalowany, zainstalowana, zamontowane,
        zamontowany""",
    "commissioned": """commissioned, handed over, ready for use, ready for operation, in betrieb
        genommen, abgenommen, ubergeben, betriebsbereit, mis en service, mise en service, messo
        in servizio, messa in servizio, messo in funzione, messa in funzione, collaudato,
        collaudata, puesto en servicio, puesta en servicio, puesto en marcha, puesta en marcha,
        in bedrijf genomen, in bedrijf gesteld, in gebruik genomen, opgeleverd, comissionado,
        comissionada, colocado em servico, uruchomione, uruchomiony, uruchomiona""",
    "in_use": """in use, in service, in operation, operating, operational, operative, active,
        live, in production, productive, running, deployed, registered, at customer, at customer
        site, at the customer, in the field, in field, limited use, ecus, in betrieb, im betrieb,
        aktiv, in nutzung, in benutzung, in gebrauch, im einsatz, in einsatz, eingesetzt,
        genutzt, produktiv, in produktion, in verwendung, beim kunden, im feld, en service, en
        utilisation, utilise, utilisee, actif, en exploitation, en production, operationnel,
        operationnelle, en fonctionnement, en marche, chez le client, chez client, in uso, in
        servizio, in esercizio, in funzione, attivo, attiva, operativo, operativa, utilizzato,
        utilizzata, in produzione, presso cliente, presso il cliente, funzionante, en uso, en
        servicio, activo, activa, en operacion, en funcionamiento, en produccion, en cliente, en
        el cliente, in bedrijf, actief, operationeel, in dienst, bij klant, bij de klant, in
        gebruik, in productie, em uso, em servico, em operacao, ativo, ativa, operacional, em
        funcionamento, em producao, no cliente, w uzyciu, w eksploatacji, w uzytkowaniu, aktywny,
        aktywne, aktywna, uzywane, uzywany, czynny, czynne, czynna""",
    "idle": """idle, in stock, stock, in store, in storage, stored, in warehouse, warehouse,
        inventory, spare, standby, stand by, dr standby, in reserve, reserve, inactive, not
        active, not in use, unused, out of service, out of operation, out of use, not in service,
        not in operation, not operating, not operational, non operational, nonoperational,
        temporarily out of service, deactivated, disabled, mothballed, dormant, suspended, esto,
        inac, lager, auf lager, im lager, am lager, an lager, eingelagert, zwischengelagert,
        lagerbestand, ersatz, reservegerat, ausser betrieb, inaktiv, nicht aktiv, nicht in
        betrieb, nicht in gebrauch, nicht in nutzung, nicht im einsatz, nicht genutzt, ungenutzt,
        unbenutzt, ausgebaut, abgeschaltet, abgestellt, deaktiviert, vorubergehend stillgelegt,
        vorubergehend ausser betrieb, temporar stillgelegt, ruhend, en stock, en reserve, de
        reserve, stocke, stockee, en magasin, hors service, hors exploitation, inactif,
        desactive, desactivee, a l arret, non utilise, inutilise, inutilisee, en veille, in
        magazzino, a magazzino, magazzino, a scorta, scorta, di scorta, fuori servizio, fuori
        esercizio, inattivo, inattiva, disattivato, disattivata, non in uso, non attivo,
        inutilizzato, inutilizzata, fermo, ferma, en almacen, almacen, almacenado, almacenada,
        reserva, de reserva, en reserva, fuera de servicio, fuera de uso, inactivo, inactiva,
        desactivado, desactivada, sin uso, parado, parada, op voorraad, voorraad, in voorraad,
        magazijn, in magazijn, opgeslagen, buiten bedrijf, buiten gebruik, inactief, niet actief,
        niet in gebruik, gedeactiveerd, em estoque, estoque, em stock, em armazem, armazem,
        armazenado, fora de servico, fora de uso, fora de operacao, inativo, inativa, desativado,
        desativada, sem uso, em reserva, w magazynie, magazyn, na magazynie, nieaktywny,
        nieaktywne, nieaktywna, nieuzywane, nieuzywany, rezerwa, wylaczony, wylaczone""",
    "retired": """retired, retire, decommissioned, decommission, scrapped, scrap, disposed,
        disposed of, end of life, end of operation, eol, obsolete, dismantled, deinstalled,
        uninstalled, de installed, removed, discarded, sold, recycled, replaced, withdrawn,
        withdrawn from service, permanently out of service, archived, donated, destroyed, phased
        out, salvaged, dlfl, dlt, lovm, loevm, lokz, ausgemustert, verschrottet, stillgelegt,
        dauerhaft stillgelegt, endgultig stillgelegt, entsorgt, ausser dienst, ausser dienst
        gestellt, dauerhaft ausser betrieb, endgultig ausser betrieb, demontiert, abgebaut,
        ruckgebaut, zuruckgebaut, deinstalliert, verkauft, ausgeschieden, ausgesondert,
        ausrangiert, abgang, ersetzt, geloscht, loschvormerkung, verschrottung, verschrotten,
        schrott, vernichtet, obsolet, archiviert, lebensende, mis au rebut, mise au rebut, rebut,
        au rebut, reforme, reformee, declasse, declassee, retiree, demantele, demantelee, hors d
        usage, ferraille, detruit, detruite, vendu, vendue, cede, cedee, fin de vie, sorti du
        parc, remplace, remplacee, desinstalle, desinstallee, dismesso, dismessa, rottamato,
        rottamata, demolito, demolita, smaltito, smaltita, ritirato, ritirata, radiato, radiata,
        alienato, alienata, fuori uso, venduto, venduta, fine vita, obsoleto, obsoleta,
        smantellato, smantellata, sostituito, sostituita, disinstallato, disinstallata, dado de
        baja, dada de baja, de baja, baja, retirado, retirada, desguazado, desguazada, desechado,
        desechada, chatarra, achatarrado, desmantelado, desmantelada, vendido, vendida, fin de
        vida, sustituido, sustituida, reemplazado, desinstalado, desinstalada, descartado,
        descartada, afgevoerd, gesloopt, verwijderd, buiten dienst gesteld, uit dienst,
        uitgefaseerd, vervangen, verkocht, verschroot, gedeinstalleerd, einde levensduur,
        ontmanteld, descomissionado, descomissionada, sucateado, sucateada, sucata, abatido,
        abatida, fim de vida, substituido, substituida, wycofany, wycofane, wycofana, wycofany z
        uzytku, wycofane z uzytku, zezlomowany, zezlomowane, zlikwidowany, zlikwidowane,
        zlikwidowana, sprzedany, sprzedane, sprzedana, zutylizowany, zutylizowane""",
    "none": "avlb, crte, verf, edel",
}
"""What is said of a machine that may serve all the same is not among them: in repair, missing.

"none" are codes of SAP that say nothing of it: there is such a piece of equipment, it is on a note.
"""
