# shellcheck shell=sh
# Builds the server once for each state of its sources: a folder below target/phoenix, named by a checksum of the
# sources, the flags and the JDK, that appears complete or not at all. A running server keeps the folder it started from.

builds=$root/target/phoenix
child=

# Sets `jdk` and `server`, the folder with the jar and its start-up cache.
build_server() {
    find_jdk
    server=$builds/$(fingerprint)
    [ ! -d "$server" ] || return 0
    lock
    # Another start may have built it while this one waited.
    if [ ! -d "$server" ]; then
        say "Building Phoenix on JDK $(jdk_version). The first build downloads its dependencies."
        staging=$builds/staging
        rm -rf "$staging"
        step compile maven -T1C -pl phoenix-server -am package
        step unpack unpack
        step 'train start-up cache' train
        mv "$staging" "$server"
        forget_old_builds
    fi
    unlock
}

build_benchmarks() {
    lock
    step 'compile benchmarks' maven -pl benchmarks -am package
    unlock
}

# The content of everything that goes into the jar: takes a few milliseconds and does not depend on file times.
fingerprint() (
    cd "$root"
    sources=$(find pom.xml .mvn launcher/build.sh launcher/Train.java phoenix-*/pom.xml phoenix-*/src/main frontend \
        \( -name node_modules -o -name target -o -name dist -o -name __generated__ -o -name e2e \) -prune \
        -o -type f -print | LC_ALL=C sort)
    {
        printf '%s\n' "$jvm_flags" "$sources"
        printf '%s\n' "$sources" | xargs cat "$jdk/release"
    } | cksum | tr ' ' -
)

maven() {
    JAVA_HOME=$jdk exec "$root/mvnw" -B -f "$root/pom.xml" -DskipTests \
        -Dspotless.check.skip -Dmaven.source.skip -Dmaven.javadoc.skip -Djacoco.skip "$@"
}

unpack() {
    version=$(sed -n 's|^  <version>\(.*\)</version>$|\1|p' "$root/pom.xml")
    name=phoenix-server-$version.jar
    "$jdk/bin/java" -Djarmode=tools -jar "$root/phoenix-server/target/$name" extract --destination "$staging"
    mv "$staging/$name" "$staging/phoenix.jar"
}

train() {
    # shellcheck disable=SC2086 # the flags are words
    exec "$jdk/bin/java" "$root/launcher/Train.java" "$staging" "$root/phoenix-server/src/test/resources/otlp" \
        "$jdk/bin/java" $jvm_flags
}

# The newest two stay: somebody may be running the one before this.
forget_old_builds() {
    find "$builds" -mindepth 1 -maxdepth 1 -type d -exec ls -dt {} + | tail -n +3 | while read -r old; do
        rm -rf "$old"
    done
}

# step NAME COMMAND...: runs COMMAND into a log while showing how far it is.
step() {
    name=$1
    shift
    log=$builds/$(printf '%s' "$name" | tr ' ' -).log
    began=$(date +%s)
    shown=
    "$@" >"$log" 2>&1 </dev/null &
    child=$!
    while kill -0 "$child" 2>/dev/null; do
        progress
        sleep 0.2
    done
    if ! wait "$child"; then
        say "  failed after $(elapsed) s: $name"
        { grep '^\[ERROR\]' "$log" || tail -n 20 "$log"; } | head -n 20 >&2
        die "the build failed; everything it said is in $log"
    fi
    child=
    [ ! -t 2 ] || printf '\r\033[K' >&2
    say "  $(elapsed) s  $name: done"
}

# One line that is rewritten in a terminal; elsewhere a line for each module.
progress() {
    module=$(sed -n 's/^\[INFO\] Building \(.*\) [0-9][^ ]* *\(\[.*\]\) *$/: \1 \2/p' "$log" | tail -n 1)
    if [ -t 2 ]; then
        fetched=$(grep -c 'Downloaded from' "$log" || true)
        [ "$fetched" = 0 ] || module="$module, $fetched files downloaded"
        printf '\r\033[K  %s s  %s%s' "$(elapsed)" "$name" "$module" >&2
    elif [ "$module" != "$shown" ]; then
        shown=$module
        say "  $(elapsed) s  $name$module"
    fi
}

elapsed() {
    echo $(($(date +%s) - began))
}

say() {
    printf '%s\n' "$*" >&2
}

# A symbolic link is made in one step and carries its owner's process id.
lock() {
    mkdir -p "$builds"
    waited=
    until ln -s $$ "$builds/lock" 2>/dev/null; do
        owner=$(readlink "$builds/lock" || true)
        if [ -n "$owner" ] && ! alive "$owner"; then
            remove_stale_lock
        elif [ -z "$waited" ]; then
            say "Process $owner is building; waiting for it (if it is not, remove $builds/lock)"
            waited=1
        fi
        sleep 0.2
    done
    trap 'unlock' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
}

# Of several that saw a dead owner one removes the lock, after looking again.
remove_stale_lock() {
    ln -s $$ "$builds/lock.stale" 2>/dev/null || return 0
    owner=$(readlink "$builds/lock" || true)
    [ -z "$owner" ] || alive "$owner" || rm -f "$builds/lock"
    rm -f "$builds/lock.stale"
}

alive() {
    kill -0 "$1" 2>/dev/null || [ -d "/proc/$1" ]
}

unlock() {
    [ -z "$child" ] || kill "$child" 2>/dev/null || true
    rm -f "$builds/lock"
    trap - EXIT INT TERM HUP
}
