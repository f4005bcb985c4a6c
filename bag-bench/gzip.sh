#!/usr/bin/env bash
# What it costs and saves to inflate one .gz file ahead of its reader: whole processes, their time and CPU seconds.
#
#   bag-bench/gzip.sh FILE.gz
#
# FILE.gz      access log lines in one gzip file, 60 MB or more
#
# RUNS=3       how often each program is run, in turn
# JAVA=java    which JVM
#
# Needs bash 5, and bag-bench.jar, which mvn -Dquick package builds. The results must be equal.
set -euo pipefail

file=${1:?FILE.gz is missing}
java=${JAVA:-java}
jar=$(dirname "${BASH_SOURCE[0]}")/target/bag-bench.jar
TIMEFORMAT='%R s, %U + %S CPU s'

expected=
for ((run = 0; run < ${RUNS:-3}; run++)); do
    for choice in off on; do
        echo -n "$choice: "
        time result=$("$java" -Xmx4g -Dbag.gzip.speculate=$choice -cp "$jar" dev.bag.bench.StatusCounts "$file")
        expected=${expected:-$result}
        [ "$result" = "$expected" ] || { echo "another result: $result" >&2; exit 1; }
    done
done
