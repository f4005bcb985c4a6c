/** Bags from and to files: text, JSON lines, CSV, archives and whole files, compressed or not. */
module dev.bag.io {
    requires transitive com.fasterxml.jackson.databind;
    requires transitive dev.bag.core;
    requires org.apache.commons.compress;
    requires org.tukaani.xz;
    requires de.siegmar.fastcsv;
    requires java.net.http;
    requires static com.github.luben.zstd_jni;
    requires static org.jspecify;

    exports dev.bag.io;

    uses dev.bag.io.CompressionCodec;
    uses dev.bag.source.PathResolver;

    provides dev.bag.value.RecordFields with
            dev.bag.io.RowFields;
}
