"""What ./phoenix promises about itself, on a server that is built already. Ends with "N passed, N failed"."""

import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request

from server_process import LAUNCHER, ROOT, await_ready, environment

TLS = ROOT / "phoenix-server/src/test/resources/tls"


class LauncherTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="phoenix-launcher"))
        self.addCleanup(shutil.rmtree, self.folder)

    def phoenix(self, *arguments, launcher=LAUNCHER, **options):
        return subprocess.run([launcher, *arguments], capture_output=True, text=True, timeout=60, check=False, **options)

    def serve(self, variables, launcher=LAUNCHER, **options):
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir(exist_ok=True)
        process = subprocess.Popen([launcher, "serve"], env=variables, cwd=elsewhere, stdin=subprocess.DEVNULL, **options)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def shell(self, script):
        """Runs a piece of the launcher in a folder of its own."""
        parts = "".join(f'. "{ROOT}/launcher/{part}.sh"\n' for part in ("steps", "lock", "jdk"))
        return subprocess.run(["sh", "-euc", parts + script], cwd=self.folder, capture_output=True, text=True, timeout=60, check=False)

    def test_help_says_what_there_is(self):
        for arguments in ((), ("help",), ("--help",), ("test", "--help")):
            answer = self.phoenix(*arguments)
            self.assertEqual(answer.returncode, 0)
            for command in ("serve", "demo", "test", "bench"):
                self.assertIn(f"  {command} ", answer.stdout)

    def test_an_unknown_command_is_named(self):
        answer = self.phoenix("server")
        self.assertEqual(answer.returncode, 1)
        self.assertIn("unknown command 'server'", answer.stderr)

    def test_an_unknown_argument_of_the_tests_is_named(self):
        answer = self.phoenix("test", "full")
        self.assertEqual(answer.returncode, 1)
        self.assertIn("unknown argument 'full'", answer.stderr)

    def test_arguments_reach_the_server(self):
        answer = self.phoenix("serve", "--help")
        self.assertEqual(answer.returncode, 0)
        self.assertIn("--database-url", answer.stdout)

    def test_a_wrong_java_home_is_named(self):
        answer = self.phoenix("serve", env=os.environ | {"PHOENIX_JAVA_HOME": "/nowhere"})
        self.assertEqual(answer.returncode, 1)
        self.assertIn("PHOENIX_JAVA_HOME must be the folder of a JDK 25, was '/nowhere'", answer.stderr)

    def test_without_a_jdk_it_says_what_to_install(self):
        answer = self.shell('is_jdk() { return 1; }; choose_jdk')
        self.assertEqual(answer.returncode, 1)
        self.assertIn("needs a JDK 25", answer.stderr)
        self.assertIn("temurin", answer.stderr)

    def test_serve_needs_no_home_and_writes_only_to_its_working_directory(self):
        data = self.folder / "data"
        variables = environment(data)
        variables = {name: variables[name] for name in variables if name.startswith("PHOENIX_")} | {"PATH": os.environ["PATH"]}
        link = self.folder / "linked"
        link.symlink_to(LAUNCHER)
        process = self.serve(variables, launcher=link)
        await_ready(process, variables["PHOENIX_BASE_URL"])
        self.assertTrue((data / "phoenix.db").exists())
        self.assertEqual(list((self.folder / "elsewhere").iterdir()), [])

        process.send_signal(signal.SIGTERM)
        self.assertIn(process.wait(timeout=15), (0, 128 + signal.SIGTERM))

    def test_serve_starts_with_everything_that_tells_people_apart(self):
        """From the package: jars and the start-up cache are not those of the other tests."""
        variables = environment(
            self.folder / "data",
            PHOENIX_ENABLE_AUTH="true",
            PHOENIX_SECRET="a-secret-of-tests-that-signs-0123456789",
            PHOENIX_LDAP_HOST="127.0.0.1",
            PHOENIX_LDAP_PORT="9",
            PHOENIX_LDAP_TLS_MODE="none",
            PHOENIX_LDAP_USER_SEARCH_BASE_DNS='["ou=people,dc=example,dc=com"]',
            PHOENIX_LDAP_USER_SEARCH_FILTER="(uid=%s)",
            PHOENIX_LDAP_ATTR_EMAIL="mail",
            PHOENIX_LDAP_GROUP_ROLE_MAPPINGS='[{"group_dn": "*", "role": "VIEWER"}]',
            PHOENIX_OAUTH2_CORP_CLIENT_ID="phoenix",
            PHOENIX_OAUTH2_CORP_CLIENT_SECRET="secret",
            PHOENIX_OAUTH2_CORP_OIDC_CONFIG_URL="http://127.0.0.1:9/.well-known/openid-configuration",
            PHOENIX_SMTP_HOSTNAME="127.0.0.1",
            PHOENIX_TLS_ENABLED_FOR_GRPC="true",
            PHOENIX_TLS_CERT_FILE=str(TLS / "server.crt"),
            PHOENIX_TLS_KEY_FILE=str(TLS / "pkcs8-des3.pem"),
            PHOENIX_TLS_KEY_FILE_PASSWORD="password-of-the-key",
        )
        await_ready(self.serve(variables), variables["PHOENIX_BASE_URL"])
        self.assertEqual(self.post(variables, "/auth/ldap/login", {"username": "ann", "password": "x"}), 503)
        self.assertEqual(self.post(variables, "/auth/login", {"email": "ann@example.com", "password": "x"}), 401)
        self.assertEqual(self.post(variables, "/auth/password-reset-email", {"email": "admin@localhost"}), 204)
        trusting = ssl.create_default_context(cafile=TLS / "server.crt")
        with socket.create_connection(("localhost", int(variables["PHOENIX_GRPC_PORT"])), 10) as plain:
            with trusting.wrap_socket(plain, server_hostname="localhost") as encrypted:
                self.assertIn(encrypted.version(), ("TLSv1.2", "TLSv1.3"))

    def test_serve_warns_where_others_can_reach_it_without_log_in_and_of_links_that_lead_elsewhere(self):
        variables = environment(self.folder / "data", PHOENIX_HOST="0.0.0.0", PHOENIX_ROOT_URL="https://example.com/phoenix")
        said = self.folder / "said"
        with open(said, "wb") as output:
            await_ready(self.serve(variables, stdout=output, stderr=output), variables["PHOENIX_BASE_URL"])
            until = time.monotonic() + 20
            for warning in (b"Everyone who can reach 0.0.0.0 can read and change everything", b"name different paths"):
                while warning not in said.read_bytes():
                    self.assertLess(time.monotonic(), until, said.read_text())
                    time.sleep(0.05)

    def post(self, variables, path, body):
        request = urllib.request.Request(
            variables["PHOENIX_BASE_URL"] + path,
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method="POST",
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status
        except urllib.error.HTTPError as refused:
            return refused.code

    def test_several_servers_start_at_the_same_time(self):
        servers = [environment(self.folder / name) for name in ("first", "second")]
        processes = [self.serve(variables) for variables in servers]
        for process, variables in zip(processes, servers):
            await_ready(process, variables["PHOENIX_BASE_URL"])

    def test_a_lock_left_by_a_dead_process_is_taken_over(self):
        dead = subprocess.Popen(["true"])
        dead.wait()
        (self.folder / "lock").symlink_to(str(dead.pid))
        answer = self.shell('lock lock; readlink lock; echo "$$"; unlock')
        owner, shell = answer.stdout.split()
        self.assertEqual(owner, shell)
        self.assertFalse((self.folder / "lock").is_symlink())

    def test_one_build_waits_for_another(self):
        script = 'lock lock; for i in 1 2 3; do printf a >>order; sleep 0.1; done; unlock'
        parts = "".join(f'. "{ROOT}/launcher/{part}.sh"\n' for part in ("steps", "lock"))
        builds = [
            subprocess.Popen(["sh", "-euc", parts + script.replace("printf a", f"printf {letter}")], cwd=self.folder, stderr=subprocess.PIPE)
            for letter in "xyz"
        ]
        for build in builds:
            build.communicate(timeout=30)
        order = (self.folder / "order").read_text()
        self.assertEqual(sorted([order[:3], order[3:6], order[6:]]), ["xxx", "yyy", "zzz"])

    def test_a_failed_step_shows_its_errors_and_its_log(self):
        answer = self.shell("""step . 'compile things' sh -c 'echo "[ERROR] no such symbol"; exit 3'""")
        self.assertEqual(answer.returncode, 1)
        self.assertIn("[ERROR] no such symbol", answer.stderr)
        self.assertIn("./compile-things.log", answer.stderr)


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=2).result
    bad = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - bad} passed, {bad} failed")
    sys.exit(bad != 0)
