"""A server started with ./phoenix serve on free ports, with its data in a throw-away folder."""

import contextlib
import os
import pathlib
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
LAUNCHER = ROOT / "phoenix"
START_SECONDS = 120


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(folder, **more):
    """Free ports and a working directory for a server, and how the clients find it."""
    port = free_port()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PHOENIX_") or name == "PHOENIX_CHROMIUM"}
    return inherited | {
        "PHOENIX_WORKING_DIR": str(folder),
        "PHOENIX_PORT": str(port),
        "PHOENIX_GRPC_PORT": str(free_port()),
        "PHOENIX_BASE_URL": f"http://localhost:{port}",
        "PHOENIX_COLLECTOR_ENDPOINT": f"http://localhost:{port}",
    } | more


def await_ready(process, base_url):
    """Until /readyz answers, or fails when the process ends or takes too long."""
    until = time.monotonic() + START_SECONDS
    while True:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(base_url + "/readyz", timeout=5).close()
            return
        if process.poll() is not None:
            raise RuntimeError(f"{process.args} ended with {process.returncode} before it was ready")
        if time.monotonic() > until:
            process.terminate()
            raise RuntimeError(f"{process.args} was not ready after {START_SECONDS} s")
        time.sleep(0.05)


@contextlib.contextmanager
def running_server(**more):
    """Yields the environment to run clients in; `more` are variables of the server and its clients."""
    with tempfile.TemporaryDirectory(prefix="phoenix-test") as folder:
        variables = environment(folder, **more)
        # Building takes its time; starting must not.
        subprocess.run([LAUNCHER, "serve", "--help"], stdout=subprocess.DEVNULL, check=True)
        process = subprocess.Popen([LAUNCHER, "serve"], env=variables, stdin=subprocess.DEVNULL, cwd=ROOT)
        try:
            await_ready(process, variables["PHOENIX_BASE_URL"])
            yield variables
        finally:
            process.terminate()
            process.wait(timeout=30)
