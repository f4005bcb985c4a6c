# What run.sh, shuffles.sh, limits.sh and files.sh have in common: their arguments DATA_DIR and SCALE, and the variable JAVA. They
# set runs and only, and source it, which builds bag. Needs bash 5 and GNU time.
# shellcheck shell=bash disable=SC2016,SC2034,SC2154

data=${1:-}
scale=${2:-1}
java=${JAVA:-java}
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jar=$home/bag-bench/target/bag-bench.jar
peers_jar=$home/bag-bench/peers/target/bag-bench-peers.jar
bench=dev.bag.bench
peer=dev.bag.bench.peer
temp=${TMPDIR:-/tmp}
read -ra collectors <<< "${COLLECTORS:-}"
failures=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
env time -f %M true 2> /dev/null || { echo "GNU time is missing: apt-get install time" >&2; exit 2; }

# Prints the comment at the top of the script.
usage() {
    awk 'NR > 1 && !/^#/ { exit } NR > 1' "$0" | cut -c3- >&2
    exit 2
}

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

build_peers() {
    build "$peers_jar" "$home/bag-bench/peers/pom.xml" "$home/bag-bench/peers/src/main" --
}

lines() { printf '%s\n' "$@"; }

# The commands of programs with bag and without; a script may have its own.
bag() { program "-Djava.io.tmpdir=$temp ${BAG_FLAGS:--Xmx4g}" "$bench.$1" "${@:2}"; }
plain() { program -Xmx4g "$peer.$1" "${@:2}"; }

# The command of a program in one of our jars: its words, a line each.
program() { # FLAGS CLASS ARGUMENTS...
    local flags
    read -ra flags <<< "$1"
    lines "$java" "${flags[@]}" -cp "$jar" "${@:2}"
}

# The same of DuckDB and Spark.
outside() { # FLAGS CLASS ARGUMENTS...
    local flags
    read -ra flags <<< "$1 -Djava.io.tmpdir=$temp"
    lines "$java" "${flags[@]}" -cp "$peers_jar:$(dirname "$peers_jar")/lib/*" "$bench.peers.$2" "${@:3}"
}

duck() { # QUERY FILES...
    outside -Xmx1g DuckQuery "$@"
}

# What Spark's own launcher opens to it in a JVM.
spark_flags="-XX:+IgnoreUnrecognizedVMOptions -Djdk.reflect.useDirectMethodHandle=false"
spark_flags+=" -Dio.netty.tryReflectionSetAccessible=true"
for package in java.{io,lang,lang.invoke,lang.reflect,net,nio,util,util.concurrent,util.concurrent.atomic} \
    jdk.internal.ref sun.{nio.ch,nio.cs,security.action,util.calendar}; do
    spark_flags+=" --add-opens=java.base/$package=ALL-UNNAMED"
done

spark() { # FLAGS CLASS ARGUMENTS...
    outside "$1 $spark_flags" "Spark$2" "${@:3}"
}

# The flags that a word of COLLECTORS stands for.
flags_of() { # (machine|FLAG,FLAG...)
    if [ "$1" = machine ]; then "$home/bin/java-flags"; else echo "${1//,/ }"; fi
}

# A command of Java with more flags.
with_flags() { # FLAGS COMMAND
    local flags words
    read -ra flags <<< "$1"
    mapfile -t words <<< "$2"
    lines "${words[0]}" "${flags[@]}" "${words[@]:1}"
}

# Runs a command; writes into $work its seconds, CPU seconds, kilobytes at their most and answer, each in a file of its
# own. What says SECONDS itself is believed.
timed() { # NAME WORDS...
    local name=$1 start end
    shift
    start=$EPOCHREALTIME
    if ! env time -f '%U %S %M' -o "$work/usage" "$@" > "$work/out" 2> "$work/err" < /dev/null; then
        echo "failed: $*" >&2
        tail -n 20 "$work/err" >&2
        return 1
    fi
    end=$EPOCHREALTIME
    awk -v from="$start" -v to="$end" '/^SECONDS / { said = $2 } END { printf "%.3f\n", said ? said : to - from }' \
        "$work/out" >> "$work/$name.seconds"
    awk '{ print $1 + $2 }' "$work/usage" >> "$work/$name.cpu"
    awk '{ print $3 }' "$work/usage" >> "$work/$name.memory"
    grep '^RESULT ' "$work/out" >> "$work/$name.answers" || true
}

