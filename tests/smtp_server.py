"""A mail server for the tests, with faults on demand: what is done with a mail stands in the name
before the @ of whom it is for. Says its port on standard output, and ends with its standard input.

Each mail that is taken is left in a folder: as it came (.eml), and as Python reads it (.json).
"""

import argparse
import asyncio
import email
import email.policy
import json
import logging
import pathlib
import ssl
import sys
import threading

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

AT_RCPT = {
    "nobody": "550 5.1.1 <{}>: no such user",
    "nobody-plain": "550 {} unknown",
    "relay": "554 5.7.1 <{}>: relay access denied",
    "later": "451 4.3.0 <{}>: try again later",
}
AFTER_TEXT = {
    "spam": "554 5.6.0 content refused",
    "gone": "550 5.1.1 no such user after all",
    "full": "452 4.2.2 mailbox full",
}


class Handler:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.count = 0

    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("forbidden@"):
            return "550 5.7.1 sender not allowed"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.partition("@")[0]
        if name == "slow":
            await asyncio.Event().wait()
        if name in AT_RCPT:
            return AT_RCPT[name].format(address)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].partition("@")[0]
        if name in AFTER_TEXT:
            return AFTER_TEXT[name]
        self.keep(session, envelope)
        if name == "taken-and-silent":
            await asyncio.Event().wait()
        if name == "taken-and-gone":
            server.transport.abort()
            await asyncio.Event().wait()
        return "250 2.0.0 taken"

    def keep(self, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        seen = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "hello": session.host_name,
            "user": session.auth_data.login.decode() if session.auth_data else None,
            "peer": session.peer[1],
            "headers": {name: str(value) for name, value in message.items()},
            "names": sorted(name.lower() for name in message.keys()),
            "type": message.get_content_type(),
            "defects": [str(d) for part in message.walk() for d in part.defects],
            "parts": [[part.get_content_type(), part.get_content()] for part in message.iter_parts()],
        }
        self.count += 1
        place = self.folder / f"{self.count:03}"
        place.with_suffix(".eml").write_bytes(envelope.content)
        place.with_suffix(".json").write_text(json.dumps(seen))


class Server(SMTP):
    async def smtp_DATA(self, arg):
        if self.envelope.rcpt_tos and self.envelope.rcpt_tos[0].startswith("cut-in-the-middle@"):
            await self.push("354 go on")
            await self._reader.readuntil(b"\r\n")
            self.transport.abort()
            await asyncio.Event().wait()
        await super().smtp_DATA(arg)


def authenticator(user, password):
    def check(server, session, envelope, mechanism, data):
        right = isinstance(data, LoginPassword) and data == LoginPassword(user.encode(), password.encode())
        return AuthResult(success=right, handled=False, auth_data=data)

    return check


async def serve(options):
    context = None
    if options.security != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate, options.key)
    settings = {"hostname": "mx.test", "auth_require_tls": options.security == "starttls"}
    if options.user:
        settings.update(auth_required=True, authenticator=authenticator(options.user, options.password))
    if options.security == "starttls":
        settings.update(tls_context=context, require_starttls=True)
    handler = Handler(options.folder)
    loop = asyncio.get_running_loop()
    at_once = context if options.security == "tls" else None
    server = await loop.create_server(lambda: Server(handler, **settings), "127.0.0.1", 0, ssl=at_once)
    print(server.sockets[0].getsockname()[1], flush=True)
    ended = asyncio.Event()
    threading.Thread(
        target=lambda: (sys.stdin.read(), loop.call_soon_threadsafe(ended.set)), daemon=True
    ).start()
    await ended.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--security", choices=["none", "starttls", "tls"], default="none")
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--user")
    parser.add_argument("--password", default="")
    # Broken connections are what half of the tests are about.
    logging.disable()
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
