"""Exports in German, French, Italian, Spanish, Dutch and Portuguese (see `dialects.py`)."""

CASES = {
    "german": """
        case
        Ticketnummer     | T-12 | T-13 | T-14 => case_id
        Betreff          | Pumpe leckt | Alarm 7 | Kein Bild => about
        Kunde            | Klinik Nord | Klinik Ost | Klinik Nord => customer
        Standort         | Kiel | Ulm | Kiel => site
        Gerätenummer     | G-1 | G-2 | G-3 => asset
        Priorität        | Kritisch | Mittel | Niedrig => consequence
        Status           | Gelöst | Wartet auf Ersatzteil | In Bearbeitung => state
        Bearbeiter       | Alma | Bruno | Alma => owner
        Zuständige Gruppe | Feld | Telefon | Feld => team
        Gemeldet am      | 04.03.2024 08:11 | 04.03.2024 09:30 | 05.03.2024 07:02 => reported
        Erste Reaktion   | 04.03.2024 08:20 | | 05.03.2024 08:00 => responded
        Gelöst am        | 04.03.2024 11:00 | | => resolved
        Abgeschlossen am | 05.03.2024 11:00 | | => closed
        Fällig am        | 05.03.2024 08:11 | 05.03.2024 09:30 | 06.03.2024 07:02 => due
        Geändert am      | 06.03.2024 08:11 | 06.03.2024 09:30 | 07.03.2024 07:02 => changed
        Eingangskanal    | Telefon | Portal | Mail => channel
    """,
    "french": """
        case
        N° de ticket           | T-12 | T-13 | T-14 => case_id
        Objet                  | Fuite pompe | Alarme 7 | Pas d'image => about
        Client                 | Clinique Nord | Clinique Est | Clinique Nord => customer
        Site                   | Lille | Metz | Lille => site
        Équipement             | E-1 | E-2 | E-3 => asset
        Priorité               | Critique | Moyenne | Basse => consequence
        Statut                 | Résolu | En attente de pièce | En cours => state
        Technicien             | Alma | Bruno | Alma => owner
        Équipe                 | Terrain | Téléphone | Terrain => team
        Date d'ouverture       | 04/03/2024 08:11 | 04/03/2024 09:30 | 05/03/2024 07:02 => reported
        Date de prise en charge | 04/03/2024 08:20 | | 05/03/2024 08:00 => responded
        Date de résolution     | 04/03/2024 11:00 | | => resolved
        Clôturé le             | 05/03/2024 11:00 | | => closed
        Date d'échéance        | 05/03/2024 08:11 | 05/03/2024 09:30 | 06/03/2024 07:02 => due
        Mis à jour le          | 06/03/2024 08:11 | 06/03/2024 09:30 | 07/03/2024 07:02 => changed
    """,
    "italian": """
        case
        Numero ticket        | T-12 | T-13 | T-14 => case_id
        Oggetto              | Perdita pompa | Allarme 7 | Nessuna immagine => about
        Cliente              | Clinica Nord | Clinica Est | Clinica Nord => customer
        Sede                 | Udine | Trento | Udine => site
        Matricola            | M-1 | M-2 | M-3 => asset
        Priorità             | Critica | Media | Bassa => consequence
        Stato                | Risolto | In attesa ricambio | In lavorazione => state
        Tecnico              | Alma | Bruno | Alma => owner
        Squadra              | Campo | Telefono | Campo => team
        Data apertura        | 04/03/2024 08:11 | 04/03/2024 09:30 | 05/03/2024 07:02 => reported
        Data presa in carico | 04/03/2024 08:20 | | 05/03/2024 08:00 => responded
        Data risoluzione     | 04/03/2024 11:00 | | => resolved
        Data chiusura        | 05/03/2024 11:00 | | => closed
        Scadenza             | 05/03/2024 08:11 | 05/03/2024 09:30 | 06/03/2024 07:02 => due
        Ultima modifica      | 06/03/2024 08:11 | 06/03/2024 09:30 | 07/03/2024 07:02 => changed
    """,
    "spanish": """
        case
        Número de caso        | T-12 | T-13 | T-14 => case_id
        Asunto                | Fuga | Alarma 7 | Sin imagen => about
        Cliente               | Clínica Norte | Clínica Este | Clínica Norte => customer
        Ubicación             | León | Soria | León => site
        Equipo                | E-1 | E-2 | E-3 => asset
        Prioridad             | Crítica | Media | Baja => consequence
        Estado                | Resuelto | Pendiente de repuesto | En proceso => state
        Asignado a            | Alma | Bruno | Alma => owner
        Fecha de apertura     | 04/03/2024 08:11 | 04/03/2024 09:30 | 05/03/2024 07:02 => reported
        Primera respuesta     | 04/03/2024 08:20 | | 05/03/2024 08:00 => responded
        Fecha de resolución   | 04/03/2024 11:00 | | => resolved
        Fecha de cierre       | 05/03/2024 11:00 | | => closed
        Fecha de vencimiento  | 05/03/2024 08:11 | 05/03/2024 09:30 | 06/03/2024 07:02 => due
        Última actualización  | 06/03/2024 08:11 | 06/03/2024 09:30 | 07/03/2024 07:02 => changed
    """,
    "dutch": """
        case
        Meldingsnummer   | T-12 | T-13 | T-14 => case_id
        Onderwerp        | Pomp lekt | Alarm 7 | Geen beeld => about
        Klant            | Kliniek Noord | Kliniek Oost | Kliniek Noord => customer
        Locatie          | Zwolle | Breda | Zwolle => site
        Serienummer      | S-1 | S-2 | S-3 => asset
        Prioriteit       | Kritiek | Middel | Laag => consequence
        Status           | Opgelost | Wacht op onderdelen | In behandeling => state
        Behandelaar      | Alma | Bruno | Alma => owner
        Gemeld op        | 04/03/2024 08:11 | 04/03/2024 09:30 | 05/03/2024 07:02 => reported
        Eerste reactie   | 04/03/2024 08:20 | | 05/03/2024 08:00 => responded
        Opgelost op      | 04/03/2024 11:00 | | => resolved
        Gesloten op      | 05/03/2024 11:00 | | => closed
        Streefdatum      | 05/03/2024 08:11 | 05/03/2024 09:30 | 06/03/2024 07:02 => due
        Gewijzigd op     | 06/03/2024 08:11 | 06/03/2024 09:30 | 07/03/2024 07:02 => changed
    """,
    "portuguese": """
        case
        Número do chamado     | T-12 | T-13 | T-14 => case_id
        Assunto               | Vazamento | Alarme 7 | Sem imagem => about
        Cliente               | Clínica Norte | Clínica Leste | Clínica Norte => customer
        Unidade               | Recife | Natal | Recife => site
        Equipamento           | E-1 | E-2 | E-3 => asset
        Prioridade            | Crítica | Média | Baixa => consequence
        Situação              | Resolvido | Aguardando peças | Em andamento => state
        Responsável           | Alma | Bruno | Alma => owner
        Data de abertura      | 04/03/2024 08:11 | 04/03/2024 09:30 | 05/03/2024 07:02 => reported
        Primeira resposta     | 04/03/2024 08:20 | | 05/03/2024 08:00 => responded
        Data de resolução     | 04/03/2024 11:00 | | => resolved
        Data de fechamento    | 05/03/2024 11:00 | | => closed
        Prazo                 | 05/03/2024 08:11 | 05/03/2024 09:30 | 06/03/2024 07:02 => due
        Atualizado em         | 06/03/2024 08:11 | 06/03/2024 09:30 | 07/03/2024 07:02 => changed
    """,
}

