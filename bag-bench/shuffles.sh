#!/usr/bin/env bash
# Compares what moves all of the data (grouping, counting, sorting, joining) with plain Java, DuckDB, Spark and GNU sort:
# whole processes, their time, their CPU seconds and the memory they have at most.
#
#   bag-bench/shuffles.sh DATA_DIR [SCALE]
#
# DATA_DIR     where the data is, or is made if it is missing: about 3 GB, times the scale
# SCALE        1 if not given: 1 GB of log lines, 500 MB of words, a table of 2,000,000 rows
#
# RUNS=3       how often each program is run, after one run that does not count
# ONLY=        some of the comparisons: bytes split duck words words512 groups sort join
# COLLECTORS=  more rows for bag, each with other flags, as in COLLECTORS="-XX:+UseSerialGC,-Xms32m machine", where
#              machine stands for what bin/java-flags prints
# JAVA=java    which JVM, for all programs
# BAG_FLAGS=   flags of the JVM for bag in all rows, instead of those that the rows name, as in BAG_FLAGS=-Xmx8g
# TMPDIR=/tmp  where each program puts what does not fit in memory: 3 GB, on a real disk
#
# A program and its peer are run alternately. A ratio is the median of those of neighbouring runs. Answers are compared.
# A program that fails or gives another answer makes the script fail in the end, a missed target does not. Figures mean
# something only on a machine with 2 processors, 12 GB of memory and nothing else to do. Needs bash 5, GNU time and sort,
# and for DuckDB and Spark, which Maven fetches, 200 MB from its repository.
set -euo pipefail
export LC_ALL=C

runs=${RUNS:-3}
only=${ONLY:-bytes split duck words words512 groups sort join}

# shellcheck source=comparing.sh
source "$(dirname "${BASH_SOURCE[0]}")/comparing.sh"

# The command of a program with bag, as in bag -Xmx512m TopWords FILES.
bag() { # FLAGS CLASS ARGUMENTS...
    program "-Djava.io.tmpdir=$temp ${BAG_FLAGS:-$1}" "$bench.$2" "${@:3}"
}

plain() { # FLAGS CLASS ARGUMENTS...
    program "$1" "$peer.$2" "${@:3}"
}

"$java" -cp "$jar" $bench.GenerateData "$data" "$scale"
all=$data/access-all.log
logs=("$data"/access-[0-9][0-9].log)
texts=("$data"/words-[0-9].txt)
sort=(sort -t ' ' -k '1,1' -s "--parallel=$(nproc)" -S 400M -T "$temp" "$all")

about ""
echo "$(wc -c < "$all") bytes of log lines, $(cat "${texts[@]}" | wc -c) of words, $runs runs${BAG_FLAGS:+, bag in $BAG_FLAGS}"
heading
if wanted bytes; then
    pair "bytes by client" 0.5 "parallel streams in -Xmx8g" peer \
        "$(bag -Xmx160m ClientBytes "${logs[@]}")" "$(plain -Xmx8g ClientBytesPeer scan "${logs[@]}")" 0.25
fi
if wanted split; then
    pair "" 0.5 "the same with split(\" \")" peer \
        "$(bag -Xmx160m ClientBytes "${logs[@]}")" "$(plain -Xmx8g ClientBytesPeer split "${logs[@]}")" 0.25
fi
if wanted duck; then
    build_peers
    pair "" 2 "DuckDB" peer "$(bag -Xmx160m ClientBytes "${logs[@]}")" "$(duck bytes "${logs[@]}")"
fi
if wanted words; then
    pair "word count" 0.75 "TopWordsPeer in -Xmx4g" peer \
        "$(bag -Xmx4g TopWords "${texts[@]}")" "$(plain -Xmx4g TopWordsPeer merge "${texts[@]}")"
fi
if wanted words512; then
    pair "  in -Xmx512m" 2 "itself in -Xmx4g" peer \
        "$(bag -Xmx512m TopWords "${texts[@]}")" "$(bag -Xmx4g TopWords "${texts[@]}")"
fi
if wanted groups; then
    build_peers
    pair "lines by client" 0.6 "Spark, both in -Xmx512m" peer \
        "$(bag -Xmx512m LinesByClient "${logs[@]}")" "$(spark -Xmx512m LinesByClient "${logs[@]}")"
fi
if wanted sort; then
    "${sort[@]}" | "$java" -cp "$jar" $bench.LineChecksum > "$work/known.answers"
    pair "sort by client" 1.5 "GNU sort -S 400M, bag in -Xmx512m" known \
        "$(bag -Xmx512m SortByClient "${logs[@]}")" "$(lines "${sort[@]}" -o /dev/null)"
fi
if wanted join; then
    build_peers
    pair "join with a table" 0.5 "Spark without its start, both in -Xmx4g" peer \
        "$(bag -Xmx4g JoinClients "$data/clients.tsv" "${logs[@]}")" \
        "$(spark -Xmx4g JoinClients "$data/clients.tsv" "${logs[@]}")"
fi
exit $((failures > 0))
