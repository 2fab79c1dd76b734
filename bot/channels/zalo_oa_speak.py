"""Says one message through the Official Account: words, buttons, a picture, a file; and tells truly what became of it."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import structlog

from bot.channels.base import Parcel
from bot.channels.zalo_oa_api import Api
from bot.channels.zalo_oa_faults import ZaloRefusal, outcome_of, sent
from bot.channels.zalo_oa_files import Upload, prepared
from bot.channels.zalo_oa_server import BUTTON_FORMS, BUTTONS_REFUSED, CAPTION, NAME, UPLOAD_OVER, ZaloPatience
from bot.delivery.outcome import Outcome, Sent
from office.moments import local
from talk.fit import Limits, split
from talk.fit import fit as fitted
from talk.reply import Choice, Enclosure, Reply
from talk.texts import say

log = structlog.get_logger()

CHOICE = "#cv:"
"""What the payload of a button begins with: so a press, which comes back as a text, is known as one."""

_TEXT, _TITLE, _PAYLOAD, _ADDRESS = 2_000, 100, 1_000, 2_000
_NUMBERED = Limits(text=_TEXT, caption=CAPTION, buttons=0, numbered=True)
FREE_WINDOW = dt.timedelta(hours=48)
LAST_MOMENT = dt.timedelta(days=7)
"""So long after a person's last word Zalo takes messages for them: free within the first window, billed until this moment."""

TEMPLATE_DAY = "ngay"
"""[?] The parameter that the template must have: no list of the allowed ones is known, and an approved template has at least one."""

_KEPT = dt.timedelta(days=6)
"""Zalo keeps an upload for 7 days."""

_CACHED = 200


