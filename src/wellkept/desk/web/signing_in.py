"""Who an account is, read in one statement for each request: itself, its name, its person."""

from django.contrib.auth.backends import ModelBackend

from wellkept.record.access.models import Account


class ByMail(ModelBackend):
    """Signing in with address and password."""

    def get_user(self, user_id: int) -> Account | None:
        """This will read the account of a session, if it may still sign in."""
        known = Account.objects.select_related("personal", "person__personal")
        account = next(iter(known.filter(pk=user_id, is_active=True)), None)  # in no order
        return account if account is None or self.user_can_authenticate(account) else None