PROMISES = {
    "german lines": """
        promise
        Bestellnummer              | 4711 | 4712 | 4713 => case_id
        Kunde                      | Klinik Nord | Klinik Ost | Klinik Nord => customer
        Artikelnummer              | A-1 | A-2 | A-1 => product
        Bestelldatum               | 01.02.2024 | 02.02.2024 | 03.02.2024 => made
        Wunschtermin               | 05.02.2024 | 06.02.2024 | 07.02.2024 => -
        Ursprünglicher Liefertermin | 08.02.2024 | 08.02.2024 | 09.02.2024 => first_due
        Bestätigter Liefertermin   | 09.02.2024 | 08.02.2024 | 12.02.2024 => due
        Geliefert am               | 09.02.2024 | 12.02.2024 | => done
        Termintreue                | ja | nein | => verdict
    """,
    "french lines": """
        promise
        N° commande              | 4711 | 4712 | 4713 => case_id
        Client                   | Clinique Nord | Clinique Est | Clinique Nord => customer
        Date de commande         | 01/02/2024 | 02/02/2024 | 03/02/2024 => made
        Date de livraison prévue | 09/02/2024 | 08/02/2024 | 12/02/2024 => due
        Livré le                 | 09/02/2024 | 12/02/2024 | => done
    """,
    "italian lines": """
        promise
        Numero ordine            | 4711 | 4712 | 4713 => case_id
        Ragione sociale          | Clinica Nord | Clinica Est | Clinica Nord => customer
        Data ordine              | 01/02/2024 | 02/02/2024 | 03/02/2024 => made
        Data consegna prevista   | 09/02/2024 | 08/02/2024 | 12/02/2024 => due
        Data consegna effettiva  | 09/02/2024 | 12/02/2024 | => done
        In ritardo               | no | sì | no => verdict
    """,
    "spanish lines": """
        promise
        Número de pedido         | 4711 | 4712 | 4713 => case_id
        Cliente                  | Clínica Norte | Clínica Este | Clínica Norte => customer
        Fecha pedido             | 01/02/2024 | 02/02/2024 | 03/02/2024 => made
        Fecha de entrega prevista | 09/02/2024 | 08/02/2024 | 12/02/2024 => due
        Fecha de entrega real    | 09/02/2024 | 12/02/2024 | => done
    """,
    "dutch lines": """
        promise
        Ordernummer            | 4711 | 4712 | 4713 => case_id
        Klant                  | Kliniek Noord | Kliniek Oost | Kliniek Noord => customer
        Besteldatum            | 01/02/2024 | 02/02/2024 | 03/02/2024 => made
        Verwachte leverdatum   | 09/02/2024 | 08/02/2024 | 12/02/2024 => due
        Werkelijke leverdatum  | 09/02/2024 | 12/02/2024 | => done
    """,
    "portuguese lines": """
        promise
        Número pedido          | 4711 | 4712 | 4713 => case_id
        Cliente                | Clínica Norte | Clínica Leste | Clínica Norte => customer
        Data do pedido         | 01/02/2024 | 02/02/2024 | 03/02/2024 => made
        Previsão de entrega    | 09/02/2024 | 08/02/2024 | 12/02/2024 => due
        Entregue em            | 09/02/2024 | 12/02/2024 | => done
    """,
}

