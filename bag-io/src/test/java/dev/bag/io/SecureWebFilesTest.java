package dev.bag.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of web servers with certificates, and behind a proxy, read by JVMs of their own: whom a JVM trusts, and its proxy, are
 * settled when it starts.
 */
class SecureWebFilesTest {

    private static final String PASSWORD = "changeit";
    private static final byte[] FILE = "one\ntwo\nthree\n".getBytes(UTF_8);

    @TempDir
    private static Path folder;

    /** Made by the tool of the JDK, each for a host that is this machine or another one. */
    @BeforeAll
    static void makeCertificates() throws Exception {
        makeCertificate("here", "ip:127.0.0.1");
        makeCertificate("elsewhere", "dns:elsewhere.invalid");
    }

    private static void makeCertificate(String name, String host) throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + host,
                "-keystore",
                store(name).toString(),
                "-storepass",
                PASSWORD);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    private static SSLContext contextOf(String name) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store(name))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static ChildJvm trusting(String name) {
        return new ChildJvm()
                .with("-Djavax.net.ssl.trustStore=" + store(name))
                .with("-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    @Test
    void readsFromAServerWhoseCertificateIsTrusted() throws Exception {
        AtomicInteger responses = new AtomicInteger();
        try (WebServer server = new WebServer(contextOf("here"), asked -> {
            // The connection breaks once in the middle of the file.
            WebServer.Response whole = WebServer.file(asked, FILE);
            return responses.incrementAndGet() == 2 ? whole.cut(5) : whole;
        })) {
            assertThat(trusting("here").run(CountLines.class, server.url("/x.log")))
                    .isEqualToIgnoringNewLines("lines: 3");
            assertThat(server.url("/x.log")).startsWith("https:");
            assertThat(responses).hasValueGreaterThan(2);
        }
    }

    @Test
    void readsNothingFromAServerWhoseCertificateIsNot() throws Exception {
        try (WebServer server = new WebServer(contextOf("here"), asked -> WebServer.file(asked, FILE))) {
            assertThat(trusting("elsewhere").run(CountLines.class, server.url("/x.log")))
                    .contains(server.url("/x.log") + ": the server cannot be asked for the file: its certificate is not"
                            + " trusted: ")
                    .contains(".\n  If it is of an authority of your own, name the file that has that authority to the"
                            + " JVM, with -Djavax.net.ssl.trustStore=FILE.");
            assertThat(server.asked()).isEmpty();
        }
        try (WebServer server = new WebServer(contextOf("elsewhere"), asked -> WebServer.file(asked, FILE))) {
            assertThat(trusting("elsewhere").run(CountLines.class, server.url("/x.log")))
                    .contains("its certificate is not trusted: ")
                    .contains("127.0.0.1");
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void readsThroughTheProxyOfTheJvm() throws Exception {
        try (WebServer proxy = new WebServer(asked -> WebServer.file(asked, FILE))) {
            assertThat(new ChildJvm()
                            .with("-Dhttp.proxyHost=127.0.0.1")
                            .with("-Dhttp.proxyPort=" + proxy.port())
                            .run(CountLines.class, "http://files.invalid/dir/x.log"))
                    .isEqualToIgnoringNewLines("lines: 3");
            assertThat(proxy.asked())
                    .isNotEmpty()
                    .allMatch(asked -> asked.path().equals("http://files.invalid/dir/x.log"));
        }
    }
}
