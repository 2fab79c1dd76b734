"""What is said arrives as Zalo carries it, and of every failure it is known whether to say it again."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image

from bot.channels.zalo_oa_faults import sent
from bot.delivery.outcome import Allowance, Failed, Gone, Later, NeedsTemplate, Refused, Sent, Unknown, Wait
from talk.reply import Choice, Reply
from tests.bot.zalo_oa_kit import HASTE, Office, enclosed, menu, picture
from tests.standins.zalo_oa import ZaloOfficialAccount
from tests.standins.zalo_oa.doubts import ButtonShape
from tests.standins.zalo_oa.people import Person

PAGES = Path(__file__).parents[2] / "bot" / "web"
HELLO = Reply(text="Xin chào anh/chị")


@pytest.fixture
async def an(oa: Office, zalo: ZaloOfficialAccount) -> Person:
    """Somebody who has just written."""
    person = zalo.person("An")
    await person.says("chào")
    await oa.settled()
    person.takes_unread()
    return person


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (-32, Wait),
        (-100, Failed),
        (-200, Refused),
        (-201, Refused),
        (-211, NeedsTemplate),
        (-218, NeedsTemplate),
        (-213, Gone),
        (-217, Gone),
        (-227, Gone),
        (-244, Gone),
        (-224, Failed),
        (-223, Failed),
        (-221, Failed),
        (-230, NeedsTemplate),
        (-232, NeedsTemplate),
        (-234, Later),
        (-99999, Failed),
    ],
)
async def test_every_error_has_its_outcome(oa: Office, zalo: ZaloOfficialAccount, an: Person, code: int, outcome: type) -> None:
    zalo.faults.answers(code, calls="send")
    got = await oa.channel.speech.send(oa.parcel(an.id, HELLO))
    assert type(got) is outcome
    if isinstance(got, NeedsTemplate):
        assert got.quota is (code in (-211, -218))
        assert got.of_account is (code == -211)
    assert not an.unread


@pytest.mark.parametrize("code", [-216, -220])
async def test_a_refused_token_is_renewed_once_and_the_message_goes(oa: Office, zalo: ZaloOfficialAccount, an: Person, code: int) -> None:
    zalo.faults.answers(code, calls="send")
    assert isinstance(await oa.channel.speech.send(oa.parcel(an.id, HELLO)), Sent)
    assert len(zalo.calls("token")) == 1
    zalo.faults.answers(code, calls="send", times=2)
    assert isinstance(await oa.channel.speech.send(oa.parcel(an.id, HELLO)), Failed)
    assert len(an.takes_unread()) == 1


@pytest.mark.parametrize(
    ("fault", "outcome", "arrived"),
    [
        ("server_error", Failed, 0),
        ("not_json", Unknown, 0),
        ("drops_before", Unknown, 0),
        ("drops_after", Unknown, 1),
        ("hangs", Unknown, 1),
        ("too_many", Wait, 0),
    ],
)
async def test_a_bad_road(oa: Office, zalo: ZaloOfficialAccount, an: Person, fault: str, outcome: type, arrived: int) -> None:
    getattr(zalo.faults, fault)(calls="send")
    assert type(await oa.channel.speech.send(oa.parcel(an.id, HELLO))) is outcome
    assert len(an.takes_unread()) == arrived


async def test_a_server_that_is_not_there_or_cannot_answer_in_time(oa: Office, zalo: ZaloOfficialAccount, an: Person) -> None:
    zalo.faults.server_error(504, calls="send")
    assert isinstance(await oa.channel.speech.send(oa.parcel(an.id, HELLO)), Unknown)
    oa.channel.api._base = "http://127.0.0.1:9"
    assert isinstance(await oa.channel.speech.send(oa.parcel(an.id, HELLO)), Failed)


async def test_words_as_they_are(oa: Office, an: Person) -> None:
    said = "<b>5 < 7</b> *và* _xem_ https://example.vn 😀"
    assert isinstance(await oa.channel.speech.send(oa.parcel(an.id, Reply(text=said))), Sent)
    assert (await an.next_message()).text == said


@pytest.mark.parametrize("shape", list(ButtonShape))
async def test_buttons_go_in_the_form_that_is_taken_and_else_as_numbers(
    oa: Office, zalo: ZaloOfficialAccount, an: Person, shape: ButtonShape
) -> None:
    zalo.doubts.buttons = shape
    for _ in range(2):
        assert isinstance(await oa.channel.speech.send(oa.parcel(an.id, menu(3))), Sent)
    for message in an.takes_unread():
        if shape is ButtonShape.REFUSED:
            assert message.text.endswith("3. Mục 3\nTrả lời bằng số của mục anh/chị chọn.")
        else:
            assert (message.titles, message.text) == (["Mục 1", "Mục 2", "Mục 3"], "Anh/chị chọn:")
    wasted = {ButtonShape.PLAIN: 0, ButtonShape.TYPED: 1, ButtonShape.REFUSED: 2}[shape]
    assert len(zalo.calls("send")) == 1 + 2 + wasted  # what works is remembered


async def test_a_message_that_is_refused_for_itself_says_nothing_of_buttons(oa: Office, zalo: ZaloOfficialAccount, an: Person) -> None:
    zalo.faults.answers(-201, calls="send", times=3)
    assert isinstance(await oa.channel.speech.send(oa.parcel(an.id, menu(2))), Refused)
    await oa.channel.speech.send(oa.parcel(an.id, menu(2)))
    assert (await an.next_message()).titles == ["Mục 1", "Mục 2"]


async def test_links_and_long_labels(oa: Office, zalo: ZaloOfficialAccount, an: Person) -> None:
    rows = ((Choice(label="Rất dài " * 20, data="m:1"),), (Choice.link("Trang", "https://xa-mau.example.vn/a"),))
    assert isinstance(await oa.channel.speech.send(oa.parcel(an.id, Reply(text="Xem", rows=rows))), Sent)
    message = await an.next_message()
    assert [button.kind for button in message.buttons] == ["oa.query.hide", "oa.open.url"]
    assert len(message.titles[0]) == 100
    too_long = Reply(text="Xem", rows=((Choice(label="A", data="x" * 1_000),),))
    assert isinstance(await oa.channel.speech.send(oa.parcel(an.id, too_long)), Sent)
    assert "1. A" in (await an.next_message()).text


@pytest.mark.parametrize(
    ("form", "mime", "side", "mode"),
    [
        ("PNG", "image/png", 800, "RGB"),
        ("JPEG", "image/jpeg", 1_200, "RGB"),
        ("PNG", "image/png", 700, "RGBA"),
        ("WEBP", "image/webp", 60, "RGB"),
    ],
)
async def test_a_picture_too_large_is_drawn_anew(oa: Office, an: Person, form: str, mime: str, side: int, mode: str) -> None:
    oa.channel.speech._patience = dataclasses.replace(HASTE, send=60)  # drawing anew is work, and the machine may be busy
    content = picture(form, side, noisy=True, mode=mode)
    reply = enclosed("picture", "biểu đồ.png", mime, "Tuần này")
    assert isinstance(await oa.channel.speech.send(oa.parcel(an.id, reply, content)), Sent)
    message = await an.next_message()
    assert message.text == "Tuần này"
    assert message.picture is not None
    assert len(message.picture) <= 1024 * 1024
    with Image.open(io.BytesIO(message.picture)) as shown:
        assert shown.format in ("PNG", "JPEG")
        assert shown.width >= min(side, 400)


async def test_a_chart_stays_sharp(oa: Office, an: Person) -> None:
    chart = Image.linear_gradient("L").resize((1_500, 1_500)).convert("RGB")
    out = io.BytesIO()
    chart.save(out, "PNG", compress_level=0)
    assert out.tell() > 1024 * 1024
    await oa.channel.speech.send(oa.parcel(an.id, enclosed("picture", "a.png", "image/png"), out.getvalue()))
    message = await an.next_message()
    assert message.picture is not None
    with Image.open(io.BytesIO(message.picture)) as shown:
        assert (shown.format, shown.size) == ("PNG", (1_500, 1_500))


async def test_small_pictures_and_gifs_go_as_they_are(oa: Office, an: Person) -> None:
    for number, (form, mime) in enumerate((("PNG", "image/png"), ("GIF", "image/gif"), ("JPEG", "image/jpeg"))):
        content = picture(form)
        reply = enclosed("picture", "a", mime)
        assert reply.enclosure is not None
        reply = reply.model_copy(update={"enclosure": reply.enclosure.model_copy(update={"file_id": number})})
        assert isinstance(await oa.channel.speech.send(oa.parcel(an.id, reply, content)), Sent)
        assert (await an.next_message()).picture == content


async def test_a_document_goes_as_a_file(oa: Office, an: Person) -> None:
    await oa.channel.speech.send(oa.parcel(an.id, enclosed("document", "đơn", "application/pdf"), b"%PDF-1.4 x"))
    message = await an.next_message()
    assert (message.file, message.file_name) == (b"%PDF-1.4 x", "đơn.pdf")


async def test_what_zalo_does_not_take_is_said_in_words(oa: Office, zalo: ZaloOfficialAccount, an: Person) -> None:
    await oa.channel.speech.send(oa.parcel(an.id, enclosed("voice", "ghi âm.aac", "audio/aac"), b"x" * 50))
    assert "📎 ghi âm.aac" in (await an.next_message()).text
    await oa.channel.speech.send(oa.parcel(an.id, enclosed("document", "kể.txt", "text/plain"), "Chuyện dài. ".encode() * 300))
    read_out = an.takes_unread()
    assert len(read_out) == 2
    assert read_out[0].text.startswith("kể.txt:\nChuyện dài.")
    zalo.faults.answers(-211, calls="upload")
    await oa.channel.speech.send(oa.parcel(an.id, enclosed("picture", "a.png", "image/png", "Tuần này"), picture("PNG")))
    assert (await an.next_message()).text.startswith("Tuần này\n\n🖼 a.png")
    await oa.channel.speech.send(oa.parcel(an.id, enclosed("picture", "a.png", "image/png"), b"no picture"))
    assert "🖼" in (await an.next_message()).text


async def test_one_upload_serves_many_people_until_it_is_over(oa: Office, zalo: ZaloOfficialAccount, an: Person) -> None:
    for _ in range(3):
        await oa.channel.speech.send(oa.parcel(an.id, enclosed("picture", "a.png", "image/png"), picture("PNG")))
    assert len(zalo.calls("upload")) == 1
    oa.clock.forward(days=6)
    await oa.channel.speech.send(oa.parcel(an.id, enclosed("picture", "a.png", "image/png"), picture("PNG")))
    assert len(zalo.calls("upload")) == 2
    zalo.faults.answers(-100, calls="send")
    assert isinstance(await oa.channel.speech.send(oa.parcel(an.id, enclosed("picture", "a.png", "image/png"), picture("PNG"))), Sent)
    assert len(zalo.calls("upload")) == 3
    assert len(an.takes_unread()) == 5


async def test_what_is_left_is_told_with_the_answer(oa: Office, zalo: ZaloOfficialAccount, an: Person) -> None:
    assert await oa.channel.speech.send(oa.parcel(an.id, HELLO)) == Sent(Allowance(6, 8, kind="reply"))
    zalo.doubts.quota_in_answers = False
    assert await oa.channel.speech.send(oa.parcel(an.id, HELLO)) == Sent()
    zalo.doubts.quota_in_answers = True
    await zalo.passes(hours=49)
    assert await oa.channel.speech.send(oa.parcel(an.id, HELLO)) == Sent(Allowance(999, 999, of_account=True, kind="sub_quota"))


@pytest.mark.parametrize(("owner", "of_account"), [("OA", True), ("oa", True), ("App", True), ("User", False), ("", False)])
def test_whose_quota_it_is(owner: str, of_account: bool) -> None:
    given = {"quota": {"owner_type": owner, "quota_type": "sub_quota", "remain": "0", "total": "500"}}
    assert sent(given) == Sent(Allowance(0, 500, of_account=of_account, kind="sub_quota"))


def test_what_is_free_for_a_person_is_theirs_whoever_holds_the_package() -> None:
    """Else the eighth answer to one of them would keep from all others what is billed."""
    given = {"quota": {"owner_type": "OA", "quota_type": "reply", "remain": "0", "total": "8"}}
    assert sent(given) == Sent(Allowance(0, 8, kind="reply"))


ASKED = Reply(text="Anh/chị cho biết họ tên", asks_contact=True)


async def test_who_is_asked_for_name_and_number_gets_the_form_after_the_words(oa: Office, zalo: ZaloOfficialAccount, an: Person) -> None:
    assert await oa.channel.speech.send(oa.parcel(an.id, ASKED)) == Sent(Allowance(5, 8, kind="reply"))
    words, form = an.takes_unread()
    assert (words.text, words.asks_info) == ("Anh/chị cho biết họ tên", False)
    assert form.asks_info
    payload = zalo.calls("send")[-1].params["message"]["attachment"]["payload"]
    shown = urlsplit(payload["elements"][0]["image_url"])
    assert (shown.scheme, shown.hostname) == ("https", "xa-mau.example.vn")
    with Image.open(PAGES / shown.path.lstrip("/")) as picture_of_ours:
        assert picture_of_ours.format == "PNG"
    await an.shares_info()
    await oa.settled()
    assert oa.turns[-1].shares_contact


@pytest.mark.parametrize("fault", ["server_error", "not_json", "drops_before", "drops_after", "hangs", "too_many", "refused", "gone"])
async def test_words_that_were_said_are_sent_whatever_becomes_of_the_form(
    oa: Office, zalo: ZaloOfficialAccount, an: Person, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    oa.channel.speech._patience = dataclasses.replace(oa.channel.speech._patience, form=0.2)
    plain = oa.channel.api.send

    async def then_faulty(user_id: str, message: dict[str, Any]) -> Any:
        if "attachment" in message:
            match fault:
                case "refused":
                    zalo.faults.answers(-201, calls="send")
                case "gone":
                    zalo.faults.answers(-217, calls="send")
                case _:
                    getattr(zalo.faults, fault)(calls="send")
        return await plain(user_id, message)

    oa.channel.api.send = then_faulty  # type: ignore[method-assign]
    assert isinstance(await oa.channel.speech.send(oa.parcel(an.id, ASKED)), Sent)
    assert [message.text for message in an.takes_unread() if not message.asks_info] == ["Anh/chị cho biết họ tên"]
    assert len(zalo.calls("send")) == 1 + 2
    assert "zalo took no form" in capsys.readouterr().out


async def test_no_form_without_a_public_address_or_when_the_words_failed_or_few_messages_are_left(
    oa: Office, zalo: ZaloOfficialAccount, an: Person
) -> None:
    zalo.faults.answers(-200, calls="send")
    assert isinstance(await oa.channel.speech.send(oa.parcel(an.id, ASKED)), Refused)
    assert not an.takes_unread()
    for _ in range(4):
        await oa.channel.speech.send(oa.parcel(an.id, HELLO))
    an.takes_unread()
    assert await oa.channel.speech.send(oa.parcel(an.id, HELLO)) == Sent(Allowance(2, 8, kind="reply"))
    assert await oa.channel.speech.send(oa.parcel(an.id, ASKED)) == Sent(Allowance(1, 8, kind="reply"))
    assert not any(message.asks_info for message in an.takes_unread())
    await an.says("chào")
    await oa.settled()
    an.takes_unread()
    oa.channel.speech._form_picture = None
    await oa.channel.speech.send(oa.parcel(an.id, ASKED))
    assert [message.asks_info for message in an.takes_unread()] == [False]


async def test_the_courier_waits_ends_and_keeps(oa: Office, zalo: ZaloOfficialAccount) -> None:
    an, binh = zalo.person("An"), zalo.person("Bình")
    zalo.faults.answers(-234, calls="send", to=an.id)
    zalo.faults.answers(-217, calls="send", to=binh.id)
    await an.says("một")
    await binh.says("hai")
    await oa.settled()
    assert await oa.states() == ["due"]  # the other ended with the contact that is gone
    oa.clock.forward(hours=6, seconds=1)
    await oa.carry()
    assert len(an.takes_unread()) == 1
    zalo.faults.answers(-32, calls="send")
    await an.says("ba")
    await oa.settled()
    assert not an.unread
    oa.clock.forward(seconds=61)
    await oa.carry()
    assert [message.text for message in an.takes_unread()] == ["Tôi nghe: ba"]


async def test_a_set_up_error_is_said_once_and_loudly(
    oa: Office, zalo: ZaloOfficialAccount, an: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    zalo.standing.package = False
    for _ in range(3):
        assert isinstance(await oa.channel.speech.send(oa.parcel(an.id, HELLO)), Failed)
    assert capsys.readouterr().out.count("congvu doctor") == 1
    zalo.standing.package = True
    assert isinstance(await oa.channel.speech.send(oa.parcel(an.id, HELLO)), Sent)


async def test_a_template_goes_to_whom_nothing_else_may(oa: Office, zalo: ZaloOfficialAccount, an: Person) -> None:
    zalo.approves_template("T1", "Hồ sơ <code> đã có trả lời.")
    await zalo.passes(days=8)
    oa.clock.moment += dt.timedelta(days=8)
    assert await oa.channel.speech.send(oa.parcel(an.id, HELLO)) == NeedsTemplate("-230: no interaction for 7 days")
    assert isinstance(await oa.channel.speech.send_template(an.id, "T1", {"code": "AB12"}), Sent)
    assert (await an.next_message()).text == "Hồ sơ AB12 đã có trả lời."
    await oa.channel.api.send_template_by_phone(an.contact.phone, "T1", {"code": "CD34"}, "row-1")
    assert (await an.next_message()).text == "Hồ sơ CD34 đã có trả lời."
