"""Consents, codes, access and refresh tokens: a refresh token serves once, and a used one locks the account out."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from itertools import count

from tests.standins.shared.clock import Clock

from .doubts import OAUTH_CODES, Doubts
from .refused import OAuthRefused, Refused

ACCESS_SECONDS = 90_000
REFRESH_SECONDS = 90 * 86_400
CODE_SECONDS = 600
VERIFIER_LENGTHS = range(43, 129)


@dataclass(frozen=True)
class TokenPair:
    """What the token endpoint gives; `family` counts consents."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    family: int
    at: float

    def body(self) -> dict[str, str]:
        """The JSON of the answer; the seconds are a string, as the real server writes them."""
        return {"access_token": self.access, "refresh_token": self.refresh, "expires_in": str(ACCESS_SECONDS)}


def challenge_of(verifier: str) -> str:
    """The PKCE challenge (S256) of a verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


class Tokens:
    """All tokens of one account."""

    def __init__(self, clock: Clock, doubts: Doubts) -> None:
        self.pair: TokenPair | None = None
        self.locked = False
        self._clock = clock
        self._doubts = doubts
        self._codes: dict[str, tuple[str, float]] = {}
        self._used: dict[str, int] = {}
        self._access: dict[str, float] = {}
        self._families = count(1)
        self._uses_left: int | None = None

    def consent(self, challenge: str) -> str:
        """An operator agrees: a code that serves once, within ten minutes."""
        code = secrets.token_urlsafe(32)
        self._codes[code] = (challenge, self._clock.seconds())
        return code

    def exchange(self, code: str, verifier: str) -> TokenPair:
        """The first pair for a code. Raises for a code that is used, old or another's."""
        challenge, at = self._codes.pop(code, ("", float("-inf")))
        if not challenge or self._clock.seconds() - at > CODE_SECONDS:
            raise OAuthRefused(OAUTH_CODES["code"], "Invalid authorization code")
        if len(verifier) not in VERIFIER_LENGTHS or challenge_of(verifier) != challenge:
            raise OAuthRefused(OAUTH_CODES["verifier"], "Invalid code verifier", breach=True)
        return self.begin()

    def begin(self) -> TokenPair:
        """A new pair after a consent; it ends a lock-out and everything before."""
        self.locked = False
        self._access.clear()
        return self._issue(next(self._families))

    def refresh(self, token: str) -> TokenPair:
        """The next pair. Raises for a token that is used, old or unknown; a used one locks out."""
        current = self.pair
        if current is not None and self._used.get(token) == current.family:
            self._lock_out()
        if self.locked or current is None or token != current.refresh:
            raise OAuthRefused(OAUTH_CODES["refresh"], "Invalid refresh token")
        if self._clock.seconds() - current.at > REFRESH_SECONDS:
            raise OAuthRefused(OAUTH_CODES["refresh"], "Refresh token is expired")
        self._used[token] = current.family
        if not self._doubts.old_access_survives:
            self._access.clear()
        return self._issue(current.family)

    def check(self, access: str) -> None:
        """Raises -216 for a token that is none, -220 for one that is over."""
        issued = self._access.get(access)
        if issued is None:
            raise Refused(-216)
        if self._uses_left is not None:
            self._uses_left -= 1
            if self._uses_left < 0:
                self._access, self._uses_left = {access: float("-inf")}, None
                raise Refused(-220)
        if self._clock.seconds() - issued > ACCESS_SECONDS:
            raise Refused(-220)

    def kill_access(self) -> None:
        """The access token stops working at once, as when somebody changes the account's password; the refresh token still works."""
        self._access.clear()

    def die_after(self, uses: int) -> None:
        """The access token serves so many requests more and is then expired (-220), until the next refresh."""
        self._uses_left = uses

    def _issue(self, family: int) -> TokenPair:
        now = self._clock.seconds()
        self.pair = TokenPair(f"AT.{secrets.token_urlsafe(48)}", f"RT.{secrets.token_urlsafe(48)}", family, now)
        self._access[self.pair.access] = now
        return self.pair

    def _lock_out(self) -> None:
        self.locked = True
        if self._doubts.lockout_kills_access:
            self._access.clear()
