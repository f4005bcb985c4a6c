#!/usr/bin/env bash
# Compares counts and groups, with and without Strings, with the quickest that plain Java can do, DuckDB and Spark, with
# themselves on 4 x the data, and what starting takes: whole processes, their time, CPU seconds and memory at its most.
#
#   bag-bench/limits.sh DATA_DIR [SCALE]
#
# DATA_DIR     where the data is, or is made if it is missing: about 7 GB, times the scale
# SCALE        1 if not given: 1 GB of log lines, 3 GB more for 4 x the data, 500 MB of words
#
# RUNS=3       how often each program is run, after one run that does not count
# ONLY=        some of the comparisons: count status gz zst words bytes groups large start
# COLLECTORS=  more rows for bag, each with other flags, as in COLLECTORS="-XX:+UseSerialGC,-Xms32m machine", where
#              machine stands for what bin/java-flags prints
# JAVA=java    which JVM, for all programs
# BAG_FLAGS=   flags of the JVM for bag where the rows name none, instead of -Xmx4g
# TMPDIR=/tmp  where each program puts what does not fit in memory: 10 GB, on a real disk
#
# A program and its peer are run alternately. A ratio is the median of those of neighbouring runs. Answers are compared.
# A program that fails or gives another answer makes the script fail in the end, a missed target does not. Figures mean
# something only on a machine with 2 processors, 12 GB of memory and nothing else to do. Needs bash 5, GNU time and sort,
# and for DuckDB and Spark, which Maven fetches, 200 MB from its repository.
set -euo pipefail
export LC_ALL=C

runs=${RUNS:-3}
only=${ONLY:-count status gz zst words bytes groups large start}

# shellcheck source=comparing.sh
source "$(dirname "${BASH_SOURCE[0]}")/comparing.sh"

small() { program "-Djava.io.tmpdir=$temp -Xmx512m" "$bench.$1" "${@:2}"; }

# Takes what a command says for the known answer.
known() { # COMMAND
    local words
    mapfile -t words <<< "$1"
    "${words[@]}" | grep '^RESULT ' > "$work/known.answers"
}

"$java" -cp "$jar" $bench.GenerateData "$data" "$scale" limits
logs=("$data"/access-[0-9][0-9].log)
gz=("${logs[@]/%/.gz}")
zst=("${logs[@]/%/.zst}")
large=("${logs[@]}" "$data"/more-[0-9][0-9].log)
texts=("$data"/words-[0-9].txt)

about "${BAG_FLAGS:--Xmx4g}"
echo "$(cat "${logs[@]}" | wc -c) bytes of log lines, $(cat "${texts[@]}" | wc -c) of words, $runs runs"
heading
if wanted count; then
    build_peers
    pair "lines of ${#logs[@]} files" 1.1 "LineScanPeer count" peer \
        "$(bag TinyCount "${logs[@]}")" "$(plain LineScanPeer count "${logs[@]}")"
    pair "" 0.45 DuckDB peer "$(bag TinyCount "${logs[@]}")" "$(duck count "${logs[@]}")"
fi
if wanted status; then
    build_peers
    pair "status counts, ${#logs[@]} files, Utf8" 1.15 "LineScanPeer status" peer \
        "$(bag Utf8StatusCounts "${logs[@]}")" "$(plain LineScanPeer status "${logs[@]}")"
    pair "" 0.4 DuckDB peer "$(bag Utf8StatusCounts "${logs[@]}")" "$(duck status "${logs[@]}")"
fi
if wanted gz; then
    pair "  ${#gz[@]} .gz, Utf8" 1.2 "LineScanPeer status" peer \
        "$(bag Utf8StatusCounts "${gz[@]}")" "$(plain LineScanPeer status "${gz[@]}")"
fi
if wanted zst; then
    pair "  ${#zst[@]} .zst, Utf8" 1.25 "LineScanPeer status" peer \
        "$(bag Utf8StatusCounts "${zst[@]}")" "$(plain LineScanPeer status "${zst[@]}")"
