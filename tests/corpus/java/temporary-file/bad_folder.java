import java.io.File;
import java.io.IOException;

public class Workspace {
    public File create() throws IOException {
        File folder = File.createTempFile("work", ".d"); // expect: CWE-377|CWE-379
        if (!folder.delete()) {
            throw new IOException("cannot delete " + folder);
        }
        if (!folder.mkdir()) {
            throw new IOException("cannot create " + folder);
        }
        return folder;
    }
}
