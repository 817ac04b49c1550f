"""Exports of maintenance, logs, deliveries, outages and registers (see `dialects.py`)."""

MAINTENANCE = {
    "sap notifications": """
        case
        Notification        | 10004711 | 10004712 | 10004713 => case_id
        Notifictn type      | M1 | M2 | M1 => kind
        Description         | Pump leaks | Alarm 7 | No cooling => about
        Notif.date          | 04.03.2024 | 04.03.2024 | 05.03.2024 => reported
        Notif. Time         | 08:11:00 | 09:30:00 | 07:02:00 => clock of reported
        Req. start          | 04.03.2024 | 05.03.2024 | 06.03.2024 => not_before
        Required End        | 05.03.2024 | 06.03.2024 | 07.03.2024 => due
        Malfunction start   | 04.03.2024 | 04.03.2024 | 05.03.2024 => down_from
        Malfunction end     | 05.03.2024 | | => down_to
        Breakdown           | yes | no | yes => planned
        Functional Loc.     | PL1-A-01 | PL1-A-02 | PL1-A-01 => -
        Equipment           | 20001 | 20002 | 20003 => asset
        Priority            | 1 Very high | 3 Medium | 4 Low => consequence
        Main WorkCtr        | MECH | ELEC | MECH => team
        System status       | NOCO ORAS | OSNO | NOPR ORAS => state
        Completn date       | 05.03.2024 | | => resolved
        Created on          | 04.03.2024 | 04.03.2024 | 05.03.2024 => -
        Changed on          | 06.03.2024 | 06.03.2024 | 07.03.2024 => changed
    """,
    "sap orders": """
        case
        Order               | 4000711 | 4000712 | 4000713 => case_id
        Order Type          | PM01 | PM02 | PM01 => kind
        Bsc start           | 04.03.2024 | 05.03.2024 | 06.03.2024 => not_before
        Basic fin. date     | 05.03.2024 | 06.03.2024 | 07.03.2024 => due
        Actual start        | 04.03.2024 | | => responded
        Act. finish date    | 05.03.2024 | | => resolved
        Created on          | 03.03.2024 | 04.03.2024 | 05.03.2024 => reported
        Description         | Replace seal | Inspect | Replace belt => about
        Equipment           | 20001 | 20002 | 20003 => asset
        Total act. costs    | 345.44 | 0.00 | 1200.50 => money
        System status       | TECO CNF | CRTD | REL => state
    """,
    "maximo": """
        case
        wonum          | 1001 | 1002 | 1003 => case_id
        description    | Pump leaks | Alarm 7 | No cooling => about
        status         | COMP | WMATL | INPRG => state
        statusdate     | 2024-03-05 08:11:00 | 2024-03-05 09:30:00 | 2024-03-06 07:02:00 => -
        worktype       | CM | PM | EM => kind
        assetnum       | A11 | A12 | A13 => asset
        location       | BR300 | BR301 | BR300 => site
        siteid         | BEDFORD | BEDFORD | LONDON => -
        reportdate     | 2024-03-04 08:11:00 | 2024-03-04 09:30:00 | 2024-03-05 07:02:00 => reported
        reportedby     | SMITH | BARBER | SMITH => customer
        targstartdate  | 2024-03-04 09:00:00 | 2024-03-05 09:30:00 | 2024-03-06 07:02:00 => not_before
        targcompdate   | 2024-03-05 08:11:00 | 2024-03-06 09:30:00 | 2024-03-07 07:02:00 => due
        actstart       | 2024-03-04 10:11:00 | | => responded
        actfinish      | 2024-03-05 08:11:00 | | => resolved
        wopriority     | 1 | 3 | 2 => consequence
        lead           | WILSON | | WILSON => owner
        changedate     | 2024-03-05 08:11:00 | 2024-03-05 09:30:00 | 2024-03-06 07:02:00 => changed
    """,
    "atlas work orders": """
        case
        ID                 | 1 | 2 | 3 => case_id
        Title              | Oil leak | Inspect | Replace belt => about
        Status             | Complete | On Hold | Open => state
        Priority           | HIGH | LOW | NONE => consequence
        Due_Date           | 2024-03-06 00:00 | 2024-03-08 00:00 | => due
        Estimated_Duration | 4 | 2 | 1 => -
        Location_Name      | Hall 1 | Hall 2 | Hall 1 => site
        Team_Name          | Mechanics | Mechanics | Electrics => team
        Assigned_To_Emails | alma@x | bruno@x | => owner
        Asset_Name         | Press 1 | Press 2 | Press 1 => asset
        Completed_On       | 2024-03-05 11:00 | | => resolved
        Customers          | Clinic Nord | Clinic Ost | Clinic Nord => customer
        Created_At         | 2024-03-04 08:11 | 2024-03-04 09:30 | 2024-03-05 07:02 => reported
    """,
    "erpnext warranty claims": """
        case
        name             | SER-WRN-2024-00012 | SER-WRN-2024-00013 | SER-WRN-2024-00014 => case_id
        complaint_date   | 2024-03-04 | 2024-03-04 | 2024-03-05 => reported
        status           | Closed | Open | Work In Progress => state
        customer         | Clinic Nord | Clinic Ost | Clinic Nord => customer
        serial_no        | SN-77001 | SN-77002 | SN-77003 => asset
        item_code        | CT-500 | MR-2 | CT-500 => product
        complaint        | No image | Noise | No image => about
        warranty_amc_status  | Under Warranty | Out of Warranty | Under AMC => -
        warranty_expiry_date | 2025-03-04 | 2024-01-04 | 2026-03-05 => -
        resolution_date  | 2024-03-05 11:00:00 | | => resolved
    """,
    "fsm orders": """
        case
        name                 | FSO0012 | FSO0013 | FSO0014 => case_id
        stage_id             | Completed | New | In Progress => state
        type                 | Repair | Inspection | Repair => kind
        priority             | 1 | 0 | 2 => consequence
        location_id          | Clinic Nord, Hall 1 | Clinic Ost | Clinic Nord, Hall 1 => site
        equipment_ids        | CT-500-17 | MR-2 | CT-500-19 => asset
        person_id            | Alma | Bruno | Alma => owner
        request_early        | 2024-03-04 08:00:00 | 2024-03-05 08:00:00 | 2024-03-06 08:00:00 => not_before
        request_late         | 2024-03-04 18:00:00 | 2024-03-05 18:00:00 | 2024-03-06 18:00:00 => due
        scheduled_date_start | 2024-03-04 10:00:00 | 2024-03-05 10:00:00 | 2024-03-06 10:00:00 => -
        date_start           | 2024-03-04 10:20:00 | | => -
        date_end             | 2024-03-04 12:20:00 | | => resolved
        create_date          | 2024-03-03 08:11:00 | 2024-03-04 09:30:00 | 2024-03-05 07:02:00 => reported
    """,
    "maintenance schedule": """
        promise
        name               | MS-001 | MS-002 | MS-003 => promise_id
        serial_no          | SN-1 | SN-2 | SN-1 => asset
        scheduled_date     | 2024-03-04 | 2024-03-05 | 2024-06-04 => due
        actual_date        | 2024-03-04 | 2024-03-09 | => done
        completion_status  | Fully Completed | Fully Completed | Pending => state
        sales_person       | Alma | Bruno | Alma => -
    """,
}

