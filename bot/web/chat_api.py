"""The HTTP side of the browser chat: a conversation begins, a message comes in, the page follows what is said."""

from __future__ import annotations

import datetime as dt
import json
import mimetypes
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.channels.browser import BrowserChannel
from bot.channels.intake import keep_file, keep_whole_text
from bot.web.access import address_of, bearer, file_address, new_token, ticket_in
from bot.web.pace import Pace, comes_from
from office import Session
from office.contacts import contact_at, find_contact, was_heard
from office.evidence import cases_with, may_be_seen_at
from office.files import MAX_FILE, content_of, file_by_id
from office.guessing import may_be_code, wrong_codes
from office.records import Contact
from office.sample_trial import look_here
from office.transcript import Bubble, add_bubble, bubbles_after
from talk.clean import clean
from talk.talk import Heard, Talk
from talk.texts import say
from talk.turn import MAX_TEXT, Attachment, Turn

_MAX_FILES = 10
_NEW_A_MINUTE = 60
"""New conversations from one network address; a whole office may share one."""
_MESSAGES_A_MINUTE = 120
"""Messages in one conversation."""
_GUESSES_AN_HOUR = 30
"""Codes that do not exist, from one network address: conversations cost nothing, so limiting each of them is not enough."""

PanePerson = Callable[[Session, str], Awaitable[int | None]]
"""In sample mode: the sample official behind a pane; None for the citizen's."""
PaneOpened = Callable[[Session, int, dt.datetime], Awaitable[object]]
"""In sample mode: what is made ready for the official whose pane is looked at."""


