package dev.bag.examples;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import dev.bag.io.ArchiveEntry;
import dev.bag.io.Archives;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.bson.Document;

/**
 * Puts all files that are in zips into a collection of MongoDB, a document each. The name of archive and file is the key, so a
 * document that is put there again, because a task is or because the program is run again, takes the place of itself.
 *
 * <p>Arguments: where the server is, the database, and archives or patterns.
 */
public final class FilesInMongo {

    private static final int BATCH = 1_000;
    private static final ReplaceOptions OR_INSERT = new ReplaceOptions().upsert(true);

    private static final Usage USAGE = new Usage("""
            Usage: java -cp … dev.bag.examples.FilesInMongo mongodb://HOST:PORT DATABASE FILE ...

            Puts all files of text that are in zips, tars or 7z archives into the collection "files", a document each: its name, archive,
            length and text. Prints how many there are.

            FILE is an archive, a directory or a pattern such as 'drops/*.zip'.
            """);

    private FilesInMongo() {}

    public static void main(String... arguments) {
        String[] names = USAGE.someNamesOrExit(arguments.length < 3 ? new String[0] : arguments);
        // one client for all threads, with a pool of connections of its own
        try (MongoClient client = MongoClients.create(names[0])) {
            MongoCollection<Document> files = client.getDatabase(names[1]).getCollection("files");
            Archives.read(Arrays.copyOfRange(names, 2, names.length))
                    .forEachPartition(entries -> putAll(entries, files));
            System.out.println(files.countDocuments());
        }
    }

    private static void putAll(Iterator<ArchiveEntry> entries, MongoCollection<Document> files) {
        List<ReplaceOneModel<Document>> batch = new ArrayList<>();
        while (entries.hasNext()) {
            Document document = document(entries.next());
            batch.add(new ReplaceOneModel<>(Filters.eq("_id", document.get("_id")), document, OR_INSERT));
            if (batch.size() == BATCH || !entries.hasNext()) {
                files.bulkWrite(batch);
                batch.clear();
            }
        }
    }

    private static Document document(ArchiveEntry entry) {
        return new Document("_id", entry.archive() + "!/" + entry.name())
                .append("archive", entry.archive())
                .append("name", entry.name())
                .append("length", entry.length())
                .append("text", entry.text());
    }
}