LOGS = {
    "service log of a car maker": """
        event
        case:concept:name    | 1-1 | 1-1 | 1-1 | 1-2 | 1-2 | 1-2 => case_id
        concept:name         | Accepted | Queued | Completed | Accepted | Accepted | Completed => state
        lifecycle:transition | In Progress | Awaiting Assignment | Closed | In Progress | Wait - User | In Call => substate
        time:timestamp       | 2012-01-02 08:00:00 | 2012-01-03 08:00:00 | 2012-01-04 08:00:00 | 2012-01-02 09:00:00 | 2012-01-05 08:00:00 | 2012-01-06 08:00:00 => event_at
        org:resource         | Minnie | Siebel | Minnie | Olof | Olof | Olof => owner
        org:group            | Line A2 | Line A2 | Line A2 | Line B1 | Line B1 | Line B1 => team
        impact               | High | High | High | Low | Low | Low => consequence
        product              | P1 | P1 | P1 | P2 | P2 | P2 => product
    """,
    "life cycle words are no states": """
        event
        case:concept:name    | 1 | 1 | 1 | 2 | 2 | 2 => case_id
        concept:name         | Create ticket | Take in charge ticket | Resolve ticket | Create ticket | Wait | Closed => state
        lifecycle:transition | complete | complete | complete | complete | complete | complete => -
        time:timestamp       | 2012-01-02 08:00:00 | 2012-01-03 08:00:00 | 2012-01-04 08:00:00 | 2012-01-02 09:00:00 | 2012-01-05 08:00:00 | 2012-01-06 08:00:00 => event_at
        org:resource         | v1 | v2 | v2 | v1 | v3 | v3 => owner
    """,
    "bank incidents, activities": """
        event
        Incident ID             | IM1 | IM1 | IM1 | IM2 | IM2 | IM2 => case_id
        DateStamp               | 07/01/2013 08:17:17 | 08/01/2013 08:17:17 | 04/11/2013 13:41:30 | 07/01/2013 08:17:17 | 09/01/2013 08:17:17 | 10/01/2013 08:17:17 => event_at
        IncidentActivity_Number | 001 | 002 | 003 | 004 | 005 | 006 => -
        IncidentActivity_Type   | Open | Reassignment | Closed | Open | Operator Update | Closed => state
        Assignment Group        | TEAM0001 | TEAM0002 | TEAM0002 | TEAM0003 | TEAM0003 | TEAM0003 => team
        KM number               | KM1 | KM1 | KM1 | KM2 | KM2 | KM2 => -
    """,
    "bank incidents": """
        case
        CI Name (aff)          | SUB000508 | WBA000124 | DTA000024 => asset
        CI Type (aff)          | subapplication | application | application => product
        CI Name (CBy)          | SUB000508 | | DTA000024 => -
        Incident ID            | IM0000004 | IM0000005 | IM0000006 => case_id
        Status                 | Closed | Closed | Work in progress => state
        Impact                 | 4 | 3 | 4 => -
        Urgency                | 4 | 3 | 3 => -
        Priority               | 4 | 3 | 3 => consequence
        Category               | incident | incident | request for information => kind
        Open Time              | 05/02/2012 13:32:57 | 12/03/2012 15:44:40 | 29/03/2012 12:36:53 => reported
        Reopen Time            | | 02/12/2013 12:31:40 | => reopened
        Resolved Time          | 04/11/2013 13:50:27 | 02/12/2013 12:36:57 | => resolved
        Close Time             | 04/11/2013 13:51:18 | 02/12/2013 12:36:58 | => closed
        # Reassignments        | 26 | 33 | 3 => handoff_count
        Handle Time (Hours)    | 3871.69 | 4354.78 | 4843.11 => -
        # Related Interactions | 1 | 1 | 1 => -
    """,
    "disco export": """
        event
        Case ID            | 1 | 1 | 1 | 2 | 2 | 2 => case_id
        Activity           | Assign seriousness | Take in charge ticket | Closed | Assign seriousness | Resolve ticket | Closed => state
        Resource           | Value 1 | Value 2 | Value 2 | Value 1 | Value 3 | Value 3 => owner
        Complete Timestamp | 2012-10-09 14:50:17 | 2012-10-09 14:51:01 | 2012-11-09 11:54:39 | 2012-10-10 14:50:17 | 2012-10-11 14:51:01 | 2012-11-19 11:54:39 => event_at
        Variant index      | 12 | 12 | 12 | 14 | 14 | 14 => -
        customer           | C1 | C1 | C1 | C2 | C2 | C2 => customer
        product            | P1 | P1 | P1 | P2 | P2 | P2 => product
        workgroup          | W1 | W1 | W1 | W1 | W2 | W2 => team
    """,
    "servicenow audit log": """
        event
        number           | INC1 | INC1 | INC1 | INC2 | INC2 | INC2 => case_id
        incident_state   | New | Active | Closed | New | Awaiting User Info | Resolved => state
        sys_mod_count    | 0 | 1 | 2 | 0 | 1 | 2 => -
        opened_at        | 29/2/2016 01:16 | 29/2/2016 01:16 | 29/2/2016 01:16 | 1/3/2016 02:00 | 1/3/2016 02:00 | 1/3/2016 02:00 => reported
        sys_updated_at   | 29/2/2016 01:23 | 29/2/2016 08:53 | 5/3/2016 12:00 | 1/3/2016 02:05 | 1/3/2016 03:05 | 2/3/2016 03:05 => event_at
        assigned_to      | ? | Resolver 1 | Resolver 1 | Resolver 2 | Resolver 2 | Resolver 3 => owner
        resolved_at      | 29/2/2016 11:29 | 29/2/2016 11:29 | 29/2/2016 11:29 | 2/3/2016 03:05 | 2/3/2016 03:05 | 2/3/2016 03:05 => resolved
        closed_at        | 5/3/2016 12:00 | 5/3/2016 12:00 | 5/3/2016 12:00 | 7/3/2016 12:00 | 7/3/2016 12:00 | 7/3/2016 12:00 => closed
    """,
    "jira change log": """
        event
        Issue Key | SUP-1 | SUP-1 | SUP-1 | SUP-2 | SUP-2 | SUP-2 => case_id
        Author    | Alma | Bruno | Alma | Alma | Bruno | Bruno => actor
        Created   | 2024-03-04 08:11:00 | 2024-03-04 09:30:00 | 2024-03-05 07:02:00 | 2024-03-04 08:21:00 | 2024-03-04 09:40:00 | 2024-03-05 07:12:00 => event_at
        From      | | Open | In Progress | | Open | In Progress => -
        To Status | Open | In Progress | Done | Open | In Progress | Closed => state
    """,
}

