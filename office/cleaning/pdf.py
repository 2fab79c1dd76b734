"""PDF: who made it, with what, and what scanned photos in it say of themselves is blanked where it stands; pages stay as they are, byte by byte.

No library reads the file: one that rebuilds it may change a document that is evidence, and readers of PDF have a long history of never
coming back from a hostile file. Here each step goes through the file once.
"""

from __future__ import annotations

import re
import zlib

from office.cleaning.cleaned import Cleaned
from office.cleaning.pdf_parts import Stream, between, objects_in, streams_of, strings_in
from office.cleaning.pictures import blank_jpeg

_KEPT_AS_IT_IS = (b"/Encrypt", b"/ByteRange", b"/EmbeddedFile", b"/PieceInfo", b"/Collection", b"/XFA")
"""Locked; signed (blanking would break the signature, which itself names the signer); with other files or a program's own data inside."""
_INFO = re.compile(rb"/Info\s+(\d{1,9})\s+\d+\s+R")
_REFERENCE = re.compile(rb"(?<!\d)(\d{1,9})\s+\d+\s+R\b")
_NAMING = re.compile(rb"/(?:Author|Company|Manager|LastModifiedBy|LastSavedBy|Creator|Producer)\s*(?=[(<])")
_REMARK = re.compile(
    rb"/Subtype\s*/(?:Text|FreeText|Highlight|Underline|StrikeOut|Squiggly|Ink|Stamp|Popup|Square|Circle|Line|Caret|Poly\w+)\b"
)
_REMARK_BY = re.compile(rb"/T\s*(?=[(<])")
_HOME = re.compile(rb"[\\/](?:Users|Documents and Settings|home)[\\/]")
_EMPTY_XMP = b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"/><?xpacket end="r"?>'
_MOST_UNPACKED = 64 * 1024 * 1024
_MOST_INFOS = 20
_LONGEST_TABLE = 1024 * 1024
_MOST_NAMINGS = 20_000
_NAME_ESCAPE = re.compile(rb"/[^\s/<>()\[\]{}%]*#[0-9A-Fa-f]{2}[^\s/<>()\[\]{}%]*")


def clean_pdf(content: bytes) -> Cleaned:
    """The PDF without its author; not sure if it is locked, signed, packed in an unknown way or damaged."""
    try:
        return _Work(content).done()
    except (ValueError, zlib.error):
        return Cleaned(content, sure=False)