# Runs commands alternately, each as often as is asked for after a run that does not count. A command is one word, with a
# line for each of its own.
alternate() { # NAME COMMAND [NAME COMMAND]...
    local i words=() commands=("$@")
    for ((i = 0; i <= runs; i++)); do
        set -- "${commands[@]}"
        while [ $# -gt 0 ]; do
            if ((i == 0)); then rm -f "$work/$1".*; fi
            mapfile -t words <<< "$2"
            timed "$1" "${words[@]}" || return 1
            if ((i == 0)); then rm -f "$work/$1".{seconds,cpu,memory}; fi
            shift 2
        done
    done
}

median() {
    sort -n "$1" | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

seconds() { median "$work/$1.seconds" | awk '{ printf "%.2f", $1 }'; }

cpu() { median "$work/$1.cpu" | awk '{ printf "%.2f", $1 }'; }

megabytes() { median "$work/$1.memory" | awk '{ printf "%.0f", $1 / 1000 }'; }

# The median of what an expression says of each two neighbouring runs: $1 is of bag, $2 of the peer.
median_of() { # (seconds|cpu|memory) EXPRESSION FORMAT
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

verdict() { # VALUE LIMIT
    [ "$2" = none ] || awk -v value="$1" -v limit="$2" 'BEGIN { print value + 0 <= limit + 0 ? "met" : "MISSED" }'
}

wanted() { [[ " $only " == *" $1 "* ]]; }

row() { # TITLE SECONDS PEER_SECONDS RATIO CPU PEER_CPU MEMORY PEER_MEMORY TARGET VERDICT
    printf '%-34s %7s %7s %8s %8s %9s %7s %8s   %-48s %s\n' "$@"
}

heading() {
    echo
    row "" "bag s" "peer s" "ratio" "bag CPU" "peer CPU" "bag MB" "peer MB" "must be at most" ""
}

failed() { # TITLE TARGET
    row "$1" "" "" "" "" "" "" "" "$2" FAILED
    failures=$((failures + 1))
}

# A row for a program of bag and a peer that are run alternately. The limit is that of the ratio of their seconds, or of
# the difference, as in +0.15, or "none". Answers of bag are the peer's, or "known" ones. A limit of memory is that of the
# ratio or, as in 600MB, of bag's own. The figure is one of seconds, or of what the variable figure_of says.
pair() { # TITLE LIMIT PEER (peer|known) BAG_COMMAND PEER_COMMAND [LIMIT_OF_MEMORY]
    local title=$1 limit=$2 target figure
    case $limit in
        none) target="($3)" ;;
        +*) target="$limit s over $3" ;;
        *) target="$limit x $3" ;;
    esac
    if [ "${figure_of:-seconds}" = cpu ]; then target+=", CPU seconds"; fi
    if ! alternate bag "$5" peer "$6" || ! compare_answers bag "$4"; then
        failed "$title" "$target"
        return
    fi
    if [[ $limit == +* ]]; then
        figure=$(median_of "${figure_of:-seconds}" '$1 - $2' '%+.3f s')
    else
        figure=$(median_of "${figure_of:-seconds}" '$1 / $2' %.2f)
    fi
    row "$title" "$(seconds bag)" "$(seconds peer)" "$figure" "$(cpu bag)" "$(cpu peer)" "$(megabytes bag)" \
        "$(megabytes peer)" "$target" "$(verdict "${figure% s}" "$limit")"
    if [ $# -ge 7 ]; then memory_row "$3" "$7"; fi
    other_collectors "$5"
}

memory_row() { # PEER LIMIT
    local figure
    if [[ $2 == *MB ]]; then
        row "  its memory" "" "" "" "" "" "" "" "$2" "$(verdict "$(megabytes bag)" "${2%MB}")"
    else
        figure=$(median_of memory '$1 / $2' %.2f)
        row "  its memory" "" "" "$figure" "" "" "" "" "$2 x $1" "$(verdict "$figure" "$2")"
    fi
}

# A row for a program that has no peer: its answer is known, its limit one of seconds.
alone() { # TITLE LIMIT ANSWER COMMAND
    echo "RESULT $3" > "$work/known.answers"
    if alternate bag "$4" && compare_answers bag known; then
        row "$1" "$(seconds bag)" "" "" "$(cpu bag)" "" "$(megabytes bag)" "" "$2 s" "$(verdict "$(seconds bag)" "$2")"
        other_collectors "$4"
    else
        failed "$1" "$2 s"
    fi
}

# A row for each of COLLECTORS, of the program that was measured last.
other_collectors() { # BAG_COMMAND
    local name flags
    for name in ${collectors[@]+"${collectors[@]}"}; do
        flags=$(flags_of "$name")
        if alternate other "$(with_flags "$flags" "$1")" && compare_answers bag other; then
            row "  $flags" "$(seconds other)" "" "" "$(cpu other)" "" "$(megabytes other)" "" "" ""
        else
            failed "  $flags" ""
        fi
    done
}

# The machine and the Java of the figures.
about() { # FLAGS
    echo "$("$java" -version 2>&1 | head -n 1)${1:+, $1}, $(nproc) processors, load $(cut -d' ' -f1 /proc/loadavg)"
}

[ $# -ge 1 ] || usage
build_bag