CITIES = {
    "new york": """
        case
        Unique Key                     | 41888512 | 41888514 | 41888515 => case_id
        Created Date                   | 02/11/2019 12:43:40 PM | 02/11/2019 01:43:40 PM | 02/12/2019 12:43:40 PM => reported
        Closed Date                    | 02/12/2019 12:43:40 PM | | => closed
        Agency                         | DOT | NYPD | DOT => team
        Agency Name                    | Department of Transportation | New York City Police Department | Department of Transportation => -
        Complaint Type                 | Street Light | Noise | Street Light => kind
        Descriptor                     | Out | Loud | Out => about
        Incident Address               | 1 Main St | 2 Main St | 3 Main St => site
        City                           | NEW YORK | BRONX | NEW YORK => -
        Status                         | Closed | Open | In Progress => state
        Due Date                       | 02/13/2019 12:43:40 PM | 02/14/2019 12:43:40 PM | => due
        Resolution Description         | fixed it all | | => -
        Resolution Action Updated Date | 02/12/2019 12:43:40 PM | 02/12/2019 12:43:40 PM | => changed
        Borough                        | MANHATTAN | BRONX | MANHATTAN => region
        Open Data Channel Type         | PHONE | ONLINE | MOBILE => channel
    """,
    "boston": """
        case
        case_enquiry_id | 101004113747 | 101004113748 | 101004113749 => case_id
        open_dt         | 2022-01-01 00:36:24 | 2022-01-01 01:13:52 | 2022-01-01 02:13:52 => reported
        sla_target_dt   | 2022-01-04 08:30:00 | 2022-01-31 01:13:52 | => due
        closed_dt       | 2022-01-03 00:13:02 | | 2022-01-03 00:13:02 => closed
        on_time         | ONTIME | OVERDUE | ONTIME => verdict
        case_status     | Closed | Open | Closed => state
        case_title      | Parking | Graffiti | Parking => about
        reason          | Enforcement | Graffiti | Enforcement => reason
        type            | Parking Enforcement | Graffiti Removal | Parking Enforcement => kind
        queue           | BTDT_Parking | PROP_GRAF | BTDT_Parking => team
        location        | 198 W Springfield St | 15 Main St | 17 Main St => site
        neighborhood    | Roxbury | Allston | Roxbury => region
        source          | Citizens Connect App | Constituent Call | City Worker App => channel
    """,
    "san francisco": """
        case
        CaseID             | 15001 | 15002 | 15003 => case_id
        Opened             | 02/11/2019 12:43:40 PM | 02/11/2019 01:43:40 PM | 02/12/2019 12:43:40 PM => reported
        Closed             | 02/12/2019 12:43:40 PM | | => closed
        Updated            | 02/12/2019 12:43:40 PM | 02/12/2019 12:43:40 PM | 02/12/2019 12:43:40 PM => changed
        Status             | Closed | Open | Open => state
        Responsible Agency | DPW | MUNI | DPW => team
        Category           | Street | Muni | Street => kind
        Neighborhood       | Mission | Sunset | Mission => region
        Source             | Web | Phone | App => channel
    """,
    "open311": """
        case
        service_request_id | 14-001 | 14-002 | 14-003 => case_id
        status             | closed | open | open => state
        service_name       | Pothole | Graffiti | Pothole => kind
        agency_responsible | CDOT | DSS | CDOT => team
        requested_datetime | 2014-05-09 19:02:21 | 2014-05-10 19:02:21 | 2014-05-11 19:02:21 => reported
        updated_datetime   | 2014-05-12 19:02:21 | 2014-05-12 19:02:21 | 2014-05-12 19:02:21 => changed
        expected_datetime  | 2014-05-19 19:02:21 | 2014-05-20 19:02:21 | => due
        address            | 1200 W 81ST | 1201 W 81ST | 1202 W 81ST => site
    """,
    "austin": """
        case
        Service Request (SR) Number | 24-00011 | 24-00012 | 24-00013 => case_id
        SR Description              | Pothole | Graffiti | Pothole => about
        Method Received             | Phone | App | Phone => channel
        SR Status                   | Closed | Open | Closed => state
        Created Date                | 02/11/2019 12:43:40 PM | 02/11/2019 01:43:40 PM | 02/12/2019 12:43:40 PM => reported
        Last Update Date            | 02/12/2019 12:43:40 PM | 02/12/2019 12:43:40 PM | 02/13/2019 12:43:40 PM => changed
        Close Date                  | 02/12/2019 12:43:40 PM | | 02/13/2019 12:43:40 PM => closed
        SR Location                 | 1 Main St | 2 Main St | 3 Main St => site
    """,
    "requests for records": """
        case
        Request Number | F-001 | F-002 | F-003 => case_id
        Requester      | A. Lee | B. Ray | C. Fox => customer
        Date Received  | 2024-03-04 | 2024-03-04 | 2024-03-05 => reported
        Due Date       | 2024-03-25 | 2024-03-25 | 2024-03-26 => due
        Date Closed    | 2024-03-20 | 2024-04-02 | => closed
        Status         | Closed | Closed | Open => state
    """,
}

