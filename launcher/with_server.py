"""with_server.py [NAME=VALUE...] COMMAND...: runs COMMAND while a server with these variables is running; PHOENIX_BASE_URL says where."""

import itertools
import subprocess
import sys

from server_process import running_server

arguments = sys.argv[1:]
assignments = list(itertools.takewhile(lambda argument: "=" in argument, arguments))
with running_server(**dict(assignment.split("=", 1) for assignment in assignments)) as variables:
    code = subprocess.run(arguments[len(assignments) :], env=variables, check=False).returncode
sys.exit(code)
