# Shared by the scripts beside this folder; to be sourced. Sets ROOT, the top folder of the repository.
#
#   say, die             a message; a message and exit 1
#   help_wanted "$@"     whether the first argument is -h or --help
#   print_help           the comment at the head of the calling script
#   use_jdk              finds a new enough JDK and exports JAVA_HOME, or says what to install
#   run_maven args…      Maven on that JDK, in ROOT
#   build_module name    the module's jar and the jars it needs in target/lib, without tests; nothing when they are up to date
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
readonly ROOT
readonly JDK_WANTED=25
readonly MAVEN_WANTED=3.8.7

say() { printf '%s\n' "$*" >&2; }

die() {
    say "error: $*"
    exit 1
}

help_wanted() { [[ ${1-} == -h || ${1-} == --help ]]; }

print_help() { sed -n '2,/^[^#]/{ /^#/{ s/^# \{0,1\}//; p } }' "$0"; }

# The feature version of the JDK in folder $1; fails where there is no JDK with a compiler.
jdk_version() {
    local release=$1/release
    [[ -x $1/bin/javac && -r $release ]] || return 1
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release"
}

# Prints where a JDK may be, the likeliest first.
jdk_candidates() {
    local java
    [[ -n ${JAVA_HOME-} ]] && printf '%s\n' "$JAVA_HOME"
    if java=$(command -v java); then
        dirname "$(dirname "$(readlink -f "$java")")"
    fi
    # By version: the oldest that will do is the one which the project is built and tested with.
    printf '%s\n' /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/*java* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* | sort -V
}

# Exports JAVA_HOME; fails where no JDK is new enough.
find_jdk() {
    local home version
    while IFS= read -r home; do
        version=$(jdk_version "$home") || continue
        if ((${version:-0} >= JDK_WANTED)); then
            export JAVA_HOME=$home
            return 0
        fi
    done < <(jdk_candidates)
    return 1
}

use_jdk() {
    find_jdk || die "no JDK $JDK_WANTED or newer is here. Install one, for example Temurin from https://adoptium.net" \
        "(into /usr/lib/jvm or anywhere else with JAVA_HOME set to it). Looked at JAVA_HOME, the java on the PATH," \
        "/usr/lib/jvm, /usr/java, /opt, ~/.sdkman and ~/.jdks."
}

# The system's Maven where it is new enough, the wrapper (which fetches one) otherwise.
maven_command() {
    local version
    version=$(mvn --version 2>/dev/null | grep -om 1 'Apache Maven [0-9.]*' | grep -o '[0-9.]*$') || true
    if [[ -n $version && $(printf '%s\n' "$MAVEN_WANTED" "$version" | sort -V | head -n 1) == "$MAVEN_WANTED" ]]; then
        printf 'mvn\n'
    else
        printf './mvnw\n'
    fi
}

run_maven() {
    local maven
    maven=$(maven_command)
    # Maven itself brings libraries which newer JDKs warn of.
    (cd "$ROOT" && MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS-}" \
        "$maven" -B -ntp "$@")
}

build_module() {
    local module=$1 jar=$ROOT/$1/target/netty-glib-$1.jar
    if [[ -e $jar && -z $(find "$ROOT/pom.xml" "$ROOT"/{transport-glib,handler-gstreamer,"$module"}/{pom.xml,src/main} \
        -newer "$jar" -print -quit) ]]; then
        return
    fi
    say "Building $module …"
    run_maven -q -Dmaven.test.skip=true -pl "$module" -am package >&2
    # An unchanged jar keeps its old time, and would be built again for ever.
    touch "$jar"
}
