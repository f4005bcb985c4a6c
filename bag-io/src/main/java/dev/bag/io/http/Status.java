package dev.bag.io.http;

import java.net.http.HttpResponse;

/** What the status of a response says, in words. */
final class Status {

    private Status() {}

    static boolean isMissing(int status) {
        return status == 404 || status == 410;
    }

    /** Returns why there are no bytes, and what to do. */
    static String complaint(HttpResponse<?> response) {
        int status = response.statusCode();
        String number = " (HTTP status " + status + ")";
        return switch (status) {
            case 404, 410 -> "there is no such file" + number + ".";
            case 401 ->
                "the server wants to know who reads" + number
                        + ".\n  Say it with options().httpHeader(\"Authorization\", ...).";
            case 403 ->
                "the server does not permit to read the file" + number
                        + ".\n  If it takes a key, say it with options().httpHeader(\"Authorization\", ...).";
            case 407 -> "the proxy wants to know who reads" + number + ".";
            case 429, 503 -> "the server is overloaded" + number + later(response) + ".\n  Read it later.";
            default ->
                status >= 500
                        ? "the server has failed" + number + ".\n  Read it later."
                        : status >= 300 && status < 400
                                ? "the server refers to another place, but not to which" + number + "."
                                : "the server refuses the request" + number + ".";
        };
    }

    private static String later(HttpResponse<?> response) {
        return Request.retryAfter(response)
                .map(pause -> ", and asks to wait for " + pause.toSeconds() + " seconds")
                .orElse("");
    }
}
