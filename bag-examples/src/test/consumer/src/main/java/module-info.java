/** A program that uses bag; without this file it runs on the class path. */
module consumer {
    requires dev.bag.core;
    requires dev.bag.io;
}
