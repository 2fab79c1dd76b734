"""What each call of the API does once its token, its rate and its form are in order."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

from aiohttp import BodyPartReader, web

from tests.standins.shared.journal import Request
from tests.standins.shared.kinds import picture_kind
from tests.standins.shared.routes import Unreachable

from .contact import Contact
from .doubts import NEVER_SEEN_CARD, PHONE_WITHOUT_ACCOUNT
from .messages import Reader
from .refused import Refused, invalid
from .shapes import Fields
from .standing import VIETNAM, admit, admit_template, known, quota
from .templates import phone_of
from .uploads import MEGABYTE
from .world import World

Data = dict[str, Any]


class Calls:
    """Each method gives the `data` of the answer or raises `Refused`."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def send(self, http: web.Request, entry: Request) -> Data:
        """`message/cs`: a consultation message."""
        body = await _json(http, entry)
        recipient = body.inner("recipient")
        entry.to = recipient.text("user_id", 40)
        recipient.end()
        message = body.inner("message")
        body.end()
        person = known(self._world.people.get(entry.to))
        post = await Reader(self._world.uploads, self._world.doubts.buttons, self._picture).read(message)
        billed = admit(person, self._world.clock, self._world.standing, self._world.doubts)
        heard = self._world.deliver(person, post, billed=billed)
        data: Data = {"message_id": heard.message_id, "user_id": person.id, "sent_time": self._world.stamp()}
        if self._world.doubts.quota_in_answers:
            rest = quota(person, self._world.clock, self._world.standing, self._world.doubts, billed=billed)
            data["quota"] = {**rest, "owner_id": self._world.oa_id if rest["owner_type"] == "OA" else person.id}
        return data

    async def template(self, http: web.Request, entry: Request) -> Data:
        """`oa/message/template`: a paid message by user id."""
        body = await _json(http, entry)
        entry.to = body.text("user_id", 40)
        return self._templated(body, known(self._world.people.get(entry.to)))

    async def template_by_phone(self, http: web.Request, entry: Request) -> Data:
        """`message/template` of the business server: a paid message by phone number."""
        body = await _json(http, entry)
        phone = phone_of(body)
        body.text("tracking_id", 48)
        person = self._world.by_phone(phone)
        if person is None:
            raise Refused(PHONE_WITHOUT_ACCOUNT, "no account has this number")
        entry.to = person.id
        return self._templated(body, person)

    async def upload(self, http: web.Request, entry: Request) -> Data:
        """`upload/{kind}`: one multipart field `file`."""
        kind = http.match_info["kind"]
        if http.content_type != "multipart/form-data":
            raise invalid("an upload is multipart/form-data")
        parts = [part async for part in _parts(http)]
        if [name for name, _, _ in parts] != ["file"] or not parts[0][1]:
            raise invalid("an upload has exactly one field `file` with a file name")
        _, name, data = parts[0]
        entry.params = {"kind": kind, "name": name, "bytes": len(data)}
        stored = self._world.uploads.keep(kind, name, data)
        return {"token" if kind == "file" else "attachment_id": stored.id}

    async def getoa(self, http: web.Request, entry: Request) -> Data:
        """The account's own card. [?] Its fields are from programs in use; they disagree on `oa_id` and `oaid`: the first."""
        if http.query:
            raise invalid("getoa has no parameters")
        followers = sum(person.follows for person in self._world.people.values())
        card = {"oa_id": self._world.oa_id, "name": self._world.name, "description": "", "num_follower": followers}
        return {**card, "is_verified": self._world.standing.verified, "package_name": "Nâng cao" if self._world.standing.package else ""}

    async def detail(self, http: web.Request, entry: Request) -> Data:
        """A person's card, by `?data={"user_id": …}`. [?] Its fields are from programs in use."""
        if set(http.query) != {"data"}:
            raise invalid("parameters go into ?data=")
        try:
            entry.params = json.loads(http.query["data"])
        except ValueError as error:
            raise invalid("data is not JSON") from error
        fields = Fields(entry.params, "data")
        entry.to = fields.text("user_id", 40)
        fields.end()
        return self._card(known(self._world.people.get(entry.to)))

    def _card(self, person: Contact) -> Data:
        if person.last_interaction is None:
            raise Refused(NEVER_SEEN_CARD)
        back = timedelta(seconds=self._world.clock.seconds() - person.last_interaction)
        when = (self._world.clock.now() - back).astimezone(VIETNAM).strftime("%d/%m/%Y")
        names = {"user_id": person.id, "user_id_by_app": person.id_by_app, "display_name": person.name, "user_alias": ""}
        return {**names, "is_sensitive": False, "user_last_interaction_date": when, "user_is_follower": person.follows}

    def _templated(self, body: Fields, person: Contact) -> Data:
        template, post = self._world.templates.read(body)
        body.end()
        admit_template(person, self._world.clock, self._world.standing, promotion=template.promotion)
        heard = self._world.deliver(person, post, billed=True)
        left = str(self._world.standing.templates_left)
        data = {"msg_id": heard.message_id, "message_id": heard.message_id, "sent_time": self._world.stamp()}
        # [?] One name or the other: both are given, so that a program may read either.
        return {**data, **({"quota": {"remainingQuota": left}} if self._world.doubts.quota_in_answers else {})}

    async def _picture(self, url: str) -> bytes:
        """A picture by its address, which the real server fetches: a public one, at most 1 MB, jpg or png."""
        try:
            data = await self._world.routes.fetch(url, MEGABYTE)
        except Unreachable as error:
            raise invalid(f"url: {error}") from error
        if picture_kind(data) not in {"png", "jpg"}:
            raise invalid("what is served at url is not a picture")
        return data


Call = Callable[[Calls, web.Request, Request], Awaitable[Data]]
ROUTES: list[tuple[str, str, str, Call]] = [
    ("POST", "/v3.0/oa/message/cs", "send", Calls.send),
    ("POST", "/v3.0/oa/message/template", "template", Calls.template),
    ("POST", "/message/template", "template_by_phone", Calls.template_by_phone),
    ("POST", "/v2.0/oa/upload/{kind:image|gif|file}", "upload", Calls.upload),
    ("GET", "/v2.0/oa/getoa", "getoa", Calls.getoa),
    ("GET", "/v3.0/oa/user/detail", "detail", Calls.detail),
]


async def _json(http: web.Request, entry: Request) -> Fields:
    if http.content_type != "application/json" or http.query_string:
        raise invalid("a message is sent as JSON in the body")
    try:
        entry.params = json.loads(await http.read())
    except ValueError as error:
        raise invalid("the body is not JSON") from error
    return Fields(entry.params, "body")


async def _parts(http: web.Request) -> AsyncIterator[tuple[str, str, bytes]]:
    async for part in await http.multipart():
        if not isinstance(part, BodyPartReader):
            raise invalid("a part of the form is a form itself")
        yield part.name or "", part.filename or "", bytes(await part.read())
