/** Programs that use bag as anyone would: through its exported packages only. */
module dev.bag.examples {
    requires dev.bag.core;
    requires dev.bag.io;
    requires java.net.http;
    requires java.sql;
    requires jdk.httpserver;
    requires jdk.jshell;
}
