"""Looks at everything that the program needs and says of each thing how it is and what to do."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from bot.doctor_database import look_into_database
from bot.doctor_zalo import look_at_zalo
from bot.doctor_zalo_bot import look_at_zalo_bot
from bot.opening import KeyUnusable, open_vault
from bot.settings import Settings
from office.vault import Vault
from talk.texts import say

_LOW, _VERY_LOW = 2 * 1024**3, 300 * 1024**2
_CLOCK_MAY_DIFFER = 60
"""Seconds."""


@dataclass(frozen=True)
class Check:
    """How one thing is: `ok`, `warn` (it works, but look at it) or `fail` (it must be mended); and what to do."""

    state: str
    words: str
    advice: str = ""


def found(state: str, name: str, /, **arguments: object) -> Check:
    """A check in the words of its text; the advice is the text beside it."""
    advice = say(f"cli-doctor-{name}-advice", **arguments) if state != "ok" else ""
    return Check(state, say(f"cli-doctor-{name}", **arguments), advice)


async def examine(settings: Settings, now: dt.datetime) -> list[Check]:
    """All checks, in the order in which things would be mended."""
    checks = [_folder(settings.data_dir), *_key(settings)]
    vault = _vault(settings)
    if vault is not None:
        checks += [found(*each, **words) for each, words in await look_into_database(settings, vault, now)]
    checks += [check async for check in _telegram(settings, now)]
    checks += [found(*each, **words) async for each, words in look_at_zalo(settings, vault, now)]
    checks += [found(*each, **words) for each, words in await look_at_zalo_bot(settings)]
    checks += [_public(settings), _fonts(), *await asyncio.to_thread(lambda: list(_words(settings.data_dir))), _disk(settings.data_dir)]
    return checks


def _folder(folder: Path) -> Check:
    if not folder.exists():
        return found("ok", "folder-new", path=folder)
    trial = folder / ".doctor"
    try:
        trial.write_bytes(b"")
        trial.unlink()
    except OSError:
        return found("fail", "folder-closed", path=folder)
    if folder.stat().st_mode & 0o077:
        return found("warn", "folder-open", path=folder)
    return found("ok", "folder-ok", path=folder)


def _vault(settings: Settings) -> Vault | None:
    """The vault if there is a key; a look must not make one."""
    if settings.secret_key is None and not (settings.data_dir / "secret.key").exists():
        return Vault(bytes(32))
    try:
        return open_vault(settings)
    except (KeyUnusable, OSError):
        return None


def _key(settings: Settings) -> Iterator[Check]:
    path = settings.data_dir / "secret.key"
    if settings.secret_key is None and not path.exists():
        yield found("ok", "key-new")
        return
    if _vault(settings) is None:
        yield found("fail", "key-wrong")
    elif settings.secret_key is not None:
        yield found("ok", "key-env")
    elif path.stat().st_mode & 0o077:
        yield found("fail", "key-open", path=path)
    else:
        yield found("ok", "key-ok", path=path)


async def _telegram(settings: Settings, now: dt.datetime) -> AsyncIterator[Check]:
    if settings.telegram_token is None:
        yield found("ok", "telegram-off")
        return
    from bot.cli.links import get_me

    try:
        answer = await get_me(settings)
    except httpx.HTTPError:
        yield found("fail", "telegram-away", base=settings.telegram_api_base)
        return
    if answer.status_code != 200:
        yield found("fail", "telegram-wrong", status=answer.status_code)
        return
    yield found("ok", "telegram-ok", name=answer.json()["result"]["username"])
    if (sent := answer.headers.get("Date")) and abs(
        seconds := round((now - parsedate_to_datetime(sent)).total_seconds())
    ) > _CLOCK_MAY_DIFFER:
        yield found("fail", "clock-off", seconds=seconds)


def _public(settings: Settings) -> Check:
    if settings.public_url is None:
        return found("ok", "public-off")
    parts = urlsplit(settings.public_url)
    is_local = parts.hostname in (None, "localhost") or str(parts.hostname).startswith("127.")
    if parts.scheme != "https" or is_local or parts.path.strip("/") or parts.query:
        return found("fail", "public-wrong", url=settings.public_url)
    return found("ok", "public-ok", url=settings.public_url)


def _fonts() -> Check:
    from matplotlib import get_data_path

    import office

    ours = Path(office.__path__[0]) / "fonts"
    wanted = [ours / "BeVietnamPro-Regular.ttf", ours / "BeVietnamPro-Bold.ttf", Path(get_data_path()) / "fonts/ttf/DejaVuSans.ttf"]
    missing = [path.name for path in wanted if not _has_vietnamese(path)]
    return found("fail", "fonts-wrong", names=", ".join(missing)) if missing else found("ok", "fonts-ok")


def _needed_letters() -> str:
    """Letters that a font for Vietnamese must have."""
    return say("cli-doctor-letters")


def _has_vietnamese(path: Path) -> bool:
    from matplotlib.ft2font import FT2Font

    try:
        known = FT2Font(str(path)).get_charmap()
    except (OSError, RuntimeError):
        return False
    return all(ord(letter) in known for letter in _needed_letters())


def _words(data_dir: Path) -> Iterator[Check]:
    """The classifier really judges a sentence: package, data and model are then all there. A look must not train for half a minute."""
    yield from _built_in()
    yield from _taught(data_dir)


def _taught(data_dir: Path) -> Iterator[Check]:
    """The model that the office taught and installed; where there is none, nothing is said."""
    from nlp.classify import Classifier
    from nlp.home import home_of
    from nlp.installed import Unusable, load_installed

    try:
        model = load_installed(home_of(data_dir))
    except Unusable as fault:
        yield found("warn", "model-taught-wrong", reason=fault)
        return
    if model is not None:
        Classifier(model).judge("quay khong co ai ngoi truc")
        yield found("ok", "model-taught", version=model.version)


def _built_in() -> Iterator[Check]:
    from importlib.metadata import PackageNotFoundError, version

    try:
        underthesea = version("underthesea")
    except PackageNotFoundError:
        yield found("fail", "words-missing")
        return
    try:
        yield found("ok", "words-ok" if _judges() else "words-new", version=underthesea)
    except Exception:  # whatever is wrong with it, the advice is the same
        yield found("fail", "model-wrong")


def _judges() -> bool:
    """Whether the model is there and judges; False if it will be trained at the next start. Raises whatever is wrong."""
    from nlp import classify, store
    from nlp.corpus import DATA, read_corpus
    from nlp.train import version_of

    try:
        model = store.load(classify.MODEL_ROOT / version_of(read_corpus(DATA)))
    except FileNotFoundError:
        return False
    classify.Classifier(model).judge("quay khong co ai ngoi truc")
    return True


def _disk(folder: Path) -> Check:
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(there).free
    shown = f"{free / 1024**3:.1f}"
    if free < _LOW:
        return found("fail" if free < _VERY_LOW else "warn", "disk-low", free=shown)
    return found("ok", "disk-ok", free=shown)
