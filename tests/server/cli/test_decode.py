import pytest

from leery.batch.decode import decode


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"x = 1\n", "x = 1\n"),
        ("ä = 😀\r\n".encode(), "ä = 😀\r\n"),
        (b"\xef\xbb\xbfx = 1", "x = 1"),
        ("x = 'ä'".encode("utf-16"), "x = 'ä'"),
        (b"\xfe\xff" + "x = 'ä'".encode("utf-16-be"), "x = 'ä'"),
        (b"# -*- coding: latin-1 -*-\nx = '\xe4'", "# -*- coding: latin-1 -*-\nx = 'ä'"),
        (b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n'\x80'", None),
        (b"#!x\r# coding=koi8-r\r'\xc1'", "#!x\r# coding=koi8-r\r'\u0430'"),
        (b"", ""),
    ],
)
def test_text_is_read_as_it_says(data, text):
    decoded = decode(data, "python")
    assert decoded.remark == ""
    assert decoded.text == (text if text is not None else data.decode("cp1252"))


def test_only_python_declares_an_encoding_in_a_comment():
    data = b"# coding: cp1252\n'\x80'"
    assert decode(data, "python").text == "# coding: cp1252\n'€'"
    assert decode(data, "javascript").text == "# coding: cp1252\n'\x80'"
    assert decode(data, "javascript").remark == "is not valid UTF-8: read as Latin-1"


@pytest.mark.parametrize(
    ("data", "remark"),
    [
        (b"caf\xe9", "is not valid UTF-8: read as Latin-1"),
        (b"# coding: nonsense\n", "is not valid NONSENSE, which it declares: read as Latin-1"),
        (b"# coding: zlib\n", "is not valid ZLIB, which it declares: read as Latin-1"),
        (b"# coding: os.path\n", "is not valid OS.PATH, which it declares: read as Latin-1"),
        (b"# coding: ascii\n\xff", "is not valid ASCII, which it declares: read as Latin-1"),
        (b"x = 1\n\n# coding: nonsense\n\xff", "is not valid UTF-8: read as Latin-1"),
        (b"\xef\xbb\xbf\xff", "is not valid UTF-8: read as Latin-1"),
    ],
)
def test_what_is_wrong_is_remarked_and_read_all_the_same(data, remark):
    decoded = decode(data, "python")
    assert decoded.remark == remark
    assert decoded.text == data.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


@pytest.mark.parametrize(
    "data", [b"\x7fELF\0\0\xff", b"\x89PNG\r\n\x1a\n\0", b"\xff\xfe\0", b"# coding: utf-8\n\0\xff"]
)
def test_binary_junk_is_no_text(data):
    assert decode(data, "python") == type(decode(b"", ""))(None, "is not text")
