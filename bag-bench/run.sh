#!/usr/bin/env bash
# Compares whole programs written with bag with the same written in plain Java, JVM start included: their time, their CPU
# seconds and the memory they have at most.
#
#   bag-bench/run.sh DATA_DIR [SCALE]
#
# DATA_DIR   where the data is, or is made if it is missing: about 3 GB, times the scale
# SCALE      1 if not given: 1 GB of log lines
#
# RUNS=5              how often each program is run, after one run that does not count
# ONLY=               some of the comparisons: raw gz parts order tiny partitions
# COLLECTORS=         more rows for bag, each with other flags, as in COLLECTORS="-XX:+UseSerialGC,-Xms32m machine", where
#                     machine stands for what bin/java-flags prints
# JAVA=java           which JVM
# JAVA_FLAGS=-Xmx4g   its flags, for bag and for its peers
#
# A program and its peer are run alternately. A ratio is the median of those of neighbouring runs. Answers are compared.
# A program that fails or gives another answer makes the script fail in the end, a missed target does not. Figures mean
# something only on a machine that does nothing else. Needs bash 5 and GNU time.
set -euo pipefail
export LC_ALL=C

runs=${RUNS:-5}
only=${ONLY:-raw gz parts order tiny partitions}
flags=${JAVA_FLAGS:--Xmx4g}

# shellcheck source=comparing.sh
source "$(dirname "${BASH_SOURCE[0]}")/comparing.sh"

bag() { program "$flags" "$bench.$1" "${@:2}"; }
plain() { program "$flags" "$peer.$1" "${@:2}"; }

"$java" -cp "$jar" $bench.GenerateData "$data" "$scale"
all=$data/access-all.log
parts=("$data"/access-[0-9][0-9].log.gz)

about "$flags"
echo "$(wc -c < "$all") bytes of log lines, $runs runs"
heading
if wanted raw; then
    pair "1 plain file" 1.25 ByteRangesPeer peer "$(bag StatusCounts "$all")" "$(plain ByteRangesPeer "$all")"
fi
if wanted gz; then
    pair "1 .gz" 1.25 PipePeer peer "$(bag StatusCounts "$all.gz")" "$(plain PipePeer "$all.gz")"
fi
if wanted parts; then
    pair "${#parts[@]} .gz" 1.25 FileScanPeer peer \
        "$(bag StatusCounts "${parts[@]}")" "$(plain FileScanPeer "${parts[@]}")"
    pair "${#parts[@]} .gz" 1.25 FilesLinesPeer peer \
        "$(bag StatusCounts "${parts[@]}")" "$(plain FilesLinesPeer status "${parts[@]}")"
fi
if wanted order; then
    pair "zipWithIndex and filter, 1 plain file" 1.2 "the filter alone" peer \
        "$(bag InOrderLines index "$all")" "$(bag InOrderLines filter "$all")"
    pair "scan of the lengths of its lines" 1.2 "the lengths alone" peer \
        "$(bag InOrderLines scan "$all")" "$(bag InOrderLines lengths "$all")"
fi
if wanted tiny; then
    pair "1 KB, start to result" +0.15 FilesLinesPeer peer \
        "$(bag TinyCount "$data/tiny.txt")" "$(plain FilesLinesPeer count "$data/tiny.txt")"
fi
if wanted partitions; then
    alone "1,000,000 partitions, -Xmx512m" 2.0 500000500000 "$(program -Xmx512m $bench.ManyPartitions 1000000)"
fi
exit $((failures > 0))