DELIVERIES = {
    "medicines": """
        promise
        ID                           | 1 | 3 | 4 | 15 => promise_id
        Project Code                 | 100-CI-T01 | 108-VN-T01 | 100-CI-T01 | 108-VN-T01 => -
        PO / SO #                    | SCMS-4 | SCMS-13 | SCMS-20 | SCMS-78 => case_id
        ASN/DN #                     | ASN-8 | ASN-85 | ASN-14 | ASN-50 => -
        Country                      | Vietnam | Vietnam | Nigeria | Vietnam => region
        Managed By                   | PMO - US | PMO - US | PMO - US | PMO - US => team
        PO Sent to Vendor Date       | Date Not Captured | N/A - From RDC | 10/17/2014 | Date Not Captured => -
        Scheduled Delivery Date      | 2-Jun-06 | 14-Nov-06 | 27-Aug-06 | 1-Sep-06 => due
        Delivered to Client Date     | 2-Jun-06 | 14-Nov-06 | 30-Aug-06 | 1-Sep-06 => done
        Delivery Recorded Date       | 2-Jun-06 | 14-Nov-06 | 27-Aug-06 | 1-Sep-06 => changed
        Vendor                       | Ranbaxy | Aurobindo | Abbott | SUN => -
        Item Description             | HIV, 25 tests | Nevirapine | HIV, 25 tests | Stavudine => about
        Line Item Value              | 551.0 | 6200.0 | 40000.0 | 127360.8 => money
    """,
    "web shop": """
        promise
        order_id                      | e481f | 53cdb | 47770 => case_id
        customer_id                   | 9ef43 | b0830 | 41ce2 => customer
        order_status                  | delivered | delivered | shipped => state
        order_purchase_timestamp      | 2017-10-02 10:56:33 | 2018-07-24 20:41:37 | 2018-08-08 08:38:49 => made
        order_approved_at             | 2017-10-02 11:07:15 | 2018-07-26 03:24:27 | 2018-08-08 08:55:23 => -
        order_delivered_carrier_date  | 2017-10-04 19:55:00 | 2018-07-26 14:31:00 | 2018-08-08 13:50:00 => -
        order_delivered_customer_date | 2017-10-10 21:25:13 | 2018-08-07 15:27:45 | => done
        order_estimated_delivery_date | 2017-10-18 00:00:00 | 2018-08-13 00:00:00 | 2018-09-04 00:00:00 => due
    """,
    "purchase lines": """
        promise
        po_number            | PO-1 | PO-1 | PO-2 | PO-3 => case_id
        line_no              | 1 | 2 | 1 | 1 => -
        part_no              | P-7 | P-8 | P-7 | P-9 => product
        order_date           | 2024-01-04 | 2024-01-04 | 2024-01-06 | 2024-01-07 => made
        original_promised_date | 2024-02-01 | 2024-02-01 | 2024-02-03 | 2024-02-05 => first_due
        current_promised_date  | 2024-02-08 | 2024-02-01 | 2024-02-03 | 2024-02-12 => due
        actual_delivery_date | 2024-02-09 | 2024-02-01 | 2024-02-01 | => done
        on_time_flag         | N | Y | Y | N => verdict
    """,
    "requested and confirmed": """
        promise
        Sales Document         | 5001 | 5002 | 5003 => case_id
        Sold-to party          | Clinic Nord | Clinic Ost | Clinic Nord => customer
        Material               | M-1 | M-2 | M-1 => product
        Requested deliv.date   | 01.02.2024 | 02.02.2024 | 03.02.2024 => -
        First confirmed date   | 05.02.2024 | 02.02.2024 | 03.02.2024 => first_due
        Confirmed delivery date | 08.02.2024 | 02.02.2024 | 05.02.2024 => due
        Actual GI date         | 07.02.2024 | 01.02.2024 | => -
        Delivered on           | 09.02.2024 | 02.02.2024 | => done
        Net value              | 1200.00 | 80.50 | 77.00 => money
    """,
    "a bare delivery date beside a promise": """
        promise
        Order No       | A1 | A2 | A3 => case_id
        Customer       | Clinic Nord | Clinic Ost | Clinic Nord => customer
        Promised Date  | 2024-02-01 | 2024-02-03 | 2024-02-05 => due
        Delivery Date  | 2024-02-01 | 2024-02-09 | => done
    """,
    "a bare delivery date beside an end": """
        promise
        Order No       | A1 | A2 | A3 => case_id
        Customer       | Clinic Nord | Clinic Ost | Clinic Nord => customer
        Delivery Date  | 2024-02-01 | 2024-02-03 | 2024-02-05 => due
        Delivered      | 2024-02-01 | 2024-02-09 | => done
    """,
    "only a word on each delivery": """
        promise
        Order Id         | 77202 | 75939 | 75938 => case_id
        Customer Id      | 20755 | 19492 | 19491 => customer
        Delivery Status  | Late delivery | Advance shipping | Shipping on time => verdict
        Order Region     | Southeast Asia | South Asia | South Asia => region
        Sales            | 327.75 | 327.75 | 311.40 => money
    """,
}

