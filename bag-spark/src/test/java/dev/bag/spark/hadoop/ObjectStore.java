package dev.bag.spark.hadoop;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.Progressable;

/** Can neither rename, but by a copy that appears when it is whole, nor append. */
public final class ObjectStore extends Disk {

    @Override
    public String getScheme() {
        return "store";
    }

    @Override
    public FSDataOutputStream append(Path file, int bufferSize, Progressable progress) {
        throw new UnsupportedOperationException("Append is not supported");
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        if (exists(to)) {
            return false;
        }
        Path upload = new Path(to.getParent(), ".upload-" + to.getName());
        FileUtil.copy(this, from, this, upload, false, true, getConf());
        return super.rename(upload, to) && delete(from, false);
    }
}