class ChatApi:
    """The routes under `/chat`."""

    def __init__(
        self, talk: Talk, channel: BrowserChannel, *, pane_person: PanePerson | None, pane_opened: PaneOpened | None = None
    ) -> None:
        self._talk = talk
        self._database = talk.database
        self._channel = channel
        self._pane_person = pane_person
        self._pane_opened = pane_opened
        self._beginning = Pace(_NEW_A_MINUTE, 60)
        self._speaking = Pace(_MESSAGES_A_MINUTE, 60)
        self._guessing = Pace(_GUESSES_AN_HOUR, 3600)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/chat/api/session", self.begin),
            web.get("/chat/api/messages", self.history),
            web.post("/chat/api/messages", self.receive),
            web.get("/chat/api/stream", self.stream),
            web.get("/chat/files/{file_id:\\d+}", self.file),
        ]

    async def begin(self, request: web.Request) -> web.Response:
        """A new conversation. A pane other than the citizen's exists in sample mode only."""
        wishes = await _json(request)
        wished = str(wishes.get("pane") or "")
        pane = wished or "citizen"
        if pane not in ("citizen", "official", "head") or (pane != "citizen" and self._pane_person is None):
            raise web.HTTPForbidden(text=_error("browser-no-pane"), content_type="application/json")
        if not self._beginning.allows(comes_from(request)):
            raise _too_fast()
        token = new_token()
        async with self._database.transaction() as session:
            contact = await contact_at(session, "browser", address_of(token), self._talk.clock())
            if self._pane_person is not None:
                contact.person_id = await self._pane_person(session, pane)
                await session.flush()
                await look_here(session, contact)
        name = f"browser-{wished or 'chat'}"
        return web.json_response({"token": token, "title": say(f"{name}-title"), "subtitle": say(f"{name}-subtitle")})

    async def history(self, request: web.Request) -> web.Response:
        contact = await self._contact(request)
        async with self._database.reading() as session:
            bubbles = await bubbles_after(session, contact.id, _after(request))
        return web.json_response({"messages": [self._shown(bubble, contact.id) for bubble in bubbles]})

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events for as long as the page listens."""
        contact = await self._contact(request)
        if self._pane_opened is not None and contact.person_id is not None:
            async with self._database.transaction() as session:
                await self._pane_opened(session, contact.person_id, self._talk.clock())
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        await response.prepare(request)
        async for bubbles in self._channel.follow(contact.id, _after(request)):
            for bubble in bubbles:
                data = json.dumps(self._shown(bubble, contact.id), ensure_ascii=False)
                await response.write(f"event: message\ndata: {data}\n\n".encode())
            if not bubbles:
                await response.write(b": still here\n\n")
        return response

    async def receive(self, request: web.Request) -> web.Response:
        """One message of the person: kept before it is confirmed; the same `id` again changes nothing."""
        address = address_of(bearer(request))
        contact = await self._contact(request)
        if not self._speaking.allows(address):
            raise _too_fast()
        async with self._talk.in_order("browser", address):
            said, files = await self._read(request, address)
            said["id"], said["label"] = said["id"][:61], said["label"][:200]
            if not said["id"] or len(said["id"]) > 60:
                raise _bad_request()
            whole = clean(said["text"])
            if len(whole) > MAX_TEXT and not await self._heard_before(address, said["id"]):
                # nothing is lost: what does not fit into one message goes along as a file
                files.append(await keep_whole_text(self._talk, say("browser-whole-text"), whole))
            turn = _turn(address, said, whole, files)
            heard = await self._hear(turn, said, contact.id, comes_from(request))
        self._channel.stir(contact.id)
        return web.json_response({"ok": True, "repeated": heard.outcome == "repeated"})

    async def _hear(self, turn: Turn, said: dict[str, str], contact_id: int, network: str) -> Heard:
        """Hear the turn. What may be a code counts for the network address that it comes from, unless it turns out to be none that is wrong."""
        if not may_be_code(turn.words, turn.choice):
            return await self._talk.hear(turn, beside=self._own_bubble(turn, said))
        if not self._guessing.allows(network):  # counted before it is known: many asked at once must not slip through together
            raise _too_fast()
        before = await self._wrong_codes(contact_id)
        heard = await self._talk.hear(turn, beside=self._own_bubble(turn, said))
        if await self._wrong_codes(contact_id) <= before:
            self._guessing.forgive(network)
        return heard

    async def _wrong_codes(self, contact_id: int) -> int:
        async with self._database.reading() as session:
            return await wrong_codes(session, contact_id)

    def _own_bubble(self, turn: Turn, said: dict[str, str]) -> Callable[[Session, Contact], Awaitable[None]]:
        shown = said["label"] if turn.choice is not None else turn.text
        files = [a.model_dump(include={"kind", "name", "mime", "size", "file_id"}) for a in turn.attachments if a.file_id]

        async def write(session: Session, contact: Contact) -> None:
            await add_bubble(session, contact.id, said["id"], {"text": shown, "files": files}, self._talk.clock(), mine=True)

        return write

    async def _heard_before(self, address: str, mark: str) -> bool:
        """Whether this message was kept already: then its files need not be kept once more."""
        async with self._database.reading() as session:
            return await was_heard(session, "browser", _update_key(address, mark))

    async def _read(self, request: web.Request, address: str) -> tuple[dict[str, str], list[Attachment]]:
        said = {"id": "", "text": "", "choice": "", "label": ""}
        files: list[Attachment] = []
        if not request.content_type.startswith("multipart/"):
            given = await _json(request)
            return {key: clean(str(given.get(key) or ""))[:400_000] for key in said}, files
        try:
            await self._read_parts(request, address, said, files)
        except (ValueError, LookupError, HttpProcessingError) as malformed:
            raise _bad_request() from malformed
        return said, files

    async def _read_parts(self, request: web.Request, address: str, said: dict[str, str], files: list[Attachment]) -> None:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                raise ValueError("a form within a form")
            if part.name == "file" and len(files) < _MAX_FILES and not await self._heard_before(address, said["id"]):
                content = await _bounded(part, MAX_FILE + 1)
                mime = part.headers.get("Content-Type", "")
                files.append(await keep_file(self._talk, "", part.filename or "", mime, content))
            elif part.name in said:
                most = 400_000 if part.name == "text" else 300
                said[part.name] = clean((await _bounded(part, most)).decode("utf-8", "replace"))

    def _shown(self, bubble: Bubble, contact_id: int) -> dict[str, Any]:
        """A bubble in the page's words."""
        body = bubble.body
        enclosed = [body["enclosure"]] if body.get("enclosure") else body.get("files", [])
        vault, now = self._database.vault, self._talk.clock()
        return {
            "seq": bubble.seq,
            "from": "me" if bubble.mine else "bot",
            "id": bubble.mark if bubble.mine else None,
            "text": body.get("text", ""),
            "rows": body.get("rows", []),
            "files": [file | {"url": file_address(vault, file["file_id"], contact_id, now, own=bubble.mine)} for file in enclosed],
            "at": bubble.at.isoformat().replace("+00:00", "Z"),
            **({"anew": True} if bubble.anew else {}),
        }

    async def file(self, request: web.Request) -> web.Response:
        """A file, to whom its address was given; evidence only as long as this person handles it. What a browser could run is downloaded."""
        file_id, now = _number(request.match_info["file_id"]), self._talk.clock()
        ticket = ticket_in(self._database.vault, file_id, request.query, now)
        if ticket is None:
            raise web.HTTPForbidden(text=_error("browser-no-file"), content_type="application/json")
        async with self._database.reading() as session:
            known = await file_by_id(session, file_id)
            if known is None:
                raise web.HTTPNotFound(text=_error("browser-no-file"), content_type="application/json")
            cases = await cases_with(session, file_id)
            if cases and not ticket.own and not await may_be_seen_at(session, file_id, ticket.contact_id, now):
                raise web.HTTPForbidden(text=_error("browser-no-file"), content_type="application/json")
            content = await content_of(session, file_id)
        name = f"{known.kind}-{known.id}{mimetypes.guess_extension(known.mime) or ''}"  # the name that it came with may tell who sent it
        how = "inline" if known.kind in ("picture", "voice", "video") else "attachment"
        response = web.Response(body=content, content_type=known.mime)
        response.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name)}"
        response.headers["Cache-Control"] = "private, no-store" if cases or ticket.own else "private, max-age=86400"
        return response

    async def _contact(self, request: web.Request) -> Contact:
        async with self._database.reading() as session:
            contact = await find_contact(session, "browser", address_of(bearer(request)))
        if contact is None:
            raise web.HTTPUnauthorized(text=_error("browser-unknown-token"), content_type="application/json")
        return contact


