"""Keys of those who answer. The record has a key's hash; what makes the key lies beside it.

The key of somebody who is asked by name is reckoned from the company's secret and the account, so
that they can go on, on any machine; rows alone do not tell whose it is.
"""

import hashlib
import secrets

from django.utils.crypto import salted_hmac

SALT = "wellkept.mirror.key"


def hash_of(key: str) -> str:
    """This will give the SHA-256 of a key or of a link's token.

    >>> len(hash_of("a key"))
    64
    """
    return hashlib.sha256(key.encode()).hexdigest()


def key_hash_of(round_no: int, account_no: int) -> str:
    """This will give the hash of the key with which an account answers in a round."""
    given = salted_hmac(SALT, f"{round_no}:{account_no}", algorithm="sha256")
    return hash_of(given.hexdigest())


def fresh_key() -> str:
    """This will give a new secret, for a link or for whoever answers by it."""
    return secrets.token_urlsafe(24)