OUTAGES = {
    "elevators": """
        downtime
        elevator         | EL107 | EL107 | EL203 => asset
        reason           | Under Investigation | Repair | Maintenance => reason
        out_of_service   | 2018-02-21 03:30:00+00:00 | 2018-02-25 03:30:00+00:00 | 2018-02-26 03:30:00+00:00 => down_from
        first_missed     | 2018-02-21 14:03:38+00:00 | 2018-02-25 14:03:38+00:00 | => down_to
        estimated_return | 2018-02-21 05:00:00+00:00 | 2018-02-26 05:00:00+00:00 | 2018-02-27 05:00:00+00:00 => due
    """,
    "machines": """
        downtime
        Machine No.    | M1 | M1 | M2 => asset
        Downtime start | 2024-03-04 08:11 | 2024-03-05 08:11 | 2024-03-06 08:11 => down_from
        Downtime end   | 2024-03-04 09:11 | 2024-03-05 12:11 | => down_to
        Planned?       | yes | no | no => planned
        Reason code    | E01 | E02 | E01 => reason
        Customer       | Clinic Nord | Clinic Nord | Clinic Ost => customer
    """,
    "start and end in a file of outages": """
        downtime
        Unit number   | U1 | U1 | U2 => asset
        Outage type   | Planned | Forced | Forced => planned
        Start         | 2024-03-04 08:11 | 2024-03-05 08:11 | 2024-03-06 08:11 => down_from
        End           | 2024-03-04 09:11 | 2024-03-05 12:11 | => down_to
    """,
    "date and time in two columns": """
        downtime
        Asset            | U1 | U1 | U2 => asset
        Date Event Began | 03/04/2024 | 03/05/2024 | 03/06/2024 => down_from
        Time Event Began | 08:11 | 09:12 | 10:13 => clock of down_from
        Date of Restoration | 03/04/2024 | 03/05/2024 | => down_to
        Time of Restoration | 09:11 | 10:12 | => clock of down_to
        Event Type       | Severe Weather | Fault | Fault => kind
    """,
}