def _update_key(address: str, mark: str) -> str:
    return f"{address[:16]}:{mark}"


def _turn(address: str, said: dict[str, str], text: str, files: list[Attachment]) -> Turn:
    command, _, payload = text.partition(" ")
    return Turn(
        channel="browser",
        address=address,
        update_key=_update_key(address, said["id"]),
        text=text[:MAX_TEXT],
        cut=len(text) > MAX_TEXT,
        choice=said["choice"][:200] or None,
        link=payload.strip()[:64] or None if command == "/start" else None,
        attachments=tuple(files),
    )


async def _json(request: web.Request) -> dict[str, Any]:
    try:
        given = await request.json()
    except (ValueError, LookupError, RecursionError):  # no JSON, an unknown charset, brackets within brackets within brackets
        given = None
    if not isinstance(given, dict):
        raise _bad_request()
    return given


async def _bounded(part: BodyPartReader, most: int) -> bytes:
    """The part's bytes; of a part that is too large only so many as show that it is."""
    content = bytearray()
    while chunk := await part.read_chunk(64 * 1024):
        if len(content) < most:
            content += chunk[: most - len(content)]
    return bytes(content)


def _after(request: web.Request) -> int:
    return _number(request.query.get("after", ""))


def _number(given: str) -> int:
    """The number that was given, or 0."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 18 else 0


def _too_fast() -> web.HTTPTooManyRequests:
    return web.HTTPTooManyRequests(text=_error("browser-too-fast"), content_type="application/json", headers={"Retry-After": "60"})


def _bad_request() -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text=_error("browser-bad-request"), content_type="application/json")


def _error(key: str) -> str:
    return json.dumps({"error": say(key)}, ensure_ascii=False)
