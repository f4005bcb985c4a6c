#!/usr/bin/env bash
# Compares whole programs written with bag with the same written in plain Java, JVM start included.
#
#   bag-bench/run.sh DATA_DIR [SCALE]
#
# DATA_DIR   where the data is, or is made if it is missing: about 1.5 GB, times the scale
# SCALE      1 if not given: 1 GB of log lines
#
# RUNS=5              how often each program is run, after one run that does not count
# ONLY=               some of the comparisons: raw gz parts tiny partitions
# JAVA=java           which JVM
# JAVA_FLAGS=-Xmx4g   its flags, for bag and for its peers
#
# A program and its peer are run alternately. A ratio is the median of those of neighbouring runs. Answers are compared:
# different ones make the script fail, missed targets do not. Figures mean something only on a machine that does nothing
# else. Needs bash 5.
set -euo pipefail
export LC_ALL=C

[ $# -ge 1 ] || { sed -n '2,16p' "$0" | cut -c3- >&2; exit 2; }
data=$1
scale=${2:-1}
runs=${RUNS:-5}
only=${ONLY:-raw gz parts tiny partitions}
java=${JAVA:-java}
read -ra flags <<< "${JAVA_FLAGS:--Xmx4g}"

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jar=$home/bag-bench/target/bag-bench.jar
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ ! -f "$jar" ] || [ -n "$(find "$home"/bag-{core,io,bench}/src/main -newer "$jar" -print -quit)" ]; then
    echo "building" >&2
    mvn -q -f "$home/pom.xml" -Dquick -DskipTests -pl bag-bench -am package < /dev/null >&2
    touch "$jar"
fi

# Runs a program of ours with the given flags of the JVM, and writes its seconds and its answer into $work.
timed() { # NAME ARGUMENTS...
    local name=$1 start end
    shift
    start=$EPOCHREALTIME
    "$java" "${jvm[@]}" -cp "$jar" "$@" > "$work/out" < /dev/null || { echo "failed: $*" >&2; exit 1; }
    end=$EPOCHREALTIME
    echo $((${end/./} - ${start/./})) | awk '{ printf "%.3f\n", $1 / 1e6 }' >> "$work/$name.seconds"
    grep '^RESULT ' "$work/out" >> "$work/$name.answers"
}

median() {
    sort -n "$1" | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

# All answers of the named programs must be one.
compare_answers() { # NAMES...
    local names=("${@/#/$work/}")
    if [ "$(cat "${names[@]/%/.answers}" | sort -u | wc -l)" -ne 1 ]; then
        echo "DIFFERENT ANSWERS: $*" >&2
        head -n 1 "${names[@]/%/.answers}" | cut -c1-200 >&2
        exit 1
    fi
}

row() { printf '%-34s %8s %8s %9s   %-36s %s\n' "$@"; }

verdict() { awk -v value="$1" -v limit="$2" 'BEGIN { print value <= limit ? "met" : "MISSED" }'; }

# A program of bag and a peer alternately; each is given in one word with its arguments.
pair() { # TITLE (ratio|difference) LIMIT PEER_CLASS BAG_PROGRAM PEER_PROGRAM
    local title=$1 kind=$2 limit=$3 peer=$4 figure wanted
    local -a bag_words=() peer_words=()
    mapfile -t bag_words <<< "$5"
    mapfile -t peer_words <<< "$6"
    rm -f "$work"/{bag,peer}.*
    for ((i = 0; i <= runs; i++)); do
        timed bag "${bag_words[@]}"
        timed peer "${peer_words[@]}"
        if ((i == 0)); then rm -f "$work"/{bag,peer}.seconds; fi
    done
    compare_answers bag peer
    if [ "$kind" = ratio ]; then
        paste "$work/bag.seconds" "$work/peer.seconds" | awk '{ print $1 / $2 }' > "$work/figures"
        figure=$(median "$work/figures" | awk '{ printf "%.2f", $1 }')
        wanted="<= $limit x $peer"
    else
        paste "$work/bag.seconds" "$work/peer.seconds" | awk '{ print $1 - $2 }' > "$work/figures"
        figure=$(median "$work/figures" | awk '{ printf "%+.2f s", $1 }')
        wanted="<= +$limit s over $peer"
    fi
    row "$title" "$(seconds bag)" "$(seconds peer)" "$figure" "$wanted" "$(verdict "${figure% s}" "$limit")"
}

seconds() { median "$work/$1.seconds" | awk '{ printf "%.2f", $1 }'; }

# A program that has no peer: its answer is known.
alone() { # TITLE LIMIT ANSWER PROGRAM
    local -a words=()
    mapfile -t words <<< "$4"
    rm -f "$work"/bag.* && echo "RESULT $3" > "$work/known.answers"
    for ((i = 0; i <= runs; i++)); do
        timed bag "${words[@]}"
        if ((i == 0)); then rm -f "$work/bag.seconds"; fi
    done
    compare_answers bag known
    row "$1" "$(seconds bag)" "" "" "<= $2 s in ${jvm[*]}" "$(verdict "$(seconds bag)" "$2")"
}

lines() { printf '%s\n' "$@"; }

wanted() { [[ " $only " == *" $1 "* ]]; }

jvm=("${flags[@]}")
"$java" "${jvm[@]}" -cp "$jar" dev.bag.bench.GenerateData "$data" "$scale"
all=$data/access-all.log
parts=("$data"/access-[0-9][0-9].log.gz)
bench=dev.bag.bench
peer=dev.bag.bench.peer

echo "$("$java" -version 2>&1 | head -n 1), ${flags[*]}, $(nproc) processors, load $(cut -d' ' -f1 /proc/loadavg)"
echo "$(wc -c < "$all") bytes of log lines, $runs runs"
echo
row "" "bag s" "peer s" "ratio" "target" ""
if wanted raw; then
    pair "1 plain file" ratio 1.25 ByteRangesPeer \
        "$(lines $bench.StatusCounts "$all")" "$(lines $peer.ByteRangesPeer "$all")"
fi
if wanted gz; then
    pair "1 .gz" ratio 1.25 PipePeer \
        "$(lines $bench.StatusCounts "$all.gz")" "$(lines $peer.PipePeer "$all.gz")"
fi
if wanted parts; then
    pair "${#parts[@]} .gz" ratio 1.25 FileScanPeer \
        "$(lines $bench.StatusCounts "${parts[@]}")" "$(lines $peer.FileScanPeer "${parts[@]}")"
    pair "${#parts[@]} .gz" ratio 1.25 FilesLinesPeer \
        "$(lines $bench.StatusCounts "${parts[@]}")" "$(lines $peer.FilesLinesPeer status "${parts[@]}")"
fi
if wanted tiny; then
    pair "1 KB, start to result" difference 0.15 FilesLinesPeer \
        "$(lines $bench.TinyCount "$data/tiny.txt")" "$(lines $peer.FilesLinesPeer count "$data/tiny.txt")"
fi
if wanted partitions; then
    jvm=(-Xmx512m)
    alone "1,000,000 partitions of 1 record" 2.0 500000500000 "$(lines $bench.ManyPartitions 1000000)"
fi