class ZaloOASpeech:
    """The speaking half of the channel."""

    name = NAME
    limits = Limits(text=_TEXT, caption=CAPTION, buttons=5, numbered=True, captioned=frozenset({"picture"}), file_buttons=False)
    drops_repeats = False

    def __init__(
        self,
        api: Api,
        clock: Callable[[], dt.datetime],
        patience: ZaloPatience,
        *,
        window: dt.timedelta = FREE_WINDOW,
        staff_window: dt.timedelta = LAST_MOMENT,
        gathers: dt.timedelta = dt.timedelta(0),
        template_id: str | None = None,
        form_picture: str | None = None,
    ) -> None:
        self.window: dt.timedelta | None = window
        self.staff_window: dt.timedelta | None = staff_window
        self.limits = replace(self.limits, falls_silent=window)
        self.free: dt.timedelta | None = FREE_WINDOW
        self.gathers = gathers
        self._template_id = template_id
        self._form_picture = form_picture
        self._api = api
        self._clock = clock
        self._patience = patience
        self._forms = list(BUTTON_FORMS)
        self._uploads: dict[int, tuple[str, str, dt.datetime]] = {}

    async def send(self, parcel: Parcel) -> Outcome:
        """Say it; never raises for what a network or a server may do."""
        outcome = await self._told(self._say(parcel))
        if isinstance(outcome, Sent) and parcel.reply.asks_contact and self._form_picture is not None:
            return await self._with_form(parcel.address, outcome, self._form_picture)
        return outcome

    async def _with_form(self, address: str, said: Sent, picture: str) -> Sent:
        """Zalo's own form after the words that ask the same. It is a convenience: whatever becomes of it, the words were said; and it takes
        no message that the answer to the citizen may need."""
        left = said.allowance
        if left is not None and not left.of_account and left.left is not None and left.left < 2:
            return said
        outcome = await self.ask_info(address, say("zalo-form-title"), say("zalo-form-subtitle"), picture)
        if isinstance(outcome, Sent):
            return Sent(outcome.allowance or said.allowance)
        log.warning("zalo took no form; the words were said", outcome=type(outcome).__name__)
        return said

    async def knock(self, address: str) -> Outcome | None:
        """The template that the account had approved; it names the day and nothing else, for whoever holds the telephone may read it."""
        if self._template_id is None:
            return None
        return await self.send_template(address, self._template_id, {TEMPLATE_DAY: f"{local(self._clock()):%d/%m/%Y}"})

    async def ask_info(self, address: str, title: str, subtitle: str, image_url: str) -> Outcome:
        """Ask a person for name and phone number with Zalo's own form; the answer comes back as `user_submit_info`."""
        element = {"title": title[:_TITLE], "subtitle": subtitle[:500], "image_url": image_url}
        payload = {"template_type": "request_user_info", "elements": [element]}
        return await self._told(self._api.send(address, {"attachment": {"type": "template", "payload": payload}}), self._patience.form)

    async def send_template(self, address: str, template_id: str, data: dict[str, str]) -> Outcome:
        """A paid notice from an approved template, to whom no other message may go."""
        return await self._told(self._api.send_template(address, template_id, data))

    async def _told(self, work: Any, patience: float | None = None) -> Outcome:
        try:
            async with asyncio.timeout(patience or self._patience.send):
                return sent(await work)
        except Exception as fault:
            if isinstance(fault, ZaloRefusal):
                log.info("zalo refused a message", error=fault.code)
            return outcome_of(fault, self._clock())

    async def _say(self, parcel: Parcel) -> Any:
        reply = parcel.reply
        if reply.enclosure is None or parcel.content is None:
            return await self._say_words(parcel.address, reply)
        return await self._say_file(parcel.address, reply, reply.enclosure, parcel.content)

    # words and buttons

    async def _say_words(self, address: str, reply: Reply) -> Any:
        buttons = [_button(choice) for choice in reply.choices]
        if not buttons:
            return await self._api.send(address, {"text": reply.text})
        if None not in buttons:
            for form in list(self._forms):
                try:
                    data = await self._api.send(address, _with_buttons(reply.text, buttons, form))
                except ZaloRefusal as refusal:
                    if refusal.code != BUTTONS_REFUSED:
                        raise
                    continue
                self._remember(form)
                return data
        data = await self._say_pieces(address, [part.text for part in fitted(reply, _NUMBERED)])
        if self._forms and None not in buttons:  # the same menu went as text, so it was the buttons
            log.warning("zalo refuses buttons: menus go as numbered text from now on")
            self._forms = []
        return data

    def _remember(self, form: str | None) -> None:
        self._forms = [form]

    async def _say_pieces(self, address: str, pieces: list[str]) -> Any:
        data: Any = None
        for piece in pieces:
            data = await self._api.send(address, {"text": piece})
        return data

    # files

    async def _say_file(self, address: str, reply: Reply, enclosure: Enclosure, content: bytes) -> Any:
        for again in (True, False):
            try:
                kind, mark = await self._uploaded(enclosure, content)
                return await self._api.send(address, _with_file(reply.text, kind, mark))
            except _NotCarried:
                break
            except ZaloRefusal as refusal:
                if refusal.code != UPLOAD_OVER or not again:
                    raise
                self._uploads.pop(enclosure.file_id, None)
        return await self._say_instead(address, reply, enclosure, content)

    async def _uploaded(self, enclosure: Enclosure, content: bytes) -> tuple[str, str]:
        """Kind and mark of the file at Zalo's; a chart for many heads is uploaded once."""
        now = self._clock()
        if (kept := self._uploads.get(enclosure.file_id)) and now - kept[2] < _KEPT:
            return kept[0], kept[1]
        made = await asyncio.to_thread(prepared, enclosure, content)
        if made is None:
            raise _NotCarried
        mark = await self._upload(made)
        if len(self._uploads) >= _CACHED:
            self._uploads.clear()
        self._uploads[enclosure.file_id] = (made.kind, mark, now)
        return made.kind, mark

    async def _upload(self, made: Upload) -> str:
        try:
            return await self._api.upload(made.kind, made.name, made.content, made.mime)
        except ZaloRefusal as refusal:
            log.warning("zalo took no upload, said in words instead", error=refusal.code, kind=made.kind, bytes=len(made.content))
            raise _NotCarried from None

    async def _say_instead(self, address: str, reply: Reply, enclosure: Enclosure, content: bytes) -> Any:
        """A file that Zalo does not take: plain text is read out, of others it is said what they are and where to see them."""
        if enclosure.mime == "text/plain" and len(content) <= 10 * _TEXT:
            words = f"{enclosure.name}:\n{content.decode('utf-8', 'replace')}"
        else:
            key = "zalo-picture-not-carried" if enclosure.kind == "picture" else "zalo-file-not-carried"
            words = say(key, name=enclosure.alt or enclosure.name)
        said = "\n\n".join(part for part in (reply.text, words) if part)
        return await self._say_pieces(address, split(said, _TEXT))


class _NotCarried(Exception):
    """Zalo does not take this file."""


def _with_buttons(text: str, buttons: list[Any], form: str | None) -> dict[str, Any]:
    payload: dict[str, Any] = {"buttons": buttons}
    if form is not None:
        payload["template_type"] = form
    return {"text": text, "attachment": {"type": "template", "payload": payload}}


def _with_file(text: str, kind: str, mark: str) -> dict[str, Any]:
    if kind == "file":
        return {"attachment": {"type": "file", "payload": {"token": mark}}}
    element = {"media_type": kind, "attachment_id": mark}
    attachment = {"type": "template", "payload": {"template_type": "media", "elements": [element]}}
    return {"text": text, "attachment": attachment} if text else {"attachment": attachment}


def _button(choice: Choice) -> dict[str, Any] | None:
    """A choice as a button; None if Zalo would refuse it, and the whole message with it."""
    title = choice.label if len(choice.label) <= _TITLE else choice.label[: _TITLE - 1] + "…"
    if choice.url is not None:
        address = urlsplit(choice.url)
        fits = address.scheme in ("http", "https") and address.hostname and len(choice.url) <= _ADDRESS
        return {"title": title, "type": "oa.open.url", "payload": {"url": choice.url}} if fits else None
    data = CHOICE + choice.data
    return {"title": title, "type": "oa.query.hide", "payload": data} if title and len(data) <= _PAYLOAD else None
