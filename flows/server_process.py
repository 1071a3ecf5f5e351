"""The child process that is the workspace's own Prefect server: `python -m flows.server_process`, started by server.py.

It takes a free loopback port, says its address on stdout, and serves until it is told to stop or its standard input
ends. The parent holds the other end of that pipe and nothing else, so however the parent dies, kill -9 included, the
server goes too, on every platform and without a second process that watches.
"""

import fcntl
import os
import signal
import socket
import sys
import threading
from pathlib import Path

LOCK = "server.lock"
GRACE_SECONDS = 10.0


def main() -> None:
    """Serve; the environment is the one that `flows.server.environment` made."""
    lock = (Path(os.environ["PREFECT_HOME"]) / LOCK).open("wb")
    try:  # held as long as we live: one server a workspace, and everybody can see whether it is there
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit("this workspace has a Prefect server already")
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
    # The page asks the API where it is told to, and the API's own helpers ask the port that settings name.
    os.environ["PREFECT_SERVER_UI_API_URL"] = url
    os.environ["PREFECT_SERVER_API_PORT"] = str(listener.getsockname()[1])
    os.environ["PREFECT_API_URL"] = url
    threading.Thread(target=_end_with_parent, daemon=True).start()
    print(url, flush=True)
    serve(listener)


def serve(listener: socket.socket) -> None:
    """Run Prefect's application on this socket. Imported here, so that the address is out before that second."""
    import uvicorn
    from prefect.server.api.server import create_app

    config = uvicorn.Config(
        create_app(final=True), log_level="critical", access_log=False, timeout_graceful_shutdown=int(GRACE_SECONDS)
    )
    uvicorn.Server(config).run(sockets=[listener])


def _end_with_parent() -> None:
    """Wait for the end of standard input, then end orderly, and if that takes too long, at once."""
    sys.stdin.buffer.read()
    threading.Timer(GRACE_SECONDS, os._exit, args=(1,)).start()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
