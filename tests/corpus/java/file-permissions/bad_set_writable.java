import java.io.File;
import java.io.IOException;

public class Keys {
    public File create(File folder) throws IOException {
        File file = new File(folder, "server.key");
        file.createNewFile();
        file.setReadable(true, false); // expect: CWE-732
        file.setWritable(true, false); // expect: CWE-732
        return file;
    }
}
