# shellcheck shell=sh
# Finds the JDK 25 that builds and runs Phoenix. A JDK's `release` file names its version, so none has to be started.

is_jdk_25() {
    [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release" 2>/dev/null
}

# Sets `jdk`.
find_jdk() {
    if [ -n "${PHOENIX_JAVA_HOME-}" ]; then
        is_jdk_25 "$PHOENIX_JAVA_HOME" ||
            die "PHOENIX_JAVA_HOME must be the folder of a JDK 25, was '$PHOENIX_JAVA_HOME'"
        jdk=$PHOENIX_JAVA_HOME
        return
    fi
    javac=$(command -v javac || true)
    on_path=$(dirname "$(dirname "$(readlink -f "$javac" 2>/dev/null || printf '%s' "$javac")")")
    for jdk in "${JAVA_HOME-}" "$on_path" /usr/lib/jvm/* /opt/*jdk* /opt/java/* \
        "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if is_jdk_25 "$jdk"; then
            return
        fi
    done
    die "needs a JDK 25 and found none in JAVA_HOME, PATH, /usr/lib/jvm, /opt, ~/.sdkman and ~/.jdks.
Install one, for example Eclipse Temurin:
  Debian, Ubuntu   apt install temurin-25-jdk   (after adding https://packages.adoptium.net)
  macOS            brew install --cask temurin@25
  SDKMAN           sdk install java 25.0.3-tem
  any other        unpack https://adoptium.net/temurin/releases?version=25
or set PHOENIX_JAVA_HOME to the folder of one."
}

jdk_version() {
    sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$jdk/release"
}
