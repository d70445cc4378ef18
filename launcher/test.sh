# shellcheck shell=sh
# `./phoenix test`: every check a change has to pass, one stage after another. A failed stage does not stop the next.

results=$root/target/test
passed=0
failed=0

test_everything() {
    choose_jdk
    rm -rf "$results"
    mkdir -p "$results"
    install_tools

    stage 'java modules on JDK 25' java_modules
    jdk17=$(find_jdk 17) && stage 'libraries on JDK 17' libraries_on_17
    stage 'start from a clone' build_all
    stage 'launcher' launcher_scripts
    stage 'interface' interface
    stage 'documented commands' documented_commands
    stage 'browser' browser
    if [ "${1-}" = --full ]; then
        stage 'kill -9 under load, 5 rounds' "$root/phoenix" bench durability --rounds 5
        stage 'ingest figures' "$root/phoenix" bench
    else
        stage 'kill -9 under load' "$root/phoenix" bench durability --rounds 1
    fi
    printf '%s passed, %s failed\n' "$passed" "$failed"
    [ "$failed" = 0 ]
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
    [ "$bad" = 0 ] || { tail -n 100 "$log" && say "  (all of it: $log)"; } >&2
}

# Unit tests, contract tests on both engines, format, static analysis and public API dumps: what `verify` is.
java_modules() {
    : >"$results/began"
    code=0
    (maven --fail-at-end verify) || code=$?
    count_reports surefire-reports
    return $code
}

libraries_on_17() {
    : >"$results/began"
    code=0
    (JAVA_HOME=$jdk17 exec "$root/mvnw" -B -f "$root/pom.xml" -pl phoenix-core,phoenix-otel \
        surefire:test -Dsurefire.reportNameSuffix=jdk17) || code=$?
    count_reports surefire-reports
    return $code
}

# Sums up the JUnit reports written since this stage began.
count_reports() {
    find "$root" -path "*/target/$1/TEST-*.xml" -newer "$results/began" -exec grep -h '^<testsuite' {} + |
        tr ' ' '\n' | tr -d '">' | awk -F= '
            { total[$1] += $2 }
            END { bad = total["failures"] + total["errors"]
                  printf "%d passed, %d failed\n", total["tests"] - total["skipped"] - bad, bad }'
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

interface() {
    npm --prefix "$root/frontend" run check
}

documented_commands() {
    cd "$root"
    find README.md CONTRIBUTING.md SECURITY.md interop docs examples benchmarks -name '*.md' -not -path '*/node_modules/*' \
        -not -path '*/target/*' | LC_ALL=C sort | xargs python3 launcher/docs_test.py
}

browser() {
    python3 "$root/launcher/with_server.py" npm --prefix "$root/frontend" run e2e
}

# What a fresh machine may lack, where that can be installed without asking.
install_tools() {
    for tool in python3 node npm; do
        command -v "$tool" >/dev/null || die "the tests need $tool; install it and try again"
    done
    python3 -c 'import ensurepip' 2>/dev/null || install python3-venv 'the tests need the venv module of Python'
    chromium >/dev/null || install chromium 'the browser tests need Chromium'
}

chromium() {
    command -v chromium || command -v chromium-browser || command -v google-chrome
}

install() { # PACKAGE REASON
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        die "$2; install it (Debian, Ubuntu: apt install $1) and try again"
    fi
    step "$results" "install $1" sh -c "apt-get update -q && apt-get install -y -q --no-install-recommends $1"
}
