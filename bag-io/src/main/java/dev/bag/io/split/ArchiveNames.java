package dev.bag.io.split;

import java.util.List;
import java.util.Locale;

/** Knows archives by their names: read as text, their headers would pass for lines. */
final class ArchiveNames {

    private static final List<String> ENDINGS =
            List.of(".zip", ".jar", ".7z", ".tar", ".tgz", ".tbz2", ".txz", ".tzst");

    private ArchiveNames() {}

    /** Refuses an archive. */
    static void refuse(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (isArchive(lower)) {
            throw new IllegalArgumentException(
                    name + ": this is an archive, and archives are not read yet. Unpack it first.");
        }
    }

    private static boolean isArchive(String name) {
        for (String ending : ENDINGS) {
            if (name.endsWith(ending)) {
                return true;
            }
        }
        int tar = name.lastIndexOf(".tar.");
        return tar >= 0 && name.indexOf('.', tar + ".tar.".length()) < 0;
    }
}
