"""Bytes from the terminal that mean no key: the program goes on, and the next key does what it says."""

import os

import pytest

from tests.faults.terminal import Terminal
from tui.terminal_driver import Bytes

JUNK = {
    "no UTF-8": b"\xff",
    "a letter of Latin-1": b"\xe9",
    "a sequence with a huge number": b"\x1b[99999999~",
    "a mouse far outside": b"\x1b[<0;999999;999999M\x1b[<0;999999;999999m",
    "a paste of bytes": b"\x1b[200~\xff\x00\x1b]52;c;ZXZpbA==\x07\x1b[201~",
}


def test_junk_from_the_terminal_ends_nothing(istanbul, tmp_path, loaded):
    terminal = Terminal(istanbul, home=tmp_path, loaded=loaded)
    terminal.shows("D9")
    for junk in JUNK.values():
        os.write(terminal._pty, junk)  # nobody else sends bytes that are no text
        terminal.type()
        terminal.write("4")
        terminal.shows("▌4 Detail▐")
        terminal.write("3")
        terminal.shows("▌3 Demands▐")

    assert terminal.leave() == 0


PASTE = "\x1b[200~one\x1btwo\x1b]52;c;d\x07\x1b[A\x1b[201~"


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 100])
def test_no_escape_comes_out_of_a_paste_however_it_is_cut(size):
    data = f"é{PASTE}ü\x1b[A".encode() + b"\xff!"
    reader = Bytes()

    text = "".join(reader.decode(data[at : at + size]) for at in range(0, len(data), size))

    assert text == "é\x1b[200~onetwo]52;c;d\x07[A\x1b[201~ü\x1b[A\ufffd!"


def test_a_lone_escape_waits_for_nothing():
    reader = Bytes()

    assert [reader.decode(b"\x1b"), reader.decode(b"j"), reader.decode(b"\x1b[B")] == ["\x1b", "j", "\x1b[B"]
