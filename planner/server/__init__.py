"""The web server that `planner serve` starts: one process, a few threads, any WSGI application.

It is waitress, held to what the plan asks: any nonsense from the network is answered with 4xx, and everybody else is
served meanwhile. Waitress reads in one loop that hands a request to a thread only when the whole of it is there, so
half-sent requests cost a file descriptor and no thread. What it lacks is added here and nowhere else:

- `parser.py`: two lengths or two hosts for one request, unknown codings, broken addresses and endless chunk lines are
  400 (waitress: 501, a silent close, or memory that grows);
- `channel.py`: a request that does not arrive in time is answered 408, however slowly it dribbles in; who sends too
  much can still read why it was refused;
- `listener.py`: where the connections run out the one that has waited longest makes room;
- `run.py`: SIGTERM finishes the requests that are running, then the process ends with status 0.
"""

from planner.server.run import serve

__all__ = ["serve"]
