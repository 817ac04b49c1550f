"""Playing three years through the verbs, week by week, in one transaction: all or nothing."""

from datetime import date

from django.db import transaction

from wellkept.desk.demo import story
from wellkept.desk.demo.company import MANAGER
from wellkept.desk.demo.making import make
from wellkept.desk.demo.records import Company
from wellkept.desk.demo_record.elsewhere import name_customers, name_the_rest
from wellkept.desk.demo_record.help_desk import HelpDesk
from wellkept.desk.demo_record.installed_base import Yard, keep_customers
from wellkept.desk.demo_record.known import Known
from wellkept.desk.demo_record.ledger import Ledger
from wellkept.desk.demo_record.organisation import COORDINATOR, be_away, leave, organise
from wellkept.record.access.models import Account

__all__ = ["COORDINATOR", "MANAGER", "build_record", "is_built"]


def is_built() -> bool:
    """This will tell whether somebody lives in the record already."""
    return Account.objects.exists()


def build_record(*, monday: date, seed: int = 7) -> Company:
    """This will play the demo company into an empty record, up to the first moment of a Monday.

    Every change is made by a verb, written down at the end of the week in which it happened, so
    that the journal tells the story too. Gives the story's own rows, for tests to compare. Raises
    ValueError for a day that is no Monday.
    """
    company, _ = make(monday, seed)
    known = Known(company.monday_s)
    with transaction.atomic():
        organise(company, known)
        keep_customers(company, known, seed)
        name_customers(known)
        yard, ledger = Yard(company, known), Ledger(company, known)
        help_desk = HelpDesk(company, known)
        for week in range(story.WEEKS + 1):
            yard.install(week)
            leave(company, known, week)
            ledger.make(week)
            ledger.change(week)
            ledger.settle(week)
            help_desk.take_in(week)
        name_the_rest(company, known)
        be_away(known)
        help_desk.hear(case for case in company.cases if case.critical and case.ended_s is None)
    return company
