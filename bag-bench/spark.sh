#!/usr/bin/env bash
# Compares the same work on Apache Spark in local[2], with bag and with RDDs: whole processes, and their seconds without the
# start of Spark.
#
#   bag-bench/spark.sh DATA_DIR
#
# DATA_DIR     where GenerateData has made its data; see shuffles.sh
#
# RUNS=3       how often each program is run, after one run that does not count
# ONLY=        some of the comparisons: status words groups join tasks
# FILES=4      how many of the log files, and of the texts, are read; each has 64 MB
# JAVA=java    which JVM, for all programs
#
# The jars of Spark are those with which bag-spark is compiled. Needs bash 5, GNU time, and Maven's repository.
set -euo pipefail
export LC_ALL=C SPARK_LOCAL_IP=127.0.0.1

runs=${RUNS:-3}
only=${ONLY:-status words groups join tasks}
files=${FILES:-4}

# shellcheck source=comparing.sh
source "$(dirname "${BASH_SOURCE[0]}")/comparing.sh"

classes=$work/classes
libraries=$home/bag-spark/target/libraries.txt
mvn -q -f "$home/pom.xml" -Dquick -DskipTests -pl bag-spark,bag-io -am package \
    dependency:build-classpath -Dmdep.outputFile="$libraries" -Dmdep.includeScope=test < /dev/null >&2
class_path=$classes:$(cat "$libraries"):$home/bag-core/target/classes:$home/bag-io/target/classes
class_path+=:$home/bag-spark/target/classes
mkdir "$classes"
javac -d "$classes" -cp "$class_path" "$home/bag-bench/spark/OnSpark.java"

on_spark() { # FLAGS WORK bag|rdd ARGUMENTS...
    local flags
    read -ra flags <<< "$1 --add-modules=jdk.incubator.vector $spark_flags -Djava.io.tmpdir=$temp"
    lines "$java" "${flags[@]}" -cp "$class_path" dev.bag.bench.spark.OnSpark "${@:2}"
}

both() { # TITLE LIMIT WORK ARGUMENTS...
    pair "$1" "$2" "the same with RDDs" peer \
        "$(on_spark -Xmx2g "$3" bag "${@:4}")" "$(on_spark -Xmx2g "$3" rdd "${@:4}")"
}

all=("$data"/access-[0-9][0-9].log)
texts=("$data"/words-[0-9].txt)
heading
if wanted status; then both "status counts" 0.6 status "${all[@]:0:files}"; fi
if wanted words; then both "words" 0.6 words "${texts[@]:0:files}"; fi
if wanted groups; then both "lines by client" 0.6 groups "${all[@]:0:files}"; fi
if wanted join; then both "join with the table" 0.6 join "$data/clients.tsv" "${all[@]:0:files}"; fi
if wanted tasks; then both "10,000 tasks" none tasks 10000; fi
exit $((failures > 0))
