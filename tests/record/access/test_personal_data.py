"""Personal data lies in one table and can be erased, without a hole in what happened."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from builders import MONDAY, a_contact, a_customer, a_person, an_account
from databases import on_sqlite
from wellkept.record.access.actions import edit_personal_data, erase_person
from wellkept.record.access.editing import Edited
from wellkept.record.access.models import Account, PersonalData
from wellkept.record.access.rules import Group, Scope
from wellkept.record.access.verbs import NotTrue
from wellkept.record.journal.models import Entry

pytestmark = pytest.mark.usefixtures("record")
PERSONAL = {"email", "phone", "mobile", "first_name", "last_name", "full_name", "birthday"}


def whole_database() -> str:
    """Read every value of every table as text."""
    said = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'select * from "{table}"')
            said += [str(row) for row in cursor.fetchall()]
    return "\n".join(said)


def test_personal_fields_stand_in_one_table_and_the_sign_in_address() -> None:
    found = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, models.Field) and field.name in PERSONAL
    }
    elsewhere = {place for place in found if place[0] != "access.PersonalData"}
    assert elsewhere == {("access.Account", "email")}


def test_after_erasing_nothing_in_the_database_tells_who_it_was() -> None:
    rossi = a_contact("Giulia Rossi", email="giulia@nord.example", phone="+39 06 555")
    more = {"mobile": "+39 333 7", "note": "never before ten"}
    edit_personal_data(person=rossi.personal, changes=more, seen=1, at=MONDAY, by=None)
    assert "Giulia Rossi" in whole_database()
    erase_person(people=[rossi.personal], at=MONDAY, by=None)
    after = whole_database()
    known = ("Giulia", "Rossi", "giulia@nord", "+39 06 555", *more.values())
    assert not [word for word in known if word in after]
    rossi.refresh_from_db()
    assert str(rossi) == f"Erased person {rossi.personal_id}"


@on_sqlite
def test_sqlite_overwrites_what_was_erased() -> None:
    """Else the bytes would stay in the file, and in every backup, until something takes the place.

    PostgreSQL takes them away with its next vacuum of the table.
    """
    with connection.cursor() as cursor:
        cursor.execute("pragma secure_delete")
        assert cursor.fetchone() == (1,)


def test_an_erased_colleague_can_no_longer_sign_in_and_their_deeds_stay() -> None:
    an_account("Chief", (Group.ADMINISTRATOR, Scope.ALL))
    bruno = an_account("Bruno")
    a_person("Bruno Verdi", account=bruno)
    from wellkept.record.parties.actions import add_customers
    from wellkept.record.parties.models import Customer

    add_customers(customers=[Customer(name="Clinic Nord")], at=MONDAY, by=bruno)
    erase_person(people=[bruno.personal], at=MONDAY, by=None)
    gone = Account.objects.get(pk=bruno.pk)
    assert not gone.is_active
    assert gone.email == f"erased-{bruno.pk}@person.invalid"
    assert Entry.objects.get(verb="parties.add_customers").by == bruno.pk


def test_erasing_twice_changes_nothing_more() -> None:
    rossi = a_contact("Giulia Rossi")
    erase_person(people=[rossi.personal], at=MONDAY, by=None)
    before = Entry.objects.count()
    erase_person(people=[rossi.personal], at=MONDAY, by=None)
    assert Entry.objects.count() == before


def test_what_was_erased_stays_empty() -> None:
    rossi = a_contact("Giulia Rossi", a_customer())
    erase_person(people=[rossi.personal], at=MONDAY, by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonalData.objects.filter(pk=rossi.personal_id).update(name="Giulia")
    person = PersonalData.objects.get(pk=rossi.personal_id)
    with pytest.raises(NotTrue, match="Personal data that was erased stays empty"):
        edit_personal_data(person=person, changes={"name": "G."}, seen=2, at=MONDAY, by=None)


def test_a_form_that_was_open_while_the_person_was_erased_cannot_bring_them_back() -> None:
    rossi = a_contact("Giulia Rossi")
    opened = PersonalData.objects.get(pk=rossi.personal_id)
    erase_person(people=[rossi.personal], at=MONDAY, by=None)
    with pytest.raises(Edited, match="changed this"):
        edit_personal_data(person=opened, changes={"phone": "1"}, seen=1, at=MONDAY, by=None)
    assert str(PersonalData.objects.get(pk=rossi.personal_id)).startswith("Erased person")


def test_what_is_known_of_a_person_is_edited_and_the_journal_names_the_field_only() -> None:
    rossi = a_contact("Giulia Rossi")
    edit_personal_data(
        person=rossi.personal, changes={"phone": "+39 06 555"}, seen=1, at=MONDAY, by=None
    )
    entry = Entry.objects.get(verb="access.edit_personal_data")
    assert entry.details == {"fields": ["phone"]}
    assert PersonalData.objects.get(pk=rossi.personal_id).phone == "+39 06 555"
