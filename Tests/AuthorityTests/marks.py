# SPDX-License-Identifier: GPL-2.0-or-later
"""What tells one owner's things from all others', so that a single byte of them can be found wherever it shows up."""
import base64
import random
import re
import urllib.parse
import uuid as identity

CONSONANTS = "bcdfghjkmnpqrstvwxz"
CODED = re.compile(r"(?<=/)~[A-Za-z0-9_-]+")


def decoded(segment: str) -> str:
    """What a segment of a path says that begins with `~`."""
    code = segment[1:]
    return base64.urlsafe_b64decode(code + "=" * (-len(code) % 4)).decode(errors="replace")


class Marks:
    """A stem that is in all names, a node that ends all UUIDs, two bytes in all MACs, and a network. All marks of a kind are of one length."""

    def __init__(self, chance: random.Random):
        self.stem = "".join(chance.choices(CONSONANTS, k=9))
        self.node = f"{chance.getrandbits(44) | 1 << 43:011x}e"
        self.mac_bytes = [f"{chance.randrange(0x11, 0x9F):02x}" for _ in range(2)]
        self.net = f"10.{chance.randrange(101, 200)}.{chance.randrange(101, 200)}"
        self.count = 0
        # UUIDs that libvirt has drawn; and what is said in their place when others are meant.
        self.drawn: dict[str, str] = {}

    def draw(self, uuid: str):
        self.drawn[uuid] = str(identity.uuid4())

    def name(self, what: str) -> str:
        return f"{self.stem}-{what}"

    def uuid(self) -> str:
        self.count += 1
        return f"{self.count:08x}-0000-4000-8000-{self.node}"

    def mac(self) -> str:
        self.count += 1
        return f"52:54:00:{self.mac_bytes[0]}:{self.mac_bytes[1]}:{self.count:02x}"

    def _patterns(self) -> list[str]:
        # The host's end has another first byte. With fewer bytes than these, numbers that are drawn at random would be taken for one.
        mac = "[^0-9a-z]?".join(["(?:52|fe)", "54", "00", *self.mac_bytes])
        return [self.stem, self.node, mac, re.escape(self.net) + r"\.", *self.drawn]

    def encoded(self) -> list[str]:
        """The stem in base64, wherever it begins, but for the letters that share bits with others."""
        found = []
        for offset in range(3):
            text = base64.b64encode(b"\0" * offset + self.stem.encode("ascii")).decode("ascii").rstrip("=")
            found.append(text[(offset * 8 + 5) // 6 : len(text) - (1 if (offset + len(self.stem)) % 3 else 0)])
        return found

    def found(self, data: bytes) -> list[str]:
        """What of it is in there, with what stands about it."""
        text = data.decode("utf-8", errors="replace")
        found = []
        for pattern in self._patterns():
            found += [match.start() for match in re.finditer(pattern, text, re.IGNORECASE)]
        for code in self.encoded():
            found += [match.start() for match in re.finditer(re.escape(code), text)]
        return [" ".join(text[max(0, at - 40) : at + 60].split()) for at in sorted(found)]

    def missing(self, data: bytes) -> list[str]:
        """Which of its marks are not in there."""
        return [pattern for pattern in self._patterns() if not re.search(pattern, data.decode("utf-8", errors="replace"), re.IGNORECASE)]

    def given_to(self, other: "Marks", text: str) -> str:
        """The same text with the other's marks instead, also in a path's encoded segments."""

        def swapped(plain: str) -> str:
            pairs = [(self.stem, other.stem), (self.node, other.node), (f"{self.net}.", f"{other.net}."), *self.drawn.items()]
            for separator in (":", "_", "%3A"):
                pairs.append((separator.join(["54", "00", *self.mac_bytes]), separator.join(["54", "00", *other.mac_bytes])))
            for mine, others in pairs:
                plain = plain.replace(mine, others).replace(mine.upper(), others.upper())
            return plain

        def recoded(match: re.Match) -> str:
            return "~" + base64.urlsafe_b64encode(swapped(decoded(match[0])).encode()).decode("ascii").rstrip("=")

        return swapped(CODED.sub(recoded, text))

    def is_in(self, path: str) -> bool:
        """Whether a path names something of it."""
        texts = [urllib.parse.unquote(path), *map(decoded, CODED.findall(path))]
        return bool(self.found("\n".join(texts).encode()))
