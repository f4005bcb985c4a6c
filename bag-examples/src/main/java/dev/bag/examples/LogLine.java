package dev.bag.examples;

import dev.bag.io.Sourced;
import java.time.LocalDateTime;
import java.util.List;

/** A line of an Apache access log, in the combined or the common format. */
sealed interface LogLine {

    /** Month names as Apache writes them, whatever the language. */
    List<String> MONTHS = List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    /** A request and its response. The hour is in the time zone of the log, the path without its query. */
    record Hit(LocalDateTime hour, String path, int status, long bytes) implements LogLine {

        public Hit {
            if (status < 100 || status > 599) throw new IllegalArgumentException("status " + status);
        }

        boolean isError() {
            return status >= 400;
        }
    }

    /** A line that is not of this format. */
    record Bad(String file, long line, String text) implements LogLine {}

    /** A hit, or a bad line with its place. */
    static LogLine parse(Sourced<String> line) {
        try {
            return parse(line.text());
        } catch (RuntimeException e) { // no number, no date, or too short: the line is kept, so nothing is lost
            return new Bad(line.file(), line.line(), line.text());
        }
    }

    /** Reads {@code 10.0.0.1 - - [31/May/2024:20:15:02 +0000] "GET /a?b=c HTTP/1.1" 200 512 …}. */
    private static Hit parse(String line) {
        int time = after("[", line, 0);
        int request = after("] \"", line, time);
        int requestEnd = closingQuote(line, request);
        int status = after("\" ", line, requestEnd);
        int bytes = after(" ", line, status);
        return new Hit(
                hour(line, time),
                path(line, request, requestEnd),
                Integer.parseInt(line, status, bytes - 1, 10),
                bytes(line, bytes));
    }

    private static int after(String mark, String line, int from) {
        int at = line.indexOf(mark, from);
        if (at < 0) throw new IllegalArgumentException("no " + mark);
        return at + mark.length();
    }

    /** Inside of quotes, Apache writes a quote as {@code \"} and a backslash as {@code \\}. */
    private static int closingQuote(String line, int from) {
        int at = from;
        while (line.charAt(at) != '"') {
            at += line.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }

    private static LocalDateTime hour(String line, int time) {
        int day = Integer.parseInt(line, time, time + 2, 10);
        int month = MONTHS.indexOf(line.substring(time + 3, time + 6)) + 1;
        int year = Integer.parseInt(line, time + 7, time + 11, 10);
        int hour = Integer.parseInt(line, time + 12, time + 14, 10);
        return LocalDateTime.of(year, month, day, hour, 0);
    }

    /** The second word of the request; all of it if there is only one, as in {@code "-"}. */
    private static String path(String line, int request, int requestEnd) {
        int start = line.indexOf(' ', request) + 1;
        if (start > requestEnd) return line.substring(request, requestEnd);
        int end = Math.min(line.indexOf(' ', start), requestEnd);
        int query = line.indexOf('?', start);
        return line.substring(start, query < 0 ? end : Math.min(query, end));
    }

    private static long bytes(String line, int from) {
        int blank = line.indexOf(' ', from);
        int end = blank < 0 ? line.length() : blank;
        boolean none = end == from + 1 && line.charAt(from) == '-';
        return none ? 0 : Long.parseLong(line, from, end, 10);
    }
}
