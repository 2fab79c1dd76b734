"""A person in a chat, driven by a test in a person's words: says, taps, sends, forwards, edits."""

from __future__ import annotations

from itertools import count
from typing import Any

from .ears import Ears
from .formatting import entities_of, pieces
from .hands import Hands
from .keyboards import Button
from .posts import Post, quoting
from .world import Tap

_queries = count(4_382_011_930_000_000_001)
DAY = 86_400
OWN_PHONE = "+84900000000"


class Seat(Hands, Ears):
    """Every verb returns when the update is on its way, not when the bot has dealt with it."""

    async def says(self, text: str, *, reply_to: Post | None = None) -> Post:
        """Write a message. The app trims it and cuts a long one into several; the last of them is returned."""
        words = text.strip()
        if not words:
            raise ValueError("Telegram's apps do not send an empty message")
        words.encode("utf-8")
        posts = []
        for piece in pieces(words):
            entities = entities_of(piece)
            marks = {"entities": entities} if entities else {}
            posts.append(self._send({"text": piece, **marks, **quoting(reply_to)}))
        return posts[-1]

    async def edits(self, message: Post, text: str) -> Post:
        """Change the words of an own message."""
        if message.from_bot:
            raise ValueError("people can edit their own messages only")
        name, marks = ("caption", "caption_entities") if message.media else ("text", "entities")
        message.change(**{name: text, marks: entities_of(text), "edit_date": self._world.clock.timestamp()})
        if not self.chat.group or self._bot_sees(message):
            self._tell("edited_message", message.data)
        return message

    async def forwards(self, text: str, *, hidden_name: str | None = None) -> Post:
        """Pass on a text of someone else, who may hide their account behind a name."""
        date = self._world.clock.timestamp() - DAY
        someone = {"id": 5_000_000_001, "is_bot": False, "first_name": "Người khác"}
        origin: dict[str, Any] = {"type": "user", "date": date, "sender_user": someone}
        if hidden_name is not None:
            origin = {"type": "hidden_user", "date": date, "sender_user_name": hidden_name}
        return self._send({"text": text, "forward_origin": origin})

    async def taps(self, what: str | Button | Post, *, on: Post | None = None, stale: bool = False, long_ago: bool = False) -> Tap:
        """Press a button under a message: the newest one with that label, or one of `on`, or the only one of a message.

        `stale` presses a button that an edit has taken away but the app still shows. `long_ago` makes the message too old for
        Telegram to tell its content.
        """
        post, button = _only_button(what) if isinstance(what, Post) else self._find(what, on, stale)
        if button.data is None:
            raise AssertionError(f"{button.label!r} opens {button.url}, it sends nothing")
        return self._query(post, button.data, long_ago)

    async def presses(self, label: str) -> Post:
        """Press a key of the keyboard below the input field: it sends its words, or the own telephone number."""
        for key in (key for row in self.chat.keyboard for key in row):
            if key.label == label:
                return await (self.sends_contact(OWN_PHONE) if key.contact else self.says(label))
        raise AssertionError(f"there is no key {label!r}; there are {self.chat.keyboard}")

    def _find(self, what: str | Button, on: Post | None, stale: bool) -> tuple[Post, Button]:
        for post in [on] if on else reversed(self.inbox):
            for button in post.former_buttons if stale else post.buttons:
                if what in (button, button.label):
                    return post, button
        offered = [post.labels for post in self.inbox if post.labels]
        raise AssertionError(f"there is no button {what!r}; there are {offered[-3:]}")

    def _query(self, post: Post, data: str, long_ago: bool) -> Tap:
        query_id = str(next(_queries))
        tap = self._world.taps[query_id] = Tap(query_id, data, self._world.clock.seconds())
        message = {"message_id": post.message_id, "chat": self.chat.data, "date": 0} if long_ago else post.data
        query = {"id": query_id, "from": self.user, "chat_instance": str(self.chat.id * 7919), "message": message, "data": data}
        self._tell("callback_query", query)
        return tap


def _only_button(post: Post) -> tuple[Post, Button]:
    if len(post.buttons) != 1:
        raise AssertionError(f"{post} has not exactly one button: say which")
    return post, post.buttons[0]
