# shellcheck shell=sh
# `./phoenix test`: every check a change has to pass, one stage after another. A failed stage does not stop the next.

results=$root/target/test
passed=0
failed=0
beside=

test_everything() {
    for argument in "$@"; do
        case $argument in
            --full) ;;
            -h | --help)
                usage
                return
                ;;
            *) die "unknown argument '$argument': ./phoenix test takes --full or nothing" ;;
        esac
    done
    choose_jdk
    rm -rf "$results"
    mkdir -p "$results"
    trap 'stop_beside; stop_child' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    install_tools

    if find_jdk 17 >/dev/null; then
        stage 'modules on JDK 25, libraries on 17 too' maven_modules -Dlibraries.on17
    else
        stage 'modules on JDK 25, no 17 found' maven_modules
    fi
    stage 'start from a clone' build_all
    stage 'price list' python3 "$root/tools/model_prices_test.py"
    stage 'launcher' launcher_scripts
    # A browser waits much of its time.
    begin_beside documents_and_clients
    stage 'browser' browser
    end_beside
    if [ "${1-}" = --full ]; then
        stage 'plans of lists over a million spans' million_spans
        stage 'every operation as everybody' with_accounts "$root/interop/access/schema.py"
        stage 'faults under load, the long form' "$root/phoenix" bench fault --full
        stage 'ingest, 2 KB spans' "$root/phoenix" bench ingest --runs 3
        stage 'ingest, spans of 1, 10 and 100 KB' "$root/phoenix" bench ingest --runs 3 --span-size 1k,10k,100k --protocol http-gzip
        stage 'where processor time goes' "$root/phoenix" bench profile
        stage 'one large or deep trace' "$root/phoenix" bench trace
        stage 'what authentication costs' "$root/phoenix" bench auth
        stage 'overload for 10 minutes' "$root/phoenix" bench overload --minutes 10
    else
        stage 'faults under load' "$root/phoenix" bench fault
    fi
    printf '%s passed, %s failed\n' "$passed" "$failed"
    [ "$failed" = 0 ]
}

documents_and_clients() {
    stage 'documented commands' documented_commands
    stage 'published Python client, authentication on' beside_accounts \
        "$root/target/interop/venv/bin/python" -m unittest discover -s "$root/interop/python" -p test_phoenix_client.py
    stage 'published TypeScript client, authentication on' beside_accounts node --test "$root/interop/node/phoenix-client.test.js"
    stage 'clients with keys and cookies' with_accounts -m unittest discover -v -s "$root/interop/access"
}

# begin_beside STAGES: a function with stages that run beside the next ones, up to end_beside.
begin_beside() {
    (
        trap stop_child EXIT
        trap 'exit 143' TERM
        passed=0
        failed=0
        "$1"
        printf '%s %s\n' "$passed" "$failed" >"$results/beside.count"
    ) >"$results/beside.log" 2>&1 &
    beside=$!
}

stop_beside() {
    [ -z "$beside" ] || kill "$beside" 2>/dev/null || true
}

end_beside() {
    wait "$beside" || true
    beside=
    cat "$results/beside.log" >&2
    if read -r good bad <"$results/beside.count"; then
        passed=$((passed + good))
        failed=$((failed + bad))
    else
        failed=$((failed + 1))
    fi
}

