#!/usr/bin/env bash
# Compares reading and writing of files of all kinds (bzip2, frames, members, JSON, CSV, archives) with lbzip2, plain Java,
# DuckDB, cp and with bag itself: whole processes, their time, their CPU seconds and the memory they have at most.
#
#   bag-bench/files.sh DATA_DIR [SCALE]
#
# DATA_DIR     where the data is, or is made if it is missing: about 5 GB, times the scale
# SCALE        1 if not given: 1 GB of log lines, 500 MB of JSON, 500 MB of CSV, 20 archives of 5,000 entries
#
# RUNS=3       how often each program is run, after one run that does not count
# ONLY=        some of the comparisons: bz2 frames speculate json zip csv write
# COLLECTORS=  more rows for bag, each with other flags, as in COLLECTORS="-XX:+UseSerialGC,-Xms32m machine", where
#              machine stands for what bin/java-flags prints
# JAVA=java    which JVM, for all programs
# BAG_FLAGS=   flags of the JVM for bag, instead of -Xmx4g
# TMPDIR=/tmp  where logs are written to: 1.1 GB, times the scale, on a real disk
#
# A program and its peer are run alternately. A ratio is the median of those of neighbouring runs. Answers are compared.
# A program that fails or gives another answer makes the script fail in the end, a missed target does not. Figures mean
# something only on a machine with 2 processors, 12 GB of memory and nothing else to do. Needs bash 5, GNU time, lbzip2 and
# zstd, and for DuckDB, which Maven fetches, 200 MB from its repository.
set -euo pipefail
export LC_ALL=C

runs=${RUNS:-3}
only=${ONLY:-bz2 frames speculate json zip csv write}

# shellcheck source=comparing.sh
source "$(dirname "${BASH_SOURCE[0]}")/comparing.sh"

bag_with() { program "-Djava.io.tmpdir=$temp ${BAG_FLAGS:--Xmx4g} $1" "$bench.$2" "${@:3}"; }

# A command of the shell, which says how many lines it has counted.
counting() { # COMMAND FILES...
    lines sh -c 'echo "RESULT $('"$1"' | wc -l)"' counting "${@:2}"
}

# What the last peer has counted must be a number; bag's own answer was compared already.
check_peer() { # NUMBER
    if [ -s "$work/peer.answers" ] && [ "$(sort -u "$work/peer.answers")" != "RESULT $1" ]; then
        echo "DIFFERENT ANSWER of the peer: $(head -n 1 "$work/peer.answers") instead of $1" >&2
        failures=$((failures + 1))
    fi
}

# Copies of all logs, two at a time, which are on disk in the end, or some time later.
copying() { # (on_disk|later)
    local each='cp "$2" "$1" && sync "$1/${2##*/}"'
    if [ "$1" = later ]; then each='cp "$2" "$1"'; fi
    lines sh -c 'folder=$1 each=$2; shift 2; printf "%s\n" "$@" | xargs -P2 -I{} sh -c "$each" cp "$folder" {}' \
        copying "$out/peer" "$each" "${logs[@]}"
}

# All lines of logs, in the files that bag wrote last, must be those of the source.
check_written() { # COMMAND FOLDER
    if ! cat "$2"/part-* | $1 | cmp -s - "$all"; then
        echo "DIFFERENT LINES in $2" >&2
        failures=$((failures + 1))
    fi
}

"$java" -cp "$jar" $bench.GenerateData "$data" "$scale" files
all=$data/access-all.log
logs=("$data"/access-[0-9][0-9].log)
bz2=("${logs[@]/%/.bz2}")
events=("$data"/events-[0-9].json)
archives=("$data"/texts-[0-9][0-9].zip)
orders=$data/orders.csv
line_count=$(wc -l < "$all")

# The status counts of the logs, as the known answer, by the quickest program that has them.
know_statuses() {
    "$java" -cp "$jar" $peer.LineScanPeer status "${logs[@]}" > "$work/known.answers"
}

