package dev.bag.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The bill of materials has all modules that are libraries, in the version of the build. */
class BomTest {

    private static final List<String> NO_LIBRARIES = List.of("bag-bom", "bag-examples", "bag-bench");

    private static final XPath PATH = XPathFactory.newInstance().newXPath();

    private static Document pom(String path) throws Exception {
        File file = SourceTree.resolve(Path.of(path)).toFile();
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file);
    }

    private static List<String> texts(Document pom, String path) throws Exception {
        NodeList nodes = (NodeList) PATH.evaluate(path, pom, XPathConstants.NODESET);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    @Test
    void allLibrariesAreInTheBom() throws Exception {
        List<String> libraries = new ArrayList<>(texts(pom("pom.xml"), "/project/modules/module"));
        libraries.removeAll(NO_LIBRARIES);
        Document bom = pom("bag-bom/pom.xml");
        assertThat(texts(bom, "//dependency/artifactId")).containsExactlyInAnyOrderElementsOf(libraries);
        assertThat(texts(bom, "//dependency/version")).containsOnly("${project.version}");
        assertThat(texts(bom, "/project/version")).isEqualTo(texts(pom("pom.xml"), "/project/version"));
    }
}
