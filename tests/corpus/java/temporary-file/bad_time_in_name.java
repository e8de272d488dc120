import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

public class Backup {
    public void save(byte[] data) throws IOException {
        String name = "/tmp/backup-" + System.currentTimeMillis() + ".bin";
        try (OutputStream out = new FileOutputStream(name)) { // expect: CWE-377
            out.write(data);
        }
    }
}
