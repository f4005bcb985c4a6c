# What run.sh and shuffles.sh have in common; they source it, and set: java, runs, only. Needs bash 5.
# shellcheck shell=bash disable=SC2154

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jar=$home/bag-bench/target/bag-bench.jar
bench=dev.bag.bench
peer=dev.bag.bench.peer
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
watch=() # a command that runs each program and writes the kilobytes it has had at most into $work/memory, if any

# Builds a jar if it is missing or older than what it is made of.
build() { # JAR POM SOURCES... -- ARGUMENTS_OF_MAVEN...
    local jar=$1 pom=$2 sources=()
    shift 2
    while [ "$1" != -- ]; do
        sources+=("$1")
        shift
    done
    shift
    if [ ! -f "$jar" ] || [ -n "$(find "${sources[@]}" "$pom" -newer "$jar" -print -quit)" ]; then
        echo "building $(basename "$jar")" >&2
        mvn -q -f "$pom" "$@" package < /dev/null >&2
        touch "$jar"
    fi
}

build_bag() {
    build "$jar" "$home/pom.xml" "$home"/bag-{core,io,bench}/src/main -- -Dquick -DskipTests -pl bag-bench -am
}

lines() { printf '%s\n' "$@"; }

# The words of a command that runs one of our programs, a line each.
program() { # FLAGS CLASS ARGUMENTS...
    local flags
    read -ra flags <<< "$1"
    lines "$java" "${flags[@]}" -cp "$jar" "${@:2}"
}

# Runs a command and writes its seconds and its answer into $work. What says SECONDS itself is believed.
timed() { # NAME WORDS...
    local name=$1 start end
    shift
    start=$EPOCHREALTIME
    if ! "${watch[@]}" "$@" > "$work/out" 2> "$work/err" < /dev/null; then
        echo "failed: $*" >&2
        tail -n 20 "$work/err" >&2
        return 1
    fi
    end=$EPOCHREALTIME
    if grep -q '^SECONDS ' "$work/out"; then
        awk '/^SECONDS / { print $2 }' "$work/out"
    else
        awk -v from="$start" -v to="$end" 'BEGIN { printf "%.3f\n", to - from }'
    fi >> "$work/$name.seconds"
    grep '^RESULT ' "$work/out" >> "$work/$name.answers" || true
    if [ -f "$work/memory" ]; then cat "$work/memory" >> "$work/$name.memory"; fi
}

# Runs two commands alternately; each is given in one word, a line for each of its own.
alternate() { # BAG_COMMAND PEER_COMMAND
    local i words=()
    rm -f "$work"/{bag,peer}.*
    for ((i = 0; i <= runs; i++)); do
        mapfile -t words <<< "$1"
        timed bag "${words[@]}" || return 1
        mapfile -t words <<< "$2"
        timed peer "${words[@]}" || return 1
        if ((i == 0)); then rm -f "$work"/*.{seconds,memory}; fi
    done
}

median() {
    sort -n "$1" | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

seconds() { median "$work/$1.seconds" | awk '{ printf "%.2f", $1 }'; }

# The median of what an expression says of each two neighbouring runs: $1 is of bag, $2 of the peer.
median_of() { # (seconds|memory) EXPRESSION FORMAT
    paste "$work/bag.$1" "$work/peer.$1" | awk "{ print $2 }" > "$work/figures"
    median "$work/figures" | awk -v format="$3" '{ printf format, $1 }'
}

# All answers of the named programs must be one.
compare_answers() { # NAMES...
    local names=("${@/#/$work/}")
    if [ "$(cat "${names[@]/%/.answers}" | sort -u | wc -l)" -ne 1 ]; then
        echo "DIFFERENT ANSWERS: $*" >&2
        head -n 1 "${names[@]/%/.answers}" | cut -c1-200 >&2
        return 1
    fi
}

verdict() { awk -v value="$1" -v limit="$2" 'BEGIN { print value <= limit ? "met" : "MISSED" }'; }

wanted() { [[ " $only " == *" $1 "* ]]; }

# The machine and the Java of the figures.
about() { # FLAGS
    echo "$("$java" -version 2>&1 | head -n 1)${1:+, $1}, $(nproc) processors, load $(cut -d' ' -f1 /proc/loadavg)"
}
