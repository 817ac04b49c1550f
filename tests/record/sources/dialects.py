"""Exports as many systems write them: one line a column, `header | values … => role`.

The headers are those of the systems; the values are made up. `-` says: no role, a segment.
"""

HELP_DESKS = {
    "servicenow cases": """
        case
        number              | INC0012 | INC0013 | INC0014 => case_id
        opened_at           | 2024-03-04 08:11:00 | 2024-03-04 09:30:00 | 2024-03-05 07:02:00 => reported
        sys_created_on      | 2024-03-04 08:11:05 | 2024-03-04 09:30:07 | 2024-03-05 07:02:01 => -
        sys_updated_on      | 2024-03-06 08:11:00 | 2024-03-06 09:30:00 | 2024-03-07 07:02:00 => changed
        resolved_at         | 2024-03-04 11:00:00 | | 2024-03-05 09:00:00 => resolved
        closed_at           | 2024-03-05 11:00:00 | | => closed
        due_date            | 2024-03-06 08:11:00 | 2024-03-07 08:11:00 | => due
        state               | Closed | Awaiting User Info | Resolved => state
        priority            | 1 - Critical | 3 - Moderate | 4 - Low => consequence
        impact              | 2 - Medium | 2 - Medium | 3 - Low => -
        assignment_group    | Network | Field East | Network => team
        assigned_to         | Bruno Keller | Ada Roth | Bruno Keller => owner
        cmdb_ci             | CT-500-17 | MR-2 | CT-500-19 => asset
        caller_id           | Clinic Nord | Clinic Süd | Clinic Nord => customer
        short_description   | Tube arcs | Door stuck | No image => about
        contact_type        | Phone | Self-service | Phone => channel
        category            | Hardware | Hardware | Software => kind
        reassignment_count  | 0 | 3 | 1 => handoff_count
        reopen_count        | 0 | 0 | 2 => reopen_count
        made_sla            | true | false | true => verdict
    """,
    "servicenow task_sla": """
        promise
        task                 | INC0012 | INC0012 | INC0013 => case_id
        sla                  | P1 resolution | P1 response | P2 resolution => kind
        start_time           | 2024-03-04 08:11:00 | 2024-03-04 08:11:00 | 2024-03-05 07:02:00 => made
        planned_end_time     | 2024-03-04 12:11:00 | 2024-03-04 08:41:00 | 2024-03-06 07:02:00 => due
        end_time             | 2024-03-04 11:00:00 | 2024-03-04 09:00:00 | => done
        has_breached         | false | true | false => verdict
    """,
    "jira": """
        case
        Issue key         | SUP-1 | SUP-2 | SUP-3 => case_id
        Issue id          | 10001 | 10002 | 10003 => -
        Summary           | Pump leaks | Alarm 7 | No cooling => about
        Issue Type        | Incident | Incident | Service Request => kind
        Status            | Done | Waiting for customer | In Progress => state
        Priority          | High | Highest | Low => consequence
        Assignee          | Alma Ferri | | Bruno Keller => owner
        Reporter          | Clinic Nord | Clinic Ost | Clinic Nord => customer
        Created           | 04/Mar/24 8:11 AM | 04/Mar/24 9:30 AM | 05/Mar/24 7:02 AM => reported
        Updated           | 06/Mar/24 8:11 AM | 06/Mar/24 9:30 AM | 07/Mar/24 7:02 AM => changed
        Resolved          | 04/Mar/24 11:00 AM | | => resolved
        Due date          | 06/Mar/24 12:00 AM | 07/Mar/24 12:00 AM | => due
    """,
    "zendesk": """
        case
        Ticket ID              | 101 | 102 | 103 => case_id
        Subject                | Pump leaks | Alarm 7 | No cooling => about
        Status                 | Solved | Pending | Open => state
        Requester              | Dr Weiss | Dr Huber | Dr Weiss => -
        Organization           | Clinic Nord | Clinic Ost | Clinic Nord => customer
        Assignee               | Alma | Bruno | => owner
        Group                  | Field | Phone | Field => team
        Created at             | 2024-03-04 08:11 | 2024-03-04 09:30 | 2024-03-05 07:02 => reported
        Solved at              | 2024-03-04 11:00 | | => resolved
        Assignee stations      | 1 | 2 | 0 => handoff_count
        Reopens                | 0 | 1 | 0 => reopen_count
        Satisfaction Score     | Good | Offered | => -
    """,
    "freshdesk": """
        case
        Ticket ID                    | 101 | 102 | 103 => case_id
        Subject                      | Pump leaks | Alarm 7 | No cooling => about
        Status                       | Closed | Pending | Open => state
        Priority                     | High | Urgent | Low => consequence
        Source                       | Phone | Portal | Email => channel
        Type                         | Incident | Incident | Question => kind
        Agent                        | Alma | Bruno | No Agent => owner
        Group                        | Field | Phone | Field => team
        Created time                 | 2024-03-04 08:11:00 | 2024-03-04 09:30:00 | 2024-03-05 07:02:00 => reported
        Due by Time                  | 2024-03-05 08:11:00 | 2024-03-05 09:30:00 | 2024-03-06 07:02:00 => due
        Resolved time                | 2024-03-04 11:00:00 | | => resolved
        Closed time                  | 2024-03-05 11:00:00 | | => closed
        Last update time             | 2024-03-06 11:00:00 | 2024-03-06 11:00:00 | 2024-03-06 11:00:00 => changed
        Initial response time        | 2024-03-04 08:20:00 | 2024-03-04 10:30:00 | => responded
        First response time (in hrs) | 0:09:00 | 1:00:00 | => -
        Resolution time (in hrs)     | 2:49:00 | | => -
        First response status        | Within SLA | SLA Violated | => respond_verdict
        Resolution status            | Within SLA | | => verdict
        Company Name                 | Clinic Nord | Clinic Ost | Clinic Nord => customer
    """,
    "zammad": """
        case
        number                       | 44001 | 44002 | 44003 => case_id
        title                        | Pump leaks | Alarm 7 | No cooling => about
        group_id                     | 3 | 3 | 4 => team
        state_id                     | 2 | 4 | 3 => state
        priority_id                  | 2 | 1 | 3 => consequence
        organization_id              | 12 | 13 | 12 => customer
        owner_id                     | 5 | 6 | 5 => owner
        first_response_at            | 2024-03-04 08:20:00 | | 2024-03-05 08:00:00 => responded
        first_response_escalation_at | 2024-03-04 09:11:00 | 2024-03-04 10:30:00 | 2024-03-05 08:02:00 => respond_due
        close_at                     | 2024-03-04 11:00:00 | | => closed
        close_escalation_at          | 2024-03-05 08:11:00 | 2024-03-05 09:30:00 | 2024-03-06 07:02:00 => due
        created_at                   | 2024-03-04 08:11:00 | 2024-03-04 09:30:00 | 2024-03-05 07:02:00 => reported
        updated_at                   | 2024-03-06 08:11:00 | 2024-03-06 09:30:00 | 2024-03-07 07:02:00 => changed
        close_in_min                 | 169 | | => -
        article_count                | 4 | 2 | 1 => -
    """,
    "osticket": """
        case
        Ticket Number   | 881234 | 881235 | 881236 => case_id
        Date Created    | 2024-03-04 08:11 | 2024-03-04 09:30 | 2024-03-05 07:02 => reported
        Subject         | Pump leaks | Alarm 7 | No cooling => about
        From            | Dr Weiss | Dr Huber | Dr Weiss => customer
        From Email      | w@nord | h@ost | w@nord => -
        Priority        | Normal | High | Emergency => consequence
        Department      | Field | Field | Phone => team
        Help Topic      | Repair | Repair | Question => kind
        Source          | Web | Phone | Email => channel
        Current Status  | Closed | Open | Resolved => state
        Last Updated    | 2024-03-06 08:11 | 2024-03-06 09:30 | 2024-03-07 07:02 => changed
        Due Date        | 2024-03-05 08:11 | 2024-03-05 09:30 | 2024-03-06 07:02 => due
        Closed Date     | 2024-03-04 11:00 | | => closed
        Overdue         | 0 | 1 | 0 => verdict
        Agent Assigned  | Alma | Bruno | Alma => owner
    """,
    "glpi": """
        case
        ID                    | 71 | 72 | 73 => case_id
        Title                 | Pump leaks | Alarm 7 | No cooling => about
        Status                | Closed | Processing (assigned) | Pending => state
        Opening date          | 2024-03-04 08:11 | 2024-03-04 09:30 | 2024-03-05 07:02 => reported
        Last update           | 2024-03-06 08:11 | 2024-03-06 09:30 | 2024-03-07 07:02 => changed
        Time to resolve       | 2024-03-05 08:11 | 2024-03-05 09:30 | 2024-03-06 07:02 => due
        Time to own           | 2024-03-04 09:11 | 2024-03-04 10:30 | 2024-03-05 08:02 => respond_due
        Take into account time | 2024-03-04 08:30 | 2024-03-04 09:40 | => responded
        Resolution date       | 2024-03-04 10:30 | | => resolved
        Closing date          | 2024-03-04 11:00 | | => closed
        Requester - Requester | Dr Weiss | Dr Huber | Dr Weiss => customer
        Assigned to - Technician | Alma | Bruno | => owner
        Urgency               | High | Medium | Low => -
        Priority              | Major | Medium | Low => consequence
    """,
    "itop": """
        case
        ref                       | R-000012 | R-000013 | R-000014 => case_id
        title                     | Pump leaks | Alarm 7 | No cooling => about
        org_name                  | Clinic Nord | Clinic Ost | Clinic Nord => -
        start_date                | 2024-03-04 08:11:00 | 2024-03-04 09:30:00 | 2024-03-05 07:02:00 => reported
        last_update               | 2024-03-06 08:11:00 | 2024-03-06 09:30:00 | 2024-03-07 07:02:00 => changed
        close_date                | 2024-03-05 11:00:00 | | => closed
        resolution_date           | 2024-03-04 11:00:00 | | => resolved
        tto_escalation_deadline   | 2024-03-04 09:11:00 | 2024-03-04 10:30:00 | 2024-03-05 08:02:00 => respond_due
        ttr_escalation_deadline   | 2024-03-05 08:11:00 | 2024-03-05 09:30:00 | 2024-03-06 07:02:00 => due
        sla_tto_passed            | no | yes | no => respond_verdict
        sla_ttr_passed            | no | yes | no => verdict
        status                    | closed | pending | assigned => state
        team_name                 | Field | Phone | Field => team
        agent_name                | Alma | Bruno | Alma => owner
        functionalci_name         | CT-500-17 | MR-2 | CT-500-19 => asset
    """,
    "odoo helpdesk, technical": """
        case
        number            | HT00012 | HT00013 | HT00014 => case_id
        name              | Pump leaks | Alarm 7 | No cooling => about
        stage_id          | Done | In Progress | New => state
        partner_id        | Clinic Nord | Clinic Ost | Clinic Nord => customer
        user_id           | Alma | Bruno | => -
        team_id           | Field | Phone | Field => team
        category_id       | Repair | Repair | Question => kind
        channel_id        | Phone | Web | Email => channel
        priority          | 2 | 1 | 0 => consequence
        create_date       | 2024-03-04 08:11:00 | 2024-03-04 09:30:00 | 2024-03-05 07:02:00 => reported
        closed_date       | 2024-03-05 11:00:00 | | => closed
        closed            | True | False | False => -
        last_stage_update | 2024-03-05 11:00:00 | 2024-03-05 11:00:00 | 2024-03-05 11:00:00 => changed
        sla_deadline      | 2024-03-05 08:11:00 | 2024-03-05 09:30:00 | 2024-03-06 07:02:00 => due
        sla_expired       | False | True | False => verdict
    """,
    "odoo helpdesk, labels": """
        case
        Ticket IDs Sequence | 12 | 13 | 14 => case_id
        Subject             | Pump leaks | Alarm 7 | No cooling => about
        Assigned to         | Alma | Bruno | => owner
        Helpdesk Team       | Field | Phone | Field => team
        Stage               | Solved | In Progress | New => state
        Customer            | Clinic Nord | Clinic Ost | Clinic Nord => customer
        Created on          | 2024-03-04 08:11:00 | 2024-03-04 09:30:00 | 2024-03-05 07:02:00 => reported
        Close date          | 2024-03-05 11:00:00 | | => closed
        SLA Deadline        | 2024-03-05 08:11:00 | 2024-03-05 09:30:00 | 2024-03-06 07:02:00 => due
    """,
    "erpnext issue": """
        case
        name                | ISS-2024-00012 | ISS-2024-00013 | ISS-2024-00014 => case_id
        subject             | Pump leaks | Alarm 7 | No cooling => about
        customer            | Clinic Nord | Clinic Ost | Clinic Nord => customer
        status              | Closed | Replied | Open => state
        priority            | High | Medium | Low => consequence
        issue_type          | Repair | Repair | Question => kind
        opening_date        | 2024-03-04 | 2024-03-04 | 2024-03-05 => reported
        opening_time        | 08:11:00 | 09:30:00 | 07:02:00 => clock of reported
        first_responded_on  | 2024-03-04 08:20:00 | | 2024-03-05 08:00:00 => responded
        response_by         | 2024-03-04 09:11:00 | 2024-03-04 10:30:00 | 2024-03-05 08:02:00 => respond_due
        sla_resolution_by   | 2024-03-05 08:11:00 | 2024-03-05 09:30:00 | 2024-03-06 07:02:00 => due
        sla_resolution_date | 2024-03-04 11:00:00 | | => resolved
        agreement_status    | Fulfilled | Failed | First Response Due => verdict
    """,
    "frappe helpdesk": """
        case
        name                | 12 | 13 | 14 => case_id
        subject             | Pump leaks | Alarm 7 | No cooling => about
        status              | Closed | Replied | Open => state
        agent_group         | Field | Phone | Field => team
        _assign             | Alma | Bruno | Alma => owner
        owner               | Web | Web | Web => -
        opening_date        | 2024-03-04 | 2024-03-04 | 2024-03-05 => -
        creation            | 2024-03-04 08:11:00 | 2024-03-04 09:30:00 | 2024-03-05 07:02:00 => reported
        modified            | 2024-03-06 08:11:00 | 2024-03-06 09:30:00 | 2024-03-07 07:02:00 => changed
        response_by         | 2024-03-04 09:11:00 | 2024-03-04 10:30:00 | 2024-03-05 08:02:00 => respond_due
        resolution_by       | 2024-03-05 08:11:00 | 2024-03-05 09:30:00 | 2024-03-06 07:02:00 => due
        first_responded_on  | 2024-03-04 08:20:00 | | 2024-03-05 08:00:00 => responded
        resolution_date     | 2024-03-04 11:00:00 | | => resolved
        agreement_status    | Fulfilled | Failed | Paused => verdict
    """,
    "salesforce case": """
        case
        CaseNumber    | 00001012 | 00001013 | 00001014 => case_id
        Subject       | Pump leaks | Alarm 7 | No cooling => about
        Status        | Closed | On Hold | New => state
        Priority      | High | Medium | Low => consequence
        Origin        | Phone | Web | Email => channel
        Type          | Mechanical | Electrical | Other => kind
        OwnerId       | 0051 | 0052 | 0051 => owner
        AccountId     | 0011 | 0012 | 0011 => customer
        AssetId       | 02i1 | 02i2 | 02i3 => asset
        CreatedDate   | 2024-03-04T08:11:00Z | 2024-03-04T09:30:00Z | 2024-03-05T07:02:00Z => reported
        ClosedDate    | 2024-03-05T11:00:00Z | | => closed
        IsClosed      | true | false | false => -
        IsEscalated   | false | true | false => -
    """,
    "salesforce milestones": """
        promise
        Id              | 5551 | 5552 | 5553 => promise_id
        CaseId          | 5001 | 5001 | 5002 => case_id
        MilestoneTypeId | First Response | Resolution | Resolution => kind
        StartDate       | 2024-03-04T08:11:00Z | 2024-03-04T08:11:00Z | 2024-03-05T07:02:00Z => made
        TargetDate      | 2024-03-04T09:11:00Z | 2024-03-05T08:11:00Z | 2024-03-06T07:02:00Z => due
        CompletionDate  | 2024-03-04T08:20:00Z | | 2024-03-07T07:02:00Z => done
        IsViolated      | false | true | true => verdict
    """,
    "dynamics": """
        case
        ticketnumber        | CAS-01012 | CAS-01013 | CAS-01014 => case_id
        title               | Pump leaks | Alarm 7 | No cooling => about
        createdon           | 2024-03-04 08:11 | 2024-03-04 09:30 | 2024-03-05 07:02 => reported
        modifiedon          | 2024-03-06 08:11 | 2024-03-06 09:30 | 2024-03-07 07:02 => changed
        customerid          | Clinic Nord | Clinic Ost | Clinic Nord => customer
        ownerid             | Alma | Bruno | Alma => owner
        prioritycode        | High | Normal | Low => consequence
        caseorigincode      | Phone | Web | Email => -
        statecode           | Resolved | Active | Active => state
        resolveby           | 2024-03-05 08:11 | 2024-03-05 09:30 | 2024-03-06 07:02 => due
        responseby          | 2024-03-04 09:11 | 2024-03-04 10:30 | 2024-03-05 08:02 => respond_due
        resolvebyslastatus  | Succeeded | Noncompliant | In Progress => verdict
    """,
    "remedy": """
        case
        Incident ID*+        | INC000012 | INC000013 | INC000014 => case_id
        Summary*             | Pump leaks | Alarm 7 | No cooling => about
        Status*              | Closed | Pending | Assigned => state
        Priority*            | Critical | Medium | Low => consequence
        Assigned Group*+     | Field | Phone | Field => team
        Assignee+            | Alma | Bruno | Alma => owner
        Reported Date+       | 2024-03-04 08:11 | 2024-03-04 09:30 | 2024-03-05 07:02 => reported
        Responded Date+      | 2024-03-04 08:20 | | 2024-03-05 08:00 => responded
        Last Resolved Date   | 2024-03-04 11:00 | | => resolved
        Closed Date          | 2024-03-05 11:00 | | => closed
        Target Date          | 2024-03-05 08:11 | 2024-03-05 09:30 | 2024-03-06 07:02 => due
        SLM Real Time Status | Within the Service Target | Service Targets Breached | Within the Service Target => verdict
    """,
    "otrs": """
        case
        Ticket#            | 202403040012 | 202403040013 | 202403050014 => case_id
        Created            | 2024-03-04 08:11:00 | 2024-03-04 09:30:00 | 2024-03-05 07:02:00 => reported
        Closed             | 2024-03-05 11:00:00 | | => closed
        First Response     | 2024-03-04 08:20:00 | | 2024-03-05 08:00:00 => responded
        State              | closed successful | open | pending reminder => state
        Priority           | 3 normal | 5 very high | 3 normal => consequence
        Queue              | Field | Phone | Field => team
        Owner              | Alma | Bruno | Alma => owner
        FirstResponseInMin | 9 | | 58 => -
    """,
    "a made-up training set": """
        case
        Ticket ID                    | 1 | 2 | 3 => case_id
        Customer Name                | Ann Lee | Bob Ray | Cy Fox => customer
        Customer Email               | a@x | b@x | c@x => -
        Customer Age                 | 32 | 42 | 48 => -
        Product Purchased            | CT-500 | MR-2 | CT-500 => product
        Date of Purchase             | 2021-03-22 | 2021-05-22 | 2020-07-14 => -
        Ticket Type                  | Technical issue | Technical issue | Billing => kind
        Ticket Subject               | Setup | Noise | Refund => about
        Ticket Status                | Pending Customer Response | Closed | Open => state
        Ticket Priority              | Critical | Low | Medium => consequence
        Ticket Channel               | Chat | Phone | Mail => channel
        First Response Time          | 2023-06-01 12:15:36 | 2023-06-01 16:45:38 | => responded
        Time to Resolution           | | 2023-06-01 18:05:38 | => resolved
        Customer Satisfaction Rating | | 3 | => -
    """,
    "support with expected moments": """
        case
        Status                         | Closed | Open | Resolved => state
        Ticket ID                      | 1012 | 1013 | 1014 => case_id
        Priority                       | High | Medium | Low => consequence
        Source                         | Email | Chat | Phone => channel
        Topic                          | Setup | Noise | Refund => kind
        Agent Group                    | 1st line | 2nd line | 1st line => team
        Agent Name                     | Alma | Bruno | Alma => owner
        Created time                   | 2024-03-04 08:11 | 2024-03-04 09:30 | 2024-03-05 07:02 => reported
        Expected SLA to resolve        | 2024-03-05 08:11 | 2024-03-05 09:30 | 2024-03-06 07:02 => due
        Expected SLA to first response | 2024-03-04 09:11 | 2024-03-04 10:30 | 2024-03-05 08:02 => respond_due
        First response time            | 2024-03-04 08:20 | | 2024-03-05 08:00 => responded
        SLA For first response         | Within SLA | SLA Violated | Within SLA => respond_verdict
        Resolution time                | 2024-03-04 11:00 | | 2024-03-06 08:00 => resolved
        SLA For Resolution             | Within SLA | | SLA Violated => verdict
        Close time                     | 2024-03-05 11:00 | | => closed
        Country                        | Germany | France | Germany => region
    """,
}
