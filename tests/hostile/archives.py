"""Archives: that grow without end, that would write elsewhere, that hold what is no file."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib

from tests.hostile.case import Case, Read, Refused, people
from tests.hostile.packing import lying, many, package
from tests.unit.parsed.making import csv_text, zipped

NAMES = (
    "../../../../tmp/一.csv", "/etc/二.csv", "..\\..\\三.csv", "C:\\Windows\\四.csv", "名单.csv", "名单.CSV",
    "a/b/../五.csv",
    "换\n行.csv", "倒\u202evsc.写.csv", "\x1b[31m红.csv", "长" * 80 + ".csv",
)  # fmt: skip


def line(number: int, prefix: str = "P") -> bytes:
    """A list with one line of its own."""
    rows = people(number + 1, prefix)
    return csv_text([rows[0], rows[-1]]).encode()


def names() -> bytes:
    """Every name leads somewhere else, or reads as something else; one stands twice, one ends at a zero byte."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number, name in enumerate((*NAMES, "名单.csv", "zero_.csv")):
            archive.writestr(zipfile.ZipInfo(name), line(number, "N"))
    return target.getvalue().replace(b"zero_.csv", b"zero\x00.csv")


def nested(depth: int, copies: int, innermost: bytes) -> bytes:
    content = innermost
    for level in range(depth):
        content = zipped({f"{level}-{copy}.zip" if level else f"{copy}.csv": content for copy in range(copies)})
    return content


def bomb(megabytes: int) -> bytes:
    return package({"名单.csv": many(b"0" * 2**20, megabytes)})


def overlapping(entries: int) -> bytes:
    """Every entry of the list points at the same packed megabytes."""
    data = b"0" * (10 * 2**20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    crc, sizes = zlib.crc32(data), (len(packed), len(data))
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 33, crc, *sizes, 1, 0) + b"a" + packed
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, crc, *sizes, 1, 0, 0, 0, 0, 0, 0) + b"a"
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, entries, entries, len(entry) * entries, len(local), 0)
    return local + entry * entries + end


def link() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("名单.csv", line(0))
        info = zipfile.ZipInfo("链接.csv")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "../../../../../etc/passwd")
    return target.getvalue()


def locked() -> bytes:
    made = bytearray(zipped({"名单.csv": line(0)}))
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        made[made.find(mark) + at] |= 1
    return bytes(made)


CASES = (
    Case("炸弹.zip", Refused("展开后超过"), lambda: bomb(300)),
    Case("炸弹套两层.zip", Refused("展开后超过"), lambda: zipped(
        {f"{number}.zip": zipped({"a.zip": bomb(30)}) for number in range(10)})),
    Case("大小不实.zip", Refused("损坏"), lambda: lying(zipped({"名单.csv": line(0) + b"\n" * 2**20}), 100)),
    Case("重叠.zip", Refused(""), lambda: overlapping(1000)),
    Case("套六层.zip", Refused("层"), lambda: nested(6, 1, line(0))),
    Case("每层十个.zip", Refused("超过"), lambda: nested(4, 8, b"0" * 2**16)),
    Case("三千个文件.zip", Refused("2000"), lambda: zipped({f"{n}.csv": b"x,y" for n in range(3000)})),
    Case("两层.zip", Read(1), lambda: nested(2, 1, line(0))),
    Case("名称.zip", Read(13), names),
    Case("链接.zip", Refused("链接"), link),
    Case("密码.zip", Refused("密码"), locked),
    Case("半个.zip", Refused("损坏"), lambda: zipped({"名单.csv": line(0)})[:-20]),
    Case("空压缩包.zip", Read(0), lambda: zipped({})),
)  # fmt: skip
