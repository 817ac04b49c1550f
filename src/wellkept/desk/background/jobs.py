"""The jobs: each can be killed at any point and begun again, and then ends the same."""

from pathlib import Path

from django.conf import settings
from django_tasks import task

from wellkept.desk import clock, findings
from wellkept.desk.background import password_mail
from wellkept.desk.background.behind import behind_pages
from wellkept.desk.digest import sending
from wellkept.desk.exchange.again import finish
from wellkept.desk.exchange.opening import Wanted, opened
from wellkept.desk.exchange.running import dry_run
from wellkept.desk.exchange.uploads import folder_of, forget
from wellkept.record.access.models import Account
from wellkept.record.journal.rules import Refusal
from wellkept.record.sources import actions
from wellkept.record.sources.models import ImportRun
from wellkept.record.sources.notes import Unreadable
from wellkept.record.sources.recipe import BadRecipe


@task()
def write_import(run: int) -> None:
    """This will write an import to its end, or go on where it stands."""
    finish(ImportRun.objects.get(pk=run), now=clock.now(Path(settings.HOME)))


@task()
def try_upload(upload: str, system: str, zone: str, account: int) -> int:
    """This will try uploaded files; gives the key of the import. What was refused is taken away.

    Killed after the import was kept, it finds it again.
    """
    there = ImportRun.objects.filter(upload=upload).first()
    if there is not None:
        return there.pk
    folder, now = folder_of(Path(settings.HOME), upload), clock.now(Path(settings.HOME))
    by = Account.objects.get(pk=account)
    try:
        with opened(Wanted(folder, system or None, zone or None), now) as found:
            return dry_run(found, now=now, by=by, upload=upload).pk
    except (Refusal, Unreadable, BadRecipe):
        forget(folder)
        raise


@task()
def forget_raw_rows() -> int:
    """This will take away the raw rows of imports whose day has come."""
    now = clock.now(Path(settings.HOME))
    return actions.forget_raw_rows(on=now.date(), at=now, by=None)


@task()
def refresh_findings() -> str:
    """This will make facts and chances anew; gives the name of the generation."""
    return behind_pages(lambda: findings.refresh(clock.now(Path(settings.HOME)))).name


@task()
def send_digest(account: int, day: str) -> str:
    """This will send somebody the mail of a day, once; says whether there was something to say."""
    now = clock.now(Path(settings.HOME))
    return sending.send(Account.objects.get(pk=account), day, now)


@task()
def send_password_link(account: int, base: str, language: str) -> str:
    """This will send a link to set a password; 0 is nobody's account, and gets nothing."""
    return password_mail.send_link(account, base, language)
