package dev.bag.lower;

import dev.bag.kernel.CogroupMerge;
import dev.bag.kernel.RecordsPart;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import java.util.AbstractList;

/** What two sides have for each key, as parts; a part is put together when it is read. */
final class CogroupParts extends AbstractList<Part<?>> {

    private final KeptTables left;
    private final KeptTables right;

    CogroupParts(KeptTables left, KeptTables right) {
        this.left = left;
        this.right = right;
    }

    @Override
    public Part<?> get(int target) {
        return new CogroupPart(left, right, target);
    }

    @Override
    public int size() {
        return left.targets();
    }

    /** Lives within one run only, so that it need not be sent anywhere. */
    private static final class CogroupPart implements Part<Object> {

        private static final long serialVersionUID = 1;

        private final transient KeptTables left;
        private final transient KeptTables right;
        private final int target;

        CogroupPart(KeptTables left, KeptTables right, int target) {
            this.left = left;
            this.right = right;
            this.target = target;
        }

        @Override
        public Chunks<Object> open() throws Exception {
            Object[] records = CogroupMerge.merge(left.get(), right.get(), target);
            return new RecordsPart<>(records, 0, records.length).open();
        }
    }
}
