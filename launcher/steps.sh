# shellcheck shell=sh
# Long work with visible progress: what it says goes to a log, what it is doing and for how long to the terminal.

child=

# step FOLDER NAME COMMAND...: runs COMMAND; stops everything when it fails.
step() {
    run "$@"
    if [ "$status" != 0 ]; then
        { grep '^\[ERROR\]' "$log" || tail -n 20 "$log"; } | head -n 20 >&2
        die "$name failed after $(elapsed) s; everything it said is in $log"
    fi
    say "  $(elapsed) s  $name: done"
}

# run FOLDER NAME COMMAND...: runs COMMAND with its log in FOLDER; sets `status` and `log`.
run() {
    log=$1/$(printf '%s' "$2" | tr ' ' -).log
    name=$2
    shift 2
    began=$(date +%s)
    shown=
    : >"$log"
    "$@" >"$log" 2>&1 </dev/null &
    child=$!
    while kill -0 "$child" 2>/dev/null; do
        progress
        sleep 0.2
    done
    status=0
    wait "$child" || status=$?
    child=
    [ ! -t 2 ] || printf '\r\033[K' >&2
}

# One line that is rewritten in a terminal; elsewhere a line for each Maven module.
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

stop_child() {
    [ -z "$child" ] || kill "$child" 2>/dev/null || true
}

say() {
    printf '%s\n' "$*" >&2
}

die() {
    say "phoenix: $*"
    exit 1
}
