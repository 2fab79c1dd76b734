"""Templates for paid messages: registered beforehand, filled in exactly, sent by phone number or by user id."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .posts import Outgoing
from .refused import invalid
from .shapes import Fields

PHONE = re.compile(r"84[1-9][0-9]{8}")
LONGEST_VALUE = 200


@dataclass(frozen=True)
class Template:
    """`names` are the fields that `template_data` must have, no more and no fewer."""

    id: str
    text: str
    names: frozenset[str]
    promotion: bool = False


class Templates:
    """The approved templates of the account."""

    def __init__(self) -> None:
        self._by_id: dict[str, Template] = {}

    def approve(self, id: str, text: str, *, promotion: bool) -> Template:
        """Register a template; its fields are written `<name>` in the text."""
        names = frozenset(re.findall(r"<(\w+)>", text))
        self._by_id[id] = Template(id, text, names, promotion)
        return self._by_id[id]

    def read(self, body: Fields) -> tuple[Template, Outgoing]:
        """`template_id` and `template_data` of a request."""
        template = self._by_id.get(body.text("template_id", 50))
        if template is None:
            raise invalid("template_id is not approved")
        data = body.inner("template_data")
        values = {name: data.text(name, LONGEST_VALUE) for name in sorted(template.names)}
        data.end()
        text = template.text
        for name, value in values.items():
            text = text.replace(f"<{name}>", value)
        return template, Outgoing(text=text, template_id=template.id, template_data=dict(values))


def phone_of(body: Fields) -> str:
    """The number a template goes to, in its international form without a plus."""
    phone = body.text("phone", 20)
    if not PHONE.fullmatch(phone):
        raise invalid("phone must be 84 and nine digits")
    return phone
