# shellcheck shell=sh
# Finds installed JDKs. A JDK's `release` file names its version, so none has to be started.

# Sets `jdk`, the one that builds and runs Phoenix.
choose_jdk() {
    if [ -n "${PHOENIX_JAVA_HOME-}" ]; then
        jdk=$PHOENIX_JAVA_HOME
        is_jdk "$jdk" 25 || die "PHOENIX_JAVA_HOME must be the folder of a JDK 25, was '$jdk'"
        return
    fi
    jdk=$(find_jdk 25) || die "needs a JDK 25 and found none in JAVA_HOME, PATH, /usr/lib/jvm, /opt, ~/.sdkman and ~/.jdks.
Install one, for example Eclipse Temurin:
  Debian, Ubuntu   apt install temurin-25-jdk   (after adding https://packages.adoptium.net)
  macOS            brew install --cask temurin@25
  SDKMAN           sdk install java 25.0.3-tem
  any other        unpack https://adoptium.net/temurin/releases?version=25
or set PHOENIX_JAVA_HOME to the folder of one."
}

# find_jdk VERSION: prints the folder of a JDK of that version.
find_jdk() {
    javac=$(command -v javac || true)
    javac=$(readlink -f "$javac" 2>/dev/null || printf '%s' "$javac")
    for found in "${JAVA_HOME-}" "${javac%/bin/javac}" /usr/lib/jvm/* /opt/*jdk* /opt/java/* \
        "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if is_jdk "$found" "$1"; then
            printf '%s\n' "$found"
            return
        fi
    done
    return 1
}

is_jdk() {
    [ -x "$1/bin/javac" ] && grep -q "^JAVA_VERSION=\"$2[.\"]" "$1/release" 2>/dev/null
}

jdk_version() {
    sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$jdk/release"
}
