// spotless:off
//JAVA 17+
//DEPS dev.bag:bag-io:0.1.0-SNAPSHOT
//SOURCES Usage.java
// spotless:on
package dev.bag.examples;

import dev.bag.Bag;
import dev.bag.Delayed;
import dev.bag.io.CsvFiles;
import dev.bag.io.JsonLines;
import dev.bag.io.JsonRow;
import dev.bag.io.Written;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * JSON lines to a folder of CSV files, one folder a country. One pass finds the countries; a second one writes all folders at the
 * same time, because their outputs are computed together. Each folder is there whole or not at all.
 *
 * <p>Arguments: the folder to write, then files, directories or patterns.
 */
public final class EventsByCountry {

    private static final Usage USAGE = new Usage("""
            Usage: java -cp bag-examples.jar dev.bag.examples.EventsByCountry FOLDER FILE ...

            Writes FOLDER/country=XX/part-*.csv for each country of events such as
            {"id":7,"country":"DE","amount":12.5}, one a line.
            """);

    private EventsByCountry() {}

    /** A line of the output; its components are the columns. */
    public record Event(long id, double amount) {}

    public static void main(String... arguments) {
        String[] names = USAGE.someNamesOrExit(arguments);
        Bag<JsonRow> events =
                JsonLines.select("country", "id", "amount").read(Arrays.copyOfRange(names, 1, names.length));
        List<String> countries =
                events.map(event -> event.text(0)).distinct().sorted().compute();
        List<Delayed<Written>> outputs = new ArrayList<>();
        for (String country : countries) {
            Bag<Event> of = events.filter(event -> event.text(0).equals(country))
                    .map(event -> new Event(event.longValue(1), event.doubleValue(2)));
            outputs.add(CsvFiles.writeLater(of, names[0] + "/country=" + country + "/part-*.csv"));
        }
        List<Written> written = Delayed.all(outputs).compute();
        for (int i = 0; i < countries.size(); i++) {
            System.out.println(countries.get(i) + " " + written.get(i).records());
        }
    }
}
