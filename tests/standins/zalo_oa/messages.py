"""Reads the body of `message/cs`: text, picture, file, buttons, request for information, with all their limits."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from .doubts import CAPTION, SUBTITLE_OF_REQUEST, TITLE_OF_REQUEST, ButtonShape
from .posts import Button, Outgoing
from .refused import Refused, invalid
from .shapes import Fields
from .uploads import Uploads

TEXT = 2_000
BUTTONS = 5
TITLE = 100
PAYLOAD = 1_000
ADDRESS = 2_000
Fetch = Callable[[str], Awaitable[bytes]]


class Reader:
    """Turns a request's body into what the person will see. Raises -201 for a mistake, -100 for an upload that is over."""

    def __init__(self, uploads: Uploads, buttons: ButtonShape, fetch: Fetch) -> None:
        self._uploads = uploads
        self._shape = buttons
        self._fetch = fetch

    async def read(self, message: Fields) -> Outgoing:
        """The `message` field."""
        post = Outgoing()
        if "text" in message:
            post.text = message.text("text", CAPTION if "attachment" in message else TEXT)
        if "attachment" in message:
            await self._attachment(message.inner("attachment"), post)
        elif not post.text:
            raise invalid("message has neither text nor attachment")
        message.end()
        return post

    async def _attachment(self, attachment: Fields, post: Outgoing) -> None:
        kind = attachment.one_of("type", "template", "file")
        payload = attachment.inner("payload")
        attachment.end()
        if kind == "file":
            self._file(payload, post)
        else:
            await self._template(payload, post)
        payload.end()

    def _file(self, payload: Fields, post: Outgoing) -> None:
        if post.text:
            raise invalid("a file has no text")
        upload = self._uploads.find(payload.text("token", 500), {"file"})
        post.file, post.file_name = upload.data, upload.name

    async def _template(self, payload: Fields, post: Outgoing) -> None:
        kind = payload.one_of("template_type", "media", "request_user_info", "button") if "template_type" in payload else ""
        if kind == "media":
            await self._picture(payload.only("elements"), post)
        elif kind == "request_user_info":
            self._request(payload.only("elements"), post)
        else:
            self._buttons(payload, kind, post)

    async def _picture(self, element: Fields, post: Outgoing) -> None:
        kind = element.one_of("media_type", "image", "gif")
        if ("url" in element) == ("attachment_id" in element):
            raise invalid("an element has either url or attachment_id")
        if "url" in element:
            post.picture = await self._fetch(element.text("url", ADDRESS))
        else:
            post.picture = self._uploads.find(element.text("attachment_id", 500), {kind}).data
        element.end()

    def _request(self, element: Fields, post: Outgoing) -> None:
        title = element.text("title", TITLE_OF_REQUEST)
        subtitle = element.text("subtitle", SUBTITLE_OF_REQUEST)
        _check_address(element.text("image_url", ADDRESS))
        element.end()
        post.asks_info = True
        post.text = post.text or f"{title}\n{subtitle}"

    def _buttons(self, payload: Fields, kind: str, post: Outgoing) -> None:
        if not post.text:
            raise invalid("a message with buttons needs a text")
        found = [_button(fields) for fields in payload.several("buttons", BUTTONS)]
        wanted = {ButtonShape.PLAIN: "", ButtonShape.TYPED: "button"}.get(self._shape)
        if kind != wanted:
            raise Refused(-201, "buttons are not accepted in this form")
        post.buttons = found


def _button(fields: Fields) -> Button:
    title = fields.text("title", TITLE)
    kind = fields.one_of("type", "oa.query.show", "oa.query.hide", "oa.open.url", "oa.open.phone")
    if kind.startswith("oa.query."):
        payload = fields.text("payload", PAYLOAD)
    else:
        inner = fields.inner("payload")
        payload = inner.text("url", ADDRESS) if kind == "oa.open.url" else inner.text("phone_code", 15)
        inner.end()
        _check_target(kind, payload)
    fields.end()
    return Button(title, kind, payload)


def _check_target(kind: str, target: str) -> None:
    if kind == "oa.open.url":
        _check_address(target)
    elif not (target.startswith("84") and target.isdecimal() and target.isascii()):
        raise invalid("phone_code must be digits that begin with 84")


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise invalid(f"{address[:60]!r} is not an address")
