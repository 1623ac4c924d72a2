"""The listening socket: takes connections, and makes room where they run out."""

import resource
from typing import Final

from waitress.server import TcpWSGIServer

from planner.server.channel import Channel

MOST_CONNECTIONS: Final = 1000
MOST_FILES: Final = 8192
SPARE_FILES: Final = 128
"""For the database, logs and whatever the application opens."""


class Listener(TcpWSGIServer):
    """Waitress's server, whose connections have deadlines and whose door does not shut."""

    channel_class = Channel
    stopping = False
    most_connections = MOST_CONNECTIONS

    def handle_accept(self) -> None:
        """Take a connection. When all places are taken, the one that has waited longest without asking loses its own.

        Waitress stops listening instead, and a few hundred half-sent requests then shut everybody out until they time
        out. An honest request is whole within moments, so it is hardly ever the one that has waited longest.
        """
        super().handle_accept()
        if len(self.active_channels) <= self.most_connections:
            return
        waiting = [channel for channel in self.active_channels.values() if channel.is_waiting]
        if waiting:
            min(waiting, key=lambda channel: channel.waiting_since).will_close = True

    def maintenance(self, now: float) -> None:
        """End what is overdue. The loop calls this every few seconds."""
        for channel in list(self.active_channels.values()):
            channel.end_if_overdue(now)

    def stop_listening(self) -> None:
        """Take no more connections and no more requests; the socket is free for the next process."""
        self.stopping = True
        self.del_channel()
        self.socket.close()

    @property
    def is_busy(self) -> bool:
        """Say whether a request is being answered, or an answer being sent."""
        return any(channel.requests or channel.total_outbufs_len for channel in list(self.active_channels.values()))


def allow_connections() -> int:
    """Raise this process's limit of open files; return how many connections it leaves room for.

    A connection takes one file, and a second one while a large body is kept on disk.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    files = MOST_FILES if soft == resource.RLIM_INFINITY else soft
    return max(16, min(MOST_CONNECTIONS, (files - SPARE_FILES) // 2))