fi
if wanted words; then
    build_peers
    pair "word count, Strings, split(\" \")" 1.0 DuckDB peer "$(bag TopWords "${texts[@]}")" "$(duck words "${texts[@]}")"
    pair "  Utf8, split(' ')" 0.75 DuckDB peer "$(bag Utf8TopWords split "${texts[@]}")" "$(duck words "${texts[@]}")"
    pair "  Utf8, forEachField" 0.6 DuckDB peer "$(bag Utf8TopWords fields "${texts[@]}")" "$(duck words "${texts[@]}")"
    pair "" none "InlinePeer words" peer \
        "$(bag Utf8TopWords fields "${texts[@]}")" "$(plain InlinePeer words "${texts[@]}")"
fi
if wanted bytes; then
    build_peers
    pair "bytes by client, Strings" 0.65 DuckDB peer "$(bag ClientBytes "${logs[@]}")" "$(duck bytes "${logs[@]}")" 600MB
    pair "  Utf8" 0.6 DuckDB peer "$(bag Utf8ClientBytes "${logs[@]}")" "$(duck bytes "${logs[@]}")" 600MB
    pair "" 1.15 "InlinePeer bytes" peer \
        "$(bag Utf8ClientBytes "${logs[@]}")" "$(plain InlinePeer bytes "${logs[@]}")"
fi
if wanted groups; then
    build_peers
    pair "lines by client, Strings" 0.3 "Spark, both in -Xmx512m" peer \
        "$(small LinesByClient "${logs[@]}")" "$(spark -Xmx512m LinesByClient "${logs[@]}")"
    pair "  Utf8" 0.25 "Spark, both in -Xmx512m" peer \
        "$(small Utf8LinesByClient "${logs[@]}")" "$(spark -Xmx512m LinesByClient "${logs[@]}")"
fi
if wanted large; then
    build_peers
    known "$(plain InlinePeer bytes "${large[@]}")"
    pair "bytes by client, 4 x the data" 4.3 "1 x, both in -Xmx512m" known \
        "$(small ClientBytes "${large[@]}")" "$(small ClientBytes "${logs[@]}")"
    known "$(duck characters "${large[@]}")"
    pair "lines by client, 4 x the data" 4.3 "1 x, both in -Xmx512m" known \
        "$(small LinesByClient "${large[@]}")" "$(small LinesByClient "${logs[@]}")"
    sort -t ' ' -k '1,1' -s "--parallel=$(nproc)" -S 2G -T "$temp" "${large[@]}" \
        | "$java" -cp "$jar" $bench.LineChecksum > "$work/known.answers"
    pair "sort by client, 4 x the data" 4.3 "1 x, both in -Xmx512m" known \
        "$(small SortByClient "${large[@]}")" "$(small SortByClient "${logs[@]}")"
fi
if wanted start; then
    limit=+0.06
    if "$java" -version 2>&1 | grep -Eq 'version "(2[5-9]|[3-9])'; then limit=+0.01; fi
    start=$(program "" $bench.TinyCount "$data/tiny.txt")
    files_lines=$(program "" $peer.FilesLinesPeer count "$data/tiny.txt")
    jdk=$(readlink -f "$(command -v "$java")")
    archive=$(JAVA_HOME=${jdk%/bin/java} "$home/bin/java-archive" "${jar%.jar}" -cp "$jar" $bench.TinyCount "$data/tiny.txt")
    pair "1 KB, start to result" +0.15 FilesLinesPeer peer "$start" "$files_lines"
    if [ -n "$archive" ]; then
        pair "  with an archive" $limit "FilesLinesPeer without" peer "$(with_flags "$archive" "$start")" "$files_lines"
    else
        failed "  with an archive" "(this JDK makes none)"
    fi
fi
exit $((failures > 0))
