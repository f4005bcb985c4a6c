package dev.bag.house;

import dev.bag.Bag;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * The documents and the Javadoc of all modules as pages, which need no network. {@code mvn -Pdocs} writes them to {@code
 * target/site}.
 */
final class Site {

    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder().extensions(EXTENSIONS).build();

    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
    private static final String STYLE =
            "body{max-width:60em;margin:2em auto;padding:0 1em;font:16px/1.5 sans-serif;color:#222}"
                    + "pre,code{font:14px/1.4 monospace;background:#f5f5f2}pre{padding:.8em;overflow:auto}"
                    + "table{border-collapse:collapse;display:block;overflow:auto}td,th{border:1px solid #ccc;padding:.2em .5em;"
                    + "text-align:left;vertical-align:top}nav{border-bottom:1px solid #ccc;padding-bottom:.5em}nav a{margin-right:.8em}"
                    + "img{max-width:100%}";

    private final Path folder;

    private Site(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes the site.
     *
     * @param arguments the folder
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        writeDocuments(folder);
        writeJavadoc(folder.resolve("api"));
        List<String> broken = brokenLinks(folder);
        if (!broken.isEmpty()) {
            throw new IllegalStateException("links that lead nowhere: " + broken);
        }
        System.out.println(folder.resolve("index.html"));
    }

    /** Writes all documents and what they refer to. */
    static void writeDocuments(Path folder) throws IOException {
        Site site = new Site(folder);
        Files.createDirectories(folder);
        // the plan of the first program of the README, as the library draws it
        Bag.of("GET / 200", "GET /a 404")
                .named("logs/*.gz")
                .map(line -> line.split(" "))
                .countBy(words -> words[2])
                .visualize(folder.resolve("plan.svg"));
        for (Path document : SourceTree.documents()) {
            if (document.getNameCount() == 1 || document.startsWith("docs")) {
                site.write(document);
            }
        }
    }

    private static Path page(Path document) {
        String name = document.toString();
        return Path.of(name.equals("README.md") ? "index.html" : name.replaceAll("\\.md$", ".html"));
    }

    private void write(Path document) throws IOException {
        Node parsed = PARSER.parse(String.join("\n", SourceTree.lines(document)));
        List<Path> linked = new ArrayList<>();
        parsed.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                String[] target = link.getDestination().split("#", 2);
                if (!target[0].isEmpty() && !target[0].contains(":")) {
                    Path file = document.resolveSibling(target[0]).normalize();
                    linked.add(file);
                    Path shown = Files.isDirectory(SourceTree.resolve(file)) ? file.resolve("index.html") : page(file);
                    link.setDestination(relative(document, shown) + (target.length > 1 ? "#" + target[1] : ""));
                }
                visitChildren(link);
            }
        });
        for (Path file : linked) {
            copy(file);
        }
        String name = document.toString();
        String picture = name.equals("README.md") ? "<p><img src=\"plan.svg\" alt=\"a plan\"></p>\n" : "";
        String title = name.substring(name.lastIndexOf('/') + 1).replace(".md", "");
        write(page(document), title, menu(document) + RENDERER.render(parsed) + picture);
    }

    private static String relative(Path document, Path target) {
        Path from = document.getParent();
        return (from == null ? target : from.relativize(target)).toString();
    }

    private static String menu(Path document) {
        Map<String, Path> pages = new TreeMap<>();
        for (Path each : SourceTree.documents()) {
            if (each.startsWith("docs")) {
                pages.put(each.getFileName().toString().replace(".md", ""), page(each));
            }
        }
        String links = pages.entrySet().stream()
                .map(each -> anchor(document, each.getValue(), each.getKey()))
                .collect(Collectors.joining(" "));
        return "<nav>" + anchor(document, Path.of("index.html"), "bag") + " "
                + anchor(document, Path.of("api/index.html"), "API") + " " + links + "</nav>\n";
    }

    private static String anchor(Path document, Path target, String text) {
        return "<a href=\"" + relative(document, target) + "\">" + text + "</a>";
    }

    private void write(Path page, String title, String body) throws IOException {
        Path file = folder.resolve(page);
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title + "</title><style>"
                        + STYLE + "</style></head>\n<body>\n" + body + "</body></html>\n");
    }

    /** Copies what is no document: a source file, or all files of a folder with a list of them. */
    private void copy(Path file) throws IOException {
        Path source = SourceTree.resolve(file);
        if (Files.isDirectory(source)) {
            StringBuilder list = new StringBuilder("<ul>\n");
            try (Stream<Path> files = Files.list(source)) {
                for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
                    String name = each.getFileName().toString();
                    copy(file.resolve(name));
                    list.append("<li><a href=\"")
                            .append(name)
                            .append("\">")
                            .append(name)
                            .append("</a></li>\n");
                }
            }
            write(file.resolve("index.html"), file.toString(), list + "</ul>\n");
        } else if (!file.toString().endsWith(".md")) {
            Path target = folder.resolve(file);
            Files.createDirectories(target.getParent());
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void writeJavadoc(Path folder) {
        List<String> arguments = new ArrayList<>(List.of(
                "-quiet",
                "-Xdoclint:none",
                "-notimestamp",
                "--no-platform-links",
                "-windowtitle",
                "bag",
                "-doctitle",
                "bag"));
        arguments.addAll(List.of("-d", folder.toString(), "-classpath", System.getProperty("java.class.path")));
        // files, not packages: with module descriptors in sight only one module could be documented at a time
        List<Path> packages = new ArrayList<>(List.of(Path.of("bag-spark/src/main/java/dev/bag/spark")));
        packages.addAll(SourceTree.exportedPackages("bag-core").values());
        packages.addAll(SourceTree.exportedPackages("bag-io").values());
        SourceTree.mainJavaFiles().stream()
                .filter(file -> packages.contains(file.getParent()))
                .forEach(file -> arguments.add(SourceTree.resolve(file).toString()));
        int exitCode = ToolProvider.findFirst("javadoc")
                .orElseThrow()
                .run(System.out, System.err, arguments.toArray(String[]::new));
        if (exitCode != 0) {
            throw new IllegalStateException("javadoc has failed");
        }
    }

    /** Returns all links of pages to files of the site that are not there, and to places in pages that have none of that name. */
    static List<String> brokenLinks(Path folder) throws IOException {
        List<String> broken = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path page :
                    files.filter(each -> each.toString().endsWith(".html")).toList()) {
                Matcher link = LINK.matcher(Files.readString(page));
                while (link.find()) {
                    if (isBroken(page, link.group(1).replace("&amp;", "&"))) {
                        broken.add(folder.relativize(page) + ": " + link.group(1));
                    }
                }
            }
        }
        return broken;
    }

    private static boolean isBroken(Path page, String link) throws IOException {
        if (link.matches("[a-z]+:.*")) {
            return false;
        }
        URI target = page.toUri().resolve(link);
        Path file = Path.of(URI.create(target.toString().replaceAll("[?#].*", "")));
        String place = target.getFragment();
        boolean isPage = file.toString().endsWith(".html") && !page.toString().contains("/api/");
        return !Files.exists(file)
                || (place != null && isPage && !Files.readString(file).contains("id=\"" + place + "\""));
    }
}
