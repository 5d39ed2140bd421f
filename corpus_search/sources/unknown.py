"""What a file is that no reader takes, in words that tell a person what to do with it."""

from __future__ import annotations

from typing import Final

_KNOWN: Final[tuple[tuple[int, bytes, str, str], ...]] = (
    (0, b"Rar!", "a RAR archive", "unpack it by hand and ingest the folder"),
    (0, b"\xd0\xcf\x11\xe0", "an old Office file", "save it in today's format (.xlsx, .pptx) or as PDF"),
    (0, b"PK", "a damaged zip file or office document", "ask for it again"),
    (0, b"RIFF", "a sound, video or WebP picture", "listen to or look at it by hand"),
    (0, b"ID3", "a sound recording (MP3)", "listen to it by hand"),
    (0, b"\xff\xfb", "a sound recording (MP3)", "listen to it by hand"),
    (0, b"\x30\x26\xb2\x75", "a sound or video recording (Windows Media)", "play it by hand"),
    (0, b"OggS", "a sound recording (Ogg)", "listen to it by hand"),
    (4, b"ftyp", "a video or sound recording (MP4)", "play it by hand"),
    (0, b"\x1aE\xdf\xa3", "a video recording (Matroska)", "play it by hand"),
    (0, b"MZ", "a Windows program", "leave it closed"),
    (0, b"\x7fELF", "a program", "leave it closed"),
    (0, b"SQLite format 3", "an SQLite database", "export its tables as CSV"),
    (4, b"Standard Jet DB", "an Access database", "export its tables as CSV"),
    (4, b"Standard ACE DB", "an Access database", "export its tables as CSV"),
    (0, b"%!PS", "a PostScript file", "save it as PDF"),
    (0, b"\x89PNG", "a picture (PNG)", "look at it by hand"),
    (0, b"\xff\xd8\xff", "a picture (JPEG)", "look at it by hand"),
    (0, b"GIF8", "a picture (GIF)", "look at it by hand"),
    (0, b"II*\x00", "a picture (TIFF)", "look at it by hand"),
    (0, b"MM\x00*", "a picture (TIFF)", "look at it by hand"),
    (0, b"\x30\x80\x06\x09\x2a\x86\x48\x86", "a signed or encrypted mail part (S/MIME)", "ask for the mail without it"),
    (0, b"-----BEGIN PGP MESSAGE", "a file encrypted by PGP", "ask for it decrypted"),
)


def describe(head: bytes) -> str:
    """The reason of the problem line for a file that begins with these bytes."""
    for offset, mark, what, advice in _KNOWN:
        if head[offset : offset + len(mark)] == mark:
            return f"{what} is not read; {advice}"
    return f"no reader knows this format (it begins with bytes {head[:8].hex(' ')}); open it by hand"