# stage NAME COMMAND...: adds what the log's last "N passed, N failed" says; a command that does not count is one test.
stage() {
    run "$results" "$@"
    counts=$(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' "$log" | tail -n 1)
    good=${counts% *}
    bad=${counts#* }
    if [ -z "$counts" ]; then
        good=$((status == 0))
        bad=$((status != 0))
    elif [ "$status" != 0 ] && [ "$bad" = 0 ]; then
        bad=1
    fi
    passed=$((passed + good))
    failed=$((failed + bad))
    say "  $(elapsed) s  $name: $good passed, $bad failed"
    [ "$bad" = 0 ] || show_failure
}

show_failure() {
    {
        grep -E '^\[ERROR\]|FAIL|Error:|✗|×|not ok' "$log" | head -n 60
        echo '  ...'
        tail -n 40 "$log"
    } >&2
    say "  everything it said is in $log"
}

# Unit tests, contract tests on both engines, format, static analysis and public API dumps: what `verify` is.
maven_modules() {
    : >"$results/began"
    # Maven leaves out the interface's checks when nothing has changed since they passed; here they count.
    rm -f "$root/frontend/target/check.done"
    code=0
    (maven -T1C --fail-at-end -Dmaven.test.failure.ignore "$@" verify) || code=$?
    python3 "$root/launcher/count_tests.py" "$results/began" "$log"
    return $code
}

build_all() {
    (build_server)
    (build_benchmarks)
}

launcher_scripts() {
    if command -v shellcheck >/dev/null; then
        shellcheck -x "$root/phoenix"
    fi
    python3 "$root/launcher/launcher_test.py" -v
}

documented_commands() {
    cd "$root"
    (maven -q -DskipTests -pl phoenix-otel -am compile \
        org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath -Dmdep.includeScope=runtime -Dmdep.outputFile=target/classpath)
    FIRST_TRACE_CLASSPATH=$root/phoenix-otel/target/classes:$(cat phoenix-otel/target/classpath)
    # What the documentation installs stays out of the person's own repository.
    MAVEN_ARGS="-Dmaven.repo.local=$results/m2 -Dmaven.repo.local.tail=$HOME/.m2/repository"
    export FIRST_TRACE_CLASSPATH MAVEN_ARGS
    # Backwards: interop makes the Python environment that README.md uses.
    find ./*.md benchmarks docs examples interop phoenix-* -name '*.md' -not -path '*/node_modules/*' -not -path '*/target/*' |
        LC_ALL=C sort -r | xargs python3 launcher/docs_test.py
}

# Which indexes both engines choose for each list.
million_spans() {
    : >"$results/began"
    code=0
    (maven -pl phoenix-server -am test -Dtest='*PlansTest' -Dsurefire.failIfNoSpecifiedTests=false \
        -Dphoenix.plans.spans=1000000) || code=$?
    python3 "$root/launcher/count_tests.py" "$results/began" "$log"
    return $code
}

# with_accounts ARGUMENT...: Python beside a server where callers must log in, with the packages of interop/access.
with_accounts() {
    access=$root/target/interop/access
    python3 -m venv "$access"
    "$access/bin/pip" install -q -r "$root/interop/access/requirements.txt"
    beside_accounts "$access/bin/python" "$@"
}

# beside_accounts COMMAND...: runs it beside a server where callers must log in.
beside_accounts() {
    # Nobody's session may expire while the others are still asking.
    python3 "$root/launcher/with_server.py" PHOENIX_ENABLE_AUTH=true PHOENIX_DISABLE_RATE_LIMIT=true \
        PHOENIX_ACCESS_TOKEN_EXPIRY_MINUTES=120 \
        PHOENIX_SECRET=a-secret-of-tests-that-signs-0123456789 PHOENIX_ADMIN_SECRET=an-admin-secret-of-tests-0123456789 "$@"
}

browser() {
    PHOENIX_CHROMIUM=$(find_browser) python3 "$root/launcher/with_server.py" npm --prefix "$root/frontend" run e2e
}

# What a fresh machine may lack, where that can be installed without asking.
install_tools() {
    for tool in python3 node npm; do
        command -v "$tool" >/dev/null || die "the tests need $tool; install it and try again"
    done
    python3 -c 'import ensurepip' 2>/dev/null || install python3-venv 'the tests need the venv module of Python'
    find_browser >/dev/null || install chromium 'the browser tests need Chromium'
}

# Not named after what it looks for: `command -v` finds functions before programs.
find_browser() {
    command -v chromium || command -v chromium-browser || command -v google-chrome
}

install() { # PACKAGE REASON
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        die "$2; install it (Debian, Ubuntu: apt install $1) and try again"
    fi
    step "$results" "install $1" sh -c "apt-get update -q && apt-get install -y -q --no-install-recommends $1"
}
