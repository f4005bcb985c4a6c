package dev.bag.io.csv;

import dev.bag.io.file.InputFile;
import dev.bag.source.SourceException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects of a record class out of rows: each component is the text in the column of its name.
 *
 * @param type a record class; each component must be of a type that can be made of text
 */
public record CsvBinding<R>(Class<R> type) implements Row.Makers<R> {

    private static final int LONGEST_EXCERPT = 100;

    /** Makes an object of a value of a row, which is not empty. */
    @FunctionalInterface
    private interface Parser {

        Object parse(Row row, int column);

        static Parser ofText(Function<String, Object> parse) {
            return (row, column) -> parse.apply(row.value(column));
        }

        static Parser ofStripped(Function<String, Object> parse) {
            return (row, column) -> parse.apply(row.value(column).strip());
        }
    }

    private static final Map<Class<?>, Parser> PARSERS = Map.ofEntries(
            Map.entry(String.class, Row::value),
            Map.entry(int.class, CsvBinding::parseInt),
            Map.entry(Integer.class, CsvBinding::parseInt),
            Map.entry(long.class, CsvBinding::parseLong),
            Map.entry(Long.class, CsvBinding::parseLong),
            Map.entry(short.class, Parser.ofStripped(Short::valueOf)),
            Map.entry(Short.class, Parser.ofStripped(Short::valueOf)),
            Map.entry(byte.class, Parser.ofStripped(Byte::valueOf)),
            Map.entry(Byte.class, Parser.ofStripped(Byte::valueOf)),
            Map.entry(double.class, Row::doubleValue),
            Map.entry(Double.class, Row::doubleValue),
            Map.entry(float.class, (row, column) -> (float) row.doubleValue(column)),
            Map.entry(Float.class, (row, column) -> (float) row.doubleValue(column)),
            Map.entry(boolean.class, Parser.ofText(CsvBinding::parseBoolean)),
            Map.entry(Boolean.class, Parser.ofText(CsvBinding::parseBoolean)),
            Map.entry(char.class, Parser.ofText(CsvBinding::parseChar)),
            Map.entry(Character.class, Parser.ofText(CsvBinding::parseChar)),
            Map.entry(BigDecimal.class, Parser.ofStripped(BigDecimal::new)),
            Map.entry(BigInteger.class, Parser.ofStripped(BigInteger::new)),
            Map.entry(LocalDate.class, Parser.ofStripped(LocalDate::parse)),
            Map.entry(LocalDateTime.class, Parser.ofStripped(LocalDateTime::parse)));

    /** Refuses a class of which no objects can be made. */
    public CsvBinding {
        if (!type.isRecord()) {
            throw new IllegalArgumentException(
                    "read(" + type.getSimpleName() + ".class, ...): " + type.getName()
                            + " is not a record class. Only records say what their columns are; otherwise use read(...).map(...).");
        }
        constructor(type);
        for (RecordComponent component : type.getRecordComponents()) {
            cell(type, component);
        }
    }

    @Override
    public Row.Maker<R> of(Header header, InputFile file, long headerLine) throws SourceException {
        RecordComponent[] components = type.getRecordComponents();
        Cell[] cells = new Cell[components.length];
        int[] columns = new int[components.length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cell(type, components[i]);
            columns[i] = header.indexOf(components[i].getName());
            if (columns[i] < 0) {
                throw RowBlocks.failure(
                        file,
                        headerLine,
                        "there is no column \"" + components[i].getName() + "\" for " + type.getSimpleName()
                                + ": the columns are " + listed(header),
                        "Components and columns must have the same names; name the columns with header(...) otherwise.");
            }
        }
        return new Maker<>(constructor(type), cells, columns);
    }

    /** A way from a cell to a component. */
    private record Cell(String name, Class<?> type, boolean optional, Parser parser) {

        @Nullable Object value(Row row, int column) throws BadCell {
            boolean isEmpty = column >= row.count() || row.isEmpty(column);
            if (isEmpty) {
                return type == String.class && !optional ? "" : ofEmpty();
            }
            try {
                Object value = parser.parse(row, column);
                return optional ? Optional.of(value) : value;
            } catch (RuntimeException e) {
                throw new BadCell("column \"" + name + "\": \"" + excerpt(row.value(column)) + "\" is not a value of "
                        + type.getSimpleName());
            }
        }

        private @Nullable Object ofEmpty() throws BadCell {
            if (optional) {
                return Optional.empty();
            }
            if (isBoxed()) {
                return null;
            }
            throw new BadCell(
                    "column \"" + name + "\": the cell is empty, but the component is of type " + type.getSimpleName());
        }

        private boolean isBoxed() {
            return !type.isPrimitive() && MethodType.methodType(type).hasWrappers();
        }
    }

    /** A cell that is not of its component's type. */
    static final class BadCell extends Exception {

        private static final long serialVersionUID = 1;

        BadCell(String complaint) {
            super(complaint, null, false, false);
        }
    }

    private record Maker<R>(MethodHandle constructor, Cell[] cells, int[] columns) implements Row.Maker<R> {

        @Override
        @SuppressWarnings("unchecked") // the constructor of the record class
        public R make(Row row) throws Exception {
            @Nullable Object[] values = new Object[cells.length];
            for (int i = 0; i < cells.length; i++) {
                values[i] = cells[i].value(row, columns[i]);
            }
            try {
                return (R) constructor.invoke(values);
            } catch (Exception | Error e) {
                throw e; // of the record's own constructor
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static MethodHandle constructor(Class<?> type) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflectConstructor(constructor)
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "read(" + type.getSimpleName() + ".class, ...): the constructor of " + type.getName()
                            + " cannot be called. Its package must be open to dev.bag.io.",
                    e);
        }
    }

    private static Cell cell(Class<?> record, RecordComponent component) {
        boolean optional = component.getType() == Optional.class;
        Class<?> type = optional ? argument(component.getGenericType()) : component.getType();
        Parser parser = type.isEnum() ? Parser.ofStripped(text -> constant(type, text)) : PARSERS.get(type);
        if (parser == null) {
            throw new IllegalArgumentException("read(" + record.getSimpleName() + ".class, ...): the component "
                    + component.getName() + " is a "
                    + component.getGenericType().getTypeName()
                    + ", which is not made of text. Use a String, a number, a boolean, an enum, LocalDate, LocalDateTime,"
                    + " or an Optional of one of these.");
        }
        return new Cell(component.getName(), type, optional, parser);
    }

    private static Class<?> argument(Type type) {
        return type instanceof ParameterizedType generic
                        && generic.getActualTypeArguments()[0] instanceof Class<?> argument
                ? argument
                : Object.class;
    }

    private static Object constant(Class<?> type, String text) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(text);
    }

    private static Object parseInt(Row row, int column) {
        if (row.isShortLong(column)) {
            long number = row.shortLong(column);
            if (number == (int) number) {
                return (int) number;
            }
        }
        return Integer.valueOf(row.value(column).strip());
    }

    private static Object parseLong(Row row, int column) {
        return row.isShortLong(column)
                ? row.shortLong(column)
                : Long.valueOf(row.value(column).strip());
    }

    private static Object parseBoolean(String text) {
        return switch (text.strip().toLowerCase(java.util.Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Object parseChar(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException(text);
        }
        return text.charAt(0);
    }

    public static String excerpt(String text) {
        return text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT) + "…";
    }

    public static String listed(Header header) {
        return listed(header.names());
    }

    public static String listed(List<String> names) {
        String all = names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
        return all.length() <= 10 * LONGEST_EXCERPT ? all : all.substring(0, 10 * LONGEST_EXCERPT) + "…";
    }
}