REGISTERS = {
    "assets.csv": """
        asset
        Asset Number  | A1 | A2 | A3 => asset
        Serial Number | S1 | S2 | S3 => -
        Description   | Pump 1 | Pump 2 | Press => name
        Model         | P-10 | P-10 | X-3 => product
        Manufacturer  | KSB | KSB | Haas => -
        Site          | Nord | Ost | Nord => site
        Customer      | Clinic Nord | Clinic Ost | Clinic Nord => customer
        Criticality   | Production stopped | Degraded | Cosmetic => consequence
        Parent asset  | | A1 | => parent_asset
        Install date  | 2020-01-02 | 2021-02-03 | 2022-03-04 => -
    """,
    "sites.csv": """
        site
        Site      | Nord | Ost | West => site
        Customer  | Clinic Nord | Clinic Ost | Clinic Nord => customer
        Address   | Weg 1 | Weg 2 | Weg 3 => -
        City      | Kiel | Ulm | Trier => -
        Country   | DE | DE | DE => region
        Time zone | Europe/Berlin | Europe/Berlin | Europe/Berlin => zone
    """,
    "customers.csv": """
        customer
        Customer No | C1 | C2 | C3 => customer
        Name        | Clinic Nord | Clinic Ost | Clinic West => name
        Industry    | Health | Health | Health => -
        Phone       | 1 | 2 | 3 => -
        Email       | a@x | b@x | c@x => -
        Country     | DE | FR | DE => region
    """,
}

MOVES = {
    "moved dates": """
        move
        promise id       | P1 | P1 | P2 => promise_id
        moved at         | 2024-03-04 08:11:00 | 2024-03-05 08:11:00 | 2024-03-06 08:11:00 => moved_at
        old due          | 2024-03-10 08:11:00 | 2024-03-12 08:11:00 | 2024-03-15 08:11:00 => old_due
        new due          | 2024-03-12 08:11:00 | 2024-03-14 08:11:00 | 2024-03-16 08:11:00 => new_due
        asked by         | us | customer | us => moved_by
        reason           | part | holiday | part => reason
        customer told at | 2024-03-04 09:11:00 | | => told_at
    """,
}
