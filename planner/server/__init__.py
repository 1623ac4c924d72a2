"""The web server that `planner serve` starts: one process, a few threads, any WSGI application.

It is waitress, held to what the plan asks: any nonsense from the network is answered with 4xx, and everybody else is
served meanwhile. Waitress reads in one loop that hands a request to a thread only when the whole of it is there, so
half-sent requests cost a file descriptor and no thread. What it lacks is added here and nowhere else:

- `parser.py`: two lengths or two hosts for one request, unknown codings, broken addresses and endless chunk lines are
  400 (waitress: 501, a silent close, or memory that grows);
- `channel.py`: a request that does not arrive in time is answered 408, however slowly it dribbles in; who sends too
  much can still read why it was refused;
- `listener.py`: where the connections run out the one that has waited longest makes room;
- `waiting.py`: a connection wakes one of several processes, not all of them;
- `run.py`: SIGTERM finishes the requests that are running, then the process ends with status 0.

Chosen by trying, with the attacks of `tests/server/attacks.py` on a small application, two cores, November 2026:

|                               | this | waitress 3.0 as it is | gunicorn 27, gthread, 8 threads |
| answered 5xx                  | none | 3 (unknown codings)   | none |
| closed without an answer      | none | 3                     | none |
| no answer within 8 seconds    | none | 4 (endless bodies)    | 4 |
| others served meanwhile,      |      |                       | |
|   with 30 half-sent requests  | yes  | yes                   | no, for more than 8 s |
|   with 300 half-sent requests | yes  | no, for more than 8 s | no, for more than 8 s |

Speed did not decide: each gave some thousand small answers a second, and the machine's other work made more difference.
"""

from planner.server.run import serve

__all__ = ["serve"]
