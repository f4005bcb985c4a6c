package dev.bag.bench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.bag.KeyedBag;
import dev.bag.fold.Folds;
import dev.bag.io.JsonLines;
import java.util.Arrays;

/**
 * The 10 users with the largest total of amounts above 100, with bag: {@code EventTotals (record|paths|tree) FILES} of lines
 * of JSON.
 */
public final class EventTotals {

    private static final double LEAST = 100;

    /** Of an event, what is asked for. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Event(User user, double amount) {}

    /** Of a user, what is asked for. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record User(long id) {}

    private EventTotals() {}

    public static void main(String... arguments) {
        String[] paths = Arrays.copyOfRange(arguments, 1, arguments.length);
        System.out.println("RESULT " + of(arguments[0], paths));
    }

    static String of(String form, String... paths) {
        KeyedBag<Long, Double> totals = switch (form) {
            case "record" ->
                JsonLines.read(Event.class, paths)
                        .filter(event -> event.amount() > LEAST)
                        .foldBy(event -> event.user().id(), Folds.summing(Event::amount));
            case "paths" ->
                JsonLines.select("user.id", "amount")
                        .read(paths)
                        .filter(row -> row.doubleValue(1) > LEAST)
                        .foldBy(row -> row.longValue(0), Folds.summing(row -> row.doubleValue(1)));
            case "tree" ->
                JsonLines.read(paths)
                        .filter(event -> event.get("amount").asDouble() > LEAST)
                        .foldBy(
                                event -> event.get("user").get("id").asLong(),
                                Folds.summing(event -> event.get("amount").asDouble()));
            default -> throw new IllegalArgumentException(form + ": record, paths or tree is needed");
        };
        return Totals.text(totals.entries().topK(10, Totals.byTotal()).compute());
    }
}
