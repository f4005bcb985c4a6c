#!/usr/bin/env bash
# Compares whole programs written with bag with the same written in plain Java, JVM start included.
#
#   bag-bench/run.sh DATA_DIR [SCALE]
#
# DATA_DIR   where the data is, or is made if it is missing: about 3 GB, times the scale
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
flags=${JAVA_FLAGS:--Xmx4g}

# shellcheck source=comparing.sh
source "$(dirname "${BASH_SOURCE[0]}")/comparing.sh"
build_bag

row() { printf '%-34s %8s %8s %9s   %-36s %s\n' "$@"; }

# A program of bag and a peer alternately; each is given in one word with its arguments.
pair() { # TITLE (ratio|difference) LIMIT PEER_CLASS BAG_COMMAND PEER_COMMAND
    local title=$1 kind=$2 limit=$3 peer=$4 figure wanted
    alternate "$5" "$6"
    compare_answers bag peer
    if [ "$kind" = ratio ]; then
        figure=$(median_of seconds '$1 / $2' %.2f)
        wanted="<= $limit x $peer"
    else
        figure=$(median_of seconds '$1 - $2' '%+.2f s')
        wanted="<= +$limit s over $peer"
    fi
    row "$title" "$(seconds bag)" "$(seconds peer)" "$figure" "$wanted" "$(verdict "${figure% s}" "$limit")"
}

# A program that has no peer: its answer is known.
alone() { # TITLE LIMIT ANSWER FLAGS PROGRAM...
    local title=$1 limit=$2 flags=$4 i words=()
    rm -f "$work"/bag.* && echo "RESULT $3" > "$work/known.answers"
    mapfile -t words <<< "$(program "$flags" "${@:5}")"
    for ((i = 0; i <= runs; i++)); do
        timed bag "${words[@]}"
        if ((i == 0)); then rm -f "$work/bag.seconds"; fi
    done
    compare_answers bag known
    row "$title" "$(seconds bag)" "" "" "<= $limit s in $flags" "$(verdict "$(seconds bag)" "$limit")"
}

"$java" -cp "$jar" dev.bag.bench.GenerateData "$data" "$scale"
all=$data/access-all.log
parts=("$data"/access-[0-9][0-9].log.gz)

about "$flags"
echo "$(wc -c < "$all") bytes of log lines, $runs runs"
echo
row "" "bag s" "peer s" "ratio" "target" ""
if wanted raw; then
    pair "1 plain file" ratio 1.25 ByteRangesPeer \
        "$(program "$flags" $bench.StatusCounts "$all")" "$(program "$flags" $peer.ByteRangesPeer "$all")"
fi
if wanted gz; then
    pair "1 .gz" ratio 1.25 PipePeer \
        "$(program "$flags" $bench.StatusCounts "$all.gz")" "$(program "$flags" $peer.PipePeer "$all.gz")"
fi
if wanted parts; then
    pair "${#parts[@]} .gz" ratio 1.25 FileScanPeer \
        "$(program "$flags" $bench.StatusCounts "${parts[@]}")" "$(program "$flags" $peer.FileScanPeer "${parts[@]}")"
    pair "${#parts[@]} .gz" ratio 1.25 FilesLinesPeer \
        "$(program "$flags" $bench.StatusCounts "${parts[@]}")" "$(program "$flags" $peer.FilesLinesPeer status "${parts[@]}")"
fi
if wanted tiny; then
    pair "1 KB, start to result" difference 0.15 FilesLinesPeer \
        "$(program "$flags" $bench.TinyCount "$data/tiny.txt")" "$(program "$flags" $peer.FilesLinesPeer count "$data/tiny.txt")"
fi
if wanted partitions; then
    alone "1,000,000 partitions of 1 record" 2.0 500000500000 -Xmx512m $bench.ManyPartitions 1000000
fi
