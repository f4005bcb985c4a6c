import dev.bag.*;
import dev.bag.fold.*;
import dev.bag.function.*;
import dev.bag.io.*;
import dev.bag.source.*;
import dev.bag.value.*;
import java.util.*;
import dev.bag.Delayed; // not that of java.util.concurrent

System.out.println("""
    bag: nothing runs until an action, such as take, compute or forEach.
      var lines = TextFiles.read("logs/*.gz")      files, directories or patterns
      lines.take(5).forEach(System.out::println)   the first lines
      lines.map(line -> line.split(" ")[0]).frequencies().entries().topK(3, Comparator.comparing(Pair::second)).compute()
      System.out.print(lines.count().explain())    how it would run
      dev.bag.examples.GenerateLogs.main("logs")   makes logs to try it on
    /help is about jshell, /exit leaves.
    """);
