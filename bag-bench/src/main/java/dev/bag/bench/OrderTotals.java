package dev.bag.bench;

import dev.bag.Bag;
import dev.bag.fold.Folds;
import dev.bag.io.CsvFiles;
import dev.bag.io.CsvRecord;
import java.util.Arrays;

/**
 * The 10 customers with the largest total of orders, with bag: {@code OrderTotals (any|lines|record) FILES} of comma-separated
 * values; with {@code lines} it is known that no value has a line end, with {@code record} each row becomes an object.
 */
public final class OrderTotals {

    /** Of an order, what is asked for. */
    record Order(String customer, double total) {}

    private OrderTotals() {}

    public static void main(String... arguments) {
        String[] paths = Arrays.copyOfRange(arguments, 1, arguments.length);
        System.out.println("RESULT " + of(arguments[0], paths));
    }

    static String of(String form, String... paths) {
        Bag<Order> orders = switch (form) {
            case "any" -> CsvFiles.read(paths).map(OrderTotals::order);
            case "lines" -> CsvFiles.options().multiline(false).read(paths).map(OrderTotals::order);
            case "record" -> CsvFiles.read(Order.class, paths);
            default -> throw new IllegalArgumentException(form + ": any, lines or record is needed");
        };
        return Totals.text(orders.foldBy(Order::customer, Folds.summing(Order::total))
                .entries()
                .topK(10, Totals.byTotal())
                .compute());
    }

    private static Order order(CsvRecord row) {
        return new Order(row.get("customer"), row.doubleValue("total"));
    }
}