about "${BAG_FLAGS:--Xmx4g}"
echo "$(wc -c < "$all") bytes of log lines, $(cat "${events[@]}" | wc -c) of JSON, $(wc -c < "$orders") of CSV, $runs runs"
heading
if wanted bz2; then
    know_statuses
    pair "status counts, ${#bz2[@]} .bz2" 1.0 "lbzip2 -n2 -dc | wc -l" known \
        "$(bag Utf8StatusCounts "${bz2[@]}")" "$(counting 'lbzip2 -n2 -dc "$@"' "${bz2[@]}")"
    check_peer "$line_count"
    pair "  1 .bz2" 1.0 "lbzip2 -n2 -dc | wc -l" known \
        "$(bag Utf8StatusCounts "$all.bz2")" "$(counting 'lbzip2 -n2 -dc "$@"' "$all.bz2")"
    check_peer "$line_count"
fi
if wanted frames; then
    pair "status counts, 1 .zst of frames" 0.6 "itself on one frame" peer \
        "$(bag Utf8StatusCounts "$data/access-frames.log.zst")" "$(bag Utf8StatusCounts "$all.zst")"
    pair "  1 .gz of BGZF members" 0.6 "itself on one member" peer \
        "$(bag Utf8StatusCounts "$data/access-bgzf.log.gz")" "$(bag Utf8StatusCounts "$all.gz")"
fi
if wanted speculate; then
    figure_of=cpu
    pair "status counts, 1 .gz, speculation" 1.6 "itself without speculation" peer \
        "$(bag_with -Dbag.gzip.speculate=on Utf8StatusCounts "$all.gz")" \
        "$(bag_with -Dbag.gzip.speculate=off Utf8StatusCounts "$all.gz")"
    figure_of=seconds
fi
if wanted json; then
    build_peers
    pair "totals of JSON lines, as records" 1.3 "EventTotalsPeer bytes" peer \
        "$(bag EventTotals record "${events[@]}")" "$(plain EventTotalsPeer bytes "${events[@]}")"
    pair "  by paths of fields" 1.0 DuckDB peer "$(bag EventTotals paths "${events[@]}")" "$(duck events "${events[@]}")"
    pair "  as trees" 0.9 "EventTotalsPeer tree" peer \
        "$(bag EventTotals tree "${events[@]}")" "$(plain EventTotalsPeer tree "${events[@]}")"
fi
if wanted zip; then
    pair "words in ${#archives[@]} zips" 0.95 "ArchiveWordsPeer" peer \
        "$(bag ArchiveWords "${archives[@]}")" "$(plain ArchiveWordsPeer "${archives[@]}")"
fi
if wanted csv; then
    build_peers
    pair "totals of CSV" 1.2 DuckDB peer "$(bag OrderTotals any "$orders")" "$(duck orders "$orders")"
    pair "  multiline(false)" 1.2 DuckDB peer "$(bag OrderTotals lines "$orders")" "$(duck orders "$orders")"
    pair "  as records of a class" 1.2 DuckDB peer "$(bag OrderTotals record "$orders")" "$(duck orders "$orders")"
fi
if wanted write; then
    out=$(mktemp -d -p "$temp")
    trap 'rm -rf "$work" "$out"' EXIT
    mkdir "$out/bag" "$out/peer"
    echo "RESULT $line_count" > "$work/known.answers"
    written=$(bag CopyLines "$out/bag/part-*.log" "${logs[@]}")
    pair "logs written as text" 1.3 "cp by two, on disk as bag's files are" known "$written" "$(copying on_disk)"
    pair "" 1.3 "cp by two, left to the system to write" known "$written" "$(copying later)"
    check_written cat "$out/bag"
    rm -rf "$out"/*/*
    pair "  as .zst" 0.6 "one thread" known "$(bag CopyLines "$out/bag/part-*.log.zst" "${logs[@]}")" \
        "$(plain CompressPeer "$out/peer" zst "${logs[@]}")"
    check_peer "$(wc -c < "$all")"
    check_written "zstd -dcq" "$out/bag"
    rm -rf "$out"/*/*
    pair "  as .gz" 0.6 "one thread" known "$(bag CopyLines "$out/bag/part-*.log.gz" "${logs[@]}")" \
        "$(plain CompressPeer "$out/peer" gz "${logs[@]}")"
    check_peer "$(wc -c < "$all")"
    check_written "gzip -dc" "$out/bag"
fi
exit $((failures > 0))
