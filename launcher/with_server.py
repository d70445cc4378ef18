"""with_server.py COMMAND...: runs COMMAND while a server is running; PHOENIX_BASE_URL says where."""

import subprocess
import sys

from server_process import running_server

with running_server() as variables:
    code = subprocess.run(sys.argv[1:], env=variables, check=False).returncode
sys.exit(code)
