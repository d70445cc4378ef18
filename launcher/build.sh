# shellcheck shell=sh
# Builds the server once for each state of its sources: a folder below target/phoenix, named by a checksum of the
# sources, the flags and the JDK, that appears complete or not at all. A running server keeps the folder it started from.

builds=$root/target/phoenix

# Sets `jdk` and `server`, the folder with the jar and its start-up cache.
build_server() {
    choose_jdk
    server=$builds/$(fingerprint)
    [ ! -d "$server" ] || return 0
    lock "$builds/lock"
    # Another start may have built it while this one waited.
    if [ ! -d "$server" ]; then
        say "Building Phoenix on JDK $(jdk_version). The first build downloads its dependencies."
        staging=$builds/staging
        rm -rf "$staging"
        step "$builds" compile build -T1C -pl phoenix-server -am
        step "$builds" unpack unpack
        step "$builds" 'train start-up cache' train
        mv "$staging" "$server"
        forget_old_builds
    fi
    unlock
}

build_benchmarks() {
    lock "$builds/lock"
    step "$builds" 'compile benchmarks' build -pl benchmarks -am
    unlock
}

# The content of everything that goes into the jar: takes a few milliseconds and does not depend on file times.
fingerprint() (
    cd "$root"
    sources=$(find pom.xml .mvn launcher/build.sh launcher/Train.java phoenix-*/pom.xml phoenix-*/src/main \
        phoenix-server/src/test/resources/otlp frontend \
        \( -name node_modules -o -name target -o -name dist -o -name __generated__ -o -name e2e \) -prune \
        -o -type f -print | LC_ALL=C sort)
    {
        printf '%s\n' "$jvm_flags" "$sources"
        printf '%s\n' "$sources" | xargs cat "$jdk/release"
    } | cksum | tr ' ' -
)

# What the gates check is left to `./phoenix test`.
build() {
    maven -DskipTests -Dspotless.check.skip -Dmaven.source.skip -Dmaven.javadoc.skip -Djacoco.skip "$@" package
}

maven() {
    JAVA_HOME=$jdk exec "$root/mvnw" -B -f "$root/pom.xml" "$@"
}

unpack() {
    version=$(sed -n 's|^  <version>\(.*\)</version>$|\1|p' "$root/pom.xml")
    jar=phoenix-server-$version.jar
    "$jdk/bin/java" -Djarmode=tools -jar "$root/phoenix-server/target/$jar" extract --destination "$staging"
    mv "$staging/$jar" "$staging/phoenix.jar"
    # Classes from the start-up cache begin their package without the seal, and later ones of a sealed jar are refused.
    printf 'Sealed: false\n' >"$staging/unsealed"
    for sealed in "$staging"/lib/unboundid-ldapsdk-*.jar; do
        "$jdk/bin/jar" --update --file "$sealed" --manifest "$staging/unsealed"
    done
    rm "$staging/unsealed"
}

train() {
    # shellcheck disable=SC2086 # the flags are words
    exec "$jdk/bin/java" -cp "$staging/phoenix.jar:$staging/lib/*" "$root/launcher/Train.java" "$staging" "$root/phoenix-server/src/test/resources/otlp" \
        "$jdk/bin/java" $jvm_flags
}

# The newest two stay: somebody may be running the one before this.
forget_old_builds() {
    find "$builds" -mindepth 1 -maxdepth 1 -type d -exec ls -dt {} + | tail -n +3 | while read -r old; do
        rm -rf "$old"
    done
}
