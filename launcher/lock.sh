# shellcheck shell=sh
# One build at a time. A symbolic link is made in one step and carries its owner's process id.

# lock LINK: waits for it; given back by `unlock` and when the shell ends.
lock() {
    held=$1
    mkdir -p "$(dirname "$held")"
    waited=
    until ln -s $$ "$held" 2>/dev/null; do
        owner=$(readlink "$held" || true)
        if [ -n "$owner" ] && ! alive "$owner"; then
            remove_stale_lock
        elif [ -z "$waited" ]; then
            say "Process $owner is building; waiting for it (if it is not, remove $held)"
            waited=1
        fi
        sleep 0.2
    done
    trap 'stop_child; unlock' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
}

unlock() {
    rm -f "$held"
    trap - EXIT INT TERM HUP
}

# Of several that saw a dead owner one removes the lock, after looking again.
remove_stale_lock() {
    ln -s $$ "$held.stale" 2>/dev/null || return 0
    owner=$(readlink "$held" || true)
    [ -z "$owner" ] || alive "$owner" || rm -f "$held"
    rm -f "$held.stale"
}

# Other people's processes cannot be signalled, but they can be seen.
alive() {
    kill -0 "$1" 2>/dev/null || [ -d "/proc/$1" ]
}
