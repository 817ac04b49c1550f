"""The mail with a link to set a password: looked up and written by the runner, not by the page.

So the page does the same for an address that somebody signs in with as for any other: it looks the
account up, and has a job done. What takes time (the token, the mail, the mail server) comes after
its answer, and the job keeps no address.
"""

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from wellkept.record.access.models import Account


def send_link(account: int, base: str, language: str) -> str:
    """This will send an account a link to set its password; says sent, or that nobody is meant.

    `base` is scheme and host of the page where it was asked for.
    """
    one = Account.objects.filter(pk=account, is_active=True).first()
    if one is None:
        return "nobody"
    protocol, _, domain = base.partition("://")
    given = {
        "protocol": protocol,
        "domain": domain,
        "uid": urlsafe_base64_encode(force_bytes(one.pk)),
        "token": default_token_generator.make_token(one),
    }
    with translation.override(language):
        subject = " ".join(render_to_string("web/password_subject.txt", given).split())
        body = render_to_string("web/password_mail.txt", given)
    EmailMessage(subject, body, to=[one.email]).send()
    return "sent"
