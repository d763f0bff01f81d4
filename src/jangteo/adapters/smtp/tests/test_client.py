"""E-mail handed to a mail server that listens on loopback."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BufferedRWPair

import pytest

from jangteo.adapters.smtp.client import MailServer, SmtpSender
from jangteo.domains.campaigns.ports import Mail, MailRefused

MAIL = Mail("news:7:8:email", "hana@example.com", "(광고)장터시장", "오늘 갈치가 좋아요.", "http://jangteo.test/out/")


@dataclass
class Post:
    """A mail server for one line at a time; `answers` replace its yes to a command."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    letters: list[bytes] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@contextmanager
def listening(post: Post) -> Iterator[Post]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        post.port = server.getsockname()[1]
        thread = threading.Thread(target=serve, args=(server, post), daemon=True)
        thread.start()
        yield post
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def serve(server: socket.socket, post: Post) -> None:
    with suppress(OSError):
        while True:
            line, _ = server.accept()
            with line, line.makefile("rwb") as file, suppress(OSError):
                talk(file, post)


def talk(file: BufferedRWPair, post: Post) -> None:
    read, write, flush = file.readline, file.write, file.flush

    def answer(text: str) -> None:
        write(text.encode() + b"\r\n")
        flush()

    answer("220 practice")
    while heard := read().decode():
        verb = heard.split()[0].upper()
        post.said.append(heard.strip())
        answer(post.answers.get(verb, {"DATA": "354 go on", "QUIT": "221 bye"}.get(verb, "250 ok")))
        if verb == "DATA" and "DATA" not in post.answers:
            lines = iter(read, b".\r\n")
            post.letters.append(b"".join(lines))
            answer("250 taken")
        if verb == "QUIT":
            return


@pytest.fixture
def mail_post() -> Iterator[Post]:
    with listening(Post()) as post:
        yield post


def sender(post: Post) -> SmtpSender:
    server = MailServer("127.0.0.1", post.port, "Jangteo <news@jangteo.test>", starttls=False)
    return SmtpSender(server=server, timeout_s=5)


def letter(post: Post) -> EmailMessage:
    (content,) = post.letters
    read = message_from_bytes(content, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def test_a_mail_says_what_it_is_and_how_to_refuse_it(mail_post: Post) -> None:
    sender(mail_post).send(MAIL)

    read = letter(mail_post)
    assert (read["To"], read["Subject"]) == ("hana@example.com", "(광고)장터시장")
    assert read["List-Unsubscribe"] == "<http://jangteo.test/out/>"
    assert read["Message-ID"] == "<news.7.8.email@jangteo.test>"
    assert read.get_content().strip() == "오늘 갈치가 좋아요."


@pytest.mark.parametrize(
    ("verb", "answer", "error"),
    [
        ("RCPT", "550 no such person", MailRefused),
        ("RCPT", "450 later", ConnectionError),
        ("MAIL", "550 not you", MailRefused),
        ("DATA", "451 later", ConnectionError),
    ],
)
def test_a_final_no_is_told_from_a_no_for_now(mail_post: Post, verb: str, answer: str, error: type[Exception]) -> None:
    mail_post.answers[verb] = answer

    with pytest.raises(error) as told:
        sender(mail_post).send(MAIL)
    assert "hana" not in str(told.value)


def test_where_nobody_listens_it_may_be_tried_again() -> None:
    with pytest.raises(ConnectionRefusedError):
        sender(Post(port=9)).send(MAIL)
