#!/usr/bin/env bash
# Compares bag on Apache Spark with the same work by Spark's own RDDs, both on all processors of this machine: seconds without
# the start of Spark, CPU seconds and memory of whole processes.
#
#   bag-bench/spark.sh DATA_DIR [SCALE]
#
# DATA_DIR     where the data is, or is made if it is missing: about 3 GB, times the scale
# SCALE        1 if not given: 1 GB of log lines, 500 MB of words, a table of 2,000,000 rows
#
# RUNS=3       how often each program is run, after one run that does not count
# ONLY=        some of the comparisons: status words groups join
# JAVA=java    which JVM, for all programs
# TMPDIR=/tmp  where each program puts what does not fit in memory: 3 GB, on a real disk
#
# A program and its peer are run alternately. A ratio is the median of those of neighbouring runs. Answers are compared.
# Figures mean something only on a machine with 2 processors, 12 GB of memory and nothing else to do. Needs bash 5 and GNU time,
# and Spark, which Maven fetches, 200 MB from its repository.
set -euo pipefail
export LC_ALL=C

runs=${RUNS:-3}
only=${ONLY:-status words groups join}

# shellcheck source=comparing.sh
source "$(dirname "${BASH_SOURCE[0]}")/comparing.sh"
build_peers
mvn -q -B -f "$home/pom.xml" -Dquick -DskipTests -pl bag-spark -am package dependency:build-classpath \
    "-Dmdep.outputFile=$work/classpath" -Dmdep.includeScope=test < /dev/null >&2

"$java" -cp "$jar" $bench.GenerateData "$data" "$scale"
logs=("$data"/access-[0-9][0-9].log)
texts=("$data"/words-[0-9].txt)

# The command of bag on Spark.
on_spark() { # WORK FILES...
    local flags
    read -ra flags <<< "-Xmx4g -Djava.io.tmpdir=$temp $spark_flags"
    lines "$java" "${flags[@]}" -cp "$home/bag-spark/target/classes:$home/bag-spark/target/test-classes:$(cat "$work/classpath")" \
        "$bench.OnSpark" "$@"
}

rdd() { spark "-Xmx4g -Dwithout.start=true" "$@"; }

heading
if wanted status; then
    pair "status counts" 0.6 "RDDs" peer "$(on_spark status "${logs[@]}")" "$(rdd Counts status "${logs[@]}")"
fi
if wanted words; then
    pair "word count" 0.6 "RDDs" peer "$(on_spark words "${texts[@]}")" "$(rdd Counts words "${texts[@]}")"
fi
if wanted groups; then
    pair "lines by client" 0.6 "RDDs" peer "$(on_spark groups "${logs[@]}")" "$(rdd LinesByClient "${logs[@]}")"
fi
if wanted join; then
    pair "join with a table" 0.6 "RDDs" peer "$(on_spark join "$data/clients.tsv" "${logs[@]}")" \
        "$(rdd JoinClients "$data/clients.tsv" "${logs[@]}")"
fi
exit $((failures > 0))