class _Work:
    """One file on the table: `pdf` is what will be kept, `sure` turns False at the first thing that we cannot answer for."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.pdf = bytearray(content)
        self.streams = list(streams_of(content))
        self.text = between(content, self.streams)
        self.packed: dict[int, bytearray] = {}
        self.sure = True
        self._left = _MOST_UNPACKED
        self._tables: dict[int, list[tuple[int, tuple[int, int]]]] = {}

    def done(self) -> Cleaned:
        self._unpack()
        texts = [self.text, *self.packed.values()]
        if any(mark in text for text in texts for mark in _KEPT_AS_IT_IS):
            return Cleaned(self.content, sure=False)
        before = {number: bytes(text) for number, text in self.packed.items()}
        infos = self._infos(texts)
        for text in texts:
            self._blank_text(text, infos)
        self._write_back(before)
        for stream in self.streams:
            self._clean_stream(stream)
        left = any(mark in self.pdf for mark in (b"rdf:RDF", b"Exif\0\0"))
        return Cleaned(bytes(self.pdf), self.sure and not left)

    def _unpack(self) -> None:
        """The text in object streams, by the stream's number."""
        for number, stream in enumerate(self.streams):
            if re.search(rb"/Type\s*/ObjStm", stream.about):
                if _filters(stream) != [b"FlateDecode"] or b"/DecodeParms" in stream.about:
                    raise ValueError("packed in an unknown way")
                unpacker = zlib.decompressobj()
                self.packed[number] = bytearray(unpacker.decompress(self.content[stream.start : stream.end], self._left))
                self._left -= len(self.packed[number])
                if not unpacker.eof or self._left <= 0:
                    raise ValueError("too much, or cut off")

    def _infos(self, texts: list[bytearray]) -> set[int]:
        """The numbers of the objects that say who made the file, and of those to which they point."""
        numbers = {int(each) for text in texts for each in _INFO.findall(text)}
        numbers |= {int(each) for stream in self.streams for each in _INFO.findall(stream.about)}
        if len(numbers) > _MOST_INFOS:
            raise ValueError("too many of them")
        for number in list(numbers):
            for text in texts:
                for start, end in self._definitions(text, number):
                    numbers |= {int(each) for each in _REFERENCE.findall(text[start:end])}
        if len(numbers) > _MOST_INFOS:
            raise ValueError("too many of them")
        return numbers

    def _definitions(self, text: bytearray, number: int) -> list[tuple[int, int]]:
        if text is self.text:
            return list(objects_in(text, number))
        stream = next(each for each, packed in self.packed.items() if packed is text)
        return [place for each, place in self._table(stream, text) if each == number]

    def _table(self, stream: int, text: bytearray) -> list[tuple[int, tuple[int, int]]]:
        if stream not in self._tables:
            self._tables[stream] = _packed_objects(self.streams[stream], text)
        return self._tables[stream]

    def _blank_text(self, text: bytearray, infos: set[int]) -> None:
        """Blank in one text what names somebody. Where it is the text between the streams, the file itself is blanked."""
        target = self.pdf if text is self.text else text
        for number in infos:
            for start, end in self._definitions(text, number):
                _blank_strings(text, target, start, end)
        naming = [found.end() for found in _NAMING.finditer(text)]
        if _REMARK.search(text):
            if b"/FT" in text:  # the names of a form's fields look the same, and the form needs them
                self.sure &= not _REMARK_BY.search(text)
            else:
                naming += [found.end() for found in _REMARK_BY.finditer(text)]
        if len(naming) > _MOST_NAMINGS:
            raise ValueError("too many of them")
        after = 0
        for at in sorted(naming):
            if at >= after:
                after = _blank_string_at(text, target, at)
        left = target if text is not self.text else between(self.pdf, self.streams)
        if _HOME.search(left) or any(_is_hidden(name) for name in _NAME_ESCAPE.findall(left)):
            self.sure = False

    def _write_back(self, before: dict[int, bytes]) -> None:
        for number, text in self.packed.items():
            if text != before[number]:
                self._pack(self.streams[number], bytes(text))

    def _pack(self, stream: Stream, data: bytes) -> None:
        """Put packed bytes in the place of others; readers stop where the packed data ends, so spaces may follow."""
        packed, room = zlib.compress(data, 9), stream.end - stream.start
        if len(packed) > room:
            raise ValueError("does not fit")
        self.pdf[stream.start : stream.end] = packed + b" " * (room - len(packed))

    def _clean_stream(self, stream: Stream) -> None:
        filters = _filters(stream)
        if re.search(rb"/Type\s*/Metadata|/Subtype\s*/XML", stream.about):
            room = stream.end - stream.start
            if not filters:
                self.pdf[stream.start : stream.end] = _EMPTY_XMP.ljust(room) if room >= len(_EMPTY_XMP) else b" " * room
            elif filters == [b"FlateDecode"]:
                self._pack(stream, _EMPTY_XMP if room > len(_EMPTY_XMP) else b"")
            else:
                self.sure = False
        elif filters == [b"DCTDecode"]:
            self.sure &= blank_jpeg(self.pdf, stream.start, stream.end)
        elif b"DCTDecode" in filters or b"JPXDecode" in filters:
            self.sure = False


def _filters(stream: Stream) -> list[bytes]:
    found = re.search(rb"/Filter\s*(?:\[([^\]]*)\]|/(\w+)|(\d+\s+\d+\s+R))", stream.about)
    if found is None:
        return []
    if found[3]:
        return [b"elsewhere"]
    return re.findall(rb"/(\w+)", found[1]) if found[1] is not None else [found[2]]


def _packed_objects(stream: Stream, text: bytearray) -> list[tuple[int, tuple[int, int]]]:
    """Number and place of each object in an object stream."""
    first, count = re.search(rb"/First\s+(\d{1,9})", stream.about), re.search(rb"/N\s+(\d{1,6})", stream.about)
    if first is None or count is None or int(first[1]) > _LONGEST_TABLE:
        raise ValueError("no table of objects")
    table = [int(each) for each in text[: int(first[1])].split()[: 2 * int(count[1])]]
    starts = [int(first[1]) + offset for offset in table[1::2]]
    return [(number, (start, end)) for number, start, end in zip(table[::2], starts, [*sorted(starts)[1:], len(text)], strict=False)]


def _blank_strings(text: bytearray, target: bytearray, start: int, end: int) -> None:
    for begin, stop, is_hex in list(strings_in(text, start, end)):
        target[begin:stop] = _blank(stop - begin, is_hex)


def _blank_string_at(text: bytearray, target: bytearray, at: int) -> int:
    """Blank the string that begins there, if one does; where it ends."""
    if text.startswith(b"<<", at):
        return at
    begin, stop, is_hex = next(strings_in(text, at, len(text)))
    target[begin:stop] = _blank(stop - begin, is_hex)
    return stop


def _blank(length: int, is_hex: bool) -> bytes:
    return (b"20" * length)[:length] if is_hex else b" " * length


def _is_hidden(name: bytes) -> bool:
    """Whether a name written with escapes is one of those that we look for."""
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes.fromhex(found[1].decode()), name)
    return plain in (b"/Author", b"/Info", b"/Encrypt", b"/Metadata", b"/ObjStm", b"/ByteRange", b"/EmbeddedFile")
