"""What many do at one moment must not let more happen than one after the other could."""

import pytest

from builders import MONDAY, an_account
from record.at_once import at_once
from wellkept.record.access.actions import LastAdministrator, set_grants, shut_accounts
from wellkept.record.access.attempts import FAILURES, TooManyAttempts, attempt_sign_in
from wellkept.record.access.models import Account, Grant, SignInAttempt
from wellkept.record.access.rules import Group, Scope
from wellkept.record.access.verbs import NotAllowed

pytestmark = pytest.mark.usefixtures("committed")


def test_two_administrators_who_put_each_other_out_leave_one() -> None:
    """One takes the other's group away, who shuts the first one's account: five times anew.

    Who comes second is told that nobody would be left, or that they are no administrator any more.
    """
    chief = (Group.ADMINISTRATOR, Scope.ALL)
    for _ in range(5):
        Grant.objects.all().delete()
        nora, mara = an_account("Nora", chief), an_account("Mara", chief)

        def put_out(number: int, nora: Account = nora, mara: Account = mara) -> None:
            if number:
                set_grants(account=nora, grants=[], at=MONDAY, by=mara)
            else:
                shut_accounts(accounts=[mara], at=MONDAY, by=nora)

        refused = at_once(put_out, 2)
        assert len(refused) == 1
        assert isinstance(refused[0], LastAdministrator | NotAllowed)
        assert Grant.objects.filter(group=chief[0], account__is_active=True).count() == 1


def test_sixteen_who_guess_at_one_moment_have_no_more_guesses_than_one() -> None:
    def guess(number: int) -> None:
        told = {"email": "alma@wellkept.example", "address": f"192.0.2.{number}"}
        attempt_sign_in(**told, at=MONDAY, by=None)

    refused = at_once(guess)
    assert [type(one) for one in refused] == [TooManyAttempts] * (16 - FAILURES)
    assert SignInAttempt.objects.filter(key__startswith="account").count() == FAILURES