OUTAGES = {
    "german outages": """
        downtime
        Maschine         | M1 | M1 | M2 => asset
        Störungsbeginn   | 04.03.2024 08:11 | 05.03.2024 08:11 | 06.03.2024 08:11 => down_from
        Störungsende     | 04.03.2024 09:11 | 05.03.2024 12:11 | => down_to
        Ursache          | Lager | Strom | Lager => reason
        Geplant          | nein | ja | nein => planned
    """,
    "french outages": """
        downtime
        Machine          | M1 | M1 | M2 => asset
        Début de panne   | 04/03/2024 08:11 | 05/03/2024 08:11 | 06/03/2024 08:11 => down_from
        Fin de panne     | 04/03/2024 09:11 | 05/03/2024 12:11 | => down_to
        Cause            | Palier | Courant | Palier => reason
    """,
    "italian outages": """
        downtime
        Impianto         | M1 | M1 | M2 => asset
        Inizio fermo     | 04/03/2024 08:11 | 05/03/2024 08:11 | 06/03/2024 08:11 => down_from
        Fine fermo       | 04/03/2024 09:11 | 05/03/2024 12:11 | => down_to
        Causa            | Cuscinetto | Corrente | Cuscinetto => reason
    """,
    "spanish outages": """
        downtime
        Máquina          | M1 | M1 | M2 => asset
        Inicio de avería | 04/03/2024 08:11 | 05/03/2024 08:11 | 06/03/2024 08:11 => down_from
        Fin de avería    | 04/03/2024 09:11 | 05/03/2024 12:11 | => down_to
    """,
    "dutch outages": """
        downtime
        Installatie      | M1 | M1 | M2 => asset
        Begin storing    | 04/03/2024 08:11 | 05/03/2024 08:11 | 06/03/2024 08:11 => down_from
        Einde storing    | 04/03/2024 09:11 | 05/03/2024 12:11 | => down_to
    """,
    "portuguese outages": """
        downtime
        Equipamento        | M1 | M1 | M2 => asset
        Início da parada   | 04/03/2024 08:11 | 05/03/2024 08:11 | 06/03/2024 08:11 => down_from
        Fim da parada      | 04/03/2024 09:11 | 05/03/2024 12:11 | => down_to
    """,
}
